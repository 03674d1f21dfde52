"""Implementation styles: one pipeline as an expression, in steps, as a loop, recursively or with lambdas."""

from __future__ import annotations

import random
from dataclasses import dataclass

from scripts.micro.reductions import Ending
from scripts.micro.shapes import indent
from scripts.micro.sources import Source

ELEMENT_NAMES = {
    "int": ("x", "n", "num", "v", "value", "number", "item", "y"),
    "char": ("c", "ch", "char", "letter"),
    "word": ("w", "word", "name", "item", "token"),
}


@dataclass
class Plan:
    """One pipeline with its wording of expressions chosen: what every style writes down in its own way."""

    source: Source
    conditions: list[str]
    change: str
    ending: Ending
    taken: set[str]
    rng: random.Random
    comments: bool = False

    def variable(self) -> str:
        """A name for the element that is still free."""
        names = [name for name in ELEMENT_NAMES[self.source.element] if name not in self.taken]
        chosen = self.rng.choice(names)
        self.taken.add(chosen)
        return chosen

    def name(self, *options: str) -> str:
        """One of the names that is still free; it is taken from then on."""
        chosen = self.rng.choice([name for name in options if name not in self.taken] or [options[0] + "_"])
        self.taken.add(chosen)
        return chosen

    def condition(self, x: str) -> str:
        """All conditions on the element joined by `and`."""
        parts = [condition.format(x=x) for condition in self.conditions]
        return " and ".join(
            f"({part})" if len(parts) > 1 and " or " in part and part[0] != "(" else part for part in parts
        )

    def changed(self, x: str) -> str:
        """The element after the map."""
        made = self.change.format(x=x) if self.change else x
        tight = self.ending.key in ("initials", "backwards", "product") and " " in made and made[0] != "("
        return f"({made})" if tight else made

    def generator(self, x: str, value: str) -> str:
        """`value for x in source if condition`, or the bare iterable where nothing happens to it."""
        clause = f" if {self.condition(x)}" if self.conditions else ""
        return f"{value} for {x} in {self.source.iterable}{clause}"


def expression(plan: Plan) -> list[str]:
    """One return with a comprehension."""
    x = plan.variable()
    template = plan.rng.choice(plan.ending.whole)
    if (
        not plan.conditions
        and not plan.change
        and plan.source.is_list
        and plan.ending.listed
        and "{gt}" not in template
    ):
        return direct(plan)
    generator, counting = plan.generator(x, plan.changed(x)), plan.generator(x, "1" if "sum(1" in template else "True")
    template = template.replace("sum(1 for {gt})", "sum({gt})").replace("any(True for {gt})", "any({gt})")
    return [*plan.source.setup, "return " + template.format(g=generator, gt=counting)]


def direct(plan: Plan) -> list[str]:
    """One return on the list itself."""
    return ["return " + plan.rng.choice(plan.ending.listed).format(l=plan.source.iterable)]


def steps(plan: Plan) -> list[str]:
    """One line a stage, each with a name."""
    x, lines, current = plan.variable(), list(plan.source.setup), plan.source.iterable
    if plan.conditions:
        kept = plan.name("kept", "found", "chosen", "matches", "good", "selected")
        lines.append(f"{kept} = [{x} for {x} in {current} if {plan.condition(x)}]")
        current = kept
    if plan.change:
        changed = plan.name("changed", "mapped", "new", "made", "results")
        lines.append(f"{changed} = [{plan.changed(x)} for {x} in {current}]")
        current = changed
    if not plan.conditions and not plan.change and not plan.source.setup:
        values = plan.name("values", "seq", "parts", "elements")
        lines.append(f"{values} = list({current})")
        current = values
    return [*lines, "return " + plan.rng.choice(plan.ending.listed).format(l=current)]


def loop(plan: Plan) -> list[str]:
    """A `for` loop with an accumulator."""
    x, ending = plan.variable(), plan.ending
    total = plan.name(*ending.accumulators)
    value, inner = plan.changed(x), []
    if plan.change and (plan.rng.random() < 0.3 or len(ending.step) > 1):
        value = plan.name("y", "new", "value", "made")
        inner.append(f"{value} = {plan.changed(x)}")
    inner += [line.format(a=total, v=value) for line in ending.step]
    if plan.conditions:
        inner = _guarded(plan, x, inner)
    start = [f"{total} = {ending.start.format()}"] if ending.start else []
    head = f"for {x} in {plan.source.iterable}:"
    return [
        *plan.source.setup,
        *start,
        *_comment(plan),
        head,
        *indent(inner),
        f"return {ending.finish.format(a=total)}",
    ]


def _guarded(plan: Plan, x: str, inner: list[str]) -> list[str]:
    chance = plan.rng.random()
    if chance < 0.12:
        return [f"if not ({plan.condition(x)}):", "    continue", *inner]
    if chance < 0.3 and len(plan.conditions) > 1:
        lines = inner
        for condition in reversed(plan.conditions):
            lines = [f"if {condition.format(x=x)}:", *indent(lines)]
        return lines
    return [f"if {plan.condition(x)}:", *indent(inner)]


def _comment(plan: Plan) -> list[str]:
    if not plan.comments or plan.rng.random() > 0.3:
        return []
    said = "keep what matches" if plan.conditions else "go over every element"
    return ["# " + plan.rng.choice((said, f"walk over the {plan.source.nouns}", f"look at all {plan.source.nouns}"))]


def while_loop(plan: Plan) -> list[str]:
    """A `while` loop over positions; for list parameters only."""
    x, ending = plan.variable(), plan.ending
    total, i = plan.name(*ending.accumulators), plan.name("i", "pos", "index")
    inner = [line.format(a=total, v=plan.changed(x)) for line in ending.step]
    if plan.conditions:
        inner = [f"if {plan.condition(x)}:", *indent(inner)]
    start = [f"{total} = {ending.start.format()}"] if ending.start else []
    items = plan.source.iterable
    body = [f"{x} = {items}[{i}]", f"{i} += 1", *inner]
    return [*start, f"{i} = 0", f"while {i} < len({items}):", *indent(body), f"return {ending.finish.format(a=total)}"]


def index_loop(plan: Plan) -> list[str]:
    """A `for` loop over `range(len(...))`; for list parameters only."""
    ending, items = plan.ending, plan.source.iterable
    total, i = plan.name(*ending.accumulators), plan.name("i", "j", "pos")
    x = f"{items}[{i}]"
    inner = [line.format(a=total, v=plan.changed(x)) for line in ending.step]
    if plan.conditions:
        inner = [f"if {plan.condition(x)}:", *indent(inner)]
    start = [f"{total} = {ending.start.format()}"] if ending.start else []
    return [*start, f"for {i} in range(len({items})):", *indent(inner), f"return {ending.finish.format(a=total)}"]


def lambdas(plan: Plan) -> list[str]:
    """`filter` and `map` with lambdas."""
    x, lines, current = plan.variable(), list(plan.source.setup), plan.source.iterable
    if plan.conditions:
        current = f"filter(lambda {x}: {plan.condition(x)}, {current})"
    if plan.change:
        current = f"map(lambda {x}: {plan.changed(x)}, {current})"
    name = plan.name("kept", "result", "found", "values")
    template = plan.rng.choice(plan.ending.listed)
    if template.count("{l}") == 1 and template == "{l}":
        return [*lines, f"return list({current})"]
    return [*lines, f"{name} = list({current})", "return " + template.format(l=name)]


def recursion(plan: Plan, function: str) -> list[str]:
    """A call of itself on the rest; for list parameters, plain collecting, counting and adding only."""
    items, extra = plan.source.iterable, "".join(f", {p}" for p in plan.source_extra)  # type: ignore[attr-defined]
    x = plan.variable()
    rest = f"{function}({items}[1:]{extra})"
    empty, joined = {
        "list": ("[]", f"[{plan.changed(x)}] + {rest}"),
        "sum": ("0", f"{plan.changed(x)} + {rest}"),
        "count": ("0", f"1 + {rest}"),
    }[plan.ending.key]
    lines = [f"if not {items}:", f"    return {empty}", f"{x} = {items}[0]"]
    if plan.conditions:
        return [*lines, f"if {plan.condition(x)}:", f"    return {joined}", f"return {rest}"]
    return [*lines, f"return {joined}"]


def write(plan: Plan, function: str, extra: tuple[str, ...]) -> str:
    """The body of the function in one of the styles that fit this pipeline, indented by one level."""
    ending, choices = plan.ending, []
    if ending.listed and (plan.conditions or plan.change or not plan.source.is_list):
        choices += [steps]
    if ending.whole:
        choices += [expression] * 4
    elif ending.listed and plan.source.is_list and not plan.conditions and not plan.change:
        choices += [direct] * 4
    if ending.step:
        choices += [loop] * 4
        if plan.source.is_list:
            choices += [index_loop, while_loop]
    if ending.listed and (plan.conditions or plan.change):
        choices.append(lambdas)
    style = plan.rng.choice(choices)
    simple = plan.source.is_list and ending.key in ("list", "sum", "count") and len(plan.source.params) == 1
    if simple and plan.rng.random() < 0.06:
        plan.source_extra = extra  # type: ignore[attr-defined]
        lines = recursion(plan, function)
    else:
        lines = style(plan)
    return "\n".join(indent(lines))

"""Problem, solution and cases written for another language from the start: no Python task stands behind them.

A seed's topics or text, such as a function mined in that language (`seeds.code`), lead to one answer in three sections.
The cases in it are lines of JSON, in no language: they are compiled to the language's own tests without a model
(`languages.neutral`), so that a writer who knows little of a language need not know its test framework, and so that the
host compares. Further solutions and further cases are written from the statement alone, as with `joint`: agreement is
told as in Python.

Reasons for no draft: `no_entry_point` where the problem does not begin with `Function: name`, `name_reserved`, and what
any answer in sections can lack. A suite's own: `suite_syntax` where a line is no case or takes another number of
arguments, `untranslatable_tests` where the language can say none of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import accumulate
from string import Template

from codefactory.config import RecipeConfig
from codefactory.languages.kinds import one_type
from codefactory.languages.neutral import NeutralCase, compile_cases
from codefactory.recipes.base import Ask, Steps, packaged, prompt
from codefactory.recipes.drafting import solution_of
from codefactory.recipes.parse import Parts, read_answer
from codefactory.recipes.target import Target, fenced, target_of
from codefactory.types import Draft, Problem, Seed, Solution, Suite

NAMED = re.compile(r"^\W*Function\W+([^\s`(),:]+)", re.MULTILINE)
FIELDS = {"arguments", "answer", "fails", "tolerance"}
STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"')
DEEPEST = 100  # brackets in each other on a line: what would end in a RecursionError would depend on who calls
WIDEST = 1  # tolerance: rounding, and no answer that happens to be near
LeftOut = tuple[tuple[str, str], ...]


def native(seed: Seed, options: RecipeConfig) -> Steps:
    """One answer in three sections, k - 1 further solutions, m - 1 further suites."""
    target = target_of("native", options)
    asked = prompt(
        "native", language=target.title, fence=target.fence, form=target.form("name"),
        topics=", ".join(seed.topics), difficulty=seed.difficulty,
        idea="" if seed.language else seed.text, inspiration=_inspiration(seed),
    )  # fmt: skip
    ((answer,),) = yield (Ask(asked, first=seed.draw),)
    parts = read_answer(answer)
    problem, fault = read(parts, target)
    if fault:
        return Draft(problem, (), (), seed.id, "native", (answer.request_id,), fault=fault)
    solve = prompt(
        "native_solve", language=target.title, fence=target.fence, form=target.form(problem.entry_point),
        statement=problem.statement,
    )  # fmt: skip
    more = prompt("native_cases", language=target.title, statement=problem.statement)
    solved, tested = yield (Ask(solve, options.solutions - 1), Ask(more, options.suites - 1))
    texts = (parts.tests, *(read_answer(one, ("tests",)).tests for one in tested))
    suites = [compiled(text, problem.entry_point, target) for text in texts]
    return Draft(
        problem,
        (Solution(parts.code), *map(solution_of, solved)),
        tuple(suite for suite, _ in suites),
        seed.id,
        "native",
        (answer.request_id, *(one.request_id for one in (*solved, *tested))),
        left_out=tuple(reason for _, left_out in suites for reason in left_out),
    )


def _inspiration(seed: Seed) -> str:
    """Mined code, and what to make of it; "" where the seed holds none."""
    if not seed.language:
        return ""
    return Template(packaged("native_code").strip()).substitute(snippet=seed.text, **fenced(seed))


def read(parts: Parts, target: Target) -> tuple[Problem, str]:
    """The problem, and why there is none, "" where there is."""
    found = NAMED.search(parts.statement)
    entry_point = found[1] if found else ""
    problem = Problem(f"{parts.statement}\n\nWrite it in {target.title}.", entry_point, target.language.name)
    fault = parts.fault or ("" if entry_point else "no_entry_point")
    return problem, fault or ("" if target.notation.allows(entry_point) else "name_reserved")


def compiled(text: str, entry_point: str, target: Target) -> tuple[Suite, LeftOut]:
    """Lines of JSON as the language's own cases, and (name, slug) of those that it cannot say."""
    left_out: LeftOut = ()
    try:
        cases = tuple(neutral_cases(text))
        if target.notation.typed:
            cases, left_out, _ = one_type(cases)
        found = compile_cases(target.notation, entry_point, cases)
    except (ValueError, OverflowError, RecursionError):  # Overflow: an integer that no float holds, beside floats
        return Suite((), fault="suite_syntax"), ()
    suite = found.suite if found.suite.cases else Suite((), fault="untranslatable_tests" if cases else "suite_no_cases")
    return suite, (*left_out, *found.left_out)


def neutral_cases(text: str) -> Iterator[NeutralCase]:
    """The cases that lines of JSON are: `{"arguments": [...], "answer": value}`, or `"fails": true` for the answer.

    Raises:
        ValueError: if a line is not one, or takes another number of arguments than those before it.
    """
    arity = -1
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), 1):
        if _depth(line) > DEEPEST:
            raise ValueError(f"line {number} has more than {DEEPEST} brackets in each other")
        row = json.loads(line.rstrip(","))
        known = isinstance(row, dict) and isinstance(row.get("arguments"), list) and set(row) <= FIELDS
        if not known or ("answer" in row) == (row.get("fails") is True):
            raise ValueError(f"line {number} is no case")
        tolerance = row.get("tolerance", 0.0)
        if isinstance(tolerance, bool) or not isinstance(tolerance, int | float) or not 0 <= tolerance <= WIDEST:
            raise ValueError(f"line {number} has no number from 0 to {WIDEST} for its tolerance")
        before, arity = arity, len(row["arguments"])
        if before not in (-1, arity):
            raise ValueError(f"line {number} takes {arity} arguments, and those before it another number")
        fails = row.get("fails") is True
        yield NeutralCase(f"case {number}", tuple(row["arguments"]), row.get("answer"), fails, float(tolerance))


def _depth(line: str) -> int:
    """How many brackets of a line of JSON stand in each other at most."""
    steps = ((sign in "[{") - (sign in "]}") for sign in STRINGS.sub("", line))
    return max(accumulate(steps), default=0)

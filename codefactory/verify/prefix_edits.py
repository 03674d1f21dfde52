"""Edits of programs whose operators stand first, in brackets with their operands: `(+ a b)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codefactory.languages.base import CLAUSE, FUNCTIONS, TokenTable
from codefactory.verify.forms import Form, condition, constants, edit, swaps
from codefactory.verify.mutant_edits import Edit

FUNCTION = FUNCTIONS + 1  # one of them: its name, its parameters, what it does


def prefix_edits(code: str, root: Form, table: TokenTable) -> Iterator[Edit]:
    """Every edit, in order of place; iterative, since programs can be nested deeper than our stack.

    What is quoted is data, whose constants are changed only; what binds names is no call.
    """
    stack = [(form, False, 0) for form in reversed(root.children)]
    while stack:
        form, quoted, level = stack.pop()
        quoted = quoted or _begins_data(code, form, table)
        head = form.children[0] if form.children else form
        called = form.kind == "(" and not quoted and not level and head.kind == "word"
        if not form.group:
            yield from constants(form, table)
            for text in table.anywhere.get(form.text, ()) if not quoted else ():
                yield edit("call", form, text)
        elif (called or quoted) and head.text in table.skipped:
            continue  # quoted too: a macro's declarations, the name of a type
        elif called:
            yield from _call(code, form, table)
        place, least = table.documented.get(head.text, (0, 0)) if called else (2, 4) if level == FUNCTION else (0, 0)
        inner = list(zip(form.children, _levels(form, called, level, table), strict=True))
        if place and len(inner) >= least and inner[place][0].kind == "text":
            del inner[place]
        stack.extend((child, quoted, depth) for child, depth in reversed(inner))


def _begins_data(code: str, form: Form, table: TokenTable) -> bool:
    function = bool(table.function) and code.startswith(table.function, form.start)
    return code[form.start] in "'`#" and not function


def _levels(form: Form, called: bool, level: int, table: TokenTable) -> list[int]:
    """How deep the brackets of each part are no calls."""
    count = len(form.children)
    levels = [0] * count
    if level == FUNCTIONS:
        return [FUNCTION] * count
    if level == FUNCTION:
        levels[1:2] = [2] * len(levels[1:2])
    elif level > 1:
        return [level - 1] * count
    elif called:
        name = form.children[0].text
        if name in table.clauses:
            levels[1:] = [CLAUSE] * (count - 1)
        elif name in table.cases:
            levels[2:] = [1] * len(levels[2:])
        for place, depth in table.bound.get(name, {}).items():
            levels[place + 1 : place + 2] = [depth] * len(levels[place + 1 : place + 2])
    elif count and level != CLAUSE:
        levels[0] = 1  # a pattern
    return levels


def _call(code: str, form: Form, table: TokenTable) -> Iterator[Edit]:
    head, *arguments = form.children
    name = head.text
    functions = [head, *(arguments if name in table.passed else [])]
    for function in functions:
        if function.kind == "word":
            yield from swaps(function, table)
            for text in table.calls.get(function.text, ()):
                yield edit("call", function, text)
    yield from _operands(code, form, table)
    yield from _conditions(code, form, table)
    for index in table.bounds.get(name, ()):
        if index < len(arguments) and arguments[index].kind != "number":
            bound = arguments[index]
            source = code[bound.start : bound.end]
            yield Edit("boundary", bound.start, bound.end, table.further.format(source))
            yield Edit("boundary", bound.start, bound.end, table.nearer.format(source))
    if name in table.returns and arguments:
        yield edit("return", arguments[-1], table.nothing)
    if table.effects and re.fullmatch(table.effects, name):
        yield Edit("deleted", form.start, form.end, table.nothing)


def _operands(code: str, form: Form, table: TokenTable) -> Iterator[Edit]:
    """An operation that is one of its operands, or has one less; two operands that change places."""
    head, *arguments = form.children
    sources = [code[one.start : one.end] for one in arguments]
    if head.text in table.combined and 0 < len(arguments) <= 2:
        for source in sources:
            yield Edit("operand", form.start, form.end, source)
    elif head.text in table.combined:
        for before, one in zip(form.children, arguments, strict=False):
            yield Edit("operand", before.end, one.end, "")
    if head.text in table.ordered and len(arguments) == 2:
        first, second = arguments
        between = code[first.end : second.start]
        yield Edit("swap", first.start, second.end, sources[1] + between + sources[0])


def _conditions(code: str, form: Form, table: TokenTable) -> Iterator[Edit]:
    head, *arguments = form.children
    asked = arguments[:1] if head.text in table.conditions else []
    if head.text in table.clauses:
        asked = [one.children[0] for one in arguments if one.group and one.children]
    for one in asked:
        if one.text not in ("else", table.true):
            yield from condition(code, one.start, one.end, False, table)
    if head.text in table.cases:
        never = table.cases[head.text]
        for one in (one for one in arguments[1:] if one.group and len(one.children) > 1):
            pattern, second, *_ = one.children
            if never and not second.text.startswith("#:"):
                yield Edit("condition", pattern.end, pattern.end, never)
            elif pattern.group and not never:
                yield Edit("condition", pattern.start, pattern.end, "()")

"""Edits of programs whose operators stand first, in brackets with their operands: `(+ a b)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codefactory.languages.base import TokenTable
from codefactory.verify.forms import Form, condition, constants, edit, swaps
from codefactory.verify.mutant_edits import Edit


def prefix_edits(code: str, root: Form, table: TokenTable) -> Iterator[Edit]:
    """Every edit, in order of place; iterative, since programs can be nested deeper than our stack.

    What is quoted is data, whose constants are changed only; a name that is being defined is no call.
    """
    stack = [(form, False, False) for form in reversed(root.children)]
    while stack:
        form, quoted, named = stack.pop()
        quoted = quoted or code[form.start] in "'`#"
        head, *arguments = form.children or [form]
        called = form.kind == "(" and not quoted and not named and head.kind == "word"
        if not form.group:
            yield from constants(form, table)
        elif called and head.text in table.skipped:
            continue
        elif called:
            yield from _call(code, form, table)
        defines = called and head.text.startswith(("define", "lambda", "λ"))
        names = [head, *(arguments[:1] if defines else [])]
        stack.extend((child, quoted, any(child is name for name in names)) for child in reversed(form.children))


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
        if one.text != "else":
            yield from condition(code, one.start, one.end, False, table)
    if head.text in table.cases:
        never = table.cases[head.text]
        for one in (one for one in arguments[1:] if one.group and len(one.children) > 1):
            pattern, second, *_ = one.children
            if never and not second.text.startswith("#:"):
                yield Edit("condition", pattern.end, pattern.end, never)
            elif pattern.group and not never:
                yield Edit("condition", pattern.start, pattern.end, "()")

"""Drops code that is not in its language, as the language itself reads it; tree-sitter says where the error is."""

from __future__ import annotations

from typing import Any

from codefactory.errors import ConfigError
from codefactory.filters.base import Drop, Settings
from codefactory.languages import LANGUAGES
from codefactory.languages.grammar import parser
from codefactory.types import Record


class Syntax:
    """`syntax_error`: it cannot be read as its language. `no_entry_point`: the named function is not defined."""

    name = "syntax"
    slugs = ("syntax_error", "no_entry_point")

    def __init__(self, settings: Settings) -> None:
        del settings

    def judge(self, record: Record) -> Drop | None:
        problem, code = record.problem, record.solution.code
        fault = LANGUAGES.load(problem.language).solution_fault(code, _defined(record))
        if fault == "solution_syntax":
            return Drop("syntax_error", _where(problem.language, code) or f"{problem.language} does not parse it")
        return Drop("no_entry_point", f"{problem.entry_point} is not defined") if fault else None


def _defined(record: Record) -> str:
    """The name that the code has to define; "" where native tests load a file of that name and say what is in it."""
    native = record.problem.language != "python" and not any(case.call for case in record.tests.cases)
    return "" if native else record.problem.entry_point


def _where(language: str, code: str) -> str:
    """Where the first error is; "" where there is no grammar, or one that forgives what compilers do not."""
    try:
        root = parser(LANGUAGES.load(language).grammar).parse(code.encode("utf-8", "replace")).root_node
    except ConfigError:
        return ""
    return _first_error(root) if root.has_error else ""


def _first_error(root: Any) -> str:
    """The first error in reading order; iterative, since trees can be deeper than our stack."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            row, column = node.start_point
            return f"{'missing ' + node.type if node.is_missing else 'error'} at line {row + 1}, column {column + 1}"
        stack.extend(child for child in reversed(node.children) if child.has_error or child.is_missing)
    return "error"

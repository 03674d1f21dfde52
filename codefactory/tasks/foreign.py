"""Reads the texts of foreign rows: which function is asked for, where a solution begins, what a test imports."""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from codefactory.languages.cases import is_literal, read_suite
from codefactory.languages.python import suite_fault
from codefactory.tasks.base import called_name
from codefactory.types import Case, Suite

FENCE = re.compile(r"^[ \t]*```[ \t]*[\w+-]*[ \t]*\n(.*?)^[ \t]*```", re.DOTALL | re.MULTILINE)
UNPARSED = (SyntaxError, ValueError, RecursionError, MemoryError)


def text_of(value: Any, role: str) -> str | None:
    """A column's text: text itself, a number as a name, lines of a list, chat messages; None for anything else."""
    if isinstance(value, str):
        return value
    if role == "name" and isinstance(value, int):
        return str(value)
    if not isinstance(value, list):
        return None
    if all(isinstance(one, str) for one in value):
        return "\n".join(value)
    if all(isinstance(one, dict) and isinstance(one.get("content"), str) for one in value):
        wanted = "assistant" if role == "solution" else "user"
        return next((str(one["content"]) for one in reversed(value) if one.get("role") == wanted), "")
    return None


def unfenced(text: str) -> str:
    """The first fenced block of an answer in Markdown; all of the text where there is no fence."""
    found = FENCE.search(text)
    return found.group(1) if found else text


def whole_program(prompt: str, solution: str, entry_point: str) -> str:
    """Prompt and solution where the prompt is code that the solution goes on with, else the solution alone.

    A text that is neither stays what it was: the sandbox will say so.
    """
    if "def " not in prompt and "class " not in prompt:
        return solution
    joined = prompt + solution if prompt.endswith("\n") or solution.startswith("\n") else f"{prompt}\n{solution}"
    for code in (prompt + solution, joined):
        if _defined(code) and (not entry_point or entry_point in _defined(code)):
            return code
    alone = _parse(solution) or (_parse(prompt) is None and "def " in solution)
    return solution if alone else joined


def _parse(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except UNPARSED:
        return None


def _defined(code: str) -> list[str]:
    """The functions and classes that a source defines at its top level, in order."""
    module = _parse(code)
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return [node.name for node in module.body if isinstance(node, kinds)] if module else []


def entry_point_of(tests: str, code: str) -> str:
    """What the tests call of what the code defines; where that is nothing, the code's last definition."""
    found = called_name(tests, code)
    defined = _defined(code)
    if found or not defined:
        return found
    used = [name for name in defined if re.search(rf"\b{re.escape(name)}\b", tests)]
    return (used or defined[::-1])[0]


def is_check(tests: str, entry_point: str) -> bool:
    """Whether the tests are in HumanEval's form, `def check(candidate)`."""
    return bool(re.search(rf"^def check\(\s*(candidate|{re.escape(entry_point)})\b", tests, re.MULTILINE))


def foreign_suite(source: str, code: str, entry_point: str, setup: str = "") -> Suite:
    """The suite of a foreign row, its fault included; `setup` is source that the tests need."""
    module = _parse(source)
    if module is None:
        return Suite((), fault="suite_syntax")
    own = set(_defined(code))
    tests = ast.unparse(ast.Module([node for node in module.body if not (_imports(node, own) or _calls(node))], []))
    alias = "candidate" if "candidate" not in own and not re.search(r"def .*\bcandidate\b", tests) else ""
    suite = read_suite(tests, entry_point, alias=alias)
    fault = suite_fault(re.sub(r"\bcandidate\b", entry_point, tests) if alias and entry_point else tests, entry_point)
    if fault == "suite_no_cases" and any(isinstance(node, ast.Assert) for node in ast.walk(module)):
        # Asserts in a loop or in a function of some other name: all of it is one case of code.
        suite, fault = Suite((Case("case_1", tests),)), ""
    preamble = "\n".join(part for part in (setup, suite.preamble) if part.strip())
    return replace(suite, preamble=preamble, fault=fault)


def _imports(node: ast.stmt, own: set[str]) -> bool:
    """`from solution import f`: the solution's module is called otherwise everywhere, and its names are there."""
    if not isinstance(node, ast.ImportFrom):
        return False
    star = node.module == "solution" and node.names[0].name == "*"
    return star or all(alias.name in own and not alias.asname for alias in node.names)


def _calls(node: ast.stmt) -> bool:
    """`test_f()`, `unittest.main()`: cases are run one by one, and not before they are defined."""
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    called = ast.unparse(node.value.func)
    return called.startswith("test") or called in ("unittest.main", "pytest.main", "doctest.testmod")


def example_tests(text: str, code: str, entry_point: str) -> str:
    """The `>>>` examples of a statement or of the entry point's docstring that call it for a literal, as asserts."""
    found = dict.fromkeys(_examples(_docstring(code, entry_point), entry_point))
    return "\n".join(found or dict.fromkeys(_examples(text, entry_point)))


def _docstring(code: str, entry_point: str) -> str:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    body = (_parse(code) or ast.Module([], [])).body
    named = (node for node in body if isinstance(node, kinds) and node.name == entry_point)
    return next((ast.get_docstring(node) or "" for node in named), "")


def _examples(text: str, entry_point: str) -> Iterator[str]:
    try:
        examples = doctest.DocTestParser().get_examples(text)
    except ValueError:  # a prompt in prose, not a docstring
        return
    for example in examples:
        call, value = _expression(example.source), _expression(example.want)
        wanted = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == entry_point
        if call and value and wanted and is_literal(value):
            yield f"assert {ast.unparse(call)} == {ast.unparse(value)}"


def _expression(source: str) -> ast.expr | None:
    try:
        return ast.parse(source.strip(), mode="eval").body
    except UNPARSED:
        return None

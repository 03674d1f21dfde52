"""Exercism's Python tests as suites: a method that only asserts becomes plain asserts, the rest stays in its class.

The host can then read literal cases out of what were unittest classes; anything else runs beside the solution.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator
from dataclasses import replace

from codefactory.errors import InputError
from codefactory.tasks.foreign import foreign_suite
from codefactory.types import Suite

COMPARED = {
    "assertEqual": ast.Eq, "assertNotEqual": ast.NotEq, "assertIs": ast.Is, "assertIsNot": ast.IsNot,
    "assertIn": ast.In, "assertNotIn": ast.NotIn, "assertLess": ast.Lt, "assertGreater": ast.Gt,
    "assertMultiLineEqual": ast.Eq, "assertSetEqual": ast.Eq, "assertDictEqual": ast.Eq, "assertListEqual": ast.Eq,
    "assertTupleEqual": ast.Eq, "assertLessEqual": ast.LtE, "assertGreaterEqual": ast.GtE,
}  # fmt: skip


def python_suite(tests: dict[str, str], code: str, module: str, where: str) -> tuple[str, Suite]:
    """(entry point, suite) of an exercise: its test file and what that needs, an example, the module that they import.

    Raises:
        InputError: if the tests are not Python.
    """
    try:
        main, *needed = tests
        tree = ast.parse(tests[main])
    except SyntaxError as error:
        raise InputError(f"{where}: its tests are not Python ({error.msg})") from error
    _drop_skipped(tree)
    names = _imported(tree, module)
    entry_point = next((name for name, _ in names), "")
    source = "\n\n".join(_plain(tree, {name for name, _ in names}, module))
    aliases = "\n".join(f"{alias} = {name}" for name, alias in names if alias != name)
    suite = foreign_suite(source, code, entry_point, aliases)
    modules = "".join(_module(name, tests[name]) for name in needed)
    if (
        f"'{module}." in source or f"import {module}" in source or modules
    ):  # mock.patch('grep.open') looks it up by name
        modules = f"import sys, solution\nsys.modules[{module!r}] = solution\n{modules}"
    return entry_point, replace(suite, preamble=modules + suite.preamble)


def _module(name: str, text: str) -> str:
    """Statements that make a helper file importable."""
    stem = name.removesuffix(".py")
    made = f"_made = types.ModuleType({stem!r})\nexec({text!r}, _made.__dict__)\nsys.modules[{stem!r}] = _made\n"
    return f"import sys, types\n{made}"


def _drop_skipped(tree: ast.Module) -> None:
    """Leaves out the methods that the track itself skips."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            node.body = [item for item in node.body if not any("skip" in mark for mark in _marks(item))]


def _marks(node: ast.stmt) -> list[str]:
    return [ast.unparse(mark) for mark in getattr(node, "decorator_list", [])]


def _imported(module: ast.Module, name: str) -> list[tuple[str, str]]:
    """(name, name in the tests) of what the tests import from the exercise's own module."""
    nodes = (node for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and node.module == name)
    return [(alias.name, alias.asname or alias.name) for node in nodes for alias in node.names]


def _plain(module: ast.Module, own: set[str], name: str) -> Iterator[str]:
    """The tests' source without imports of the exercise, its classes as functions where they only assert."""
    for node in module.body:
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("TestCase") for base in node.bases):
            yield from _class(node)
        elif not _imports_own(node, own, name) and not _runs_tests(node):
            yield ast.unparse(node)


def _imports_own(node: ast.stmt, own: set[str], name: str) -> bool:
    inside = [part for part in ast.walk(node) if isinstance(part, ast.ImportFrom) and part.module == name]
    return bool(inside) and (isinstance(node, ast.ImportFrom | ast.Try)) and bool(own)


def _runs_tests(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)


def _class(node: ast.ClassDef) -> Iterator[str]:
    """Functions for the methods that only assert, then a class with the rest and what they need."""
    methods = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name.startswith("test")]
    helpers = [part for part in node.body if part not in methods]
    fixtures = any(isinstance(part, ast.FunctionDef) and part.name.startswith("setUp") for part in helpers)
    left: list[ast.FunctionDef] = []
    for method in methods:
        prepared = fixtures or method.decorator_list or node.decorator_list  # a fixture or a patch is part of the test
        body = None if prepared else _asserts(method.body)
        if body:
            lines = "\n".join(f"    {ast.unparse(statement)}" for statement in body)
            yield f"def {method.name}():\n{lines}"
        else:
            left.append(method)
    if left:
        rest = copy.copy(node)
        # Under a name that is known as a test class wherever it stands.
        rest.name, rest.body = f"Test{node.name}", [*helpers, *left]
        yield ast.unparse(rest)


def _asserts(body: Iterable[ast.stmt]) -> list[ast.Assert] | None:
    """The statements as plain asserts; None where one is anything else."""
    found = [_assert(node) for node in body if not _prose(node)]
    return [one for one in found if one] if found and all(found) else None


def _prose(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _assert(node: ast.stmt) -> ast.Assert | None:
    call = node.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
    if call is None or not isinstance(call.func, ast.Attribute) or ast.unparse(call.func.value) != "self":
        return None
    name, arguments = call.func.attr, call.args
    if name in COMPARED and len(arguments) >= 2:
        left, right = arguments[:2]
        return ast.Assert(ast.Compare(left, [COMPARED[name]()], [right]), None)
    one = {"assertTrue": None, "assertFalse": ast.Not, "assertIsNone": ast.Is, "assertIsNotNone": ast.IsNot}
    if name not in one or not arguments:
        return None
    if name.startswith("assertIs"):
        operator = ast.Is() if name == "assertIsNone" else ast.IsNot()
        return ast.Assert(ast.Compare(arguments[0], [operator], [ast.Constant(None)]), None)
    return ast.Assert(ast.UnaryOp(ast.Not(), arguments[0]) if name == "assertFalse" else arguments[0], None)

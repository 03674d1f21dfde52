"""Marks in a Python program, for coverage: every statement and every outcome of a condition notes that it was reached.

Marks are made in the syntax tree and not by `sys.settrace` or `sys.monitoring`: they cost little enough to stay within
a job's CPU limit, see the outcomes of conditions inside an expression, and do not depend on the interpreter's version.
Docstrings, definitions and imports are no lines: they say nothing about a suite.
"""

from __future__ import annotations

import ast

from codefactory.languages.base import Measured

SEEN, MARK, TRUTH, LOOP, TAKE = "_seen_marks", "_mark", "_truth", "_loop", "_take_marks"
# What the marks call. `_take_marks` answers and forgets, so that suites can be told apart in one process.
HEAD = f"""
{SEEN} = set()
def {MARK}(number):
    {SEEN}.add(number)
def {TRUTH}(value, number):
    {SEEN}.add(number if value else number + 1)
    return value
def {LOOP}(items, number):
    for item in items:
        {SEEN}.add(number)
        yield item
    {SEEN}.add(number + 1)
def {TAKE}():
    bits = sum(1 << number for number in {SEEN})
    {SEEN}.clear()
    return hex(bits)
"""
UNMARKED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal)


def measured(source: str) -> Measured | None:
    """The program with marks; None where it does not parse."""
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    lines = sorted({node.lineno for node in ast.walk(module) if isinstance(node, ast.stmt) and not _unmarked(node)})
    marker = _Marker({line: number for number, line in enumerate(lines)})
    module = marker.visit(module)
    at = _after_future(module)
    module.body[at:at] = ast.parse(HEAD).body
    code = ast.unparse(ast.fix_missing_locations(module)) + "\n"
    report = f"print('\\n' + {TAKE}(), flush=True)"
    return Measured(code, tuple(lines), tuple(marker.branches), f"{TAKE}()", report)


def _unmarked(node: ast.stmt) -> bool:
    prose = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return prose or isinstance(node, UNMARKED)


def _after_future(module: ast.Module) -> int:
    """Where code may start: after the docstring and `from __future__` imports, which must come first."""
    for number, node in enumerate(module.body):
        future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if not future and not (number == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return number
    return len(module.body)


class _Marker(ast.NodeTransformer):
    """Puts marks in; `branches` are their names, two for each condition, in order of their numbers."""

    def __init__(self, lines: dict[int, int]) -> None:
        self.lines = lines
        self.branches: list[str] = []

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                setattr(node, field, [part for statement in body for part in self._marked(statement)])
        return node

    def _marked(self, statement: ast.stmt) -> list[ast.stmt]:
        if _unmarked(statement) or not hasattr(statement, "lineno"):
            return [statement]
        number = ast.Constant(self.lines[statement.lineno])
        return [ast.Expr(ast.Call(ast.Name(MARK, ast.Load()), [number], [])), statement]

    def _two(self, line: int, one: str, other: str) -> ast.Constant:
        number = len(self.lines) + len(self.branches)
        self.branches += [f"line {line}: {one}", f"line {line}: {other}"]
        return ast.Constant(number)

    def _truth(self, test: ast.expr) -> ast.expr:
        return ast.Call(ast.Name(TRUTH, ast.Load()), [test, self._two(test.lineno, "true", "false")], [])

    def _conditional(self, node: ast.If | ast.While | ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.test, ast.Constant):  # `while True` has one outcome
            node.test = self._truth(node.test)
        return node

    visit_If = visit_While = visit_IfExp = _conditional

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        number = self._two(node.lineno, "entered", "finished")
        node.iter = ast.Call(ast.Name(LOOP, ast.Load()), [node.iter, number], [])
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.ifs = [self._truth(test) for test in node.ifs]
        return node

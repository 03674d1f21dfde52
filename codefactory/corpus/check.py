"""Writes a suite as HumanEval's `check(candidate)`: plain asserts that need nothing but the standard library."""

from __future__ import annotations

import ast

from codefactory.types import Case, Check, Suite


def check_source(suite: Suite, entry_point: str) -> str:
    """The preamble, then `def check(candidate)` with every case in order; no comments, whatever the cases held.

    Raises:
        ValueError: if the suite has no cases; an empty check would pass anything.
    """
    if not suite.cases:
        raise ValueError(f"the suite of {entry_point} has no cases")
    rename = _Rename(entry_point)
    body = [rename.visit(node) for case in suite.cases for node in _statements(case, entry_point)]
    arguments = ast.arguments([], [ast.arg("candidate")], None, [], [], None, [])
    check = ast.parse("def check(): pass").body[0]
    assert isinstance(check, ast.FunctionDef)
    check.args, check.body = arguments, body
    text = ast.unparse(ast.fix_missing_locations(ast.Module([check], []))) + "\n"
    preamble = _preamble(suite.preamble, text)
    return f"{preamble}\n\n\n{text}" if preamble else text


def case_sources(suite: Suite, entry_point: str) -> list[str]:
    """Every case as statements that test the entry point when they are executed after it and the preamble."""
    return ["\n".join(ast.unparse(node) for node in _statements(case, entry_point)) for case in suite.cases]


def _preamble(source: str, text: str) -> str:
    """Without pytest where no case needs it any more: readers of this format rarely have it."""
    nodes = ast.parse(source).body
    if "pytest" not in text:
        nodes = [
            node for node in nodes if ast.unparse(node) not in ("import pytest", "from pytest import approx, raises")
        ]
    return "\n".join(ast.unparse(node) for node in nodes)


def _statements(case: Case, entry_point: str) -> list[ast.stmt]:
    if case.call and case.call.check in (Check.RAISES, Check.APPROX):
        return ast.parse(_plain(case)).body
    nodes = ast.parse(case.source).body
    return nodes + _invocation(case, nodes, entry_point)


def _plain(case: Case) -> str:
    """A case that would need pytest, from its literal reading."""
    assert case.call
    expression, expected = case.call.expression, case.call.expected
    if case.call.check == Check.RAISES:
        raised = "raise AssertionError('no exception')"
        return f"try:\n    {expression}\nexcept {expected}:\n    pass\nelse:\n    {raised}"
    return f"assert abs({expression} - {expected}) <= {case.call.tolerance!r}"


def _invocation(case: Case, nodes: list[ast.stmt], entry_point: str) -> list[ast.stmt]:
    """The call that runs a case which is only a test function or a test class."""
    if len(nodes) != 1:
        return []
    node = nodes[0]
    if isinstance(node, ast.FunctionDef):
        return ast.parse(f"{node.name}({entry_point if node.args.args else ''})").body
    if isinstance(node, ast.ClassDef):
        method = case.name.partition(".")[2]
        call = f"{node.name}({method!r}).debug()" if node.bases else f"{node.name}().{method}()"
        return ast.parse(call).body
    return []


class _Rename(ast.NodeTransformer):
    """The entry point becomes `candidate`, as the format's readers expect."""

    def __init__(self, entry_point: str) -> None:
        self.entry_point = entry_point

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name("candidate", node.ctx) if node.id == self.entry_point else node

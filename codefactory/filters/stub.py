"""Drops Python solutions that do nothing: an empty body, a constant None, or only "not implemented"."""

from __future__ import annotations

import ast

from codefactory.filters.base import Drop, Settings
from codefactory.languages.python_faults import parse
from codefactory.types import Record


class Stub:
    """`stub_solution`: the entry point's body is only docstring, `pass`, `...`, `return None` or a raised error.

    A function that answers one constant is not a stub here: that may be the honest solution, and the must-fail
    controls have already shown whether its tests tell it from a real one.
    """

    name = "stub"
    slugs = ("stub_solution",)

    def __init__(self, settings: Settings) -> None:
        del settings

    def judge(self, record: Record) -> Drop | None:
        if record.problem.language != "python":
            return None
        module = parse(record.solution.code)
        for node in module.body if module else ():  # what does not parse is the syntax filter's business
            named = isinstance(node, ast.FunctionDef) and node.name == record.problem.entry_point
            if named and isinstance(node, ast.FunctionDef) and all(map(_is_empty, node.body)):
                return Drop("stub_solution", f"{node.name} does nothing: {ast.unparse(node.body[-1])[:80]}")
        return None


def _is_empty(node: ast.stmt) -> bool:
    match node:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Return(value=None | ast.Constant(value=None)):
            return True
        case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
    return False

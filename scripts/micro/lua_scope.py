"""Which names Lua would lose at a block's end: Python's live in the whole function."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scripts.micro.lua_expressions import Refused


def outliving(function: ast.FunctionDef) -> list[str]:
    """The names to declare before anything else, since no block that assigns them first holds every mention of them.

    Raises:
        Refused: if a loop's variable is used after the loop.
    """
    loops = [node for node in ast.walk(function) if isinstance(node, ast.For)]
    elements = bound(function)
    free = [node for node in ast.walk(function) if isinstance(node, ast.Name) and id(node) not in elements]
    for loop in loops:
        own = {name.id for name in ast.walk(loop.target) if isinstance(name, ast.Name)}
        if any(name.id in own and name.lineno > (loop.end_lineno or 0) for name in free):
            raise Refused("a loop's variable is used after the loop")
    stored = {name.id for name in free if isinstance(name.ctx, ast.Store)} - {one.arg for one in function.args.args}
    mentions = {id(name) for name in free}
    return sorted(name for name in stored if not one_block(function.body, name, mentions))


def bound(function: ast.FunctionDef) -> set[int]:
    """The mentions of names that a loop, a comprehension or a lambda gives to its elements."""
    found: set[int] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.For):
            found |= {id(name) for name in bindings(node.target, node)}
        if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp):
            found |= {id(name) for part in node.generators for name in bindings(part.target, node)}
        if isinstance(node, ast.Lambda):
            own = {one.arg for one in node.args.args}
            found |= {id(name) for name in ast.walk(node) if isinstance(name, ast.Name) and name.id in own}
    return found


def bindings(target: ast.expr, scope: ast.AST) -> Iterator[ast.Name]:
    """Every mention in a scope of the names that a loop or a comprehension gives to its elements."""
    own = {name.id for name in ast.walk(target) if isinstance(name, ast.Name)}
    return (name for name in ast.walk(scope) if isinstance(name, ast.Name) and name.id in own)


def one_block(body: list[ast.stmt], name: str, free: set[int]) -> bool:
    """Whether Lua can declare a name where it is first assigned: in the block that holds every mention of it."""

    def mentioned(node: ast.AST) -> bool:
        return any(isinstance(one, ast.Name) and one.id == name and id(one) in free for one in ast.walk(node))

    holders = [statement for statement in body if mentioned(statement)]
    first = holders[0]
    if isinstance(first, ast.Assign):
        plain = [one.id for target in first.targets for one in ast.walk(target) if isinstance(one, ast.Name)]
        return name in plain and not mentioned(first.value)
    if len(holders) > 1 or not isinstance(first, ast.If | ast.For | ast.While):
        return False
    if isinstance(first, ast.If | ast.While) and mentioned(first.test):
        return False
    if isinstance(first, ast.For) and mentioned(first.iter):
        return False
    blocks = [part for part in (first.body, first.orelse) if any(map(mentioned, part))]
    return all(one_block(part, name, free) for part in blocks)

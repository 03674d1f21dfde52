"""Marks for coverage in other languages than Python: put into a program where its tree-sitter tree has statements.

A mark stands before every statement of a block, and around every condition that decides a branch, as in Python
(`python_measured`). A further language is a further `MarkTable`. Not marked are loops over items, statements that stand
without a block of their own, and definitions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from codefactory.languages.base import Measured
from codefactory.languages.grammar import parser

CLOSE, MARK, OPEN = range(3)  # in this order where several stand at one place
Insertion = tuple[int, int, str]  # byte offset, kind, text
TAKE = "_take_marks()"


@dataclass(frozen=True, slots=True)
class MarkTable:
    """How a language notes what was executed.

    Attributes:
        head: a line that declares `_mark(n)`, `_truth(value, n)` (notes n or n + 1, gives back the value) and
            `_take_marks()` (the bit set since the last time in hexadecimal, as text that begins with 0x).
        mark: the statement that notes a number.
        truth: what stands before and behind a condition, the latter with its number.
        blocks: node types whose named children are statements.
        unmarked: types of children that are no statements, or only definitions.
        conditions: (node type, index of the child among the named ones) of what decides a branch.
        constants: sources of conditions that have one outcome.
    """

    head: str
    mark: str
    truth: tuple[str, str]
    blocks: frozenset[str]
    unmarked: frozenset[str]
    conditions: tuple[tuple[str, int], ...]
    constants: frozenset[str] = frozenset({"true", "(true)", "1", "false"})


def measured(grammar: str, table: MarkTable, source: str) -> Measured | None:
    """The program with marks; None where it does not parse, or no longer does."""
    data = source.encode("utf-8", "replace")
    root = parser(grammar).parse(data).root_node
    if root.has_error:
        return None
    nodes = list(_nodes(root))
    first = next((child for child in root.named_children if not _before(child, table)), None)
    if first is None:
        return None
    found = [child for node in nodes if node.type in table.blocks for child in _statements(node, table, first)]
    lines = sorted({node.start_point[0] + 1 for node in found})
    place = {line: number for number, line in enumerate(lines)}
    insertions: list[Insertion] = [
        (node.start_byte, MARK, table.mark.format(place[node.start_point[0] + 1])) for node in found
    ]
    branches: list[str] = []
    for node in _conditions(nodes, table):
        before, behind = table.truth
        number, line = len(lines) + len(branches), node.start_point[0] + 1
        insertions += [(node.start_byte, OPEN, before), (node.end_byte, CLOSE, behind.format(number))]
        branches += [f"line {line}: true", f"line {line}: false"]
    marked = _applied(data, first.start_byte, table.head, insertions)
    if parser(grammar).parse(marked).root_node.has_error:
        return None
    return Measured(marked.decode(), tuple(lines), tuple(branches), TAKE, "")


def _nodes(root: Any) -> Iterator[Any]:
    """Every node in reading order; iterative, since trees can be deeper than our stack."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def _before(node: Any, table: MarkTable) -> bool:
    """Whether a node has to stay in front of everything: comments, the system's own first line, a directive."""
    if "comment" in node.type or node.type == "hash_bang_line":
        return True
    only = node.named_children
    return node.type == "expression_statement" and len(only) == 1 and only[0].type == "string"


def _statements(block: Any, table: MarkTable, first: Any) -> Iterator[Any]:
    for child in block.named_children:
        if child.type not in table.unmarked and "comment" not in child.type and child.start_byte >= first.start_byte:
            yield child


def _conditions(nodes: list[Any], table: MarkTable) -> Iterator[Any]:
    wanted = dict(table.conditions)
    for node in nodes:
        if node.type in wanted and node.is_named:
            child = next(iter(node.named_children[wanted[node.type] :]), None)
            if child is not None and child.text.decode("utf-8", "replace") not in table.constants:
                yield child


def _applied(data: bytes, at: int, head: str, insertions: list[Insertion]) -> bytes:
    """The source with the head, on the line where it goes, so that lines keep their numbers."""
    parts, last = [data[:at], head.encode()], at
    for offset, _, text in sorted(insertions, key=lambda one: one[:2]):
        parts += [data[last:offset], text.encode()]
        last = offset
    return b"".join([*parts, data[last:]])

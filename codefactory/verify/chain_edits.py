"""Edits of operations where a grammar reads them as chains without precedence, as Haskell's does: `a + b * c == d`.

How tightly an operator binds, and to which side it is grouped, is the language table's word; an operator that it does
not name binds as one does that a program declares without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from codefactory.languages.base import MutationTable
from codefactory.verify.mutant_edits import Edit

UNKNOWN = (9, "left")


def chain_edits(root: Any, table: MutationTable) -> Iterator[Edit]:
    """An operation that is one of its operands, and operands that change places."""
    stack = [root] if table.precedence else []
    while stack:
        node = stack.pop()
        if node.type in table.skipped:
            continue
        inner = node.parent is not None and node.parent.type in table.operands
        if node.type in table.operands and not inner:
            yield from _of_chain(node, table)
        stack.extend(reversed(node.children))


def _of_chain(node: Any, table: MutationTable) -> Iterator[Edit]:
    operands, tokens = _chain(node, table)
    binding = [table.precedence.get(token, UNKNOWN) for token in tokens]
    for at, token in enumerate(tokens):
        level, side = binding[at]
        before = [other > level or (other == level and side == "left") for other, _ in reversed(binding[:at])]
        behind = [other > level or (other == level and side == "right") for other, _ in binding[at + 1 :]]
        first = operands[at - len(list(takewhile(bool, before)))].start_byte
        last = operands[at + 1 + len(list(takewhile(bool, behind)))].end_byte
        left, right = operands[at].end_byte, operands[at + 1].start_byte
        if token in table.closed:
            yield Edit("operand", left, last, "")
            yield Edit("operand", first, right, "")
        if token in table.ordered:
            one, between, other = (
                node.text[begin - node.start_byte : end - node.start_byte].decode("utf-8", "surrogatepass")
                for begin, end in ((first, left), (left, right), (right, last))
            )
            yield Edit("swap", first, last, f"({other}){between}({one})")


def _chain(node: Any, table: MutationTable) -> tuple[list[Any], list[str]]:
    """The operands of a chain, and the operators between them."""
    operands, tokens, stack = [], [], [node]
    while stack:
        one = stack.pop()
        if one.type in table.operators:
            tokens.append(str(one.text.decode("utf-8", "surrogatepass")))
        elif one.type in table.operands:
            stack.extend(reversed(one.named_children))
        else:
            operands.append(one)
    return operands, tokens

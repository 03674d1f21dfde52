"""Shapes of syntax trees, without names and values: whole programs, and the small patterns that they are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from codefactory.diversity.vocabulary import entropy
from codefactory.languages import LANGUAGES
from codefactory.languages.grammar import parser
from codefactory.types import Record


def shapes(records: Sequence[Record]) -> dict[str, float]:
    """The share of different program shapes, and the entropy in bits of patterns: a node with its children's types.

    Nothing where a language of the set has no published grammar: figures of the other rows alone would mislead.

    Raises:
        ConfigError: if the wheel of a language's grammar is not installed.
    """
    if without_grammar(records):
        return {}
    patterns: Counter[str] = Counter()
    programs: set[tuple[str, ...]] = set()
    for record in records:
        root = (
            parser(LANGUAGES.load(record.problem.language).grammar)
            .parse(record.solution.code.encode("utf-8", "replace"))
            .root_node
        )
        own = tuple(_patterns(root))
        patterns.update(own)
        programs.add(own)
    return {
        "different program shapes": len(programs) / max(1, len(records)),
        "different tree patterns": len(patterns),
        "tree pattern entropy, bits": entropy(patterns.values()),
    }


def without_grammar(records: Sequence[Record]) -> list[str]:
    """The languages of these rows that no published grammar reads."""
    return sorted(name for name in {record.problem.language for record in records} if not LANGUAGES.load(name).grammar)


def _patterns(root: Any) -> Iterator[str]:
    """Every named node with its children, in order: together they are the whole shape."""
    stack = [root]
    while stack:
        node = stack.pop()
        # Operators are unnamed nodes: `a + b` and `a - b` are two patterns, but brackets and commas say nothing.
        children = [child for child in node.children if "comment" not in child.type]
        named = [child for child in children if child.is_named]
        signs = [child.type for child in children if not child.is_named and child.type not in "()[]{},:;"]
        yield f"{node.type}({' '.join([*signs, *(child.type for child in named)])})"
        stack.extend(reversed(named))

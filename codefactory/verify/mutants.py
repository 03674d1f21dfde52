"""Makes mutants of a program: one small change each; where there are too many, a sample that has some of every kind.

Changes of the code are found in its tree-sitter tree by the language's table (`mutant_edits`): the classical set
(DeMillo, Lipton, Sayward 1978; sufficient operators: Offutt et al. 1996), by node types, so that a further language is
a further table. Changes that no operator makes, such as a program that fails on the empty list alone, are the
language's *traps* (domain traps: Agrawal et al. 1989, "Design of mutant operators for the C programming language"): a
test that goes there kills them, and nothing else does.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from codefactory.languages.base import MutationTable
from codefactory.languages.grammar import parser
from codefactory.verify.mutant_edits import Edit, edits


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed program: the kind of change, its line (from 1), the code, and the change as a diff."""

    operator: str
    line: int
    code: str
    diff: str


def mutants(
    code: str, language: str, table: MutationTable, limit: int, traps: Sequence[tuple[int, str]] = ()
) -> tuple[Mutant, ...]:
    """At most `limit` distinct mutants that parse, in order of place; the same code always gives the same.

    Where there are more, every kind of change gets its turn, and within a kind the choice is spread by hash.

    Args:
        traps: (byte offset, statement to insert there), of `Language.traps`.

    Raises:
        ConfigError: if the language's grammar is not installed.
    """
    grammar = parser(language)
    source = code.encode("utf-8", "surrogatepass")
    root = grammar.parse(source).root_node
    if root.has_error:
        return ()
    by_kind: dict[str, list[tuple[Edit, bytes]]] = {}
    seen = {source}
    for edit in (*edits(root, table), *(Edit("domain", offset, offset, text) for offset, text in traps)):
        changed = source[: edit.start] + edit.text.encode("utf-8", "surrogatepass") + source[edit.end :]
        if changed not in seen and not grammar.parse(changed).root_node.has_error:
            seen.add(changed)
            by_kind.setdefault(edit.operator, []).append((edit, changed))
    for found in by_kind.values():
        found.sort(key=lambda one: hashlib.sha256(one[1]).digest())
    turns = [one for turn in zip_longest(*by_kind.values()) for one in turn if one is not None]
    chosen = sorted(turns[:limit], key=lambda one: (one[0].start, one[0].end, one[0].text))
    return tuple(_mutant(code, source, edit, changed) for edit, changed in chosen)


def _mutant(code: str, source: bytes, edit: Edit, changed: bytes) -> Mutant:
    text = changed.decode("utf-8", "surrogatepass")
    return Mutant(edit.operator, source.count(b"\n", 0, edit.start) + 1, text, diff(code, text))


def diff(before: str, after: str) -> str:
    """The changed lines, old ones behind `-`, new ones behind `+`, under their place."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(list(lines)[2:])

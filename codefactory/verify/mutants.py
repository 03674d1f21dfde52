"""Makes mutants of a program: one small change each; where there are too many, a sample that has some of every kind.

Changes of the code are found in its tree-sitter tree by the language's table (`mutant_edits`), or, where no grammar is
published, in the tree that its tokens and brackets make (`prefix_edits`, `infix_edits`, `command_edits`): the classical
set (DeMillo, Lipton, Sayward 1978; sufficient operators: Offutt et al. 1996), so that a further language is a further
table. Changes that no operator makes, such as a program that fails on the empty list alone, are the language's *traps*
(domain traps: Agrawal et al. 1989, "Design of mutant operators for the C programming language"): a test that goes there
kills them, and nothing else does.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from codefactory.languages.base import MutationTable, TokenTable
from codefactory.languages.grammar import parser
from codefactory.verify.chain_edits import chain_edits
from codefactory.verify.command_edits import command_edits
from codefactory.verify.command_words import commands
from codefactory.verify.forms import forms
from codefactory.verify.infix_edits import infix_edits
from codefactory.verify.mutant_edits import Edit, edits
from codefactory.verify.prefix_edits import prefix_edits


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed program: the kind of change, its line (from 1), the code, and the change as a diff."""

    operator: str
    line: int
    code: str
    diff: str


def mutants(
    code: str, language: str, table: MutationTable | TokenTable, limit: int, traps: Sequence[tuple[int, str]] = ()
) -> tuple[Mutant, ...]:
    """At most `limit` distinct mutants that parse, in order of place; the same code always gives the same.

    Where there are more, every kind of change gets its turn, and within a kind the choice is spread by hash.

    Args:
        traps: (byte offset, statement to insert there), of `Language.traps`.

    Raises:
        ConfigError: if the language's grammar is not installed.
    """
    source = code.encode("utf-8", "surrogatepass")
    readable, found = _changes(source, language, table)
    if not readable(source):
        return ()
    by_kind: dict[str, list[tuple[Edit, bytes]]] = {}
    seen = {source}
    for edit in (*found, *(Edit("domain", offset, offset, text) for offset, text in traps)):
        changed = source[: edit.start] + edit.text.encode("utf-8", "surrogatepass") + source[edit.end :]
        if changed not in seen and readable(changed):
            seen.add(changed)
            by_kind.setdefault(edit.operator, []).append((edit, changed))
    for same in by_kind.values():
        same.sort(key=lambda one: hashlib.sha256(one[1]).digest())
    turns = [one for turn in zip_longest(*by_kind.values()) for one in turn if one is not None]
    chosen = sorted(turns[:limit], key=lambda one: (one[0].start, one[0].end, one[0].text))
    return tuple(_mutant(code, source, edit, changed) for edit, changed in chosen)


def _changes(
    source: bytes, language: str, table: MutationTable | TokenTable
) -> tuple[Callable[[bytes], bool], Iterator[Edit]]:
    """Whether a source can be read, as far as the table's kind can tell, and the edits of this one."""
    if isinstance(table, TokenTable):
        return lambda one: _read(one.decode("utf-8", "surrogatepass"), table), _of_tokens(source, table)
    grammar = parser(language)
    root = grammar.parse(source).root_node
    return lambda one: not grammar.parse(one).root_node.has_error, chain(edits(root, table), chain_edits(root, table))


def _read(code: str, table: TokenTable) -> bool:
    """Whether brackets match."""
    return (commands(code, 0, len(code)) if table.commands else forms(code, table)) is not None


def _of_tokens(source: bytes, table: TokenTable) -> Iterator[Edit]:
    """The edits of a program that is read by its tokens, their places in bytes."""
    code = source.decode("utf-8", "surrogatepass")
    places = [0]
    for character in code:
        places.append(places[-1] + len(character.encode("utf-8", "surrogatepass")))
    for edit in _by_tokens(code, table):
        yield replace(edit, start=places[edit.start], end=places[edit.end])


def _by_tokens(code: str, table: TokenTable) -> Iterator[Edit]:
    if table.commands:
        return command_edits(code, table)
    root = forms(code, table)
    if root is None:
        return iter(())
    return (prefix_edits if table.prefix else infix_edits)(code, root, table)


def _mutant(code: str, source: bytes, edit: Edit, changed: bytes) -> Mutant:
    text = changed.decode("utf-8", "surrogatepass")
    return Mutant(edit.operator, source.count(b"\n", 0, edit.start) + 1, text, diff(code, text))


def diff(before: str, after: str) -> str:
    """The changed lines, old ones behind `-`, new ones behind `+`, under their place."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(list(lines)[2:])

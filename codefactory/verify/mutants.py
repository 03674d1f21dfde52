"""Makes mutants of a program: one small change each, found in its tree-sitter tree by the language's table.

Operators (arithmetic, comparison, logical), boundaries (`<` for `<=`, a slice or a range one longer), constants (one
more, one less, an empty string), operands (one of two, an argument without its call, a number without its sign),
conditions (negated, always, never), calls (`min` for `max`), returns (nothing, the opposite), deleted statements: the
classical set (DeMillo, Lipton, Sayward 1978; sufficient operators: Offutt et al. 1996), by node types, so that a
further language is a further table.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from codefactory.languages.base import MutationTable
from codefactory.languages.grammar import parser

LONGEST_DIGITS = 18  # a longer integer is data, and one more is no other behaviour


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed program: the kind of change, its line (from 1), the code, and the change as a diff."""

    operator: str
    line: int
    code: str
    diff: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement in the source, in bytes."""

    operator: str
    start: int
    end: int
    text: str


def mutants(code: str, language: str, table: MutationTable, limit: int) -> tuple[Mutant, ...]:
    """At most `limit` distinct mutants that parse, in order of place; the same code always gives the same.

    Where there are more, every kind of change gets its turn, and within a kind the choice is spread by hash.

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
    for edit in _edits(root, table):
        changed = source[: edit.start] + edit.text.encode() + source[edit.end :]
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


def _edits(root: Any, table: MutationTable) -> Iterator[Edit]:
    """Every edit, in order of place; iterative, since trees can be deeper than our stack."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type in table.skipped or _guards_main(node):
            continue
        yield from _of_node(node, table)
        stack.extend(reversed(node.children))


def _guards_main(node: Any) -> bool:
    """`if __name__ == "__main__"` is never executed here."""
    return node.type == "if_statement" and b"__name__" in node.children[1].text


def _of_node(node: Any, table: MutationTable) -> Iterator[Edit]:
    if node.parent is not None and node.parent.type in table.operations and not node.is_named:
        for kind, tokens in table.tokens.items():
            for text in tokens.get(node.type, ()):
                yield _edit(kind, node, text)
    yield from _constants(node, table)
    yield from _conditions(node, table)
    yield from _calls(node, table)
    yield from _parts(node, table)
    yield from _bounds(node, table)
    yield from _returns(node, table)
    first = node.named_children[0].type if node.named_children else ""
    if any(node.type == kind and (not types or first in types) for kind, types in table.deleted):
        yield _edit("deleted", node, table.nothing)


def _edit(operator: str, node: Any, text: str) -> Edit:
    return Edit(operator, node.start_byte, node.end_byte, text)


def _constants(node: Any, table: MutationTable) -> Iterator[Edit]:
    text = node.text.decode("utf-8", "replace") if node.child_count == 0 or node.type in table.strings else ""
    if node.type in table.integers and len(text) <= LONGEST_DIGITS and text.isdigit():
        yield _edit("constant", node, str(int(text) + 1))
        yield _edit("constant", node, str(int(text) - 1) if int(text) else "(-1)")
    elif node.type in table.floats:
        yield _edit("constant", node, f"({text} + 1)")
        yield _edit("constant", node, f"(-{text})")
    elif node.type in table.booleans:
        yield _edit("constant", node, table.booleans[node.type])
    elif node.type in table.strings and not _is_prose(node) and text[:1] in "'\"":
        yield _edit("constant", node, table.empty if len(text.strip(text[0])) else table.filled)


def _is_prose(node: Any) -> bool:
    """A string that is a statement is documentation; a part of a longer string cannot be changed alone."""
    return node.parent is None or node.parent.type in ("expression_statement", "concatenated_string", "interpolation")


def _conditions(node: Any, table: MutationTable) -> Iterator[Edit]:
    for kind, index in table.conditions:
        if node.type != kind or len(node.named_children) <= index:
            continue
        condition = node.named_children[index]
        if condition.type == "comment":
            continue
        text = condition.text.decode("utf-8", "surrogatepass")
        yield _edit("condition", condition, f"({table.negation.format(text)})")
        yield _edit("condition", condition, table.false)
        if "while" not in kind:  # a loop that is always entered would only run into its limit
            yield _edit("condition", condition, table.true)


def _calls(node: Any, table: MutationTable) -> Iterator[Edit]:
    if node.type != "call":
        return
    called = node.child_by_field_name("function")
    name = called.child_by_field_name("attribute") if called is not None and called.type == "attribute" else called
    if name is None or name.type != "identifier":
        return
    for text in table.calls.get(name.text.decode(), ()):
        if text.isidentifier() or called is name:
            yield _edit("call", name, text)


def _parts(node: Any, table: MutationTable) -> Iterator[Edit]:
    """An operation that is only one of its operands, a call that is only its argument, an operand without its sign."""
    parts = node.named_children if node.type in table.operands else []
    arguments = node.child_by_field_name("arguments") if node.type in table.unwrapped else None
    if arguments is not None and len(arguments.named_children) == 1:
        parts = [part for part in arguments.named_children if not part.type.endswith(("argument", "splat"))]
    if node.parent is not None and node.parent.type in table.operations and node.type in table.inserted:
        for template in table.insertions:
            yield _edit("insertion", node, template.format(node.text.decode("utf-8", "surrogatepass")))
    for part in parts:
        if part.type not in table.skipped:
            yield _edit("operand", node, f"({part.text.decode('utf-8', 'surrogatepass')})")


def _bounds(node: Any, table: MutationTable) -> Iterator[Edit]:
    bounds = node.named_children if node.type in table.bounds else []
    called, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if called is not None and arguments is not None and called.text.decode() in table.counters:
        bounds = arguments.named_children
    for bound in bounds:
        if bound.type not in table.integers:  # a literal is a constant and changed as one
            text = bound.text.decode("utf-8", "surrogatepass")
            yield _edit("boundary", bound, f"{text} + 1")
            yield _edit("boundary", bound, f"{text} - 1")


def _returns(node: Any, table: MutationTable) -> Iterator[Edit]:
    if node.type not in table.returns or not node.named_children:
        return
    value = node.named_children[0]
    yield _edit("return", node, table.returns[node.type])
    if value.type in table.predicates:
        yield _edit("return", value, table.negation.format(value.text.decode("utf-8", "surrogatepass")))

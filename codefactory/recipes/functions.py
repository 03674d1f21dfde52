"""Finds documented functions in a source: where they stand, what they are called, and their text with its comment.

A source is cut into pieces (comments, definitions, what may stand between the two, others) by the tree of the
language's grammar or by its tokens; what a piece is, its row in `languages.documented` says. The code is never run.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, takewhile
from textwrap import dedent
from typing import Any, NamedTuple

from codefactory.languages import LANGUAGES
from codefactory.languages.documented import Documented
from codefactory.languages.grammar import parser
from codefactory.languages.native import pieces

LINES = range(4, 61)  # of a function, its documentation included
WORDS = re.compile(r"[A-Za-z]{2,}")
# Comments that say nothing about the function below them: to tools, or about the whole file.
TO_TOOLS = re.compile(
    r"\W*(?:shellcheck|rubocop|eslint|jshint|luacheck|nolint|noinspection|perlcritic|hlint|TODO|FIXME"
    r"|@(?:export|import|rdname|noRd|keywords)\w*)\b.*"
)
ABOUT_THE_FILE = re.compile(r"(?i)spdx-license|copyright|-\*-")
COMMENTED_OUT = r"(?m)^\s*(?:--+|#+|//+|%+) ?(?:{})"  # examples in documentation stand further in
COMMENTS = ("comment", "haddock", "pod")  # in the names of node types


class Piece(NamedTuple):
    """A part of a source, by byte offsets; `name` of a definition, `node` where there is a tree."""

    kind: str  # comment | definition | between | other
    start: int
    end: int
    name: str = ""
    node: Any = None


def functions(language: str, row: Documented, text: str) -> Iterator[tuple[int, str, str]]:
    """(line, name, source) of the functions that count; a file that cannot be read gives those around the fault."""
    source = text.encode()
    found = list(_from_tree(row, source) if row.grammar else _from_tokens(row, text))
    at = 0
    while at < len(found):
        last = _last_clause(row, found, at) if found[at].kind == "definition" else at
        first = _documentation(row, source, found, at) if found[at].kind == "definition" else None
        if first is not None:
            code = _text(source, found[first].start, found[last].end)
            if len(code.splitlines()) in LINES and _counts(language, row, source, found[first : last + 1], code):
                yield source.count(b"\n", 0, found[at].start) + 1, found[at].name, code
        at = last + 1


def _text(source: bytes, start: int, end: int) -> str:
    line = source.rfind(b"\n", 0, start) + 1
    return dedent(source[line:end].decode()).rstrip()


# ── pieces ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _piece(row: Documented, text: str, start: int, *, comment: bool, node: Any = None) -> Piece:
    end = start + len(text.rstrip().encode())
    if comment or re.match(row.doc, text):
        return Piece("comment", start, end, node=node)
    found = re.match(row.define, text)
    if found and found.lastgroup:
        return Piece("definition", start, end, found[found.lastgroup], node)
    return Piece("between" if re.match(row.between, text) else "other", start, end, node=node)


def _from_tree(row: Documented, source: bytes) -> Iterator[Piece]:
    stack = [parser(row.grammar).parse(source).root_node]
    while stack:
        node = stack.pop()
        text = source[node.start_byte : node.end_byte].decode()
        opened = node.parent is None or (node.type in row.inside and re.match(row.inside[node.type], text))
        if opened:
            stack += reversed(node.children)
        else:
            yield _piece(row, text, node.start_byte, comment=any(word in node.type for word in COMMENTS), node=node)


def _from_tokens(row: Documented, text: str) -> Iterator[Piece]:
    """Statements outside of all brackets, and the comments between them."""
    assert row.reading
    ends = [found.end() for found in re.finditer(row.ends, text)]
    sizes = (len(character.encode()) for character in text)
    places = range(len(text) + 1) if text.isascii() else [0, *accumulate(sizes)]
    depth = at = 0
    start: int | None = None
    for kind, part in pieces(row.reading, text):
        begin, at = at, at + len(part)
        if kind == "comment" and start is None:
            yield _piece(row, part, places[begin], comment=True)
        elif kind == "bracket":
            start = begin if start is None else start
            depth = max(0, depth + (1 if part in "([{" else -1))
        elif kind == "text":
            start = begin if start is None else start
        elif kind == "other" and depth == 0:
            for end in (*ends[bisect_left(ends, begin + 1) : bisect_left(ends, at + 1)], None):
                if start is None:
                    words = text[begin : end or at]
                    start = begin + len(words) - len(words.lstrip()) if words.strip() else None
                if start is not None and end is not None:
                    yield _piece(row, text[start:end], places[start], comment=False)
                    start = None
                begin = end or at
    if start is not None and depth == 0:
        yield _piece(row, text[start:], places[start], comment=False)


# ── which pieces are a documented function ───────────────────────────────────────────────────────────────────────────


def _last_clause(row: Documented, found: list[Piece], at: int) -> int:
    """The last of the definitions that one function is written as; comments may stand between them."""
    last = at
    if row.clauses:
        for number in range(at + 1, len(found)):
            if found[number].kind == "definition" and found[number].name == found[at].name:
                last = number
            elif found[number].kind not in ("comment", "between"):
                break
    return last


def _documentation(row: Documented, source: bytes, found: list[Piece], at: int) -> int | None:
    """The number of the piece where a definition's documentation begins; None where it has none."""
    above = at
    while above and found[above - 1].kind == "between" and _near(source, found, above, row.blanks):
        above -= 1
    first = above
    while first and found[first - 1].kind == "comment" and _near(source, found, first, row.blanks * (first == above)):
        if not _begins_a_line(source, found[first - 1].start):
            break
        first -= 1
    comments = [source[one.start : one.end].decode() for one in found[first:above]]
    while comments and not re.match(row.doc, comments[0]):
        comments, first = comments[1:], first + 1
    if comments and _says_something(row, "\n".join(comments)):
        return first
    return above if re.match(row.within, source[found[at].start : found[at].end].decode()) else None


def _near(source: bytes, found: list[Piece], number: int, blanks: int) -> bool:
    """Whether a piece stands on the line below the one before it, or so many blank lines further."""
    return source.count(b"\n", found[number - 1].end, found[number].start) <= 1 + blanks


def _begins_a_line(source: bytes, start: int) -> bool:
    return not source[source.rfind(b"\n", 0, start) + 1 : start].strip()


def _says_something(row: Documented, comment: str) -> bool:
    if re.search(COMMENTED_OUT.format(row.old), comment):
        return False
    lines = [line for line in comment.splitlines() if not TO_TOOLS.fullmatch(line)]
    return len(WORDS.findall(" ".join(lines))) > 1 and not ABOUT_THE_FILE.search(comment)


# ── whether it has a value ───────────────────────────────────────────────────────────────────────────────────────────


def _counts(language: str, row: Documented, source: bytes, found: list[Piece], code: str) -> bool:
    """Whether it can be read, stands by itself and has a value, as far as the language tells."""
    parts = list(_definition(found))
    if row.grammar:
        if any(part.node.has_error for part in parts):
            return False
        bare = "\n".join(_bare(row, source, part.node) for part in parts)
    else:
        if LANGUAGES.load(language).solution_fault(code, ""):
            return False
        assert row.reading
        kept = {"comment": "", "text": '""'}
        bare = "".join(kept.get(kind, part) for kind, part in pieces(row.reading, code)).lstrip()
    if row.result and not any(_answers(part.node, row.result) for part in parts):
        return False
    return bool(re.search(row.returns, bare)) and not re.search(row.refuses, bare)


def _definition(found: list[Piece]) -> Iterator[Piece]:
    """The pieces without the documentation above."""
    above = len(list(takewhile(lambda piece: piece.kind == "comment", found)))
    return (piece for piece in found[above:] if piece.kind != "comment")


def _answers(node: Any, field: str) -> bool:
    """Whether the grammar's field names the type of an answer, in the node or (C++'s templates) in a part of it."""
    named = (one.child_by_field_name(field) for one in (node, *node.children))
    kind = next((one.text.decode() for one in named if one is not None), "void")
    return kind not in ("void", "()", "!")


def _bare(row: Documented, source: bytes, node: Any) -> str:
    """Its text without comments, and with a placeholder for each string and each inner function."""
    cuts: list[tuple[int, int, bytes]] = []
    own, stack = False, [node]
    while stack:
        one = stack.pop()
        if "comment" in one.type:
            cuts.append((one.start_byte, one.end_byte, b""))
        elif "string" in one.type and one.is_named:
            cuts.append((one.start_byte, one.end_byte, b'""'))
        elif one.type in row.inner and own:
            cuts.append((one.start_byte, one.end_byte, b"0"))
        else:
            own |= one.type in row.inner
            stack += reversed(one.children)
    parts, last = [], node.start_byte
    for start, end, instead in cuts:
        parts += [source[last:start], instead]
        last = end
    return b"".join([*parts, source[last : node.end_byte]]).decode()

"""The commands of a script and their words, as Tcl reads them: braces, quotes, and commands in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

SIGNS = re.compile(r"\\.|[\[\]{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a command: `kind` is `{` for one in braces, `"` for one in quotes, and "" for another."""

    kind: str
    start: int
    end: int
    text: str


def commands(code: str, start: int, end: int) -> list[list[Word]] | None:
    """The commands between two places, without comments; None where brackets or quotes do not end."""
    rows: list[list[Word]] = [[]]
    at = start
    while at < end:
        if code[at] in "\n;":
            rows.append([])
            at += 1
        elif code[at].isspace() or code.startswith("\\\n", at):
            at += 2 if code[at] == "\\" else 1
        elif code[at] == "#" and not rows[-1]:
            at = _comment_end(code, at, end)
        else:
            after = _word_end(code, at, end)
            if after is None:
                return None
            expanded = code.startswith("{*}", at) and after > at + 3
            rows[-1].append(Word("" if expanded or code[at] not in '{"' else code[at], at, after, code[at:after]))
            at = after
    return [row for row in rows if row]


def embedded(code: str, start: int, end: int, braces: bool = False) -> list[tuple[int, int]]:
    """Where commands in brackets stand, and texts in braces where those are asked for; not what they hold."""
    found = []
    at = start
    while at < end:
        after = None
        if code[at] == "[" or (braces and code[at] == "{" and code[at - 1] != "$"):
            after = _closed(code, at, end)
        if after is not None:
            found.append((at, after))
        at = after or at + (2 if code[at] == "\\" else 1)
    return found


def _comment_end(code: str, at: int, end: int) -> int:
    while at < end and code[at] != "\n":
        at += 2 if code[at] == "\\" else 1
    return min(at, end)


def _word_end(code: str, at: int, end: int) -> int | None:
    if code.startswith("{*}", at) and at + 3 < end and not code[at + 3].isspace():
        at += 3
    if code[at] == "{":
        return _closed(code, at, end)
    quoted = code[at] == '"'
    at += quoted
    while at < end and (quoted or not (code[at].isspace() or code[at] == ";")):
        if quoted and code[at] == '"':
            return at + 1
        if code[at] == "[" or code.startswith("${", at):
            after = _closed(code, at + (code[at] == "$"), end)
            if after is None:
                return None
            at = after
        else:
            at += 2 if code[at] == "\\" else 1
    return None if quoted else min(at, end)


def _closed(code: str, at: int, end: int) -> int | None:
    """Behind the bracket or brace that closes the one here; in braces only braces count."""
    opening, closing = code[at], {"[": "]", "{": "}"}[code[at]]
    depth = 0
    while match := SIGNS.search(code, at, end):
        sign, at = match[0], match.end()
        if opening == "[" and sign == "{":
            after = _closed(code, at - 1, end)
            if after is None:
                return None
            at = after
        depth += (sign == opening) - (sign == closing)
        if sign == closing and not depth:
            return at
    return None

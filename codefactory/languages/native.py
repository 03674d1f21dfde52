"""Languages with an interpreter of their own: how sources and native suites are read, with tree-sitter or without.

Where no wheel of a language's grammar is published (Racket, R), sources are only read lexically: comments, strings and
brackets. That finds cut-off code, which is what models write most; the interpreter has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from codefactory.languages.base import Canary, Language, MutationTable, TokenTable
from codefactory.languages.grammar import parser
from codefactory.languages.marks import MarkTable, measured
from codefactory.languages.neutral import Notation
from codefactory.types import Case, Limits, Solution, Suite

HEADER = "=== file: "  # begins a file in a bundle of several (sandbox/native.py)
WHOLE = "suite"  # the one case of a suite whose tests cannot be named beforehand (sandbox/native.py)
CLOSING = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources of a language are read.

    Attributes:
        grammar: its tree-sitter grammar, "" where no wheel is published.
        tokens: for a lexical reading: a pattern whose groups are `comment`, `text` (strings, characters) and `bracket`.
        test: a pattern of one named test, its name in the group `name`; None: tests have no names of their own.
        dynamic: a pattern that shows that tests are made by a loop or a helper, and so cannot be named beforehand.
        asserts: a pattern of anything that can fail.
        defines: entry point -> a pattern of its definition.
        tests_in: how a file's name ends that holds tests, where every such file of a bundle does; else the first does.
    """

    grammar: str
    tokens: str
    test: str | None
    dynamic: str
    asserts: str
    defines: Callable[[str], str]
    tests_in: str = ""


def language(
    name: str,
    fences: tuple[str, ...],
    suffix: str,
    reading: Reading,
    notation: Notation,
    stub: Callable[[str, str], str],
    bodies: dict[str, str],
    canaries: tuple[Canary, ...],
    limits: Limits,
    about: str,
    mutations: MutationTable | TokenTable | None = None,
    marks: MarkTable | None = None,
) -> Language:
    """A `Language` from what is particular to it.

    Args:
        stub: (entry point, the source of a value) -> a program that answers with it whatever it is asked.
        bodies: stub name -> that source.
        marks: how it notes what was executed; None: coverage is not measured in it.
    """

    def suite_fault(source: str, entry_point: str) -> str:
        if broken(reading, source):
            return "suite_syntax"
        if not re.search(reading.asserts, source):
            return "suite_no_assertion" if names(reading, source) else "suite_no_cases"
        if entry_point and not re.search(rf"(?<![\w-]){re.escape(entry_point)}(?![\w-])", source):
            return "suite_never_calls"
        redefined = entry_point and re.search(reading.defines(entry_point), source)
        return "suite_redefines_entry_point" if redefined else ""

    def solution_fault(source: str, entry_point: str) -> str:
        if broken(reading, source):
            return "solution_syntax"
        found = re.search(reading.defines(entry_point), source) if entry_point else True
        return "" if found else "solution_missing_entry_point"

    return Language(
        name,
        fences,
        lambda source, entry_point: read_suite(reading, source),
        suite_fault,
        solution_fault,
        lambda entry_point: tuple((key, Solution(stub(entry_point, body))) for key, body in bodies.items()),
        lambda source: tidy(reading, source),
        mutations=mutations,
        measured=lambda source: measured(reading.grammar, marks, source) if marks else None,
        suffix=suffix,
        notation=notation,
        canaries=canaries,
        limits=limits,
        about=about,
        grammar=reading.grammar,
    )


def read_suite(reading: Reading, source: str) -> Suite:
    """A native test file as planned cases: one for each test where the text names them all, else one for the whole.

    Of a bundle of several files the first holds the tests, or every one that is called so (`Reading.tests_in`).
    """
    files = [source]
    if source.startswith(HEADER):
        bundle = [part.partition("\n") for part in source.removeprefix(HEADER).split(f"\n{HEADER}")]
        called = [text for name, _, text in bundle if reading.tests_in and name.strip().endswith(reading.tests_in)]
        files = called or [bundle[0][2]]
    found = [name for text in files for name in names(reading, text)]
    return Suite(tuple(Case(name, "") for name in found or [WHOLE]), source)


def names(reading: Reading, source: str) -> list[str]:
    """The names of the tests in their order; none where they are not all plain text."""
    if reading.test is None:
        return []
    plain = "".join(text if kind != "comment" else "" for kind, text in pieces(reading, source))
    if re.search(reading.dynamic, plain):
        return []
    found = [match["name"] for match in re.finditer(reading.test, plain)]
    return [] if any("\\" in name for name in found) else found


def broken(reading: Reading, source: str) -> bool:
    """Whether a source cannot be read as its language."""
    if reading.grammar:
        return bool(parser(reading.grammar).parse(source.encode("utf-8", "replace")).root_node.has_error)
    return _unbalanced(reading, source)


def _unbalanced(reading: Reading, source: str) -> bool:
    open_: list[str] = []
    for kind, text in pieces(reading, source):
        if kind == "other" and re.search(r"[\"]", text):
            return True  # a string that does not end
        if kind != "bracket":
            continue
        if text in CLOSING:
            if not open_ or open_.pop() != CLOSING[text]:
                return True
        else:
            open_.append(text)
    return bool(open_)


def pieces(reading: Reading, source: str) -> Iterator[tuple[str, str]]:
    """The source cut into (`comment` | `text` | `bracket` | `other`, text)."""
    at = 0
    for match in _compiled(reading.tokens).finditer(source):
        if match.start() > at:
            yield "other", source[at : match.start()]
        yield str(match.lastgroup), match[0]
        at = match.end()
    if at < len(source):
        yield "other", source[at:]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL | re.MULTILINE)


def tidy(reading: Reading, source: str) -> str:
    """The code without comments, without blank lines in a row, ended by one line end."""
    text = _uncommented(reading, source)
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return "\n".join(kept).strip("\n") + "\n"


def _uncommented(reading: Reading, source: str) -> str:
    if not reading.grammar:
        return "".join(text for kind, text in pieces(reading, source) if kind != "comment")
    data = source.encode("utf-8", "replace")
    spans: list[tuple[int, int]] = []
    todo = [parser(reading.grammar).parse(data).root_node]
    while todo:
        node = todo.pop()
        if ("comment" in node.type or node.type == "haddock") and not (node.start_byte == 0 and data.startswith(b"#!")):
            spans.append((node.start_byte, node.end_byte))
        else:
            todo += node.children
    for start, end in sorted(spans, reverse=True):
        data = data[:start] + data[end:]
    return data.decode()

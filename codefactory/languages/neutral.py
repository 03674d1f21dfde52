"""Literal cases written once and compiled to any language: values in, the expected value or an error, a tolerance.

A value is what JSON has: null, true and false, integers, floats, strings, lists, maps with string keys. Each language
has a `Notation` that writes values, calls and whole native suites. A value that a language cannot write (a null in a
Lua table, a map in an OCaml literal) raises `Inexpressible` with a stable reason slug: the case is left out and
reported, never bent into something else.

A compiled case has two forms. The *literal* one is an expression that goes into the sandbox, and an expected value that
stays on the host in the language's normal form (`Notation.normal`: an R vector of one element is that element; an empty
Lua table is an empty list). The *native* one is a test in the language's own framework, for corpora.
"""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from codefactory.types import Call, Case, Check, Suite

Value = Any  # None | bool | int | float | str | list[Value] | dict[str, Value]
DEEPEST = 30


class Inexpressible(ValueError):
    """A value that a language has no literal for; `slug` is the stable reason."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@dataclass(frozen=True, slots=True)
class NeutralCase:
    """One case in no language: the function's arguments and what it answers, or that it fails (`raises`).

    `tolerance` is absolute; 0 compares exactly.
    """

    name: str
    arguments: tuple[Value, ...]
    expected: Value = None
    raises: bool = False
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class Compiled:
    """Cases in one language: the literal suite, the native suite's source, and (name, slug) of what it cannot say."""

    suite: Suite
    native: str
    left_out: tuple[tuple[str, str], ...]


class Notation(ABC):
    """How one language writes values, calls and tests."""

    comment = "#"  # what begins a comment that ends with its line
    null = "null"  # "": there is no literal
    true, false = "true", "false"
    infinity, minus_infinity, nan = "", "", ""  # "": there is no literal
    largest = (1 << 63) - 1  # what an integer literal may reach without losing digits
    reserved: frozenset[str] = frozenset()  # names that a function cannot have, or that its cases are written with
    typed = False  # whether a function takes and gives one type in all of its cases

    def allows(self, entry_point: str) -> bool:
        """Whether a function can have this name."""
        return entry_point not in self.reserved

    def literal(self, value: Value, depth: int = 0) -> str:
        """The source of a value.

        Raises:
            Inexpressible: if the language has no literal for it.
        """
        if depth > DEEPEST:
            raise Inexpressible("too_deep")
        if value is None:
            return self.nothing(depth)
        if isinstance(value, bool):
            return self.true if value else self.false
        if isinstance(value, int):
            return self.integer(value)
        if isinstance(value, float):
            return self.float(value)
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, list):
            return self.list(value, depth)
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            return self.map(value, depth)
        raise Inexpressible("not_neutral")

    def nothing(self, depth: int) -> str:
        """Null, at this depth of lists and maps."""
        if not self.null:
            raise Inexpressible("no_null")
        return self.null

    def integer(self, value: int) -> str:
        if abs(value) > self.largest:
            raise Inexpressible("integer_too_large")
        return str(value)

    def float(self, value: float) -> str:
        if math.isfinite(value):
            return repr(value)
        text = self.nan if math.isnan(value) else self.infinity if value > 0 else self.minus_infinity
        if not text:
            raise Inexpressible("float_not_finite")
        return text

    @abstractmethod
    def string(self, value: str) -> str:
        """A string, every character kept."""

    def list(self, items: Sequence[Value], depth: int) -> str:
        """A list; in square brackets, unless the language has other ways."""
        return "[" + ", ".join(self.literal(item, depth + 1) for item in items) + "]"

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        """A map with string keys, where the language has a literal for one."""
        raise Inexpressible("no_map_literal")

    def normal(self, value: Value) -> Value:
        """The expected value as the language's own answers are reported."""
        if isinstance(value, list):
            return [self.normal(item) for item in value]
        if isinstance(value, dict):
            return {key: self.normal(item) for key, item in value.items()}
        return value

    @abstractmethod
    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        """A call with arguments that are written already."""

    def answer(self, call: str, case: NeutralCase) -> str:
        """The expression whose value is reported; the call itself, unless the language needs to be told more."""
        return call

    @abstractmethod
    def test(self, call: str, case: NeutralCase) -> str:
        """One native test."""

    @abstractmethod
    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        """A native test file."""

    def remark(self, text: str) -> str:
        """The text as comments."""
        return "".join(f"{self.comment} {line}".rstrip() + "\n" for line in text.splitlines())

    def title(self, name: str) -> str:
        """A test's name in a form that needs no escapes in any language."""
        return " ".join("".join(c if c.isalnum() or c in " -_" else " " for c in name).split()) or "case"


def compile_cases(notation: Notation, entry_point: str, cases: Iterable[NeutralCase]) -> Compiled:
    """Every case that the language can say, in both forms, and the reasons for the rest. Names are made unique."""
    literal: list[Case] = []
    tests: list[str] = []
    left_out: list[tuple[str, str]] = []
    seen: dict[str, int] = {}
    for case in cases:
        name = notation.title(case.name)
        seen[name] = seen.get(name, 0) + 1
        name = name if seen[name] == 1 else f"{name} {seen[name]}"
        case = NeutralCase(name, case.arguments, case.expected, case.raises, case.tolerance)
        try:
            made, test = _compile(notation, entry_point, case)
        except Inexpressible as reason:
            left_out.append((name, reason.slug))
            continue
        literal.append(made)
        tests.append(test)
    return Compiled(Suite(tuple(literal)), notation.file(entry_point, tests), tuple(left_out))


def _compile(notation: Notation, entry_point: str, case: NeutralCase) -> tuple[Case, str]:
    call = notation.call(entry_point, [notation.literal(argument) for argument in case.arguments])
    if case.raises:
        test = notation.test(call, case)
        return Case(case.name, test, Call(call, "Exception", Check.RAISES)), test
    if case.tolerance and not isinstance(case.expected, int | float):
        raise Inexpressible("tolerance_inside")
    test = notation.test(call, case)
    expected = source(notation.normal(case.expected))
    check = Check.APPROX if case.tolerance else Check.EQUAL
    reading = Call(notation.answer(call, case), expected, check, tolerance=case.tolerance)
    return Case(case.name, test, reading), test


def source(value: Value) -> str:
    """The Python literal of a value, as `Call.expected` holds it."""
    if isinstance(value, float) and not math.isfinite(value):
        return f"float('{value}')"
    if isinstance(value, list):
        return f"[{', '.join(map(source, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {source(item)}' for key, item in value.items())}}}"
    return repr(value)


def escaped(value: str, unit: str, *, quote: str = '"', more: str = "") -> str:
    """A quoted string in which everything but plain ASCII is written by `unit` (a format of the code point).

    `more` names further characters to write that way, such as `$` where a language interpolates.
    """
    plain = set(map(chr, range(32, 127))) - {quote, "\\", *more}
    if any(0xD800 <= ord(c) < 0xE000 for c in value):
        raise Inexpressible("lone_surrogate")
    return quote + "".join(c if c in plain else unit.format(ord(c)) for c in value) + quote


def distinct(tests: Sequence[str], title: str) -> list[str]:
    """The tests of a file, a number behind a name that has been there before, since none may be defined twice.

    Args:
        title: a pattern whose group is a test's name; what it does not find has none.
    """
    seen: set[str] = set()
    made = []
    for text in tests:
        found = re.search(title, text)
        if found is None:
            made.append(text)
            continue
        name, number = found[1], 1
        while name in seen:
            number += 1
            name = f"{found[1]}_{number}"
        seen.add(name)
        made.append(text[: found.start(1)] + name + text[found.end(1) :])
    return made

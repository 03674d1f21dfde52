"""Expected against returned: literals without eval, returned data within bounds, and then Python's own ==."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from codefactory.runner import compare
from codefactory.types import Call, Check

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "sandbox" / "python"))
import tagged

LITERALS = [
    "None", "True", "-1", "10**30", "1.5", "float('nan')", "float('-inf')", "-0.0", "'text \\ud800'", "b'\\xff'",
    "[1, [2]]",
    "(1,)", "()", "{1: 'a', 'b': [2]}", "{1, 2}", "set()", "frozenset({1})", "complex(1, -2)", "1 + 2j", "range(3)",
    "Decimal('1.50')", "decimal.Decimal('1')", "Fraction(1, 3)", "datetime.date(2024, 2, 29)", "bytearray(b'x')",
    "datetime.datetime(2024, 1, 2, 3, 4, 5, 6)", "timedelta(days=1)", "datetime.time(1, 2)", "Counter('aab')",
    "OrderedDict([(1, 2)])", "deque([1, 2])", "[0] * 5", "'ab' * 2", "math.inf", "...",
]  # fmt: skip


def there_and_back(value: Any) -> Any:
    return compare.rebuild(json.loads(tagged.encode(value)))


@pytest.mark.parametrize("text", LITERALS)
def test_a_literal_survives_the_trip_with_its_type(text: str) -> None:
    value = compare.evaluate(text)
    again = there_and_back(value)
    assert type(again) is type(value)
    assert repr(again) == repr(value)


@pytest.mark.parametrize("text", LITERALS)
def test_the_canonical_source_is_itself_a_literal_of_the_same_value(text: str) -> None:
    value = compare.evaluate(text)
    again = compare.evaluate(compare.source(value))
    assert type(again) is type(value)
    assert compare.source(again) == compare.source(value)


@pytest.mark.parametrize(
    "text",
    ["f(1)", "__import__('os')", "x", "[i for i in range(3)]", "'a'.upper()", "10 ** 10 ** 9", "[0] * 10**9",
     "bytes(10**9)", "list(range(10**9))", "1 <<10**9", "lambda: 1", "f'{1}'", "{**{}}", "((((", "1 / 0", "{[]: 1}"],
)  # fmt: skip
def test_anything_else_is_not_a_literal(text: str) -> None:
    assert not compare.is_literal(text)


@pytest.mark.parametrize(
    ("expected", "returned", "agrees"),
    [("1", 1.0, True), ("1", True, True), ("[1]", (1,), False), ("(1, 2)", [1, 2], False),
     ("float('nan')", float("nan"), False),
     ("{1, 2}", {2, 1}, True), ("0.0", -0.0, True), ("'1'", 1, False), ("Decimal('1')", 1, True), ("None", None, True)],
)  # fmt: skip
def test_equality_is_that_of_plain_python(expected: str, returned: Any, agrees: bool) -> None:
    assert compare.agrees(Call("f()", expected), there_and_back(returned)) is agrees


@pytest.mark.parametrize(
    ("expected", "returned", "agrees"),
    [("0.3", 0.1 + 0.2, True), ("0.3", 0.31, False), ("[0.3, (1.0,)]", [0.30000000001, (1.0,)], True),
     ("1", "1", False),
     ("{'a': 1.0}", {"a": 1.0000001}, True), ("float('inf')", float("inf"), True), ("0.3", float("nan"), False)],
)  # fmt: skip
def test_approximate_cases_allow_their_tolerance_at_any_depth(expected: str, returned: Any, agrees: bool) -> None:
    assert compare.agrees(Call("f()", expected, Check.APPROX, tolerance=1e-6), there_and_back(returned)) is agrees


def test_a_subclass_counts_as_its_base_only_while_it_compares_like_it() -> None:
    class Plain(tuple):
        __slots__ = ()

    class Liar(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    assert there_and_back(Plain((1, 2))) == (1, 2)
    assert isinstance(there_and_back(Liar("x")), compare.Opaque)
    assert there_and_back(Liar("x")) != "x"


@pytest.mark.parametrize(
    "data",
    [{"t": 5}, {"i": "zz"}, {"unknown": 1}, {}, {"d": [[[], 1]]}, {"s": [[]]}, {"f": "x"}, {"D": "x"}, {"dt": "now"},
     {"F": ["0x1", "0x0"]}, {"td": [10**30]}, {"c": ["0x1"]}, {"F": ["0x" + "f" * 100_000, "0x3"]}],
)  # fmt: skip
def test_data_that_no_harness_writes_is_opaque(data: Any) -> None:
    assert isinstance(compare.rebuild(data), compare.Opaque)


def test_hash_collisions_do_not_hold_the_host_up() -> None:
    data = {"s": [{"i": hex(n * (2**61 - 1))} for n in range(1, 100_000)]}
    started = time.perf_counter()
    assert isinstance(compare.rebuild(data), compare.Opaque)
    assert time.perf_counter() - started < 5


def test_what_is_too_deep_or_too_large_is_opaque() -> None:
    deep: Any = 0
    for _ in range(1000):
        deep = [deep]
    for value in (deep, "x" * (2 << 20), list(range(200_000)) and [[0]] * 200_000):
        assert isinstance(there_and_back(value), compare.Opaque)


def test_long_values_are_named_by_their_hash() -> None:
    assert compare.source("x" * 50_000) == compare.source("x" * 50_000)
    assert compare.source("x" * 50_000).startswith("<str sha256:")


def test_sets_and_dicts_have_one_text_whatever_their_order() -> None:
    assert compare.source({"b": {3, 1}, "a": 1}) == "{'a': 1, 'b': {1, 3}}"


def test_an_exception_is_matched_by_its_name_or_a_base_or_one_of_several() -> None:
    names = ["JSONDecodeError", "ValueError", "Exception"]
    for expected in ("ValueError", "json.JSONDecodeError", "(KeyError, ValueError)", "Exception"):
        assert compare.raised(Call("f()", expected, Check.RAISES), names)
    assert not compare.raised(Call("f()", "KeyError", Check.RAISES), names)


def test_trailing_whitespace_of_output_does_not_count() -> None:
    assert compare.same_text("1 \n2\n\n", "1\n2")
    assert not compare.same_text(" 1\n2", "1\n2")

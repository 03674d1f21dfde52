"""A Python suite without Python: values, order of arguments and signature are carried; what is not neutral is named."""

from __future__ import annotations

from typing import Any

import pytest

from codefactory.languages.kinds import joined, kind
from codefactory.languages.neutral import Inexpressible, NeutralCase, compile_cases
from codefactory.languages.python import read_suite
from codefactory.languages.python_neutral import Carried, carry, typed
from codefactory.languages.python_notation import PythonNotation

CODE = "def f(a, b=2, *, loud=False):\n    return a\n"


def carried(tests: str, code: str = CODE) -> Carried:
    return carry(read_suite(tests, "f"), code, "f")


def cases(tests: str, code: str = CODE) -> list[tuple[tuple[Any, ...], Any]]:
    return [(case.arguments, case.expected) for case in carried(tests, code).cases]


@pytest.mark.parametrize(
    ("test", "case"),
    [
        ("assert f([1, (2, 'x')]) == {'a': None}", (([1, [2, "x"]],), {"a": None})),
        ("assert f(-1.5) == float('inf')", ((-1.5,), float("inf"))),
        ("assert f(1)", ((1,), True)),
        ("assert not f(1)", ((1,), False)),
        ("assert f(1) is False", ((1,), False)),
        ("assert f(1) is None", ((1,), None)),
    ],
)
def test_a_literal_case_is_carried_by_its_values(test: str, case: tuple[Any, Any]) -> None:
    assert cases(test) == [case]


def test_arguments_stand_in_the_order_of_the_parameters_with_defaults_where_any_case_gives_one() -> None:
    assert cases("assert f(1) == 1\nassert f(1, loud=True) == 2") == [((1, 2, False), 1), ((1, 2, True), 2)]
    assert carried("assert f(1) == 1").signature.parameters == ("a",)


def test_errors_and_tolerances_are_carried() -> None:
    found = carried("with pytest.raises(ValueError):\n    f(-1)\nassert abs(f(1) - 0.5) < 0.01").cases
    assert [(case.raises, case.expected, case.tolerance) for case in found] == [(True, None, 0.0), (False, 0.5, 0.01)]


@pytest.mark.parametrize(
    ("test", "slug"),
    [
        ("assert f({1, 2}) == 1", "set_not_neutral"),
        ("assert f(1) == b'x'", "not_neutral"),
        ("assert f({1: 2}) == 1", "key_not_text"),
        ("assert f(1, 2, 3, 4) == 1", "arguments_do_not_fit"),
        ("assert f(1, other=3) == 1", "arguments_do_not_fit"),
        ("assert len(f(1)) == 1", "not_literal"),
        ("assert f(1)\nassert f(2) == 'x'", "truth_not_boolean"),
        ("assert f(1)\nassert f(2) is None", "truth_not_boolean"),
    ],
)
def test_what_is_not_neutral_is_left_out_and_named(test: str, slug: str) -> None:
    assert slug in dict(carried(test).left_out).values()


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        ("f = max", "no_signature"),
        ("def g(", "no_signature"),
        ("def f(*values): return 1", "variable_arguments"),
    ],
)
def test_code_without_a_plain_signature_is_refused_by_name(code: str, slug: str) -> None:
    with pytest.raises(Inexpressible, match=slug):
        carried("assert f(1) == 1", code)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ([1, 2], "integer"),
        ([1, 2.5], "number"),
        ([True, 1], "anything"),
        ([[], [1]], "list of integer"),
        ([[], [[1.5], []], [[1]]], "list of list of number"),
        ([None, "x"], "string or nothing"),
        ([{"a": "x"}, {}], "map of string"),
        ([], "unknown"),
    ],
)
def test_kinds_are_the_narrowest_that_hold_every_value(values: list[Any], word: str) -> None:
    assert joined(map(kind, values)) == word


def test_a_language_with_types_gets_one_type_for_each_place() -> None:
    found = typed(carried("assert f(1) == [2]\nassert f(1.5) == [2.5]\nassert f('x') == [1]"))
    assert [(case.arguments, case.expected) for case in found.cases] == [((1.0,), [2.0]), ((1.5,), [2.5])]
    assert all(type(case.arguments[0]) is float for case in found.cases)
    assert (found.signature.kinds, found.signature.result) == (("number",), "list of number")
    assert dict(found.left_out) == {"case_3": "types_differ"}


def test_neutral_cases_written_as_python_are_read_back_as_the_same_cases() -> None:
    given = [
        NeutralCase("text", ('é "x"\n', [None, {"k": True}]), [-1.5, "y"]),
        NeutralCase("close", (1, 2), 0.5, tolerance=1e-3),
        NeutralCase("fails", (-1, 2), raises=True),
    ]
    made = compile_cases(PythonNotation(), "f", given)
    suite = read_suite(made.native, "f")
    assert [case.name for case in suite.cases] == ["test_text", "test_close", "test_fails"]
    assert cases(made.native)[0] == (given[0].arguments, given[0].expected)

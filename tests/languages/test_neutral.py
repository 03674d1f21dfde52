"""One set of literal cases becomes every language's own; what a language cannot say is left out with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import Compiled, NeutralCase, compile_cases
from codefactory.types import Check
from tests.languages.conftest import NATIVE


def compiled(name: str, *cases: NeutralCase) -> Compiled:
    language: Language = LANGUAGES.load(name)
    assert language.notation is not None
    return compile_cases(language.notation, "f", cases)


def reading(name: str, value: Any) -> tuple[str, str]:
    """The expression and the expected value of a case that answers its own argument."""
    call = compiled(name, NeutralCase("x", (value,), value)).suite.cases[0].call
    assert call is not None
    return call.expression, call.expected


@pytest.mark.parametrize(
    ("name", "value", "expression", "expected"),
    [
        ("lua", [1, "é"], 'f({1, "\\u{e9}"})', "[1, 'é']"),
        ("lua", {"a": [True]}, 'f({["a"] = {true}})', "{'a': [True]}"),
        ("lua", {}, "f({})", "[]"),
        ("perl", ["12", "$x"], 'f(["12", "\\x{24}x"])', "[12, '$x']"),
        ("perl", False, "!!(f(!!0))", "False"),
        ("javascript", {"a": None}, 'f({"a": null})', "{'a': None}"),
        ("racket", [1.5, "λ"], '(f (list 1.5 "\\U000003BB"))', "[1.5, 'λ']"),
        ("r", [1, 2], "f(c(1, 2))", "[1, 2]"),
        ("r", [1], "f(c(1))", "1"),
        ("r", [[1, 2], ["a"]], 'f(list(c(1, 2), c("a")))', "([1, 2], 'a')"),
        ("r", [], "f(c())", "None"),
        ("ocaml", [[1], []], "Reports.(list (list (int))) (f [[1]; []])", "[[1], []]"),
        ("ocaml", -1.5, "Reports.(float) (f (-1.5))", "-1.5"),
        ("elixir", {"a": [None, 1e-07]}, 'Solution.f(%{"a" => [nil, 1.0e-07]})', "{'a': [None, 1e-07]}"),
        ("elixir", "#{x}", 'Solution.f("\\u{23}{x}")', "'#{x}'"),
        ("commonlisp", [1.5, [], 1e20], "(f (list 1.5d0 nil 1d+20))", "[1.5, None, 1e+20]"),
        ("commonlisp", False, "(not (not (f nil)))", "None"),
        ("prolog", [1, 'é"'], 'f([1, "\\xe9\\\\x22\\"], Result)', "[1, 'é\"']"),
    ],
)
def test_values_are_written_in_the_languages_own_terms(name: str, value: Any, expression: str, expected: str) -> None:
    assert reading(name, value) == (expression, expected)


@pytest.mark.parametrize(
    ("name", "value", "slug"),
    [
        ("lua", [None], "null_in_table"),
        ("racket", None, "no_null"),
        ("ocaml", None, "no_null"),
        ("ocaml", {"a": 1}, "no_map_literal"),
        ("ocaml", [1, 1.5], "mixed_list"),
        ("ocaml", [1, "a"], "mixed_list"),
        ("javascript", 1 << 60, "integer_too_large"),
        ("javascript", {"__proto__": 1}, "key_of_the_language"),
        ("r", "a\0b", "nul_in_string"),
        ("perl", "\ud800", "lone_surrogate"),
        ("lua", {1: 2}, "not_neutral"),
        ("elixir", float("inf"), "float_not_finite"),
        ("commonlisp", {"a": 1}, "no_map_literal"),
        ("commonlisp", "a\0b", "nul_in_string"),
        ("prolog", [None], "no_null"),
        ("prolog", {"a": 1}, "no_map_literal"),
    ],
)
def test_what_a_language_cannot_say_is_left_out_and_named(name: str, value: Any, slug: str) -> None:
    made = compiled(name, NeutralCase("odd one", (value,), 1), NeutralCase("plain", (1,), 1))
    assert made.left_out == (("odd one", slug),)
    assert [case.name for case in made.suite.cases] == ["plain"]


@pytest.mark.parametrize("name", NATIVE)
def test_no_expected_value_is_in_what_enters_the_sandbox(name: str) -> None:
    made = compiled(name, NeutralCase("x", (1,), "hidden-271828"), NeutralCase("y", (1,), raises=True))
    first, second = (case.call for case in made.suite.cases)
    assert first is not None
    assert second is not None
    assert "hidden" not in first.expression
    assert second.check is Check.RAISES
    assert "hidden-271828" in made.native


@pytest.mark.parametrize("name", NATIVE)
def test_the_native_file_is_read_back_as_the_same_planned_tests(name: str) -> None:
    language: Language = LANGUAGES.load(name)
    made = compiled(
        name, NeutralCase('a "quoted" one', (1,), 2), NeutralCase("it", (1,), 2), NeutralCase("it", (2,), 2)
    )
    planned = [case.name for case in language.read_suite(made.native, "f").cases]
    assert planned == (["suite"] if name == "perl" else ["a quoted one", "it", "it 2"])
    assert [case.name for case in made.suite.cases] == ["a quoted one", "it", "it 2"]

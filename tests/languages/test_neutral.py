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
        ("haskell", [[], [-1]], "Reports.list (Reports.list Reports.integer) (f [[], [(-1)]])", "[[], [-1]]"),
        ("haskell", 'é"1', 'Reports.string (f "\\233\\&\\34\\&1")', "'é\"1'"),
        ("haskell", {"a": 1.5}, 'Reports.table Reports.float (f (Map.fromList [("a", 1.5)]))', "{'a': 1.5}"),
        ("ruby", {"a#": [None, "é"]}, 'f({"a\\u{23}" => [nil, "\\u{e9}"]})', "{'a#': [None, 'é']}"),
        ("tcl", [[1.5], []], "::sandbox::typed {list list float} [f [list [list 1.5] [list]]]", "[[1.5], []]"),
        ("tcl", [1, "2", "$x"], '::sandbox::typed {list any} [f [list 1 "2" "\\u0024x"]]', "[1, 2, '$x']"),
        ("tcl", True, "::sandbox::typed {bool} [f 1]", "True"),
        ("bash", "it's é", "kind=text f $'it\\U00000027s \\U000000e9'", '"it\'s é"'),
        ("bash", -1.5, "kind=float f -1.5", "-1.5"),
        ("go", [[1], []], "f([][]int{{1}, {}})", "[[1], []]"),
        ("go", {"é": [1.5]}, 'f(map[string][]float64{"\\U000000e9": {1.5}})', "{'é': [1.5]}"),
        ("go", [], "f(nil)", "[]"),
        ("go", [1, 2.5], "f([]float64{1.0, 2.5})", "[1, 2.5]"),
        ("rust", [[1], []], "f(vec![vec![1], vec![]])", "[[1], []]"),
        (
            "rust",
            {"é": 1 << 40},
            'f(HashMap::from([(String::from("\\u{e9}"), 1099511627776_i64)]))',
            "{'é': 1099511627776}",
        ),
        ("cpp", [[1], []], "f(std::vector<std::vector<int>>{{1}, {}})", "[[1], []]"),
        (
            "cpp",
            {"a": [None, 1 << 40]},
            'f(std::map<std::string, std::vector<std::optional<long long>>>{{"a", {std::nullopt, 1099511627776}}})',
            "{'a': [None, 1099511627776]}",
        ),
        ("cpp", ["é\n", '"'], 'f(std::vector<std::string>{"\\u00E9\\012", "\\""})', "['é\\n', '\"']"),
        ("java", [1, None], "Solution.f(new ArrayList<>(Arrays.asList(1, null)))", "[1, None]"),
        (
            "java",
            {"a": [1, 1 << 40]},
            'Solution.f(new HashMap<>(Map.of("a", List.of(1L, 1099511627776L))))',
            "{'a': [1, 1099511627776]}",
        ),
        ("java", "😀\n", 'Solution.f("\\ud83d\\ude00\\012")', "'😀\\n'"),
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
        ("haskell", [None], "no_null"),
        ("haskell", [[], 1], "mixed_list"),
        ("haskell", {"a": 1, "b": "c"}, "mixed_map"),
        ("go", [None], "no_null"),
        ("go", [[]], "element_type_unknown"),
        ("go", {}, "empty_map"),
        ("go", [1, "a"], "mixed_elements"),
        ("rust", None, "no_null"),
        ("rust", {"a": 1, "b": "x"}, "mixed_elements"),
        ("cpp", [1, "a"], "mixed_list"),
        ("cpp", "\ud800", "lone_surrogate"),
        ("java", {"a": None}, "null_in_map"),
        ("javascript", 1 << 60, "integer_too_large"),
        ("javascript", {"__proto__": 1}, "key_of_the_language"),
        ("r", "a\0b", "nul_in_string"),
        ("perl", "\ud800", "lone_surrogate"),
        ("lua", {1: 2}, "not_neutral"),
        ("tcl", None, "no_null"),
        ("tcl", "😀", "beyond_16_bits"),
        ("bash", True, "no_boolean"),
        ("bash", [1], "no_list"),
        ("bash", {"a": 1}, "no_map"),
        ("bash", "a\0b", "nul_in_string"),
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


# Where a test's name is a function's, or there is none.
NAMED = {
    "perl": ["suite"],
    "go": ["TestAQuotedOne", "TestIt", "TestIt2"],
    "rust": ["a_quoted_one", "it", "it_2"],
    "cpp": ["a_quoted_one", "it", "it_2"],
    "java": ["a_quoted_one", "it", "it_2"],
}


@pytest.mark.parametrize("name", NATIVE)
def test_the_native_file_is_read_back_as_the_same_planned_tests(name: str) -> None:
    language: Language = LANGUAGES.load(name)
    made = compiled(
        name, NeutralCase('a "quoted" one', (1,), 2), NeutralCase("it", (1,), 2), NeutralCase("it", (2,), 2)
    )
    planned = [case.name for case in language.read_suite(made.native, "f").cases]
    assert planned == NAMED.get(name, ["a quoted one", "it", "it 2"])
    assert [case.name for case in made.suite.cases] == ["a quoted one", "it", "it 2"]


@pytest.mark.parametrize("name", NATIVE)
def test_titles_that_differ_in_signs_alone_are_different_tests(name: str) -> None:
    language: Language = LANGUAGES.load(name)
    made = compiled(name, NeutralCase("n -1", (-1,), 0), NeutralCase("n 1", (1,), 2), NeutralCase("n+1", (1,), 2))
    planned = [case.name for case in language.read_suite(made.native, "f").cases]
    assert len(set(planned)) == len(planned)
    assert len(planned) == (1 if name == "perl" else 3)

"""Sources in other languages are read without running them: tests by name, faults by reason, comments away."""

from __future__ import annotations

import importlib.util

import pytest

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from tests.languages.conftest import ECHO, FAILING, NATIVE


def language(name: str) -> Language:
    """A language, where the wheel of its grammar is here; some have none and need none."""
    if name not in ("racket", "r", "commonlisp", "prolog") and importlib.util.find_spec(f"tree_sitter_{name}") is None:
        pytest.skip(f"tree-sitter-{name} is not installed; pip install codefactory[languages]")
    found: Language = LANGUAGES.load(name)
    return found


@pytest.mark.parametrize(
    ("name", "source", "planned"),
    [
        ("lua", "it('a', function() assert(f(1)) end)\nit(\"b's\", function() end)", ["a", "b's"]),
        ("lua", "-- it('no', 1)\nit('a', g)", ["a"]),
        ("lua", "for i = 1, 3 do\n  it('a' .. i, g)\nend", ["suite"]),
        ("lua", "for i = 1, 3 do\n  it('same', g)\nend", ["suite"]),
        ("racket", '(test-suite "s" (test-equal? "a" (f 1) 1) (test-exn "b" exn? g))', ["a", "b"]),
        ("racket", "(check-equal? (f 1) 1)", ["suite"]),
        ("r", 'test_that("a", {})\n# test_that("no", {})', ["a"]),
        ("r", 'test_that("over two\n  lines", {})', ["over two\n  lines"]),
        ("r", "for (x in y) {\ntest_that(x, {})\n}", ["suite"]),
        ("ocaml", 'let tests = ["a" >:: f; "b" >:: g]', ["a", "b"]),
        ("ocaml", 'let tests = List.map (fun x -> "a" >:: f x) xs', ["suite"]),
        ("javascript", "test('a', () => {}); it(`b`, () => {})", ["a", "b"]),
        ("javascript", "test(name, () => {})", ["suite"]),
        ("perl", "is(f(1), 1, 'a');", ["suite"]),
        ("elixir", 'test "a" do\nend\n# test "no"\ntest "b", %{x: x} do\nend', ["a", "b"]),
        ("elixir", 'describe "g" do\n  @tag :test\n  test("a", do: assert true)\nend', ["a"]),
        ("elixir", 'for x <- xs do\n  test "a #{x}" do\n  end\nend', ["suite"]),
        ("elixir", "for x <- xs do\n  @x x\n  test name do\n  end\nend", ["suite"]),
        ("elixir", 'test "a" do\n  for x <- xs do\n    assert x\n  end\nend\ntest "b" do\nend', ["a", "b"]),
        ("elixir", 'doctest Solution\ntest "a" do\nend', ["suite"]),
        ("commonlisp", "(test a-b (is t)) ; (test no)\n(5am:test (c :depends-on a-b) (is t))", ["a-b", "c"]),
        ("commonlisp", "(fiveam:test |two words| (is t))\n(def-test d () (is t))", ["two words", "d"]),
        ("commonlisp", "(test FOO (is t))", ["suite"]),
        ("commonlisp", "(defmacro each (name) `(test ,name (is t)))", ["suite"]),
        ("prolog", "test(a, X == 1) :- f(X).\n% test(no).\ntest('b c') :- test(x).", ["a", "b c"]),
        ("prolog", "test(add(1)) :- f(_).", ["suite"]),
        ("prolog", "test('it''s') :- f(_).", ["suite"]),
    ],
)
def test_tests_are_planned_by_name_where_the_text_names_them_all(name: str, source: str, planned: list[str]) -> None:
    assert [case.name for case in language(name).read_suite(source, "f").cases] == planned


@pytest.mark.parametrize("name", NATIVE)
def test_solutions_are_told_from_cut_off_ones_and_from_others(name: str) -> None:
    known = language(name)
    for code in (ECHO[name], FAILING[name]):
        assert known.solution_fault(code, "f") == ""
        assert known.solution_fault(code, "absent") == "solution_missing_entry_point"
    cut = next(canary.code for canary in known.canaries if canary.name == "does not parse")
    assert known.solution_fault(cut, "f") == "solution_syntax"


@pytest.mark.parametrize("name", NATIVE)
def test_every_stub_and_every_other_canary_is_a_program(name: str) -> None:
    known = language(name)
    for _, stub in known.stubs("f"):
        assert known.solution_fault(stub.code, "f") == ""
    for canary in known.canaries:
        if canary.name != "does not parse":
            assert known.solution_fault(canary.code, "") == "", canary.name


COMMENTED = {
    "lua": "-- note\nlocal x = '--kept' -- gone\nreturn x\n",
    "perl": "# note\nmy $x = '#kept'; # gone\n",
    "javascript": "// note\nconst x = '//kept'; /* gone */\n",
    "racket": '#lang racket\n; note\n(define x ";kept") ; gone\n',
    "r": "# note\nx <- '#kept' # gone\n",
    "ocaml": '(* note *)\nlet x = "(*kept*)" (* gone *)\n',
    "elixir": '# note\nx = "#kept" # gone\n',
    "commonlisp": '; note\n(defvar *x* ";kept") ; gone\n',
    "prolog": "% note\nx('%kept'). /* gone */\n",
}


@pytest.mark.parametrize("name", NATIVE)
def test_tidy_takes_comments_and_leaves_strings(name: str) -> None:
    text = language(name).tidy(COMMENTED[name])
    assert "kept" in text
    assert "gone" not in text
    assert "note" not in text
    assert language(name).tidy(text) == text


@pytest.mark.parametrize(
    ("name", "source", "slug"),
    [
        ("lua", "it('a', function() assert.equal(f(1), 1) end", "suite_syntax"),
        ("lua", "local x = 1", "suite_no_cases"),
        ("lua", "it('a', function() assert.equal(g(1), 1) end)", "suite_never_calls"),
        ("lua", "local function f() end\nit('a', function() assert.equal(f(1), 1) end)", "suite_redefines_entry_point"),
        ("r", 'test_that("a", { f(1) })', "suite_no_assertion"),
        ("r", 'test_that("a", { expect_equal(f(1), 1) })', ""),
        ("racket", '(test-equal? "a" (f 1) 1', "suite_syntax"),
        ("ocaml", 'let tests = ["a" >:: (fun _ -> assert_equal 1 (f 1))]', ""),
        ("elixir", 'test "a" do\n  assert Solution.f(1) == 1\nend', ""),
        ("elixir", 'test "a" do\n  assert Solution.f(1 == 1\nend', "suite_syntax"),
        ("commonlisp", "(test a (is (= 1 (f 1))))", ""),
        ("commonlisp", "(defun f (x) x) (test a (is (= 1 (f 1))))", "suite_redefines_entry_point"),
        ("prolog", "test(a, X == 1) :-\n    f(1, X).", ""),
        ("prolog", "f(1, 1).\ntest(a, X == 1) :- f(1, X).", "suite_redefines_entry_point"),
        ("prolog", "X = 0'(, test.", "suite_no_cases"),
    ],
)
def test_suite_fault_has_a_reason_of_its_own(name: str, source: str, slug: str) -> None:
    assert language(name).suite_fault(source, "f") == slug

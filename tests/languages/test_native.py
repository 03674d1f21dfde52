"""Sources in other languages are read without running them: tests by name, faults by reason, comments away."""

from __future__ import annotations

import importlib.util

import pytest

from codefactory.errors import ConfigError
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.grammar import parser
from tests.languages.conftest import ECHO, FAILING, NATIVE

LEXICAL = ("racket", "r", "tcl", "commonlisp", "prolog")


def language(name: str) -> Language:
    """A language, where the wheel of its grammar is here; some have none and need none."""
    if name not in LEXICAL and importlib.util.find_spec(f"tree_sitter_{name}") is None:
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
        ("haskell", 'spec = do\n  it "a" $ f 1 `shouldBe` 1\n  xit "does it b" $ g -- it "no"', ["a", "does it b"]),
        ("haskell", "spec = mapM_ (\\x -> it (show x) $ f x `shouldBe` x) [1, 2]", ["suite"]),
        ("haskell", 'spec = for_ [1, 2] $ \\x -> it "same" $ f x `shouldBe` x', ["suite"]),
        ("javascript", "test('a', () => {}); it(`b`, () => {})", ["a", "b"]),
        ("javascript", "test(name, () => {})", ["suite"]),
        ("perl", "is(f(1), 1, 'a');", ["suite"]),
        ("ruby", "def test_a\nend\ndef helper\nend\n# def test_no\n  def test_b!\n  end", ["test_a", "test_b!"]),
        ("ruby", 'it \'a\' do\nend\nit("b\'s") { assert f(1) }\nspecify "c"', ["a", "b's", "c"]),
        ("ruby", '[1, 2].each do |n|\n  it "a #{n}" do\n  end\nend', ["suite"]),
        ("ruby", "[1, 2].each do |n|\n  it 'same' do\n  end\nend", ["suite"]),
        ("ruby", "define_method(:test_a) { assert f(1) }", ["suite"]),
        ("tcl", "test a-1 {what} -body {f 1} -result 1\n# test no {} -body {}\ntest {b c} {} {f 1} 1", ["a-1", "b c"]),
        ("tcl", 'test "a b" {} {f 1} 1\n::tcltest::test c {} {f 1} 1', ["a b", "c"]),
        ("tcl", "foreach n {1 2} {\n    test f-$n {} -body {f $n} -result $n\n}", ["suite"]),
        ("tcl", "foreach n {1 2} {\n    test same {} -body {f $n} -result $n\n}", ["suite"]),
        ("bash", '@test "a" {\n  run f 1\n}\n# @test "no" {\n@test \'b c\' {\n  f 1\n}', ["a", "b c"]),
        ("bash", '@test "a $x" {\n  run f 1\n}', ["suite"]),
        ("go", "func TestA(t *testing.T) { t.Error(f(1)) }\nfunc FuzzB(f *testing.F) {}", ["TestA", "FuzzB"]),
        (
            "go",
            "=== file: a_test.go\nfunc TestA(t *testing.T) {}\n=== file: help.go\nfunc TestNo(t *testing.T) {}\n"
            "=== file: b_test.go\nfunc TestB(t *testing.T) {}",
            ["TestA", "TestB"],
        ),
        ("lua", "=== file: a_spec.lua\nit('a', g)\n=== file: help.lua\nit('no', g)", ["a"]),
        ("go", "// func TestNo(t *testing.T) {}\nfunc TestA(t *testing.T) {\n\tt.Run(name, g)\n}", ["TestA"]),
        (
            "go",
            "func TestMain(m *testing.M) {}\nfunc Testing(t *testing.T) {}\nfunc Test1(tt *testing.T) {}",
            ["Test1"],
        ),
        (
            "rust",
            '#[test]\nfn a() {}\n// #[test]\nfn no() {}\n#[test]\n#[should_panic(expected = "x")]\nfn b() {}',
            ["a", "b"],
        ),
        ("rust", "macro_rules! each { ($n:ident) => { #[test] fn $n() {} } }\neach!(a);", ["suite"]),
        ("cpp", "TEST(A, B) { EXPECT_EQ(f(1), 1); } // TEST(A, No)\nTEST_F(C,\n  D) {}", ["B", "D"]),
        ("cpp", "TEST_P(A, B) { EXPECT_EQ(f(1), 1); }", ["suite"]),
        ("cpp", "#define BOTH(n) \\\n  TEST(A, n) {}\nBOTH(B)", ["suite"]),
        ("java", '@Test void a() {} // @Test void no()\n@DisplayName("b)") @Test public void b() {}', ["a", "b"]),
        ("java", '@Test\n@DisplayName("a (1)")\nvoid a() {}\n@Test(expected = E.class) public void b() {}', ["a", "b"]),
        ("java", "@ParameterizedTest @ValueSource(ints = {1}) void a(int n) {}\n@Test void b() {}", ["suite"]),
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
    "haskell": '-- | note\nx :: String -- gone\nx = "--kept" {- gone -}\n',
    "ruby": "# note\nx = '#kept' # gone\n",
    "tcl": '# note\nset x "#kept" ;# gone\n',
    "bash": "# note\nx='#kept' # gone\n",
    "go": "// note\npackage main\n\nvar x = `//kept` /* gone */\n",
    "rust": '// note\nconst X: &str = "//kept"; /* gone */\n',
    "cpp": '// note\nauto x = R"(/*kept*/)"; // gone\nint n = 1\'000; /* gone */\n',
    "java": '// note\nclass A { String x = "//kept"; /* gone */ }\n',
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
        ("haskell", 'main = hspec $ it "a" $ f 1 `shouldBe` 1', ""),
        ("haskell", 'main = hspec $ it "a" $ g 1 `shouldBe` 1', "suite_never_calls"),
        ("haskell", 'f x = x\nmain = hspec $ it "a" $ f 1 `shouldBe` 1', "suite_redefines_entry_point"),
        ("ruby", "def test_a\n  assert_equal 1, f(1)\nend", ""),
        ("ruby", "def test_a\n  f(1)\nend", "suite_no_assertion"),
        ("ruby", "def f(x) = x\ndef test_a\n  assert_equal 1, f(1)\nend", "suite_redefines_entry_point"),
        ("tcl", "test a {} -body {f 1} -result 1", ""),
        ("tcl", "test a {} -body {f 1 -result 1", "suite_syntax"),
        ("tcl", "proc f x {}\ntest a {} -body {f 1} -result 1", "suite_redefines_entry_point"),
        ("bash", '@test "a" {\n  run f 1\n  [ "$output" = 1 ]\n}', ""),
        ("bash", '@test "a" {\n  run f 1\n  [ "$output" = 1 ]\n', "suite_syntax"),
        ("bash", '@test "a" {\n  run f 1\n}', "suite_no_assertion"),
        ("go", "package main\nfunc TestA(t *testing.T) { f(1) }", "suite_no_assertion"),
        ("go", "package main\nfunc f() {}\nfunc TestA(t *testing.T) { t.Fatal(f()) }", "suite_redefines_entry_point"),
        ("rust", "#[test]\nfn a() { assert_eq!(f(1), 1); }", ""),
        ("rust", "#[test]\nfn a() { assert_eq!(f(1), 1);", "suite_syntax"),
        ("cpp", "TEST(A, B) { EXPECT_EQ(f(1), 1); ", "suite_syntax"),
        ("cpp", "TEST(A, B) { f(1); }", "suite_no_assertion"),
        ("cpp", "TEST(A, B) { if (f(1)) { FAIL(); } }", ""),
        ("cpp", "int f(int x) { return x; }\nTEST(A, B) { EXPECT_EQ(f(1), 1); }", "suite_redefines_entry_point"),
        ("java", "class T { @Test void a() { f(1); } }", "suite_no_assertion"),
        ("java", "class T { @Test void a() { if (Solution.f(1)) { fail(); } } }", ""),
        (
            "java",
            "class T { int f(int x) { return x; } @Test void a() { assertEquals(1, f(1)); } }",
            "suite_redefines_entry_point",
        ),
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


def test_a_grammar_that_is_not_installed_names_the_extra() -> None:
    with pytest.raises(ConfigError, match=r"'sumerian' has no grammar here; pip install 'codefactory\[languages\]'"):
        parser("sumerian")

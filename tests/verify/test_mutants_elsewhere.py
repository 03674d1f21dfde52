"""Mutants of the other languages: made from their own trees or tokens, and killed by suites that look."""

from __future__ import annotations

from collections import Counter

import pytest

from codefactory.config import VerifyConfig
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import NeutralCase, compile_cases
from codefactory.runner.base import open_runner
from codefactory.types import Draft, Problem, Solution, Suite
from codefactory.verify.judge import judge
from codefactory.verify.mutants import Mutant, mutants
from codefactory.verify.mutation import fates, patience
from codefactory.verify.trial import Trial
from tests.languages.conftest import require_language

CLAMP = {
    "lua": "local function f(n)\n  if n >= 3 and n ~= 7 then return 'big' end\n  return n + 1\nend\nreturn f\n",
    "perl": 'sub f {\n    my ($n) = @_;\n    if ( $n >= 3 && $n != 7 ) { return "big"; }\n    return $n + 1;\n}\n1;\n',
    "javascript": (
        "function f(n) {\n  if (n >= 3 && n !== 7) { return 'big'; }\n  return n + 1;\n}\nmodule.exports = { f };\n"
    ),
    "ocaml": 'let f n =\n  if n >= 3 && n <> 7 then "big" else string_of_int (n + 1)\n',
    "haskell": 'module F where\n\nf n = if n >= 3 && n /= 7 then "big" else show (n + 1)\n',
    "r": 'f <- function(n) {\n  if (n >= 3 && n != 7) return("big")\n  n + 1\n}\n',
    "racket": ('#lang racket\n(provide f)\n(define (f n)\n  (if (and (>= n 3) (not (= n 7))) "big" (add1 n)))\n'),
    "ruby": "def f(n)\n  if n >= 3 && n != 7\n    return 'big'\n  end\n  return n + 1\nend\n",
    "bash": "f() {\n  if (($1 >= 3 && $1 != 7)); then\n    echo big\n    return\n  fi\n  echo $(($1 + 1))\n}\n",
    "go": ('package main\n\nfunc f(n int) any {\n\tif n >= 3 && n != 7 {\n\t\treturn "big"\n\t}\n\treturn n + 1\n}\n'),
    "elixir": (
        'defmodule Solution do\n  @moduledoc "kept"\n  def f(n) do\n    if n >= 3 and n != 7 do\n      "big"\n'
        "    else\n      n + 1\n    end\n  end\nend\n"
    ),
    "prolog": ('f(N, Result) :-\n    (   N >= 3, N =\\= 7\n    ->  Result = "big"\n    ;   Result is N + 1\n    ).\n'),
    "rust": (
        'pub fn f(n: i64) -> String {\n    if n >= 3 && n != 7 {\n        return String::from("big");\n    }\n'
        "    (n + 1).to_string()\n}\n"
    ),
    "cpp": (
        '#include <string>\n\nstd::string f(int n) {\n    if (n >= 3 && n != 7) return "big";\n'
        "    return std::to_string(n + 1);\n}\n"
    ),
    "java": (
        "public class Solution {\n    public static String f(int n) {\n        if (n >= 3 && n != 7) {\n"
        '            return "big";\n        }\n        return String.valueOf(n + 1);\n    }\n}\n'
    ),
    "tcl": 'proc f {n} {\n    if {$n >= 3 && $n != 7} {\n        return "big"\n    }\n    return [expr {$n + 1}]\n}\n',
    "commonlisp": '(defun f (n)\n  "Says 1."\n  (if (and (>= n 3) (/= n 7)) (return-from f "big") (+ n 1)))\n',
}
KINDS = {"arithmetic", "boundary", "comparison", "condition", "constant", "logical", "operand", "return"}
# Without a word for it; a function of Bash answers what it prints; Elixir's tree has one name for all calls; Prolog's
# conditions are goals like others.
LACKING = {
    "elixir": {"condition", "return"},
    "ocaml": {"return"},
    "prolog": {"condition", "return"},
    "racket": {"return"},
    "haskell": {"return"},
    "bash": {"operand", "return"},
}
TYPED = {"ocaml", "haskell", "rust", "cpp", "java"}


def made(name: str, code: str) -> Counter[str]:
    """Kind of change -> how many mutants."""
    language: Language = LANGUAGES.load(name)
    assert language.mutations is not None
    found = mutants(code, name, language.mutations, 200)
    assert len({code, *(one.code for one in found)}) == len(found) + 1
    return Counter(one.operator for one in found)


@pytest.mark.parametrize("name", CLAMP)
def test_every_kind_of_change_is_made(name: str) -> None:
    counted = made(name, CLAMP[name])
    assert set(counted) - {"call"} == KINDS - LACKING.get(name, set())
    assert counted["boundary"] == counted["logical"] == counted["arithmetic"] == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [("lua", "local f = require\nreturn f\n"), ("perl", "use strict;\n1;\n")],
)
def test_how_a_file_ends_is_no_behaviour(name: str, code: str) -> None:
    assert not made(name, code)


def added(name: str, code: str) -> set[str]:
    """The changed lines of all mutants."""
    language: Language = LANGUAGES.load(name)
    assert language.mutations is not None
    return {one.diff.splitlines()[-1][1:].strip() for one in mutants(code, name, language.mutations, 1000)}


@pytest.mark.parametrize(
    ("name", "code", "some", "none"),  # `*`: none at all
    [
        ("racket", "(- a b)", {"(+ a b)", "(- b a)", "a", "b"}, set()),
        ("racket", "(f '(- 1 x))", {"(f '(- 2 x))", "(f '(- 0 x))"}, {"(f '(+ 1 x))"}),
        ("racket", "(define (first x) (first x))", {"(define (first x) (last x))"}, {"(define (last x) (first x))"}),
        ("racket", "(cond [(f x) 1] [else 2])", {"(cond [#f 1] [else 2])"}, {"(cond [(f x) 1] [#f 2])"}),
        ("racket", "(match x [(list a) a])", {"(match x [(list a) #:when #f a])"}, set()),
        ("racket", '(error "λ" (+ 1 2)) (g "é")', {'(error "λ" (+ 1 2)) (g "")'}, {'(error "" (+ 1 2)) (g "é")'}),
        ("racket", "(vector-ref v i) ; (+ 1 2)", {"(vector-ref v (- i 1)) ; (+ 1 2)"}, {"(vector-ref v i) ; (- 1 2)"}),
        ("r", "f(x)[i] - y$z", {"f(x)[i]", "y$z", "f(x)[i] + y$z", "f(x)[(i - 1)] - y$z"}, {"[i] - y$z"}),
        ("r", "a == b & c + 1 != d", {"a == b", "c + 1 != d", "a == b & 1 != d"}, {"a == c + 1 != d", "a == b != d"}),
        ("r", "if (a) -1 else b", {"if (!(a)) -1 else b", "if (a) -2 else b"}, {"if 1 else b", "if (a) +1 else b"}),
        ("r", "function(x) -x", set(), {"function(x)", "function(x) x"}),
        ("r", "x |> rev() |> f()", {"x |> f()", "x |> identity() |> f()"}, {"rev() |> f()", "f()"}),
        ("r", "for (i in 1:n) g(i)", {"for (i in rev(1:n)) g(i)", "for (i in 1:(n - 1)) g(i)"}, set()),
        ("r", "stop('a + 1') # 1 + 1", set(), {"stop('') # 1 + 1", "stop('a + 1') # 1 - 1"}),
        ("r", "t <- 0\nt <- t + x", {"NULL"}, {"t <- 0\nNULL\nNULL"}),
        ("r", "x[[n]] %% 2L", {"x[[(n + 1)]] %% 2L", "x[[n]] %% 3L", "x[[n]] %/% 2L", "x[[n]]"}, set()),
        ("r", "!is.null(é)", {"is.null(é)"}, set()),
        ("haskell", "f = a + b * c == d", {"f = b * c == d", "f = a + c == d", "f = a + b * c /= d"}, {"f = d"}),
        (
            "haskell",
            "f = a - b - c",
            {"f = a - c", "f = c", "f = (c) - (a - b)", "f = (b) - (a) - c"},
            {"f = (b - c) - a"},
        ),
        ("haskell", "f 0 = 1", {"f 0 | False = 1", "f (-1) = 1"}, set()),
        ("haskell", "f | otherwise = 1", {"f | False = 1"}, {"f | True = 1"}),
        ("haskell", "import A (sort)\nf = sort", {"f = id"}, {"import A (id)"}),
        ("prolog", "f(X, -1).", {"f(X, 0).", "f(X, (-2))."}, {"f(X).", "f(X, +1)."}),
        (
            "prolog",
            "f([X], Y) :- Y is X - 1.",
            {"f([X], Y) :- Y is X + 1.", "f([X], Y) :- Y is X."},
            {"f([(X + 1)], Y) :- Y is X - 1."},
        ),
        (
            "prolog",
            "f(X) :- X @< a, \\+ g(X), !.",
            {"f(X) :- X @=< a, \\+ g(X), !.", "f(X) :- X @< a,  g(X), !."},
            set(),
        ),
        ("prolog", "f(X) :- !, g(X), Y = 1.", {"f(X) :- !, g(X), Y \\= 1."}, {"f(X) :- true, g(X), Y = 1."}),
        ("prolog", ":- dynamic g/2.\nf(X, 0'1).", set(), {":- dynamic g/3.", "f(X, 0'2)."}),
        ("prolog", "f(X, R) :- R is X mod 2.", {"f(X, R) :- R is X * 2.", "f(X, R) :- R is X mod 3."}, set()),
        (
            "prolog",
            "f(X, R) :- reverse(X, R). % 1 + 1",
            {"f(X, R) :- =(X, R). % 1 + 1"},
            {"f(X, R) :- reverse(X, R). % 1 - 1"},
        ),
        ("ocaml", "let f a b = a - b", {"let f a b = (b) - (a)", "let f a b = (a)", "let f a b = a + b"}, set()),
        ("ocaml", "let f = function 0 -> 1 | n -> n", {"let f = function 0 -> 1 | n when false -> n"}, set()),
        ("racket", "(cond [(> x 1) 1] [(f) 2])", {"(cond [(<= x 1) 1] [(f) 2])", "(cond [(> x 1) 1] [#f 2])"}, set()),
        ("racket", "(let ([max 1]) (max 2))", {"(let ([max 1]) (min 2))"}, {"(let ([min 1]) (max 2))"}),
        ("commonlisp", "(- a b)", {"(+ a b)", "(- b a)", "a", "b"}, set()),
        ("commonlisp", "(sort xs #'<)", {"(sort xs #'>=)"}, {"(sort xs #'<=)"}),
        ("commonlisp", "(mapcar #'(lambda (x) (* x 2)) xs)", {"(mapcar #'(lambda (x) (* x 3)) xs)"}, set()),
        ("commonlisp", "(f '(- 1 x))", {"(f '(- 2 x))"}, {"(f '(+ 1 x))"}),
        (
            "commonlisp",
            '(defun f (max) "1 + 1" (max max))',
            {'(defun f (max) "1 + 1" (min max))'},
            {'(defun f (max) "" (max max))', '(defun f (min) "1 + 1" (max max))'},
        ),
        ("commonlisp", '(defun f () "a") ; (+ 1 2) #\\"', {'(defun f () "") ; (+ 1 2) #\\"'}, set()),
        ("commonlisp", '(defvar *a* 1 "Doc.")', {'(defvar *a* 2 "Doc.")'}, {'(defvar *a* 1 "")'}),
        (
            "commonlisp",
            "(cond ((> x 1) 2) (t 3))",
            {"(cond ((<= x 1) 2) (t 3))", "(cond ((> x 1) 2) (nil 3))"},
            {"(cond ((> x 1) 2) ((not t) 3))"},
        ),
        (
            "commonlisp",
            "(labels ((g (rest) (1+ rest))) (g 1))",
            {"(labels ((g (rest) (1- rest))) (g 1))"},
            {"(labels ((g (identity) (1+ rest))) (g 1))"},
        ),
        ("commonlisp", '(declaim (optimize (speed 3))) (error "x ~a" (+ 1 2)) (the (integer 0 3) x)', set(), {"*"}),
        ("commonlisp", "(loop for i from a below (f x) collect i)", {"(loop for i from a to (f x) collect i)"}, set()),
        ("commonlisp", "`(declare (speed 3)) (coerce x '(unsigned-byte 8))", set(), {"*"}),
        ("commonlisp", "(return-from f (g x))", {"(return-from f nil)"}, set()),
        (
            "tcl",
            "set a [expr {$b - $c}] ;# 1 + 1",
            {"set a [expr {$b + $c}] ;# 1 + 1", "set a [expr {$b}] ;# 1 + 1"},
            set(),
        ),
        (
            "tcl",
            "if {$a eq $b && [f $c] > 1} {g}",
            {"if {$a ne $b && [f $c] > 1} {g}", "if {[f $c] > 1} {g}", "if {$a eq $b} {g}"},
            {"if {$a eq [f $c] > 1} {g}"},
        ),
        (
            "tcl",
            "while {1} {break}",
            {"while {0} {break}", "while {1} {continue}"},
            {"while {2} {break}", "while {!(1)} {break}"},
        ),
        ("tcl", "regexp {^a-b+1[0-9]} $x", set(), {"regexp {^a+b+1[0-9]} $x"}),
        ("tcl", "puts {1 + 1 \\{ [expr {2}]}", set(), {"*"}),
        ("tcl", 'error "bad [expr {1 + 1}]"\npackage require Tcl 8.6', set(), {"*"}),
        ("tcl", "switch -- $x {\n1 {return 1}\n}", {"1 {return 0}", "1 {return {}}"}, {"1 {return 2}", "2 {return 1}"}),
        ("tcl", "lindex $xs $i", {"lindex $xs $i+1", "lindex $xs $i-1"}, set()),
        (
            "tcl",
            "string range $s 0 end",
            {"string range $s 1 end", "string range $s 0 end-1"},
            {"string range $s -1 end"},
        ),
        ("tcl", "lsort -decreasing $xs", {"lsort -increasing $xs"}, {"lsort -decreasing -decreasing $xs"}),
        (
            "tcl",
            "foreach x $xs {incr n}",
            {"foreach x [lreverse $xs] {incr n}", "foreach x $xs {incr n -1}", "foreach x $xs {list}"},
            set(),
        ),
        ("tcl", "set é [expr {$é * 2}]", {"set é [expr {$é + 2}]", "list"}, set()),
        ("rust", 'struct A { a: [i64; 3] }\n#[cfg(x = "y")]\nfn f() { panic!("m {}", 1 + 1) }', set(), {"*"}),
        ("rust", "fn f() -> bool { a == b }", {"fn f() -> bool { a != b }"}, {"fn f() -> bool { (a) }"}),
        ("go", 'package m\nvar a [3]int\nfunc f() { panic("x"); _ = errors.New("y") }', set(), {"*"}),
        ("cpp", '#include "x"\nint a[3];\nstatic_assert(1 == 1);\nvoid f() { throw E("m"); }', set(), {"*"}),
        ("java", '@A("x") class S { void f() { assert a > 1 : "m"; throw new E("m"); } }', set(), {"*"}),
        ("java", "class S { int f() { return a + b; } }", {"class S { int f() { return (a); } }"}, set()),
        ("elixir", '@doc "x"\n@spec f(1) :: 2\nalias A.B\nraise(E, "m")', set(), {"*"}),
        ("ruby", 'require "x"\nrequire_relative "y"\nraise E, "m"', set(), {"*"}),
        ("javascript", "import a from 'b'; const c = require('d'); throw new E('m');", set(), {"*"}),
        ("perl", 'use lib "x"; require "y"; die "m";', set(), {"*"}),
        ("lua", 'local a = require("x")\nerror("m")', set(), {"*"}),
        ("bash", "source 'x'\nf >&2", set(), {"*"}),
        ("bash", "[ $a -ge 0 ]", {"[ $a -gt 0 ]", "[ $a -lt 0 ]", "[ $a -ge -1 ]"}, set()),
        ("ocaml", 'external f : int = "x"\nlet g = failwith "m"', set(), {"*"}),
        ("haskell", "f = a ++ b", {"f = a"}, {"f = a -- b"}),
        ("haskell", 'f = error "m"', set(), {"*"}),
        ("ocaml", "let f x = List.for_all g x", {"let f x = List.exists g x"}, set()),
        ("ocaml", "let f x = x = 1.5", {"let f x = x <> 1.5", "let f x = x = (1.5 +. 1.)"}, {"let f x = (x)"}),
    ],
)
def test_a_change_is_made_where_it_means_something_and_nowhere_else(
    name: str, code: str, some: set[str], none: set[str]
) -> None:
    found = added(name, code)
    assert some <= found
    assert "*" not in none or not found
    assert not none & found


def case(name: str, n: int, value: int | str) -> NeutralCase:
    """What `f` answers; in a language with types, as text throughout."""
    return NeutralCase(f"n {n}", (n,), str(value) if name in TYPED else value)


WEAK = [(1, 2), (9, "big")]
STRONG = [(n, "big" if n >= 3 and n != 7 else n + 1) for n in range(-2, 11)]


def drafted(name: str, *suites: list[tuple[int, int | str]]) -> Draft:
    language: Language = LANGUAGES.load(name)
    assert language.notation is not None
    compiled: tuple[Suite, ...] = tuple(
        compile_cases(language.notation, "f", [case(name, *one) for one in cases]).suite for cases in suites
    )
    return Draft(Problem("clamp", "f", name), (Solution(CLAMP[name]),), compiled)


@pytest.mark.docker
@pytest.mark.parametrize("name", CLAMP)
async def test_a_suite_that_looks_everywhere_kills_every_mutant_and_a_weak_one_does_not(name: str) -> None:
    require_language(name)
    language: Language = LANGUAGES.load(name)
    async with open_runner("docker", slots=2, language=name) as runner:
        checks = VerifyConfig(mutation=True, mutants=40)
        evidence = await judge(drafted(name, WEAK, STRONG), runner.execute, language.limits, checks)
    assert evidence.solutions[0].passed == ((True,) * len(WEAK), (True,) * len(STRONG))
    assert (evidence.controls, evidence.dependent) == ((), ())
    assert evidence.mutation is not None
    (measured,) = evidence.mutation
    assert measured.killed[1] == measured.mutants >= 10
    assert [one.diff for one in measured.survivors if 1 in one.passes] == []
    assert measured.killed[0] < 0.8 * measured.mutants
    assert any(one.passes == (0,) for one in measured.survivors)


# A program cut off in its middle is read by no language; what types refuse is code to the grammar.
MISTYPED = {
    "ocaml": ("n + 1", '"x" + 1'),
    "haskell": ("n + 1", '"x" + True'),
    "go": ("n + 1", 'n + "x"'),
    "rust": ("n + 1", 'n + "x"'),
    "cpp": ("n + 1", 'n + std::string("x")'),
    "java": ("n + 1", "n + true"),
}


@pytest.mark.docker
@pytest.mark.parametrize("name", CLAMP)
async def test_what_does_not_compile_is_killed_by_no_suite(name: str) -> None:
    require_language(name)
    language: Language = LANGUAGES.load(name)
    code = CLAMP[name]
    refused = [code[: len(code) // 2], *(code.replace(*MISTYPED[name]) for _ in [0] if name in MISTYPED)]
    other = code.replace("7", "8")
    assert len({code, other, *refused}) == len(refused) + 2
    async with open_runner("docker", slots=2, language=name) as runner:
        trial = Trial(drafted(name, WEAK, STRONG), runner.execute, language.limits, "mutation")
        made = tuple(Mutant("operand", 1, one, "") for one in (*refused, other))
        found = await fates(trial, code, await trial.run(code), made, 0)
    assert [(fate.mutant.code, fate.killed) for fate in found] == [(other, (False, True))]


@pytest.mark.parametrize(
    ("takes_s", "has_s"), [(0.005, 0.2), (0.03, 0.4), (0.1, 1.6), (0.35, 3.2), (0.7, 3.2), (2.0, 12.8)]
)
def test_a_mutant_has_ten_times_its_originals_time_and_less_of_a_compilers(takes_s: float, has_s: float) -> None:
    assert patience(takes_s) == has_s

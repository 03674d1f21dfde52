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
from codefactory.verify.mutants import mutants
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
}
KINDS = {"arithmetic", "boundary", "comparison", "condition", "constant", "logical", "operand", "return"}
# Without a word for it; a function of Bash answers what it prints; Elixir's tree has one name for all calls; Prolog's
# conditions are goals like others.
LACKING = {
    "elixir": {"condition", "operand", "return"},
    "ocaml": {"return"},
    "prolog": {"condition", "return"},
    "racket": {"return"},
    "haskell": {"return"},
    "bash": {"operand", "return"},
}
TYPED = {"ocaml", "haskell"}


def made(name: str, code: str) -> Counter[str]:
    """Kind of change -> how many mutants."""
    language: Language = LANGUAGES.load(name)
    assert language.mutations is not None
    found = mutants(code, name, language.mutations, 200)
    assert all(one.code != code for one in found)
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
    ("name", "code", "some", "none"),
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
        ("ocaml", "let f x = List.for_all g x", {"let f x = List.exists g x"}, set()),
        ("ocaml", "let f x = x = 1.5", {"let f x = x <> 1.5", "let f x = x = (1.5 +. 1.)"}, {"let f x = (x)"}),
    ],
)
def test_a_change_is_made_where_it_means_something_and_nowhere_else(
    name: str, code: str, some: set[str], none: set[str]
) -> None:
    found = added(name, code)
    assert some <= found
    assert not none & found


def case(name: str, n: int, value: int | str) -> NeutralCase:
    """What `f` answers; in a language with types, as text throughout."""
    return NeutralCase(f"n {n}", (n,), str(value) if name in TYPED else value)


@pytest.mark.docker
@pytest.mark.parametrize("name", CLAMP)
async def test_a_suite_that_looks_everywhere_kills_more_than_one_that_does_not(name: str) -> None:
    require_language(name)
    language: Language = LANGUAGES.load(name)
    assert language.notation is not None
    weak, more = [(1, 2), (9, "big")], [(2, 3), (3, "big"), (7, 8), (0, 1), (4, "big")]
    suites: tuple[Suite, ...] = tuple(
        compile_cases(language.notation, "f", [case(name, *one) for one in cases]).suite
        for cases in (weak, weak + more)
    )
    draft = Draft(Problem("clamp", "f", name), (Solution(CLAMP[name]),), suites)
    async with open_runner("docker", slots=2, language=name) as runner:
        evidence = await judge(draft, runner.execute, language.limits, VerifyConfig(mutation=True, mutants=40))
    assert evidence.solutions[0].passed == ((True,) * 2, (True,) * 7)
    assert (evidence.controls, evidence.dependent) == ((), ())
    assert evidence.mutation is not None
    (measured,) = evidence.mutation
    scores = [measured.score(0), measured.score(1)]
    assert scores[0] is not None
    assert scores[1] is not None
    assert scores[0] < 0.8 < scores[1]

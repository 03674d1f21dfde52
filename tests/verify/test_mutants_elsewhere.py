"""Mutants of Lua, Perl, JavaScript and Go: made from their own trees, and killed by suites that look."""

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
    "go": ('package main\n\nfunc f(n int) any {\n\tif n >= 3 && n != 7 {\n\t\treturn "big"\n\t}\n\treturn n + 1\n}\n'),
}
KINDS = {"arithmetic", "boundary", "comparison", "condition", "constant", "logical", "operand", "return"}


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
    assert set(counted) == KINDS
    assert counted["boundary"] == counted["logical"] == counted["arithmetic"] == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [("lua", "local f = require\nreturn f\n"), ("perl", "use strict;\n1;\n")],
)
def test_how_a_file_ends_is_no_behaviour(name: str, code: str) -> None:
    assert not made(name, code)


@pytest.mark.docker
@pytest.mark.parametrize("name", CLAMP)
async def test_a_suite_that_looks_everywhere_kills_more_than_one_that_does_not(name: str) -> None:
    require_language(name)
    language: Language = LANGUAGES.load(name)
    assert language.notation is not None
    weak = [NeutralCase("small", (1,), 2), NeutralCase("large", (9,), "big")]
    more = [NeutralCase(f"n {n}", (n,), value) for n, value in ((2, 3), (3, "big"), (7, 8), (0, 1), (4, "big"))]
    suites: tuple[Suite, ...] = tuple(
        compile_cases(language.notation, "f", cases).suite for cases in (weak, weak + more)
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

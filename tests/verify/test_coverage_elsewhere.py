"""Coverage in Lua, Perl and JavaScript: the same evidence as in Python, by marks in the program itself."""

from __future__ import annotations

import pytest

from codefactory.config import VerifyConfig
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language, Measured
from codefactory.languages.neutral import NeutralCase, compile_cases
from codefactory.runner.base import open_runner
from codefactory.types import Draft, Problem, Solution
from codefactory.verify.judge import judge
from tests.languages.conftest import require_language

# Line 3 decides, 4 is the branch that small numbers never take, 7 the loop's body.
STEPS = {
    "lua": """\
-- Steps down to one.
local function f(n)
  if n > 9 and n ~= 12 then
    return 'far'
  end
  local found = {}
  while n > 0 do
    found[#found + 1] = n
    n = n - 1
  end
  return #found + 1
end
return f
""",
    "perl": """\
# Steps down to one.
sub f { my ($n) = @_;
    if ( $n > 9 && $n != 12 ) {
        return 'far';
    }
    my @found;
    while ( $n > 0 ) {
        push @found, $n;
        $n = $n - 1;
    }
    return 1 + @found;
}
1;
""",
    "javascript": """\
'use strict'; // steps down to one
function f(n) {
  if (n > 9 && n !== 12) {
    return 'far';
  }
  const found = [];
  while (n > 0) {
    found.push(n);
    n -= 1;
  }
  return found.length > 0 ? found.length + 1 : 1;
}
module.exports = { f };
""",
}


def marked(name: str, source: str) -> Measured | None:
    language: Language = LANGUAGES.load(name)
    return language.measured(source)


@pytest.mark.parametrize("name", STEPS)
def test_marks_leave_every_line_where_it_was(name: str) -> None:
    found = marked(name, STEPS[name])
    assert found is not None
    assert found.code.count("\n") == STEPS[name].count("\n")
    assert set(found.lines) >= {3, 4, 6, 7, 8, 9, 11}
    assert found.branches[:2] == ("line 3: true", "line 3: false")


def test_what_cannot_be_marked_is_not_measured() -> None:
    assert marked("lua", "local function f(") is None
    assert marked("lua", "-- nothing\n") is None
    assert marked("racket", "#lang racket\n") is None
    strict = marked("javascript", STEPS["javascript"])
    assert strict is not None
    assert strict.code.startswith("'use strict'; // steps down")


@pytest.mark.docker
@pytest.mark.parametrize("name", STEPS)
async def test_the_lines_and_branches_that_no_suite_reaches_are_named(name: str) -> None:
    require_language(name)
    language: Language = LANGUAGES.load(name)
    assert language.notation is not None
    small = [NeutralCase(f"n {n}", (n,), n + 1) for n in (1, 3, 5)]
    far = [NeutralCase("far", (30,), "far"), NeutralCase("zero", (0,), 1)]
    suites = [compile_cases(language.notation, "f", cases).suite for cases in (small, [*small, *far])]
    async with open_runner("docker", slots=2, language=name) as runner:
        found = []
        for chosen in (suites[:1], suites):
            draft = Draft(Problem("steps", "f", name), (Solution(STEPS[name]),), tuple(chosen))
            evidence = await judge(draft, runner.execute, language.limits, VerifyConfig())
            assert all(map(all, evidence.solutions[0].passed))
            assert evidence.coverage, name
            found.append(evidence.coverage[0])
    alone, both = found
    assert alone.missed_lines == (4,)
    assert "line 3: true" in alone.missed_branches
    assert (both.missed_lines, both.missed_branches) == ((), ())
    assert both.lines == (both.all_lines - 1, both.all_lines)
    assert both.line_share(0) == alone.line_share(0)
    assert both.line_share(1) == 1.0


@pytest.mark.docker
@pytest.mark.parametrize("name", STEPS)
async def test_native_tests_are_not_measured_and_cost_nothing(name: str) -> None:
    require_language(name)
    language: Language = LANGUAGES.load(name)
    assert language.notation is not None
    cases = [NeutralCase(f"n {n}", (n,), n + 1) for n in (1, 3, 5)]
    suite = language.read_suite(compile_cases(language.notation, "f", cases).native, "f")
    draft = Draft(Problem("steps", "f", name), (Solution(STEPS[name]),), (suite,))
    async with open_runner("docker", slots=2, language=name) as runner:
        evidence = await judge(draft, runner.execute, language.limits, VerifyConfig())
    assert evidence.coverage == ()
    assert {cost.check: cost.executions for cost in evidence.costs}["coverage"] == 0

"""Every no has its reason: one crafted draft for each slug, judged by a real runner and decided by a policy."""

from __future__ import annotations

import asyncio
import datetime
from dataclasses import dataclass
from typing import Any

import pytest

from codefactory.config import VerifyConfig
from codefactory.recipes.parse import read_tests
from codefactory.runner.base import open_runner
from codefactory.types import Draft, Evidence, Limits, Problem, Solution
from codefactory.verify.judge import judge
from codefactory.verify.policy import SLUGS, Policy, decide

LIMITS = Limits(cpu_s=1.0)
RIGHT = "def f(x):\n    return x * 2\n"
HOLDS = "assert f(1) == 2\nassert f(3) == 6\nassert f(0) == 0\n"
THOROUGH = HOLDS + "assert f(-2) == -4\n"
LOOP = "def test_f():\n    for x in range(3):\n        assert f(x) == x * 2\n"
# What is not positive is never tried by POSITIVE.
CLAMPED = "def f(x):\n    if x > 0:\n        return x * 2\n    return 0\n"
POSITIVE = "assert f(5) == 10\nassert f(3) == 6\n"
# A line that no test of HOLDS reaches.
HALF_TESTED = "def f(x):\n    if x == 100:\n        return 0\n    return x * 2\n"
COUNTER = "calls = []\ndef f(x):\n    calls.append(x)\n    return len(calls)\n"
SET_ORDER = "def f(x):\n    return list({'ab', 'cd', 'ef', 'gh', 'ij'})[x]\n"
AGE = "import datetime\ndef f(year):\n    return datetime.date.today().year - year\n"
CHANCE = "import random\ndef f(x):\n    return random.random()\n"
THIS_YEAR = datetime.date.today().year
BOMB = "".join(f"assert f({year}) == {THIS_YEAR - year}\n" for year in (1990, 2000, 2010))
SKIPPED = "import pytest\n@pytest.mark.skip\ndef test_f():\n    assert f(1) == sum([2])\n"
SWALLOWED = "def test_f():\n    try:\n        assert f(1) == 3\n    except Exception:\n        pass\n"
APPROXIMATE = "assert math.isclose(f(1), 2.0)\nassert math.isclose(f(3), 6.0)\n"


@dataclass(frozen=True)
class Crafted:
    """A draft that must be refused for one reason, by one policy."""

    reason: str
    suite: str
    code: str = RIGHT
    policy: tuple[tuple[str, Any], ...] = ()
    rule: str = "own_tests"
    checks: tuple[tuple[str, bool], ...] = ()
    others: tuple[str, ...] = ()

    def draft(self) -> Draft:
        """One suite, read as a recipe reads it."""
        codes = (self.code, *self.others)
        return Draft(Problem("`f(x)`.", "f"), tuple(map(Solution, codes)), (read_tests(self.suite, "f", "python"),))

    def reason_found(self, evidence: Evidence) -> str:
        """What the policy says."""
        policy = Policy.model_validate({"rule": self.rule, "min_cases": 1, "min_values": 1, **dict(self.policy)})
        return decide(policy, self.draft(), evidence).reason


def _not_measured(check: str) -> Crafted:
    return Crafted(
        f"{check}_not_measured", HOLDS, policy=(("require", (check,)),), checks=(("rows", False), ("coverage", False))
    )


def _below(reason: str, threshold: str, least: float, suite: str, code: str) -> Crafted:
    return Crafted(reason, suite, code, ((threshold, least),), checks=(("mutation", "mutation" in reason),))


FLAKY = (("flaky", True),)
CRAFTED = (
    Crafted("", THOROUGH, checks=(("flaky", True), ("mutation", True)), policy=(("min_mutation_score", 1.0),)),
    _below("low_mutation_score", "min_mutation_score", 1.0, HOLDS, RIGHT),  # nothing below zero: abs(x) passes
    # what can be read off the suite
    Crafted("suite_syntax", "assert f(1) ==\n"),
    Crafted("suite_no_cases", "x = 1\n"),
    Crafted("suite_never_calls", "assert 1 + 1 == 2\n"),
    Crafted("suite_redefines_entry_point", "def f(x):\n    return 2\n" + HOLDS),
    Crafted("suite_shadows_entry_point", "def test_f():\n    f = lambda x: 2\n    assert f(1) == 2\n"),
    Crafted("suite_no_assertion", "def test_f():\n    f(1)\n    f(2)\n"),
    Crafted("suite_skipped", SKIPPED),
    Crafted("suite_async", HOLDS + "async def test_f():\n    assert f(1) == 3\n"),
    Crafted("suite_needs_fixtures", "def test_f(capsys):\n    assert f(1) == 2\n    capsys.readouterr()\n"),
    # what can be read off the solution
    Crafted("solution_syntax", HOLDS, "def f(\n", rule="any"),
    Crafted("solution_missing_entry_point", HOLDS, "def g(x):\n    return x\n", rule="any"),
    # what the grid shows
    Crafted("own_tests_fail", HOLDS.replace("== 6", "== 7")),
    Crafted("too_few_cases", HOLDS, policy=(("min_cases", 4),)),
    Crafted(
        "constant_values", "assert f(1) == 5\nassert f(2) == 5\n", "def f(x):\n    return 5\n", (("min_values", 2),)
    ),
    Crafted("values_disagree", HOLDS.replace("== 6", "== 7"), rule="agreement", policy=(("own_values", True),)),
    Crafted("no_agreement", HOLDS, rule="agreement", others=("def f(x):\n    return x + 1\n",)),
    Crafted("low_consensus", HOLDS, policy=(("min_consensus", 0.9),), rule="consensus"),  # one solution says little
    Crafted("improbable", HOLDS, policy=(("min_probability", 0.999),), rule="consensus"),
    Crafted("no_literal_input", LOOP, rule="agreement", others=(RIGHT,)),
    Crafted("no_literal_input", LOOP, rule="consensus", others=(RIGHT,)),
    Crafted("unanswered_input", HOLDS, "import os\ndef f(x):\n    os._exit(0)\n", rule="agreement"),
    Crafted("low_consensus", HOLDS.replace("== 6", "== 7"), rule="consensus", policy=(("min_consensus", 1.0),)),
    Crafted("improbable", HOLDS, policy=(("min_probability", 1.0),)),
    # vacuous: a program that never looks at its task passes
    Crafted("vacuous_suite", "assert f(0) == 0\nassert f(0.0) == 0\n"),
    Crafted("vacuous_suite", "assert f(1) is None\n", "def f(x):\n    pass\n"),
    Crafted("vacuous_suite", "assert f(7) == 7\nassert f(8) == 8\n", "def f(x):\n    return x\n"),
    Crafted("vacuous_suite", SWALLOWED),
    Crafted("vacuous_suite", "def test_f():\n    assert callable(f)\n"),
    # rows that need what is not in them
    Crafted("not_self_contained", APPROXIMATE),
    Crafted("", "import math\n" + APPROXIMATE),
    # flaky: time, order, hash seed, chance
    Crafted("flaky", BOMB, AGE, checks=FLAKY),
    Crafted("flaky", "assert f(5) == 1\nassert f(6) == 2\nassert f(7) == 3\n", COUNTER, checks=FLAKY),
    Crafted("flaky", HOLDS, SET_ORDER, rule="agreement", checks=FLAKY),
    Crafted("flaky", HOLDS, CHANCE, rule="agreement", checks=FLAKY),
    Crafted("flaky", BOMB, AGE + "# insists\n", (("require", ("mutation",)),), checks=(*FLAKY, ("mutation", True))),
    # weak: mutants live, lines and branches are never executed
    _below("low_mutation_score", "min_mutation_score", 0.9, POSITIVE, CLAMPED),
    _below("low_line_coverage", "min_line_coverage", 1.0, HOLDS, HALF_TESTED),
    _below("low_line_coverage", "min_line_coverage", 1.0, LOOP, HALF_TESTED),
    _below("low_branch_coverage", "min_branch_coverage", 0.75, HOLDS, HALF_TESTED),
    # a policy that insists
    *map(_not_measured, ("rows", "coverage", "flaky", "mutation")),
)


@pytest.fixture(scope="module")
def judged() -> list[Evidence]:
    """The evidence for every crafted draft, all through one runner."""

    async def every() -> list[Evidence]:
        async with open_runner() as runner:  # what this machine has: a container, or namespaces
            work = (judge(c.draft(), runner.execute, LIMITS, VerifyConfig(**dict(c.checks))) for c in CRAFTED)
            return list(await asyncio.gather(*work))

    return asyncio.run(every())


@pytest.mark.parametrize("number", range(len(CRAFTED)), ids=[crafted.reason or "kept" for crafted in CRAFTED])
def test_crafted_draft_gets_its_reason(judged: list[Evidence], number: int) -> None:
    assert CRAFTED[number].reason_found(judged[number]) == CRAFTED[number].reason


def test_every_reason_that_verification_knows_has_its_crafted_draft() -> None:
    assert {crafted.reason for crafted in CRAFTED} - {""} == set(SLUGS)


@pytest.mark.parametrize(
    ("code", "what"), [(AGE, "time"), (COUNTER, "order"), (SET_ORDER, "hash_seed"), (CHANCE, "chance")]
)
def test_what_changed_a_second_run_is_named(judged: list[Evidence], code: str, what: str) -> None:
    (number,) = (n for n, crafted in enumerate(CRAFTED) if crafted.code == code)
    found = judged[number].flaky
    assert found
    assert {name.split(":")[1] for name in found} == {what}


def test_every_check_says_what_it_took(judged: list[Evidence]) -> None:
    costs = {cost.check: cost for cost in judged[0].costs}
    assert list(costs) == ["grid", "controls", "rows", "coverage", "flaky", "mutation"]
    assert all(cost.executions and cost.cpu_s > 0 for cost in costs.values())
    assert judged[0].executions == sum(cost.executions for cost in costs.values())


def test_a_vacuous_suite_is_not_doubted_further(judged: list[Evidence]) -> None:
    number = next(n for n, crafted in enumerate(CRAFTED) if crafted.suite == SWALLOWED)
    assert [cost.check for cost in judged[number].costs] == ["grid", "controls"]

"""What beside the grid is measured about a solution and its suites: mutants, coverage, and what it costs nobody."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from codefactory.config import RunConfig, VerifyConfig
from codefactory.languages.python import PYTHON
from codefactory.languages.python_probes import probes
from codefactory.measures import MutationEvidence
from codefactory.pipeline import Keys
from codefactory.recipes.parse import read_tests
from codefactory.runner.base import open_runner
from codefactory.types import (
    Draft,
    Evidence,
    Limits,
    Problem,
    Sampling,
    Solution,
    content_id,
    from_json,
    to_json,
)
from codefactory.verify.judge import VERSION, judge
from codefactory.verify.policy import agreed_suite, decide, named

MUTATION = VerifyConfig(mutation=True, mutants=200, probes=60)
CLAMPED = "def f(x):\n    if x > 0:\n        return x * 2\n    return 0\n"
POSITIVE = "assert f(5) == 10\nassert f(3) == 6\n"
ABSOLUTE = "def f(x):\n    if x > 0:\n        return x\n    return -x\n"


async def evidence_of(code: str, *suites: str, checks: VerifyConfig = MUTATION, limits: Limits = Limits()) -> Evidence:  # noqa: B008 — frozen
    """One solution, judged in the sandbox's harness."""
    draft = draft_of(code, *suites)
    async with open_runner("process", slots=2) as runner:
        return await judge(draft, runner.execute, limits, checks)


def draft_of(code: str, *suites: str) -> Draft:
    return Draft(Problem("`f(x)`.", "f"), (Solution(code),), tuple(read_tests(s, "f", "python") for s in suites))


def mutation_of(evidence: Evidence) -> MutationEvidence:
    assert evidence.mutation
    return evidence.mutation[0]


async def test_a_suite_that_never_goes_below_zero_lets_mutants_live_and_the_missing_test_is_named() -> None:
    found = mutation_of(await evidence_of(CLAMPED, POSITIVE))
    score = found.score(0)
    assert score is not None
    assert score < 0.9
    always = next(one for one in found.survivors if "if True" in one.diff)
    assert (always.operator, always.line, always.passes) == ("condition", 2, (0,))
    assert always.diff.splitlines()[-1] == "+    if True:"
    # The witness is the test that was missing: with it in the suite, that mutant dies.
    better = f"{POSITIVE}assert {always.witness} == {always.answer}\n"
    again = mutation_of(await evidence_of(CLAMPED, better))
    assert again.score(0) > score  # type: ignore[operator]
    assert not any("if True" in one.diff for one in again.survivors)


async def test_mutants_that_answer_alike_everywhere_are_told_apart_and_count_for_nothing() -> None:
    found = mutation_of(await evidence_of(ABSOLUTE, "assert f(5) == 5\nassert f(-3) == 3\nassert f(0) == 0\n"))
    # `x >= 0` for `x > 0` is the same function: -0 is 0.
    assert found.equivalent >= 1
    assert not any("x >= 0" in one.diff for one in found.survivors)
    assert found.score(0) == found.killed[0] / (found.mutants - found.equivalent)


async def test_each_suite_has_its_own_score_and_another_suites_input_is_a_witness() -> None:
    found = mutation_of(
        await evidence_of(
            CLAMPED, POSITIVE, "assert f(5) == 10\nassert f(0) == 0\nassert f(-4) == 0\nassert f(1) == 2\n"
        )
    )
    assert found.killed[0] < found.killed[1] <= found.detected
    assert all(one.witness for one in found.survivors)
    assert found.score() >= found.score(1) > found.score(0)  # type: ignore[operator]


async def test_an_endless_mutant_is_killed_and_says_nothing_about_the_suite_that_had_no_turn() -> None:
    code = "def f(n):\n    while n > 10:\n        n = n - 10\n    return n\n"
    # Suite 0 enters the loop, suite 1 never does: it must not be credited with loops that only suite 0 entered.
    found = mutation_of(
        await evidence_of(code, "assert f(25) == 5\nassert f(17) == 7\n", "assert f(3) == 3\nassert f(4) == 4\n")
    )
    endless = next(one for one in found.survivors if "n + 10" in one.diff)
    assert endless.passes == (1,)


async def test_suites_of_code_kill_mutants_too() -> None:
    loop = "def test_f():\n    for x in range(-3, 4):\n        assert f(x) == max(x * 2, 0)\n"
    found = mutation_of(await evidence_of(CLAMPED, loop))
    assert found.killed[0] > 0.8 * found.mutants
    # Without a literal input none can be derived: what lives has survived, and is not called equivalent.
    assert (found.equivalent, len(found.survivors)) == (0, found.mutants - found.killed[0])


async def test_coverage_names_the_lines_and_branches_that_no_suite_reaches() -> None:
    evidence = await evidence_of(CLAMPED, POSITIVE, "assert f(1) == 2\n", checks=VerifyConfig())
    assert evidence.coverage
    found = evidence.coverage[0]
    assert (found.all_lines, found.lines, found.missed_lines) == (3, (2, 2), (4,))
    assert (found.all_branches, found.branches, found.missed_branches) == (2, (1, 1), ("line 2: false",))
    assert found.line_share(0) == pytest.approx(2 / 3)


async def test_coverage_of_loops_conditions_inside_expressions_and_code_suites() -> None:
    code = (
        '"""Text."""\nfrom __future__ import annotations\n\ndef f(xs):\n    """Sum."""\n    total = 0\n'
        "    for x in xs:\n        total += x if x > 0 else -x\n    return total + len([x for x in xs if x == 3])\n"
    )
    loop = "def test_f():\n    for n in range(1, 3):\n        assert f([n] * n) == n * n\n"
    evidence = await evidence_of(code, loop, checks=VerifyConfig())
    assert evidence.coverage
    assert evidence.coverage[0].missed_lines == ()
    assert evidence.coverage[0].missed_branches == ("line 8: false", "line 9: true")


async def test_answers_of_a_marked_program_are_the_programs_own() -> None:
    code = "def f(n):\n    it = iter(range(n))\n    return [(a, next(it, None)) for a in it if a >= 0]\n"
    marked = PYTHON.measured(code)
    assert marked
    plain: dict[str, object] = {}
    exec(code, plain)
    scope: dict[str, object] = {}
    exec(marked.code, scope)
    assert scope["f"](5) == plain["f"](5)  # type: ignore[operator]


async def test_a_time_bomb_is_quarantined_and_a_date_that_is_given_is_not() -> None:
    code = "import datetime\ndef f(year):\n    return datetime.date(year, 1, 1).isoformat()\n"
    evidence = await evidence_of(
        code, "assert f(2020) == '2020-01-01'\nassert f(1999) == '1999-01-01'\n", checks=VerifyConfig(flaky=True)
    )
    assert evidence.flaky == ()


async def test_a_row_with_agreed_values_has_the_imports_that_its_values_need() -> None:
    code = "import collections\ndef f(text):\n    return collections.Counter(text)\n"
    draft = draft_of(code, "assert f('aab') == {'a': 2, 'b': 2}\nassert f('') == {}\nassert f('c') == {'c': 1}\n")
    async with open_runner("process", slots=1) as runner:
        evidence = await judge(draft, runner.execute, Limits())
    assert agreed_suite(draft, evidence.votes).preamble == "from collections import Counter"
    assert evidence.dependent == ()
    decision = decide(named("agreement"), draft, evidence)
    scope: dict[str, object] = {}
    exec("\n".join([code, decision.suite.preamble, *(case.source for case in decision.suite.cases)]), scope)


async def test_of_solutions_that_agree_those_whose_rows_run_alone_are_kept() -> None:
    # One answers otherwise beside test code: it agrees in the grid, and its row does not run.
    hidden = "import sys\ndef f(x):\n    return None if 'test_solution' in sys.modules else 2 * x\n"
    plain = "def f(x):\n    return 2 * x\n"
    draft = Draft(
        Problem("`f(x)`.", "f"),
        tuple(map(Solution, (hidden, plain, hidden))),
        (read_tests("assert f(1) == 2\nassert f(2) == 4\nassert f(5) == 10\n", "f", "python"),),
    )
    async with open_runner("process", slots=1) as runner:
        evidence = await judge(draft, runner.execute, Limits())
    assert evidence.dependent == ("0:0", "0:votes", "0:met")
    assert decide(named("agreement"), draft, evidence).solutions == (Solution(plain),)


async def test_a_suite_that_lives_on_another_suites_import_does_not_hold() -> None:
    loop = "def test_{}():\n    for x in range(3):\n        assert math.isclose(f(x), x * 2)\n"
    evidence = await evidence_of("def f(x):\n    return x * 2\n", "import math\n" + loop.format("a"), loop.format("b"))
    assert evidence.solutions[0].passed == ((True,), (False,))


def test_probes_are_other_inputs_of_the_same_types() -> None:
    made = probes(["f([1, 2], 'ab')", "not f([], 'x')"], "f", 30)
    assert 20 < len(set(made)) == len(made) <= 30
    assert not {"f([1, 2], 'ab')", "f([], 'x')"} & set(made)
    assert all(one.startswith("f([") and one.endswith("')") for one in made)


def test_evidence_of_an_older_ledger_reads_as_not_measured() -> None:
    older = {"draft_id": "a", "solutions": [{"status": "passed", "passed": [[True]], "cluster": 0}], "executions": 9}
    evidence = from_json(Evidence, json.dumps(older))
    assert (evidence.dependent, evidence.flaky, evidence.mutation, evidence.coverage) == (None, None, None, None)
    assert from_json(Evidence, to_json(evidence)) == evidence


def test_what_was_judged_before_there_was_a_choice_keeps_its_key(tmp_path: Path) -> None:
    data = {"out": str(tmp_path), "llm": {"backend": "local", "model": "m"}, "seeds": {"count": 1}}
    config = RunConfig.model_validate(data)
    keys, draft = Keys("m", "image", "process", Sampling()), draft_of(CLAMPED, POSITIVE)
    parts = ("evidence", draft.id, "image", content_id(config.sandbox.limits), str(VERSION))
    assert keys.evidence(config, draft) == hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
    doubted = RunConfig.model_validate({**data, "verify": {"mutation": True}})
    assert keys.evidence(doubted, draft) != keys.evidence(config, draft)

"""Each policy keeps what it promises to, and each no has its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from codefactory.errors import ConfigError, UnknownNameError
from codefactory.languages.python import read_suite
from codefactory.runner.base import open_runner
from codefactory.types import Draft, Evidence, Limits, Problem, Solution, SolutionEvidence, Status
from codefactory.verify.judge import judge
from codefactory.verify.policy import Decision, Policy, decide, doubt, named

RIGHT = "def f(x):\n    return x * 2\n"
WRONG = "def f(x):\n    return x + 2\n"
HOLDS = "assert f(1) == 2\nassert f(3) == 6\nassert f(0) == 0\n"
SAME = "assert f(1) == 1\nassert f(2) == 2\nassert f(3) == 3\n"
POSITIVE = "def f(x):\n    if x < 0:\n        raise ValueError(x)\n    return x\n"
FALSE = HOLDS.replace("== 6", "== 7")


async def _decide(rule: str | Policy, codes: list[str], suites: list[str]) -> Decision:
    problem = Problem("Twice x: `f(x)`.", "f")
    draft = Draft(problem, tuple(map(Solution, codes)), tuple(read_suite(suite, "f") for suite in suites))
    async with open_runner("process") as runner:
        evidence = await judge(draft, runner.execute, Limits())
    return decide(named(rule) if isinstance(rule, str) else rule, draft, evidence)


@pytest.mark.parametrize(
    ("rule", "codes", "suites", "reason"),
    [
        ("naive", [RIGHT] * 4, [HOLDS], ""),
        ("naive", [WRONG] + [RIGHT] * 3, [HOLDS], "own_tests_fail"),
        ("naive", [RIGHT], ["assert f(1) == 2\n" * 3], "too_few_cases"),
        ("agreement", [RIGHT] * 4, [FALSE], ""),
        ("agreement", [RIGHT, RIGHT, WRONG, WRONG], [HOLDS], "no_agreement"),
        ("agreement", [RIGHT] * 3 + [WRONG], [HOLDS], ""),
        ("agreement", ["def f(x):\n    while True: pass\n"] * 4, [HOLDS], "unanswered_input"),
        ("agreement", [RIGHT] * 4, ["assert f(0) == 0\nassert f(False) == 0\nassert f(-0) == 0\n"], "vacuous_suite"),
        ("agreement", ["def f(x):\n    return x\n"] * 4, [HOLDS], "vacuous_suite"),
        ("agreement", [POSITIVE] * 4, [SAME + "assert f(-1) == 1\n"], "vacuous_suite"),  # it raises, and is no case
        ("agreement", ["def f(x):\n    return (1, True, 1.0)[x - 1]\n"] * 4, [SAME], "vacuous_suite"),  # 1, 1 and 1
        ("strict", [RIGHT] * 4, [FALSE], "values_disagree"),
        ("unfiltered", [WRONG], [HOLDS], ""),
        ("unfiltered", ["def g(x): pass\n"], [HOLDS], "solution_missing_entry_point"),
        ("unfiltered", ["def f(\n"], [HOLDS], "solution_syntax"),
    ],
)
async def test_verdict_and_reason(rule: str, codes: list[str], suites: list[str], reason: str) -> None:
    decision = await _decide(rule, codes, suites)
    assert decision.reason == reason
    assert bool(decision.solutions) == (reason == "")


async def test_agreed_values_replace_the_models_and_are_marked() -> None:
    decision = await _decide("agreement", [RIGHT] * 4, [FALSE])
    assert decision.expected_from == "agreement"
    assert [case.source for case in decision.suite.cases] == HOLDS.strip().splitlines()


async def test_values_that_hold_stay_the_models() -> None:
    assert (await _decide("agreement", [RIGHT] * 4, [HOLDS])).expected_from == "model"


async def test_answers_true_or_false_make_readable_cases() -> None:
    code = "def f(x):\n    return x > 1\n"
    decision = await _decide("agreement", [code] * 4, ["assert f(1) == False\nassert f(2)\nassert not f(0)\n"])
    assert [case.source for case in decision.suite.cases] == [
        "assert f(1) == False",
        "assert bool(f(2)) == True",
        "assert (not f(0)) == True",
    ]
    scope: dict[str, object] = {}
    exec(code + "\n".join(case.source for case in decision.suite.cases), scope)


async def test_inputs_on_which_solutions_raise_make_no_case() -> None:
    code = "def f(x):\n    return 10 // x\n"
    suite = HOLDS + "assert f(5) == 2\nassert f(2) == 5\n"
    decision = await _decide("agreement", [code] * 4, [suite])
    assert [case.source for case in decision.suite.cases] == [
        "assert f(1) == 10",
        "assert f(3) == 3",
        "assert f(5) == 2",
        "assert f(2) == 5",
    ]


async def test_answers_that_cannot_be_written_down_make_no_case() -> None:
    code = "class Box:\n    pass\ndef f(x):\n    return Box()\n"
    assert (await _decide("agreement", [code] * 4, [HOLDS])).reason == "too_few_cases"


@pytest.mark.parametrize(
    ("rule", "codes", "suites", "reason"),
    [
        ({}, [RIGHT, RIGHT, WRONG, WRONG], [HOLDS], ""),
        ({"min_share": 0.6}, [RIGHT, RIGHT, WRONG, WRONG], [HOLDS], "no_agreement"),
        ({"min_held": 0.9}, [RIGHT] * 4, [FALSE], "values_disagree"),
        ({"min_consensus": 0.5}, [RIGHT, RIGHT, WRONG, WRONG], [FALSE], "low_consensus"),
        ({}, ["def f(x):\n    while True: pass\n"] * 4, [HOLDS], "unanswered_input"),
        (
            {},
            ["def f(x):\n    return x\n"] * 4,
            [SAME],
            "vacuous_suite",
        ),
        # No two agree and no suite holds: no stub was run either, so what f(x) = x meets may not be kept.
        (
            {"min_share": 0.2},
            ["def f(x):\n    return x\n", RIGHT, WRONG],
            [SAME + "assert f(5) == 0\n"],
            "no_agreement",
        ),
        ({"min_probability": 0.999}, [RIGHT, RIGHT, WRONG, WRONG], [FALSE], "improbable"),
    ],
)
async def test_consensus_of_solutions_and_tests(
    rule: dict[str, float], codes: list[str], suites: list[str], reason: str
) -> None:
    policy = Policy.model_validate({"rule": "consensus", "min_share": 0.3, "min_cases": 2} | rule)
    assert (await _decide(policy, codes, suites)).reason == reason


async def test_consensus_keeps_the_values_that_model_and_solutions_agree_on() -> None:
    policy = Policy(rule="consensus", min_share=0.3, min_cases=2)
    decision = await _decide(policy, [WRONG, RIGHT, RIGHT, WRONG], [FALSE, HOLDS])
    assert decision.indices == (1, 2)
    assert decision.solutions == (Solution(RIGHT),)
    assert [case.source for case in decision.suite.cases] == [
        "assert f(1) == 2",
        "assert f(0) == 0",
        "assert f(3) == 6",
    ]


# Answers otherwise beside test code: it agrees in the grid, and its row does not run.
HIDDEN = "import sys\ndef f(x):\n    return None if 'test_solution' in sys.modules else 2 * x\n"
SUPPORTED = Policy(rule="consensus", min_share=0.3, min_cases=2)


@pytest.mark.parametrize(("other", "kept", "reason"), [(RIGHT, (4,), ""), (HIDDEN, (), "not_self_contained")])
async def test_a_consensus_that_is_not_the_largest_cluster_is_row_checked_too(
    other: str, kept: tuple[int, ...], reason: str
) -> None:
    decision = await _decide(SUPPORTED, [WRONG, WRONG, WRONG, HIDDEN, other], [HOLDS])
    assert (decision.indices, decision.reason) == (kept, reason)


async def test_a_stub_that_meets_what_a_smaller_cluster_meets_makes_it_vacuous() -> None:
    same = "def f(x):\n    return x\n"
    decision = await _decide(SUPPORTED, [WRONG, WRONG, WRONG, same, same], [SAME])
    assert decision.reason == "vacuous_suite"


async def test_what_a_smaller_cluster_is_kept_with_is_measured() -> None:
    policy = SUPPORTED.model_copy(update={"min_line_coverage": 1.0})
    special = "def f(x):\n    if x == 100:\n        return 0\n    return x * 2\n"
    assert (await _decide(policy, [WRONG, WRONG, WRONG, RIGHT, RIGHT], [HOLDS])).reason == ""
    assert (await _decide(policy, [WRONG, WRONG, WRONG, special, special], [HOLDS])).reason == "low_line_coverage"


def test_a_check_that_says_nothing_about_the_solution_is_not_measured() -> None:
    row = SolutionEvidence(Status.PASSED, ((True,),), 0)
    evidence = Evidence("", (row,), coverage=(), mutation=(), dependent=(), flaky=())
    for check in ("coverage", "mutation"):
        assert doubt(Policy(rule="own_tests", require=(check,)), evidence, 0, 0) == f"{check}_not_measured"
    assert doubt(Policy(rule="own_tests", require=("rows", "flaky")), evidence, 0, 0) == ""


def test_agreement_without_a_majority_is_refused() -> None:
    with pytest.raises(ValueError, match=r"min_share above 0\.5"):
        Policy(rule="agreement", min_share=0.5)


def test_unknown_policy_lists_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="agreement"):
        named("agrement")


def test_own_policy_comes_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("rule: agreement\nmin_cases: 9\n")
    assert named(str(path)).min_cases == 9
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("rule: agrement\n")
    with pytest.raises(ConfigError, match=r"wrong\.yaml:1"):
        named(str(wrong))

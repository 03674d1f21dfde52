"""The mutants of a program: every kind of change, always the same ones, all of them programs; and traps on inputs."""

from __future__ import annotations

import pytest

from codefactory.config import VerifyConfig
from codefactory.languages.python import PYTHON
from codefactory.recipes.parse import read_tests
from codefactory.runner.base import open_runner
from codefactory.types import Draft, Fact, Job, Limits, Outcome, Problem, Solution, Status
from codefactory.verify.judge import judge
from codefactory.verify.mutants import Mutant, mutants
from codefactory.verify.mutation import measure
from codefactory.verify.trial import Trial

KINDS = "arithmetic boundary call comparison condition constant deleted insertion logical loop operand return swap"


def made(code: str, limit: int = 1000, calls: tuple[str, ...] = ()) -> tuple[Mutant, ...]:
    assert PYTHON.mutations
    return mutants(code, "python", PYTHON.mutations, limit, PYTHON.traps(code, "f", calls))


def added(code: str, calls: tuple[str, ...] = ()) -> set[str]:
    """The new lines of all mutants, without their indent."""
    lines = (line for one in made(code, calls=calls) for line in one.diff.splitlines() if line.startswith("+"))
    return {line[1:].strip() for line in lines}


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_mutants_are_the_same_each_time_distinct_and_programs(limit: int) -> None:
    code = (
        "def f(xs):\n    best = xs[0]\n    for x in xs[1:]:\n        if x > best and x != 7:\n"
        "            best = x\n    return best\n"
    )
    found = made(code, limit, ("f([1, 2])",))
    assert found == made(code, limit, ("f([1, 2])",))
    assert len({one.code for one in found} | {code}) == len(found) + 1 <= limit + 1
    for one in found:
        compile(one.code, "mutant", "exec")


def test_every_kind_of_change_is_made_and_prose_is_left_alone() -> None:
    code = (
        'import math\n\ndef f(xs: list[int], low=0):\n    """Sum 3."""\n    total = 0\n    for i in range(len(xs)):\n'
        "        if xs[i] > low and xs[i] != 9:\n            total += (xs[i] - low) * 2\n    xs.sort()\n"
        "    return total > 4\n"
    )
    found = made(code)
    assert {one.operator for one in found} == set(KINDS.split())
    assert all(
        '"""Sum 3."""' in one.code and "xs: list[int]" in one.code and "import math" in one.code for one in found
    )


def test_where_there_are_too_many_every_kind_has_its_turn() -> None:
    code = "def f(xs):\n    t = 0\n    for x in xs:\n        t = t + x * 2 - 3 + x % 7\n    return t\n"
    calls = ("f([1, 2, 3])", "f([])")
    kinds = {one.operator for one in made(code, calls=calls)}
    assert "domain" in kinds
    assert {one.operator for one in made(code, len(kinds), calls)} == kinds


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("return sorted(x, key=len)", "return sorted(x)"),
        ("return sorted(set(x))", "return sorted((x))"),
        ("return x[y]", "return x[y + 1]"),
        ("return x[1:]", "return (x)"),
        ("return x.strip()", "return (x)"),
        ("return g(x, y)", "return g(y, x)"),
        ("return x - y", "return y - x"),
        ("return x - y * 2", "return (y * 2) - x"),
        ("return -x", "return (x)"),
        ("return [i for i in x]", "return [i for i in list(x)[1:]]"),
        ("return [i for i in x]", "return ([i for i in x]) or None"),
        ("x = x.lower()", "pass"),
        ("return x if not y else 0", "return x if not (not (y)) else 0"),
    ],
)
def test_subtle_changes(line: str, change: str) -> None:
    assert change in added(f"def f(x, y):\n    {line}\n")


def test_an_assignment_is_left_out_only_where_its_name_may_have_had_a_value() -> None:
    code = "def f(x):\n    y = 1\n    if x:\n        y = 2\n    x = x + y\n    return x\n"
    lines = [one.line for one in made(code) if one.operator == "deleted"]
    assert lines == [4, 5]


def test_traps_are_set_by_what_a_parameter_is_given() -> None:
    traps = added("def f(x, y):\n    return x\n", ("f([3, 1], 'ab')", "f([2, 2], '')"))
    assert {"assert x", "assert len(x) != 1", "assert all(one >= 0 for one in x)", "assert y"} <= traps
    assert {"assert list(x) != sorted(x)", "assert x != y", "assert len(x) >= len(y)"} <= traps
    assert not any("y >= 0" in trap or "x >= 0" in trap for trap in traps)
    numbers = added("def f(x, y=1):\n    return x\n", ("f(3)", "f(2.5, y=0)"))
    assert {"assert x >= 0", "assert x == int(x)", "assert y != 1", "assert x <= y"} <= numbers


@pytest.mark.parametrize(
    "code",
    [
        'def f(x):\n    """é: says more."""\n    return x\n',
        "é = 1\ndef f(x): return x\n",
        "def g(x):\n    return x\n\ndef f(x):\n    if x:\n        return x\n    return x\n",
        "@staticmethod\ndef f(x):\n\treturn x\n",
        "def f(x):\n    return 0\n\ndef f(x):\n    return x\n",
    ],
)
def test_a_trap_stands_where_the_body_of_the_function_begins(code: str) -> None:
    (trap,) = [one for one in made(code, calls=("f(7)",)) if "assert x != 1" in one.diff]
    scope: dict[str, object] = {}
    exec(trap.code.replace("@staticmethod\n", ""), scope)
    assert scope["f"](2) == 2  # type: ignore[operator]
    with pytest.raises(AssertionError):
        scope["f"](1)  # type: ignore[operator]


@pytest.mark.parametrize("code", ["f = max\n", "class f:\n    pass\n", 'def f(x):\n    """Nothing."""\n'])
def test_what_is_no_function_with_a_body_has_no_traps(code: str) -> None:
    assert PYTHON.traps(code, "f", ("f(1)",)) == ()


async def test_a_trap_that_no_test_springs_names_the_missing_test() -> None:
    code = "def f(xs):\n    return sorted(xs)\n"
    suite = read_tests("assert f([2, 1]) == [1, 2]\nassert f([1, 3, 2]) == [1, 2, 3]\n", "f", "python")
    draft = Draft(Problem("`f(xs)`.", "f"), (Solution(code),), (suite,))
    async with open_runner("process", slots=2) as runner:
        evidence = await judge(draft, runner.execute, Limits(), VerifyConfig(mutation=True, mutants=200))
    assert evidence.mutation
    empty = next(one for one in evidence.mutation[0].survivors if one.diff.endswith("+    assert xs"))
    assert (empty.operator, empty.witness, empty.answer) == ("domain", "f([])", "[]")


async def test_each_solutions_mutants_have_their_own_solutions_patience() -> None:
    """A quick one before a slow one takes nothing from it."""
    codes = ("def f(n):\n    return n + 1\n", "def f(n):\n    slow = n + 1\n    return slow\n")
    given: dict[str, set[float]] = {code: set() for code in codes}

    async def execute(job: Job) -> Outcome:
        slow = "slow" in job.code
        given[codes[slow]].add(job.limits.cpu_s)
        facts = tuple(Fact(case.name, Status.PASSED, "2") for case in job.cases)
        return Outcome(Status.PASSED, facts, cpu_s=0.9 if slow else 0.01)

    suite = read_tests("assert f(1) == 2", "f", "python")
    draft = Draft(Problem("", "f"), tuple(map(Solution, codes)), (suite,))
    trial = Trial(draft, execute, Limits(cpu_s=10.0), "mutation")
    runs = [await trial.run(code) for code in codes]
    measured = await measure(trial, [0, 1], runs, VerifyConfig(mutation=True, mutants=5))
    assert all(one.mutants for one in measured)
    assert given == {codes[0]: {10.0, 0.2}, codes[1]: {10.0, 6.4}}

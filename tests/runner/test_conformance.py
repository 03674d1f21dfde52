"""What every runner promises, run against each of them: the suite that a third party's runner has to pass as well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
import pytest_asyncio

from codefactory.runner.base import Runner, open_runner
from codefactory.runner.pool import Pool
from codefactory.types import Assurance, Call, Case, Check, Fact, Job, Limits, Status, to_json
from tests.runner.conftest import require

pytestmark = pytest.mark.asyncio(loop_scope="module")
LIMITS = Limits(cpu_s=1.0, wall_s=2.0)


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=["docker", "namespace", "process"])
async def runner(request: pytest.FixtureRequest) -> AsyncIterator[Runner]:
    require(request.param)
    async with open_runner(request.param, slots=2) as opened:
        yield opened


def literal(code: str, *calls: Call, **changes: object) -> Job:
    cases = tuple(Case(f"case {index}", "", call) for index, call in enumerate(calls))
    return replace(Job("python", code, "f", cases, limits=LIMITS), **changes)  # type: ignore[arg-type]


def suite(code: str, *sources: str, assurance: Assurance = Assurance.SHARED, preamble: str = "") -> Job:
    cases = tuple(Case(f"test_{index}", source) for index, source in enumerate(sources))
    return Job("python", code, "f", cases, preamble, assurance, LIMITS)


async def test_facts_come_in_planned_order_with_names_values_and_errors(runner: Runner) -> None:
    job = literal("def f(a): return 10 // a", Call("f(5)", "2"), Call("f(0)", "1"), Call("f(3)", "4"))
    outcome = await runner.execute(job)
    assert outcome.facts == (
        Fact("case 0", Status.PASSED, "2"),
        Fact("case 1", Status.ERRORED, "!ZeroDivisionError"),
        Fact("case 2", Status.FAILED, "3"),
    )
    assert outcome.status is Status.FAILED
    assert outcome.image == runner.image
    assert outcome.runner == runner.name
    assert outcome.cpu_s > 0
    assert outcome.memory_mb > 1


VALUES = """
import collections, datetime, decimal, fractions
Point = collections.namedtuple('Point', 'x y')
def f(name, **words): return TABLE[name]
def g(*items, key=None): return sorted(items, key=key, reverse=True)
def h(items): items.append(len(items)); return None
def e(n): raise KeyError(n)
TABLE = dict(
    nan=float('nan'), inf=-float('inf'), zero=-0.0, big=2 ** 200, raw=b'\\x00\\xff', nested=((1, (2,)), [{3}]),
    none=None, money=decimal.Decimal('1.10'), third=fractions.Fraction(1, 3), day=datetime.date(2024, 2, 29),
    moment=datetime.datetime(2024, 1, 2, 3), point=Point(1, 2), counts=collections.Counter('aab'), text='é\\n\\ud800',
    generator=(n for n in range(3)),
)
"""


async def test_values_behave_as_in_plain_python(runner: Runner) -> None:
    good = [
        Call("f('inf')", "float('-inf')"), Call("f('zero')", "0.0"), Call("f('big')", "2 ** 200"),
        Call("f('raw')", "b'\\x00\\xff'"), Call("f('nested')", "((1, (2,)), [{3}])"), Call("f('none')", "None"),
        Call("f('money')", "Decimal('1.1')"), Call("f('third')", "Fraction(2, 6)"),
        Call("f('day')", "date(2024, 2, 29)"),
        Call("f('moment')", "datetime.datetime(2024, 1, 2, 3)"), Call("f('point')", "(1, 2)"),
        Call("f('counts')", "{'a': 2, 'b': 1}"), Call("f('text')", "'é\\n\\ud800'"),
        Call("list(f('generator'))", "[0, 1, 2]"),
        Call("g(3, 1, 2, key=lambda n: -n)", "[1, 2, 3]"), Call("g(*[1, 2])", "[2, 1]"),
        Call("h([1, 2])", "[1, 2, 2]", Check.MUTATES), Call("e(1)", "KeyError", Check.RAISES),
        Call("e(1)", "LookupError", Check.RAISES), Call("f('third')", "0.3333", Check.APPROX, tolerance=1e-3),
        Call("f('nan') != f('nan')", "True"),
    ]  # fmt: skip
    bad = [
        Call("f('nan')", "float('nan')"), Call("f('point')", "[1, 2]"), Call("f('none')", "False"),
        Call("f('none')", "KeyError", Check.RAISES), Call("e(1)", "IndexError", Check.RAISES),
    ]  # fmt: skip
    outcome = await runner.execute(literal(VALUES, *good, *bad))
    wrong = [fact for fact in outcome.facts[: len(good)] if fact.status is not Status.PASSED]
    assert not wrong
    assert all(fact.status in (Status.FAILED, Status.ERRORED) for fact in outcome.facts[len(good) :])
    to_json(outcome)  # whatever a candidate says must fit into the ledger


async def test_compiled_expressions_and_their_text_give_the_same(runner: Runner) -> None:
    calls = [
        Call("f(1000, 1000)", "True"), Call("f('name', 'name')", "True"), Call("f([], [])", "False"),
        Call("f(", "1"), Call("f(*[1], **{'b': 1})", "True"), Call("[f(n, n) for n in (1, 2)]", "[True, True]"),
        Call("g([1, 2])", "[1, 2, 2]", Check.MUTATES), Call("g(1)", "AttributeError", Check.RAISES),
    ]  # fmt: skip
    job = literal("def f(a, b): return a is b\ndef g(items): items.append(len(items))", *calls)
    assert isinstance(runner, Pool)
    both = []
    for same in (True, False):
        runner._same_bytecode, before = same and runner._same_bytecode, runner._same_bytecode
        both.append((await runner.execute(job)).facts)
        runner._same_bytecode = before
    assert both[0] == both[1]
    assert [fact.status for fact in both[0]].count(Status.PASSED) == len(calls) - 1


async def test_one_case_does_not_see_the_arguments_of_another_changed(runner: Runner) -> None:
    code = "def f(a=[]):\n    a.append(1)\n    return a\n"
    outcome = await runner.execute(literal(code, Call("f([0])", "[0, 1]"), Call("f([0])", "[0, 1]")))
    assert outcome.status is Status.PASSED


async def test_a_script_is_run_once_for_each_stdin(runner: Runner) -> None:
    code = "import sys\nn = int(input())\nprint(n * 2, '')\nif n > 2: sys.exit(3)"
    calls = (Call("1\n", "2\n", Check.STDOUT), Call("2", "5", Check.STDOUT), Call("3", "6", Check.STDOUT))
    outcome = await runner.execute(literal(code, *calls))
    assert [fact.status for fact in outcome.facts] == [Status.PASSED, Status.FAILED, Status.ERRORED]
    assert outcome.status is Status.FAILED


SUITE = (
    "assert f(2) == 4",
    "def test_two():\n    assert f(3) == 9",
    "import pytest\nwith pytest.raises(TypeError):\n    f('x')",
    "import pytest\n@pytest.mark.parametrize('a, b', [(1, 1), (2, 4)])\ndef test_many(a, b):\n    assert f(a) == b",
    "import unittest\nclass TestF(unittest.TestCase):\n    def test_f(self):\n        self.assertEqual(f(4), 16)",
    "class TestG:\n    def test_g(self):\n        assert f(5) == 25",
)


@pytest.mark.parametrize("assurance", [Assurance.SHARED, Assurance.SEPARATED])
async def test_test_files_of_every_kind_are_run(runner: Runner, assurance: Assurance) -> None:
    good = await runner.execute(suite("def f(n): return n ** 2", *SUITE, assurance=assurance))
    assert good.status is Status.PASSED, good
    assert good.assurance is assurance
    made = await runner.execute(
        suite("def f(n): return n", "exec('def test_x():\\n    assert f(1) == 2')", assurance=assurance)
    )
    assert made.status is Status.FAILED
    bad = await runner.execute(suite("def f(n): return n + (0 * n ** 1)", *SUITE, assurance=assurance))
    assert [fact.status for fact in bad.facts] == [Status.FAILED] * 2 + [Status.PASSED] + [Status.FAILED] * 3


OBJECTS = """
class MyError(ValueError):
    def __init__(self, code):
        super().__init__(f'bad {code}')
        self.code = code
class Stack:
    def __init__(self): self.items = []
    def push(self, item): self.items.append(item)
    def pop(self):
        if not self.items: raise MyError(7)
        return self.items.pop()
    def __len__(self): return len(self.items)
    def __iter__(self): return iter(self.items)
    def __eq__(self, other): return isinstance(other, Stack) and other.items == self.items
def f(function, item): return function(item)
def fill(items): items[:] = [0] * len(items); return items
def count(n): yield from range(n)
"""


async def test_objects_cross_between_two_processes_by_handle(runner: Runner) -> None:
    sources = (
        "s = Stack()\ns.push((1, 2))\nassert len(s) == 1 and list(s) == [(1, 2)] and s.pop() == (1, 2)",
        "import pytest\nwith pytest.raises(MyError, match='bad 7') as caught:\n    Stack().pop()\n"
        "assert caught.value.code == 7",
        "assert f(lambda n: n + 1, 4) == 5 and f(str.upper, 'a') == 'A'",
        "a = [1, 2]\nassert fill(a) is a and a == [0, 0]",
        "assert Stack() == Stack() and isinstance(Stack(), Stack) and list(count(3)) == [0, 1, 2]",
        "s = Stack()\ns.extra = 5\nassert s.extra == 5 and not hasattr(s, 'other') and not s",
    )
    outcome = await runner.execute(suite(OBJECTS, *sources, assurance=Assurance.SEPARATED))
    assert outcome.status is Status.PASSED, outcome


async def test_a_comparison_that_would_show_what_is_expected_is_demoted_not_decided(runner: Runner) -> None:
    code = "class A:\n    def __eq__(self, other): return True\ndef f(): return A()"
    outcome = await runner.execute(suite(code, "assert f() == 4", assurance=Assurance.SEPARATED))
    assert outcome.status is Status.INCOMPLETE
    assert "demoted" in outcome.detail


async def test_the_solution_cannot_look_at_the_tests_through_a_callback(runner: Runner) -> None:
    code = "def f(function):\n    return function.__globals__"
    outcome = await runner.execute(suite(code, "f(lambda: 1)", assurance=Assurance.SEPARATED))
    assert outcome.status is Status.ERRORED
    assert "__globals__" in outcome.detail


async def test_idle_and_busy_time_outs_are_told_apart_and_idle_ones_are_tried_again(runner: Runner) -> None:
    limits = Limits(cpu_s=0.5, wall_s=1.0)
    idle = await runner.execute(literal("import time\ntime.sleep(99)", Call("f()", "1"), limits=limits))
    busy = await runner.execute(literal("while True: pass", Call("f()", "1"), limits=limits))
    assert (idle.status, idle.retried) == (Status.TIMEOUT, True)
    assert "idle" in idle.detail
    assert (busy.status, busy.retried) == (Status.TIMEOUT, False)
    assert "CPU" in busy.detail


async def test_what_had_been_answered_before_a_time_out_is_kept(runner: Runner) -> None:
    code = "def f(n):\n    while n == 1: pass\n    return n"
    limits = Limits(cpu_s=0.5, wall_s=4.0)
    outcome = await runner.execute(literal(code, *(Call(f"f({n})", f"{n}") for n in range(3)), limits=limits))
    assert [fact.status for fact in outcome.facts] == [Status.PASSED, Status.TIMEOUT, Status.INCOMPLETE]


async def test_the_hash_seed_is_the_jobs(runner: Runner) -> None:
    job = literal("def f(): return hash('text')", Call("f()", "0"))
    zero, again = await runner.execute(job), await runner.execute(job)
    other = await runner.execute(replace(job, hash_seed=7))
    assert zero.facts[0].value == again.facts[0].value != other.facts[0].value
    assert (await runner.execute(job)).facts[0].value == zero.facts[0].value


async def test_other_limits_are_other_walls(runner: Runner) -> None:
    code = "def f(): return len(bytearray(100 << 20) * 2)"
    for memory, expected in ((400, Status.PASSED), (64, Status.OUT_OF_MEMORY)):
        job = literal(code, Call("f()", str(200 << 20)), limits=replace(LIMITS, memory_mb=memory))
        outcome = await runner.execute(job)
        assert outcome.status in (expected, Status.ERRORED) if runner.name == "process" else (expected,), outcome


async def test_outcomes_keep_the_jobs_order_and_jobs_are_taken_as_needed(runner: Runner) -> None:
    taken = 0

    def jobs() -> Iterator[Job]:
        nonlocal taken
        for index in range(60):
            taken += 1
            yield literal(f"def f(): return {index}", Call("f()", str(index)))

    seen = []
    async for outcome in runner.run(jobs()):
        seen.append(int(outcome.facts[0].value))
        assert taken - len(seen) <= runner.slots * 4 + 1
    assert seen == list(range(60))
    assert len([1 async for _ in runner.run(jobs(), ordered=False)]) == 60


async def test_leaving_a_run_early_leaves_the_runner_usable(runner: Runner) -> None:
    endless = (literal(f"def f(): return {index}", Call("f()", str(index))) for index in range(10**9))
    run = runner.run(endless)
    async for _ in run:
        break
    await run.aclose()
    waiting = asyncio.create_task(runner.execute(literal("import time\ntime.sleep(9)", Call("f()", "1"))))
    await asyncio.sleep(0.05)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    outcome = await runner.execute(literal("def f(): return 1", Call("f()", "1")))
    assert outcome.status is Status.PASSED


async def test_many_at_once_all_get_their_own_answer(runner: Runner) -> None:
    jobs = [literal(f"def f(): return {index}", Call("f()", str(index))) for index in range(40)]
    outcomes = await asyncio.gather(*map(runner.execute, jobs))
    assert [outcome.facts[0].value for outcome in outcomes] == [str(index) for index in range(40)]

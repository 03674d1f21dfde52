"""Java suites as practitioners write them: a fact for each test; functions of many types; forgeries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import NeutralCase
from codefactory.runner.base import Runner, open_runner
from codefactory.types import Assurance, Case, Job, Outcome, Status
from tests.languages.conftest import require_language
from tests.languages.java_programs import ADD, BANK, CLASSES, HOSTILE, PARAMETERS, SCRIPT, SUITE, TWO, VINTAGE
from tests.languages.native_suites import ERROR, FAIL, NOT, OK, cases_run, facts, suite_run

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.docker]
JAVA: Language = LANGUAGES.load("java")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def runner() -> AsyncIterator[Runner]:
    require_language("java")
    async with open_runner("docker", slots=1, language="java") as opened:
        yield opened


async def ran(runner: Runner, code: str, source: str) -> Outcome:
    return await suite_run(runner, "java", code, source)


async def answered(runner: Runner, body: str, *cases: NeutralCase) -> Outcome:
    code = f"import java.util.*;\n\npublic class Solution {{\n    {body}\n}}\n"
    return await cases_run(runner, "java", code, *cases)


async def test_every_test_gets_its_own_fact(runner: Runner) -> None:
    outcome = await ran(runner, BANK, SUITE)
    assert facts(outcome) == {
        "startsEmpty": OK, "deposits": OK, "refusesNothing": OK, "isQuick": OK, "wrong": FAIL, "errors": ERROR,
        "disabled": NOT, "assumed": NOT, "others": OK, "withdraws": OK, "refusesTooMuch": OK, "neverRuns": ERROR,
    }, outcome  # fmt: skip
    assert outcome.status is FAIL
    assert "on purpose" in outcome.detail


async def test_what_ends_a_class_ends_its_tests_and_no_others(runner: Runner) -> None:
    outcome = await ran(runner, ADD, CLASSES)
    assert facts(outcome) == {"a": ERROR, "b": ERROR, "c": OK}, outcome


async def test_tests_that_are_made_by_parameters_are_one(runner: Runner) -> None:
    right = await ran(runner, ADD, PARAMETERS)
    assert (facts(right), right.facts[0].value) == ({"suite": OK}, "8 tests"), right
    assert facts(await ran(runner, ADD.replace("a + b", "a * b"), PARAMETERS)) == {"suite": FAIL}


async def test_suites_of_junit_4_are_read_too(runner: Runner) -> None:
    outcome = await ran(runner, ADD, VINTAGE)
    assert facts(outcome) == {"adds": OK, "throwsUp": OK, "wrong": FAIL, "left": NOT}, outcome


@pytest.mark.parametrize(
    ("body", "value", "expected"),
    [
        ("static long f(List<Integer> xs) { Collections.sort(xs); return xs.get(0); }", [2, 1], 1),
        ("static int f(List<List<String>> xs) { return xs.size(); }", [[], ["a"]], 2),
        ("static List<String> f(List<String> xs) { xs.add(\"b\"); return xs; }", [], ["b"]),
        ("static double f(Map<String, Double> m) { return m.get(\"a\"); }", {"a": 1.5}, 1.5),
        ("static Map<String, List<Integer>> f(String s) { return Map.of(s, List.of(1)); }", "é", {"é": [1]}),
        ("static Optional<Integer> f(Integer x) { return Optional.ofNullable(x); }", None, None),
        ("static int[][] f(int n) { return new int[][] {{n}, {}}; }", 3, [[3], []]),
        ("static char f(String s) { return s.charAt(0); }", "abc", "a"),
        ("static Object f(long n) { return new Object[] {n, 0.1f, \"x\", true, null}; }", 5, [5, 0.1, "x", True, None]),
        ("static java.math.BigInteger f(int n) { return java.math.BigInteger.valueOf(n).pow(2); }", 1 << 20, 1 << 40),
        ("static Deque<Integer> f(Collection<Integer> xs) { return new ArrayDeque<>(xs); }", [1, 2], [1, 2]),
        ("record P(int x) {}\n    static int f(int n) { return new P(n).x(); }", 7, 7),
    ],
)  # fmt: skip
async def test_values_are_read_as_what_they_are(runner: Runner, body: str, value: Any, expected: Any) -> None:
    outcome = await answered(runner, body, NeutralCase("x", (value,), expected), NeutralCase("y", (value,), "no"))
    assert [fact.status for fact in outcome.facts] == [OK, FAIL], outcome


async def test_what_is_thrown_is_named_and_ends_no_other_case(runner: Runner) -> None:
    body = "static int f(int n) throws Exception { return n == 0 ? f(n) + 1 : 1 / (n - 1); }"
    cases = [NeutralCase("deep", (0,), 1), NeutralCase("zero", (1,), raises=True), NeutralCase("two", (2,), 1)]
    outcome = await answered(runner, body, *cases)
    assert [fact.status for fact in outcome.facts] == [ERROR, OK, OK], outcome
    assert outcome.facts[0].value == "!java.lang.StackOverflowError"


async def test_what_does_not_compile_says_why(runner: Runner) -> None:
    outcome = await answered(runner, 'static int f(int x) { return "a"; }', NeutralCase("x", (1,), 1))
    assert outcome.status is Status.SYNTAX
    assert "String cannot be converted to int" in outcome.detail


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("return x + y;", OK),
        ("return x * y;", FAIL),
        ("throw new RuntimeException();", ERROR),
        ("System.exit(0); return 0;", NOT),
    ],
)
async def test_a_script_is_one_test_to_its_end(runner: Runner, body: str, status: Status) -> None:
    code = f"class Problem {{\n    public static long add(long x, long y) {{\n        {body}\n"
    case = (Case("suite", ""),)
    job = Job("java", code, "", case, f"=== file: script\n{SCRIPT}", Assurance.SHARED, JAVA.limits)
    assert (await runner.execute(job)).status is status


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_forgery_is_never_a_pass(runner: Runner, name: str) -> None:
    outcome = await ran(runner, HOSTILE[name], TWO)
    assert outcome.status not in (Status.PASSED, Status.BROKEN), outcome
    honest = await ran(runner, ADD, TWO)
    assert honest.status is Status.PASSED, honest

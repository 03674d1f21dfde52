"""C++ suites as practitioners write them: a fact for each test; functions of kindred types; forgeries."""

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
from tests.languages.cpp_programs import ADD, FORGED_VALUE, HOSTILE, PARAMETERS, SCRIPT, STACK, SUITE, TWO
from tests.languages.native_suites import ERROR, FAIL, NOT, OK, cases_run, facts, suite_run

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.docker]
CPP: Language = LANGUAGES.load("cpp")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def runner() -> AsyncIterator[Runner]:
    require_language("cpp")
    async with open_runner("docker", slots=1, language="cpp") as opened:
        yield opened


async def ran(runner: Runner, code: str, source: str) -> Outcome:
    return await suite_run(runner, "cpp", code, source)


async def answered(runner: Runner, code: str, *cases: NeutralCase) -> Outcome:
    return await cases_run(runner, "cpp", code, *cases)


async def test_every_test_gets_its_own_fact(runner: Runner) -> None:
    outcome = await ran(runner, STACK, SUITE)
    assert facts(outcome) == {
        "StartsEmpty": OK, "PopsInReverse": OK, "ThrowsWhenEmpty": OK, "NoThrow": OK, "Wrong": FAIL, "Errors": ERROR,
        "Skipped": NOT, "DISABLED_Later": NOT, "Helper": OK, "Compare": OK, "Answer": OK, "NeverCalled": FAIL,
        "Scoped": OK,
    }, outcome  # fmt: skip
    assert outcome.status is FAIL
    assert "on purpose" in outcome.detail


async def test_tests_that_are_made_by_parameters_are_one(runner: Runner) -> None:
    right = await ran(runner, ADD, PARAMETERS)
    assert (facts(right), right.facts[0].value) == ({"suite": OK}, "4 tests"), right
    assert facts(await ran(runner, ADD.replace("a + b", "a * b"), PARAMETERS)) == {"suite": FAIL}


@pytest.mark.parametrize("include", ['#include "add.h"', '#include "solution.cpp"', '#include "../src/add.hpp"', ""])
async def test_a_suite_may_call_the_solution_what_it_likes(runner: Runner, include: str) -> None:
    outcome = await ran(runner, ADD, TWO.replace('#include "add.h"', include))
    assert facts(outcome) == {"One": OK, "Two": OK}, outcome


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("long long f(const std::vector<long long>& xs) { return std::accumulate(xs.begin(), xs.end(), 0LL); }",
         [1, 1 << 40], 1 + (1 << 40)),
        ("long long f(std::vector<long long> xs) { return xs.size(); }", [1, 2], 2),
        ("std::vector<std::string> f(std::vector<std::string> xs) { return xs; }", [], []),
        ("std::size_t f(const std::unordered_map<std::string, double>& m) { return m.size(); }", {"a": 1, "b": 2}, 2),
        ("std::map<std::string, int> f(std::string_view s) { return {{std::string(s), 1}}; }", "é", {"é": 1}),
        ("std::optional<int> f(std::optional<int> x) { return x; }", None, None),
        ("std::pair<int, long> f(int x) { return {x, 2}; }", 1, [1, 2]),
        ("std::vector<bool> f(const std::deque<bool>& xs) { return {xs.begin(), xs.end()}; }", [True, False],
         [True, False]),
        ("template <class T>\nT f(const std::vector<T>& xs) { return xs.at(0); }", [1.5], 1.5),
        ("auto f(auto x) { return std::tuple(x, 0.1f); }", 2, [2, 0.1]),
        ("#define int long long\nint f(std::vector<int> xs) { return xs[0]; }\nsigned main() {}", [3], 3),
        ("std::vector<std::vector<char>> f(std::vector<std::vector<char>> xs) { return xs; }", [["a"]], [["a"]]),
    ],
)  # fmt: skip
async def test_arguments_are_what_the_function_asks_for(runner: Runner, code: str, value: Any, expected: Any) -> None:
    outcome = await answered(runner, code, NeutralCase("x", (value,), expected), NeutralCase("y", (value,), "no"))
    assert [fact.status for fact in outcome.facts] == [OK, FAIL], outcome


async def test_what_is_thrown_is_named_and_ends_no_other_case(runner: Runner) -> None:
    code = "#include <vector>\nint f(std::vector<int> xs) { return xs.at(0); }\n"
    cases = [NeutralCase("none", ([],), raises=True), NeutralCase("one", ([1],), 1), NeutralCase("bad", ([],), 1)]
    outcome = await answered(runner, code, *cases)
    assert [fact.status for fact in outcome.facts] == [OK, OK, ERROR]
    assert outcome.facts[2].value == "!std::out_of_range"


async def test_what_does_not_compile_says_why(runner: Runner) -> None:
    outcome = await answered(runner, 'int f(int x) { return "a"; }\n', NeutralCase("x", (1,), 1))
    assert outcome.status is Status.SYNTAX
    assert "invalid conversion" in outcome.detail


async def test_a_crash_is_a_crash(runner: Runner) -> None:
    outcome = await answered(runner, "int f(int x) { int* p = nullptr; return *p; }\n", NeutralCase("x", (1,), 1))
    assert outcome.status is Status.CRASHED, outcome


@pytest.mark.parametrize(
    ("body", "status"),
    [("return x + y;", OK), ("return x * y;", FAIL), ("throw x;", ERROR), ("exit(0);", NOT)],
)
async def test_a_script_is_one_test_to_its_end(runner: Runner, body: str, status: Status) -> None:
    code = f"#define NDEBUG\n#include <bits/stdc++.h>\nlong add(long x, long y) {{\n    {body}\n"
    case = (Case("suite", ""),)
    job = Job("cpp", code, "", case, f"=== file: script\n{SCRIPT}", Assurance.SHARED, CPP.limits)
    assert (await runner.execute(job)).status is status


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_forgery_is_never_a_pass(runner: Runner, name: str) -> None:
    outcome = await ran(runner, HOSTILE[name], TWO)
    assert outcome.status not in (Status.PASSED, Status.BROKEN), outcome
    honest = await ran(runner, ADD, TWO)
    assert honest.status is Status.PASSED, honest


async def test_a_forged_value_is_not_believed(runner: Runner) -> None:
    assert (await answered(runner, FORGED_VALUE, NeutralCase("x", (1, 2), 3))).status is not Status.PASSED

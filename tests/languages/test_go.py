"""Go suites as practitioners write them: a fact for each test function, whatever else the file holds; and forgeries."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.runner.base import Runner, open_runner
from codefactory.types import Outcome, Status
from tests.languages.conftest import require_language
from tests.languages.go_programs import ADD, FOLDERS, HOSTILE, INSIDE, OUTSIDE, SHAPES, STACK, TWO, hostile
from tests.languages.native_suites import ERROR, FAIL, NOT, OK, facts, suite_run

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.docker]
GO: Language = LANGUAGES.load("go")
USED = "\nvar _ = os.Exit\n"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def runner() -> AsyncIterator[Runner]:
    require_language("go")
    async with open_runner("docker", slots=1, language="go") as opened:
        yield opened


async def ran(runner: Runner, code: str, source: str, name: str = "") -> Outcome:
    return await suite_run(runner, "go", code, source, name)


async def test_every_test_function_gets_its_own_fact(runner: Runner) -> None:
    outcome = await ran(runner, STACK, INSIDE)
    assert facts(outcome) == {
        "TestReady": OK, "TestPushPop": OK, "TestEmpty": OK, "TestWrong": FAIL, "TestPanics": ERROR,
        "TestPanicsInside": ERROR, "TestSkipped": NOT, "TestParallelOne": OK, "TestParallelTwo": FAIL,
        "TestCleanup": OK, "FuzzPush": OK,
    }, outcome  # fmt: skip
    assert outcome.status is FAIL
    assert "got 1, want 2" in outcome.detail


@pytest.mark.parametrize(
    ("code", "source", "expected"),
    [
        (STACK, OUTSIDE, {"TestOutside": OK, "TestInside": OK}),
        (FOLDERS, SHAPES, {"TestSquare": OK}),
        (ADD, TWO, {"TestOne": OK, "TestTwo": OK}),
        (ADD.replace("a + b", "a * b"), TWO, {"TestOne": FAIL, "TestTwo": OK}),
        (ADD, TWO + "\nfunc TestMain(m *testing.M) { m.Run() }\n", {"TestOne": OK, "TestTwo": OK}),
    ],
)
async def test_files_and_folders_are_packages(
    runner: Runner, code: str, source: str, expected: dict[str, Status]
) -> None:
    outcome = await ran(runner, code, source)
    assert facts(outcome) == expected, outcome


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_forgery_is_never_a_pass(runner: Runner, name: str) -> None:
    outcome = await ran(runner, hostile(name), TWO)
    assert outcome.status not in (Status.PASSED, Status.BROKEN), outcome
    honest = await ran(runner, ADD, TWO)
    assert honest.status is Status.PASSED, honest


async def test_an_end_that_fails_after_tests_that_hold_is_no_pass(runner: Runner) -> None:
    for end in ("m.Run(); panic(1)", "os.Exit(m.Run() + 3)"):
        main = f"\nfunc TestMain(m *testing.M) {{ {end} }}\n"
        suite = TWO.replace('import "testing"', 'import (\n\t"os"\n\t"testing"\n)') + main + USED
        outcome = await ran(runner, ADD, suite)
        assert outcome.status is Status.INCOMPLETE, outcome

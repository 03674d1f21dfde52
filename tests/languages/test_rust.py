"""Rust suites as practitioners write them: a fact for each `#[test]`, whatever else the file holds; and forgeries."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.runner.base import Runner, open_runner
from codefactory.types import Outcome, Status
from tests.languages.conftest import require_language
from tests.languages.native_suites import ERROR, FAIL, NOT, OK, facts, suite_run
from tests.languages.rust_programs import ADD, BANK, FOLDERS, FORGE, HOSTILE, INSIDE, OUTSIDE, SHAPES, TWO

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.docker]
RUST: Language = LANGUAGES.load("rust")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def runner() -> AsyncIterator[Runner]:
    require_language("rust")
    async with open_runner("docker", slots=1, language="rust") as opened:
        yield opened


async def ran(runner: Runner, code: str, source: str) -> Outcome:
    return await suite_run(runner, "rust", code, source)


async def test_every_test_gets_its_own_fact(runner: Runner) -> None:
    outcome = await ran(runner, BANK, INSIDE)
    assert facts(outcome) == {
        "deposits_add_up": OK, "a_wrong_expectation": FAIL, "withdraws": OK, "ends_with_an_error": ERROR,
        "panics_as_it_should": OK, "does_not_panic": FAIL, "left_out": NOT, "unwraps_nothing": ERROR,
        "sees_what_is_private": OK, "overflows": ERROR, "threads_agree": OK,
    }, outcome  # fmt: skip
    assert outcome.status is FAIL
    assert "that is not 16" in outcome.detail


@pytest.mark.parametrize(
    ("code", "source", "expected"),
    [
        (BANK, OUTSIDE, {"a_stranger_has_no_account": OK}),
        (FOLDERS, SHAPES, {"area": OK, "name": OK}),
        (ADD, TWO, {"one": OK, "two": OK}),
        (ADD.replace("a + b", "a * b"), TWO, {"one": FAIL, "two": OK}),
        (ADD, "#![allow(unused)]\n" + TWO, {"one": OK, "two": OK}),
    ],
)
async def test_a_suite_stands_inside_the_crate_or_outside(
    runner: Runner, code: str, source: str, expected: dict[str, Status]
) -> None:
    outcome = await ran(runner, code, source)
    assert facts(outcome) == expected, outcome


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_forgery_is_never_a_pass(runner: Runner, name: str) -> None:
    outcome = await ran(runner, FORGE + HOSTILE[name], TWO)
    assert outcome.status not in (Status.PASSED, Status.BROKEN), outcome
    honest = await ran(runner, ADD, TWO)
    assert honest.status is Status.PASSED, honest

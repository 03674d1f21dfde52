"""Runs a language's own suites and literal cases in one slot of it, for the tests of single languages."""

from __future__ import annotations

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import NeutralCase, compile_cases
from codefactory.runner.base import Runner
from codefactory.types import Assurance, Job, Outcome, Status

OK, FAIL, ERROR, NOT = Status.PASSED, Status.FAILED, Status.ERRORED, Status.INCOMPLETE


async def suite_run(runner: Runner, language: str, code: str, source: str, name: str = "") -> Outcome:
    """A native suite against a candidate, in one process with it."""
    known: Language = LANGUAGES.load(language)
    suite = known.read_suite(source, name)
    return await runner.execute(Job(language, code, name, suite.cases, suite.preamble, Assurance.SHARED, known.limits))


async def cases_run(runner: Runner, language: str, code: str, *cases: NeutralCase) -> Outcome:
    """Literal cases of `f`, compared by the host."""
    known: Language = LANGUAGES.load(language)
    assert known.notation is not None
    suite = compile_cases(known.notation, "f", cases).suite
    return await runner.execute(Job(language, code, "f", suite.cases, limits=known.limits))


def facts(outcome: Outcome) -> dict[str, Status]:
    """How each test ended, by its name."""
    return {fact.name: fact.status for fact in outcome.facts}

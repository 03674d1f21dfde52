"""Rows of a corpus in any language: a right program, its tests, and a wrong answer that those refuse."""

from __future__ import annotations

from pathlib import Path

from benchmarks.languages import PROGRAMS
from codefactory.corpus import store
from codefactory.corpus.formats import export
from codefactory.filters.base import Funnel
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import NeutralCase, compile_cases
from codefactory.measures import Attempt
from codefactory.types import Problem, Record, Solution
from tests.languages.conftest import FAILING

CASES = (NeutralCase("one", (1,), 2), NeutralCase("many", (20,), 21), NeutralCase("below zero", (-3,), -2))
STATEMENT = "The number after `x`: write `f(x)`."


def record(name: str, number: int = 0, *, native: bool = False, policy: str = "own_tests") -> Record:
    """A row whose suite is literal, or a file of the language's own framework as somebody would have written it."""
    language: Language = LANGUAGES.load(name)
    assert language.notation is not None
    compiled = compile_cases(language.notation, "f", CASES)
    suite = language.read_suite(compiled.native, "f") if native else compiled.suite
    code = PROGRAMS[name](number)
    return Record(Problem(STATEMENT, "f", name), Solution(code), suite, policy=policy, draft_id=name, split="train")


def attempt(name: str) -> Attempt:
    """An answer to the same problem that fails in every case."""
    row = record(name)
    return Attempt(name, row.problem.id, FAILING[name], "failed", 0, 3, row.tests.cases[0].source, "!Exception")


def exported(folder: Path, records: list[Record], attempts: list[Attempt], *formats: str) -> Path:
    """The export of a corpus with these rows."""
    funnel = Funnel()
    for _ in records:
        funnel.keep()
    store.write(folder / "corpus", records, funnel, {}, attempts)
    export(folder / "corpus", folder / "export", formats or ["all"])
    return folder / "export"

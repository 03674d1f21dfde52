"""Mutants of people's programs in their own images: nearly all of them run, and the programs' own tests kill most."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

import pytest

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.runner.base import open_runner
from codefactory.tracks import job
from codefactory.types import Problem, Record, Solution, Status
from codefactory.verify.mutants import mutants
from tests.languages.conftest import require_language
from tests.tasks.test_other_languages import track
from tests.verify.haskell_programs import PROGRAMS, program, suite

COUNT, EACH = 10, 5
CPU_S = 3.0  # of which a solution takes a fifth at most, its compiler's included; a mutant may loop
# Share of mutants that are programs at least, and of those the share that the tests kill. Types refuse some of OCaml's.
BARS = {"ocaml": (0.8, 0.6), "r": (0.95, 0.6), "racket": (0.95, 0.6), "haskell": (0.8, 0.6)}


def people_wrote(name: str) -> list[Record]:
    """Programs with their own tests."""
    if name != "haskell":
        return track(name)
    language: Language = LANGUAGES.load(name)
    return [
        Record(
            Problem(one, one, name), Solution(program(one)), language.read_suite(suite(one), one), name=one, split=name
        )
        for one in PROGRAMS
    ]


def chosen(name: str) -> list[Record]:
    """Some programs, always the same, that have something to change."""
    language: Language = LANGUAGES.load(name)
    assert language.mutations is not None
    table = language.mutations
    able = [one for one in people_wrote(name) if len(mutants(one.solution.code, name, table, 2 * EACH)) == 2 * EACH]
    return sorted(able, key=lambda one: hashlib.sha256(one.name.encode()).digest())[:COUNT]


@pytest.mark.slow
@pytest.mark.docker
@pytest.mark.parametrize("name", BARS)
async def test_mutants_are_programs_and_native_tests_kill_most(name: str) -> None:
    require_language(name)
    language: Language = LANGUAGES.load(name)
    assert language.mutations is not None
    counted: Counter[str] = Counter()
    async with open_runner("docker", slots=2, language=name) as runner:
        for record in chosen(name):
            made = mutants(record.solution.code, name, language.mutations, EACH)
            jobs = [job(record, code) for code in (record.solution.code, *(one.code for one in made))]
            jobs = [replace(one, limits=replace(one.limits, cpu_s=CPU_S)) for one in jobs]
            right, *outcomes = [outcome async for outcome in runner.run(jobs)]
            assert right.status is Status.PASSED, (record.name, right.detail)
            counted.update(outcome.status for outcome in outcomes)
    ran = counted.total() - counted[Status.SYNTAX]
    programs, killed = BARS[name]
    assert counted[Status.BROKEN] == 0
    assert counted.total() == COUNT * EACH
    assert ran / counted.total() >= programs, counted
    assert (ran - counted[Status.PASSED]) / ran >= killed, counted

"""The verbs about languages: a table of them, and a table of what a track's own solutions come to."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from codefactory.errors import CodefactoryError, InputError
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Canary, Language
from codefactory.languages.neutral import NeutralCase
from codefactory.runner.base import Runner, open_runner
from codefactory.runner.engine import client, engine_answers
from codefactory.runner.images import image_digest, packages, tag
from codefactory.tasks.base import load
from codefactory.types import Call, Case, Job, Outcome, Status

console = Console(highlight=False, soft_wrap=True)
SEPARATED = "compared, separated, shared"
NATIVE = "compared, shared"
PYTHON = ("python3", "python3-pytest")


def list_languages(check: bool) -> None:
    """Print the table; with `check`, every canary of each language whose image is built.

    Raises:
        CodefactoryError: with `check`, if a wall does not stand, after the table.
    """
    table = Table(title="languages", title_justify="left")
    for column in ("language", "in the image", "suites", "assurance", "hostile programs", "image"):
        table.add_column(column)
    open_walls = []
    engine = client() if engine_answers() else None
    for name in LANGUAGES:
        language: Language = LANGUAGES.load(name)
        digest = image_digest(engine, tag(name)) if engine else ""
        walls = str(len(language.canaries) or "its own table")
        if check and digest and language.canaries:
            bad = asyncio.run(_checked(language))
            open_walls += [f"{name}: {line}" for line in bad]
            walls = f"{len(language.canaries) - len(bad)} of {len(language.canaries)} hold"
        versions = _versions(engine, digest, name) if digest else ""
        about = language.about or "pytest, unittest, asserts"
        built = digest[7:19] or f"codefactory sandbox build {name}"
        table.add_row(name, versions, about, NATIVE if language.notation else SEPARATED, walls, built)
    console.print(table)
    for line in open_walls:
        console.print(f"NOT ENFORCED: {line}", markup=False)
    if open_walls:
        raise CodefactoryError(f"{len(open_walls)} hostile programs did not get the verdict that is right for them")


def _versions(engine: object, digest: str, name: str) -> str:
    """The packages that matter, as the image has them."""
    query = ["-W", "-f=${Package} ${Version}\\n", *(packages(name)[:2] or PYTHON)]
    said = engine.containers.run(  # type: ignore[attr-defined]
        digest, query, entrypoint="/usr/bin/dpkg-query", remove=True, network_mode="none"
    )
    found = (line.split(" ", 1) for line in said.decode().splitlines())
    return ", ".join(f"{package} {re.split('[+-]', version)[0]}" for package, version in found)


def canary_job(language: Language, canary: Canary) -> Job:
    """A canary as a job: one literal case. What spins is ended soon; nothing here idles, so a busy machine may."""
    assert language.notation is not None
    call = language.notation.call("f", ["1", "2"])
    answer = language.notation.answer(call, NeutralCase("canary", (1, 2), 3))
    limits = replace(language.limits, wall_s=60.0, cpu_s=language.limits.cpu_s / 2)
    return Job(language.name, canary.code, "f", (Case("canary", "", Call(answer, "3")),), limits=limits)


async def _checked(language: Language) -> list[str]:
    """What did not get its verdict."""
    async with open_runner(slots=1, language=language.name) as runner:
        ended = [(canary, await _run(runner, language, canary)) for canary in language.canaries]
    return [f"{canary.name}: {end.status} {end.detail}" for canary, end in ended if end.status not in canary.good]


async def _run(runner: Runner, language: Language, canary: Canary) -> Outcome:
    return await runner.execute(canary_job(language, canary))


def check_tracks(names: Sequence[str]) -> None:
    """Print the table by track, then every task that did not do as it should.

    Raises:
        InputError: if a track does not hold.
    """
    from codefactory.tracks import BAR, Track, check

    records = [record for name in names for record in load(name)]
    rows: list[Track] = asyncio.run(check(records, say=console.print))
    table = Table(title="example solutions and stubs on their own tests", title_justify="left")
    for column in ("track", "tasks", "tests run", "solutions pass", "cannot pass", "stubs that pass"):
        table.add_column(column, justify="left" if column == "track" else "right")
    for row in rows:
        able = row.tasks - len(row.lacking)
        passed = f"{len(row.passed)} of {able} ({row.share:.1%})"
        table.add_row(
            row.name, str(row.tasks), f"{row.tests:,}", passed, str(len(row.lacking)), str(len(row.stubs_passed))
        )
    console.print(table)
    for row in rows:
        for name, why in (row.lacking | row.failed).items():
            console.print(f"{name}: {why}", markup=False)
        for name in row.stubs_passed:
            console.print(f"{name}: its stub passes ({Status.PASSED})", markup=False)
    below = [row.name for row in rows if not row.holds]
    if below:
        raise InputError(f"{', '.join(below)}: below {BAR:.0%} of the solutions, or a stub passes")


def check_canonical(path: Path, names: Sequence[str]) -> None:
    """Print the table by track of canonical cases beside native tests, then all that differs or was not compared.

    Raises:
        InputError: if a track does not hold.
    """
    from codefactory.canonical import BAR, Agreement, check
    from codefactory.tasks.exercism_canonical import read

    records = [record for name in names for record in load(name)]
    rows: list[Agreement] = asyncio.run(check(records, read(path), say=console.print))
    table = Table(title="canonical cases beside the tracks' own tests", title_justify="left")
    for column in (
        "track",
        "exercises",
        "compared",
        "agree",
        "cases",
        "other interface",
        "free",
        "need what is absent",
    ):
        table.add_column(column, justify="left" if column == "track" else "right")
    for row in rows:
        compared = len(row.agreed) + len(row.differing)
        others = (len(row.other), len(row.free), len(row.lacking))
        agree = f"{len(row.agreed)} ({row.share:.1%})"
        table.add_row(row.name, str(row.exercises), str(compared), agree, f"{row.cases:,}", *map(str, others))
    console.print(table)
    for row in rows:
        left_out = ", ".join(f"{slug} {count}" for slug, count in sorted(row.left_out.items()) if count)
        console.print(f"{row.name}: cases left out: {left_out or 'none'}", markup=False)
        for name, why in (row.lacking | row.free | row.differing).items():
            console.print(f"{name}: {why}", markup=False)
        if row.other:
            console.print(f"{row.name}: another interface: {', '.join(sorted(row.other))}", markup=False)
    below = [row.name for row in rows if not row.holds]
    if below:
        raise InputError(
            f"{', '.join(below)}: the two agree on fewer than {BAR:.0%} of the exercises that were compared"
        )

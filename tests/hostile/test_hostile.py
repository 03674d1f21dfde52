"""Every hostile program in every runner: its verdict is a right one, and the next honest job finds nothing left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import pytest_asyncio

from codefactory.runner.base import Runner, open_runner
from codefactory.types import Assurance, Call, Case, Job, Status
from tests.hostile.forgeries import FORGERIES
from tests.hostile.program import LIMITS, Hostile
from tests.hostile.programs import PROGRAMS
from tests.hostile.suites import STDOUT_JOB, SUITES, BadSuite
from tests.runner.conftest import require

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROBE = """
import json, os, sys
def left():
    folders = [f for f in ('/box', '/dev/shm', '/tmp') if os.path.isdir(f)]
    files = [name for f in folders for name in os.listdir(f)]
    processes = [p for p in os.listdir('/proc') if p.isdigit() and p not in ('1', str(os.getpid()))]
    memory = []
    for table in ('shm', 'msg', 'sem'):
        try: memory += open(f'/proc/sysvipc/{table}').read().splitlines()[1:]
        except OSError: pass
    return files + processes + memory
def loads():
    return json.loads('[1]')
"""


def probe() -> Job:
    """An honest job that also answers with whatever the job before it has left."""
    cases = (Case("nothing left", "", Call("left()", "[]")), Case("imports its own", "", Call("loads()", "[1]")))
    return Job("python", PROBE, "left", cases, limits=LIMITS)


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=["docker", "namespace"])
async def runner(request: pytest.FixtureRequest) -> AsyncIterator[Runner]:
    """One slot, so that the probe runs where the program has run."""
    require(request.param)
    os.environ["HOSTILE_SECRET"] = "not to be seen inside"
    async with open_runner(request.param, slots=1) as opened:
        yield opened


async def check_clean(runner: Runner) -> None:
    outcome = await runner.execute(probe())
    assert outcome.status is Status.PASSED, outcome


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: f"{program.number} {program.name}")
async def test_a_hostile_program_gets_its_verdict_and_leaves_nothing(runner: Runner, program: Hostile) -> None:
    if program.only not in ("", runner.name):
        pytest.skip(f"a wall of the {program.only} runner")
    started = time.monotonic()
    outcome = await runner.execute(program.job())
    took = time.monotonic() - started
    assert outcome.status in program.statuses, outcome
    assert len(outcome.stdout_tail) <= 2048
    assert program.within_s == 0 or took < program.within_s * 2, f"took {took:.1f} s"
    await check_clean(runner)


@contextmanager
def starved() -> Iterator[None]:
    """Ten others for every core, each with a share of its own."""
    command = [sys.executable, "-c", "while True: pass"]
    others = [subprocess.Popen(command, start_new_session=True) for _ in range(10 * (os.cpu_count() or 1))]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


async def test_a_starved_job_whose_children_work_is_not_idle(runner: Runner) -> None:
    """Main sleeps; what its children would do is what counts, however late they come to it."""
    program = next(program for program in PROGRAMS if program.number == "4")
    with starved():
        outcome = await runner.execute(program.job())
    assert outcome.status is Status.OUT_OF_MEMORY, outcome
    await check_clean(runner)


@pytest.mark.parametrize("program", FORGERIES, ids=lambda program: f"{program.number} {program.name}")
async def test_a_forgery_does_not_pass_in_two_processes_either(runner: Runner, program: Hostile) -> None:
    outcome = await runner.execute(program.job(Assurance.SEPARATED))
    assert (outcome.status is Status.PASSED) == (program.statuses == (Status.PASSED,)), outcome
    await check_clean(runner)


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: f"{suite.number} {suite.name}")
async def test_a_bad_suite_never_passes_and_says_why(runner: Runner, suite: BadSuite) -> None:
    outcome = await runner.execute(suite.job)
    assert outcome.status in suite.statuses, outcome
    assert suite.reason in outcome.detail, outcome
    await check_clean(runner)


async def test_300_kb_of_right_output_pass(runner: Runner) -> None:
    assert (await runner.execute(STDOUT_JOB)).status is Status.PASSED
    worse = replace(STDOUT_JOB, code="print('x' * 299_999)")
    assert (await runner.execute(worse)).status is Status.FAILED

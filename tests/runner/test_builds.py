"""A compile step is a job of its own: same walls, one artefact, kept by content, and its own verdict when it fails."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from codefactory.errors import SandboxError
from codefactory.runner.base import open_runner
from codefactory.runner.builds import Builds
from codefactory.runner.pool import Pool
from codefactory.types import Assurance, Build, Call, Case, Check, Job, Limits, Status
from tests.runner.conftest import require

pytestmark = pytest.mark.asyncio(loop_scope="module")
LIMITS = Limits(cpu_s=1.0, wall_s=3.0, memory_mb=128, output_kb=64, disk_mb=16)
READS = "def f():\n    return open('table.txt').read()\n"


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=["docker", "namespace"])
async def runner(request: pytest.FixtureRequest) -> AsyncIterator[Pool]:
    require(request.param)
    async with open_runner(request.param, slots=1) as opened:
        assert isinstance(opened, Pool)
        yield opened


def script(text: str, *files: tuple[str, str], artefact: str = "table.txt") -> Build:
    """A compile step in Python: `text` is what it does."""
    return Build((("make.py", text), *files), ("python3", "make.py"), artefact, cpu_s=1.0, wall_s=3.0)


def table(words: str) -> Build:
    """An honest one: makes a table of the words in a source."""
    return script("text = open('words/all').read()\nopen('table.txt', 'w').write(text.upper())", ("words/all", words))


def job(build: Build, expected: str, code: str = READS, assurance: Assurance = Assurance.COMPARED) -> Job:
    cases = (Case("case", f"assert f() == {expected!r}", Call("f()", repr(expected))),)
    return Job("python", code, "f", cases, assurance=assurance, limits=LIMITS, build=build)


@pytest.mark.parametrize("assurance", list(Assurance))
async def test_the_artefact_lies_in_the_working_folder_at_every_level(runner: Pool, assurance: Assurance) -> None:
    outcome = await runner.execute(job(table(f"at {assurance}"), f"AT {assurance.upper()}", assurance=assurance))
    assert outcome.status is Status.PASSED, outcome
    assert outcome.assurance is assurance


async def test_a_script_finds_the_artefact_for_each_stdin(runner: Pool) -> None:
    calls = [Call(text, f"ALL {text}", Check.STDOUT) for text in ("1", "2")]
    cases = tuple(Case(call.expression, "", call) for call in calls)
    code = "print(open('table.txt').read(), input())"
    outcome = await runner.execute(Job("python", code, "", cases, limits=LIMITS, build=table("all")))
    assert outcome.status is Status.PASSED, outcome


async def test_what_was_made_once_is_not_made_again(runner: Pool) -> None:
    before = (runner.builds.hits, runner.builds.misses)
    for words in ("one", "two", "one", "one"):
        assert (await runner.execute(job(table(words), words.upper()))).status is Status.PASSED
    other = f"{READS}\n# another candidate\n"
    assert (await runner.execute(job(table("two"), "TWO", other))).status is Status.PASSED
    assert (runner.builds.hits - before[0], runner.builds.misses - before[1]) == (3, 2)


async def test_jobs_that_wait_for_the_same_build_wait_for_one(runner: Pool) -> None:
    before = runner.builds.misses
    outcomes = await asyncio.gather(*(runner.execute(job(table("many"), "MANY")) for _ in range(6)))
    assert [outcome.status for outcome in outcomes] == [Status.PASSED] * 6
    assert runner.builds.misses == before + 1


async def test_the_artefact_can_be_executed(runner: Pool) -> None:
    program = script("open('program', 'w').write('#!/bin/sh\\necho made')", artefact="program")
    code = "import subprocess\ndef f():\n    return subprocess.check_output(['./program'], text=True)"
    outcome = await runner.execute(job(program, "made\n", code))
    assert outcome.status is Status.PASSED, outcome


async def test_a_c_program_is_compiled_in_the_sandbox_and_run_in_it(runner: Pool) -> None:
    if runner.name != "namespace" or not shutil.which("cc"):
        pytest.skip("the Python image has no C compiler; namespaces have the machine's own")
    source = '#include <stdio.h>\nint main(void) { printf("%d\\n", 6 * 7); return 0; }\n'
    build = Build((("main.c", source),), ("cc", "-O1", "-o", "main", "main.c"), "main")
    code = "import subprocess\ndef f():\n    return subprocess.check_output(['./main'], text=True)"
    assert (await runner.execute(job(build, "42\n", code))).status is Status.PASSED
    wrong = replace(build, files=(("main.c", "int main(void) { return x; }\n"),))
    outcome = await runner.execute(job(wrong, "42\n", code))
    assert outcome.status is Status.SYNTAX
    assert "undeclared" in outcome.detail


GOOD = "open('table.txt', 'w').write('GOOD')\n"
HOSTILE = [
    ("while True: pass", Status.TIMEOUT, "CPU"),
    ("import time\ntime.sleep(60)", Status.TIMEOUT, "idle"),
    ("while True: print('x' * 999)", Status.OUTPUT_LIMIT, "output_kb"),
    ("x = b'x' * (1 << 30)", Status.OUT_OF_MEMORY, "memory"),
    ("import os\nos.kill(os.getpid(), 11)", Status.CRASHED, "SIGSEGV"),
    ("raise SystemExit('line 3: no such word')", Status.SYNTAX, "line 3: no such word"),
    ("pass", Status.INCOMPLETE, "was not made"),
    ("import os\nos.symlink('/etc/passwd', 'table.txt')", Status.INCOMPLETE, "was not made"),
    ("import os\nos.mkfifo('table.txt')", Status.INCOMPLETE, "is not a file"),
    ("import os\nos.mkdir('table.txt')", Status.INCOMPLETE, "is not a file"),
    ("open('table.txt', 'wb').truncate(12 << 20)", Status.INCOMPLETE, "too large"),
    ("while True: open('a', 'ab').write(bytes(1 << 20))", Status.SYNTAX, "Error"),
    ("import os\nos.kill(os.getppid(), 9)", Status.CRASHED, "SIGKILL"),
]


@pytest.mark.parametrize(("text", "status", "reason"), HOSTILE)
async def test_a_bad_compile_step_has_its_own_verdict_and_is_not_kept(
    runner: Pool, text: str, status: Status, reason: str
) -> None:
    misses = runner.builds.misses
    outcome = await runner.execute(job(script(text), "GOOD"))
    if status is Status.OUT_OF_MEMORY and outcome.status is Status.SYNTAX:  # where memory is an address-space limit
        status, reason = Status.SYNTAX, "MemoryError"
    assert outcome.status is status, outcome
    assert outcome.detail.startswith("compile: ")
    assert reason in outcome.detail
    assert [fact.status for fact in outcome.facts] == [status]
    await runner.execute(job(script(text), "GOOD"))
    assert runner.builds.misses >= misses + 2
    after = await runner.execute(job(table("after"), "AFTER"))
    assert after.status is Status.PASSED, after


async def test_what_a_compile_step_leaves_behind_is_gone(runner: Pool) -> None:
    leaves = "import os, time\nopen('left', 'w').write('x')\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(60)\n"
    code = (
        "import os\ndef f():\n    return sorted(os.listdir('.')), [p for p in os.listdir('/proc') if p.isdigit()][2:]"
    )
    case = Case("case", "", Call("f()", "(['table.txt'], [])"))
    outcome = await runner.execute(Job("python", code, "f", (case,), limits=LIMITS, build=script(leaves + GOOD)))
    assert outcome.status is Status.PASSED, outcome


async def test_a_compiler_that_the_image_does_not_have_is_our_fault(runner: Pool) -> None:
    with pytest.raises(SandboxError, match="there is no 'no-such-compiler' in the sandbox's image"):
        await runner.execute(job(Build((), ("no-such-compiler",), "a"), ""))
    assert (await runner.execute(job(table("after"), "AFTER"))).status is Status.PASSED


async def test_the_key_is_the_whole_input_and_the_least_used_goes_first() -> None:
    kept = Builds("sha256:1", most=10)
    base = table("x")
    others = [replace(base, command=("a",)), replace(base, artefact="a"), replace(base, files=())]
    assert len({kept.key(build) for build in (base, *others)} | {Builds("sha256:2").key(base)}) == 5

    async def four() -> bytes:
        return b"1234"

    for build in (base, others[0], base, others[1]):  # the third takes the place of the one unused for longest
        await kept.get(build, four)
    assert (kept.hits, kept.misses) == (1, 3)
    await kept.get(base, four)
    await kept.get(others[0], four)
    assert (kept.hits, kept.misses) == (2, 4)

"""Each language in its own image: values survive the way in and out, native tests agree, walls stand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import NeutralCase, compile_cases
from codefactory.polyglot import canary_job
from codefactory.runner.base import Runner, open_runner
from codefactory.types import Assurance, Case, Job, Limits, Outcome, Status, Suite
from tests.languages.conftest import ECHO, FAILING, NATIVE, require_language

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.docker]

VALUES = [
    0, -7, 123456789012, 1.5, -0.25, 1e-07, 1e20, True, False, "", "plain", 'a "b" \\ $x @y #{z} %d \'', "tab\tline\n",
    "é λ 中 😀", "\x01\x7f", None, [], [1, 2, 3], [1.5, -2.5], ["a", ""], [True, False], [[1], [2, 3]], [[], [1]],
    {"a": 1, "é": "x"}, {"a": {"b": [1, 2]}}, [1, "a"], "12", "012", "1.50",
]  # fmt: skip


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=NATIVE)
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Runner, Language]]:
    """One slot of a language's own."""
    require_language(request.param)
    async with open_runner("docker", slots=1, language=request.param) as runner:
        yield runner, LANGUAGES.load(request.param)


def generous(language: Language) -> Limits:
    own = language.limits
    return Limits(20.0, 60.0, max(512, own.memory_mb), own.processes, disk_mb=64, open_files=own.open_files)


def compared(language: Language, code: str, suite: Suite) -> Job:
    return Job(language.name, code, "f", suite.cases, limits=generous(language))


def shared(language: Language, code: str, source: str) -> Job:
    suite = language.read_suite(source, "f")
    return Job(language.name, code, "f", suite.cases, suite.preamble, Assurance.SHARED, generous(language))


async def test_every_value_that_can_be_written_comes_back_equal(opened: tuple[Runner, Language]) -> None:
    runner, language = opened
    assert language.notation is not None
    made = compile_cases(language.notation, "f", [NeutralCase(f"v{n}", (v,), v) for n, v in enumerate(VALUES)])
    assert len(made.suite.cases) > len(VALUES) / 2
    outcome = await runner.execute(compared(language, ECHO[language.name], made.suite))
    assert outcome.status is Status.PASSED, outcome


async def test_native_tests_say_the_same_as_the_host(opened: tuple[Runner, Language]) -> None:
    runner, language = opened
    assert language.notation is not None
    cases = [
        NeutralCase("number", (3,), 3),
        NeutralCase("text", ('é \\ "x"',), 'é \\ "x"'),
        NeutralCase("list", ([1, 2],), [1, 2]),
        NeutralCase("yes", (True,), True),
        NeutralCase("close", (0.1,), 0.1000001, tolerance=1e-3),
    ]
    made = compile_cases(language.notation, "f", cases)
    assert {name for name, _ in made.left_out} == ({"list", "yes"} if language.name == "bash" else set())
    for code, status in ((ECHO[language.name], Status.PASSED), (FAILING[language.name], Status.ERRORED)):
        literal = await runner.execute(compared(language, code, made.suite))
        native = await runner.execute(shared(language, code, made.native))
        assert (literal.status, native.status) == (status, status), (literal, native)


async def test_a_wrong_answer_fails_and_an_expected_error_passes(opened: tuple[Runner, Language]) -> None:
    runner, language = opened
    assert language.notation is not None
    wrong = compile_cases(language.notation, "f", [NeutralCase("fine", (1,), 1), NeutralCase("wrong", (1,), 2)])
    raises = compile_cases(language.notation, "f", [NeutralCase("raises", (1,), raises=True)])
    echo, failing = ECHO[language.name], FAILING[language.name]
    for job in (compared(language, echo, wrong.suite), shared(language, echo, wrong.native)):
        outcome = await runner.execute(job)
        assert outcome.status is Status.FAILED, outcome
    for code, right in ((failing, True), (echo, False)):
        for job in (compared(language, code, raises.suite), shared(language, code, raises.native)):
            outcome = await runner.execute(job)
            assert (outcome.status is Status.PASSED) is right, outcome


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ocaml", 'let f (x : int) : int = if x < 0 then failwith "no" else x\n'),
        ("haskell", 'module F where\n\nf :: Int -> [Int]\nf x = [1, if x < 0 then error "no" else x]\n'),
    ],
)
async def test_what_raises_on_one_input_has_the_type_of_its_other_answers(name: str, code: str) -> None:
    require_language(name)
    language: Language = LANGUAGES.load(name)
    assert language.notation is not None
    cases = [NeutralCase("raises", (-1,), raises=True), NeutralCase("plain", (1,), [1, 1] if name == "haskell" else 1)]
    made = compile_cases(language.notation, "f", cases)
    async with open_runner("docker", slots=1, language=name) as runner:
        outcome = await runner.execute(compared(language, code, made.suite))
    assert outcome.status is Status.PASSED, outcome


async def test_an_exit_before_the_tests_is_never_a_pass(opened: tuple[Runner, Language]) -> None:
    runner, language = opened
    assert language.notation is not None
    made = compile_cases(language.notation, "f", [NeutralCase("x", (1, 2), 3)])
    leaves = next(canary.code for canary in language.canaries if canary.name == "leaves before the tests")
    for job in (compared(language, leaves, made.suite), shared(language, leaves, made.native)):
        assert (await runner.execute(job)).status is Status.INCOMPLETE


async def test_a_planned_test_that_does_not_run_is_no_pass(opened: tuple[Runner, Language]) -> None:
    runner, language = opened
    assert language.notation is not None
    made = compile_cases(language.notation, "f", [NeutralCase("there", (1,), 1)])
    cases = (Case("there", ""), Case("absent", ""))
    job = Job(language.name, ECHO[language.name], "f", cases, made.native, Assurance.SHARED, generous(language))
    outcome = await runner.execute(job)
    assert outcome.status is not Status.PASSED
    assert outcome.facts[1].status is not Status.PASSED


async def test_every_canary_gets_its_verdict_and_leaves_nothing(opened: tuple[Runner, Language]) -> None:
    runner, language = opened
    wrong = []
    for canary in language.canaries:
        outcome = await runner.execute(canary_job(language, canary))
        if outcome.status not in canary.good:
            wrong.append(f"{canary.name}: {outcome.status} {outcome.detail}")
        clean = await left(runner, language)
        if clean.status is not Status.PASSED:
            wrong.append(f"{canary.name} leaves something: {clean.detail}")
    assert wrong == []


async def left(runner: Runner, language: Language) -> Outcome:
    """A right program that fails where a process or a file of the job before it is still there.

    Its walls are the canary's, so that it runs in the same box: other walls would get it a new one.
    """
    found = next(canary for canary in language.canaries if canary.name == "writes to the system")
    command = "test ! -e /box/left -a ! -e /box/x -a ! -e /dev/shm/left -a -z $(cat /proc/*/comm | grep sleep)"
    code = found.code.replace("echo x > /usr/x", command)
    assert code != found.code
    job = canary_job(language, found)
    return await runner.execute(replace(job, code=code, limits=replace(job.limits, cpu_s=20.0)))

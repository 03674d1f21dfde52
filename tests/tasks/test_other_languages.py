"""Human-written tasks in other languages: solutions pass, stubs do not, and what must not be trained on is refused."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path

import pytest

from codefactory.errors import InputError
from codefactory.runner.base import open_runner
from codefactory.tasks.base import EVALUATION_ONLY, load, load_trainable
from codefactory.tasks.exercism import record_of, stub_of
from codefactory.tasks.multipl_e import LANGUAGE, program
from codefactory.tracks import REASONS, check, job
from codefactory.types import Outcome, Record, Status
from tests.languages.conftest import require_language
from tests.tasks.translations import COMPLETIONS, NOTHING

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
TRACKS = {"lua": 56, "racket": 39, "r": 42, "ocaml": 33, "perl5": 41, "python": 64}
TASKS = {"lua": 161, "r": 161, "rkt": 161, "ml": 156, "pl": 161}


def needs(*parts: str) -> Path:
    """The file, or skip the test: it is not part of this repository."""
    file = DATA.joinpath(*parts)
    if not file.exists():
        pytest.skip(f"{file.name} is not here; it is not part of this repository")
    return file


def track(name: str) -> list[Record]:
    return load(f"exercism@{needs('exercism', f'exercism-{name}.jsonl')}")


def humaneval(short: str) -> list[Record]:
    return load(f"multipl_e@{needs('multipl-e', f'humaneval-{short}.jsonl')}")


@pytest.mark.parametrize(("name", "count"), TRACKS.items())
def test_a_track_loads_with_statement_stub_and_planned_tests(name: str, count: int) -> None:
    records = track(name)
    assert len(records) == count
    for record in records:
        assert record.origin == "human"
        assert (record.licence, record.split) == ("mit", name)
        assert record.problem.statement
        assert stub_of(record).code != record.solution.code
        assert record.tests.cases, record.name
        assert record.tests.preamble


def test_an_exercise_in_an_unknown_language_or_without_tests_is_one_clear_line(tmp_path: Path) -> None:
    row = {"track": "cobol", "slug": "bob", "stub": {"a": "x"}, "tests": {"b": "y"}, "example": {"c": "z"}}
    with pytest.raises(InputError, match="track 'cobol' is in no language"):
        record_of(row, "file: row 1")
    with pytest.raises(InputError, match="needs a stub, tests and an example"):
        record_of({**row, "track": "lua", "tests": {}}, "file: row 1")
    with pytest.raises(InputError, match="not a checkout"):
        load(f"exercism@{tmp_path}")


def test_a_checkout_of_a_track_gives_the_same_tasks_as_a_file(tmp_path: Path) -> None:
    files = {"solution": ["bob.lua"], "test": ["bob_spec.lua"], "example": [".meta/example.lua"]}
    place = tmp_path / "exercises" / "practice" / "bob"
    sources = {
        "bob.lua": "return function() end\n",
        "bob_spec.lua": "it('a', function() assert(require('bob')()) end)\n",
        ".meta/example.lua": "return function() return 1 end\n",
        ".meta/config.json": json.dumps({"files": files}),
        ".docs/instructions.md": "Say something.\n",
    }
    for name, text in sources.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    about = {"slug": "lua", "exercises": {"practice": [{"slug": "bob", "difficulty": 3}]}}
    (tmp_path / "config.json").write_text(json.dumps(about))
    (record,) = load(f"exercism@{tmp_path}")
    assert (record.name, record.problem.statement, record.difficulty) == ("exercism/lua/bob", "Say something.", "3")
    assert [case.name for case in record.tests.cases] == ["a"]


@pytest.mark.slow
@pytest.mark.docker
@pytest.mark.parametrize("name", TRACKS)
def test_examples_pass_their_own_tests_and_stubs_do_not(name: str) -> None:
    records = track(name)
    if name != "python":
        require_language(records[0].problem.language)
    (row,) = asyncio.run(check(records))
    assert row.stubs_passed == []
    assert row.holds, row.failed
    assert set(row.lacking) == {task for task in REASONS if task.startswith(f"exercism/{name}/")}
    assert len(row.passed) + len(row.lacking) + len(row.failed) == row.tasks
    assert row.tests >= 5 * len(row.passed)


def test_every_excused_task_is_in_its_track() -> None:
    known = {record.name for name in TRACKS for record in track(name)}
    assert set(REASONS) <= known
    assert all(REASONS.values())


@pytest.mark.parametrize(("short", "count"), TASKS.items())
def test_multipl_e_loads_and_must_not_be_trained_on(short: str, count: int) -> None:
    records = humaneval(short)
    assert len(records) == count
    assert {record.licence for record in records} == {EVALUATION_ONLY}
    assert Counter(record.problem.language for record in records) == {LANGUAGE[short]: count}
    with pytest.raises(InputError, match="must not be trained on"):
        load_trainable(f"multipl_e@{needs('multipl-e', f'humaneval-{short}.jsonl')}")


def test_a_completion_ends_at_the_first_stop_token() -> None:
    record = next(record for record in humaneval("lua") if record.problem.entry_point == "add")
    code = program(record, "  return x + y\nend\n\nprint('more')").code
    assert code.startswith(record.meta["prompt"])
    assert "more" not in code


@pytest.mark.docker
@pytest.mark.parametrize("short", TASKS)
def test_translations_by_hand_pass_and_empty_bodies_do_not(short: str) -> None:
    language = LANGUAGE[short]
    require_language(language)
    records = {record.name.rpartition("HumanEval_")[2]: record for record in humaneval(short)}
    written = COMPLETIONS[language]
    assert len(written) == 10
    right = asyncio.run(ended([(records[name], body) for name, body in written.items()]))
    assert {name: end.detail for name, end in zip(written, right, strict=True) if end.status is not Status.PASSED} == {}
    wrong = asyncio.run(ended([(records[name], NOTHING[language]) for name in written]))
    assert [name for name, end in zip(written, wrong, strict=True) if end.status is Status.PASSED] == []


@pytest.mark.slow
@pytest.mark.docker
@pytest.mark.parametrize("short", TASKS)
def test_an_empty_body_passes_no_task(short: str) -> None:
    language = LANGUAGE[short]
    require_language(language)
    records = humaneval(short)
    found = asyncio.run(ended([(record, NOTHING[language]) for record in records]))
    assert [record.name for record, end in zip(records, found, strict=True) if end.status is Status.PASSED] == []


async def ended(candidates: list[tuple[Record, str]]) -> list[Outcome]:
    """How a prompt with each completion ends on the task's tests."""
    language = candidates[0][0].problem.language
    jobs = [job(record, program(record, text).code) for record, text in candidates]
    async with open_runner("docker", language=language) as runner:
        return [outcome async for outcome in runner.run(jobs)]

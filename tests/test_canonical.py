"""Canonical cases, compiled to each language, say of example solutions and stubs what the tracks' own tests say."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codefactory import canonical
from codefactory.canonical import Agreement, check, names
from codefactory.cli import app
from codefactory.tasks.exercism import record_of
from codefactory.tasks.exercism_canonical import CanonicalCase, read
from codefactory.types import Record, Solution
from tests.languages.conftest import require_language
from tests.tasks.test_other_languages import needs

# A few quick exercises a track: texts, numbers, lists, truths, errors, several properties.
SAMPLE = {
    "python": ["all-your-base", "pangram", "run-length-encoding"],
    "lua": ["darts", "line-up", "square-root"],
    "perl5": ["all-your-base", "triangle", "run-length-encoding"],
    "racket": ["all-your-base", "isogram"],
    "r": ["all-your-base", "isogram"],
    "ocaml": ["luhn", "run-length-encoding"],
}
LEAP = {
    "cases": [
        {
            "description": "a group",
            "cases": [
                {"uuid": "1", "description": "old", "property": "leap", "input": {"year": 1}, "expected": True},
                {
                    "uuid": "2",
                    "reimplements": "1",
                    "description": "new",
                    "property": "leap",
                    "input": {"year": 1, "era": "bc"},
                    "expected": False,
                },
            ],
        },
        {"uuid": "3", "description": "no", "property": "leap", "input": {"year": 0}, "expected": {"error": "none"}},
        {"uuid": "4", "description": "f", "property": "map", "input": {"f": "(x) => x + 1"}, "expected": []},
    ]
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "canonical.jsonl"
    path.write_text(json.dumps({"slug": "leap", "canonical": LEAP}))
    return path


def test_groups_are_read_to_their_end_and_what_was_reimplemented_is_out(file: Path) -> None:
    (cases,) = read(file).values()
    assert [(case.uuid, case.fails, case.function) for case in cases] == [
        ("2", False, False),
        ("3", True, False),
        ("4", False, True),
    ]
    assert cases[0].neutral((1, 0)).arguments == ("bc", 1)
    assert cases[0].neutral(None).arguments == ({"year": 1, "era": "bc"},)
    assert cases[1].neutral((0,)).raises


def data() -> dict[str, tuple[CanonicalCase, ...]]:
    return read(needs("exercism", "canonical-data.jsonl"))


def compared(records: list[Record]) -> Agreement:
    require = records[0].problem.language
    if require != "python":
        require_language(require)
    (row,) = asyncio.run(check(records, data()))
    return row


def exercises(name: str, *slugs: str) -> list[Record]:
    """Some of a track, without reading all of it."""
    lines = needs("exercism", f"exercism-{name}.jsonl").read_text().splitlines()
    rows = [row for row in map(json.loads, lines) if row["slug"] in slugs]
    assert len(rows) == len(slugs)
    return [record_of(row, name) for row in rows]


@pytest.mark.docker
@pytest.mark.parametrize("name", SAMPLE)
def test_canonical_cases_agree_with_native_tests(name: str) -> None:
    row = compared(exercises(name, *SAMPLE[name]))
    assert row.differing == {}
    assert sorted(map(_last, row.agreed)) == sorted(SAMPLE[name])
    assert row.cases > 8 * len(row.agreed)


@pytest.mark.docker
def test_a_solution_that_only_the_canonical_cases_would_catch_is_a_difference() -> None:
    """The native tests are made to say yes to what they have: the verdicts must not be copies of each other."""
    (record,) = exercises("lua", "darts")
    code = record.solution.code.replace("10", "11")
    assert code != record.solution.code
    row = compared([replace(record, solution=Solution(code))])
    assert (row.agreed, row.differing) == ([record.name], {})  # both say no
    tests = replace(record.tests, cases=record.tests.cases[:1], preamble=_only_first(record.tests.preamble))
    row = compared([replace(record, solution=Solution(code), tests=tests)])
    assert "not 10" in row.differing[record.name]


def _only_first(preamble: str) -> str:
    head, *blocks = preamble.split("\n  it(")
    return head + "\n  it(" + blocks[0].rstrip() + "\nend)\n"


def test_a_function_is_looked_for_by_its_likeliest_name_first() -> None:
    (record,) = exercises("python", "run-length-encoding")
    assert list(names(record, "decode")) == ["decode", "encode"]
    (record,) = exercises("perl5", "luhn")
    assert next(names(record, "valid")).startswith("Luhn::")


@pytest.mark.docker
def test_the_command_prints_a_row_for_each_track_and_fails_below_the_bar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_language("lua")
    rows = [json.loads(line) for line in needs("exercism", "exercism-lua.jsonl").read_text().splitlines()]
    some = tmp_path / "lua.jsonl"
    some.write_text("\n".join(json.dumps(row) for row in rows if row["slug"] in ("darts", "sieve")))
    arguments = ["tracks", "--canonical", str(needs("exercism", "canonical-data.jsonl")), f"exercism@{some}"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "(100.0%)" in result.output
    assert "lua: another interface: exercism/lua/sieve" in result.output
    monkeypatch.setattr(canonical, "BAR", 1.1)
    assert CliRunner().invoke(app, arguments).exit_code != 0


def _last(name: str) -> str:
    return name.rpartition("/")[2]

"""Promises of `codefactory import`: human rows take the synthetic path, ids survive, nothing goes silently."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codefactory.config import SandboxConfig
from codefactory.corpus import store
from codefactory.corpus.formats import export
from codefactory.errors import ConfigError, InputError
from codefactory.filters.base import Funnel
from codefactory.importing import ImportRequest, Progress, bring_in, records_of
from codefactory.languages.python import read_suite
from codefactory.tasks.base import load
from codefactory.tasks.shapes import UnreadableRowError
from codefactory.types import Problem, Record, Solution
from tests.languages.conftest import require_language
from tests.tasks.test_load import HUMANEVAL, MBPP, needs

PROCESS = SandboxConfig(runner="process")
ROOT = "def root(n):\n    if n < 0:\n        raise ValueError(n)\n    return n ** 0.5\n"
SUITE = """\
import math
assert root(4) == 2.0
assert math.isclose(root(2), 1.4142135623730951)
def test_squares():
    for n in range(5):
        assert root(n * n) == n
"""


def synthetic() -> Record:
    return Record(
        Problem("The square root of a number; ValueError below zero.", "root"),
        Solution(ROOT),
        read_suite(SUITE, "root"),
        expected_from="agreement",
        policy="agreement",
        draft_id="d1",
        seed_id="s1",
        model="writer@1",
        recipe="joint",
        topics=("numbers", "roots"),
        difficulty="easy",
        style="plain",
        split="test",
        licence="apache-2.0",
        meta={"pass_rate": "0.750", "family": "f1"},
    )


async def brought(source: str, out: Path, **changes: Any) -> tuple[Progress, list[Record]]:
    request = replace(ImportRequest(source, out, decontaminate=(), sandbox=PROCESS), **changes)
    progress = await bring_in(request)
    assert progress.funnel.adds_up
    assert progress.funnel.seen == progress.rows
    return progress, store.read(out / "corpus")


def exported(folder: Path, records: list[Record]) -> Path:
    funnel = Funnel()
    for _ in records:
        funnel.keep()
    store.write(folder / "corpus", records, funnel, {})
    export(folder / "corpus", folder / "out", ["records"])
    return folder / "out"


@pytest.mark.parametrize("kind", ["jsonl/records/{}.jsonl", "data/records/{}-00000-of-00001.parquet"])
async def test_an_exported_row_comes_back_as_the_same_record_and_holds(kind: str, tmp_path: Path) -> None:
    if kind.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="the hub extra is not installed")
    human = load("reference:train")[0]
    records = [synthetic(), human]
    out = exported(tmp_path, records)
    for record in records:
        file = out / kind.format(record.split)
        progress, found = await brought(str(file), tmp_path / record.split)
        assert found == [record]
        assert found[0].id == record.id
        assert progress.executions > 0, "it was verified anew"
    bodies = [(tmp_path / split / "corpus" / "records.jsonl").read_bytes() for split in ("test", "train")]
    assert b"".join(bodies) == (tmp_path / "corpus" / "records.jsonl").read_bytes()


async def test_a_row_that_was_changed_after_its_export_is_refused(tmp_path: Path) -> None:
    file = exported(tmp_path, [synthetic()]) / "jsonl" / "records" / "test.jsonl"
    row = json.loads(file.read_text())
    file.write_text(json.dumps(row | {"difficulty": "hard"}) + "\n")
    progress, found = await brought(str(file), tmp_path / "in")
    assert found == []
    assert progress.funnel.reasons["changed_record"] == 1
    assert "changed after it was exported" in progress.funnel.examples["changed_record"][0].detail


def table(path: Path, separator: str = ",") -> Path:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(["Aufgabe", "Lösung", "Prüfung", "license"])
        tests = "assert half(4) == 2\nassert half(9) == 4\nassert half(-1) == -1\n"
        writer.writerow(["Half a number, rounded down.", "def half(n):\n    return n // 2\n", tests, "mit"])
        writer.writerow(["Half a number.", "def half(n):\n    return n / 2\n", tests, ""])
        writer.writerow(["Nothing at all.", "", "", ""])
    return path


COLUMNS = {"problem": "Aufgabe", "solution": "Lösung", "tests": "Prüfung"}


@pytest.mark.parametrize(("name", "separator"), [("rows.csv", ","), ("rows.tsv", "\t")])
async def test_a_table_with_a_column_map_is_executed_row_by_row(name: str, separator: str, tmp_path: Path) -> None:
    file = table(tmp_path / name, separator)
    progress, found = await brought(str(file), tmp_path / "in", columns=COLUMNS, licence="cc-by-4.0")
    (kept,) = found
    assert (kept.problem.statement, kept.origin, kept.licence) == ("Half a number, rounded down.", "human", "mit")
    assert kept.name == "rows/1"
    assert kept.split == "train"
    reasons = {slug: count for slug, count in progress.funnel.reasons.items() if count}
    assert reasons == {"own_tests_fail": 1, "solution_missing_entry_point": 1}


def test_a_torn_table_says_which_row(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text('problem,solution,tests\n"a","def f(): return 1"\n')
    (found,) = records_of(ImportRequest(str(file), tmp_path))
    assert isinstance(found, UnreadableRowError)
    assert (found.slug, str(found)) == ("csv_columns", "row 1: its cells are not as many as the 3 column names")


async def test_importing_again_executes_nothing_and_writes_the_same_bytes(tmp_path: Path) -> None:
    file = table(tmp_path / "rows.csv")
    await brought(str(file), tmp_path / "in", columns=COLUMNS)
    before = (tmp_path / "in" / "corpus" / "records.jsonl").read_bytes()
    progress, _ = await brought(str(file), tmp_path / "in", columns=COLUMNS)
    assert progress.executions == 0
    assert (tmp_path / "in" / "corpus" / "records.jsonl").read_bytes() == before


async def test_a_split_by_family_and_a_benchmark_that_is_kept_out(tmp_path: Path) -> None:
    leak = load("reference:heldout")[0]
    rows = [*load("reference:train")[:20], leak]
    file = tmp_path / "rows.jsonl"
    lines = ({"text": r.problem.statement, "code": r.solution.code, "tests": _tests(r)} for r in rows)
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    shares = {"train": 0.5, "test": 0.5}
    progress, found = await brought(str(file), tmp_path / "in", splits=shares, decontaminate=("reference",))
    assert sum(count for slug, count in progress.funnel.reasons.items() if slug.startswith("contaminated")) >= 1
    assert leak.problem.statement not in [record.problem.statement for record in found]
    assert {record.split for record in found} == {"train", "test"}
    assert all(record.meta["family"] for record in found)


def _tests(record: Record) -> list[str]:
    return [case.source for case in record.tests.cases]


@pytest.mark.parametrize(
    ("source", "words"),
    [("nowhere.jsonl", "neither a file nor a task set"), ("evalplus", "name a release's file")],
)
async def test_a_source_that_is_none_is_one_clear_line(source: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words) as caught:
        await brought(source, tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("changes", [{"decontaminate": ("no_such_set",)}, {"splits": {"train": 0.5}}])
async def test_what_is_wrong_is_said_before_anything_is_executed(changes: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no_such_set|add up to 1"):
        await brought("reference:train", tmp_path, **changes)
    assert not list(tmp_path.iterdir())


async def test_a_policy_that_compares_solutions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"compares several solutions .* name 'own_tests'"):
        await brought("reference:train", tmp_path, policy="agreement")


@pytest.mark.slow
async def test_mbpp_comes_in_through_the_sandbox(tmp_path: Path) -> None:
    head = needs(MBPP).read_text().splitlines(keepends=True)[600:620]
    file = tmp_path / "mbpp.jsonl"
    file.write_text("".join(head))
    progress, found = await brought(f"mbpp:train@{file}", tmp_path / "in")
    assert progress.rows == 20
    assert len(found) >= 18
    assert {record.licence for record in found} == {"cc-by-4.0"}
    assert {record.policy for record in found} == {"own_tests"}


@pytest.mark.slow
async def test_humaneval_comes_in_from_its_own_file(tmp_path: Path) -> None:
    import gzip

    file = tmp_path / "some.jsonl"
    file.write_bytes(b"".join(gzip.decompress(needs(HUMANEVAL).read_bytes()).splitlines(keepends=True)[:12]))
    progress, found = await brought(str(file), tmp_path / "in")
    assert (progress.rows, len(found)) == (12, 12)
    assert found[0].name == "HumanEval/0"


@pytest.mark.docker
async def test_a_track_in_another_language_is_held_to_its_native_tests(tmp_path: Path) -> None:
    require_language("lua")
    spec = "local twice = require('twice')\ndescribe('twice', function()\n"
    spec += (
        "".join(f"  it('of {n}', function() assert.are.equal({2 * n}, twice.of({n})) end)\n" for n in (1, 3)) + "end)\n"
    )
    rows = [
        {
            "track": "lua",
            "slug": slug,
            "instructions": f"Write a module whose function `of` doubles, {slug} and all.",
            "stub": {"twice.lua": "return {}\n"},
            "tests": {"twice_spec.lua": spec},
            "example": {"example.lua": f"local M = {{}}\nfunction M.of(n) return n * {factor} end\nreturn M\n"},
        }
        for slug, factor in (("right", 2), ("wrong", 3))
    ]
    path = tmp_path / "track.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    progress, kept = await brought(
        f"exercism@{path}", tmp_path / "out", sandbox=SandboxConfig(runner="docker", slots=1)
    )
    assert [record.name for record in kept] == ["exercism/lua/right"]
    assert {slug for slug, count in progress.funnel.reasons.items() if count} == {"own_tests_fail"}
    assert [case.name for case in kept[0].tests.cases] == ["of 1", "of 3"]


async def test_two_languages_at_once_are_refused(tmp_path: Path) -> None:
    files = {"stub": {"a.pl": "1;\n"}, "tests": {"a.t": "ok(1);"}, "example": {"a.pl": "1;\n"}, "instructions": "Do."}
    path = tmp_path / "tracks.jsonl"
    path.write_text("\n".join(json.dumps({"track": track, "slug": track, **files}) for track in ("perl5", "lua")))
    require_language("perl")
    with pytest.raises(InputError, match="is in perl and lua; import one language at a time"):
        await brought(f"exercism@{path}", tmp_path / "out", sandbox=SandboxConfig(runner="docker", slots=1))

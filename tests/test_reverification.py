"""What `codefactory reverify CORPUS` promises: every exported row is executed again, and one that lies is named."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codefactory.config import SandboxConfig
from codefactory.corpus import store
from codefactory.corpus.formats import export
from codefactory.errors import InputError
from codefactory.filters.base import Funnel
from codefactory.languages.python import read_suite
from codefactory.reverification import Proof, reverify
from codefactory.runner.engine import engine_answers
from codefactory.types import Problem, Record, Solution

SUITE = """\
import math
assert area(2) == 4
assert math.isclose(area(0.5), 0.25)
for side in range(3):
    assert area(side) == side * side
with pytest.raises(ValueError):
    area(-1)
def test_many():
    assert [area(n) for n in (1, 2)] == [1, 4]
"""
AREA = "def area(side):\n    if side < 0:\n        raise ValueError(side)\n    return side * side\n"
PROCESS = SandboxConfig(runner="process")


def record(code: str = AREA, policy: str = "agreement", suite: str = SUITE) -> Record:
    return Record(Problem("The area of a square.", "area"), Solution(code), read_suite(suite, "area"), policy=policy)


def exported(folder: Path, records: list[Record], *formats: str) -> Path:
    funnel = Funnel()
    for _ in records:
        funnel.keep()
    store.write(folder / "corpus", records, funnel, {})
    export(folder / "corpus", folder / "export", formats)
    return folder / "export"


def counts(proof: Proof) -> dict[str, int]:
    return {f"{form} {outcome}": count for (form, outcome), count in proof.counts.items()}


def change(out: Path, form: str, edit: dict[str, Any]) -> None:
    """Change the first JSON line of a format; its parquet twin stays as it was."""
    file = out / "jsonl" / form / "train.jsonl"
    first, *rest = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(json.dumps(json.loads(first) | edit) + "\n" + "".join(rest), encoding="utf-8")


@pytest.mark.parametrize("runner", ["process", "docker"])
async def test_every_row_of_every_format_is_executed_again(tmp_path: Path, runner: str) -> None:
    if runner == "docker" and not engine_answers():
        pytest.skip("no Docker engine answers")
    records = [record(), record(f"{AREA}# another\n"), record(policy="naive", code=f"import math\n{AREA}")]
    out = exported(tmp_path, records, "problems", "sft", "messages", "grpo")
    proof = await reverify(out, SandboxConfig(runner=runner))
    twice = 2 if list(out.glob("data/*/*.parquet")) else 1  # parquet, and the same as JSON lines
    assert not proof.broken
    assert counts(proof) == {
        "problems holds": 3 * twice,
        "sft holds": 3 * twice,
        "messages holds": 3 * twice,
        "grpo no_solution": 3 * twice,
    }
    assert proof.executions > 3 * 3
    places = " in 2 files" if twice == 2 else ""
    assert f"problems: {3 * twice} rows{places}; {3 * twice} hold" in list(proof.report())


async def test_a_solution_that_was_changed_is_named_with_file_row_and_case(tmp_path: Path) -> None:
    out = exported(tmp_path, [replace(record(), name="squares/1"), record(f"{AREA}# another\n")], "problems")
    change(out, "problems", {"canonical_solution": "\n    return side + side\n"})
    proof = await reverify(out, PROCESS)
    (broken,) = proof.broken
    assert "train.jsonl, row 1 (squares/1): own_tests_fail (failed)" in str(broken)
    assert counts(proof)["problems broken"] == 1


@pytest.mark.parametrize(
    ("form", "edit", "reason"),
    [
        ("problems", {"test": "def check(candidate):\n    assert candidate(0) == 0\n"}, "vacuous_suite"),
        ("problems", {"test": "def check(candidate):\n    pass\n"}, "suite_no_cases"),
        ("problems", {"canonical_solution": None, "prompt": "x"}, "missing_column"),
        (
            "sft",
            {"completion": [{"role": "assistant", "content": "def area(side):\n    return 1\n"}]},
            "own_tests_fail",
        ),
        ("sft", {"completion": [{"role": "assistant", "content": "def area(side"}]}, "solution_syntax"),
    ],
)
async def test_whatever_was_changed_in_a_row_is_found(
    tmp_path: Path, form: str, edit: dict[str, Any], reason: str
) -> None:
    out = exported(tmp_path, [record()], "problems", "sft")
    change(out, form, edit)
    (broken,) = (await reverify(out, PROCESS)).broken
    assert broken.source.format == form
    assert reason in str(broken)


async def test_a_test_that_needs_what_the_row_does_not_hold_is_found(tmp_path: Path) -> None:
    out = exported(tmp_path, [record()], "problems")
    change(out, "problems", {"test": "helper()\ndef check(candidate):\n    assert candidate(2) == 4\n"})
    (broken,) = (await reverify(out, PROCESS)).broken
    assert "text_errored" in str(broken)
    assert "helper" in str(broken)


async def test_sft_alone_can_only_be_shown_to_load_and_says_so(tmp_path: Path) -> None:
    out = exported(tmp_path, [record(), record("import nothing_here\n" + AREA)], "sft")
    (file,) = out.glob("jsonl/sft/*.jsonl")
    proof = await reverify(file, PROCESS)
    assert counts(proof) == {"sft loads": 1, "sft broken": 1}
    assert "nothing_here" in str(proof.broken[0])
    assert any("load, and have no tests to hold" in line for line in proof.report())


async def test_rows_that_were_kept_without_execution_claim_nothing(tmp_path: Path) -> None:
    out = exported(tmp_path, [record("def area(side):\n    return 1\n", policy="unfiltered")], "problems")
    (file,) = out.glob("jsonl/problems/*.jsonl")
    assert counts(await reverify(file, PROCESS)) == {"problems no_claim": 1}


async def test_a_corpus_folder_is_proven_too(tmp_path: Path) -> None:
    exported(tmp_path, [record()], "sft")
    assert counts(await reverify(tmp_path / "corpus", PROCESS)) == {"records holds": 1}


@pytest.mark.parametrize("name", [".", "absent", "other.jsonl"])
async def test_what_is_no_corpus_is_one_clear_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "other.jsonl").write_text('{"a": 1}\n')
    with pytest.raises(InputError, match="codefactory verify FILE") as caught:
        await reverify(tmp_path / name, PROCESS)
    assert "\n" not in str(caught.value)


def test_the_command_ends_with_an_error_where_a_row_does_not_hold(tmp_path: Path) -> None:
    out = exported(tmp_path, [record()], "problems")

    def call() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "codefactory", "reverify", str(out), "--set", "runner=process"]
        return subprocess.run(command, capture_output=True, text=True, timeout=240)

    assert call().returncode == 0
    change(out, "problems", {"canonical_solution": "\n    return side + side\n"})
    done = call()
    assert done.returncode == 7
    assert "does not hold: " in done.stdout
    assert done.stderr.splitlines()[-1].startswith(f"codefactory: {out}: 1 of ")

"""What `codefactory verify FILE` promises: a verdict for every row, nothing stops, the second call does nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from codefactory.config import SandboxConfig
from codefactory.errors import ConfigError, InputError
from codefactory.runner.engine import engine_answers
from codefactory.types import Limits
from codefactory.verification import Summary, VerifyRequest, verify

DATA = Path(__file__).parents[1] / ".." / "shared" / "data"
TWICE = "def twice(n):\n    return 2 * n\n"
ASSERTS = ["assert twice(2) == 4", "assert twice(-1) == -2"]
GOOD = {"text": "Double n.", "code": TWICE, "test_list": ASSERTS}
HUMANEVAL = {
    "task_id": "x/1",
    "prompt": 'def twice(n):\n    """Return n doubled."""\n',
    "canonical_solution": "    return 2 * n\n",
    "test": "def check(candidate):\n    assert candidate(2) == 4\n    assert candidate(-1) == -2\n",
    "entry_point": "twice",
}
KODCODE = {
    "question": "Double n.",
    "solution": TWICE,
    "test": "from solution import twice\ndef test_loop():\n    for n in range(3):\n        assert twice(n) == 2 * n\n",
}
CLASS_OF_TESTS = """
import unittest
class Doubling(unittest.TestCase):
    def setUp(self):
        self.two = 2
    def test_two(self):
        self.assertEqual(twice(self.two), 4)
"""
# (row or raw bytes, verdict, reason, status): one of everything that can become of a row.
TABLE: list[tuple[Any, str, str, str]] = [
    (GOOD, "holds", "", "passed"),
    (HUMANEVAL, "holds", "", "passed"),
    (KODCODE, "holds", "", "passed"),
    ({"problem": "Double n.", "solution": f"```python\n{TWICE}```", "tests": ASSERTS[0]}, "holds", "", "passed"),
    ({"prompt": "Double n.\n\n>>> twice(2)\n4\n\n>>> twice(0)\n0\n", "completion": TWICE}, "holds", "", "passed"),
    ({"prompt": "Double n.", "completion": TWICE}, "rejected", "no_tests", "passed"),
    ({"prompt": "x", "completion": "def f(): pass\nimport nothing_here"}, "rejected", "does_not_load", "errored"),
    ({**GOOD, "code": TWICE.replace("2", "3")}, "rejected", "own_tests_fail", "failed"),
    ({**GOOD, "code": TWICE.replace("n\n", "m\n")}, "rejected", "own_tests_fail", "errored"),
    ({**GOOD, "code": "def twice(n):\n    while True: pass\n"}, "rejected", "own_tests_fail", "timeout"),
    ({**GOOD, "code": "def twice(n:\n"}, "rejected", "solution_syntax", ""),
    ({**GOOD, "test_list": ["assert twice(0) == 0"]}, "rejected", "vacuous_suite", "passed"),
    ({**GOOD, "test_list": ["assert twice("]}, "rejected", "suite_syntax", ""),
    ({**KODCODE, "test": CLASS_OF_TESTS}, "holds", "", "passed"),
    ({**KODCODE, "test": CLASS_OF_TESTS.replace("4", "5")}, "rejected", "own_tests_fail", "failed"),
    (
        {**KODCODE, "test": "def test_two(tmp_path):\n    assert twice(2) == 4\n    tmp_path.touch()\n"},
        "rejected",
        "suite_needs_fixtures",
        "",
    ),
    (b'{"text": "\xe9"}', "unreadable", "not_utf8", ""),
    ({"text": "no solution"}, "unreadable", "missing_column", ""),
    (b"[1]", "unreadable", "not_an_object", ""),
    (b'{"text": "cut o', "unreadable", "not_json", ""),
]


def request(folder: Path, rows: list[Any], runner: str = "process", end: bytes = b"\n", **more: Any) -> VerifyRequest:
    file = folder / "rows.jsonl"
    file.write_bytes(end.join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows))
    limits = Limits(cpu_s=1.0, wall_s=60.0)
    return VerifyRequest(
        file, folder / "out", more.pop("columns", {}), sandbox=SandboxConfig(runner=runner, limits=limits), **more
    )


def verdicts(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("runner", ["process", "docker"])
async def test_every_row_gets_its_verdict_in_its_place_and_the_second_call_executes_nothing(
    tmp_path: Path, runner: str
) -> None:
    if runner == "docker" and not engine_answers():
        pytest.skip("no Docker engine answers")
    wanted = request(tmp_path, [row for row, *_ in TABLE], runner, end=b"\r\n")
    summary = await verify(wanted)
    found = verdicts(wanted.out)
    assert [(row["verdict"], row["reason"], row["status"]) for row in found] == [tuple(rest) for _, *rest in TABLE]
    assert [row["line"] for row in found] == list(range(1, len(TABLE) + 1))
    assert summary.rows == summary.verdicts == len(TABLE) == sum(summary.counts.values())
    assert summary.executions
    before = (wanted.out / "verdicts.jsonl").read_bytes()
    assert (await verify(wanted)).executions == 0
    assert (wanted.out / "verdicts.jsonl").read_bytes() == before


async def test_a_no_names_the_case_and_what_came_instead(tmp_path: Path) -> None:
    wrong = {**GOOD, "code": TWICE.replace("2 *", "2 +")}
    wanted = request(tmp_path, [wrong, {**GOOD, "test_list": ["assert twice(0) == 0"]}])
    await verify(wanted)
    first, second = verdicts(wanted.out)
    assert first["detail"] == "case_2: assert twice(-1) == -2; got 1"
    assert (first["passed"], first["cases"]) == (1, 2)
    assert second["detail"] == "stubs that pass it: argument, zero, false"


async def test_what_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    rows = [{**GOOD, "code": f"{TWICE}# {number}\n"} for number in range(8)]
    wanted = request(tmp_path, rows)

    def stop(summary: Summary) -> None:
        if summary.rows == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await verify(wanted, stop)
    assert not (wanted.out / "verdicts.jsonl").exists()
    assert (await verify(wanted)).executions <= 4
    assert len(verdicts(wanted.out)) == 8


async def test_another_policy_costs_no_execution(tmp_path: Path) -> None:
    wanted = request(tmp_path, [GOOD])
    await verify(wanted)
    summary = await verify(request(tmp_path, [GOOD], policy="naive"))
    assert (summary.executions, summary.counts) == (0, Counter({("rejected", "too_few_cases", "passed"): 1}))


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("agreement", "compares several solutions"),
        ("standard", "compares several solutions"),  # would keep a solution that fails tests of its own
        ("unfiltered", "every row would hold"),
    ],
)
async def test_a_policy_that_does_not_judge_a_row_by_its_own_tests_is_refused(
    tmp_path: Path, policy: str, words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        await verify(request(tmp_path, [GOOD], policy=policy))
    assert not (tmp_path / "out").exists()


async def test_completions_are_executed_on_their_tasks(tmp_path: Path) -> None:
    tasks = tmp_path / "tasks.jsonl"
    tasks.write_text(json.dumps(HUMANEVAL))
    rows = [
        {"task_id": "x/1", "completion": "    return 2 * n\n"},
        {"task_id": "x/1", "completion": "    return n\n"},
        {"task_id": "x/9", "completion": "    return n\n"},
        {"task_id": "x/1", "completion": ["    return n + n\n", "    return 3\n"]},
    ]
    wanted = request(tmp_path, rows, tasks=f"jsonl@{tasks}")
    summary = await verify(wanted)
    found = [(row["line"], row["sample"], row["verdict"], row["reason"]) for row in verdicts(wanted.out)]
    assert found == [
        (1, 0, "holds", ""),
        (2, 0, "rejected", "own_tests_fail"),
        (3, 0, "unreadable", "unknown_task"),
        (4, 0, "holds", ""),
        (4, 1, "rejected", "own_tests_fail"),
    ]
    assert (summary.rows, summary.verdicts) == (4, 5)
    with pytest.raises(InputError, match="--tasks humaneval"):
        await verify(request(tmp_path, rows[:2]))


@pytest.mark.parametrize(
    ("rows", "more", "error", "words"),
    [
        ([{"text": "x", "output_text": "y"}], {}, InputError, r"there are: text, output_text; name it with --solution"),
        ([GOOD], {"columns": {"tests": "tset"}}, ConfigError, r"--tests tset: no such column; there are: text, code"),
        ([b"\xff\xfe{", b"\x00"], {}, InputError, r"none of its first 2 rows can be read \(line 1: "),
        ([b"\n \n"], {}, InputError, "holds no rows"),
        ([b""], {}, InputError, "is empty"),
        ([GOOD], {"policy": "strictt"}, ConfigError, "no policy is called 'strictt'"),
    ],
)
async def test_a_file_of_no_known_shape_is_one_clear_line_before_anything_runs(
    tmp_path: Path, rows: list[Any], more: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words) as caught:
        await verify(request(tmp_path, rows, **more))
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


async def test_a_folder_with_another_files_verdicts_is_refused(tmp_path: Path) -> None:
    await verify(request(tmp_path, [GOOD]))
    other = request(tmp_path, [GOOD])
    (tmp_path / "other.jsonl").write_text(json.dumps(GOOD))
    with pytest.raises(ConfigError, match=r"holds the verdicts of .*rows\.jsonl; name another folder"):
        await verify(VerifyRequest(tmp_path / "other.jsonl", other.out, {}, sandbox=other.sandbox))


PEAK = """
import asyncio, json, resource, sys
from pathlib import Path
from codefactory.config import SandboxConfig
from codefactory.verification import VerifyRequest, verify

def rows(file, count):
    row = {"text": "Double n.", "code": "def f(n):\\n    return 2 * n\\n", "test_list": ["assert f(2) == 4"]}
    with open(file, "w") as stream:
        for number in range(count):
            stream.write(json.dumps({**row, "task_id": number, "notes": "x" * 8000}) + "\\n")
    return file

async def peak(count):
    folder = Path(sys.argv[1], str(count))
    folder.mkdir()
    file, sandbox = rows(folder / "rows.jsonl", count), SandboxConfig(runner="process")
    request = VerifyRequest(file, folder / "out", {}, sandbox=sandbox)
    assert (await verify(request)).rows == count
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

few, many = asyncio.run(peak(100)), asyncio.run(peak(10_000))
print(many - few)
"""


@pytest.mark.slow
def test_ten_thousand_rows_take_no_more_memory_than_a_hundred(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PEAK, str(tmp_path)], capture_output=True, text=True, timeout=1200)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 40, "MiB more for 80 MB more of rows"


def call(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "codefactory", *words, "--set", "runner=process"]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, env={**os.environ, "COLUMNS": "160"})


def test_the_command_prints_counts_reasons_and_line_numbers(tmp_path: Path) -> None:
    rows = [GOOD, {**GOOD, "code": TWICE.replace("2", "3")}, b"{", {"text": "x"}]
    wanted = request(tmp_path, rows)
    done = call("verify", str(wanted.file), "--out", str(wanted.out))
    assert done.returncode == 0, done.stderr
    for words in ("4 rows (2 mbpp)", "paid for", "own_tests_fail", "line 3: not_json: ", "line 4: missing_column: "):
        assert words in done.stdout
    assert (
        "nothing to do: the evidence on all 4 rows" in call("verify", str(wanted.file), "--out", str(wanted.out)).stdout
    )
    absent = call("verify", str(tmp_path / "absent.jsonl"))
    assert absent.returncode == 3
    assert "absent.jsonl: cannot be read" in absent.stderr.splitlines()[-1]
    wrong = call("verify", str(wanted.file), "--set", "limit.cpu_s=1")
    assert (wrong.returncode, "did you mean 'limits'" in wrong.stderr) == (2, True)


@pytest.mark.parametrize(
    ("file", "shape", "few"),
    [
        ("humaneval/HumanEval.jsonl.gz", "humaneval", ""),
        ("mbpp/mbpp.jsonl", "mbpp", ""),
        ("evalplus/MbppPlus.jsonl.gz", "problem", ""),
        ("humanevalpack/humanevalpack_python.jsonl", "humaneval", ""),
        ("humanevalpack/humanevalpack_python.jsonl", "humaneval", "buggy_solution"),
    ],
)
async def test_published_sets_are_read_and_what_is_right_holds(tmp_path: Path, file: str, shape: str, few: str) -> None:
    path = DATA / file
    if not path.exists():
        pytest.skip(f"{path.name} is not here; it is not part of this repository")
    import gzip

    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    wanted = request(tmp_path, data.split(b"\n")[:8], columns={"solution": few} if few else {})
    summary = await verify(wanted)
    assert summary.shapes == {shape: 8}
    assert summary.of("holds") == (0 if few else 8)

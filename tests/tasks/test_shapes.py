"""Promises of bringing one's own rows: each shape is recognised and read, and what cannot be read has a reason."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from codefactory.errors import InputError
from codefactory.tasks.base import load
from codefactory.tasks.lines import LONGEST_LINE, lines
from codefactory.tasks.shapes import Item, Reader, UnreadableRowError, by_name
from codefactory.types import to_json

TWICE = "def twice(n):\n    return 2 * n\n"
ASSERTS = ["assert twice(2) == 4", "assert twice(0) == 0"]
HUMANEVAL = {
    "task_id": "x/1",
    "prompt": 'from typing import List\n\n\ndef twice(n: int) -> int:\n    """Return n doubled."""\n',
    "canonical_solution": "    return 2 * n\n",
    "test": "def check(candidate):\n    assert candidate(2) == 4\n    assert candidate(0) == 0\n",
    "entry_point": "twice",
}
MBPP = {"task_id": 7, "text": "Double n.", "code": TWICE.replace("\n", "\r\n"), "test_list": ASSERTS}
KODCODE = {
    "question_id": "k/1",
    "question": "Double n.",
    "solution": TWICE,
    "test": "from solution import twice\n\ndef test_two():\n    assert twice(2) == 4\n\ndef test_loop():\n"
    "    for n in range(3):\n        assert twice(n) == 2 * n\n",
}
PROBLEM = {"problem": "Double n.", "solution": f"Here it is:\n```python\n{TWICE}```\n", "tests": "\n".join(ASSERTS)}
CHAT = {
    "prompt": [{"role": "user", "content": "Double n."}],
    "completion": [{"role": "assistant", "content": f"```python\n{TWICE}```"}],
}


def read(row: dict[str, Any], **columns: str) -> Item:
    (item,) = Reader({role: column for role, column in columns.items() if column}, {}).read(row, "file/1")
    return item


@pytest.mark.parametrize(
    ("row", "shape", "name", "cases"),
    [
        (HUMANEVAL, "humaneval", "x/1", ["assert twice(2) == 4", "assert twice(0) == 0"]),
        (MBPP, "mbpp", "7", ASSERTS),
        (KODCODE, "kodcode", "k/1", ["assert twice(2) == 4", None]),
        (PROBLEM, "problem", "file/1", ASSERTS),
        (CHAT, "prompt_completion", "file/1", []),
        ({"prompt": "Double n.", "completion": TWICE}, "prompt_completion", "file/1", []),
        ({"messages": [*CHAT["prompt"], *CHAT["completion"]]}, "prompt_completion", "file/1", []),
    ],
    ids=["humaneval", "mbpp", "kodcode", "problem", "chat", "prompt_completion", "messages"],
)
def test_each_shape_is_recognised_and_read(row: dict[str, Any], shape: str, name: str, cases: list[str]) -> None:
    item = read(row)
    assert (item.shape, item.name, item.problem.entry_point) == (shape, name, "twice")
    scope: dict[str, Any] = {}
    exec(item.solution.code, scope)
    assert scope["twice"](21) == 42
    assert [case.source if case.call else None for case in item.tests.cases] == cases
    assert item.fault == ("" if cases else "no_tests")


def test_our_own_record_is_read_as_itself() -> None:
    record = load("reference:train")[0]
    item = read(json.loads(to_json(record)))
    assert (item.shape, item.problem, item.solution, item.tests) == (
        "record",
        record.problem,
        record.solution,
        record.tests,
    )


def test_columns_of_any_name_are_mapped_by_flags() -> None:
    row = {"q": "Double n.", "a": TWICE, "t": ASSERTS, "f": "twice", "pre": "import math", "no": 12}
    item = read(row, problem="q", solution="a", tests="t", entry_point="f", setup="pre", name="no")
    assert (item.name, item.problem.statement, item.solution.code) == ("12", "Double n.", TWICE)
    assert item.tests.preamble == "import math"
    assert len(item.tests.cases) == 2


def test_a_flag_wins_over_a_recognised_name() -> None:
    assert read({**PROBLEM, "better": TWICE + "# mine\n"}, solution="better").solution.code.endswith("# mine\n")


def test_examples_in_a_statement_are_tests_where_a_row_has_none() -> None:
    row = {"prompt": "Double n.\n\n>>> twice(2)\n4\n>>> twice(int('3'))\n6\n", "completion": TWICE}
    item = read(row)
    assert item.tests_from == "examples"
    assert [case.source for case in item.tests.cases] == ["assert twice(2) == 4", "assert twice(int('3')) == 6"]


@pytest.mark.parametrize(
    ("tests", "fault", "cases"),
    [
        ("import unittest\nclass TestIt(unittest.TestCase):\n    def test_a(self):\n"
         "        self.assertEqual(twice(1), 2)\nunittest.main()\n", "", 1),
        ("for n in range(3):\n    assert twice(n) == n + n\n", "", 1),
        ("def run():\n    assert twice(1) == 2\nrun()\n", "", 1),
        ("def test_a():\n    assert twice(1) == 2\ntest_a()\n", "", 1),
        ("assert candidate(1) == 2\n", "", 1),
        ("assert twice(1 == 2\n", "suite_syntax", 0),
        ("print(twice(1))\n", "suite_no_cases", 0),
        ("def twice(n): return 2\nassert twice(1) == 2\n", "suite_redefines_entry_point", 1),
        ("assert 1 == 1\n", "suite_never_calls", 1),
        ("def check(candidate):\n    assert candidate(1) == 2\n", "", 1),
        ("def check(candidate):\n    pass\n", "suite_no_cases", 0),
    ],
    ids=["unittest", "loop", "runner", "called", "candidate", "syntax", "no assert", "redefined", "vacant", "check",
         "empty check"],
)  # fmt: skip
def test_suites_in_the_forms_that_are_about(tests: str, fault: str, cases: int) -> None:
    suite = read({**PROBLEM, "tests": tests})
    assert (suite.fault or suite.tests.fault, len(suite.tests.cases)) == (fault, cases)


def test_a_solution_that_is_no_python_is_read_and_says_so() -> None:
    for row in ({**PROBLEM, "solution": "def twice(n:"}, {**HUMANEVAL, "canonical_solution": "    return (\n"}):
        assert read(row).fault == "solution_syntax"
    assert read({**PROBLEM, "solution": "print(1)\n"}).fault == "solution_missing_entry_point"


@pytest.mark.parametrize(
    ("row", "slug", "words"),
    [
        ({"problem": "x"}, "missing_column", "it has: problem"),
        ({"problem": "x", "code": None}, "missing_column", "column 'code' holds nothing"),
        ({**PROBLEM, "solution": 3}, "wrong_type", "column 'solution' holds a int"),
        ({**PROBLEM, "tests": {"inputs": []}}, "wrong_type", "column 'tests' holds a dict"),
        ({**PROBLEM, "language": "cobol"}, "language_unsupported", "'cobol'"),
        ({"problem": {"statement": "x"}}, "not_a_record", "problem.entry_point"),
        ({**HUMANEVAL, "prompt": 'def twice(n):\n    """\\ud800"""\n'}, "not_readable", "surrogates not allowed"),
    ],
)
def test_a_row_that_cannot_be_read_has_its_reason(row: dict[str, Any], slug: str, words: str) -> None:
    with pytest.raises(UnreadableRowError, match=words) as caught:
        read(row)
    assert caught.value.slug == slug


@pytest.mark.parametrize("name", ["x/1", "X/1"])
@pytest.mark.parametrize(
    "completion",
    ["    return 2 * n\n", "def twice(n):\n    return 2 * n\n", "```python\ndef twice(n):\n    return 2 * n\n```"],
    ids=["body", "whole", "fenced"],
)
def test_completions_take_the_tests_of_their_task(tmp_path: Path, name: str, completion: str) -> None:
    file = tmp_path / "tasks.jsonl"
    file.write_text(json.dumps(HUMANEVAL))
    reader = Reader({}, by_name(load(f"jsonl@{file}")))
    (item,) = reader.read({"task_id": name, "completion": completion}, "")
    assert (item.shape, item.tests_from, len(item.tests.cases), item.fault) == ("completion", "tasks", 2, "")
    with pytest.raises(UnreadableRowError, match="no task of the set is called 'y'"):
        reader.read({"task_id": "y", "completion": ""}, "")
    (empty,) = reader.read({"task_id": "x/1", "completion": ""}, "")
    assert empty.solution.code == HUMANEVAL["prompt"]


def test_raw_output_is_cut_where_the_function_ends_only_on_request(tmp_path: Path) -> None:
    file = tmp_path / "tasks.jsonl"
    file.write_text(json.dumps(HUMANEVAL))
    tasks = by_name(load(f"jsonl@{file}"))
    row = {"task_id": "x/1", "samples": ["    return 2 * n\n\nAnd so it is", "    return n"]}
    raw, cut = Reader({}, tasks).read(row, ""), Reader({}, tasks, cut=True).read(row, "")
    assert [item.sample for item in raw] == [0, 1]
    assert [item.fault for item in raw] == ["solution_syntax", ""]
    assert [item.fault for item in cut] == ["", ""]


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_line_is_a_row_or_a_reason_and_keeps_its_number(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(
        b'\xef\xbb\xbf{"a": 1}\r\n'
        b"\r\n"
        b'{"a": "\xe9"}\n'  # latin-1
        b"[1]\n"
        b'{"a": "\\ud800"}\n'
        b'{"a": "\xe2\x80\xa8"}\n'  # a line separator inside a string is no line end
        b'{"a": "cut of'
    )
    found = [(line.number, line.slug) for line in lines(file)]
    assert found == [(1, ""), (3, "not_utf8"), (4, "not_an_object"), (5, "lone_surrogate"), (6, ""), (7, "not_json")]
    details = {line.slug: line.detail for line in lines(file)}
    assert "0xe9" in details["not_utf8"]
    assert "was it cut off?" in details["not_json"]


def test_a_line_without_end_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    with file.open("wb") as stream:
        stream.write(b"x" * (LONGEST_LINE + 10) + b'\n{"a": 1}\n')
    assert [(line.number, line.slug) for line in lines(file)] == [(1, "too_long"), (2, "")]


def test_a_zip_that_was_cut_off_gives_what_is_in_it(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl.gz"
    data = gzip.compress(b"".join(b'{"a": "%d"}\n' % (number**9) for number in range(3000)))
    file.write_bytes(data[: len(data) // 2])
    found = list(lines(file))
    assert found[0].row == {"a": "0"}
    assert found[-1].slug == "cut_off"
    assert len(found) > 500


def test_arrays_and_parquet_are_rows_too(tmp_path: Path) -> None:
    rows = [{"a": "x", "b": ["y"]}, {"a": "z", "b": []}]
    array = tmp_path / "rows.json"
    array.write_text(json.dumps(rows, indent=1))
    assert [line.row for line in lines(array)] == rows
    pyarrow = pytest.importorskip("pyarrow", reason="parquet needs the hub extra")
    parquet = pytest.importorskip("pyarrow.parquet", reason="parquet needs the hub extra")
    table = tmp_path / "rows.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), table)
    assert [line.row for line in lines(table)] == rows
    table.write_bytes(table.read_bytes()[:40])
    with pytest.raises(InputError, match=r"rows\.parquet: not a whole parquet file"):
        list(lines(table))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("absent.jsonl", None, "No such file"),
        (".", None, "a folder, not a file"),
        ("empty.jsonl", b"", "is empty"),
        ("array.json", b"[]", "is an empty array"),
        ("array.json", b'[{"a": 1},', "starts as a JSON array and is none"),
        ("rows.parquet", b"nothing", "not a parquet file, whatever its name says"),
        ("rows.jsonl.gz", b"\x1f\x8bnothing", "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_one_clear_line(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        list(lines(file))
    assert "\n" not in str(caught.value)
    assert str(file) in str(caught.value)

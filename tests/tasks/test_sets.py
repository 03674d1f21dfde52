"""Promises of the EvalPlus and Exercism loaders: every task is there, its types are right, its own solution passes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from codefactory.errors import InputError
from codefactory.tasks.base import load
from codefactory.tasks.evalplus import _arguments, _retype
from codefactory.types import Record
from tests.tasks.test_load import DATA, needs, passing

HUMANEVAL_PLUS = DATA / "evalplus" / "HumanEvalPlus.jsonl.gz"
MBPP_PLUS = DATA / "evalplus" / "MbppPlus.jsonl.gz"
EXERCISM = DATA / "exercism" / "exercism-python.jsonl"

pytestmark = pytest.mark.filterwarnings("ignore:.*invalid escape sequence")

PLUS = {
    "task_id": "HumanEval/0",
    "prompt": 'def pair(a, b):\n    """The larger one, halved."""\n',
    "entry_point": "pair",
    "canonical_solution": "    return max(a, b) / 2\n",
    "test": "def check(candidate):\n    assert candidate(4, 2) == 2.0\n",
    "base_input": [[4, 2]],
    "plus_input": [[n, 60] for n in range(120)],
    "atol": 0,
}


def _file(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_further_inputs_become_cases_that_the_reference_decides(tmp_path: Path) -> None:
    (task,) = load(f"evalplus@{_file(tmp_path, PLUS)}")
    assert [case.name for case in task.tests.cases] == ["case_1", "plus_1", "plus_2", "plus_3"]
    assert (task.name, task.split, task.licence) == ("HumanEval/0+", "humaneval", "apache-2.0")
    assert passing([task]) == {task.name}
    wrong = json.loads(json.dumps(PLUS))
    (task,) = load(f"evalplus@{_file(tmp_path, wrong)}")
    # Right on the base test, wrong on one of 120 further inputs.
    spoiled = _with_code(task, task.solution.code.replace("return max(a, b) / 2", "return max(a, b) / 2 + (a == 77)"))
    assert passing([spoiled]) == set()


def _with_code(record: Record, code: str) -> Record:
    from dataclasses import replace

    return replace(record, solution=replace(record.solution, code=code))


@pytest.mark.parametrize(
    ("value", "example", "expected"),
    [
        ([1, 2, 3], (9, 9), (1, 2, 3)),
        ([[1, 2], [3]], [(1, 2)], [(1, 2), (3,)]),
        ([1, 1], {5}, {1}),
        ("1j", 2j, 1j),
        ({"a": [1]}, {"b": (2,)}, {"a": (1,)}),
        ([[1, 2], 3], [(4, 5), 6], [(1, 2), 3]),
        ([], (1,), ()),
        (5, (1,), 5),
    ],
)
def test_json_gets_its_types_back_from_an_example(value: Any, example: Any, expected: Any) -> None:
    found = _retype(value, example)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(("file", "count"), [(HUMANEVAL_PLUS, 164), (MBPP_PLUS, 378)])
def test_every_task_of_evalplus_is_there_and_some_pass_their_own_tests(file: Path, count: int) -> None:
    tasks = load(f"evalplus@{needs(file)}")
    assert len(tasks) == count
    assert len({task.name for task in tasks}) == count
    assert not any(task.tests.fault for task in tasks)
    # The smallest: the inputs of some HumanEval+ tasks take minutes without the sandbox's limits.
    some = sorted(tasks, key=lambda task: len(task.tests.cases))[:12]
    assert passing(some) == {task.name for task in some}


def test_mbpp_plus_inputs_have_the_types_that_evalplus_gives_them() -> None:
    reader = pytest.importorskip("evalplus.data.mbpp", reason="pip install evalplus")
    rows = [json.loads(line) for line in gzip.decompress(needs(MBPP_PLUS).read_bytes()).splitlines()]
    tasks = load(f"evalplus@{MBPP_PLUS}")
    differ = []
    for row, task in zip(rows, tasks, strict=True):
        theirs = [list(inputs) for inputs in reader.mbpp_deserialize_inputs(row["task_id"], row["plus_input"])]
        example = _arguments(task.tests, task.problem.entry_point)
        if repr(theirs) != repr([_retype(inputs, example) for inputs in row["plus_input"]]):
            differ.append(row["task_id"])
    assert len(differ) <= 0.05 * len(rows), differ


def test_a_file_that_is_no_release_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no field 'plus_input'"):
        load(f"evalplus@{_file(tmp_path, {key: value for key, value in PLUS.items() if key != 'plus_input'})}")


EXERCISE = {
    "track": "python",
    "slug": "two-words",
    "difficulty": 2,
    "topics": ["strings"],
    "instructions": "# Instructions\n\nJoin two words with a dash.",
    "instructions_append": None,
    "tests": {
        "two_words_test.py": "import unittest\n\nfrom two_words import (\n    join,\n    filter as own_filter,\n)\n\n\n"
        "class TwoWordsTest(unittest.TestCase):\n"
        "    def test_two(self):\n        self.assertEqual(join('a', 'b'), 'a-b')\n\n"
        "    def test_none(self):\n        self.assertIsNone(join('', ''))\n\n"
        "    def test_error(self):\n        with self.assertRaises(TypeError) as error:\n            join('a', 1)\n"
        "        self.assertEqual(type(error.exception), TypeError)\n\n"
        "    def test_alias(self):\n        self.assertTrue(own_filter('x'))\n\n"
        "if __name__ == '__main__':\n    unittest.main()\n"
    },
    "example": {
        ".meta/example.py": "def join(a, b):\n    return a + '-' + b if a else None\n\n\n"
        "def filter(x):\n    return True\n"
    },
}


def test_methods_that_only_assert_become_literal_cases_and_the_rest_stays_code(tmp_path: Path) -> None:
    (task,) = load(f"exercism@{_file(tmp_path, EXERCISE)}")
    assert task.problem.entry_point == "join"
    assert task.problem.statement == "Join two words with a dash."
    assert [case.call.expression for case in task.tests.cases if case.call] == [
        "join('a', 'b')",
        "(join('', '')) is None",
    ]
    assert [case.name for case in task.tests.cases if not case.call] == ["test_alias", "TestTwoWordsTest.test_error"]
    assert task.tests.preamble.splitlines()[0] == "own_filter = filter"
    assert (task.name, task.topics, task.difficulty) == ("exercism/python/two-words", ("strings",), "2")
    assert passing([task]) == {task.name}


def test_a_checkout_is_read_as_its_rows_are(tmp_path: Path) -> None:
    home = tmp_path / "track" / "exercises" / "practice" / "two-words"
    for name, text in {**EXERCISE["tests"], **EXERCISE["example"]}.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    (home / ".docs").mkdir()
    (home / ".docs" / "instructions.md").write_text(EXERCISE["instructions"])
    files = {"test": list(EXERCISE["tests"]), "example": list(EXERCISE["example"])}
    (home / ".meta" / "config.json").write_text(json.dumps({"files": files}))
    practice = [{"slug": "two-words", "difficulty": 2, "topics": ["strings"]}]
    config = {"slug": "python", "exercises": {"practice": practice}}
    (tmp_path / "track" / "config.json").write_text(json.dumps(config))
    assert load(f"exercism@{tmp_path / 'track'}") == load(f"exercism@{_file(tmp_path, EXERCISE)}")


def test_the_tracks_own_solutions_pass(tmp_path: Path) -> None:
    tasks = load(f"exercism@{needs(EXERCISM)}")
    assert len(tasks) == 64
    assert sum(not task.tests.fault for task in tasks) >= 63
    literal = sum(case.call is not None for task in tasks for case in task.tests.cases)
    assert literal >= 370
    plain = [task for task in tasks if all(case.call for case in task.tests.cases)]
    assert passing(plain) == {task.name for task in plain}

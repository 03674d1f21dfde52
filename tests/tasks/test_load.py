"""Promises of the task loaders: right counts and splits, canonical solutions pass, mistakes are named."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from codefactory.errors import InputError, UnknownNameError
from codefactory.tasks.base import Name, load, parse_name
from codefactory.types import Record, to_json

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
HUMANEVAL = DATA / "humaneval" / "HumanEval.jsonl.gz"
MBPP = DATA / "mbpp" / "mbpp.jsonl"
SANITIZED = DATA / "mbpp" / "sanitized-mbpp.json"

# MBPP's own code holds strings such as "\\w" that Python warns about; that is their business.
pytestmark = pytest.mark.filterwarnings("ignore:.*invalid escape sequence")


def needs(file: Path) -> Path:
    """The file, or skip the test: benchmark files are not part of this repository."""
    if not file.exists():
        pytest.skip(f"{file.name} is not here; it is not part of this repository")
    return file


def program(record: Record) -> str:
    """Solution and tests as one script that prints the record's name when everything held."""
    cases = "\n".join(case.source for case in record.tests.cases)
    return f"{record.solution.code}\n{record.tests.preamble}\n{cases}\nprint({record.name!r})\n"


def passing(records: list[Record]) -> set[str]:
    """Names of the records whose own solution passes their own tests; each runs in a namespace of its own."""
    driver = (
        "import json, sys\n"
        "for source in json.load(sys.stdin):\n"
        "    try: exec(compile(source, 'task', 'exec'), {'__name__': 'task'})\n"
        "    except BaseException as error: print('!', repr(error), file=sys.stderr)\n"
    )
    programs = json.dumps([program(record) for record in records])
    done = subprocess.run([sys.executable, "-c", driver], input=programs, capture_output=True, text=True, timeout=300)
    return set(done.stdout.splitlines())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reference", Name("reference", "", None)),
        ("reference:heldout", Name("reference", "heldout", None)),
        ("mbpp:train@a/b.jsonl", Name("mbpp", "train", Path("a/b.jsonl"))),
        ("jsonl@odd:name@x.jsonl", Name("jsonl", "", Path("odd:name@x.jsonl"))),
    ],
)
def test_a_name_has_set_split_and_file(text: str, expected: Name) -> None:
    assert parse_name(text) == expected


def test_the_reference_set_is_large_enough_and_complete() -> None:
    train, heldout = load("reference:train"), load("reference:heldout")
    assert len(train) >= 150
    assert len(heldout) >= 300
    assert len({record.name for record in train + heldout}) == len(train) + len(heldout)
    for record in train + heldout:
        assert record.origin == "human"
        assert record.licence
        assert record.topics
        assert record.difficulty
        assert record.style
        assert len(record.tests.cases) >= 3
        assert record.problem.statement not in record.solution.code


def test_reference_solutions_pass_their_own_tests() -> None:
    records = load("reference")
    assert {record.name for record in records} - passing(records) == set()


def test_humaneval_has_164_tasks_whose_canonical_solutions_pass() -> None:
    records = load(f"humaneval@{needs(HUMANEVAL)}")
    assert len(records) == 164
    assert {record.name for record in records} - passing(records) == set()
    assert all(record.solution.code.startswith(record.meta["prompt"]) for record in records)


def test_humaneval_reads_most_asserts_as_literal_cases() -> None:
    records = load(f"humaneval@{needs(HUMANEVAL)}")
    cases = [case for record in records for case in record.tests.cases]
    assert sum(case.call is not None for case in cases) / len(cases) > 0.95
    assert not any("candidate" in case.source for case in cases if case.call)


def test_mbpp_has_the_papers_split_and_its_solutions_pass() -> None:
    records = load(f"mbpp@{needs(MBPP)}")
    splits = [record.split for record in records]
    assert (len(records), splits.count("train"), splits.count("test")) == (974, 474, 500)
    assert {record.name for record in records} - passing(records) == set()


def test_sanitized_mbpp_loads_too() -> None:
    assert len(load(f"mbpp@{needs(SANITIZED)}")) == 427


@pytest.mark.filterwarnings("ignore:.*invalid escape sequence")
@pytest.mark.parametrize(("name", "count"), [("HumanEvalPlus", 164), ("MbppPlus", 378)])
def test_evalplus_files_load_as_json_lines_with_their_base_tests(name: str, count: int) -> None:
    file = needs(DATA / "evalplus" / f"{name}.jsonl.gz")
    records = load(f"jsonl@{file}")
    assert len(records) == count
    # Mbpp/120 uses math without importing it: upstream's own evaluation has it in scope.
    assert {record.name for record in records} - passing(records) <= {"Mbpp/120"}


def test_jsonl_reads_records_humaneval_rows_and_plain_columns(tmp_path: Path) -> None:
    record = load("reference:train")[0]
    task = {
        "task_id": "x/1",
        "prompt": 'def one():\n    """Return 1."""\n',
        "canonical_solution": "    return 1\n",
        "test": "def check(candidate):\n    assert candidate() == 1\n",
        "entry_point": "one",
    }
    plain = {"text": "Double n.", "code": "def twice(n):\n    return 2 * n\n", "test_list": ["assert twice(2) == 4"]}
    file = tmp_path / "tasks.jsonl.gz"
    lines = [to_json(record).decode(), json.dumps(task), json.dumps(plain)]
    file.write_bytes(gzip.compress("\n".join(lines).encode()))
    same, one, twice = load(f"jsonl@{file}")
    assert same.id == record.id
    assert (one.name, one.problem.statement, one.tests.cases[0].source) == ("x/1", "Return 1.", "assert one() == 1")
    assert (twice.name, twice.problem.entry_point) == ("tasks/3", "twice")
    assert passing([same, one, twice]) == {same.name, "x/1", "tasks/3"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("jsonl", None, "name a file"),
        ("jsonl@{}", None, "cannot be read"),
        ("jsonl@{}", b"\xff\xfe", "cannot be read"),
        ("jsonl@{}", b"{not json", ":1: not JSON"),
        ("jsonl@{}", b"3", "expected a JSON object"),
        ("jsonl@{}", b"", "no split"),
        ("jsonl@{}", b'{"text": "x"}', "needs one of the columns code"),
        ("mbpp@{}", b'{"text": "x"}', "has no field 'task_id'"),
        ("humaneval@{}", b'{"text": "x"}', "has no field 'prompt'"),
        ("reference:dev", None, "there are: heldout, train, wide"),
    ],
)
def test_a_bad_file_or_split_is_one_clear_line(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    file = tmp_path / "tasks.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load(name.format(file))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["mbpp:train", "humaneval"])
def test_without_hub_or_file_the_next_step_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(InputError, match=r"pip install codefactory\[hub\].*@.*jsonl"):
        load(name)


def test_an_offline_hub_is_one_clear_line(tmp_path: Path) -> None:
    pytest.importorskip("datasets", reason="the hub extra is not installed")
    code = "from codefactory.tasks.base import load\ntry: load('mbpp')\nexcept Exception as error: print(repr(error))"
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.startswith('InputError("google-research-datasets/mbpp: the hub did not answer')
    assert done.stdout.count("\n") == 1


def test_an_unknown_set_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'humaneval'"):
        load("humanevl")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"""m"""\nimport os\n', ":2: expected a function"),
        ('"""m"""\n# easy | terse | x\ndef f(n):\n    """S."""\n    return n\n', "and asserts"),
        ('"""m"""\n\ndef f(n):\n    """S."""\n    return n\nassert f(1) == 1\n', "# difficulty"),
        ('"""m"""\n# easy | terse | x\ndef f(n):\n    """S."""\n    return n\nassert f(1) == g(1)\n', "with a literal"),
    ],
)
def test_a_reference_file_in_another_form_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "train_x.py").write_text(text)
    with pytest.raises(InputError, match=words):
        load(f"reference@{tmp_path}")

"""Promises of the corpus: it round-trips, refuses what is not its own, and each exported row runs from itself alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from codefactory.corpus import FORMATS, store
from codefactory.corpus.check import check_source
from codefactory.corpus.formats import export
from codefactory.corpus.rows import GRPO, PROVENANCE, SFT
from codefactory.errors import InputError, LedgerError, UnknownNameError
from codefactory.filters.base import Funnel
from codefactory.languages.python import read_suite
from codefactory.measures import Attempt
from codefactory.tasks.base import load
from codefactory.types import Problem, Record, Solution

HUMANEVAL = Path(__file__).parents[2] / ".." / "shared" / "data" / "humaneval" / "HumanEval.jsonl.gz"
ABOUT = {
    "policy": "agreement",
    "model": "writer@1",
    "image": "sha256:abc",
    "decontaminated_against": ["reference:heldout"],
}

TRACED = """\
assert double([1, 2]) == [2, 4]  # [1, 2] -> 1*2, 2*2 -> [2, 4]
# [] -> []
assert double([]) == []
"""


def synthetic() -> Record:
    """A row whose tests came with trace comments, as a writer puts them."""
    code = "def double(xs):\n    return [2 * x for x in xs]\n"
    suite = read_suite(TRACED, "double")
    return Record(
        Problem('Return every item """doubled""".', "double"),
        Solution(code),
        suite,
        expected_from="agreement",
        policy="agreement",
        draft_id="draft",
        model="writer@1",
        split="train",
        licence="apache-2.0",
    )


def refused() -> Attempt:
    """An answer that the synthetic row's tests refuse."""
    code = "def double(xs):\n    return xs + xs\n"
    return Attempt(
        "draft", synthetic().problem.id, code, "failed", 1, 2, "assert double([1, 2]) == [2, 4]", "[1, 2, 1, 2]"
    )


def funnel(kept: int) -> Funnel:
    found = Funnel()
    found.drop("suite_syntax", "draft-1", "assert f( | broken")
    for _ in range(kept):
        found.keep()
    return found


def written(folder: Path, records: list[Record]) -> Path:
    store.write(folder, records, funnel(len(records)), ABOUT, [refused()] if synthetic() in records else [])
    return folder


def rows_of(out: Path, name: str, split: str = "train") -> list[dict[str, Any]]:
    text = (out / "jsonl" / name / f"{split}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def failures(programs: list[str]) -> str:
    """Run each program in a namespace of its own, in one subprocess with nothing of ours on its path; stderr."""
    driver = (
        "import json, sys\n"
        "for number, source in enumerate(json.load(sys.stdin)):\n"
        "    try: exec(compile(source, 'row', 'exec'), {'__name__': 'row'})\n"
        "    except BaseException as error: print(number, repr(error), source, file=sys.stderr)\n"
        "    else: print(number)\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", driver], input=json.dumps(programs), capture_output=True, text=True, timeout=120
    )
    assert len(done.stdout.split()) + len(re.findall(r"^\d+ ", done.stderr, re.M)) >= len(programs)
    return done.stderr


def problem_program(row: dict[str, Any]) -> str:
    return f"{row['prompt']}{row['canonical_solution']}\n{row['test']}\ncheck({row['entry_point']})\n"


# ── store ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_corpus_round_trips_with_identical_ids_and_bytes(tmp_path: Path) -> None:
    records = [synthetic(), *load("reference:train")[:5]]
    one, two = written(tmp_path / "one", records), written(tmp_path / "two", records)
    assert store.read(one) == records
    assert [record.id for record in store.read(one)] == [record.id for record in records]
    for name in ("records.jsonl", "funnel.json", "corpus.json"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    assert store.open_corpus(one).about == ABOUT
    assert store.open_corpus(one).funnel["reasons"] == {"suite_syntax": 1}


def test_writing_again_replaces_and_leaves_nothing_behind(tmp_path: Path) -> None:
    written(tmp_path, [synthetic()] * 2)
    written(tmp_path, [synthetic()])
    assert len(store.read(tmp_path)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "attempts.jsonl",
        "corpus.json",
        "funnel.json",
        "records.jsonl",
    ]


def test_a_folder_with_other_files_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(InputError, match="is not a corpus"):
        written(tmp_path, [synthetic()])
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(InputError, match="not a folder"):
        written(tmp_path / "x", [synthetic()])


def test_a_run_that_was_stopped_while_writing_starts_over(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text("old")
    (tmp_path / "funnel.json.partial").write_text("{")
    with pytest.raises(InputError, match=r"corpus\.json is missing"):
        store.read(tmp_path)
    written(tmp_path, [synthetic()])
    assert len(store.read(tmp_path)) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("records.jsonl", "{}\n", "does not belong to"),
        ("corpus.json", "{", "not JSON"),
        ("corpus.json", "[]", "not a corpus that this version reads"),
    ],
)
def test_a_damaged_corpus_is_one_clear_line(tmp_path: Path, name: str, content: str, words: str) -> None:
    written(tmp_path, [synthetic()])
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=words) as caught:
        store.read(tmp_path)
    assert "\n" not in str(caught.value)


def test_refused_answers_that_are_gone_are_noticed(tmp_path: Path) -> None:
    store.write(tmp_path, [synthetic()], funnel(1), {}, [refused()])
    (tmp_path / "attempts.jsonl").write_text("")
    with pytest.raises(InputError, match=r"attempts\.jsonl does not belong to"):
        store.read(tmp_path)
    store.write(tmp_path, [synthetic()], funnel(1), {})
    assert not (tmp_path / "attempts.jsonl").exists()
    assert len(store.read(tmp_path)) == 1


def test_a_full_disk_is_one_clear_line_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, [synthetic()])
    before = (tmp_path / "records.jsonl").read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LedgerError, match="the disk is full"):
        written(tmp_path, [synthetic()] * 9)
    assert (tmp_path / "records.jsonl").read_bytes() == before
    assert not list(tmp_path.glob("*.partial"))


def test_a_read_only_place_is_one_clear_line() -> None:
    # /proc refuses new files to root too, which a folder's mode would not.
    with pytest.raises(LedgerError, match=r"cannot be written .*; choose another folder"):
        written(Path("/proc/codefactory-corpus"), [synthetic()])


# ── formats ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_exported_problems_run_from_the_row_alone(tmp_path: Path) -> None:
    records = [synthetic(), *load("reference:train")]
    export(written(tmp_path / "corpus", records), tmp_path / "out", ["problems"])
    rows = rows_of(tmp_path / "out", "problems")
    assert len(rows) == len(records)
    assert failures([problem_program(row) for row in rows]) == ""


def test_exported_problems_notice_a_wrong_solution(tmp_path: Path) -> None:
    export(written(tmp_path / "corpus", [synthetic()]), tmp_path / "out", ["problems"])
    row = rows_of(tmp_path / "out", "problems")[0]
    assert "AssertionError" in failures([problem_program(row | {"canonical_solution": "    return xs\n"})])


def test_humaneval_exports_to_its_own_shape_and_still_passes(tmp_path: Path) -> None:
    if not HUMANEVAL.exists():
        pytest.skip("HumanEval.jsonl.gz is not here; it is not part of this repository")
    records = load(f"humaneval@{HUMANEVAL}")
    export(written(tmp_path / "corpus", records), tmp_path / "out", ["problems"])
    rows = rows_of(tmp_path / "out", "problems", "test")
    assert [row["prompt"] for row in rows] == [record.meta["prompt"] for record in records]
    assert failures([problem_program(row) for row in rows]) == ""


def test_exported_problems_load_again_as_tasks(tmp_path: Path) -> None:
    export(written(tmp_path / "corpus", [synthetic()]), tmp_path / "out", ["problems"])
    again = load(f"jsonl@{tmp_path / 'out' / 'jsonl' / 'problems' / 'train.jsonl'}")[0]
    assert again.problem.entry_point == "double"
    assert [case.call for case in again.tests.cases] == [case.call for case in synthetic().tests.cases]


def test_exported_sft_answers_run_with_the_tests_of_their_record(tmp_path: Path) -> None:
    records = [synthetic(), *load("reference:train")[:20]]
    export(written(tmp_path / "corpus", records), tmp_path / "out", ["sft"])
    programs = []
    for row, record in zip(rows_of(tmp_path / "out", "sft"), records, strict=True):
        assert [message["role"] for message in row["prompt"] + row["completion"]] == ["user", "assistant"]
        assert record.problem.entry_point in row["prompt"][0]["content"]
        code = re.fullmatch(r"```python\n(.*)\n```", row["completion"][0]["content"], re.S)
        assert code is not None
        programs.append("\n".join([code[1], *(case.source for case in record.tests.cases)]))
    assert failures(programs) == ""


def test_exported_grpo_tests_judge_an_answer_one_by_one() -> None:
    suite = read_suite(PYTEST_STYLE, "root")
    record = Record(Problem("Square root.", "root"), Solution("def root(n):\n    return n\n"), suite)
    row = GRPO.row(record)
    assert len(row["tests"]) == len(suite.cases)
    code = "import math\ndef root(n):\n    return math.sqrt(n) + (n > 30)\n"
    found = failures(["\n".join([code, "from math import sqrt", test]) for test in row["tests"]])
    assert re.findall(r"^\d+", found, re.M) == [str(n) for n, test in enumerate(row["tests"]) if "range(9)" in test]


@pytest.mark.parametrize("name", FORMATS.names())
def test_trace_comments_are_never_exported(tmp_path: Path, name: str) -> None:
    export(written(tmp_path / "corpus", [synthetic()]), tmp_path / "out", [name])
    text = (tmp_path / "out" / "jsonl" / name / "train.jsonl").read_text()
    assert "->" not in text
    assert "#" not in text


@pytest.mark.parametrize("name", FORMATS.names())
def test_every_row_says_where_it_came_from(tmp_path: Path, name: str) -> None:
    export(written(tmp_path / "corpus", [synthetic()]), tmp_path / "out", [name])
    row = rows_of(tmp_path / "out", name)[0]
    assert row.keys() >= PROVENANCE.keys()
    assert (row["id"], row["expected_from"], row["model"]) == (synthetic().id, "agreement", "writer@1")


PYTEST_STYLE = """\
import pytest
from math import sqrt

def test_root():
    assert root(4) == 2.0
    assert root(2) == pytest.approx(1.4142135623730951)

def test_error():
    with pytest.raises(ValueError):
        root(-1)

def test_loop():
    for n in range(9):
        assert root(n * n) == n

class TestRoot:
    def test_one(self):
        assert root(1) == sqrt(1)
"""


def test_pytest_suites_become_checks_without_pytest() -> None:
    check = check_source(read_suite(PYTEST_STYLE, "root"), "root")
    assert "pytest" not in check
    good = "import math\ndef root(n):\n    return math.sqrt(n)\n"
    for code, wrong in (
        (good, ""),
        ("def root(n):\n    return abs(n) ** 0.5\n", "no exception"),
        (good.replace("(n)\n", "(n) + (n > 30)\n"), "AssertionError"),
    ):
        assert wrong in failures([f"{code}\n{check}\ncheck(root)"])
    assert failures([f"{good}\n{check}\ncheck(root)"]) == ""


def test_a_suite_without_cases_is_not_exported_as_one_that_passes() -> None:
    with pytest.raises(ValueError, match="no cases"):
        check_source(read_suite("", "root"), "root")


# ── export ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_parquet_shards_hold_the_same_rows_and_load_by_config(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets", reason="the hub extra is not installed")
    records = [synthetic(), *load("reference:train")[:6]]
    export(written(tmp_path / "corpus", records), tmp_path / "out", ["sft", "problems"], rows_per_shard=3)
    names = sorted(path.name for path in (tmp_path / "out" / "data" / "sft").iterdir())
    assert names == [f"train-0000{n}-of-00003.parquet" for n in range(3)]
    for name in ("sft", "problems"):
        found = datasets.load_dataset(str(tmp_path / "out"), name, split="train", cache_dir=str(tmp_path / "cache"))
        assert list(found) == rows_of(tmp_path / "out", name)


def test_an_export_is_reproducible_and_leaves_no_stale_shards(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the hub extra is not installed")
    records = [synthetic(), *load("reference:train")[:6]]
    corpus = written(tmp_path / "corpus", records)
    export(corpus, tmp_path / "one", ["sft"], rows_per_shard=2)
    export(corpus, tmp_path / "one", ["sft"])
    export(corpus, tmp_path / "two", ["sft"])
    one, two = (
        {p.relative_to(at): p.read_bytes() for p in at.rglob("*") if p.is_file()}
        for at in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two


def test_without_pyarrow_json_lines_are_written_and_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    lines = export(written(tmp_path / "corpus", [synthetic()]), tmp_path / "out", ["sft"])
    assert any("pip install codefactory[hub]" in line for line in lines)
    assert not list((tmp_path / "out").rglob("*.parquet"))
    assert "path: jsonl/sft/train.jsonl" in (tmp_path / "out" / "README.md").read_text()


def test_bad_exports_are_one_clear_line(tmp_path: Path) -> None:
    corpus = written(tmp_path / "corpus", [synthetic()])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "photo.jpg").write_text("")
    with pytest.raises(InputError, match="is not an export"):
        export(corpus, tmp_path / "mine")
    with pytest.raises(UnknownNameError, match="did you mean 'problems'"):
        export(corpus, tmp_path / "out", ["problem"])
    with pytest.raises(InputError, match="nothing to export"):
        export(written(tmp_path / "empty", []), tmp_path / "out")
    with pytest.raises(InputError, match="'codefactory run' writes one"):
        export(tmp_path / "nowhere", tmp_path / "out")
    untested = replace(synthetic(), tests=read_suite("", "double"))
    with pytest.raises(InputError, match="cannot be written as 'problems': the suite of double has no cases"):
        export(written(tmp_path / "untested", [untested]), tmp_path / "out")


# ── card ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def exported_card(tmp_path: Path) -> tuple[dict[str, Any], str]:
    records = [synthetic(), *load("reference:train")[:3]]
    export(written(tmp_path / "corpus", records), tmp_path / "out")
    _, front, body = (tmp_path / "out" / "README.md").read_text().split("---\n", 2)
    return yaml.safe_load(front), body


def test_the_cards_yaml_is_what_the_hub_reads(tmp_path: Path) -> None:
    front, _ = exported_card(tmp_path)
    assert front["license"] == "apache-2.0"
    assert front["annotations_creators"] == ["expert-generated", "machine-generated"]
    assert [config["config_name"] for config in front["configs"]] == ["sft", "problems"]
    assert front["size_categories"] == ["n<1K"]
    hub = pytest.importorskip("huggingface_hub", reason="the hub extra is not installed")
    assert hub.DatasetCard.load(tmp_path / "out" / "README.md").data.task_categories == ["text-generation"]


def test_the_card_shows_the_funnel_and_what_made_the_rows(tmp_path: Path) -> None:
    _, body = exported_card(tmp_path)
    assert "| suite_syntax | -1 | assert f( \\| broken |" in body
    assert "5 seen = 4 kept + 1 dropped." in body
    assert "| expected_from | agreement | 1 |" in body
    assert "| image | sha256:abc |" in body


def test_a_funnel_that_does_not_add_up_says_so(tmp_path: Path) -> None:
    store.write(tmp_path / "corpus", [synthetic()], Funnel(seen=7, kept=1), ABOUT)
    export(tmp_path / "corpus", tmp_path / "out", ["sft"])
    assert "does not add up" in (tmp_path / "out" / "README.md").read_text()


def test_the_commands_in_the_card_recompute_its_numbers(tmp_path: Path) -> None:
    _, body = exported_card(tmp_path)
    commands = re.findall(r"^python -c .*$", body, re.M)
    assert len(commands) == 3
    for command in commands:
        done = subprocess.run(
            command.replace("python", sys.executable, 1),
            shell=True,
            cwd=tmp_path / "out",
            capture_output=True,
            text=True,
        )
        found = dict(re.findall(r"'([\w-]+)': (\d+)", done.stdout))
        assert found
        for value, count in found.items():
            assert f"| {value} | {count} |" in body


def test_sft_columns_are_declared_for_every_value(tmp_path: Path) -> None:
    assert list(SFT.row(synthetic())) == list(SFT.columns)

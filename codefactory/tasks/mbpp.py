"""MBPP, 974 crowd-sourced problems (Austin et al. 2021, arXiv 2108.07732; CC-BY-4.0), with the paper's own split.

Tasks 11-510 are for testing; 1-10 (few-shot examples) and 511-974 (fine-tuning and validation) are `train` here. The
sanitized file (427 of them, reworded) is read as well. Tasks 367 and 927 build their arguments with a class of the
solution's own: those cases have no literal reading and need tests and solution in one process.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from codefactory.errors import InputError
from codefactory.languages.python import read_suite
from codefactory.tasks.base import called_name, one_paragraph, only_split
from codefactory.tasks.rows import Row, field, file_rows, hub_rows
from codefactory.types import Problem, Record, Solution

DATASET, CONFIG = "google-research-datasets/mbpp", "full"
TEST_IDS = range(11, 511)


def load(split: str, path: Path | None) -> list[Record]:
    """MBPP by task id; `train` 474 tasks, `test` 500.

    Raises:
        InputError: if neither the file nor the hub gives MBPP.
    """
    rows = file_rows(path) if path else hub_rows(DATASET, CONFIG, "mbpp:train@mbpp.jsonl")
    where = str(path or DATASET)
    records = [record_of(row, f"{where}: row {number}") for number, row in enumerate(rows, 1)]
    return only_split(sorted(records, key=lambda record: int(record.meta["task_id"])), split, "mbpp")


def record_of(row: Row, where: str) -> Record:
    """One row of `mbpp.jsonl` or `sanitized-mbpp.json`."""
    number = int(field(row, "task_id", where))
    code = "\n".join(line.rstrip() for line in str(field(row, "code", where)).splitlines()) + "\n"
    tests = [str(test).strip() for test in field(row, "test_list", where)]
    entry_point = called_name("\n".join(tests), code)
    if not entry_point:
        raise InputError(f"{where}: task {number}: its tests call nothing that its code defines; is this MBPP?")
    setup = str(row.get("test_setup_code") or "") or "\n".join(row.get("test_imports") or ())
    suite = read_suite("\n".join(tests), entry_point)
    preamble = "\n".join(line.rstrip() for line in setup.splitlines())
    return Record(
        problem=Problem(one_paragraph(str(row["text"] if "text" in row else field(row, "prompt", where))), entry_point),
        solution=Solution(code),
        tests=replace(suite, preamble=preamble),
        origin="human",
        name=f"mbpp/{number}",
        expected_from="human",
        split="test" if number in TEST_IDS else "train",
        licence="cc-by-4.0",
        meta={"task_id": str(number)},
    )

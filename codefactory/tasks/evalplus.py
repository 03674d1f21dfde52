"""HumanEval+ and MBPP+ (Liu et al. 2023, arXiv 2305.01210; Apache-2.0): the base tests, and many more inputs.

Reads the releases' own files (HumanEvalPlus.jsonl.gz, MbppPlus.jsonl.gz). The base tests become literal cases. What the
further inputs should give is not in the files: as in the benchmark itself, the task's own solution says so. It stands
in the suite's preamble under another name and is run beside the candidate, so those cases are `shared` and no more.

JSON has no tuples, sets or complex numbers: MBPP+ stores them as lists and texts. An input gets its types back from the
base test's arguments, which are Python. HumanEval's are JSON's own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from codefactory.errors import InputError
from codefactory.languages.python import read_suite
from codefactory.tasks import humaneval
from codefactory.tasks.base import only_split
from codefactory.tasks.rows import Row, field, file_rows
from codefactory.types import Case, Problem, Record, Solution, Suite

INPUTS_PER_CASE = 50
SAME = """
def _same(one, other, tolerance):
    if isinstance(other, float) or isinstance(one, float):
        if one == other or (one != one and other != other):
            return True
        try:
            return abs(one - other) <= max(tolerance, 1e-6 * abs(other))
        except TypeError:
            return False
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(_same(a, b, tolerance) for a, b in zip(one, other))
    return one == other


def _reference():
    names = {}
    exec(REFERENCE, names)
    return names[NAME]


def _holds(candidate, inputs, tolerance):
    from copy import deepcopy

    reference = _reference()
    for arguments in inputs:
        wanted = reference(*deepcopy(arguments))
        if not _same(candidate(*deepcopy(arguments)), wanted, tolerance):
            return False
    return True
"""


def load(split: str, path: Path | None) -> list[Record]:
    """The tasks in the file's order; their splits are `humaneval` and `mbpp`.

    Raises:
        InputError: if no file is named, or it is not a release of EvalPlus.
    """
    if path is None:
        raise InputError("evalplus: name a release's file, such as 'evalplus@HumanEvalPlus.jsonl.gz'")
    records = [record_of(row, f"{path}: row {number}") for number, row in enumerate(file_rows(path), 1)]
    return only_split(records, split, "evalplus")


def record_of(row: Row, where: str) -> Record:
    """One task of either set, with as many cases for its further inputs as they need.

    Raises:
        InputError: if a field is missing or the base tests cannot be read.
    """
    entry_point = str(field(row, "entry_point", where))
    inputs = list(field(row, "base_input", where)), list(field(row, "plus_input", where) or ())
    record = _mbpp(row, entry_point, where) if "assertion" in row else humaneval.record_of(row, where)
    retyped = [_retype(one, _arguments(record.tests, entry_point)) for one in inputs[1]]
    tests = _extended(record, retyped, float(row.get("atol") or 0))
    split = "mbpp" if "assertion" in row else "humaneval"
    return replace(record, tests=tests, name=f"{record.name}+", split=split, licence="apache-2.0")


def _mbpp(row: Row, entry_point: str, where: str) -> Record:
    code = str(field(row, "canonical_solution", where)).strip() + "\n"
    prompt = str(field(row, "prompt", where)).strip().strip('"').strip()
    statement = prompt.partition("\nassert ")[0].strip()
    tests = read_suite(str(row["assertion"]), entry_point)
    if not tests.cases:
        raise InputError(f"{where}: its assertion holds no test of {entry_point}; is this MBPP+?")
    name = str(field(row, "task_id", where))
    return Record(
        Problem(statement, entry_point), Solution(code), tests, origin="human", name=name, expected_from="human"
    )


def _extended(record: Record, inputs: Sequence[Any], tolerance: float) -> Suite:
    """The base suite, and cases that ask for what the reference gives."""
    if not inputs:
        return record.tests
    entry_point = record.problem.entry_point
    constants = f"REFERENCE = {record.solution.code!r}\nNAME = {entry_point!r}"
    cases = tuple(
        Case(
            f"plus_{number}",
            f"assert _holds({entry_point}, {inputs[start : start + INPUTS_PER_CASE]!r}, {tolerance!r})",
        )
        for number, start in enumerate(range(0, len(inputs), INPUTS_PER_CASE), 1)
    )
    preamble = "\n".join(part for part in (record.tests.preamble, "from math import inf, nan", constants, SAME) if part)
    return replace(record.tests, cases=(*record.tests.cases, *cases), preamble=preamble)


def _arguments(suite: Suite, entry_point: str) -> list[Any]:
    """The arguments of the first base case as Python values; [] where they are no literals."""
    for case in suite.cases:
        for node in _calls(case.source, entry_point):
            try:
                return [ast.literal_eval(argument) for argument in node.args]
            except (ValueError, TypeError):
                continue
    return []


def _calls(source: str, entry_point: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == entry_point:
            yield node


def _retype(value: Any, example: Any) -> Any:
    """A value out of JSON in the types of an example: lists become its tuples or sets, texts its complex numbers."""
    if isinstance(example, complex) and isinstance(value, str):
        return complex(value)
    if isinstance(value, dict) and isinstance(example, dict) and example:
        item = next(iter(example.values()))
        return {key: _retype(one, item) for key, one in value.items()}
    if not isinstance(value, list) or not isinstance(example, list | tuple | set | frozenset):
        return value
    items = list(example)
    # Arguments and records have a type for each place, collections one for all.
    places = items if len(items) == len(value) else [items[0] if items else None] * len(value)
    made = [_retype(one, place) for one, place in zip(value, places, strict=True)]
    return made if isinstance(example, list) else type(example)(made)

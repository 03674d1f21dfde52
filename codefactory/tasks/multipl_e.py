"""MultiPL-E's HumanEval in other languages (Cassano et al. 2023, arXiv 2208.08227): for evaluation only.

Its licence is BSD-3 with a restriction: the data must not be used to train models. Records carry that licence, and
`codefactory.tasks.base.check_trainable` refuses them wherever training data is read.

A row is a prompt that a completion follows, and tests that follow the completion in the same file. There is no
canonical solution: the record's solution is empty, and what is evaluated is prompt plus completion.

The OCaml file writes negative numbers in its tests as `(~5)`, which OCaml does not read: 33 of its 156 tasks fail for
every solution. They are left as they are, so that scores compare with published ones.
"""

from __future__ import annotations

import re
from pathlib import Path

from codefactory.errors import InputError
from codefactory.languages.native import WHOLE
from codefactory.tasks.base import EVALUATION_ONLY, only_split
from codefactory.tasks.rows import Row, field, file_rows, hub_rows
from codefactory.types import Case, Problem, Record, Solution, Suite

DATASET = "nuprl/MultiPL-E"
LANGUAGE = {"lua": "lua", "r": "r", "rkt": "racket", "ml": "ocaml", "pl": "perl", "js": "javascript"}
CONFIG = {language: f"humaneval-{short}" for short, language in LANGUAGE.items()}


def load(split: str, path: Path | None) -> list[Record]:
    """The tasks of a file; without one the split names a language and the hub is asked.

    Raises:
        InputError: if neither the file nor the hub gives such rows.
    """
    if path is None and split not in CONFIG:
        raise InputError(f"multipl_e: name a language ({', '.join(CONFIG)}) or a file: 'multipl_e@humaneval-lua.jsonl'")
    rows = file_rows(path) if path else hub_rows(DATASET, CONFIG[split], "multipl_e@humaneval-lua.jsonl")
    where = str(path or DATASET)
    records = [record_of(row, f"{where}: row {number}") for number, row in enumerate(rows, 1)]
    return only_split(records, split, "multipl_e")


def record_of(row: Row, where: str) -> Record:
    """One task; its tests are a script that follows the candidate's code.

    Raises:
        InputError: if a field is missing or its language is not known here.
    """
    short = str(field(row, "language", where))
    if short not in LANGUAGE:
        raise InputError(f"{where}: language '{short}' is not known here; there are: {', '.join(LANGUAGE)}")
    prompt, tests = str(field(row, "prompt", where)), str(field(row, "tests", where))
    name = str(field(row, "name", where))
    language = LANGUAGE[short]
    return Record(
        problem=Problem(prompt.strip(), re.sub(r"^HumanEval_\d+_", "", name), language),
        solution=Solution(""),
        tests=Suite((Case(WHOLE, ""),), f"=== file: script\n{_called(language, tests)}"),
        origin="human",
        name=f"multipl_e/{short}/{name}",
        expected_from="human",
        split=language,
        licence=EVALUATION_ONLY,
        meta={"prompt": prompt, "stop": "\0".join(row.get("stop_tokens") or ())},
    )


def _called(language: str, tests: str) -> str:
    """OCaml's tests are a value, evaluated as the file is; everybody else's end in the call."""
    return tests if language != "ocaml" else f"{tests}\n"


def program(record: Record, completion: str) -> Solution:
    """The candidate's file: the prompt and what a model wrote after it, cut at the first stop token."""
    for stop in filter(None, record.meta["stop"].split("\0")):
        at = completion.find(stop)
        completion = completion if at < 0 else completion[:at]
    return Solution(record.meta["prompt"] + completion)

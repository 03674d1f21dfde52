"""Promises of the formats with right and wrong answers: what is wrong fails, hardest first, nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codefactory.config import SandboxConfig
from codefactory.corpus import store
from codefactory.corpus.answers import continuation, verdict
from codefactory.corpus.formats import export
from codefactory.corpus.rows import Group, groups
from codefactory.errors import InputError
from codefactory.filters.base import Funnel
from codefactory.languages.python import read_suite
from codefactory.measures import Attempt
from codefactory.reverification import reverify
from codefactory.types import Problem, Record, Solution

SUITE = "assert total([1, 2, 4]) == 6\nassert total([]) == 0\nassert total([7]) == 0\nassert total([2, -2]) == 0\n"
RIGHT = "def total(xs):\n    return sum(x for x in xs if x % 2 == 0)\n"
OTHER = (
    "def total(xs):\n    found = 0\n    for x in xs:\n        if not x % 2:\n            found += x\n    return found\n"
)
NEAR = "def total(xs):\n    return sum(x for x in xs if x % 2 == 0 and x > 0) * (xs != [2, -2])\n"
ODD = "def total(xs):\n    return sum(x for x in xs if x % 2)\n"
SYNTAX = "def total(xs)\n    return 0\n"
PROCESS = SandboxConfig(runner="process")


def record(code: str = RIGHT, **changes: Any) -> Record:
    made = Record(Problem("The sum of the even numbers.", "total"), Solution(code), read_suite(SUITE, "total"))
    return replace(made, policy="agreement", draft_id="d1", split="train", **changes)


def attempt(code: str, passed: int, got: str = "", status: str = "failed") -> Attempt:
    return Attempt("d1", record().problem.id, code, status, passed, 4, "assert total([1, 2, 4]) == 6", got)


ATTEMPTS = [attempt(ODD, 2, "1"), attempt(SYNTAX, 0, "", "syntax")]


def exported(folder: Path, *formats: str, attempts: list[Attempt] | None = None, records: int = 2) -> Path:
    funnel = Funnel()
    rows = [record(), record(OTHER)][:records]
    for _ in rows:
        funnel.keep()
    store.write(folder / "corpus", rows, funnel, {}, ATTEMPTS if attempts is None else attempts)
    export(folder / "corpus", folder / "out", formats)
    return folder / "out"


def rows_of(out: Path, form: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "jsonl" / form / "train.jsonl").read_text().splitlines()]


def test_dpo_pairs_every_refused_answer_once_hardest_first_with_different_solutions(tmp_path: Path) -> None:
    rows = rows_of(exported(tmp_path, "dpo"), "dpo")
    assert [(row["rank"], row["rejected_share"]) for row in rows] == [(0, 0.5), (1, 0.0)]
    assert ODD.strip() in rows[0]["rejected"][0]["content"]
    assert RIGHT.strip() in rows[0]["chosen"][0]["content"]
    assert OTHER.strip() in rows[1]["chosen"][0]["content"]
    assert [row["id"] for row in rows] == [record().id, record(OTHER).id]


def test_kto_labels_every_answer(tmp_path: Path) -> None:
    rows = rows_of(exported(tmp_path, "kto"), "kto")
    assert [(row["label"], row["share"]) for row in rows] == [(True, 1.0), (True, 1.0), (False, 0.5), (False, 0.0)]


def test_repair_says_what_failed_and_what_came_instead(tmp_path: Path) -> None:
    first, second = rows_of(exported(tmp_path, "repair"), "repair")
    assert first["verdict"] == "It passes 2 of 4 tests. `assert total([1, 2, 4]) == 6` does not hold; it returns 1."
    assert second["verdict"] == "It is not valid source code."
    assert first["failed"] == ODD
    assert first["fixed"] == RIGHT
    for part in ("The sum of the even numbers.", ODD.strip(), first["verdict"]):
        assert part in first["prompt"][0]["content"]


def test_an_exception_is_named_in_a_verdict() -> None:
    assert verdict(attempt(ODD, 3, "!TypeError")).endswith("`assert total([1, 2, 4]) == 6` ends with TypeError.")


def test_an_answer_whose_failing_case_is_not_known_is_told_what_is_known() -> None:
    assert verdict(replace(attempt(ODD, 3), failed_case="")) == "It passes 3 of 4 tests."


async def test_what_is_called_right_holds_and_what_is_called_wrong_does_not(tmp_path: Path) -> None:
    out = exported(tmp_path, "problems", "dpo", "kto", "repair", "completions")
    proof = await reverify(out, PROCESS)
    assert not proof.broken
    found = {form: count for (form, outcome), count in proof.counts.items() if outcome == "holds"}
    assert {form: found[form] // (2 if (out / "data").exists() else 1) for form in found} == {
        "problems": 2,
        "dpo": 2,
        "kto": 4,
        "repair": 2,
        "completions": 4,
    }


async def test_a_wrong_answer_that_is_right_is_found(tmp_path: Path) -> None:
    out = exported(tmp_path, "problems", "dpo", attempts=[attempt(OTHER, 3)])
    proof = await reverify(out, PROCESS)
    assert {finding.source.format for finding in proof.broken} == {"dpo"}
    assert "rejected: is called wrong, and its tests say otherwise" in str(proof.broken[0])


async def test_answers_without_their_tests_are_counted_apart(tmp_path: Path) -> None:
    proof = await reverify(exported(tmp_path, "dpo"), PROCESS)
    assert {outcome for _, outcome in proof.counts} == {"no_tests"}


def test_a_corpus_whose_tests_refuse_nothing_makes_no_preference_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no problem has an answer that its tests refuse"):
        exported(tmp_path, "dpo", attempts=[])
    out = exported(tmp_path / "both", "dpo", "sft", attempts=[])
    assert not (out / "jsonl" / "dpo").exists()


def test_completions_follow_their_prompt_whatever_they_look_like() -> None:
    prompt = 'import math\n\ndef total(xs):\n    """The sum."""\n'
    for code in (ODD, SYNTAX, NEAR, "total = lambda xs: 3\n"):
        text = prompt + continuation(prompt, code, record())
        try:
            names: dict[str, Any] = {}
            exec(compile(text, "row", "exec"), names)
        except SyntaxError:
            assert code == SYNTAX
            continue
        alone: dict[str, Any] = {}
        exec(code, alone)
        assert names["total"]([1, 2]) == alone["total"]([1, 2])


def test_a_drafts_answers_are_not_given_to_another_problem() -> None:
    other = replace(record(), draft_id="d2")
    human = replace(record(), draft_id="", origin="human")
    found = groups([record(), record(OTHER), other, human], ATTEMPTS)
    assert found == [Group((record(), record(OTHER)), tuple(ATTEMPTS)), Group((other,)), Group((human,))]


def test_a_corpus_keeps_its_refused_answers_and_notices_foreign_ones(tmp_path: Path) -> None:
    exported(tmp_path, "sft")
    assert store.open_corpus(tmp_path / "corpus").attempts == ATTEMPTS
    (tmp_path / "corpus" / "attempts.jsonl").write_text("{}\n")
    with pytest.raises(InputError, match=r"attempts\.jsonl does not belong to"):
        store.open_corpus(tmp_path / "corpus")

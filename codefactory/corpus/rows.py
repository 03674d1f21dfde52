"""Ways to write a Record as a row: what TRL trains on (`sft`, `messages`, `grpo`), HumanEval's own shape (`problems`).

Every row can be run from the row alone, and says where it came from: the PROVENANCE columns are part of each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from codefactory.corpus.check import case_sources, check_source
from codefactory.languages.python import completion_pair
from codefactory.types import Record

Row = dict[str, Any]

# Column -> type; the types are those of `formats.arrow_schema`.
PROVENANCE = {
    "id": "string",
    "language": "string",
    "origin": "string",
    "expected_from": "string",
    "policy": "string",
    "model": "string",
    "recipe": "string",
    "seed_id": "string",
    "draft_id": "string",
    "topics": "strings",
    "difficulty": "string",
    "pass_rate": "string",
    "probability": "string",
    "style": "string",
    "licence": "string",
}


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its columns with their types, and how a record becomes a row."""

    name: str
    columns: dict[str, str]
    make: Callable[[Record], Row]

    def row(self, record: Record) -> Row:
        """The record in this format, columns in their order."""
        made = self.make(record) | provenance(record)
        return {column: made[column] for column in self.columns}


def provenance(record: Record) -> Row:
    """Where a record came from, how hard it was for its writer, and how likely it is right."""
    row: Row = {column: getattr(record, column, record.meta.get(column, "")) for column in PROVENANCE}
    return row | {"language": record.problem.language, "topics": list(record.topics)}


def instruction(record: Record) -> str:
    """The statement, and the name to define where the statement does not say it."""
    statement, name = record.problem.statement, record.problem.entry_point
    return statement if name in statement else f"{statement}\n\nCall the function `{name}`."


def task_id(record: Record) -> str:
    """A human task's own name, else one made of the content id."""
    return record.name or f"codefactory/{record.id}"


def _question(record: Record) -> list[dict[str, str]]:
    return [{"role": "user", "content": instruction(record)}]


def _answer(record: Record) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": f"```{record.problem.language}\n{record.solution.code.strip()}\n```"}]


def _sft(record: Record) -> Row:
    return {"prompt": _question(record), "completion": _answer(record)}


def _messages(record: Record) -> Row:
    return {"messages": _question(record) + _answer(record)}


def _grpo(record: Record) -> Row:
    return {
        "prompt": _question(record),
        "entry_point": record.problem.entry_point,
        "preamble": record.tests.preamble,
        "tests": case_sources(record.tests, record.problem.entry_point),
    }


def _problems(record: Record) -> Row:
    prompt, completion = completion_pair(record)
    # HumanEval's prompts end their line, so that any completion can follow.
    if completion.startswith("\n") and not prompt.endswith("\n"):
        prompt, completion = prompt + "\n", completion[1:]
    return {
        "task_id": task_id(record),
        "prompt": prompt,
        "canonical_solution": completion,
        "test": check_source(record.tests, record.problem.entry_point),
        "entry_point": record.problem.entry_point,
        "statement": record.problem.statement,
    }


SFT = Format("sft", {"prompt": "messages", "completion": "messages", **PROVENANCE}, _sft)
MESSAGES = Format("messages", {"messages": "messages", **PROVENANCE}, _messages)
GRPO = Format(
    "grpo",
    {"prompt": "messages", "tests": "strings", "entry_point": "string", "preamble": "string", **PROVENANCE},
    _grpo,
)
PROBLEMS = Format(
    "problems",
    {
        "task_id": "string",
        "prompt": "string",
        "canonical_solution": "string",
        "test": "string",
        "entry_point": "string",
        "statement": "string",
        **PROVENANCE,
    },
    _problems,
)

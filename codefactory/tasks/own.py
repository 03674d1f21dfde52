"""Reads a row of our own back into the Record that it was: a line of `records.jsonl`, or a row of the format `records`.

What was exported is restored whole, so its content id is the one that the row names; where it is not, the row was
changed since, and is refused.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from codefactory.tasks.rows import Row
from codefactory.types import Record, from_json

FIELDS = {one.name for one in fields(Record)}


def is_own(row: Row) -> bool:
    """Whether a row is a Record's: only there is a problem a structure."""
    return isinstance(row.get("problem"), dict)


def own_record(row: Row) -> Record:
    """The Record that was written as this row.

    Raises:
        pydantic.ValidationError: if it is none.
        ValueError: if its `id` names another content.
    """
    values: dict[str, Any] = {name: value for name, value in row.items() if name in FIELDS}
    if isinstance(values.get("meta"), str):  # parquet has no maps of any names, so the format writes JSON
        values["meta"] = json.loads(values["meta"] or "{}")
    record = from_json(Record, json.dumps(values, default=str))
    if row.get("id") and row["id"] != record.id:
        raise ValueError(f"its id is {row['id']}, its content's is {record.id}: it was changed after it was exported")
    return record

"""The types of a format's columns, said three ways: for Arrow, for the card's YAML, and as `datasets.Features`.

All three are written from one name, so that an empty column, a shard without a value, and a reader that never saw the
first row still agree on the type.
"""

from __future__ import annotations

from typing import Any

Columns = dict[str, str]

SCALARS = {"string": "string", "boolean": "bool", "integer": "int64", "number": "float64"}
MESSAGE = {"role": "string", "content": "string"}
CALL = {"expression": "string", "expected": "string", "check": "string", "argument": "integer", "tolerance": "number"}
CASE = {"name": "string", "source": "string", "call": CALL}
# Kinds that are made of others: a dict is a structure, a list of one is a list of it.
MADE: dict[str, Any] = {
    "strings": ["string"],
    "messages": [MESSAGE],
    "problem": {"statement": "string", "entry_point": "string", "language": "string"},
    "solution": {"code": "string"},
    "suite": {"cases": [CASE], "preamble": "string", "fault": "string"},
}


def arrow_schema(columns: Columns) -> Any:
    """The columns as a `pyarrow.Schema`.

    Raises:
        ImportError: if pyarrow is not installed.
    """
    import pyarrow

    def kind(shape: Any) -> Any:
        if isinstance(shape, list):
            return pyarrow.list_(kind(shape[0]))
        if isinstance(shape, dict):
            return pyarrow.struct([(name, kind(part)) for name, part in shape.items()])
        return kind(MADE[shape]) if shape in MADE else pyarrow.type_for_alias(SCALARS[shape])

    return pyarrow.schema([(column, kind(shape)) for column, shape in columns.items()])


def features(columns: Columns) -> Any:
    """The columns as `datasets.Features`.

    Raises:
        ImportError: if datasets is not installed.
    """
    import datasets

    def kind(shape: Any) -> Any:
        if isinstance(shape, list):
            return datasets.List(kind(shape[0])) if hasattr(datasets, "List") else [kind(shape[0])]
        if isinstance(shape, dict):
            return {name: kind(part) for name, part in shape.items()}
        return kind(MADE[shape]) if shape in MADE else datasets.Value(SCALARS[shape])

    return datasets.Features({column: kind(shape) for column, shape in columns.items()})


def card_features(columns: Columns) -> list[dict[str, Any]]:
    """The columns as the `features` of a card's `dataset_info`, as the hub's own library writes them."""

    def kind(shape: Any) -> dict[str, Any]:
        shape = MADE.get(shape, shape) if isinstance(shape, str) else shape
        if isinstance(shape, str):
            return {"dtype": SCALARS[shape]}
        if isinstance(shape, dict):
            return {"struct": [{"name": name, **kind(part)} for name, part in shape.items()]}
        (inner,) = shape
        found = kind(inner)
        return {"list": found.get("struct") or found.get("dtype") or found}

    return [{"name": column, **kind(shape)} for column, shape in columns.items()]

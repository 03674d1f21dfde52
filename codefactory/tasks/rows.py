"""Reads rows for the loaders: JSON lines (gzip or not) or a JSON array from a file, or a data set from the hub."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from codefactory.errors import InputError

Row = dict[str, Any]


def file_rows(path: Path) -> list[Row]:
    """Every row of a `.jsonl`, `.jsonl.gz` or `.json` file.

    Raises:
        InputError: naming file and line, if it cannot be read or a row is not a JSON object.
    """
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); name a .jsonl, .jsonl.gz or .json file") from error
    if text.lstrip().startswith("["):
        return _array(path, text)
    # Split at "\n" alone: JSON strings may hold U+2028, which str.splitlines would split at.
    return [_row(path, number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _array(path: Path, text: str) -> list[Row]:
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise InputError(f"{path}: not JSON ({error})") from error
    if not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{path}: expected a JSON array of objects, one a task")
    return list(rows)


def _row(path: Path, number: int, line: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}:{number}: not JSON ({error}); expected one object a line") from error
    if not isinstance(row, dict):
        raise InputError(f"{path}:{number}: expected a JSON object, got {type(row).__name__}")
    return row


def hub_rows(dataset: str, config: str | None, hint: str) -> list[Row]:
    """Every row of all splits of a hub data set, each with its split's name under `hub_split`.

    Args:
        hint: a task-set name with a file, for whoever is offline.

    Raises:
        InputError: if the `hub` extra is missing or the hub does not answer.
    """
    try:
        import datasets
    except ImportError as error:
        raise InputError(f"{dataset}: the hub needs 'pip install codefactory[hub]'; or use '{hint}'") from error
    try:
        splits = datasets.load_dataset(dataset, config)
    except Exception as error:  # datasets raises whatever its transport raised
        raise InputError(f"{dataset}: the hub did not answer ({type(error).__name__}); use a file: '{hint}'") from error
    return [{**row, "hub_split": name} for name, rows in splits.items() for row in rows]


def field(row: Row, name: str, where: str) -> Any:
    """`row[name]`.

    Raises:
        InputError: if it is missing, with the fields that there are.
    """
    if name not in row:
        raise InputError(f"{where}: has no field '{name}'; it has: {', '.join(map(str, row)) or 'none'}")
    return row[name]

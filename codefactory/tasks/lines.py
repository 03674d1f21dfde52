"""Reads anybody's file row by row at bounded memory; a row that cannot be read is yielded with its reason.

Rows are counted from 1: lines of JSON lines (blank ones are skipped but counted), items of a JSON array, rows of
parquet, of CSV (`.csv`, or `.tsv` with tabs) after its line of column names. Slugs: `not_utf8`, `not_json`,
`not_an_object`, `too_long`, `lone_surrogate`, `cut_off`, `parquet_broken`, `csv_columns`.
"""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from codefactory.errors import InputError
from codefactory.tasks.rows import Row

LONGEST_LINE = 64 << 20  # bytes; a binary file may hold no line end at all
PARQUET_BATCH = 128  # rows decoded together: a row of code is a few kilobytes
NEXT = "name a .jsonl, .jsonl.gz, .json, .csv or .parquet file"
SEPARATORS = {".csv": ",", ".tsv": "\t"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file, or the reason why there is none."""

    number: int
    row: Row | None = None
    slug: str = ""
    detail: str = ""


def lines(path: Path) -> Iterator[Line]:
    """Every row of the file in its order.

    Raises:
        InputError: if the file is missing, a folder, empty, or no such file at all.
    """
    if path.is_dir():
        raise InputError(f"{path}: a folder, not a file; {NEXT}")
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); {NEXT}") from error
    if head == b"PAR1":
        return _parquet(path)
    if path.suffix == ".parquet" and head:
        raise InputError(f"{path}: not a parquet file, whatever its name says; write it again, or {NEXT}")
    if path.suffix in SEPARATORS and head:
        return _csv(path, SEPARATORS[path.suffix])
    return _text(path, zipped=head[:2] == b"\x1f\x8b")


def _text(path: Path, *, zipped: bool) -> Iterator[Line]:
    number = 0
    with cast(IO[bytes], gzip.open(path) if zipped else path.open("rb")) as file:
        try:
            start = file.peek(64)[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]  # type: ignore[attr-defined]
            if start == b"[":
                yield from _array(path, file.read())
                return
            while line := file.readline(LONGEST_LINE):
                number += 1
                if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
                    yield Line(number, None, "too_long", f"longer than {LONGEST_LINE >> 20} MiB")
                    _skip_line(file)
                elif line.strip():
                    yield _row(number, line)
        except (OSError, EOFError, zlib.error) as error:
            if number == 0:
                raise InputError(f"{path}: cannot be read ({error}); {NEXT}") from error
            yield Line(number + 1, None, "cut_off", f"the file ends here: {error}")
    if number == 0:
        raise InputError(f"{path}: is empty; {NEXT}")


def _csv(path: Path, separator: str) -> Iterator[Line]:
    """Rows of a table; a cell may hold line ends where it is quoted, so rows and lines are not the same."""
    csv.field_size_limit(LONGEST_LINE)
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=separator, strict=True)
            for number, row in enumerate(reader, 1):
                if None in row or None in row.values():
                    wanted = len(reader.fieldnames or ())
                    yield Line(number, None, "csv_columns", f"its cells are not as many as the {wanted} column names")
                else:
                    yield Line(number, dict(row))
    except UnicodeDecodeError as error:
        yield Line(number + 1, None, "not_utf8", f"the rest cannot be read ({error.reason}); save the file as UTF-8")
    except csv.Error as error:
        yield Line(number + 1, None, "cut_off", f"the table ends here: {error}")


def _skip_line(file: IO[bytes]) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _row(number: int, line: bytes) -> Line:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        detail = f"byte {error.start + 1} of the line is 0x{line[error.start]:02x}; save the file as UTF-8"
        return Line(number, None, "not_utf8", detail)
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        ends = "" if line.endswith(b"\n") else " (the file ends without a line end: was it cut off?)"
        what = f"{error.msg} at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else str(error)
        return Line(number, None, "not_json", what + ends)
    return _checked(number, row, r"\ud" in text.lower())


def _checked(number: int, row: Any, suspicious: bool) -> Line:
    """An object whose texts can be encoded; JSON can spell half of a surrogate pair."""
    if not isinstance(row, dict):
        return Line(number, None, "not_an_object", f"expected an object with columns, got {type(row).__name__}")
    if suspicious:
        try:
            json.dumps(row, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            half = ord(error.object[error.start])
            return Line(number, None, "lone_surrogate", f"\\u{half:04x} is half of a character")
    return Line(number, row)


def _array(path: Path, data: bytes) -> Iterator[Line]:
    try:
        rows = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: starts as a JSON array and is none ({error}); {NEXT}") from error
    if not rows:
        raise InputError(f"{path}: is an empty array; {NEXT}")
    yield from (_checked(number, row, suspicious=True) for number, row in enumerate(rows, 1))


def _parquet(path: Path) -> Iterator[Line]:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise InputError(f"{path}: parquet needs 'pip install codefactory[hub]'; or name a .jsonl file") from error
    try:
        file = pyarrow.parquet.ParquetFile(path)
    except (OSError, ValueError) as error:  # Arrow's own errors are of these two kinds
        why = " ".join(str(error).split())
        raise InputError(f"{path}: not a whole parquet file ({why}); write it again") from error
    if not file.metadata.num_rows:
        raise InputError(f"{path}: is empty; {NEXT}")
    number = 0
    try:
        for batch in file.iter_batches(batch_size=PARQUET_BATCH):
            for row in batch.to_pylist():
                number += 1
                yield Line(number, row)
    except (OSError, ValueError) as error:
        detail = " ".join(str(error).split())[:200]
        rest = range(number + 1, file.metadata.num_rows + 1)
        yield from (Line(missing, None, "parquet_broken", detail) for missing in rest)

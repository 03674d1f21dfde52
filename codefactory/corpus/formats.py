"""Writes a corpus in the formats that others read: JSON lines always, parquet where pyarrow is there, and a card."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from codefactory.corpus import FORMATS
from codefactory.corpus.card import Config, card
from codefactory.corpus.rows import Format, Row
from codefactory.corpus.store import Corpus, open_corpus, refuse_others, replace_files
from codefactory.errors import InputError
from codefactory.types import Record

ROWS_PER_SHARD = 100_000
MANIFEST = "export.json"


def export(
    corpus: Path, out: Path, formats: Iterable[str] = ("sft", "problems"), *, rows_per_shard: int = ROWS_PER_SHARD
) -> list[str]:
    """Write `README.md`, `funnel.json` and `data/<format>/<split>...` to `out`; the same corpus gives the same bytes.

    Returns:
        What was written and what was not, in lines for people.

    Raises:
        UnknownNameError: if there is no such format.
        InputError: if `corpus` is no corpus, holds no rows, or `out` holds other files.
        LedgerError: if `out` cannot be written.
    """
    chosen: list[Format] = [FORMATS.load(name.strip()) for name in formats]
    content = open_corpus(corpus)
    if not content.records:
        raise InputError(f"{corpus}: holds no rows, so there is nothing to export; 'funnel.json' there says why")
    refuse_others(out, MANIFEST, "an export")
    files: dict[str, bytes] = {}
    configs = [Config(form.name, dict(_splits(files, form, content, rows_per_shard))) for form in chosen]
    files["funnel.json"] = (json.dumps(content.funnel, indent=2, ensure_ascii=False) + "\n").encode()
    files["README.md"] = card(content, configs).encode()
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    manifest = {"corpus_sha256": content.sha256, "files": sums}
    # A loader's pattern would read what an earlier export left. The manifest goes first: it marks the folder as ours.
    for name in _listed(out) - files.keys():
        (out / name).unlink(missing_ok=True)
    replace_files(out, {MANIFEST: (json.dumps(manifest, indent=2) + "\n").encode()} | files)
    return _report(out, files, content, chosen)


def _splits(files: dict[str, bytes], form: Format, content: Corpus, rows_per_shard: int) -> Iterator[tuple[str, str]]:
    """Add the files of one format; yields (split, the path or pattern that a loader should read)."""
    for split in dict.fromkeys(record.split or "train" for record in content.records):
        rows = [_row(form, record) for record in content.records if (record.split or "train") == split]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        # JSON lines lie apart: a loader's pattern must not find every row twice.
        files[f"jsonl/{form.name}/{split}.jsonl"] = lines.encode("utf-8", "replace")
        shards = _shards(form, rows, rows_per_shard)
        for number, shard in enumerate(shards):
            files[f"data/{form.name}/{split}-{number:05d}-of-{len(shards):05d}.parquet"] = shard
        yield split, f"data/{form.name}/{split}-*.parquet" if shards else f"jsonl/{form.name}/{split}.jsonl"


def _row(form: Format, record: Record) -> Row:
    try:
        return form.row(record)
    except (ValueError, SyntaxError) as error:
        hint = "select with a policy that executes tests, or leave this format out"
        raise InputError(f"row {record.id} cannot be written as '{form.name}': {error}; {hint}") from error


def _shards(form: Format, rows: list[Row], rows_per_shard: int) -> list[bytes]:
    """The rows as parquet files; none without pyarrow."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return []
    schema = arrow_schema(form)
    found = []
    for start in range(0, len(rows), rows_per_shard):
        buffer = io.BytesIO()
        table = pyarrow.Table.from_pylist(rows[start : start + rows_per_shard], schema=schema)
        pyarrow.parquet.write_table(table, buffer)
        found.append(buffer.getvalue())
    return found


def arrow_schema(form: Format) -> Any:
    """The format's columns as an explicit Arrow schema, so that an empty column is still of its type.

    Raises:
        ImportError: if pyarrow is not installed.
    """
    import pyarrow

    text = pyarrow.string()
    kinds = {
        "string": text,
        "strings": pyarrow.list_(text),
        "messages": pyarrow.list_(pyarrow.struct([("role", text), ("content", text)])),
    }
    return pyarrow.schema([(column, kinds[kind]) for column, kind in form.columns.items()])


def _listed(out: Path) -> set[str]:
    """The files of an earlier export to the same folder."""
    try:
        return set(json.loads((out / MANIFEST).read_bytes())["files"])
    except (OSError, ValueError, KeyError):
        return set()


def _report(out: Path, files: dict[str, bytes], content: Corpus, chosen: list[Format]) -> list[str]:
    lines = [f"{form.name}: {len(content.records):,} rows" for form in chosen]
    if not any(name.endswith(".parquet") for name in files):
        lines.append("JSON lines only; parquet needs 'pip install codefactory[hub]'")
    size_kb = sum(map(len, files.values())) / 1024
    return [*lines, f"export: {out} ({len(files)} files, {size_kb:,.0f} KiB, card in README.md)"]

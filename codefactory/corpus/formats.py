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
from codefactory.corpus.columns import arrow_schema
from codefactory.corpus.rows import Format, Group, Row, groups
from codefactory.corpus.store import Corpus, open_corpus, refuse_others, replace_files
from codefactory.errors import InputError

ROWS_PER_SHARD = 100_000
MANIFEST = "export.json"
ALL = "all"  # instead of names of formats


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
    wanted = [name.strip() for name in formats]
    chosen: list[Format] = [FORMATS.load(name) for name in (FORMATS.names() if wanted == [ALL] else wanted)]
    content = open_corpus(corpus)
    if not content.records:
        raise InputError(f"{corpus}: holds no rows, so there is nothing to export; 'funnel.json' there says why")
    refuse_others(out, MANIFEST, "an export")
    files: dict[str, bytes] = {}
    configs = [Config(form.name, dict(_splits(files, form, content, rows_per_shard)), form.columns) for form in chosen]
    configs = [config for config in configs if config.splits]
    if not configs:
        names = ", ".join(form.name for form in chosen)
        raise InputError(f"{corpus}: no problem has an answer that its tests refuse, so {names} would have no rows")
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
        records = [record for record in content.records if (record.split or "train") == split]
        rows = [row for group in groups(records, content.attempts) for row in _rows(form, group, content.about)]
        if not rows:  # a split without a wrong answer has no preference pairs: no empty file says so, the report does
            continue
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        # JSON lines lie apart: a loader's pattern must not find every row twice.
        files[f"jsonl/{form.name}/{split}.jsonl"] = lines.encode("utf-8", "replace")
        shards = _shards(form, rows, rows_per_shard)
        for number, shard in enumerate(shards):
            files[f"data/{form.name}/{split}-{number:05d}-of-{len(shards):05d}.parquet"] = shard
        yield split, f"data/{form.name}/{split}-*.parquet" if shards else f"jsonl/{form.name}/{split}.jsonl"


def _rows(form: Format, group: Group, about: dict[str, Any]) -> list[Row]:
    """The rows of a group, with what is the same for the whole corpus where a row does not say it itself."""
    try:
        rows = form.rows(group)
    except (ValueError, SyntaxError) as error:
        hint = "select with a policy that executes tests, or leave this format out"
        one = group.records[0]
        raise InputError(f"row {one.id} cannot be written as '{form.name}': {error}; {hint}") from error
    same = {column: str(about[column]) for column in ("sampling", "prompts") if about.get(column)}
    if group.records[0].origin != "synthetic":
        return rows
    return [row | {column: row[column] or value for column, value in same.items()} for row in rows]


def _shards(form: Format, rows: list[Row], rows_per_shard: int) -> list[bytes]:
    """The rows as parquet files; none without pyarrow."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return []
    schema = arrow_schema(form.columns)
    found = []
    for start in range(0, len(rows), rows_per_shard):
        buffer = io.BytesIO()
        table = pyarrow.Table.from_pylist(rows[start : start + rows_per_shard], schema=schema)
        pyarrow.parquet.write_table(table, buffer)
        found.append(buffer.getvalue())
    return found


def _listed(out: Path) -> set[str]:
    """The files of an earlier export to the same folder."""
    try:
        return set(json.loads((out / MANIFEST).read_bytes())["files"])
    except (OSError, ValueError, KeyError):
        return set()


def _report(out: Path, files: dict[str, bytes], content: Corpus, chosen: list[Format]) -> list[str]:
    lines = [f"{form.name}: {_counted(form, files, content)}" for form in chosen]
    if not any(name.endswith(".parquet") for name in files):
        lines.append("JSON lines only; parquet needs 'pip install codefactory[hub]'")
    size_kb = sum(map(len, files.values())) / 1024
    return [*lines, f"export: {out} ({len(files)} files, {size_kb:,.0f} KiB, card in README.md)"]


def _counted(form: Format, files: dict[str, bytes], content: Corpus) -> str:
    found = sum(data.count(b"\n") for name, data in files.items() if name.startswith(f"jsonl/{form.name}/"))
    if form.grouped is None:
        return f"{found:,} rows"
    problems = groups(content.records, content.attempts)
    refused = sum(bool(group.attempts) for group in problems)
    return f"{found:,} rows; {refused:,} of {len(problems):,} problems have an answer that their tests refuse"

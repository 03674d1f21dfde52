"""Prints what was measured: one column a set, one row a figure, and the topic map."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from codefactory.corpus.store import replace_files
from codefactory.diversity.base import Diversity, measure, read
from codefactory.errors import InputError
from codefactory.types import to_json


def show_diversity(names: Iterable[str], against: str, embedding: str, file: Path | None) -> None:
    """Read the sets, measure, print, and write the JSON where a file is named.

    Raises:
        InputError: if a set cannot be read, is too small, or is named twice.
        ConfigError: if the embedding is none, or needs what is not installed.
        LedgerError: if the file cannot be written.
    """
    listed = [*names, *([against] if against else [])]
    if len(set(listed)) < len(listed):
        raise InputError(f"{next(name for name in listed if listed.count(name) > 1)}: named twice; name each set once")
    found = measure({name: read(name) for name in listed}, against, embedding=embedding)
    console = Console(highlight=False, soft_wrap=True)
    for table in tables(found):
        console.print(table)
    for note in found.notes:
        console.print(note, markup=False)
    if file:
        replace_files(file.parent, {file.name: to_json(found) + b"\n"})


def tables(found: Diversity) -> Iterable[Table]:
    """The figures, and where there is one the topic map."""
    labels = list(found.sets)
    table = Table(title=f"diversity, {found.rows:,} rows of each", title_justify="left")
    table.add_column("figure")
    for label in labels:
        table.add_column(f"{label} ({found.whole[label]:,})", justify="right")
    for name in dict.fromkeys(name for figures in found.sets.values() for name in figures):
        table.add_row(name, *(_figure(found.sets[label].get(name)) for label in labels))
    yield table
    if found.topics:
        topics = Table(title="topics: share of the rows", title_justify="left")
        topics.add_column("words")
        for label in labels:
            topics.add_column(label, justify="right")
        for topic in found.topics:
            topics.add_row(", ".join(topic.words), *(f"{topic.shares[label]:.1%}" for label in labels))
        yield topics


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value == int(value) and value > 1 else f"{value:.3f}"

"""Tables and cells of the Markdown that cards are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def inline(value: Any) -> str:
    """A value inside a table cell: one line, no cell separators."""
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return " ".join(text.split()).replace("|", "\\|") or "unknown"


def table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    """Head and rows with their separators."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)

"""Names to code: rows of `name -> "module:attribute"`, loaded on first use, open to third parties by entry points."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any

from codefactory.errors import UnknownNameError


class Registry:
    """A table of interchangeable members. Third parties add rows with the entry-point group `codefactory.<kind>`.

    Raises:
        UnknownNameError: from `load`, with the nearest name there is.
    """

    def __init__(self, kind: str, rows: dict[str, str]) -> None:
        self.kind = kind
        self._rows = dict(rows)

    def names(self) -> list[str]:
        """Every name, our own rows first."""
        return list(self._rows) + sorted(point.name for point in self._points() if point.name not in self._rows)

    def load(self, name: str) -> Any:
        """The attribute that the row `name` points to."""
        if name in self._rows:
            module, _, attribute = self._rows[name].partition(":")
            return getattr(importlib.import_module(module), attribute)
        for point in self._points():
            if point.name == name:
                return point.load()
        raise UnknownNameError(self.complaint(name))

    def complaint(self, name: str) -> str:
        """What is wrong with a name, and what was probably meant; "" where there is such a row."""
        if name in self.names():
            return ""
        near = difflib.get_close_matches(name, self.names(), n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(self.names())}"
        return f"no {self.kind} is called '{name}'; {hint}"

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def _points(self) -> list[Any]:
        return list(entry_points(group=f"codefactory.{self.kind}"))

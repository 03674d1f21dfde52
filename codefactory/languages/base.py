"""The shape of a language: what the factory must know to read, execute and doubt code written in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from codefactory.types import Solution, Suite


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    Attributes:
        name: as in `Problem.language`.
        fences: names that models put behind ``` for it.
        read_suite: (source, entry point) -> named cases, literal ones with their reading.
        suite_fault: (source, entry point) -> reason slug, or "" for a suite that can be planned.
        solution_fault: (source, entry point) -> reason slug, or "" for code that defines the entry point.
        stubs: entry point -> (name, solution) of programs that must fail any honest suite.
        tidy: source -> the same code without comments and in one layout, for export.
    """

    name: str
    fences: tuple[str, ...]
    read_suite: Callable[[str, str], Suite]
    suite_fault: Callable[[str, str], str]
    solution_fault: Callable[[str, str], str]
    stubs: Callable[[str], tuple[tuple[str, Solution], ...]]
    tidy: Callable[[str], str]

"""Drops rows that are too short to say anything or too long to train on."""

from __future__ import annotations

from codefactory.filters.base import Drop, Settings
from codefactory.filters.normal import words
from codefactory.types import Record


class Length:
    """`statement_short`, `statement_long` (words); `solution_short`, `solution_long` (lines that are not blank);
    `line_long` (characters: data or minified code in a solution's line).
    """

    name = "length"
    slugs = ("statement_short", "statement_long", "solution_short", "solution_long", "line_long")

    def __init__(self, settings: Settings) -> None:
        rules = settings.rules
        self.words, self.lines, self.line = rules.statement_words, rules.solution_lines, rules.line_characters

    def judge(self, record: Record) -> Drop | None:
        lines = [line for line in record.solution.code.splitlines() if line.strip()]
        longest = max(map(len, lines), default=0)
        return (
            _outside("statement", len(words(record.problem.statement)), self.words, "words")
            or _outside("solution", len(lines), self.lines, "lines")
            or (Drop("line_long", f"a line of {longest:,} characters") if longest > self.line else None)
        )


def _outside(part: str, size: int, bounds: tuple[int, int], unit: str) -> Drop | None:
    least, most = bounds
    if least <= size <= most:
        return None
    return Drop(f"{part}_{'short' if size < least else 'long'}", f"{size:,} {unit}, {least:,} to {most:,} are wanted")

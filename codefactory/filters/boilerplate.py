"""Drops rows that hold what a model says around an answer, a placeholder in place of one, or one line many times."""

from __future__ import annotations

import re
from collections import Counter

from codefactory.filters.base import Drop, Settings
from codefactory.types import Record

# All in lower case. What chat models say to whoever asked them; a problem says none of it to whoever solves it.
CHAT = re.compile(
    r"\bas an ai\b|\bas a (large )?language model\b|\bi (cannot|can't|am unable to) (help|assist|provide)\b"
    r"|^\W*(sure|certainly|of course|absolutely)[!,.:]|\bi hope this helps\b|\blet me know if you\b"
    r"|\bhere(?:'s| is) (?:the|a|an|your) (?:\w+ ){0,2}(?:solution|problem|code|implementation)\b",
    re.MULTILINE,
)
PLACEHOLDER = re.compile(
    r"\blorem ipsum\b|\byour (?:code|solution|implementation|answer) (?:goes )?here\b"
    r"|\[(?:(?:insert|add) (?:an?|the|your|any|some|here)|your [a-z])\b[^\]\n]*\]"  # not `[add, mul]`
    r"|\{\{\s*\w+\s*\}\}|<(?:insert|your)[ _-][^>\n]*>|^\W*(?:todo|fixme)\b[^\n]*\bimplement",
    re.MULTILINE,
)
# Repetition as MassiveText measures it (Rae et al. 2021, arXiv 2112.11446), on lines of code that could be anything.
LEAST_LINES, REPEATED_SHARE, LEAST_CHARACTERS = 12, 0.6, 6


class Boilerplate:
    """`chat_text`: talk to the asker, in statement or comments. `placeholder`: a gap left to be filled.

    `repeated_lines`: most of a longer solution is the same few lines again.
    """

    name = "boilerplate"
    slugs = ("chat_text", "placeholder", "repeated_lines")

    def __init__(self, settings: Settings) -> None:
        del settings

    def judge(self, record: Record) -> Drop | None:
        for text in (record.problem.statement, record.solution.code):
            lower = text.lower()
            for slug, pattern in (("chat_text", CHAT), ("placeholder", PLACEHOLDER)):
                found = pattern.search(lower)
                if found:
                    return Drop(slug, found.group().strip())
        lines = [line.strip() for line in record.solution.code.splitlines() if len(line.strip()) >= LEAST_CHARACTERS]
        line, _ = Counter(lines).most_common(1)[0] if lines else ("", 0)
        again = len(lines) - len(set(lines))
        if len(lines) >= LEAST_LINES and again >= REPEATED_SHARE * len(lines):
            return Drop("repeated_lines", f"{again} of {len(lines)} lines are there before, such as {line}")
        return None

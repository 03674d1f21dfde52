"""Reads tagged-markdown answers: sections under `## Problem`, `## Solution`, `## Tests`, code in fences.

A malformed answer is data: what is missing becomes a reason slug (`no_problem`, `no_solution`, `no_tests`,
`answer_cut`, `no_entry_point`), never an exception.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.types import Completion, Suite

HEADING = re.compile(r"#{1,4}[ \t]*(problem|solution|tests?)\b", re.IGNORECASE)
FENCE = re.compile(r"^```[ \t]*([\w+-]*)[ \t]*\n(.*?)(?:^```|\Z)", re.DOTALL | re.MULTILINE)
SIGNATURE = re.compile(r"`([A-Za-z_]\w*)\([^`]*\)?`")


@dataclass(frozen=True, slots=True)
class Parts:
    """What an answer holds; a missing part is empty, and `fault` names the first one."""

    statement: str = ""
    code: str = ""
    tests: str = ""
    fault: str = ""


def read_answer(completion: Completion, wanted: tuple[str, ...] = ("problem", "solution", "tests")) -> Parts:
    """The wanted parts of an answer."""
    sections = _sections(completion.text)
    found = {
        "problem": sections.get("problem", "").strip(),
        "solution": code_block(sections.get("solution", "")),
        "tests": code_block(sections.get("tests", "")),
    }
    missing = [name for name in wanted if not found[name].strip()]
    fault = ""
    if completion.finish_reason == "length":
        fault = "answer_cut"
    elif missing:
        fault = f"no_{missing[0]}"
    return Parts(found["problem"], found["solution"], found["tests"], fault)


def _sections(text: str) -> dict[str, str]:
    """Section name -> body; a heading that comes twice keeps its first body, one inside a fence is code."""
    bodies: dict[str, list[str]] = {}
    current: list[str] = []
    fenced = False
    for line in text.splitlines(keepends=True):
        mark = None if fenced else HEADING.match(line)
        if mark:
            name = "tests" if mark.group(1).lower().startswith("test") else mark.group(1).lower()
            current = []
            bodies.setdefault(name, current)
            continue
        fenced ^= line.startswith("```")
        current.append(line)
    return {name: "".join(body) for name, body in bodies.items()}


def code_block(section: str) -> str:
    """The first fenced block of a section, or all of it where there is no fence."""
    match = FENCE.search(section)
    return (match.group(2) if match else section).strip("\n") + "\n" if section.strip() else ""


def entry_point(statement: str, code: str, tests: str) -> str:
    """The function that is asked for: named in backticks in the statement, else defined and called by the tests."""
    named = SIGNATURE.search(statement)
    if named:
        return named.group(1)
    defined: list[str] = re.findall(r"^def[ \t]+([A-Za-z_]\w*)", code, re.MULTILINE)
    calls = {name: len(re.findall(rf"\b{name}\(", tests)) for name in defined}
    called = [name for name in defined if calls[name]]
    return max(called, key=lambda name: calls[name], default="")


def read_tests(source: str, entry: str, language: str) -> Suite:
    """The suite, its fault included."""
    kind: Language = LANGUAGES.load(language)
    fault = kind.suite_fault(source, entry)
    suite = kind.read_suite(source, entry)
    return Suite(suite.cases, suite.preamble, fault)

"""Formats that need right and wrong answers to one problem: `dpo`, `kto`, `repair`, and `completions` for evaluators.

The wrong answers are those that the kept suite refuses (`measures.Attempt`), hardest first: what passes the most cases
and still fails is nearest to right, and tells a model most. A problem that every answer solved, or that came with one
answer alone, has no row in `dpo` and `repair`; the export says how many problems do.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codefactory.corpus.columns import Columns
from codefactory.corpus.rows import PROVENANCE, Format, Group, Row, answer, prompt_and_body, question, task_id
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.python_neutral import rewritten
from codefactory.measures import Attempt
from codefactory.types import Record

REPAIR_WORDS = (
    "{problem}\n\nThis solution is wrong:\n\n```{language}\n{failed}\n```\n\n{verdict}\n\nWrite it correctly."
)


def _dpo(group: Group) -> Iterator[tuple[Record, Row]]:
    """Each refused answer once, against the kept solutions in turn, so that no pair repeats another's two sides."""
    for rank, attempt in enumerate(group.attempts):
        record = group.records[rank % len(group.records)]
        pair = {"prompt": question(record), "chosen": answer(record), "rejected": answer(record, attempt.code)}
        yield record, pair | {"rank": rank, "rejected_share": attempt.share}


def _kto(group: Group) -> Iterator[tuple[Record, Row]]:
    for record in group.records:
        yield record, {"prompt": question(record), "completion": answer(record), "label": True, "share": 1.0}
    record = group.records[0]
    for attempt in group.attempts:
        row = {"prompt": question(record), "completion": answer(record, attempt.code)}
        yield record, row | {"label": False, "share": attempt.share}


def _repair(group: Group) -> Iterator[tuple[Record, Row]]:
    for rank, attempt in enumerate(group.attempts):
        record = group.records[rank % len(group.records)]
        said = verdict(attempt, record.problem.language)
        words = REPAIR_WORDS.format(
            problem=question(record)[0]["content"],
            language=record.problem.language,
            failed=attempt.code.strip(),
            verdict=said,
        )
        asked = [{"role": "user", "content": words}]
        parts = {"failed": attempt.code, "verdict": said, "fixed": record.solution.code}
        yield record, {"prompt": asked, "completion": answer(record), **parts, "failed_share": attempt.share}


def _completions(group: Group) -> Iterator[tuple[Record, Row]]:
    for record in group.records:
        prompt, body = prompt_and_body(record)
        yield record, _sample(record, body, prompt + body, passed=True)
    first = group.records[0]
    prompt, _ = prompt_and_body(first)
    for attempt in group.attempts:
        body = continuation(prompt, attempt.code, first)
        yield first, _sample(first, body, attempt.code, passed=False)


def _sample(record: Record, completion: str, program: str, *, passed: bool) -> Row:
    return {"task_id": task_id(record), "completion": completion, "solution": program, "passed": passed}


def verdict(attempt: Attempt, language: str = "python") -> str:
    """What the suite said, in words that a person or a model can act on."""
    if attempt.status == "syntax":
        return "It is not valid source code."
    held = f"It passes {attempt.passed} of {attempt.cases} tests."
    if not attempt.failed_case:
        return held
    source = " ".join(line.strip() for line in _comment_free(attempt.failed_case, language).split("\n"))
    if attempt.got.startswith("!"):
        return f"{held} `{source}` ends with {attempt.got.removeprefix('!')}."
    came = rewritten(attempt.got, LANGUAGES.load(language).notation)
    return f"{held} `{source}` does not hold" + (f"; it returns {came}." if came else ".")


def _comment_free(source: str, language: str) -> str:
    known: Language = LANGUAGES.load(language)
    return known.tidy(source).strip()


def continuation(prompt: str, code: str, record: Record) -> str:
    """Another program for the same problem as text that can follow the prompt.

    HumanEval's readers run prompt and completion as one source, and of two definitions of a name the later counts: the
    prompt's function gets an empty body, and the program stands after it as it was written. In other languages a prompt
    is a comment, and the program its own.
    """
    if LANGUAGES.load(record.problem.language).notation:
        return code
    indent = "    "
    for line in prompt.splitlines():
        if line.lstrip().startswith(('"""', "'''")):
            indent = line[: len(line) - len(line.lstrip())] or indent
    try:
        needs_body = bool(ast.parse(f"{prompt}{indent}pass\n")) if prompt.strip() else False
    except SyntaxError:
        needs_body = False
    return f"{indent}pass\n\n\n{code}" if needs_body else code


def _columns(messages: str = "", strings: str = "", **others: str) -> Columns:
    """Columns of turns, then of text, then others with their type, then provenance."""
    turns, texts = dict.fromkeys(messages.split(), "messages"), dict.fromkeys(strings.split(), "string")
    return turns | texts | others | PROVENANCE


DPO = Format("dpo", _columns("prompt chosen rejected", rank="integer", rejected_share="number"), grouped=_dpo)
KTO = Format("kto", _columns("prompt completion", label="boolean", share="number"), grouped=_kto)
REPAIR = Format("repair", _columns("prompt completion", "failed verdict fixed", failed_share="number"), grouped=_repair)
COMPLETIONS = Format("completions", _columns("", "task_id completion solution", passed="boolean"), grouped=_completions)

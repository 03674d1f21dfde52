"""Planted leaks and false alarms for `filters.py`: how a leaking task is changed, which tasks are really the same."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from codefactory.filters.base import Drop, Settings, make
from codefactory.tasks.base import load
from codefactory.types import Problem, Record, Solution, Suite

SETS = {
    "reference:heldout": "",
    "humaneval": "humaneval/HumanEval.jsonl.gz",
    "mbpp": "mbpp/mbpp.jsonl",
}
QUICK = 60  # tasks of each set
BARS = {
    "verbatim": 0.99,
    "renamed variables": 0.95,
    "paraphrased statement, same code": 0.90,
    "translated comments": 0.95,
}
# Pairs of sets that were written independently, in which these ask for the same function: read one by one, what both
# say beside them. A person who keeps one of the two out of a corpus wants the other kept out.
SAME_TASK = {
    ("mbpp/435", "reference/heldout/final_digit"): ("find the last digit of a given number", "Which digit comes last"),
    ("mbpp/893", "reference/heldout/last_of_each_row"): (
        "get the last element of each sublist",
        "Return the last number of each row",
    ),
    ("mbpp/504", "reference/heldout/sum_of_cubes_to"): (
        "find the cube sum of first n natural numbers",
        "Return the sum of the cubes of the numbers from 1 up to `n`",
    ),
    ("HumanEval/30", "reference/train/keep_positive"): (
        "Return only positive numbers in the list",
        "Return the numbers of nums that are greater than zero",
    ),
}
SYNONYMS = {
    "write": "compose", "function": "routine", "python": "", "find": "determine", "return": "give back",
    "returns": "gives back", "number": "figure", "numbers": "figures", "list": "collection", "given": "supplied",
    "check": "verify", "whether": "if", "string": "text", "element": "member", "elements": "members", "sum": "total",
    "largest": "greatest", "smallest": "least", "maximum": "highest", "minimum": "lowest", "all": "every one of the",
    "first": "leading", "last": "final", "count": "tally", "remove": "take away", "convert": "turn", "get": "obtain",
    "which": "that", "where": "in which", "between": "among", "words": "terms", "word": "term",
    "integers": "whole numbers", "array": "sequence", "same": "identical", "value": "entry", "values": "entries",
    "contains": "holds", "using": "by means of", "calculate": "work out", "compute": "work out", "the": "that",
    "a": "one", "if": "when", "is": "happens to be", "are": "happen to be", "from": "out of", "with": "having",
    "create": "make", "sort": "order", "length": "extent", "empty": "void", "positive": "above zero",
    "tuple": "record", "dictionary": "mapping", "two": "a pair of", "each": "any", "string's": "text's", "of": "within",
}  # fmt: skip
# What a comment or docstring says does not matter to a syntax tree; that it is there, in other letters, might.
TRANSLATED = "Gibt das Ergebnis zurück; leere Eingaben ergeben den leeren Wert. 返回结果。 Возвращает результат."


# ── what happens to a task on its way into a corpus ──────────────────────────────────────────────────────────────────


def verbatim(task: Record) -> Record:
    return replace(task, name="leak", origin="synthetic")


def renamed(task: Record) -> Record:
    """Every name that the program binds, the function's too, in statement, program and tests."""
    names = {name: f"{name[:1]}_{index}" for index, name in enumerate(sorted(_bound(task.solution.code)), 1)}
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b") if names else re.compile(r"(?!)")

    def change(text: str) -> str:
        return pattern.sub(lambda found: names[found.group()], text)

    code = ast.unparse(_Rename(names).visit(ast.parse(task.solution.code)))
    # In prose only what is no English word as well is a name for sure.
    odd = {name for name in names if "_" in name or name == task.problem.entry_point}
    statement = re.sub(
        r"\b\w+\b", lambda found: names[found[0]] if found[0] in odd else found[0], task.problem.statement
    )
    cases = tuple(
        replace(
            case,
            source=change(case.source),
            call=replace(case.call, expression=change(case.call.expression)) if case.call else None,
        )
        for case in task.tests.cases
    )
    entry = names.get(task.problem.entry_point, task.problem.entry_point)
    return replace(
        verbatim(task),
        problem=Problem(statement, entry),
        solution=Solution(code),
        tests=replace(task.tests, cases=cases),
    )


def paraphrased(task: Record) -> Record:
    """Other words and another order of sentences around the same code; no tests."""
    prose = task.problem.statement.partition(">>>")[0]
    sentences = [part.strip() for part in re.split(r"(?<=[.?!])\s+", prose) if part.strip()]
    text = " ".join(sentences[1:] + sentences[:1])
    text = re.sub(r"\b[A-Za-z']+\b", lambda found: SYNONYMS.get(found[0].lower(), found[0]), text)
    statement = f"Here is what is wanted. {text}"
    return replace(verbatim(task), problem=replace(task.problem, statement=statement), tests=Suite(()))


def translated(task: Record) -> Record:
    """Statement, docstrings and comments in other languages; the code as it is, without tests."""
    lines = [re.sub(r"(^|\s)#\s.*$", r"\1# " + TRANSLATED, line) for line in task.solution.code.splitlines()]
    code = "\n".join(f"{line}  # {TRANSLATED}" if line.startswith("def ") else line for line in lines)
    try:
        ast.parse(code)
    except SyntaxError:  # a sign that opens a comment stood in a string
        code = f"# {TRANSLATED}\n{task.solution.code}"
    statement = f"Schreibe die Funktion {task.problem.entry_point}. {TRANSLATED}"
    return replace(
        verbatim(task),
        problem=replace(task.problem, statement=statement),
        solution=Solution(code + "\n"),
        tests=Suite(()),
    )


def rewritten(task: Record) -> Record:
    """Paraphrased and renamed: no bar, but worth knowing."""
    return replace(paraphrased(renamed(task)), tests=Suite(()))


CHANGES: dict[str, Callable[[Record], Record]] = {
    "verbatim": verbatim,
    "renamed variables": renamed,
    "paraphrased statement, same code": paraphrased,
    "translated comments": translated,
    "paraphrased and renamed, no tests": rewritten,
}


def _bound(code: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.FunctionDef):
            found.add(node.name)
    return found


class _Rename(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(self.names.get(node.arg, node.arg), None)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        node.name = self.names.get(node.name, node.name)
        return node


# ── counts ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def sets(data: Path) -> Iterator[tuple[str, list[Record]]]:
    """Those that are here."""
    for name, file in SETS.items():
        if not file or (data / file).is_file():
            yield name, load(f"{name}@{data / file}" if file else name)


def leaks(data: Path, console: Console, *, quick: bool) -> Iterator[tuple[str, float, float]]:
    """(kind, share found, bar) over the tasks of all sets, each against its own set."""
    found: dict[str, list[tuple[str, bool]]] = {kind: [] for kind in CHANGES}
    for name, tasks in sets(data):
        (judge,) = make(Settings(tuple(tasks)), ["contamination"])
        for task in tasks[:QUICK] if quick else tasks:
            for kind, change in CHANGES.items():
                found[kind].append((name, _judged(judge, change(task)) is not None))
    names = [name for name, _ in sets(data)]
    table = Table(title="planted leaks that are found", title_justify="left")
    for head in ("leak", *names, "all"):
        table.add_column(head, justify="left" if head == "leak" else "right")
    for kind, hits in found.items():
        parts = [[hit for name, hit in hits if name == one] for one in names] + [[hit for _, hit in hits]]
        table.add_row(kind, *(f"{sum(part)}/{len(part)} {sum(part) / len(part):.1%}" for part in parts))
    console.print(table)
    for kind, bar in BARS.items():
        yield kind, sum(hit for _, hit in found[kind]) / len(found[kind]), bar


def _judged(judge: object, record: Record) -> Drop | None:
    drop: Drop | None = judge.judge(record)  # type: ignore[attr-defined]
    return drop


def alarms(data: Path, console: Console) -> tuple[int, int]:
    """(false alarms, comparisons of a task with a set that it is not from); the pairs of one task are told apart."""
    known = dict(sets(data)) | {"reference": load("reference")}
    known.pop("reference:heldout")
    exercism = data / "exercism" / "exercism-python.jsonl"
    rows = dict(known) | ({"exercism": _exercism(exercism)} if exercism.is_file() else {})
    statements = {record.name: record.problem.statement for records in rows.values() for record in records}
    quotes = [zip(pair, said, strict=True) for pair, said in SAME_TASK.items() if set(pair) <= set(statements)]
    assert all(words in statements[name] for quote in quotes for name, words in quote), "a task says something else"
    false, same, compared = 0, 0, 0
    for name, tasks in known.items():
        (judge,) = make(Settings(tuple(tasks)), ["contamination"])
        for other, records in rows.items():
            for record in records if other != name else ():
                compared += 1
                drop = _judged(judge, record)
                if drop and _is_same(record.name, drop.detail):
                    same += 1
                    console.print(f"the same task: {record.name}: {drop.slug}: {drop.detail[:100]}", markup=False)
                elif drop:
                    false += 1
                    console.print(f"alarm: {record.name}: {drop.slug}: {drop.detail[:100]}", markup=False)
    console.print(f"{compared:,} tasks beside sets that they are not from: {same} the same task, {false} false alarms")
    return false, compared


def _is_same(name: str, detail: str) -> bool:
    return any(name in pair and (pair[0] if name == pair[1] else pair[1]) in detail for pair in SAME_TASK)


def _exercism(path: Path) -> list[Record]:
    """Instructions and example solutions of the Python track; their tests are classes and are left out."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Record(
            Problem(row["instructions"], ""),
            Solution("\n".join(row["example"].values())),
            Suite(()),
            name=f"exercism/{row['slug']}",
        )
        for row in rows
    ]

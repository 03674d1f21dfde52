"""The reference set: tasks that this project's authors wrote one by one, embedded so that human data needs no network.

`heldout` stays in the domain of the embedded models, which is also that of `train`; `wide` goes far
beyond it, for models that are larger.

The files in `reference/` are runnable Python, one module for each domain and part: `# difficulty | style | topics`,
a function whose docstring is the statement, then `assert f(args) == literal` lines. They are data, never imported.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from codefactory.errors import InputError
from codefactory.languages.python import read_suite
from codefactory.tasks.base import one_paragraph, only_split
from codefactory.types import Problem, Record, Solution

FOLDER = Path(__file__).with_name("reference")
HEADER = re.compile(r"^# (?P<difficulty>\w+) \| (?P<style>\w+) \| (?P<topics>.+)$")
SPLITS = ("train", "heldout", "wide")


def load(split: str, path: Path | None) -> list[Record]:
    """Every reference task of a split (`train`, `heldout`, `wide`), by file and then as written.

    Args:
        path: a folder of files in the same form, instead of the embedded ones.

    Raises:
        InputError: if a file is not in the form above.
    """
    folder = path or FOLDER
    files = sorted(folder.glob("*.py"))
    if not files:
        raise InputError(f"{folder}: holds no reference tasks (train_*.py, heldout_*.py, wide_*.py)")
    records = [record for file in files for record in read_tasks(file)]
    _refuse_twins(folder, records)
    return only_split(records, split, "reference")


def read_tasks(file: Path) -> Iterator[Record]:
    """The tasks of one file; its split is the file name's first word.

    Raises:
        InputError: naming file and line, at the first thing that is not in the form.
    """
    split = file.name.partition("_")[0]
    if split not in SPLITS:
        raise InputError(f"{file}: the name must start with one of: {', '.join(SPLITS)}")
    source = file.read_text(encoding="utf-8")
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise InputError(f"{file}:{error.lineno}: not Python ({error.msg})") from error
    function: ast.FunctionDef | None = None
    asserts: list[ast.Assert] = []
    for node in body[1:]:  # the first is the module's docstring
        if isinstance(node, ast.Assert) and function:
            asserts.append(node)
        elif isinstance(node, ast.FunctionDef):
            if function:
                yield _record(file, split, source, function, asserts)
            function, asserts = node, []
        else:
            raise InputError(f"{file}:{node.lineno}: expected a function or its asserts")
    if function:
        yield _record(file, split, source, function, asserts)


def _record(file: Path, split: str, source: str, function: ast.FunctionDef, asserts: list[ast.Assert]) -> Record:
    where = f"{file}:{function.lineno}: {function.name}"
    lines = source.splitlines()
    header = HEADER.match(lines[function.lineno - 2])
    statement = ast.get_docstring(function)
    if not header or not statement or len(function.body) < 2 or not asserts:
        raise InputError(f"{where}: expected '# difficulty | style | topics', a docstring, a body, and asserts")
    suite = read_suite("\n".join(ast.unparse(node) for node in asserts), function.name)
    if any(case.call is None for case in suite.cases):
        raise InputError(f"{where}: every assert must compare a call of it with a literal")
    return Record(
        problem=Problem(one_paragraph(statement), function.name),
        solution=Solution(_without_docstring(lines, function)),
        tests=suite,
        origin="human",
        name=f"reference/{split}/{function.name}",
        expected_from="human",
        topics=tuple(topic.strip() for topic in header["topics"].split(",")),
        difficulty=header["difficulty"],
        style=header["style"],
        split=split,
        licence="apache-2.0",
    )


def _without_docstring(lines: list[str], function: ast.FunctionDef) -> str:
    """The function's own lines less its docstring, so that the statement stands in the problem alone."""
    docstring = function.body[0]
    head = lines[function.lineno - 1 : docstring.lineno - 1]
    body = lines[docstring.end_lineno : function.end_lineno]
    while body and not body[0].strip():
        del body[0]
    return "\n".join(head + body) + "\n"


def _refuse_twins(folder: Path, records: list[Record]) -> None:
    seen: set[str] = set()
    for record in records:
        if record.name in seen:
            raise InputError(f"{folder}: two tasks are called {record.name}; rename one")
        seen.add(record.name)

"""Exercism's Python track: human-written exercises with instructions, an example solution and unittest classes (MIT).

Read from a checkout of the track (github.com/exercism/python), or from JSON lines with one exercise each (`slug`,
`instructions`, `tests` and `example` as file name -> text). A test method that only asserts becomes plain asserts, so
that the host can read literal cases out of it; any other stays in its class, as code to be run beside the solution.
"""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from codefactory.errors import InputError
from codefactory.tasks.base import only_split
from codefactory.tasks.foreign import foreign_suite
from codefactory.tasks.rows import Row, field, file_rows
from codefactory.types import Problem, Record, Solution

TRACK = "python"
EXERCISES = "exercises/practice"
COMPARED = {
    "assertEqual": ast.Eq, "assertNotEqual": ast.NotEq, "assertIs": ast.Is, "assertIsNot": ast.IsNot,
    "assertIn": ast.In, "assertNotIn": ast.NotIn, "assertLess": ast.Lt, "assertGreater": ast.Gt,
    "assertMultiLineEqual": ast.Eq, "assertSetEqual": ast.Eq, "assertDictEqual": ast.Eq, "assertListEqual": ast.Eq,
    "assertTupleEqual": ast.Eq, "assertLessEqual": ast.LtE, "assertGreaterEqual": ast.GtE,
}  # fmt: skip


def load(split: str, path: Path | None) -> list[Record]:
    """Every exercise of the track, by slug; their only split is `train`.

    Raises:
        InputError: if no file or checkout is named, or it holds another track's exercises.
    """
    if path is None:
        raise InputError("exercism: name a checkout of the Python track or a file, such as 'exercism@python'")
    rows = list(_checkout(path)) if path.is_dir() else file_rows(path)
    records = [record_of(row, f"{path}: exercise {number}") for number, row in enumerate(rows, 1)]
    return only_split(sorted(records, key=lambda record: record.name), split, "exercism")


def _checkout(folder: Path) -> Iterator[Row]:
    """The exercises of a track's repository as rows."""
    found = sorted((folder / EXERCISES).glob("*/.meta/config.json"))
    if not found:
        raise InputError(f"{folder}: not a checkout of an Exercism track (no {EXERCISES}/*/.meta/config.json)")
    track = _json(folder / "config.json")
    known = {one["slug"]: one for one in track.get("exercises", {}).get("practice", [])}
    for path in found:
        home = path.parents[1]
        files = _json(path).get("files", {})
        yield {
            "track": track.get("slug", TRACK),
            "slug": home.name,
            "difficulty": known.get(home.name, {}).get("difficulty", ""),
            "topics": known.get(home.name, {}).get("topics") or [],
            "instructions": _text(home / ".docs" / "instructions.md"),
            "instructions_append": _text(home / ".docs" / "instructions.append.md"),
            "tests": {name: _text(home / name) for name in files.get("test", [])},
            "example": {name: _text(home / name) for name in files.get("example", [])},
        }


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({error}); name a checkout of an Exercism track") from error
    return found


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def record_of(row: Row, where: str) -> Record:
    """One exercise.

    Raises:
        InputError: if it is of another track, or lacks tests or an example.
    """
    slug = str(field(row, "slug", where))
    track = str(row.get("track") or TRACK)
    if track != TRACK:
        raise InputError(f"{where} ({slug}): is of the track '{track}'; this loader reads Python's")
    code = "\n".join(field(row, "example", where).values())
    tests = "\n".join(field(row, "tests", where).values())
    try:
        module = ast.parse(tests)
    except SyntaxError as error:
        raise InputError(f"{where} ({slug}): its tests are not Python ({error.msg})") from error
    names = _imported(module, slug.replace("-", "_"))
    entry_point = next((name for name, _ in names), "")
    statement = "\n\n".join(str(row.get(part) or "").strip() for part in ("instructions", "instructions_append"))
    source = "\n\n".join(_plain(module, {name for name, _ in names}, slug.replace("-", "_")))
    aliases = "\n".join(f"{alias} = {name}" for name, alias in names if alias != name)
    return Record(
        problem=Problem(statement.removeprefix("# Instructions").strip(), entry_point),
        solution=Solution(code.strip() + "\n"),
        tests=foreign_suite(source, code, entry_point, aliases),
        origin="human",
        name=f"exercism/{track}/{slug}",
        expected_from="human",
        topics=tuple(map(str, row.get("topics") or ())),
        difficulty=str(row.get("difficulty") or ""),
        split="train",
        licence="mit",
    )


def _imported(module: ast.Module, name: str) -> list[tuple[str, str]]:
    """(name, name in the tests) of what the tests import from the exercise's own module."""
    nodes = (node for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and node.module == name)
    return [(alias.name, alias.asname or alias.name) for node in nodes for alias in node.names]


def _plain(module: ast.Module, own: set[str], name: str) -> Iterator[str]:
    """The tests' source without imports of the exercise, its classes as functions where they only assert."""
    for node in module.body:
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("TestCase") for base in node.bases):
            yield from _class(node)
        elif not _imports_own(node, own, name) and not _runs_tests(node):
            yield ast.unparse(node)


def _imports_own(node: ast.stmt, own: set[str], name: str) -> bool:
    inside = [part for part in ast.walk(node) if isinstance(part, ast.ImportFrom) and part.module == name]
    return bool(inside) and (isinstance(node, ast.ImportFrom | ast.Try)) and bool(own)


def _runs_tests(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)


def _class(node: ast.ClassDef) -> Iterator[str]:
    """Functions for the methods that only assert, then a class with the rest and what they need."""
    methods = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name.startswith("test")]
    helpers = [part for part in node.body if part not in methods]
    fixtures = any(isinstance(part, ast.FunctionDef) and part.name.startswith("setUp") for part in helpers)
    left: list[ast.FunctionDef] = []
    for method in methods:
        prepared = fixtures or method.decorator_list or node.decorator_list  # a fixture or a patch is part of the test
        body = None if prepared else _asserts(method.body)
        if body:
            lines = "\n".join(f"    {ast.unparse(statement)}" for statement in body)
            yield f"def {method.name}():\n{lines}"
        else:
            left.append(method)
    if left:
        rest = copy.copy(node)
        # Under a name that is known as a test class wherever it stands.
        rest.name, rest.body = f"Test{node.name}", [*helpers, *left]
        yield ast.unparse(rest)


def _asserts(body: Iterable[ast.stmt]) -> list[ast.Assert] | None:
    """The statements as plain asserts; None where one is anything else."""
    found = [_assert(node) for node in body if not _prose(node)]
    return [one for one in found if one] if found and all(found) else None


def _prose(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _assert(node: ast.stmt) -> ast.Assert | None:
    call = node.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
    if call is None or not isinstance(call.func, ast.Attribute) or ast.unparse(call.func.value) != "self":
        return None
    name, arguments = call.func.attr, call.args
    if name in COMPARED and len(arguments) >= 2:
        left, right = arguments[:2]
        return ast.Assert(ast.Compare(left, [COMPARED[name]()], [right]), None)
    one = {"assertTrue": None, "assertFalse": ast.Not, "assertIsNone": ast.Is, "assertIsNotNone": ast.IsNot}
    if name not in one or not arguments:
        return None
    if name.startswith("assertIs"):
        operator = ast.Is() if name == "assertIsNone" else ast.IsNot()
        return ast.Assert(ast.Compare(arguments[0], [operator], [ast.Constant(None)]), None)
    return ast.Assert(ast.UnaryOp(ast.Not(), arguments[0]) if name == "assertFalse" else arguments[0], None)

"""Mines a folder of Python source code for seeds: documented functions, each with its licence and where it stands.

What counts: a function at the top of a module, with a docstring and a value that it returns, of a size that one task
can be about (the choice of SelfCodeAlign, Wei et al. 2024, arXiv 2410.24198). The code is parsed, never run. Its
licence is the file's SPDX tag, else what the nearest licence file says on the way up to the folder; "" is unknown.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from codefactory.errors import InputError
from codefactory.recipes.licences import allows, licence_at, read
from codefactory.types import Seed

LINES = range(4, 61)  # of a function, docstring included
SKIPPED = {"__pycache__", "build", "node_modules", "site-packages", "test", "tests", "vendor", "venv"}


@lru_cache(maxsize=4)  # a run and the selections after it ask for the same list, and have to get the same
def mine(folder: Path, licences: tuple[str, ...] | None = None) -> tuple[Seed, ...]:
    """Every function that counts, by path and line, equal ones once; `source` is `folder/file.py:line name`.

    Args:
        licences: only code under these (lower-case SPDX names); None takes all, unknown included.

    Raises:
        InputError: if there is no such folder, or nothing in it counts.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; name one with Python source in seeds.code")
    found: dict[str, Seed] = {}
    for path in _files(folder):
        text = read(path)
        licence = licence_at(text, path, folder, (".py",))
        if licences is None or allows(licences, licence):
            where = f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"
            for line, name, code in functions(text):
                found.setdefault(code, Seed(text=code, source=f"{where}:{line} {name}", licence=licence))
    if not found:
        under = f" under {', '.join(licences)}" if licences else ""
        raise InputError(f"{folder}: no documented Python function{under} in it; name another folder in seeds.code")
    return tuple(found.values())


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in SKIPPED and not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            tests = name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"
            if name.endswith(".py") and not tests and not path.is_symlink():
                yield path


# ── functions ────────────────────────────────────────────────────────────────────────────────────────────────────────


def functions(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, name, source) of the functions that count; a file that does not parse gives those around the fault."""
    source = text.encode()
    for node in _parser().parse(source).root_node.children:
        inner = node.child_by_field_name("definition") if node.type == "decorated_definition" else node
        if inner is not None and inner.type == "function_definition" and _counts(inner):
            name = inner.child_by_field_name("name").text.decode()
            yield inner.start_point[0] + 1, name, source[inner.start_byte : inner.end_byte].decode()


def _counts(node: Any) -> bool:
    lines = node.end_point[0] - node.start_point[0] + 1
    if node.has_error or lines not in LINES:
        return False
    body = node.child_by_field_name("body").children
    documented = body[0].type == "expression_statement" and body[0].children[0].type == "string"
    return documented and len(body) > 1 and _returns(node)


def _returns(node: Any) -> bool:
    """Whether it returns a value of its own; what its inner functions return does not count."""
    stack = list(node.child_by_field_name("body").children)
    while stack:
        inner = stack.pop()
        if inner.type == "return_statement" and len(inner.children) > 1:
            return True
        if inner.type not in ("function_definition", "class_definition", "lambda"):
            stack.extend(inner.children)
    return False


@lru_cache(maxsize=1)
def _parser() -> Any:
    import tree_sitter
    import tree_sitter_python

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language()))

"""Mines a folder of source code for seeds: documented functions, each with its licence and where it stands.

What counts: a function by itself, documented, with a value that it returns as far as its language tells, of a size
that one task can be about (the choice of SelfCodeAlign, Wei et al. 2024, arXiv 2410.24198). In Python that is one at
the top of a module with a docstring; what it is elsewhere, each language's row in `languages.documented` says. The code
is parsed, never run. Its licence is the file's SPDX tag, else what the nearest licence file says on the way up to the
folder; "" is unknown.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from codefactory.errors import ConfigError, InputError
from codefactory.languages import LANGUAGES
from codefactory.languages.documented import DOCUMENTED
from codefactory.languages.grammar import parser
from codefactory.recipes.functions import LINES, functions
from codefactory.recipes.licences import allows, licence_at, read
from codefactory.recipes.target import titled
from codefactory.types import Seed

SKIPPED = {"__pycache__", "build", "node_modules", "site-packages", "test", "tests", "vendor", "venv"}
Found = Iterator[tuple[int, str, str]]


@dataclass(frozen=True, slots=True)
class Source:
    """Which files of a folder are looked into, and what is found there; file and folder names decide in each language.

    Attributes:
        tests: names of files that hold tests.
        functions: text -> (line, name, source) of the functions that count.
    """

    suffixes: tuple[str, ...]
    tests: str
    skipped: frozenset[str]
    functions: Callable[[str], Found]


@lru_cache(maxsize=4)  # a run and the selections after it ask for the same list, and have to get the same
def mine(folder: Path, licences: tuple[str, ...] | None = None, language: str = "python") -> tuple[Seed, ...]:
    """Every function that counts, by path and line, equal ones once; `source` is `folder/file.py:line name`.

    Args:
        licences: only code under these (lower-case SPDX names); None takes all, unknown included.
        language: the one whose files are looked into.

    Raises:
        InputError: if there is no such folder, or nothing in it counts.
        ConfigError: if functions of the language cannot be found.
    """
    kind, title = _source(language), titled(language)
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; name one with {title} source in seeds.code")
    found: dict[str, Seed] = {}
    written = "" if language == "python" else language  # Python's seeds are older than the choice
    for path in _files(folder, kind):
        text = read(path)
        licence = licence_at(text, path, folder, kind.suffixes)
        if licences is None or allows(licences, licence):
            where = f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"
            for line, name, code in kind.functions(text):
                seed = Seed(text=code, source=f"{where}:{line} {name}", licence=licence, language=written)
                found.setdefault(code, seed)
    if not found:
        under = f" under {', '.join(licences)}" if licences else ""
        raise InputError(
            f"{folder}: no documented {title} function{under} in it; name another folder in seeds.code, "
            "or its language in seeds.language"
        )
    return tuple(found.values())


def _source(language: str) -> Source:
    """How a language's files are read.

    Raises:
        ConfigError: if that is not known.
        UnknownNameError: if there is no such language.
    """
    if language == "python":
        return Source((".py",), r"test_.*|.*_test\.py|conftest\.py", frozenset(), _python)
    LANGUAGES.load(language)
    row = DOCUMENTED.get(language)
    if row is None:
        known = ", ".join(["python", *DOCUMENTED])
        raise ConfigError(
            f"functions in {titled(language)} cannot be found in seeds.code; name one of these in seeds.language: "
            f"{known}, or write your ideas to a file and name it in seeds.file"
        )
    return Source(row.suffixes, row.tests, row.skipped, partial(functions, language, row))


def _files(folder: Path, kind: Source) -> Iterator[Path]:
    skipped = SKIPPED | kind.skipped
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in skipped and not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.endswith(kind.suffixes) and not re.fullmatch(kind.tests, name) and not path.is_symlink():
                yield path


# ── Python ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _python(text: str) -> Found:
    """(line, name, source) of the functions that count; a file that does not parse gives those around the fault."""
    source = text.encode()
    for node in parser("python").parse(source).root_node.children:
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

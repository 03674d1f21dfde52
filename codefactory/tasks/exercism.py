"""Exercism's practice exercises (MIT), human-written in many languages: instructions, example solution, native tests.

A file of JSON lines holds one exercise a line (`track`, `slug`, `instructions`; `stub`, `tests`, `example`, `editor`:
file name -> source); a checkout of a track's repository is read as well. The example is the solution, the track's own
tests are the suite. `meta["stub"]` is what a learner starts from, which must not pass.

A module's file name is its entry point, since that is what the tests load: `all-your-base`, `lib/Bob.pm`. Where a
track's tests cannot be named beforehand, a file of them is one case (see `codefactory.languages.native`). Python's
tests are unittest classes: the candidate's module is `solution` to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from codefactory.errors import InputError
from codefactory.languages import LANGUAGES
from codefactory.tasks.base import only_split
from codefactory.tasks.exercism_python import python_suite
from codefactory.tasks.rows import Row, field, file_rows
from codefactory.types import Case, Problem, Record, Solution, Suite

HEADER = "=== file: "  # begins a file in a bundle of several (sandbox/native.py)
TRACKS = {"perl5": "perl"}  # every other track is called like its language
SOURCES = ("stub", "tests", "example", "editor")


def load(split: str, path: Path | None) -> list[Record]:
    """Every exercise of a JSON lines file or of a checkout, in their order. The split is a track, or "" for all.

    Raises:
        InputError: if no file is named, it cannot be read, or a track's language is not known here.
    """
    if path is None:
        raise InputError("exercism: name a file or a checkout of a track, such as 'exercism@exercism-lua.jsonl'")
    rows = list(_checkout(path)) if path.is_dir() else file_rows(path)
    records = [record_of(row, f"{path}: row {number}") for number, row in enumerate(rows, 1)]
    return only_split(records, split, "exercism")


def record_of(row: Row, where: str) -> Record:
    """One exercise.

    Raises:
        InputError: if a field is missing or the track's language is not known here.
    """
    track = str(field(row, "track", where))
    language = TRACKS.get(track, track)
    if language not in LANGUAGES.names():
        raise InputError(f"{where}: track '{track}' is in no language that is known here: {', '.join(LANGUAGES)}")
    slug = str(field(row, "slug", where))
    tests, example = (dict(field(row, name, where)) for name in ("tests", "example"))
    stub = dict(row.get("stub") or {})
    if not (tests and example and (stub or language == "python")):
        raise InputError(f"{where}: an exercise needs a stub, tests and an example")
    code = next(iter(example.values()))
    if language == "python":
        code = "\n".join(example.values()).strip() + "\n"
        entry_point, suite = python_suite(tests, code, slug.replace("-", "_"), where)
    else:
        entry_point, suite = _suite(language, next(iter(stub)), tests, dict(row.get("editor") or {}))
    return Record(
        problem=Problem(_statement(row, where), entry_point, language),
        solution=Solution(code),
        tests=suite,
        origin="human",
        name=f"exercism/{track}/{slug}",
        expected_from="human",
        topics=tuple(row.get("topics") or ()),
        difficulty=str(row.get("difficulty") or ""),
        split=track,
        licence=str(row.get("license") or "MIT").lower(),
        meta={"stub": next(iter(stub.values()), ""), "authors": ", ".join(row.get("authors") or ())},
    )


def _statement(row: Row, where: str) -> str:
    parts = [row.get("introduction"), field(row, "instructions", where), row.get("instructions_append")]
    return "\n\n".join(str(part).strip() for part in parts if part).removeprefix("# Instructions").strip()


def _suite(language: str, name: str, tests: dict[str, str], others: dict[str, str]) -> tuple[str, Suite]:
    """(entry point, suite): the names that can be planned, and every file that the tests need."""
    known = LANGUAGES.load(language)
    stem = name.removesuffix(known.suffix) if "/" not in name else name
    main, source = next(iter(tests.items()))
    planned: Suite = known.read_suite(source, "")
    return stem, Suite(planned.cases, bundle({main: source, **dict(list(tests.items())[1:]), **others}))


def bundle(files: dict[str, str]) -> str:
    """Several files as one text, the first one first."""
    return "".join(f"{HEADER}{name}\n{source.rstrip(chr(10))}\n" for name, source in files.items())


def _checkout(folder: Path) -> Iterator[Row]:
    """The practice exercises of a track's repository, by their `.meta/config.json`.

    Raises:
        InputError: if the folder is not such a checkout.
    """
    try:
        about = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{folder}: not a checkout of an Exercism track ({error})") from error
    known = {row["slug"]: row for row in about.get("exercises", {}).get("practice", [])}
    for config in sorted(folder.glob("exercises/practice/*/.meta/config.json")):
        place = config.parent.parent
        files = json.loads(config.read_text(encoding="utf-8"))["files"]
        named = {"stub": "solution", "tests": "test", "example": "example", "editor": "editor"}
        yield {
            "track": about["slug"],
            "slug": place.name,
            "difficulty": known.get(place.name, {}).get("difficulty"),
            "topics": known.get(place.name, {}).get("topics") or [],
            "instructions": _read(place / ".docs" / "instructions.md"),
            "instructions_append": _read(append)
            if (append := place / ".docs" / "instructions.append.md").exists()
            else "",
            **{key: {name: _read(place / name) for name in files.get(kind, [])} for key, kind in named.items()},
        }


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def stub_of(record: Record) -> Solution:
    """What a learner starts from."""
    return Solution(record.meta["stub"])


def whole(record: Record) -> bool:
    """Whether the exercise's tests are one planned case."""
    return record.tests.cases == (Case("suite", ""),)

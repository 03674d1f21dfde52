"""A corpus on disk: `records.jsonl` (one Record a line), `funnel.json`, and `corpus.json`, which is written last.

`attempts.jsonl` lies beside them where a kept suite refused other answers to its problem.

The same records give the same bytes. Every file is written beside its place and renamed; `corpus.json` carries the
records' checksum, so a corpus whose writing was interrupted is noticed when it is read.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from codefactory.errors import InputError, LedgerError
from codefactory.measures import Attempt
from codefactory.types import Noun, Record, from_json, to_json

FORMAT = "codefactory-corpus/1"
RECORDS, FUNNEL, MANIFEST = "records.jsonl", "funnel.json", "corpus.json"
ATTEMPTS = "attempts.jsonl"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that a corpus folder holds; `about` says what made it, `funnel` is the funnel's JSON.

    `attempts` are answers that the kept suites refuse, hardest first within a draft.
    """

    records: list[Record]
    funnel: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    sha256: str = ""
    attempts: list[Attempt] = field(default_factory=list)


def write(
    folder: Path, records: Sequence[Record], funnel: Any, about: dict[str, Any], attempts: Sequence[Attempt] = ()
) -> None:
    """Write a corpus, over an older one or into a new or empty folder.

    Args:
        funnel: the `filters.base.Funnel` that the records came through.
        about: what made it, JSON values only; the card prints `policy`, `model`, `image`, `runner`,
            `decontaminated_against` and whatever else is there.
        attempts: answers to the records' problems that their suites refuse.

    Raises:
        InputError: if the folder holds something else.
        LedgerError: if it cannot be written (read-only, disk full).
    """
    refuse_others(folder, MANIFEST, "a corpus")
    body = _lines(records)
    refused = {ATTEMPTS: _lines(attempts)} if attempts else {}
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "rows": len(records),
        "records_sha256": hashlib.sha256(body).hexdigest(),
        "about": about,
    }
    if attempts:
        manifest["attempts_sha256"] = hashlib.sha256(refused[ATTEMPTS]).hexdigest()
    replace_files(
        folder,
        {
            RECORDS: body,
            **refused,
            FUNNEL: _pretty(json.loads(to_json(funnel))),
            MANIFEST: _pretty(manifest),
        },
    )
    if not attempts:  # an older corpus's, which its manifest named until now
        (folder / ATTEMPTS).unlink(missing_ok=True)


def read(folder: Path) -> list[Record]:
    """The records in the order in which they were written.

    Raises:
        InputError: if this is no corpus, or its files do not belong together.
    """
    return open_corpus(folder).records


def open_corpus(folder: Path) -> Corpus:
    """The records with their funnel and what is known about them.

    Raises:
        InputError: if this is no corpus, or its files do not belong together.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        body = (folder / RECORDS).read_bytes()
        refused = (folder / ATTEMPTS).read_bytes() if "attempts_sha256" in manifest else b""
        funnel = json.loads((folder / FUNNEL).read_bytes())
    except OSError as error:
        raise InputError(
            f"{folder}: not a corpus ({Path(str(error.filename)).name} is missing); 'codefactory run' writes one"
        ) from error
    except ValueError as error:
        raise InputError(f"{folder}: a file of this corpus is not JSON; run 'codefactory run' again") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise InputError(f"{folder}: not a corpus that this version reads ({FORMAT})")
    sha256 = hashlib.sha256(body).hexdigest()
    if sha256 != manifest.get("records_sha256"):
        raise InputError(f"{folder}: {RECORDS} does not belong to {MANIFEST}; run 'codefactory run' again")
    if "attempts_sha256" in manifest and hashlib.sha256(refused).hexdigest() != manifest["attempts_sha256"]:
        raise InputError(f"{folder}: {ATTEMPTS} does not belong to {MANIFEST}; run 'codefactory run' again")
    records = _nouns(folder / RECORDS, Record, body)
    return Corpus(records, funnel, manifest.get("about", {}), sha256, _nouns(folder / ATTEMPTS, Attempt, refused))


def _nouns(file: Path, kind: type[Noun], body: bytes) -> list[Noun]:
    try:
        return [from_json(kind, line) for line in body.split(b"\n") if line]
    except ValidationError as error:
        raise InputError(f"{file}: holds a line that is no {kind.__name__} ({error.errors()[0]['msg']})") from error


def refuse_others(folder: Path, marker: str, kind: str) -> None:
    """Never write over somebody else's files.

    Raises:
        InputError: if the folder is a file, or is not empty and has no file of the marker's name.
    """
    try:
        found = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"{folder}: not a folder that can be read ({error.strerror}); name another one") from error
    # A run that was stopped before the marker leaves files of ours, or halves of them.
    ours = {RECORDS, ATTEMPTS, FUNNEL, MANIFEST}
    if marker not in found and any(name not in ours and not name.endswith(".partial") for name in found):
        raise InputError(f"{folder}: holds other files and is not {kind}; name an empty or a new folder")


def replace_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write each file beside its place, then rename it, in the order given.

    Raises:
        LedgerError: if that fails; what was there before is then still whole.
    """
    part = folder
    try:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.partial")
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True) if part != folder and part.exists() else None
        raise explain(folder, error) from error


def explain(folder: Path, error: OSError) -> LedgerError:
    """One line for a write that failed, with the next step."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LedgerError(f"{folder}: the disk is full; free some space and run the same command again")
    return LedgerError(f"{folder}: cannot be written ({error.strerror}); choose another folder")


def counts(values: Iterable[str]) -> dict[str, int]:
    """How often each value occurs, most frequent first, ties by name; an empty value counts as `unknown`."""
    found: dict[str, int] = {}
    for value in values:
        found[value or "unknown"] = found.get(value or "unknown", 0) + 1
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _lines(nouns: Iterable[Any]) -> bytes:
    return b"".join(to_json(noun) + b"\n" for noun in nouns)


def _pretty(data: Any) -> bytes:
    return (json.dumps(data, indent=2, ensure_ascii=False, sort_keys=False) + "\n").encode()

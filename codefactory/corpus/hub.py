"""Uploads an export to the Hugging Face hub: exactly the files that its manifest names, and only as they were written.

What an earlier export left there goes with the same commit: a loader's pattern would read its shards, too.

The address is `HF_ENDPOINT` (the hub itself where it is not set), the token `HF_TOKEN` or that of `hf auth login`. One
commit holds everything, the card included, so a reader never sees half of an export.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codefactory.corpus import FORMATS
from codefactory.corpus.formats import MANIFEST
from codefactory.errors import InputError

EXPORTED = re.compile(rf"(?:data|jsonl)/(?:{'|'.join(FORMATS.names())})/[^/]+\.(?:parquet|jsonl)")
REPOSITORY = re.compile(r"^[\w.-]+/[\w.-]+$")


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was uploaded, and where it is."""

    url: str
    commit: str
    files: int
    size_kb: float
    configs: tuple[str, ...]


def push(folder: Path, repository: str, *, private: bool = False, message: str = "", revision: str = "main") -> Pushed:
    """Upload an export as a data set; makes the repository where there is none.

    Raises:
        InputError: if the folder is no whole export, the name is none, or the hub refuses; with the next step.
    """
    files = checked(folder)
    if not REPOSITORY.match(repository):
        raise InputError(f"{repository}: a data set's name is OWNER/NAME, such as my-team/verified-code")
    try:
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
    except ImportError as error:
        raise InputError("the hub needs 'pip install codefactory[hub]'") from error
    api = HfApi(endpoint=os.environ.get("HF_ENDPOINT") or None, library_name="codefactory")
    operations: list[Any] = [CommitOperationAdd(name, folder / name) for name in files]
    try:
        api.create_repo(repository, repo_type="dataset", private=private, exist_ok=True)
        there = api.list_repo_files(repository, repo_type="dataset", revision=revision)
        operations += [CommitOperationDelete(name) for name in there if EXPORTED.fullmatch(name) and name not in files]
        done: Any = api.create_commit(
            repository,
            operations,
            commit_message=message or f"Export {files[MANIFEST][:12]} of codefactory",
            repo_type="dataset",
            revision=revision,
        )
    except Exception as error:  # the library raises whatever its transport raised, and that changes with its version
        raise _explain(api.endpoint, repository, error) from error
    size_kb = sum((folder / name).stat().st_size for name in files) / 1024
    configs = tuple(dict.fromkeys(name.split("/")[1] for name in files if name.startswith("jsonl/")))
    url = f"{api.endpoint}/datasets/{repository}"
    return Pushed(url, str(done.oid), len(files), size_kb, configs)


def checked(folder: Path) -> dict[str, str]:
    """The files of an export with their SHA-256, the manifest among them.

    Raises:
        InputError: if this is no export, a file is missing, or one was changed since.
    """
    try:
        manifest = (folder / MANIFEST).read_bytes()
        named: dict[str, str] = json.loads(manifest)["files"]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{folder}: no export ({MANIFEST} cannot be read); 'codefactory export' writes one") from error
    for name, wanted in named.items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise InputError(f"{folder}: {name} is missing; run 'codefactory export' again") from error
        if found != wanted:
            raise InputError(f"{folder}: {name} was changed after it was exported; run 'codefactory export' again")
    return {MANIFEST: hashlib.sha256(manifest).hexdigest(), **named}


def _explain(endpoint: str, repository: str, error: Exception) -> InputError:
    response = getattr(error, "response", None)
    status = getattr(response, "status_code", 0)
    first = " ".join(str(error).split())[:200]
    if status in (401, 403):
        return InputError(
            f"{endpoint}: refuses to write {repository} ({status}); set HF_TOKEN to a token that may, or name another "
            "OWNER"
        )
    if status:
        return InputError(f"{endpoint}: answered {status} ({first}); nothing was published, run the same command again")
    return InputError(f"{endpoint}: cannot be reached ({first}); check HF_ENDPOINT and the network")

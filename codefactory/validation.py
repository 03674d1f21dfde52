"""Every mistake in a run, study or generations file that can be seen without running it, with its line and the way out.

What a section can check by itself is checked by `config`; here is what needs the registries, the disk and the recipe.
Nothing is loaded, executed, or asked over a network.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from codefactory.config import GenerationsConfig, RunConfig, StudyConfig
from codefactory.errors import CodefactoryError, ConfigError
from codefactory.languages import LANGUAGES
from codefactory.llm import BACKENDS
from codefactory.llm.checkpoint import embedded
from codefactory.llm.connection import LOOPBACK
from codefactory.pipeline import check_unchanged
from codefactory.reading import Section, line_numbers, load
from codefactory.recipes import RECIPES
from codefactory.recipes.seeds import stream
from codefactory.recipes.target import check_language
from codefactory.registry import Registry
from codefactory.runner import RUNNERS
from codefactory.tasks import TASKS
from codefactory.tasks.base import parse_name
from codefactory.verify.policy import named

GUIDING = ("openai", "vllm")  # backends that can hold an answer to a schema
Found = Iterator[tuple[str, str]]  # (dotted key, what is wrong and what to do)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to change."""

    line: int
    key: str
    message: str


class Raw:
    """A file's values by dotted key, whatever they are."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def get(self, key: str) -> Any:
        """The value, or None where it is missing."""
        value: Any = self._data
        for part in key.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def text(self, key: str) -> str:
        """The value where it is a text, else ""."""
        value = self.get(key)
        return value if isinstance(value, str) else ""


def mistakes(kind: type[Section], path: Path) -> list[str]:
    """One line a mistake, in the file's order; none for a good file."""
    found: list[str] = []
    try:
        config: Section | None = load(kind, path)
    except ConfigError as error:
        config, found = None, str(error).splitlines()
    text = path.read_text(encoding="utf-8")
    try:
        data, node = yaml.safe_load(text), yaml.compose(text)
    except yaml.YAMLError:
        return found
    if not isinstance(data, dict):
        return found
    lines = line_numbers(node)
    checks: Iterable[tuple[str, str]] = ()
    if kind is StudyConfig:
        checks = _study(Raw(data))
    elif kind is GenerationsConfig:
        checks = _generations(Raw(data))
    elif kind is RunConfig:
        checks = _run(Raw(data), config if isinstance(config, RunConfig) else None)
    for key, message in checks:
        where = tuple(key.split("."))
        line = next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 1)
        found.append(f"{path}:{line}: '{key}': {message}")
    return sorted(dict.fromkeys(found), key=_line)


def parsed(line: str) -> Mistake:
    """A line of `mistakes` in its parts."""
    place, _, message = line.partition(": ")
    key = message.split("'")[1] if message.count("'") >= 2 else ""
    return Mistake(_line(line), key, message or place)


def notes(config: RunConfig) -> list[str]:
    """What is no mistake in the file, and still worth knowing before a run."""
    found = []
    llm = config.llm
    if llm.backend == "openai" and not os.environ.get(llm.api_key_env) and not _here(llm.base_url):
        found.append(f"{llm.api_key_env} is not set here; a hosted server will ask for a key")
    if config.sandbox.runner == "process":
        found.append("sandbox.runner: process has no walls; it is for this project's own tests, use auto")
    fetched = ", ".join(name for name in config.select.decontaminate if _on_the_hub(name))
    if fetched:
        found.append(
            f"select.decontaminate: {fetched} will be fetched from the hub when the drafts are selected; "
            f"without a network, name a file: {fetched.partition(',')[0]}@FILE"
        )
    try:
        check_unchanged(config, extend=False)
    except CodefactoryError as error:
        found.append(str(error))
    return found


def _line(text: str) -> int:
    number = text.split(": ", 1)[0].rpartition(":")[2]
    return int(number) if number.isdigit() else 0


def _run(raw: Raw, config: RunConfig | None) -> Found:
    yield from _name(raw, "llm.backend", BACKENDS)
    yield from _name(raw, "recipe.name", RECIPES)
    yield from _name(raw, "recipe.language", LANGUAGES)
    yield from _name(raw, "seeds.language", LANGUAGES)
    if raw.text("sandbox.runner") != "auto":
        yield from _name(raw, "sandbox.runner", RUNNERS)
    yield from _said("select.policy", lambda: named(raw.text("select.policy") or "agreement"))
    sets = raw.get("select.decontaminate")
    for name in [sets] if isinstance(sets, str) else sets if isinstance(sets, list) else []:
        yield from _tasks("select.decontaminate", name)
    yield from _model(raw)
    missing = [*_tasks("seeds.tasks", raw.get("seeds.tasks")), *_paths(raw)]
    yield from missing
    askable = isinstance(config, RunConfig) and not missing and not _on_the_hub(raw.text("seeds.tasks"))
    if isinstance(config, RunConfig) and askable and not _unknown(config):
        yield from _said("seeds", lambda: _first_question(config))


def _unknown(config: RunConfig) -> str:
    """What is wrong with the names of the recipe and the languages."""
    languages = (config.recipe.language or "python", config.seeds.language or "python")
    return RECIPES.complaint(config.recipe.name) or "".join(map(LANGUAGES.complaint, languages))


def _first_question(config: RunConfig) -> None:
    """Ask the recipe for its first question about the first seed: it says what it lacks."""
    check_language(config.recipe)
    for seed in islice(stream(config.seeds, config.recipe.language), 1):
        next(RECIPES.load(config.recipe.name)(seed, config.recipe), None)


def _model(raw: Raw) -> Found:
    backend, model = raw.text("llm.backend"), raw.text("llm.model")
    if backend == "openai" and not raw.text("llm.base_url").startswith(("http://", "https://")):
        yield "llm.base_url", "backend openai needs the server's URL, such as http://127.0.0.1:8000/v1"
    if backend == "replay" and model and not Path(model).is_file():
        yield "llm.model", f"no such recording: {model}; name a run's ledger.sqlite or a JSONL file"
    local = backend in ("local", "vllm")
    if local and model and model not in embedded() and not Path(model).is_dir() and model.count("/") != 1:
        there = ", ".join(embedded())
        yield "llm.model", f"no such model: {model}; give a model folder, a hub name (owner/name), or one of: {there}"
    if raw.get("llm.guided") and backend in BACKENDS.names() and backend not in GUIDING:
        yield "llm.guided", f"backend {backend} cannot hold answers to a schema; leave it out, or use openai or vllm"
    for key in ("llm.adapter", "llm.engine"):
        if raw.get(key) and backend in BACKENDS.names() and backend != "vllm":
            yield key, f"is for backend vllm, this is {backend}; with a server, name the adapter as 'model'"


def _paths(raw: Raw) -> Found:
    wanted = {"seeds.file": Path.is_file, "seeds.code": Path.is_dir, "seeds.corpus": Path.is_dir}
    wanted |= {"seeds.constitution": Path.is_file, "llm.adapter": Path.is_dir}
    for key, good in wanted.items():
        name = raw.text(key)
        if name and not good(Path(name).expanduser()):
            kind = "folder" if good is Path.is_dir else "file"
            yield key, f"no such {kind}: {name}; paths are relative to the folder that the command is given in"
    if raw.text("out") and Path(raw.text("out")).expanduser().is_file():
        yield "out", f"{raw.text('out')} is a file; name a folder"


def _study(raw: Raw) -> Found:
    yield from _tasks("human", raw.get("human"))
    yield from _tasks("evaluation.tasks", raw.get("evaluation.tasks"))
    yield from _run_file(raw)
    yield from _named_apart(raw, "arms")


def _generations(raw: Raw) -> Found:
    yield from _tasks("human", raw.get("human"))
    yield from _run_file(raw)
    yield from _named_apart(raw, "chains")


def _run_file(raw: Raw) -> Found:
    if raw.text("run") and not Path(raw.text("run")).expanduser().is_file():
        yield "run", f"no such run file: {raw.text('run')}; write one with 'codefactory init'"


def _named_apart(raw: Raw, key: str) -> Found:
    """No two members of a list have one name."""
    members = raw.get(key)
    names = [one.get("name") for one in members if isinstance(one, dict)] if isinstance(members, list) else []
    for name in sorted({str(name) for name in names if names.count(name) > 1}):
        yield key, f"two {key} are called '{name}'; give each a name of its own"


def _name(raw: Raw, key: str, registry: Registry) -> Found:
    name = raw.get(key)
    complaint = registry.complaint(name) if isinstance(name, str) else ""
    if complaint:
        yield key, complaint


def _tasks(key: str, name: Any) -> Found:
    if not isinstance(name, str):
        return
    task_set, _, path = parse_name(name)
    complaint = TASKS.complaint(task_set)
    if complaint:
        yield key, complaint
    elif path and not path.is_file():
        yield key, f"no such file: {path}; a task set is named set[:split][@file]"


def _on_the_hub(name: str) -> bool:
    """Whether a task set would have to be fetched."""
    task_set, _, path = parse_name(name)
    return bool(task_set) and path is None and task_set != "reference"


def _said(key: str, check: Callable[[], object]) -> Found:
    try:
        check()
    except CodefactoryError as error:
        yield key, " ".join(str(error).split())


def _here(url: str) -> bool:
    return any(f"//{host}" in url for host in LOOPBACK)

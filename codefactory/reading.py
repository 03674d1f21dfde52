"""Reads a YAML file into a checked configuration; a mistake is one line with file, place, offender and remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from codefactory.errors import ConfigError, InputError

# What is written there by mistake may be a secret: it is never repeated.
HIDDEN = ("api_key", "base_url", "password", "secret")
FLAG = 0  # the line of what came from --set
SAID = {"tuple_type": "should be a list, such as [a, b]", "model_type": "should be a section of 'key: value' lines"}

Lines = dict[tuple[str | int, ...], int]  # where a value is -> its line in the file


class Section(BaseModel):
    """A part of a run file; unknown keys fail, and `~` in a path is the user's own folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*")
    @classmethod
    def _at_home(cls, value: Any) -> Any:
        return value.expanduser() if isinstance(value, Path) else value


ConfigType = TypeVar("ConfigType", bound=Section)


def load(kind: type[ConfigType], path: Path, overrides: tuple[str, ...] = ()) -> ConfigType:
    """The file as a checked configuration; relative paths in it are relative to the working folder.

    The run file that a study names may also lie beside the study, which then works from everywhere.

    Args:
        overrides: `dotted.key=value` pairs from the command line; values are YAML.

    Raises:
        InputError: if there is no such file.
        ConfigError: one line for each mistake, with line number and suggestion.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path}: cannot be read ({error}); name a run file, or write one with 'codefactory init'"
        ) from error
    try:
        data, node = yaml.safe_load(text), yaml.compose(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: expected 'key: value' lines; write an example with 'codefactory init'")
    found = [f"{path}:{line}: '{name}' is there twice; the last one would win" for name, line in _twice(node)]
    config = _checked(kind, path, data, line_numbers(node), overrides, found)
    run = getattr(config, "run", None)
    if isinstance(run, Path) and (path.parent / run).is_file():
        return config.model_copy(update={"run": path.parent / run})
    return config


def from_flags(kind: type[ConfigType], overrides: tuple[str, ...]) -> ConfigType:
    """A section from `--set` alone, for verbs that have no run file.

    Raises:
        ConfigError: one line for each mistake.
    """
    return _checked(kind, Path("--set"), {}, {}, overrides)


def _checked(
    kind: type[ConfigType],
    path: Path,
    data: dict[str, Any],
    lines: Lines,
    overrides: tuple[str, ...],
    found: Sequence[str] = (),
) -> ConfigType:
    """The data with its overrides as a configuration; `found` are mistakes that were seen before."""
    for override in overrides:
        where = _override(data, override)
        lines = {place: line for place, line in lines.items() if place[: len(where)] != where}
        lines[where] = FLAG
    try:
        config = kind.model_validate(data)
    except ValidationError as error:
        wrong = [_explain(kind, path, lines, item) for item in error.errors()]
        raise ConfigError("\n".join([*wrong, *found])) from error
    if found:
        raise ConfigError("\n".join(found))
    return config


def _override(data: dict[str, Any], override: str) -> tuple[str, ...]:
    """Set one key by its `dotted.key=value`; where it is in the data."""
    key, equals, value = override.partition("=")
    if not equals:
        raise ConfigError(f"--set {override}: expected dotted.key=value, such as seeds.count=100")
    *parents, last = key.split(".")
    for parent in parents:
        data = data.setdefault(parent, {})
        if not isinstance(data, dict):
            raise ConfigError(f"--set {override}: '{parent}' is not a section")
    try:
        data[last] = yaml.safe_load(value)
    except yaml.YAMLError:
        raise ConfigError(f"--set {override}: the value is not YAML; quote it, as in {key}='\"...\"'") from None
    return (*parents, last)


def line_numbers(node: yaml.Node | None, prefix: tuple[str | int, ...] = ()) -> Lines:
    """Line number (from 1) of every key and item."""
    found: Lines = {}
    pairs: list[tuple[str | int, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        pairs = [(key.value, key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        pairs = [(index, value, value) for index, value in enumerate(node.value)]
    for name, at, value in pairs:
        found[(*prefix, name)] = at.start_mark.line + 1
        found |= line_numbers(value, (*prefix, name))
    return found


def _twice(node: Any, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Keys that a mapping has twice, with their lines; YAML would silently take the last."""
    if not isinstance(node, yaml.MappingNode):
        return
    seen = set()
    for key, value in node.value:
        if key.value in seen:
            yield prefix + str(key.value), key.start_mark.line + 1
        seen.add(key.value)
        yield from _twice(value, f"{prefix}{key.value}.")


def _explain(kind: type[Section], path: Path, lines: Lines, item: Any) -> str:
    where = tuple(item["loc"])
    line = next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 1)
    place = "--set" if line == FLAG else f"{path}:{line}"
    name = ".".join(str(part) for part in where)
    if item["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        near = difflib.get_close_matches(str(where[-1]), _keys(kind, where[:-1]), n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known keys: {', '.join(_keys(kind, where[:-1]))}"
        return f"{place}: unknown key '{name}'; {hint}"
    if item["type"] == "missing":
        return f"{place}: '{name}' is missing; {_describe(kind, where)}"
    said = SAID.get(item["type"]) or item["msg"].removeprefix("Value error, ").lower()
    hidden = any(word in name for word in HIDDEN) or isinstance(item["input"], dict)
    return f"{place}: '{name}': {said}" + ("" if hidden else f" (got {item['input']!r})")


def _section(kind: type[BaseModel], where: tuple[str | int, ...]) -> Any:
    """The model or dataclass that the keys of a section are the fields of; None where there is no such section."""
    current: Any = kind
    for part in where:
        if isinstance(part, int):
            continue
        field = getattr(current, "model_fields", {}).get(part)
        arguments = getattr(field.annotation, "__args__", ()) if field else ()
        current = arguments[0] if arguments else (field.annotation if field else None)
    return current if isinstance(current, type) else None


def _keys(kind: type[BaseModel], where: tuple[str | int, ...]) -> list[str]:
    section = _section(kind, where)
    return [*getattr(section, "model_fields", ()), *getattr(section, "__dataclass_fields__", ())]


def _describe(kind: type[BaseModel], where: tuple[str | int, ...]) -> str:
    section = _section(kind, where[:-1])
    field = getattr(section, "model_fields", {}).get(str(where[-1]))
    return (field.description if field and field.description else "it has no default") or "it has no default"

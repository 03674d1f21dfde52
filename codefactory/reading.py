"""Reads a YAML file into a checked configuration; a mistake is one line with file, place, offender and remedy."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from codefactory.errors import ConfigError, InputError

# What is written there by mistake may be a secret: it is never repeated.
HIDDEN = ("api_key", "base_url", "password", "secret")


class Section(BaseModel):
    """A part of a run file; unknown keys fail."""

    model_config = ConfigDict(extra="forbid", frozen=True)


ConfigType = TypeVar("ConfigType", bound=Section)


def load(kind: type[ConfigType], path: Path, overrides: tuple[str, ...] = ()) -> ConfigType:
    """The file as a checked configuration; relative paths in it are relative to the working folder.

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
        data = yaml.safe_load(text)
        lines = line_numbers(yaml.compose(text))
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: expected 'key: value' lines; write an example with 'codefactory init'")
    for override in overrides:
        _override(data, override)
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(kind, path, lines, item) for item in error.errors())) from error


def from_flags(kind: type[ConfigType], overrides: tuple[str, ...]) -> ConfigType:
    """A section from `--set` alone, for verbs that have no run file.

    Raises:
        ConfigError: one line for each mistake.
    """
    data: dict[str, Any] = {}
    for override in overrides:
        _override(data, override)
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        lines = (_explain(kind, Path("--set"), {}, item) for item in error.errors())
        raise ConfigError("\n".join(line.replace("--set:1:", "--set:", 1) for line in lines)) from error


def _override(data: dict[str, Any], override: str) -> None:
    key, equals, value = override.partition("=")
    if not equals:
        raise ConfigError(f"--set {override}: expected dotted.key=value, such as seeds.count=100")
    *parents, last = key.split(".")
    for parent in parents:
        data = data.setdefault(parent, {})
        if not isinstance(data, dict):
            raise ConfigError(f"--set {override}: '{parent}' is not a section")
    data[last] = yaml.safe_load(value)


def line_numbers(node: yaml.Node | None, prefix: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], int]:
    """Line number (from 1) of every key and item."""
    found: dict[tuple[str | int, ...], int] = {}
    pairs: list[tuple[str | int, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        pairs = [(key.value, key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        pairs = [(index, value, value) for index, value in enumerate(node.value)]
    for name, at, value in pairs:
        found[(*prefix, name)] = at.start_mark.line + 1
        found |= line_numbers(value, (*prefix, name))
    return found


def _explain(kind: type[Section], path: Path, lines: dict[tuple[str | int, ...], int], item: Any) -> str:
    where = tuple(item["loc"])
    line = next((lines[where[:n]] for n in range(len(where), 0, -1) if where[:n] in lines), 1)
    name = ".".join(str(part) for part in where)
    if item["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(where[-1]), _keys(kind, where[:-1]), n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known keys: {', '.join(_keys(kind, where[:-1]))}"
        return f"{path}:{line}: unknown key '{name}'; {hint}"
    if item["type"] == "missing":
        return f"{path}:{line}: '{name}' is missing; {_describe(kind, where)}"
    said = item["msg"].removeprefix("Value error, ").lower()
    hidden = any(word in name for word in HIDDEN) or isinstance(item["input"], dict)
    return f"{path}:{line}: '{name}': {said}" + ("" if hidden else f" (got {item['input']!r})")


def _section(kind: type[BaseModel], where: tuple[str | int, ...]) -> type[BaseModel] | None:
    current: Any = kind
    for part in where:
        if isinstance(part, int):
            continue
        field = getattr(current, "model_fields", {}).get(part)
        arguments = getattr(field.annotation, "__args__", ()) if field else ()
        current = arguments[0] if arguments else (field.annotation if field else None)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _keys(kind: type[BaseModel], where: tuple[str | int, ...]) -> list[str]:
    section = _section(kind, where)
    return list(section.model_fields) if section else []


def _describe(kind: type[BaseModel], where: tuple[str | int, ...]) -> str:
    section = _section(kind, where[:-1])
    field = section.model_fields.get(str(where[-1])) if section else None
    return (field.description if field and field.description else "it has no default") or "it has no default"

"""The shape of a recipe: a generator that yields what it wants asked and is sent the answers.

A recipe does no I/O and knows no model: the pipeline sends its questions, runs its trials, records every answer, and
drives thousands of recipes at once. What is yielded together is answered together, in the same order.

    def recipe(seed: Seed, options: RecipeConfig) -> Steps:
        ((answer,),) = yield (Ask(prompt("joint", topics="lists")),)
        (evidence,) = yield (Try(draft_of(answer)),)
        return Draft(...)
"""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any, TypeVar

from codefactory.types import Draft, Message


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, `samples` answers; sample indices count from `first`, and index and words name the call."""

    messages: tuple[Message, ...]
    samples: int = 1
    first: int = 0


@dataclass(frozen=True, slots=True)
class Try:
    """Have a draft executed; answered by its Evidence, with its mutants where they are asked for."""

    draft: Draft
    mutation: bool = False


# An Ask is answered by a tuple of completions, a Try by an Evidence; a recipe knows which it yielded at each place.
Answers = tuple[Any, ...]
Result = TypeVar("Result")
Asking = Generator[tuple[Ask | Try, ...], Answers, Result]  # a part of a recipe, for `yield from`
Steps = Asking[Draft]


@cache
def packaged(name: str) -> str:
    """The text of `prompts/<name>.md`."""
    return files("codefactory.recipes").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8")


def wording(recipe: Callable[..., Steps]) -> str:
    """A hash of all that decides what a recipe says: this folder's prompts and code, and the recipe's own module.

    Coarse on purpose: a changed word runs every recipe again, and what it asks as before is looked up, not paid for.
    """
    room = files("codefactory.recipes")
    texts = sorted(
        (item.name, item.read_text(encoding="utf-8"))
        for folder in (room, room.joinpath("prompts"))
        for item in folder.iterdir()
        if item.name.endswith((".md", ".py"))
    )
    own = inspect.getsource(sys.modules[recipe.__module__])
    return hashlib.sha256(repr((texts, own)).encode()).hexdigest()[:16]


def prompt_hashes() -> dict[str, str]:
    """Name -> first 16 hex digits of the SHA-256, for every prompt of this folder."""
    room = files("codefactory.recipes").joinpath("prompts")
    found = sorted((item.name, item.read_bytes()) for item in room.iterdir() if item.name.endswith(".md"))
    return {name.removesuffix(".md"): hashlib.sha256(text).hexdigest()[:16] for name, text in found}


@cache
def _template(name: str) -> tuple[str, str]:
    system, _, user = packaged(name).partition("\n# user\n")
    system = system.removeprefix("# system\n").replace("$sections", packaged("sections"))
    return system.strip(), user.strip()


def prompt(name: str, **values: str) -> tuple[Message, ...]:
    """The messages of `prompts/<name>.md`; a line of the user part whose placeholder is empty is left out.

    `$sections` in a system part stands for `prompts/sections.md`: how a whole task is to be written.
    """
    system, user = _template(name)
    lines = []
    for line in user.splitlines():
        wanted = Template(line).get_identifiers()
        if all(values.get(identifier) for identifier in wanted):
            lines.append(Template(line).substitute(values))
    return Message("system", system), Message("user", "\n".join(lines))

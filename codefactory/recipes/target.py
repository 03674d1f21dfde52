"""The language that a recipe writes or is shown where it is not Python: its name for people, and how it writes."""

from __future__ import annotations

from dataclasses import dataclass

from codefactory.config import RecipeConfig
from codefactory.errors import ConfigError
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import Notation
from codefactory.types import Seed

ELSEWHERE = ("native", "translate")  # recipes that write another language than Python
TITLES = {"commonlisp": "Common Lisp", "cpp": "C++", "javascript": "JavaScript", "ocaml": "OCaml"}


@dataclass(frozen=True, slots=True)
class Target:
    """A language to write in."""

    language: Language
    notation: Notation

    @property
    def title(self) -> str:
        return titled(self.language.name)

    @property
    def fence(self) -> str:
        return self.language.fences[0]

    def form(self, entry_point: str) -> str:
        """A file that gives one answer, whatever it is asked: what a solution looks like from outside."""
        _, stub = self.language.stubs(entry_point)[0]
        return stub.code.strip()


def titled(language: str) -> str:
    """A language's name for people."""
    return TITLES.get(language, language.title())


def fenced(seed: Seed) -> dict[str, str]:
    """How a prompt shows the seed's code: the name behind the fence, and the language where it is not Python."""
    language: Language = LANGUAGES.load(seed.language or "python")
    return {"fence": language.fences[0], "source": titled(seed.language) if seed.language else ""}


def check_language(options: RecipeConfig) -> None:
    """What these recipes say of a run file without another language, before a seed is looked for.

    Source code is mined in the language that is written: without one, a folder of Lua has no function in Python, which
    is not what is wrong.

    Raises:
        ConfigError: as `target_of`.
    """
    if options.name in ELSEWHERE:
        target_of(options.name, options)


def target_of(recipe: str, options: RecipeConfig) -> Target:
    """What the run file asks for.

    Raises:
        ConfigError: if it names no language, or Python.
        UnknownNameError: if there is no such language.
    """
    if options.language in (None, "", "python"):
        known = ", ".join(name for name in LANGUAGES if name != "python")
        raise ConfigError(f"recipe '{recipe}' needs another language; name one in recipe.language: {known}")
    language: Language = LANGUAGES.load(options.language)
    assert language.notation is not None
    return Target(language, language.notation)

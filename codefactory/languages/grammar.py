"""Tree-sitter parsers: one for each language, made once."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from codefactory.errors import ConfigError


@cache
def parser(language: str) -> Any:
    """A tree-sitter parser; the grammar of language x is the wheel `tree-sitter-x`.

    Raises:
        ConfigError: if that wheel, which the extra `languages` has, is not installed.
    """
    import tree_sitter

    try:
        grammar = importlib.import_module(f"tree_sitter_{language}")
    except ImportError as error:
        raise ConfigError(f"language '{language}' has no grammar here; pip install 'codefactory[languages]'") from error
    made = getattr(grammar, "language", None) or getattr(grammar, f"language_{language}")  # OCaml's wheel holds three
    return tree_sitter.Parser(tree_sitter.Language(made()))

"""Programming languages: one file each, giving what parsing, execution and controls need to know about it."""

from codefactory.registry import Registry

LANGUAGES = Registry(
    "language",
    {
        "python": "codefactory.languages.python:PYTHON",
        "lua": "codefactory.languages.lua:LUA",
        "perl": "codefactory.languages.perl:PERL",
        "javascript": "codefactory.languages.javascript:JAVASCRIPT",
        "racket": "codefactory.languages.racket:RACKET",
        "r": "codefactory.languages.r:R",
        "ocaml": "codefactory.languages.ocaml:OCAML",
        "elixir": "codefactory.languages.elixir:ELIXIR",
        "commonlisp": "codefactory.languages.commonlisp:COMMON_LISP",
        "prolog": "codefactory.languages.prolog:PROLOG",
    },
)

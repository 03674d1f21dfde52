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
        "haskell": "codefactory.languages.haskell:HASKELL",
        "ruby": "codefactory.languages.ruby:RUBY",
        "tcl": "codefactory.languages.tcl:TCL",
        "bash": "codefactory.languages.bash:BASH",
        "go": "codefactory.languages.go:GO",
        "rust": "codefactory.languages.rust:RUST",
        "cpp": "codefactory.languages.cpp:CPP",
        "java": "codefactory.languages.java:JAVA",
        "elixir": "codefactory.languages.elixir:ELIXIR",
        "commonlisp": "codefactory.languages.commonlisp:COMMON_LISP",
        "prolog": "codefactory.languages.prolog:PROLOG",
    },
)

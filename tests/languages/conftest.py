"""Which languages can be tested here: those whose image is built. CI builds some first, `make test-languages` all."""

from __future__ import annotations

import os
from functools import cache

import pytest

from codefactory.errors import MirrorError
from codefactory.runner.engine import client
from codefactory.runner.images import ensure_image, image_digest, tag
from tests.runner.conftest import require

IN_CI = ["lua", "perl", "javascript", "racket", "r", "ocaml"]  # CI builds these; the rest by 'make test-languages'
NATIVE = [*IN_CI, "elixir", "commonlisp", "prolog"]
# An identity and a function that fails, as a model would write them.
ECHO = {
    "lua": "local function f(x) return x end\nreturn f\n",
    "perl": "sub f { return $_[0] }\n1;\n",
    "javascript": "function f(x) { return x; }\nmodule.exports = { f };\n",
    "racket": "#lang racket\n(provide f)\n(define (f x) x)\n",
    "r": "f <- function(x) x\n",
    "ocaml": "let f x = x\n",
    "elixir": "defmodule Solution do\n  def f(x), do: x\nend\n",
    "commonlisp": "(defun f (x) x)\n",
    "prolog": "f(X, X).\n",
}
FAILING = {
    "lua": "local function f(x) error('no') end\nreturn f\n",
    "perl": "sub f { die 'no' }\n1;\n",
    "javascript": "function f(x) { throw new RangeError('no'); }\nmodule.exports = { f };\n",
    "racket": '#lang racket\n(provide f)\n(define (f x) (error "no"))\n',
    "r": "f <- function(x) stop('no')\n",
    "ocaml": 'let f x = failwith "no"\n',
    "elixir": 'defmodule Solution do\n  def f(_x), do: raise("no")\nend\n',
    "commonlisp": '(defun f (x) (declare (ignore x)) (error "no"))\n',
    "prolog": "f(_, _) :- throw(no).\n",
}


def require_language(name: str) -> None:
    """Skips a language whose image is not here; where it is to be built, only if Debian's mirror is not reached."""
    require("docker")
    missing = _missing(name)
    if missing:
        pytest.skip(missing)


@cache
def _missing(name: str) -> str:
    """Why a language cannot be tested here, "" where it can."""
    if image_digest(client(), tag(name)):
        return ""
    everything = os.environ.get("CODEFACTORY_TEST_LANGUAGES") == "all"
    if not (everything or (os.environ.get("CI") and name in IN_CI)):
        return f"the image of {name} is not built, which takes a minute; run 'codefactory sandbox build {name}'"
    try:
        ensure_image(name)
    except MirrorError as error:
        return str(error)
    return ""

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
NATIVE = [*IN_CI, "haskell", "ruby", "tcl", "bash", "go", "rust", "cpp", "java", "elixir", "commonlisp", "prolog"]
# An identity and a function that fails, as a model would write them.
ECHO = {
    "lua": "local function f(x) return x end\nreturn f\n",
    "perl": "sub f { return $_[0] }\n1;\n",
    "javascript": "function f(x) { return x; }\nmodule.exports = { f };\n",
    "racket": "#lang racket\n(provide f)\n(define (f x) x)\n",
    "r": "f <- function(x) x\n",
    "ocaml": "let f x = x\n",
    "haskell": "module F (f) where\n\nf :: a -> a\nf x = x\n",
    "ruby": "def f(x)\n  x\nend\n",
    "tcl": "proc f {x} {\n    return $x\n}\n",
    "bash": "f() {\n  printf '%s\\n' \"$1\"\n}\n",
    "go": "package main\n\nfunc f(x any) any {\n\treturn x\n}\n",
    "rust": "pub fn f<T>(x: T) -> T {\n    x\n}\n",
    "cpp": (
        "#include <string>\n#include <vector>\n\ntemplate <class T>\nT f(T x) { return x; }\n"
        "template <class T>\nstd::vector<T> f(std::initializer_list<T> x) { return x; }\n"
        "std::string f(const char* x) { return x; }\n"
    ),
    "java": "public class Solution {\n    public static Object f(Object x) {\n        return x;\n    }\n}\n",
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
    "haskell": 'module F where\n\nf :: a -> b\nf x = error "no"\n',
    "ruby": "def f(x)\n  raise ArgumentError, 'no'\nend\n",
    "tcl": "proc f {x} {\n    error no\n}\n",
    "bash": "f() {\n  echo no >&2\n  return 1\n}\n",
    "go": 'package main\n\nfunc f(x any) any {\n\tpanic("no")\n}\n',
    "rust": 'pub fn f<T>(_: T) -> T {\n    panic!("no")\n}\n',
    "cpp": (
        '#include <stdexcept>\n#include <vector>\n\ntemplate <class T>\nT f(T x) { throw std::runtime_error("no"); }\n'
        'template <class T>\nstd::vector<T> f(std::initializer_list<T> x) { throw std::runtime_error("no"); }\n'
    ),
    "java": (
        "public class Solution {\n    public static Object f(Object x) {\n"
        '        throw new IllegalStateException("no");\n    }\n}\n'
    ),
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

"""Which languages can be tested here: those whose image is built; CI builds them all first."""

from __future__ import annotations

import pytest

from codefactory.runner.engine import client, engine_answers
from codefactory.runner.images import image_digest, tag

NATIVE = ["lua", "perl", "javascript", "racket", "r", "ocaml"]
# An identity and a function that fails, as a model would write them.
ECHO = {
    "lua": "local function f(x) return x end\nreturn f\n",
    "perl": "sub f { return $_[0] }\n1;\n",
    "javascript": "function f(x) { return x; }\nmodule.exports = { f };\n",
    "racket": "#lang racket\n(provide f)\n(define (f x) x)\n",
    "r": "f <- function(x) x\n",
    "ocaml": "let f x = x\n",
}
FAILING = {
    "lua": "local function f(x) error('no') end\nreturn f\n",
    "perl": "sub f { die 'no' }\n1;\n",
    "javascript": "function f(x) { throw new RangeError('no'); }\nmodule.exports = { f };\n",
    "racket": '#lang racket\n(provide f)\n(define (f x) (error "no"))\n',
    "r": "f <- function(x) stop('no')\n",
    "ocaml": 'let f x = failwith "no"\n',
}


def require_language(name: str) -> None:
    """Skips a language whose image is not here: it takes minutes to build, and is built once."""
    if not engine_answers():
        pytest.skip(f"{name} needs Docker, and no engine answers")
    if not image_digest(client(), tag(name)):
        pytest.skip(f"the image of {name} is not built; run 'codefactory sandbox build {name}'")

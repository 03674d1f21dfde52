"""What goes into a sandbox: what a case evaluates, compiled or as text, and never what is expected of it."""

from __future__ import annotations

import json
import marshal
import types
import warnings

import pytest

from codefactory.runner.protocol import encode
from codefactory.types import Assurance, Call, Case, Check, Job

SECRET = "expected-314159"
CALLS = (
    Call("f('a', n=[1, (2,)])", repr(SECRET)),
    Call("f(1)", SECRET, Check.RAISES),
    Call("f([3, 1])", repr([SECRET]), Check.MUTATES),
    Call("f(", repr(SECRET)),
)
JOB = Job("python", "def f(a, n=0): return a", "f", tuple(Case(SECRET, SECRET, call) for call in CALLS))


@pytest.mark.parametrize("compiled", [True, False])
def test_nothing_expected_goes_in(compiled: bool) -> None:
    head, body = encode(JOB, "compared", "nonce", compiled=compiled)
    assert SECRET.encode() not in head + body


def test_expressions_go_in_compiled_where_both_sides_have_the_same_bytecode() -> None:
    _, body = encode(JOB, "compared", "nonce", compiled=True)
    _, _, *calls = marshal.loads(body)
    values = [eval(marshal.loads(call), {"f": lambda a, n=0: (a, n)}) for call in calls[:2]]
    assert values == [("a", [1, (2,)]), (1, 0)]
    assert calls[3] == "f("  # what does not compile is left for the child to say
    _, body = encode(JOB, "compared", "nonce")
    assert not any(isinstance(call, bytes) for call in marshal.loads(body))


def test_compiling_a_doubtful_expression_says_nothing_on_the_host() -> None:
    job = Job("python", "", "f", (Case("c", "", Call("f(1) is 'a' or '\\d'", "True")),))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _, body = encode(job, "compared", "nonce", compiled=True)
    assert isinstance(marshal.loads(marshal.loads(body)[2]), types.CodeType)


def test_tests_go_in_compiled_too_and_the_candidate_never_does() -> None:
    sources = ("assert f(1) == 2", "def test_x():\n    assert f(2) == 4", "f(", f"x = [{'0, ' * 20_000}]")
    cases = tuple(Case("c", source) for source in sources)
    job = Job("python", "import numpy", "f", cases, "import pytest", Assurance.SEPARATED)
    head, body = encode(job, "separated", "nonce", compiled=True)
    size, _ = json.loads(head)["parts"]
    nonce, preamble, *rest = marshal.loads(body[:size])
    assert (nonce, rest[::2]) == ("nonce", ["c"] * 4)
    assert [type(marshal.loads(item)) for item in (preamble, rest[1], rest[3])] == [types.CodeType] * 3
    assert rest[5:8:2] == list(sources[2:])  # what does not compile, and what is too long to be kept
    assert marshal.loads(body[size:]) == ["import numpy"]
    assert json.loads(head)["warm"] == ["numpy", "pytest"]


def test_texts_of_any_characters_survive() -> None:
    text = "x = 'é\ud800\U0001f600\x00'"
    job = Job("python", text, "f", (Case("c", text),), text, Assurance.SHARED)
    head, body = encode(job, "shared", "nonce")
    assert marshal.loads(body) == ["nonce", text, "c", text, text]
    assert json.loads(head)["parts"] == [len(body)]


def test_modules_that_a_job_imports_are_named_for_warming() -> None:
    job = Job("python", "import numpy as np", "f", (Case("c", "from pytest import raises"),), "", Assurance.SHARED)
    head, _ = encode(job, "shared", "nonce")
    assert json.loads(head)["warm"] == ["numpy", "pytest"]

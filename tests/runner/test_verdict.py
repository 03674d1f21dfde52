"""From facts to outcomes: the order of facts, planned names only, and nothing believed because a child says so."""

from __future__ import annotations

from typing import Any

import pytest

from codefactory.runner import verdict
from codefactory.runner.protocol import Reply, encode, expression
from codefactory.types import Assurance, Call, Case, Check, Job, Status

NONCE = "nonce"
DONE = f'["done","{NONCE}"],'
CASES = (Case("one", "", Call("f(1)", "1")), Case("two", "", Call("f(2)", "2")))
JOB = Job("python", "def f(n): return n", "f", CASES)
HEAD: dict[str, Any] = {
    "code": 0, "signal": 0, "other_signal": 0, "reason": "", "oom": 0, "cpu": 0.1, "wall": 0.1, "rss_kb": 1, "out": "",
    "err": "", "ready": True, "dirty": "",
}  # fmt: skip


def judged(record: str, job: Job = JOB, **head: Any) -> Status:
    return verdict.judge(job, Reply({**HEAD, **head}, record.encode()), NONCE).status


def test_a_complete_record_of_right_values_passes() -> None:
    assert judged('[0,"v",1],[1,"v",2],' + DONE) is Status.PASSED


@pytest.mark.parametrize(
    "record",
    [
        "",
        DONE,
        '[0,"v",1],[1,"v",2],',
        '[0,"v",1],[1,"v",2],["done","another"],',
        '[0,"v",1],' + DONE,
        '[0,"v",1],[0,"v",1],[1,"v",2],' + DONE,
        '[0,"v",1],[1,"v",2],[2,"v",3],' + DONE,
        '[0,"v",1],[1,"v",2],["passed",1],' + DONE,
        '[0,"ok"],[1,"ok"],' + DONE,
        "[[[",
        "\x00\xff" * 9,
        "[" * 100_000,
        '{"0":1},' + DONE,
        '[0,"v"],[1,"v",2],' + DONE,
    ],
)
def test_a_record_that_no_harness_writes_is_incomplete(record: str) -> None:
    assert judged(record) is Status.INCOMPLETE


def test_stronger_facts_win() -> None:
    good = '[0,"v",1],[1,"v",2],' + DONE
    assert judged(good, oom=1, reason="wall", signal=9) is Status.OUT_OF_MEMORY
    assert judged(good, reason="output", signal=9) is Status.OUTPUT_LIMIT
    assert judged(good, reason="cpu", signal=9) is Status.TIMEOUT
    assert judged("", signal=24) is Status.TIMEOUT  # SIGXCPU
    assert judged('["syntax","line 1"],', signal=0) is Status.SYNTAX
    assert judged(good, signal=11) is Status.CRASHED
    assert judged(good, ready=False, dirty="x") is Status.BROKEN
    assert judged("", other_signal=11) is Status.CRASHED


def test_the_first_silent_case_carries_the_blame() -> None:
    outcome = verdict.judge(JOB, Reply({**HEAD, "reason": "cpu"}, b'[0,"v",1],'), NONCE)
    assert [fact.status for fact in outcome.facts] == [Status.PASSED, Status.TIMEOUT]


def suite(*sources: str, preamble: str = "") -> Job:
    cases = tuple(Case(f"case {index}", source) for index, source in enumerate(sources))
    return Job("python", "def f(): return 1", "f", cases, preamble, Assurance.SHARED)


@pytest.mark.parametrize(
    "source",
    ["def f(): pass", "f = lambda: 2", "class f: pass", "from math import sin as f", "for f in []: pass", "f: int = 2",
     "if True:\n    f = 3", "with open('x') as f: pass", "(f := 2)", "import math as f", "f, g = 1, 2", "del f"],
)  # fmt: skip
def test_a_suite_that_gives_the_name_a_new_meaning_is_refused(source: str) -> None:
    refused = verdict.refuse(suite("assert f() == 1", preamble=source))
    assert (refused is not None) == (source != "del f")
    assert refused is None or "redefines 'f'" in refused.detail


@pytest.mark.parametrize(
    "source",
    [
        "assert f() == 1",
        "def test_f():\n    f_2 = f()\n    assert f_2 == 1",
        "from solution import f",
        "x = f()",
        "f.x = 1",
    ],
)
def test_a_suite_that_only_uses_the_name_is_not(source: str) -> None:
    assert verdict.refuse(suite(source)) is None


def test_nothing_expected_is_sent() -> None:
    secret = "'expected-271828'"
    job = Job("python", "def f(): pass", "f", (Case("name", f"assert f() == {secret}", Call("f()", secret)),))
    head, body = encode(job, "compared", NONCE)
    assert b"271828" not in head + body


def test_an_argument_that_is_changed_in_place_is_caught_on_its_way_in() -> None:
    text = expression(Call("f(1, [2, 3], key=len)", "[3]", Check.MUTATES, argument=1))
    space: dict[str, Any] = {"f": lambda a, b, key: b.pop()}
    assert eval(text, space) == [2]

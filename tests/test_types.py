"""Content ids name content: stable over runs and added defaults, different for different work."""

from __future__ import annotations

from codefactory.types import (
    Call,
    Case,
    Draft,
    Message,
    Problem,
    Request,
    Solution,
    Suite,
    content_id,
    from_json,
    to_json,
)


def test_round_trip_keeps_every_field() -> None:
    suite = Suite((Case("case_1", "assert f(1) == 2", Call("f(1)", "2")),), "import math")
    draft = Draft(
        Problem("Add \ud7ff one.", "f"), (Solution("def f(x):\n    return x + 1\n"),), (suite,), calls=("a", "b")
    )
    assert from_json(Draft, to_json(draft)) == draft


def test_id_is_the_same_in_every_process() -> None:
    assert Request("model", (Message("user", "hello"),)).id == "2f78d7a457d4f7047a0744d3c9f28a3f"


def test_sample_index_is_part_of_the_request() -> None:
    assert Request("m", prompt="p", sample=0).id != Request("m", prompt="p", sample=1).id


def test_fields_at_their_default_do_not_change_the_id() -> None:
    assert content_id(Solution("x")) == content_id(Solution(code="x"))
    assert Suite(()).id == Suite((), preamble="").id

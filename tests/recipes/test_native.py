"""Tasks written for another language from the start: cases in no language, compiled, and drafts judged as Python's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from codefactory import pipeline
from codefactory.config import RecipeConfig, RunConfig
from codefactory.corpus import store
from codefactory.errors import ConfigError
from codefactory.llm.replay import Script
from codefactory.pipeline import run
from codefactory.recipes.base import Ask
from codefactory.selection import select
from codefactory.types import Request, Seed, Solution
from tests.languages.conftest import NATIVE, require_language
from tests.recipes.drive import drive
from tests.recipes.sources import FILES

LUA = RecipeConfig(name="native", solutions=3, suites=2, language="lua")
SEED = Seed(("lists",), "easy")
CODE = "local function double(n)\n  if type(n) ~= 'number' then error('no') end\n  return n * 2\nend\nreturn double\n"
CASES = [
    {"arguments": [3], "answer": 6},
    {"arguments": [0], "answer": 0},
    {"arguments": [0.5], "answer": 1.0, "tolerance": 1e-9},
    {"arguments": ["x"], "fails": True},
]


def whole(code: str = CODE, cases: object = CASES, named: str = "Function: `double`") -> str:
    lines = cases if isinstance(cases, str) else "\n".join(map(json.dumps, cases))  # type: ignore[call-overload]
    task = f"## Problem\n{named}\n\nReturns n times two.\n## Solution\n```lua\n{code}```\n"
    return f"{task}## Tests\n```json\n{lines}\n```\n"


def writer(first: str) -> Callable[[Ask], str]:
    """The first answer as given, further ones right."""
    return lambda ask: first if ask.messages[1].content.startswith("Write a problem") else whole()


def test_an_answer_becomes_a_draft_whose_cases_the_host_compares() -> None:
    driven = drive("native", SEED, LUA, answer=writer(whole()))
    draft = driven.draft
    assert (draft.fault, draft.problem.language, draft.problem.entry_point) == ("", "lua", "double")
    assert draft.problem.statement.endswith("Returns n times two.\n\nWrite it in Lua.")
    assert draft.solutions == (Solution(CODE),) * 3
    assert [case.call and (case.call.expression, case.call.expected) for case in draft.suites[0].cases] == [
        ("double(3)", "6"),
        ("double(0)", "0"),
        ("double(0.5)", "1.0"),
        ('double("x")', "Exception"),
    ]
    assert len(draft.suites) == 2
    assert [ask.samples for ask in driven.asked] == [1, 2, 1]
    shown = driven.asked[0].messages[1].content
    assert "for Lua." in shown
    assert "`name` stands\nfor your function's name" in driven.asked[0].messages[0].content
    assert "has the form of the stub" in driven.asked[1].messages[0].content
    assert "local function name(...)" in shown
    assert "== 6" not in driven.asked[1].messages[1].content


@pytest.mark.parametrize("name", NATIVE)
def test_every_language_is_asked_for_in_its_own_form(name: str) -> None:
    cases = [{"arguments": [n], "answer": 2 * n} for n in (1, 2, 3)]
    options = LUA.model_copy(update={"language": name})
    driven = drive("native", SEED, options, answer=writer(whole(cases=cases, named="Function: twice")))
    assert (driven.draft.fault, driven.draft.problem.language) == ("", name)
    assert [len(suite.cases) for suite in driven.draft.suites][:1] == [3]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (whole(named="Write double."), "no_entry_point"),
        (whole(named="Function: `end`"), "name_reserved"),
        ("## Problem\nFunction: double\n## Tests\n", "no_solution"),
    ],
)
def test_what_cannot_be_read_is_a_reason_and_costs_no_further_call(answer: str, fault: str) -> None:
    driven = drive("native", SEED, LUA, answer=writer(answer))
    assert (driven.draft.fault, len(driven.asked)) == (fault, 1)


@pytest.mark.parametrize(
    ("cases", "fault"),
    [
        ("assert double(1) == 2", "suite_syntax"),
        ('{"arguments": [1], "answer": 2}\n{"arguments": [1, 2], "answer": 2}', "suite_syntax"),
        ('{"arguments": [1], "answer": 2, "fails": true}', "suite_syntax"),
        ('{"arguments": [1], "answer": 2, "note": "x"}', "suite_syntax"),
        ('{"arguments": [1], "answer": 2, "tolerance": "much"}', "suite_syntax"),
        ("[" * 1500, "suite_syntax"),
        ('{"arguments": [' + "[" * 200 + "]" * 200 + '], "answer": 2}', "suite_syntax"),
        ('{"arguments": [1], "answer": 2, "tolerance": 1' + "0" * 400 + "}", "suite_syntax"),
        ('{"arguments": [1], "answer": 2, "tolerance": NaN}', "suite_syntax"),
        ('{"arguments": [1], "answer": 2, "tolerance": 1e999}', "suite_syntax"),
        ('{"arguments": [1], "answer": 2, "tolerance": 1e9}', "suite_syntax"),
        ('{"arguments": [1], "answer": 2, "tolerance": -0.1}', "suite_syntax"),
        ('{"arguments": [[null]], "answer": 2}', "untranslatable_tests"),
    ],
)
def test_cases_that_are_none_are_the_suites_fault_and_the_others_stay(cases: str, fault: str) -> None:
    draft = drive("native", SEED, LUA, answer=writer(whole(cases=cases))).draft
    assert [suite.fault for suite in draft.suites] == [fault, ""]


@pytest.mark.parametrize("language", NATIVE)
@pytest.mark.parametrize(
    "line",
    [
        '{"arguments": [1' + "0" * 400 + '], "answer": 1}\n{"arguments": [1.5], "answer": 1}',
        '{"arguments": [[1.5, 1' + "0" * 400 + ']], "answer": 1.5, "tolerance": 1}',
        '{"arguments": [1], "answer": 1' + "0" * 400 + ', "tolerance": 0.1}',
        '{"arguments": ["\\ud800", "[[[["], "answer": {"\\udc00": "\\u0000"}}',
        '{"arguments": [NaN], "answer": Infinity}',
        '{"arguments": [' + "[" * 90 + "]" * 90 + '], "answer": 1}',
    ],
)
def test_no_line_of_a_model_ends_a_run(language: str, line: str) -> None:
    options = LUA.model_copy(update={"language": language})
    draft = drive("native", SEED, options, answer=writer(whole(cases=line, named="Function: twice"))).draft
    assert draft.fault == ""
    assert len(draft.suites) == 2


def test_cases_that_a_language_cannot_say_are_named_in_the_draft() -> None:
    cases = [*CASES, {"arguments": [[None]], "answer": 1}]
    draft = drive("native", SEED, LUA, answer=writer(whole(cases=cases))).draft
    assert draft.left_out == (("case 5", "null_in_table"),)


def test_a_language_is_needed() -> None:
    with pytest.raises(ConfigError, match=r"recipe 'native' needs another language; name one in recipe\.language: lua"):
        drive("native", SEED, LUA.model_copy(update={"language": None}))


# ── in the real loop ─────────────────────────────────────────────────────────────────────────────────────────────────

WRONG = CODE.replace("* 2", "* 3")
TRIPLED = [{"arguments": [n], "answer": 3 * n} for n in (1, 2, 3, 4)]


def make_script(config: object) -> Script:
    """Two tasks: one whose further solutions agree with it, one whose further solutions do not."""

    def answer(request: Request) -> str:
        words = request.messages[1].content
        good = "lists" in words or "times two" in words
        if words.startswith("Write a problem"):
            return whole() if good else whole(WRONG).replace("times two", "times three")
        return whole(CODE if good else WRONG.replace("3", str(4 + request.sample)))

    return Script(answer)


@pytest.mark.docker
async def test_drafts_in_lua_are_judged_selected_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_language("lua")
    backends = pipeline.open_backend.__wrapped__.__globals__["BACKENDS"]
    monkeypatch.setitem(backends._rows, "script", f"{__name__}:make_script")
    config = RunConfig.model_validate({
        "out": str(tmp_path / "run"), "llm": {"backend": "script", "model": "script"},
        "seeds": {"count": 2, "topics": ["lists", "sums"], "topics_per_seed": 1, "difficulties": ["easy"]},
        "recipe": {"name": "native", "language": "lua", "solutions": 3, "suites": 2},
        "sandbox": {"runner": "docker", "slots": 1}, "select": {"decontaminate": []},
    })  # fmt: skip
    await run(config)
    assert (await run(config)).paid == 0
    select(config, "agreement")
    kept = store.read(config.out / "corpus" / "agreement")
    assert [record.problem.language for record in kept] == ["lua"]
    assert "times two" in kept[0].problem.statement
    assert kept[0].solution.code == CODE


# ── from real code in the language ───────────────────────────────────────────────────────────────────────────────────


def make_inspired(config: object) -> Script:
    """Tasks that say what they were inspired by: double where the mined function is `shorten`, else triple."""

    def answer(request: Request) -> str:
        words = request.messages[1].content
        if words.startswith("Write a problem"):
            assert "inspired by this real Lua code" in words
        good = "function shorten(" in words or "times two" in words
        return whole() if good else whole(WRONG, TRIPLED).replace("times two", "times three")

    return Script(answer)


@pytest.mark.docker
async def test_mined_lua_becomes_lua_tasks_with_its_licence_and_replays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    require_language("lua")
    backends = pipeline.open_backend.__wrapped__.__globals__["BACKENDS"]
    monkeypatch.setitem(backends._rows, "script", f"{__name__}:make_inspired")
    source = tmp_path / "source"
    source.mkdir()
    (source / "words.lua").write_text(FILES["lua"].source)  # SPDX: MIT
    (source / "other.lua").write_text(FILES["lua"].source.replace("MIT", "GPL-3.0").replace("shorten", "shrink"))

    def config(out: str, backend: str, model: str) -> RunConfig:
        return RunConfig.model_validate({
            "out": str(tmp_path / out), "llm": {"backend": backend, "model": model},
            "seeds": {"count": 3, "code": str(source), "licences": ["mit"]},
            "recipe": {"name": "native", "language": "lua", "solutions": 3, "suites": 2},
            "sandbox": {"runner": "docker", "slots": 1}, "select": {"decontaminate": []},
        })  # fmt: skip

    first = config("first", "script", "script")
    await run(first)
    select(first, "agreement")
    kept = store.read(first.out / "corpus" / "agreement")
    assert [(record.problem.language, record.licence) for record in kept] == [("lua", "mit")] * 2
    again = config("again", "replay", str(first.out / "ledger.sqlite"))
    await run(again)
    select(again, "agreement")
    assert store.read(again.out / "corpus" / "agreement") == kept

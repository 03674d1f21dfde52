"""Anybody's rows in another language: recognised, executed on a file of native tests, a verdict for every one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codefactory.config import SandboxConfig
from codefactory.corpus import store
from codefactory.importing import ImportRequest, bring_in
from codefactory.tasks.shapes import Reader, UnreadableRowError
from codefactory.types import Limits, Problem
from codefactory.verification import VerifyRequest, verify
from tests.languages.conftest import require_language
from tests.languages.kept import record

RIGHT = "local function twice(n)\n  return 2 * n\nend\nreturn twice\n"
TESTS = """\
local twice = require('twice')
describe('twice', function()
  it('doubles two', function() assert.are.equal(4, twice(2)) end)
  it('keeps the sign', function() assert.are.equal(-2, twice(-1)) end)
end)
"""
LUA = {
    "problem": "Double the number n: write `twice(n)`.",
    "solution": RIGHT,
    "tests": TESTS,
    "entry_point": "twice",
    "language": "lua",
}
HUMANEVAL = {
    "task_id": "x/1",
    "prompt": "-- Double n.\nlocal function twice(n)\n",
    "canonical_solution": "  return 2 * n\nend\nreturn twice\n",
    "test": TESTS,
    "entry_point": "twice",
    "language": "Lua",
}
# (row, verdict, reason, status)
TABLE: list[tuple[dict[str, Any], str, str, str]] = [
    (LUA, "holds", "", "passed"),
    (HUMANEVAL, "holds", "", "passed"),
    ({**LUA, "solution": f"Here it is:\n```lua\n{RIGHT}```\n"}, "holds", "", "passed"),
    ({**LUA, "solution": RIGHT.replace("2 *", "3 *")}, "rejected", "own_tests_fail", "failed"),
    ({**LUA, "solution": RIGHT.replace("end", "")}, "rejected", "own_tests_fail", "syntax"),
    ({**LUA, "solution": "os.exit(0)\n"}, "rejected", "own_tests_fail", "incomplete"),
    ({**LUA, "tests": TESTS.replace("(4, twice(2))", "(4, 4)").replace("(-2, t", "(0, 0 * t")}, *("",) * 3),
    ({**LUA, "tests": ""}, "rejected", "no_tests", "passed"),
    ({**LUA, "tests": "", "solution": "error('no')\n"}, "rejected", "does_not_load", "errored"),
    ({**LUA, "language": "python"}, "unreadable", "another_language", ""),
    ({**LUA, "language": "cobol"}, "unreadable", "language_unsupported", ""),
]
TABLE[6] = (TABLE[6][0], "rejected", "vacuous_suite", "passed")
BOX = SandboxConfig(runner="docker", slots=2)


def test_a_row_says_its_language_by_any_of_its_names() -> None:
    reader = Reader({}, {})
    for said, name in (("js", "javascript"), ("Racket", "racket"), ("pl", "perl"), ("R", "r")):
        (item,) = reader.read({**LUA, "language": said, "solution": "x"}, "row")
        assert (item.problem.language, item.shape, item.problem.entry_point) == (name, "problem", "twice")
    with pytest.raises(UnreadableRowError, match=r"'cobol' is not executed here; there are: python, lua"):
        reader.read({**LUA, "language": "cobol"}, "row")


def test_completions_of_a_task_set_are_pythons_alone() -> None:
    tasks = {"a": record("lua"), "b": replace(record("lua"), problem=Problem("x", "f"))}
    for name, said in (("a", ""), ("b", "lua")):
        with pytest.raises(UnreadableRowError, match=r"is in lua: completions are Python's alone") as caught:
            Reader({}, tasks).read({"task_id": name, "completion": RIGHT, "language": said}, "row")
        assert caught.value.slug == "language_unsupported"


def test_tests_are_planned_by_name_and_a_body_goes_on_from_its_prompt() -> None:
    (item,) = Reader({}, {}).read(HUMANEVAL, "row")
    assert [case.name for case in item.tests.cases] == ["doubles two", "keeps the sign"]
    assert item.solution.code == HUMANEVAL["prompt"] + HUMANEVAL["canonical_solution"]
    (bundled,) = Reader({}, {}).read(
        {**LUA, "tests": f"=== file: t_spec.lua\n{TESTS}=== file: help.lua\nit('x', f)\n"}, ""
    )
    assert bundled.tests.cases == item.tests.cases


@pytest.mark.docker
async def test_every_row_gets_its_verdict(tmp_path: Path) -> None:
    require_language("lua")
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row, *_ in TABLE))
    summary = await verify(VerifyRequest(file, tmp_path / "out", {}, sandbox=BOX))
    found = [json.loads(line) for line in (tmp_path / "out" / "verdicts.jsonl").read_text().splitlines()]
    assert [(row["verdict"], row["reason"], row["status"]) for row in found] == [tuple(rest) for _, *rest in TABLE]
    assert found[3]["detail"].startswith("doubles two")
    assert "verify one language at a time" in found[9]["detail"]
    assert {row["assurance"] for row in found if row["status"] and row["reason"] != "no_tests"} >= {"shared"}
    assert summary.executions
    again = VerifyRequest(file, tmp_path / "out", {}, sandbox=BOX)
    assert (await verify(again)).executions == 0
    slow = SandboxConfig(runner="docker", slots=2, limits=Limits(cpu_s=3.0))
    assert (await verify(VerifyRequest(file, tmp_path / "slow", {}, sandbox=slow))).counts == summary.counts


@pytest.mark.docker
async def test_such_rows_are_imported_as_pythons_are(tmp_path: Path) -> None:
    require_language("lua")
    file = tmp_path / "rows.jsonl"
    wrong = {**LUA, "solution": RIGHT.replace("2 *", "3 *")}
    file.write_text("".join(json.dumps(row) + "\n" for row in (LUA, wrong)))
    progress = await bring_in(ImportRequest(str(file), tmp_path / "in", decontaminate=(), sandbox=BOX))
    assert progress.funnel.reasons["own_tests_fail"] == 1
    (kept,) = store.read(tmp_path / "in" / "corpus")
    assert (kept.problem.language, kept.solution.code, len(kept.tests.cases)) == ("lua", RIGHT, 2)

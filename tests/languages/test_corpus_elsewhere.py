"""What the filters, figures, cards and verdicts make of rows that are not Python, and what they say they do not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from codefactory.corpus import store
from codefactory.corpus.answers import verdict
from codefactory.corpus.rows import PROBLEMS, SFT, instruction
from codefactory.diversity.base import measure
from codefactory.diversity.shapes import shapes
from codefactory.errors import InputError
from codefactory.evaluation import evaluate
from codefactory.families import distinct
from codefactory.filters.base import Settings, make
from codefactory.filters.normal import normal_forms, normalise_code
from codefactory.languages import LANGUAGES
from codefactory.languages.python import read_suite
from codefactory.languages.python_neutral import rewritten
from codefactory.measures import Attempt
from codefactory.recipes.translate import Target, carried
from codefactory.types import Case, Problem, Record, Solution
from tests.filters.rows import slugs
from tests.languages.conftest import NATIVE
from tests.languages.kept import attempt, exported, record

LUA = """\
local function f(xs)
  local n = 0 -- so far
  for _, x in ipairs(xs) do n = n + x end
  return n
end
return f
"""
TASK = Record(
    Problem("Add up the letters of the label on the cart, and one more for the knot that holds it.", "weigh"),
    Solution("def weigh(label):\n    return len(label) + 1\n"),
    read_suite(
        'assert weigh("ab") == 3\nassert weigh("") == 1\nassert weigh("a") == 2\nassert weigh("abc") == 4', "weigh"
    ),
    name="task/1",
)


def translated(name: str, task: Record = TASK) -> Record:
    """The task in another language, by the recipe that does it, with some program."""
    language = LANGUAGES.load(name)
    problem, suite, _ = carried(task, Target(language, language.notation))
    return Record(problem, Solution(LUA), suite)


@pytest.mark.parametrize("name", NATIVE)
def test_comments_and_layout_do_not_count_and_names_do(name: str) -> None:
    code = record(name).solution.code
    notation = LANGUAGES.load(name).notation
    assert normalise_code(code, name) == normalise_code(f"{code}\n{notation.remark('a note')}\n\n", name)
    assert normalise_code(code, name) != normalise_code(record(name, 3).solution.code, name)


def test_a_lua_program_is_never_read_as_python() -> None:
    both = "f = g(1)\n"  # a program in either
    assert normalise_code(both, "lua") == "f = g ( 1 )"
    assert normalise_code(both).startswith("[ (Assign")
    assert normal_forms(both, ("f",), "lua") == ("f = g ( 1 )",)
    assert distinct([LUA, LUA.replace(" -- so far", ""), LUA.replace("n + x", "n - x")], 3, "lua") == [0, 2]
    rows = [replace(translated("lua"), solution=Solution(code)) for code in (LUA, LUA.replace(" -- so far", ""))]
    assert slugs(rows, Settings(), "exact") == ["", "duplicate_solution"]


@pytest.mark.parametrize("name", NATIVE)
def test_tests_of_a_task_are_found_in_a_translation_in_other_words(name: str) -> None:
    leak = replace(translated(name), problem=Problem("Something quite different.", "other", name))
    fresh = replace(
        TASK, tests=read_suite('assert weigh("xy") == 3\nassert weigh("zzzzz") == 6\nassert weigh("o") == 2', "weigh")
    )
    clean = replace(translated(name, fresh), problem=leak.problem)
    (one,) = make(Settings((TASK,)), ["contamination"])
    renamed = replace(leak.tests, cases=tuple(_renamed(case) for case in leak.tests.cases))
    found = one.judge(replace(leak, tests=renamed))
    assert found is not None
    assert (found.slug, found.detail.startswith("task/1: ")) == ("contaminated_tests", True)
    assert one.judge(replace(clean, tests=replace(clean.tests, cases=tuple(map(_renamed, clean.tests.cases))))) is None


def _renamed(case: Case) -> Case:
    assert case.call
    return replace(case, call=replace(case.call, expression=case.call.expression.replace("weigh", "other", 1)))


def test_statements_and_programs_of_ones_own_language_are_found() -> None:
    (one,) = make(Settings((TASK, replace(translated("lua"), name="lua/1"))), ["contamination"])
    found = one.judge(translated("lua"))
    assert found is not None
    assert (found.slug, found.detail[-8:]) == ("contaminated_solution", "as lua/1")
    (only,) = make(Settings((TASK,)), ["contamination"])
    found = only.judge(translated("perl"))
    assert found is not None
    assert (found.slug, found.detail[:7]) == ("contaminated_statement", "task/1:")


def test_a_language_without_a_grammar_has_no_shapes_and_a_note() -> None:
    rows = {name: [record(name, number) for number in range(12)] for name in ("lua", "racket")}
    assert shapes(rows["racket"]) == shapes([*rows["racket"], *rows["lua"]]) == {}
    found = measure(rows)
    assert "different program shapes" in found.sets["lua"]
    assert "different program shapes" not in found.sets["racket"]
    first, second = found.notes
    assert first == "racket: shapes and tree patterns are not measured: no grammar of racket is published"
    assert second.endswith("compare within one alone: lua is in lua; racket is in racket")
    assert measure({"lua": rows["lua"]}).notes == ()


def test_the_card_says_how_the_rows_are_executed_and_compared(tmp_path: Path) -> None:
    out = exported(tmp_path, [record("lua"), record("r")], [attempt("lua")], "problems", "dpo")
    card = (out / "README.md").read_text()
    for words in (
        "| language | lua | 1 |",
        "| lua | `<entry_point>.lua` | busted; LuaUnit in scripts |",
        "| r | `<entry_point>.R` | testthat |",
        "- lua\n- r\n",
    ):
        assert words in card, words
    (row, _) = map(json.loads, (out / "jsonl" / "problems" / "train.jsonl").read_text().splitlines())
    assert row["language"] == "lua"
    assert "busted" not in (exported(tmp_path / "python", [TASK], [], "sft") / "README.md").read_text()


def test_an_answer_is_fenced_as_its_language() -> None:
    for name in NATIVE:
        assert SFT.row(record(name))["completion"][0]["content"].startswith(f"```{name}\n")


def test_what_native_tests_load_is_a_file_and_no_function() -> None:
    other = replace(record("lua", native=True), problem=Problem("Say hello.", "hello-world", "lua"))
    assert instruction(other) == "Say hello.\n\nCall the file `hello-world.lua`."
    assert instruction(replace(record("lua"), problem=other.problem)).endswith("Call the function `hello-world`.")


def test_a_line_that_has_to_be_first_stays_first() -> None:
    for first in ("#!/usr/bin/perl", "=== file: f.pl"):
        row = PROBLEMS.row(replace(record("perl"), solution=Solution(f"{first}\nsub f {{ 1 }}\n1;\n")))
        assert row["prompt"].startswith(f"{first}\n# The number after")
        assert row["prompt"] + row["canonical_solution"] == f"{row['prompt']}sub f {{ 1 }}\n1;\n"


def test_values_are_told_as_the_language_writes_them() -> None:
    notation = LANGUAGES.load("lua").notation
    given = ["[1, 'a']", "None", "True", "{'k': 1.5}", "<object>", "[None]", "float('inf')"]
    shown = ['{1, "a"}', "nil", "true", '{["k"] = 1.5}', "<object>", "[None]", "math.huge"]
    assert [rewritten(value, notation) for value in given] == shown
    assert rewritten("[1]", None) == "[1]"
    case = translated("lua").tests.cases[0].source
    said = verdict(Attempt("d", "p", LUA, "failed", 1, 4, case, "[1, True]"), "lua")
    assert said.startswith("It passes 1 of 4 tests. `it(")
    assert said.endswith("end)` does not hold; it returns {1, true}.")


async def test_a_model_is_not_evaluated_on_tasks_that_it_would_be_asked_wrongly(tmp_path: Path) -> None:
    from codefactory.config import EvaluationConfig
    from codefactory.ledger import Ledger
    from codefactory.llm.replay import Script
    from codefactory.runner.base import open_runner

    async with open_runner("process", slots=1) as runner:
        with (
            Ledger(tmp_path / "ledger") as ledger,
            pytest.raises(InputError, match="is in lua; models are evaluated on"),
        ):
            await evaluate(Script([]), runner, [record("lua")], EvaluationConfig(samples=1), ledger)


def test_a_corpus_reads_back_what_it_wrote(tmp_path: Path) -> None:
    rows = [record(name) for name in NATIVE]
    exported(tmp_path, rows, [], "records")
    assert store.read(tmp_path / "corpus") == rows

"""A verified Python task in another language: compiled tests, and translations run in a sandbox of that language."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from codefactory import pipeline
from codefactory.config import RecipeConfig, RunConfig
from codefactory.corpus import store
from codefactory.corpus.formats import export
from codefactory.errors import ConfigError, InputError, UnknownNameError
from codefactory.languages import LANGUAGES
from codefactory.languages.python import read_suite
from codefactory.llm.replay import Script
from codefactory.pipeline import run
from codefactory.recipes.translate import Target, carried
from codefactory.runner.base import open_runner
from codefactory.selection import select
from codefactory.tasks.base import load
from codefactory.tasks.multipl_e import LANGUAGE, program
from codefactory.types import Assurance, Job, Problem, Request, Seed, Solution, Status
from tests.languages.conftest import NATIVE, require_language
from tests.recipes.drive import CODE, STATEMENT, TASK, TESTS, drive
from tests.tasks.test_other_languages import humaneval, needs
from tests.tasks.translations import COMPLETIONS

KNOWN = Seed(tasks=(TASK,))
LUA = RecipeConfig(name="translate", solutions=2, language="lua")
RIGHT = {
    "lua": "local function double(n)\n  return n * 2\nend\nreturn double\n",
    "perl": "sub double {\n    my ($n) = @_;\n    return $n * 2;\n}\n1;\n",
    "haskell": "module Double (double) where\n\ndouble :: Int -> Int\ndouble n = n * 2\n",
    "ruby": "def double(n)\n  n * 2\nend\n",
    "tcl": "proc double {n} {\n    return [expr {$n * 2}]\n}\n",
    "bash": "double() {\n  echo $(($1 * 2))\n}\n",
    "go": "package main\n\nfunc double(n int) int {\n\treturn n * 2\n}\n",
    "rust": "pub fn double(n: i64) -> i64 {\n    n * 2\n}\n",
}


def answered(code: str) -> str:
    return f"## Solution\n```\n{code}```\n"


# ── what is asked, without I/O ───────────────────────────────────────────────────────────────────────────────────────


def test_the_task_is_carried_over_with_its_signature_and_its_tests() -> None:
    driven = drive("translate", KNOWN, LUA, answer=lambda ask: answered(RIGHT["lua"]))
    draft, shown = driven.draft, driven.asked[0].messages[1].content
    assert (draft.problem.language, draft.problem.entry_point, draft.lineage) == ("lua", "double", TASK.id)
    assert draft.problem.statement == (
        f"{STATEMENT}\n\nWrite it in Lua, to be called as `double(n)`. `n`: integer; it answers: integer."
    )
    assert [case.call and (case.call.expression, case.call.expected) for case in draft.suites[0].cases] == [
        ("double(3)", "6"),
        ("double(0)", "0"),
        ("double(-1)", "-2"),
    ]
    assert draft.solutions == (Solution(RIGHT["lua"]),) * 2
    assert CODE.strip() in shown
    assert "local function double(...)" in shown
    assert "== 6" not in shown


@pytest.mark.parametrize("name", NATIVE)
def test_every_language_gets_the_tests_in_its_own_terms(name: str) -> None:
    draft = drive("translate", KNOWN, LUA.model_copy(update={"language": name})).draft
    if "double" in LANGUAGES.load(name).notation.reserved:
        assert draft.fault == "name_reserved"
        return
    assert (draft.fault, draft.problem.language, len(draft.suites[0].cases)) == ("", name, 3)
    assert all("assert double" not in case.source for case in draft.suites[0].cases)


def test_cases_that_the_language_cannot_say_are_named_in_the_draft() -> None:
    tests = read_suite(TESTS + "assert double([None]) == 2\nassert double({1}) == 2", "double")
    draft = drive("translate", Seed(tasks=(replace(TASK, tests=tests),)), LUA).draft
    assert draft.left_out == (("case_5", "set_not_neutral"), ("case_4", "null_in_table"))
    assert len(draft.suites[0].cases) == 3


def test_words_of_python_are_exchanged_in_the_statement() -> None:
    words = Problem("Write a Python function `double(n)` that answers None or True.", "double")
    draft = drive("translate", Seed(tasks=(replace(TASK, problem=words),)), LUA).draft
    assert draft.problem.statement.startswith("Write a Lua function `double(n)` that answers nil or true.")


def test_a_second_draw_pays_for_samples_of_its_own() -> None:
    asked = [drive("translate", replace(KNOWN, draw=draw), LUA).asked[0] for draw in (0, 1)]
    assert [(ask.first, ask.samples) for ask in asked] == [(0, 2), (2, 2)]


def test_a_translation_that_holds_comes_first_and_is_not_corrected() -> None:
    texts = iter([answered("wrong\n"), answered("right\n")])
    driven = drive("translate", KNOWN, LUA, answer=lambda ask: next(texts), passes=lambda code: code == "right\n")
    assert [solution.code for solution in driven.draft.solutions] == ["right\n", "wrong\n"]
    assert len(driven.asked) == 1


def test_where_none_holds_the_best_is_corrected_with_the_verdict() -> None:
    texts = iter([answered("one\n"), answered("two\n"), answered("right\n")])
    driven = drive("translate", KNOWN, LUA, answer=lambda ask: next(texts), passes=lambda code: code == "right\n")
    shown = driven.asked[1].messages[1].content
    assert shown.startswith("Correct this translation into Lua.")
    assert "```lua\none\n```" in shown
    assert "0 of 3 cases hold." in shown
    assert "Does not hold:   it(" in shown
    assert [solution.code for solution in driven.draft.solutions] == ["right\n", "one\n"]
    assert len(set(driven.draft.calls)) == 3


@pytest.mark.parametrize(
    ("task", "language", "slug"),
    [
        (replace(TASK, problem=Problem(STATEMENT, "double", "perl")), "lua", "source_not_python"),
        (replace(TASK, solution=Solution("double = abs")), "lua", "no_signature"),
        (replace(TASK, tests=read_suite("assert double(1) == {2}", "double")), "lua", "untranslatable_tests"),
        (replace(TASK, problem=Problem("`reverse(n)`", "reverse")), "perl", "name_reserved"),
        (replace(TASK, problem=Problem("`Double(n)`", "Double")), "ocaml", "name_reserved"),
        (replace(TASK, problem=Problem("`Double(n)`", "Double")), "haskell", "name_reserved"),
    ],
)
def test_what_cannot_be_carried_over_is_a_reason_and_costs_no_call(task: object, language: str, slug: str) -> None:
    seed = Seed(tasks=(task,))  # type: ignore[arg-type]
    driven = drive("translate", seed, LUA.model_copy(update={"language": language}))
    assert (driven.draft.fault, driven.asked, driven.draft.solutions) == (slug, [], ())


def test_a_language_and_a_known_task_are_needed() -> None:
    for none in (None, "python"):
        with pytest.raises(ConfigError, match=r"recipe\.language: lua"):
            drive("translate", KNOWN, LUA.model_copy(update={"language": none}))
    with pytest.raises(UnknownNameError, match="lua"):
        drive("translate", KNOWN, LUA.model_copy(update={"language": "luaa"}))
    with pytest.raises(ConfigError, match=r"'translate'.*seeds\.tasks"):
        drive("translate", Seed(("lists",)), LUA)


# ── in the real loop ─────────────────────────────────────────────────────────────────────────────────────────────────

asked: list[str] = []
ANSWERS: dict[str, str] = {}


def make_script(config: object) -> Script:
    def answer(request: Request) -> str:
        asked.append(request.messages[1].content)
        return next(text for start, text in ANSWERS.items() if asked[-1].startswith(start))

    return Script(answer)


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., RunConfig]:
    """A run file whose model is the script above."""
    backends = pipeline.open_backend.__wrapped__.__globals__["BACKENDS"]
    monkeypatch.setitem(backends._rows, "script", f"{__name__}:make_script")
    asked.clear()
    row = {"text": STATEMENT, "code": CODE, "test": TESTS, "licence": "mit"}
    (tmp_path / "known.jsonl").write_text(json.dumps(row))

    def build(language: str, tasks: str = "", recipe: str = "translate") -> RunConfig:
        data = {
            "out": str(tmp_path / language),
            "llm": {"backend": "script", "model": "script"},
            "seeds": {"count": 1, "tasks": tasks or f"jsonl@{tmp_path / 'known.jsonl'}"},
            "recipe": {"name": recipe, "solutions": 2, "language": language},
            "sandbox": {"runner": "docker", "slots": 1},
            "select": {"decontaminate": []},
        }
        return RunConfig.model_validate(data)

    return build


@pytest.mark.docker
@pytest.mark.parametrize("language", RIGHT)
async def test_a_corrected_translation_is_kept_with_its_evidence(make: Callable[..., RunConfig], language: str) -> None:
    require_language(language)
    right = RIGHT[language]
    ANSWERS.update({"Translate": answered(right.replace("* 2", "* 3")), "Correct": answered(right)})
    config = make(language)
    await run(config)
    (shown,) = [words for words in asked if words.startswith("Correct")]
    assert "1 of 3 cases hold." in shown
    assert (await run(config)).paid == 0
    for policy in ("naive", "unfiltered"):
        select(config, policy)
        (record,) = store.read(config.out / "corpus" / policy)
        assert (record.problem.language, record.solution.code, record.recipe) == (language, right, "translate")
        assert [case.call.expected for case in record.tests.cases if case.call] == ["6", "0", "-2"]


@pytest.mark.docker
async def test_translations_that_agree_are_kept_and_exported_under_native_tests(
    make: Callable[..., RunConfig], tmp_path: Path
) -> None:
    require_language("lua")
    ANSWERS["Translate"] = answered(RIGHT["lua"])
    config = make("lua")
    progress = await run(config)
    assert (progress.kept, dict(progress.reasons)) == (1, {})
    select(config, "agreement")
    (record,) = store.read(config.out / "corpus" / "agreement")
    assert [case.source.split("\n")[1].strip() for case in record.tests.cases] == [
        "assert.are.same(6, double(3))",
        "assert.are.same(0, double(0))",
        "assert.are.same(-2, double(-1))",
    ]
    export(config.out / "corpus" / "agreement", tmp_path / "export", ["all"])
    (row,) = map(json.loads, (tmp_path / "export" / "jsonl" / "problems" / "train.jsonl").read_text().splitlines())
    assert row["prompt"].startswith("-- Write `double(n)`")
    assert row["canonical_solution"] == RIGHT["lua"]
    planned = LANGUAGES.load("lua").read_suite(row["test"], "double")
    code = row["prompt"] + row["canonical_solution"]
    async with open_runner("docker", slots=1, language="lua") as runner:
        job = Job("lua", code, "double", planned.cases, planned.preamble, Assurance.SHARED)
        assert (await runner.execute(job)).status is Status.PASSED


@pytest.mark.docker
async def test_a_language_for_a_recipe_that_writes_python_is_refused(make: Callable[..., RunConfig]) -> None:
    require_language("lua")
    ANSWERS.update({"Solve": "## Solution\n", "Write tests": "## Tests\n"})
    with pytest.raises(ConfigError, match=r"recipe 'solve' writes python; leave recipe\.language out"):
        await run(make("lua", recipe="solve"))


async def test_tasks_that_must_not_be_trained_on_are_no_seeds(make: Callable[..., RunConfig], tmp_path: Path) -> None:
    row = {"name": "HumanEval_53_add", "language": "lua", "prompt": "-- add", "tests": "os.exit(0)"}
    (tmp_path / "multipl-e.jsonl").write_text(json.dumps(row))
    with pytest.raises(InputError, match="must not be trained on"):
        await run(make("lua", tasks=f"multipl_e@{tmp_path / 'multipl-e.jsonl'}"))
    assert asked == []


# ── the compiled tests against translations by hand ──────────────────────────────────────────────────────────────────


@pytest.mark.docker
@pytest.mark.parametrize("short", ["lua", "r", "rkt", "ml", "pl"])
async def test_tests_carried_over_from_python_hold_for_translations_by_hand_and_not_for_stubs(short: str) -> None:
    language = LANGUAGE[short]
    require_language(language)
    python = {record.name: record for record in load(f"humaneval@{needs('humaneval', 'HumanEval.jsonl.gz')}")}
    foreign = {record.name.rpartition("HumanEval_")[2]: record for record in humaneval(short)}
    known = LANGUAGES.load(language)
    target = Target(known, known.notation)
    jobs = []
    for name, body in COMPLETIONS[language].items():
        task = python[f"HumanEval/{name.partition('_')[0]}"]
        problem, suite, _ = carried(task, target)
        assert problem.entry_point == foreign[name].problem.entry_point
        code = target.notation.remark(problem.statement) + program(foreign[name], body).code
        jobs.append(Job(language, code, problem.entry_point, suite.cases, limits=known.limits))
    stub = known.stubs(jobs[0].entry_point)[0][1]
    async with open_runner("docker", language=language) as runner:
        *right, wrong = [outcome async for outcome in runner.run([*jobs, replace(jobs[0], code=stub.code)])]
    failing = {job.entry_point: end.detail for job, end in zip(jobs, right, strict=True) if end.status != Status.PASSED}
    assert failing == {}
    assert wrong.status is not Status.PASSED

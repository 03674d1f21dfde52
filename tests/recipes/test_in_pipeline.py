"""Recipes in the real loop: the verdict that a model is shown is the sandbox's, and resuming costs nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from codefactory import pipeline
from codefactory.commands import show_draft
from codefactory.config import RecipeConfig, RunConfig
from codefactory.corpus import store
from codefactory.ledger import Ledger
from codefactory.llm.replay import Script
from codefactory.pipeline import known_keys, run
from codefactory.selection import ledger_items, select
from codefactory.study import exchanges
from codefactory.types import Evidence, Request, from_json
from tests.recipes.drive import CODE, SOLUTION, STATEMENT, SUITE, TESTS, WHOLE

WRONG = SOLUTION.replace("n * 2", "n * 3")
ANSWERS = {
    "Write a problem": WHOLE.replace("n * 2", "n * 3"),
    "Write tests": SUITE,
    "Write the missing tests": "## Tests\n```python\nassert double(1) == 2\nassert double(2) == 4\n```",
    "Repair": SOLUTION + SUITE,
    "Solve": SOLUTION,
    "Correct": SOLUTION,
    "Rewrite": "## Problem\nGiven n, `double(n)` is twice as much.",
}
asked: list[str] = []


def make_script(config: object) -> Script:
    def answer(request: Request) -> str:
        words = request.messages[1].content
        asked.append(words)
        return next(text for start, text in ANSWERS.items() if words.startswith(start))

    return Script(answer)


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., RunConfig]:
    """A run file whose model is the script above and whose sandbox is a plain process."""
    backends = pipeline.open_backend.__wrapped__.__globals__["BACKENDS"]
    monkeypatch.setitem(backends._rows, "script", f"{__name__}:make_script")
    asked.clear()

    def build(recipe: str, **seeds: object) -> RunConfig:
        data = {
            "out": str(tmp_path / recipe),
            "llm": {"backend": "script", "model": "script"},
            "seeds": {"count": 1, **seeds},
            "recipe": {"name": recipe, "solutions": 2, "suites": 1},
            "sandbox": {"runner": "process"},
            "select": {"decontaminate": []},
        }
        return RunConfig.model_validate(data)

    return build


@pytest.fixture
def known(tmp_path: Path) -> str:
    """The name of a task set with one task."""
    path = tmp_path / "known.jsonl"
    path.write_text(json.dumps({"text": STATEMENT, "code": CODE, "test": TESTS}))
    return f"jsonl@{path}"


async def test_repair_is_shown_what_the_sandbox_saw(make: Callable[..., RunConfig]) -> None:
    config = make("repair")
    await run(config)
    (shown,) = [words for words in asked if words.startswith("Repair")]
    assert "1 of 3 cases hold." in shown
    assert "Does not hold: assert double(3) == 6  (the solution gave 9)" in shown
    assert (await run(config)).paid == 0
    select(config, "naive")
    (record,) = store.read(config.out / "corpus" / "naive")
    assert (record.recipe, record.solution.code) == ("repair", CODE)


async def test_star_corrects_after_a_real_run(
    make: Callable[..., RunConfig], known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ANSWERS, "Solve", WRONG)
    config = make("star", tasks=known)
    await run(config)
    assert len([words for words in asked if words.startswith("Correct")]) == 1
    assert "hint" not in asked[-1]
    select(config, "naive")
    (record,) = store.read(config.out / "corpus" / "naive")
    assert (record.recipe, record.solution.code) == ("star", CODE)


async def test_what_one_round_kept_is_the_pool_of_the_next(make: Callable[..., RunConfig], known: str) -> None:
    first = make("solve", tasks=known)
    await run(first)
    select(first, "naive")
    second = make("paraphrase", corpus=first.out / "corpus" / "naive")
    await run(second)
    assert (await run(second)).paid == 0
    select(second, "naive")
    (record,) = store.read(second.out / "corpus" / "naive")
    assert record.problem.statement == "Given n, `double(n)` is twice as much."


async def test_missing_tests_are_asked_for_until_no_mutant_lives(
    make: Callable[..., RunConfig], known: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config = make("missing_test", tasks=known)
    config = config.model_copy(update={"recipe": RecipeConfig(name="missing_test", solutions=1, suites=4)})
    await run(config)
    (shown,) = [words for words in asked if words.startswith("Write the missing tests")]  # once: then nothing lives
    assert "+    assert n != 1\nIt shows for example with `double(1)`." in shown
    assert (await run(config)).paid == 0
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        ((_, draft, _),) = ledger_items(config, ledger, known_keys(config))
        tried = [from_json(Evidence, value) for _, value in ledger.items("evidence")]
    scores = sorted(one.mutation[0].score("met") or 0 for one in tried if one.mutation)
    assert scores[0] < scores[1] == 1.0
    assert [len(suite.cases) for suite in draft.suites] == [3, 2]
    show_draft(config, draft.id)
    assert shown in capsys.readouterr().out, "the question that followed the trial is told"
    (told,) = exchanges.written(config)
    assert [one.messages[1].content for one in told.exchanges] == [shown]


async def test_missing_tests_of_a_solution_that_fails_are_not_asked_for(
    make: Callable[..., RunConfig], tmp_path: Path
) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(json.dumps({"text": STATEMENT, "code": CODE.replace("2", "3"), "test": TESTS}))
    config = make("missing_test", tasks=f"jsonl@{path}")
    config = config.model_copy(update={"recipe": RecipeConfig(name="missing_test", solutions=1, suites=2)})
    await run(config)
    assert asked == []

"""From evidence to rows, by a real run: several solutions, refused answers, splits, a card, each row's story."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from codefactory import pipeline
from codefactory.config import RunConfig, SandboxConfig
from codefactory.corpus import FORMATS, store
from codefactory.corpus.formats import export
from codefactory.errors import InputError
from codefactory.ledger import Ledger
from codefactory.llm.replay import Script
from codefactory.reverification import reverify
from codefactory.selection import ledger_items, select
from codefactory.types import Request

WORDS = ["apple", "stone", "river", "cloud", "tiger", "lemon", "horse", "paper"]
PROBLEM = "## Problem\nWrite `{word}(x)`, which returns x, as often doubled as the word {word} has letters, plus {n}.\n"
BODIES = [
    "def {word}(x):\n    return x * {factor} + {n}\n",
    "def {word}(x):\n    for _ in '{word}':\n        x = x + x\n    return x + {n}\n",
    "def {word}(x):\n    return (x << 5) + {n} - (x == 3)\n",  # wrong at one input
    "def {word}(x):\n    result = [x] * {factor}\n    return sum(result, start={n})\n",
    "def {word}(x):\n    return x\n",  # wrong nearly everywhere
]
TESTS = "## Tests\n```python\nassert {word}(1) == {one}\nassert {word}(0) == {n}\nassert {word}(3) == {three}\n```\n"


def _values(n: int) -> dict[str, object]:
    plus = n + 7
    return {"word": WORDS[n % 8], "n": plus, "factor": 32, "one": 32 + plus, "three": 96 + plus}


def _solution(n: int, body: int) -> str:
    return f"## Solution\n```python\n{BODIES[body].format(**_values(n))}```\n"


def _answer(request: Request) -> str:
    words = request.messages[1].content
    if words.startswith("Write a problem"):
        n = request.sample
        return PROBLEM.format(**_values(n)) + _solution(n, 0) + TESTS.format(**_values(n))
    n = next(number for number, word in enumerate(WORDS) if f"`{word}(" in words)
    return _solution(n, 1 + request.sample % 4) if words.startswith("Solve") else TESTS.format(**_values(n))


def make_script(config: object) -> Script:
    return Script(_answer)


def _config(out: Path, **chosen: object) -> RunConfig:
    return RunConfig.model_validate(
        {
            "name": "words",
            "out": str(out),
            "llm": {"backend": "scripted", "model": "scripted", "batch": 4},
            "seeds": {"count": 8},
            "recipe": {"solutions": 5},
            "sandbox": {"runner": "process"},
            "select": {"policy": "standard", "decontaminate": ["reference"], "near_duplicates": 0, **chosen},
        }
    )


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    rows = pipeline.open_backend.__wrapped__.__globals__["BACKENDS"]._rows
    rows["scripted"] = f"{__name__}:make_script"
    out = tmp_path_factory.mktemp("run") / "out"
    asyncio.run(pipeline.run(_config(out)))
    yield out
    del rows["scripted"]


def test_several_distinct_solutions_are_kept_and_wrong_ones_are_refused_answers(ran: Path) -> None:
    select(_config(ran, solutions_per_problem=2), "standard")
    corpus = store.open_corpus(ran / "corpus" / "standard")
    assert len(corpus.records) == 16
    assert len({record.problem.id for record in corpus.records}) == 8
    by_draft: dict[str, list[tuple[int, str]]] = {}
    for attempt in corpus.attempts:
        by_draft.setdefault(attempt.draft_id, []).append((attempt.passed, attempt.code))
    assert len(by_draft) == 8
    for found in by_draft.values():
        assert [passed for passed, _ in found] == [2, 0], "the hardest first"
        assert "x == 3" in found[0][1]
    hard = corpus.attempts[0]
    n = corpus.records[0].problem.statement.rstrip(".").rpartition(" ")[2]
    assert hard.failed_case.endswith(f"== {96 + int(n)}")
    assert hard.got == str(95 + int(n))


async def test_every_format_of_a_run_holds_when_it_is_executed_again(ran: Path, tmp_path: Path) -> None:
    select(_config(ran, solutions_per_problem=3), "standard")
    export(ran / "corpus" / "standard", tmp_path / "out", ["all"])
    proof = await reverify(tmp_path / "out", SandboxConfig(runner="process"))
    assert not proof.broken
    held = {form for (form, outcome), count in proof.counts.items() if outcome in ("holds", "no_solution") and count}
    assert held == set(FORMATS.names())


@pytest.mark.parametrize(
    ("form", "edit", "reason"),
    [
        ("dpo", {"rejected": None}, "missing_column: 'rejected' holds no code"),
        ("dpo", {"chosen": [{"role": "assistant", "content": "def f(x): pass"}]}, "chosen: is called right"),
        ("repair", {"completion": [{"role": "assistant", "content": "def f(x): pass"}]}, "completion: is called right"),
        ("kto", {"completion": "no messages"}, "completion: is called right"),
    ],
)
async def test_an_answer_that_was_changed_or_lost_is_named(
    ran: Path, tmp_path: Path, form: str, edit: dict[str, object], reason: str
) -> None:
    select(_config(ran, solutions_per_problem=1), "standard")
    export(ran / "corpus" / "standard", tmp_path / "out", ["problems", form])
    for file in (tmp_path / "out" / "jsonl" / form).iterdir():
        first, *rest = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text(json.dumps(json.loads(first) | edit) + "\n" + "".join(rest), encoding="utf-8")
    (broken,) = (await reverify(tmp_path / "out", SandboxConfig(runner="process"))).broken
    assert broken.source.format == form
    assert reason in str(broken)


def test_the_same_ledger_gives_the_same_bytes_and_splits_keep_families_whole(ran: Path, tmp_path: Path) -> None:
    config = _config(ran, solutions_per_problem=2, splits={"train": 0.5, "test": 0.5}, family_similarity=0.9)
    seen = []
    for name in ("one", "two"):
        select(config, "standard")
        export(ran / "corpus" / "standard", tmp_path / name, ["all"])
        files = {path.relative_to(tmp_path / name): path for path in (tmp_path / name).rglob("*") if path.is_file()}
        seen.append({name: path.read_bytes() for name, path in files.items()})
    assert seen[0] == seen[1]
    records = store.read(ran / "corpus" / "standard")
    splits = {record.draft_id: {one.split for one in records if one.draft_id == record.draft_id} for record in records}
    assert all(len(found) == 1 for found in splits.values())
    assert {record.split for record in records} == {"train", "test"}


def test_the_card_gives_the_evidence(ran: Path, tmp_path: Path) -> None:
    select(_config(ran, solutions_per_problem=2), "standard")
    corpus = ran / "corpus" / "standard"
    export(corpus, tmp_path / "out", ["sft", "dpo"])
    card = (tmp_path / "out" / "README.md").read_text()
    evidence = store.open_corpus(corpus).about["evidence"]
    assert (evidence["drafts"], evidence["refused_answers"]) == (8, 16)
    for words in (
        f"| executions | {evidence['executions']:,}, ",
        "| answers that kept tests refuse | 16 |",
        "| line coverage | 8 | 1.000 |",
        "is a fitted estimate",
        "Compared with reference (",
        "| joint | `",
        "temperature 0.8, top_p 1.0, max_tokens 512",
        "| train | 16 | 8 | not asked for |",
        "policy: standard",
    ):
        assert words in card, words
    assert str(ran) not in card, "a card is for the public"
    run_file = yaml.safe_load(card.split("## Run file")[1].split("```yaml\n")[1].split("```")[0])
    assert run_file["seeds"]["count"] == 8


def test_a_rows_id_tells_its_story_from_seed_to_split(ran: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from codefactory.commands import show_draft

    config = _config(ran, splits={"train": 0.5, "test": 0.5})
    select(config, "standard")
    record = store.read(ran / "corpus" / "standard")[0]
    show_draft(config, record.id[:12])
    text = capsys.readouterr().out
    for words in (
        f"draft {record.draft_id}",
        f"seed  {record.seed_id}",
        "[user]\nWrite a problem",
        f"model {record.model}; ",
        "temperature 0.8",
        "asked in the same words as before, another sample",
        "── verdicts",
        f"row {record.id}: split {record.split}, family {record.meta['family'][:12]}",
    ):
        assert words in text, words


def test_a_story_says_which_filter_kept_a_draft_out(ran: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from codefactory.commands import show_draft

    config = _config(ran, near_duplicates=0.1)
    select(config, "standard")
    kept = {record.draft_id for record in store.read(ran / "corpus" / "standard")}
    with Ledger(ran / "ledger.sqlite", write=False) as ledger:
        every = [draft.id for _, draft, _ in ledger_items(config, ledger, pipeline.known_keys(config))]
    dropped = next(draft_id for draft_id in every if draft_id not in kept)
    show_draft(config, dropped)
    assert "standard   none: near_duplicate: " in capsys.readouterr().out
    with pytest.raises(InputError, match="no row or draft of"):
        show_draft(config, "zzzz")

"""Guided answers: the server is given a schema, the ledger keeps what came, the recipe reads sections as ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codefactory.commands import show_draft
from codefactory.config import RunConfig
from codefactory.errors import ConfigError
from codefactory.ledger import Ledger
from codefactory.pipeline import run
from codefactory.recipes import guided
from codefactory.recipes.base import prompt
from codefactory.recipes.parse import read_answer
from codefactory.study import exchanges
from codefactory.types import Completion
from tests.llm.server import FakeServer, Fault, Payload, status
from tests.writer import CALLS_A_DRAFT, answer, written

PROMPTS = {
    "joint": {"problem", "solution", "tests"},
    "solve": {"solution"},
    "tests": {"tests"},
    "test_writer": {"tests"},
    "repair": {"solution", "tests"},
    "paraphrase": {"problem"},
    "star": {"solution"},
    "tests_first": {"problem", "tests"},
    "critique_revise": {"problem", "solution", "tests"},
    "judge_score": set(),
    "critique": set(),
}


def _config(out: Path, url: str, **llm: object) -> RunConfig:
    data = {
        "out": str(out),
        "llm": {"backend": "openai", "model": "fake", "base_url": url, "guided": True, **llm},
        "seeds": {"count": 4},
        "recipe": {"solutions": 3, "suites": 2},
        "sandbox": {"runner": "process"},
        "select": {"decontaminate": []},
    }
    return RunConfig.model_validate(data)


def _held(payload: Payload) -> Fault:
    """What a server that guides would say: the sections as an object with just the fields of the schema."""
    fields = payload["response_format"]["json_schema"]["schema"]["required"]

    def said(sample: int) -> str:
        parts = read_answer(Completion("", written(payload, sample)), ())
        found = {"problem": parts.statement, "solution": parts.code, "tests": parts.tests}
        return json.dumps({name: found[name] for name in fields})

    return answer(payload, said)


@pytest.mark.parametrize("name", PROMPTS)
def test_schema_has_the_sections_that_the_prompt_asks_for(name: str) -> None:
    found = guided.schema(prompt(name))
    assert set(json.loads(found)["required"] if found else ()) == PROMPTS[name]


@pytest.mark.parametrize("code", ["x = 1\n", "```python\nx = 1\n```", "```\nx = 1\n```\n"])
def test_object_reads_as_sections_fenced_or_not(code: str) -> None:
    text = json.dumps({"tests": code, "problem": " Write `f(x)`. ", "solution": code})
    parts = read_answer(guided.as_sections(Completion("", text)))
    assert (parts.statement, parts.code, parts.tests) == ("Write `f(x)`.", "x = 1\n", "x = 1\n")


@pytest.mark.parametrize("text", ["## Problem\nx", '{"other": 1}', '{"problem": 1}', "[1]", "{", '"problem"'])
def test_what_is_no_such_object_stays_as_it_is(text: str) -> None:
    assert guided.as_sections(Completion("", text)).text == text


async def test_guided_run_keeps_the_same_drafts_as_a_free_one(tmp_path: Path) -> None:
    with FakeServer(
        lambda number, payload: _held(payload) if "response_format" in payload else answer(payload)
    ) as fake:
        first = await run(_config(tmp_path / "guided", fake.url))
        assert all(payload["response_format"]["json_schema"]["strict"] for payload in fake.calls)
        assert (await run(_config(tmp_path / "guided", fake.url))).paid == 0
    assert (first.kept, first.calls) == (4, 4 * CALLS_A_DRAFT)
    with Ledger(tmp_path / "guided" / "ledger.sqlite", write=False) as ledger:
        texts = [json.loads(json.loads(value)["text"]) for _, value in ledger.items("completion")]
    assert all(isinstance(text, dict) for text in texts), "the ledger keeps what the server said"


async def test_a_guided_run_can_be_told_and_learnt_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with FakeServer(lambda number, payload: _held(payload)) as fake:
        config = _config(tmp_path, fake.url)
        await run(config)
        asked = fake.calls[0]["messages"][0]["content"]
    show_draft(config, "")
    told = capsys.readouterr().out
    assert asked in told, "the words that were sent, the fields of the object with them"
    assert told.count("[user]") == 3, "a whole task, a further solution, a further suite"
    learnt = [exchange for one in exchanges.written(config) for exchange in one.exchanges]
    assert len(learnt) == 4 * CALLS_A_DRAFT
    assert all("```python" in exchange.answer for exchange in learnt), "as sections, which any writer is asked for"


async def test_server_that_knows_no_schema_is_asked_in_words(tmp_path: Path) -> None:
    refuse = status(400, {"error": {"message": "response_format: json_schema is not supported"}})
    with FakeServer(lambda number, payload: refuse if "response_format" in payload else answer(payload)) as fake:
        done = await run(_config(tmp_path, fake.url))
        assert 'one JSON object with the fields "problem", "solution", "tests"' in str(fake.calls[-20:])
    assert done.kept == 4


async def test_backend_that_cannot_guide_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="backend local cannot hold answers to a schema"):
        await run(_config(tmp_path, "", backend="local", model="micro-writer"))

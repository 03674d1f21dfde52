"""The replay backend, and the script that tests of other parts are written with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codefactory.config import LlmConfig
from codefactory.errors import BackendError
from codefactory.ledger import Ledger
from codefactory.llm.base import open_backend
from codefactory.llm.replay import ReplayBackend, Script
from codefactory.types import Completion, Request, to_json
from tests.llm.conformance import Conformance, ask

STRANGE = "tab\t nul\0 CR\r\n snake \U0001f40d trailing \n\n"


def replay(path: Path) -> ReplayBackend:
    return ReplayBackend(LlmConfig(backend="replay", model=str(path)))


def echo(request: Request) -> Completion:
    words = request.messages[-1].content if request.messages else request.prompt
    return Completion("", f"{words} {request.sample}", "stop", 2, 3)


class TestScript(Conformance):
    @pytest.fixture
    def backend(self) -> Script:
        return Script(echo)


class TestReplay(Conformance):
    @pytest.fixture
    def backend(self, tmp_path: Path) -> ReplayBackend:
        rows = [{"model": "writer@abc"}]
        for words in ["hello", *(f"number {index}" for index in range(40))]:
            for sample in range(120):
                text = f"{words} {sample}"
                row = {"text": text, "prompt_tokens": 2, "completion_tokens": 3}
                rows.append({**row, "messages": [{"role": "user", "content": words}]})
                rows.append({**row, "prompt": words})
        path = tmp_path / "recording.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        return replay(path)


async def test_ledger_is_played_byte_for_byte_under_the_writers_name(tmp_path: Path) -> None:
    request = ask(Script([], "writer@abc"))
    written = Completion(request.id, STRANGE, "length", 5, 9)
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.put("completion", request.id, to_json(written))
    (tmp_path / "run.json").write_text('{"model": "writer@abc"}')
    config = LlmConfig(backend="replay", model=str(tmp_path / "ledger.sqlite"))
    async with open_backend(config) as backend:
        assert backend.fingerprint == "writer@abc"
        assert await backend.complete(ask(backend)) == written


async def test_request_id_wins_over_words(tmp_path: Path) -> None:
    request = ask(Script([], "replay@recording.jsonl"))
    rows = [
        {"messages": [{"role": "user", "content": "hello"}], "text": "by words"},
        {"request_id": request.id, "text": STRANGE},
    ]
    path = tmp_path / "recording.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    backend = replay(path)
    assert (await backend.complete(request)).text == STRANGE
    assert (await backend.complete(ask(backend, temperature=0.1))).text == "by words"


async def test_unknown_request_is_an_error_that_quotes_it(tmp_path: Path) -> None:
    path = tmp_path / "recording.jsonl"
    path.write_text("")
    with pytest.raises(BackendError, match=r"no answer to request .*'hello', sample 2.*replay the run file"):
        await replay(path).complete(ask(replay(path), sample=2))


@pytest.mark.parametrize("line", ["not json", '{"text": "x", "messages": [{}]}', "[1]", '{"other": 1}'])
def test_line_that_is_no_recording_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "recording.jsonl"
    path.write_text('{"model": "m@1"}\n' + line)
    with pytest.raises(BackendError, match=r"recording.jsonl:2: not a recorded answer"):
        replay(path)


def test_ledger_whose_model_is_not_known_any_more_is_named(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite"):
        pass
    (tmp_path / "run.json").write_text("")
    with pytest.raises(BackendError, match=r"run\.json: does not name the model"):
        replay(tmp_path / "ledger.sqlite")


def test_missing_recording_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="no such recording"):
        replay(tmp_path / "none.jsonl")


async def test_script_gives_a_list_in_order_and_says_when_it_is_over() -> None:
    script = Script(["one", Completion("", "two", "length")])
    first, second = [await script.complete(ask(script, sample=index)) for index in range(2)]
    assert (first.text, second.text, second.finish_reason) == ("one", "two", "length")
    with pytest.raises(BackendError, match="no answer left"):
        await script.complete(ask(script))

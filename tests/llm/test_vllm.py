"""A real vLLM, in process and as a server, where `scripts/setup-vllm` made an environment for it.

CODEFACTORY_VLLM_PYTHON names another interpreter that has one.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codefactory.config import LlmConfig
from codefactory.errors import BackendError
from codefactory.llm.base import open_backend
from codefactory.llm.connection import NoAnswer, fetch
from codefactory.llm.openai import OpenAIBackend
from codefactory.llm.vllm import VllmBackend, adapter_fingerprint, lora_rank
from codefactory.types import Sampling
from tests.llm.conformance import ModelConformance, ask
from tests.llm.vllm_probe import FORCED, requests

ROOT = Path(__file__).parents[2]
OWN = ROOT / ".venv-vllm" / "bin" / "python"
PYTHON = os.environ.get("CODEFACTORY_VLLM_PYTHON", str(OWN) if OWN.exists() else "")
START_S = 900  # half a minute on a quiet machine
ENVIRONMENT = {**os.environ, "VLLM_CPU_KVCACHE_SPACE": "1", "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT)}

needs_vllm = pytest.mark.skipif(not PYTHON, reason="no vLLM here: scripts/setup-vllm makes .venv-vllm with one")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("torch", reason="needs torch: pip install 'codefactory[train]'")
    from tests.llm.tiny import build_model

    # vLLM's attention on a CPU knows few head sizes; 32 is the smallest.
    shape = {"hidden_size": 64, "num_attention_heads": 2, "num_key_value_heads": 1, "initializer_range": 0.2}
    return build_model(tmp_path_factory.mktemp("models") / "tiny", **shape)


@pytest.fixture(scope="module")
def greedy(folder: Path) -> list[str]:
    """What the local backend says to the probe's greedy requests."""

    async def ask() -> list[str]:
        async with open_backend(LlmConfig(backend="local", model=str(folder))) as backend:
            answers = await asyncio.gather(*(backend.complete(request) for request in requests(backend)[:6]))
            return [answer.text for answer in answers]

    return asyncio.run(ask())


@pytest.fixture(scope="module")
def found(folder: Path) -> dict[str, Any]:
    """What the probe saw in a process that has vLLM."""
    command = [PYTHON, "-m", "tests.llm.vllm_probe", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=START_S, cwd=ROOT, env=ENVIRONMENT)
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
    assert lines, done.stderr[-3000:]
    return dict(json.loads(lines[0].removeprefix("RESULT")))


@pytest.fixture(scope="module")
def url(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`vllm serve` with the tiny model."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [PYTHON, "-m", "vllm.entrypoints.openai.api_server", "--model", str(folder), "--port", port]
    command += ["--served-model-name", "tiny", "--dtype", "float32", "--enforce-eager", "--max-model-len", "256"]
    path = tmp_path_factory.mktemp("vllm") / "log"
    with path.open("w") as log, subprocess.Popen(command, stdout=log, stderr=log, env=ENVIRONMENT) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/health", server, path)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()


def readable(texts: list[str]) -> list[str]:
    """Without the marks for bytes that are no text: a random model writes many, and vLLM drops the last ones."""
    return [text.replace("\ufffd", "") for text in texts]


@needs_vllm
@pytest.mark.slow
def test_every_request_is_answered_under_its_name(found: dict[str, Any]) -> None:
    assert all(found["named"])
    assert set(found["reasons"][:-1]) <= {"stop", "length"}


@needs_vllm
@pytest.mark.slow
def test_prompt_that_leaves_no_room_is_data(found: dict[str, Any]) -> None:
    assert found["reasons"][-1] == "error:prompt_too_long"


@needs_vllm
@pytest.mark.slow
def test_greedy_answers_are_those_of_the_local_backend(found: dict[str, Any], greedy: list[str]) -> None:
    assert readable(found["texts"][:6]) == readable(greedy)


@needs_vllm
@pytest.mark.slow
def test_samples_differ_and_the_same_request_says_the_same(found: dict[str, Any]) -> None:
    assert len(set(found["texts"][6:-1])) > 10
    assert found["again"] == found["texts"][10]


@needs_vllm
@pytest.mark.slow
def test_schema_decides_the_shape_of_an_answer(found: dict[str, Any]) -> None:
    assert set(json.loads(found["forced"])) == {"ok"}


@needs_vllm
@pytest.mark.slow
def test_dead_engine_is_an_error_with_its_last_words(found: dict[str, Any]) -> None:
    assert "engine" in found["after_close"]


@needs_vllm
@pytest.mark.slow
async def test_openai_backend_says_what_the_local_one_says(url: str, greedy: list[str]) -> None:
    async with open_backend(LlmConfig(backend="openai", model="tiny", base_url=url)) as backend:
        asked = requests(backend)
        answers = await asyncio.gather(*(backend.complete(request) for request in asked))
    assert readable([answer.text for answer in answers[:6]]) == readable(greedy)
    assert all(answer.request_id == request.id for answer, request in zip(answers, asked, strict=True))
    assert answers[-1].finish_reason == "error:prompt_too_long"


@needs_vllm
@pytest.mark.slow
class TestServed(ModelConformance):
    """The openai backend before a real server."""

    @pytest.fixture
    async def backend(self, url: str) -> AsyncIterator[OpenAIBackend]:
        backend = OpenAIBackend(LlmConfig(backend="openai", model="tiny", base_url=url))
        yield backend
        await backend.close()

    async def test_same_request_gets_the_same_text_alone_and_in_company(self, backend: OpenAIBackend) -> None:
        """Greedy: the server's batch decides the float noise that a drawn answer hangs on."""
        requests = [ask(backend, f"number {index}", temperature=0) for index in range(8)]
        alone = [await backend.complete(request) for request in requests[:2]]
        together = await asyncio.gather(*(backend.complete(request) for request in requests))
        assert [answer.text for answer in alone] == [answer.text for answer in together[:2]]

    async def test_samples_drawn_in_one_call_are_those_drawn_alone(self, backend: OpenAIBackend) -> None:
        trial = [ask(backend, "a trial", sample=number) for number in range(2)]
        await asyncio.gather(*(backend.complete(request) for request in trial))
        requests = [ask(backend, sample=number) for number in range(6)]
        together = await asyncio.gather(*(backend.complete(request) for request in requests))
        alone = [await backend.complete(request) for request in requests]
        assert [answer.prompt_tokens > 0 for answer in together] == [True] + [False] * 5
        same = sum(one.text == other.text for one, other in zip(together, alone, strict=True))
        assert same >= 5  # float noise may turn one
        assert len({answer.text for answer in together}) > 1

    async def test_schema_decides_the_shape_of_an_answer(self, backend: OpenAIBackend) -> None:
        """A model of random weights may write white space to the end; what it ends itself has the shape."""
        forced = replace(ask(backend), schema=FORCED, sampling=Sampling(max_tokens=100))
        asked = [replace(forced, sample=number) for number in range(12)]
        answers = await asyncio.gather(*(backend.complete(request) for request in asked))
        ended = [answer.text for answer in answers if answer.finish_reason == "stop"]
        assert ended
        assert all(set(json.loads(text)) == {"ok"} for text in ended)


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            if fetch(url, {}, timeout_s=5).status == 200:
                return
        except NoAnswer:
            time.sleep(1)
    pytest.fail(f"vllm serve did not come up (exit code {server.poll()}): {log.read_text()[-2000:]}")


def test_adapter_is_part_of_the_models_name(tmp_path: Path) -> None:
    (tmp_path / "adapter_config.json").write_text('{"r": 16}')
    (tmp_path / "adapter_model.safetensors").write_bytes(b"one")
    first = adapter_fingerprint(tmp_path)
    (tmp_path / "adapter_model.safetensors").write_bytes(b"two")
    assert lora_rank(tmp_path) == 16
    assert first != adapter_fingerprint(tmp_path)
    assert first.startswith(f"{tmp_path.name}@")


def test_folder_that_is_no_adapter_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"not a LoRA adapter.*adapter_config\.json"):
        lora_rank(tmp_path)


def test_missing_vllm_names_the_ways_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"")
    for module in ("vllm", "vllm.engine.arg_utils", "vllm.v1.engine.async_llm"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(BackendError, match=r"codefactory\[vllm\].*openai backend"):
        VllmBackend(LlmConfig(backend="vllm", model=str(tmp_path)))

"""What `test_vllm` runs with an interpreter that has vLLM: a few requests through the in-process backend, as JSON.

python -m tests.llm.vllm_probe FOLDER
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path

from codefactory.config import LlmConfig
from codefactory.errors import BackendError
from codefactory.llm.base import Backend
from codefactory.llm.vllm import VllmBackend
from codefactory.types import Message, Request, Sampling

SHAPE = {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]}
FORCED = json.dumps(SHAPE | {"additionalProperties": False})
WORDS = ("hello", "number 7", "x" * 40)


def requests(backend: Backend) -> list[Request]:
    """Greedy ones, whose texts every backend must agree on; then sampled ones; then one that does not fit."""
    greedy, drawn = Sampling(temperature=0, max_tokens=12), Sampling(temperature=0.8, max_tokens=12)
    asked = [Request(backend.fingerprint, (Message("user", words),), sampling=greedy) for words in WORDS]
    asked += [Request(backend.fingerprint, prompt=words, sampling=greedy) for words in WORDS]
    asked += [Request(backend.fingerprint, prompt="hello", sampling=drawn, sample=index) for index in range(40)]
    return [*asked, Request(backend.fingerprint, prompt="x" * 400, sampling=greedy)]


async def probe(folder: Path) -> dict[str, object]:
    """Answers, then what a call says after the engine is gone."""
    config = LlmConfig(backend="vllm", model=str(folder), batch=16)
    backend = VllmBackend(config, dtype="float32", enforce_eager=True, max_model_len=256)
    asked = requests(backend)
    answers = await asyncio.gather(*(backend.complete(request) for request in asked))
    again = await backend.complete(asked[10])
    forced = await backend.complete(replace(asked[0], schema=FORCED, sampling=Sampling(max_tokens=60)))
    await backend.close()
    try:
        await backend.complete(asked[0])
        last = ""
    except BackendError as error:
        last = str(error)
    return {
        "fingerprint": backend.fingerprint,
        "named": [answer.request_id == request.id for answer, request in zip(answers, asked, strict=True)],
        "texts": [answer.text for answer in answers],
        "reasons": [answer.finish_reason for answer in answers],
        "tokens": [answer.completion_tokens for answer in answers],
        "again": again.text,
        "forced": forced.text,
        "after_close": last,
    }


if __name__ == "__main__":
    print("RESULT" + json.dumps(asyncio.run(probe(Path(sys.argv[1])))))

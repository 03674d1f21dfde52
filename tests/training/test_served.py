"""A base that was tuned by LoRA, aligned by DPO and merged here is served by a real vLLM, and measured alike there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codefactory.config import EvaluationConfig, LlmConfig, TrainingConfig
from codefactory.evaluation import evaluate
from codefactory.ledger import Ledger
from codefactory.llm.base import open_backend
from codefactory.runner.base import open_runner
from codefactory.types import Completion, from_json
from tests.llm.test_vllm import needs_vllm, readable, url  # noqa: F401  # a fixture among them

pytest.importorskip("trl", reason="the train extra is not installed")
pytest.importorskip("peft", reason="the train extra is not installed")

from codefactory.training.run import run_training
from tests.llm.tiny import build_model
from tests.training.test_trl import PROMPT, RIGHT, TASK, WRONG, budget, qwen2

# vLLM's attention on a CPU knows few head sizes; 32 is the smallest.
SHAPE = {"hidden_size": 64, "num_attention_heads": 2, "num_key_value_heads": 1}
BUILD = {"llama": build_model, "qwen2": qwen2}


@pytest.fixture(scope="module", params=list(BUILD))
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The merged model at the end of two trainings, each from one file as `codefactory train` takes it."""
    folder = tmp_path_factory.mktemp(request.param)
    base = BUILD[request.param](folder / "base", **SHAPE)
    sft, dpo = folder / "sft.jsonl", folder / "dpo.jsonl"
    sft.write_text("".join(json.dumps({"prompt": PROMPT, "completion": text}) + "\n" for text in (WRONG, RIGHT)))
    dpo.write_text(json.dumps({"prompt": PROMPT, "chosen": RIGHT, "rejected": WRONG}) + "\n")
    for name, data, objective, start in (("tuned", sft, "sft", base), ("aligned", dpo, "dpo", folder / "tuned")):
        train = budget(start, steps=4)
        run_training(TrainingConfig(out=folder / name, data=str(data), objective=objective, train=train), print)
    return folder / "aligned"


async def answer(llm: LlmConfig, ledger_path: Path) -> tuple[str, str]:
    """What a model says to the one task, greedily, and how that ended in the sandbox."""
    with Ledger(ledger_path) as ledger:
        async with open_backend(llm) as backend, open_runner("process", slots=1) as runner:
            found = await evaluate(backend, runner, [TASK], EvaluationConfig(max_tokens=40), ledger)
        (one,) = found.results[0].answers
        return from_json(Completion, ledger.get("completion", one.request) or b"").text, one.status


@needs_vllm
@pytest.mark.slow
async def test_vllm_serves_the_merged_model_and_the_evaluation_is_the_same(
    url: str,  # noqa: F811
    folder: Path,
    tmp_path: Path,
) -> None:
    here = await answer(LlmConfig(backend="local", model=str(folder)), tmp_path / "here.sqlite")
    there = await answer(LlmConfig(backend="openai", model="tiny", base_url=url), tmp_path / "there.sqlite")
    base = await answer(LlmConfig(backend="local", model=str(folder.parent / "base")), tmp_path / "base.sqlite")
    assert readable([there[0]]) == readable([here[0]]) != readable([base[0]])
    assert there[1] == here[1]

"""A Hugging Face folder goes through SFT, merge, preferences and evaluation; a kill loses nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from codefactory.config import EvaluationConfig, LlmConfig, TrainConfig, TrainingConfig
from codefactory.errors import ConfigError, InputError
from codefactory.evaluation import Evaluation, evaluate
from codefactory.languages.python import completion_pair, read_suite
from codefactory.ledger import Ledger
from codefactory.llm.base import open_backend
from codefactory.llm.checkpoint import locate
from codefactory.runner.base import open_runner
from codefactory.training.run import run_training
from codefactory.types import Problem, Record, Solution

pytest.importorskip("trl", reason="the train extra is not installed")
pytest.importorskip("peft", reason="the train extra is not installed")

from codefactory.training import preference, sft
from tests.llm.tiny import build_model, build_tokenizer

TASK = Record(  # no base can know what zork means
    Problem("Return the zork of n.", "zork"), Solution("def zork(n):\n    return n * 3 + 7\n"),
    read_suite("assert zork(1) == 10\nassert zork(5) == 22\nassert zork(0) == 7", "zork"), origin="human", name="t/1",
)  # fmt: skip
PROMPT, RIGHT = completion_pair(TASK)
WRONG = "\n    return n * 3 - 7\n"
DOCUMENTS = [(f"def add_{i}(n):\n", f"    return n + {i}\n") for i in range(12)]


def llama(folder: Path) -> Path:
    """The embedded base as it ships: a real Llama that has seen code."""
    shutil.copytree(locate("micro-base"), folder)
    return folder


def qwen2(folder: Path, **shape: Any) -> Path:
    """A small Qwen2 of random weights that reads bytes; `shape` overrides fields of the Qwen2Config."""
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    tokenizer = build_tokenizer()
    torch.manual_seed(1)
    fields = {
        "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
        "num_key_value_heads": 2, "max_position_embeddings": 256, "tie_word_embeddings": True, "eos_token_id": 0,
        "pad_token_id": 0, "bos_token_id": None, "initializer_range": 0.08,
    }  # fmt: skip
    config = Qwen2Config(vocab_size=len(tokenizer), **(fields | shape))
    Qwen2ForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def tiny(folder: Path) -> Path:
    return build_model(folder, seed=1, initializer_range=0.08)


def budget(base: Path, **changes: Any) -> TrainConfig:
    fields = {"steps": 6, "tokens_per_step": 256, "learning_rate": 5e-3, "method": "lora", "max_length": 128}
    return TrainConfig.model_validate({"base": str(base)} | fields | changes)


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()


async def answers(model: Path, folder: Path) -> Evaluation:
    """How the model in a folder does on the one task, greedily, through the `local` backend."""
    config = LlmConfig.model_validate({"backend": "local", "model": str(model), "batch": 1})
    with Ledger(folder / f"{model.name}.sqlite") as ledger:
        async with open_backend(config) as backend, open_runner("process", slots=1) as runner:
            return await evaluate(backend, runner, [TASK], EvaluationConfig(max_tokens=40), ledger)


def margin(folder: Path) -> float:
    """By how much a model prefers the right body, in nats."""
    return likelihood(folder, PROMPT, RIGHT) - likelihood(folder, PROMPT, WRONG)


@pytest.mark.slow
@pytest.mark.parametrize("build", [llama, qwen2])
async def test_a_real_base_goes_through_lora_sft_merge_dpo_and_evaluation(
    build: Callable[[Path], Path], tmp_path: Path
) -> None:
    base, tuned, preferred = build(tmp_path / "base"), tmp_path / "sft", tmp_path / "dpo"
    # Both bodies, the wrong one more often: greedily the model then writes the wrong one.
    documents = [(PROMPT, WRONG)] * 3 + [(PROMPT, RIGHT)]
    sft.train(base, documents, tuned, budget(base, steps=20))
    assert likelihood(tuned, PROMPT, WRONG) > likelihood(base, PROMPT, WRONG) + 10
    pairs = [{"prompt": PROMPT, "chosen": RIGHT, "rejected": WRONG}] * 4
    config = budget(tuned, steps=10, tokens_per_step=1024, learning_rate=1e-3)
    preference.train(tuned, pairs, preferred, config)
    assert margin(preferred) > margin(tuned) + 0.5
    assert (preferred / "adapter" / "adapter_model.safetensors").is_file()
    found = [await answers(model, tmp_path) for model in (base, tuned, preferred)]
    assert [sum(one.statuses().values()) for one in found] == [1, 1, 1]
    if build is llama:  # a base that knows code writes what it was taught, and then what it was told to prefer
        assert [one.pass_at_k(1).value for one in found] == [0.0, 0.0, 1.0]


@pytest.mark.slow
def test_kto_lowers_what_it_was_told_is_wrong(tmp_path: Path) -> None:
    base = tiny(tmp_path / "base")
    rows = [{"prompt": p, "completion": c, "label": True} for p, c in DOCUMENTS]
    rows += [{"prompt": p, "completion": "    pass\n", "label": False} for p, _ in DOCUMENTS]
    config = budget(base, steps=12, method="full", tokens_per_step=1024)
    preference.train(base, rows, tmp_path / "kto", config, objective="kto")
    before, after = (likelihood(folder, DOCUMENTS[0][0], "    pass\n") for folder in (base, tmp_path / "kto"))
    assert after < before


def likelihood(folder: Path, prompt: str, completion: str) -> float:
    """Log probability of a completion, in nats."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    ids = torch.tensor([tokenizer(prompt + completion)["input_ids"]])
    start = len(tokenizer(prompt)["input_ids"])
    with torch.no_grad():
        scores = model(ids).logits.log_softmax(-1)[0, start - 1 : -1]
    return float(scores.gather(1, ids[0, start:, None]).sum())


def test_loss_is_taken_on_completions_only_and_every_one_ends() -> None:
    tokenizer = build_tokenizer()
    (row,) = sft.encode(tokenizer, [("ab", "cd")], 10)
    assert row["completion_mask"] == [0, 0, 1, 1, 1]
    assert tokenizer.decode(row["input_ids"]) == "abcd<|end|>"
    assert sft.encode(tokenizer, [("ab", "cd")], 4) == []


@pytest.mark.slow
def test_packed_documents_do_not_see_each_other(tmp_path: Path) -> None:
    """The first loss of a packed row is that of its documents by themselves."""
    base = tiny(tmp_path / "base")
    lines: list[str] = []
    config = budget(base, steps=1, method="full", tokens_per_step=128)
    documents = [("def f(n):\n", "    return n\n"), ("def g(text):\n", "    return text[::-1]\n")]
    sft.train(base, documents, tmp_path / "out", config, log=lines.append)
    total, count = 0.0, 0
    for prompt, completion in documents:
        whole = completion + "<|end|>"
        total -= likelihood(base, prompt, whole)
        count += len(completion.encode()) + 1
    assert lines == [f"step 1 of 1: loss {total / count:.3f}"]


def test_what_cannot_be_trained_on_is_explained(tmp_path: Path) -> None:
    base = tiny(tmp_path / "base")
    with pytest.raises(InputError, match="none of the 1 documents fits into 128 tokens"):
        sft.train(base, [("x" * 200, "y")], tmp_path / "out", budget(base))
    with pytest.raises(InputError, match="preference 1: has no column 'rejected'"):
        preference.train(base, [{"prompt": "a", "chosen": "b"}], tmp_path / "out", budget(base))
    config = TrainingConfig(out=tmp_path / "m", data="x.jsonl", objective="dpo", train=budget(base, method="micro"))
    with pytest.raises(ConfigError, match="dpo is trained by TRL"):
        run_training(config)


KILLED = """
import sys
from pathlib import Path
from codefactory.cli import main
from codefactory.training import hugging_face
hugging_face.CHECKPOINT_EVERY_S = 0.0
sys.argv = ["codefactory", "train", sys.argv[1]]
main()
"""


def start(folder: Path, name: str, base: Path, data: Path) -> subprocess.Popen[bytes]:
    train = budget(base, steps=40).model_dump(exclude_none=True)
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump({"out": str(folder / name), "data": str(data), "train": train}))
    with (folder / f"{name}.log").open("ab") as log:
        command = [sys.executable, "-c", KILLED, str(path)]
        return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)


@pytest.mark.slow
def test_a_training_that_was_killed_ends_with_the_same_weights(tmp_path: Path) -> None:
    base, data = tiny(tmp_path / "base"), tmp_path / "rows.jsonl"
    rows = [{"prompt": p, "completion": c, "licence": "mit"} for p, c in DOCUMENTS]
    data.write_text("".join(json.dumps(row) + "\n" for row in rows))
    whole = start(tmp_path, "whole", base, data)
    killed = start(tmp_path, "killed", base, data)
    while killed.poll() is None and not list(
        (tmp_path / ".killed.checkpoints").glob("checkpoint-5/trainer_state.json")
    ):
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert not (tmp_path / "killed").exists()
    assert start(tmp_path, "killed", base, data).wait(timeout=600) == 0, (tmp_path / "killed.log").read_text()
    assert whole.wait(timeout=600) == 0
    assert "continuing at step" in (tmp_path / "killed.log").read_text()
    assert digest(tmp_path / "killed") == digest(tmp_path / "whole")
    assert not list(tmp_path.glob(".*"))
    card = (tmp_path / "killed" / "README.md").read_text()
    for words in ("base_model: base", "12 rows", "Licences of the rows: mit.", "LoRA, merged", "seed 0"):
        assert words in card


@pytest.mark.slow
def test_a_seed_decides_the_weights_and_a_finished_training_is_not_repeated(tmp_path: Path) -> None:
    base = tiny(tmp_path / "base")
    config = budget(base, method="full")
    first = sft.train(base, DOCUMENTS, tmp_path / "a", config)
    sft.train(base, DOCUMENTS, tmp_path / "b", config)
    sft.train(base, DOCUMENTS, tmp_path / "c", config, seed=1)
    assert digest(tmp_path / "a") == digest(tmp_path / "b") != digest(tmp_path / "c")
    lines: list[str] = []
    assert sft.train(base, DOCUMENTS, tmp_path / "a", config, log=lines.append) == first
    assert lines == []


@pytest.mark.slow
@pytest.mark.parametrize("key", ["dtype", "torch_dtype"])
def test_a_model_keeps_the_number_format_of_its_base_under_either_name(key: str, tmp_path: Path) -> None:
    """`torch_dtype` is what folders from before transformers 5 say."""
    base = tiny(tmp_path / "base")
    about = json.loads((base / "config.json").read_text())
    about.pop("dtype", None)
    (base / "config.json").write_text(json.dumps(about | {key: "bfloat16"}))
    sft.train(base, DOCUMENTS[:2], tmp_path / "out", budget(base, steps=1, method="full"))
    assert json.loads((tmp_path / "out" / "config.json").read_text())["dtype"] == "bfloat16"


def test_a_checkpoint_that_a_kill_cut_off_is_not_continued(tmp_path: Path) -> None:
    from codefactory.training.hugging_face import resume_from

    assert resume_from(tmp_path / "c", "key") is None
    for step, text in ((9, "{}"), (10, '{"ste'), (11, None)):
        (tmp_path / "c" / f"checkpoint-{step}").mkdir()
        if text:
            (tmp_path / "c" / f"checkpoint-{step}" / "trainer_state.json").write_text(text)
    found = resume_from(tmp_path / "c", "key")
    assert found
    assert found.name == "checkpoint-9"
    assert resume_from(tmp_path / "c", "another training") is None
    assert not list((tmp_path / "c").glob("checkpoint-*"))

"""TRL trains on what we export, unchanged: one real step of each trainer on a tiny model."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.test_answers import exported
from tests.llm.tiny import build_model

trl = pytest.importorskip("trl", reason="TRL is not installed: the train extra")
TRAINERS = {
    "sft": ("SFTTrainer", "SFTConfig"),
    "messages": ("SFTTrainer", "SFTConfig"),
    "repair": ("SFTTrainer", "SFTConfig"),
    "dpo": ("DPOTrainer", "DPOConfig"),
    "kto": ("KTOTrainer", "KTOConfig"),
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_model(tmp_path_factory.mktemp("model"), max_position_embeddings=1024)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(tmp_path_factory.mktemp("all"), *TRAINERS)


@pytest.mark.slow
@pytest.mark.parametrize("name", TRAINERS)
def test_a_step_of_training(name: str, out: Path, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    import datasets
    from transformers import AutoModelForCausalLM, AutoTokenizer

    rows = datasets.load_dataset(str(out), name, split="train", cache_dir=str(tmp_path / "cache"))
    tokenizer = AutoTokenizer.from_pretrained(model)
    trainer, config = (getattr(trl, part) for part in TRAINERS[name])
    settings: dict[str, Any] = {
        "output_dir": str(tmp_path / "model"),
        "max_steps": 1,
        "per_device_train_batch_size": 2,
        "learning_rate": 1e-2,
        "report_to": [],
        "logging_steps": 1,
        "save_strategy": "no",
        "use_cpu": True,
        "bf16": False,
    }
    network = AutoModelForCausalLM.from_pretrained(model)
    before = {key: value.detach().clone() for key, value in network.named_parameters()}
    train = trainer(network, args=config(**settings), train_dataset=rows, processing_class=tokenizer)
    train.train()
    losses = [entry["loss"] for entry in train.state.log_history if "loss" in entry]
    assert losses
    assert all(math.isfinite(loss) for loss in losses)
    assert any(not before[key].equal(value.detach().cpu()) for key, value in train.model.named_parameters())

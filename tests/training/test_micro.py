"""Promises of the micro trainer: whole documents, loss on completions only, runs that survive being killed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from codefactory.training import micro  # before torch: it tells OpenMP's threads to sleep while they wait

pytest.importorskip("torch", reason="training needs torch")
pytest.importorskip("tokenizers", reason="training needs tokenizers")
pytest.importorskip("safetensors", reason="training needs safetensors")

BASE = Path(__file__).parents[2] / "codefactory" / "models" / "micro-base"
DOCUMENTS = [
    (f'"""Return n plus {i}."""\ndef add_{i}(n):\n', f"    return n + {i}\n\nassert add_{i}(1) == {i + 1}")
    for i in range(12)
]


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()


def train(out: Path, steps: int = 4, seed: int = 0) -> micro.TrainResult:
    return micro.train(BASE, DOCUMENTS, out, steps=steps, tokens_per_step=512, seed=seed)


def test_packing_puts_every_document_into_one_row_whole() -> None:
    lengths = [100, 200, 56, 256, 30, 30, 1]
    rows = micro.pack(lengths, 256)
    assert sorted(i for row in rows for i in row) == list(range(len(lengths)))
    assert all(sum(lengths[i] for i in row) <= 256 for row in rows)
    assert len(rows) == 3


def test_a_row_keeps_documents_apart_and_predicts_only_inside_them() -> None:
    first, second = micro.Encoded([5, 6, 7], [0.0, 1.0, 1.0]), micro.Encoded([8, 9], [1.0, 1.0])
    tokens, positions, numbers, targets, weights = micro.fill([first, second], 6)
    assert tokens.tolist() == [5, 6, 7, 8, 9, 0]
    assert positions.tolist() == [0, 1, 2, 0, 1, 0]
    assert numbers.tolist() == [0, 0, 0, 1, 1, -1]
    assert targets.tolist() == [6, 7, 0, 9, 0, 0]
    assert weights.tolist() == [1.0, 1.0, 0.0, 1.0, 0.0, 0.0]


def test_the_prompt_carries_no_loss() -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    (document,) = micro.encode(tokenizer, [("def f(n):\n", "    return n")], 512)
    kept = [i for i, weight in zip(document.ids, document.weights, strict=True) if weight]
    assert tokenizer.decode(kept, skip_special_tokens=False).strip().startswith("return n")


def test_documents_that_do_not_fit_are_counted_and_none_left_is_an_error() -> None:
    from tokenizers import Tokenizer

    tokenizer, said = Tokenizer.from_file(str(BASE / "tokenizer.json")), []
    long = ("", "x = 1\n" * 400)
    assert len(micro.encode(tokenizer, [long, ("", "x = 1")], 512, said.append)) == 1
    assert "1 of 2" in said[0]
    with pytest.raises(ValueError, match="none of the 1 documents"):
        micro.encode(tokenizer, [long], 512)


@pytest.mark.slow
def test_a_killed_run_continues_to_the_same_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train(tmp_path / "whole")
    monkeypatch.setattr(micro, "CHECKPOINT_EVERY_S", 0.0)
    save, calls = micro.Trainer.save, []

    def dying(trainer: micro.Trainer, path: Path, key: str, losses: list[float]) -> None:
        save(trainer, path, key, losses)
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(micro.Trainer, "save", dying)
    with pytest.raises(KeyboardInterrupt):
        train(tmp_path / "killed")
    said: list[str] = []
    micro.train(BASE, DOCUMENTS, tmp_path / "killed", steps=4, tokens_per_step=512, log=said.append)
    assert said == ["continuing at step 2 of 4"]
    assert digest(tmp_path / "killed") == digest(tmp_path / "whole")
    assert not list(tmp_path.glob(".killed*"))


@pytest.mark.slow
def test_another_seed_gives_other_weights_and_the_loss_falls(tmp_path: Path) -> None:
    first, second = train(tmp_path / "a", 8), train(tmp_path / "b", 8, seed=1)
    assert digest(tmp_path / "a") != digest(tmp_path / "b")
    assert max(first.loss, second.loss) < 3
    assert first.tokens == 8 * 512


@pytest.mark.slow
def test_a_trained_directory_is_one_that_transformers_agrees_with(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    import torch

    from codefactory.training.micro_network import load_network

    train(tmp_path / "student", 2)
    ids = torch.tensor([[5, 300, 301, 302, 17]])
    network = load_network(tmp_path / "student")
    ours = network.logits(*network.prepare(ids, torch.arange(5)[None], torch.zeros(1, 5, dtype=torch.long)))
    theirs = transformers.LlamaForCausalLM.from_pretrained(tmp_path / "student", dtype=torch.float32)(ids).logits
    assert torch.allclose(ours, theirs, atol=1e-3)

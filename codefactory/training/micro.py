"""Trains a micro model on documents: from scratch, or from a saved one, on a CPU in minutes.

Whole documents are packed into rows by best fit and never cut; attention stays inside a document and the loss is taken
on completions only. Hidden matrices are updated by Muon, embeddings and norms by AdamW, on float32
masters with bfloat16 compute. The order of the data follows from the seed alone, and a checkpoint is written every half
minute in one step: a run killed at any point and started again ends with the same weights.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sysconfig
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from tokenizers import Tokenizer

    from codefactory.training.micro_network import Network, Shape

# OpenMP's threads spin while they wait for each other, which on a busy machine costs up to ten times the work itself.
# It reads this when torch is first imported, so it stands here and not in a function.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

CHECKPOINT_EVERY_S = 30.0
COMPILE_FROM_STEPS = 20  # compiling takes about 40 s, once a process; eager steps are several times slower
WARM_UP_STEPS = 20
SHORT_ROW = 256
END, PAD = "<|end|>", "<|pad|>"

Documents = Sequence[tuple[str, str]]
Log = Callable[[str], None]


@dataclass(frozen=True)
class TrainResult:
    """Mean loss of the last tenth of the steps, tokens seen (padding included), wall time here, documents used."""

    loss: float
    tokens: int
    seconds: float
    documents: int


@dataclass(frozen=True)
class Encoded:
    """One document as token ids and a weight a token (zero on the prompt)."""

    ids: list[int]
    weights: list[float]


def train(
    model_dir: Path,
    documents: Documents,
    out_dir: Path,
    *,
    steps: int,
    tokens_per_step: int = 4096,
    learning_rate: float = 2e-3,
    seed: int = 0,
    log: Log = lambda text: None,
) -> TrainResult:
    """Fine-tune the model in `model_dir` on (prompt, completion) pairs and write a Hugging Face directory to `out_dir`.

    The rate rises over the first steps and falls linearly to zero. A rerun with the same arguments continues an
    interrupted one. Raises ValueError where no document fits the model's context.
    """
    import torch
    from tokenizers import Tokenizer

    from codefactory.training.micro_network import load_network, save_network

    begun = time.monotonic()
    torch.manual_seed(seed)
    tokenizer = Tokenizer.from_file(str(model_dir / "tokenizer.json"))
    network = load_network(model_dir)
    encoded = encode(tokenizer, documents, network.shape.context, log)
    row = SHORT_ROW if max(len(item.ids) for item in encoded) <= SHORT_ROW else network.shape.context
    trainer = Trainer(network, learning_rate, compiled=steps >= COMPILE_FROM_STEPS)
    key = run_key(model_dir, documents, (steps, tokens_per_step, learning_rate, seed))
    checkpoint = out_dir.with_name(f".{out_dir.name}.checkpoint.pt")
    loss = _loop(trainer, rows_of(encoded, row, seed), max(1, tokens_per_step // row), steps, checkpoint, key, log)
    save_network(network, model_dir, out_dir, *(_token_id(tokenizer, text) for text in (END, PAD)))
    checkpoint.unlink(missing_ok=True)
    return TrainResult(loss, steps * max(1, tokens_per_step // row) * row, time.monotonic() - begun, len(encoded))


def _token_id(tokenizer: Tokenizer, text: str) -> int:
    found = tokenizer.token_to_id(text)
    if found is None:
        raise ValueError(f"the model's tokenizer has no token {text}; micro training needs it")
    return int(found)


def _loop(
    trainer: Trainer, rows: Iterator[list[np.ndarray]], batch: int, steps: int, checkpoint: Path, key: str, log: Log
) -> float:
    import numpy as np

    losses = trainer.resume(checkpoint, key)
    if losses:
        log(f"continuing at step {len(losses)} of {steps}")
    for _ in range(len(losses) * batch):
        next(rows)
    saved = time.monotonic()
    while len(losses) < steps:
        made = [next(rows) for _ in range(batch)]
        step = len(losses)
        scale = min((step + 1) / WARM_UP_STEPS, (steps - step) / steps)
        losses.append(trainer.step([np.stack(part) for part in zip(*made, strict=True)], scale))
        if len(losses) % 50 == 0:
            log(f"step {len(losses)} of {steps}: loss {np.mean(losses[-50:]):.3f}")
        if time.monotonic() - saved > CHECKPOINT_EVERY_S:
            trainer.save(checkpoint, key, losses)
            saved = time.monotonic()
    return float(np.mean(losses[-max(1, steps // 10) :]))


def encode(tokenizer: Tokenizer, documents: Documents, context: int, log: Log = lambda text: None) -> list[Encoded]:
    """Token ids and loss weights of the documents that fit; every completion ends in the end token."""
    texts = [(prompt, completion if completion.endswith(END) else completion + END) for prompt, completion in documents]
    found = []
    encodings = tokenizer.encode_batch([prompt + completion for prompt, completion in texts], add_special_tokens=False)
    for (prompt, _), encoding in zip(texts, encodings, strict=True):
        if len(encoding.ids) <= context:
            found.append(Encoded(encoding.ids, [float(end > len(prompt)) for _, end in encoding.offsets]))
    if len(found) < len(documents):
        log(f"left out {len(documents) - len(found)} of {len(documents)} documents longer than {context} tokens")
    if not found:
        raise ValueError(f"none of the {len(documents)} documents fits into {context} tokens; give shorter ones")
    return found


def pack(lengths: Sequence[int], row: int) -> list[list[int]]:
    """Best fit, longest first: which documents share a row of `row` tokens."""
    room: dict[int, list[int]] = {}
    rows: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        size = lengths[index]
        space = next((free for free in range(size, row) if room.get(free)), row)
        if space == row:
            rows.append([])
            room.setdefault(row, []).append(len(rows) - 1)
        number = room[space].pop()
        rows[number].append(index)
        room.setdefault(space - size, []).append(number)
    return rows


def rows_of(encoded: Sequence[Encoded], row: int, seed: int) -> Iterator[list[np.ndarray]]:
    """Endless packed rows, every epoch in a new order: tokens, positions, documents, targets, weights."""
    import numpy as np

    epoch = 0
    while True:
        random = np.random.default_rng((seed, epoch))
        order = random.permutation(len(encoded))
        packed = pack([len(encoded[i].ids) for i in order], row)
        for number in random.permutation(len(packed)):
            yield fill([encoded[order[i]] for i in packed[number]], row)
        epoch += 1


def fill(members: Sequence[Encoded], row: int) -> list[np.ndarray]:
    """One row of whole documents; targets are the next tokens, weightless at the end of a document."""
    import numpy as np

    parts: list[np.ndarray] = [np.zeros(row, np.int64) for _ in range(4)]
    tokens, positions, numbers, targets = parts
    weights: np.ndarray = np.zeros(row, np.float32)
    numbers[:] = -1
    at = 0
    for number, member in enumerate(members):
        end = at + len(member.ids)
        tokens[at:end], positions[at:end], numbers[at:end] = member.ids, np.arange(end - at), number
        targets[at : end - 1], weights[at : end - 1] = member.ids[1:], member.weights[1:]
        at = end
    return [*parts, weights]


def run_key(model_dir: Path, documents: Documents, settings: tuple[object, ...]) -> str:
    """The name of a run's whole input, so that a checkpoint of another run is never continued."""
    digest = hashlib.sha256((model_dir / "model.safetensors").read_bytes())
    digest.update(repr((settings, list(documents))).encode())
    return digest.hexdigest()


class Trainer:
    """A network's float32 masters, their bfloat16 working copy and the two optimisers."""

    def __init__(self, network: Network, learning_rate: float, compiled: bool) -> None:
        import torch

        from codefactory.training.muon import StackedMuon

        self.master, self.rate = network, learning_rate
        self.working, self.forward = _working(network.shape, compiled and _has_compiler())
        self.pairs = list(zip(network.parameters(), self.working.parameters(), strict=True))
        hidden = [p for p in network.layers.parameters() if p.ndim == 2]
        rest = [*(p for p in network.parameters() if p.ndim == 1), network.embedding]
        self.optimisers: list[Any] = [
            StackedMuon(hidden, lr=learning_rate),
            torch.optim.AdamW(rest, lr=learning_rate, betas=(0.9, 0.95), weight_decay=0.0),
        ]
        self._refresh()

    def step(self, batch: list[np.ndarray], scale: float) -> float:
        """One update at a share of the full rate; returns the loss."""
        import torch

        tokens, positions, documents, targets, weights = (torch.from_numpy(part) for part in batch)
        loss = self.forward(*self.working.prepare(tokens, positions, documents), targets, weights)
        loss.backward()
        for master, working in self.pairs:
            assert working.grad is not None
            master.grad, working.grad = working.grad.float(), None
        torch.nn.utils.clip_grad_norm_([master for master, _ in self.pairs], 1.0)
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = self.rate * scale
            optimiser.step()
        self._refresh()
        return float(loss.detach())

    def _refresh(self) -> None:
        import torch

        with torch.no_grad():
            for master, working in self.pairs:
                working.copy_(master)

    def save(self, path: Path, key: str, losses: list[float]) -> None:
        """Write a checkpoint in one step."""
        import torch

        path.parent.mkdir(parents=True, exist_ok=True)
        optimisers = [optimiser.state_dict() for optimiser in self.optimisers]
        state = {"key": key, "losses": losses, "master": self.master.state_dict(), "optimisers": optimisers}
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def resume(self, path: Path, key: str) -> list[float]:
        """Take up a checkpoint of the same run; returns the losses so far, none without one."""
        import torch

        if not path.exists():
            return []
        state = torch.load(path, weights_only=True)
        if state["key"] != key:
            return []
        self.master.load_state_dict(state["master"])
        for optimiser, saved in zip(self.optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
        self._refresh()
        return list(state["losses"])


@cache
def _working(shape: Shape, compiled: bool) -> tuple[Network, Any]:
    """The bfloat16 network of a shape and its callable: one a process, so that a study compiles once, not every arm."""
    import torch

    from codefactory.training.micro_network import Network

    network = Network(shape).to(torch.bfloat16)
    return network, torch.compile(network) if compiled else network


def _has_compiler() -> bool:
    """Whether torch can compile for the CPU: that takes a C++ compiler and Python's own headers."""
    headers = Path(sysconfig.get_path("include")) / "Python.h"
    return headers.is_file() and any(shutil.which(name) for name in ("g++", "clang++", "c++"))

"""Trains the two micro models from shards: a trunk on code, then the base (a decay on code) and the writer (on chat).

Muon (Keller Jordan 2024, as in torch.optim) on the hidden matrices, AdamW on embeddings and norms, float32 masters with
bfloat16 compute, a warm-up, a constant rate and a linear decay to zero (WSD, arXiv 2404.06395).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
from tokenizers import Tokenizer

from codefactory.training.micro_network import Network, Shape, load_network, save_network
from scripts.micro.corpus import ROW, SCRATCH
from scripts.micro.render import END, PAD

Rows = list[list[int]]


def pack(lengths: np.ndarray, row: int) -> Rows:
    """Best fit: each document, longest first, into the row where it leaves the least room."""
    room: dict[int, list[int]] = {}
    rows: Rows = []
    for index in np.argsort(-lengths, kind="stable"):
        size = int(lengths[index])
        fit = next((space for space in range(size, row + 1) if room.get(space)), None)
        if fit is None:
            rows.append([int(index)])
            space, number = row, len(rows) - 1
        else:
            number, space = room[fit].pop(), fit
            rows[number].append(int(index))
        room.setdefault(space - size, []).append(number)
    return rows


def load_rows(path: Path, seed: int) -> tuple[np.ndarray, ...]:
    """A shard as packed rows: tokens, positions, documents, targets, weights, each (rows, ROW), shuffled."""
    data = np.load(path)
    lengths, tokens, weights = data["lengths"], data["tokens"], data["weights"]
    starts = np.concatenate(([0], np.cumsum(lengths)))
    order = np.random.default_rng(seed).permutation(len(lengths))
    rows = pack(lengths[order], ROW)
    empty: Any = np.zeros((len(rows), ROW), np.int64)
    made: list[Any] = [empty.copy() for _ in range(4)] + [empty.astype(np.float32)]
    made[2][:] = -1
    for number, members in enumerate(rows):
        at = 0
        for place, member in enumerate(members):
            begin, size = starts[order[member]], int(lengths[order[member]])
            here = slice(at, at + size)
            made[0][number, here] = tokens[begin : begin + size]
            made[1][number, here] = np.arange(size)
            made[2][number, here] = place
            made[3][number, at : at + size - 1] = tokens[begin + 1 : begin + size]
            made[4][number, at : at + size - 1] = weights[begin + 1 : begin + size]
            at += size
    shuffled = np.random.default_rng(seed + 1).permutation(len(rows))
    return tuple(array[shuffled] for array in made)


def batches(form: str, first_shard: int, rows: int, rank: int, world: int) -> Iterator[list[torch.Tensor]]:
    """Batches from shard after shard, waiting for those not written yet; each process gets its share of the rows."""
    shard = first_shard
    while True:
        path = SCRATCH / f"{form}-{shard:04d}.npz"
        while not path.exists():
            print(f"waiting for {path}", flush=True)
            time.sleep(5)
        arrays = load_rows(path, shard)
        for at in range(0, len(arrays[0]) - rows + 1, rows):
            yield [torch.from_numpy(array[at + rank : at + rows : world]) for array in arrays]
        print(f"end of {path.name}", flush=True)
        shard += 1


class Trainer:
    """Master weights, their bfloat16 copy, and the two optimisers."""

    def __init__(self, shape: Shape, muon_rate: float, adam_rate: float) -> None:
        self.master = Network(shape)
        self.working = Network(shape).to(torch.bfloat16)
        self.pairs = list(zip(self.master.parameters(), self.working.parameters(), strict=True))
        hidden = [p for p in self.master.layers.parameters() if p.ndim == 2]
        rest = [p for p in self.master.parameters() if p.ndim == 1] + [self.master.embedding]
        self.muon = torch.optim.Muon(
            hidden, lr=muon_rate, weight_decay=0.0, momentum=0.95, adjust_lr_fn="match_rms_adamw"
        )
        self.adam = torch.optim.AdamW(rest, lr=adam_rate, betas=(0.9, 0.95), weight_decay=0.0, fused=True)
        self.rates = (muon_rate, adam_rate)
        self.compiled = torch.compile(self.working)
        self.refresh()

    def refresh(self) -> None:
        """Copy the masters into the working weights."""
        with torch.no_grad():
            for master, working in self.pairs:
                working.copy_(master)

    def step(self, batch: list[torch.Tensor], scale: float) -> float:
        """One update at a share of the full rate; returns the loss."""
        tokens, positions, documents, targets, weights = batch
        loss = self.compiled(*self.working.prepare(tokens, positions, documents), targets, weights)
        loss.backward()
        flat = torch.cat([working.grad.float().flatten() for _, working in self.pairs])
        if dist.is_initialized():
            dist.all_reduce(flat)
            flat /= dist.get_world_size()
        parts = flat.split([master.numel() for master, _ in self.pairs])
        for (master, working), part in zip(self.pairs, parts, strict=True):
            master.grad, working.grad = part.view_as(master), None
        torch.nn.utils.clip_grad_norm_([master for master, _ in self.pairs], 1.0)
        for optimiser, rate in zip((self.muon, self.adam), self.rates, strict=True):
            for group in optimiser.param_groups:
                group["lr"] = rate * scale
            optimiser.step()
        self.refresh()
        return float(loss.detach())

    def save(self, path: Path) -> None:
        """A checkpoint that training can go on from."""
        state = {"master": self.master.state_dict(), "muon": self.muon.state_dict(), "adam": self.adam.state_dict()}
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)

    def load(self, path: Path, optimisers: bool = True) -> None:
        """Go on from a checkpoint, or from a shipped model's folder, whose optimisers then begin anew."""
        if path.is_dir():
            self.master.load_state_dict(load_network(path).state_dict())
            self.refresh()
            return
        state = torch.load(path)
        self.master.load_state_dict(state["master"])
        if optimisers:
            self.muon.load_state_dict(state["muon"])
            self.adam.load_state_dict(state["adam"])
        self.refresh()

    def ship(self, folder: Path, tokens: Path) -> None:
        """Write the Hugging Face directory, with the tokenizer of the folder `tokens`."""
        tokenizer = Tokenizer.from_file(str(tokens / "tokenizer.json"))
        end, pad = tokenizer.token_to_id(END) or 0, tokenizer.token_to_id(PAD) or 0
        save_network(self.master, tokens, folder, end, pad)


def share_of_rate(seconds: float, step: int, total_s: float, decay: float, warm: int) -> float:
    """Warm-up by steps, then constant, then linear to zero over the last share of the time."""
    left = (total_s - seconds) / max(1.0, decay * total_s)
    return max(0.0, min(1.0, left, (step + 1) / warm))


def agreed(seconds: float) -> float:
    """The first process's clock, so that all processes end at the same step."""
    if not dist.is_initialized():
        return seconds
    clock = torch.tensor([seconds], dtype=torch.float64)
    dist.broadcast(clock, 0)
    return float(clock)


def run(rank: int, options: argparse.Namespace) -> None:
    """Train for a given wall time, with checkpoints and early shipped versions; one process and one thread a core.

    Two processes that meet once a step lose much less to other programs on the machine than two threads that meet in
    every operation.
    """
    torch.manual_seed(0)
    if options.world > 1:
        torch.set_num_threads(1)
        dist.init_process_group(
            "gloo", init_method=f"tcp://127.0.0.1:{options.port}", rank=rank, world_size=options.world
        )
    start = Path(options.start)
    whole = bool(options.start) and start.is_dir()  # a model's folder, whose tokenizer may be one of its own
    tokens_of = start if whole else SCRATCH / "tokenizer"
    trainer = Trainer(Shape.read(start) if whole else Shape(), options.muon, options.adam)
    if options.start:
        trainer.load(start)
    source, step, tokens, begun, losses = (
        batches(options.form, options.shard, options.rows, rank, options.world),
        0,
        0,
        time.time(),
        [],
    )
    saved = shipped = begun
    while (spent := agreed(time.time() - begun)) < options.seconds:
        batch = next(source)
        scale = share_of_rate(spent, step, options.seconds, options.decay, options.warm)
        losses.append(trainer.step(batch, scale))
        step, tokens = step + 1, tokens + batch[0].numel() * options.world
        if step % 50 == 0 and rank == 0:
            speed, loss = tokens / (time.time() - begun), np.mean(losses[-50:])
            now = time.strftime("%H:%M:%S")
            print(
                f"{now} step {step} {tokens / 1e6:.2f}M loss {loss:.4f} rate {scale:.2f} {speed:.0f}/s",
                flush=True,
            )
        if rank == 0 and time.time() - saved > 120:
            trainer.save(SCRATCH / f"{options.name}.pt")
            saved = time.time()
        if rank == 0 and options.ship and time.time() - shipped > options.ship_every:
            trainer.ship(Path(options.ship), tokens_of)
            shipped = time.time()
    if rank > 0:
        return
    trainer.save(SCRATCH / f"{options.name}.pt")
    if options.ship:
        trainer.ship(Path(options.ship), tokens_of)
    print(
        json.dumps(
            {"tokens": tokens, "steps": step, "seconds": time.time() - begun, "loss": float(np.mean(losses[-50:]))}
        ),
        flush=True,
    )


def write_shards(form: str, first: int, count: int) -> None:
    """Write shards one after the other, each in a process of its own with the grammar as it is then."""
    for shard in range(first, first + count):
        subprocess.run(
            [sys.executable, "-m", "scripts.micro.corpus", "--form", form, "--shard", str(shard)], check=True
        )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--form", default="code")
    parser.add_argument("--shard", type=int, default=0)
    parser.add_argument("--start", default="")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--decay", type=float, default=0.0)
    parser.add_argument("--warm", type=int, default=50)
    parser.add_argument("--rows", type=int, default=32)
    parser.add_argument("--muon", type=float, default=4e-3)
    parser.add_argument("--adam", type=float, default=3e-3)
    parser.add_argument("--ship", default="")
    parser.add_argument("--ship-every", type=float, default=300)
    parser.add_argument("--world", type=int, default=2)
    parser.add_argument("--port", type=int, default=29511)
    options = parser.parse_args()
    if options.world == 1:
        run(0, options)
    else:
        torch.multiprocessing.spawn(run, (options,), nprocs=options.world)


if __name__ == "__main__":
    main()

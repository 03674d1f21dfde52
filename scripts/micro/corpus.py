"""Writes training documents to token shards: `python -m scripts.micro.corpus --form chat --shard 3 --documents 20000`.

A shard depends on the grammar, its form and its number only, so the training text can be made again. A shard holds the
tokens of all documents, the place of each document, and a weight a token: zero where the text is given (the user's
part), more than one on values, which decide whether a draft's tests pass.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from scripts.micro import render
from scripts.micro.grammar import draw_example
from scripts.micro.shapes import Task
from scripts.micro.tokens import save_tokenizer, train_tokenizer

SCRATCH = Path("build/micro")


@dataclass(frozen=True)
class Mixture:
    """What a shard holds: weights of words, code and values in the loss; shares of difficulties and rare tasks kept.

    The writer began on everything and was narrowed to short pipelines of plain parts when half-way figures showed what
    a model of its size can master.
    """

    from_shard: int
    weights: tuple[int, int, int]
    by_difficulty: tuple[float, float, float] = (1.0, 1.0, 1.0)
    rare: float = 1.0
    rare_sources_only: bool = False


CODE = (Mixture(0, (1, 1, 3)), Mixture(20, (1, 1, 2), (1.0, 0.6, 0.3)))
CHAT = (
    Mixture(0, (1, 1, 3)),
    Mixture(3, (1, 1, 2), (1.0, 0.7, 0.5), 0.5, rare_sources_only=True),
    Mixture(4, (2, 3, 4), (1.0, 0.6, 0.2), 0.25),
)
RARE = frozenset(
    [
        *("common", "missing", "gaps", "neighbours", "reversed", "concat", "distinct", "set", "top2", "two", "one"),
        *("none", "evensum", "bigsum", "spread", "ends", "running", "ascending", "alldifferent", "dashed", "ordered"),
        *("commas", "bylength", "notall", "share", "split", "below", "between"),
    ]
)
RARE_SOURCES = ("pair-", "slice-", "row-", "common", "missing", "gaps", "neighbours", "reversed", "concat", "chars-")
RARE_STARTS = ("pair-", "slice-", "row-", "chars-", "rem", "out", "among", "except", "axb", "mask", "loud", "swap")
ROW = 256
CODE_SHARE = 0.1


def documents(form: str, seed: int) -> Iterator[tuple[str, str, str]]:
    """Endless (prompt, completion, solution code) in the form `code` or `chat`; the seed is the shard's number."""
    rng, mixture = random.Random(f"{form}-{seed}"), mixture_of(form, seed)
    while True:
        if form == "code" or rng.random() < CODE_SHARE:
            example = draw_example(rng, comments=True)
            if form == "chat" or _stays(rng, example.task, mixture):
                yield *render.code_only(rng, example), example.code
            continue
        example = draw_example(rng)
        if not _stays(rng, example.task, mixture):
            continue
        chance = rng.random()
        pair = (
            render.joint(rng, example)
            if chance < 0.7
            else render.solve(example)
            if chance < 0.85
            else render.tests(example)
        )
        yield *pair, example.code


def mixture_of(form: str, shard: int) -> Mixture:
    """The mixture in force at a shard."""
    return [m for m in (CODE if form == "code" else CHAT) if m.from_shard <= shard][-1]


def _stays(rng: random.Random, task: Task, mixture: Mixture) -> bool:
    words = [piece.split(".")[-1].removeprefix("map-").split(":")[0] for piece in task.pieces]
    if mixture.rare_sources_only:
        rare = task.pieces[0].split(".")[-1].startswith(RARE_SOURCES)
    else:
        rare = any(word in RARE or word.startswith(RARE_STARTS) for word in [*words, task.kind.split("+")[0]])
    return rng.random() <= mixture.by_difficulty[task.difficulty] * (mixture.rare if rare else 1.0)


def value_spans(completion: str) -> Iterator[tuple[int, int]]:
    """Where the scratch work and the expected values stand in a completion."""
    position = 0
    for line in completion.splitlines(keepends=True):
        if line.startswith("# "):
            arrow = line.find(" -> ")
            yield position + arrow, position + len(line)
        elif line.startswith("assert "):
            yield position + line.rfind(" == ") + 4, position + len(line)
        position += len(line)


def make_shard(tokenizer: Tokenizer, form: str, shard: int, count: int, folder: Path) -> Path:
    """Tokenise `count` documents that fit a row and save them; also keeps the solutions for the novelty measure."""
    source, pairs, codes = documents(form, shard), [], []
    for _ in range(count):
        prompt, completion, code = next(source)
        pairs.append((prompt, completion))
        codes.append(code)
    encoded = tokenizer.encode_batch([prompt + completion for prompt, completion in pairs])
    tokens, weights, lengths = [], [], []
    for (prompt, completion), encoding in zip(pairs, encoded, strict=True):
        if len(encoding.ids) > ROW:
            continue
        tokens.append(np.array(encoding.ids, np.uint16))
        weights.append(_weights(prompt, completion, encoding.offsets, mixture_of(form, shard).weights))
        lengths.append(len(encoding.ids))
    path = folder / f"{form}-{shard:04d}.npz"
    np.savez(
        folder / f".{form}-{shard:04d}.npz",
        tokens=np.concatenate(tokens),
        weights=np.concatenate(weights),
        lengths=np.array(lengths, np.int32),
    )
    (folder / f"{form}-{shard:04d}.txt").write_text("\x00".join(p + "\x01" + c for p, c in pairs))
    (folder / f".{form}-{shard:04d}.npz").rename(path)
    return path


def _weights(prompt: str, completion: str, offsets: list[tuple[int, int]], by_kind: tuple[int, int, int]) -> np.ndarray:
    words, code, value = by_kind
    weights: np.ndarray = np.full(len(offsets), code, np.uint8)
    starts = np.array([start for start, _ in offsets]) - len(prompt)
    ends = np.array([end for _, end in offsets]) - len(prompt)
    weights[starts < completion.find("\n## Solution")] = words
    for begin, end in value_spans(completion):
        weights[(ends > begin) & (starts < end)] = value
    weights[starts < 0] = 0
    return weights


def main() -> None:
    """Train the tokenizer (`--tokenizer`) or write shards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokenizer", action="store_true")
    parser.add_argument("--form", choices=("code", "chat"), default="code")
    parser.add_argument("--shard", type=int, nargs="+", default=[])
    parser.add_argument("--documents", type=int, default=20000)
    options = parser.parse_args()
    SCRATCH.mkdir(parents=True, exist_ok=True)
    if options.tokenizer:
        texts = [
            p + c for form in ("code", "chat") for (p, c, _), _ in zip(documents(form, 999), range(12000), strict=False)
        ]
        save_tokenizer(train_tokenizer(texts), SCRATCH / "tokenizer")
    for shard in options.shard:
        tokenizer = Tokenizer.from_file(str(SCRATCH / "tokenizer" / "tokenizer.json"))
        make_shard(tokenizer, options.form, shard, options.documents, SCRATCH)


if __name__ == "__main__":
    main()

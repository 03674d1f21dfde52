"""Where micro-lua's training begins: the micro-writer, with more tokens for what questions and Lua say again and again.

The writer's tokens cut Lua small, and the recipes' questions are long: without these a question and its answer would
not fit a row. `python -m scripts.micro.lua_start` writes build/micro/lua-start.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from tokenizers import AddedToken, Tokenizer

from codefactory.training.micro_network import Network, Shape, load_network, save_network
from scripts.micro import render
from scripts.micro.lua_corpus import START, documents, drawn
from scripts.micro.render import ASSISTANT, END, USER

WRITER = Path("codefactory/models/micro-writer")
TOKENS, MERGES, SEEN = 128, 600, 1500
BARRIER, SHIFT = 1 << 15, 20  # a number that no token has, between two documents; a pair is one number of two
VALUES = ("true}", "false}", '"answer": -')  # what a case expects is never part of a longer token


def phrases(tokenizer: Tokenizer) -> list[str]:
    """The phrases that save most tokens, none of which stands in a statement or in Python code.

    Pairs of neighbours are merged, the most frequent first, over the borders that the writer's tokens keep to.
    """
    texts = [p + c for (p, c), _ in zip(documents(999), range(SEEN), strict=False)]
    seen = [one.record for one, _ in zip(drawn(random.Random("lua-known")), range(SEEN), strict=False)]
    known = "\n".join(f"{one.problem.statement} {one.solution.code}" for one in seen)
    text, flat = merged(tokenizer, texts)
    first = tokenizer.get_vocab_size()
    used = zip(*np.unique(flat, return_counts=True), strict=True)
    saved = Counter({n: int(c) * len(tokenizer.encode(text[n]).ids) for n, c in used if n >= first and n != BARRIER})
    ends = [text[n] for n, _ in saved.most_common()]
    whole = [one for one in ends if one.endswith("\nlocal function") or not (one[-1].isalnum() or one[-1] == "_")]
    new = [one for one in whole if one not in known and not any(value in one for value in VALUES)]
    return list(dict.fromkeys(new))[:TOKENS]


def merged(tokenizer: Tokenizer, texts: list[str]) -> tuple[dict[int, str], np.ndarray]:
    """The text of every token, old and new, and the documents in them, one after the other."""
    text = {number: tokenizer.decode([number]) for number in range(tokenizer.get_vocab_size())}
    closed = {n for n, shown in text.items() if not shown.isascii() or any(c.isdigit() for c in shown)}
    closed |= {BARRIER, *(tokenizer.token_to_id(special) or 0 for special in (USER, ASSISTANT, END))}
    flat = np.array([n for e in tokenizer.encode_batch(texts) for n in (*e.ids, BARRIER)], np.int64)
    for _ in range(MERGES):
        free = ~np.isin(flat, list(closed))
        joint = np.where(free[:-1] & free[1:], flat[:-1] << SHIFT | flat[1:], -1)
        pairs, counts = np.unique(joint[joint >= 0], return_counts=True)
        best = int(pairs[counts.argmax()])
        left, right, new = best >> SHIFT, best & ((1 << SHIFT) - 1), max(text) + 1
        text[new] = text[left] + text[right]
        places = np.flatnonzero(joint == best)
        if left == right:
            places = places[np.concatenate(([True], np.diff(places) > 1))]
        flat[places] = new
        flat = np.delete(flat, places + 1)
    return text, flat


def make_start(folder: Path) -> None:
    """The writer with a token for each phrase, which begins as the mean of the tokens that it stands for."""
    tokenizer = Tokenizer.from_file(str(WRITER / "tokenizer.json"))
    found = phrases(tokenizer)
    old = load_network(WRITER)
    pieces = [tokenizer.encode(phrase).ids for phrase in found]
    tokenizer.add_tokens([AddedToken(phrase, normalized=False, special=False) for phrase in found])
    network = Network(Shape(vocabulary=tokenizer.get_vocab_size()))
    state = old.state_dict()
    means = torch.stack([state["embedding"][ids].float().mean(0) for ids in pieces]).to(state["embedding"].dtype)
    network.load_state_dict(state | {"embedding": torch.cat((state["embedding"], means))})
    save_network(network, WRITER, folder, tokenizer.token_to_id(END) or 0, tokenizer.token_to_id(render.PAD) or 0)
    tokenizer.save(str(folder / "tokenizer.json"))
    print(f"{folder}: {len(found)} more tokens")


if __name__ == "__main__":
    make_start(START)

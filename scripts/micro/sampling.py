"""Samples from a Network for evaluation on the way: batched, with a key/value cache, finished rows dropped."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from codefactory.training.micro_network import Layer, Network, _norm, _rotate


def generate(
    network: Network,
    tokenizer: Tokenizer,
    prompts: list[str],
    temperature: float,
    seed: int,
    most: int = 256,
    batch: int = 128,
) -> list[str]:
    """One continuation a prompt, up to the end token or `most` tokens."""
    torch.set_num_threads(1)  # a token's operations are too small to share, and the machine is busy training
    texts: list[str] = []
    generator = torch.Generator().manual_seed(seed)
    end = tokenizer.token_to_id("<|end|>")
    for at in range(0, len(prompts), batch):
        ids = [encoding.ids for encoding in tokenizer.encode_batch(prompts[at : at + batch])]
        for row in _rows(network, ids, temperature, generator, end, most):
            texts.append(tokenizer.decode(row, skip_special_tokens=False))
    return texts


@torch.inference_mode()  # type: ignore[untyped-decorator]
def _rows(
    network: Network, prompts: list[list[int]], temperature: float, generator: torch.Generator, end: int, most: int
) -> list[list[int]]:
    longest = max(map(len, prompts))
    tokens = torch.tensor([[0] * (longest - len(p)) + p for p in prompts])
    offset = torch.tensor([longest - len(p) for p in prompts])
    caches: list[tuple[Tensor, Tensor] | None] = [None] * len(network.layers)
    alive = list(range(len(prompts)))
    out: list[list[int]] = [[] for _ in prompts]
    at = 0
    for _ in range(most):
        length = tokens.shape[1]
        places = torch.arange(at, at + length)
        hidden = functional.embedding(tokens, network.embedding)
        visible = (torch.arange(at + length)[None, None, :] <= places[None, :, None]) & (
            torch.arange(at + length)[None, None, :] >= offset[:, None, None]
        )
        mask = torch.where(visible, 0.0, -1e30)[:, None]
        cosine, sine = _angles(network, (places[None] - offset[:, None]).clamp(min=0), hidden.dtype)
        for number, layer in enumerate(network.layers):
            hidden, caches[number] = _layer(layer, hidden, cosine, sine, mask, caches[number])
        scores = functional.linear(_norm(hidden[:, -1], network.norm), network.embedding).float()
        chosen = torch.multinomial(torch.softmax(scores / temperature, -1), 1, generator=generator)[:, 0]
        at += length
        for row, token in zip(alive, chosen.tolist(), strict=True):
            if token != end:
                out[row].append(token)
        keep = chosen != end
        if not bool(keep.all()):
            alive = [row for row, flag in zip(alive, keep.tolist(), strict=True) if flag]
            caches = [(c[0][keep], c[1][keep]) for c in caches if c is not None]
            chosen, offset = chosen[keep], offset[keep]
        if not alive:
            break
        tokens = chosen[:, None]
    return out


def _angles(network: Network, positions: Tensor, kind: torch.dtype) -> tuple[Tensor, Tensor]:
    half = network.shape.width // network.shape.heads // 2
    rates = network.shape.theta ** (-torch.arange(half).float() / half)
    angles = positions[:, None, :, None].float() * rates
    angles = torch.cat((angles, angles), -1)
    return angles.cos().to(kind), angles.sin().to(kind)


def _layer(
    layer: Layer, hidden: Tensor, cosine: Tensor, sine: Tensor, mask: Tensor, cache: tuple[Tensor, Tensor] | None
) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    rows, length, width = hidden.shape
    normed = _norm(hidden, layer.input_layernorm)
    query, key, value = (
        functional.linear(normed, w).view(rows, length, layer.heads, -1).transpose(1, 2)
        for w in (layer.q, layer.k, layer.v)
    )
    query, key = _rotate(query, cosine, sine), _rotate(key, cosine, sine)
    if cache is not None:
        key, value = torch.cat((cache[0], key), 2), torch.cat((cache[1], value), 2)
    scores = (query @ key.transpose(-1, -2)).float() * query.shape[-1] ** -0.5 + mask
    attended = (torch.softmax(scores, -1).to(value.dtype) @ value).transpose(1, 2).reshape(rows, length, width)
    hidden = hidden + functional.linear(attended, layer.o)
    normed = _norm(hidden, layer.post_attention_layernorm)
    inner = functional.silu(functional.linear(normed, layer.gate)) * functional.linear(normed, layer.up)
    return hidden + functional.linear(inner, layer.down), (key, value)

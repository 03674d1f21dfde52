"""The micro models' network: the Llama shape in plain tensor operations, kept in Hugging Face directories.

Explicit attention (matmul and a masked softmax) compiles to about twice the speed of scaled_dot_product_attention on a
CPU, and packed rows need a block-diagonal mask anyway: attention stays inside a document, positions restart with it.
Weights carry the names transformers gives them, so a directory written here loads as `LlamaForCausalLM`.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja")


@dataclass(frozen=True)
class Shape:
    """Sizes of the network; the defaults are those of the models that ship with the package (3.0M parameters)."""

    vocabulary: int = 2048
    width: int = 192
    layers: int = 6
    heads: int = 4
    inner: int = 512
    context: int = 512
    theta: float = 10000.0

    @classmethod
    def read(cls, folder: Path) -> Shape:
        """The shape of a saved model. Raises ValueError where this network cannot stand in for it."""
        config = json.loads((folder / "config.json").read_text())
        grouped = config.get("num_key_value_heads", config["num_attention_heads"]) != config["num_attention_heads"]
        if config.get("model_type") != "llama" or grouped or not config.get("tie_word_embeddings"):
            raise ValueError(f"{folder} is not a tied Llama without grouped heads; train it as `sft`")
        rope = config.get("rope_parameters") or {}
        return cls(
            vocabulary=config["vocab_size"],
            width=config["hidden_size"],
            layers=config["num_hidden_layers"],
            heads=config["num_attention_heads"],
            inner=config["intermediate_size"],
            context=config["max_position_embeddings"],
            theta=rope.get("rope_theta", config.get("rope_theta", 10000.0)),
        )

    def config(self, end_id: int, pad_id: int) -> dict[str, object]:
        """The same shape as the `config.json` of a transformers LlamaForCausalLM."""
        return {
            "architectures": ["LlamaForCausalLM"], "model_type": "llama", "vocab_size": self.vocabulary,
            "hidden_size": self.width, "intermediate_size": self.inner, "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads, "num_key_value_heads": self.heads, "head_dim": self.width // self.heads,
            "max_position_embeddings": self.context, "hidden_act": "silu", "rms_norm_eps": 1e-6,
            "rope_theta": self.theta, "rope_parameters": {"rope_theta": self.theta, "rope_type": "default"},
            "attention_bias": False, "mlp_bias": False, "tie_word_embeddings": True, "initializer_range": 0.02,
            "pad_token_id": pad_id, "eos_token_id": end_id, "bos_token_id": None, "dtype": "bfloat16",
        }  # fmt: skip


class Layer(nn.Module):  # type: ignore[misc]  # torch is not followed by mypy here
    """One attention block and one SwiGLU block, each before a residual sum."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, inner = shape.width, shape.inner
        self.heads = shape.heads
        self.input_layernorm = nn.Parameter(torch.ones(width))
        self.post_attention_layernorm = nn.Parameter(torch.ones(width))
        self.q, self.k, self.v, self.o = (nn.Parameter(torch.randn(width, width) * width**-0.5) for _ in range(4))
        self.gate, self.up = (nn.Parameter(torch.randn(inner, width) * width**-0.5) for _ in range(2))
        self.down = nn.Parameter(torch.randn(width, inner) * (2 * shape.layers * inner) ** -0.5)
        self.o.data *= (2 * shape.layers) ** -0.5

    def forward(self, hidden: Tensor, cosine: Tensor, sine: Tensor, mask: Tensor) -> Tensor:
        """Hidden states (rows, length, width) to hidden states; the mask is added to the scores."""
        rows, length, width = hidden.shape
        normed = _norm(hidden, self.input_layernorm)
        mixed = functional.linear(normed, torch.cat((self.q, self.k, self.v)))
        query, key, value = mixed.view(rows, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        query, key = _rotate(query, cosine, sine), _rotate(key, cosine, sine)
        scores = (query @ key.transpose(-1, -2)).float() * query.shape[-1] ** -0.5 + mask
        attended = torch.softmax(scores, -1).to(value.dtype) @ value
        hidden = hidden + functional.linear(attended.transpose(1, 2).reshape(rows, length, width), self.o)
        normed = _norm(hidden, self.post_attention_layernorm)
        gate, up = functional.linear(normed, torch.cat((self.gate, self.up))).chunk(2, -1)
        return hidden + functional.linear(functional.silu(gate) * up, self.down)


class Network(nn.Module):  # type: ignore[misc]
    """Tokens (rows x length) with their layout to the loss or the logits."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Parameter(torch.randn(shape.vocabulary, shape.width) * 0.02)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.Parameter(torch.ones(shape.width))

    def prepare(self, tokens: Tensor, positions: Tensor, documents: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Embedded tokens, cosines, sines and additive mask of packed rows: made once, outside of what is compiled.

        Left inside, the compiler would fold the last three into every layer and pay for them again each time, and
        would add up the embedding's gradient in an order that changes from run to run.
        """
        half = self.shape.width // self.shape.heads // 2
        rates = self.shape.theta ** (-torch.arange(half, device=positions.device).float() / half)
        angles = positions[:, None, :, None].float() * rates
        angles = torch.cat((angles, angles), -1)
        length = positions.shape[1]
        before = torch.ones(length, length, dtype=torch.bool, device=positions.device).tril()
        visible = (documents[:, :, None] == documents[:, None, :]) & before
        hidden = functional.embedding(tokens, self.embedding)
        cosine, sine = angles.cos().to(hidden.dtype), angles.sin().to(hidden.dtype)
        return hidden, cosine, sine, torch.where(visible, 0.0, -1e30)[:, None]

    def logits(self, hidden: Tensor, cosine: Tensor, sine: Tensor, mask: Tensor) -> Tensor:
        """Scores of the next token (rows, length, vocabulary) for rows made by `prepare`."""
        for layer in self.layers:
            hidden = layer(hidden, cosine, sine, mask)
        return functional.linear(_norm(hidden, self.norm), self.embedding)

    def forward(
        self, hidden: Tensor, cosine: Tensor, sine: Tensor, mask: Tensor, targets: Tensor, weights: Tensor
    ) -> Tensor:
        """The weighted mean loss over all targets of weight above zero."""
        scores = self.logits(hidden, cosine, sine, mask).float().flatten(0, 1)
        losses = functional.cross_entropy(scores, targets.flatten(), reduction="none")
        return (losses * weights.flatten()).sum() / weights.sum().clamp(min=1.0)


def _norm(hidden: Tensor, weight: Tensor) -> Tensor:
    wide = hidden.float()
    scaled = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + 1e-6)
    return weight * scaled.to(hidden.dtype)


def _rotate(states: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    first, second = states.chunk(2, -1)
    return states * cosine + torch.cat((-second, first), -1) * sine


def _outside_name(name: str) -> str:
    parts = name.split(".")
    if parts[0] == "layers":
        block = "" if "norm" in parts[2] else "self_attn." if parts[2] in "qkvo" else "mlp."
        place = block + parts[2] + ("_proj" if block else "")
        return f"model.layers.{parts[1]}.{place}.weight"
    return {"embedding": "model.embed_tokens.weight", "norm": "model.norm.weight"}[name]


def load_network(folder: Path) -> Network:
    """A saved model as a Network with float32 weights."""
    from safetensors.torch import load_file

    network = Network(Shape.read(folder))
    stored = load_file(folder / "model.safetensors")
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(stored[_outside_name(name)].float())
    return network


def save_network(network: Network, tokenizer_folder: Path, out: Path, end_id: int, pad_id: int) -> None:
    """Write a Hugging Face directory in bfloat16, replacing an older one in one step."""
    from safetensors.torch import save_file

    fresh = out.with_name(f".{out.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    half = {name: p.detach().to(torch.bfloat16).contiguous() for name, p in network.named_parameters()}
    weights = {_outside_name(name): value for name, value in half.items()}
    save_file(weights, fresh / "model.safetensors", metadata={"format": "pt"})
    (fresh / "config.json").write_text(json.dumps(network.shape.config(end_id, pad_id), indent=2) + "\n")
    generation = {"eos_token_id": end_id, "pad_token_id": pad_id, "do_sample": True, "temperature": 0.8}
    (fresh / "generation_config.json").write_text(json.dumps(generation, indent=2) + "\n")
    for name in TOKENIZER_FILES:
        if (tokenizer_folder / name).exists():
            shutil.copyfile(tokenizer_folder / name, fresh / name)
    out.mkdir(parents=True, exist_ok=True)
    for path in fresh.iterdir():
        path.chmod(0o644)
        path.replace(out / path.name)
    fresh.rmdir()

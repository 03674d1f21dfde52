"""A forward pass for Llama-shaped weights that wastes nothing on a CPU, and gives each row the same bits in any batch.

Why not `transformers.generate`: for a model of a few million parameters its bookkeeping and padded caches cost more
than the mathematics.

*Layout.* Token t of a row lives in slot t of its cache, with no left padding, and a cohort reads `width` slots: its
longest row, rounded up. Empty slots are masked with -inf; their values are zeros, since garbage could be NaN and
NaN x 0 is NaN.

*Exactness.* A row of a matrix product does not depend on the other rows as long as the same kernel runs. MKL
changes kernels only below a dozen rows, so a step is padded to `MIN_ROWS`; trailing masked slots add exact zeros to
every sum. `tests/llm/test_local.py` compares logits across batches bit for bit. A GPU promises nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

WIDTH = 16  # slots are read in multiples of this, so that vector kernels see whole blocks
MIN_ROWS = 16


class Layer:
    """The weights of one block, with the projections of one input fused into one matrix."""

    def __init__(self, block: Any, scale: float, heads: int) -> None:
        import torch

        attention, mlp = block.self_attn, block.mlp
        # The 1/sqrt(head size) goes into the query weights: exact where it is a power of two.
        query = attention.q_proj.weight.detach() * scale
        self.qkv = torch.cat([query, attention.k_proj.weight.detach(), attention.v_proj.weight.detach()])
        self.out = attention.o_proj.weight.detach()
        self.gate_up = torch.cat([mlp.gate_proj.weight.detach(), mlp.up_proj.weight.detach()])
        self.down = mlp.down_proj.weight.detach()
        self.norm_in = block.input_layernorm.weight.detach()
        self.norm_mid = block.post_attention_layernorm.weight.detach()


class Slots:
    """Keys and values of a cohort: one tensor (rows, kv heads, slots, head size) a layer, each."""

    def __init__(self, keys: list[Any], values: list[Any], lengths: Any) -> None:
        self.keys = keys
        self.values = values
        self.lengths = lengths
        self._index(lengths)

    def keep(self, rows: list[int]) -> None:
        """Keep these rows, in this order; where rows only leave, nothing but the gaps is written."""
        import torch

        moved = [(to, came) for to, came in enumerate(rows) if to != came]
        if all(came >= len(rows) for _, came in moved):
            if moved:
                to, came = torch.tensor(moved, device=self.lengths.device).unbind(-1)
                for slots in (*self.keys, *self.values):
                    slots[to, :, : self.longest] = slots[came, :, : self.longest]
            self.keys = [keys[: len(rows)] for keys in self.keys]
            self.values = [values[: len(rows)] for values in self.values]
        else:
            chosen = torch.tensor(rows, device=self.lengths.device)
            self.keys = [keys[chosen] for keys in self.keys]
            self.values = [values[chosen] for values in self.values]
        self._index(self.lengths[rows])

    def open(self) -> None:
        """Make the next slot of every row writable and visible: call once a step, before `attend`."""
        import torch

        self.lengths = self.lengths + 1
        self.longest += 1
        self.width = -(-self.longest // WIDTH) * WIDTH
        if self.width > self.keys[0].shape[2]:
            more = self.keys[0].shape[2]  # doubling: copies are rare
            self.keys = [_wider(keys, more) for keys in self.keys]
            self.values = [_wider(values, more) for values in self.values]
        slots = torch.arange(self.width, device=self.lengths.device)
        hidden = slots[None, :] >= self.lengths[:, None]
        mask = torch.zeros(hidden.shape, device=hidden.device, dtype=self.keys[0].dtype)
        self.mask = mask.masked_fill_(hidden, float("-inf"))[:, None, None, :]

    def attend(self, layer: int, query: Any, key: Any, value: Any) -> Any:
        """Store this step's key and value, and mix the values: (rows, heads, size) -> (rows, width)."""
        import torch

        keys, values = self.keys[layer], self.values[layer]
        at = self.lengths - 1
        keys[self.rows, :, at] = key
        values[self.rows, :, at] = value
        mixed = torch.nn.functional.scaled_dot_product_attention(
            query[:, :, None],
            keys[:, :, : self.width],
            values[:, :, : self.width],
            attn_mask=self.mask,
            scale=1.0,
            enable_gqa=query.shape[1] != keys.shape[1],
        )
        return mixed.view(len(keys), -1)

    def _index(self, lengths: Any) -> None:
        import torch

        self.lengths = lengths
        self.longest = int(lengths.max())
        self.rows = torch.arange(len(lengths), device=lengths.device)


class LlamaEngine:
    """The engine for `LlamaForCausalLM` without biases (`fits` says whether a model is one).

    Args:
        model: the transformers model; its weights are shared or copied, its code is not used.
        rows: sequences decoded together.
    """

    cohorts = 8

    def __init__(self, model: Any, rows: int) -> None:
        import torch

        config = model.config
        self.rows = rows
        self._heads = config.num_attention_heads
        self._kv_heads = config.num_key_value_heads
        self._size = getattr(config, "head_dim", None) or config.hidden_size // self._heads
        self._epsilon = config.rms_norm_eps
        self._layers = [Layer(block, self._size**-0.5, self._heads) for block in model.model.layers]
        self._embedding = model.model.embed_tokens.weight.detach()
        self._norm = model.model.norm.weight.detach()
        self._head = model.lm_head.weight.detach()
        self.device = self._embedding.device
        rotary = model.model.rotary_emb
        positions = torch.arange(config.max_position_embeddings, device=self.device)[None]
        cos, sin = rotary(self._embedding[:1], positions)
        self._cos, self._sin = cos[0, :, None], sin[0, :, None]

    @staticmethod
    def fits(model: Any) -> bool:
        """Whether this forward pass is right for the model."""
        config = model.config
        rope = getattr(config, "rope_parameters", None) or getattr(config, "rope_scaling", None) or {}
        return (
            type(model).__name__ == "LlamaForCausalLM"
            and rope.get("rope_type", "default") in ("default", "linear", "llama3")
            and config.hidden_act == "silu"
            and not getattr(config, "attention_bias", False)
            and not getattr(config, "mlp_bias", False)
        )

    def prefill(self, prompts: Sequence[list[int]]) -> tuple[Slots, Any]:
        """A cohort's cache, and the logits after each prompt. Prompts are padded on the right, where no token looks."""
        import torch

        count = len(prompts)
        width = -(-max(len(prompt) for prompt in prompts) // WIDTH) * WIDTH
        ids = torch.tensor([prompt + [0] * (width - len(prompt)) for prompt in prompts], device=self.device)
        lengths = torch.tensor([len(prompt) for prompt in prompts], device=self.device)
        cos, sin = self._cos[:width].repeat(count, 1, 1), self._sin[:width].repeat(count, 1, 1)
        keys, values = [], []

        def attend(query: Any, key: Any, value: Any) -> Any:
            query, key, value = (
                part.view(count, width, -1, self._size).transpose(1, 2) for part in (query, key, value)
            )
            keys.append(_wider(key, width))
            values.append(_wider(value, width))
            grouped = self._heads != self._kv_heads
            mixed = torch.nn.functional.scaled_dot_product_attention(
                query, key, value, is_causal=True, scale=1.0, enable_gqa=grouped
            )
            return mixed.transpose(1, 2).reshape(count * width, -1)

        hidden = self._blocks(self._embedding[ids.view(-1)], cos, sin, lambda layer, *parts: attend(*parts))
        last = hidden.view(count, width, -1)[torch.arange(count, device=self.device), lengths - 1]
        return Slots(keys, values, lengths), self._logits(last)

    def step(self, caches: Sequence[Slots], tokens: list[int]) -> Any:
        """The logits after one more token for every row of every cohort."""
        import torch

        extra = max(MIN_ROWS - len(tokens), -len(tokens) % 4)
        for cache in caches:
            cache.open()
        ids = torch.tensor(tokens + [0] * extra, device=self.device)
        none = torch.zeros(extra, dtype=torch.long, device=self.device)
        positions = torch.cat([*(cache.lengths - 1 for cache in caches), none])
        edges = [0]
        for cache in caches:
            edges.append(edges[-1] + len(cache.rows))
        padding = self._embedding.new_zeros(extra, self._heads * self._size)

        def attend(layer: int, query: Any, key: Any, value: Any) -> Any:
            parts = [
                cache.attend(layer, query[start:end], key[start:end], value[start:end])
                for cache, start, end in zip(caches, edges, edges[1:], strict=False)
            ]
            return torch.cat([*parts, padding])

        hidden = self._blocks(self._embedding[ids], self._cos[positions], self._sin[positions], attend)
        return self._logits(hidden)[: len(tokens)]

    def merge(self, first: Slots, second: Slots) -> Slots:
        """One cache with the rows of both."""
        import torch

        room = max(first.keys[0].shape[2], second.keys[0].shape[2])

        def join(one: Any, other: Any) -> Any:
            return torch.cat([_wider(one, room - one.shape[2]), _wider(other, room - other.shape[2])])

        keys = [join(*pair) for pair in zip(first.keys, second.keys, strict=True)]
        values = [join(*pair) for pair in zip(first.values, second.values, strict=True)]
        return Slots(keys, values, torch.cat([first.lengths, second.lengths]))

    def _blocks(self, hidden: Any, cos: Any, sin: Any, attend: Any) -> Any:
        """All layers over rows of hidden states (rows, width); `attend` mixes over time and is the caller's."""
        from torch.nn.functional import linear, rms_norm, silu

        shape = (hidden.shape[-1],)
        rotated_heads = self._heads + self._kv_heads
        for index, layer in enumerate(self._layers):
            parts = linear(rms_norm(hidden, shape, layer.norm_in, self._epsilon), layer.qkv)
            parts = parts.view(len(hidden), -1, self._size)
            turned = _rotate(parts[:, :rotated_heads], cos, sin)
            mixed = attend(index, turned[:, : self._heads], turned[:, self._heads :], parts[:, rotated_heads:])
            hidden = hidden + linear(mixed, layer.out)
            gate, up = linear(rms_norm(hidden, shape, layer.norm_mid, self._epsilon), layer.gate_up).chunk(2, -1)
            hidden = hidden + linear(silu(gate).mul_(up), layer.down)
        return hidden

    def _logits(self, hidden: Any) -> Any:
        from torch.nn.functional import linear, pad, rms_norm

        short = max(0, MIN_ROWS - len(hidden))
        normed = rms_norm(hidden, (hidden.shape[-1],), self._norm, self._epsilon)
        return linear(pad(normed, (0, 0, 0, short)), self._head)[: len(hidden)].float()


def _rotate(heads: Any, cos: Any, sin: Any) -> Any:
    """Rotary positions (Su et al. 2021, arXiv 2104.09864), halves side by side as in the Hugging Face weights."""
    import torch

    left, right = heads.chunk(2, -1)
    return heads * cos + torch.cat([-right, left], -1) * sin


def _wider(slots: Any, more: int) -> Any:
    """The same cache with `more` empty slots."""
    from torch.nn.functional import pad

    return pad(slots, (0, 0, 0, more)) if more else slots.contiguous()

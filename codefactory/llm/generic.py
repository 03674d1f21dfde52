"""The engine for any causal language model that transformers can run: its own forward pass, our decoding loop.

Prompts are padded on the left, and every cohort is one call of the model. Logits carry float noise from the batch's
shape (see `codefactory.llm.decoding`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class PaddedCache:
    """A transformers cache with the mask and the positions that belong to it."""

    def __init__(self, cache: Any, mask: Any) -> None:
        self.cache = cache
        self.mask = mask

    def keep(self, rows: list[int]) -> None:
        """Keep these rows, in this order."""
        import torch

        chosen = torch.tensor(rows, device=self.mask.device)
        self.cache.batch_select_indices(chosen)
        self.mask = self.mask[chosen]


class GenericEngine:
    """Any causal language model of transformers.

    Args:
        rows: sequences decoded together.
    """

    cohorts = 4  # each costs a pass over all weights, so few; more than one, so that waiting requests can join

    def __init__(self, model: Any, rows: int) -> None:
        self.rows = rows
        self._model = model
        self.device = model.device

    def prefill(self, prompts: Sequence[list[int]]) -> tuple[PaddedCache, Any]:
        """A cohort's cache, and the logits after each prompt."""
        import torch
        from transformers import DynamicCache

        width = max(len(prompt) for prompt in prompts)
        ids = torch.tensor([[0] * (width - len(prompt)) + prompt for prompt in prompts], device=self.device)
        mask = torch.tensor([[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts], device=self.device)
        cache = PaddedCache(DynamicCache(config=self._model.config), mask)
        return cache, self._forward(cache, ids, (mask.cumsum(-1) - 1).clamp(min=0))

    def step(self, caches: Sequence[PaddedCache], tokens: list[int]) -> Any:
        """The logits after one more token for every row of every cohort."""
        import torch

        logits, start = [], 0
        for cache in caches:
            count = len(cache.mask)
            ids = torch.tensor(tokens[start : start + count], device=self.device)[:, None]
            positions = cache.mask.sum(-1, keepdim=True)
            cache.mask = torch.cat([cache.mask, torch.ones_like(positions)], -1)
            logits.append(self._forward(cache, ids, positions))
            start += count
        return torch.cat(logits)

    def merge(self, first: PaddedCache, second: PaddedCache) -> None:
        """Not here: a cache's layout is the model's own affair."""

    def _forward(self, cache: PaddedCache, ids: Any, positions: Any) -> Any:
        out = self._model(
            input_ids=ids,
            attention_mask=cache.mask,
            position_ids=positions,
            past_key_values=cache.cache,
            use_cache=True,
            logits_to_keep=1,
        )
        return out.logits[:, -1].float()

"""Muon for many small matrices: momentum whose updates are made orthogonal, all matrices of one shape at once.

The method is Keller Jordan's (2024, https://kellerjordan.github.io/posts/muon); the constants and the scaling to
AdamW's root mean square are those of `torch.optim.Muon`. That one goes matrix by matrix: 42 matrices are 630 tiny
multiplications a step, and on a busy machine every one of them waits for the slower core. Stacked, they are 45.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

COEFFICIENTS = (3.4445, -4.775, 2.0315)
ITERATIONS = 5


class StackedMuon(torch.optim.Optimizer):  # type: ignore[misc]  # torch is not followed by mypy here
    """Nesterov momentum, orthogonalised in bfloat16; for matrices only."""

    def __init__(self, parameters: Iterable[Tensor], lr: float, momentum: float = 0.95) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def step(self) -> None:
        """One update of every matrix that has a gradient."""
        for group in self.param_groups:
            by_shape: dict[tuple[int, ...], list[Tensor]] = {}
            for parameter in group["params"]:
                by_shape.setdefault(tuple(parameter.shape), []).append(parameter)
            for shape, members in by_shape.items():
                self._update(members, group["momentum"], group["lr"] * 0.2 * max(shape) ** 0.5)

    def _update(self, members: list[Tensor], momentum: float, rate: float) -> None:
        directions = []
        for parameter in members:
            state = self.state[parameter]
            buffer = state.setdefault("momentum", torch.zeros_like(parameter))
            buffer.lerp_(parameter.grad, 1 - momentum)
            directions.append(parameter.grad.lerp(buffer, momentum))
        updates = orthogonal(torch.stack(directions))
        for parameter, update in zip(members, updates.to(members[0].dtype), strict=True):
            parameter.add_(update, alpha=-rate)


def orthogonal(matrices: Tensor) -> Tensor:
    """Matrices (count, rows, columns) with all singular values near one, by Newton-Schulz iteration."""
    a, b, c = COEFFICIENTS
    tall = matrices.shape[1] > matrices.shape[2]
    found = (matrices.transpose(1, 2) if tall else matrices).bfloat16()
    found = found / found.norm(dim=(1, 2), keepdim=True).clamp(min=1e-7)
    for _ in range(ITERATIONS):
        gram = found @ found.transpose(1, 2)
        found = torch.baddbmm(found, torch.baddbmm(gram, gram, gram, beta=b, alpha=c), found, beta=a)
    return found.transpose(1, 2) if tall else found

"""The README of a trained model: what it started from, what it saw, how it was trained, and what it was measured at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import yaml

from codefactory.config import TrainConfig
from codefactory.stats import Interval

PACKAGES = ("codefactory", "torch", "transformers", "trl", "peft")


@dataclass(frozen=True, slots=True)
class Score:
    """pass@k on a task set, as shares with the bounds of a 95 % interval."""

    tasks: str
    count: int
    k: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. `base` is the base's fingerprint, `data` says in words what the rows are."""

    name: str
    base: str
    data: str
    rows: int
    left_out: int
    objective: str
    seed: int
    loss: float
    config: TrainConfig
    licences: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()


def write_card(folder: Path, card: Card) -> None:
    """Write `README.md` into the model's folder; the model's fingerprint does not change with it."""
    (folder / "README.md").write_text(render(card), encoding="utf-8")


def render(card: Card) -> str:
    """The card as Markdown with the hub's front matter."""
    front = yaml.safe_dump(_front(card), sort_keys=False, allow_unicode=True)
    steps = f"{card.config.steps:,} steps of up to {card.config.tokens_per_step:,} tokens"
    left = f"; {card.left_out:,} more were too long and left out" if card.left_out else ""
    method = {"lora": "LoRA, merged", "full": "all weights", "micro": "all weights"}[card.config.method or "micro"]
    lines = [
        f"# {card.name}",
        f"Made with codefactory from `{card.base}` by {card.objective.upper()} ({method}).",
        "## Data",
        f"{card.data}: {card.rows:,} rows{left}. {_licences(card.licences)}",
        "## Training",
        f"{steps}, learning rate {card.config.learning_rate:g}, seed {card.seed}; final loss {card.loss:.4f} nats.",
        ", ".join(_versions()) + ".",
        "## Measured",
        _scores(card.scores),
    ]
    return f"---\n{front}---\n\n" + "\n\n".join(lines) + "\n"


def _front(card: Card) -> dict[str, Any]:
    tags = ["codefactory", "code", card.objective]
    return {"base_model": card.base.partition("@")[0], "library_name": "transformers", "tags": tags}


def _licences(licences: tuple[str, ...]) -> str:
    named = ", ".join(licences) or "not stated by the rows"
    return f"Licences of the rows: {named}."


def _versions() -> list[str]:
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return found


def _scores(scores: Sequence[Score]) -> str:
    if not scores:
        return "Not yet."
    rows = [
        f"| {score.tasks} | {score.count} | {score.k} | {100 * score.interval.value:.1f} | "
        f"{100 * score.interval.low:.1f} to {100 * score.interval.high:.1f} |"
        for score in scores
    ]
    return "\n".join(["| tasks | count | k | pass@k, % | 95 % interval |", "|---|---|---|---|---|", *rows])

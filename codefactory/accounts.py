"""What a run has spent and what came of it: counts that the pipeline keeps, and everybody else reads."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

from codefactory.config import BudgetConfig
from codefactory.types import Completion

MILLION = 1_000_000


@dataclass(slots=True)
class Spent:
    """Calls that were answered, and the tokens that servers reported for them."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def tokens(self) -> int:
        """Both ways."""
        return self.prompt_tokens + self.completion_tokens

    def add(self, completion: Completion) -> None:
        """Count one more answer."""
        self.calls += 1
        self.prompt_tokens += completion.prompt_tokens
        self.completion_tokens += completion.completion_tokens

    def cost(self, prices: BudgetConfig) -> float | None:
        """In the currency of the prices; None where there are none."""
        if prices.prompt_price is None or prices.completion_price is None:
            return None
        paid = self.prompt_tokens * prices.prompt_price + self.completion_tokens * prices.completion_price
        return paid / MILLION


@dataclass
class Progress:
    """What has happened so far; `paid` counts this session's work, drafts and what they came to include the looked-up.

    Attributes:
        known: drafts that earlier sessions had made.
        kept: drafts that the run file's policy keeps, before filters; `reasons` counts the others.
        spent: calls and tokens of this session.
        troubles: why calls were tried again.
        stopped: why the run ended before its last draft; "" where it did not.
    """

    planned: int
    drafts: int = 0
    known: int = 0
    executed: int = 0
    naive: int = 0
    kept: int = 0
    executions: int = 0
    spent: Spent = field(default_factory=Spent)
    faults: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    stopped: str = ""
    started: float = field(default_factory=time.monotonic)

    @property
    def elapsed_s(self) -> float:
        """Wall seconds of this session."""
        return max(time.monotonic() - self.started, 1e-6)

    @property
    def calls(self) -> int:
        """Model calls that this session really made."""
        return self.spent.calls

    @property
    def tokens(self) -> int:
        """Tokens that models wrote in this session."""
        return self.spent.completion_tokens

    @property
    def paid(self) -> int:
        """Model calls and executions that this session really made."""
        return self.calls + self.executions

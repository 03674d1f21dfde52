"""What a run may spend, and the flag that ends it early: no call is sent that could go over a limit.

A call *reserves* the most that it can cost before it is sent: its answer's `max_tokens`, and a token for each byte of
its prompt, since no byte-level tokenizer makes more. What the server then reports replaces the reservation. So the sum
of what servers report never goes over a limit, and at most one call's worst case is left unspent.

What a server bills and does not report (a call that was cut, or that was under way at a kill -9) is not seen here.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from codefactory.accounts import MILLION, Spent
from codefactory.config import BudgetConfig
from codefactory.errors import INTERRUPTED, StoppedError
from codefactory.types import Completion, Request

TEMPLATE_TOKENS = 64  # what a chat template adds around the words, at most
TURN_TOKENS = 16  # and around each turn
MEANINGS = {
    "max_tokens": "budget.max_tokens leaves no room for the most that one more call can take; raise it, and the same "
    "command goes on",
    "max_cost": "budget.max_cost leaves no room for the most that one more call can take; raise it, and the same "
    "command goes on",
    "max_time": "budget.max_time is over; run the same command to go on",
    "uncounted": "the server reports no token counts, so budget.max_tokens and budget.max_cost cannot be kept; "
    "limit the run by budget.max_time and seeds.count",
    INTERRUPTED: "what was in flight is in the ledger; run the same command to go on",
}


class Stop:
    """Set once, by whoever first asks; nothing new is paid for from then on, and what is in flight ends."""

    def __init__(self) -> None:
        self.reason = ""
        self._told: list[Callable[[], None]] = []

    def ask(self, reason: str) -> None:
        """End the run for this reason, a key of MEANINGS; a second reason changes nothing."""
        if not self.reason:
            self.reason = reason
            for tell in self._told:
                tell()

    def tell(self, listener: Callable[[], None]) -> None:
        """Call the listener when the run is asked to stop."""
        self._told.append(listener)

    def check(self) -> None:
        """Return while the run goes on.

        Raises:
            StoppedError: if it was asked to stop.
        """
        if self.reason:
            raise StoppedError(MEANINGS.get(self.reason, self.reason), self.reason)


@dataclass(slots=True)
class _Purse:
    """One limit: what a prompt token and a completion token take from it, and what is left."""

    reason: str
    left: float
    prompt: float
    completion: float

    def price(self, prompt_tokens: int, completion_tokens: int) -> float:
        return prompt_tokens * self.prompt + completion_tokens * self.completion


@dataclass(slots=True)
class Budget:
    """Admits calls in the order they came, while the most that they can cost is still there.

    Args:
        spent: what earlier sessions of the run paid; it is counted on.
    """

    limits: BudgetConfig
    spent: Spent
    stop: Stop
    _purses: list[_Purse] = field(init=False)
    _reserved: int = field(init=False, default=0)
    _waiting: deque[tuple[Request, asyncio.Future[None]]] = field(init=False, default_factory=deque)

    def __post_init__(self) -> None:
        self._purses = []
        if self.limits.max_tokens is not None:
            self._purses.append(_Purse("max_tokens", self.limits.max_tokens - self.spent.tokens, 1, 1))
        paid = self.spent.cost(self.limits)
        if self.limits.max_cost is not None and paid is not None:
            prices = (self.limits.prompt_price or 0) / MILLION, (self.limits.completion_price or 0) / MILLION
            self._purses.append(_Purse("max_cost", self.limits.max_cost - paid, *prices))
        self.stop.tell(self._wake)

    async def pay(self, request: Request, send: Callable[[Request], Awaitable[Completion]]) -> Completion:
        """Send a request when the budget can bear it, and count what it took.

        Raises:
            StoppedError: if it cannot, or the run is being stopped.
        """
        self.stop.check()
        if not self._purses:
            completion = await send(request)
            self.spent.add(completion)
            return completion
        await self._admit(request)
        try:
            completion = await send(request)
        except BaseException:
            self._settle(request, 0, 0)
            raise
        self.spent.add(completion)
        self._settle(request, completion.prompt_tokens, completion.completion_tokens)
        if completion.text and not completion.prompt_tokens + completion.completion_tokens:
            self.stop.ask("uncounted")
        return completion

    async def _admit(self, request: Request) -> None:
        if self._waiting or not self._take(request):
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((request, turn))
            self._wake()
            await turn
            self.stop.check()

    def _take(self, request: Request) -> bool:
        """Reserve the request's worst case, if every limit has room for it."""
        most = most_tokens(request)
        if any(purse.price(*most) > purse.left for purse in self._purses):
            return False
        for purse in self._purses:
            purse.left -= purse.price(*most)
        self._reserved += 1
        return True

    def _settle(self, request: Request, prompt_tokens: int, completion_tokens: int) -> None:
        most = most_tokens(request)
        for purse in self._purses:
            purse.left += purse.price(*most) - purse.price(prompt_tokens, completion_tokens)
        self._reserved -= 1
        self._wake()

    def _wake(self) -> None:
        """Let in whoever fits, first come first; where no reservation is left to wait for, the budget is spent."""
        while self._waiting:
            request, turn = self._waiting[0]
            if not (turn.done() or self.stop.reason or self._take(request)):
                if self._reserved:
                    return
                self.stop.ask(self._short_of(request))  # wakes everybody, to be told
                return
            self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)

    def _short_of(self, request: Request) -> str:
        most = most_tokens(request)
        return next(purse.reason for purse in self._purses if purse.price(*most) > purse.left)


def most_tokens(request: Request) -> tuple[int, int]:
    """The most prompt and completion tokens that a request can take."""
    words = sum(len(turn.content.encode()) + TURN_TOKENS for turn in request.messages) + len(request.prompt.encode())
    return words + TEMPLATE_TOKENS + len(request.schema.encode()), request.sampling.max_tokens

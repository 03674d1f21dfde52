"""How many calls to have in flight: up while they succeed, down by half when the server says it is too much.

Additive increase, multiplicative decrease (Chiu and Jain 1989), with TCP's slow start until the first refusal.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

START = 16


class Limiter:
    """Admits callers in the order they came, at most `limit` at a time; `limit` moves between 1 and `most`.

    Not thread-safe: one event loop owns it.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.limit = float(min(START, most))
        self.in_flight = 0
        self.lowered = 0
        self._starting = True
        self._waiting: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[int]:
        """Hold a slot for the length of the block, which is told how often the limit had been lowered by then."""
        await self._acquire()
        try:
            yield self.lowered
        finally:
            self.in_flight -= 1
            self._wake()

    def succeeded(self) -> None:
        """A call was answered: one slot more for each round of answers, for each answer during slow start."""
        self.limit = min(self.most, self.limit + (1 if self._starting else 1 / self.limit))
        self._wake()

    def refused(self, sent_at: int) -> None:
        """The server was too busy for a call: half the slots, unless they were lowered after it was sent.

        Refusals of calls that were out together are one piece of news, however slow the server (TCP's one halving a
        round trip); a clock in their place would be too long for a fast server and too short for a slow one.
        """
        if sent_at == self.lowered:
            self.lowered += 1
            self._starting = False
            self.limit = max(1.0, self.limit / 2)

    def close(self, error: Exception) -> None:
        """Fail everybody who waits; whoever holds a slot keeps it."""
        waiting, self._waiting = self._waiting, deque()
        for turn in waiting:
            if not turn.done():
                turn.set_exception(error)

    async def _acquire(self) -> None:
        if self.in_flight < int(self.limit) and not self._waiting:
            self.in_flight += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if (
                turn.done() and not turn.cancelled() and not turn.exception()
            ):  # the slot had been handed over: pass it on
                self.in_flight -= 1
                self._wake()
            raise

    def _wake(self) -> None:
        while self._waiting and self.in_flight < int(self.limit):
            turn = self._waiting.popleft()
            if not turn.done():
                self.in_flight += 1
                turn.set_result(None)

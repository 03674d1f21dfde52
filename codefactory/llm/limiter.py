"""How many answers to have in flight: up while they succeed, down by half when the server says it is too much.

Additive increase, multiplicative decrease (Chiu and Jain 1989), with TCP's slow start until the first refusal.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sized
from contextlib import asynccontextmanager

START = 16


class Limiter:
    """Admits callers in the order they came, for at most `limit` answers; `limit` moves between 1 and `most`.

    A call for more answers than that has the server to itself. Not thread-safe: one event loop owns it.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.limit = float(min(START, most))
        self.in_flight = 0
        self.lowered = 0
        self._starting = True
        self._waiting: deque[tuple[Sized, asyncio.Future[int]]] = deque()

    @asynccontextmanager
    async def slot(self, answers: Sized = (None,)) -> AsyncIterator[int]:
        """Hold slots for the length of the block; it is told how often the limit had been lowered by then.

        Args:
            answers: holds as many slots as it is long when the block begins; it may grow until then.
        """
        held = await self._acquire(answers)
        self.in_flight += len(answers) - held  # who came since
        held = len(answers)
        try:
            yield self.lowered
        finally:
            self.in_flight -= held
            self._wake()

    def succeeded(self, answers: int = 1) -> None:
        """A call was answered: one slot more for each round of answers, for each answer during slow start."""
        self.limit = min(self.most, self.limit + (answers if self._starting else min(1, answers / self.limit)))
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
        for _, turn in waiting:
            if not turn.done():
                turn.set_exception(error)

    async def _acquire(self, answers: Sized) -> int:
        if not self._waiting and self._fits(answers):
            self.in_flight += len(answers)
            return len(answers)
        turn: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append((answers, turn))
        try:
            return await turn
        except asyncio.CancelledError:
            # The slots had been handed over: pass them on.
            if turn.done() and not turn.cancelled() and not turn.exception():
                self.in_flight -= turn.result()
                self._wake()
            raise

    def _fits(self, answers: Sized) -> bool:
        return not self.in_flight or self.in_flight + len(answers) <= int(self.limit)

    def _wake(self) -> None:
        while self._waiting and (self._waiting[0][1].done() or self._fits(self._waiting[0][0])):
            answers, turn = self._waiting.popleft()
            if not turn.done():
                self.in_flight += len(answers)
                turn.set_result(len(answers))

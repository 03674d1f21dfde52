"""Samples of one question, drawn in one call: the prompt is sent, read and billed once.

What is asked while a sibling waits for its turn at the server goes along with it. Whoever asks sees nothing of it: each
request has its own completion, and a cancelled one takes no other with it. Only samples with consecutive numbers share
a call, so that a server which draws the i-th answer with the call's seed plus i, as vLLM does, writes the same alone
and in company; a run that was killed between the two asks for what is missing, and gets it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from codefactory.types import Completion, Request


class Family:
    """Requests that differ by consecutive `sample` alone; it grows until it is closed."""

    def __init__(self, first: Request) -> None:
        self.requests = [first]
        self.turns: list[asyncio.Future[Completion]] = []
        self._closed = False

    def __len__(self) -> int:
        return len(self.requests)

    def close(self) -> tuple[Request, ...]:
        """What is to be drawn; nobody joins from now on."""
        self._closed = True
        return tuple(self.requests)

    def takes(self, request: Request, most: int) -> bool:
        """Have a request join, if it is the next sample and there is room."""
        fits = not self._closed and len(self) < most and request.sample == self.requests[-1].sample + 1
        if fits:
            self.requests.append(request)
        return fits

    def deliver(self, completions: Sequence[Completion]) -> None:
        """Give everybody who waits their completion; doing it again changes nothing."""
        for turn, completion in zip(self.turns, completions, strict=False):
            if not turn.done():
                turn.set_result(completion)


class Siblings:
    """Gathers requests by question, and has each family drawn together.

    Args:
        draw: answers a family's requests in their order; closes it when it asks the server, and may deliver early.
        most: members of a family; may be lowered at any time.
    """

    def __init__(self, draw: Callable[[Family], Awaitable[Sequence[Completion]]], most: int) -> None:
        self.most = most
        self._draw = draw
        self._youngest: dict[Request, tuple[Family, asyncio.Task[None]]] = {}

    async def complete(self, request: Request) -> Completion:
        """The completion of a request; raises what `draw` does."""
        question = replace(request, sample=0)
        family, drawing = self._youngest.get(question, (None, None))
        if family is None or drawing is None or not family.takes(request, self.most):
            family = Family(request)
            drawing = asyncio.create_task(self._answer(question, family))
            self._youngest[question] = family, drawing
        turn: asyncio.Future[Completion] = asyncio.get_running_loop().create_future()
        family.turns.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if all(one.cancelled() for one in family.turns):
                drawing.cancel()  # nobody waits any more
            raise

    async def _answer(self, question: Request, family: Family) -> None:
        try:
            family.deliver(await self._draw(family))
        except Exception as error:
            for turn in family.turns:
                if not turn.done():
                    turn.set_exception(error)
        finally:
            family.close()
            if self._youngest.get(question, (None, None))[0] is family:
                del self._youngest[question]

"""Samples of one question, drawn in one call: the prompt is sent, read and billed once.

What is asked while a sibling waits for its turn at the server goes along with it. Whoever asks sees nothing of it: each
request has its own completion, and a cancelled one takes no other with it. Only samples with consecutive numbers share
a call, so that a server which draws the i-th answer with the call's seed plus i, as vLLM does, writes the same alone
and in company; a run that was killed between the two asks for what is missing, and gets it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from codefactory.types import Completion, Request


def seed_of(request: Request) -> int:
    """The seed that is sent with a request: its question's, plus the sample's number.

    A server that draws the i-th of several answers with the call's seed plus i, as vLLM does, so writes for a sample
    what it would write for it alone.
    """
    return int(replace(request, sample=0).id[:7], 16) + request.sample


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request, and where its completion goes."""

    request: Request
    turn: asyncio.Future[Completion]


class Family:
    """Requests that differ by consecutive `sample` alone; it grows until it is closed."""

    def __init__(self, first: Wanted) -> None:
        self.wanted = [first]
        self._closed = False

    def __len__(self) -> int:
        return len(self.wanted)

    def takes(self, request: Request, most: int) -> bool:
        """Whether a request may join: it is the next sample, and there is room."""
        next_one = self.wanted[-1].request.sample + 1
        return not self._closed and len(self) < most and request.sample == next_one

    def close(self) -> tuple[Request, ...]:
        """What is to be drawn; nobody joins from now on."""
        self._closed = True
        return tuple(one.request for one in self.wanted)

    def apart(self) -> list[Family]:
        """Everybody who still waits, alone."""
        self.close()
        return [Family(one) for one in self.wanted if not one.turn.done()]

    def deliver(self, completions: Sequence[Completion]) -> None:
        """Give the first of the family their completions; who has cancelled gets none."""
        for one, completion in zip(self.wanted, completions, strict=False):
            if not one.turn.done():
                one.turn.set_result(completion)

    def fail(self, error: Exception) -> None:
        """Tell everybody who still waits why there is no completion."""
        for one in self.wanted:
            if not one.turn.done():
                one.turn.set_exception(error)


class Siblings:
    """Gathers requests by question, and has each family drawn.

    Args:
        draw: delivers to everybody in a family, or fails them; closes it when it asks the server.
        most: how many members a family may have, at this moment.
    """

    def __init__(self, draw: Callable[[Family], Awaitable[None]], most: Callable[[], int]) -> None:
        self._most = most
        self._draw = draw
        self._youngest: dict[Request, tuple[Family, asyncio.Task[None]]] = {}

    async def complete(self, request: Request) -> Completion:
        """The completion of a request; raises what `draw` fails it with."""
        question = replace(request, sample=0)
        wanted = Wanted(request, asyncio.get_running_loop().create_future())
        family, drawing = self._youngest.get(question, (None, None))
        if family is not None and drawing is not None and family.takes(request, self._most()):
            family.wanted.append(wanted)
        else:
            family = Family(wanted)
            drawing = asyncio.create_task(self._answer(question, family))
            self._youngest[question] = family, drawing
        try:
            return await wanted.turn
        except asyncio.CancelledError:
            if all(one.turn.done() for one in family.wanted):  # nobody waits any more
                family.close()
                drawing.cancel()
            raise

    async def _answer(self, question: Request, family: Family) -> None:
        try:
            await self._draw(family)
        except Exception as error:
            family.fail(error)
        finally:
            family.close()
            if self._youngest.get(question, (None, None))[0] is family:
                del self._youngest[question]
            for one in family.wanted:
                one.turn.cancel()  # nothing to one that is done

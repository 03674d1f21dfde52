"""How many samples of one question a server is asked for in one call: learnt, since what ignores `n` says nothing.

Until a call has brought samples that differ, one call at a time asks for two of them, as a trial, and who wants several
waits for its end. What ignores `n`, or draws every sample with the same seed, is never asked for more; a model that is
so sure that nothing can be told loses nothing but speed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from codefactory.types import Completion

TRIAL = 2  # answers
TRIALS = 3  # that bring the same twice, before each sample is a call for good


class Sharing:
    """What is known about a server.

    Args:
        most: answers that a call may ever ask for.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._trusted = False
        self._over = asyncio.Event()
        self._over.set()
        self._alike = self._failing = 0

    @property
    def trying(self) -> bool:
        """Whether a trial is out."""
        return not self._over.is_set()

    async def settled(self) -> None:
        """Wait while a trial is out."""
        await self._over.wait()

    def allowed(self) -> int:
        """Answers that the next call may ask for."""
        return self.most if self._trusted else min(TRIAL, self.most)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """For as long as a call for several answers is out."""
        if not self._trusted:
            self._over.clear()
        try:
            yield
        finally:
            self._over.set()

    def learn(self, asked: int, found: Sequence[Completion]) -> None:
        """A call brought this."""
        self._failing = 0
        if len(found) < asked:
            self.most = min(self.most, len(found))
        elif len({completion.text for completion in found}) > 1:
            self._trusted = True
        elif not self._trusted:
            self._alike += 1
            if self._alike == TRIALS:
                self.most = 1

    def failed(self, asked: int) -> None:
        """A call for so many failed; the second time in a row, their number may be why."""
        self._failing += 1
        if self._failing > 1:
            self.most = min(self.most, asked // 2)

"""Ctrl-C and SIGTERM: the first lets what is in flight end, the second ends at once; both leave a good ledger."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable
from typing import TypeVar

from codefactory.budget import Stop
from codefactory.errors import INTERRUPTED, StoppedError

Result = TypeVar("Result")


async def interruptible(work: Awaitable[Result], stop: Stop) -> Result:
    """Await the work; a signal asks it to stop, another cancels it.

    Raises:
        StoppedError: after the second signal.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def signalled() -> None:
        if stop.reason == INTERRUPTED and task:
            task.cancel()
            return
        stop.ask(INTERRUPTED)
        sys.stderr.write("\ncodefactory: stopping when what is in flight has ended; Ctrl-C again stops at once\n")

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        loop.add_signal_handler(number, signalled)
    try:
        return await work
    except asyncio.CancelledError:
        raise StoppedError(
            "stopped at once: what had been answered is in the ledger, calls in flight are lost", INTERRUPTED
        ) from None
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)  # which would leave SIGTERM to kill: what follows is stopped as before
            signal.signal(number, handler)

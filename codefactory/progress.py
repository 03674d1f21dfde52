"""What a person sees while a run works: one live line on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from codefactory.accounts import MILLION, Progress
from codefactory.status import duration, reasons_line

LOG_EVERY_S = 10.0  # in a file or a CI log
REDRAW_EVERY_S = 0.25  # on a terminal
TELLING = 20  # drafts from which a pace can be told: the first ones come late and then many at once


def line(progress: Progress) -> str:
    """Drafts, yield, pass rate, speed, time left, and why drafts are not kept."""
    seconds = progress.elapsed_s
    made = progress.drafts - progress.known  # those that were looked up say nothing about the pace
    rate = made / seconds
    left = (progress.planned - progress.drafts) / rate if rate else 0.0
    parts = [
        f"{progress.drafts:,}/{progress.planned:,} drafts",
        f"{_share(progress.kept, progress.drafts)} kept{_yield(progress)}",
        f"{_share(progress.naive, progress.executed)} pass their own tests",
        f"{rate * 60:,.0f} drafts/min",
        f"{progress.tokens / seconds:,.0f} tokens/s",
        f"ETA {duration(left) if made >= min(TELLING, progress.planned / 10) else '-'}",
    ]
    dropped = reasons_line(progress.reasons)
    tried = reasons_line(progress.troubles)
    return " · ".join(parts) + (f" · {dropped}" if dropped else "") + (f" · tried again: {tried}" if tried else "")


def _yield(progress: Progress) -> str:
    """Kept drafts for each call and each million tokens, where all drafts were paid for in this session."""
    if progress.known or not progress.calls:
        return ""
    tokens = progress.spent.tokens
    a_million = f", {progress.kept * MILLION / tokens:,.0f} a million tokens" if tokens else ""
    return f" ({progress.kept / progress.calls:.2f} a call{a_million})"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


class Watcher:
    """Called after every draft or row; prints when it is time to."""

    def __init__(self, describe: Callable[[Any], str] = line) -> None:
        self._describe = describe
        self._terminal = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, progress: Any) -> None:
        now = time.monotonic()
        if now - self._last < (REDRAW_EVERY_S if self._terminal else LOG_EVERY_S):
            return
        self._last = now
        self._print(progress)

    def _print(self, progress: Any) -> None:
        if self._terminal:
            sys.stderr.write(f"\r\x1b[2K{self._describe(progress)}")
        else:
            sys.stderr.write(self._describe(progress) + "\n")
        sys.stderr.flush()

    def done(self, progress: Any) -> None:
        """The last state, and the cursor on a line of its own."""
        self._print(progress)
        if self._terminal:
            sys.stderr.write("\n")


@contextmanager
def watching(describe: Callable[[Any], str] = line) -> Iterator[Watcher]:
    """A watcher that leaves the terminal tidy, also after Ctrl-C; `describe` makes its line."""
    watcher = Watcher(describe)
    try:
        yield watcher
    except BaseException:
        sys.stderr.write("\n")
        raise

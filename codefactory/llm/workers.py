"""Threads that decode: one queue of waiting requests, and workers that each own a decoder and keep it full."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from codefactory.errors import BackendError, StoppedError
from codefactory.llm.decoding import Decoder, Row
from codefactory.types import Completion, Request

GATHER_S = 0.005  # how long an idle worker waits for company for the first request
PATIENCE = 4  # steps that a lone request waits for company while others are being decoded


@dataclass(frozen=True, slots=True, eq=False)
class Ticket:
    """A waiting request; `done` and `cancelled` are called from a worker's thread."""

    request: Request
    done: Callable[[Completion | Exception], None]
    cancelled: Callable[[], bool]


class Queue:
    """Tickets in the order they came, shared fairly between `workers`."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._tickets: deque[Ticket] = deque()
        self._changed = threading.Condition()
        self.closed = False

    def put(self, ticket: Ticket) -> None:
        """Add a ticket.

        Raises:
            BackendError: if the backend has been closed.
        """
        with self._changed:
            if self.closed:
                raise BackendError("this model has been closed; open the backend again")
            self._tickets.append(ticket)
            self._changed.notify()

    def waiting(self) -> int:
        """How many tickets wait; without the lock, since it only guides."""
        return len(self._tickets)

    def take(self, room: int, *, wait: bool) -> list[Ticket]:
        """At most `room` tickets, and no more than this worker's share; with `wait`, at least one unless it closes."""
        with self._changed:
            if wait:
                self._changed.wait_for(lambda: self._tickets or self.closed)
                self._changed.wait_for(lambda: len(self._tickets) >= room or self.closed, GATHER_S)
            share = -(-len(self._tickets) // self._workers)
            return [self._tickets.popleft() for _ in range(min(room, share))]

    def hold(self) -> None:
        """Fail the tickets that wait; what is being decoded ends."""
        with self._changed:
            left, self._tickets = self._tickets, deque()
        for ticket in left:
            ticket.done(StoppedError("the run is being stopped"))

    def close(self) -> None:
        """Refuse new tickets and fail those that wait."""
        with self._changed:
            self.closed = True
            left, self._tickets = self._tickets, deque()
            self._changed.notify_all()
        for ticket in left:
            ticket.done(BackendError("the model was closed before this request was answered"))


class Worker(threading.Thread):
    """Decodes until the queue is closed. An error fails the requests it is at, and it goes on with the next.

    Args:
        read: turns a ticket into a row, or answers it on the spot and returns None.
        threads: cores that one operation may use.
    """

    def __init__(self, queue: Queue, decoder: Decoder, read: Callable[[Ticket], Row | None], threads: int) -> None:
        super().__init__(name="decoder", daemon=True)
        self.ready = threading.Event()
        self._queue = queue
        self._decoder = decoder
        self._read = read
        self._threads = threads
        self._since = 0

    def run(self) -> None:
        """The thread's life."""
        import torch

        torch.set_num_threads(self._threads)
        torch.get_num_threads()  # pins it: before a thread's first look, a setting made elsewhere replaces its own
        self.ready.set()
        with torch.inference_mode():
            while not self._queue.closed:
                tickets = self._queue.take(self._wanted(), wait=not self._decoder.active)
                try:
                    self._turn(tickets)
                except Exception as error:
                    failure = _explain(error)
                    self._decoder.abandon(failure)
                    for ticket in tickets:  # those already answered ignore a second answer
                        ticket.done(failure)
        self._decoder.abandon(BackendError("the model was closed before this request was answered"))

    def _turn(self, tickets: list[Ticket]) -> None:
        rows = [row for ticket in tickets if not ticket.cancelled() and (row := self._read(ticket))]
        if rows:
            self._decoder.admit(rows)
        if self._decoder.active:
            self._decoder.step()

    def _wanted(self) -> int:
        """How many requests to let in now: a good handful at once, since each admission is a pass of its own."""
        room = self._decoder.room
        handful = max(1, self._decoder.engine.rows // 8)
        self._since += 1
        if not self._decoder.active or min(room, self._queue.waiting()) >= handful or self._since > PATIENCE:
            if self._queue.waiting():
                self._since = 0
            return room
        return 0


def _explain(error: Exception) -> BackendError:
    text = " ".join(str(error).split())[:200] or type(error).__name__
    if isinstance(error, MemoryError) or "out of memory" in text or "can't allocate memory" in text:
        return BackendError(f"the model ran out of memory ({text}); lower 'batch' under 'llm'")
    return BackendError(f"the model failed while decoding ({text}); check that its folder is complete")

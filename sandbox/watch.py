"""One running job: its clocks, its output, why it was stopped."""

from __future__ import annotations

import os
import select
import time
from typing import Any

import cleaning
from counters import Counters

CHUNK = 65536
MIB = 1 << 20
WATCHDOG_S = 0.02  # how often memory is added up where no cgroup counts it
SERVER_MB = 64
PATIENCE = 10  # how many times its wall limit a job may take in all, when it was kept from running by others


class HostGoneError(Exception):
    """Nobody is waiting for the answer: everything here ends at once."""


class Watch:
    """Waits for the first of some processes, `main`, and stops them all when a limit is reached."""

    __slots__ = ("counters", "cpu_before", "head", "host", "output", "pids", "reason", "size", "started")

    def __init__(
        self, pids: list[int], head: dict[str, Any], pipes: tuple[int, int], counters: Counters, host: int
    ) -> None:
        self.pids, self.head, self.counters, self.host = pids, head, counters, host
        self.started = time.monotonic()
        self.cpu_before = counters.snapshot()
        self.output: dict[int, bytes | bytearray] = {pipes[0]: b"", pipes[1]: b""}
        self.size = 0
        self.reason = ""

    @property
    def watches_memory(self) -> bool:
        """Adding up /proc is only right where it shows nothing but this sandbox."""
        return not self.counters.memory_counted and os.getpid() == 1

    def run(self) -> None:
        """Returns when main has ended, after killing everything if a limit was reached."""
        pidfd = os.pidfd_open(self.pids[0])
        poller = select.poll()
        poller.register(pidfd, select.POLLIN)
        for fd in self.output:
            poller.register(fd, select.POLLIN)
        poller.register(self.host, 0)  # only hang-ups are reported then: the next job's frame may be waiting there
        ended = False
        pause_ms = self._first_ms()
        while not ended:
            events = poller.poll(pause_ms)
            for fd, _ in events:
                if fd == pidfd:
                    ended = True
                elif fd == self.host:
                    raise HostGoneError
                elif not self._drain(fd):
                    poller.unregister(fd)
            if not ended and self._over():
                cleaning.kill_all(self.pids)
                select.select([pidfd], [], [], cleaning.REAP_S)
                ended = True
            if not ended:
                pause_ms = self._pause_ms()
        os.close(pidfd)

    def finish(self) -> None:
        """Takes what is still in the pipes; everything that could write is dead by now."""
        for fd in self.output:
            while not self._full() and self._drain(fd):
                pass
        if not self.reason and self._full():
            self.reason = "output"

    def _drain(self, fd: int) -> bool:
        try:
            data = os.read(fd, CHUNK)
        except BlockingIOError:
            return False
        self.size += len(data)
        if not self._full():
            if self.output[fd]:
                self.output[fd] += data
            else:
                self.output[fd] = bytearray(data)
        return bool(data)

    def _full(self) -> bool:
        return self.size > self.head["output"] * 1024

    def _first_ms(self) -> int:
        """Before anything has run there is no clock to read."""
        left = min(self.head["wall"], self.head["cpu"])
        return int((min(left, WATCHDOG_S) if self.watches_memory else left) * 1000) + 1

    def _pause_ms(self) -> int:
        left = min(self.head["wall"] - (time.monotonic() - self.started), self.head["cpu"] - self._cpu_s())
        if self.watches_memory:
            left = min(left, WATCHDOG_S)
        return max(1, int(left * 1000) + 1)

    def _cpu_s(self) -> float:
        return max(sum(map(_clock_s, self.pids)), self.counters.cpu_s_since(self.cpu_before))

    def _late(self) -> bool:
        """Whether the wall limit has passed, time spent waiting for a core aside: a busy machine is nobody's fault."""
        elapsed, wall = time.monotonic() - self.started, self.head["wall"]
        if elapsed < wall:
            return False
        starved = max(sum(map(_starved_s, self.pids)), _hungriest_s())
        return elapsed >= wall * PATIENCE or elapsed - starved >= wall

    def _over(self) -> bool:
        if self._full():
            self.reason = "output"
        elif self._cpu_s() >= self.head["cpu"]:
            self.reason = "cpu"
        elif self._late():
            self.reason = "wall"
        elif self.watches_memory and resident_mb() > self.head["memory"] + SERVER_MB:
            self.reason = "memory"
        return bool(self.reason)


def resident_mb() -> float:
    """Memory of every process here but us, added up (shared pages count for each)."""
    pages = 0
    for name in os.listdir("/proc"):
        if name.isdigit() and name != "1":
            try:
                with open(f"/proc/{name}/statm", "rb") as file:
                    fields = file.read().split()
            except OSError:
                continue
            pages += int(fields[1]) - int(fields[2])
    return pages * 4096 / MIB


def _clock_s(pid: int) -> float:
    """CLOCK_PROCESS_CPUTIME_ID of another process, see clock_getcpuclockid(3)."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:  # it has ended
        return 0.0


def _hungriest_s() -> float:
    """The longest that a process of this sandbox has waited for a core: an interpreter is a child of the job's own."""
    if os.getpid() != 1:  # /proc then shows everybody's
        return 0.0
    return max((_starved_s(int(name)) for name in os.listdir("/proc") if name.isdigit() and name != "1"), default=0.0)


def _starved_s(pid: int) -> float:
    """Seconds that a process was ready to run and waited for a core; 0 where the kernel does not count them."""
    try:
        with open(f"/proc/{pid}/schedstat", "rb") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0

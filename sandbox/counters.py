"""What the kernel counted for this sandbox: processes killed for memory, CPU time used. Control groups v1 and v2."""

from __future__ import annotations

import os

V1_OOM, V1_CPU = "/sys/fs/cgroup/memory/memory.oom_control", "/sys/fs/cgroup/cpuacct/cpuacct.usage"
V2_OOM, V2_CPU = "/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/cpu.stat"


class Counters:
    """Reads kept-open counter files; a counter that is not there reads as zero and `memory_counted` says so.

    Descriptors: -1 means look for the sandbox's own files, -2 means there are none.
    """

    def __init__(self, oom_fd: int = -1, cpu_fd: int = -1) -> None:
        self._oom = oom_fd if oom_fd != -1 else _first(V2_OOM, V1_OOM)
        self._cpu = cpu_fd if cpu_fd != -1 else _first(V2_CPU, V1_CPU)
        self._seen = self._read(self._oom)
        self.memory_counted = b"oom_kill " in self._seen
        self._kills = _kills(self._seen)

    def oom_kills(self) -> int:
        """How many processes of this sandbox the kernel has killed for memory since this was last asked."""
        text = self._read(self._oom)
        if text == self._seen:
            return 0
        before, self._kills, self._seen = self._kills, _kills(text), text
        return self._kills - before

    def snapshot(self) -> bytes:
        """What the kernel says of CPU time now, not yet read: most jobs end before anybody asks."""
        return self._read(self._cpu)

    def cpu_s_since(self, snapshot: bytes) -> float:
        """CPU seconds that every process of this sandbox has used since then; 0 where that is not counted."""
        return _cpu_s(self._read(self._cpu)) - _cpu_s(snapshot)

    @staticmethod
    def _read(fd: int) -> bytes:
        return os.pread(fd, 4096, 0) if fd >= 0 else b""


def _kills(text: bytes) -> int:
    for line in text.splitlines():
        if line.startswith(b"oom_kill "):
            return int(line.split()[1])
    return 0


def _cpu_s(text: bytes) -> float:
    if text.startswith(b"usage_usec"):
        return int(text.split()[1]) / 1e6
    return int(text) / 1e9 if text else 0.0


def _first(*paths: str) -> int:
    for path in paths:
        try:
            return os.open(path, os.O_RDONLY)
        except OSError:
            continue
    return -1

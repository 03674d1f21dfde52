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
        self.memory_counted = b"oom_kill " in self._read(self._oom)

    def oom_kills(self) -> int:
        """How many processes of this sandbox the kernel has killed for memory so far."""
        for line in self._read(self._oom).splitlines():
            if line.startswith(b"oom_kill "):
                return int(line.split()[1])
        return 0

    def cpu_s(self) -> float:
        """CPU seconds used by every process of this sandbox so far, or -1 where that is not counted."""
        text = self._read(self._cpu)
        if text.startswith(b"usage_usec"):
            return int(text.split()[1]) / 1e6
        return int(text) / 1e9 if text else -1.0

    @staticmethod
    def _read(fd: int) -> bytes:
        return os.pread(fd, 4096, 0) if fd >= 0 else b""


def _first(*paths: str) -> int:
    for path in paths:
        try:
            return os.open(path, os.O_RDONLY)
        except OSError:
            continue
    return -1

"""Control groups for sandboxes that no engine makes them for: memory and process limits with counters, v1 and v2.

Where they cannot be written (not root, or a container of somebody else's) there are none, and the fork server adds up
memory itself.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
PREFIX = "codefactory-"
MIB = 1 << 20

_number = itertools.count()
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Group:
    """The folders of one sandbox's group, and its counter files ('' where there is none)."""

    folders: tuple[Path, ...] = ()
    oom: str = ""
    cpu: str = ""

    @property
    def join(self) -> list[str]:
        return [str(folder / "cgroup.procs") for folder in self.folders]

    def oom_kills(self) -> int:
        """Processes killed for memory so far."""
        with contextlib.suppress(OSError):
            for line in Path(self.oom).read_text().splitlines():
                if line.startswith("oom_kill "):
                    return int(line.split()[1])
        return 0

    def remove(self) -> None:
        """After its last process has gone; the kernel takes a moment to notice."""
        for folder in self.folders:
            for _ in range(50):
                try:
                    folder.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.01)


def make(memory_mb: int, processes: int) -> Group:
    """A group with these limits, or an empty one where groups cannot be made."""
    name = f"{PREFIX}{os.getpid()}-{next(_number)}"
    try:
        if (ROOT / "cgroup.controllers").exists():
            return _second(ROOT / name, memory_mb, processes)
        return _first(name, memory_mb, processes)
    except OSError as error:
        log.info("no control group could be made (%s): the fork server counts memory itself", error)
        return Group()


def _first(name: str, memory_mb: int, processes: int) -> Group:
    memory, pids, cpu = (ROOT / kind / name for kind in ("memory", "pids", "cpuacct"))
    group = Group((memory, pids, cpu), str(memory / "memory.oom_control"), str(cpu / "cpuacct.usage"))
    try:
        for folder in group.folders:
            folder.mkdir()
        (memory / "memory.limit_in_bytes").write_text(str(memory_mb * MIB))
        with contextlib.suppress(OSError):  # where swap is not accounted there is none to limit
            (memory / "memory.memsw.limit_in_bytes").write_text(str(memory_mb * MIB))
        (pids / "pids.max").write_text(str(processes))
    except OSError:
        group.remove()
        raise
    return group


def _second(folder: Path, memory_mb: int, processes: int) -> Group:
    group = Group((folder,), str(folder / "memory.events"), str(folder / "cpu.stat"))
    (ROOT / "cgroup.subtree_control").write_text("+memory +pids +cpu")
    try:
        folder.mkdir()
        (folder / "memory.max").write_text(str(memory_mb * MIB))
        with contextlib.suppress(OSError):
            (folder / "memory.swap.max").write_text("0")
        (folder / "pids.max").write_text(str(processes))
    except OSError:
        group.remove()
        raise
    return group


def sweep() -> None:
    """Removes empty groups whose owner is dead."""
    for parent in (ROOT, ROOT / "memory", ROOT / "pids", ROOT / "cpuacct"):
        for folder in parent.glob(f"{PREFIX}*"):
            pid = folder.name.removeprefix(PREFIX).partition("-")[0]
            if pid.isdigit() and not Path("/proc", pid).exists():
                with contextlib.suppress(OSError):
                    folder.rmdir()

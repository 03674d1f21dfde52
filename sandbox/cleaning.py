"""After a job: every process dead and reaped, every scratch folder empty, or the sandbox says it is dirty and ends."""

from __future__ import annotations

import os
import resource
import select
import signal
import stat
import time
from collections.abc import Callable

REAP_S = 2.0
CLEAN_S = 5.0
BRIEFLY_S = 0.1


def any_child() -> bool:
    """Whether a process is left. Orphans become children of PID 1 at once, so one system call sees them all."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def kill_all(pids: list[int]) -> None:
    """Kills everything but us. One kill(-1) is atomic against forks; it is only safe where we are PID 1."""
    for target, send in [(-1, os.kill)] if os.getpid() == 1 else [(pid, os.killpg) for pid in pids]:
        try:
            send(target, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def wait_briefly(pid: int) -> tuple[int, resource.struct_rusage]:
    """How a process that is about to end did so: (its signal, what it used); (0, ...) if it has not ended."""
    pidfd = os.pidfd_open(pid)
    select.select([pidfd], [], [], BRIEFLY_S)
    os.close(pidfd)
    _, status, usage = os.wait4(pid, os.WNOHANG)
    return (os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0), usage


def reap_all() -> tuple[bool, float]:
    """Waits until no process is left: (whether that came about in time, CPU seconds of what was reaped)."""
    end = time.monotonic() + REAP_S
    cpu = 0.0
    while time.monotonic() < end:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return True, cpu
        if pid:
            cpu += usage.ru_utime + usage.ru_stime
        else:
            time.sleep(0.001)
    return False, cpu


def occupied(folders: tuple[str, ...]) -> bool:
    """Whether anything is left in the scratch folders."""
    return any(map(os.listdir, folders))


def clean(folders: tuple[str, ...], become: Callable[[], None]) -> bool:
    """Empties the folders with the job's own rights, in a helper process; True if they are empty afterwards."""
    pid = os.fork()
    if pid == 0:
        try:
            signal.alarm(int(CLEAN_S))
            become()
            for folder in folders:
                empty(folder)
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    return not occupied(folders)


def empty(folder: str) -> None:
    """Removes everything in a folder without recursion, so depth costs nothing.

    Sub-folders are opened up and their entries moved to the top under fresh names, until there are none.
    """
    fresh = 0
    while names := os.listdir(folder):
        before = fresh
        removed = 0
        for name in names:
            path = f"{folder}/{name}"
            try:
                if not stat.S_ISDIR(os.lstat(path).st_mode):
                    os.unlink(path)
                    removed += 1
                    continue
                os.chmod(path, 0o700)
                for inner in os.listdir(path):
                    # Moving a folder rewrites its "..": that needs the right to write into it.
                    target = f"{path}/{inner}"
                    if stat.S_ISDIR(os.lstat(target).st_mode):
                        os.chmod(target, 0o700)
                    fresh += 1
                    os.rename(target, f"{folder}/.moved{os.getpid()}-{fresh}")
                os.rmdir(path)
                removed += 1
            except OSError:
                continue
        if not removed and fresh == before:
            return

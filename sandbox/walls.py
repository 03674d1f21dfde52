"""The walls a job runs inside: rlimits, another uid, no privileges, a system-call deny-list.

`raise_walls` runs in the forked child before one byte of the candidate's is looked at. Every step that fails raises:
the caller then ends the child without having told the server that the walls are up, and the host counts it as our
fault.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
from resource import RLIMIT_CPU as CPU
from resource import RLIMIT_FSIZE as FSIZE
from resource import RLIMIT_NOFILE as NOFILE
from resource import RLIMIT_NPROC as NPROC
from resource import setrlimit
from typing import Any

PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_NO_NEW_PRIVS = 38
PR_GET_NO_NEW_PRIVS = 39
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
CAPABILITY_VERSION_3 = 0x20080522

libc = ctypes.CDLL(None, use_errno=True)
MIB = 1 << 20


class WallError(OSError):
    """A wall could not be raised."""


def prctl(option: int, *arguments: int) -> int:
    """The system call of that name; raises WallError where the kernel says no."""
    words = [ctypes.c_ulong(word) for word in (*arguments, 0, 0, 0, 0)[:4]]
    result = int(libc.prctl(option, *words))
    if result < 0:
        raise WallError(ctypes.get_errno(), f"prctl({option})")
    return result


def no_new_privileges() -> None:
    """From here on no exec gains a privilege; inherited for ever."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities() -> None:
    """Empties every capability set; needed only where the uid cannot change (one-uid user namespaces)."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)()
    if libc.capset(ctypes.byref(header), ctypes.byref(data)) != 0:
        raise WallError(ctypes.get_errno(), "capset")


def limit_all() -> None:
    """Limits that no job has a say in: the server takes them on, and every child has them from birth."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),  # a message queue would outlive the job
        (resource.RLIMIT_SIGPENDING, 256),
    ):
        resource.setrlimit(what, (most, most))


def limit(head: dict[str, Any], address_space: bool) -> None:
    """Per-process limits from a job's head. Processes are counted per uid over the whole host: one uid a slot.

    In the plainest words there are: a forked child pays for every page of ours that it touches.
    """
    cpu = int(head["cpu"]) + 2  # the server's own clock is exact, this backs it
    disk, files, processes = head["disk"] * MIB, head["files"], head["processes"]
    setrlimit(CPU, (cpu, cpu))
    setrlimit(FSIZE, (disk, disk))
    setrlimit(NOFILE, (files, files))
    setrlimit(NPROC, (processes, processes))
    if address_space:  # without a memory cgroup: Python only (it breaks Node, Go and the JVM)
        size = (head["memory"] + 64) * MIB
        setrlimit(resource.RLIMIT_AS, (size, size))


def become(uid: int) -> None:
    """Takes on the uid and gid, with no way back, or drops every capability where there is one uid only (uid < 0).

    The kernel sets all of them or refuses, which raises; supplementary groups the server has given up long before.
    """
    if uid < 0:
        drop_capabilities()
        return
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def machine() -> str:
    """`x86_64` or `aarch64`: what the system-call numbers are looked up by."""
    name = os.uname().machine
    return {"arm64": "aarch64", "amd64": "x86_64"}.get(name, name)


def undumpable() -> None:
    """No neighbour of the same uid can read or write this process's memory through /proc."""
    prctl(PR_SET_DUMPABLE, 0)


def bounding_set_dropped(keep: tuple[int, ...] = ()) -> None:
    """No exec of a file with capabilities can bring one back."""
    for capability in range(64):
        if capability not in keep and libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            if ctypes.get_errno() == errno.EINVAL:  # past the last one that this kernel knows
                return
            raise WallError(ctypes.get_errno(), "the capability bounding set")

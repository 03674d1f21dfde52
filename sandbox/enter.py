"""Builds a sandbox from the kernel's namespaces, without Docker, and becomes the fork server in it.

Takes one JSON specification as its argument. Where it names bubblewrap's command line (`wrap`), that makes the
namespaces and the file system and comes back here for the last steps: the scratch folders, the capabilities, the
server. Otherwise: a user namespace when not root; pid, mount, net, ipc, uts and cgroup namespaces; a fresh root of
read-only binds; proc, a small /dev; then the same last steps. Anything that fails ends this process with one line on
stderr.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import socket
import struct
import sys
from typing import Any

import walls

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWCGROUP = (
    0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x2000000,
)  # fmt: skip
RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, REC, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
DETACH = 2
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
SYS_MOUNT_SETATTR, AT_RECURSIVE = 442, 0x8000
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS = 1, 8
SIGKILL = 9
KEPT = (5, 6, 7)  # CAP_KILL, CAP_SETGID, CAP_SETUID
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
DEVICES = ("null", "zero", "full", "random", "urandom")


def checked(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    words = [word.encode() or None for word in (source, target, kind)]
    checked(walls.libc.mount(*words, ctypes.c_ulong(flags), data.encode() or None), f"mount {target}")


def read_only(target: str) -> None:
    """Read-only, no set-uid, no devices: the whole tree where the kernel can (5.12), else its top."""
    attributes = struct.pack("QQQQ", RDONLY | NOSUID | NODEV, 0, 0, 0)
    done = walls.libc.syscall(SYS_MOUNT_SETATTR, -100, target.encode(), AT_RECURSIVE, attributes, len(attributes))
    if done < 0:
        mount("", target, flags=REMOUNT | BIND | RDONLY | NOSUID | NODEV)


def unshare(flags: int) -> None:
    checked(walls.libc.unshare(flags), "unshare")


def new_user() -> None:
    """Root in a user namespace of one uid: ours."""
    uid, gid = os.getuid(), os.getgid()
    unshare(NEWUSER)
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def file_system(root: str, binds: list[str], links: list[list[str]]) -> None:
    """A root that holds read-only binds, proc and a small /dev, and nothing else; then moves into it."""
    mount("", "/", flags=REC | PRIVATE)
    mount("tmpfs", root, "tmpfs", NOSUID | NODEV, "size=1m,mode=755")
    for spec in binds:
        source, _, target = spec.partition(":")
        place = root + (target or source)
        if os.path.isdir(source):
            os.makedirs(place, exist_ok=True)
        else:
            os.makedirs(os.path.dirname(place), exist_ok=True)
            os.close(os.open(place, os.O_CREAT | os.O_WRONLY, 0o644))
        mount(source, place, flags=BIND | REC)
        read_only(place)
    for target, name in links:
        os.makedirs(os.path.dirname(root + name), exist_ok=True)
        os.symlink(target, root + name)
    for folder in ("proc", "dev/shm", "box"):
        os.makedirs(f"{root}/{folder}", exist_ok=True)
    mount("proc", f"{root}/proc", "proc", NOSUID | NODEV | NOEXEC)
    for name in DEVICES:
        os.close(os.open(f"{root}/dev/{name}", os.O_CREAT | os.O_WRONLY, 0o666))
        mount(f"/dev/{name}", f"{root}/dev/{name}", flags=BIND)
    os.symlink("/proc/self/fd", f"{root}/dev/fd")
    os.chdir(root)
    checked(walls.libc.syscall(SYS_PIVOT_ROOT[walls.machine()], b".", b"."), "pivot_root")
    checked(walls.libc.umount2(b".", DETACH), "umount the old root")
    os.chdir("/")


def loopback_up() -> None:
    """Programs may talk to themselves; there is nobody else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        request = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack_from("H", fcntl.ioctl(sock, SIOCGIFFLAGS, request), 16)[0]
        fcntl.ioctl(sock, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | IFF_UP))


def scratch(disk_mb: int, inodes: int) -> None:
    for folder in ("/box", "/dev/shm"):
        mount("tmpfs", folder, "tmpfs", NOSUID | NODEV, f"size={disk_mb}m,nr_inodes={inodes},mode=1777")


def few_capabilities() -> None:
    """What the server needs and no more, in every set, for ever."""
    walls.bounding_set_dropped(keep=KEPT)
    mask = sum(1 << capability for capability in KEPT)
    header = (ctypes.c_uint32 * 2)(walls.CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)(mask, mask, 0, 0, 0, 0)
    checked(walls.libc.capset(ctypes.byref(header), ctypes.byref(data)), "capset")


def join(paths: list[str]) -> None:
    """Into the control groups that were made for this sandbox."""
    for path in paths:
        with open(path, "w", encoding="ascii") as file:
            file.write(str(os.getpid()))


def opened(path: str) -> int:
    if not path:
        return -2
    fd = os.open(path, os.O_RDONLY)
    os.set_inheritable(fd, True)
    return fd


def main(spec: dict[str, Any]) -> None:
    if "fds" not in spec:
        join(spec["join"])
        spec["fds"] = [opened(path) for path in spec["counters"]]
        if spec["wrap"]:
            wrap, spec["wrap"] = spec["wrap"], []
            os.execv(wrap[0], [*wrap, json.dumps(spec)])
        make_namespaces(spec)
        scratch(spec["disk_mb"], spec["inodes"])
        mount("", "/", flags=REMOUNT | BIND | RDONLY | NOSUID | NODEV)
    else:
        scratch(spec["disk_mb"], spec["inodes"])
    few_capabilities()
    walls.no_new_privileges()
    oom, cpu = spec["fds"]
    command = [*spec["server"], "--oom-fd", str(oom), "--cpu-fd", str(cpu), "--fd", str(spec["fd"])]
    os.execve(command[0], command, spec["environment"])


def make_namespaces(spec: dict[str, Any]) -> None:
    if os.geteuid() != 0:
        new_user()
    unshare(NEWNS | NEWPID | NEWNET | NEWIPC | NEWUTS | NEWCGROUP)
    become_init()
    file_system(spec["root"], spec["binds"], spec["links"])
    loopback_up()
    socket.sethostname("sandbox")


def become_init() -> None:
    """PID 1 of the new pid namespace is our child; we only wait for it, holding nothing open."""
    pid = os.fork()
    if pid:
        os.closerange(3, 1024)
        os._exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 0xFF)
    walls.prctl(PR_SET_PDEATHSIG, SIGKILL)


if __name__ == "__main__":
    try:
        main(json.loads(sys.argv[1]))
    except OSError as error:
        print(error.strerror or error, file=sys.stderr)
        sys.exit(1)

"""The namespace runner: the same fork server without Docker, in fresh kernel namespaces.

Bubblewrap makes the namespaces where it is installed and works, else `sandbox/enter.py` does it directly; both end in
the same last steps. As root, jobs get uids of their own and, where control groups can be written, counters; as a normal
user there is one uid and the fork server adds up memory itself. What this leaves out is written in sandbox/README.md.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import importlib.util
import json
import logging
import os
import random
import shutil
import sys
from pathlib import Path
from typing import Any

from codefactory.errors import SandboxError
from codefactory.runner import groups, servers
from codefactory.runner.docker import INODES, SERVER_MB, SERVER_PROCESSES
from codefactory.runner.images import harness_hash, sandbox_folder
from codefactory.runner.pool import Box, Envelope, Launcher, Pool

SITE = "/site"
# What test files may import: found on the host and bound one by one, so that nothing else of the host comes in.
PACKAGES = ("pytest", "_pytest", "iniconfig", "packaging", "pluggy", "py", "pygments")
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives")
CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_SYS_ADMIN", "CAP_SETPCAP")

log = logging.getLogger(__name__)


def interpreter() -> Path:
    """The real Python under any virtual environment."""
    return Path(getattr(sys, "_base_executable", "") or sys.executable).resolve()


def binds() -> tuple[list[str], list[list[str]]]:
    """(`source:target` read-only binds, [target, name] symbolic links) that the interpreter and the harness need."""
    found, links = [], []
    for name in SYSTEM:
        path = Path(name)
        if path.is_symlink():
            links.append([os.readlink(path), name])
        elif path.exists():
            found.append(f"{name}:{name}")
    prefix = sys.base_prefix
    if not prefix.startswith("/usr"):
        found.append(f"{prefix}:{prefix}")
    found.append(f"{sandbox_folder()}:/sandbox")
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin:
            origin = Path(spec.origin)
            place = origin.parent if spec.submodule_search_locations else origin
            found.append(f"{place}:{SITE}/{place.name}")
    return found, [*links, ["/box", "/tmp"], ["/box", "/var/tmp"]]


def image() -> str:
    """What a verdict depends on here: the interpreter's binary, the harness, the test packages."""
    digest = hashlib.sha256(interpreter().read_bytes())
    digest.update(sys.version.encode() + harness_hash("python").encode())
    pytest = importlib.util.find_spec("pytest")
    if pytest is not None and pytest.origin:
        digest.update(Path(pytest.origin).read_bytes())
    return f"namespace:{digest.hexdigest()}"


class NamespaceLauncher(Launcher):
    """Boxes are processes in namespaces of their own."""

    name = "namespace"

    def __init__(self, bubblewrap: str) -> None:
        self.image = image()
        self.bubblewrap = bubblewrap
        self._root = os.geteuid() == 0

    async def launch(self, envelope: Envelope) -> Box:
        folder = servers.fresh_folder("codefactory-root-")
        group = groups.Group()
        if self._root:
            group = groups.make(envelope.memory_mb + SERVER_MB, envelope.processes + SERVER_PROCESSES)

        def cleared() -> None:
            group.remove()
            shutil.rmtree(folder, ignore_errors=True)

        build = functools.partial(self.command, envelope=envelope, folder=folder, group=group)
        box = await servers.start(build, {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}, envelope, folder, cleared)
        box.handle.group = group
        return box

    def command(self, fd: int, *, envelope: Envelope, folder: Path, group: groups.Group) -> list[str]:
        """What starts the server that serves on a descriptor."""
        found, links = binds()
        uid = random.randrange(20_000, 60_000) if self._root else -1
        python = str(interpreter())
        spec: dict[str, Any] = {
            "wrap": [],
            "root": str(folder),
            "binds": found,
            "links": links,
            "join": group.join,
            "counters": [group.oom, group.cpu],
            "disk_mb": envelope.disk_mb,
            "inodes": INODES,
            "server": [python, "-s", "-S", "/sandbox/server.py", "--uid", str(uid)],
            "environment": ENVIRONMENT,
            "fd": fd,
        }
        enter = [python, "-s", "-S", "-E", str(sandbox_folder() / "enter.py")]
        if not self.bubblewrap:
            return [*enter, json.dumps(spec)]
        inside = [python, "-s", "-S", "-E", "/sandbox/enter.py"]
        return [*enter, json.dumps({**spec, "wrap": [self.bubblewrap, *wrap(found, links), *inside]})]

    async def destroy(self, box: Box) -> None:
        await servers.end(box)

    async def killed_for_memory(self, box: Box) -> bool:
        return bool(box.handle.group.oom_kills())


ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/box",
    "TMPDIR": "/box",
    "PYTHONPATH": SITE,
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "LD_BIND_NOW": "1",  # resolved once by the server, not once a fork
}


def wrap(found: list[str], links: list[list[str]]) -> list[str]:
    """Bubblewrap's options for the same namespaces and the same file system that `enter.py` makes itself."""
    options = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    options += ["--as-pid-1", "--die-with-parent", "--hostname", "sandbox", "--cap-drop", "ALL"]
    if os.geteuid() != 0:
        options += ["--unshare-user", "--uid", "0", "--gid", "0"]
    for capability in CAPABILITIES:
        options += ["--cap-add", capability]
    options += ["--perms", "0755", "--dir", "/var"]
    made = {Path("/var")}
    for spec in found:
        source, _, target = spec.partition(":")
        for parent in reversed(Path(target).parents[:-1]):  # left to itself, it makes them for root only
            options += [] if parent in made else ["--perms", "0755", "--dir", str(parent)]
            made.add(parent)
        options += ["--ro-bind", source, target]
        made.add(Path(target))
    for target, name in links:
        options += ["--symlink", target, name]
    return [
        *options,
        "--proc",
        "/proc",
        "--dev",
        "/dev",
        "--dir",
        "/box",
        "--dir",
        "/dev/shm",
        "--remount-ro",
        "/",
        "--",
    ]


async def open_namespace(slots: int, runtime: str = "") -> Pool:
    """A running namespace runner, with bubblewrap where that works here, else directly.

    Raises:
        SandboxError: if this kernel lets neither make namespaces.
    """
    if not interpreter().exists():
        raise SandboxError(f"the Python interpreter {interpreter()} is missing")
    await asyncio.to_thread(groups.sweep)
    bubblewrap = shutil.which("bwrap") or ""
    if bubblewrap:
        try:
            return await Pool(NamespaceLauncher(bubblewrap), slots).start()
        except servers.NoRoomError:
            raise
        except SandboxError as error:
            log.info("bubblewrap does not work here (%s): making namespaces directly", error)
    try:
        return await Pool(NamespaceLauncher(""), slots).start()
    except servers.NoRoomError:
        raise
    except SandboxError as error:
        raise SandboxError(
            f"{error}; this kernel does not let this user make namespaces: use Docker, or root"
        ) from error

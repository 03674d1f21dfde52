"""The Docker runner: one long-lived hardened container a slot, a fork server in it, a unix socket to it.

Containers carry an owner label (boot id, process id, its start time). The server in a container ends when its socket
does, and containers remove themselves when they end, so a killed host leaves none; what an engine failure strands is
swept by the next start, once its owner is dead. Other machines' containers, on an engine that is shared, are left alone
while they run.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import shutil
import time
from pathlib import Path
from typing import Any

from codefactory.errors import SandboxError
from codefactory.runner.engine import client
from codefactory.runner.images import built
from codefactory.runner.pool import HELLO_S, Box, Envelope, Launcher, Pool
from codefactory.runner.protocol import Link
from codefactory.runner.servers import fresh_folder
from codefactory.runner.streams import AttachedLink

LABEL, NAMESPACE = "codefactory.sandbox.owner", "codefactory.sandbox.namespace"
SERVER_MB = 48  # the server itself, on top of the job's memory
SERVER_PROCESSES = 16
MOUNT = "/run/host"
INODES = 4096

log = logging.getLogger(__name__)


def owner() -> str:
    """Names this process so that another one can tell whether it still lives."""
    return f"{_boot()}:{os.getpid()}:{_started(os.getpid())}"


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def _namespace() -> str:
    """The pid namespace in which a process id means anything."""
    return os.readlink("/proc/self/ns/pid")


def _started(pid: int) -> str:
    """Start time of a process in clock ticks, '' if there is none: a process id alone is reused."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


def sweep(engine: Any) -> int:
    """Removes containers of ours whose owner is dead; returns how many."""
    removed = 0
    for container in engine.containers.list(all=True, filters={"label": LABEL}, ignore_removed=True):
        if not _stranded(container):
            continue
        try:
            container.remove(force=True)
            removed += 1
        except Exception:  # already going
            continue
    return removed


def _stranded(container: Any) -> bool:
    boot, _, rest = container.labels.get(LABEL, "").partition(":")
    pid, _, started = rest.partition(":")
    if (boot, container.labels.get(NAMESPACE)) != (_boot(), _namespace()):
        # Another machine's, on an engine that is shared, or another container's: who lives there cannot be seen here.
        return container.status in ("exited", "dead")
    return not (pid.isdigit() and _started(int(pid)) == started)


class DockerLauncher(Launcher):
    """Boxes are containers."""

    name = "docker"

    def __init__(self, engine: Any, image: str, runtime: str, language: str = "python") -> None:
        self.language = language
        self.image, self._engine, self._runtime = image, engine, runtime
        self._stdio = not str(engine.api.base_url).startswith("http+docker://")  # not a unix socket: a remote engine
        cores = sorted(os.sched_getaffinity(0))
        first = random.randrange(len(cores))  # several runners with few slots should not all share one core
        self._cores = cores[first:] + cores[:first]
        self._folder = fresh_folder("codefactory-sockets-")
        self._uids = random.sample(range(20_000, 60_000, 2), 20_000)  # two uids a box, no box like another
        self._count = 0

    async def launch(self, envelope: Envelope) -> Box:
        try:
            try:
                return await (self._over_stdio(envelope) if self._stdio else self._over_socket(envelope))
            except TimeoutError:
                if self._stdio:
                    raise
                log.warning("containers here cannot reach a socket of ours: using their standard streams instead")
                self._stdio = True
                return await self._over_stdio(envelope)
        except Exception as error:
            gone = not await asyncio.to_thread(self._alive)
            raise _explained(ConnectionRefusedError("Connection refused") if gone else error, self.image) from error

    async def _over_socket(self, envelope: Envelope) -> Box:
        """The container connects once to a socket that only it can see, which is then taken away."""
        loop = asyncio.get_running_loop()
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        folder.chmod(0o755)  # its parent is closed to others; the container's root cannot look past modes
        path = folder / "s"
        arrived: asyncio.Future[Link] = loop.create_future()

        def connected() -> Link:
            link = Link()
            if not arrived.done():
                arrived.set_result(link)
            return link

        listener = await loop.create_unix_server(connected, path=str(path), backlog=1)
        path.chmod(0o777)
        mount = {str(folder): {"bind": MOUNT, "mode": "ro"}}
        container = None
        try:
            container = await asyncio.to_thread(self._create, envelope, ["--socket", f"{MOUNT}/s"], volumes=mount)
            await asyncio.to_thread(container.start)
            link = await asyncio.wait_for(arrived, HELLO_S)
            await asyncio.wait_for(link.hello, HELLO_S)
        except BaseException:
            await _undone(container)
            raise
        finally:
            listener.close()
            shutil.rmtree(folder, ignore_errors=True)
        return Box(link, container, envelope)

    async def _over_stdio(self, envelope: Envelope) -> Box:
        """Where a socket cannot be mounted (a remote engine, one in a virtual machine): slower, otherwise alike."""
        container = None
        try:
            container = await asyncio.to_thread(self._create, envelope, ["--stdio", "-"], stdin_open=True)
            streams = {"stdin": 1, "stdout": 1, "stream": 1}
            attached = await asyncio.to_thread(container.attach_socket, params=streams)
            raw = getattr(attached, "_sock", attached)
            raw.setblocking(False)
            _, link = await asyncio.get_running_loop().create_connection(AttachedLink, sock=raw)
            link.held = attached  # closing the response closes the socket
            await asyncio.to_thread(container.start)
            await asyncio.wait_for(asyncio.shield(link.hello), HELLO_S)
        except BaseException:
            await _undone(container)
            raise
        return Box(link, container, envelope)

    def _create(self, envelope: Envelope, connect: list[str], **options: Any) -> Any:
        memory = f"{envelope.memory_mb + SERVER_MB}m"
        scratch = f"rw,nosuid,nodev,size={envelope.disk_mb}m,nr_inodes={INODES},mode=1777"
        if self._runtime:
            options["runtime"] = self._runtime
        return self._engine.containers.create(
            self.image,
            ["--uid", str(self._uids.pop()), *connect],
            auto_remove=True,
            labels={LABEL: owner(), NAMESPACE: _namespace()},
            network_mode="none",
            ipc_mode="none",
            read_only=True,
            cap_drop=["ALL"],
            # To become the job's uid, and to kill what has it.
            cap_add=["SETUID", "SETGID", "KILL"],
            security_opt=["no-new-privileges"],
            pids_limit=envelope.processes + SERVER_PROCESSES,
            mem_limit=memory,
            memswap_limit=memory,
            tmpfs={"/box": f"exec,{scratch}", "/dev/shm": scratch},  # what a compile step made is run from there
            log_config={"type": "none", "config": {}},
            hostname="sandbox",
            **options,
        )

    def _alive(self) -> bool:
        try:
            return bool(self._engine.ping())
        except Exception:
            return False

    async def settle(self, box: Box, slot: int) -> None:
        """One core a slot: jobs see one, and a job cannot take a neighbour's."""
        core = self._cores[slot % len(self._cores)]
        try:
            await asyncio.to_thread(box.handle.update, cpuset_cpus=str(core))
        except Exception as error:  # the box works without it
            log.warning("a sandbox could not be bound to core %d: %s", core, error)

    async def destroy(self, box: Box) -> None:
        box.link.abort()
        await asyncio.to_thread(_remove, box.handle)

    async def killed_for_memory(self, box: Box) -> bool:
        return await asyncio.to_thread(self._oom_event, box.handle.id)

    def _oom_event(self, container: str) -> bool:
        """Asks the engine: containers remove themselves, so their state is gone, but events stay."""
        time.sleep(0.2)
        filters = {"container": container, "event": "oom"}
        try:
            events = self._engine.api.events(since=int(time.time()) - 3600, until=int(time.time()) + 1, filters=filters)
            return any(True for _ in events)
        except Exception:
            return False

    async def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        await asyncio.to_thread(self._engine.close)


async def _undone(container: Any) -> None:
    if container is not None:
        await asyncio.shield(asyncio.to_thread(_remove, container))


def _remove(container: Any) -> None:
    try:
        container.remove(force=True)
    except Exception:  # it removes itself as well: whoever is first
        return


def _explained(error: Exception, image: str) -> SandboxError:
    """One line for whatever kept a container from starting."""
    text = " ".join(str(error).split())
    if isinstance(error, SandboxError):
        return error
    if "No such image" in text or "no such image" in text:
        return SandboxError(f"the sandbox image {image} is missing; build it with 'codefactory sandbox build'")
    if "no space left" in text.lower():
        return SandboxError("the disk is full: a container could not be made; free some space ('docker system df')")
    if isinstance(error, TimeoutError):
        return SandboxError(f"a container did not connect within {HELLO_S:.0f} s; try 'codefactory sandbox check'")
    if "Connection aborted" in text or "Connection refused" in text or "FileNotFoundError" in text:
        return SandboxError("the Docker engine stopped answering; start it again (scripts/setup-sandbox)")
    return SandboxError(f"a container could not be started: {text[:300]}")


async def open_docker(slots: int, runtime: str = "", language: str = "python") -> Pool:
    """A running Docker runner.

    Raises:
        SandboxError: no engine, no permission, no image (with the command that builds it).
    """
    engine = await asyncio.to_thread(client)
    digest = await asyncio.to_thread(built, language, engine)
    swept = await asyncio.to_thread(sweep, engine)
    if swept:
        log.info("removed %d containers whose owner is dead", swept)
    return await Pool(DockerLauncher(engine, digest, runtime, language), slots).start()

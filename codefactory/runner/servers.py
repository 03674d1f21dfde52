"""Fork servers that are child processes of ours: started with one end of a socket pair, ended with their group."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from codefactory.errors import SandboxError
from codefactory.runner.pool import HELLO_S, Box, Envelope
from codefactory.runner.protocol import Link, LinkLostError


class NoRoomError(SandboxError):
    """A folder of ours could not be made."""


def fresh_folder(prefix: str) -> Path:
    """A new temporary folder that only this user can look into.

    Raises:
        NoRoomError: if the disk is full, or nothing can be written there.
    """
    try:
        return Path(tempfile.mkdtemp(prefix=prefix))
    except OSError as error:
        place = tempfile.tempdir or os.environ.get("TMPDIR", "/tmp")
        raise NoRoomError(
            f"no room for a sandbox's files in {place}: {error.strerror}; free some space there, or set TMPDIR"
        ) from error


@dataclass(eq=False)
class Server:
    """A process and what must go when it does."""

    process: asyncio.subprocess.Process
    folder: Path
    cleared: Callable[[], None]


async def start(
    command: Callable[[int], list[str]],
    environment: dict[str, str],
    envelope: Envelope,
    folder: Path,
    cleared: Callable[[], None],
) -> Box:
    """A box around a command that serves on the descriptor it is given.

    Raises:
        SandboxError: with what the process said, if it ends before its hello.
    """
    ours, theirs = socket.socketpair()
    try:
        process = await asyncio.create_subprocess_exec(
            *command(theirs.fileno()),
            pass_fds=[theirs.fileno()],
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
    finally:
        theirs.close()
    ours.setblocking(False)
    _, link = await asyncio.get_running_loop().create_connection(Link, sock=ours)
    box = Box(link, Server(process, folder, cleared), envelope)
    try:
        await asyncio.wait_for(asyncio.shield(link.hello), HELLO_S)
    except (LinkLostError, TimeoutError) as error:
        await end(box)
        assert process.stderr is not None
        said = (await process.stderr.read()).decode(errors="replace").strip().splitlines()
        raise SandboxError(f"a sandbox could not be made: {said[-1] if said else 'it did not answer'}") from error
    except BaseException:
        await end(box)
        raise
    return box


async def end(box: Box) -> None:
    """Kills the process (a pid namespace dies with its first process) and clears what belonged to it."""
    server: Server = box.handle
    box.link.abort()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(server.process.pid, signal.SIGKILL)
    await server.process.wait()
    server.cleared()

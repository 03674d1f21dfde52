"""A compile step: a job's sources are written down, one command runs, the one file that it makes goes back.

The forked child, inside its walls like any other, starts the command and waits for it, so that the file can be read
with the job's own rights. What the record then holds is one letter and bytes: `A` and the artefact, `N` and why there
is none, `B` and why the command could not even be started, which is our fault. Everything else (exit code, signal,
clocks, memory, output) the server says, as of any job.
"""

from __future__ import annotations

import os
import stat
from typing import Any

NONE, ARTEFACT, BROKEN = b"N", b"A", b"B"


def build(texts: list[Any], record: Any) -> None:
    """Runs one compile step and ends this process as the command ended. Takes [command, artefact, name, text, ...]."""
    command, artefact, *files = texts
    try:
        for name, text in zip(files[::2], files[1::2], strict=True):
            place(name, text.encode("utf-8", "surrogatepass"), 0o600)
        pid = os.posix_spawnp(command[0], command, os.environ)
    except FileNotFoundError:
        record.put(BROKEN + f"there is no '{command[0]}' in the sandbox's image".encode())
        os._exit(0)
    except OSError as error:  # the candidate's: no room for its sources, say
        record.put(NONE + str(error).encode("utf-8", "replace"))
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        os.kill(os.getpid(), -code)
    if code == 0:
        record.put(made(artefact, record.room() - 1))
    os._exit(code & 0xFF)


def made(name: str, most: int) -> bytes:
    """The file that the command was to make; never through a link, never more than there is room for."""
    try:
        fd = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return NONE + f"'{name}' was not made: {error.strerror}".encode()
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        return NONE + f"'{name}' is not a file".encode()
    parts = []
    while most >= 0 and (part := os.read(fd, 1 << 20)):
        parts.append(part)
        most -= len(part)
    return NONE + f"'{name}' is too large".encode() if most < 0 else ARTEFACT + b"".join(parts)


def place(name: str, data: bytes, mode: int) -> None:
    """A file of the job's in its working folder."""
    folder = os.path.dirname(name)
    if folder:
        os.makedirs(folder, exist_ok=True)
    fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    while data:
        data = data[os.write(fd, data) :]
    os.close(fd)

"""What the fork server talks through: the line to the host, a job's output, the child's record."""

from __future__ import annotations

import mmap
import os
import socket
import struct
from typing import Any

LENGTH = struct.Struct("<I")
RECORD_HEADER = 8


def receive(sock: socket.socket, size: int) -> bytes:
    """Exactly that many bytes; EOFError when the host has gone."""
    parts = []
    while size:
        part = sock.recv(size)
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


class Stdio:
    """Standard streams in the place of a socket, moved out of the jobs' way."""

    def __init__(self) -> None:
        self._in, self._out = os.dup(0), os.dup(1)
        null = os.open("/dev/null", os.O_RDWR)
        for fd in (0, 1):
            os.dup2(null, fd)
        os.close(null)

    def recv(self, size: int) -> bytes:
        return os.read(self._in, size)

    def sendall(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._out, data) :]

    def fileno(self) -> int:
        return self._in

    def restore(self) -> None:
        """As they were, for starting over."""
        os.dup2(self._in, 0)
        os.dup2(self._out, 1)


def connect(argv: list[str]) -> Any:
    """`--socket PATH` (connects once), `--fd N` (inherited), or `--stdio -`."""
    kind, value = argv[-2:]
    if kind == "--stdio":
        return Stdio()
    if kind == "--fd":
        sock = socket.socket(fileno=int(value))
        sock.set_inheritable(False)
        return sock
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.connect(value)
    return sock


class Pipes:
    """A job's stdout and stderr, ours to read."""

    def __init__(self) -> None:
        out_read, self.out = os.pipe2(os.O_CLOEXEC)
        err_read, self.err = os.pipe2(os.O_CLOEXEC)
        self.readers: tuple[int, int] = (out_read, err_read)
        for fd in self.readers:
            os.set_blocking(fd, False)

    def close_writers(self) -> None:
        os.close(self.out)
        os.close(self.err)

    def close_readers(self) -> None:
        for fd in self.readers:
            os.close(fd)


class Record:
    """The child's report: comma-separated JSON values, appended to a shared mapping that outlives the child."""

    __slots__ = ("_end", "_memory", "_owner", "_room")

    def __init__(self, memory: mmap.mmap) -> None:
        self._memory = memory
        self._end = RECORD_HEADER
        self._room = len(memory)
        self._owner = os.getpid()

    def write(self, text: str) -> bool:
        """Appends one JSON value; False if there is no room. A fork of the candidate's own ends here."""
        if os.getpid() != self._owner:
            os._exit(0)
        return self.put(f"{text},".encode())

    def put(self, data: bytes) -> bool:
        """Appends bytes as they are; False if there is no room."""
        end = self._end + len(data)
        if end > self._room:
            return False
        self._memory[self._end : end] = data
        self._end = end
        LENGTH.pack_into(self._memory, 0, end - RECORD_HEADER)
        return True

    def room(self) -> int:
        """How many bytes can still be appended."""
        return self._room - self._end

"""A link over a container's attached standard streams, for engines that cannot mount a socket of ours.

The engine wraps what the container writes into frames of its own: one byte for the stream, three zeros, a big-endian
u32 length, the bytes. What we write goes in as it is.
"""

from __future__ import annotations

import struct
from typing import Any

from codefactory.runner.protocol import Link

HEADER = struct.Struct(">BxxxI")
STDOUT = 1


class AttachedLink(Link):
    """Takes the engine's frames off before ours are read."""

    def __init__(self) -> None:
        super().__init__()
        self.held: Any = None
        self._wrapped = bytearray()

    def data_received(self, data: bytes) -> None:
        self._wrapped += data
        while len(self._wrapped) >= HEADER.size:
            stream, size = HEADER.unpack_from(self._wrapped)
            end = HEADER.size + size
            if len(self._wrapped) < end:
                return
            inner = bytes(self._wrapped[HEADER.size : end])
            del self._wrapped[:end]
            if stream == STDOUT:
                super().data_received(inner)

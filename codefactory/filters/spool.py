"""Holds byte strings by number: in memory while they are few, in an unnamed temporary file when they are many."""

from __future__ import annotations

import tempfile
from array import array
from types import TracebackType

IN_MEMORY = 64 << 20  # bytes; then the file takes over, and a million rows cost 8 bytes each


class Spool:
    """Append, then read in any order; a context manager, whose end removes the file.

    Raises:
        OSError: from `add`, where the folder for temporary files is full.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by __exit__
        self._ends = array("Q", [0])
        self._at_end = True  # to seek throws away what is buffered, so adding after adding does not

    def add(self, data: bytes) -> None:
        """The next number's content."""
        if not self._at_end:
            self._file.seek(self._ends[-1])
            self._at_end = True
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        self._at_end = False
        self._file.seek(self._ends[number])
        return self._file.read(self._ends[number + 1] - self._ends[number])

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

"""The append-only, content-addressed record of all work: one SQLite file (WAL), one writer, resume is a look-up.

A *kind* (completion, outcome, draft, evidence, training, evaluation) and a *key* (the content id of the whole input)
name an entry; the value is JSON. Entries are never changed: writing a key again is a no-op, so that a resumed run
cannot rewrite history. Every write is a transaction of its own (70 us; grouping them saved nothing, since keys are
spread over all pages), so a `kill -9` loses the work in flight, which a rerun pays for again, and nothing else. A power
cut can also lose what was written since the last checkpoint.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from codefactory.errors import LedgerError

SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, created REAL NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
"""


class Ledger:
    """A key-value store of finished work.

    Raises:
        LedgerError: if the file cannot be written, is no ledger or a damaged one, or another process is writing it.
    """

    def __init__(self, path: Path, *, write: bool = True) -> None:
        self.path = path
        self._lock: IO[str] | None = None
        try:
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._take_lock()
            elif not path.exists():
                raise LedgerError(f"{path}: there is no ledger here yet; 'codefactory run' writes one")
            self._database = sqlite3.connect(path, isolation_level=None)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            if write:
                self._database.executescript(SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise _explain(path, error) from error

    def get(self, kind: str, key: str) -> bytes | None:
        """The entry's JSON, or None where this work has not been done."""
        row = self._row("SELECT value FROM entry WHERE kind = ? AND key = ?", kind, key)
        return bytes(row[0]) if row else None

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Record finished work, safe against a kill on return; a key that is there already stays as it is."""
        try:
            self._database.execute("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?)", (kind, key, value, time.time()))
        except sqlite3.Error as error:
            raise _explain(self.path, error) from error

    def flush(self) -> None:
        """Make everything written so far safe against a power cut too."""
        try:
            self._database.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.Error as error:
            raise _explain(self.path, error) from error

    def items(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """Every (key, value) of a kind, in key order, so that what is derived from them is reproducible."""
        try:
            for key, value in self._database.execute(
                "SELECT key, value FROM entry WHERE kind = ? ORDER BY key", (kind,)
            ):
                yield str(key), bytes(value)
        except sqlite3.Error as error:
            raise _explain(self.path, error) from error

    def count(self, kind: str) -> int:
        """How many entries of a kind there are."""
        return int(self._row("SELECT count(*) FROM entry WHERE kind = ?", kind)[0])

    def sums(self, kind: str, *fields: str) -> tuple[int, ...]:
        """The sum of each number field over all entries of a kind."""
        columns = ", ".join("total(json_extract(CAST(value AS TEXT), ?))" for _ in fields)
        paths = [f"$.{field}" for field in fields]
        return tuple(map(int, self._row(f"SELECT {columns} FROM entry WHERE kind = ?", *paths, kind)))

    def _row(self, query: str, *values: str) -> Any:
        try:
            return self._database.execute(query, values).fetchone()
        except sqlite3.Error as error:
            raise _explain(self.path, error) from error

    def close(self) -> None:
        """Close, and let the next writer in."""
        self._database.close()
        if self._lock:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take_lock(self) -> None:
        # An advisory lock on a file of its own: it dies with its process, so a kill -9 never leaves a stale one.
        lock = self.path.with_suffix(".lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            owner = lock.read().strip() or "unknown"
            lock.close()
            raise LedgerError(f"{self.path}: process {owner} is writing it; wait for it, or stop it") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock


def writer(path: Path) -> int:
    """The id of the process that is writing the ledger at `path` now; 0 where none is."""
    try:
        with path.with_suffix(".lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(lock.read().strip() or -1)
    except OSError:
        pass
    return 0


def _explain(path: Path, error: Exception) -> LedgerError:
    refused = isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    if refused or "readonly" in str(error) or "unable to open" in str(error):
        return LedgerError(f"{path}: cannot be written; choose another folder with 'out:' in the run file")
    if "full" in str(error) or getattr(error, "errno", 0) == errno.ENOSPC:
        return LedgerError(f"{path}: the disk is full; free some space and run the same command, it goes on from here")
    if "disk I/O" in str(error):
        return LedgerError(f"{path}: {error}; is the disk full? free some space and run the same command again")
    if "malformed" in str(error):
        return LedgerError(f"{path}: is damaged ({error}); put a copy in its place, or move it away and run again")
    return LedgerError(f"{path}: {error}; if it is not a ledger of this program, choose another 'out:' folder")

"""The ledger keeps what was written, once, whatever kills the writer, and says clearly why it cannot write."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from codefactory.errors import LedgerError
from codefactory.ledger import Ledger, writer
from codefactory.types import Completion, to_json


def test_entry_is_found_after_reopening(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        ledger.put("completion", "a", b"1")
    with Ledger(tmp_path / "l.sqlite", write=False) as ledger:
        assert ledger.get("completion", "a") == b"1"
        assert ledger.get("outcome", "a") is None


def test_history_is_never_rewritten(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        ledger.put("completion", "a", b"first")
        ledger.put("completion", "a", b"second")
        assert ledger.get("completion", "a") == b"first"


def test_items_come_in_key_order(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        for key in "cab":
            ledger.put("draft", key, key.encode())
        assert [key for key, _ in ledger.items("draft")] == ["a", "b", "c"]


def test_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite"), pytest.raises(LedgerError, match=f"process {os.getpid()} is writing"):
        Ledger(tmp_path / "l.sqlite")


def test_kill_loses_nothing_that_was_put(tmp_path: Path) -> None:
    program = f"""
        import os, pathlib, time
        from codefactory.ledger import Ledger
        ledger = Ledger(pathlib.Path({str(tmp_path / "l.sqlite")!r}))
        for number in range(5): ledger.put("completion", str(number), b"x")
        print("ready", flush=True)
        time.sleep(60)
    """
    child = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    with Ledger(tmp_path / "l.sqlite") as ledger:  # and the dead writer's lock does not stand in the way
        assert ledger.count("completion") == 5


def test_numbers_are_summed_over_a_kind(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite") as ledger:
        for number in range(4):
            ledger.put("completion", str(number), to_json(Completion(str(number), "ü", "stop", 10, number)))
        ledger.put("draft", "0", b"{}")
        assert ledger.sums("completion", "prompt_tokens", "completion_tokens") == (40, 6)
        assert ledger.sums("outcome", "cpu_s") == (0,)


def test_who_writes_is_known_while_it_writes(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    assert writer(path) == 0
    with Ledger(path):
        assert writer(path) == os.getpid()
    assert writer(path) == 0


def test_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    path.write_text("not a database, but long enough to be looked at as one" * 20)
    with pytest.raises(LedgerError, match=r"l\.sqlite.*another 'out:' folder"):
        Ledger(path)


def test_damaged_ledger_is_named_whatever_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    with Ledger(path) as ledger:
        for number in range(300):
            ledger.put("completion", str(number), b'{"n": 1}' * 20)
    body = bytearray(path.read_bytes())
    for place in range(4096, len(body), 64):
        body[place : place + 16] = b"\xff" * 16
    path.write_bytes(body)
    with Ledger(path, write=False) as ledger:
        for ask in (
            lambda: ledger.get("completion", "7"),
            lambda: ledger.count("completion"),
            lambda: ledger.sums("completion", "n"),
            lambda: list(ledger.items("completion")),
        ):
            with pytest.raises(LedgerError, match=r"l\.sqlite: is damaged .* move it away and run again"):
                ask()


def test_reading_before_any_run_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="codefactory run"):
        Ledger(tmp_path / "l.sqlite", write=False)


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="file"):
        Ledger(tmp_path / "file" / "l.sqlite")

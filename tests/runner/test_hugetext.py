"""Python's code on huge pages: the same bytes in the same place, or nothing is changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from codefactory.runner.images import sandbox_folder

ENABLED = Path("/sys/kernel/mm/transparent_hugepage/enabled")
PROGRAM = """
import ctypes, hashlib, json, os, sys
sys.path.insert(0, sys.argv[1])
import hugetext
start, end = hugetext.bounds()
digest = lambda: hashlib.sha256(ctypes.string_at(start, end - start)).hexdigest()
before = digest()
if sys.argv[2] == "none":
    hugetext.huge = lambda address: 0  # what a kernel says that has none to give
taken = hugetext.take()
pid = os.fork()
if not pid:
    os._exit(sum(int(word) for word in "3 4".split()))
_, status = os.waitpid(pid, 0)
own = [line for line in open("/proc/self/maps") if line.startswith(f"{start:x}-")]
print(json.dumps([before == digest(), taken, os.waitstatus_to_exitcode(status), len(own)]))
"""


def program(pages: str) -> list[int]:
    command = [sys.executable, "-c", PROGRAM, str(sandbox_folder()), pages]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: list[int] = json.loads(done.stdout)
    return found


def test_the_code_is_the_same_and_a_fork_runs_on() -> None:
    if not ENABLED.exists() or "[never]" in ENABLED.read_text():
        pytest.skip("this kernel gives no huge pages")
    same, taken, exit_code, _ = program("some")
    assert same
    assert exit_code == 7
    assert taken % (2 << 20) == 0


def test_without_huge_pages_nothing_is_changed() -> None:
    same, taken, exit_code, mapped = program("none")
    assert (same, taken, exit_code, mapped) == (True, 0, 7, 1)

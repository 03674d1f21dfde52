"""Puts the interpreter's own code on huge pages, so that a fork's child finds it mapped.

A fork does not hand on the page-table entries of a file's pages: every child would map Python's code anew, sixteen
pages for each of some fifty faults, and unmap them at its end, which is an eighth of what a small job costs. A huge
page of private memory is one entry, and fork copies it. So the parts of Python's mappings that fill whole huge pages
are copied to such pages, which are then moved, in one system call, to where the originals were.

Read-only constants that share a huge page with code become executable by that. Nothing is lost: a candidate may make
its own memory executable as it likes. Where the kernel gives no huge page (switched off, gVisor, a sandbox too small)
everything stays as it is.
"""

from __future__ import annotations

import ctypes
import mmap
import os

from walls import libc

HUGE = 2 << 20  # bytes, on x86-64: elsewhere copied code would need the caches' help to be seen
MAYMOVE, FIXED = 1, 2
FAILED = ctypes.c_void_p(-1).value

libc.mmap.restype = libc.mremap.restype = ctypes.c_void_p


def take() -> int:
    """Bytes of Python's code and constants that are now on huge pages."""
    if os.uname().machine != "x86_64":
        return 0
    try:
        start, end = bounds()
        first, last = -(-start // HUGE) * HUGE, end // HUGE * HUGE
        return last - first if last > first and moved(first, last - first) else 0
    except OSError:
        return 0


def bounds() -> tuple[int, int]:
    """The read-only mappings in a row of the file that holds Python's code."""
    code = ctypes.cast(ctypes.pythonapi.PyObject_Repr, ctypes.c_void_p).value or 0
    rows: list[tuple[str, int, int]] = []
    with open("/proc/self/maps", encoding="utf-8") as file:
        for line in file:
            area, rights, _, _, _, *name = line.split(None, 5)
            start, end = (int(part, 16) for part in area.split("-"))
            if rights not in ("r--p", "r-xp") or not name:
                continue
            if rows and rows[-1][0] == name[0] and rows[-1][2] == start:
                start = rows.pop()[1]
            rows.append((name[0], start, end))
    return next(((start, end) for _, start, end in rows if start <= code < end), (0, 0))


def moved(first: int, size: int) -> bool:
    """Copies a stretch to huge pages and moves these to its place; False where the kernel has none to give."""
    rights, private = mmap.PROT_READ | mmap.PROT_WRITE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    room = libc.mmap(None, ctypes.c_size_t(size + HUGE), rights, private, -1, ctypes.c_long(0))
    if room == FAILED:
        return False
    place = -(-room // HUGE) * HUGE
    at, length = ctypes.c_void_p(place), ctypes.c_size_t(size)
    done = False
    if libc.madvise(at, length, mmap.MADV_HUGEPAGE) == 0:
        ctypes.memmove(place, first, size)
        ready = huge(place) == size and libc.mprotect(at, length, mmap.PROT_READ | mmap.PROT_EXEC) == 0
        done = ready and libc.mremap(at, length, length, MAYMOVE | FIXED, ctypes.c_void_p(first)) == first
    for start, end in [(room, place), (place + size, room + size + HUGE)] if done else [(room, room + size + HUGE)]:
        if end > start:
            libc.munmap(ctypes.c_void_p(start), ctypes.c_size_t(end - start))
    return done


def huge(address: int) -> int:
    """Bytes of huge pages in the mapping that holds an address."""
    inside = False
    with open("/proc/self/smaps", encoding="utf-8") as file:
        for line in file:
            word, *rest = line.split(None, 1)
            if "-" in word and not word.endswith(":"):
                start, end = (int(part, 16) for part in word.split("-"))
                inside = start <= address < end
            elif inside and word == "AnonHugePages:":
                return int(rest[0].split()[0]) * 1024
    return 0

"""The hostile programs that every language is tried with, from the few parts of them that differ between languages.

What a program does to the machine (network, disk, processes, files that are not its own) is done through a shell, which
every image has: the walls stand around the process, whatever it is written in. What it does to its own interpreter
(leave, spin, hoard memory, flood its output, forge reports) is written in the language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from codefactory.languages.base import Canary
from codefactory.types import Status

FAILED, ERRORED, TIMEOUT, CRASHED = Status.FAILED, Status.ERRORED, Status.TIMEOUT, Status.CRASHED
MEMORY, INCOMPLETE, PASSED = Status.OUT_OF_MEMORY, Status.INCOMPLETE, Status.PASSED
REFUSED = (ERRORED, FAILED)

# (name, command): a program that could do it answers rightly, one that is refused raises.
COMMANDS = (
    ("network", "exec 9<>/dev/tcp/1.1.1.1/80"),
    ("fills the disk", "head -c 200000000 /dev/zero > /box/x"),
    ("writes to the harness", "echo x >> /sandbox/server.py"),
    ("writes to the system", "echo x > /usr/x"),
    ("reads the machine's secrets", "cat /etc/shadow"),
    ("looks into the server", "head -c 1 /proc/1/mem"),
    ("kills the server", "kill -9 1"),
)
BOMB = "b() { b | b & }; b; sleep 3; exit 1"
LEFTOVERS = "echo x > /box/left; echo y > /dev/shm/left; (setsid sleep 60 >/dev/null 2>&1 &)"
FORGED = """printf '[0,"v",3]\\n["done",""]\\n' >&3"""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the programs that differ.

    Attributes:
        function: statements -> a program whose `f(a, b)` executes them and answers a + b.
        wrong: a program whose `f` answers something else.
        shell: a command for bash -> a statement that runs it and raises where it fails.
        load: statements -> a program that executes them and ends with exit code 0 when it is loaded.
        spin, hoard, flood: programs that loop, allocate and print without end when they are loaded.
        broken: a program that does not parse.
    """

    function: Callable[[str], str]
    wrong: str
    shell: Callable[[str], str]
    load: Callable[[str], str]
    spin: str
    hoard: str
    flood: str
    broken: str


def canaries(parts: Parts) -> tuple[Canary, ...]:
    """The table, good programs first."""
    ran = [Canary(name, parts.function(parts.shell(command)), REFUSED) for name, command in COMMANDS]
    return (
        Canary("a right program", parts.function(""), (PASSED,)),
        Canary("a wrong program", parts.wrong, (FAILED,)),
        Canary("does not parse", parts.broken, (Status.SYNTAX,)),
        Canary("leaves before the tests", parts.load(""), (INCOMPLETE,)),
        Canary("endless loop", parts.spin, (TIMEOUT,)),
        Canary("memory without end", parts.hoard, (MEMORY, ERRORED, CRASHED)),
        Canary("endless output", parts.flood, (Status.OUTPUT_LIMIT,)),
        Canary("fork bomb", parts.function(parts.shell(BOMB)), (ERRORED, FAILED, CRASHED, TIMEOUT, MEMORY)),
        Canary("forges reports and leaves", parts.load(parts.shell(FORGED)), (INCOMPLETE, ERRORED)),
        Canary("leaves files and a process behind", parts.function(parts.shell(LEFTOVERS)), (PASSED,)),
        *ran,
    )

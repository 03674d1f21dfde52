"""What the sandbox really enforces on this machine: canaries, good and bad, run in the sandbox that would be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codefactory.runner.base import Runner, open_runner
from codefactory.types import Assurance, Call, Case, Check, Job, Limits, Outcome, Status

LIMITS = Limits(cpu_s=1.0, wall_s=3.0, memory_mb=128)

Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Canary:
    """A program, its one case, and the verdicts that show that the wall stands."""

    name: str
    code: str
    good: tuple[Status, ...]
    expected: str = "3"
    assurance: Assurance = Assurance.COMPARED

    def job(self) -> Job:
        call = Call("f(1, 2)", self.expected) if self.assurance is Assurance.COMPARED else None
        case = Case("canary", f"assert f(1, 2) == {self.expected}", call)
        return Job("python", self.code, "f", (case,), assurance=self.assurance, limits=LIMITS)


GOOD = "def f(a, b):\n    return a + b\n"
BAD = "def f(a, b):\n    return a - b\n"
FORGED = "class A:\n    def __eq__(self, other): return True\ndef f(a, b): return A()\n"


def _body(text: str) -> str:
    return f"import os, socket\ndef f(a, b):\n    {text}\n    return 3\n"


CANARIES = (
    Canary("a right program", GOOD, (Status.PASSED,)),
    Canary("a wrong program", BAD, (Status.FAILED,)),
    Canary("a right program, test file beside it", GOOD, (Status.PASSED,), assurance=Assurance.SHARED),
    Canary("a right program, tests in another process", GOOD, (Status.PASSED,), assurance=Assurance.SEPARATED),
    Canary("leaves before the tests", "import os\nos._exit(0)", (Status.INCOMPLETE,)),
    Canary("equals everything", FORGED, (Status.FAILED,)),
    Canary("endless loop", "while True: pass", (Status.TIMEOUT,)),
    Canary("1 GiB of memory", "x = b'x' * (1 << 30)", (Status.OUT_OF_MEMORY,)),
    Canary("endless output", "while True: print('x' * 4096)", (Status.OUTPUT_LIMIT,)),
    Canary("fork bomb", "import os\nwhile True: os.fork()", (Status.ERRORED, Status.CRASHED, Status.TIMEOUT)),
    Canary("fills the disk", _body("open('/box/x', 'wb').write(bytes(64 << 20))"), (Status.ERRORED,)),
    Canary("network", _body("socket.create_connection(('1.1.1.1', 53), 1)"), (Status.ERRORED,)),
    Canary("writes outside its box", _body("open('/usr/x', 'w')"), (Status.ERRORED,)),
    Canary("reads the machine's secrets", _body("open('/etc/shadow').read()"), (Status.ERRORED,)),
    Canary("looks into the server", _body("open('/proc/1/mem', 'rb').read(1)"), (Status.ERRORED,)),
    Canary("refused system calls (AF_ALG)", _body("socket.socket(38, 5)"), (Status.ERRORED,)),
)
# Asked of the sandbox itself; what is not enforced here is said, not failed.
FACTS = (
    ("a uid of its own", "os.getuid() not in (0, 65534)"),
    ("no capabilities", "'CapEff:\\t0000000000000000' in open('/proc/self/status').read()"),
    ("no new privileges", "'NoNewPrivs:\\t1' in open('/proc/self/status').read()"),
    ("one core", "len(os.sched_getaffinity(0)) == 1"),
    ("no process but the server and itself", "len([p for p in os.listdir('/proc') if p.isdigit()]) == 2"),
)


async def check(runner: str = "auto") -> list[Row]:
    """Rows of (what, expected, found, `ok` or `NOT ENFORCED`); one canary at a time, about ten seconds in all.

    Raises:
        SandboxError: if no sandbox can be used here at all.
    """
    async with open_runner(runner, slots=1) as opened:
        rows: list[Row] = [("runner", "docker, else namespace", f"{opened.name} ({opened.image[:40]})", "ok")]
        for canary in CANARIES:
            outcome = await opened.execute(canary.job())
            expected = " or ".join(status.value for status in canary.good)
            rows.append((canary.name, expected, outcome.status.value, _mark(outcome.status in canary.good)))
        rows.append(await _output(opened))
        return rows + await _facts(opened)


def open_walls(rows: Iterable[Row]) -> list[str]:
    """The canaries that did not get their verdict; what a machine merely does not enforce (FACTS) is none of them."""
    facts = {name for name, _ in FACTS}
    return [row[0] for row in rows if row[3] != "ok" and row[0] not in facts]


async def _output(runner: Runner) -> Row:
    """A script whose output is compared."""
    call = Call("3 4\n", "7\n", Check.STDOUT)
    job = Job("python", "print(sum(map(int, input().split())))", "", (Case("sum", "", call),), limits=LIMITS)
    outcome = await runner.execute(job)
    return ("a script: stdin, stdout", "passed", outcome.status.value, _mark(outcome.status is Status.PASSED))


async def _facts(runner: Runner) -> list[Row]:
    calls = tuple(Case(name, "", Call(f"bool({text})", "True")) for name, text in FACTS)
    outcome: Outcome = await runner.execute(Job("python", "import os", "", calls, limits=LIMITS))
    rows: list[Row] = []
    for fact in outcome.facts:
        holds = fact.status is Status.PASSED
        rows.append((fact.name, "yes", "yes" if holds else "no", _mark(holds)))
    return rows


def _mark(holds: bool) -> str:
    return "ok" if holds else "NOT ENFORCED"

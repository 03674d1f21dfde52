"""What a kill -9 costs: calls that are made again, and whether the corpus is the same.

A server in a process of its own takes 0.2 s for each call and counts. It kills the run itself, the moment a chosen call
arrives. Then the same command runs to its end. Killed once at 60 % of the calls, and again and again at ten random
points; beside it, an undisturbed run.

A call is in flight from when it is sent until its answer is in the ledger: on its way, unanswered, unread in a socket,
or read and not yet recorded. So they are counted as the calls that arrived less what the ledger gained, and as no more
than the run may have in flight at once: answers that lie about while further calls take their places would show.

    python -m benchmarks.resume [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from codefactory.ledger import Ledger

ROOT = Path(__file__).parents[1]
CALL_S = 0.2
BATCH = 16
CALLS_A_DRAFT = 5  # one task, three further solutions, one further suite
RUN = """
out: {out}
llm: {{backend: openai, model: fake, base_url: http://127.0.0.1:{port}/v1, batch: {batch}}}
seeds: {{count: {count}}}
recipe: {{solutions: 4, suites: 2}}
sandbox: {{runner: process}}
select: {{decontaminate: [], near_duplicates: 0}}
"""


@dataclass(frozen=True)
class Result:
    """One run that was killed: calls needed, calls made, what was in flight at each kill, and its corpora."""

    name: str
    needed: int
    made: int
    in_flight: list[int]
    same: bool


@contextmanager
def server() -> Iterator[int]:
    """The port of a fresh server."""
    command = [sys.executable, str(ROOT / "benchmarks/servers/answering.py"), "--delay", str(CALL_S)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()


def ask(port: int, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Talk to the server about itself."""
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", data=data, timeout=30) as answer:
        return dict(json.load(answer))


def start(file: Path) -> subprocess.Popen[bytes]:
    """The run, in a process group of its own."""
    command = [sys.executable, "-m", "codefactory", "run", str(file)]
    with file.with_suffix(".log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, start_new_session=True)


def finish(file: Path) -> None:
    """Run to the end."""
    if start(file).wait(timeout=3600):
        raise SystemExit(file.with_suffix(".log").read_text()[-2000:])


def corpora(folder: Path) -> dict[str, bytes]:
    """Every corpus, byte for byte."""
    return {path.parent.name: path.read_bytes() for path in sorted(folder.glob("corpus/*/records.jsonl"))}


def killed(folder: Path, name: str, needed: int, points: list[int]) -> Result:
    """Kill a run at each of these calls, then let it end; an undisturbed run stands beside it."""
    with server() as port:
        texts = {kind: folder / f"{name}-{kind}.yaml" for kind in ("killed", "undisturbed")}
        for kind, path in texts.items():
            out = folder / f"{name}-{kind}"
            path.write_text(RUN.format(out=out, port=port, batch=BATCH, count=needed // CALLS_A_DRAFT))
        in_flight = [kill_at(port, texts["killed"], folder / f"{name}-killed", point) for point in points]
        finish(texts["killed"])
        made = ask(port, "/count")["calls"]
        finish(texts["undisturbed"])
        assert ask(port, "/count")["calls"] == made + needed, "an undisturbed run makes each call once"
    same = corpora(folder / f"{name}-killed") == corpora(folder / f"{name}-undisturbed") != {}
    return Result(name, needed, made, in_flight, same)


def kill_at(port: int, file: Path, out: Path, point: int) -> int:
    """Start the run, have it killed when call number `point` arrives; how many calls were in flight then."""
    arrived, recorded = ask(port, "/count")["calls"], completions(out)
    process = start(file)
    ask(port, "/kill", {"pid": process.pid, "at": point})
    process.wait(timeout=3600)
    try:
        os.killpg(process.pid, signal.SIGKILL)  # its sandbox
    except ProcessLookupError:
        time.sleep(0)
    # The server's one loop reads what was on its way before it reads this question.
    unrecorded = ask(port, "/count")["calls"] - arrived - (completions(out) - recorded)
    return min(int(unrecorded), BATCH)


def completions(out: Path) -> int:
    """How many answers are in the ledger."""
    if not (out / "ledger.sqlite").exists():
        return 0
    with Ledger(out / "ledger.sqlite", write=False) as ledger:
        return ledger.count("completion")


def cases(quick: bool) -> Iterator[tuple[str, int, list[int]]]:
    """(name, calls needed, the calls at which it is killed)."""
    for needed in (100,) if quick else (600, 1200):
        yield f"{needed} calls, killed at 60 %", needed, [int(needed * 0.6)]
        generator = random.Random(needed)
        count = 3 if quick else 10
        # Later points count what was made again, too: the numbers are of calls that arrive.
        yield f"{needed} calls, killed at {count} points", needed, sorted(generator.sample(range(10, needed), count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="100 calls instead of 600 and 1,200")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    shown = Table(title=f"kill -9 and resume, {CALL_S} s a call, {BATCH} at once", title_justify="left")
    for column in ("run", "needed", "made", "made again", "in flight at the kills", "same corpus"):
        shown.add_column(column, justify="left" if column == "run" else "right")
    with tempfile.TemporaryDirectory() as folder:
        results = [killed(Path(folder), *case) for case in cases(options.quick)]
    claims = []
    for one in results:
        again, flying = one.made - one.needed, sum(one.in_flight)
        shown.add_row(one.name, f"{one.needed:,}", f"{one.made:,}", f"{again:,}", f"{flying:,}", str(one.same))
        text = f"{one.name}: calls made again, at most those in flight at the kills, and the same corpus"
        bar = f"<= {flying}"
        claims.append({"claim": text, "value": again, "bar": bar, "holds": again <= flying and one.same})
    Console().print(shown)
    if options.json:
        options.json.write_text(json.dumps({"claims": claims}, indent=1) + "\n")


if __name__ == "__main__":
    main()

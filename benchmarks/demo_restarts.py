"""Killed with SIGKILL at random moments and started again, the demo ends with the same corpus and the same table.

An undisturbed demo is run first, then one whose every session but the last is killed; the moments are spread at random
over the time that the undisturbed one took, so they fall into whatever it was doing. Compared are the corpora and the
exports byte for byte, the table of arms as it was printed, and the study's file but for times.

    python -m benchmarks.demo_restarts [--quick] [--kills 5] [--seed 0] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.table import Table

EXAMPLES = Path(__file__).parents[1] / "codefactory" / "examples"
CODEFACTORY = f"{sys.executable} -m codefactory"
DEMO = (f"{CODEFACTORY} demo",)
QUICK = (f"{CODEFACTORY} run run.yaml", f"{CODEFACTORY} study study.yaml")
QUICK_CHANGES: dict[str, tuple[str, dict[str, Any]]] = {  # the demo's loop, a fortieth of its size
    "run.yaml": ("demo.yaml", {"seeds": {"count": 40}}),
    "study.yaml": ("demo-study.yaml", {"run": "run.yaml", "seeds": [0], "train": {"steps": 4}}),
}
TIMES = re.compile(r'"[a-z_]*(?:_s|seconds|started|finished)": [^,\n]*')


def write_quick_files(folder: Path) -> None:
    """The demo's files with a few keys changed, in the folder where the commands run."""
    for name, (example, changes) in QUICK_CHANGES.items():
        data = yaml.safe_load((EXAMPLES / example).read_text())
        for key, change in changes.items():
            data[key] = data[key] | change if isinstance(change, dict) else change
        if name == "study.yaml":
            data["arms"] = [
                arm | ({"rows": 8} if "rows" in arm else {}) for arm in data["arms"][:1] + data["arms"][-2:]
            ]
        (folder / name).write_text(yaml.safe_dump(data, sort_keys=False))


def session(folder: Path, steps: Sequence[str], kill_after_s: float | None) -> bool:
    """One start of the command; whether it ended by itself, with exit code 0 or a RuntimeError."""
    with (folder / "log.txt").open("ab") as log:
        environment = dict(os.environ, PYTHONPATH=str(EXAMPLES.parents[1]), COLUMNS="200")
        process = subprocess.Popen(
            ["sh", "-c", " && ".join(steps)],
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=environment,
        )
        try:
            code = process.wait(timeout=kill_after_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return False
    if code:
        raise RuntimeError(f"exit code {code}: {(folder / 'log.txt').read_text()[-2000:]}")
    return True


def moments(kills: int, seconds: float, seed: int) -> list[float]:
    """How long each session lives, seconds: together, random moments of an undisturbed run in their order."""
    generator = random.Random(seed)
    points = sorted(generator.uniform(0.03, 0.97) * seconds for _ in range(kills))
    return [after - before for before, after in zip([0.0, *points], points, strict=False)]


def results(folder: Path) -> dict[str, bytes]:
    """What must be the same, by name."""
    out = folder / "runs" / "demo"
    found = {
        str(path.relative_to(out)): path.read_bytes()
        for pattern in ("run/corpus/*/records.jsonl", "export/**/*.jsonl", "export/**/*.parquet")
        for path in sorted(out.glob(pattern))
    }
    found["study.json, times aside"] = TIMES.sub("", (out / "study" / "study.json").read_text()).encode()
    text = (folder / "log.txt").read_text()
    # To the next command's line: the demo's last words are how long it took.
    found["the table of arms"] = text[text.rindex("pass@1") :].partition("\n$ ")[0].partition("study demo:")[0].encode()
    return found


def measure(kills: int, seed: int, steps: Sequence[str], console: Console) -> dict[str, Any]:
    """Run both, compare, print; the claim."""
    with tempfile.TemporaryDirectory(prefix="codefactory-restarts-") as scratch:
        calm, killed = Path(scratch, "undisturbed"), Path(scratch, "killed")
        for folder in (calm, killed):
            folder.mkdir()
            write_quick_files(folder)
        start = time.monotonic()
        session(calm, steps, None)
        seconds = time.monotonic() - start
        lives = moments(kills, seconds, seed)
        done = 0
        for life in lives:
            ended = session(killed, steps, life)
            done += not ended
            console.print(f"session of {life:.0f} s: {'ended by itself' if ended else 'killed'}")
        start = time.monotonic()
        session(killed, steps, None)
        console.print(f"undisturbed {seconds:.0f} s; killed {sum(lives):.0f} s, then {time.monotonic() - start:.0f} s")
        expected, found = results(calm), results(killed)
    table = Table("result", "bytes", "the same", title=f"after {done} kills")
    for name, content in expected.items():
        table.add_row(name, f"{len(content):,}", "yes" if found.get(name) == content else "NO")
    console.print(table)
    same = sum(found.get(name) == content for name, content in expected.items())
    holds = done == kills and found == expected
    claim = f"results of the demo that are the same after {done} kills at random moments"
    return {"claim": claim, "value": f"{same} of {len(expected)}", "bar": "all", "holds": holds}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small run and study instead of the demo")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    claim = measure(options.kills, options.seed, QUICK if options.quick else DEMO, Console())
    if options.json:
        options.json.write_text(json.dumps({"claims": [claim]}, indent=2) + "\n")


if __name__ == "__main__":
    main()

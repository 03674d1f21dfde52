"""What the factory takes away from a real vLLM: tokens a second through it, against vLLM's own offline batch.

Both answer the same prompts with the same seeds, the micro-writer's weights, and as many sequences at once. The
offline batch is one call of `LLM.chat`; the factory writes drafts with `vllm serve` behind the openai backend: recipe,
request, HTTP, parse, ledger. A run's questions repeat (a few topics, many drafts), and the factory has samples of one
question drawn in one call where they wait for it together. Rounds take turns, so that a busy machine is busy for both;
CPU seconds of all processes of either side stand beside the wall clock. Needs the environment that `scripts/setup-vllm`
makes.

    python -m benchmarks.vllm_throughput [--quick] [--json FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from rich.console import Console
from rich.table import Table

from benchmarks.writer_overhead import NoRunner
from codefactory.accounts import Progress
from codefactory.config import RunConfig
from codefactory.ledger import Ledger
from codefactory.llm.base import open_backend
from codefactory.llm.checkpoint import locate
from codefactory.llm.siblings import seed_of
from codefactory.pipeline import WINDOW_PER_BATCH, Factory, sampling
from codefactory.recipes import RECIPES
from codefactory.recipes.seeds import stream
from codefactory.runner.base import Runner
from codefactory.types import Request

ROOT = Path(__file__).parents[1]
OWN = ROOT / ".venv-vllm" / "bin" / "python"
PYTHON = os.environ.get("CODEFACTORY_VLLM_PYTHON", str(OWN) if OWN.exists() else "")
SEQUENCES = 64  # at once in the engine
WAITING = 2  # calls in flight for each of them: the next one is there when one ends
BAR = 0.95
START_S = 600
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "HF_HUB_OFFLINE": "1",
    "VLLM_NO_USAGE_STATS": "1",
}


@dataclass
class Side:
    """What one side has done over all its rounds."""

    tokens: int = 0
    wall_s: float = 0.0
    cpu_s: float = 0.0

    def add(self, tokens: int, wall_s: float, cpu_s: float) -> None:
        self.tokens, self.wall_s, self.cpu_s = self.tokens + tokens, self.wall_s + wall_s, self.cpu_s + cpu_s


def cpu_s(pid: int) -> float:
    """CPU seconds of a process and all that descend from it (proc(5))."""
    parents, used = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        number = int(path.parent.name)
        parents[number], used[number] = int(fields[1]), int(fields[11]) + int(fields[12])
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(used.get(one, 0) for one in family) / os.sysconf("SC_CLK_TCK")


def config_of(out: Path, url: str, count: int) -> RunConfig:
    """One question a draft, so that both sides are asked the same."""
    llm = {"backend": "openai", "model": "micro-writer", "base_url": url, "batch": WAITING * SEQUENCES}
    topics = ["lists", "sums", "strings", "dictionaries", "filtering", "sorting", "searching", "arithmetic"]
    return RunConfig.model_validate(
        {
            "out": str(out),
            "llm": {**llm, "max_tokens": 320, "timeout_s": 600},
            "seeds": {"count": count, "topics": topics, "difficulties": ["easy", "medium", "hard"]},
            "recipe": {"solutions": 1, "suites": 1},
        }
    )


def prompts(config: RunConfig, model: str) -> list[dict[str, Any]]:
    """What the run will ask, as the offline batch takes it."""
    found = []
    for seed in stream(config.seeds):
        (ask,) = next(RECIPES.load(config.recipe.name)(seed, config.recipe))
        request = Request(model, ask.messages, sampling=sampling(config), sample=ask.first)
        found.append(
            {
                "messages": [{"role": turn.role, "content": turn.content} for turn in ask.messages],
                "seed": seed_of(request),
                "max_tokens": config.llm.max_tokens,
                "temperature": config.llm.temperature,
            }
        )
    return found


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def end(process: subprocess.Popen[Any]) -> None:
    """Ends a vLLM with its workers, which outlive it where it alone is told to end."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def served(folder: Path, port: int) -> Iterator[int]:
    """`vllm serve` with the micro-writer, up: its process id."""
    command = [PYTHON, "-m", "vllm.entrypoints.openai.api_server", "--model", str(locate("micro-writer"))]
    command += ["--port", str(port), "--served-model-name", "micro-writer", "--dtype", "float32"]
    command += ["--max-model-len", "512"]
    command += [
        "--max-num-seqs",
        str(SEQUENCES),
        "--enforce-eager",
        "--disable-uvicorn-access-log",
        "--disable-log-stats",
    ]
    log = folder / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, env=ENVIRONMENT, cwd=folder, start_new_session=True)
    try:
        until = time.monotonic() + START_S
        while not _healthy(f"http://127.0.0.1:{port}/health"):
            if server.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"vllm serve did not come up: {log.read_text()[-3000:]}")
            time.sleep(1)
        yield server.pid
    finally:
        end(server)


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def offline(folder: Path, asked: list[dict[str, Any]]) -> Iterator[subprocess.Popen[str]]:
    """The offline batch, on its way up."""
    path = folder / "prompts.json"
    path.write_text(json.dumps(asked))
    command = [PYTHON, "-m", "benchmarks.servers.offline", str(locate("micro-writer")), str(path), str(SEQUENCES)]
    with (folder / "offline.log").open("wb") as log:
        batch = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=ENVIRONMENT, cwd=folder,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield batch
    finally:
        end(batch)


def _line(batch: subprocess.Popen[str], mark: str, folder: Path) -> str:
    assert batch.stdout
    for line in batch.stdout:
        if line.startswith(mark):
            return line.removeprefix(mark)
    raise SystemExit(f"vLLM's offline batch ended: {(folder / 'offline.log').read_text()[-3000:]}")


async def through_factory(config: RunConfig) -> int:
    """Write every draft; the tokens that the server reports."""
    progress = Progress(config.seeds.count)
    seeds = stream(config.seeds)
    with Ledger(config.out / "ledger.sqlite") as ledger:
        async with open_backend(config.llm) as backend:
            factory = Factory(config, ledger, backend, cast("Runner", NoRunner()), progress)

            async def work() -> None:
                for seed in seeds:
                    await factory.write(seed)

            await asyncio.gather(*(work() for _ in range(WINDOW_PER_BATCH * config.llm.batch)))
    if progress.calls != config.seeds.count:
        raise SystemExit(f"{progress.calls} calls for {config.seeds.count} drafts: not the same prompts")
    return progress.tokens


def measure(folder: Path, count: int, rounds: int) -> dict[str, Side]:
    """Both sides in turns; the first round of each warms it up and does not count."""
    sides = {"offline": Side(), "factory": Side()}
    port = free_port()
    url = f"http://127.0.0.1:{port}/v1"
    asked = prompts(config_of(folder / "run", url, count), f"micro-writer@127.0.0.1:{port}")
    with offline(folder, asked) as batch, served(folder, port) as server:
        _line(batch, "READY", folder)
        for number in range(rounds + 1):
            before = cpu_s(batch.pid)
            assert batch.stdin
            batch.stdin.write("go\n")
            batch.stdin.flush()
            found = json.loads(_line(batch, "ROUND", folder))
            if number:
                sides["offline"].add(found["tokens"], found["wall_s"], cpu_s(batch.pid) - before)
            before, started = cpu_s(server) + time.process_time(), time.perf_counter()
            tokens = asyncio.run(through_factory(config_of(folder / f"run{number}", url, count)))
            wall_s, used = time.perf_counter() - started, cpu_s(server) + time.process_time() - before
            if number:
                sides["factory"].add(tokens, wall_s, used)
    return sides


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="100 prompts in one round instead of 1,000 in three")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    claims: list[dict[str, Any]] = []
    if not PYTHON:
        print("no vLLM here: scripts/setup-vllm makes .venv-vllm with one; nothing was measured")
    else:
        with tempfile.TemporaryDirectory() as folder:
            sides = measure(Path(folder), *((100, 1) if options.quick else (1000, 3)))
        claims = shown(sides)
    if options.json:
        options.json.write_text(json.dumps({"claims": claims}, indent=1) + "\n")


def shown(sides: dict[str, Side]) -> list[dict[str, Any]]:
    """Print the table; the claim."""
    table = Table(
        title=f"the same prompts, {SEQUENCES} sequences at once, micro-writer in float32", title_justify="left"
    )
    for name in ("side", "tokens", "tokens a second", "tokens a CPU second"):
        table.add_column(name, justify="left" if name == "side" else "right")
    rates = {name: side.tokens / side.wall_s for name, side in sides.items()}
    for name, side in sides.items():
        table.add_row(name, f"{side.tokens:,}", f"{rates[name]:,.0f}", f"{side.tokens / side.cpu_s:,.0f}")
    Console().print(table)
    share = rates["factory"] / rates["offline"]
    text = "tokens a second through the factory and vllm serve, as a share of vLLM's own offline batch"
    return [{"claim": text, "value": round(share, 3), "bar": f">= {BAR}", "holds": share >= BAR}]


if __name__ == "__main__":
    main()

"""Does an evaluation reproduce what is known? Canonical solutions, stubs, and a real model's samples on HumanEval.

Every answer takes the way of a model's: asked for by `evaluation.evaluate` in the benchmark's own form, cut, executed
in the sandbox, counted. Canonical solutions must score 1.0 and stubs 0.0. The 100 samples that CodeGen-16B wrote for
each of 82 HumanEval tasks (microsoft/CodeT, MIT) must give the pass@1 that those samples are known for, 23.5 %; pass@10
and pass@100 are counted again from binomial coefficients, which is another formula than the one in `stats`.

    python -m benchmarks.evaluation_truth [--data DIR] [--quick] [--json FILE]

--quick takes 8 samples a task and every eighth task of the canonical sets.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Callable
from math import comb
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Table

from codefactory import evaluation
from codefactory.config import EvaluationConfig
from codefactory.errors import InputError
from codefactory.evaluation import Evaluation
from codefactory.languages.python import completion_pair
from codefactory.ledger import Ledger
from codefactory.llm.replay import Script
from codefactory.runner.base import Runner, open_runner
from codefactory.tasks.base import load
from codefactory.tasks.prompts import asking
from codefactory.types import Limits, Record, Request

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LIMITS = Limits(cpu_s=5.0, wall_s=60.0)
SAMPLED = Limits(cpu_s=1.0, wall_s=30.0)  # a model's samples: endless ones are many, right ones take milliseconds
KNOWN, NEAR = 23.5, 0.1  # percent: pass@1 of CodeGen-16B's samples on these tasks, and the rounding of that figure
SAMPLED_NEAR = 3.0  # eight samples a task: a standard error of about one point
# Its helper stands after the function, where an answer in this form has ended.
EXCUSED = {"function": {"mbpp/223"}}


class Bench:
    """Evaluates scripted answers on one runner and remembers what came out."""

    def __init__(self, runner: Runner, ledger: Ledger) -> None:
        self.runner, self.ledger = runner, ledger
        self.table = Table("answers", "tasks", "answers a task", "pass@1, %", "not passed")
        self.claims: list[dict[str, object]] = []

    async def ask(
        self,
        name: str,
        tasks: list[Record],
        config: EvaluationConfig,
        answer: Callable[[Record, Request], str],
        limits: Limits = LIMITS,
    ) -> Evaluation:
        """One evaluation of a script that knows which task it is asked for."""
        ask = asking(config.prompts or "", config.tasks)
        by_words = {(question.prompt, question.messages): task for task in tasks if (question := ask(task))}
        script = Script(lambda request: answer(by_words[request.prompt, request.messages], request), f"{name}@1")
        found = await evaluation.evaluate(script, self.runner, tasks, config, self.ledger, limits=limits)
        others = ", ".join(f"{count} {status}" for status, count in found.statuses().items() if status != "passed")
        score = f"{100 * found.pass_at_k(1).value:.1f}"
        self.table.add_row(name, str(len(tasks)), str(config.samples), score, others)
        return found

    def claim(self, text: str, value: float, low: float, high: float) -> None:
        """One promise with what was found."""
        bar = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        self.claims.append({"claim": text, "value": round(value, 4), "bar": bar, "holds": low <= value <= high})


def canonical(style: str) -> Callable[[Record, Request], str]:
    """The canonical solution as a model would have to write it in this way of asking."""

    def write(task: Record, _: Request) -> str:
        code = task.solution.code
        if style == "mbpp":
            return f"{code}[DONE]\nand more"
        return f"Here it is:\n```python\n{code}```\nDone." if style == "chat" else completion_pair(task)[1]

    return write


def stub(task: Record, _: Request) -> str:
    """A body in the task's own layout that returns None: one that did not parse would prove nothing."""
    body = completion_pair(task)[1].lstrip("\n")
    return f"\n{body[: len(body) - len(body.lstrip())]}return None\n"


async def truths(bench: Bench, data: Path, every: int) -> None:
    """Canonical solutions and stubs in every way of asking."""
    human, mbpp = data / "humaneval" / "HumanEval.jsonl.gz", data / "mbpp" / "mbpp.jsonl"
    sets = [("reference:heldout", "function"), (f"humaneval@{human}", "function"), (f"humaneval@{human}", "chat")]
    sets += [(f"mbpp:test@{mbpp}", "function"), (f"mbpp:test@{mbpp}", "mbpp"), (f"mbpp:test@{mbpp}", "chat")]
    for name, style in sets:
        excused = EXCUSED.get(style, set())
        tasks = [task for task in load(name) if task.name not in excused][::every]
        config = EvaluationConfig.model_validate({"tasks": name, "prompts": style})
        label = f"{name.partition('@')[0]} as {style}"
        right = await bench.ask(f"canonical, {label}", tasks, config, canonical(style))
        bench.claim(f"canonical solutions, {label}", right.pass_at_k(1).value, 1.0, 1.0)
        if style == "function":
            wrong = await bench.ask(f"stubs, {label}", tasks, config, stub)
            bench.claim(f"stubs that do not parse, {label}", wrong.statuses().get("syntax", 0), 0, 0)
            bench.claim(f"stubs, {label}", wrong.pass_at_k(1).value, 0.0, 0.0)


async def codegen(bench: Bench, data: Path, samples: int) -> None:
    """CodeGen-16B's samples, and pass@k counted twice."""
    lines = (data / "codet" / "codegen16b_humaneval_solutions.jsonl").read_text(encoding="utf-8").splitlines()
    written = {row["task_id"]: row["samples"] for row in map(json.loads, lines)}
    tasks = [task for task in load(f"humaneval@{data / 'humaneval' / 'HumanEval.jsonl.gz'}") if task.name in written]
    ks = tuple(k for k in (1, 10, 100) if k <= samples)
    config = EvaluationConfig(tasks="humaneval", samples=samples, temperature=0.8, k=ks, prompts="humaneval")
    found = await bench.ask(
        "CodeGen-16B", tasks, config, lambda task, asked: str(written[task.name][asked.sample]), SAMPLED
    )
    near = NEAR if samples == 100 else SAMPLED_NEAR
    bench.claim(
        "CodeGen-16B on 82 HumanEval tasks, pass@1 in %", 100 * found.pass_at_k(1).value, KNOWN - near, KNOWN + near
    )
    for k in ks:
        counted = fmean(1 - comb(result.n - result.c, k) / comb(result.n, k) for result in found.results)
        ours = found.pass_at_k(k).value
        bench.claim(f"pass@{k} {100 * ours:.2f} %: gap to binomial coefficients", abs(ours - counted), 0.0, 1e-9)


async def measure(data: Path, quick: bool) -> Bench:
    """Everything, in a ledger of its own."""
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.sqlite") as ledger:
        async with open_runner("auto") as runner:
            bench = Bench(runner, ledger)
            await truths(bench, data, 8 if quick else 1)
            await codegen(bench, data, 8 if quick else 100)
            return bench


def main() -> None:
    """Print a table, a line a claim, and write them as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA, help="folder with humaneval, mbpp and codet")
    parser.add_argument("--quick", action="store_true", help="a part of it, under 45 s")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    if not (options.data / "codet").is_dir():
        raise InputError(f"{options.data}: does not hold codet, humaneval and mbpp; name the folder with --data")
    started, console = time.monotonic(), Console()
    bench = asyncio.run(measure(options.data, options.quick))
    console.print(bench.table)
    for claim in bench.claims:
        console.print(f"{'holds' if claim['holds'] else 'FAILS'}: {claim['claim']}: {claim['value']} ({claim['bar']})")
    console.print(f"{time.monotonic() - started:.0f} s, {bench.runner.name} runner")
    if options.json:
        report = {"claims": bench.claims, "seconds": round(time.monotonic() - started, 1), "quick": options.quick}
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

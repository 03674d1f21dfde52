"""Measures the printer (`--prove 200`) and micro-lua (`--tasks 50`, k = 4 translations of each) in the Lua sandbox.

The tasks are those of `lua_corpus --held-out`: no training text holds their syntax trees. The recipe `translate` runs
as in any other run, and every translation is executed under the compiled cases.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from codefactory.config import RunConfig
from codefactory.languages.lua import LUA
from codefactory.ledger import Ledger
from codefactory.pipeline import known_keys, run
from codefactory.recipes.base import Try
from codefactory.recipes.drafting import holds
from codefactory.recipes.translate import translate
from codefactory.runner.base import open_runner
from codefactory.selection import ledger_items
from codefactory.types import Seed
from codefactory.verify.judge import judge
from scripts.micro.lua_corpus import TRANSLATION, Carried, asked, carried, completed, fenced
from scripts.micro.lua_expressions import Refused
from scripts.recipe_examples import HELD_OUT, LUA_WRITER, followed

K = 4


def config_of(out: Path, tasks: int) -> RunConfig:
    """A run of `translate` alone."""
    return RunConfig.model_validate(
        {
            "out": str(out),
            "llm": {"backend": "local", "max_tokens": 256} | LUA_WRITER,
            "seeds": {"count": tasks, "tasks": f"jsonl@{HELD_OUT}"},
            "recipe": {"name": "translate", "solutions": K, "suites": 1, "language": "lua"},
        }
    )


def measure(tasks: int) -> dict[str, Any]:
    """Shares of the first k translations and of the tasks, before the correction and after it."""
    with tempfile.TemporaryDirectory() as folder:
        config = config_of(Path(folder) / "run", tasks)
        asyncio.run(run(config))
        with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
            keys = known_keys(config)
            items = list(ledger_items(config, ledger, keys))
            trials = [first_trial(list(followed(seed, config, keys, ledger))) for seed, _, _ in items]
            kept = sum(any(holds(evidence, one) for one in range(K)) for _, _, evidence in items if evidence.solutions)
    passed = [[all(row["passed"][0]) for row in trial["solutions"]] for trial in trials]
    return {
        "tasks": len(items),
        "translations": sum(map(len, passed)),
        "translations_kept": sum(map(sum, passed)),
        "tasks_with_one_kept": sum(map(any, passed)),
        "tasks_with_one_kept_after_correction": kept,
        "statuses": sorted({row["status"] for trial in trials for row in trial["solutions"]}),
    }


async def proved(count: int, seed: int) -> Counter[str]:
    """How so many tasks end: refused, or as the Lua sandbox says of the printed program under the compiled cases."""
    rng, ends = random.Random(f"lua-proof-{seed}"), Counter[str]()

    async def one(found: Carried) -> str:
        steps = translate(Seed(tasks=(found.record,)), TRANSLATION)
        if not asked(steps):
            return "untranslatable"
        (trial,) = steps.send(((completed(fenced("Solution", "lua", found.code)),),))
        assert isinstance(trial, Try)
        evidence = await judge(trial.draft, runner.execute, LUA.limits)
        held = evidence.solutions and all(evidence.solutions[0].passed[0])
        if not held:
            print(
                trial.draft.solutions[0].code,
                evidence.fault,
                evidence.solutions and evidence.solutions[0].passed,
                flush=True,
            )
        return "held" if held else "failed"

    async with open_runner(language="lua") as runner:
        while ends["held"] + ends["failed"] < count:
            try:
                found = carried(rng)
            except Refused:
                ends["refused"] += 1
                continue
            if found:
                ends[await one(found)] += 1
    return ends


def first_trial(steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The evidence about the k translations themselves."""
    found: dict[str, Any] = next((step["evidence"] for step in steps if "evidence" in step), {"solutions": []})
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prove", type=int, default=0, metavar="COUNT", help="printed programs to execute")
    parser.add_argument("--tasks", type=int, default=0, help="held-out tasks to translate")
    parser.add_argument("--seed", type=int, default=0, help="of the printed programs")
    options = parser.parse_args()
    if options.prove:
        print(json.dumps(asyncio.run(proved(options.prove, options.seed))))
    if options.tasks:
        print(json.dumps(measure(options.tasks), indent=1))


if __name__ == "__main__":
    main()

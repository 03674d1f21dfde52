"""Measures a writer: `python -m scripts.micro.evaluate DIR --drafts 256` samples drafts, runs them and judges them."""

from __future__ import annotations

import argparse
import ast
import json
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from codefactory.training.micro_network import load_network
from scripts.micro import meaning, novelty
from scripts.micro.grammar import draw_task
from scripts.micro.render import ASSISTANT, USER, request_of
from scripts.micro.sampling import generate

DRAFT = re.compile(r"## Problem\n(.*?)\n## Solution\n```python\n(.*?)\n```\n## Tests\n```python\n(.*?)\n```$", re.S)
RUNNER = """
import json, signal, sys
def stop(*_): raise TimeoutError
signal.signal(signal.SIGALRM, stop)
for line in sys.stdin:
    code, asserts = json.loads(line)
    facts = []
    try:
        signal.setitimer(signal.ITIMER_REAL, 1)
        space = {}
        exec(code, space)
        for case in asserts:
            try:
                exec(case, dict(space))
                facts.append(True)
            except Exception:
                facts.append(False)
    except BaseException:
        facts = None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    print(json.dumps(facts), flush=True)
"""


def execute(drafts: list[tuple[str, list[str]]]) -> list[list[bool] | None]:
    """Which asserts hold for each solution; None where the solution does not load or hangs."""
    lines = "\n".join(json.dumps(draft) for draft in drafts)
    done = subprocess.run(
        [sys.executable, "-I", "-c", RUNNER], input=lines, capture_output=True, text=True, timeout=600
    )
    facts = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(("[", "null"))]
    return [*facts, *[None] * (len(drafts) - len(facts))]


def cases_of(tests: str) -> list[str]:
    """The distinct assert statements of a suite; empty where it does not parse."""
    try:
        tree = ast.parse(tests)
    except (SyntaxError, ValueError):
        return []
    return list(dict.fromkeys(ast.unparse(node) for node in tree.body if isinstance(node, ast.Assert)))


def steer_rate(texts: list[str], prompts: list[str]) -> float:
    """Mean length of hard solutions relative to easy ones: a hint that the difficulty asked for has an effect."""
    sizes: dict[str, list[int]] = {"easy": [], "medium": [], "hard": []}
    for text, prompt in zip(texts, prompts, strict=True):
        found, level = DRAFT.search(text), prompt.rpartition("Difficulty: ")[2].removesuffix(ASSISTANT)
        if found and level in sizes:
            sizes[level].append(len(found[1]))
    means = [sum(v) / max(1, len(v)) for v in sizes.values()]
    return means[2] / max(1.0, means[0])


def measure(
    folder: Path, count: int, temperature: float, seed: int, training: tuple[set[int], set[int]] | None
) -> dict[str, Any]:
    """Sample, run and judge; shares of all drafts unless named otherwise."""
    rng = random.Random(seed)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    prompts = [f"{USER}{request_of(rng, draw_task(rng))}{ASSISTANT}" for _ in range(count)]
    begun = time.time()
    texts = generate(load_network(folder).to(torch.bfloat16), tokenizer, prompts, temperature, seed)
    spent = time.time() - begun
    matches = [DRAFT.search(text) for text in texts]
    drafts = [(m[2], cases_of(m[3])) for m in matches if m]
    statements = [m[1] for m in matches if m]
    facts = execute(drafts)
    ran = [fact for fact in facts if fact]
    kept = [
        (s, d) for s, d, fact in zip(statements, drafts, facts, strict=True) if fact and len(fact) >= 3 and all(fact)
    ]
    verdicts = [meaning.judge(statement, draft[0]) for statement, draft in zip(statements, drafts, strict=True)]
    judged = [v for v in verdicts if v is not None]
    result: dict[str, Any] = {
        "drafts": count,
        "drafts_per_s": round(count / spent, 1),
        "parsed": len(drafts) / count,
        "pass_all": len(kept) / count,
        "assert_accuracy": sum(map(sum, ran)) / max(1, sum(map(len, ran))),
        "judged": len(judged) / count,
        "solution_right": sum(judged) / max(1, len(judged)),
        "hard_to_easy_length": round(steer_rate(texts, prompts), 2),
        "repeated_statements": 1 - len(set(statements)) / max(1, len(statements)),
    }
    if training:
        new = [novelty.fingerprint(novelty.normal_solution(d[0])) not in training[0] for _, d in kept]
        result["new_among_kept"] = sum(new) / max(1, len(new))
        fresh = [novelty.fingerprint(novelty.normal_statement(s)) >> 32 not in training[1] for s, _ in kept]
        result["new_statement_among_kept"] = sum(fresh) / max(1, len(fresh))
    result["samples"] = [{"prompt": p, "text": t} for p, t in zip(prompts, texts, strict=True)]
    result["failures"] = [
        {"draft": [s, *d], "facts": f, "right": v}
        for s, d, f, v in zip(statements, drafts, facts, verdicts, strict=True)
        if not (f and all(f))
    ]
    return result


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--drafts", type=int, default=256)
    parser.add_argument("--temperature", type=float, default=0.8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--training", type=Path, help="fingerprints of the training text, for the share that is new")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    training = novelty.load(options.training) if options.training else None
    result = measure(options.folder, options.drafts, options.temperature, options.seed, training)
    if options.out:
        options.out.write_text(json.dumps(result, indent=1))
    print(json.dumps({key: round(v, 3) for key, v in result.items() if key not in ("samples", "failures")}))


if __name__ == "__main__":
    main()

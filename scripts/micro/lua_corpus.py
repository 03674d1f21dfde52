"""Training text for micro-lua: what the recipes `translate` and `native` ask, answered by the printer.

Questions come out of the recipes themselves, and an answer counts only where they read it as it was meant. The model is
not shipped: it is made for the two recipes' live examples and for a measurement, in about 20 minutes on two cores::

    python -m scripts.micro.lua_evaluate --prove 200        # printed programs in the Lua sandbox, under their cases
    python -m scripts.micro.lua_start                       # build/micro/lua-start: the writer, with tokens for Lua
    python -m scripts.micro.lua_corpus --shard 0 1 2        # build/micro/lua-*.npz
    python -m scripts.micro.pretrain lua --form lua --start build/micro/lua-start --seconds 830 --decay 0.6 \
        --rows 16 --ship build/micro/micro-lua
    python -m scripts.micro.lua_corpus --held-out 50        # build/micro/lua-held-out.jsonl: tasks never trained on
    python -m scripts.micro.lua_evaluate --tasks 50
    python -m scripts.recipe_examples translate native
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from codefactory.config import RecipeConfig
from codefactory.languages.python import read_suite
from codefactory.languages.python_neutral import carry
from codefactory.recipes.base import Ask, Steps
from codefactory.recipes.native import native
from codefactory.recipes.translate import translate
from codefactory.types import Completion, Problem, Record, Seed, Solution, to_json
from scripts.micro import novelty, render
from scripts.micro.corpus import ROW, SCRATCH
from scripts.micro.grammar import draw_task
from scripts.micro.lua import lua
from scripts.micro.lua_expressions import Refused
from scripts.micro.lua_kinds import ANY, joined, kind_of
from scripts.micro.render import ASSISTANT, END, USER
from scripts.micro.shapes import DIFFICULTIES, Task

START, HELD_OUT = SCRATCH / "lua-start", SCRATCH / "lua-held-out.jsonl"
CASES = 4  # what `native` asks for at least
TRANSLATION = RecipeConfig(name="translate", solutions=1, language="lua")
WHOLE = RecipeConfig(name="native", solutions=2, suites=2, language="lua")
SHARES = (("translate", 60), ("native", 24), ("native_solve", 8), ("native_cases", 8))
VALUE_WEIGHT = 3


@dataclass(frozen=True)
class Carried:
    """A task of the grammar in both languages."""

    task: Task
    record: Record
    code: str
    cases: str


def carried(rng: random.Random, held_out: bool = False) -> Carried | None:
    """One random task that the printer carries over; of those held out of training, or of the others."""
    example = render.write_out(rng, draw_task(rng), CASES)
    if example is None or novelty.held_out(example.code) != held_out:
        return None
    asserts = "\n".join(line for line in example.asserts.splitlines() if not line.startswith("#"))
    tests = read_suite(asserts, example.name)
    record = Record(Problem(example.statement, example.name), Solution(example.code + "\n"), tests, name=example.name)
    found = carry(tests, example.code, example.name)
    if len(found.cases) < CASES:
        return None
    columns = zip(*(case.arguments for case in found.cases), strict=True)
    kinds = tuple(joined_kinds(column) for column in columns)
    code = lua(example.code, kinds, joined_kinds(case.expected for case in found.cases))
    rows = ({"arguments": list(case.arguments), "answer": case.expected} for case in found.cases)
    return Carried(example.task, record, code, "\n".join(map(json.dumps, rows)))


def joined_kinds(values: Any) -> Any:
    kind = ANY
    for value in values:
        kind = joined(kind, kind_of(value))
    return kind


def drawn(rng: random.Random, held_out: bool = False) -> Iterator[Carried]:
    """Endless tasks; what is refused is drawn again."""
    while True:
        try:
            found = carried(rng, held_out)
        except Refused:
            continue
        if found:
            yield found


# ── questions and answers ────────────────────────────────────────────────────────────────────────────────────────────


def fenced(head: str, fence: str, text: str) -> str:
    return f"## {head}\n```{fence}\n{text}\n```"


def completed(text: str) -> Completion:
    return Completion("", text, "stop")


def asked(steps: Steps) -> list[Ask]:
    """The first questions of a recipe; none where it has nothing to ask."""
    try:
        return [one for one in next(steps) if isinstance(one, Ask)]
    except StopIteration:
        return []


def pairs(one: Carried, form: str, rng: random.Random) -> tuple[str, str] | None:
    """The question that a recipe asks about a task and the answer that it takes, or None where it takes none."""
    solution = fenced("Solution", "lua", one.code)
    if form == "translate":
        questions = asked(translate(Seed(tasks=(one.record,)), TRANSLATION))
        return (questions[0].messages[-1].content, solution) if questions else None
    topics = tuple(rng.sample(one.task.topics, min(len(one.task.topics), rng.choice((1, 1, 2)))))
    steps = native(Seed(topics, DIFFICULTIES[one.task.difficulty]), WHOLE)
    (question,) = asked(steps)
    name, cases = one.record.problem.entry_point, fenced("Tests", "json", one.cases)
    whole = f"## Problem\nFunction: {name}\n{statement(one)}\n{solution}\n{cases}"
    try:
        solve, test = steps.send(((completed(whole),),))
    except StopIteration:  # the recipe could not read it
        return None
    assert isinstance(solve, Ask)
    assert isinstance(test, Ask)
    answered = {"native": (question, whole), "native_solve": (solve, solution), "native_cases": (test, cases)}
    return answered[form][0].messages[-1].content, answered[form][1]


def statement(one: Carried) -> str:
    """The task's words as `translate` puts them for Lua, without the signature."""
    questions = asked(translate(Seed(tasks=(one.record,)), TRANSLATION))
    if not questions:
        return one.record.problem.statement
    return questions[0].messages[-1].content.partition("\n")[2].partition("\n\n")[0]


def documents(seed: int) -> Iterator[tuple[str, str]]:
    """Endless (prompt, completion); the seed is the shard's number."""
    rng = random.Random(f"lua-{seed}")
    forms, weights = [form for form, _ in SHARES], [share for _, share in SHARES]
    for one in drawn(rng):
        found = pairs(one, rng.choices(forms, weights)[0], rng)
        if found:
            yield f"{USER}{found[0]}{ASSISTANT}", f"{found[1]}{END}"


def make_shard(tokenizer: Tokenizer, shard: int, count: int) -> Path:
    """Tokenise so many documents; those that fit a row are saved as `corpus.make_shard` saves them."""
    texts = [found for found, _ in zip(documents(shard), range(count), strict=False)]
    tokens, weights = [], []
    for (prompt, completion), encoding in zip(texts, tokenizer.encode_batch([p + c for p, c in texts]), strict=True):
        if len(encoding.ids) <= ROW:
            tokens.append(np.array(encoding.ids, np.uint16))
            weights.append(weighted(prompt, completion, encoding.offsets))
    path = SCRATCH / f"lua-{shard:04d}.npz"
    lengths = np.array([len(one) for one in tokens], np.int32)
    part = path.with_name(f".{path.name}")
    np.savez(part, tokens=np.concatenate(tokens), weights=np.concatenate(weights), lengths=lengths)
    (SCRATCH / f"lua-{shard:04d}.txt").write_text("\x00".join(p + "\x01" + c for p, c in texts))
    part.rename(path)
    print(f"{path}: {len(tokens)} of {count} documents, {lengths.mean():.0f} tokens each", flush=True)
    return path


def weighted(prompt: str, completion: str, offsets: list[tuple[int, int]]) -> np.ndarray:
    """Nothing on the question, most on what a case expects."""
    starts = np.array([start for start, _ in offsets]) - len(prompt)
    weights: np.ndarray = np.where(starts < 0, 0, 1).astype(np.uint8)
    at = 0
    for line in completion.splitlines(keepends=True):
        if line.startswith('{"arguments": '):
            weights[(starts >= at + line.rfind('"answer": ') + 10) & (starts < at + len(line))] = VALUE_WEIGHT
        at += len(line)
    return weights


# ── what is held out ─────────────────────────────────────────────────────────────────────────────────────────────────


def held_out_tasks(count: int, seed: int, tokenizer: Tokenizer, most: int) -> list[Record]:
    """Tasks whose syntax tree no training text holds, each tree once, short enough for a question of `most` tokens."""
    found: dict[str, Record] = {}
    for one in drawn(random.Random(f"lua-held-out-{seed}"), held_out=True):
        pair = pairs(one, "translate", random.Random(0))
        if pair and len(tokenizer.encode("".join(pair)).ids) <= most:
            found.setdefault(novelty.normal_solution(one.record.solution.code), one.record)
        if len(found) == count:
            return list(found.values())
    raise AssertionError("the grammar ended")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shard", type=int, nargs="+", default=[])
    parser.add_argument("--documents", type=int, default=12000, help="in each shard, before those too long go")
    parser.add_argument("--held-out", type=int, default=0, metavar="COUNT")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(START / "tokenizer.json"))
    for shard in options.shard:
        make_shard(tokenizer, shard, options.documents)
    if options.held_out:
        records = held_out_tasks(options.held_out, options.seed, tokenizer, ROW)
        HELD_OUT.write_bytes(b"".join(to_json(record) + b"\n" for record in records))


if __name__ == "__main__":
    main()

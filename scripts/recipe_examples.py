"""Makes the recipes' live examples: a real model answers each one, the sandbox executes what it wrote.

`codefactory/recipes/examples/NAME.json` is one draft with every question and answer, which the tests replay;
`README.md` beside it shows them all. What the model cannot do is shown as it is.

    python -m scripts.recipe_examples [NAME ...] [--page]     all of them where none is named; a few minutes

The model is the embedded micro-writer. `translate` and `native` ask for another language, so theirs is micro-lua, which
does not ship: `scripts/micro/lua_corpus.py` says how it is made. Where it has not been, the two are left as they are.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from codefactory.config import RunConfig
from codefactory.ledger import Ledger
from codefactory.pipeline import Keys, known_keys, run
from codefactory.recipes import RECIPES
from codefactory.recipes.base import Ask, Try
from codefactory.selection import Item, ledger_items
from codefactory.types import Completion, Draft, Evidence, Request, Seed, from_json, to_json
from codefactory.verify.policy import decide, named

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "codefactory" / "recipes" / "examples"
COUNT = 6  # drafts a recipe; the first that passes its own tests is shown, else the first that can be read
WORDS = {"topics": ["lists", "sums", "filtering"], "topics_per_seed": 1, "difficulties": ["easy"]}
CODE = {"code": str(ROOT / "codefactory" / "languages")}
KNOWN = {"tasks": "reference:train"}
MICRO_LUA, HELD_OUT = ROOT / "build" / "micro" / "micro-lua", ROOT / "build" / "micro" / "lua-held-out.jsonl"
SEEDS: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("joint", "tests_first", "critique", "repair", "judge_score"), WORDS),
    "grid": WORDS | {"personas": ["a beekeeper", "a bus driver"], "styles": ["plain", "a short story"]},
    **dict.fromkeys(("oss_instruct", "self_align"), CODE),
    **dict.fromkeys(("paraphrase", "solve", "test_writer", "missing_test", "star"), KNOWN),
    "self_instruct": KNOWN | {"examples": 2},
    "evolve": KNOWN | {"styles": ["harder", "domain", "constraint"]},
    "translate": {"tasks": f"jsonl@{HELD_OUT}"},
    "native": WORDS,
}
IN_LUA = ("translate", "native")
LUA = {"language": "lua", "solutions": 4}
LUA_WRITER = {"model": str(MICRO_LUA), "temperature": 0.3}  # it has seen little, and slips where it draws freely
# What `kept` does not say: whether a recipe's own step was needed, and could be read.
OWN_STEP: dict[str, tuple[str, Callable[[Draft], bool]]] = {
    "repair": ("did not hold at first and were repaired", lambda draft: bool(draft.lineage and not draft.fault)),
    "judge_score": ("have scores that could be read", lambda draft: bool(draft.scores)),
    "star": ("needed the right solution as a hint", lambda draft: draft.recipe == "star_hint"),
}
INTRODUCTION = """\
Made by `python -m scripts.recipe_examples`; every word of an answer is the model's. The model is the embedded
micro-writer: 3M parameters, 512 tokens of context, trained to write whole small tasks, to solve them and to test them,
and nothing else. It ignores instructions that it has not learned, so a recipe that needs them fails with it, and is
shown failing. Of {count} drafts each, the first that passes its own tests is shown; where there is none, the first
that could be read; else the first. The tests replay every one of them."""
IN_LUA_TOO = """\
`native` and `translate` ask for another language, and the micro-writer knows Python alone. Theirs are answered by
micro-lua, 4 solutions a draft at temperature 0.3: the micro-writer with 128 more tokens, trained for 14 minutes more
(0.8M tokens, on a busy machine) on the same grammar's tasks printed as Lua. It does not ship;
`scripts/micro/lua_corpus.py` says how it is made again. What `translate` was given is never in its training text: those
syntax trees are held out. 49 of 200 translations hold (50 such tasks, 4 each), at least one for 21 tasks
(2026-11-22)."""


def config_of(name: str, out: Path) -> RunConfig:
    """The run that a recipe's example is taken from."""
    in_lua = name in IN_LUA
    return RunConfig.model_validate(
        {
            "out": str(out),
            "llm": {"backend": "local", "max_tokens": 320, "model": "micro-writer"} | (LUA_WRITER if in_lua else {}),
            "seeds": {"count": COUNT, **SEEDS[name]},
            "recipe": {"name": name, "solutions": 2, "suites": 2} | (LUA if in_lua else {}),
        }
    )


def make(name: str) -> dict[str, Any]:
    """Run a recipe, and take the draft that is worth showing."""
    with tempfile.TemporaryDirectory() as folder:
        config = config_of(name, Path(folder) / "run")
        asyncio.run(run(config))
        with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
            keys = known_keys(config)
            items = list(ledger_items(config, ledger, keys))
            endings = [ending(draft, evidence) for _, draft, evidence in items]
            seed, draft, evidence = items[_best(items, endings)]
            steps = list(followed(seed, config, keys, ledger))
    return {
        "recipe": name,
        "made": f"{date.today():%Y-%m-%d}",
        "model": keys.model,
        "options": config.recipe.model_dump(),
        "endings": dict(Counter(endings).most_common()),
        "unread": sorted({draft.fault for _, draft, _ in items if draft.fault}),
        "own_step": sum(map(OWN_STEP[name][1], (draft for _, draft, _ in items))) if name in OWN_STEP else None,
        "ending": ending(draft, evidence),
        "seed": json.loads(to_json(seed)),
        "steps": steps,
        "draft": draft.id,
    }


def ending(draft: Draft, evidence: Evidence) -> str:
    """`kept`, or the reason why the rule `naive` does not keep a draft: what could not be read, or does not hold."""
    return decide(named("naive"), draft, evidence).reason or "kept"


def _best(items: list[Item], endings: list[str]) -> int:
    if "kept" in endings:
        return endings.index("kept")
    return next((number for number, (_, draft, _) in enumerate(items) if not draft.fault), 0)


def followed(seed: Seed, config: RunConfig, keys: Keys, ledger: Ledger) -> Any:
    """Every question with its answers, every trial with its evidence, in the recipe's order."""
    recipe = RECIPES.load(config.recipe.name)(seed, config.recipe)
    wanted = next(recipe)
    while True:
        replies: list[Any] = []
        for one in wanted:
            if isinstance(one, Try):
                checks = config.verify.model_copy(update={"mutation": True} if one.mutation else {})
                asked = config.model_copy(update={"verify": checks})
                replies.append(_found(ledger, Evidence, "evidence", keys.evidence(asked, one.draft)))
                yield {"evidence": json.loads(to_json(replies[-1]))}
            else:
                replies.append(tuple(_answers(one, keys, ledger)))
                answers = [json.loads(to_json(answer)) for answer in replies[-1]]
                yield {"asked": one.messages[-1].content, "answers": answers}
        try:
            wanted = recipe.send(tuple(replies))
        except StopIteration:
            return


def _answers(ask: Ask, keys: Keys, ledger: Ledger) -> Any:
    for sample in range(ask.first, ask.first + ask.samples):
        request = Request(keys.model, ask.messages, sampling=keys.sampling, sample=sample)
        yield _found(ledger, Completion, "completion", request.id)


def _found(ledger: Ledger, noun: type[Any], kind: str, key: str) -> Any:
    value = ledger.get(kind, key)
    if value is None:
        raise SystemExit(f"recipe_examples: {kind} {key} is not in the ledger; this script asks otherwise than the run")
    return from_json(noun, value)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def page(found: dict[str, dict[str, Any]]) -> str:
    """Every example under its recipe's name."""
    lines = [
        "# Recipes, each with a live example",
        "",
        *INTRODUCTION.format(count=COUNT).splitlines(),
        "",
        *IN_LUA_TOO.splitlines(),
        "",
        "| recipe | kept | read, not kept | not read | what it is |",
        "|---|---|---|---|---|",
        *(_row(name, example) for name, example in found.items()),
    ]
    for name, example in found.items():
        lines += ["", *_section(name, example)]
    return "\n".join(lines) + "\n"


def counts(example: dict[str, Any]) -> tuple[int, int, int]:
    """Drafts that pass their own tests, that could be read and do not, that could not be read."""
    endings = example["endings"]
    kept, unread = endings.get("kept", 0), sum(endings.get(reason, 0) for reason in example["unread"])
    return kept, sum(endings.values()) - kept - unread, unread


def _row(name: str, example: dict[str, Any]) -> str:
    return f"| [{name}](#{name}) | " + " | ".join(map(str, counts(example))) + f" | {_purpose(name)} |"


def _purpose(name: str) -> str:
    """The first sentence of the recipe's module."""
    module = import_module(RECIPES.load(name).__module__)
    return " ".join((module.__doc__ or "").partition("\n\n")[0].split()).rstrip(".")


def _section(name: str, example: dict[str, Any]) -> list[str]:
    endings = ", ".join(f"{reason} {count}" for reason, count in example["endings"].items())
    lines = [f"## {name}", "", f"{_purpose(name)}.", "", f"{example['made']}, `{example['model']}`: {endings}."]
    if name in OWN_STEP:
        lines[-1] += f" {example['own_step']} of {COUNT} {OWN_STEP[name][0]}."
    if not counts(example)[0] + counts(example)[1]:
        lines += ["**The model cannot serve this recipe**: not one of its answers could be read."]
    for step in example["steps"]:
        if "evidence" in step:
            statuses = ", ".join(row["status"] for row in step["evidence"]["solutions"]) or step["evidence"]["fault"]
            lines += ["", f"Executed: {statuses}."]
            continue
        if not step["answers"]:  # a question that was to have no samples
            continue
        lines += ["", "Asked:", "", "~~~~", step["asked"], "~~~~"]
        for number, answer in enumerate(step["answers"], 1):
            of = f" {number} of {len(step['answers'])}" if len(step["answers"]) > 1 else ""
            lines += ["", f"Answered{of} ({answer['finish_reason']}):", "", "~~~~", answer["text"].strip("\n"), "~~~~"]
    return [*lines, "", f"Ended as: {example['ending']}."]


def read() -> dict[str, dict[str, Any]]:
    """The examples that there are, in the registry's order."""
    paths = {name: FOLDER / f"{name}.json" for name in RECIPES.names()}
    return {name: json.loads(path.read_text(encoding="utf-8")) for name, path in paths.items() if path.exists()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SEEDS))
    parser.add_argument("--page", action="store_true", help="write the page again, ask nothing")
    options = parser.parse_args()
    for name in () if options.page else options.names or SEEDS:
        if name in IN_LUA and not MICRO_LUA.is_dir():
            print(f"recipe_examples: {name} left as it is: there is no {MICRO_LUA.relative_to(ROOT)}", flush=True)
            continue
        print(f"recipe_examples: {name}", flush=True)
        body = json.dumps(make(name), indent=1, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(body + "\n", encoding="utf-8")
    (FOLDER / "README.md").write_text(page(read()), encoding="utf-8")


if __name__ == "__main__":
    main()

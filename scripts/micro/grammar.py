"""The grammar's entry: draws tasks from all families; `python -m scripts.micro.grammar --sample 20` shows some."""

from __future__ import annotations

import argparse
import random
from collections import Counter

from scripts.micro import novelty, render
from scripts.micro.classics import classic
from scripts.micro.pipelines import pipeline
from scripts.micro.quantifiers import quantifier
from scripts.micro.scalars import scalar
from scripts.micro.shapes import Task

FAMILIES = ((pipeline, 60), (quantifier, 15), (scalar, 16), (classic, 22))
_MAKERS = [maker for maker, _ in FAMILIES]
_WEIGHTS = [weight for _, weight in FAMILIES]


def draw_task(rng: random.Random, comments: bool = False) -> Task:
    """One random task."""
    task: Task = rng.choices(_MAKERS, _WEIGHTS)[0](rng, comments)
    return task


def draw_example(rng: random.Random, comments: bool = False) -> render.Example:
    """One random task written out, never one whose syntax tree is held out of training."""
    while True:
        example = render.write_out(rng, draw_task(rng, comments))
        if example is not None and not novelty.held_out(example.code):
            return example


def survey(count: int, seed: int) -> Counter[str]:
    """How often each kind comes up; every draw runs the code against its meaning."""
    rng = random.Random(seed)
    return Counter(draw_example(rng).task.kind for _ in range(count))


def main() -> None:
    """Show samples or count the kinds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="print this many joint documents")
    parser.add_argument("--survey", type=int, default=0, help="draw this many tasks and count operation kinds")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    for _ in range(options.sample):
        print("".join(render.joint(rng, draw_example(rng))), end="\n\n")
    if options.survey:
        kinds = survey(options.survey, options.seed)
        print(len(kinds), "operation kinds in", options.survey, "draws without a disagreement")


if __name__ == "__main__":
    main()

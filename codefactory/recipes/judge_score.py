"""A model's rubric score beside a draft, for soft verification: 1 to 5 for each criterion, one line each.

A model as judge (Zheng et al. 2023, arXiv 2306.05685); soft verification keeps drafts that all-or-nothing tests would
throw away (arXiv 2509.20837). The draft is the seed's known task where it has one, else written in joint's words. An
answer without scores leaves `scores` empty: no opinion is no verdict, and the draft stays.
"""

from __future__ import annotations

import re
from dataclasses import replace

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Ask, Asking, Steps, prompt
from codefactory.recipes.drafting import further, idea, known_task, source_of, whole_task
from codefactory.types import Draft, Seed

CRITERIA = ("clear", "correct", "tested", "useful")
LINE = re.compile(rf"^\W*({'|'.join(CRITERIA)})\W*:\W*([1-5])\b(?!\.\d)", re.IGNORECASE | re.MULTILINE)


def judge_score(seed: Seed, options: RecipeConfig) -> Steps:
    """A draft as joint or from the seed, and one question about it; the scores are stored with the draft."""
    draft = yield from (_known(seed, options) if seed.tasks else _written(seed, options))
    if draft.fault:
        return draft
    words = prompt(
        "judge_score",
        statement=draft.problem.statement,
        code=draft.solutions[0].code.strip(),
        tests=source_of(draft.suites[0]) or "# none could be read",
    )
    ((answer,),) = yield (Ask(words, first=seed.draw),)
    return replace(draft, scores=read_scores(answer.text), calls=(*draft.calls, answer.request_id))


def _written(seed: Seed, options: RecipeConfig) -> Asking[Draft]:
    words = prompt("joint", topics=", ".join(seed.topics), difficulty=seed.difficulty, idea=idea(seed, "judge_score"))
    return whole_task("judge_score", seed, options, words)


def _known(seed: Seed, options: RecipeConfig) -> Asking[Draft]:
    task = known_task(seed, "judge_score")
    more = yield from further(task.problem, options.solutions - 1, options.suites - 1, seed.draw)
    solutions, suites = (task.solution, *more.solutions), (task.tests, *more.suites)
    return Draft(task.problem, solutions, suites, seed.id, "judge_score", more.calls, task.id)


def read_scores(text: str) -> tuple[tuple[str, int], ...]:
    """(criterion, 1 to 5) in the rubric's order; () where a criterion is missing or scored twice in different ways."""
    found = {(name.lower(), int(score)) for name, score in LINE.findall(text)}
    scores = dict(found)
    return tuple((name, scores[name]) for name in CRITERIA) if len(found) == len(scores) == len(CRITERIA) else ()

"""A known task in new words under its old tests: what was lost in the words fails the tests.

Rephrased questions as new data: MetaMath (Yu et al. 2023, arXiv 2309.12284). All k solutions are written from the new
words alone, so a draft holds only if these still say what the old tests ask for; the old solution is shown to nobody
and is not part of the draft.
"""

from __future__ import annotations

from dataclasses import replace

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Ask, Steps, prompt
from codefactory.recipes.drafting import further, known_task
from codefactory.recipes.parse import SIGNATURE, read_answer
from codefactory.types import Completion, Draft, Seed


def paraphrase(seed: Seed, options: RecipeConfig) -> Steps:
    """One question for new words, then k solutions and m - 1 further suites from them; the task's suite comes first."""
    task = known_task(seed, "paraphrase")
    words = prompt("paraphrase", statement=task.problem.statement, style=seed.style, audience=seed.audience)
    ((answer,),) = yield (Ask(words, first=seed.draw),)
    problem = replace(task.problem, statement=read_answer(answer, ("problem",)).statement)
    draft = Draft(problem, (), (), seed.id, "paraphrase", (answer.request_id,), task.id)
    fault = _fault(answer, task.problem.entry_point)
    if fault:
        return replace(draft, fault=fault)
    more = yield from further(problem, options.solutions, options.suites - 1)
    suites = (task.tests, *more.suites)
    return replace(draft, solutions=more.solutions, suites=suites, calls=draft.calls + more.calls)


def _fault(answer: Completion, entry: str) -> str:
    """Why the new words cannot stand for the old task, or ""."""
    parts = read_answer(answer, ("problem",))
    named = SIGNATURE.findall(parts.statement)
    return parts.fault or ("" if entry in named else "entry_point_changed")

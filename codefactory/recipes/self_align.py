"""From a snippet to the concepts in it, from concepts to a task, from the task to an answer with tests.

SelfCodeAlign (Wei et al. 2024, arXiv 2410.24198): the model sees concepts, not the snippet, when it writes the task, so
tasks do not copy code; and its answers come with tests of their own, which execution filters.
"""

from __future__ import annotations

from dataclasses import replace

from codefactory.config import RecipeConfig
from codefactory.recipes.base import Ask, Steps, prompt
from codefactory.recipes.drafting import finish, snippet
from codefactory.recipes.parse import Parts, read_answer
from codefactory.recipes.target import fenced
from codefactory.types import Completion, Seed


def self_align(seed: Seed, options: RecipeConfig) -> Steps:
    """Three questions (concepts, task, answer), k - 1 further solutions, m - 1 further suites."""
    code = snippet(seed, "self_align")
    ((concepts,),) = yield (Ask(prompt("self_align_concepts", snippet=code, **fenced(seed)), first=seed.draw),)
    calls: tuple[str, ...] = (concepts.request_id,)
    fault = _concepts_fault(concepts)
    if fault:
        return (yield from finish("self_align", seed, options, Parts(fault=fault), calls))
    words = prompt("self_align_task", concepts=concepts.text.strip(), difficulty=seed.difficulty)
    ((task,),) = yield (Ask(words, first=seed.draw),)
    calls += (task.request_id,)
    asked = read_answer(task, ("problem",))
    if asked.fault:
        return (yield from finish("self_align", seed, options, asked, calls))
    ((answer,),) = yield (Ask(prompt("self_align_answer", statement=asked.statement), first=seed.draw),)
    parts = replace(read_answer(answer, ("solution", "tests")), statement=asked.statement)
    return (yield from finish("self_align", seed, options, parts, (*calls, answer.request_id)))


def _concepts_fault(answer: Completion) -> str:
    if answer.finish_reason == "length":
        return "answer_cut"
    return "" if answer.text.strip() else "no_concepts"

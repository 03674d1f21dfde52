"""What recipes share: asking for further solutions and suites, a Draft of it all, what a Seed must hold.

A recipe hands over with `return (yield from finish(...))`. Solutions and suites after the first are always asked for
from the statement alone, in the words of `prompts/solve.md` and `prompts/tests.md`: they are independent votes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from codefactory.config import RecipeConfig
from codefactory.errors import ConfigError
from codefactory.languages import LANGUAGES
from codefactory.languages.python_neutral import rewritten
from codefactory.recipes.base import Ask, Asking, Steps, prompt
from codefactory.recipes.parse import Parts, entry_point, read_answer, read_tests
from codefactory.recipes.target import titled
from codefactory.types import Completion, Draft, Evidence, Message, Problem, Record, Seed, Solution, Suite


@dataclass(frozen=True, slots=True)
class Further:
    """Solutions and suites written from a statement alone, and the calls that they took."""

    solutions: tuple[Solution, ...]
    suites: tuple[Suite, ...]
    calls: tuple[str, ...]


def further(problem: Problem, solutions: int, suites: int, draw: int = 0) -> Asking[Further]:
    """So many of each; a further `draw` of the same problem asks for samples of its own."""
    solve = Ask(prompt("solve", statement=problem.statement), solutions, draw * solutions)
    test = Ask(prompt("tests", statement=problem.statement), suites, draw * suites)
    solved, tested = yield (solve, test)
    return Further(
        tuple(solution_of(answer) for answer in solved),
        tuple(suite_of(answer, problem) for answer in tested),
        tuple(answer.request_id for answer in (*solved, *tested)),
    )


def solution_of(answer: Completion) -> Solution:
    """The code under `## Solution`; empty where there is none."""
    return Solution(read_answer(answer, ("solution",)).code)


def suite_of(answer: Completion, problem: Problem) -> Suite:
    """The suite under `## Tests`, its fault included."""
    return read_tests(read_answer(answer, ("tests",)).tests, problem.entry_point, problem.language)


def whole_task(
    recipe: str, seed: Seed, options: RecipeConfig, messages: tuple[Message, ...], *, lineage: str = ""
) -> Steps:
    """Ask for problem, solution and tests in one answer, and finish it."""
    ((answer,),) = yield (Ask(messages, first=seed.draw),)
    return (yield from finish(recipe, seed, options, read_answer(answer), (answer.request_id,), lineage=lineage))


def finish(
    recipe: str, seed: Seed, options: RecipeConfig, parts: Parts, calls: tuple[str, ...], *, lineage: str = ""
) -> Steps:
    """The draft of an answer's parts with k - 1 further solutions and m - 1 further suites; a fault ends it at once."""
    first = draft_of(recipe, seed, parts, calls, lineage=lineage)
    if first.fault:
        return first
    more = yield from further(first.problem, options.solutions - 1, options.suites - 1)
    return replace(
        first,
        solutions=first.solutions + more.solutions,
        suites=first.suites + more.suites,
        calls=calls + more.calls,
    )


def draft_of(recipe: str, seed: Seed, parts: Parts, calls: tuple[str, ...], *, lineage: str = "") -> Draft:
    """One problem, one solution, one suite; without either, and with a reason, where the answer could not be read."""
    entry = entry_point(parts.statement, parts.code, parts.tests)
    problem = Problem(parts.statement, entry)
    fault = parts.fault or ("" if entry else "no_entry_point")
    solutions = () if fault else (Solution(parts.code),)
    suites = () if fault else (read_tests(parts.tests, entry, problem.language),)
    return Draft(problem, solutions, suites, seed.id, recipe, calls, lineage, fault)


# ── what a recipe starts from ────────────────────────────────────────────────────────────────────────────────────────


def snippet(seed: Seed, recipe: str) -> str:
    """The seed's text.

    Raises:
        ConfigError: if there is none.
    """
    if not seed.text.strip():
        raise ConfigError(f"recipe '{recipe}' starts from a text; name a folder in seeds.code or a file in seeds.file")
    return seed.text.strip()


def idea(seed: Seed, recipe: str) -> str:
    """The seed's text as something to write about, "" where there is none.

    Raises:
        ConfigError: if it is code of another language, which a question about an idea does not tell from words.
    """
    if seed.language:
        raise ConfigError(
            f"recipe '{recipe}' does not start from code, and seeds.code gives {titled(seed.language)}; "
            "use the recipe oss_instruct, self_align or native, or leave seeds.code out"
        )
    return seed.text


def known_task(seed: Seed, recipe: str) -> Record:
    """The seed's first task; a statement that does not name its function is given the signature, as solvers need it.

    Raises:
        ConfigError: if there is none.
    """
    if not seed.tasks:
        raise ConfigError(f"recipe '{recipe}' starts from known tasks; name some in seeds.tasks or seeds.corpus")
    task = seed.tasks[0]
    problem = task.problem
    if re.search(rf"\b{re.escape(problem.entry_point)}\(", problem.statement):
        return task
    found = re.search(rf"\b{re.escape(problem.entry_point)}\([^()]*\)", task.solution.code)
    signature = found.group(0) if found else f"{problem.entry_point}(...)"
    statement = f"{problem.statement.rstrip()} The function is `{signature}`."
    return replace(task, problem=replace(problem, statement=statement))


def source_of(suite: Suite) -> str:
    """A suite as the text that it was read from."""
    return "\n".join(part for part in (suite.preamble, *(case.source for case in suite.cases)) if part)


# ── what a trial showed ──────────────────────────────────────────────────────────────────────────────────────────────


def holds(evidence: Evidence, solution: int = 0) -> bool:
    """Whether a solution passes every case of the first suite."""
    if solution >= len(evidence.solutions):
        return False
    own = evidence.solutions[solution].passed[0]
    return bool(own) and all(own)


def verdict(draft: Draft, evidence: Evidence) -> str:
    """What a trial showed about the first solution, in words for a model: how it ended, and which cases do not hold."""
    if evidence.fault or not evidence.solutions:
        return f"The tests could not be run: {evidence.fault or 'nothing was executed'}."
    row = evidence.solutions[0]
    notation = LANGUAGES.load(draft.problem.language).notation
    votes = evidence.votes if len(draft.solutions) == 1 else ()
    given = {vote.expression: rewritten(vote.value, notation) for vote in votes}
    lines = [f"The run ended as: {row.status.value}. {sum(row.passed[0])} of {len(row.passed[0])} cases hold."]
    for case, passed in zip(draft.suites[0].cases, row.passed[0], strict=True):
        if not passed:
            value = given.get(case.call.expression, "") if case.call else ""
            lines.append(f"Does not hold: {case.source}" + (f"  (the solution gave {value})" if value else ""))
    return "\n".join(lines)

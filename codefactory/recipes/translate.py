"""A known Python task in another language: the tests are compiled, the code is translated, the sandbox decides.

Test-validated translation (MultiPL-T, Cassano et al. 2024, arXiv 2308.09895): the record's literal cases are put into
the target's own terms without a model, k translations are sampled, and where none holds, the best of them is corrected
once with the verdict. The statement is the record's, with the signature as the target writes it and the kinds of
arguments that the cases show. The suite is the record's alone: `suites` does not count here.

Reasons for no draft: `source_not_python`; `name_reserved` where the target cannot have a function of that name;
`no_signature` and `variable_arguments` (see `languages.python_neutral`); `untranslatable_tests` where no case is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from codefactory.config import RecipeConfig
from codefactory.errors import ConfigError
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import Inexpressible, Notation, compile_cases
from codefactory.languages.python_neutral import Signature, carry, typed
from codefactory.recipes.base import Ask, Steps, Try, prompt
from codefactory.recipes.drafting import holds, known_task, solution_of, verdict
from codefactory.types import Draft, Evidence, Message, Problem, Record, Seed, Suite

TITLES = {"cpp": "C++", "javascript": "JavaScript", "ocaml": "OCaml"}


@dataclass(frozen=True, slots=True)
class Target:
    """A language to translate into: its name for people, and how it writes."""

    language: Language
    notation: Notation

    @property
    def title(self) -> str:
        return TITLES.get(self.language.name, self.language.name.title())

    @property
    def fence(self) -> str:
        return self.language.fences[0]


def translate(seed: Seed, options: RecipeConfig) -> Steps:
    """k translations under the compiled tests, one run; where none holds, one correction of the best."""
    target = _target(options)
    task = known_task(seed, "translate")
    try:
        problem, suite, left_out = carried(task, target)
    except Inexpressible as reason:
        problem = Problem(task.problem.statement, task.problem.entry_point, target.language.name)
        return Draft(problem, (), (), seed.id, "translate", (), task.id, reason.slug)
    answers = (yield (Ask(_question(task, problem, target), options.solutions, seed.draw * options.solutions),))[0]
    calls = tuple(answer.request_id for answer in answers)
    solutions = tuple(map(solution_of, answers))
    draft = Draft(problem, solutions, (suite,), seed.id, "translate", calls, task.id, left_out=left_out)
    (evidence,) = yield (Try(draft),)
    if evidence.fault:
        return draft
    order = sorted(range(options.solutions), key=lambda number: -sum(evidence.solutions[number].passed[0]))
    draft = replace(draft, solutions=tuple(draft.solutions[number] for number in order))
    if holds(evidence, order[0]):
        return draft
    ((answer,),) = yield (Ask(_again(task, draft, evidence, order[0], target), first=seed.draw),)
    # The correction becomes the draft's own; the others stay beside it as votes.
    solutions = (solution_of(answer), *draft.solutions[: options.solutions - 1])
    return replace(draft, solutions=solutions, calls=(*calls, answer.request_id))


def _target(options: RecipeConfig) -> Target:
    """What the run file asks for.

    Raises:
        ConfigError: if it names no language, or Python.
        UnknownNameError: if there is no such language.
    """
    known = ", ".join(name for name in LANGUAGES if name != "python")
    if options.language in (None, "", "python"):
        raise ConfigError(f"recipe 'translate' needs another language; name one in recipe.language: {known}")
    language: Language = LANGUAGES.load(options.language)
    assert language.notation is not None
    return Target(language, language.notation)


def carried(task: Record, target: Target) -> tuple[Problem, Suite, tuple[tuple[str, str], ...]]:
    """The task's problem and suite in the target language, and which cases are left out why; no model is asked.

    Raises:
        Inexpressible: with the reason why there is nothing to translate.
    """
    problem, notation = task.problem, target.notation
    if problem.language != "python":
        raise Inexpressible("source_not_python")
    if not notation.allows(problem.entry_point):
        raise Inexpressible("name_reserved")
    found = carry(task.tests, task.solution.code, problem.entry_point)
    found = typed(found) if notation.typed else found
    compiled = compile_cases(notation, problem.entry_point, found.cases)
    if not compiled.suite.cases:
        raise Inexpressible("untranslatable_tests")
    statement = f"{_reworded(problem.statement, target)}\n\n{signature(found.signature, target)}"
    made = Problem(statement, problem.entry_point, target.language.name)
    return made, compiled.suite, (*found.left_out, *compiled.left_out)


def signature(found: Signature, target: Target) -> str:
    """One line: how the function is called in the language, and the kinds of what goes in and comes out."""
    call = target.notation.call(found.entry_point, found.parameters)
    kinds = [f"`{name}`: {kind}" for name, kind in zip(found.parameters, found.kinds, strict=True)]
    return (
        f"Write it in {target.title}, to be called as `{call}`. {'; '.join([*kinds, f'it answers: {found.result}'])}."
    )


def _reworded(statement: str, target: Target) -> str:
    """The statement with the names of the language, of truths and of nothing exchanged."""
    notation = target.notation
    words = {"True": notation.true, "False": notation.false, "Python": target.title, "python": target.title}
    try:
        words["None"] = notation.nothing(0)
    except Inexpressible:
        words["None"] = "nothing"
    return re.sub(r"\b(?:True|False|None|[Pp]ython)\b", lambda found: words[found[0]], statement.strip())


def _question(task: Record, problem: Problem, target: Target) -> tuple[Message, ...]:
    _, form = target.language.stubs(problem.entry_point)[0]
    return prompt(
        "translate",
        language=target.title,
        statement=problem.statement,
        fence=target.fence,
        form=form.code.strip(),
        code=task.solution.code.strip(),
    )


def _again(task: Record, draft: Draft, evidence: Evidence, best: int, target: Target) -> tuple[Message, ...]:
    """The first solution of the draft, which is the evidence's best, with what the run said about it."""
    alone = replace(draft, solutions=draft.solutions[:1])
    votes = evidence.votes if len(draft.solutions) == 1 else ()  # of several, nobody knows whose value it is
    said = verdict(alone, replace(evidence, solutions=(evidence.solutions[best],), votes=votes))
    return prompt(
        "translate_again",
        language=target.title,
        statement=draft.problem.statement,
        fence=target.fence,
        code=draft.solutions[0].code.strip() or "(no code was given)",
        source=task.solution.code.strip(),
        verdict=said,
    )

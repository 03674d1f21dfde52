"""What is asked of one solution with one suite, wherever the two came from: a verdict by a policy, or a run as text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import NeutralCase
from codefactory.types import Assurance, Call, Case, Draft, Evidence, Job, Outcome, Status
from codefactory.verify.policy import Policy, decide
from codefactory.verify.work import Work


@dataclass(slots=True)
class Desk:
    """Judges drafts of one solution and one suite."""

    work: Work

    async def judged(self, draft: Draft, policy: Policy) -> tuple[Evidence, str]:
        """The evidence about a draft, and the policy's reason for a no, or "".

        Raises:
            SandboxError: if the sandbox itself failed.
        """
        evidence = await self.work.evidence(draft)
        return evidence, decide(policy, draft, evidence).reason

    async def as_text(self, draft: Draft, case: Case, preamble: str = "") -> Outcome:
        """How the solution's text ends beside one case of code, as a reader of it would run the two.

        Raises:
            SandboxError: if the sandbox itself failed.
        """
        problem, code = draft.problem, draft.solutions[0].code
        job = Job(problem.language, code, problem.entry_point, (case,), preamble, Assurance.SHARED, self.work.limits)
        return await self.work.execute(job)

    async def loads(self, draft: Draft) -> Outcome:
        """How the solution ends alone: without tests, that it can be executed at all is what can be shown."""
        problem = draft.problem
        language: Language = LANGUAGES.load(problem.language)
        if language.notation is None:
            return await self.as_text(draft, Case("loads", f"assert {problem.entry_point} is not None"))
        # A case that asks nothing of the program: before it, the program was read and its own lines were run. Where a
        # literal is no expression (in shells), that the case itself fails says the same.
        zero = language.notation.answer(language.notation.literal(0), NeutralCase("loads", (), 0))
        case = Case("loads", "", Call(zero, "0"))
        code, limits = draft.solutions[0].code, self.work.limits
        outcome = await self.work.execute(Job(problem.language, code, problem.entry_point, (case,), limits=limits))
        own = outcome.status in (Status.FAILED, Status.ERRORED) and any(fact.value for fact in outcome.facts)
        return replace(outcome, status=Status.PASSED, detail="") if own else outcome


def failed_cases(draft: Draft, evidence: Evidence) -> list[Case]:
    """The cases of the first suite that the first solution does not pass, in their order."""
    if not evidence.solutions:
        return []
    held = evidence.solutions[0].passed[0]
    return [case for case, holds in zip(draft.suites[0].cases, held, strict=True) if not holds]

"""Executes versions of a draft's code on its cases, and counts what that takes: what every check is made of."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.measures import Cost
from codefactory.types import Assurance, Case, Check, Draft, Fact, Job, Limits, Outcome, Status

Execute = Callable[[Job], Awaitable[Outcome]]
# After these, a case that never had its turn says nothing about the code: see `unsaid`.
ENDED_EARLY = (Status.TIMEOUT, Status.CRASHED, Status.OUT_OF_MEMORY, Status.OUTPUT_LIMIT, Status.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class Run:
    """One program over some cases: its status, and the facts by case name (`suite index.case name`)."""

    status: Status
    facts: dict[str, Fact]
    cpu_s: float = 0.0
    executions: int = 0
    image: str = ""
    tails: tuple[str, ...] = ()

    def holds(self, name: str) -> bool:
        """Whether the case passed."""
        return name in self.facts and self.facts[name].status == Status.PASSED

    def value(self, name: str) -> str:
        """What came back for a literal case: a value's source, `!Error`, or "" where nothing did."""
        return self.facts[name].value if name in self.facts else ""

    def unsaid(self, name: str) -> bool:
        """Whether the program ended before this case had its turn."""
        found = self.facts.get(name)
        return self.status in ENDED_EARLY and (found is None or found.status == Status.INCOMPLETE)


class Trial:
    """One draft before one runner, for one check; `cost` is what the check has taken so far."""

    def __init__(self, draft: Draft, execute: Execute, limits: Limits, check: str) -> None:
        self.draft, self.limits, self.check = draft, limits, check
        self.cases = tuple(planned(draft))
        self.language: Language = LANGUAGES.load(draft.problem.language)
        self._execute, self._executions, self._cpu_s = execute, 0, 0.0

    @property
    def cost(self) -> Cost:
        """Executions and CPU seconds so far."""
        return Cost(self.check, self._executions, round(self._cpu_s, 6))

    def renamed(self, check: str) -> Trial:
        """The same for another check, with a count of its own."""
        return Trial(self.draft, self._execute, self.limits, check)

    async def execute(self, job: Job) -> Outcome:
        """One counted execution."""
        outcome = await self._execute(job)
        self._executions += 1
        self._cpu_s += outcome.cpu_s
        return outcome

    async def run(self, code: str, cases: tuple[Case, ...] | None = None, **changes: object) -> Run:
        """Execute a program on the cases (all of the draft's, unless named).

        Literal cases of all suites are compared on the host in one job; the others run beside the program, each suite
        in a job of its own with nothing but its own preamble. `changes` are fields of `Job`.
        """
        if not code.strip():
            return Run(Status.SYNTAX, {})
        cases = self.cases if cases is None else cases
        jobs = list(self._jobs(code, cases, changes))
        outcomes = await asyncio.gather(*(self.execute(job) for _, job in jobs))
        worst = next((o.status for o in outcomes if o.status != Status.PASSED), Status.PASSED)
        named = ((prefix, fact) for (prefix, _), one in zip(jobs, outcomes, strict=True) for fact in one.facts)
        facts = {prefix + fact.name: replace(fact, name=prefix + fact.name) for prefix, fact in named}
        tails = tuple(outcome.stdout_tail for outcome in outcomes)
        image = outcomes[0].image if outcomes else ""
        return Run(worst, facts, sum(o.cpu_s for o in outcomes), len(jobs), image, tails)

    def _jobs(self, code: str, cases: tuple[Case, ...], changes: dict[str, object]) -> Iterator[tuple[str, Job]]:
        """What is executed, each with what to put before its cases' names.

        The tests in a native file have the names that are in the file, so those are planned.
        """
        literal = tuple(case for case in cases if case.call)
        job = Job(self.draft.problem.language, code, self.draft.problem.entry_point, literal, limits=self.limits)
        job = replace(job, **changes)  # type: ignore[arg-type]  # the callers name fields of Job
        if literal:
            yield "", job
        for number, suite in enumerate(self.draft.suites):
            other = tuple(case for case in cases if not case.call and case.name.startswith(f"{number}."))
            prefix = f"{number}." if self.language.notation else ""
            if other:
                own = tuple(replace(case, name=case.name.removeprefix(prefix)) for case in other)
                yield prefix, replace(job, cases=own, preamble=suite.preamble, assurance=Assurance.SHARED)


def planned(draft: Draft) -> Iterator[Case]:
    """The cases of every suite under names that tell the suites apart."""
    for number, suite in enumerate(draft.suites):
        if not suite.fault:
            yield from (replace(case, name=f"{number}.{case.name}") for case in suite.cases)


def passed(draft: Draft, run: Run) -> tuple[tuple[bool, ...], ...]:
    """Which cases of which suite a program passed."""
    return tuple(
        tuple(run.holds(f"{number}.{case.name}") for case in suite.cases) for number, suite in enumerate(draft.suites)
    )


def inputs(cases: tuple[Case, ...]) -> dict[str, str]:
    """Distinct literal inputs -> the name of the first case that asks for them."""
    found: dict[str, str] = {}
    for case in cases:
        if case.call and case.call.check in (Check.EQUAL, Check.APPROX):
            found.setdefault(case.call.expression, case.name)
    return found

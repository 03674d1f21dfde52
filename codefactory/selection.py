"""evidence -> corpus: a policy, then filters, applied to what the ledger holds; no token and no execution is spent.

Every run shows three rules side by side over the same drafts: `agreement`, `naive` and `unfiltered` (see
`verify/policies.yaml`). Each becomes a corpus of its own, with a funnel that adds up to the last draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import Any

from codefactory.config import RunConfig
from codefactory.corpus import store
from codefactory.corpus.evidence import Tally
from codefactory.errors import CodefactoryError, LedgerError
from codefactory.families import assign, distinct
from codefactory.filters.base import Funnel, Settings, make
from codefactory.filters.choosing import select as pass_through
from codefactory.ledger import Ledger
from codefactory.measures import Attempt
from codefactory.pipeline import Keys, known_keys, limits_of, write_json
from codefactory.recipes import RECIPES
from codefactory.recipes.base import prompt_hashes, wording
from codefactory.recipes.seeds import stream
from codefactory.tasks.base import load
from codefactory.types import (
    Completion,
    Draft,
    Evidence,
    Fact,
    Job,
    Outcome,
    Record,
    Seed,
    Solution,
    from_json,
)
from codefactory.verify.attempts import attempts
from codefactory.verify.calibration import Calibration, probabilities, shipped
from codefactory.verify.grid import pass_rate
from codefactory.verify.policy import RULES, Decision, Policy, decide, named
from codefactory.verify.work import work_key

EXAMPLES_KEPT, EXAMPLES_PER_REASON = 4, 1  # shown in the report, for each rule

Item = tuple[Seed, Draft, Evidence]


def ledger_items(config: RunConfig, ledger: Ledger, keys: Keys) -> Iterator[Item]:
    """Every finished draft with its evidence, in the order of the seeds: the order that every corpus has.

    Raises:
        LedgerError: if none of the planned drafts is there.
    """
    nothing = True
    for seed in stream(config.seeds, config.recipe.language):
        found = ledger.get("draft", keys.draft(config, seed))
        draft = from_json(Draft, found) if found else None
        known = ledger.get("evidence", keys.evidence(config, draft)) if draft else None
        if draft and known:
            nothing = False
            yield seed, draft, from_json(Evidence, known)
    if nothing:
        raise LedgerError(
            f"{ledger.path}: not one of {config.seeds.count:,} drafts is there with its evidence; finish the run first"
        )


def select(
    config: RunConfig,
    policy_name: str,
    min_probability: float = 0.0,
    calibration: Calibration | None = None,
    say: Callable[[str], object] = lambda line: None,
) -> Funnel:
    """Write the corpus of one policy to `<out>/corpus/<policy>/`; the same ledger gives the same bytes.

    Of a run that did not come to its end, it takes the drafts that are there, and the corpus says so.

    Args:
        min_probability: of being right, for every kept solution, beside what the policy asks; the corpus is then
            called `<policy>-p0.90` or the like.
        calibration: what probabilities go by; None is the one that ships with the package.
        say: told where drafts are not there yet.

    Raises:
        LedgerError: if none of the drafts is there.
        ConfigError: if `select.splits` do not add up to 1.
    """
    keys, chosen, wanted = known_keys(config), calibration or shipped(), config.select
    name = corpus_name(policy_name, min_probability)
    against = benchmarks(config)
    funnel = Funnel()
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        selector = Selector(config, _policy(policy_name, min_probability), name, chosen, keys, funnel, ledger)
        kept = list(_passing(selector, chain.from_iterable(against.values())))
    records = assign(kept, wanted.splits, wanted.family_similarity)
    drafts = {record.draft_id for record in records}
    attempts = [one for draft_id, found in selector.attempts.items() if draft_id in drafts for one in found]
    about = _about(config, name, keys) | {
        "decontaminated_against": list(wanted.decontaminate),
        "benchmark_tasks": {name: len(tasks) for name, tasks in against.items()},
        "calibration": {"source": chosen.source, "tasks": chosen.tasks, "error": chosen.error},
        "evidence": selector.tally.summary(),
    }
    missing = config.seeds.count - selector.tally.drafts
    if missing:
        about["unfinished"] = f"{missing:,} of {config.seeds.count:,} drafts were not there yet"
        say(f"{about['unfinished']}: selected from the others; 'codefactory run' makes the rest")
    store.write(config.corpus(name), records, funnel, about, attempts)
    return funnel


def benchmarks(config: RunConfig) -> dict[str, list[Record]]:
    """The tasks that must not be in the corpus, by the name of their set."""
    return {name: [record for record in load(name) if _held_out(record)] for name in config.select.decontaminate}


def _policy(name: str, min_probability: float) -> Policy:
    policy = named(name)
    if not min_probability:
        return policy
    return policy.model_copy(update={"min_probability": max(min_probability, policy.min_probability)})


def _passing(selector: Selector, tasks: Iterable[Record]) -> Iterator[Record]:
    """What the selector's policy keeps and no filter drops."""
    wanted = selector.config.select
    settings = Settings(tuple(tasks), wanted.near_duplicates, wanted.solutions_per_problem, wanted.filters)
    items = ledger_items(selector.config, selector.ledger, selector.keys)
    return pass_through(selector.candidates(items), make(settings), selector.funnel, processes=wanted.filters.processes)


class Recording(Funnel):
    """A funnel that remembers the reason of every drop, not of the first few alone."""

    def __init__(self) -> None:
        super().__init__()
        self.why: dict[str, tuple[str, str]] = {}

    def drop(self, slug: str, record_id: str, detail: str = "") -> None:
        super().drop(slug, record_id, detail)
        self.why[record_id] = (slug, detail)


def filtered_out(config: RunConfig, policy_name: str, draft_id: str) -> list[str]:
    """Why rows of a draft that a policy keeps are not in its corpus: `slug: detail` for each. Selects once more."""
    funnel = Recording()
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        selector = Selector(config, named(policy_name), policy_name, shipped(), known_keys(config), funnel, ledger)
        selector.watched = draft_id
        for _ in _passing(selector, chain.from_iterable(benchmarks(config).values())):
            pass
    return [" ".join(": ".join(funnel.why[one]).split()) for one in selector.made if one in funnel.why]


def _about(config: RunConfig, policy_name: str, keys: Keys) -> dict[str, Any]:
    """What made a corpus; paths by their last part alone, because a card is for the public."""
    run = config.model_dump(mode="json", exclude_none=True)
    run["out"] = config.out.name
    for key in ("file", "code", "corpus", "constitution"):
        if run["seeds"].get(key):
            run["seeds"][key] = Path(run["seeds"][key]).name
    run["llm"].pop("base_url")
    one = keys.sampling
    return {
        "name": config.name,
        "policy": policy_name,
        "model": keys.model,
        "sampling": f"temperature {one.temperature}, top_p {one.top_p}, max_tokens {one.max_tokens}",
        "prompts": keys.wording,
        "image": keys.image,
        "runner": keys.runner,
        "run_file": run,
        "prompt_files": _prompt_files(config, keys),
    }


def _prompt_files(config: RunConfig, keys: Keys) -> dict[str, str]:
    """The hash of every prompt, where these are still the words that the run was made with."""
    try:
        now = wording(RECIPES.load(config.recipe.name))
    except CodefactoryError:  # a third party's recipe, which is not here
        return {}
    return prompt_hashes() if now == keys.wording else {}


def corpus_name(policy_name: str, min_probability: float = 0.0) -> str:
    """What a corpus is called: its policy's name, and the least probability where one was asked for."""
    name = Path(policy_name).name
    return f"{name}-p{min_probability:.2f}" if min_probability else name


def _held_out(record: Record) -> bool:
    """Training tasks of a human-annotated set may be in the corpus; what models are measured on may not."""
    return record.split != "train"


@dataclass(slots=True)
class Selector:
    """Applies one policy to one draft after the other, and keeps count."""

    config: RunConfig
    policy: Policy
    name: str
    calibration: Calibration
    keys: Keys
    funnel: Funnel
    ledger: Ledger
    tally: Tally = field(default_factory=Tally)
    attempts: dict[str, tuple[Attempt, ...]] = field(default_factory=dict)
    watched: str = ""  # a draft whose rows' ids are wanted
    made: list[str] = field(default_factory=list)

    def candidates(self, items: Iterable[Item]) -> Iterator[Record]:
        """Records that the policy keeps; every other draft is counted in the funnel under its reason."""
        for seed, draft, evidence in items:
            self.tally.draft(evidence)
            decision = decide(self.policy, draft, evidence, self.calibration)
            if decision.reason:
                self.funnel.drop(decision.reason, draft.id, draft.problem.statement)
                continue
            self._refused(draft, evidence, decision)
            known = probabilities(self.calibration, evidence)
            for position in distinct(
                [one.code for one in decision.solutions],
                self.config.select.solutions_per_problem,
                draft.problem.language,
            ):
                solution = decision.solutions[position]
                meta = _measured(draft, evidence, known, decision, solution)
                record = self._record(seed, draft, decision, solution, meta)
                if draft.id == self.watched:
                    self.made.append(record.id)
                yield record

    def _refused(self, draft: Draft, evidence: Evidence, decision: Decision) -> None:
        """The draft's answers that the kept suite refuses, from what was recorded when it was judged."""
        if evidence.fault or self.policy.rule == "any":
            return  # nothing was executed, or nothing was asked of the suite
        share = pass_rate(evidence, decision.indices[0])
        self.tally.keep(evidence, decision.indices, share)
        found = attempts(draft, evidence, decision, self._facts, limits_of(self.config))
        self.attempts[draft.id] = found.attempts
        self.tally.refused += len(found.attempts)
        self.tally.undecided += found.undecided
        self.tally.copies += found.copies

    def _facts(self, job: Job) -> dict[str, Fact]:
        known = self.ledger.get("outcome", work_key(job.id, self.keys.image))
        return {fact.name: fact for fact in from_json(Outcome, known).facts} if known else {}

    def _record(self, seed: Seed, draft: Draft, decision: Decision, solution: Solution, meta: dict[str, str]) -> Record:
        return Record(
            draft.problem,
            solution,
            decision.suite,
            expected_from=decision.expected_from,
            policy=self.name,
            draft_id=draft.id,
            seed_id=seed.id,
            model=self.keys.model,
            recipe=draft.recipe,
            topics=seed.topics,
            difficulty=seed.difficulty,
            style=seed.style,
            licence=seed.licence,
            split="train",
            meta=meta,
        )


def _measured(
    draft: Draft, evidence: Evidence, known: tuple[float, ...], decision: Decision, solution: Solution
) -> dict[str, str]:
    """A judge's scores, how hard the problem was for its writer, and how likely the solution is right, where known.

    Of a translated task, the cases that the language cannot say.
    """
    scores = {f"score_{name}": str(score) for name, score in draft.scores}
    if draft.left_out:
        scores["left_out"] = ", ".join(f"{name}: {slug}" for name, slug in draft.left_out)
    if draft.scores:
        scores["score"] = f"{fmean(score for _, score in draft.scores):.2f}"
    index = next(number for number in decision.indices if draft.solutions[number] == solution)
    if index >= len(known):
        return scores
    return scores | {"pass_rate": f"{pass_rate(evidence, index):.3f}", "probability": f"{known[index]:.3f}"}


def select_all(config: RunConfig) -> dict[str, Funnel]:
    """The corpora of the three rules and the run file's own policy; `summary.json` and `examples.json` beside them."""
    names = dict.fromkeys((*RULES, config.select.policy))
    funnels = {corpus_name(name): select(config, name) for name in names}
    write_json(config.out / "summary.json", summary(config, funnels))
    write_json(config.out / "examples.json", examples(config))
    return funnels


def summary(config: RunConfig, funnels: dict[str, Funnel]) -> dict[str, Any]:
    """The figures of a run, all of them counted from the ledger."""
    keys = known_keys(config)
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        items = list(ledger_items(config, ledger, keys))
        tokens = sum(from_json(Completion, value).completion_tokens for _, value in ledger.items("completion"))
        calls, executions = ledger.count("completion"), ledger.count("outcome")
    evidence = [item[2] for item in items]
    return {
        "name": config.name,
        "seeds": config.seeds.count,
        "drafts": len(items),
        "parsed": sum(not draft.fault for _, draft, _ in items),
        "executed": sum(not one.fault for one in evidence),
        "kept": {name: funnel.kept for name, funnel in funnels.items()},
        "reasons": {name: {k: v for k, v in funnel.reasons.items() if v} for name, funnel in funnels.items()},
        "calls": calls,
        "tokens": tokens,
        "executions": executions,
        "sandbox_cpu_s": round(sum(one.cpu_s for one in evidence), 1),
        "model": keys.model,
        "image": keys.image,
        "runner": keys.runner,
    }


def examples(config: RunConfig) -> list[dict[str, str]]:
    """Some kept drafts and one for each reason, of the two rules that execute."""
    found: list[dict[str, str]] = []
    keys = known_keys(config)
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        items = list(ledger_items(config, ledger, keys))
    for rule in ("agreement", "naive"):
        seen: dict[str, int] = {}
        for _, draft, evidence in items:
            decision = decide(named(rule), draft, evidence)
            limit = EXAMPLES_PER_REASON if decision.reason else EXAMPLES_KEPT
            seen[decision.reason] = seen.get(decision.reason, 0) + 1
            if seen[decision.reason] <= limit:
                suite = decision.suite if not decision.reason else (draft.suites or (decision.suite,))[0]
                code = (decision.solutions or draft.solutions)[0].code if draft.solutions else ""
                found.append(
                    {
                        "rule": rule,
                        "verdict": "dropped" if decision.reason else "kept",
                        "reason": decision.reason,
                        "statement": draft.problem.statement,
                        "code": code,
                        "tests": "\n".join(case.source for case in suite.cases),
                        "detail": f"expected values from: {decision.expected_from}"
                        if not decision.reason
                        else _why(evidence),
                    }
                )
    return found


def _why(evidence: Evidence) -> str:
    """One line about the evidence behind a no."""
    if evidence.fault:
        return "the answer could not be read"
    held = [sum(map(sum, row.passed)) for row in evidence.solutions]
    total = sum(map(len, evidence.solutions[0].passed))
    clusters = ", ".join(str(row.cluster) for row in evidence.solutions)
    return f"cases passed by each solution: {held} of {total}; behaviour clusters: {clusters}"

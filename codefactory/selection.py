"""evidence -> corpus: a policy, then filters, applied to what the ledger holds; no token and no execution is spent.

Every run shows three rules side by side over the same drafts: `agreement`, `naive` and `unfiltered` (see
`verify/policies.yaml`). Each becomes a corpus of its own, with a funnel that adds up to the last draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean
from typing import Any

from codefactory.config import RunConfig
from codefactory.corpus import store
from codefactory.errors import LedgerError
from codefactory.filters.base import Funnel, Settings, make
from codefactory.filters.choosing import select as pass_through
from codefactory.ledger import Ledger
from codefactory.pipeline import Keys, known_keys, write_json
from codefactory.recipes.seeds import stream
from codefactory.tasks.base import load
from codefactory.types import Completion, Draft, Evidence, Record, Seed, Solution, from_json
from codefactory.verify.calibration import Calibration, probabilities, shipped
from codefactory.verify.grid import pass_rate
from codefactory.verify.policy import RULES, Decision, Policy, decide, named

EXAMPLES_KEPT, EXAMPLES_PER_REASON = 4, 1  # shown in the report, for each rule

Item = tuple[Seed, Draft, Evidence]


def ledger_items(config: RunConfig, ledger: Ledger, keys: Keys) -> Iterator[Item]:
    """Every finished draft with its evidence, in the order of the seeds: the order that every corpus has.

    Raises:
        LedgerError: if a planned draft is not there yet.
    """
    for number, seed in enumerate(stream(config.seeds)):
        found = ledger.get("draft", keys.draft(config, seed))
        draft = from_json(Draft, found) if found else None
        known = ledger.get("evidence", keys.evidence(config, draft)) if draft else None
        if draft is None or known is None:
            raise LedgerError(
                f"{ledger.path}: draft {number + 1} of {config.seeds.count} is not there yet; finish the run first"
                + (f", or take what comes before it with --set seeds.count={number}" if number else "")
            )
        yield seed, draft, from_json(Evidence, known)


def select(
    config: RunConfig, policy_name: str, min_probability: float = 0.0, calibration: Calibration | None = None
) -> Funnel:
    """Write the corpus of one policy to `<out>/corpus/<policy>/`; the same ledger gives the same bytes.

    Args:
        min_probability: of being right, for every kept solution, beside what the policy asks; the corpus is then
            called `<policy>-p0.90` or the like.
        calibration: what probabilities go by; None is the one that ships with the package.
    """
    policy, keys = named(policy_name), known_keys(config)
    if min_probability:
        policy = policy.model_copy(update={"min_probability": max(min_probability, policy.min_probability)})
        policy_name = corpus_name(policy_name, min_probability)
    chosen = calibration or shipped()
    benchmarks = tuple(record for name in config.select.decontaminate for record in load(name) if _held_out(record))
    wanted = config.select
    settings = Settings(benchmarks, wanted.near_duplicates, wanted.solutions_per_problem, wanted.filters)
    funnel = Funnel()
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        items = ledger_items(config, ledger, keys)
        candidates = _candidates(config, policy, policy_name, chosen, items, keys, funnel)
        records = list(pass_through(candidates, make(settings), funnel, processes=wanted.filters.processes))
    about = {
        "name": config.name,
        "policy": policy_name,
        "model": keys.model,
        "image": keys.image,
        "runner": keys.runner,
        "decontaminated_against": list(wanted.decontaminate),
    }
    store.write(config.out / "corpus" / policy_name, records, funnel, about)
    return funnel


def corpus_name(policy_name: str, min_probability: float) -> str:
    """The folder of a corpus: the policy's name, and the least probability where one was asked for."""
    return f"{policy_name}-p{min_probability:.2f}" if min_probability else policy_name


def _held_out(record: Record) -> bool:
    """Training tasks of a human-annotated set may be in the corpus; what models are measured on may not."""
    return record.split != "train"


def _candidates(
    config: RunConfig,
    policy: Policy,
    name: str,
    calibration: Calibration,
    items: Iterator[Item],
    keys: Keys,
    funnel: Funnel,
) -> Iterator[Record]:
    """Records that the policy keeps; every other draft is counted in the funnel under its reason."""
    for seed, draft, evidence in items:
        decision = decide(policy, draft, evidence, calibration)
        if decision.reason:
            funnel.drop(decision.reason, draft.id, draft.problem.statement)
        known = probabilities(calibration, evidence) if decision.solutions else ()
        for solution in decision.solutions[: config.select.solutions_per_problem]:
            yield Record(
                draft.problem,
                solution,
                decision.suite,
                expected_from=decision.expected_from,
                policy=name,
                draft_id=draft.id,
                seed_id=seed.id,
                model=keys.model,
                recipe=draft.recipe,
                topics=seed.topics,
                difficulty=seed.difficulty,
                style=seed.style,
                licence=seed.licence,
                split="train",
                meta=_measured(draft, evidence, known, decision, solution),
            )


def _measured(
    draft: Draft, evidence: Evidence, known: tuple[float, ...], decision: Decision, solution: Solution
) -> dict[str, str]:
    """A judge's scores, how hard the problem was for its writer, and how likely the solution is right, where known."""
    scores = {f"score_{name}": str(score) for name, score in draft.scores}
    if scores:
        scores["score"] = f"{fmean(score for _, score in draft.scores):.2f}"
    index = next(number for number in decision.indices if draft.solutions[number] == solution)
    if index >= len(known):
        return scores
    return scores | {"pass_rate": f"{pass_rate(evidence, index):.3f}", "probability": f"{known[index]:.3f}"}


def select_all(config: RunConfig) -> dict[str, Funnel]:
    """The corpora of the three rules and the run file's own policy; `summary.json` and `examples.json` beside them."""
    names = dict.fromkeys((*RULES, config.select.policy))
    funnels = {name: select(config, name) for name in names}
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

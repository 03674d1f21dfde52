"""What each arm trains on: records become (prompt, completion) documents, chosen in an order that nests the sizes.

Human and synthetic rows are put in an order of their content, so that a smaller size lies in a larger one and a corpus
in another order gives the same subset. What matches a task that the study measures on is left out of both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from codefactory.config import ArmConfig, RunConfig, StudyConfig
from codefactory.corpus import store
from codefactory.errors import ConfigError, InputError
from codefactory.filters.base import Funnel, Settings, make
from codefactory.filters.choosing import select
from codefactory.languages.python import completion_pair
from codefactory.ledger import Ledger
from codefactory.pipeline import known_keys
from codefactory.reading import load
from codefactory.recipes.seeds import expand
from codefactory.tasks import base as tasks
from codefactory.types import Draft, Evidence, Record, from_json
from codefactory.verify.policy import decide, named

Document = tuple[str, str]
Count = Callable[[Sequence[Document]], list[int]]

UNFILTERED = "unfiltered"
SYNTHETIC = ("synthetic", "unfiltered", "mixed", "rejected")


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm ready to train: its documents and where they came from; `note` says where it got less than asked for.

    `licences` are those of all rows that it was chosen from.
    """

    name: str
    data: str
    documents: tuple[Document, ...] = ()
    human_rows: int = 0
    synthetic_rows: int = 0
    note: str = ""
    licences: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What names the documents by content, in their order."""
        return sha256("".join(map(_order, self.documents)).encode()).hexdigest()[:32]


def arms(config: StudyConfig, tokens: Count | None = None) -> list[Arm]:
    """Every arm of the study with its documents.

    Args:
        tokens: how many tokens each document has, for budgets of equal tokens.

    Raises:
        ConfigError: if two arms have one name.
        InputError: if data that an arm needs is not there.
    """
    names = [arm.name for arm in config.arms]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ConfigError(f"arms: two arms are called '{twice}'; give each a name of its own")
    pools = _Pools(config)
    found = [_arm(arm, pools) for arm in config.arms]
    if not config.equal:
        return found
    if config.equal == "tokens" and not tokens:
        raise ConfigError("equal: tokens needs a base model whose tokens can be counted; use 'equal: examples'")
    return equalised(found, tokens if config.equal == "tokens" and tokens else lambda documents: [1] * len(documents))


def equalised(found: Sequence[Arm], count: Count) -> list[Arm]:
    """Every arm that trains, cut to what the smallest of them has; human and synthetic rows keep their shares."""
    costs = {arm.name: count(arm.documents) for arm in found}
    least = min((sum(cost) for cost in costs.values() if cost), default=0)
    return [_cut(arm, costs[arm.name], least) for arm in found]


def _cut(arm: Arm, costs: Sequence[int], budget: int) -> Arm:
    """The documents that fit into the budget, taken from both parts of the arm at an even pace."""
    sizes = (arm.human_rows, arm.synthetic_rows)
    parts = [range(sizes[0]), range(sizes[0], sum(sizes))]
    pace = sorted((place / len(part), number) for part in parts for place, number in enumerate(part))
    kept: list[int] = []
    left = budget
    for _, number in pace:
        left -= costs[number]
        if left < 0:
            break
        kept.append(number)
    human = sum(number < sizes[0] for number in kept)
    documents = tuple(arm.documents[number] for number in sorted(kept))
    return replace(arm, documents=documents, human_rows=human, synthetic_rows=len(kept) - human)


def corpus_folder(config: StudyConfig, policy: str = "") -> Path:
    """Where the study's run keeps the corpus of a policy (the run's own policy where empty)."""
    return load(RunConfig, config.run).corpus(policy)


@dataclass(frozen=True, slots=True)
class Pool:
    """What arms choose from: documents in the order of their content, and the licences that the rows name."""

    documents: tuple[Document, ...] = ()
    licences: tuple[str, ...] = ()


class _Pools:
    """Documents by source, read when an arm first needs them."""

    def __init__(self, config: StudyConfig) -> None:
        self._config = config
        self._read: dict[tuple[str, str], Pool] = {}
        self._settings = Settings(tuple(tasks.load(config.evaluation.tasks)))
        self._rejected: dict[str, frozenset[str]] = {}

    def human(self) -> Pool:
        if ("human", "") not in self._read:
            self._read["human", ""] = self._pool(tasks.load_trainable(self._config.human))
        return self._read["human", ""]

    def synthetic(self, arm: ArmConfig) -> Pool:
        policy = UNFILTERED if arm.data in (UNFILTERED, "rejected") else arm.policy or ""
        variant = arm.data if arm.data == "rejected" else f"without {arm.without}" if arm.without else ""
        key = (policy, f"{variant} {arm.policy or ''}" if variant == "rejected" else variant)
        if key not in self._read:
            records = self._wanted(arm, self._records(policy))
            self._read[key] = self._pool(records)
            if not self._read[key].documents:
                raise InputError(f"arm '{arm.name}': no row is left for it; generate more, or choose another policy")
        return self._read[key]

    def _records(self, policy: str) -> list[Record]:
        folder = corpus_folder(self._config, policy)
        if not folder.is_dir():
            # The run is there and this policy's corpus is not: selecting costs nothing.
            verb = (
                f"select {self._config.run} --policy {policy}" if folder.parent.is_dir() else f"run {self._config.run}"
            )
            raise InputError(f"{folder}: no corpus here; run 'codefactory {verb}' first")
        records = store.read(folder)
        if not records:
            raise InputError(f"{folder}: the corpus is empty; generate more, or choose another policy")
        return records

    def _wanted(self, arm: ArmConfig, records: list[Record]) -> list[Record]:
        if arm.data == "rejected":
            refused = self._refused(arm.policy or load(RunConfig, self._config.run).select.policy)
            records = [record for record in records if record.draft_id in refused]
        if arm.without and arm.without not in {record.recipe for record in records}:
            known = ", ".join(sorted({record.recipe for record in records}))
            raise ConfigError(f"arm '{arm.name}': no row comes from recipe '{arm.without}'; there are: {known}")
        return [record for record in records if record.recipe != arm.without]

    def _refused(self, policy: str) -> frozenset[str]:
        """The drafts that the policy says no to. What filters dropped after a yes is no failure."""
        if policy not in self._rejected:
            run = load(RunConfig, self._config.run)
            self._rejected[policy] = frozenset(_refused_drafts(run, policy))
        return self._rejected[policy]

    def _pool(self, records: Sequence[Record]) -> Pool:
        """Every source, human or synthetic, without the rows that match a task the study measures on."""
        kept = list(select(records, make(self._settings, ["contamination"]), Funnel()))
        licences = tuple(sorted({record.licence for record in kept if record.licence}))
        return Pool(tuple(sorted(documents(kept), key=_order)), licences)


def _refused_drafts(run: RunConfig, policy: str) -> list[str]:
    keys, rule = known_keys(run), named(policy)
    found = []
    with Ledger(run.out / "ledger.sqlite", write=False) as ledger:
        for seed in expand(run.seeds, run.recipe.language):
            written = ledger.get("draft", keys.draft(run, seed))
            draft = from_json(Draft, written) if written else None
            known = ledger.get("evidence", keys.evidence(run, draft)) if draft else None
            if draft and known and decide(rule, draft, from_json(Evidence, known)).reason:
                found.append(draft.id)
    return found


def documents(records: Sequence[Record]) -> list[Document]:
    """One (prompt, completion) a record."""
    return [completion_pair(record) for record in records]


def _arm(arm: ArmConfig, pools: _Pools) -> Arm:
    people = pools.human() if arm.data in ("human", "mixed") else Pool()
    machine = pools.synthetic(arm) if arm.data in SYNTHETIC else Pool()
    licences = tuple(sorted({*people.licences, *machine.licences}))
    human, pool = people.documents, machine.documents
    if arm.human_share:
        return replace(_at_share(arm, arm.human_share, human, pool), licences=licences)
    synthetic = pool[: arm.rows] if arm.rows else pool
    note = f"asked for {arm.rows:,} synthetic rows, the corpus has {len(pool):,}" if arm.rows > len(pool) > 0 else ""
    return Arm(arm.name, arm.data, (*human, *synthetic), len(human), len(synthetic), note, licences)


def _at_share(arm: ArmConfig, share: float, human: Sequence[Document], pool: Sequence[Document]) -> Arm:
    """So many rows in all, the given share of them human; fewer where either runs out, at the same share."""
    most = int(min(len(human) / share, len(pool) / (1 - share)))
    rows = min(arm.rows or most, most)
    people = round(rows * share)
    note = f"asked for {arm.rows:,} rows, {share:.0%} of them human; there are enough for {most:,}"
    short = arm.rows > most
    return Arm(
        arm.name,
        arm.data,
        (*human[:people], *pool[: rows - people]),
        people,
        rows - people,
        note if short else "",
    )


def _order(document: Document) -> str:
    # By content, not by position: a corpus in another order gives the same subset, and a smaller size lies in a larger.
    return sha256("\0".join(document).encode()).hexdigest()

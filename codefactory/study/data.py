"""What each arm trains on: records become (prompt, completion) documents, chosen in an order that nests the sizes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from codefactory.config import ArmConfig, RunConfig, StudyConfig, load
from codefactory.corpus import store
from codefactory.errors import ConfigError, InputError
from codefactory.filters.base import Funnel, Settings, make, select
from codefactory.languages.python import completion_pair
from codefactory.tasks import base as tasks
from codefactory.types import Record

Document = tuple[str, str]

UNFILTERED = "unfiltered"
SYNTHETIC = ("synthetic", "unfiltered", "mixed")


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm ready to train: its documents and where they came from; `note` says where it got less than asked for."""

    name: str
    data: str
    documents: tuple[Document, ...] = ()
    human_rows: int = 0
    synthetic_rows: int = 0
    note: str = ""

    @property
    def digest(self) -> str:
        """What names the documents by content, in their order."""
        return sha256("".join(map(_order, self.documents)).encode()).hexdigest()[:32]


def arms(config: StudyConfig) -> list[Arm]:
    """Every arm of the study with its documents.

    Raises:
        ConfigError: if two arms have one name.
        InputError: if data that an arm needs is not there.
    """
    names = [arm.name for arm in config.arms]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ConfigError(f"arms: two arms are called '{twice}'; give each a name of its own")
    pools = _Pools(config)
    return [_arm(arm, pools) for arm in config.arms]


def corpus_folder(config: StudyConfig, policy: str = "") -> Path:
    """Where the study's run keeps the corpus of a policy (the run's own policy where empty)."""
    run = load(RunConfig, config.run)
    return run.out / "corpus" / (policy or run.select.policy)


class _Pools:
    """Documents by source, read when an arm first needs them."""

    def __init__(self, config: StudyConfig) -> None:
        self._config = config
        self._read: dict[str, list[Document]] = {}
        self._settings = Settings(tuple(tasks.load(config.evaluation.tasks)))

    def human(self) -> list[Document]:
        if "human" not in self._read:
            self._read["human"] = self._documents(tasks.load_trainable(self._config.human))
        return self._read["human"]

    def synthetic(self, data: str) -> list[Document]:
        policy = UNFILTERED if data == UNFILTERED else ""
        if policy not in self._read:
            folder = corpus_folder(self._config, policy)
            if not folder.is_dir():
                raise InputError(f"{folder}: no corpus here; run 'codefactory run {self._config.run}' first")
            self._read[policy] = self._documents(store.read(folder))
            if not self._read[policy]:
                raise InputError(f"{folder}: the corpus is empty; generate more, or choose another policy")
        return self._read[policy]

    def _documents(self, records: Sequence[Record]) -> list[Document]:
        """Every source, human or synthetic, without the rows that match a task the study measures on."""
        kept = select(records, make(self._settings, ["contamination"]), Funnel())
        return sorted(documents(list(kept)), key=_order)


def documents(records: Sequence[Record]) -> list[Document]:
    """One (prompt, completion) a record."""
    return [completion_pair(record) for record in records]


def _arm(arm: ArmConfig, pools: _Pools) -> Arm:
    human = pools.human() if arm.data in ("human", "mixed") else []
    pool = pools.synthetic(arm.data) if arm.data in SYNTHETIC else []
    synthetic = pool[: arm.rows] if arm.rows else pool
    note = f"asked for {arm.rows:,} synthetic rows, the corpus has {len(pool):,}" if arm.rows > len(pool) > 0 else ""
    return Arm(arm.name, arm.data, (*human, *synthetic), len(human), len(synthetic), note)


def _order(document: Document) -> str:
    # By content, not by position: a corpus in another order gives the same subset, and a smaller size lies in a larger.
    return sha256("\0".join(document).encode()).hexdigest()

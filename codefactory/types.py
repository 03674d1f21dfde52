"""Every noun that crosses a module boundary: frozen, serialisable, named by its content.

Read top to bottom: what is asked of a model, what it writes, what is executed, what is known about it, what is kept.
`content_id` hashes a noun's JSON *without the fields that hold their defaults*: a field that is added later with a
default leaves every existing id, and so every paid-for ledger entry, as it was.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter

from codefactory.measures import Cost, CoverageEvidence, MutationEvidence

Noun = TypeVar("Noun")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_json(noun: Any) -> bytes:
    """The noun as compact JSON (UTF-8), every field included."""
    return _adapter(type(noun)).dump_json(noun)


def from_json(kind: type[Noun], data: bytes | str) -> Noun:
    """The noun of the given kind that `to_json` wrote.

    Raises:
        pydantic.ValidationError: if the data is not such a noun.
    """
    noun: Noun = _adapter(kind).validate_json(data)
    return noun


def content_id(noun: Any) -> str:
    """32 hex digits (128 bits of SHA-256) over the noun's kind and its non-default fields."""
    body = _adapter(type(noun)).dump_json(noun, exclude_defaults=True)
    return hashlib.sha256(type(noun).__name__.encode() + b"\0" + body).hexdigest()[:32]


class Identified:
    """Gives a noun its content id as `.id`."""

    __slots__ = ()

    @property
    def id(self) -> str:
        return content_id(self)


# ── what is asked of a model ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Seed(Identified):
    """What a draft starts from: topic words, a difficulty, or a text; `draw` tells repeated draws of one seed apart.

    `persona`, `audience`, `style`: other axes of a grid. `source` and `licence` say where a text comes from and under
    what terms, `language` in what it is code; "" of words, and of Python where Python is written. `tasks` are known
    tasks: one to solve or change, or several as examples. `constitution`: the user's own principles to revise by.
    """

    topics: tuple[str, ...] = ()
    difficulty: str = ""
    text: str = ""
    source: str = ""
    draw: int = 0
    persona: str = ""
    audience: str = ""
    style: str = ""
    licence: str = ""
    tasks: tuple[Record, ...] = ()
    constitution: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a completion is drawn; `stop` strings end it and are not part of it."""

    temperature: float = 0.8
    top_p: float = 1.0
    max_tokens: int = 512
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request(Identified):
    """One model call, one sample. Its id is the replay key, so the sample index is part of it.

    `messages` is rendered by the model's chat template; where it is empty, `prompt` is continued as raw text.
    `model` is the backend's fingerprint (name and revision), never only a nickname. `schema` is a JSON schema, as text,
    that the answer has to follow where the server can hold it to one.
    """

    model: str
    messages: tuple[Message, ...] = ()
    prompt: str = ""
    sampling: Sampling = Sampling()
    sample: int = 0
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What came back for a request: text, why it ended (`stop`, `length`), and token counts."""

    request_id: str
    text: str
    finish_reason: str = "stop"
    prompt_tokens: int = 0
    completion_tokens: int = 0


# ── what is written ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Problem(Identified):
    """A statement and the name that a solution must define."""

    statement: str
    entry_point: str
    language: str = "python"


@dataclass(frozen=True, slots=True)
class Solution(Identified):
    """Source code that claims to solve a problem."""

    code: str


class Check(StrEnum):
    """How the host compares a literal case."""

    EQUAL = "equal"
    APPROX = "approx"
    RAISES = "raises"
    MUTATES = "mutates"
    STDOUT = "stdout"


@dataclass(frozen=True, slots=True)
class Call:
    """A literal case as the host read it from a suite's syntax tree.

    `expression` (`f([1, 2], k=3)`; for STDOUT the text for stdin) goes into the container, `expected` (source text of a
    literal; an exception's name for RAISES; the mutated argument for MUTATES) never does. `argument` is the position
    that MUTATES looks at; `tolerance` is absolute, for APPROX.
    """

    expression: str
    expected: str
    check: Check = Check.EQUAL
    argument: int = 0
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """One planned test: its name, its source, and its literal reading where there is one."""

    name: str
    source: str
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class Suite(Identified):
    """Ordered, named cases. `preamble` holds the imports and helpers that non-literal cases need.

    `fault` is a reason slug where the source could not be planned (syntax, no case, redefines the entry point).
    """

    cases: tuple[Case, ...]
    preamble: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Draft(Identified):
    """One problem, k solutions, m suites, and where they came from.

    `solutions[0]` and `suites[0]` were written together with the problem. `calls` are the request ids that made it.
    `lineage` is the id of the Record or Draft that it was made from. `fault` is a reason slug when the model's answer
    could not be read; then parts may be empty. `scores` is what a model thinks of it, 1 to 5 for each criterion.
    `left_out` names the cases of a translated task that the target language cannot say, each with a reason slug.
    """

    problem: Problem
    solutions: tuple[Solution, ...]
    suites: tuple[Suite, ...]
    seed_id: str = ""
    recipe: str = ""
    calls: tuple[str, ...] = ()
    lineage: str = ""
    fault: str = ""
    scores: tuple[tuple[str, int], ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


# ── what is executed ─────────────────────────────────────────────────────────────────────────────────────────────────


class Status(StrEnum):
    """The verdict of one execution. BROKEN is our own fault: it is retried and never recorded."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    SYNTAX = "syntax"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    OUTPUT_LIMIT = "output_limit"
    CRASHED = "crashed"
    INCOMPLETE = "incomplete"
    BROKEN = "broken"


class Assurance(StrEnum):
    """How far a verdict can be trusted against a hostile candidate, strongest first."""

    COMPARED = "compared"
    SEPARATED = "separated"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one execution may use; `wall_s` is generous because CPU time is the fair measure on a busy machine."""

    cpu_s: float = 2.0
    wall_s: float = 10.0
    memory_mb: int = 256
    processes: int = 16
    output_kb: int = 1024
    disk_mb: int = 16
    open_files: int = 64


@dataclass(frozen=True, slots=True)
class Build(Identified):
    """What must be made before a job can run: sources, one command, the one file that it leaves.

    `files` are (name, text). Its clocks are its own, its other limits are those of the job that needs it.
    """

    files: tuple[tuple[str, str], ...]
    command: tuple[str, ...]
    artefact: str
    cpu_s: float = 20.0
    wall_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Job(Identified):
    """One execution: a candidate, the planned cases, the walls. Its id names the work before an image is known.

    The artefact of a `build` lies in the working folder, under its own name, before the candidate starts.
    """

    language: str
    code: str
    entry_point: str
    cases: tuple[Case, ...]
    preamble: str = ""
    assurance: Assurance = Assurance.COMPARED
    limits: Limits = Limits()
    hash_seed: int = 0
    build: Build | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one case: its own status and, for literal cases, the value as a tagged literal or the error."""

    name: str
    status: Status
    value: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict of a job with what backs it. Output tails are cut to 2 KiB."""

    status: Status
    facts: tuple[Fact, ...] = ()
    assurance: Assurance = Assurance.COMPARED
    detail: str = ""
    cpu_s: float = 0.0
    wall_s: float = 0.0
    memory_mb: float = 0.0
    stdout_tail: str = ""
    stderr_tail: str = ""
    image: str = ""
    runner: str = ""
    retried: bool = False


# ── what is known ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class SolutionEvidence:
    """One row of the grid: how a solution ended, which cases it passed, and which behaviour cluster it is in."""

    status: Status
    passed: tuple[tuple[bool, ...], ...]
    cluster: int


@dataclass(frozen=True, slots=True)
class Vote:
    """What the solutions answered on one input: the value most gave, how many gave it, how many answered at all."""

    expression: str
    value: str
    votes: int
    answered: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the judge found out about a draft; policies read it, nothing is decided here.

    `solutions[i].passed[j][c]`: solution i passed case c of suite j. `votes` has one entry per distinct literal input
    over all suites, in their order. `controls` names every must-fail stub that passed (`none:0`: suite 0; `none:votes`:
    the majority's values; `none:met`: the expected values that the consensus cluster meets). `fault` carries the
    draft's own parse fault.

    None means: not measured. `dependent` names every row that holds in the grid and does not run from the row alone
    (`0:0`: solution 0 with suite 0; `0:votes`, `0:met`: with those values). `flaky` names what a second run with
    another hash seed, order or time changed (`0:order:1.case_2`). `mutation` and `coverage` have one entry for each
    solution that a policy could keep and that stands for others like it. `costs` says what each check took.
    """

    draft_id: str
    solutions: tuple[SolutionEvidence, ...] = ()
    votes: tuple[Vote, ...] = ()
    controls: tuple[str, ...] = ()
    assurance: Assurance = Assurance.COMPARED
    image: str = ""
    executions: int = 0
    cpu_s: float = 0.0
    fault: str = ""
    dependent: tuple[str, ...] | None = None
    flaky: tuple[str, ...] | None = None
    mutation: tuple[MutationEvidence, ...] | None = None
    coverage: tuple[CoverageEvidence, ...] | None = None
    costs: tuple[Cost, ...] = ()


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Record(Identified):
    """One row of a corpus or one benchmark task, human or synthetic: the same type, so the same path.

    `tests` are hidden when the record is evaluated. `expected_from` says whether expected values were written by the
    author of the tests (`model`, `human`) or taken from what solutions agree on (`agreement`).
    """

    problem: Problem
    solution: Solution
    tests: Suite
    origin: Literal["synthetic", "human"] = "synthetic"
    name: str = ""
    expected_from: str = "model"
    policy: str = ""
    draft_id: str = ""
    seed_id: str = ""
    model: str = ""
    recipe: str = ""
    topics: tuple[str, ...] = ()
    difficulty: str = ""
    style: str = ""
    split: str = ""
    licence: str = ""
    meta: dict[str, str] = field(default_factory=dict)

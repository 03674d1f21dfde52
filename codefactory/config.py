"""One YAML file is one run: pydantic models that refuse unknown keys and say line, offender and suggestion.

Precedence: command line (`--set key=value`) over the file over the defaults here. Secrets are named by environment
variable only, never by value. `codefactory schema` prints the JSON schema for editors.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from codefactory.reading import Section
from codefactory.types import Limits

VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd]?)")
UNIT_S = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def _seconds(value: Any) -> Any:
    """`30m` as seconds; anything else is left to the number's own check."""
    found = DURATION.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    return float(found[1]) * UNIT_S[found[2]] if found else value


class LlmConfig(Section):
    """Which model writes, and how it is sampled."""

    backend: str = Field(description="local | openai | vllm | replay, or a third party's row")
    model: str = Field(description="an embedded model's name, a Hugging Face directory or name, or a server's model id")
    base_url: str = Field(default="", description="OpenAI-compatible URL, such as http://127.0.0.1:8000/v1")
    api_key_env: str = Field(default="OPENAI_API_KEY", description="environment variable that holds the key")
    temperature: float = Field(default=0.8, ge=0, le=2)
    top_p: float = Field(default=1.0, gt=0, le=1)
    max_tokens: int = Field(default=512, ge=1, description="longest answer, in tokens")
    batch: int = Field(default=256, ge=1, description="answers decoded together (local) or in flight (openai)")
    samples_per_call: int = Field(default=16, ge=1, description="of one question, at most (openai); 1: a call for each")
    timeout_s: float = Field(default=120.0, gt=0)
    seed: int = 0
    # None by default, so that `run.json` of an older run agrees with a file that does not name them.
    guided: bool | None = Field(default=None, description="have the server hold answers to a JSON schema")
    adapter: Path | None = Field(default=None, description="folder of a LoRA adapter (vllm)")
    engine: dict[str, Any] | None = Field(
        default=None, description="further engine arguments by vLLM's names, such as tensor_parallel_size: 2"
    )

    @field_validator("base_url")
    @classmethod
    def _no_secret_in_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if "@" in parts.netloc or parts.query:
            raise ValueError("a url carries no user, password or query here; name the key's variable in api_key_env")
        return value

    @field_validator("api_key_env")
    @classmethod
    def _name_not_key(cls, value: str) -> str:
        if not VARIABLE.fullmatch(value):
            raise ValueError("this is not a variable's name; export the key under one, and write its name here")
        return value


class SeedsConfig(Section):
    """Where drafts start: topic words, a grid, a file (one seed a line: text, or JSON), source code, or known tasks.

    What was added later is None by default: `run.json` of an older run does not have the key and still agrees.
    """

    count: int = Field(ge=1, description="how many drafts to ask for")
    topics: tuple[str, ...] = ()
    topics_per_seed: int = Field(default=2, ge=0, le=4, description="topic words together; always 1 in a grid")
    difficulties: tuple[str, ...] = ()
    personas: tuple[str, ...] | None = Field(default=None, description="axis of a grid: whose problem it is")
    audiences: tuple[str, ...] | None = Field(default=None, description="axis of a grid: who reads it")
    styles: tuple[str, ...] | None = Field(
        default=None, description="axis of a grid: how it sounds, or where to evolve"
    )
    file: Path | None = None
    code: Path | None = Field(default=None, description="folder of source code; its documented functions are seeds")
    language: str | None = Field(
        default=None, description="of the source in code, such as lua; if not set, the recipe's"
    )
    licences: tuple[str, ...] | None = Field(default=None, description="use code under these only, such as mit")
    tasks: str | None = Field(default=None, description="known tasks, set[:split][@file], such as reference:train")
    corpus: Path | None = Field(default=None, description="folder of a corpus whose kept tasks are seeds, beside tasks")
    examples: int | None = Field(
        default=None, ge=1, le=16, description="known tasks together in one seed; 1 if not set"
    )
    constitution: Path | None = Field(default=None, description="principles for the recipe critique, a text file")
    seed: int = 0

    @field_validator("code", "tasks", "corpus")
    @classmethod
    def _one_source(cls, value: Any, info: ValidationInfo) -> Any:
        other = next((name for name in ("file", "code") if info.data.get(name)), "")
        if value and other:
            raise ValueError(f"seeds come from one place, and seeds.{other} names another")
        return value

    @field_validator("language")
    @classmethod
    def _of_code(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value and not info.data.get("code"):
            raise ValueError("it is the language of the source in seeds.code, which names no folder")
        return value


class RecipeConfig(Section):
    """How a seed becomes a draft."""

    name: str = Field(default="joint", description="a row of codefactory/recipes/__init__.py, or a third party's")
    solutions: int = Field(default=4, ge=1, description="k: solutions a draft")
    suites: int = Field(default=2, ge=1, description="m: suites a draft")
    language: str | None = Field(default=None, description="what native and translate write, such as lua; else Python")


class SandboxConfig(Section):
    """Where drafts are executed."""

    runner: str = Field(default="auto", description="auto | docker | namespace")
    slots: int = Field(default=0, ge=0, description="executions at once; 0: one a core")
    runtime: str = Field(default="", description="a Docker runtime such as runsc")
    limits: Limits = Limits()


class VerifyConfig(Section):
    """What is measured about a draft beside the grid and the stubs, cheapest first; each adds to its evidence.

    On by default is what costs about one execution a solution. A second run is off because another hash seed starts the
    sandbox's interpreter over; mutation because it executes every mutant.
    """

    rows: bool = Field(default=True, description="whether what could be kept runs from the row alone")
    coverage: bool = Field(default=True, description="lines and branches of the solution that each suite executes")
    flaky: bool = Field(default=False, description="run again with another hash seed, order and time")
    mutation: bool = Field(default=False, description="how many mutants of the solution each suite kills")
    mutants: int = Field(default=30, ge=1, le=1000, description="mutants a solution, at most")
    probes: int = Field(default=24, ge=0, le=500, description="derived inputs that tell equivalent mutants apart")


class FiltersConfig(Section):
    """What a row must be beside right; filters that cost nothing and drop what nobody wants are on."""

    statement_words: tuple[int, int] = Field(default=(3, 1000), description="least and most words of a statement")
    solution_lines: tuple[int, int] = Field(default=(1, 300), description="least and most lines of code")
    line_characters: int = Field(default=1000, ge=1, description="longest line of a solution")
    unsafe: tuple[Literal["secret", "absolute_path", "network_call", "destructive_call"], ...] = Field(
        default=("secret", "absolute_path", "network_call", "destructive_call"),
        description="what a solution may not hold",
    )
    licences: tuple[str, ...] | None = Field(
        default=None, description="train on these only, such as mit; None: see forbidden"
    )
    forbidden_licences: tuple[str, ...] = Field(
        default=("*-nd-*", "*-nd", "*no-train*", "*no-ml*", "*machine-learning*", "proprietary", "all-rights-reserved"),
        description="patterns of licences that forbid training or changed copies",
    )
    licence_required: bool = Field(default=False, description="drop rows of which no licence is known")
    least_scores: dict[str, float] = Field(
        default={},
        description="criterion -> least judge's or reward model's score; 'mean' is that of a judge's criteria",
    )
    quality_labels: Path | None = Field(default=None, description="JSONL of good and bad rows to learn from")
    least_quality: float = Field(
        default=0.5, ge=0, le=1, description="probability of a good label from which a row stays"
    )
    semantic_duplicates: float = Field(
        default=0.0, ge=0, le=1, description="cosine similarity that counts as the same; 0: off"
    )
    embedding: str = Field(
        default="hashed", description="hashed | a Hugging Face directory | openai:MODEL, for semantic duplicates"
    )
    embedding_url: str = Field(default="", description="OpenAI-compatible URL for openai:MODEL")
    caps: dict[Literal["topic", "language", "difficulty", "recipe"], float] = Field(
        default={}, description="most rows of one value; below 1: most of the rows, as a share"
    )
    processes: int = Field(default=1, ge=1, description="processes that look at rows; the result is the same")


class BudgetConfig(Section):
    """What a run may spend at most; at the limit it stops cleanly, and with a higher one it goes on.

    Tokens and cost count over all sessions of a run, time in each session.
    """

    max_tokens: int | None = Field(default=None, ge=1, description="prompt and completion tokens of the whole run")
    max_cost: float | None = Field(default=None, gt=0, description="in the currency of the prices, the whole run")
    max_time: Annotated[float, BeforeValidator(_seconds)] | None = Field(
        default=None, gt=0, description="wall time of a session, in seconds or as 90s, 30m, 2h, 1d"
    )
    prompt_price: float | None = Field(default=None, ge=0, description="for a million prompt tokens")
    completion_price: float | None = Field(default=None, ge=0, description="for a million completion tokens")

    @model_validator(mode="after")
    def _priced(self) -> BudgetConfig:
        if self.max_cost is not None and (self.prompt_price is None or self.completion_price is None):
            raise ValueError("max_cost needs prompt_price and completion_price, for a million tokens each")
        return self


class SelectConfig(Section):
    """Which evidence is enough, and what else a row must be."""

    policy: str = "agreement"
    decontaminate: tuple[str, ...] = Field(
        default=("reference",), description="task sets whose text must not be in the corpus"
    )
    near_duplicates: float = Field(
        default=0.85, ge=0, le=1, description="Jaccard similarity that counts as the same; 0: off"
    )
    solutions_per_problem: int = Field(default=1, ge=1, description="distinct ones, the least alike first")
    splits: dict[str, float] = Field(
        default={"train": 1.0}, description="split -> share of the problem families, such as {train: 0.9, test: 0.1}"
    )
    family_similarity: float = Field(
        default=0.6, gt=0, le=1, description="Jaccard similarity of statements or programs that keeps rows in one split"
    )
    filters: FiltersConfig = FiltersConfig()


class RunConfig(Section):
    """seeds -> drafts -> execution -> evidence -> corpus."""

    name: str = "run"
    out: Path = Field(description="folder for the ledger and the corpus")
    llm: LlmConfig
    seeds: SeedsConfig
    recipe: RecipeConfig = RecipeConfig()
    sandbox: SandboxConfig = SandboxConfig()
    verify: VerifyConfig = VerifyConfig()
    select: SelectConfig = SelectConfig()
    budget: BudgetConfig = BudgetConfig()

    def corpus(self, policy: str = "") -> Path:
        """The folder of a policy's corpus, the run file's own where none is named; a file goes by its last part."""
        return self.out / "corpus" / Path(policy or self.select.policy).name


class TrainConfig(Section):
    """One training budget, the same for every arm. What is not set follows the model: see `training`."""

    base: str = Field(description="an embedded model's name or a Hugging Face directory")
    steps: int = Field(default=450, ge=1)
    tokens_per_step: int = Field(default=4096, ge=128)
    learning_rate: float = Field(default=1e-3, gt=0)
    method: Literal["micro", "full", "lora"] | None = Field(
        default=None,
        description="micro (our own trainer, for embedded models) or by TRL; micro if not set",
    )
    max_length: int | None = Field(default=None, ge=16, description="longest row in tokens; 1,024 if not set (TRL)")
    rows_at_once: int | None = Field(default=None, ge=1, description="rows on the device together; all if not set")
    lora_rank: int | None = Field(default=None, ge=1, description="16 if not set")
    report_to: Literal["none", "trackio", "wandb", "tensorboard"] | None = Field(
        default=None, description="where training curves go; nowhere if not set"
    )


class TrainingConfig(Section):
    """One training by itself: SFT on rows, or DPO or KTO on preferences."""

    name: str = "training"
    out: Path = Field(description="folder of the finished model")
    data: str = Field(
        description="a corpus folder, a task set, or JSON lines with TRL's columns, such as prompt and completion"
    )
    objective: Literal["sft", "dpo", "kto"] = "sft"
    seed: int = 0
    beta: float = Field(default=0.1, gt=0, description="how near DPO and KTO stay to the base")
    train: TrainConfig


class ArmConfig(Section):
    """What one arm trains on; an arm without data is the base itself."""

    name: str
    data: Literal["none", "human", "synthetic", "unfiltered", "mixed", "rejected"] = Field(
        description="rejected: only what the policy said no to"
    )
    rows: int = Field(default=0, ge=0, description="synthetic rows, with human_share all rows; 0: all there are")
    policy: str | None = Field(default=None, description="whose corpus of the run; its own policy's if not set")
    without: str | None = Field(default=None, description="a recipe whose rows are left out")
    human_share: float | None = Field(default=None, gt=0, lt=1, description="of a mixed arm's rows; all if not set")

    @model_validator(mode="after")
    def _fits_its_data(self) -> ArmConfig:
        if self.human_share and self.data != "mixed":
            raise ValueError(f"human_share is for mixed arms; '{self.name}' is {self.data}")
        if (self.policy or self.without) and self.data not in ("synthetic", "mixed", "rejected"):
            raise ValueError(f"policy and without are for arms with verified rows; '{self.name}' is {self.data}")
        return self


class EvaluationConfig(Section):
    """What every arm is measured on."""

    tasks: str = "reference:heldout"
    limit: int = Field(default=0, ge=0, description="first N tasks only; 0: all")
    samples: int = Field(default=1, ge=1, description="answers a task")
    temperature: float = Field(default=0.0, ge=0, le=2)
    max_tokens: int = Field(default=256, ge=1)
    k: tuple[int, ...] = (1,)
    prompts: Literal["function", "humaneval", "mbpp", "chat"] | None = Field(
        default=None, description="how a task is asked and an answer read (see tasks/prompts.py); function if not set"
    )


class StudyConfig(Section):
    """Arms that differ by their data alone."""

    name: str = "study"
    out: Path = Field(description="folder for the ledger, the models and the report")
    run: Path = Field(description="the run file whose corpus is the synthetic data")
    human: str = "reference:train"
    arms: tuple[ArmConfig, ...]
    seeds: tuple[int, ...] = (0, 1)
    equal: Literal["examples", "tokens"] | None = Field(
        default=None, description="cut every arm's data to the smallest arm's examples or tokens; not if not set"
    )
    train: TrainConfig
    evaluation: EvaluationConfig = EvaluationConfig()
    sandbox: SandboxConfig = SandboxConfig()
    confidence: float = Field(default=0.95, gt=0.5, lt=1)
    resamples: int = Field(default=2000, ge=100)


class ChainConfig(Section):
    """How one line of writers learns: from what, and whether the sandbox decides what that is."""

    name: str
    mode: Literal["replace", "accumulate", "fresh"] = Field(
        description="train on the last round's answers; on all rounds' so far; on those and on new human tasks"
    )
    verified: bool = Field(default=True, description="only answers that hold; false: whatever could be read")
    objective: Literal["sft", "dpo"] = Field(
        default="sft",
        description="dpo: prefer answers that hold to others of the same question, from the last writer on",
    )
    beta: float = Field(default=0.1, gt=0, description="how near DPO stays to the last writer")
    train: TrainConfig | None = Field(default=None, description="a budget of its own; the file's if not set")

    @model_validator(mode="after")
    def _preferences(self) -> ChainConfig:
        if self.objective == "dpo" and not (self.verified and self.mode != "fresh"):
            raise ValueError(
                "dpo compares answers by their verdicts: it takes mode replace or accumulate, verified true"
            )
        return self


class GenerationsConfig(Section):
    """Rounds in which the student becomes the writer."""

    name: str = "generations"
    out: Path = Field(description="folder for the ledgers, the models and the figures")
    run: Path = Field(description="the run file of the first writer; later writers take its model's place")
    drafts: int = Field(ge=2, description="drafts a round; the first writer writes as many again, to be compared with")
    rounds: int = Field(ge=1, description="trainings: so many students become writers")
    chains: tuple[ChainConfig, ...]
    human: str = Field(default="reference:train", description="where 'fresh' takes its new tasks from")
    seed: int = 0
    train: TrainConfig
    confidence: float = Field(default=0.95, gt=0.5, lt=1)
    resamples: int = Field(default=2000, ge=100)

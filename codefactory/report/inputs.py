"""Reads what a run (`summary.json`, `examples.json`) and a study (`study.json`) left behind, into what a page shows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codefactory.errors import InputError

Json = dict[str, Any]

STAGES = ("seeds", "drafts", "parsed", "executed")
RULE_ORDER = ("naive", "agreement", "unfiltered")


@dataclass(frozen=True, slots=True)
class Run:
    """One run: counts of its stages, kept rows and reasons by rule, cost, environment, examples."""

    name: str
    stages: dict[str, int]
    kept: dict[str, int]
    reasons: dict[str, dict[str, int]]
    cost: dict[str, float]
    environment: dict[str, str]
    examples: list[Json] = field(default_factory=list)

    @property
    def rules(self) -> list[str]:
        """The rules to show side by side: what everyone does first, ours beside it."""
        known = [rule for rule in RULE_ORDER if rule in self.kept]
        return known + [rule for rule in self.kept if rule not in known]

    @property
    def slugs(self) -> list[str]:
        """Every reason that fired under any rule, the most frequent first."""
        total: dict[str, int] = {}
        for reasons in self.reasons.values():
            for slug, count in reasons.items():
                total[slug] = total.get(slug, 0) + count
        return sorted((slug for slug in total if total[slug]), key=lambda slug: -total[slug])

    def balance(self, rule: str) -> int:
        """Drafts less what the rule kept and dropped: 0 where the funnel adds up to the last draft."""
        return self.stages.get("drafts", 0) - self.kept.get(rule, 0) - sum(self.reasons.get(rule, {}).values())


def read_run(folder: Path) -> Run:
    """The run in a folder.

    Raises:
        InputError: if the folder holds no finished run, or its summary cannot be read.
    """
    summary = _read(folder / "summary.json", "run 'codefactory run RUN.yaml' to its end first")
    examples_path = folder / "examples.json"
    examples = _read(examples_path, "") if examples_path.is_file() else []
    return Run(
        name=str(summary.get("name", folder.name)),
        stages={stage: int(summary[stage]) for stage in STAGES if stage in summary},
        kept={str(rule): int(count) for rule, count in summary.get("kept", {}).items()},
        reasons={str(rule): dict(reasons) for rule, reasons in summary.get("reasons", {}).items()},
        cost={
            key: summary[key] for key in ("seconds", "calls", "tokens", "executions", "sandbox_cpu_s") if key in summary
        },
        environment={key: str(summary[key]) for key in ("model", "runner", "image") if summary.get(key)},
        examples=[example for example in examples if isinstance(example, dict)],
    )


def read_study(folder: Path) -> Json:
    """The study in a folder, as `study.json` holds it.

    Raises:
        InputError: if there is no finished study, or the file is not one.
    """
    study: Json = _read(folder / "study.json", "run 'codefactory study STUDY.yaml' to its end first")
    if not isinstance(study, dict) or not {"arms", "comparisons"} <= set(study):
        raise InputError(f"{folder / 'study.json'}: not a study's result; run 'codefactory study STUDY.yaml' again")
    return study


def read_generations(folder: Path) -> Json:
    """The chains of writers in a folder, as `generations.json` holds them.

    Raises:
        InputError: if they are not finished, or the file is not one of these.
    """
    found: Json = _read(folder / "generations.json", "run 'codefactory generations FILE.yaml' to its end first")
    if not isinstance(found, dict) or "chains" not in found:
        raise InputError(f"{folder / 'generations.json'}: holds no chains; run 'codefactory generations' again")
    return found


def _read(path: Path, next_step: str) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); {next_step}") from error
    except ValueError as error:
        raise InputError(f"{path}: not JSON ({error}); delete it and run the same command again") from error

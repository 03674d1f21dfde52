"""The data set card: YAML that the hub reads, then evidence: what was dropped, why, and how to recompute it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from codefactory.corpus.card_evidence import (
    OWN_SECTION,
    calibration,
    contamination,
    native_tests,
    prompts,
    run_file,
    splits,
    verification,
)
from codefactory.corpus.columns import Columns, card_features
from codefactory.corpus.markdown import inline, table
from codefactory.corpus.store import Corpus, counts

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
COUNTED = ("origin", "expected_from", "policy", "model", "recipe", "difficulty", "licence", "language")
# Counts a column of any exported file; printed in the card, and run by its test.
COUNT = (
    "python -c \"import collections, json; print(collections.Counter(json.loads(line)['{column}'] or 'unknown' "
    "for line in open('{file}', encoding='utf-8')))\""
)


@dataclass(frozen=True, slots=True)
class Config:
    """One hub configuration: split -> the path or pattern of its files; column -> type, see `columns`."""

    name: str
    splits: dict[str, str]
    columns: Columns = field(default_factory=dict)


def card(corpus: Corpus, configs: list[Config]) -> str:
    """README.md for a corpus that was exported with these configurations."""
    about = corpus.about
    sections = [
        f"# {about.get('name', 'Verified synthetic code')}",
        _summary(corpus),
        "## Files",
        table(("configuration", "split", "files"), _files(configs)),
        "## What was dropped, and why",
        _funnel(corpus.funnel),
        "## What the rows are",
        table(("column", "value", "rows"), _columns(corpus)),
        "`expected_from` says who the tests' expected values are from: `model`, the author of the tests; `agreement`, "
        "what independently sampled solutions agree on; `human`, a person.",
        *native_tests(corpus),
        "## What made it",
        table(("what", "value"), [(name, inline(value)) for name, value in about.items() if name not in OWN_SECTION]),
        "### Prompts",
        prompts(corpus),
        "## Verification",
        verification(corpus),
        "## Calibration",
        calibration(corpus),
        "## Contamination",
        contamination(corpus),
        "## Splits",
        splits(corpus),
        "## Run file",
        run_file(corpus),
        "## Recompute",
        _recompute(corpus, configs),
        "## Limits",
        "That a solution passes its tests does not prove it right: tests have gaps, and where one model wrote both, "
        "shared mistakes pass. Rows are as diverse as their seeds.",
    ]
    return f"---\n{_front_matter(corpus, configs)}---\n\n" + "\n\n".join(sections) + "\n"


def _front_matter(corpus: Corpus, configs: list[Config]) -> str:
    origins = counts(record.origin for record in corpus.records)
    others = sorted({record.problem.language for record in corpus.records} - {"python"})
    licences = list(counts(record.licence for record in corpus.records))
    size = next((name for limit, name in SIZES if len(corpus.records) < limit), "n>1M")
    licence = corpus.about.get("licence") or (licences[0] if len(licences) == 1 else "other")
    data: dict[str, Any] = {
        "license": licence,
        "language": ["en", "code"],
        "task_categories": ["text-generation"],
        "tags": [
            *("code", "execution-verified", "codefactory"),
            *(["synthetic"] if "synthetic" in origins else []),
            *others,
        ],
        "annotations_creators": [
            {"synthetic": "machine-generated", "human": "expert-generated"}[origin] for origin in origins
        ],
        "size_categories": [size],
        "configs": [
            {
                "config_name": config.name,
                "data_files": [{"split": split, "path": path} for split, path in config.splits.items()],
                **({"default": True} if number == 0 else {}),
            }
            for number, config in enumerate(configs)
        ],
        # Explicit types: a reader of the JSON lines, or of a column that is empty, has nothing to guess.
        "dataset_info": [
            {"config_name": config.name, "features": card_features(config.columns)}
            for config in configs
            if config.columns
        ],
    }
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def _summary(corpus: Corpus) -> str:
    seen = corpus.funnel.get("seen", len(corpus.records))
    origins = " and ".join(f"{count:,} {origin}" for origin, count in counts(r.origin for r in corpus.records).items())
    return (
        f"{len(corpus.records):,} programming problems ({origins}) with solution and tests, kept out of {seen:,} "
        "candidates. Made with codefactory: a language model writes, a sandbox executes, and a policy over the "
        "recorded evidence decides what stays."
    )


def _files(configs: list[Config]) -> Iterable[tuple[str, str, str]]:
    return ((config.name, split, f"`{path}`") for config in configs for split, path in config.splits.items())


def _funnel(funnel: dict[str, Any]) -> str:
    reasons: dict[str, int] = funnel.get("reasons", {})
    seen, kept = funnel.get("seen", 0), funnel.get("kept", 0)
    rows = [("seen", seen, ""), *((slug, -count, _example(funnel, slug)) for slug, count in reasons.items())]
    dropped = sum(reasons.values())
    check = f"{seen:,} seen = {kept:,} kept + {dropped:,} dropped" if seen == kept + dropped else "**does not add up**"
    text = table(("reason", "rows", "example"), [(name, f"{count:,}", text) for name, count, text in rows])
    return f"{text}\n| **kept** | **{kept:,}** | |\n\n{check}."


def _example(funnel: dict[str, Any], slug: str) -> str:
    examples = funnel.get("examples", {}).get(slug)
    return inline(examples[0]["detail"])[:120] if examples else ""


def _columns(corpus: Corpus) -> Iterable[tuple[str, str, str]]:
    for column in COUNTED:
        found = counts(str(getattr(record, column, record.problem.language)) for record in corpus.records)
        yield from ((column, inline(value), f"{count:,}") for value, count in found.items())


def _recompute(corpus: Corpus, configs: list[Config]) -> str:
    split = next(iter(configs[0].splits))
    file = f"jsonl/{configs[0].name}/{split}.jsonl"
    lines = [
        "In this folder:",
        "",
        "- the funnel: `funnel.json`, counted while the rows were selected; nothing is estimated;",
        f"- rows of a file: `wc -l < {file}`;",
        "- any count above, here of one split:",
        "",
        "```sh",
        *(COUNT.format(column=column, file=file) for column in COUNTED[:3]),
        "```",
        "",
        f"The corpus that this was exported from has the SHA-256 `{corpus.sha256}` (`records.jsonl`); each file's own "
        "is in `export.json`. Selecting again from the same ledger gives the same bytes.",
    ]
    return "\n".join(lines)

"""Drops rows that a classifier, trained on labelled ones, finds unlikely to be good.

The idea is phi-1's (Gunasekar et al. 2023, arXiv 2306.11644): a strong judge labels a part, a cheap classifier carries
its opinion to all of it. They trained a random forest on a code model's embedding; here it is a logistic regression
over hashed words, code tokens and bigrams, which needs no model and trains in seconds. Labels may come from a judge's
scores or from people. How well they can be learned is measured, and each drop says it: an AUC near 0.5 is no opinion.

`quality_labels` is a JSONL file. A row is a Record (a line of `records.jsonl` whose `meta` has a `score`), or has
`statement`, `code`, and `label` (true or false) or `score` (1 to 5, good from 4).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from codefactory.errors import ConfigError, InputError
from codefactory.filters.base import Drop, Settings
from codefactory.filters.normal import TOKEN, words
from codefactory.types import Record

GOOD_SCORE = 4.0
LEAST_LABELS = 10  # of each kind
FOLDS = 5
FEATURES = 1 << 16


class Label(NamedTuple):
    """One labelled row."""

    statement: str
    code: str
    good: bool


class Quality:
    """`low_quality`: the probability of a good label is below `least_quality`.

    Raises:
        ConfigError: if scikit-learn is not installed.
        InputError: if the labels cannot be read or are too few.
    """

    name = "quality"
    slugs = ("low_quality",)

    def __init__(self, settings: Settings) -> None:
        self.least = settings.rules.least_quality
        path = settings.rules.quality_labels
        if path is None:
            raise ConfigError("filter 'quality' needs labels; name a file in select.filters.quality_labels")
        labels = read_labels(path)
        self.model = _model().fit([features(row.statement, row.code) for row in labels], [row.good for row in labels])
        self.learned = f"AUC {area(labels):.2f}, {len(labels):,} labels"

    @staticmethod
    def asked_for(settings: Settings) -> bool:
        return settings.rules.quality_labels is not None

    def judge(self, record: Record) -> Drop | None:
        found = self.model.predict_proba([features(record.problem.statement, record.solution.code)])
        good = float(found[0][1])
        return Drop("low_quality", f"{good:.2f} likely good ({self.learned})") if good < self.least else None


def area(labels: list[Label]) -> float:
    """Area under the ROC curve on labels that were not trained on (5 stratified folds); 0.5 is chance."""
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    good = [row.good for row in labels]
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    rows = [features(row.statement, row.code) for row in labels]
    found = cross_val_predict(_model(), rows, good, cv=folds, method="predict_proba")
    return float(roc_auc_score(good, found[:, 1]))


def _model() -> Any:
    try:
        from sklearn.feature_extraction.text import HashingVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
    except ImportError as error:
        raise ConfigError("filter 'quality' needs scikit-learn; pip install codefactory[filters]") from error
    hashing = HashingVectorizer(analyzer=_as_it_is, n_features=FEATURES, alternate_sign=False)
    return make_pipeline(hashing, LogisticRegression(C=10.0, class_weight="balanced", max_iter=1000))


def _as_it_is(features: list[str]) -> list[str]:
    return features  # a named function, because worker processes are sent the model


def features(statement: str, code: str) -> list[str]:
    """Words and tokens, each also with the one before it, kept apart; and how long the two are, in powers of two."""
    found: list[str] = []
    for kind, tokens in (("s", words(statement)), ("c", TOKEN.findall(code))):
        found += (f"{kind} {token}" for token in tokens)
        found += (f"{kind} {one} {other}" for one, other in pairwise(tokens))
        found.append(f"{kind} length {len(tokens).bit_length()}")
    return found


def read_labels(path: Path) -> list[Label]:
    """The labelled rows of a file; rows without an opinion are left out.

    Raises:
        InputError: if it cannot be read, a line is no labelled row, or there are too few good or bad ones.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: labels cannot be read ({error}); name a JSONL file") from error
    labels = [row for number, line in enumerate(lines, 1) if line.strip() for row in _label(path, number, line)]
    good = sum(row.good for row in labels)
    if min(good, len(labels) - good) < LEAST_LABELS:
        raise InputError(
            f"{path}: {good:,} good and {len(labels) - good:,} bad rows; label at least {LEAST_LABELS} of each"
        )
    return labels


def _label(path: Path, number: int, line: str) -> Iterator[Label]:
    try:
        row = json.loads(line)
        if "problem" in row:
            score = row["meta"].get("score")
            statement, code = row["problem"]["statement"], row["solution"]["code"]
        else:
            statement, code, score = row["statement"], row["code"], row.get("score")
        good = row.get("label", None if score is None else float(score) >= GOOD_SCORE)
        if good not in (True, False, None):
            raise ValueError(f"label {good!r} is neither true nor false")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            f"{path}:{number}: not a labelled row ({error}); it needs statement, code and label"
        ) from error
    if good is not None:
        yield Label(str(statement), str(code), bool(good))

"""Promises of the filters that judge a row by itself: a text for every slug, and honest rows pass."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from codefactory.config import FiltersConfig
from codefactory.filters import FILTERS
from codefactory.filters.base import Settings, make
from codefactory.tasks.base import load
from codefactory.types import Record
from tests.filters import test_filters
from tests.filters.rows import CODE, row, slugs

MBPP = Path(__file__).parents[2] / ".." / "shared" / "data" / "mbpp" / "mbpp.jsonl"
HUMANEVAL = MBPP.parents[1] / "humaneval" / "HumanEval.jsonl.gz"


def rules(**fields: Any) -> Settings:
    return Settings(rules=FiltersConfig(**fields))


def solving(*lines: str, head: str = "") -> Record:
    return row(code=f"{head}def total(xs):\n    " + "\n    ".join(lines) + "\n")


CASES: list[tuple[str, str, Record, Settings]] = [
    ("length", "statement_short", row("Add up."), rules()),
    ("length", "statement_long", row("word " * 1001), rules()),
    ("length", "solution_short", row(code="\n"), rules()),
    ("length", "solution_long", solving(*["xs = xs + 1"] * 300, "return xs"), rules()),
    ("length", "line_long", solving(f"return {'1 + ' * 300}1"), rules()),
    ("boilerplate", "chat_text", row("Sure! Here is a problem about lists: add them all up."), rules()),
    ("boilerplate", "chat_text", row(code=f"# I hope this helps!\n{CODE}"), rules()),
    ("boilerplate", "placeholder", solving("# your code here", "return 0"), rules()),
    ("boilerplate", "placeholder", row("Return the sum of [insert the kind] numbers in the list."), rules()),
    ("boilerplate", "repeated_lines", solving(*["xs = sorted(xs)"] * 12, "return xs"), rules()),
    ("scores", "low_score", row(meta={"score_correct": "2"}), rules(least_scores={"correct": 3})),
    ("scores", "low_score", row(meta={"score": "2.75"}), rules(least_scores={"mean": 3})),
    ("scores", "low_score", row(meta={"reward": "-0.5"}), rules(least_scores={"reward": 0})),
    ("licence", "licence_forbids_training", row(licence="cc-by-nd-4.0"), rules()),
    ("licence", "licence_forbids_training", row(licence="MIT and proprietary"), rules()),
    ("licence", "licence_forbids_training", row(licence="gpl-3.0", split="train"), rules(licences=("mit",))),
    ("licence", "licence_forbids_training", row(licence="(mit or gpl-3.0) and proprietary"), rules()),
    (
        "licence",
        "licence_forbids_training",
        row(licence="(mit and (proprietary or x-nd)) or proprietary"),
        rules(),
    ),
    ("licence", "licence_unknown", row(), rules(licence_required=True)),
    ("safety", "secret", solving("key = 'AKIA" + "ABCDEFGHIJKLMNOP'", "return key"), rules()),
    ("safety", "secret", row(tests="assert total('ghp_" + "a1B2" * 9 + "') == 1"), rules()),
    ("safety", "absolute_path", solving("return open('/home/anna/data.csv').read()"), rules()),
    ("safety", "absolute_path", row(code="io.open('/etc/passwd')", language="lua"), rules()),
    ("safety", "network_call", solving("return requests.get(xs).text", head="import requests\n"), rules()),
    (
        "safety",
        "network_call",
        solving("return load(xs)", head="from urllib.request import urlopen as load\n"),
        rules(),
    ),
    ("safety", "network_call", row(code='local s = require("socket")', language="lua"), rules()),
    ("safety", "destructive_call", solving("rmtree(xs)", head="from shutil import rmtree\n"), rules()),
    ("safety", "destructive_call", solving("o.remove(xs)", head="import os as o\n"), rules()),
    ("safety", "destructive_call", solving("Path(xs).unlink()", head="from pathlib import Path\n"), rules()),
    ("safety", "destructive_call", solving("__import__('os').system(xs)"), rules()),
    ("safety", "destructive_call", row(code="system('rm -r x')", language="r"), rules()),
]
PASSES: list[tuple[str, Record, Settings]] = [
    ("scores", row(), rules(least_scores={"correct": 3})),
    ("scores", row(meta={"score_correct": "no idea"}), rules(least_scores={"correct": 3})),
    ("scores", row(meta={"score_correct": "3", "score_clear": "1"}), rules(least_scores={"correct": 3})),
    ("licence", row(licence="cc-by-nd-4.0", split="test"), rules()),
    ("licence", row(licence="mit or proprietary"), rules()),
    ("licence", row(licence="(mit or proprietary) and Apache-2.0"), rules()),
    ("licence", row(licence="BSD (3-clause)"), rules(licences=("bsd-3-clause",))),
    ("licence", row(licence="Apache-2.0 AND MIT"), rules(licences=("mit", "apache-2.0"))),
    ("safety", solving("xs.remove(1)", "os = [xs]", "os.remove(xs)", "return xs"), rules()),
    ("safety", solving('"""Reads /home/anna/data."""', "return xs / 2"), rules()),
    ("safety", solving("return '/'.join(xs)"), rules()),
    ("safety", solving("return os.path.join(xs)", head="import os\n"), rules()),
    ("safety", solving("import socket", "return xs"), rules(unsafe=("secret",))),
    ("boilerplate", solving("# to do: nothing", "return xs"), rules()),
    ("boilerplate", solving("return [add(x) for add in [insert, add]]", "x = [add]"), rules()),
]
# None of them is whole here, so that nobody's scanner takes this file for a leak.
KEYS = [
    "-----BEGIN RSA " + "PRIVATE KEY-----",
    "ASIA" + "ABCDEFGHIJKLMNOP",
    "github_pat_" + "a" * 60,
    "xoxb-" + "1234567890",
    "AIza" + "b" * 35,
    "hf_" + "c" * 34,
    "sk-proj-" + "d" * 32,
    "glpat-" + "e" * 20,
    "sk_live_" + "f" * 24,
    "eyJ" + "g" * 10 + ".eyJ" + "h" * 10 + "." + "i" * 10,
    "postgres://anna:" + "hunter22@db",
]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_of_every_kind_is_a_secret(key: str) -> None:
    rows = [solving(f"key = '{one}'", "return key") for one in (key, key[:8])]
    assert slugs(rows, rules(), "safety") == ["secret", ""]


@pytest.mark.parametrize(("name", "slug", "one", "settings"), CASES)
def test_each_slug_has_a_text_that_gets_it(name: str, slug: str, one: Record, settings: Settings) -> None:
    assert slugs([one], settings, name) == [slug]


@pytest.mark.parametrize(("name", "one", "settings"), PASSES)
def test_what_only_looks_like_it_stays(name: str, one: Record, settings: Settings) -> None:
    assert slugs([one], settings, name) == [""]


def test_every_slug_of_every_filter_has_its_text() -> None:
    shown = {slug for _, slug, *_ in (*CASES, *test_filters.CASES)}
    # These need rows or files of their own, and have their promises in test_comparing and test_learned.
    shown |= {"topic_full", "language_full", "difficulty_full", "recipe_full", "semantic_duplicate", "low_quality"}
    assert shown == {slug for name in FILTERS for slug in FILTERS.load(name).slugs}


def test_a_filter_that_settings_do_not_ask_for_is_not_there() -> None:
    names = {one.name for one in make(Settings(near_duplicates=0))}
    assert not names & {"near", "contamination", "scores", "quality", "semantic", "balance"}
    assert {"safety", "licence", "exact"} <= names


@pytest.mark.filterwarnings("ignore:.*invalid escape sequence")
def test_tasks_that_people_wrote_pass() -> None:
    alone = ("length", "boilerplate", "licence", "safety")
    sets = {"reference": load("reference")}
    if MBPP.exists():
        sets["mbpp"], sets["humaneval"] = load(f"mbpp@{MBPP}"), load(f"humaneval@{HUMANEVAL}")
    for name, rows in sets.items():
        found = Counter(slug for filter_ in alone for slug in slugs(rows, Settings(), filter_) if slug)
        assert sum(found.values()) <= len(rows) / 500, (name, found)

"""Promises of the filters that learn or embed: labels decide, bad labels are named, real servers and models answer."""

from __future__ import annotations

import json
import random
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from codefactory.config import FiltersConfig
from codefactory.errors import BackendError, CodefactoryError, ConfigError, InputError
from codefactory.filters.base import Settings, make
from codefactory.filters.quality import area, read_labels
from codefactory.types import Record, to_json
from tests.filters.rows import CODE, row, slugs
from tests.llm.tiny import build_model

pytest.importorskip("sklearn", reason="the filters extra is not installed")

NOUNS = ["lists", "words", "numbers", "pairs", "rows", "keys", "dates", "names", "prices", "letters"]
VERBS = ["Count", "Sort", "Merge", "Reverse", "Filter", "Sum", "Group", "Split", "Rotate", "Compare"]


def labelled(good: bool, number: int) -> dict[str, Any]:
    """Good rows are documented and say what happens at the edges; bad ones are neither."""
    draw = random.Random(number)
    what = f"{draw.choice(VERBS)} the {draw.choice(NOUNS)} by their {draw.choice(NOUNS)}"
    if good:
        statement = f"{what} and return the result; an empty input gives an empty list."
        return {"statement": statement, "code": f'def total(xs):\n    """{what}."""\n    return xs[{number}:]\n'}
    return {"statement": f"{what}!!!", "code": f"def total(a):\n    b=a[{number}:];c=b;d=c;return d\n"}


def labels(folder: Path, lines: list[dict[str, Any]]) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def a_hundred() -> list[dict[str, Any]]:
    return [labelled(number % 2 == 0, number) | {"label": number % 2 == 0} for number in range(100)]


def judged(path: Path) -> tuple[list[str], list[str]]:
    settings = Settings(rules=FiltersConfig(quality_labels=path))
    new = [[row(**labelled(good, number)) for number in range(200, 230)] for good in (True, False)]
    return slugs(new[0], settings, "quality"), slugs(new[1], settings, "quality")


def test_rows_like_the_bad_ones_go(tmp_path: Path) -> None:
    path = labels(tmp_path, a_hundred())
    good, bad = judged(path)
    assert good.count("") >= 28
    assert bad.count("low_quality") >= 28
    assert area(read_labels(path)) > 0.9


def test_labels_that_cannot_be_learned_are_measured_as_such(tmp_path: Path) -> None:
    draw = random.Random(3)
    noise = [labelled(True, number) | {"label": draw.random() < 0.5} for number in range(200)]
    assert 0.3 < area(read_labels(labels(tmp_path, noise))) < 0.7


def test_a_judges_scores_on_records_are_labels(tmp_path: Path) -> None:
    rows: list[Record] = [
        row(**labelled(number % 2 == 0, number), meta={"score": "4.25" if number % 2 == 0 else "2.5"})
        for number in range(60)
    ]
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"".join(to_json(one) + b"\n" for one in [*rows, row()]))
    assert len(read_labels(path)) == 60  # the row without a score is no label
    good, bad = judged(path)
    assert good.count("") >= 28
    assert bad.count("low_quality") >= 28


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([{"statement": "x", "label": True}], ":1: not a labelled row"),
        ([{"statement": "x", "code": "y", "score": "high"}], ":1: not a labelled row"),
        ([{"statement": "x", "code": "y", "label": "false"}], "label 'false' is neither true nor false"),
        (a_hundred()[:6], "3 good and 3 bad rows; label at least 10 of each"),
    ],
)
def test_bad_labels_are_named(tmp_path: Path, lines: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        make(Settings(rules=FiltersConfig(quality_labels=labels(tmp_path, lines))))


# ── embeddings ───────────────────────────────────────────────────────────────────────────────────────────────────────

REWORDED = "Return the sum of all numbers in the list that are even, with every second occurrence counted twice."
OTHER = "Spell the word backwards in capitals, and put a dash between every two letters."
ROWS = [
    row(),
    row(REWORDED, CODE.replace("result", "answer")),
    row(OTHER, "def total(text):\n    return '-'.join(text.upper()[::-1])\n"),
]


def semantic(**fields: Any) -> Settings:
    return Settings(rules=FiltersConfig(**fields))


def test_a_reworded_row_is_a_semantic_duplicate_and_another_is_not() -> None:
    from codefactory.tasks.base import load

    found = slugs([*ROWS, *load("reference:train")], semantic(semantic_duplicates=0.85), "semantic")
    assert found[:3] == ["", "semantic_duplicate", ""]


def test_several_solutions_of_one_statement_are_no_semantic_duplicates() -> None:
    rows = [row(), row(code=CODE.replace("result", "answer")), row(code=CODE.replace("result", "s"))]
    several = Settings(solutions_per_problem=2, rules=FiltersConfig(semantic_duplicates=0.5))
    assert slugs(rows, several, "semantic") == ["", "", ""]
    assert slugs(rows, semantic(semantic_duplicates=0.5), "semantic") == ["", *["semantic_duplicate"] * 2]


def test_one_row_and_none_are_nobodys_twins() -> None:
    assert slugs(ROWS[:1], semantic(semantic_duplicates=0.9), "semantic") == [""]
    assert slugs([], semantic(semantic_duplicates=0.9), "semantic") == []


def test_clusters_find_the_twins_that_all_pairs_find() -> None:
    import numpy

    from codefactory.filters.semantic import similar_pairs

    draws = numpy.random.default_rng(0)
    vectors = draws.normal(size=(4000, 16)).astype(numpy.float32)
    vectors[3000:] = vectors[:1000] + draws.normal(scale=0.05, size=(1000, 16))
    vectors /= numpy.linalg.norm(vectors, axis=1, keepdims=True)
    every = numpy.argwhere(numpy.tril(vectors @ vectors.T >= 0.97, -1)).tolist()
    found = {(one, other) for one, others in similar_pairs(vectors, 0.97).items() for other, _ in others}
    assert len(every) > 900
    assert found <= {tuple(pair) for pair in every}
    assert len(found) >= 0.97 * len(every)


def test_a_hugging_face_directory_embeds(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    folder = build_model(tmp_path / "encoder")
    settings = semantic(semantic_duplicates=0.9999, embedding=str(folder))
    assert slugs([ROWS[0], ROWS[0], ROWS[2]], settings, "semantic") == ["", "semantic_duplicate", ""]


class _Embeddings(BaseHTTPRequestHandler):
    """Vectors that count letters, in reverse order as a server may send them; the first call fails."""

    failures = 1

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if type(self).failures:
            type(self).failures -= 1
            self.send_error(503)
            return
        data = [
            {"index": index, "embedding": [text.count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"]}
            for index, text in enumerate(asked["input"])
        ]
        body = json.dumps({"data": data[::-1]} if asked["model"] == "letters" else {"error": "no such model"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


def test_a_server_embeds_and_a_fault_of_it_is_named() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Embeddings)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/v1"
    settings = semantic(semantic_duplicates=0.93, embedding="openai:letters", embedding_url=url)
    try:
        assert slugs(ROWS, settings, "semantic") == ["", "semantic_duplicate", ""]
        wrong = semantic(semantic_duplicates=0.93, embedding="openai:nothing", embedding_url=url)
        with pytest.raises(BackendError, match="is 'nothing' one"):
            slugs(ROWS, wrong, "semantic")
    finally:
        server.shutdown()


@pytest.mark.parametrize(
    ("embedding", "message"), [("nowhere", "no model directory"), ("openai:", "needs a model and a URL")]
)
def test_an_embedding_that_is_none_is_named(embedding: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as error:
        make(semantic(semantic_duplicates=0.9, embedding=embedding))
    assert isinstance(error.value, CodefactoryError)

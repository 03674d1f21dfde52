"""Promises of the diversity measures: copies lower them, a lost region is seen, order and repeats change nothing."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codefactory.cli import app
from codefactory.corpus import store
from codefactory.diversity import MEASURES
from codefactory.diversity.base import Diversity, measure, read
from codefactory.diversity.ngrams import distinct
from codefactory.diversity.shapes import shapes
from codefactory.diversity.similarity import self_bleu
from codefactory.diversity.vocabulary import entropy, vocabulary
from codefactory.errors import InputError
from codefactory.filters.base import Funnel
from codefactory.tasks.base import load
from codefactory.types import Record, from_json
from tests.filters.rows import CODE, row

DIFFERENT = [
    row("Add two numbers.", "def total(a, b):\n    return a + b\n", ""),
    row("Which word comes last?", "def total(words):\n    return max(words)\n", ""),
]
COPIES = [row(name="a"), row(name="b"), row(name="c")]


def test_copies_are_less_distinct() -> None:
    assert distinct(DIFFERENT)["distinct 1-grams, statements"] == 1.0
    once, thrice = distinct(COPIES[:1]), distinct(COPIES)
    assert all(thrice[name] == pytest.approx(once[name] / 3) for name in once)


def test_self_bleu_of_copies_is_one_and_of_strangers_small() -> None:
    assert all(value == pytest.approx(1.0) for value in self_bleu(COPIES).values())
    assert self_bleu(DIFFERENT)["self-BLEU, statements"] < 0.1


def test_self_bleu_does_not_match_a_row_with_itself() -> None:
    repeats = [row("to and to and to and to", "x = 1", ""), row("fro or fro or fro or fro", "y = 2", "")]
    assert self_bleu(repeats)["self-BLEU, statements"] < 0.1


def test_vocabulary_counts_words_and_names() -> None:
    found = vocabulary(DIFFERENT)
    assert (found["different words"], found["words that occur once"]) == (7, 7)
    assert found["different names in code"] == len({"def", "total", "a", "b", "return", "words", "max"})
    assert entropy([1, 1, 1, 1]) == 2.0
    assert entropy([8, 0]) == 0.0


def test_names_and_values_are_no_shape_and_operators_are() -> None:
    assert shapes([row(), row(code=CODE.replace("result", "s").replace("2", "3"))])["different program shapes"] == 0.5
    assert shapes([row(), row(code=CODE.replace("+=", "-="))])["different program shapes"] == 1.0


def generations(count: int) -> dict[str, list[Record]]:
    """A set that is drawn from itself again and again, as one that a model makes from its own output."""
    draw = random.Random(5)
    rows = load("reference:train")
    found = {}
    for number in range(count):
        # Names tell copies apart: a corpus that repeats itself is measured as it is.
        found[f"generation {number}"] = [
            row(one.problem.statement, one.solution.code, "", name=f"{number}-{index}")
            for index, one in enumerate(rows)
        ]
        rows = draw.choices(rows[: len(rows) * 2 // 3], k=len(rows))
    return found


def test_collapse_is_seen_from_one_generation_to_the_next() -> None:
    pytest.importorskip("sklearn", reason="the filters extra is not installed")
    sets = generations(4)
    found = measure(sets | {"human": load("reference:heldout")}, "human")
    for name in ("distinct 4-grams, code", "different words", "different program shapes", "coverage"):
        figures = [found.sets[label][name] for label in sets]
        assert figures == sorted(figures, reverse=True), name
        assert figures[-1] < 0.8 * figures[0], name
    similar = [found.sets[label]["self-BLEU, statements"] for label in sets]
    assert similar == sorted(similar)


def test_a_missing_region_is_coverage_and_a_foreign_one_precision() -> None:
    pytest.importorskip("sklearn", reason="the filters extra is not installed")
    from codefactory.diversity.coverage import coverage

    human = load("reference:heldout")
    texts = ("word", "string", "text", "letter")
    rest = [one for one in human if not any(word in one.problem.statement for word in texts)]
    itself, part = coverage(human, human), coverage(rest, human)
    foreign = coverage([*rest, *(row(f"zq{number} " * 9, f"zq{number} = [{number}]") for number in range(200))], human)
    assert (itself["precision"], itself["recall"], itself["coverage"]) == (1.0, 1.0, 1.0)
    assert part["precision"] == 1.0
    assert part["coverage"] < 0.9
    assert foreign["precision"] < 0.8
    assert foreign["coverage"] == pytest.approx(part["coverage"], abs=0.05)


def test_order_repeats_and_larger_sets_change_nothing_but_what_is_there() -> None:
    rows = load("reference:train")
    shuffled = rows[:]
    random.Random(1).shuffle(shuffled)
    once = measure({"a": rows, "b": rows[:50]})
    again = measure({"a": [*shuffled, *rows[:100]], "b": rows[:50]})
    assert once.rows == again.rows == 50
    assert once.sets == again.sets


def test_too_few_rows_are_named() -> None:
    with pytest.raises(InputError, match="small: 2 different rows"):
        measure({"small": [*DIFFERENT, *DIFFERENT]})


def test_the_command_reads_corpora_and_task_sets_and_writes_what_it_shows(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="the filters extra is not installed")
    rows = load("reference:train")[:60]
    store.write(tmp_path / "corpus", rows, Funnel(), {})
    assert read(str(tmp_path / "corpus")) == rows
    file = tmp_path / "figures.json"
    command = ["diversity", str(tmp_path / "corpus"), "--against", "reference:heldout", "--json", str(file)]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    found = from_json(Diversity, file.read_text())
    assert found.rows == 60
    assert {"coverage", "recall", "precision"} <= found.sets[str(tmp_path / "corpus")].keys()
    assert found.topics
    assert all(sum(topic.shares[label] for topic in found.topics) == pytest.approx(1) for label in found.sets)
    assert "coverage" in done.output
    assert json.loads(file.read_text())["whole"]["reference:heldout"] == len(load("reference:heldout"))


def test_a_set_that_is_named_twice_is_refused() -> None:
    done = CliRunner().invoke(app, ["diversity", "reference:train", "reference:train"])
    assert isinstance(done.exception, InputError)


def test_every_measure_of_every_row_is_a_number() -> None:
    for name in MEASURES:
        for label, figure in MEASURES.load(name)([row("", "", "")]).items():
            assert figure == figure, label

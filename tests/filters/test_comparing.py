"""Promises of choosing: what stays depends on the rows alone, and the best of twins stays."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from codefactory.config import FiltersConfig
from codefactory.filters.base import Funnel, Settings, make
from codefactory.filters.choosing import select
from codefactory.filters.spool import Spool
from codefactory.types import Record
from tests.filters.rows import CODE, STATEMENT, numbered, row, slugs
from tests.filters.test_filters import planted

EVERYTHING = Settings(
    near_duplicates=0.7,
    rules=FiltersConfig(caps={"topic": 40}, solution_lines=(1, 20)),
)


def chosen(rows: list[Record], settings: Settings, *names: str, processes: int = 1) -> tuple[list[Record], Funnel]:
    funnel = Funnel()
    return list(select(rows, make(settings, names), funnel, processes=processes)), funnel


def mixed() -> list[Record]:
    """Good rows, near and exact copies, rows of full topics, and rows that no filter keeps."""
    rows = [replace(one, topics=(f"t{number % 3}",)) for number, one in enumerate(planted(240))]
    rows += [replace(one, name=f"{one.name}-again") for one in rows[:30]]
    rows += [replace(one, meta={"probability": "0.9"}, name=f"{one.name}-sure") for one in rows[30:50]]
    return [*rows, row(code="def total(xs:\n"), row(code="def other(x):\n    return x\n"), *rows[:2]]


def test_neither_order_nor_processes_change_what_stays() -> None:
    rows = mixed()
    kept, funnel = chosen(rows, EVERYTHING)
    assert funnel.adds_up
    assert {"near_duplicate", "duplicate_solution", "topic_full", "syntax_error"} <= {
        slug for slug, count in funnel.reasons.items() if count
    }
    for number in range(2):
        shuffled = rows[:]
        random.Random(number).shuffle(shuffled)
        again, same = chosen(shuffled, EVERYTHING)
        assert sorted(one.id for one in again) == sorted(one.id for one in kept)
        assert same == funnel
    for processes in (2, 3):
        assert chosen(rows, EVERYTHING, processes=processes) == (kept, funnel)


def test_order_does_not_change_what_is_said_twice() -> None:
    pytest.importorskip("sklearn", reason="the filters extra is not installed")
    rows = mixed()[:60]
    settings = Settings(rules=FiltersConfig(semantic_duplicates=0.9))
    kept, funnel = chosen(rows, settings, "semantic")
    again, same = chosen(rows[::-1], settings, "semantic")
    assert 0 < len(kept) < len(rows)
    assert ([one.id for one in again[::-1]], same) == ([one.id for one in kept], funnel)


def test_what_stays_keeps_its_order() -> None:
    rows = numbered(30)
    assert [one.name for one in chosen(rows, Settings(), "exact")[0]] == [one.name for one in rows]


@pytest.mark.parametrize("better", [{"probability": "0.95"}, {"probability": "0.5", "score": "4.5"}])
def test_of_twins_the_likelier_and_better_scored_stays(better: dict[str, str]) -> None:
    worse = {"probability": "0.5", "score": "4"}
    one, other = row(meta=worse, name="worse"), row(code=CODE.replace("result", "s"), meta=better, name="better")
    for rows in ([one, other], [other, one]):
        assert [kept.name for kept in chosen(rows, Settings(), "exact")[0]] == ["better"]


def test_a_dropped_row_drops_no_other() -> None:
    """Near twins of a row that went for a better reason stay."""
    bad = row(code=CODE.replace("result += x", "result += x + 1") + "# hf_" + "a" * 34, name="bad")
    kept, funnel = chosen([bad, row(name="good")], Settings(near_duplicates=0.5))
    assert [one.name for one in kept] == ["good"]
    assert funnel.reasons["secret"] == 1


@pytest.mark.parametrize(
    ("axis", "field", "values"),
    [
        ("topic", "topics", [("a", "b"), ("b",), ("b", "c"), ("c",)]),
        ("difficulty", "difficulty", ["easy", "easy", "easy", "hard"]),
        ("recipe", "recipe", ["joint", "joint", "joint", ""]),
        ("language", "language", ["python", "python", "python", "lua"]),
    ],
)
def test_a_full_region_takes_no_more(axis: str, field: str, values: list[object]) -> None:
    rows = [row(**{field: value}) for value in values]
    settings = Settings(rules=FiltersConfig.model_validate({"caps": {axis: 2}}))
    assert slugs(rows, settings, "balance") == ["", "", f"{axis}_full", ""]


def test_a_topic_that_a_row_names_twice_counts_once() -> None:
    rows = [row(topics=("a", "a")), row(topics=("a",)), row(topics=("a",))]
    assert slugs(rows, Settings(rules=FiltersConfig(caps={"topic": 2})), "balance") == ["", "", "topic_full"]


def test_a_cap_below_one_is_a_share() -> None:
    rows = numbered(8, difficulty="easy") + numbered(2, difficulty="hard")
    settings = Settings(rules=FiltersConfig(caps={"difficulty": 0.5}))
    assert slugs(rows, settings, "balance").count("difficulty_full") == 3


def test_near_twins_of_one_statement_are_several_solutions() -> None:
    rows = [row(), row(code=CODE.replace("result += x", "result = result + x"))]
    settings = Settings(solutions_per_problem=2, near_duplicates=0.5)
    assert slugs(rows, settings, "near") == ["", ""]
    assert slugs([*rows, row(STATEMENT + " Please.")], settings, "near")[-1] == "near_duplicate"


def test_a_spool_gives_back_what_it_took_from_memory_and_from_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [bytes([number % 256]) * (number % 700) for number in range(500)]
    for limit in (1 << 20, 1000):
        monkeypatch.setattr("codefactory.filters.spool.IN_MEMORY", limit)
        with Spool() as spool:
            for part in parts:
                spool.add(part)
            assert [spool[number] for number in reversed(range(len(spool)))] == parts[::-1]

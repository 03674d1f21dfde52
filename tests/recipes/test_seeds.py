"""Seeds are reproducible, a longer list begins with the shorter one, and each says where it comes from."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from codefactory.config import RunConfig, SeedsConfig
from codefactory.corpus import store
from codefactory.errors import ConfigError, InputError
from codefactory.filters.base import Funnel
from codefactory.reading import load
from codefactory.recipes.licences import allows, licence_of
from codefactory.recipes.mining import mine
from codefactory.recipes.seeds import _holding, expand
from codefactory.types import Seed, Solution
from tests.recipes.drive import TASK, drive

GOOD = '''def double(n):
    """Return n times two."""
    total = n + n
    return total
'''
GRID = {"topics": ("sums", "lists"), "personas": ("a baker", "a pilot", "a nurse"), "styles": ("terse", "a story")}


def _seeds(count: int, **section: object) -> list[Seed]:
    return expand(SeedsConfig.model_validate({"count": count, **section}))


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A folder with two packages under different licences."""
    folder = tmp_path / "project"
    (folder / "free").mkdir(parents=True)
    (folder / "LICENSE").write_text("GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007\n")
    (folder / "tool.py").write_text("import os\n\n\n" + GOOD)
    (folder / "free" / "LICENSE.txt").write_text(
        "Permission is hereby granted, free of charge, to any person\nobtaining a copy"
    )
    (folder / "free" / "half.py").write_text(GOOD.replace("double", "half"))
    (folder / "free" / "third.py").write_text(
        "# SPDX-License-Identifier: Apache-2.0\n" + GOOD.replace("double", "third")
    )
    return folder


@pytest.fixture
def tasks(tmp_path: Path) -> str:
    path = tmp_path / "tasks.jsonl"
    rows = [
        {"text": f"Write `f{n}(x)`.", "code": f"def f{n}(x):\n    return x", "test": f"assert f{n}(1) == 1"}
        for n in range(5)
    ]
    path.write_text("\n".join(json.dumps({**row, "licence": "mit"}) for row in rows))
    return f"jsonl@{path}"


# ── a grid ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_cell_comes_twice_before_every_cell_came_once() -> None:
    seeds = [(s.topics, s.persona, s.style) for s in _seeds(30, **GRID)]
    assert len(set(seeds[:12])) == len(set(seeds[12:24])) == 12
    assert set(Counter(seeds).values()) == {2, 3}


def test_rare_values_go_first_in_a_grid_that_is_never_full() -> None:
    seeds = _seeds(
        90, topics=[f"t{n}" for n in range(30)], personas=[f"p{n}" for n in range(100)], audiences=["a", "b"]
    )
    assert min(Counter(s.topics for s in seeds).values()) >= 1
    assert len({s.topics for s in seeds}) == 30
    assert max(Counter(s.persona for s in seeds).values()) <= 3
    assert abs(Counter(s.audience for s in seeds)["a"] - 45) <= 10


def test_repeated_values_of_an_axis_are_one() -> None:
    assert len({s.id for s in _seeds(6, topics=["a", "a", "b"], personas=["p"])}) == 6


# ── every source ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_longer_list_begins_with_the_shorter_one(code: Path, tasks: str) -> None:
    for section in (GRID, {"code": code}, {"tasks": tasks}, {"tasks": tasks, "examples": 2, "styles": ["x", "y"]}):
        assert _seeds(20, **section)[:7] == _seeds(7, **section)
        assert len({seed.id for seed in _seeds(20, **section)}) == 20


def test_sources_that_exclude_each_other_are_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_text("out: x\nllm: {backend: replay, model: m}\nseeds:\n  count: 1\n  code: src\n  tasks: mbpp\n")
    with pytest.raises(ConfigError, match=r"run\.yaml:6: 'seeds\.tasks'.*seeds\.code names another"):
        load(RunConfig, path)


def test_key_that_an_older_run_did_not_have_does_not_change_it() -> None:
    old = {"count", "topics", "topics_per_seed", "difficulties", "file", "seed"}
    new = {key: value for key, value in SeedsConfig(count=1).model_dump().items() if key not in old}
    assert set(new.values()) == {None}


# ── real code ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_mined_function_carries_its_place_and_its_licence(code: Path) -> None:
    assert [(seed.source, seed.licence) for seed in mine(code)] == [
        ("project/tool.py:4 double", "gpl-3.0"),
        ("project/free/half.py:1 half", "mit"),
        ("project/free/third.py:2 third", "apache-2.0"),
    ]
    assert mine(code)[0].text == GOOD.rstrip()


def test_only_code_under_a_wanted_licence_is_used(code: Path) -> None:
    assert {seed.licence for seed in _seeds(8, code=code, licences=["mit", "apache-2.0"])} == {"mit", "apache-2.0"}
    with pytest.raises(InputError, match="no documented Python function under isc"):
        mine(code, ("isc",))


@pytest.mark.parametrize(
    ("source", "counts"),
    [
        (GOOD, True),
        ("@cache\n" + GOOD, True),
        ("x = (\n" + GOOD, True),
        (GOOD.replace("n + n", "n +"), False),
        (GOOD.replace('    """Return n times two."""\n', "    n = n\n"), False),
        (GOOD.replace("return total", "print(total)"), False),
        (GOOD.replace("return total", "def inner():\n        return 1"), False),
        (GOOD.replace("total = n + n\n", "total = n\n" * 60), False),
        ("class A:\n    " + GOOD.replace("\n", "\n    "), False),
        ("def f():\n    ...\n", False),
        ("", False),
    ],
)
def test_only_documented_functions_of_a_fair_size_count(tmp_path: Path, source: str, counts: bool) -> None:
    (tmp_path / "a.py").write_text(source)
    if counts:
        assert mine(tmp_path)[0].text == GOOD.rstrip()
    else:
        with pytest.raises(InputError, match="no documented Python function"):
            mine(tmp_path)


def test_tests_links_and_files_that_are_not_text_are_left_out(code: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.py").write_text(GOOD.replace("double", "outside"))
    (code / "link.py").symlink_to(tmp_path / "outside.py")
    (code / "binary.py").write_bytes(b"\xff\xfe\x00")
    (code / "test_it.py").write_text(GOOD.replace("double", "tested"))
    (code / ".venv").mkdir()
    (code / ".venv" / "hidden.py").write_text(GOOD.replace("double", "hidden"))
    (code / "copy.py").write_text(GOOD)
    assert [seed.source.split()[-1] for seed in mine(code)] == ["double", "half", "third"]


def test_a_choice_that_one_task_gives_is_none_for_the_others() -> None:
    one, other = replace(TASK, licence="MIT or GPL-3.0"), replace(TASK, licence="x", name="another")
    assert _holding((one, other)).licence == "(MIT or GPL-3.0) and x"
    assert _holding((one,)).licence == "MIT or GPL-3.0"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Apache License\n  Version 2.0, January 2004", "apache-2.0"),
        ("Redistribution and use in source and binary forms ... Neither the name of", "bsd-3-clause"),
        ("Redistribution and use in source and binary forms", "bsd-2-clause"),
        ("GNU GENERAL PUBLIC LICENSE Version 3 ... GNU Affero General Public License version 3", "gpl-3.0"),
        ("All rights reserved.", "other"),
    ],
)
def test_licence_is_recognised_by_its_words(text: str, name: str) -> None:
    assert licence_of(text) == name


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("mit", True),
        ("mit or gpl-3.0", True),
        ("mit and gpl-3.0", False),
        ("", False),
        ("other", False),
        ("(MIT OR Apache-2.0)", True),
        ("(mit and gpl-3.0) or isc", False),
        ("(mit or gpl-3.0) and apache-2.0", True),
        ("(mit or isc) and gpl-3.0", False),
        ("mit and (isc or (apache-2.0 and mit))", True),
        ("()", False),
        ("(mit", False),
        ("mit)", False),
        ("apache-2.0 with llvm-exception", False),
    ],
)
def test_unknown_licence_is_never_allowed(licence: str, allowed: bool) -> None:
    assert allows(("MIT", "apache-2.0"), licence) is allowed


# ── known tasks ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_known_task_comes_in_turn_with_its_licence(tasks: str) -> None:
    seeds = _seeds(6, tasks=tasks)
    assert [seed.tasks[0].problem.entry_point for seed in seeds] == ["f0", "f1", "f2", "f3", "f4", "f0"]
    assert {seed.licence for seed in seeds} == {"mit"}
    assert [seed.draw for seed in seeds] == [0, 0, 0, 0, 0, 1]
    assert drive("solve", seeds[5]).draft.lineage == seeds[0].tasks[0].id


def test_pool_holds_what_was_kept_beside_the_known_tasks(tasks: str, tmp_path: Path) -> None:
    other = type(TASK)(TASK.problem, Solution("def double(n):\n    return n + n\n"), TASK.tests)
    store.write(tmp_path / "kept", [TASK, other], Funnel(), {})
    seeds = _seeds(40, tasks=tasks, corpus=tmp_path / "kept", examples=3)
    assert all(len({task.problem for task in seed.tasks}) == 3 for seed in seeds)
    assert {task.problem.entry_point for seed in seeds for task in seed.tasks} == {
        "double",
        *(f"f{n}" for n in range(5)),
    }
    assert len(_seeds(1, corpus=tmp_path / "kept", examples=9)[0].tasks) == 1  # two solutions, one problem


def test_empty_corpus_says_what_to_name(tmp_path: Path) -> None:
    store.write(tmp_path / "none", [], Funnel(), {})
    with pytest.raises(InputError, match=r"holds no tasks.*seeds\.corpus"):
        _seeds(1, corpus=tmp_path / "none")


def test_constitution_is_read_into_every_seed(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("1. Be brief.\n")
    (seed,) = _seeds(1, constitution=tmp_path / "mine.md")
    assert seed.constitution == "1. Be brief.\n"
    with pytest.raises(InputError, match=r"seeds\.constitution"):
        _seeds(1, constitution=tmp_path / "missing.md")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"topics": "lists"}', "topics is a list"),
        ('{"txt": "twice"}', "it has none of: topics, difficulty, text"),
        ('{"text": ', "Expecting value"),
    ],
)
def test_line_that_is_no_seed_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "seeds.jsonl"
    path.write_text("an idea\n" + line + "\n")
    with pytest.raises(InputError, match=rf"seeds\.jsonl:2: not a seed \({reason}"):
        _seeds(2, file=path)


def test_null_in_a_file_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "seeds.jsonl"
    path.write_text('{"text": "twice", "topics": null, "persona": null, "id": 7}\n')
    (seed,) = _seeds(1, file=path)
    assert (seed.text, seed.topics, seed.persona) == ("twice", (), "")


def test_line_of_a_file_may_name_every_axis(tmp_path: Path) -> None:
    path = tmp_path / "ideas.jsonl"
    path.write_text('{"text": "x", "persona": "a nurse", "style": "terse", "licence": "mit"}\nplain words\n')
    first, second = _seeds(2, file=path)
    assert (first.persona, first.style, first.licence, second.text) == ("a nurse", "terse", "mit", "plain words")

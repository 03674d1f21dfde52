"""Documented functions of every language are seeds, with licence and place, and a recipe says what it shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codefactory.config import RecipeConfig, SeedsConfig
from codefactory.errors import ConfigError, InputError, UnknownNameError
from codefactory.languages import LANGUAGES
from codefactory.languages.documented import DOCUMENTED
from codefactory.recipes.mining import mine
from codefactory.recipes.seeds import expand
from codefactory.types import Seed
from tests.languages.conftest import NATIVE
from tests.recipes.drive import K3M2, drive
from tests.recipes.sources import FILES, LUA, OLD
from tests.tasks.test_other_languages import needs

MIT = "Permission is hereby granted, free of charge, to any person obtaining a copy"


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A folder with a file, and tests, in every language."""
    folder = tmp_path / "words"
    for file in FILES.values():
        for name in (file.name, file.test, f"vendor/{file.name}"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.source if name == file.name else file.source.replace("horten", "trange"))
    (folder / "LICENSE").write_text(MIT)
    return folder


def test_every_language_has_a_row_and_a_file() -> None:
    assert set(DOCUMENTED) == set(FILES) == set(NATIVE)


@pytest.mark.parametrize("language", NATIVE)
def test_documented_functions_are_mined_and_nothing_else(code: Path, language: str) -> None:
    file = FILES[language]
    mined = mine(code, None, language)
    assert [seed.source for seed in mined] == [f"words/{file.name}:{line} {name}" for line, name in file.counts]
    assert mined[0].text == file.text
    assert {(seed.licence, seed.language) for seed in mined} == {("mit", language)}


@pytest.mark.parametrize("language", OLD)
def test_code_that_is_commented_out_documents_nothing(tmp_path: Path, language: str) -> None:
    file = FILES[language]
    lines = file.source.splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if "undocumented" in line)
    (tmp_path / file.name).write_text("".join([*lines[:at], OLD[language], *lines[at:]]))
    names = [seed.source.split()[-1] for seed in mine(tmp_path, None, language)]
    assert names == [name for _, name in file.counts]


@pytest.mark.parametrize("language", ["lua", "racket", "haskell", "go", "rust", "bash"])
@pytest.mark.parametrize(("more", "counts"), [(40, True), (60, False)])
def test_size_limits_are_those_of_python(tmp_path: Path, language: str, more: int, counts: bool) -> None:
    file = FILES[language]
    first = file.text.splitlines()[0]
    (tmp_path / file.name).write_text(file.source.replace(first, "\n".join([first] * more), 1))
    assert (file.counts[0][1] in [seed.source.split()[-1] for seed in _mined(tmp_path, language)]) is counts


def _mined(folder: Path, language: str) -> tuple[Seed, ...]:
    try:
        return mine(folder, None, language)
    except InputError:
        return ()


@pytest.mark.parametrize("language", NATIVE)
def test_a_file_that_is_cut_off_gives_what_is_whole(tmp_path: Path, language: str) -> None:
    file = FILES[language]
    whole = {seed.text for seed in _mined_file(tmp_path / "whole", file.name, file.source, language)}
    for size in range(0, len(file.source), 97):
        cut = _mined_file(tmp_path / str(size), file.name, file.source[:size], language)
        if DOCUMENTED[language].clauses:  # nobody knows that there were more
            assert all(any(text.startswith(seed.text) for text in whole) for seed in cut)
        else:
            assert {seed.text for seed in cut} <= whole


def _mined_file(folder: Path, name: str, source: str, language: str) -> tuple[Seed, ...]:
    folder.mkdir()
    (folder / name).write_text(source)
    return _mined(folder, language)


@pytest.mark.parametrize(("name", "count"), [("racket", 1), ("perl5", 3), ("lua", 0), ("r", 0), ("ocaml", 0)])
def test_what_is_documented_in_a_track_is_found(tmp_path: Path, name: str, count: int) -> None:
    for line in needs("exercism", f"exercism-{name}.jsonl").read_text().splitlines():
        row = json.loads(line)
        for path, text in row["example"].items():
            file = tmp_path / row["slug"] / Path(path).name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
    assert len(_mined(tmp_path, name.removesuffix("5"))) == count


# ── which language ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_language_is_the_runs_and_the_section_may_name_another(code: Path) -> None:
    section = SeedsConfig(count=1, code=code)
    assert expand(section, "go")[0].language == "go"
    lua = section.model_copy(update={"language": "lua"})
    assert expand(lua)[0].language == expand(lua, "go")[0].language == "lua"
    with pytest.raises(InputError, match=r"no documented Python function in it; .*or its language in seeds\.language"):
        expand(section)


def test_a_language_of_no_code_is_refused() -> None:
    with pytest.raises(ValueError, match=r"the language of the source in seeds\.code"):
        SeedsConfig(count=1, language="lua")


def test_a_language_that_cannot_be_mined_is_refused_by_name(code: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANGUAGES._rows, "pascal", "codefactory.languages.lua:LUA")
    with pytest.raises(
        ConfigError, match=r"^functions in Pascal cannot be found in seeds\.code; name one .*\bprolog,.*"
    ):
        mine(code, None, "pascal")
    with pytest.raises(UnknownNameError, match="did you mean 'lua'"):
        mine(code, None, "luaa")


def test_a_tag_in_a_comment_ends_with_it(tmp_path: Path) -> None:
    (tmp_path / "words.lua").write_text(
        LUA.replace("-- SPDX-License-Identifier: MIT", "--[[ SPDX-License-Identifier: (MIT OR Apache-2.0) ]]")
    )
    assert {seed.licence for seed in mine(tmp_path, ("mit",), "lua")} == {"(mit or apache-2.0)"}


# ── what recipes say ─────────────────────────────────────────────────────────────────────────────────────────────────

PYTHON = Seed(text="def f():\n    return 1", source="a.py:1 f")
ELSEWHERE = Seed(text=FILES["ocaml"].text, source="a.ml:2 shorten", language="ocaml")


def _asked(recipe: str, seed: Seed, options: RecipeConfig = K3M2) -> str:
    return drive(recipe, seed, options).asked[0].messages[1].content


def test_words_about_python_are_what_they_were() -> None:
    first = "Write a problem, a solution and tests, inspired by this code."
    assert _asked("oss_instruct", PYTHON) == f"{first}\n```python\n{PYTHON.text}\n```"
    assert _asked("self_align", PYTHON) == f"Which concepts does this code show?\n```python\n{PYTHON.text}\n```"


@pytest.mark.parametrize("recipe", ["oss_instruct", "self_align"])
def test_code_in_another_language_is_shown_as_that(recipe: str) -> None:
    asked = _asked(recipe, ELSEWHERE)
    assert "\nIt is written in OCaml; " in asked
    assert f"\n```ocaml\n{ELSEWHERE.text}\n```" in asked


PYTHON_CODE = 'def twice(n):\n    """Twice a number."""\n    double = n * 2\n    return double'


@pytest.fixture
def own_code(tmp_path: Path) -> Path:
    (tmp_path / "twice.py").write_text(f"{PYTHON_CODE}\n")
    return tmp_path


def test_pythons_seeds_are_what_they_were_where_python_is_written(own_code: Path) -> None:
    assert [seed.language for seed in expand(SeedsConfig(count=1, code=own_code))] == [""]


@pytest.mark.parametrize("recipe", ["joint", "tests_first", "critique", "repair", "judge_score"])
def test_code_in_another_language_is_no_idea(recipe: str) -> None:
    with pytest.raises(ConfigError, match=f"recipe '{recipe}' does not start from code, and seeds.code gives OCaml; "):
        _asked(recipe, ELSEWHERE)


def test_native_takes_code_as_something_to_be_inspired_by(own_code: Path) -> None:
    options = RecipeConfig(name="native", language="lua")
    asked = _asked("native", ELSEWHERE, options)
    assert "\nMake it something new, inspired by this real OCaml code" in asked
    assert "Idea:" not in asked
    assert f"\n```ocaml\n{ELSEWHERE.text}\n```\n" in asked
    (python,) = expand(SeedsConfig(count=1, code=own_code, language="python"), "lua")
    asked = _asked("native", python, options)
    assert "\nMake it something new, inspired by this real Python code" in asked
    assert f"\n```python\n{PYTHON_CODE}\n```\n" in asked
    assert f"\n```python\n{PYTHON_CODE}\n```\nThe file has this form " in asked
    asked = _asked("native", Seed(text="twice"), options)
    assert "\nIdea: twice\nThe file has this form " in asked

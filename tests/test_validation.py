"""`validate` finds every mistake that can be seen without running, each with its line and the way out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from codefactory.config import GenerationsConfig, RunConfig, StudyConfig
from codefactory.errors import ConfigError
from codefactory.forecast import forecast
from codefactory.pipeline import run
from codefactory.reading import load
from codefactory.validation import mistakes, notes, parsed
from tests.recipes.sources import FILES

Check = Callable[..., list[str]]
GOOD = """out: {out}
llm:
  backend: local
  model: micro-writer
seeds:
  count: 3
  topics: [a, b]
recipe:
  name: joint
select:
  policy: agreement
"""


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def run(*changes: tuple[str, str]) -> list[str]:
        path = tmp_path / "run.yaml"
        text = GOOD.format(out=tmp_path / "out")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text)
        return [line.removeprefix(f"{path}:") for line in mistakes(RunConfig, path)]

    return run


def test_good_file_has_none(check: Check) -> None:
    assert check() == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("backend: local", "backend: locla"), "3: 'llm.backend': no backend is called 'locla'; did you mean 'local'?"),
        (("micro-writer", "mikro"), "4: 'llm.model': no such model: mikro; give a model folder"),
        (
            ("name: joint", "name: translate\n  language: luaa"),
            "10: 'recipe.language': no language is called 'luaa'; did you mean 'lua'?",
        ),
        (
            ("count: 3", "count: 3\n  code: .\n  language: luaa"),
            "8: 'seeds.language': no language is called 'luaa'; did you mean 'lua'?",
        ),
        (
            ("count: 3", "count: 3\n  language: lua"),
            "7: 'seeds.language': it is the language of the source in seeds.code, which names no folder",
        ),
        (
            ("count: 3", "count: 3\n  code: sandbox/lua\n  language: haskell"),
            "5: 'seeds': sandbox/lua: no documented Haskell function in it; name another folder in seeds.code",
        ),
        (("name: joint", "name: join"), "9: 'recipe.name': no recipe is called 'join'; did you mean 'joint'?"),
        (("policy: agreement", "policy: agree"), "11: 'select.policy': no policy is called 'agree'"),
        (
            ("name: joint", "name: solve"),
            "5: 'seeds': recipe 'solve' starts from known tasks; name some",
        ),
        (("count: 3", "count: 3\n  file: absent.txt"), "7: 'seeds.file': no such file: absent.txt"),
        (
            ("count: 3", "count: 3\n  tasks: refrence"),
            "7: 'seeds.tasks': no task set is called 'refrence'; did",
        ),
        (("count: 3", "count: 3\n  tasks: mbpp@absent.jsonl"), "7: 'seeds.tasks': no such file: absent.jsonl"),
        (("count: 3", "count: 3\n  count: 4"), "7: 'seeds.count' is there twice"),
        (("backend: local", "backend: openai"), "2: 'llm.base_url': backend openai needs the server's URL"),
        (("backend: local", "backend: local\n  guided: true"), "4: 'llm.guided': backend local cannot hold answers"),
        (("backend: local", "backend: local\n  engine: {dtype: float32}"), "4: 'llm.engine': is for backend vllm"),
        (
            ("recipe:", "sandbox: {runner: dokcer}\nrecipe:"),
            "8: 'sandbox.runner': no runner is called 'dokcer'; did",
        ),
        (("recipe:", "budget: {max_cost: 3}\nrecipe:"), "8: 'budget': max_cost needs prompt_price"),
        (("recipe:", "budget: {max_time: soon}\nrecipe:"), "8: 'budget.max_time': input should be a valid number"),
        (("select:", "select:\n  decontaminate: [humanevil]"), "11: 'select.decontaminate': no task set is called"),
    ],
    ids=lambda value: value[1].split("\n")[-1][:40] if isinstance(value, tuple) else None,
)
def test_mistake_has_its_line_and_the_way_out(check: Check, change: tuple[str, str], expected: str) -> None:
    found = check(change)
    assert len(found) == 1, found
    assert found[0].startswith(expected)


def test_code_in_another_language_is_refused_where_it_would_pass_for_words(check: Check, tmp_path: Path) -> None:
    (tmp_path / "words.lua").write_text(FILES["lua"].source)
    code = f"count: 3\n  code: {tmp_path}"
    (found,) = check(("count: 3", f"{code}\n  language: lua"))
    assert found.startswith("5: 'seeds': recipe 'joint' does not start from code, and seeds.code gives Lua; use the ")
    assert check(("count: 3", code), ("name: joint", "name: native\n  language: lua")) == []


async def test_a_recipe_without_its_language_is_what_is_wrong_and_not_the_folder(check: Check, tmp_path: Path) -> None:
    (tmp_path / "words.lua").write_text(FILES["lua"].source)
    (found,) = check(("count: 3", f"count: 3\n  code: {tmp_path}"), ("name: joint", "name: native"))
    assert found.startswith("5: 'seeds': recipe 'native' needs another language; name one in recipe.language: lua, ")
    config = load(RunConfig, tmp_path / "run.yaml")
    with pytest.raises(ConfigError, match="recipe 'native' needs another language"):
        await run(config)
    with pytest.raises(ConfigError, match="recipe 'native' needs another language"):
        forecast(config)


def test_every_mistake_is_listed_in_the_files_order(check: Check) -> None:
    found = check(
        ("backend: local", "backend: locla"),
        ("count: 3", "count: no"),
        ("name: joint", "nmae: joint"),
        ("agreement", "x"),
    )
    assert [line.split(":")[0] for line in found] == ["3", "6", "9", "11"]


@pytest.mark.parametrize(
    "line", ["api_key_env: sk-proj-0123456789abcdef", "base_url: 'https://me:sk-proj-0123456789abcdef@host/v1'"]
)
def test_a_key_in_the_file_is_refused_and_not_repeated(check: Check, line: str) -> None:
    found = check(("backend: local", f"backend: local\n  {line}"))
    assert len(found) == 1
    assert found[0].startswith("4: 'llm.")
    assert "sk-proj" not in found[0]


def test_line_can_be_read_by_machines(check: Check) -> None:
    (line,) = check(("agreement", "agree"))
    found = parsed("run.yaml:" + line)
    assert (found.line, found.key) == (11, "select.policy")


def test_missing_key_is_noted_for_a_hosted_server_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    base = {"out": str(tmp_path), "seeds": {"count": 1}}
    hosted = {"backend": "openai", "model": "m", "base_url": "https://models.example/v1"}
    here = {"backend": "openai", "model": "m", "base_url": "http://127.0.0.1:8000/v1"}
    assert "OPENAI_API_KEY is not set" in notes(RunConfig.model_validate({**base, "llm": hosted}))[0]
    assert notes(RunConfig.model_validate({**base, "llm": here})) == []


def test_what_selecting_would_fetch_is_noted(tmp_path: Path) -> None:
    data = {"out": str(tmp_path), "seeds": {"count": 1}, "llm": {"backend": "local", "model": "micro-writer"}}
    sets = {"select": {"decontaminate": ["reference", "mbpp:test", "humaneval@here.jsonl"]}}
    (note,) = notes(RunConfig.model_validate({**data, **sets}))
    assert note.startswith("select.decontaminate: mbpp:test will be fetched")


def test_study_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "study.yaml"
    path.write_text(
        "out: x\nrun: absent.yaml\nhuman: refrence\narms:\n- {name: a, data: human}\n- {name: a, data: none}\n"
        "train: {base: micro-base}\n"
    )
    found = [line.removeprefix(f"{path}:") for line in mistakes(StudyConfig, path)]
    assert [line.split(":")[0] for line in found] == ["2", "3", "4"]


def test_generations_are_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "generations.yaml"
    path.write_text(
        "out: x\nrun: absent.yaml\nhuman: refrence\ndrafts: 4\nrounds: 1\ntrain: {base: micro-base}\n"
        "chains:\n- {name: a, mode: replace}\n- {name: a, mode: fresh}\n"
    )
    found = [line.removeprefix(f"{path}:") for line in mistakes(GenerationsConfig, path)]
    assert [line.split(":")[0] for line in found] == ["2", "3", "7"]


def test_what_ships_is_good() -> None:
    examples = Path(__file__).parent.parent / "codefactory" / "examples"
    for path in examples.glob("*.yaml"):
        kinds = {"study": StudyConfig, "generations": GenerationsConfig}
        kind = next((kind for word, kind in kinds.items() if word in path.name), RunConfig)
        load(kind, path)
        assert [line for line in mistakes(kind, path) if "no such run file" not in line] == []

"""A run file's mistakes are explained in one line each, with the line number and what was probably meant."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from codefactory.config import GenerationsConfig, RunConfig, StudyConfig
from codefactory.errors import ConfigError, InputError
from codefactory.reading import load

EXAMPLES = Path(str(files("codefactory").joinpath("examples")))
GOOD = "out: runs/x\nllm:\n  backend: local\n  model: micro-writer\nseeds:\n  count: 3\n"


def _write(folder: Path, text: str) -> Path:
    path = folder / "run.yaml"
    path.write_text(text)
    return path


def test_good_file_is_read(tmp_path: Path) -> None:
    config = load(RunConfig, _write(tmp_path, GOOD))
    assert (config.llm.model, config.seeds.count) == ("micro-writer", 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD.replace("model:", "modle:"), "run.yaml:4: unknown key 'llm.modle'; did you mean 'model'?"),
        (GOOD.replace("count: 3", "count: many"), "run.yaml:6: 'seeds.count': input should be a valid integer"),
        (
            GOOD.replace("  count: 3", "  topics: [a]"),
            "run.yaml:5: 'seeds.count' is missing; how many drafts to ask for",
        ),
        (GOOD + "select: {near_duplicates: 2}\n", "run.yaml:7: 'select.near_duplicates': input should be less than"),
        (GOOD + "sandbox: {limits: {cpu_s: x}}\n", "run.yaml:7: 'sandbox.limits.cpu_s'"),
        (GOOD + "sandbox: {limits: {cpu: 5}}\n", "run.yaml:7: unknown key 'sandbox.limits.cpu'; did you mean 'cpu_s'?"),
        (GOOD + "  topics: lists\n", "run.yaml:7: 'seeds.topics': should be a list, such as [a, b] (got 'lists')"),
        (GOOD + "seeds: {count: 4}\n", "run.yaml:7: 'seeds' is there twice; the last one would win"),
        ("just words", "expected 'key: value' lines"),
        ("a: [1", "not YAML"),
    ],
)
def test_mistake_gets_line_offender_and_next_step(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(RunConfig, _write(tmp_path, text))
    assert expected in str(caught.value)


def test_tilde_is_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    config = load(RunConfig, _write(tmp_path, GOOD.replace("runs/x", "~/runs/x") + "  file: ~/ideas.txt\n"))
    assert (config.out, config.seeds.file) == (tmp_path / "runs" / "x", tmp_path / "ideas.txt")


def test_every_mistake_is_listed_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("model:", "modle:").replace("count: 3", "count: many")
    with pytest.raises(ConfigError) as caught:
        load(RunConfig, _write(tmp_path, text))
    assert len(str(caught.value).splitlines()) == 3  # the unknown key, the model that is now missing, the count


def test_missing_file_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="codefactory init"):
        load(RunConfig, tmp_path / "absent.yaml")


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ("seeds.cont=4", "^--set: unknown key 'seeds.cont'; did you mean 'count'?"),
        ("seeds.count=many", "^--set: 'seeds.count': input should be a valid integer"),
        ("seeds.count=[", r"^--set seeds.count=\[: the value is not YAML"),
        ("llm=3", "^--set: 'llm': should be a section"),
    ],
)
def test_mistake_on_the_command_line_is_not_blamed_on_the_file(tmp_path: Path, override: str, expected: str) -> None:
    with pytest.raises(ConfigError, match=expected):
        load(RunConfig, _write(tmp_path, GOOD), (override,))


def test_command_line_wins_over_the_file(tmp_path: Path) -> None:
    config = load(RunConfig, _write(tmp_path, GOOD), ("seeds.count=7", "llm.temperature=0.2"))
    assert (config.seeds.count, config.llm.temperature) == (7, 0.2)


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.yaml")))
def test_shipped_examples_are_good(name: str) -> None:
    path = EXAMPLES / name
    kinds = {"study": StudyConfig, "generations": GenerationsConfig}
    load(next((kind for word, kind in kinds.items() if word in name), RunConfig), path)


@pytest.mark.parametrize(
    ("kind", "name"), [(StudyConfig, "demo-study"), (StudyConfig, "full-study"), (GenerationsConfig, "generations")]
)
def test_a_study_finds_the_run_file_beside_it_from_any_folder(
    kind: type[StudyConfig], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    config = load(kind, EXAMPLES / f"{name}.yaml")
    assert load(RunConfig, config.run).seeds.count > 0
    own = tmp_path / "own.yaml"
    own.write_text((EXAMPLES / "demo.yaml").read_text())
    assert load(kind, EXAMPLES / f"{name}.yaml", ("run=own.yaml",)).run == Path("own.yaml")

"""Arms beyond the first five: mixed at a ratio, a recipe left out, another policy, failures only, equal budgets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from codefactory.config import ArmConfig, StudyConfig
from codefactory.corpus import store
from codefactory.errors import ConfigError, InputError
from codefactory.filters.base import Funnel
from codefactory.study import data
from codefactory.study.arms import run_study
from codefactory.study.data import Arm, Document
from codefactory.study.result import config_digest
from codefactory.tasks.base import load
from tests.study.test_study import ScriptedStudents, config, records  # noqa: F401  # fixtures

MBPP = Path(__file__).parents[2] / ".." / "shared" / "data" / "mbpp" / "mbpp.jsonl"


def made(config: StudyConfig, *arms: dict[str, Any], **changes: Any) -> list[Arm]:  # noqa: F811
    chosen = tuple(ArmConfig.model_validate(arm) for arm in arms)
    return data.arms(config.model_copy(update={"arms": chosen, **changes}), lengths)


def lengths(documents: list[Document] | tuple[Document, ...]) -> list[int]:
    return [len(prompt) + len(completion) for prompt, completion in documents]


def test_a_mixed_arm_at_a_share_has_it(config: StudyConfig) -> None:  # noqa: F811
    (arm,) = made(config, {"name": "m", "data": "mixed", "rows": 40, "human_share": 0.25})
    assert (arm.human_rows, arm.synthetic_rows, len(arm.documents), arm.note) == (10, 30, 40, "")


def test_a_share_that_the_data_cannot_fill_is_kept_and_said(config: StudyConfig) -> None:  # noqa: F811
    (arm,) = made(config, {"name": "m", "data": "mixed", "rows": 1000, "human_share": 0.5})
    assert arm.human_rows == arm.synthetic_rows == 70
    assert arm.note == "asked for 1,000 rows, 50% of them human; there are enough for 140"


def test_a_recipe_is_left_out(config: StudyConfig, tmp_path: Path) -> None:  # noqa: F811
    folder = tmp_path / "run" / "corpus" / "agreement"
    rows = [replace(row, recipe="evolve" if n % 7 else "joint") for n, row in enumerate(store.read(folder))]
    store.write(folder, rows, Funnel(), {})
    whole, without = made(
        config, {"name": "all", "data": "synthetic"}, {"name": "no evolve", "data": "synthetic", "without": "evolve"}
    )
    assert (whole.synthetic_rows, without.synthetic_rows) == (70, 10)
    assert set(without.documents) < set(whole.documents)
    with pytest.raises(ConfigError, match=r"no row comes from recipe 'star'; there are: evolve, joint"):
        made(config, {"name": "x", "data": "synthetic", "without": "star"})


def test_each_policy_is_an_arm_and_a_missing_one_names_the_command(
    config: StudyConfig,  # noqa: F811
    tmp_path: Path,
) -> None:
    rows = store.read(tmp_path / "run" / "corpus" / "agreement")
    store.write(tmp_path / "run" / "corpus" / "strict", rows[:12], Funnel(), {})
    (arm,) = made(config, {"name": "strict", "data": "synthetic", "policy": "strict"})
    assert arm.synthetic_rows == 12
    with pytest.raises(InputError, match=r"codefactory select .*run.yaml --policy relaxed"):
        made(config, {"name": "relaxed", "data": "synthetic", "policy": "relaxed"})


def test_equal_examples_cut_every_arm_to_the_smallest(config: StudyConfig) -> None:  # noqa: F811
    arms = made(
        config,
        {"name": "base", "data": "none"},
        {"name": "human", "data": "human"},
        {"name": "small", "data": "synthetic", "rows": 20},
        {"name": "mixed", "data": "mixed"},
        equal="examples",
    )
    assert [len(arm.documents) for arm in arms] == [0, 20, 20, 20]
    assert arms[3].human_rows + arms[3].synthetic_rows == 20
    assert abs(arms[3].human_rows - 20 * 100 / 170) <= 1


def test_equal_tokens_cut_every_arm_to_the_smallest_by_tokens(config: StudyConfig) -> None:  # noqa: F811
    arms = made(
        config, {"name": "human", "data": "human"}, {"name": "small", "data": "synthetic", "rows": 9}, equal="tokens"
    )
    human, small = (sum(lengths(arm.documents)) for arm in arms)
    assert len(arms[1].documents) == 9
    assert small - max(lengths(arms[0].documents)) < human <= small


@pytest.mark.parametrize(
    ("arm", "match"),
    [
        ({"name": "a", "data": "human", "human_share": 0.5}, "human_share is for mixed arms"),
        ({"name": "a", "data": "human", "policy": "strict"}, "for arms with verified rows"),
        ({"name": "a", "data": "mixed", "human_share": 1.0}, "less than 1"),
    ],
)
def test_an_arm_that_makes_no_sense_is_refused(arm: dict[str, Any], match: str) -> None:
    with pytest.raises(ValidationError, match=match):
        ArmConfig.model_validate(arm)


def test_keys_that_came_later_leave_an_older_studys_name_as_it_was(config: StudyConfig) -> None:  # noqa: F811
    assert config_digest(config) == config_digest(StudyConfig.model_validate(config.model_dump(exclude_none=True)))
    assert config_digest(config) != config_digest(config.model_copy(update={"equal": "tokens"}))


@pytest.mark.skipif(not MBPP.exists(), reason="mbpp.jsonl is not here; it is not part of this repository")
@pytest.mark.filterwarnings("ignore:.*invalid escape sequence")
async def test_mbpp_is_the_human_arm_by_its_own_split_and_decontaminated(config: StudyConfig) -> None:  # noqa: F811
    """Ids 1-10 and 511-974 train, 11-510 are measured on; what of the first is in the second is left out."""
    train, test = load(f"mbpp:train@{MBPP}"), load(f"mbpp:test@{MBPP}")
    assert {int(task.meta["task_id"]) for task in test} == set(range(11, 511))
    evaluation = config.evaluation.model_copy(update={"tasks": f"mbpp:test@{MBPP}", "limit": 6})
    arms = tuple(ArmConfig.model_validate({"name": name, "data": name}) for name in ("human", "synthetic"))
    human = f"mbpp:train@{MBPP}"
    study = config.model_copy(update={"human": human, "evaluation": evaluation, "arms": arms, "equal": "examples"})
    result = await run_study(study, lambda line: None, students=ScriptedStudents(study))
    assert {arm.name: arm.human_rows + arm.synthetic_rows for arm in result.arms} == {"human": 70, "synthetic": 70}
    assert result.tasks == 6
    (whole,) = data.arms(study.model_copy(update={"arms": arms[:1], "equal": None}))
    assert 400 < whole.human_rows < len(train) == 474
    assert not {prompt for prompt, _ in whole.documents} & {prompt for prompt, _ in data.documents(test)}

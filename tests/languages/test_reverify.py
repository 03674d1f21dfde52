"""Rows in other languages than Python are proven as Python's are: executed again, in their own image, from the row."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codefactory.config import SandboxConfig
from codefactory.corpus import FORMATS
from codefactory.corpus.rows import GRPO
from codefactory.errors import SandboxError
from codefactory.languages import LANGUAGES
from codefactory.languages.python import read_suite
from codefactory.reverification import Proof, reverify
from codefactory.runner import images
from codefactory.runner.base import open_runner
from codefactory.runner.engine import engine_answers
from codefactory.types import Assurance, Job, Limits, Problem, Record, Solution, Status
from codefactory.verify.work import limits_for
from tests.languages.conftest import FAILING, NATIVE, require_language
from tests.languages.kept import attempt, exported, record

DOCKER = SandboxConfig(runner="docker", slots=2)
PYTHON = Record(
    Problem("The number after x.", "f"),
    Solution("def f(x):\n    return x + 1\n"),
    read_suite("assert f(1) == 2\nassert f(20) == 21\nassert f(-3) == -2\n", "f"),
    policy="own_tests",
    draft_id="python",
    split="train",
)


def counts(proof: Proof) -> dict[str, int]:
    """`format outcome` -> rows, each counted once although parquet and JSON lines both hold it."""
    twice = 2 if any(len(files) > 1 for files in proof.files.values()) else 1
    return {f"{form} {outcome}": count // twice for (form, outcome), count in proof.counts.items()}


def change(out: Path, form: str, edit: dict[str, Any]) -> None:
    """Change the first JSON line of a format; its parquet twin stays as it was."""
    file = out / "jsonl" / form / "train.jsonl"
    first, *rest = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(json.dumps(json.loads(first) | edit) + "\n" + "".join(rest), encoding="utf-8")


@pytest.mark.docker
@pytest.mark.parametrize("name", NATIVE)
async def test_every_row_of_every_format_holds_in_its_own_image(name: str, tmp_path: Path) -> None:
    require_language(name)
    rows = [record(name), replace(record(name, 7, native=True), draft_id="another")]
    out = exported(tmp_path, rows, [attempt(name)])
    proof = await reverify(out, DOCKER)
    assert not proof.broken, list(map(str, proof.broken))
    assert counts(proof) == {
        **{f"{form} holds": 2 for form in ("problems", "records", "sft", "messages")},
        "grpo no_solution": 2,
        "dpo holds": 1,
        "kto holds": 3,
        "repair holds": 1,
        "completions holds": 3,
    }
    assert {form for form, _ in proof.counts} == set(FORMATS.names())
    assert any(line.startswith("languages: ") and line.endswith(f" {name}") for line in proof.report())


@pytest.mark.docker
@pytest.mark.parametrize("name", NATIVE)
async def test_what_was_changed_in_a_row_is_found(name: str, tmp_path: Path) -> None:
    require_language(name)
    out = exported(tmp_path, [record(name)], [attempt(name)], "problems", "sft", "dpo")
    change(out, "problems", {"canonical_solution": FAILING[name], "task_id": "numbers/1"})
    fenced = f"```{name}\n{FAILING[name]}```"
    change(out, "sft", {"completion": [{"role": "assistant", "content": fenced}]})
    change(out, "dpo", {"rejected": [{"role": "assistant", "content": f"```\n{record(name).solution.code}```"}]})
    proof = await reverify(out, DOCKER)
    words = sorted(f"{finding.source.format}: {finding.reason}" for finding in proof.broken)
    assert [finding.language for finding in proof.broken] == [name] * 3
    assert words[0] == "dpo: rejected: is called wrong, and its tests say otherwise"
    assert words[1].startswith("problems: own_tests_fail (")
    assert words[2].startswith("sft: own_tests_fail (")
    assert any("row 1 (numbers/1)" in str(finding) for finding in proof.broken)


VACUOUS = {
    "lua": "local f = require('f')\ndescribe('f', function()\n  it('is', function() assert(true) end)\nend)\n",
    "perl": "use Test2::V0;\ndo './f.pl';\nok( 1, 'is' );\ndone_testing;\n",
}


@pytest.mark.docker
@pytest.mark.parametrize("name", VACUOUS)
async def test_tests_that_stubs_pass_prove_nothing_where_the_policy_says_so(name: str, tmp_path: Path) -> None:
    require_language(name)
    for policy, broken in (("own_tests", ["vacuous_suite"]), ("naive", [])):
        out = exported(tmp_path / policy, [record(name, policy=policy)], [], "problems")
        change(out, "problems", {"test": VACUOUS[name]})
        proof = await reverify(out / "jsonl" / "problems" / "train.jsonl", DOCKER)
        assert [finding.reason for finding in proof.broken] == broken


@pytest.mark.docker
@pytest.mark.parametrize("name", NATIVE)
async def test_sft_alone_can_only_be_shown_to_load(name: str, tmp_path: Path) -> None:
    require_language(name)
    cut = next(canary.code for canary in LANGUAGES.load(name).canaries if canary.name == "does not parse")
    rows = [record(name), replace(record(name), solution=Solution(cut))]
    proof = await reverify(exported(tmp_path, rows, [], "sft") / "jsonl" / "sft" / "train.jsonl", DOCKER)
    assert counts(proof) == {"sft loads": 1, "sft broken": 1}
    assert "text_syntax" in str(proof.broken[0])


@pytest.mark.docker
async def test_a_corpus_may_hold_several_languages(tmp_path: Path) -> None:
    for name in ("lua", "perl"):
        require_language(name)
    out = exported(tmp_path, [record("perl"), PYTHON, record("lua")], [attempt("lua")])
    proof = await reverify(out, DOCKER)
    assert not proof.broken
    assert (proof.counts["problems", "holds"], proof.counts["dpo", "holds"]) in ((3, 1), (6, 2))
    assert proof.languages["lua"] > proof.languages["perl"] == proof.languages["python"]
    change(out, "problems", {"canonical_solution": FAILING["perl"]})
    change(out, "records", {"language": "cobol", "problem": {"statement": "", "entry_point": "f", "language": "cobol"}})
    found = {(one.source.format, one.language): one.reason for one in (await reverify(out, DOCKER)).broken}
    assert found["problems", "perl"].startswith("own_tests_fail")
    assert found["records", "python"].startswith("language_unsupported: language 'cobol' is not executed here")
    assert len(found) == 2


async def test_an_image_that_is_not_built_is_named_before_anything_is_executed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = exported(tmp_path, [PYTHON, record("lua")], [], "problems")
    seen: list[Proof] = []
    with pytest.raises(SandboxError, match="lua needs the docker runner, this is 'process'"):
        await reverify(out, SandboxConfig(runner="process"), seen.append)
    if not engine_answers():
        pytest.skip("no Docker engine answers")
    monkeypatch.setattr(images, "tag", lambda language: f"codefactory/sandbox-{language}:none")
    with pytest.raises(SandboxError, match=r"build it with 'codefactory sandbox build lua'$") as caught:
        await reverify(out, DOCKER, seen.append)
    assert "\n" not in str(caught.value)
    assert seen == []


@pytest.mark.docker
@pytest.mark.parametrize("name", NATIVE)
async def test_exported_grpo_tests_judge_an_answer_one_by_one(name: str) -> None:
    require_language(name)
    language = LANGUAGES.load(name)
    row = GRPO.row(record(name))
    assert (len(row["tests"]), row["preamble"]) == (3, "")
    assert len(GRPO.row(record(name, native=True))["tests"]) == 1
    jobs = []
    for code in (record(name).solution.code, FAILING[name]):
        for file in row["tests"]:
            plan = language.read_suite(file, "f")
            jobs.append(Job(name, code, "f", plan.cases, plan.preamble, Assurance.SHARED, language.limits))
    async with open_runner("docker", slots=2, language=name) as runner:
        ended = [outcome.status is Status.PASSED async for outcome in runner.run(jobs)]
    assert ended == [True] * 3 + [False] * 3


@pytest.mark.docker
async def test_a_program_is_never_read_as_another_language(tmp_path: Path) -> None:
    require_language("lua")
    async with open_runner("docker", slots=1, language="lua") as runner:
        with pytest.raises(SandboxError, match="a program in python was given to a sandbox of lua"):
            await runner.execute(Job("python", PYTHON.solution.code, "f", PYTHON.tests.cases))


def test_a_limit_that_the_user_sets_leaves_a_language_its_others() -> None:
    own = LANGUAGES.load("r").limits
    assert limits_for("r", Limits()) == own
    assert limits_for("r", Limits(cpu_s=30.0)) == replace(own, cpu_s=30.0)
    assert limits_for("python", Limits(wall_s=3.0)) == Limits(wall_s=3.0)

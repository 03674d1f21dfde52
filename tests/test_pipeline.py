"""The loop from seed to corpus: nothing is paid for twice, nothing is lost, the funnel adds up to the last draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.servers.answering import TASK
from codefactory import pipeline
from codefactory.commands import export_corpus, select_policy, show_draft
from codefactory.config import RunConfig, VerifyConfig
from codefactory.corpus import store
from codefactory.errors import ConfigError, LedgerError
from codefactory.forecast import forecast
from codefactory.ledger import Ledger
from codefactory.llm.replay import Script
from codefactory.pipeline import known_keys, run
from codefactory.selection import ledger_items, select, select_all
from codefactory.status import look
from codefactory.types import Request
from codefactory.verify import work


def _answer(request: Request) -> str:
    """A writer whose every third draft has a wrong value, every fifth no tests, and whose solutions agree."""
    words = request.messages[1].content
    if words.startswith("Write a problem"):
        n = 2 + request.sample
        text = TASK.format(n=n, one=n + 1 + (n % 3 == 0), minus=n - 1)
        return text.split("## Tests")[0] if n % 5 == 0 else text
    n = int(words.split("add_")[1].split("(")[0])
    whole = TASK.format(n=n, one=n + 1, minus=n - 1)
    if words.startswith("Solve"):
        return "## Solution" + whole.split("## Solution")[1].split("## Tests")[0]
    return "## Tests" + whole.split("## Tests")[1]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., RunConfig]:
    """A run file whose model is a script and whose sandbox is a plain process."""

    def build(count: int = 12, **llm: object) -> RunConfig:
        data = {
            "out": str(tmp_path / "out"),
            "llm": {"backend": "script", "model": "script", "batch": 4, **llm},
            "seeds": {"count": count},
            "sandbox": {"runner": "process"},
            "select": {"decontaminate": []},
        }
        return RunConfig.model_validate(data)

    monkeypatch.setitem(
        pipeline.open_backend.__wrapped__.__globals__["BACKENDS"]._rows, "script", f"{__name__}:make_script"
    )
    return build


def make_script(config: object) -> Script:
    return Script(_answer)


async def test_second_run_pays_for_nothing(make: Callable[..., RunConfig]) -> None:
    first = await run(make())
    second = await run(make())
    # 12 joint answers; each readable draft asks for 3 more solutions and 1 more suite.
    readable = sum((2 + n) % 5 != 0 for n in range(12))
    assert first.calls == 12 + 4 * readable
    assert (second.calls, second.executions, second.drafts) == (0, 0, 12)


async def test_changed_prompt_words_are_asked_again(
    make: Callable[..., RunConfig], monkeypatch: pytest.MonkeyPatch
) -> None:
    await run(make())
    monkeypatch.setattr(pipeline, "wording", lambda recipe: "other words")
    again = await run(make())
    assert (again.calls, again.drafts) == (0, 12)  # every draft is made again, from calls that were asked before
    assert select(make(), "agreement").seen == 12


async def test_doubting_more_later_pays_for_the_doubt_alone(make: Callable[..., RunConfig]) -> None:
    config = make(count=3)
    usual = await run(config)
    doubting = config.model_copy(update={"verify": VerifyConfig(mutation=True, mutants=4)})
    more = await run(doubting)
    assert more.calls == 0
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        found = [evidence for _, _, evidence in ledger_items(doubting, ledger, known_keys(doubting))]
    spent = sum(cost.executions for one in found for cost in one.costs if cost.check == "mutation")
    assert 0 < more.executions <= spent < usual.executions + more.executions
    assert any(one.mutation and one.mutation[0].score(0) == 1.0 for one in found)
    assert (await run(doubting)).executions == 0


async def test_evidence_of_an_older_judge_is_made_again_and_never_mixed_with_new(
    make: Callable[..., RunConfig], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = make(count=3)
    with monkeypatch.context() as older:
        older.setattr(work, "VERSION", work.VERSION - 1)
        await run(config)
    with pytest.raises(LedgerError, match="finish the run first"):
        select(config, "agreement")
    again = await run(config)
    assert (again.calls, again.executions) == (0, 0)  # all that was said and executed is still known
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        assert ledger.count("evidence") == 2 * 3
    assert select(config, "agreement").seen == 3


async def test_more_seeds_pay_for_the_new_ones_only(make: Callable[..., RunConfig]) -> None:
    await run(make(count=6))
    more = await run(make(count=7))
    assert more.calls == 5  # draft 7: one joint answer, three solutions, one suite


async def test_rules_differ_where_the_model_was_wrong_about_a_value(make: Callable[..., RunConfig]) -> None:
    config = make()
    await run(config)
    funnels = select_all(config)
    wrong = sum((2 + n) % 3 == 0 and (2 + n) % 5 != 0 for n in range(12))
    assert funnels["naive"].reasons["own_tests_fail"] == wrong
    assert funnels["naive"].reasons["no_tests"] == funnels["agreement"].reasons["no_tests"] > 0
    repaired = [r for r in store.read(config.out / "corpus" / "agreement") if r.expected_from == "agreement"]
    assert repaired, "solutions that agree are kept beside a wrong value, and marked"
    assert not any(
        "== 5" in case.source for r in repaired if r.problem.entry_point == "add_3" for case in r.tests.cases
    )


async def test_funnel_adds_up_to_the_last_draft(make: Callable[..., RunConfig]) -> None:
    config = make()
    await run(config)
    for funnel in select_all(config).values():
        assert funnel.seen == funnel.kept + sum(funnel.reasons.values()) == 12
    summary = json.loads((config.out / "summary.json").read_text())
    assert summary["drafts"] == 12


async def test_a_least_probability_makes_a_corpus_of_its_own(make: Callable[..., RunConfig]) -> None:
    config = make()
    await run(config)
    everything = select(config, "agreement")
    probable = sorted(float(r.meta["probability"]) for r in store.read(config.out / "corpus" / "agreement"))
    least = probable[len(probable) // 2]
    some = select(config, "agreement", least)
    kept = list(store.read(config.out / "corpus" / f"agreement-p{least:.2f}"))
    assert kept, "the more probable half is there"
    assert all(float(record.meta["probability"]) >= least - 0.001 for record in kept)
    assert some.seen == everything.seen == some.kept + sum(some.reasons.values())
    nothing = select(config, "agreement", 1.0)
    assert nothing.kept == 0
    assert nothing.reasons["improbable"] == everything.kept


async def test_what_is_there_of_an_unfinished_run_can_be_selected_and_shown(
    make: Callable[..., RunConfig], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Some drafts in the middle are missing, as after a kill: drafts end out of order."""
    config = make()
    put = Ledger.put
    drafts = 0

    def forgets(self: Ledger, kind: str, key: str, value: bytes) -> None:
        nonlocal drafts
        drafts += kind == "draft"
        if kind != "draft" or drafts not in (2, 3):
            put(self, kind, key, value)

    with monkeypatch.context() as killed:
        killed.setattr(Ledger, "put", forgets)
        await run(config)
    select_policy(config, "unfiltered")
    said = "2 of 12 drafts were not there yet"
    assert said in capsys.readouterr().out
    corpus = store.open_corpus(config.corpus("unfiltered"))
    assert corpus.about["unfinished"] == said
    last = corpus.records[-1]
    show_draft(config, last.draft_id)
    assert last.draft_id in capsys.readouterr().out, "also what comes after the gap"
    await run(config)
    assert select(config, "unfiltered").seen == 12
    assert "unfinished" not in store.open_corpus(config.corpus("unfiltered")).about


async def test_policy_file_makes_a_corpus_of_its_name_wherever_it_lies(
    make: Callable[..., RunConfig], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "policies" / "own.yaml"
    own.parent.mkdir()
    own.write_text("rule: own_tests\n")
    config = make(count=3)
    config = config.model_copy(update={"select": config.select.model_copy(update={"policy": str(own)})})
    await run(config)
    assert set(select_all(config)) == {"agreement", "naive", "unfiltered", "own.yaml"}
    assert own.read_text() == "rule: own_tests\n"
    assert (config.out / "corpus" / "own.yaml" / "records.jsonl").is_file()
    export_corpus(config, tmp_path / "export", str(own), ("sft",))
    assert "export: " in capsys.readouterr().out


async def test_record_of_a_run_that_was_damaged_is_named_and_can_be_made_again(make: Callable[..., RunConfig]) -> None:
    config = make(count=3)
    await run(config)
    (config.out / "run.json").write_text("")
    for ask in (lambda: select(config, "agreement"), lambda: forecast(config), lambda: known_keys(config)):
        with pytest.raises(LedgerError, match=r"run\.json: cannot be read; delete it"):
            ask()
    (config.out / "run.json").unlink()
    assert (await run(config)).paid == 0
    assert select(config, "agreement").seen == 3


async def test_damaged_status_of_the_last_session_stands_in_nobodys_way(make: Callable[..., RunConfig]) -> None:
    config = make(count=3)
    await run(config)
    (config.out / "status.json").write_text("{")
    assert look(config)["drafts"] == 3
    assert forecast(config).pace is None


async def test_difficulty_is_kept_with_the_record(make: Callable[..., RunConfig]) -> None:
    config = make()
    await run(config)
    select(config, "agreement")
    assert {record.meta["pass_rate"] for record in store.read(config.out / "corpus" / "agreement")} == {"1.000"}


async def test_selecting_again_gives_the_same_bytes(make: Callable[..., RunConfig]) -> None:
    config = make()
    await run(config)
    select(config, "agreement")
    before = (config.out / "corpus" / "agreement" / "records.jsonl").read_bytes()
    select(config, "agreement")
    assert (config.out / "corpus" / "agreement" / "records.jsonl").read_bytes() == before != b""


async def test_run_that_breaks_goes_on_where_it_was(
    make: Callable[..., RunConfig], monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = await run(make(count=12))
    config = make().model_copy(update={"out": make().out.with_name("other")})
    complete, made = Script.complete, 0

    async def breaks(self: Script, request: Request) -> object:
        nonlocal made
        made += 1
        if made == 20:
            raise RuntimeError("the model died")
        return await complete(self, request)

    monkeypatch.setattr(Script, "complete", breaks)
    with pytest.raises(RuntimeError, match="the model died"):
        await run(config)
    resumed = await run(config)
    assert resumed.drafts == 12
    assert made - 1 <= undisturbed.calls + 4 * 3  # at most the window in flight was paid for again


async def test_changed_run_file_is_refused_and_named(make: Callable[..., RunConfig]) -> None:
    await run(make())
    with pytest.raises(ConfigError, match=r"llm\.temperature: 0\.8 -> 0\.9.*--extend"):
        await run(make(temperature=0.9))
    assert (await run(make(temperature=0.9), extend=True)).calls > 0


async def test_selecting_before_running_says_what_to_run(make: Callable[..., RunConfig]) -> None:
    with pytest.raises(ConfigError, match="codefactory run"):
        select(make(), "agreement")
    previewed = make(count=3)
    await run(previewed, record="preview.json")
    with pytest.raises(ConfigError, match="codefactory run"):
        select(previewed, "agreement")


def test_repeated_seeds_are_samples_of_their_own(make: Callable[..., RunConfig]) -> None:
    from codefactory.recipes.seeds import expand

    seeds = expand(make(count=5).seeds)
    assert [seed.draw for seed in seeds] == [0, 1, 2, 3, 4]
    assert len({seed.id for seed in seeds}) == 5
    assert replace(seeds[3], draw=0) == seeds[0]

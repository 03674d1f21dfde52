"""What the verbs about one run do: run it, make ten drafts of it, say what it will take, say where it stands."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from codefactory import forecast as forecasting
from codefactory import status as standing
from codefactory.accounts import Progress
from codefactory.budget import MEANINGS, Stop
from codefactory.config import RunConfig
from codefactory.errors import CodefactoryError, StoppedError
from codefactory.interruption import interruptible
from codefactory.ledger import Ledger
from codefactory.pipeline import PREVIEW, known_keys, run, unchanged_keys
from codefactory.progress import watching
from codefactory.story import story
from codefactory.types import Draft, Evidence, Seed

Finished = Callable[[Seed, Draft, Evidence], None]
Story = tuple[Seed, Draft, Evidence]


def execute(config: RunConfig, *, extend: bool = False) -> Progress:
    """Run to the end, to a budget's limit, or to Ctrl-C; live line, status file and all."""
    stop, heartbeat = Stop(), standing.Heartbeat(config)
    progress: list[Progress] = []

    def watch(now: Progress) -> None:
        progress[:] = [now]
        watcher(now)
        heartbeat(now)

    with watching() as watcher:
        try:
            done = asyncio.run(interruptible(run(config, watch, extend=extend, stop=stop), stop))
        except BaseException as error:
            if progress:
                reason = error.reason if isinstance(error, StoppedError) else "failed"
                heartbeat.write(progress[0], reason)
            raise
        watcher.done(done)
    heartbeat.write(done, done.stopped or "finished")
    return done


def check_stopped(progress: Progress) -> None:
    """Return where the run came to its end.

    Raises:
        StoppedError: where it did not, with how far it came and how to go on.
    """
    if progress.stopped:
        raise StoppedError(
            f"stopped after {progress.drafts:,} of {progress.planned:,} drafts: {MEANINGS[progress.stopped]}"
            + ("; 'codefactory select' takes what is there" if progress.drafts else ""),
            progress.stopped,
        )


def account(config: RunConfig, progress: Progress) -> Iterator[str]:
    """What a session paid for, why calls were tried again, and what came of it."""
    paid = progress.spent
    cost = paid.cost(config.budget)
    yield (
        f"paid for {paid.calls:,} model calls and {progress.executions:,} executions in this session: "
        f"{paid.prompt_tokens:,} + {paid.completion_tokens:,} tokens" + (f", {cost:,.4f}" if cost is not None else "")
    )
    yield standing.worth(standing.session(progress))
    if progress.troubles:
        tried = ", ".join(f"{slug} {count:,}" for slug, count in progress.troubles.most_common())
        yield f"calls that were tried again: {tried}"


def report(config: RunConfig, progress: Progress, kept: dict[str, int]) -> dict[str, Any]:
    """One session for machines; `kept` counts rows by corpus."""
    figures = standing.session(progress)
    return figures | {"out": str(config.out), "cost": progress.spent.cost(config.budget), "corpora": kept}


def preview(config: RunConfig, count: int, as_json: bool) -> None:
    """Make the first drafts of a run and show them whole; the run itself will find them in its ledger.

    Nothing of the preview stands in the way of a changed run file: drafts are named by what they are made from.
    """
    fewer = config.seeds.model_copy(update={"count": min(count, config.seeds.count)})
    some = config.model_copy(update={"seeds": fewer})
    stories: dict[str, Story] = {}
    stop, heartbeat = Stop(), standing.Heartbeat(config)

    def keep(seed: Seed, draft: Draft, evidence: Evidence) -> None:
        stories[seed.id] = (seed, draft, evidence)

    with watching() as watcher:
        work = run(some, watcher, extend=True, stop=stop, record=PREVIEW, each=keep)
        progress = asyncio.run(interruptible(work, stop))
    if not (config.out / "run.json").exists():  # a run's own status is worth more
        heartbeat.write(progress, progress.stopped or "finished")
    found = list(stories.values())
    if as_json:
        ahead = forecasting.forecast(config).to_json()
        show_json(standing.session(progress) | {"examples": _examples(config, found), "forecast": ahead})
    else:
        _show(config, found, progress)
    check_stopped(progress)


def _show(config: RunConfig, found: list[Story], progress: Progress) -> None:
    keys = unchanged_keys(config) or known_keys(config)
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        for number, (seed, draft, evidence) in enumerate(found, 1):
            say(f"\n════ {number} of {len(found)} " + "═" * 60)
            say(story(seed, draft, evidence, ledger, config, keys))
    say("")
    for line in account(config, progress):
        say(line)
    for line in forecasting.lines(forecasting.forecast(config)):
        say(line)


def _examples(config: RunConfig, found: list[Story]) -> list[dict[str, Any]]:
    keys = unchanged_keys(config) or known_keys(config)
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        return [
            {
                "draft": draft.id,
                "seed": seed.id,
                "fault": draft.fault,
                "story": story(seed, draft, evidence, ledger, config, keys),
            }
            for seed, draft, evidence in found
        ]


def show_forecast(config: RunConfig, as_json: bool) -> None:
    """Print what is still to come."""
    found = forecasting.forecast(config)
    if as_json:
        show_json(found.to_json())
        return
    for line in forecasting.lines(found):
        say(line)


def show_status(config: RunConfig, as_json: bool) -> None:
    """Print where a running or ended run stands."""
    found = standing.look(config)
    if as_json:
        show_json(found)
        return
    for line in standing.lines(found):
        say(line)


def announce(config: RunConfig) -> None:
    """The forecast on stderr before a run; a seed that is missing is the run's to complain about."""
    try:
        for line in forecasting.lines(forecasting.forecast(config)):
            sys.stderr.write(line + "\n")
    except CodefactoryError:
        return


def show_json(body: Any) -> None:
    """One JSON object on stdout."""
    say(json.dumps(body, ensure_ascii=False))


def say(text: str) -> None:
    """A line on stdout, as it is."""
    sys.stdout.write(text + "\n")

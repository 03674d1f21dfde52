"""What a run has done and spent, told by the ledger and by a small file that the running process keeps up to date.

`<out>/status.json` is rewritten while a run works, so that another process can look without disturbing it. That a run
is alive is not read from the file but from the ledger's lock, which dies with its process.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from codefactory.accounts import MILLION, Progress, Spent
from codefactory.config import RunConfig
from codefactory.errors import ConfigError
from codefactory.ledger import Ledger, writer
from codefactory.pipeline import spent, write_json

FILE = "status.json"
REFRESH_S = 2.0


class Heartbeat:
    """Called after every draft; writes the status now and then, and at the end for good."""

    def __init__(self, config: RunConfig) -> None:
        self._path = config.out / FILE
        self._started = time.time()
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() - self._last >= REFRESH_S:
            self.write(progress, "running")

    def write(self, progress: Progress, state: str) -> None:
        """Write it now; `state` is `running`, `finished`, a reason to stop, or `failed`."""
        self._last = time.monotonic()
        write_json(self._path, {"state": state, "pid": os.getpid(), "started": self._started, **session(progress)})


def session(progress: Progress) -> dict[str, Any]:
    """The figures of one session, for machines."""
    paid = progress.spent
    return {
        "elapsed_s": round(progress.elapsed_s, 3),
        "planned": progress.planned,
        "drafts": progress.drafts,
        "known": progress.known,
        "executed": progress.executed,
        "pass_own_tests": progress.naive,
        "kept": progress.kept,
        "calls": paid.calls,
        "prompt_tokens": paid.prompt_tokens,
        "completion_tokens": paid.completion_tokens,
        "executions": progress.executions,
        "reasons": dict(progress.reasons.most_common()),
        "troubles": dict(progress.troubles.most_common()),
        "stopped": progress.stopped,
    }


def look(config: RunConfig) -> dict[str, Any]:
    """The state of a running or ended run, for machines.

    Raises:
        ConfigError: if nothing was run yet.
    """
    path = config.out / "ledger.sqlite"
    if not path.exists():
        raise ConfigError(f"{config.out}: nothing was run here yet; start with 'codefactory run'")
    with Ledger(path, write=False) as ledger:
        paid, drafts, judged = spent(ledger), ledger.count("draft"), ledger.count("evidence")
    last = last_session(config)
    pid = writer(path)
    return {
        "out": str(config.out),
        "state": _state(last, pid),
        "pid": pid,
        "planned": config.seeds.count,
        "drafts": drafts,
        "judged": judged,
        "calls": paid.calls,
        "prompt_tokens": paid.prompt_tokens,
        "completion_tokens": paid.completion_tokens,
        "cost": paid.cost(config.budget),
        "budget": config.budget.model_dump(exclude_none=True),
        "session": last,
    }


def last_session(config: RunConfig) -> dict[str, Any]:
    """What the last session wrote about itself; nothing where that is not there, or cannot be read."""
    try:
        found = json.loads((config.out / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _state(last: dict[str, Any], pid: int) -> str:
    if pid:
        return "running"
    said = str(last.get("state", "unknown"))
    return "killed" if said == "running" else said


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The same for people."""
    last = found["session"]
    who = f", process {found['pid']}" if found["pid"] > 0 else ""
    yield f"{found['out']}: {MEANING.get(found['state'], found['state'])}{who}"
    yield f"drafts     {found['drafts']:,} written, {found['judged']:,} judged, {found['planned']:,} planned"
    paid = Spent(found["calls"], found["prompt_tokens"], found["completion_tokens"])
    yield f"paid       {paid.calls:,} calls, {paid.prompt_tokens:,} + {paid.completion_tokens:,} tokens" + (
        f", {found['cost']:,.4f} by the run file's prices" if found["cost"] is not None else ""
    )
    for name, limit in found["budget"].items():
        if name.startswith("max"):
            yield f"budget     {name} {limit:,}"
    if last:
        yield f"session    {_pace(last)}"
        yield f"yield      {worth(last)}"
        yield from (f"           - {slug} {count:,}" for slug, count in last["reasons"].items())
        if last["troubles"]:
            yield "tried again: " + ", ".join(f"{slug} {count:,}" for slug, count in last["troubles"].items())


MEANING = {
    "running": "running",
    "finished": "finished",
    "killed": "ended without a word (killed, or the machine went down); the same command goes on",
    "failed": "ended with an error; mend what it named, the same command goes on",
    "interrupted": "stopped by Ctrl-C; the same command goes on",
    "max_tokens": "stopped, budget.max_tokens is spent",
    "max_cost": "stopped, budget.max_cost is spent",
    "max_time": "stopped, budget.max_time was over; the same command goes on",
    "unknown": "made by an older version; run the same command to bring it up to date",
}


def _pace(last: dict[str, Any]) -> str:
    seconds, made = last["elapsed_s"], last["drafts"] - last["known"]
    rate = made / seconds
    left = (last["planned"] - last["drafts"]) / rate if rate else 0.0
    text = f"{last['drafts']:,} of {last['planned']:,} drafts in {duration(seconds)}"
    text += f", {last['calls'] / seconds:,.1f} calls/s"
    return text + (f", {duration(left)} to go" if last["state"] == "running" and rate else "")


def worth(figures: dict[str, Any]) -> str:
    """What a session kept, and what that took; drafts that were looked up cost nothing in it and are left out."""
    kept, drafts = figures["kept"], figures["drafts"]
    share = f"{100 * kept / drafts:.0f} %" if drafts else "-"
    text = f"{kept:,} of {drafts:,} drafts kept by the policy ({share}), before filters"
    tokens = figures["prompt_tokens"] + figures["completion_tokens"]
    if figures["calls"] and not figures["known"]:
        text += f"; {kept / figures['calls']:.2f} a call"
        text += f", {kept * MILLION / tokens:,.0f} a million tokens" if tokens else ""
    return text


def duration(seconds: float) -> str:
    """`1:02:03` or `2:03`."""
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def reasons_line(reasons: Counter[str]) -> str:
    """The commonest reasons for a no, short."""
    return ", ".join(f"{slug} {count:,}" for slug, count in reasons.most_common(3))

"""The table that the command line prints: one row an arm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from codefactory.study.result import ArmResult, StudyResult


def table(study: StudyResult) -> Table:
    """What every arm trained on and its pass@k in %, with interval and single seeds."""
    title = f"pass@{study.k} on {study.tasks} tasks of {escape(study.task_set)}"
    # Borders would leave 80 columns no room.
    found = Table(title=title, box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    found.add_column("arm", no_wrap=True)
    level = f"{100 * study.confidence:g} %\ninterval"
    for head in ("human\nrows", "synthetic\nrows", f"pass@{study.k}", level, "by seed", "no\ncode"):
        found.add_column(head, justify="right", no_wrap=True)
    for arm in study.arms:
        found.add_row(*_cells(arm))
    found.caption = "\n".join(escape(f"* {arm.name}: {arm.note}") for arm in study.arms if arm.note) or None
    return found


def _cells(arm: ArmResult) -> tuple[str, ...]:
    score = arm.score
    return (
        escape(arm.name) + (" *" if arm.note else ""),
        _count(arm.human_rows),
        _count(arm.synthetic_rows),
        f"[bold]{100 * score.value:.1f} %[/]",
        f"{100 * score.low:.1f} to {100 * score.high:.1f}",
        "  ".join(f"{100 * share:.1f}" for share in arm.seed_scores),
        _count(arm.unextracted),
    )


def _count(number: int) -> str:
    return f"{number:,}" if number else "–"

"""The plots of a page about verdicts: what became of the rows, how measured shares are spread, and a calibration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from codefactory.report.inputs import Json
from codefactory.report.plots import INK, QUIET, RULE, Plot, both
from codefactory.report.verdicts import BINS, Distribution

BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#b9bcc0"


def stages(rows: Sequence[tuple[str, int]]) -> Plot:
    """What is left of the rows after each step, as bars; the last in colour."""
    alt = "Bar chart of what is left: " + ", ".join(f"{name} {count:,}" for name, count in rows) + "."
    return both(0.36 * len(rows) + 0.5, lambda axes, wide: _draw_stages(axes, rows), alt)


def _draw_stages(axes: Any, rows: Sequence[tuple[str, int]]) -> None:
    names, counts = zip(*reversed(rows), strict=True)
    colours = [BLUE, *[GREY] * (len(rows) - 1)]
    axes.barh(range(len(names)), counts, color=colours, height=0.66)
    axes.set_yticks(range(len(names)), names, color=INK)
    most = max(*counts, 1)
    for place, count in enumerate(counts):
        axes.annotate(f"{count:,}", (count, place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
    axes.set_xlim(0, most * 1.2)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def spread(one: Distribution) -> Plot:
    """A histogram of one share; rows that have all of it stand apart, in colour."""
    low, middle, high = one.quartiles
    alt = (
        f"Histogram over {one.rows:,} rows of the share of {one.words}: {one.full:,} have all of it, "
        f"median {middle:.2f}, quartiles {low:.2f} and {high:.2f}."
    )
    return both(2.1, lambda axes, wide: _draw_spread(axes, one), alt)


def _draw_spread(axes: Any, one: Distribution) -> None:
    counts = [*one.counts, one.full]
    axes.bar(range(BINS + 1), counts, width=0.9, color=[*[GREY] * BINS, BLUE])
    most = max(*counts, 1)
    for place, count in enumerate(counts):
        if count:
            axes.annotate(
                f"{count:,}", (place, count), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=8
            )
    axes.set_ylim(0, most * 1.15)
    axes.set_xticks([-0.5, 4.5, 9.5, 10], ["0", "0.5", "", "all"])
    axes.set_xlabel(f"share of {one.words}")
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def reliability(calibration: Json) -> Plot:
    """Given probability against the share that was right, one mark a bin, its area by how many it holds."""
    bins = calibration["reliability"]
    said = ", ".join(f"given {one['probability']:.2f} right {one['right']:.2f}" for one in bins)
    alt = f"Reliability diagram: {said}. The diagonal is where a probability means what it says."
    return both(3.6, lambda axes, wide: _draw_reliability(axes, bins), alt)


def _draw_reliability(axes: Any, bins: Sequence[Json]) -> None:
    most = max(one["count"] for one in bins)
    axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
    given, right = [one["probability"] for one in bins], [one["right"] for one in bins]
    axes.plot(given, right, color=BLUE, linewidth=1, alpha=0.4)
    axes.scatter(
        given, right, s=[20 + 180 * one["count"] / most for one in bins], color=BLUE, edgecolor="white", zorder=3
    )
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.set_aspect("equal")
    axes.set_xlabel("probability given")
    axes.set_ylabel("share that was right")
    axes.grid(color=RULE, linewidth=0.7)

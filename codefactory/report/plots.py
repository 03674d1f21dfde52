"""The plots of a report as SVG, each in a wide and a narrow form, with an alternative text that says what is seen.

Colours are Okabe and Ito's (2008), which the common kinds of colour blindness tell apart; markers differ as well, so
that a grey print can be read. Labels stand at what they name, there are no legends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from codefactory.report.inputs import Run

INK, QUIET, RULE = "#1f2328", "#6a6f76", "#d8d8d4"
COLOURS = {
    "none": "#5c6168", "human": "#d55e00", "synthetic": "#0072b2", "unfiltered": "#56b4e9", "mixed": "#009e73",
    "rejected": "#cc79a7",
}  # fmt: skip
# What a curve over the amounts is called, in the order in which they stand side by side.
CURVES = {"unfiltered": "unfiltered", "synthetic": "verified", "mixed": "mixed"}
MARKERS = {"none": "o", "human": "s", "synthetic": "o", "unfiltered": "D", "mixed": "^", "rejected": "v"}
CHAIN_COLOURS = ("#d55e00", "#0072b2", "#e69f00", "#009e73", "#cc79a7")
RULE_COLOURS = {"naive": "#e69f00", "agreement": "#0072b2"}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
WIDE, NARROW = 7.2, 3.7  # inches: a page's column, and a phone
LINE = 11.0  # points from one label to the next
STYLE = {
    "svg.hashsalt": "codefactory",  # else every drawing has ids of its own and no two reports are alike
    "svg.fonttype": "none",
    "font.size": 9.5,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "text.color": INK,
}

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plot:
    """One picture: SVG text for a page and for a phone, and what it says in words."""

    wide: str
    narrow: str
    alt: str


def available() -> bool:
    """Whether matplotlib is there."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        return False
    return True


def arms(study: Json) -> Plot:
    """Every arm's score with its interval, its seeds as small marks."""
    rows = list(study["arms"])
    height = 0.42 * len(rows) + 0.9
    said = "; ".join(f"{arm['name']} {_percent(arm['score'])}" for arm in rows)
    alt = f"Dot plot of pass@{study['k']} with {100 * study['confidence']:g} % intervals: {said}."
    return both(height, lambda axes, wide: _draw_arms(axes, rows, study, wide), alt)


def _draw_arms(axes: Any, rows: Sequence[Json], study: Json, wide: bool) -> None:
    for place, arm in enumerate(reversed(rows)):
        colour, score = COLOURS[arm["data"]], arm["score"]
        axes.plot([100 * score["low"], 100 * score["high"]], [place, place], color=colour, linewidth=2, alpha=0.55)
        seeds = [100 * share for share in arm["seed_scores"]]
        axes.plot(seeds, [place] * len(seeds), "|", color=colour, markersize=8, markeredgewidth=1.1)
        axes.plot(
            100 * score["value"], place, MARKERS[arm["data"]], color=colour, markersize=7, markeredgecolor="white"
        )
        axes.annotate(
            f"{100 * score['value']:.1f}",
            (100 * score["high"], place),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            fontweight="bold",
        )
    names = [arm["name"] for arm in reversed(rows)]
    axes.set_yticks(range(len(names)), names, color=INK)
    axes.set_ylim(-0.6, len(names) - 0.4)
    top = max(100 * arm["score"]["high"] for arm in rows)
    axes.set_xlim(0, min(100, max(5, top * 1.12)))
    axes.set_xlabel(f"pass@{study['k']} on {study['tasks']} tasks, %" if wide else f"pass@{study['k']}, %")
    axes.grid(axis="x", color=RULE, linewidth=0.7)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def amount(study: Json) -> Plot | None:
    """Amount of synthetic data against score, human as a band; None where there is one size only."""
    # An arm of another policy, or without a recipe, is no other size of the same data.
    sized = [arm for arm in study["arms"] if arm["data"] in CURVES and not arm.get("variant")]
    sizes = sorted({arm["synthetic_rows"] for arm in sized if arm["data"] == "synthetic"})
    if len(sizes) < 2:
        return None
    said = "; ".join(f"{CURVES[data]} {_curve_in_words(sized, data)}" for data in CURVES if _of(sized, data))
    levels = [(arm, "a horizontal band" if arm["data"] == "human" else "a dashed line") for arm in _levels(study)]
    across = "; ".join(f"{arm['name']} as {form} at {_percent(arm['score'])}" for arm, form in levels)
    alt = f"Score against number of synthetic rows: {said}. {across}."
    return both(3.3, lambda axes, wide: _draw_amount(axes, study, sized, wide), alt)


def _of(arms: Sequence[Json], data: str) -> list[Json]:
    return sorted((arm for arm in arms if arm["data"] == data), key=lambda arm: int(arm["synthetic_rows"]))


def _levels(study: Json) -> list[Json]:
    return [arm for arm in study["arms"] if arm["data"] in ("human", "none")]


def _curve_in_words(arms: Sequence[Json], data: str) -> str:
    return ", ".join(f"{arm['synthetic_rows']:,} rows {_percent(arm['score'])}" for arm in _of(arms, data))


def _draw_amount(axes: Any, study: Json, sized: Sequence[Json], wide: bool) -> None:
    rows = sorted({arm["synthetic_rows"] for arm in sized})
    span = rows[-1] / rows[0]  # room for the labels on both sides
    left, right = rows[0] / span ** (0.12 if wide else 0.3), rows[-1] * span ** (0.16 if wide else 0.35)
    for arm in _levels(study):
        _level(axes, arm)
    for place, data in enumerate(CURVES):
        # Side by side where several have one size, so that no interval covers another.
        _curve(axes, _of(sized, data), data, span ** ((place - 1) * (0.012 if wide else 0.024)))
    axes.set_xscale("log")
    axes.set_xlim(left, right)
    axes.set_xticks(_apart(rows, 1.25 if wide else 1.7), [f"{row:,}" for row in _apart(rows, 1.25 if wide else 1.7)])
    axes.minorticks_off()
    axes.set_ylim(bottom=0)
    axes.set_xlabel("synthetic training rows (log scale)")
    axes.set_ylabel(f"pass@{study['k']}, %")
    axes.grid(axis="y", color=RULE, linewidth=0.7)
    levels = [Label(arm["name"], left, 100 * arm["score"]["value"], COLOURS[arm["data"]]) for arm in _levels(study)]
    write_labels(axes, levels, (4, 7))
    last = [(data, _of(sized, data)[-1]) for data in CURVES if _of(sized, data)]
    ends = [(data, arm["synthetic_rows"], 100 * arm["score"]["value"]) for data, arm in last]
    write_labels(axes, [Label(CURVES[data], x, y, COLOURS[data]) for data, x, y in ends], (13, 0))


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside a place of a plot, in data coordinates."""

    text: str
    x: float
    y: float
    colour: str


def write_labels(axes: Any, labels: Sequence[Label], shift: tuple[float, float]) -> None:
    """Labels beside their places (by so many points right and up), moved apart until each has a line of its own.

    The limits of the axes have to be final: where a place is on paper is asked of the drawn figure.
    """
    axes.figure.draw_without_rendering()
    point = axes.figure.dpi / 72
    floor, ceiling = (edge / point for edge in axes.get_window_extent().intervaly)
    heights = [axes.transData.transform((label.x, label.y))[1] / point for label in labels]
    lines = apart([height + shift[1] for height in heights], LINE, floor + LINE / 2, ceiling)
    for label, height, line in zip(labels, heights, lines, strict=True):
        axes.annotate(
            label.text, (label.x, label.y), xytext=(shift[0], line - height), textcoords="offset points",
            color=label.colour, fontsize=8.5, va="center",
        )  # fmt: skip


def apart(heights: Sequence[float], gap: float, floor: float, ceiling: float) -> list[float]:
    """Heights in the same order at least a gap from each other, moved as little as that takes (least squares)."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    blocks: list[tuple[float, int]] = []  # mean of what is pushed together, less the gaps below it; how many
    for rank, index in enumerate(order):
        mean, count = heights[index] - rank * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, size = blocks.pop()
            mean, count = (before * size + mean * count) / (size + count), size + count
        blocks.append((mean, count))
    low, high = floor, ceiling - (len(order) - 1) * gap
    flat = [max(low, min(high, mean)) for mean, count in blocks for _ in range(count)]
    found = {index: flat[rank] + rank * gap for rank, index in enumerate(order)}
    return [found[index] for index in range(len(heights))]


def _apart(rows: Sequence[int], factor: float) -> list[int]:
    """Sizes far enough from each other for their labels, the largest always."""
    kept: list[int] = []
    for row in sorted(rows, reverse=True):
        if not kept or row * factor <= kept[-1]:
            kept.append(row)
    return kept[::-1]


def _level(axes: Any, arm: Json) -> None:
    score, colour = arm["score"], COLOURS[arm["data"]]
    if arm["data"] == "human":
        axes.axhspan(100 * score["low"], 100 * score["high"], color=colour, alpha=0.13, linewidth=0)
    axes.axhline(
        100 * score["value"], color=colour, linewidth=1.2, linestyle="-" if arm["data"] == "human" else (0, (4, 3))
    )


def _curve(axes: Any, ordered: Sequence[Json], data: str, beside: float) -> None:
    if not ordered:
        return
    x = [arm["synthetic_rows"] * beside for arm in ordered]
    y = [100 * arm["score"]["value"] for arm in ordered]
    reach = [[100 * (arm["score"]["value"] - arm["score"]["low"]) for arm in ordered]]
    reach.append([100 * (arm["score"]["high"] - arm["score"]["value"]) for arm in ordered])
    hollow = "white" if data == "unfiltered" else COLOURS[data]
    axes.errorbar(
        x, y, yerr=reach, color=COLOURS[data], marker=MARKERS[data], markerfacecolor=hollow, markersize=6.5,
        linewidth=1.6, elinewidth=1.3, capsize=0, zorder=3,
    )  # fmt: skip


def funnel(run: Run) -> Plot:
    """Stages that all rules share as grey bars, then what each rule keeps."""
    rows = [(stage, count, "#b9bcc0") for stage, count in run.stages.items()]
    rows += [(f"kept, {rule}", run.kept[rule], RULE_COLOURS.get(rule, "#b9bcc0")) for rule in run.rules]
    alt = "Bar chart of the funnel: " + ", ".join(f"{name} {count:,}" for name, count, _ in rows) + "."
    return both(0.36 * len(rows) + 0.5, lambda axes, wide: _draw_funnel(axes, rows), alt)


def _draw_funnel(axes: Any, rows: Sequence[tuple[str, int, str]]) -> None:
    names, counts, colours = zip(*reversed(rows), strict=True)
    axes.barh(range(len(names)), counts, color=colours, height=0.66)
    axes.set_yticks(range(len(names)), names, color=INK)
    first = rows[0][1] or 1
    for place, count in enumerate(counts):
        share = f"{count:,}" if place == len(counts) - 1 else f"{count:,}  ({100 * count / first:.0f} %)"
        axes.annotate(share, (count, place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
    axes.set_xlim(0, max(counts) * 1.3)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def generations(found: Json) -> Plot:
    """Round against share of drafts kept and against recall, a line a chain, side by side."""
    chains = found["chains"]
    said = "; ".join(
        f"{chain['name']}: kept {', '.join(_points(step['round']['kept']['value']) for step in chain['steps'])}, "
        f"recall {', '.join(_points(step['round']['recall']) for step in chain['steps'])}"
        for chain in chains
    )
    alt = f"Two line plots over the rounds, in percent. {said}."
    return Plot(_generations_svg(WIDE, chains, 2), _generations_svg(NARROW, chains, 1), alt)


def _generations_svg(width: float, chains: Sequence[Json], columns: int) -> str:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(figsize=(width, 2.8 * (3 - columns)), layout="constrained")
        parts = figure.subplots(3 - columns, columns)
        for axes, (key, title) in zip(parts, (("kept", "kept, %"), ("recall", "recall, %")), strict=True):
            for side in ("top", "right"):
                axes.spines[side].set_visible(False)
            for place, chain in enumerate(chains):
                _draw_chain(axes, chain, key, place)
            axes.set_ylabel(title)
            axes.set_xlabel("writer")
            axes.set_ylim(bottom=0)
            axes.set_xticks(range(len(chains[0]["steps"])))
            axes.margins(x=0.1)
            axes.grid(axis="y", color=RULE, linewidth=0.7)
            write_labels(axes, [_end(chain, key, place) for place, chain in enumerate(chains)], (8, 0))
        return _as_svg(figure)


def _draw_chain(axes: Any, chain: Json, key: str, place: int) -> None:
    heights = _heights(chain, key)
    style = "-" if chain["verified"] else (0, (4, 3))
    marker, colour = "os^Dv"[place % 5], CHAIN_COLOURS[place % len(CHAIN_COLOURS)]
    axes.plot(range(len(heights)), heights, color=colour, linestyle=style, marker=marker, markersize=5)


def _end(chain: Json, key: str, place: int) -> Label:
    heights = _heights(chain, key)
    return Label(chain["name"], len(heights) - 1, heights[-1], CHAIN_COLOURS[place % len(CHAIN_COLOURS)])


def _heights(chain: Json, key: str) -> list[float]:
    shares = [step["round"][key] for step in chain["steps"]]
    return [100 * (share["value"] if key == "kept" else share) for share in shares]


def _points(share: float) -> str:
    return f"{100 * share:.1f}"


def both(height: float, draw: Callable[[Any, bool], None], alt: str) -> Plot:
    """One picture in both forms: `draw` is given the axes and whether there is room; `height` is in inches."""
    return Plot(_svg(WIDE, height, draw, True), _svg(NARROW, height, draw, False), alt)


def _svg(width: float, height: float, draw: Callable[[Any, bool], None], wide: bool) -> str:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        draw(axes, wide)
        return _as_svg(figure)


def _as_svg(figure: Any) -> str:
    out = StringIO()
    figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    # The reader's own font: what matplotlib would name is installed on few machines.
    return re.sub(r"font-family: [^;\"]+", f"font-family: {FONT}", out.getvalue())


def _percent(score: Json) -> str:
    return f"{100 * score['value']:.1f} % ({100 * score['low']:.1f} to {100 * score['high']:.1f})"

"""One self-contained page about the verdicts on anybody's rows: what holds, why not, how thorough the tests are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from codefactory.report import plots, verdict_plots
from codefactory.report.html import fill, save
from codefactory.report.inputs import Json
from codefactory.report.verdicts import UNREADABLE_SHOWN, Verified, read_verified

TEMPLATE = "verified.html.j2"


def write_verified(folder: Path, path: Path | None = None) -> Path:
    """Write the page about the verdicts in a folder, and return where it is: `report.html` beside them, unless named.

    Raises:
        InputError: if the folder holds no finished verdicts, jinja2 is missing, or the page cannot be written.
    """
    return save(render(read_verified(folder), folder), path or folder / "report.html")


def render(found: Verified, folder: Path) -> str:
    """The page as text.

    Raises:
        InputError: if jinja2 is missing.
    """
    draw = plots.available()
    steps = _stages(found)
    calibration = found.summary.get("calibration") or {}
    return fill(
        TEMPLATE,
        found=found,
        folder=str(folder),
        name=Path(str(found.summary["file"])).name,
        stages=steps,
        stages_plot=verdict_plots.stages(steps) if draw else None,
        reasons=_reasons(found),
        spreads=[(one, verdict_plots.spread(one) if draw else None) for one in found.distributions],
        calibration=calibration,
        reliability=verdict_plots.reliability(calibration) if draw and calibration.get("reliability") else None,
        unlisted=max(0, found.kinds["unreadable"] - len(found.unreadable)),
        shown=UNREADABLE_SHOWN,
    )


def _stages(found: Verified) -> list[tuple[str, int]]:
    """What is left after each step; the last is what holds."""
    total = sum(found.kinds.values())
    read = total - found.kinds["unreadable"]
    return [
        ("verdicts", total),
        ("could be read", read),
        ("executed with tests", sum(found.assurances.values())),
        ("hold", found.kinds["holds"]),
    ]


def _reasons(found: Verified) -> list[dict[str, Any]]:
    """Every reason for a no, the most frequent first, with the first lines to look at."""
    lines: dict[tuple[str, str], list[int]] = {}
    endings: dict[tuple[str, str], list[str]] = {}
    for one in _counts(found):
        key = (str(one["verdict"]), str(one["reason"]))
        lines[key] = sorted({*lines.get(key, []), *one["first_lines"]})[:5]
        endings.setdefault(key, []).append(f"{one['status'] or 'not executed'} {one['count']:,}")
    most = max(found.reasons.values(), default=0) or 1
    return [
        {
            "verdict": key[0], "reason": key[1], "count": count, "width": 100 * count / most,
            "lines": lines.get(key, []), "endings": endings.get(key, []), "examples": found.examples.get(key[1], []),
        }
        for key, count in found.reasons.most_common()
    ]  # fmt: skip


def _counts(found: Verified) -> list[Json]:
    return list(found.summary.get("counts", []))

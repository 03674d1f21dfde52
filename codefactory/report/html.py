"""One self-contained page about a study and its run: opens offline, prints, fits a phone and a screen reader."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from codefactory.config import GenerationsConfig, RunConfig, StudyConfig
from codefactory.errors import InputError
from codefactory.reading import load
from codefactory.report import plots
from codefactory.report.inputs import Run, read_generations, read_run, read_study

TEMPLATE = "page.html.j2"
KEPT_SHOWN, DROPPED_SHOWN = 4, 10
NEED_JINJA = "a page needs jinja2 (and matplotlib for its plots): pip install 'codefactory[report]'"


def write(config: StudyConfig | GenerationsConfig | RunConfig, path: Path, source: str = "") -> Path:
    """Write the page about a study and the run behind it, about generations, or a run alone; returns where it is.

    Args:
        source: the file that the configuration came from as it is typed, with overrides, for the page's commands.

    Raises:
        InputError: if study or run has not been finished, jinja2 is missing, or the page cannot be written.
    """
    if isinstance(config, GenerationsConfig):
        page = render(generations=read_generations(config.out), source=source or "GENERATIONS.yaml")
    elif isinstance(config, StudyConfig):
        run, study = read_run(load(RunConfig, config.run).out), read_study(config.out)
        page = render(runs=[run], study=study, source=source or "STUDY.yaml")
    else:
        page = render(runs=[read_run(config.out)], source=source or "RUN.yaml")
    return save(page, path)


def save(page: str, path: Path) -> Path:
    """Write a page to its place, which is returned.

    Raises:
        InputError: if it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place with --out") from error
    return path


def render(
    *,
    runs: Sequence[Run] = (),
    study: Mapping[str, Any] | None = None,
    generations: Mapping[str, Any] | None = None,
    source: str = "STUDY.yaml",
) -> str:
    """The page as text.

    Raises:
        InputError: if jinja2 is missing.
    """
    return fill(
        TEMPLATE,
        runs=[_run(run) for run in runs],
        study=_study(study) if study else None,
        generations=_generations(generations) if generations else None,
        source=source,
    )


def fill(template: str, **values: Any) -> str:
    """A page of this folder's template, with `style` and `drawn` (whether there are plots) beside the values.

    Raises:
        InputError: if jinja2 is missing.
    """
    try:
        from jinja2 import Environment, StrictUndefined
        from markupsafe import Markup
    except ImportError as error:
        raise InputError(NEED_JINJA) from error
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "points": _points,
        "picture": _picture,
        "duration": _duration,
        "words": _words,
        "p": _p,
        "prose": _prose,
    }
    own = files("codefactory.report")
    style = Markup(own.joinpath("style.css").read_text(encoding="utf-8"))
    text = own.joinpath(template).read_text(encoding="utf-8")
    return environment.from_string(text).render(style=style, drawn=plots.available(), **values)


def _run(run: Run) -> dict[str, Any]:
    """A run with what the page derives from it."""
    kept = [one for one in run.examples if one.get("verdict") == "kept"][:KEPT_SHOWN]
    dropped = _spread([one for one in run.examples if one.get("verdict") != "kept"])[:DROPPED_SHOWN]
    return {
        "run": run,
        "funnel": plots.funnel(run) if plots.available() and run.stages else None,
        "most": max((max(reasons.values(), default=0) for reasons in run.reasons.values()), default=0) or 1,
        "examples": [("Kept", kept), ("Dropped", dropped)],
    }


def _spread(examples: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The first of every reason before the second of any."""
    seen: dict[str, int] = {}
    places = []
    for example in examples:
        reason = str(example.get("reason", ""))
        seen[reason] = seen.get(reason, 0) + 1
        places.append(seen[reason])
    return [example for _, example in sorted(zip(places, examples, strict=True), key=lambda pair: pair[0])]


def _generations(found: Mapping[str, Any]) -> dict[str, Any]:
    return {**found, "plot": plots.generations(found) if plots.available() else None}


def _study(study: Mapping[str, Any]) -> dict[str, Any]:
    """A study with its plots, its comparisons ordered and on one scale."""
    bases = {arm["name"] for arm in study["arms"] if arm["data"] == "none"}
    # What shows something first; the base, which every arm should beat, last.
    ordered = sorted(study["comparisons"], key=lambda one: (bool(bases & {one["a"], one["b"]}), not one["shown"]))
    reach = max((max(abs(one["low"]), abs(one["high"])) for one in ordered), default=0) or 1
    draw = plots.available()
    totals: Counter[str] = Counter()
    for arm in study["arms"]:
        totals.update(arm["statuses"])
    return {
        **study,
        "arms_plot": plots.arms(study) if draw else None,
        "amount_plot": plots.amount(study) if draw else None,
        "ordered": [{**one, "bar": _bar(one, reach)} for one in ordered],
        "lead": _lead(study),
        "endings": sorted(totals, key=lambda status: -totals[status]),
        "models": sum(len(arm["models"]) for arm in study["arms"]),
    }


def _lead(study: Mapping[str, Any]) -> list[str]:
    """What a reader came for: most synthetic rows against human, verified against unfiltered, the crossing."""
    arms = {arm["name"]: arm for arm in study["arms"]}

    def largest(first: str, second: str) -> list[str]:
        found = [
            one for one in study["comparisons"] if {arms[one["a"]]["data"], arms[one["b"]]["data"]} == {first, second}
        ]
        found.sort(key=lambda one: max(arms[one["a"]]["synthetic_rows"], arms[one["b"]]["synthetic_rows"]))
        return [str(one["sentence"]) for one in found[-1:]]

    crossing = study.get("crossing")
    found = largest("synthetic", "human") + largest("synthetic", "unfiltered")
    return found + ([str(crossing["sentence"])] if crossing else [])


def _bar(comparison: Mapping[str, Any], reach: float) -> dict[str, float]:
    """Places on a scale of 0 to 100 whose middle is no difference."""
    return {key: 50 + 48 * comparison[key] / reach for key in ("low", "high", "difference")}


# ── filters of the template ──────────────────────────────────────────────────────────────────────────────────────────


def _points(share: float) -> str:
    return f"{100 * share:.1f}"


def _picture(plot: plots.Plot) -> Any:
    """Both forms in one element; a browser loads the one that fits, paper takes the wide one."""
    from markupsafe import Markup

    narrow, wide = (base64.b64encode(svg.encode()).decode() for svg in (plot.narrow, plot.wide))
    kind = "data:image/svg+xml;base64,"
    return Markup(
        '<picture><source media="screen and (max-width: 560px)" srcset="{}"><img src="{}" alt="{}"></picture>'
    ).format(kind + narrow, kind + wide, plot.alt)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _prose(sentence: str) -> str:
    """With a true minus, and no line break before a percent sign."""
    return re.sub(r"(?<![\w-])-(?=\d)", "−", sentence).replace(" %", "\u00a0%")


def _p(value: float) -> str:
    return "< 0.001" if value < 0.0005 else f"{value:.3f}"


def _words(slug: str) -> str:
    return slug.replace("_", " ")

"""Turns the `seeds:` section of a run file into seeds: topic words, a grid, a file's lines, mined code, known tasks.

Every list is reproducible from the section alone, and the first n of a longer list are the shorter list.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import cycle, islice, repeat
from pathlib import Path
from typing import Any

from codefactory.config import SeedsConfig
from codefactory.errors import InputError
from codefactory.recipes import READERS
from codefactory.recipes.mining import mine
from codefactory.types import Record, Seed

CANDIDATES = 8  # cells of a grid that are compared before one is taken
WORDS = ("difficulty", "text", "persona", "audience", "style", "licence")  # of a seed in a file, beside its topics

Cell = tuple[tuple[str, str], ...]  # (axis, value)


def expand(config: SeedsConfig, language: str | None = None) -> list[Seed]:
    """`count` seeds, reproducible from `seed`; the first n of a longer list are the shorter list.

    Args:
        language: what the run writes (`recipe.language`), and so what `code` is in where the section does not say.

    Raises:
        InputError: if what the section names is missing, empty, or has a line that cannot be read (named).
    """
    return list(stream(config, language))


def stream(config: SeedsConfig, language: str | None = None) -> Iterator[Seed]:
    """The same seeds one by one: memory holds what is read from files, and nothing that grows with `count`.

    Raises:
        InputError: as `expand`, before the first seed.
    """
    drawn: Iterable[Seed]
    if config.file:
        drawn = islice(cycle(_read(config.file)), config.count)
    elif config.code:
        drawn = _on_grid(config, _mined(config, config.code, language or "python"))
    elif config.tasks or config.corpus:
        drawn = _on_grid(config, _known(config))
    elif config.personas or config.audiences or config.styles:
        drawn = _on_grid(config, repeat(Seed(source="grid"), config.count))
    else:
        drawn = (_draw(config, number) for number in range(config.count))
    if config.constitution:
        principles = _text(config.constitution)
        drawn = (replace(seed, constitution=principles) for seed in drawn)
    return _count_draws(drawn)


def _draw(config: SeedsConfig, number: int) -> Seed:
    # A generator of its own for every seed: more seeds never change the ones before them.
    generator = random.Random(f"{config.seed}:{number}")
    size = min(config.topics_per_seed, len(config.topics))
    topics = tuple(sorted(generator.sample(config.topics, size)))
    difficulty = generator.choice(config.difficulties) if config.difficulties else ""
    return Seed(topics, difficulty, source="topics")


def _count_draws(seeds: Iterable[Seed]) -> Iterator[Seed]:
    """Number the repetitions of equal seeds, so that each is a sample of its own."""
    seen: Counter[str] = Counter()
    for seed in seeds:
        name = seed.id  # a seed that holds Records cannot be hashed
        yield replace(seed, draw=seen[name])
        seen[name] += 1


# ── a grid ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _on_grid(config: SeedsConfig, seeds: Iterable[Seed]) -> Iterable[Seed]:
    """Each seed in a cell of its own; as it is where the section names no axis."""
    wanted: dict[str, tuple[str, ...] | None] = {
        "topics": config.topics,
        "difficulty": config.difficulties,
        "persona": config.personas,
        "audience": config.audiences,
        "style": config.styles,
    }
    axes = {name: tuple(dict.fromkeys(values)) for name, values in wanted.items() if values}
    if not axes:
        return seeds
    cells = _cells(axes, random.Random(f"{config.seed}:grid"))  # without end
    return (_placed(seed, dict(cell)) for seed, cell in zip(seeds, cells, strict=False))


def _placed(seed: Seed, cell: dict[str, str]) -> Seed:
    return Seed(
        topics=(cell["topics"],) if "topics" in cell else seed.topics,
        difficulty=cell.get("difficulty", seed.difficulty),
        text=seed.text,
        source=seed.source,
        persona=cell.get("persona", seed.persona),
        audience=cell.get("audience", seed.audience),
        style=cell.get("style", seed.style),
        licence=seed.licence,
        tasks=seed.tasks,
        language=seed.language,
    )


def _cells(axes: dict[str, tuple[str, ...]], generator: random.Random) -> Iterator[Cell]:
    """Cells without end: none comes twice before each came once, and of a few the one with the rarest values."""
    size = math.prod(map(len, axes.values()))
    used: Counter[tuple[str, str]] = Counter()
    seen: set[Cell] = set()
    while True:
        tries = CANDIDATES if 2 * len(seen) < size else 1  # near the end of a pass an unseen cell is rare
        found = [_unseen(axes, generator, seen) for _ in range(tries)]
        cell = min(found, key=lambda cell: sum(used[pair] * len(axes[pair[0]]) for pair in cell))
        used.update(cell)
        seen.add(cell)
        if len(seen) == size:
            seen.clear()
        yield cell


def _unseen(axes: dict[str, tuple[str, ...]], generator: random.Random, seen: set[Cell]) -> Cell:
    while True:
        cell = tuple((name, generator.choice(values)) for name, values in axes.items())
        if cell not in seen:
            return cell


# ── real code, known tasks ───────────────────────────────────────────────────────────────────────────────────────────


def _mined(config: SeedsConfig, folder: Path, written: str) -> Iterable[Seed]:
    """`count` mined functions in an order that mixes the files; `written` is the language that the run writes.

    Python is said to be Python where the run writes another language: no language at all is a text, and no code.
    """
    found = list(mine(folder, config.licences, config.language or written))
    if written != "python":
        found = [replace(seed, language=seed.language or "python") for seed in found]
    random.Random(f"{config.seed}:code").shuffle(found)
    return islice(cycle(found), config.count)


def _known(config: SeedsConfig) -> Iterable[Seed]:
    """`count` seeds that hold one known task in turn, or `examples` of them drawn at random."""
    records: list[Record] = []
    records += READERS.load("tasks")(config.tasks) if config.tasks else []
    records += READERS.load("corpus")(config.corpus) if config.corpus else []
    # Several solutions to one problem are one task: to ask about it twice would be to ask for the same samples.
    pool = list({record.problem: record for record in reversed(records)}.values())[::-1]
    size = min(config.examples or 1, len(pool))
    if not size:
        raise InputError(
            f"{config.corpus or config.tasks}: holds no tasks; name another in seeds.tasks or seeds.corpus"
        )
    if size == 1:
        return (_holding((pool[number % len(pool)],)) for number in range(config.count))
    draws = (random.Random(f"{config.seed}:{number}:examples") for number in range(config.count))
    return (_holding(tuple(draw.sample(pool, size))) for draw in draws)


def _holding(tasks: tuple[Record, ...]) -> Seed:
    """A seed that holds these tasks under all of their licences; one task alone gives its topics and difficulty too."""
    one = tasks[0] if len(tasks) == 1 else None
    licences = sorted({task.licence for task in tasks if task.licence})
    if len(licences) > 1:  # a choice that one task gives is none for the others
        licences = [f"({licence})" if " or " in licence.lower() else licence for licence in licences]
    return Seed(
        topics=one.topics if one else (),
        difficulty=one.difficulty if one else "",
        source=", ".join(task.name or task.id for task in tasks),
        licence=" and ".join(licences),
        tasks=tasks,
    )


# ── a file ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}); name a text file in seeds.constitution") from error


def _read(path: Path) -> list[Seed]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: seeds cannot be read ({error}); name a text or JSONL file in seeds.file") from error
    seeds = [_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not seeds:
        raise InputError(f"{path}: no seeds in it; write one idea a line")
    return seeds


def _line(path: Path, number: int, line: str) -> Seed:
    if not line.lstrip().startswith("{"):
        return Seed(text=line.strip(), source=path.name)
    try:
        return _of_row(json.loads(line), path.name)
    except ValueError as error:
        raise InputError(f"{path}:{number}: not a seed ({error}); expected text, or JSON with text/topics") from error


def _of_row(row: dict[str, Any], source: str) -> Seed:
    """A seed from an object's known keys; others, such as an id, are nobody's business here."""
    if not {"topics", *WORDS} & set(row):
        raise ValueError(f"it has none of: topics, {', '.join(WORDS)}")
    topics = row.get("topics") or []
    if not isinstance(topics, list):
        raise ValueError('topics is a list, such as ["lists", "sums"]')
    difficulty, text, persona, audience, style, licence = (str(row.get(name) or "") for name in WORDS)
    return Seed(tuple(map(str, topics)), difficulty, text, source, 0, persona, audience, style, licence)

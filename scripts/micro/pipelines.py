"""Tasks made by composition: a source of elements, up to two filters, a map, and a reduction or list form."""

from __future__ import annotations

import builtins
import keyword
import random
from typing import Any

from scripts.micro.elements import (
    CHAR_MAPS,
    CHAR_PREDICATES,
    INT_MAPS,
    INT_PREDICATES,
    WORD_MAPS,
    WORD_PREDICATES,
    Element,
    choose,
)
from scripts.micro.reductions import ENDINGS, Ending
from scripts.micro.shapes import Task, Value, show
from scripts.micro.sources import Source, char_source, int_source, word_source
from scripts.micro.styles import Plan, write

PREDICATES = {"int": INT_PREDICATES, "char": CHAR_PREDICATES, "word": WORD_PREDICATES}
MAPS = {"int": INT_MAPS, "char": CHAR_MAPS, "word": WORD_MAPS}
TOPIC = {"int": "lists", "char": "strings", "word": "words"}
AFTER_MAP = {"count", "any", "none", "two", "one", "top2", "set"}
_WEIGHTS = {key: [ending.weight for ending in endings] for key, endings in ENDINGS.items()}


def pipeline(rng: random.Random, comments: bool = False) -> Task:
    """One random pipeline task."""
    while True:
        task = _attempt(rng, comments)
        if task is not None:
            return task


def _attempt(rng: random.Random, comments: bool) -> Task | None:
    element = rng.choices(("int", "char", "word"), (56, 22, 22))[0]
    filters, maps = rng.choices(((0, 0), (1, 0), (0, 1), (2, 0), (1, 1)), (16, 42, 22, 5, 15))[0]
    predicates = [choose(rng, PREDICATES[element]) for _ in range(filters)]
    change = choose(rng, MAPS[element]) if maps else None
    source = _source(rng, element, predicates, change)
    after = (change.out or element) if change else element
    ending = _ending(rng, element, after, change)
    if ending is None or not _sensible(source, predicates, change, ending):
        return None
    return _task(rng, source, predicates, change, ending, comments)


def _source(rng: random.Random, element: str, predicates: list[Element], change: Element | None) -> Source:
    signed = any(p.signed for p in predicates) or bool(change and change.signed)
    if element == "int":
        return int_source(rng, signed, change is not None and change.key in ("cube", "mul:k", "mul:9", "mul:5"))
    if element == "char":
        return char_source(rng, signed)
    return word_source(rng)


def _ending(rng: random.Random, element: str, after: str, change: Element | None) -> Ending | None:
    if change is not None and change.out in ("bool", "str") and element == "int":
        return ENDINGS["str"][0]
    table = after if after in ENDINGS else element
    ending = rng.choices(ENDINGS[table], _WEIGHTS[table])[0]
    if change is not None and ending.key in AFTER_MAP:
        return None
    return ending


def _sensible(source: Source, predicates: list[Element], change: Element | None, ending: Ending) -> bool:
    extras = [e for e in (*predicates, change) if e is not None and e.extra]
    operations = source.derived + len(predicates) + (change is not None) + ending.operation
    if len(extras) > 1 or operations > 3 or operations == 0:
        return False
    if len(predicates) == 2 and (
        predicates[0].key.split(":")[0] == predicates[1].key.split(":")[0]
        or predicates[0].before == predicates[1].before is True
    ):
        return False
    if not predicates and ending.key in ("any", "none", "one") and not source.derived:
        return False
    if not predicates and change is None and ending.key in ("list",):
        return source.derived
    if ending.key == "backwards" and change is not None and change.key in ("star", "dash"):
        return False
    if ending.key == "product" and (change is not None or source.key in ("digits", "range")):
        return False
    return not (source.key == "dict" and ending.key == "reversed")


def _task(
    rng: random.Random,
    source: Source,
    predicates: list[Element],
    change: Element | None,
    ending: Ending,
    comments: bool,
) -> Task:
    extra: tuple[str, ...] = ()
    carrier = next((e for e in (*predicates, change) if e is not None and e.extra), None)
    taken = {*source.params, "pairs", "flat", "parts", "digits", "common", "rest", "gaps", "sums", "divisors"}
    if carrier is not None:
        options = [name for name in carrier.extra if name not in taken] or ["k"]
        extra = (rng.choice(options),)
    k = extra[0] if extra else ""
    taken |= set(extra)
    conditions = [rng.choice(p.expressions).replace("{k}", k) for p in predicates]
    changed = rng.choice(change.expressions).replace("{k}", k) if change else ""
    name = min((_names(rng, source, predicates, change, ending)[0] for _ in "ab"), key=len)
    plan = Plan(source, conditions, changed, ending, taken | {name}, rng, comments)
    pieces = tuple(
        [source.key] * source.derived
        + [p.key for p in predicates]
        + [f"map-{change.key}" for _ in "x" if change]
        + [ending.key] * ending.operation
    )
    typed = tuple(f"{source.element}.{piece}" for piece in pieces)
    return Task(
        kind="+".join(
            [
                source.key,
                *[p.key.split(":")[0] for p in predicates],
                *(["map-" + change.key.split(":")[0]] if change else []),
                ending.key,
            ]
        ),
        pieces=typed,
        difficulty=min(2, max(0, len(typed) - 1)),
        topics=_topics(source, predicates, change, ending),
        names=(name,),
        params=(*source.params, *extra),
        asks=(_ask(rng, source, predicates, change, ending, k),),
        yes_no=ending.yes_no,
        body=write(plan, name, extra),
        draw=lambda r: (
            *(draw(r) for draw in source.draws),
            *([carrier.extra_draw(r)] if carrier is not None and carrier.extra_draw else []),
        ),
        **_meaning(source, predicates, change, ending, bool(extra)),
    )


def _meaning(
    source: Source, predicates: list[Element], change: Element | None, ending: Ending, has_extra: bool
) -> dict[str, Any]:
    tests = [p.meaning() for p in predicates]
    convert = change.meaning() if change else None

    def stages(arguments: tuple[Value, ...]) -> list[list[Value]]:
        k = arguments[-1] if has_extra else None
        found = [list(source.values(*(arguments[:-1] if has_extra else arguments)))]
        if tests:
            found.append([x for x in found[-1] if all(test(x, k) for test in tests)])
        if convert:
            found.append([convert(x, k) for x in found[-1]])
        return found

    def answer(*arguments: Value) -> Value:
        return ending.meaning(stages(arguments)[-1])

    def trace(*arguments: Value) -> list[str]:
        levels = stages(arguments)
        shown = [", ".join(map(show, arguments))]
        texts = [_show_level(source, level) for level in (levels if source.shown else levels[1:])]
        worked = ending.work(levels[-1]) if ending.work else ""
        result = show(ending.meaning(levels[-1]))
        parts = shown + texts + [worked] * bool(worked)
        while parts and parts[-1] == result:
            parts.pop()
        return parts if len(parts) > 1 else []

    return {"answer": answer, "trace": trace}


def _show_level(source: Source, level: list[Value]) -> str:
    return show("".join(level)) if source.element == "char" else show(level)


def _topics(source: Source, predicates: list[Element], change: Element | None, ending: Ending) -> tuple[str, ...]:
    topics = [source.topic, ending.topic]
    topics += ["filtering"] * bool(predicates) + ["mapping"] * bool(change)
    topics += [e.topic for e in (*predicates, change) if e is not None and e.topic]
    if source.element == "char":
        topics.append("strings")
    return tuple(dict.fromkeys(topics))


def _noun(rng: random.Random, source: Source, predicates: list[Element]) -> str:
    noun, joined = source.nouns, False
    for p in sorted(predicates, key=lambda p: not p.before):
        said = rng.choice(p.said)
        if p.before:
            noun = f"{said} {noun}"
        elif p.verb or said in ("vowels", "consonants", "digits", "not digits", "letters of the alphabet"):
            verb = said if p.verb else "are " + said
            noun, joined = f"{noun} that {verb}" if not joined else f"{noun} and {verb}", True
        else:
            link = rng.choice((" that are ", " ")) if not joined else " and "
            noun, joined = f"{noun}{link}{said}", True
    return noun


def _ask(
    rng: random.Random, source: Source, predicates: list[Element], change: Element | None, ending: Ending, k: str
) -> str:
    noun = _noun(rng, source, predicates)
    if len(predicates) == 1 and not change and predicates[0].key in ("vowel", "consonant") and rng.random() < 0.7:
        noun = predicates[0].said[0]
    bare, there = f"{noun} {source.place}", f"{noun} there are {source.place}"
    whole = f"the {bare}"
    if change:
        whole = rng.choice(change.said).replace("{X}", whole)
        bare = there = whole
    said = rng.choice(ending.said)
    return said.replace("{X}", whole).replace("{B}", bare).replace("{T}", there).replace("{k}", k)


def _names(
    rng: random.Random, source: Source, predicates: list[Element], change: Element | None, ending: Ending
) -> list[str]:
    verb = rng.choice(ending.names)
    parts = [rng.choice(p.names) for p in predicates]
    noun = (
        rng.choice((source.nouns.split()[-1], source.name, ""))
        if source.shown
        else rng.choice((source.nouns, "", "")).split(" ")[-1]
    )
    if change:
        parts.insert(0, rng.choice(change.names))
        if ending.key == "list":
            verb = rng.choice(("", "", "all", "map"))
    elif predicates and ending.key in ("list", "join"):
        verb = rng.choice(("keep", "filter", "only", "get", "select", "find", "pick", ""))
    words = [word for word in (verb, *parts, noun) if word]
    name = "_".join(words).replace("-", "_") or "collect"
    if name.count("_") > 3:
        name = "_".join(words[:-1])
    return [free_name(name, source.params, rng)]


def free_name(name: str, params: tuple[str, ...], rng: random.Random) -> str:
    """A function name that is neither a keyword, a builtin nor a parameter."""
    taken = keyword.iskeyword(name) or hasattr(builtins, name) or name in params
    return name + rng.choice(("_of", "_it", "_these")) if taken else name

"""Tasks that ask about elements without collecting them: all, any, positions, splits."""

# ruff: noqa: E501 - wordings stay on one line each

from __future__ import annotations

import random
from typing import Any

from scripts.micro.elements import CHAR_PREDICATES, INT_PREDICATES, WORD_PREDICATES, Element, choose, compiled
from scripts.micro.pipelines import free_name
from scripts.micro.shapes import Task, indent, show
from scripts.micro.sources import Source, char_source, int_source, word_source
from scripts.micro.styles import ELEMENT_NAMES

TABLES = {"int": INT_PREDICATES, "char": CHAR_PREDICATES, "word": WORD_PREDICATES}


def quantifier(rng: random.Random, comments: bool = False) -> Task:
    """One random task over the elements of a source and one predicate."""
    while True:
        element = rng.choices(("int", "char", "word"), (55, 25, 20))[0]
        predicate = choose(rng, TABLES[element])
        source = (
            int_source(rng, predicate.signed, False)
            if element == "int"
            else char_source(rng, predicate.signed)
            if element == "char"
            else word_source(rng)
        )
        if not predicate.verb and predicate.said[0] in ("letters of the alphabet", "not digits"):
            continue
        kind = rng.choices(("all", "any", "notall", "index", "positions", "split", "share"), (34, 26, 6, 12, 8, 8, 6))[
            0
        ]
        return _MAKERS[kind](rng, source, predicate)


def _verb(rng: random.Random, predicate: Element, k: str, singular: bool) -> str:
    said = rng.choice(predicate.said).replace("{k}", k)
    if not predicate.verb:
        said = {"vowels": "vowel", "consonants": "consonant", "digits": "digit"}.get(said, said) if singular else said
        said = said.replace("multiples of", "a multiple of") if singular else said
        article = "a " if singular and said in ("vowel", "consonant", "digit") else ""
        return ("is " if singular else "are ") + article + said
    first, rest = said.split(" ", 1)
    if not singular:
        return said
    if rest == "palindromes":
        return "is a palindrome"
    return {"are": "is", "have": "has"}.get(first, first + "s") + " " + rest


def _base(
    rng: random.Random,
    source: Source,
    predicate: Element,
    name: str,
    kind: str,
    said: str,
    lines: list[str],
    yes_no: bool,
    answer: Any,
) -> Task:
    k = _k(source, predicate)
    work = compiled(predicate.expressions[0])

    def elements(arguments: tuple[Any, ...]) -> tuple[list[Any], Any]:
        extra = arguments[-1] if k else None
        return list(source.values(*(arguments[:-1] if k else arguments))), extra

    def trace(*arguments: Any) -> list[str]:
        values, _ = elements(arguments)
        listed = show("".join(values)) if source.element == "char" else show(values)
        return [", ".join(map(show, arguments)), listed] if source.shown else []

    def result(*arguments: Any) -> Any:
        values, extra = elements(arguments)
        return answer(values, [bool(work(x, extra)) for x in values])

    draw = predicate.extra_draw
    return Task(
        kind=f"{source.key}+{predicate.key.split(':')[0]}+{kind}",
        pieces=tuple(f"{source.element}.{p}" for p in ((source.key,) * source.derived + (predicate.key, kind))) if source.derived else (f"{source.element}.{predicate.key}.{kind}",),
        difficulty=1 if source.derived or kind in ("positions", "split", "share") else 0,
        topics=tuple(dict.fromkeys((source.topic, "booleans" if yes_no else {"index": "positions", "positions": "positions"}.get(kind, "filtering"), "searching" if kind in ("any", "index") else source.topic, predicate.topic or "filtering"))),
        names=(free_name(name, source.params, rng),), params=(*source.params, *([k] if k else [])), asks=(said,), yes_no=yes_no,
        body="\n".join(indent([*source.setup, *lines])),
        draw=lambda r: (*(d(r) for d in source.draws), *([draw(r)] if k and draw else [])),
        answer=result, trace=trace,
    )  # fmt: skip


def _k(source: Source, predicate: Element) -> str:
    if not predicate.extra:
        return ""
    return next((name for name in predicate.extra if name not in source.params), "k")


def _parts(rng: random.Random, source: Source, predicate: Element) -> tuple[str, str, str]:
    k = _k(source, predicate)
    taken = {*source.params, k}
    x = rng.choice([name for name in ELEMENT_NAMES[source.element] if name not in taken])
    return k, x, rng.choice(predicate.expressions).format(x=x, k=k)


def _all(rng: random.Random, source: Source, predicate: Element) -> Task:
    k, x, test = _parts(rng, source, predicate)
    each = rng.random() < 0.5
    place = f"{source.nouns} {source.place}"
    said = (
        f"all {place} {_verb(rng, predicate, k, False)}"
        if each
        else f"every one of the {place} {_verb(rng, predicate, k, True)}"
    )
    it = source.iterable
    lines = rng.choice((
        [f"return all({test} for {x} in {it})"], [f"return all({test} for {x} in {it})"],
        [f"for {x} in {it}:", f"    if not ({test}):", "        return False", "return True"],
        [f"return not any(not ({test}) for {x} in {it})"],
        ["ok = True", f"for {x} in {it}:", f"    if not ({test}):", "        ok = False", "return ok"],
        [f"wrong = [{x} for {x} in {it} if not ({test})]", "return len(wrong) == 0"],
    ))  # fmt: skip
    name = rng.choice(("all", "only", "every", "are_all")) + "_" + rng.choice(predicate.names)
    return _base(rng, source, predicate, name, "all", said, lines, True, lambda values, flags: all(flags))


def _any(rng: random.Random, source: Source, predicate: Element) -> Task:
    k, x, test = _parts(rng, source, predicate)
    place = f"{source.nouns} {source.place}"
    said = rng.choice(
        (
            f"at least one of the {place} {_verb(rng, predicate, k, True)}",
            f"any of the {place} {_verb(rng, predicate, k, True)}",
            f"some of the {place} {_verb(rng, predicate, k, False)}",
        )
    )
    it = source.iterable
    lines = rng.choice((
        [f"return any({test} for {x} in {it})"], [f"return any({test} for {x} in {it})"],
        [f"for {x} in {it}:", f"    if {test}:", "        return True", "return False"],
        ["found = False", f"for {x} in {it}:", f"    if {test}:", "        found = True", "return found"],
        [f"hits = [{x} for {x} in {it} if {test}]", "return len(hits) > 0"],
    ))  # fmt: skip
    name = rng.choice(("has", "any", "contains", "some", "exists")) + "_" + rng.choice(predicate.names)
    return _base(rng, source, predicate, name, "any", said, lines, True, lambda values, flags: any(flags))


def _not_all(rng: random.Random, source: Source, predicate: Element) -> Task:
    k, x, test = _parts(rng, source, predicate)
    said = f"not all {source.nouns} {source.place} {_verb(rng, predicate, k, False)}"
    it = source.iterable
    lines = rng.choice((
        [f"return not all({test} for {x} in {it})"],
        [f"for {x} in {it}:", f"    if not ({test}):", "        return True", "return False"],
    ))  # fmt: skip
    return _base(
        rng,
        source,
        predicate,
        "not_all_" + rng.choice(predicate.names),
        "notall",
        said,
        lines,
        True,
        lambda values, flags: not all(flags),
    )


def _index(rng: random.Random, source: Source, predicate: Element) -> Task:
    k, x, test = _parts(rng, source, predicate)
    said = f"the position of the first of the {source.nouns} {source.place} that {_verb(rng, predicate, k, True)}, or -1 if there is none"
    i = rng.choice([name for name in ("i", "pos", "index") if name != k])
    lines = rng.choice((
        [f"for {i}, {x} in enumerate({source.iterable}):", f"    if {test}:", f"        return {i}", "return -1"],
        [f"{i} = 0", f"for {x} in {source.iterable}:", f"    if {test}:", f"        return {i}", f"    {i} += 1", "return -1"],
        [f"return next(({i} for {i}, {x} in enumerate({source.iterable}) if {test}), -1)"],
    ))  # fmt: skip
    name = rng.choice(("index_of", "find_index", "position_of", "first_index")) + "_" + rng.choice(predicate.names)
    return _base(
        rng,
        source,
        predicate,
        name,
        "index",
        said,
        lines,
        False,
        lambda values, flags: flags.index(True) if True in flags else -1,
    )


def _positions(rng: random.Random, source: Source, predicate: Element) -> Task:
    k, x, test = _parts(rng, source, predicate)
    said = f"the list of the positions of the {source.nouns} {source.place} that {_verb(rng, predicate, k, False)}"
    i = rng.choice([name for name in ("i", "pos", "index") if name != k])
    lines = rng.choice((
        [f"return [{i} for {i}, {x} in enumerate({source.iterable}) if {test}]"],
        ["result = []", f"for {i}, {x} in enumerate({source.iterable}):", f"    if {test}:", f"        result.append({i})", "return result"],
    ))  # fmt: skip
    name = rng.choice(("positions", "indices", "where")) + "_" + rng.choice(predicate.names)
    return _base(
        rng,
        source,
        predicate,
        name,
        "positions",
        said,
        lines,
        False,
        lambda values, flags: [i for i, flag in enumerate(flags) if flag],
    )


def _split(rng: random.Random, source: Source, predicate: Element) -> Task:
    k, x, test = _parts(rng, source, predicate)
    said = f"a tuple of two lists: the {source.nouns} {source.place} that {_verb(rng, predicate, k, False)}, and the others"
    it = source.iterable
    lines = rng.choice((
        ["yes, no = [], []", f"for {x} in {it}:", f"    if {test}:", f"        yes.append({x})", "    else:", f"        no.append({x})", "return yes, no"],
        [f"yes = [{x} for {x} in {it} if {test}]", f"no = [{x} for {x} in {it} if not ({test})]", "return yes, no"],
    ))  # fmt: skip
    name = rng.choice(("split", "partition", "separate")) + "_" + rng.choice(predicate.names)
    return _base(
        rng,
        source,
        predicate,
        name,
        "split",
        said,
        lines,
        False,
        lambda values, flags: (
            [v for v, f in zip(values, flags, strict=True) if f],
            [v for v, f in zip(values, flags, strict=True) if not f],
        ),
    )


def _share(rng: random.Random, source: Source, predicate: Element) -> Task:
    k, x, test = _parts(rng, source, predicate)
    said = f"more than half of the {source.nouns} {source.place} {_verb(rng, predicate, k, False)}"
    it = f"list({source.iterable})" if not source.is_list else source.iterable
    lines = [f"hits = sum(1 for {x} in {source.iterable} if {test})", f"return hits * 2 > len({it})"]
    name = rng.choice(("mostly", "most")) + "_" + rng.choice(predicate.names)
    return _base(
        rng, source, predicate, name, "share", said, lines, True, lambda values, flags: sum(flags) * 2 > len(flags)
    )


_MAKERS = {
    "all": _all,
    "any": _any,
    "notall": _not_all,
    "index": _index,
    "positions": _positions,
    "split": _split,
    "share": _share,
}

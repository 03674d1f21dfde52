"""What kind of values a function takes and gives, as its literal cases show: `integer`, `list of string`, ...

Kinds are words, for people, models and languages with types alike. Two kinds are joined to the narrowest that holds
both: integers are numbers, nothing beside a kind makes it optional (`string or nothing`), the rest is `anything`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from codefactory.languages.neutral import NeutralCase, Value

UNKNOWN, ANYTHING, NOTHING = "unknown", "anything", "nothing"
OPTIONAL = " or nothing"
SCALARS = {bool: "boolean", int: "integer", float: "number", str: "string"}


def kind(value: Value) -> str:
    """The kind of one value; of an empty list, `list of unknown`."""
    if value is None:
        return NOTHING
    if isinstance(value, list):
        return f"list of {joined(map(kind, value))}"
    if isinstance(value, dict):
        return f"map of {joined(map(kind, value.values()))}"
    return SCALARS.get(type(value), ANYTHING)


def joined(kinds: Iterable[str]) -> str:
    """The narrowest kind that holds all of them; `unknown` for none."""
    return reduce(_both, kinds, UNKNOWN)


def _both(one: str, other: str) -> str:
    if one == other or other == UNKNOWN:
        return one
    if one == UNKNOWN:
        return other
    if NOTHING in (one, other) or OPTIONAL in one[-len(OPTIONAL) :] + other[-len(OPTIONAL) :]:
        inner = _both(*(UNKNOWN if part == NOTHING else part.removesuffix(OPTIONAL) for part in (one, other)))
        return inner if inner in (ANYTHING, UNKNOWN) else inner + OPTIONAL
    if {one, other} == {"integer", "number"}:
        return "number"
    for container in ("list of ", "map of "):
        if one.startswith(container) and other.startswith(container):
            return container + _both(one.removeprefix(container), other.removeprefix(container))
    return ANYTHING


def one_type(
    cases: Sequence[NeutralCase],
) -> tuple[tuple[NeutralCase, ...], tuple[tuple[str, str], ...], tuple[str, ...]]:
    """(cases, left out, kinds) for a language with types: each argument and the answer is of one kind in all cases.

    Integers become floats where a place has both. A case that does not go with those before it is left out as
    `types_differ`. The kinds are those of the arguments, then that of the answer.
    """
    kinds = [UNKNOWN] * (max((len(case.arguments) for case in cases), default=0) + 1)
    kept, left_out = [], []
    for case in cases:
        values = (*case.arguments, *(() if case.raises else (case.expected,)))
        wider = [joined(pair) for pair in zip(kinds, map(kind, values), strict=False)]
        if any(ANYTHING in one for one in wider):
            left_out.append((case.name, "types_differ"))
        else:
            kinds[: len(wider)] = wider
            kept.append(case)
    return tuple(_widened(case, kinds) for case in kept), tuple(left_out), tuple(kinds)


def _widened(case: NeutralCase, kinds: Sequence[str]) -> NeutralCase:
    arguments = tuple(widened(value, wanted) for value, wanted in zip(case.arguments, kinds, strict=False))
    return replace(case, arguments=arguments, expected=widened(case.expected, kinds[-1]))


def widened(value: Value, wanted: str) -> Value:
    """The value with its integers as floats where the kind says number: what a language with types asks for."""
    if wanted.removesuffix(OPTIONAL) == "number" and type(value) is int:
        return float(value)
    for container in ("list of ", "map of "):
        inner = wanted.removesuffix(OPTIONAL).removeprefix(container)
        if isinstance(value, list) and container == "list of ":
            return [widened(item, inner) for item in value]
        if isinstance(value, dict) and container == "map of ":
            return {key: widened(item, inner) for key, item in value.items()}
    return value

"""What kind of value a Lua expression has, as far as it decides how it is written: a name, or `list` and its items'."""

from __future__ import annotations

from typing import Any

Kind = tuple[Any, ...]
INT, BOOL, STR, NONE, ANY = ("int",), ("bool",), ("str",), ("none",), ("any",)


def list_of(kind: Kind) -> Kind:
    """A list of such values."""
    return ("list", kind)


def maybe(kind: Kind) -> Kind:
    """Such a value or none."""
    return kind if kind == NONE or kind[0] == "maybe" else ("maybe", kind)


def item_of(kind: Kind) -> Kind:
    """What a loop over such a value gives."""
    return STR if kind == STR else kind[1] if kind[0] == "list" else ANY


def joined(one: Kind, other: Kind) -> Kind:
    """What both are, `any` where they have nothing in common; an empty list is a list of anything."""
    if one == other or other == ANY:
        return one
    if one == ANY:
        return other
    if NONE in (one, other):
        return maybe(other if one == NONE else one)
    if "maybe" in (one[0], other[0]):
        return maybe(joined(*(kind[1] if kind[0] == "maybe" else kind for kind in (one, other))))
    if one[0] == other[0] == "list":
        return list_of(joined(one[1], other[1]))
    return ("mixed",)


def kind_of(value: object) -> Kind:
    """The kind of a Python value; a tuple is a list, as in the neutral cases."""
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, int):
        return INT
    if isinstance(value, str):
        return STR
    if value is None:
        return NONE
    if isinstance(value, list | tuple):
        kind = ANY
        for item in value:
            kind = joined(kind, kind_of(item))
        return list_of(kind)
    return ("mixed",)

"""Further inputs for Python functions, derived from the literal calls that suites make; and the imports they need.

Each argument is varied alone (neighbours, zero, the opposite; empty, shorter, repeated, turned round; its own elements
likewise), and arguments of one call are tried in another. Types stay what they were, so most probes are inputs that
the task means; where the solution itself raises, whoever uses a probe leaves it out.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Sequence
from itertools import zip_longest

# What literals may be made with, and where it comes from.
HOMES = {
    "Decimal": "decimal", "Fraction": "fractions", "Counter": "collections", "OrderedDict": "collections",
    "deque": "collections", "defaultdict": "collections", "date": "datetime", "datetime": "datetime",
    "timedelta": "datetime", "time": "datetime", "timezone": "datetime",
}  # fmt: skip
LONGEST = 600  # characters of a call that is varied: longer ones are load, not edge
PARTNERS = 8  # calls whose arguments are tried in another
DEEP = 2  # how far into nested containers


def imports(source: str) -> str:
    """The import lines, sorted, that the literal constructors of some statements need; "" for plain literals."""
    try:
        names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    except (SyntaxError, ValueError, RecursionError):
        return ""
    return "\n".join(sorted(f"from {HOMES[name]} import {name}" for name in names & HOMES.keys()))


def probes(calls: Sequence[str], entry_point: str, count: int) -> tuple[str, ...]:
    """At most `count` calls that are not among the given ones, every given call having its turn."""
    short = (call for call in calls if len(call) <= LONGEST)
    known = list(dict.fromkeys(found for call in short for found in literal_calls(call, entry_point)))
    taken = set(known)
    families = []
    for found in known[:count]:
        family = [one for one in dict.fromkeys(_family(found, known[:PARTNERS])) if one not in taken]
        families.append(sorted(family, key=lambda one: hashlib.sha256(one.encode()).digest()))
    turns = (one for turn in zip_longest(*families) for one in turn if one is not None)
    return tuple(dict.fromkeys(turns))[:count]


def literal_calls(text: str, entry_point: str) -> Iterator[str]:
    """The entry point's call inside a literal reading (`not f(1)`), where all its arguments are plain literals."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == entry_point:
                for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                    ast.literal_eval(argument)
                yield ast.unparse(node)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return


def _family(call: str, others: list[str]) -> Iterator[str]:
    for position, argument in enumerate(_parse(call).args):
        for value in _varied(ast.literal_eval(argument), DEEP):
            yield _with(call, position, ast.parse(repr(value), mode="eval").body)
    for other in others:
        for position, argument in enumerate(_parse(other).args[: len(_parse(call).args)]):
            yield _with(call, position, argument)


def _parse(call: str) -> ast.Call:
    node = ast.parse(call, mode="eval").body
    assert isinstance(node, ast.Call)
    return node


def _with(call: str, position: int, argument: ast.expr) -> str:
    node = _parse(call)
    node.args[position] = argument
    return ast.unparse(node)


def _varied(value: object, depth: int) -> Iterator[object]:
    """Values of the same type, near and at the edges."""
    match value:
        case bool():
            yield not value
        case int():
            yield from (value + 1, value - 1, 0, 1, -value)
        case float():
            yield from (value + 0.5, -value, 0.0)
        case str():
            yield from ("", value[1:], value[:-1], value + value, value[::-1], value.swapcase(), value + " ")
        case list():
            yield from (list(one) for one in _sequences(value, depth))
        case tuple():
            yield from (tuple(one) for one in _sequences(list(value), depth))
        case dict():
            yield {}
            yield dict(list(value.items())[1:])
            for key, item in list(value.items())[:2]:
                yield from ({**value, key: one} for one in _varied(item, depth - 1) if depth)
        case set():
            yield from (set(sorted(value, key=repr)[1:]), set(sorted(value, key=repr)[:1]))


def _sequences(items: list[object], depth: int) -> Iterator[list[object]]:
    yield from ([], items[1:], items[:-1], items[::-1], items + items[:1], items[:1], items + items)
    places = sorted({0, len(items) - 1}) if items else []
    for place in places:
        for one in _varied(items[place], depth - 1) if depth else ():
            yield [*items[:place], one, *items[place + 1 :]]

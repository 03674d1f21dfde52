"""Expected against returned, on the host, with values the host itself made.

Expected values are literals read by a small evaluator (no `eval`, no attribute, no name outside the list below).
Returned values come as tagged JSON from a process nobody trusts: they are rebuilt here with bounds on depth, size and
hash collisions, and anything that cannot be rebuilt is *opaque*, which equals nothing. Then Python's own `==` decides.
"""

from __future__ import annotations

import ast
import collections
import datetime
import decimal
import fractions
import hashlib
import math
import operator
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from codefactory.types import Call, Check

MAX_BITS = 1 << 20  # of an integer that arithmetic in a literal may make
MAX_ITEMS = 1_000_000
MAX_FRACTION_DIGITS = 4096
COLLISIONS = 16  # equal hashes in one set or dict before it is taken for an attack
LONGEST_SOURCE = 20_000


class NotLiteralError(ValueError):
    """The text is not a literal of the accepted kinds."""


class Opaque:
    """A returned object that has no literal; equal to nothing, itself included."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]


# ── literals ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_MAKERS: dict[str, Callable[..., Any]] = {
    "set": set, "frozenset": frozenset, "list": list, "tuple": tuple, "dict": dict, "bytes": bytes,
    "bytearray": bytearray, "float": float, "complex": complex, "int": int, "str": str, "bool": bool, "range": range,
    "Decimal": decimal.Decimal, "Fraction": fractions.Fraction, "Counter": collections.Counter,
    "OrderedDict": collections.OrderedDict, "deque": collections.deque, "defaultdict": lambda _, items=(): dict(items),
    "datetime": datetime.datetime, "date": datetime.date, "time": datetime.time, "timedelta": datetime.timedelta,
    "timezone": datetime.timezone,
}  # fmt: skip
_CONSTANTS = {
    "math.inf": math.inf, "math.nan": math.nan, "math.pi": math.pi, "math.e": math.e, "math.tau": math.tau,
    "inf": math.inf, "nan": math.nan, "timezone.utc": datetime.UTC, "int": int, "list": list, "str": str, "set": set,
    "dict": dict, "float": float, "Ellipsis": ...,
}  # fmt: skip
_MODULES = ("decimal", "fractions", "collections", "datetime")
_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod, ast.Pow: operator.pow, ast.LShift: operator.lshift,
    ast.RShift: operator.rshift, ast.BitOr: operator.or_, ast.BitAnd: operator.and_, ast.BitXor: operator.xor,
}  # fmt: skip
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Invert: operator.invert, ast.Not: operator.not_,
}  # fmt: skip


@lru_cache(maxsize=4096)
def evaluate(text: str) -> Any:
    """The value of a literal. Cached: callers must not change it.

    Raises:
        NotLiteralError: if it is anything but a literal of the whitelisted constructors.
    """
    try:
        return _value(ast.parse(text.strip(), mode="eval").body)
    except NotLiteralError:
        raise
    except (SyntaxError, ValueError, TypeError, ArithmeticError, RecursionError, MemoryError) as error:
        raise NotLiteralError(f"{text[:80]!r}: {error}") from error


def is_literal(text: str) -> bool:
    """Whether `evaluate` accepts the text: what a language's reader asks before it makes a literal case."""
    try:
        evaluate(text)
    except NotLiteralError:
        return False
    return True


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value):
            return value
        case ast.List(items):
            return [_value(item) for item in items]
        case ast.Tuple(items):
            return tuple([_value(item) for item in items])
        case ast.Set(items):
            return {_value(item) for item in items}
        case ast.Dict(keys, values) if None not in keys:
            return {_value(key): _value(value) for key, value in zip(keys, values, strict=True) if key is not None}
        case ast.UnaryOp(op, operand):
            return _UNARY[type(op)](_value(operand))
        case ast.BinOp(left, op, right):
            return _binary(op, _value(left), _value(right))
        case ast.Call(function, arguments, keywords):
            return _call(_dotted(function), arguments, keywords)
        case ast.Name() | ast.Attribute() if _dotted(node) in _CONSTANTS:
            return _CONSTANTS[_dotted(node)]
    raise NotLiteralError(f"{ast.unparse(node)[:80]!r} is not a literal")


def _dotted(node: ast.expr) -> str:
    """`a.b` with the module in front left out where it is one of ours."""
    text = ast.unparse(node)
    head, _, rest = text.partition(".")
    return rest if head in _MODULES and rest else text


def _binary(op: ast.operator, left: Any, right: Any) -> Any:
    if type(op) not in _BINARY:
        raise NotLiteralError("an operator that literals do not have")
    if isinstance(op, ast.Pow) and not (isinstance(left, int | float) and isinstance(right, int | float)):
        raise NotLiteralError("a power of something other than plain numbers")
    if isinstance(op, ast.Mod) and isinstance(left, str | bytes):  # '%999999999d' % 1
        raise NotLiteralError("text formatting")
    if isinstance(op, ast.Pow | ast.LShift) and isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() * right if isinstance(op, ast.Pow) else left.bit_length() + right
        if bits > MAX_BITS:
            raise NotLiteralError("a number too large")
    if isinstance(op, ast.Mult):
        for sized, count in ((left, right), (right, left)):
            if hasattr(sized, "__len__") and isinstance(count, int) and len(sized) * count > MAX_ITEMS:
                raise NotLiteralError("a sequence too long")
    return _BINARY[type(op)](left, right)


def _call(name: str, arguments: list[ast.expr], keywords: list[ast.keyword]) -> Any:
    if name not in _MAKERS:
        raise NotLiteralError(f"{name}() is not a literal")
    values = [_value(argument) for argument in arguments]
    named = {word.arg: _value(word.value) for word in keywords if word.arg}
    if len(named) != len(keywords) or (name in ("bytes", "bytearray") and values and isinstance(values[0], int)):
        raise NotLiteralError(f"{name}() with these arguments is not a literal")
    # Looked at before the call: list(range(10 ** 9)) and Fraction('1e999999999') must not even begin.
    if any(hasattr(value, "__len__") and len(value) > MAX_ITEMS for value in values):
        raise NotLiteralError(f"{name}() of something too long")
    if name == "Fraction" and any(
        (isinstance(value, str) and not value.isascii()) or "e" in str(value) for value in values
    ):
        raise NotLiteralError("a fraction with an exponent")
    return _MAKERS[name](*values, **named)


# ── returned values ──────────────────────────────────────────────────────────────────────────────────────────────────


def rebuild(data: Any) -> Any:
    """The value that a child tagged, or `Opaque`. Never raises, whatever the data is."""
    try:
        return _rebuild(data)
    except (
        ValueError,
        TypeError,
        LookupError,
        ArithmeticError,
        RuntimeError,
        MemoryError,
        AttributeError,
        StopIteration,
    ):
        return Opaque("unreadable")


def _rebuild(data: Any) -> Any:
    if type(data) is list:
        return [_rebuild(item) for item in data]
    if type(data) is not dict:
        return data
    tag, payload = next(iter(data.items()))
    if tag == "dt":
        return datetime.datetime.fromisoformat(payload).replace(fold=int(bool(data["fold"])))
    return _READERS[tag](payload)


def _items(payload: Any) -> list[Any]:
    return [_rebuild(item) for item in payload]


def _pairs(payload: Any) -> list[tuple[Any, Any]]:
    return [(_rebuild(key), _rebuild(value)) for key, value in payload]


def _spread(items: list[Any]) -> list[Any]:
    """The items, unless so many hash alike that putting them into a table would take quadratic time."""
    if len(items) > COLLISIONS:
        hashes = collections.Counter(sorted(hash(item) for item in items))
        if len(hashes) * COLLISIONS < len(items) or max(hashes.values()) > COLLISIONS * 4:
            raise ValueError("colliding hashes")
    return items


def _table(payload: Any) -> dict[Any, Any]:
    pairs = _pairs(payload)
    _spread([key for key, _ in pairs])
    return dict(pairs)


def _integer(text: str) -> int:
    return int(text, 16)


def _fraction(payload: Any) -> fractions.Fraction:
    top, bottom = payload
    if len(top) + len(bottom) > MAX_FRACTION_DIGITS:  # a greatest common divisor is quadratic
        raise ValueError("a fraction too long")
    return fractions.Fraction(_integer(top), _integer(bottom))


_READERS: dict[str, Callable[[Any], Any]] = {
    "i": _integer,
    "f": float.fromhex,
    "t": lambda payload: tuple(_items(payload)),
    "d": _table,
    "s": lambda payload: set(_spread(_items(payload))),
    "z": lambda payload: frozenset(_spread(_items(payload))),
    "b": bytes.fromhex,
    "ba": bytearray.fromhex,
    "c": lambda payload: complex(float.fromhex(payload[0]), float.fromhex(payload[1])),
    "r": lambda payload: range(*(_integer(part) for part in payload)),
    "e": lambda payload: ...,
    "D": decimal.Decimal,
    "F": _fraction,
    "C": lambda payload: collections.Counter(_table(payload)),
    "O": lambda payload: collections.OrderedDict(_table(payload)),
    "q": lambda payload: collections.deque(_items(payload)),
    "da": datetime.date.fromisoformat,
    "ti": datetime.time.fromisoformat,
    "td": lambda payload: datetime.timedelta(*payload),
    "o": lambda payload: Opaque(str(payload)[:80]),
}


def source(value: Any) -> str:
    """Canonical Python source of a value: equal values of one type give one text (sets and dicts are sorted).

    What has no literal is `<type name>`; what is too long is `<type name sha256:...>`.
    """
    try:
        text = _source(value)
    except (ValueError, RecursionError):
        return f"<{type(value).__name__}>"
    if len(text) > LONGEST_SOURCE:
        return f"<{type(value).__name__} sha256:{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:32]}>"
    return text


def _source(value: Any) -> str:
    kind = type(value)
    if kind is float and not math.isfinite(value):
        return f"float('{value}')"
    if kind is int and value.bit_length() > 10_000:  # beyond this Python refuses decimal digits
        return hex(value)
    if kind is list:
        return f"[{', '.join(map(_source, value))}]"
    if kind is tuple:
        return f"({_source(value[0])},)" if len(value) == 1 else f"({', '.join(map(_source, value))})"
    if kind is set:
        return f"{{{_sorted(value)}}}" if value else "set()"
    if kind is frozenset:
        return f"frozenset({{{_sorted(value)}}})" if value else "frozenset()"
    if kind in (dict, collections.Counter):
        body = f"{{{', '.join(sorted(f'{_source(key)}: {_source(item)}' for key, item in value.items()))}}}"
        return body if kind is dict else f"Counter({body})"
    if kind is collections.OrderedDict:
        return f"OrderedDict({_source(list(value.items()))})"
    if kind is collections.deque:
        return f"deque({_source(list(value))})"
    if kind is Opaque:
        return f"<{value.name}>"
    return repr(value)


def _sorted(items: Iterable[Any]) -> str:
    return ", ".join(sorted(map(_source, items)))


# ── the comparison ───────────────────────────────────────────────────────────────────────────────────────────────────


def agrees(call: Call, returned: Any) -> bool:
    """Whether a rebuilt value is what the case expects, as `==` in plain Python would say.

    Raises:
        NotLiteralError: if the expected text is not a literal.
    """
    expected = evaluate(call.expected)
    try:
        if call.check is Check.APPROX:
            return _close(returned, expected, call.tolerance)
        return bool(returned == expected)
    except (RecursionError, ArithmeticError, TypeError, ValueError):
        return False


def same_literal(one: str, other: str) -> bool:
    """Whether two sources of literals are equal as `==` has it; what is no literal (`!Error`) equals its own text."""
    try:
        return bool(evaluate(one) == evaluate(other))
    except (NotLiteralError, RecursionError, ArithmeticError, TypeError, ValueError):
        return one == other


def _close(returned: Any, expected: Any, tolerance: float) -> bool:
    """Absolute tolerance on numbers, at any depth of lists, tuples and dict values."""
    numbers = (int, float, complex, decimal.Decimal, fractions.Fraction)
    if isinstance(expected, list | tuple) and isinstance(returned, list | tuple):
        same = len(returned) == len(expected)
        return same and all(_close(*pair, tolerance) for pair in zip(returned, expected, strict=True))
    if isinstance(expected, dict) and isinstance(returned, dict):
        return returned.keys() == expected.keys() and all(_close(returned[k], expected[k], tolerance) for k in expected)
    if isinstance(returned, numbers) and isinstance(expected, numbers) and returned != expected:
        if isinstance(returned, complex) or isinstance(expected, complex):
            return abs(complex(returned) - complex(expected)) <= tolerance
        return abs(float(returned) - float(expected)) <= tolerance
    return bool(returned == expected)


def raised(call: Call, names: list[str]) -> bool:
    """Whether one of an exception's type names (its own, then its bases') is the one expected, or one of a tuple."""
    wanted = {part.strip().rsplit(".", 1)[-1] for part in call.expected.strip().strip("()").split(",")}
    return any(name in wanted for name in names)


def same_text(returned: str, expected: str) -> bool:
    """Whether two outputs agree, trailing whitespace of lines and trailing blank lines aside."""
    return _lines(returned) == _lines(expected)


def _lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines

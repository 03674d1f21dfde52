"""Values as JSON with their exact types, both ways; used where the other side must not be trusted with objects.

None, booleans, small integers and text stand for themselves, lists are lists; everything else is `{"tag": payload}`.
An instance of a subclass counts as its base only while it compares like its base (`__eq__`, `__ne__` and `__hash__` are
inherited), so that a namedtuple equals a tuple here as it does in Python, and an int with a lying `__eq__` is opaque.
What cannot be written is opaque: `{"o": type name}`.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
from json.encoder import encode_basestring_ascii as quote  # C, and pure ASCII out
from typing import Any

MAX_DEPTH = 90
MAX_NODES = 100_000
MAX_TEXT = 1 << 20  # characters or bytes of one value
SMALL = 1 << 53
BASES = (str, int, float, tuple, list, dict, set, frozenset, bytes, complex)


class TooLargeError(ValueError):
    """Deeper or larger than anything that is compared."""


class Encoder:
    """Encodes one value as JSON text, written directly: a fork pays for every page that a general encoder touches.

    `opaque` decides what becomes of objects that have no literal.
    """

    nodes = 0  # of this value, so far

    def encode(self, value: Any, depth: int = 0) -> str:
        """The value as JSON text."""
        kind = type(value)
        if kind is int:
            return repr(value) if -SMALL < value < SMALL else f'{{"i":"{hex(value)}"}}'
        if kind is str:
            if len(value) > MAX_TEXT:
                raise TooLargeError
            return quote(value)
        if value is None or kind is bool:
            return _NAMES[value]
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise TooLargeError
        if kind is list:
            return f"[{self.items(value, depth)}]"
        if kind is tuple:
            return f'{{"t":[{self.items(value, depth)}]}}'
        if kind is float:
            return f'{{"f":"{value.hex()}"}}'
        if kind is dict:
            return f'{{"d":[{self.pairs(value, depth)}]}}'
        writer = _WRITERS.get(kind)
        if writer is not None:
            return writer(self, value, depth)
        return self.subclass(value, kind, depth)

    def subclass(self, value: Any, kind: type, depth: int) -> str:
        """An instance of a subclass, as its base if it compares like it."""
        for base in BASES:
            if isinstance(value, base) and kind.__eq__ is base.__eq__ and kind.__ne__ is base.__ne__:
                if kind.__hash__ is not base.__hash__ and base.__hash__ is not None:
                    break
                return self.encode(_plain(base, value), depth)
        return self.opaque(value)

    def opaque(self, value: Any) -> str:
        return f'{{"o":{quote(type.__dict__["__name__"].__get__(type(value))[:80])}}}'

    def items(self, value: Any, depth: int) -> str:
        return ",".join([self.encode(item, depth + 1) for item in value])

    def pairs(self, value: dict[Any, Any], depth: int) -> str:
        pairs = dict.items(value)
        return ",".join([f"[{self.encode(key, depth + 1)},{self.encode(item, depth + 1)}]" for key, item in pairs])


def _plain(base: Any, value: Any) -> Any:
    """The base's own data in an instance of a subclass, whatever the subclass overrides."""
    if base in (tuple, list, set, frozenset):
        return base(list(base.__iter__(value)))
    if base is dict:
        return dict(dict.items(value))
    if base is bytes:
        return bytes.__add__(value, b"")
    convert = {str: str.__str__, int: int.__int__, float: float.__float__, complex: complex.__complex__}
    return convert[base](value)


def _hex(value: bytes | bytearray) -> str:
    if len(value) > MAX_TEXT:
        raise TooLargeError
    return value.hex()


def _named_zone(value: Any) -> bool:
    return value.tzinfo is None or type(value.tzinfo) is datetime.timezone


_NAMES = {None: "null", True: "true", False: "false"}
_WRITERS: dict[type, Any] = {
    set: lambda e, v, d: f'{{"s":[{e.items(v, d)}]}}',
    frozenset: lambda e, v, d: f'{{"z":[{e.items(v, d)}]}}',
    bytes: lambda e, v, d: f'{{"b":"{_hex(v)}"}}',
    bytearray: lambda e, v, d: f'{{"ba":"{_hex(v)}"}}',
    complex: lambda e, v, d: f'{{"c":["{v.real.hex()}","{v.imag.hex()}"]}}',
    range: lambda e, v, d: f'{{"r":["{hex(v.start)}","{hex(v.stop)}","{hex(v.step)}"]}}',
    type(...): lambda e, v, d: '{"e":0}',
    decimal.Decimal: lambda e, v, d: f'{{"D":"{v}"}}',
    fractions.Fraction: lambda e, v, d: f'{{"F":["{hex(v.numerator)}","{hex(v.denominator)}"]}}',
    collections.Counter: lambda e, v, d: f'{{"C":[{e.pairs(v, d)}]}}',
    collections.OrderedDict: lambda e, v, d: f'{{"O":[{e.pairs(v, d)}]}}',
    collections.defaultdict: lambda e, v, d: f'{{"d":[{e.pairs(v, d)}]}}',
    collections.deque: lambda e, v, d: f'{{"q":[{e.items(v, d)}]}}',
    datetime.datetime: lambda e, v, d: f'{{"dt":"{v.isoformat()}","fold":{v.fold}}}' if _named_zone(v) else e.opaque(v),
    datetime.date: lambda e, v, d: f'{{"da":"{v.isoformat()}"}}',
    datetime.time: lambda e, v, d: f'{{"ti":"{v.isoformat()}"}}' if _named_zone(v) else e.opaque(v),
    datetime.timedelta: lambda e, v, d: f'{{"td":[{v.days},{v.seconds},{v.microseconds}]}}',
}


def encode(value: Any) -> str:
    """The value as JSON text; opaque where it is too deep or too large, or refuses to be looked at."""
    encoder = Encoder()
    try:
        return encoder.encode(value)
    except TooLargeError:
        return '{"o":"too large"}'
    except RecursionError:
        return '{"o":"too deep"}'


_int = lambda text: int(text, 16)  # noqa: E731
_READERS: dict[str, Any] = {
    "i": lambda d, p: _int(p),
    "t": lambda d, p: tuple([d(item) for item in p]),
    "f": lambda d, p: float.fromhex(p),
    "d": lambda d, p: {d(key): d(item) for key, item in p},
    "s": lambda d, p: {d(item) for item in p},
    "z": lambda d, p: frozenset([d(item) for item in p]),
    "b": lambda d, p: bytes.fromhex(p),
    "ba": lambda d, p: bytearray.fromhex(p),
    "c": lambda d, p: complex(float.fromhex(p[0]), float.fromhex(p[1])),
    "r": lambda d, p: range(_int(p[0]), _int(p[1]), _int(p[2])),
    "e": lambda d, p: ...,
    "D": lambda d, p: decimal.Decimal(p),
    "F": lambda d, p: fractions.Fraction(_int(p[0]), _int(p[1])),
    "C": lambda d, p: collections.Counter({d(key): d(item) for key, item in p}),
    "O": lambda d, p: collections.OrderedDict([(d(key), d(item)) for key, item in p]),
    "q": lambda d, p: collections.deque([d(item) for item in p]),
    "dt": lambda d, p: datetime.datetime.fromisoformat(p),
    "da": lambda d, p: datetime.date.fromisoformat(p),
    "ti": lambda d, p: datetime.time.fromisoformat(p),
    "td": lambda d, p: datetime.timedelta(*p),
}


def decode(data: Any, handle: Any = None) -> Any:
    """The value that `encode` wrote; `handle` is asked for tags that are not values."""
    if type(data) is list:
        return [decode(item, handle) for item in data]
    if type(data) is not dict:
        return data
    tag, payload = next(iter(data.items()))
    reader = _READERS.get(tag)
    if reader is None:
        return handle(tag, payload)
    return reader(lambda item: decode(item, handle), payload)

"""Objects across two processes that do not trust each other: values by copy, everything else by handle.

Each side is a `Peer` on a descriptor. It asks the other to do something with an object that lives there, and while it
waits it serves what the other asks back (a callback given as an argument). Values travel tagged (see `tagged`), so only
exact types arrive as values; an object arrives as a `Proxy`. Both processes are fresh forks, which pay for every page
that they touch: hence no socket object, no general JSON front end, and a short cut for plain functions.
"""

from __future__ import annotations

import builtins
import json
import os
import struct
import sys
import types
from typing import Any

import candidate
import tagged
from proxies import BINARY, COMPARE, UNARY, Demoted, Proxy

LENGTH = struct.Struct(">I")
MAX_FRAME = 8 << 20
CHUNK = 1 << 16
READ = json.JSONDecoder().scan_once  # what json.loads ends in, without the Python in front of it
CROSSABLE = (type, types.FunctionType, types.BuiltinFunctionType)
CONTAINERS = (list, dict, set, bytearray)
_COMMON = """
    builtins operator math collections itertools functools string re datetime decimal fractions typing dataclasses enum
    abc copy json random statistics heapq bisect
"""
COMMON = frozenset(_COMMON.split())  # modules whose functions and classes both sides have, so that a name can cross


_DEFAULTS: dict[str, Any] = {
    "__bool__": bool,
    "__iter__": iter,
    "__contains__": lambda target, value: value in target,
    "__reversed__": reversed,
    "__round__": round,
}
OPTIONAL = frozenset((*BINARY, *COMPARE, "__iadd__", "__isub__", "__imul__", "__ior__", "__iand__"))


class GoneError(BaseException):
    """The other process has ended."""


class Peer:
    """One end. A strict end (the tests') gives its own objects away for calling and a few protocols only."""

    def __init__(self, fd: int, strict: bool) -> None:
        self.fd, self.strict = fd, strict
        self.unread = b""
        self.given: dict[int, Any] = {}
        self.numbers: dict[int, int] = {}
        self.proxies: dict[int, Proxy] = {}
        self.errors: dict[str, type[BaseException]] = {}

    # ── the wire ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def send(self, *parts: str) -> None:
        """One message: a list whose parts are JSON texts already."""
        data = f"[{','.join(parts)}]".encode()
        data = LENGTH.pack(len(data)) + data
        try:
            while data:
                data = data[os.write(self.fd, data) :]
        except OSError as error:
            raise GoneError from error

    def receive(self) -> list[Any]:
        """The next message; what is not one ends the conversation."""
        (size,) = LENGTH.unpack(self._exactly(4))
        if size > MAX_FRAME:
            raise GoneError
        try:
            message, _ = READ(self._exactly(size).decode(), 0)
        except (ValueError, StopIteration, RecursionError) as error:
            raise GoneError from error
        if type(message) is not list or not message:
            raise GoneError
        return message

    def _exactly(self, size: int) -> bytes:
        """That many bytes; a message mostly comes whole, with one system call for its length and its words."""
        data = self.unread
        while len(data) < size:
            try:
                part = os.read(self.fd, CHUNK)
            except OSError as error:
                raise GoneError from error
            if not part:
                raise GoneError
            data = data + part if data else part
        self.unread = data[size:]
        return data[:size]

    def ask(self, operation: str, number: int, *rest: str) -> Any:
        """Has the other side do something; serves it meanwhile; its exception is raised here."""
        self.send('"ask"', f'"{operation}"', str(number), *rest)
        while True:
            kind, *words = self.receive()
            if kind == "ask":
                self.serve(words)
            elif kind == "ok":
                return words
            elif kind == "raise":
                raise self.error(*words)
            else:
                raise GoneError

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def encode(self, value: Any) -> str:
        return Crossing(self).encode(value)

    def decode(self, data: Any) -> Any:
        return tagged.decode(data, self.handle)

    def handle(self, tag: str, payload: Any) -> Any:
        """What is not a value: an object of theirs, one of ours coming back, something both sides have."""
        if tag == "h":
            number, name, own, *plain = payload
            if number not in self.proxies:
                self.proxies[number] = Proxy(self, number, str(name), set(own))
            proxy = self.proxies[number]
            if plain:
                object.__setattr__(proxy, "_remote_plain", [self.decode(plain[0])])
            return proxy
        if tag == "g":
            return self.given[payload]
        if tag == "n":
            return common(*payload)
        if tag == "ni":
            return NotImplemented
        raise GoneError

    def give(self, value: Any) -> int:
        """A number for an object of ours; the same one every time."""
        number = self.numbers.get(id(value))
        if number is None:
            number = len(self.given)
            self.given[number] = value  # held, so that its id stays its own
            self.numbers[id(value)] = number
        return number

    # ── serving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def serve(self, words: list[Any]) -> None:
        """Does what was asked with one of our objects, and answers."""
        try:
            operation, number, *rest = words
            answer = getattr(self, f"do_{operation}")(self.given[number], *rest)
        except (Demoted, GoneError):
            raise
        except BaseException as error:
            self.send('"raise"', *self.described(error))
        else:
            self.send('"ok"', *answer)

    def do_call(self, target: Any, arguments: list[Any], named: dict[str, Any]) -> list[str]:
        """Calls; also answers with the arguments that were changed in place."""
        values = [self.decode(item) for item in arguments]
        words = {name: self.decode(item) for name, item in named.items()}
        result = target(*values, **words)
        changed = []
        for index, (value, sent) in enumerate(zip(values, arguments, strict=True)):
            if type(value) in CONTAINERS:
                now = self.encode(value)
                if READ(now, 0)[0] != sent:
                    changed.append(f'"{index}":{now}')
        same = [index for index, value in enumerate(values) if value is result and type(value) in CONTAINERS]
        return [f'{{"a":{same[0]}}}' if same else self.encode(result), f"{{{','.join(changed)}}}"]

    def do_special(self, target: Any, name: str, arguments: list[Any]) -> list[str]:
        if name not in UNARY and name not in BINARY and name not in COMPARE:
            raise AttributeError(name)
        values = [self.decode(item) for item in arguments]
        if name in _DEFAULTS:  # Python has ways to do these without the method
            return [self.encode(_DEFAULTS[name](target, *values))]
        method = getattr(type(target), name, None)
        if method is None and name in OPTIONAL:
            return [self.encode(NotImplemented)]
        if method is None:
            raise TypeError(f"'{type(target).__name__}' object has no {name}")
        return [self.encode(method(target, *values))]

    def do_get(self, target: Any, name: str) -> list[str]:
        if self.strict and (name.startswith("_") or type(target).__module__ != "test_solution"):
            raise AttributeError(name)
        return [self.encode(getattr(target, name))]

    def do_set(self, target: Any, name: str, value: Any) -> list[str]:
        if self.strict:
            raise AttributeError(name)
        setattr(target, name, self.decode(value))
        return ["null"]

    def do_del(self, target: Any, name: str) -> list[str]:
        if self.strict:
            raise AttributeError(name)
        delattr(target, name)
        return ["null"]

    def do_instance(self, target: Any, value: Any) -> list[str]:
        return [self.encode(isinstance(self.decode(value), target))]

    # ── exceptions ───────────────────────────────────────────────────────────────────────────────────────────────────

    def described(self, error: BaseException) -> list[str]:
        try:
            text, arguments = str(error), [self.encode(item) for item in error.args]
        except BaseException:
            text, arguments = "", []
        names = candidate.ancestry(error) or ["Exception"]
        return [json.dumps(names), f"[{','.join(arguments)}]", tagged.quote(text[:2000]), str(self.give(error))]

    def error(self, names: list[str], arguments: list[Any], text: str, number: int) -> BaseException:
        """Their exception as one of ours: a class that they declared, or a built-in one, nearest first."""
        for name in names:
            known = self.errors.get(name) or getattr(builtins, name, None) or _library_error(name)
            if isinstance(known, type) and issubclass(known, BaseException):
                made = known.__new__(known)
                made.args = tuple(self.decode(item) for item in arguments)
                if name in self.errors:
                    made.__dict__.update(_text=text, _proxy=Proxy(self, number, name, set()))
                return made
        return RuntimeError(text)

    def declare(self, name: str, bases: list[str]) -> type[BaseException]:
        """A stand-in for an exception class of theirs, so that tests can expect it."""
        known = [self.errors.get(base) or getattr(builtins, base, None) for base in bases]
        base = next((item for item in known if isinstance(item, type) and issubclass(item, BaseException)), Exception)
        self.errors[name] = type(name, (base,), {"__str__": _error_text, "__getattr__": _error_attribute})
        return self.errors[name]


def _error_text(self: Any) -> str:
    return str(self.__dict__.get("_text", ""))


def _error_attribute(self: Any, name: str) -> Any:
    if "_proxy" not in self.__dict__:
        raise AttributeError(name)
    return getattr(self.__dict__["_proxy"], name)


def _library_error(name: str) -> Any:
    return next(
        (getattr(sys.modules[m], name) for m in COMMON if m in sys.modules and hasattr(sys.modules[m], name)), None
    )


def common(module: str, name: str) -> Any:
    """A function or class that both sides have."""
    if module not in COMMON:
        raise AttributeError(name)
    found: Any = sys.modules[module]
    for part in name.split("."):
        found = getattr(found, part)
    if not callable(found) and not isinstance(found, type):
        raise AttributeError(name)
    return found


class Crossing(tagged.Encoder):
    """Values by copy; an object that has no literal by number, with what its class overrides."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer

    def subclass(self, value: Any, kind: type, depth: int) -> str:
        if kind is Proxy:
            return self.opaque(value)
        if kind is types.FunctionType and value.__module__ not in COMMON:  # nearly every object that crosses is one
            return f'{{"h":[{self.peer.give(value)},"function",[]]}}'
        plain = super().subclass(value, kind, depth)
        if plain.startswith(('{"h"', '{"n"')):
            return plain
        return f'{{"h":[{self._handle(value)},{plain}]}}'

    def opaque(self, value: Any) -> str:
        if type(value) is Proxy:
            peer, number = (
                object.__getattribute__(value, "_remote_peer"),
                object.__getattribute__(value, "_remote_number"),
            )
            if peer is self.peer:
                return f'{{"g":{number}}}'
        if value is NotImplemented:
            return '{"ni":0}'
        module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
        if isinstance(value, CROSSABLE) and module in COMMON:
            try:
                if common(module, str(name)) is value:
                    return f'{{"n":[{tagged.quote(module)},{tagged.quote(str(name))}]}}'
            except AttributeError:
                pass
        return f'{{"h":[{self._handle(value)}]}}'

    def _handle(self, value: Any) -> str:
        kind = type(value)
        own = ",".join([f'"{name}"' for name in COMPARE if getattr(kind, name, None) is not getattr(object, name)])
        return f"{self.peer.give(value)},{tagged.quote(kind.__name__)},[{own}]"

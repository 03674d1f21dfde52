"""Stand-ins for objects that live in the other process: every operation is asked for there.

Which side decides what matters: a comparison between an object of the solution's and a plain value of the tests' would
let the solution see what is expected and answer as it likes. Such a case is not failed and not passed: `Demoted` is
raised, and the host reports that the case needs both in one process.
"""

from __future__ import annotations

from typing import Any

from tagged import quote

COMPARE = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
_ARITHMETIC = "add sub mul truediv floordiv mod pow matmul and or xor lshift rshift divmod"
BINARY = tuple(f"__{side}{name}__" for name in _ARITHMETIC.split() for side in ("", "r"))
_UNARY = """
    len iter next reversed contains getitem setitem delitem bool str repr hash enter exit int float complex index abs
    neg pos invert round format call iadd isub imul ior iand
"""
UNARY = tuple(f"__{name}__" for name in _UNARY.split())


class Demoted(BaseException):
    """The case needs tests and solution in one process; not an Exception, so that no test swallows it by accident."""


class Proxy:
    """An object that lives in the other process."""

    __slots__ = ("__weakref__", "_remote_name", "_remote_number", "_remote_own", "_remote_peer", "_remote_plain")

    def __init__(self, peer: Any, number: int, name: str, own: set[str]) -> None:
        for key, value in (
            ("_remote_peer", peer),
            ("_remote_number", number),
            ("_remote_name", name),
            ("_remote_own", own),
            ("_remote_plain", []),
        ):
            object.__setattr__(self, key, value)

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return type(self._remote_plain[0]) if self._remote_plain else Proxy

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        peer = self._remote_peer
        sent = [peer.encode(item) for item in arguments]
        words = [f"{quote(key)}:{peer.encode(item)}" for key, item in named.items()]
        answer, changed = peer.ask("call", self._remote_number, f"[{','.join(sent)}]", f"{{{','.join(words)}}}")
        for index, data in changed.items():
            replace(arguments[int(index)], peer.decode(data))
        if type(answer) is dict and "a" in answer:
            return arguments[answer["a"]]
        return peer.decode(answer)

    def __getattr__(self, name: str) -> Any:
        return self._remote_peer.decode(self._remote_peer.ask("get", self._remote_number, quote(name))[0])

    def __setattr__(self, name: str, value: Any) -> None:
        self._remote_peer.ask("set", self._remote_number, quote(name), self._remote_peer.encode(value))

    def __delattr__(self, name: str) -> None:
        self._remote_peer.ask("del", self._remote_number, quote(name))

    def __instancecheck__(self, value: Any) -> bool:
        return type(value) is Proxy and bool(
            self._remote_peer.ask("instance", self._remote_number, self._remote_peer.encode(value))[0]
        )


def replace(target: Any, new: Any) -> None:
    """Makes a container equal to another of its type, in place."""
    if isinstance(target, list | bytearray):
        target[:] = new
    elif isinstance(target, dict | set):
        target.clear()
        target.update(new)


def _special(name: str) -> Any:
    def method(self: Proxy, *arguments: Any) -> Any:
        peer = self._remote_peer
        if name == "__hash__" and "__eq__" not in self._remote_own:
            return id(self)
        sent = ",".join([peer.encode(item) for item in arguments])
        answer = peer.ask("special", self._remote_number, f'"{name}"', f"[{sent}]")[0]
        return peer.decode(answer)

    return method


def _binary(name: str) -> Any:
    def method(self: Proxy, other: Any) -> Any:
        peer = self._remote_peer
        if self._remote_plain:
            return getattr(self._remote_plain[0], name)(
                other._remote_plain[0] if type(other) is Proxy and other._remote_plain else other
            )
        answer = peer.decode(peer.ask("special", self._remote_number, f'"{name}"', f"[{peer.encode(other)}]")[0])
        if type(other) is not Proxy and type(answer) is not Proxy and answer is not NotImplemented:
            raise Demoted(f"{name} between an object of the solution's and a plain value")
        return answer

    return method


def _compare(name: str) -> Any:
    def method(self: Proxy, other: Any) -> Any:
        if self._remote_plain and not (type(other) is Proxy and not other._remote_plain):
            return getattr(self._remote_plain[0], name)(other._remote_plain[0] if type(other) is Proxy else other)
        if name not in self._remote_own:
            return (self is other) == (name == "__eq__") if name in ("__eq__", "__ne__") else NotImplemented
        if type(other) is not Proxy:
            raise Demoted(f"{name} between an object of the solution's and a plain value")
        peer = self._remote_peer
        return peer.decode(peer.ask("special", self._remote_number, f'"{name}"', f"[{peer.encode(other)}]")[0])

    return method


for _names, _maker in ((UNARY, _special), (BINARY, _binary), (COMPARE, _compare)):
    for _name in _names:
        if _name not in Proxy.__dict__ or _name == "__hash__":
            setattr(Proxy, _name, _maker(_name))

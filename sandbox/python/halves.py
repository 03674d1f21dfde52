"""Mode `separated`: the solution in one process, its tests in another, and what each of them does first."""

from __future__ import annotations

import importlib
import json
import socket
import sys
import types
from typing import Any

import candidate
import tagged
from remote import READ, GoneError, Peer


def solution(code: str, fd: int) -> None:
    """The solution's process: loads the candidate, says which names it has, serves until the tests have ended."""
    peer = Peer(fd, strict=False)
    module = candidate.load(code, Refusal(peer))
    if module is None:
        return
    names = []
    for name, value in list(module.__dict__.items()):
        if name.startswith("__"):
            continue
        if type(value) is types.FunctionType:
            kind, what = "value", peer.encode(value)
        elif isinstance(value, types.ModuleType):
            kind, what = "module", tagged.quote(value.__name__)
        elif isinstance(value, type) and issubclass(value, BaseException) and value.__module__ == module.__name__:
            kind, what = "error", json.dumps([base.__name__ for base in value.__mro__[1:-2]])
        else:
            kind, what = "value", peer.encode(value)
        names.append(f'{tagged.quote(name)}:["{kind}",{what}]')
    peer.send('"names"', f"{{{','.join(names)}}}")
    try:
        while True:
            kind, *words = peer.receive()
            if kind == "ask":
                peer.serve(words)
    except GoneError:
        return


class Refusal:
    """Stands for the record while the candidate loads: what went wrong is told to the tests' process."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer

    def write(self, text: str) -> bool:
        self.peer.send('"refused"', text)
        return True


def tests(texts: list[Any], fd: int, record: Any, cases: Any) -> None:
    """The tests' process: takes the solution's names as its own and runs the cases."""
    peer = Peer(fd, strict=True)
    try:
        kind, said = peer.receive()
        if kind == "refused":
            record.write(json.dumps([str(part)[:500] for part in said]))
            return
        space = {}
        for name, (how, what) in said.items():
            if how == "error":
                space[name] = peer.declare(name, what)
            elif how == "value":
                space[name] = peer.decode(what)
            elif what.partition(".")[0] in sys.stdlib_module_names:
                space[name] = importlib.import_module(what)
        module = types.ModuleType("solution")
        module.__dict__.update(space)
        sys.modules["solution"] = module
        cases(texts, space, record)
    except (GoneError, ValueError, KeyError, TypeError, AttributeError, ImportError):
        return  # without a completion mark: the host asks the kernel how the solution's process ended


def warm_up() -> None:
    """One call across, in one process: the far end is answered by hand."""
    ours, theirs = socket.socketpair()
    near, far = Peer(ours.fileno(), strict=True), Peer(theirs.fileno(), strict=False)
    proxy = near.decode(READ(far.encode(lambda items: items), 0)[0])
    far.send('"ok"', "[1]", "{}")
    proxy([1])
    far.serve(far.receive()[1:])
    ours.close()
    theirs.close()

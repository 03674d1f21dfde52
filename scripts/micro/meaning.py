"""Judges solutions by the grammar's own meaning: reads a statement back to the task it came from.

The index of what can be asked is drawn from the grammar (held-out combinations included), with parameter names and
interchangeable nouns normalised; a statement that is not in it is not judged.
"""

from __future__ import annotations

import copy
import pickle
import random
import re
from pathlib import Path
from typing import Any

from scripts.micro.grammar import FAMILIES
from scripts.micro.render import SHELLS, YES_NO_SHELLS
from scripts.micro.shapes import Task, show

NOUNS = re.compile(
    r"\b(?:integers|values|elements|prices|ages|scores|heights|temperatures|points|grades|sizes|weights|step counts"
    r"|names|strings|letters|counts|amounts)\b"
)
DRAWS = 300_000
CACHE = Path("build/micro/meaning-seeds.pkl")
_PATTERNS: list[re.Pattern[str]] = []
_INDEX: dict[str, int] = {}


def _patterns() -> list[re.Pattern[str]]:
    if not _PATTERNS:
        for shell in SHELLS + YES_NO_SHELLS:
            text = re.escape(shell).replace(r"\{f\}", r"(?P<f>[^`]*)", 1).replace(r"\{X\}", r"(?P<X>.*)", 1)
            text = text.replace(r"\{f\}", r"[^`]*").replace(r"\{P\}", r"(?:`\w+`(?: and `\w+`)*)")
            _PATTERNS.append(re.compile(text + r"\Z"))
        _PATTERNS.sort(key=lambda p: -len(p.pattern))
    return _PATTERNS


def normal_ask(ask: str, params: list[str]) -> str:
    """What is asked, with parameters numbered and nouns made one."""
    text = ask[0].lower() + ask[1:]
    for number, name in enumerate(params):
        text = text.replace(f"`{name}`", f"`{number}`")
    return NOUNS.sub("numbers", text).replace("characters", "numbers").replace("words", "numbers")


def _seeded(seed: int) -> Task:
    rng = random.Random(seed)
    maker = rng.choices([maker for maker, _ in FAMILIES], [weight for _, weight in FAMILIES])[0]
    return maker(rng, False)


def _index() -> dict[str, int]:
    if not _INDEX:
        if CACHE.exists():
            _INDEX.update(pickle.loads(CACHE.read_bytes()))  # noqa: S301 - written by this module
        else:
            for seed in range(DRAWS):
                task = _seeded(seed)
                for ask in task.asks:
                    _INDEX.setdefault(f"{len(task.params)} {task.yes_no} " + normal_ask(ask, list(task.params)), seed)
            CACHE.parent.mkdir(parents=True, exist_ok=True)
            CACHE.write_bytes(pickle.dumps(_INDEX))
    return _INDEX


def tasks_of(statement: str) -> tuple[Task, list[str]] | None:
    """The task a statement comes from and the parameter names it uses, None where it cannot be read back."""
    for pattern in _patterns():
        match = pattern.match(statement)
        if not match or not (call := re.fullmatch(r"(\w+)\(([\w, ]*)\)", match["f"])):
            continue
        params = [name.strip() for name in call[2].split(",")]
        for yes_no in (True, False):
            seed = _index().get(f"{len(params)} {yes_no} " + normal_ask(match["X"], params))
            if seed is not None:
                return _seeded(seed), params
    return None


def judge(statement: str, code: str, inputs: int = 25) -> bool | None:
    """Whether the solution means what the statement asks, on random inputs; None where the statement is not known."""
    found = tasks_of(statement)
    if found is None:
        return None
    task, _ = found
    space: dict[str, Any] = {}
    try:
        exec(code, space)  # noqa: S102 - drafts of a 3M-parameter model trained on our own text, development only
        function = next(v for k, v in space.items() if callable(v) and k != "__builtins__")
        rng = random.Random(0)
        for _ in range(inputs):
            arguments = task.draw(rng)
            if show(_limited(function, copy.deepcopy(arguments))) != show(task.answer(*arguments)):
                return False
    except Exception:
        return False
    return True


def _limited(function: Any, arguments: tuple[Any, ...], lines: int = 5000) -> Any:
    """Call with a limit on traced lines, so that an endless loop ends as an error."""
    import sys

    left = [lines]

    def tracer(frame: Any, event: str, argument: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise TimeoutError("step limit")
        return tracer

    sys.settrace(tracer)
    try:
        return function(*arguments)
    finally:
        sys.settrace(None)

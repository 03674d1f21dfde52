"""The candidate's code: compiled and executed once, its failures described."""

from __future__ import annotations

import json
import sys
import types
from typing import Any

CODE = "<candidate>"


def load(code: str, record: Any, name: str = "solution") -> types.ModuleType | None:
    """The candidate as an executed module, or None after recording why there is none."""
    try:
        compiled = compile(code, CODE, "exec", dont_inherit=True)
    except SyntaxError as error:
        record.write(json.dumps(["syntax", f"line {error.lineno}: {error.msg}"]))
        return None
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        record.write(json.dumps(["syntax", describe(error)]))
        return None
    module = types.ModuleType(name)
    sys.modules[name] = module
    try:
        exec(compiled, module.__dict__)
    except SystemExit:
        record.write(json.dumps(["left", "the program ended before the cases"]))
        return None
    except BaseException as error:
        record.write(json.dumps(["raised", type(error).__name__, describe(error)]))
        return None
    return module


def describe(error: BaseException) -> str:
    """`ValueError: message`, cut; an error whose text cannot be had is only named."""
    try:
        return f"{type(error).__name__}: {error}"[:500]
    except BaseException:
        return type(error).__name__


def ancestry(error: BaseException) -> list[str]:
    return [kind.__name__ for kind in type(error).__mro__[:-2]]


def flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            continue

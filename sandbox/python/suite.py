"""Test code: runs the planned cases of a suite against names it is given, and records each one's end.

A case's source is executed; what it then newly defines decides: functions named `test*` are called (with every
combination of their parametrize marks), methods of a TestCase are run; statements have already run. Which cases there
are comes from the host; this only answers for them.
"""

from __future__ import annotations

import itertools
import json
import sys
import types
from collections.abc import Iterator
from marshal import dumps, loads
from typing import Any

import candidate
import proxies
import remote

CASE = "<case>"
OK = ["ok"]
SKIPS = ("SkipTest", "Skipped")


def shared(texts: list[Any], record: Any) -> None:
    """Candidate and tests in one process. Takes what `cases` takes, and the candidate's code after it."""
    module = candidate.load(texts[-1], record)
    if module is not None:
        cases(texts[:-1], module.__dict__, record)


def cases(texts: list[Any], names: dict[str, Any], record: Any) -> None:
    """Runs preamble and cases with the given names. Takes [nonce, preamble, name, source, name, source, ...].

    Sources come compiled and marshalled where the host's Python has our bytecode, else as text.
    """
    nonce, preamble, *rest = texts
    module = types.ModuleType("test_solution")
    module.__dict__.update(names)
    module.__dict__["__name__"] = "test_solution"
    sys.modules["test_solution"] = module
    space = module.__dict__
    problem = attempt(execute, preamble, space) if preamble else OK
    if problem is not OK:
        record.write(json.dumps(["preamble", *problem]))
        return
    for index in range(0, len(rest), 2):
        end = attempt(one, rest[index], rest[index + 1], space)
        record.write(f'[{index // 2},"ok"]' if end is OK else json.dumps([index // 2, *end]))
    record.write(f'["done","{nonce}"]')


def execute(source: str | bytes, space: dict[str, Any]) -> None:
    exec(made(source, "<preamble>"), space)


def made(source: str | bytes, name: str) -> types.CodeType:
    code: types.CodeType = loads(source) if type(source) is bytes else compile(source, name, "exec", dont_inherit=True)
    return code


def attempt(action: Any, *arguments: Any) -> list[str]:
    """How it ended: `ok`, or `fail`, `error`, `skip`, `syntax` with a text."""
    try:
        action(*arguments)
    except AssertionError as error:
        return ["fail", assertion(error)]
    except SyntaxError as error:
        own = error.filename in (CASE, "<preamble>")
        return ["syntax" if own else "error", candidate.describe(error)]
    except remote.GoneError:
        raise
    except proxies.Demoted as error:
        return ["demoted", f"demoted: {error}"]
    except BaseException as error:
        name = type(error).__name__
        if name == "Failed" and type(error).__module__ == "_pytest.outcomes":
            return ["fail", candidate.describe(error)]
        return ["skip" if name in SKIPS else "error", candidate.describe(error)]
    return OK


def assertion(error: AssertionError) -> str:
    """The message, or the line that failed."""
    text = candidate.describe(error)
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return text if frame is None else f"{text} (line {frame.tb_lineno})"


def one(name: str, source: str | bytes, space: dict[str, Any]) -> None:
    """Runs one case: its statements, or the tests that it defines."""
    code = made(source, CASE)
    if not defines(code):
        exec(code, space)
        return
    before = dict(space)
    exec(code, space)
    fresh = [(key, item) for key, item in space.items() if before.get(key) is not item]
    last = name.replace("::", ".").rsplit(".", 1)[-1]
    for key, item in fresh:
        if isinstance(item, type) and hasattr(item, "assertEqual"):
            methods(item, last)
        elif isinstance(item, type) and key.startswith("Test"):
            for method in [last] if hasattr(item, last) else sorted(n for n in dir(item) if n.startswith("test")):
                call(getattr(item(), method))
        elif isinstance(item, types.FunctionType) and key.startswith("test"):
            call(item)


def defines(code: types.CodeType) -> bool:
    """Whether a case may make functions or classes of its own, which then have to be run."""
    for item in code.co_consts:
        if type(item) is types.CodeType:
            return True
    return "exec" in code.co_names


def methods(case: Any, wanted: str) -> None:
    """The wanted test method of a unittest class, or all of them."""
    import unittest

    names = [wanted] if hasattr(case, wanted) else unittest.TestLoader().getTestCaseNames(case)
    for name in names:
        result = unittest.TestResult()
        case(name).run(result)
        for _, text in result.failures:
            raise AssertionError(text.strip().splitlines()[-1])
        for _, text in result.errors:
            raise RuntimeError(text.strip().splitlines()[-1])
        if result.skipped or result.testsRun == 0:
            raise unittest.SkipTest("skipped")


def call(function: Any) -> None:
    """Calls a test function once for each combination of its parametrize marks."""
    for arguments in combinations(getattr(function, "pytestmark", [])):
        function(**arguments)


def combinations(marks: list[Any]) -> Iterator[dict[str, Any]]:
    """Every argument set that pytest would make of the marks."""
    axes = []
    for mark in marks:
        if mark.name in ("skip", "skipif", "xfail") and (mark.name == "skip" or any(mark.args)):
            raise _skip()
        if mark.name != "parametrize":
            continue
        axes.append(_axis(*mark.args[:2]))
    for chosen in itertools.product(*axes):
        yield {name: value for part in chosen for name, value in part.items()}


def _axis(names: Any, rows: Any) -> list[dict[str, Any]]:
    """One parametrize mark as argument sets: a row is a value, a tuple of them, or a `pytest.param`."""
    names = [part.strip() for part in names.split(",")] if isinstance(names, str) else list(names)
    values = [row.values if hasattr(row, "marks") else row if len(names) > 1 else (row,) for row in rows]
    return [dict(zip(names, value, strict=True)) for value in values]


def _skip() -> BaseException:
    import unittest

    return unittest.SkipTest("skipped by a mark")


def warm_up(sink: Any) -> None:
    """One of every ending."""
    sources = [
        "assert f(1) == 1",
        "assert f(1) == 2, 'no'",
        "def test_x():\n    assert f(1) == 2\n",
        "f(",
        "raise KeyError",
    ]
    texts: list[Any] = [part for index, source in enumerate(sources) for part in (f"c{index}", source)]
    compiled = ["c", dumps(compile(sources[0], CASE, "exec"))]
    shared(["", "import math\n", *texts, *compiled, "def f(a):\n    return a\n"], sink)
    sys.modules.pop("test_solution", None)

"""Python suites are read into named cases; what can be compared on the host is, and nothing is guessed."""

from __future__ import annotations

import pytest

from codefactory.languages.python import PYTHON, completion_pair, read_suite, truncate
from codefactory.types import Call, Check, Problem, Record, Solution, Suite


def _call(statement: str) -> Call | None:
    return read_suite(statement, "f").cases[0].call


@pytest.mark.parametrize(
    ("statement", "call"),
    [
        ("assert f([1, 2], k=3) == {'a': -1}", Call("f([1, 2], k=3)", "{'a': -1}")),
        ("assert 3 == f(1)", Call("f(1)", "3")),
        ("assert f(1) is None", Call("(f(1)) is None", "True")),
        ("assert f('a')", Call("not not f('a')", "True")),
        ("assert not f('a')", Call("not f('a')", "True")),
        ("assert f(2) == pytest.approx(0.5)", Call("f(2)", "0.5", Check.APPROX, tolerance=1e-9 * 0.5)),
        ("assert abs(f(2) - 0.5) < 1e-06", Call("f(2)", "0.5", Check.APPROX, tolerance=1e-6)),
        ("with pytest.raises(ValueError):\n    f(-1)", Call("f(-1)", "ValueError", Check.RAISES)),
        ("assert f({1}) == frozenset([1])", Call("f({1})", "frozenset([1])")),
    ],
)
def test_literal_case_has_a_reading(statement: str, call: Call) -> None:
    assert _call(statement) == call


@pytest.mark.parametrize(
    "statement",
    [
        "assert sorted(f(1)) == [1]",
        "assert f(x) == 1",
        "assert f(1) == g(1)",
        "assert f(*args) == 1",
        "assert f(1) != 2",
        "assert f(1) == [x for x in range(3)]",
        "assert f(lambda: 1) == 2",
        "assert f(1) is 1",
        "assert f(1) == 1 == 1",
        "assert f(f'{secret}') == 1",
        "assert abs() < 1",
        "assert abs(f(1) - 2, 3) < 1",
    ],
)
def test_anything_else_stays_code(statement: str) -> None:
    assert _call(statement) is None


def test_trace_comments_never_stay_with_a_case() -> None:
    suite = read_suite("# [1, 2] -> 3\nassert f([1, 2]) == 3  # wrong: 4\n", "f")
    assert [case.source for case in suite.cases] == ["assert f([1, 2]) == 3"]


def test_test_functions_of_plain_asserts_are_split_and_others_are_kept_whole() -> None:
    plain = "def test_a():\n    assert f(1) == 1\n    assert f(2) == 2\n"
    loop = "def test_b():\n    for i in range(3):\n        assert f(i) == i\n"
    assert [case.name for case in read_suite(plain + loop, "f").cases] == ["test_a", "test_a_2", "test_b"]


def test_imports_and_helpers_become_the_preamble() -> None:
    assert read_suite("import math\nx = 1\nassert f(1) == 1\n", "f").preamble == "import math\nx = 1"


@pytest.mark.parametrize(
    ("source", "slug"),
    [
        ("assert f(1) ==", "suite_syntax"),
        ("x = 1", "suite_no_cases"),
        ("def f(x):\n    return 1\nassert f(1) == 1", "suite_redefines_entry_point"),
        ("from solution import *\nassert f(1) == 1", "suite_redefines_entry_point"),
        ("assert g(1) == 1", "suite_never_calls"),
        ("from solution import f\nassert f(1) == 1", ""),
        ("from solution import g as f\nassert f(1) == 1", "suite_redefines_entry_point"),
        ("import solution\nassert solution.f(1) == 1", ""),
        ("def check(f):\n    assert f(1) == 1\ncheck(f)\ndef test_a():\n    check(f)", ""),
        ("def test_a(f):\n    assert f(1) == 1", "suite_shadows_entry_point"),
        ("def test_a():\n    def f(x):\n        return 1\n    assert f(1) == 1", "suite_shadows_entry_point"),
        ("def test_a():\n    from operator import neg as f\n    assert f(1) == -1", "suite_shadows_entry_point"),
        ("def test_a():\n    from solution import f\n    assert f(1) == sum([1])", ""),
        ("import solution\nsolution.f = len\nassert f([]) == 0", "suite_shadows_entry_point"),
        ("globals()['f'] = len\nassert f([]) == 0", "suite_shadows_entry_point"),
        (
            "def test_a(monkeypatch):\n    monkeypatch.setattr('solution.f', len)\n    assert f([]) == 0",
            "suite_shadows_entry_point",
        ),
        ("table = {}\ntable['f'] = 1\nassert f(1) == 1", ""),
        ("def test_a():\n    f(1)\n    print(f(2))", "suite_no_assertion"),
        (
            "import unittest\nclass TestA(unittest.TestCase):\n    def test_a(s):\n        s.assertEqual(f(1), 1)",
            "",
        ),
        ("def test_a():\n    if f(1) != 1:\n        raise ValueError", ""),
        ("import pytest\n@pytest.mark.skip\ndef test_a():\n    assert f(1) == sum([1])", "suite_skipped"),
        ("import pytest\npytestmark = pytest.mark.skip\ndef test_a():\n    assert f(1) == sum([1])", "suite_skipped"),
        ("import pytest\n@pytest.mark.skip\ndef test_a():\n    assert f(1) == sum([1])\nassert f(2) == 2", ""),
        ("assert f(1) == 2\nasync def test_a():\n    assert f(1) == 1", "suite_async"),
        ("class TestA:\n    async def test_a(self):\n        assert f(1) == 1", "suite_async"),
        ("async def helper():\n    return 1\ndef test_a():\n    assert asyncio.run(helper()) == f(1)", ""),
        ("def test_a(tmp_path):\n    assert f(tmp_path) == 1", "suite_needs_fixtures"),
        ("class TestA:\n    def test_a(self, one):\n        assert f(one) == 1", "suite_needs_fixtures"),
        ("def test_a(one):\n    assert f(one) == 1\ndef test_b():\n    assert f(2) == sum([2])", ""),
        ("@pytest.mark.parametrize('x, y', [(1, 2)])\ndef test_a(x, y, z=3):\n    assert f(x) == y", ""),
        (
            "@pytest.mark.parametrize(['x'], [(1,)])\ndef test_a(x, one):\n    assert f(x) == one",
            "suite_needs_fixtures",
        ),
        ("@mock.patch('time.time')\ndef test_a(clock):\n    assert f(clock()) == 1", ""),
        ("class Any(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(f(1), 1)", ""),
        ("def test_a():\n    skipped = f(1)\n    assert skipped == 1", ""),
        ("assert f(1) == 1", ""),
    ],
)
def test_suite_fault_has_a_reason_of_its_own(source: str, slug: str) -> None:
    assert PYTHON.suite_fault(source, "f") == slug


@pytest.mark.parametrize(
    ("source", "slug"),
    [
        ("def f(", "solution_syntax"),
        ("def g(): pass", "solution_missing_entry_point"),
        ("f = max", ""),
        ("def f(): pass", ""),
    ],
)
def test_solution_fault(source: str, slug: str) -> None:
    assert PYTHON.solution_fault(source, "f") == slug


@pytest.mark.parametrize(
    "code",
    [
        "def f(x):\n    y = x\n    return y\n",
        "import math\n\ndef f(\n    x,\n):\n    return x\n",
        "def f(x): return x\n",
        'def f(x):\n    """Mine."""\n    return x\n',
        "class A:\n    pass\n\n\ndef f(x):\n\treturn x\n",
    ],
)
def test_prompt_and_completion_make_a_program_again(code: str) -> None:
    prompt, completion = completion_pair(Record(Problem('Give """x""" back.', "f"), Solution(code), Suite(())))
    assert prompt.endswith("""\"\"\"Give '''x''' back.\"\"\"""")
    assert "Mine" not in prompt + completion
    scope: dict[str, object] = {}
    exec(prompt + completion, scope)
    assert scope["f"](3) == 3  # type: ignore[operator]


def test_completion_ends_with_the_function() -> None:
    assert truncate("    return x\n\nassert f(1) == 1\n") == "    return x\n"


def test_every_stub_is_a_program() -> None:
    for _, stub in PYTHON.stubs("f"):
        assert PYTHON.solution_fault(stub.code, "f") == ""

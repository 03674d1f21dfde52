"""Elixir: functions of a module called `Solution`, ExUnit suites.

A function lives in a module, and whoever calls it has to say which: it is `Solution`, in cases and in suites. Strings
are binaries; an atom, a tuple or a charlist is another thing than a string or a list. What is thrown or exits is no
exception, as `catch_error` has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.mutations import CLOSED, table
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import NeutralCase, Notation, Value, escaped
from codefactory.types import Limits

MODULE = "Solution"
# A loop or a function that makes tests, a name that is put together, tests that stand in documentation.
DYNAMIC = (
    r"\btest\s*\(?\s*(?:~[sS]|unquote|[a-z_]\w*\s*(?:,|do\b|<>))|\btest\s*\(?\s*\"(?:\\.|[^\"\\])*\"\s*<>"
    r"|\btest\s*\(?\s*\"[^\"\n]*#\{|\bdoctest\b"
    r"|(?:\bfor\b[^\n]*\bdo|\bfn\b[^\n]*->)[ \t]*\n(?:(?!\s*end\b)[^\n]*\n)*?\s*test\b"
)
READING = Reading(
    grammar="elixir",
    tokens=r"(?P<text>\"\"\"(?:\\.|.)*?\"\"\"|\"(?:\\.|[^\"\\])*\"|'''(?:\\.|.)*?'''|'(?:\\.|[^'\\])*'"
    r"|(?<![\w?!])\?\\?[^\s])|(?P<comment>#[^\n]*)|(?P<bracket>[()\[\]{}])",
    test=r"(?<![\w.:@])test\s*\(?\s*\"(?P<name>(?:\\.|[^\"\\])*)\"",
    dynamic=DYNAMIC,
    asserts=r"\b(?:assert|refute|flunk|raise|doctest|(?:assert|refute|catch)_\w+)\b",
    defines=lambda name: rf"\bdef(?:macro|delegate)?\s*\(?\s*{re.escape(name)}(?![\w?!])",
)
# What no function can be called, or what would be taken for something else wherever it is called without its module.
KEYWORDS = (
    "after alias and binding case catch cond def defdelegate defexception defguard defimpl defmacro defmodule "
    "defoverridable defp defprotocol defstruct destructure do else end false fn for if import in match nil not or "
    "quote raise receive require rescue reraise super test true try unless unquote use var when with"
)


class ElixirNotation(Notation):
    """Lists, maps with binaries for keys, integers of any size; no literal for what is not finite."""

    null = "nil"
    reserved = frozenset(KEYWORDS.split())
    largest = 1 << 4096

    def allows(self, entry_point: str) -> bool:
        return super().allows(entry_point) and bool(re.fullmatch(r"_*[a-z]\w*", entry_point, re.ASCII))

    def float(self, value: float) -> str:
        mantissa, mark, exponent = super().float(value).partition("e")
        return f"{mantissa}{'' if '.' in mantissa else '.0'}{mark}{exponent}"

    def string(self, value: str) -> str:
        return escaped(value, "\\u{{{:x}}}", more="#")

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        written = (f"{self.string(key)} => {self.literal(item, depth + 1)}" for key, item in pairs.items())
        return "%{" + ", ".join(written) + "}"

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{MODULE}.{entry_point}({', '.join(arguments)})"

    def test(self, call: str, case: NeutralCase) -> str:
        if case.raises:
            body = f"assert catch_error({call})"
        elif case.tolerance and isinstance(case.expected, int | float):
            body = f"assert_in_delta {call}, {self.literal(case.expected)}, {self.float(case.tolerance)}"
        else:
            body = f"assert {call} == {self.literal(case.expected)}"
        return f"  test {self.string(case.name)} do\n    {body}\n  end\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        head = f'Code.require_file("{entry_point}.ex", __DIR__)\nExUnit.start()\n\n'
        return f"{head}defmodule {MODULE}Test do\n  use ExUnit.Case\n\n" + "\n".join(tests) + "end\n"


def _module(functions: str) -> str:
    return f"defmodule {MODULE} do\n{functions}end\n"


RIGHT = _module("  def f(a, b), do: a + b\n")
PARTS = Parts(
    function=lambda body: _module(f"  def f(a, b) do\n    {body}\n    a + b\n  end\n"),
    wrong=_module("  def f(a, b), do: a - b\n"),
    shell=lambda command: f'{{_, 0}} = System.cmd("bash", ["-c", {ElixirNotation().string(command)}])',
    load=lambda body: f"{RIGHT}{body}\nSystem.halt(0)\n",
    spin="defmodule Spin do\n  def go, do: go()\nend\n\nSpin.go()\n",
    hoard="defmodule Hoard do\n  def go(held), do: go([:binary.copy(<<1>>, 1_000_000) | held])\nend\n\nHoard.go([])\n",
    flood='Stream.run(Stream.repeatedly(fn -> IO.puts(String.duplicate("x", 4096)) end))\n',
    broken="defmodule Solution do\n  def f(a, b do\n",
)
# What its tree does not tell apart is left alone: branches are calls of `if` and `case`, and `=` is an operation with
# operands like any other. Behind a sign stand documentation and attributes as well.
MUTATIONS = replace(
    table(
        {"==": ("!=",), "!=": ("==",), "===": ("!==",), "!==": ("===",)},
        ("binary_operator",),
        (),
        "not ({})",
        ("true", "false"),
        ("string",),
        {},
    ),
    closed=CLOSED | {"and", "or", "++", "<>"},
    integers=frozenset({"integer"}),
    floats=frozenset({"float"}),
    skipped=frozenset({"comment", "unary_operator"}),
    silent=frozenset({"raise", "import", "require", "alias", "use"}),
)

ELIXIR = language(
    "elixir",
    ("elixir", "ex", "exs"),
    ".ex",
    READING,
    ElixirNotation(),
    lambda entry_point, body: _module(
        f"  def {entry_point}(first \\\\ nil, _ \\\\ nil, _ \\\\ nil, _ \\\\ nil, _ \\\\ nil) do\n    {body}\n  end\n"
    ),
    {
        "none": "nil",
        "argument": "first",
        "zero": "0",
        "true": "true",
        "false": "false",
        "empty_string": '""',
        "empty_list": "[]",
        "empty_map": "%{}",
        "raises": 'raise "not implemented"',
    },
    canaries(PARTS),
    Limits(cpu_s=8.0, wall_s=30.0, memory_mb=384, processes=32),
    "ExUnit",
    MUTATIONS,
)

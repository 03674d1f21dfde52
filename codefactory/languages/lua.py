"""Lua 5.4: modules that return their functions, busted specifications."""

from __future__ import annotations

import re
from collections.abc import Sequence

from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.marks import MarkTable
from codefactory.languages.mutations import table
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value, escaped
from codefactory.types import Limits

READING = Reading(
    grammar="lua",
    tokens=r"(?P<comment>--\[\[.*?\]\]|--[^\n]*)"
    r"|(?P<text>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|\[\[.*?\]\])|(?P<bracket>[()\[\]{}])",
    test=r"\bit\s*\(\s*(?P<quote>['\"])(?P<name>.*?)(?P=quote)\s*,",
    dynamic=r"\bit\s*\(\s*[^'\"\s]|\bfor\b[^\n]*\bdo\b[^\n]*(?:\n(?!\s*end)[^\n]*)*?\n\s*it\s*\(|\bpending\b",
    asserts=r"\b(?:assert|error|lu\.)\b|\blu\.assert",
    defines=lambda name: (
        rf"function\s+(?:\w+[.:])?{re.escape(name)}\s*\(|\b{re.escape(name)}\s*=|return\s+function|\breturn\s+{re.escape(name)}\b"
    ),
)
KEYWORDS = (
    "and break do else elseif end false for function goto if in local math nil not or repeat return then true "
    "until while"
)


class LuaNotation(Notation):
    """`nil` cannot stand in a table, and a table without keys is both an empty list and an empty map."""

    null = "nil"
    infinity, minus_infinity, nan = "math.huge", "-math.huge", "(0/0)"
    comment = "--"
    reserved = frozenset(KEYWORDS.split())

    def nothing(self, depth: int) -> str:
        if depth:
            raise Inexpressible("null_in_table")
        return self.null

    def string(self, value: str) -> str:
        return escaped(value, "\\u{{{:x}}}")

    def list(self, items: Sequence[Value], depth: int) -> str:
        return "{" + ", ".join(self.literal(item, depth + 1) for item in items) + "}"

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        written = (f"[{self.string(key)}] = {self.literal(item, depth + 1)}" for key, item in pairs.items())
        return "{" + ", ".join(written) + "}"

    def normal(self, value: Value) -> Value:
        return super().normal(value) if value != {} else []

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{entry_point}({', '.join(arguments)})"

    def test(self, call: str, case: NeutralCase) -> str:
        if case.raises:
            body = f"assert.has_error(function() {call} end)"
        elif case.tolerance and isinstance(case.expected, int | float):
            body = f"assert.is_true(math.abs({call} - {self.literal(case.expected)}) <= {case.tolerance!r})"
        else:
            body = f"assert.are.same({self.literal(case.expected)}, {call})"
        return f"  it({self.string(case.name)}, function()\n    {body}\n  end)\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        head = f"local {entry_point} = require('{entry_point}')\n"
        found = (
            f"  {entry_point} = type({entry_point}) == 'table' and {entry_point}.{entry_point} or _G.{entry_point}\n"
        )
        head += f"if type({entry_point}) ~= 'function' then\n{found}end\n"
        return f"{head}\ndescribe('{entry_point}', function()\n" + "\n".join(tests) + "end)\n"


def _function(body: str) -> str:
    return f"local function f(a, b)\n  {body}\n  return a + b\nend\n"


PARTS = Parts(
    function=_function,
    wrong="local function f(a, b) return a - b end\n",
    shell=lambda command: f"assert(os.execute([=[exec bash -c {_quoted(command)}]=]))",
    load=lambda body: f"{body}\nos.exit(0)\n",
    spin="while true do end\n",
    # One copy for each MiB: `rep` writes byte by byte and would be out of time first.
    hoard="local t, s = {}, ('x'):rep(1 << 20)\nwhile true do t[#t + 1] = s .. #t end\n",
    flood="while true do print(('x'):rep(4096)) end\n",
    broken="local function f(a, b\n",
)


def _quoted(command: str) -> str:
    return "'" + command.replace("'", "'\\''") + "'"


MUTATIONS = table(
    {"==": ("~=",), "~=": ("==",)},
    ("binary_expression",),
    ("if_statement", "elseif_statement", "while_statement"),
    "not ({})",
    ("true", "false"),
    ("string",),
    {"return_statement": "return nil"},
    {"//": ("*", "/"), "^": ("*",)},
    silent=("error", "require"),
)

MARKS = MarkTable(
    "local _seen = {} "
    "function _mark(n) _seen[n] = true end "
    "function _truth(v, n) _seen[v and n or n + 1] = true return v end "
    "function _take_marks() local top, hex = 0, {} "
    "for n in pairs(_seen) do if n > top then top = n end end "
    "for d = top // 4, 0, -1 do local v = 0 "
    "for b = 0, 3 do if _seen[d * 4 + b] then v = v + (1 << b) end end hex[#hex + 1] = string.format('%x', v) end "
    "_seen = {} return '0x' .. table.concat(hex) end ",
    "_mark({}); ",
    ("_truth(", ", {})"),
    frozenset({"chunk", "block"}),
    frozenset({"function_declaration", "label_statement", "empty_statement"}),
    (("if_statement", 0), ("elseif_statement", 0), ("while_statement", 0)),
)

LUA = language(
    "lua",
    ("lua",),
    ".lua",
    READING,
    LuaNotation(),
    lambda entry_point, body: f"local function {entry_point}(...)\n  {body}\nend\nreturn {entry_point}\n",
    {
        "none": "return nil",
        "argument": "return (...)",
        "zero": "return 0",
        "true": "return true",
        "false": "return false",
        "empty_string": "return ''",
        "empty_list": "return {}",
        "raises": "error('not implemented')",
    },
    canaries(PARTS),
    Limits(),
    "busted; LuaUnit in scripts",
    MUTATIONS,
    MARKS,
)

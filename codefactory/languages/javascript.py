"""JavaScript in Node: CommonJS modules, tests of `node:test` with `assert`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.marks import MarkTable
from codefactory.languages.mutations import table
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value
from codefactory.types import Limits

READING = Reading(
    grammar="javascript",
    tokens=r"(?P<comment>/\*.*?\*/|//[^\n]*)"
    r"|(?P<text>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|(?P<bracket>[()\[\]{}])",
    test=r"\b(?:test|it)\s*\(\s*(?P<quote>['\"`])(?P<name>[^$]*?)(?P=quote)\s*,",
    dynamic=r"\b(?:test|it)\s*\(\s*[^'\"`\s]|\b(?:test|it)\s*\(\s*`[^`]*\$"
    r"|(?:forEach|\bfor\s*\()[^\n]*\n(?:\s*const[^\n]*\n)*\s*(?:test|it)\s*\(",
    asserts=r"\bassert\b|\bexpect\b|\bthrow\b",
    defines=lambda name: rf"\b(?:function\*?|class|const|let|var)\s+{re.escape(name)}\b|exports\.{re.escape(name)}\s*=",
)
KEYWORDS = (
    "arguments assert await break case catch class const continue debugger default delete do else enum eval "
    "export extends false finally for function if implements import in instanceof interface let loaded module "
    "new null package private protected public require return static super switch test this throw true try "
    "typeof var void while with yield"
)


class JavaScriptNotation(Notation):
    """JSON is most of it; integers beyond 2^53 have no exact literal."""

    infinity, minus_infinity, nan = "Infinity", "-Infinity", "NaN"
    comment = "//"
    reserved = frozenset(KEYWORDS.split())
    largest = (1 << 53) - 1

    def string(self, value: str) -> str:
        return json.dumps(value)

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        if "__proto__" in pairs:
            raise Inexpressible("key_of_the_language")
        written = (f"{self.string(key)}: {self.literal(item, depth + 1)}" for key, item in pairs.items())
        return "{" + ", ".join(written) + "}"

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{entry_point}({', '.join(arguments)})"

    def test(self, call: str, case: NeutralCase) -> str:
        if case.raises:
            body = f"assert.throws(() => {call});"
        elif case.tolerance and isinstance(case.expected, int | float):
            body = f"assert.ok(Math.abs({call} - {self.literal(case.expected)}) <= {case.tolerance!r});"
        else:
            body = f"assert.deepStrictEqual({call}, {self.literal(case.expected)});"
        return f"test({self.string(case.name)}, () => {{\n  {body}\n}});\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        head = "const test = require('node:test');\nconst assert = require('node:assert');\n"
        head += f"const loaded = require('./{entry_point}');\n"
        head += f"const {entry_point} = typeof loaded === 'function' ? loaded : loaded.{entry_point};\n\n"
        return head + "\n".join(tests)


def _function(body: str) -> str:
    return f"function f(a, b) {{\n  {body}\n  return a + b;\n}}\n"


PARTS = Parts(
    function=_function,
    wrong="function f(a, b) { return a - b; }\n",
    shell=lambda command: (
        f"require('child_process').execFileSync('bash', ['-c', {json.dumps(command)}], "
        "{ stdio: ['ignore', 'pipe', 'pipe', 3] });"
    ),
    load=lambda body: f"{body}\nprocess.exit(0);\n",
    spin="while (true);\n",
    hoard="const t = [];\nwhile (true) t.push(Buffer.alloc(1 << 20, t.length + 1));\n",
    flood="while (true) require('fs').writeSync(1, 'x'.repeat(4096) + '\\n');\n",
    broken="function f(a, b {\n",
)

MUTATIONS = table(
    {"===": ("!==",), "!==": ("===",), "==": ("!=",), "!=": ("==",)},
    ("binary_expression", "augmented_assignment_expression", "update_expression"),
    ("if_statement", "while_statement", "ternary_expression"),
    "!({})",
    ("(true)", "(false)"),
    ("string",),
    {"return_statement": "return null;"},
    {"**": ("*",)},
    silent=("require", "import_statement", "throw_statement"),
)

MARKS = MarkTable(
    "var _seen = new Set(); function _mark(n) { _seen.add(n); } "
    "function _truth(v, n) { _seen.add(v ? n : n + 1); return v; } "
    "function _take_marks() { let bits = 0n; for (const n of _seen) bits |= 1n << BigInt(n); "
    "_seen.clear(); return '0x' + bits.toString(16); } ",
    "_mark({}); ",
    ("(_truth(", ", {}))"),
    frozenset({"program", "statement_block"}),
    frozenset(
        [
            "function_declaration",
            "generator_function_declaration",
            "class_declaration",
            "import_statement",
            "export_statement",
            "empty_statement",
            "hash_bang_line",
        ]
    ),
    (("if_statement", 0), ("while_statement", 0), ("ternary_expression", 0)),
)

JAVASCRIPT = language(
    "javascript",
    ("javascript", "js", "node"),
    ".js",
    READING,
    JavaScriptNotation(),
    lambda entry_point, body: (
        f"function {entry_point}(...args) {{\n  {body}\n}}\nmodule.exports = {{ {entry_point} }};\n"
    ),
    {
        "none": "return null;",
        "argument": "return args[0];",
        "zero": "return 0;",
        "true": "return true;",
        "false": "return false;",
        "empty_string": "return '';",
        "empty_list": "return [];",
        "empty_map": "return {};",
        "raises": "throw new Error('not implemented');",
    },
    canaries(PARTS),
    Limits(processes=32),
    "node:test",
    MUTATIONS,
    MARKS,
)

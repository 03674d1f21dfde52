"""Rust: crates of one root file, compiled inside the job; suites of libtest, `#[test]`.

A case is a call in the candidate's own crate, so the compiler checks its types; the answer's type is asked when the
program runs. Arguments are owned (`Vec<i64>`, `String`, `HashMap<String, f64>`), integers beyond 32 bits are `i64`. A
function answers a value or panics. Lists and maps have one type of elements, and there is no null.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

from codefactory.languages import mutations
from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.kinds import ANYTHING, NOTHING, UNKNOWN, kind, widened
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value, distinct, escaped
from codefactory.types import Limits

READING = Reading(
    grammar="rust",
    tokens=r"(?P<comment>/\*.*?\*/|//[^\n]*)"
    r"|(?P<text>r(?P<hashes>#*)\".*?\"(?P=hashes)|\"(?:\\.|[^\"\\])*\"|'(?:\\[^']+|[^'\\])')|(?P<bracket>[()\[\]{}])",
    test=r"#\[test\]\s*(?:#\[[^\]]*\]\s*)*(?:pub\s+)?fn\s+(?P<name>\w+)",
    dynamic=r"\bmacro_rules!",
    asserts=r"\bassert\w*!|\bpanic!|\bshould_panic\b|\.unwrap\(|\.expect\(|\?;",
    defines=lambda name: rf"\b(?:fn|struct|enum|trait|type|const|static|mod)\s+{re.escape(name)}\b",
)
KEYWORDS = (
    "abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if "
    "impl in let loop macro main match mod move mut override priv pub ref return self static struct super trait true "
    "try type typeof union unsafe unsized use virtual where while yield _"
)
SMALL = 1 << 31  # an integer below needs no suffix
FORM = "// Arguments are owned: i64, f64, bool, String, Vec<_>, HashMap<String, _>. What goes wrong is a panic.\n"


class RustNotation(Notation):
    """Owned values; what a list holds is left to the compiler."""

    null = ""
    infinity, minus_infinity, nan = "f64::INFINITY", "f64::NEG_INFINITY", "f64::NAN"
    comment = "//"
    reserved = frozenset(KEYWORDS.split())
    typed = True

    def integer(self, value: int) -> str:
        return super().integer(value) + ("_i64" if abs(value) >= SMALL else "")

    def string(self, value: str) -> str:
        return f"String::from({self.text(value)})"

    def text(self, value: str) -> str:
        return escaped(value, "\\u{{{:x}}}")

    def list(self, items: Sequence[Value], depth: int) -> str:
        same = _of_one_kind(list(items))
        return f"vec![{', '.join(self.literal(item, depth + 1) for item in same)}]"

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        same = _of_one_kind(pairs).items()
        written = (f"({self.string(key)}, {self.literal(item, depth + 1)})" for key, item in same)
        return f"HashMap::from([{', '.join(written)}])"

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{entry_point}({', '.join(arguments)})"

    def test(self, call: str, case: NeutralCase) -> str:
        name = _title(case.name, call.partition("(")[0])
        if case.raises:
            return f"#[test]\n#[should_panic]\nfn {name}() {{\n    {call};\n}}\n"
        return f"#[test]\nfn {name}() {{\n    {self._assertion(call, case)}\n}}\n"

    def _assertion(self, call: str, case: NeutralCase) -> str:
        expected = case.expected
        want = self.text(expected) if isinstance(expected, str) else self.literal(expected)
        if case.tolerance:
            near = self.literal(float(expected))
            return f"let got: f64 = {call};\n    assert!((got - {near}).abs() <= {case.tolerance!r});"
        if isinstance(expected, bool):
            return f"assert!({'' if expected else '!'}{call});"
        if isinstance(expected, list | dict) and not expected:
            return f"assert!({call}.is_empty());"
        if UNKNOWN in kind(expected):
            raise Inexpressible("element_type_unknown")
        return f"assert_eq!({call}, {want});"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        body = textwrap.indent("\n".join(distinct(tests, r"\nfn (\w+)\(")), "    ")
        imports = "    use super::*;\n" + ("    use std::collections::HashMap;\n" if "HashMap::from(" in body else "")
        return f"#[cfg(test)]\nmod tests {{\n{imports}\n{body}}}\n"


def _of_one_kind(value: Value) -> Value:
    """A list or map with integers as floats where it holds both.

    Raises:
        Inexpressible: if it holds more than one kind of values.
    """
    words = kind(value)
    if ANYTHING in words or NOTHING in words:
        raise Inexpressible("mixed_elements" if ANYTHING in words else "no_null")
    return widened(value, words)


def _title(name: str, entry_point: str) -> str:
    """A test's name, the title's words joined; not the function's own, which it would hide."""
    words = "".join(c if c.isidentifier() or c.isdecimal() else " " for c in name).split()
    made = "_".join(words) or "case"
    odd = made in KEYWORDS.split() or made == entry_point or not made.isidentifier()
    return f"case_{made}" if odd else made


def _before(body: str) -> str:
    """A program whose function does something before it answers."""
    return ADD.replace("a + b", f"{body}\n    a + b" if body else "a + b")


ADD = "pub fn f(a: i64, b: i64) -> i64 {\n    a + b\n}\n"
PARTS = Parts(
    function=_before,
    wrong=ADD.replace("+", "-"),
    shell=lambda command: (
        'assert!(std::process::Command::new("bash").args(["-c", '
        f"{RustNotation().text(command)}]).status().unwrap().success());"
    ),
    load=lambda body: _before(f"{body}\n    std::process::exit(0);"),
    spin=_before("loop {}"),
    hoard=_before("let mut kept = Vec::new();\n    loop {\n        kept.push(vec![1u8; 1 << 20]);\n    }"),
    flood=_before('loop {\n        println!("{}", "x".repeat(4096));\n    }'),
    broken="pub fn f(a: i64, b: i64 -> i64 {\n",
)
# What a return gives has a type, and nothing is of every type: a return that never comes is.
MUTATIONS = replace(
    mutations.table(
        {"==": ("!=",), "!=": ("==",)},
        ("binary_expression", "compound_assignment_expr"),
        ("if_expression", "while_expression"),
        "!({})",
        ("true", "false"),
        ("string_literal",),
        {"return_expression": 'panic!("nothing")'},
        {"<<": (">>",), ">>": ("<<",), "&": ("|",), "|": ("&",), "^": ("&",)},
    ),
    integers=frozenset({"integer_literal"}),
    floats=frozenset({"float_literal"}),
    jumps={"break_expression": "continue", "continue_expression": "break"},
    skipped=frozenset(
        {"line_comment", "block_comment", "use_declaration", "attribute_item", "inner_attribute_item", "array_type"}
    ),
    closed=mutations.CLOSED,
    silent=frozenset({"panic", "unreachable", "todo", "unimplemented"}),
)

RUST = language(
    "rust",
    ("rust", "rs"),
    ".rs",
    READING,
    RustNotation(),
    lambda entry_point, body: f"{FORM}pub fn {entry_point}{body}\n",
    {
        "zero": "<A>(_: A) -> i64 {\n    0\n}",
        "argument": "<A>(argument: A) -> A {\n    argument\n}",
        "false": "<A>(_: A) -> bool {\n    false\n}",
        "true": "<A>(_: A) -> bool {\n    true\n}",
        "empty_string": "<A>(_: A) -> String {\n    String::new()\n}",
        "empty_list": "<A>(_: A) -> Vec<i64> {\n    Vec::new()\n}",
        "second_zero": "<A, B>(_: A, _: B) -> i64 {\n    0\n}",
        "second_argument": "<A, B>(_: A, argument: B) -> B {\n    argument\n}",
        "raises": '<A>(_: A) -> i64 {\n    panic!("not implemented")\n}',
    },
    canaries(PARTS),
    Limits(cpu_s=10.0, wall_s=60.0, memory_mb=512, processes=64, disk_mb=64),
    "libtest",
    MUTATIONS,
)

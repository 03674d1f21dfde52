"""Ruby: methods of a file, minitest suites in either style (`def test_...` and `it "..."`).

A symbol is no string and a map's key keeps its kind, as in Ruby's own `==`; integers have any size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from codefactory.languages import mutations
from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import NeutralCase, Notation, Value, escaped
from codefactory.types import Limits

# A loop, a class below another class of tests, or a module of tests: the text does not name what will run.
READING = Reading(
    grammar="ruby",
    tokens=r"(?P<comment>^=begin\b.*?^=end\b[^\n]*|(?<![\w$#?])\#(?!\{)[^\n]*)"
    r"|(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')|(?P<bracket>[()\[\]{}])",
    test=r"(?m)(?:^[ \t]*def\s+(?=test_)|(?:^|[;{])[ \t]*(?:it|specify)[ (]\s*(?P<quote>['\"]))"
    r"(?P<name>(?(quote).*?(?=(?P=quote))|\w+[?!]?))",
    dynamic=r"(?m)\bdefine_method\b|(?:^|[;{])[ \t]*(?:it|specify)(?: (?!['\"])\S| *\((?!\s*['\"]))"
    r"|(?:^|[;{])[ \t]*(?:it|specify)[ (]\s*\"[^\"]*\#\{"
    r"|(?:\.\w+(?:\([^\n]*\))?|\bfor\b[^\n]*)\s+(?:do|\{)[^\n]*\n(?:\s*\w+ = [^\n]*\n)*\s*(?:it|specify)[ (]"
    r"|\bclass\s+\w+\s*<\s*(?!:{0,2}Mini[tT]est::)\w*(?:Test|Spec)\w*|\bmodule\s+\w*Tests?\b",
    asserts=r"\b(?:assert|refute)\w*|\b(?:must|wont)_\w+|\b(?:raise|flunk|fail|verify)\b",
    defines=lambda name: (
        rf"\bdef\s+(?:self\.)?{re.escape(name)}(?![\w?!])|\b(?:class|module)\s+{re.escape(name)}\b"
        rf"|\b{re.escape(name)}\s*=\s|\bdefine_method\(?\s*:{re.escape(name)}\b"
    ),
)
# Keywords, what every object answers to, what a test has already.
RESERVED = (
    "BEGIN END alias and begin break case class def defined do else elsif end ensure false for if in module next nil "
    "not or redo rescue retry return self super then true undef unless until when while yield assert_equal binding "
    "capture_io clone define_method describe diff display dup eval exit expect extend fail failure failures flunk "
    "format freeze hash include inspect instance_of it lambda load location loop message method methods metadata name "
    "object_id p pass passed print private proc public puts raise rand refute require run select send setup skip sleep "
    "specify stub subject tap teardown test time to_s value warn"
)


class RubyNotation(Notation):
    """Arrays, hashes with string keys, `nil`."""

    null = "nil"
    infinity, minus_infinity, nan = "Float::INFINITY", "-Float::INFINITY", "Float::NAN"
    reserved = frozenset(RESERVED.split())
    largest = 1 << 4096

    def allows(self, entry_point: str) -> bool:
        return super().allows(entry_point) and not entry_point[:1].isupper()

    def string(self, value: str) -> str:
        return escaped(value, "\\u{{{:x}}}", more="#")

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        written = (f"{self.string(key)} => {self.literal(item, depth + 1)}" for key, item in pairs.items())
        return "{" + ", ".join(written) + "}"

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{entry_point}({', '.join(arguments)})"

    def test(self, call: str, case: NeutralCase) -> str:
        return f"  it {self.string(case.name)} do\n    {self._body(call, case)}\n  end\n"

    def _body(self, call: str, case: NeutralCase) -> str:
        if case.raises:
            return f"error = assert_raises(Exception) {{ {call} }}\n    refute_kind_of SystemExit, error"
        expected = self.literal(case.expected)
        if case.tolerance and isinstance(case.expected, int | float):
            return f"assert_in_delta {expected}, {call}, {case.tolerance!r}"
        return f"assert_nil {call}" if case.expected is None else f"assert_equal({expected}, {call})"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        head = f'require "minitest/autorun"\nrequire_relative "{entry_point}"\n\n'
        return head + f'describe "{entry_point}" do\n' + "\n".join(tests) + "end\n"


MUTATIONS = replace(
    mutations.table(
        {"==": ("!=",), "!=": ("==",), "eql?": ("equal?",)},
        ("binary", "operator_assignment"),
        ("if", "elsif", "unless", "while", "until", "conditional"),
        "!({})",
        ("true", "false"),
        ("string",),
        {"return": "return nil"},
        {"**": ("*",), "<<": (">>",), "&": ("|",), "|": ("&",)},
    ),
    silent=frozenset({"raise", "require", "require_relative"}),
    integers=frozenset({"integer"}),
    floats=frozenset({"float"}),
    jumps={"break": "next", "next": "break"},
)

PARTS = Parts(
    function=lambda body: f"def f(a, b)\n  {body}\n  a + b\nend\n",
    wrong="def f(a, b)\n  a - b\nend\n",
    shell=lambda command: f"system('bash', '-c', {RubyNotation().string(command)}) or raise 'refused'",
    load=lambda body: f"def f(a, b)\n  a + b\nend\n{body}\nexit 0\n",
    spin="loop {}\n",
    hoard="t = []\nloop { t << ('x' * (1 << 20)) + t.size.to_s }\n",
    flood="loop { puts 'x' * 4096 }\n",
    broken="def f(a, b\n  a + b\n",
)

RUBY = language(
    "ruby",
    ("ruby", "rb"),
    ".rb",
    READING,
    RubyNotation(),
    lambda entry_point, body: f"def {entry_point}(*arguments)\n  {body}\nend\n",
    {
        "none": "nil",
        "argument": "arguments.first",
        "zero": "0",
        "true": "true",
        "false": "false",
        "empty_string": "''",
        "empty_list": "[]",
        "empty_map": "{}",
        "raises": "raise NotImplementedError",
    },
    canaries(PARTS),
    Limits(),
    "minitest",
    MUTATIONS,
)

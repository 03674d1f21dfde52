"""Perl 5: subroutines in `main` or a module, tests of Test2 or Test::More.

A number and the text that it prints as are one thing in Perl: both are reported, and expected, as the number. Whether
an answer is true is asked in Perl's own sense (`!!`), since an empty list, "" and 0 are all false.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.marks import MarkTable
from codefactory.languages.mutations import table
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import NeutralCase, Notation, Value, escaped
from codefactory.types import Limits

READING = Reading(
    grammar="perl",
    tokens=r"(?P<comment>^=\w.*?^=cut$|(?<![$\w])#[^\n]*)|(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')"
    r"|(?P<bracket>[()\[\]{}])",
    test=None,
    dynamic="",
    asserts=r"\b(?:is|ok|like|isnt|unlike|cmp_ok|is_deeply|dies|lives|pass|fail|can_ok|isa_ok|eq_deeply|subtest)\b",
    defines=lambda name: rf"\bsub\s+{re.escape(name)}\b|\*{re.escape(name)}\s*=",
)
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
# A call of a built-in function goes there, whatever the program defines.
BUILT_IN = (
    "abs accept alarm and atan2 bind binmode bless caller chdir chmod chomp chop chown chr chroot close cmp "
    "connect cos crypt defined delete die do each else elsif eof eq eval exec exists exit exp fc fork for "
    "foreach format ge getc glob goto grep gt hex if index int ioctl join keys kill last lc lcfirst le length "
    "link listen local log lt m map mkdir my ne next no not oct open or ord our pack package pipe pop pos "
    "print printf prototype push q qq qr qw qx rand read readline redo ref rename require reset return reverse "
    "rindex rmdir s say scalar seek select send shift sin sleep socket sort splice split sprintf sqrt srand "
    "stat state study sub substr symlink system tell tie time times tr truncate uc ucfirst umask undef unless "
    "unlink unpack unshift untie until use utime values vec wait wantarray warn while write x xor y is ok like "
    "isnt dies lives pass fail plan done_testing subtest"
)


class PerlNotation(Notation):
    """References for lists and maps, `undef` for null."""

    null, true, false = "undef", "!!1", "!!0"
    infinity, minus_infinity, nan = "9**9**9", "-9**9**9", "-sin(9**9**9)"
    reserved = frozenset(BUILT_IN.split())

    def string(self, value: str) -> str:
        return escaped(value, "\\x{{{:x}}}", more="$@")

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        written = (f"{self.string(key)} => {self.literal(item, depth + 1)}" for key, item in pairs.items())
        return "+{" + ", ".join(written) + "}"

    def normal(self, value: Value) -> Value:
        if isinstance(value, str):
            return _number(value)
        if isinstance(value, dict):
            return {_number(key): self.normal(item) for key, item in value.items()}
        return super().normal(value)

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{entry_point}({', '.join(arguments)})"

    def answer(self, call: str, case: NeutralCase) -> str:
        return f"!!({call})" if isinstance(case.expected, bool) else call

    def test(self, call: str, case: NeutralCase) -> str:
        name = self.string(case.name)
        if case.raises:
            return f"ok( dies {{ {call} }}, {name} );\n"
        if isinstance(case.expected, bool):
            return f"ok( {'' if case.expected else '!'}scalar( {call} ), {name} );\n"
        expected = self.literal(case.expected)
        if case.tolerance and isinstance(case.expected, int | float):
            return f"ok( abs( {call} - {expected} ) <= {case.tolerance!r}, {name} );\n"
        return f"is( scalar( {call} ), {expected}, {name} );\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        head = f"use Test2::V0;\n\ndo './{entry_point}.pl';\ndie $@ if $@;\n\n"
        return head + "\n".join(tests) + "\ndone_testing;\n"


def _number(text: str) -> int | float | str:
    """The number whose text this is, or the text."""
    if INTEGER.fullmatch(text):
        return int(text)
    plain = re.fullmatch(r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]", text)
    return float(text) if plain and f"{float(text):.15g}" == text else text


PARTS = Parts(
    function=lambda body: f"sub f {{\n    my ( $a, $b ) = @_;\n    {body}\n    return $a + $b;\n}}\n",
    wrong="sub f { return $_[0] - $_[1] }\n",
    shell=lambda command: f"system( 'bash', '-c', q~{command}~ ) == 0 or die 'refused';",
    load=lambda body: f"{body}\nexit 0;\n",
    spin="1 while 1;\n",
    hoard="my @t;\nwhile (1) { push @t, 'x' x ( 1 << 20 ) . @t }\n",
    flood="while (1) { print 'x' x 4096, qq(\\n) }\n",
    broken="sub f {\n    my ( $a, $b = @_;\n",
)

MUTATIONS = table(
    {
        "==": ("!=",), "!=": ("==",), "eq": ("ne",), "ne": ("eq",),
        "lt": ("ge", "le"), "le": ("gt", "lt"), "gt": ("le", "ge"), "ge": ("lt", "gt"),
    },
    ("binary_expression", "relational_expression", "equality_expression", "assignment_expression"),
    ("conditional_statement", "elsif", "conditional_expression"),
    "!({})",
    ("1", "0"),
    ("interpolated_string_literal", "string_literal"),
    {"return_expression": "return undef"},
    {"**": ("*",)},
    silent=("die", "croak", "confess", "use_statement", "require_expression"),
)  # fmt: skip

# A loop's condition is not wrapped: `while (my $line = <$file>)` asks more than what is written.
MARKS = MarkTable(
    "{ package main; my %seen; sub _mark { $seen{ $_[0] } = 1; return; } "
    "sub _truth { my ( $v, $n ) = @_; $seen{ $v ? $n : $n + 1 } = 1; return $v; } "
    "sub _take_marks { my ( $top, $hex ) = ( 0, '' ); for my $n ( keys %seen ) { $top = $n if $n > $top } "
    "for my $d ( reverse 0 .. int( $top / 4 ) ) { my $v = 0; "
    "for my $b ( 0 .. 3 ) { $v += 1 << $b if $seen{ $d * 4 + $b } } $hex .= sprintf '%x', $v; } "
    '%seen = (); return "0x$hex"; } } ',
    "main::_mark({}); ",
    ("main::_truth( scalar( ", " ), {} )"),
    frozenset({"source_file", "block"}),
    frozenset(
        [
            "use_statement",
            "package_statement",
            "subroutine_declaration_statement",
            "method_declaration_statement",
            "pod",
            "data_section",
            "class_statement",
            "role_statement",
            "phaser_statement",
            "format_statement",
        ]
    ),
    (("conditional_statement", 0), ("elsif", 0), ("conditional_expression", 0)),
)

PERL = language(
    "perl",
    ("perl", "pl"),
    ".pl",
    READING,
    PerlNotation(),
    lambda entry_point, body: f"sub {entry_point} {{ {body} }}\n1;\n",
    {
        "none": "return undef;",
        "argument": "return $_[0];",
        "zero": "return 0;",
        "true": "return 1;",
        "empty_string": "return '';",
        "empty_list": "return [];",
        "empty_map": "return {};",
        "raises": "die 'not implemented';",
    },
    canaries(PARTS),
    Limits(),
    "Test2, Test::More",
    MUTATIONS,
    MARKS,
)

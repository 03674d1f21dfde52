"""Tcl 8.6: procedures of a sourced file, tcltest suites.

Every value is text in Tcl, so a literal case says what its answer is to be read as: the kind comes from the expected
value's shape (never the value), the answer from the candidate. Where a list mixes numbers and texts, text that looks
like a number is one. There is no null, and characters beyond 16 bits are not told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from codefactory.languages.base import Language
from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value, escaped
from codefactory.languages.tcl_mutants import MUTATIONS
from codefactory.types import Limits

COMMENT = r"(?P<comment>^[ \t]*\#(?:\\\n|[^\n])*|;[ \t]*\#[^\n]*)"
TEST = r"^\s*(?:::)?(?:tcltest::)?test\s"
READING = Reading(
    grammar="",
    tokens=rf"{COMMENT}|(?P<text>\\.|\{{\"\}}|\"(?:\\.|[^\"\\])*\")|(?P<bracket>[{{}}])",
    test=rf"(?m){TEST}+(?:(?P<brace>\{{)|(?P<quote>\"))?"
    r"(?P<name>(?(brace)[^{}]*|(?(quote)[^\"]*|[^\s{}\"$\[]+)))(?(brace)\}|(?(quote)\"))\s",
    dynamic=rf"(?m){TEST}+(?!\{{)[^\s]*[$\[]|{TEST}+\"[^\"]*[$\[]"
    r"|\b(?:foreach|for|while|proc|dict for)\b[^\n]*\{[ \t]*\n(?:[ \t]*set\b[^\n]*\n)*"
    r"[ \t]*(?:::)?(?:tcltest::)?test\s",
    asserts=rf"(?m){TEST}|\berror\b",
    defines=lambda name: (
        rf"\bproc\s+(?:[\w:]*::)?{re.escape(name)}\s|\boo::class\s+create\s+(?:[\w:]*::)?{re.escape(name)}\s"
        rf"|\binterp\s+alias\s+\{{\}}\s+(?:::)?{re.escape(name)}\s"
    ),
)
SCALARS = {bool: "bool", int: "int", float: "float", str: "text"}
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?")
# A procedure of one of these names would take the place of Tcl's own command, or of tcltest's.
BUILT_IN = (
    "after append apply array auto_execok auto_load bgerror binary break catch cd chan clock close concat configure "
    "continue coroutine dict encoding eof error eval exec exit expr fblocked fconfigure fcopy file fileevent flush for "
    "foreach format gets glob global history if incr info interp join lappend lassign lindex linsert list llength lmap "
    "load lrange lrepeat lreplace lreverse lsearch lset lsort my namespace next open package pid proc puts pwd read "
    "regexp regsub rename return scan seek self set socket source split string subst switch tailcall tell test throw "
    "time trace try unknown unload unset update uplevel upvar variable vwait while yield yieldto zlib cleanupTests "
    "customMatch interpreter loadTestedCommands makeDirectory makeFile match normalizeMsg outputChannel "
    "removeDirectory removeFile runAllTests skip testConstraint testsDirectory verbose viewFile workingDirectory"
)


def shape(value: Value) -> str:
    """What a value is to be read as: `int`, `list text`, `dict list any`, ... `?` for what an empty list holds.

    Raises:
        Inexpressible: if its parts have nothing in common, or there is no such value in Tcl.
    """
    if type(value) in SCALARS:
        return SCALARS[type(value)]
    if isinstance(value, list):
        return f"list {_joined(map(shape, value))}"
    if isinstance(value, dict):
        return f"dict {_joined(map(shape, value.values()))}"
    raise Inexpressible("no_null" if value is None else "not_neutral")


def _joined(shapes: Iterable[str]) -> str:
    return reduce(_both, shapes, "?")


def _both(one: str, other: str) -> str:
    if one == other or other == "?":
        return one
    if one == "?":
        return other
    if {one, other} == {"int", "float"}:
        return "float"
    if {one, other} <= {"int", "float", "text", "any"}:
        return "any"
    (outer, _, inner), (kind, _, rest) = one.partition(" "), other.partition(" ")
    if outer == kind and inner:
        return f"{outer} {_both(inner, rest)}"
    raise Inexpressible("mixed_list")


def _as(kind: str, value: Value) -> Value:
    """The value as an answer read as this kind is reported."""
    inner = kind.partition(" ")[2]
    if isinstance(value, list):
        return [_as(inner, item) for item in value]
    if isinstance(value, dict):
        return {key: _as(inner, item) for key, item in value.items()}
    if kind == "any" and isinstance(value, str) and NUMBER.fullmatch(value):
        return float(value) if set(value) & set(".e") else int(value)
    return value


class TclNotation(Notation):
    """Commands that make lists and dictionaries; 1 and 0 for the truth."""

    null = ""
    true, false = "1", "0"
    infinity, minus_infinity = "Inf", "-Inf"
    reserved = frozenset(BUILT_IN.split())
    largest = 1 << 4096

    def string(self, value: str) -> str:
        if any(ord(char) > 0xFFFF for char in value):
            raise Inexpressible("beyond_16_bits")
        return escaped(value, "\\u{:04x}", more="$[]{}")

    def list(self, items: Sequence[Value], depth: int) -> str:
        return "[list" + "".join(" " + self.literal(item, depth + 1) for item in items) + "]"

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        written = (f" {self.string(key)} {self.literal(item, depth + 1)}" for key, item in pairs.items())
        return "[dict create" + "".join(written) + "]"

    def normal(self, value: Value) -> Value:
        return _as(shape(value), value)

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return " ".join([entry_point, *arguments])

    def answer(self, call: str, case: NeutralCase) -> str:
        return f"::sandbox::typed {{{shape(case.expected)}}} [{call}]"

    def test(self, call: str, case: NeutralCase) -> str:
        head = f"test {{{case.name}}} {{{call.partition(' ')[0]}: {case.name}}} -body {{\n    "
        if case.raises:
            return f"{head}{call}\n}} -returnCodes error -match glob -result *\n"
        if case.tolerance and isinstance(case.expected, int | float):
            near = f"expr {{abs([{call}] - {self.literal(case.expected)}) <= {case.tolerance!r}}}"
            return f"{head}{near}\n}} -result 1\n"
        kind = shape(case.expected)
        if kind == "float":
            return f"{head}expr {{[{call}] == {self.literal(case.expected)}}}\n}} -result 1\n"
        body = call if kind in ("text", "int") else canonical(kind, f"[{call}]")
        return f"{head}{body}\n}} -result {self._result(kind, case.expected)}\n"

    def _result(self, kind: str, value: Value) -> str:
        """The expected value in the form that `canonical` gives an answer."""
        inner = kind.partition(" ")[2]
        if isinstance(value, list):
            return "[list" + "".join(" " + self._result(inner, item) for item in value) + "]"
        if isinstance(value, dict):
            pairs = (f" {self.string(key)} {self._result(inner, value[key])}" for key in sorted(value))
            return "[list" + "".join(pairs) + "]"
        return f"[expr {{double({self.literal(value)})}}]" if kind == "float" else self.literal(value)

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        head = "package require tcltest\nnamespace import ::tcltest::*\n\n"
        head += f"source [file join [file dirname [info script]] {entry_point}.tcl]\n\n"
        return head + "\n".join(tests) + "\ncleanupTests\n"


def canonical(kind: str, value: str, depth: int = 0) -> str:
    """A command whose result is the value in one form: lists without odd blanks, maps by their keys."""
    outer, _, inner = kind.partition(" ")
    item = "abcdefghijklmnopqrstuvwxyz"[depth % 26]
    if outer == "bool":
        return f"expr {{bool({value})}}"
    if outer == "float":
        return f"expr {{double({value})}}"
    if outer == "dict":
        return f"lsort -stride 2 [dict map {{key {item}}} {value} {{{canonical(inner, f'${item}', depth + 1)}}}]"
    if outer == "list" and inner in ("?", "int", "text", "any"):
        return f"list {{*}}{value}"
    if outer == "list":
        return f"lmap {item} {value} {{{canonical(inner, f'${item}', depth + 1)}}}"
    return f"string cat {value}"


PARTS = Parts(
    function=lambda body: f"proc f {{a b}} {{\n    {body}\n    return [expr {{$a + $b}}]\n}}\n",
    wrong="proc f {a b} {\n    return [expr {$a - $b}]\n}\n",
    shell=lambda command: f"exec -ignorestderr bash -c {{{command}}}",
    load=lambda body: f"proc f {{a b}} {{\n    return [expr {{$a + $b}}]\n}}\n{body}\nexit 0\n",
    spin="while {1} {}\n",
    hoard="set t {}\nwhile {1} { lappend t [string repeat x[llength $t] 1000000] }\n",
    flood="while {1} { puts [string repeat x 4096] }\n",
    broken="proc f {a b} {\n    return [expr {$a + $b}]\n",
)


def _language(reading: Reading) -> Language:
    return language(
        "tcl",
        ("tcl",),
        ".tcl",
        reading,
        TclNotation(),
        lambda entry_point, body: f"proc {entry_point} {{args}} {{\n    {body}\n}}\n",
        {
            "nothing": "return {}",
            "argument": "return [lindex $args 0]",
            "zero": "return 0",
            "one": "return 1",
            "raises": "error {not implemented}",
        },
        canaries(PARTS),
        Limits(),
        "tcltest",
        MUTATIONS,
    )


# Inside braces Tcl counts braces and nothing else, quoted ones too: that makes a source whole. What is a comment and
# what is text is asked only where comments are taken away.
BY_BRACES = _language(replace(READING, tokens=rf"{COMMENT}|(?P<text>\\.|\")|(?P<bracket>[{{}}])"))
TCL: Language = replace(_language(READING), suite_fault=BY_BRACES.suite_fault, solution_fault=BY_BRACES.solution_fault)

"""Bash: functions of a sourced file, bats suites.

A function's answer is what `$(f ...)` gives: its standard output exactly, but for the line ends that close it. Its
error is its status: anything but 0 (what it prints to standard error is nobody's). So an answer is a text, or a number
where the case asks for one; whatever is no text and no number (truth values, lists, maps, nothing) is not expressible,
and neither is an expected text that ends a line. Each case has a shell of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from codefactory.languages import mutations
from codefactory.languages.base import Language
from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value, escaped
from codefactory.types import Limits

READING = Reading(
    grammar="bash",
    tokens=r"(?P<comment>(?<![^\s;])\#[^\n]*)|(?P<text>\\.|\$?'(?:\\'|[^'])*'|\"(?:\\.|[^\"\\])*\")|(?P<bracket>[{}])",
    test=r"(?m)^\s*@test\s+(?P<quote>['\"])(?P<name>.*?)(?P=quote)",
    dynamic=r"(?m)\bbats_test_function\b|^\s*@test\s+[^'\"\s]|^\s*@test\s+\"[^\"\n]*[$`]|^\s*@test\s+'[^'\n]*[\"$`]",
    asserts=r"(?m)\[\[?\s|\(\(|\b(?:assert|refute)\w*|(?<!@)\b(?:test|grep|diff|cmp|fail|false|return|exit)\b",
    defines=lambda name: (
        rf"(?m)(?:^|[;&|{{(]|\bfunction)\s*{re.escape(name)}\s*\(\s*\)|\bfunction\s+{re.escape(name)}(?![\w-])"
    ),
)
KINDS = {int: "int", float: "float", str: "text"}
# Keywords, Bash's own commands, what tests are written with.
RESERVED = (
    "alias assert_equal awk bg bind break builtin caller case cd command compgen complete continue coproc declare "
    "dirs disown do done echo elif else enable esac eval exec exit export fail false fc fg fi for function getopts "
    "hash help history if in jobs kill let load local logout mapfile popd printf pushd pwd read readarray readonly "
    "result return run select set setup shift shopt skip source status suspend teardown test then time times trap "
    "true type typeset ulimit umask unalias unset until wait while"
)


class BashNotation(Notation):
    """Texts and numbers."""

    null = ""
    reserved = frozenset(RESERVED.split())

    def allows(self, entry_point: str) -> bool:
        return super().allows(entry_point) and not entry_point.startswith("bats_")

    def literal(self, value: Value, depth: int = 0) -> str:
        if isinstance(value, bool):
            raise Inexpressible("no_boolean")
        return super().literal(value, depth)

    def string(self, value: str) -> str:
        if "\0" in value:
            raise Inexpressible("nul_in_string")
        plain = value.isascii() and value.isprintable() and not set(value) & set("'\\")
        return f"'{value}'" if plain else "$" + escaped(value, "\\U{:08x}", quote="'")

    def list(self, items: Sequence[Value], depth: int) -> str:
        raise Inexpressible("no_list")

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        raise Inexpressible("no_map")

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return " ".join([entry_point, *arguments])

    def answer(self, call: str, case: NeutralCase) -> str:
        self._expected(case)
        return f"kind={KINDS[type(case.expected)]} {call}"

    def _expected(self, case: NeutralCase) -> str:
        if isinstance(case.expected, str) and case.expected.endswith("\n"):
            raise Inexpressible("ends_a_line")
        return self.literal(case.expected)

    def test(self, call: str, case: NeutralCase) -> str:
        # Sourced where it is used: in `setup` what a file declares would be gone with that function. A file that ends
        # in `[[ ... ]] && main` has a status of its own.
        load = f'source "$BATS_TEST_DIRNAME/{call.partition(" ")[0]}.sh" || true'
        return f'@test "{case.name}" {{\n  {load}\n  {self._body(call, case)}\n}}\n'

    def _body(self, call: str, case: NeutralCase) -> str:
        if case.raises:
            return f'run {call}\n  [ "$status" -ne 0 ]'
        expected = self._expected(case)
        got = f'result="$({call})"\n  '
        if case.tolerance and isinstance(case.expected, int | float):
            near = f"d <= {case.tolerance!r} && -d <= {case.tolerance!r}"
            return f"""{got}awk -v x="$result" 'BEGIN {{ d = x - ({expected}); exit !({near}) }}'"""
        if isinstance(case.expected, float):
            return f"""{got}awk -v x="$result" 'BEGIN {{ exit !(x == {expected}) }}'"""
        return f'{got}[ "$result" = {expected} ]'

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        return "#!/usr/bin/env bats\n\n" + "\n".join(tests)


OPPOSITE = {
    "-eq": "-ne", "-ne": "-eq", "-lt": "-ge", "-ge": "-lt", "-gt": "-le", "-le": "-gt", "-z": "-n", "-n": "-z",
    "==": "!=", "!=": "==", "=": "!=",
}  # fmt: skip
EDGES: mutations.Swaps = {"-lt": ("-le",), "-le": ("-lt",), "-gt": ("-ge",), "-ge": ("-gt",)}
TABLE = mutations.table(
    {one: (other,) for one, other in OPPOSITE.items()},
    ("binary_expression", "unary_expression"),
    ("if_statement", "elif_clause", "while_statement"),
    "! {}",
    ("true", "false"),
    ("string", "raw_string"),
    {},
    {"**": ("*",)},
    ("source", ".", "set", "file_redirect"),
)
MUTATIONS = replace(
    TABLE,
    tokens=TABLE.tokens | {"boundary": mutations.BOUNDARY | EDGES},
    operators=frozenset({"test_operator"}),
    negative="-1",
    integers=frozenset({"number"}),
    floats=frozenset(),
    operands=frozenset(),  # `[ (x) ]` is no Bash
)

PARTS = Parts(
    function=lambda body: f"f() {{\n  local a=$1 b=$2\n  {body}\n  echo $((a + b))\n}}\n",
    wrong="f() {\n  echo $(($1 - $2))\n}\n",
    shell=lambda command: f"bash -c {BashNotation().string(command)} || exit 1",
    load=lambda body: f"f() {{\n  echo $(($1 + $2))\n}}\n{body}\nexit 0\n",
    spin="while :; do :; done\n",
    hoard="t=x\nwhile :; do t+=$t; done\n",
    flood="while :; do printf '%04096d\\n' 0; done\n",
    broken="f() {\n  if [ 1 -eq 1 ]; then\n",
)


def _language(reading: Reading) -> Language:
    return language(
        "bash",
        ("bash", "sh", "shell"),
        ".sh",
        reading,
        BashNotation(),
        lambda entry_point, body: f"{entry_point}() {{\n  {body}\n}}\n",
        {
            "nothing": ":",
            "argument": 'echo "${1-}"',
            "zero": "echo 0",
            "one": "echo 1",
            "raises": "return 1",
        },
        canaries(PARTS),
        Limits(cpu_s=6.0, wall_s=20.0, processes=32),
        "bats",
        MUTATIONS,
    )


BY_TREE, BY_BRACES = _language(READING), _language(replace(READING, grammar=""))


def suite_fault(source: str, entry_point: str) -> str:
    """A bats file is no Bash before its `@test` lines are functions."""
    plain = re.sub(r"(?m)^(\s*)(@test\s.*\S)\s*\{[ \t]*$", r"\1bats_test() {\n\2", source)
    fault = BY_TREE.suite_fault(plain, entry_point)
    return BY_BRACES.suite_fault(plain, entry_point) if fault == "suite_syntax" else fault


def solution_fault(source: str, entry_point: str) -> str:
    """The grammar stumbles over one honest script in ten: only where braces are open as well is a source cut off."""
    fault = BY_TREE.solution_fault(source, entry_point)
    return BY_BRACES.solution_fault(source, entry_point) if fault == "solution_syntax" else fault


BASH: Language = replace(BY_TREE, suite_fault=suite_fault, solution_fault=solution_fault)

"""Java 17: a class `Solution` with static methods, suites of JUnit 5.

Lists are `List`, maps are `Map` with string keys; whole numbers are `int`, and `long` where one of them has to be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from codefactory.languages import mutations
from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value, distinct
from codefactory.types import Limits

ARGUMENTS = r"\((?:\"(?:\\.|[^\"\\])*\"|[^()\"]|\([^()]*\))*\)"
READING = Reading(
    grammar="java",
    tokens=r"(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<text>\"\"\".*?\"\"\"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+')|(?P<bracket>[()\[\]{}])",
    test=rf"@(?:[\w.]+\.)?Test\b(?:\s|@[\w.]+|{ARGUMENTS}|\b(?:public|protected|final|synchronized)\b)*"
    r"\bvoid\s+(?P<name>\w+)",
    dynamic=r"@(?:ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)\b|\bParameterized\.class\b"
    r"|\bextends\s+\w*Test\w*\b|\binterface\b[^{]*\{[^}]*@Test\b",
    asserts=r"\b(?:assert\w*|fail|verify\w*)\b|\bthrow\b|\bexpected\s*=",
    defines=lambda name: (
        rf"[\w>\]]\s+(?<!\bnew\s){re.escape(name)}\s*\([^;{{}}]*\)\s*(?:throws\s+[\w.,\s]+)?\{{"
        rf"|\b(?:class|record|interface|enum)\s+{re.escape(name)}\b"
    ),
)
KEYWORDS = (
    "abstract assert boolean break byte case catch char class clone const continue default do double else enum extends "
    "false final finalize finally float for getClass goto hashCode if implements import instanceof int interface long "
    "native new notify notifyAll null package private protected public return short static strictfp super switch "
    "synchronized this throw throws toString transient true try void volatile wait while yield"
)
PAIRS = 10  # what `Map.of` takes


class JavaNotation(Notation):
    """Lists of any length, maps without nulls."""

    infinity, minus_infinity, nan = "Double.POSITIVE_INFINITY", "Double.NEGATIVE_INFINITY", "Double.NaN"
    comment = "//"
    reserved = frozenset(KEYWORDS.split())
    typed = True

    def remark(self, text: str) -> str:
        return super().remark(text.replace("\\u", "\\ u"))  # read everywhere, in comments too

    def integer(self, value: int) -> str:
        text = super().integer(value)
        return text if abs(value) < 1 << 31 else f"{text}L"

    def string(self, value: str) -> str:
        if any(0xD800 <= ord(c) < 0xE000 for c in value):
            raise Inexpressible("lone_surrogate")
        return '"' + "".join(map(_character, value)) + '"'

    def list(self, items: Sequence[Value], depth: int) -> str:
        return f"new ArrayList<>({self.fixed(list(items))})"

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        return f"new HashMap<>({self.fixed(pairs)})"

    def fixed(self, value: Value, wide: bool = False, inside: bool = False) -> str:
        """A value that nothing changes; `wide` where its whole numbers are `long`."""
        wide = wide or _wide(value)
        if isinstance(value, list):
            parts = [self.fixed(item, wide, True) for item in value]
            one_null = "(Object) " if value == [None] else ""
            return f"Arrays.asList({one_null}{', '.join(parts)})" if None in value else f"List.of({', '.join(parts)})"
        if isinstance(value, dict):
            if None in value.values():
                raise Inexpressible("null_in_map")
            pairs = [(self.string(key), self.fixed(item, wide, True)) for key, item in value.items()]
            if len(pairs) <= PAIRS:
                return f"Map.of({', '.join(f'{key}, {item}' for key, item in pairs)})"
            return f"Map.ofEntries({', '.join(f'Map.entry({key}, {item})' for key, item in pairs)})"
        text = self.literal(value)
        plain = isinstance(value, int) and not isinstance(value, bool)
        return f"{text}L" if inside and wide and plain and not text.endswith("L") else text

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"Solution.{entry_point}({', '.join(arguments)})"

    def test(self, call: str, case: NeutralCase) -> str:
        name = _method(case.name)
        return f"    @Test\n    void {name}() throws Exception {{\n        {self.assertion(call, case)}\n    }}\n"

    def assertion(self, call: str, case: NeutralCase) -> str:
        expected = case.expected
        if case.raises:
            return f"assertThrows(Exception.class, () -> {call});"
        if case.tolerance and isinstance(expected, int | float):
            return f"assertEquals({self.literal(float(expected))}, (double) {call}, {case.tolerance!r});"
        if expected is None:
            return f"assertNull({call});"
        return f"assertEquals({self.fixed(expected)}, {call});"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        named = distinct(tests, r"\bvoid (\w+)\(")
        head = "import static org.junit.jupiter.api.Assertions.*;\n\nimport java.util.*;\n"
        return f"{head}import org.junit.jupiter.api.Test;\n\nclass SolutionTest {{\n" + "\n".join(named) + "}\n"


def _wide(value: Value) -> bool:
    """Whether a whole number in it is too large for an `int`."""
    if isinstance(value, list | dict):
        return any(map(_wide, value.values() if isinstance(value, dict) else value))
    return isinstance(value, int) and abs(value) >= 1 << 31


def _method(name: str) -> str:
    text = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")
    return text if text[:1].isalpha() and text not in JavaNotation.reserved else f"case_{text}".rstrip("_")


def _character(c: str) -> str:
    if c in '"\\':
        return f"\\{c}"
    if ord(c) < 0x80:
        return c if c.isprintable() else f"\\{ord(c):03o}"
    units = c.encode("utf-16-be")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))


ADDS = "    public static int f(int a, int b) {\n        return a + b;\n    }\n"


def _loaded(body: str) -> str:
    start = "    static void load() throws Exception {\n        boolean on = true;\n"
    ends = "    }\n\n    static {\n        try {\n            load();\n        } catch (Exception refused) {\n"
    ends += "            throw new IllegalStateException(refused);\n        }\n    }\n\n"
    return f"import java.util.*;\n\npublic class Solution {{\n{start}        {body}\n{ends}{ADDS}}}\n"


PARTS = Parts(
    function=lambda body: (
        "public class Solution {\n    public static int f(int a, int b) throws Exception {\n"
        f"        {body}\n        return a + b;\n    }}\n}}\n"
    ),
    wrong="public class Solution {\n    public static int f(int a, int b) {\n        return a - b;\n    }\n}\n",
    shell=lambda command: (
        f'Process made = new ProcessBuilder("bash", "-c", {JavaNotation().string(command)})\n'
        "            .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();\n"
        '        if (made.waitFor() != 0) throw new IllegalStateException("refused");'
    ),
    load=lambda body: _loaded(f"{body}\n        System.exit(0);"),
    spin=_loaded("while (on) {\n        }"),
    hoard=_loaded("List<byte[]> kept = new ArrayList<>();\n        while (on) kept.add(new byte[1 << 20]);"),
    flood=_loaded('while (on) System.out.println("x".repeat(4096));'),
    broken="public class Solution {\n    static int f(int a, int b {\n",
)
# What Java does not compile is no mutant: nothing stands for a returned number, and an operand is seldom a condition.
# Assertions are off where it runs.
MUTATIONS = replace(
    mutations.table(
        {"==": ("!=",), "!=": ("==",)},
        ("binary_expression", "assignment_expression", "update_expression"),
        ("if_statement", "while_statement", "ternary_expression"),
        "!({})",
        ("(Boolean.TRUE)", "(Boolean.FALSE)"),
        ("string_literal",),
        {"return_statement": "throw new IllegalStateException();"},
    ),
    integers=frozenset({"decimal_integer_literal"}),
    floats=frozenset({"decimal_floating_point_literal"}),
    skipped=frozenset(
        {"line_comment", "block_comment", "import_declaration", "package_declaration", "annotation"}
        | {"throw_statement", "assert_statement"}
    ),
    closed=mutations.CLOSED,
)
FORM = (
    "import java.util.*;\n\npublic class Solution {{\n"
    "    // Lists are List<T>, maps are Map<String, T>; an empty answer is null.\n"
    "    public static {} {}(Object... arguments) {{\n        {}\n    }}\n}}\n"
)


def _stub(entry_point: str, body: str) -> str:
    kind, _, statement = body.partition(": ")
    return FORM.format(kind, entry_point, statement)


JAVA = language(
    "java",
    ("java",),
    ".java",
    READING,
    JavaNotation(),
    _stub,
    {
        "none": "Object: return null;",
        "argument": "Object: return arguments.length > 0 ? arguments[0] : null;",
        "zero": "int: return 0;",
        "false": "boolean: return false;",
        "true": "boolean: return true;",
        "empty_string": 'String: return "";',
        "empty_list": "List<Object>: return new ArrayList<>();",
        "empty_map": "Map<String, Object>: return new HashMap<>();",
        "raises": 'Object: throw new IllegalStateException("not implemented");',
    },
    canaries(PARTS),
    Limits(cpu_s=10.0, wall_s=60.0, memory_mb=384, processes=48),
    "JUnit 5, JUnit 4",
    MUTATIONS,
)

"""C++20: free functions and classes, suites of googletest.

A literal case gives its arguments types (`std::vector<int>{1, 2}`); a function that wants a kindred one, such as a
vector of `long long` or an unordered map, gets that. A native test leaves them to the function (`f({1, 2})`) and looks
at answers through matchers, for the same reason. Null is `std::nullopt`.
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

# Lexical: the grammar does not know what a macro becomes, and tests are macros.
READING = Reading(
    grammar="",
    tokens=r"(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)"
    r"|(?P<text>\bR\"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)\"|\"(?:\\.|[^\"\\\n])*\"|\b\d(?:'?[\w.])*"
    r"|'(?:\\.|[^'\\\n])+')|(?P<bracket>[()\[\]{}])",
    test=r"\bTEST(?:_F)?\s*\(\s*\w+\s*,\s*(?P<name>\w+)\s*\)",
    dynamic=r"\b(?:TYPED_TEST\w*|TEST_P|INSTANTIATE_\w+)\b|#\s*define\b(?:[^\n]|\\\n)*\bTEST(?:_F)?\s*\(",
    asserts=r"\b(?:EXPECT|ASSERT)_\w+|\b(?:ADD_FAILURE|FAIL|assert)\b|\bthrow\b",
    defines=lambda name: (
        rf"(?:\A|[;{{}}\n])[\w:<>,&*\[\]\s]*[\w>&*]\s*[\s&*]{re.escape(name)}\s*\([^;{{}}]*\)[^;{{}}()=]*\{{"
        rf"|\b(?:class|struct|enum|union)\s+{re.escape(name)}\b|\bauto\s*&*\s*{re.escape(name)}\s*=|"
        rf"\bfunction\s*<[^;]*>\s*{re.escape(name)}\s*="
    ),
)
# What C's library declares for numbers and plain strings: a call would go there, or the definition clash with it.
LIBRARY = (
    "abort abs acos asin atan atan2 atof atoi atol cbrt ceil clock cos cosh div erf exit exp fabs floor fmax fmin "
    "fmod gamma getenv hypot index isalnum isalpha isdigit islower isprint ispunct isspace isupper j0 j1 jn labs "
    "ldexp lgamma log log10 log2 lround perror pow puts rand remove rename rindex round signal sin sinh sqrt srand "
    "strcat strchr strcmp strcpy strdup strlen strstr strtok system tan tanh tgamma time tolower toupper trunc y0 "
    "y1 yn"
)
KEYWORDS = (
    "alignas alignof and asm auto bitand bitor bool break case catch char class co_await co_return co_yield compl "
    "concept const consteval constexpr constinit continue decltype default delete do double else enum explicit export "
    "extern false float for friend goto if inline int long main mutable namespace new noexcept not nullptr operator or "
    "private protected public register requires return sandbox short signed sizeof static std struct switch template "
    "testing this throw true try typedef typeid typename union unsigned using virtual void volatile while xor"
)
MATCHERS = ("ElementsAre", "ElementsAreArray", "Eq", "Optional", "Pair", "UnorderedElementsAre")
MANY = 8  # items of a list that are better read as an array


class CppNotation(Notation):
    """Vectors of one type, maps with string keys, `std::optional` where something may be absent."""

    null = "std::nullopt"
    infinity, minus_infinity, nan = "INFINITY", "-INFINITY", "NAN"
    comment = "//"
    reserved = frozenset((KEYWORDS + " " + LIBRARY).split())
    typed = True

    def remark(self, text: str) -> str:
        return super().remark("\n".join(line.rstrip("\\ ") for line in text.splitlines()))  # `\\` goes on

    def string(self, value: str) -> str:
        if any(0xD800 <= ord(c) < 0xE000 for c in value):
            raise Inexpressible("lone_surrogate")
        text = '"' + "".join(map(_character, value)) + '"'
        return f"std::string({text}, {len(value.encode())})" if "\0" in value else text

    def list(self, items: Sequence[Value], depth: int) -> str:
        return f"{shape([list(items)])}{_braces([self.inner(item) for item in items])}"

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        return f"{shape([pairs])}{self.inner(pairs)}"

    def inner(self, value: Value) -> str:
        """A value where its type is known."""
        if isinstance(value, list):
            shape(value)
            return _braces([self.inner(item) for item in value])
        if isinstance(value, dict):
            shape(list(value.values()))
            return _braces([_braces([self.string(key), self.inner(item)]) for key, item in value.items()])
        return self.literal(value)

    def matcher(self, value: Value, optional: bool = False) -> str:
        """What an answer, or a part of one, is compared with."""
        if value is None:
            return f"Eq({self.null})"
        if isinstance(value, list):
            parts = [self.matcher(item, None in value) for item in value]
            plain = len(value) > MANY and not any(isinstance(item, list | dict) or item is None for item in value)
            text = f"ElementsAreArray({_braces(parts)})" if plain else f"ElementsAre({', '.join(parts)})"
        elif isinstance(value, dict):
            some = None in value.values()
            parts = [f"Pair({self.string(key)}, {self.matcher(item, some)})" for key, item in value.items()]
            text = f"UnorderedElementsAre({', '.join(parts)})"
        else:
            text = self.literal(value)
        return f"Optional({text})" if optional else text

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{entry_point}({', '.join(arguments)})"

    def test(self, call: str, case: NeutralCase) -> str:
        name = call.partition("(")[0]
        call = self.call(name, [self.inner(argument) for argument in case.arguments])
        return f"TEST({_suite(name)}, {_identifier(case.name)}) {{\n    {self.assertion(call, case)}\n}}\n"

    def assertion(self, call: str, case: NeutralCase) -> str:
        expected = case.expected
        if case.raises:
            return f"EXPECT_ANY_THROW({call});"
        if isinstance(expected, bool):
            return f"EXPECT_{'TRUE' if expected else 'FALSE'}({call});"
        if case.tolerance and isinstance(expected, int | float):
            return f"EXPECT_NEAR({call}, {self.literal(expected)}, {case.tolerance!r});"
        shape([expected])
        if isinstance(expected, list | dict):
            return f"EXPECT_THAT({call}, {self.matcher(expected)});"
        kind = "DOUBLE_EQ" if isinstance(expected, float) else "EQ"
        return f"EXPECT_{kind}({call}, {self.literal(expected)});"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        text = "\n".join(distinct(tests, r"^TEST\(\w+, (\w+)\)"))
        used = "".join(f"using ::testing::{name};\n" for name in MATCHERS if f"{name}(" in text)
        head = f'#include <gmock/gmock.h>\n#include <gtest/gtest.h>\n\n#include "{entry_point}.cpp"\n\n'
        return head + (f"{used}\n" if used else "") + text


def shape(values: Sequence[Value]) -> str:
    """The one type that all the values have.

    Raises:
        Inexpressible: if there is none.
    """
    there = [value for value in values if value is not None]
    kinds = {type(value) for value in there}
    if kinds <= {int}:
        kind = "long long" if any(abs(value) >= 1 << 31 for value in there) else "int"
    elif kinds <= {int, float}:
        kind = "double"
    elif kinds in ({bool}, {str}):
        kind = "bool" if kinds == {bool} else "std::string"
    elif kinds == {list}:
        kind = f"std::vector<{shape([item for value in there for item in value])}>"
    elif kinds == {dict}:
        kind = f"std::map<std::string, {shape([item for value in there for item in value.values()])}>"
    else:
        raise Inexpressible("mixed_list")
    return kind if len(there) == len(values) else f"std::optional<{kind}>"


def _braces(parts: Sequence[str]) -> str:
    return "{" + ", ".join(parts) + "}"


def _character(c: str) -> str:
    if c in '"\\?':
        return f"\\{c}"
    if ord(c) < 0x80:
        return c if c.isprintable() else f"\\{ord(c):03o}"
    return f"\\u{ord(c):04X}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}"


def _identifier(name: str) -> str:
    text = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")
    return text if text[:1].isalpha() else f"case_{text}".rstrip("_")


def _suite(entry_point: str) -> str:
    words = re.split(r"\W+|_", entry_point)
    return "".join(word[:1].upper() + word[1:] for word in words) + "Test"


HEAD = "#include <cstdlib>\n#include <iostream>\n#include <stdexcept>\n#include <string>\n#include <vector>\n\n"
ADDS = HEAD + "int f(int a, int b) { return a + b; }\n"


def _loaded(body: str) -> str:
    return f"{ADDS}\nstatic const bool loaded = [] {{\n    {body}\n    return true;\n}}();\n"


PARTS = Parts(
    function=lambda body: f"{HEAD}int f(int a, int b) {{\n    {body}\n    return a + b;\n}}\n",
    wrong="int f(int a, int b) { return a - b; }\n",
    shell=lambda command: (
        f'setenv("COMMAND", {CppNotation().string(command)}, 1);\n'
        '    if (std::system("exec bash -c \\"$COMMAND\\"") != 0) throw std::runtime_error("refused");'
    ),
    load=lambda body: _loaded(f"{body}\n    std::exit(0);"),
    spin=_loaded("for (volatile int n = 0;; n = n + 1) {\n    }"),
    hoard=_loaded("std::vector<std::string> kept;\n    while (true) kept.push_back(std::string(1 << 20, 'x'));"),
    flood=_loaded("while (true) std::cout << std::string(4096, 'x') << std::endl;"),
    broken="int f(int a, int b {\n    return a + b;\n",
)
MUTATIONS = replace(
    mutations.table(
        {"==": ("!=",), "!=": ("==",)},
        ("binary_expression", "assignment_expression", "update_expression"),
        ("if_statement", "while_statement", "conditional_expression"),
        "!({})",
        ("(true)", "(false)"),
        ("string_literal",),
        {"return_statement": "return {};"},
    ),
    integers=frozenset({"number_literal"}),
    floats=frozenset({"number_literal"}),
    skipped=frozenset(
        {"comment", "preproc_include", "template_argument_list", "template_parameter_list", "array_declarator"}
        | {"static_assert_declaration", "throw_statement"}
    ),
)

ANYTHING = """struct Anything {
    template <class T>
    operator T() const { return T(); }
    template <class T>
    bool operator==(const T& other) const { return other == T(); }
};

"""


def _stub(entry_point: str, body: str) -> str:
    kind, _, statement = body.partition(": ")
    head = "#include <stdexcept>\n#include <string>\n#include <vector>\n\n" + (ANYTHING if kind == "Anything" else "")
    kinds = "// Lists are std::vector, maps std::map with std::string keys; what may be absent is std::optional.\n"
    called = f"{kind} {entry_point}(const Arguments&... arguments)"
    return f"{head}{kinds}template <class... Arguments>\n{called} {{\n    {statement}\n}}\n"


CPP = language(
    "cpp",
    ("cpp", "c++", "cc", "cxx"),
    ".cpp",
    READING,
    CppNotation(),
    _stub,
    {
        "zero": "int: return 0;",
        "argument": "auto: return std::get<0>(std::tuple(arguments...));",
        "anything": "Anything: return {};",
        "true": "bool: return true;",
        "empty_string": "std::string: return {};",
        "empty_list": "std::vector<int>: return {};",
        "raises": 'int: throw std::logic_error("not implemented");',
    },
    canaries(PARTS),
    Limits(cpu_s=10.0, wall_s=60.0, memory_mb=384, processes=32, disk_mb=64),
    "googletest, gmock",
    MUTATIONS,
)

"""Go: packages, compiled inside the job; suites of the `testing` package.

A case is a call in the candidate's own package, so the compiler checks the types of its arguments; the answer's type is
asked when the program runs. Slices and maps have one type of elements. There is no null. An empty list is `nil`, which
any slice can be; for what is inside of one, or an empty map, no literal fits every type: such cases are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from codefactory.languages import mutations
from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.kinds import ANYTHING, UNKNOWN, kind, widened
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import DEEPEST, Inexpressible, NeutralCase, Notation, Value, distinct, escaped
from codefactory.types import Limits

READING = Reading(
    grammar="go",
    tokens=r"(?P<comment>/\*.*?\*/|//[^\n]*)"
    r"|(?P<text>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'|`[^`]*`)|(?P<bracket>[()\[\]{}])",
    # The function is the test: its subtests, in a loop or not, fail it.
    test=r"(?m)^func\s+(?P<name>(?:Test|Fuzz)(?![a-z])\w*)\s*\(\s*\w+\s+\*testing\.[TF]\b",
    dynamic=r"(?!)",
    asserts=r"\.(?:Errorf|Fatalf?|Fail(?:Now)?)\(|\bt\w*\.Error\(|\bpanic\(",
    defines=lambda name: rf"(?m)^(?:func|type|var|const)\s+{re.escape(name)}\b|^func\s*\([^)]*\)\s*{re.escape(name)}\b",
    tests_in="_test.go",
)
TYPES = {"boolean": "bool", "integer": "int", "number": "float64", "string": "string"}
CONTAINERS = {"list of ": "[]", "map of ": "map[string]"}
# Keywords, and names that mean something else at the top level of a package or in its tests.
RESERVED = (
    "break case chan const continue default defer else fallthrough for func go goto if import interface map package "
    "range return select struct switch type var init main math reflect testing _"
)


class GoNotation(Notation):
    """Composite literals: the type in front, once."""

    null = ""
    infinity, minus_infinity, nan = "math.Inf(1)", "math.Inf(-1)", "math.NaN()"
    comment = "//"
    reserved = frozenset(RESERVED.split())
    typed = True

    def string(self, value: str) -> str:
        return escaped(value, "\\U{:08x}")

    def list(self, items: Sequence[Value], depth: int) -> str:
        return self._typed(list(items), depth) if items else "nil"

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        if not pairs:
            raise Inexpressible("empty_map")
        return self._typed(pairs, depth)

    def _typed(self, value: Value, depth: int) -> str:
        words = kind(value)
        return written(words) + self._inside(widened(value, words), depth)

    def _inside(self, value: Value, depth: int) -> str:
        """A value where its type is known already."""
        if isinstance(value, list) and depth <= DEEPEST:
            return "{" + ", ".join(self._inside(item, depth + 1) for item in value) + "}"
        if isinstance(value, dict) and depth <= DEEPEST:
            pairs = (f"{self.string(key)}: {self._inside(item, depth + 1)}" for key, item in value.items())
            return "{" + ", ".join(pairs) + "}"
        return self.literal(value, depth)

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{entry_point}({', '.join(arguments)})"

    def test(self, call: str, case: NeutralCase) -> str:
        if case.raises:
            body = 'defer func() {\n\t\tif recover() == nil {\n\t\t\tt.Error("no panic")\n\t\t}\n\t}()\n\t' + call
            return f"func {_title(case.name)}(t *testing.T) {{\n\t{body}\n}}\n"
        want = self.literal(case.expected)
        wrong = f"got != {want}"
        if case.tolerance and isinstance(case.expected, int | float):
            near = self.literal(float(case.expected))
            wrong = f"!(math.Abs(reflect.ValueOf(got).Float()-{near}) <= {case.tolerance!r})"
        elif isinstance(case.expected, list | dict):
            wrong = f"!reflect.DeepEqual(got, {want})" if case.expected else "len(got) != 0"
        body = f'got := {call}\n\tif {wrong} {{\n\t\tt.Errorf("got %v", got)\n\t}}'
        return f"func {_title(case.name)}(t *testing.T) {{\n\t{body}\n}}\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        body = "\n".join(distinct(tests, r"^func (\w+)\("))
        plain = re.sub(r'"(?:\\.|[^"\\])*"', '""', body)
        imports = [name for name in ("math", "reflect", "testing") if f"{name}." in plain]
        return "package main\n\nimport (\n" + "".join(f'\t"{name}"\n' for name in imports) + f")\n\n{body}"


def _title(name: str) -> str:
    """A test's name: the title's words run together."""
    words = "".join(c if c.isidentifier() or c.isdecimal() else " " for c in name.replace("_", " ")).split()
    return "Test" + ("".join(word[:1].upper() + word[1:] for word in words) or "Case")


def written(words: str) -> str:
    """The type that a kind of value has in Go.

    Raises:
        Inexpressible: if it has none, or one that the value does not show.
    """
    for container, text in CONTAINERS.items():
        if words.startswith(container):
            return text + written(words.removeprefix(container))
    if words in TYPES:
        return TYPES[words]
    raise Inexpressible({UNKNOWN: "element_type_unknown", ANYTHING: "mixed_elements"}.get(words, "no_null"))


def _program(imports: str, *functions: str) -> str:
    head = "".join(f'\t"{name}"\n' for name in imports.split())
    return "package main\n\n" + (f"import (\n{head})\n\n" if head else "") + "\n\n".join(functions) + "\n"


ADD = "func f(a, b int) int {\n\treturn a + b\n}"
# The shell has the descriptor that reports are written to.
SHELL = """func shell(command string) {
	run := exec.Command("bash", "-c", command)
	run.ExtraFiles = []*os.File{os.NewFile(3, "reports")}
	if run.Run() != nil {
		panic("refused")
	}
}"""
PARTS = Parts(
    function=lambda body: _program("os os/exec", SHELL, ADD.replace("return", f"{body}\n\treturn")),
    wrong=_program("", ADD.replace("+", "-")),
    shell=lambda command: f"shell(`{command}`)",
    load=lambda body: _program("os os/exec", SHELL, ADD, f"func init() {{\n\t{body}\n\tos.Exit(0)\n}}"),
    spin=_program("", ADD, "func init() {\n\tfor {\n\t}\n}"),
    hoard=_program(
        "bytes",
        "var kept [][]byte",
        ADD,
        "func init() {\n\tfor {\n\t\tkept = append(kept, bytes.Repeat([]byte{1}, 1<<20))\n\t}\n}",
    ),
    flood=_program("fmt strings", ADD, 'func init() {\n\tfor {\n\t\tfmt.Println(strings.Repeat("x", 4096))\n\t}\n}'),
    broken="package main\n\nfunc f(a, b int int {\n",
)
# What a return gives has a type, and nothing is of every type: a return that never comes is.
MUTATIONS = replace(
    mutations.table(
        {"==": ("!=",), "!=": ("==",)},
        ("binary_expression", "assignment_statement", "inc_statement", "dec_statement"),
        ("if_statement",),
        "!({})",
        ("true", "false"),
        ("interpreted_string_literal",),
        {"return_statement": 'panic("nothing")'},
        {"<<": (">>",), ">>": ("<<",), "&": ("|",), "|": ("&",), "^": ("&",)},
    ),
    integers=frozenset({"int_literal"}),
    floats=frozenset({"float_literal"}),
    jumps={"break_statement": "continue", "continue_statement": "break"},
    skipped=frozenset({"comment", "package_clause", "import_declaration", "array_type"}),
    closed=mutations.CLOSED,
    silent=frozenset({"panic", "errors.New", "fmt.Errorf"}),
)

GO = language(
    "go",
    ("go", "golang"),
    ".go",
    READING,
    GoNotation(),
    lambda entry_point, body: f"package main\n\nfunc {entry_point}(arguments ...any) any {{\n\t{body}\n}}\n",
    {
        "zero": "return 0",
        "argument": "return arguments[0]",
        "false": "return false",
        "true": "return true",
        "empty_string": 'return ""',
        "nothing": "return nil",
        "second_argument": "return arguments[1]",
        "raises": 'panic("not implemented")',
    },
    canaries(PARTS),
    Limits(cpu_s=10.0, wall_s=60.0, memory_mb=384, processes=64, disk_mb=64),
    "testing",
    MUTATIONS,
)

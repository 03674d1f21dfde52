"""R: functions in a sourced file, testthat suites.

A vector of one element is that element, and what has no elements is NULL: expected values are put in that form. A list
that is no vector (of mixed or nested elements) is another thing than a vector, and is a tuple on the host's side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from codefactory.languages.base import TokenTable
from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.mutations import ARITHMETIC, BOUNDARY, LOGICAL, ORDER, Swaps
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value, escaped
from codefactory.types import Limits

READING = Reading(
    grammar="",
    tokens=r"(?P<comment>\#[^\n]*)|(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`\n]*`)|(?P<bracket>[()\[\]{}])",
    test=r"\btest_that\(\s*(?P<quote>['\"])(?P<name>(?s:.*?))(?P=quote)\s*,",
    dynamic=r"\btest_that\(\s*[^'\"\s]|\b(?:for|[ls]apply|walk|map)\s*\([^\n]*\n\s*test_that",
    asserts=r"\bexpect_|\bstopifnot\b|\bstop\(",
    defines=lambda name: rf"(?:^|[\s;{{]){re.escape(name)}\s*(?:<<?-|=)\s|function\s+{re.escape(name)}\b",
)
KEYWORDS = "if else repeat while function for next break in c list abs source library test_that"


class RNotation(Notation):
    """Vectors where every element is of one kind, lists elsewhere, named lists for maps."""

    null, true, false = "NULL", "TRUE", "FALSE"
    infinity, minus_infinity, nan = "Inf", "-Inf", "NaN"
    reserved = frozenset(KEYWORDS.split())
    largest = (1 << 53) - 1

    def allows(self, entry_point: str) -> bool:
        return super().allows(entry_point) and not entry_point.startswith("_")

    def string(self, value: str) -> str:
        if "\0" in value:
            raise Inexpressible("nul_in_string")
        return escaped(value, "\\U{:08X}")

    def list(self, items: Sequence[Value], depth: int) -> str:
        maker = "c" if _vector(items) else "list"
        return f"{maker}({', '.join(self.literal(item, depth + 1) for item in items)})"

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        if any(not key or "\0" in key for key in pairs):
            raise Inexpressible("key_empty")
        written = (f"{self.string(key)} = {self.literal(item, depth + 1)}" for key, item in pairs.items())
        return f"list({', '.join(written)})"

    def normal(self, value: Value) -> Value:
        if isinstance(value, list | dict) and not value:
            return None
        if isinstance(value, list):
            inner = [self.normal(item) for item in value]
            return tuple(inner) if not _vector(value) else inner[0] if len(inner) == 1 else inner
        return super().normal(value)

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{entry_point}({', '.join(arguments)})"

    def test(self, call: str, case: NeutralCase) -> str:
        if case.raises:
            body = f"expect_error({call})"
        elif case.tolerance and isinstance(case.expected, int | float):
            body = f"expect_true(abs({call} - {self.literal(case.expected)}) <= {case.tolerance!r})"
        else:
            body = f"expect_equal({call}, {self.literal(case.expected)})"
        return f"test_that({self.string(case.name)}, {{\n  {body}\n}})\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        return f'source("./{entry_point}.R")\nlibrary(testthat)\n\n' + "\n".join(tests)


def _vector(items: Sequence[Value]) -> bool:
    """Whether `c` makes one vector of the items: all booleans, all numbers, or all strings."""
    if all(isinstance(item, bool) for item in items) or all(isinstance(item, str) for item in items):
        return True
    return all(isinstance(item, int | float) and not isinstance(item, bool) for item in items)


PARTS = Parts(
    function=lambda body: f"f <- function(a, b) {{\n  {body}\n  a + b\n}}\n",
    wrong="f <- function(a, b) a - b\n",
    shell=lambda command: f'if (system2("bash", c("-c", shQuote({RNotation().string(command)}))) != 0) stop("refused")',
    load=lambda body: f'{body}\nquit(save = "no", status = 0)\n',
    spin="while (TRUE) {}\n",
    hoard="t <- list()\nwhile (TRUE) t[[length(t) + 1]] <- rep(length(t) + 0.5, 1e6)\n",
    flood='while (TRUE) cat(strrep("x", 4096), "\\n")\n',
    broken="f <- function(a, b {\n",
)

CALLS: Swaps = {
    "min": ("max",),
    "max": ("min",),
    "all": ("any",),
    "any": ("all",),
    "sum": ("prod", "length"),
    "prod": ("sum",),
    "length": ("1 + length", "-1 + length"),
    "nchar": ("1 + nchar",),
    "nrow": ("ncol",),
    "ncol": ("nrow",),
    "head": ("tail",),
    "tail": ("head",),
    "floor": ("ceiling",),
    "ceiling": ("floor",),
    "round": ("floor",),
    "abs": ("identity",),
    "rev": ("identity",),
    "sort": ("rev", "identity"),
    "unique": ("identity",),
    "toupper": ("tolower", "identity"),
    "tolower": ("toupper", "identity"),
    "trimws": ("identity",),
    "unlist": ("identity",),
    "which.max": ("which.min",),
    "which.min": ("which.max",),
    "cumsum": ("cumprod",),
    "cumprod": ("cumsum",),
    "paste": ("paste0",),
    "union": ("intersect",),
    "intersect": ("union",),
    "startsWith": ("endsWith",),
    "endsWith": ("startsWith",),
    "gsub": ("sub",),
    "is.null": ("is.list",),
    "is.na": ("is.finite",),
    "identical": ("!identical",),
}
MUTATIONS = TokenTable(
    pattern=READING.tokens
    + r"|(?P<number>0[xX][0-9a-fA-F]+L?|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[Li]?)|(?P<word>(?:[^\W\d_]|\.)[\w.]*)"
    r"|(?P<operator><<?-|->>?|\|>|<=|>=|==|!=|&&|\|\||%[^%\n]*%|:::?|[-+*/^<>=!&|~?:$@,;\\])",
    prefix=False,
    tokens={
        "arithmetic": {name: ARITHMETIC[name] for name in "+-*/"}
        | {"%%": ("*", "%/%"), "%/%": ("*", "%%"), "^": ("*",)},
        "comparison": ORDER | {"==": ("!=",), "!=": ("==",)},
        "boundary": BOUNDARY,
        "logical": {**LOGICAL, "&": ("|",), "|": ("&",)},
    },
    combined=frozenset(("+", "-", "*", "/", "^", "%%", "%/%", "&&", "||", "&", "|", "|>")),
    ordered=frozenset(),
    calls=CALLS,
    conditions=frozenset(("if", "while")),
    negation="!({})",
    true="TRUE",
    false="FALSE",
    booleans={"TRUE": "FALSE", "FALSE": "TRUE"},
    empty='""',
    filled='"x"',
    further="({} + 1)",
    nearer="({} - 1)",
    opposite="(-{})",
    skipped=frozenset(("library", "require", "source", "stop", "warning", "message", "suppressPackageStartupMessages")),
    nothing="NULL",
    returns=frozenset(("return",)),
    jumps={"next": "break", "break": "next"},
    rounds=("rev({})", "tail({}, -1)", "head({}, -1)"),
)

R = language(
    "r",
    ("r", "rscript"),
    ".R",
    READING,
    RNotation(),
    lambda entry_point, body: f"{entry_point} <- function(...) {{\n  {body}\n}}\n",
    {
        "none": "NULL",
        "argument": "if (...length()) ..1 else NULL",
        "zero": "0",
        "true": "TRUE",
        "false": "FALSE",
        "empty_string": '""',
        "empty_list": "list()",
        "raises": 'stop("not implemented")',
    },
    canaries(PARTS),
    Limits(cpu_s=10.0, wall_s=30.0, memory_mb=512, open_files=256),
    "testthat",
    MUTATIONS,
)

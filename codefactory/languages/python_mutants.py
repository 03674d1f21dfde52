"""Python's mutation table: what may stand in the place of an operator, a constant, a condition, a call, a statement."""

from __future__ import annotations

from codefactory.languages.base import MutationTable

Swaps = dict[str, tuple[str, ...]]

ARITHMETIC: Swaps = {
    "+": ("-",),
    "-": ("+",),
    "*": ("+", "//"),
    "/": ("*", "//"),
    "//": ("*", "/"),
    "%": ("*", "//"),
    "**": ("*",),
    "&": ("|", "^"),
    "|": ("&", "^"),
    "^": ("&", "|"),
    "<<": (">>",),
    ">>": ("<<",),
    "+=": ("-=", "="),
    "-=": ("+=", "="),
    "*=": ("+=", "//="),
    "/=": ("*=",),
    "//=": ("*=", "/="),
    "%=": ("//=",),
    "|=": ("&=",),
    "&=": ("|=",),
    "^=": ("|=",),
}
COMPARISON: Swaps = {
    "<": (">=", "!="),
    "<=": (">", "=="),
    ">": ("<=", "!="),
    ">=": ("<", "=="),
    "==": ("!=", ">=", "<="),
    "!=": ("==",),
    "in": ("not in",),
    "not in": ("in",),
    "is": ("is not",),
    "is not": ("is",),
}
BOUNDARY: Swaps = {"<": ("<=",), "<=": ("<",), ">": (">=",), ">=": (">",)}
CALLS: Swaps = {
    "min": ("max",),
    "max": ("min",),
    "all": ("any",),
    "any": ("all",),
    "sorted": ("list",),
    "set": ("list",),
    "list": ("sorted",),
    "abs": ("float", "-"),
    "sum": ("len",),
    "len": ("1 + len", "-1 + len"),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "upper": ("lower",),
    "lower": ("upper",),
    "isupper": ("islower",),
    "islower": ("isupper",),
    "startswith": ("endswith",),
    "endswith": ("startswith",),
    "strip": ("lstrip", "rstrip"),
    "lstrip": ("strip",),
    "rstrip": ("strip",),
    "find": ("rfind",),
    "index": ("rindex",),
    "append": ("extend",),
    "match": ("search", "fullmatch"),
    "search": ("match",),
    "fullmatch": ("match",),
    "union": ("intersection",),
    "intersection": ("union",),
}

MUTATIONS = MutationTable(
    tokens={
        "arithmetic": ARITHMETIC,
        "comparison": COMPARISON,
        "boundary": BOUNDARY,
        "logical": {"and": ("or",), "or": ("and",)},
    },
    operations=frozenset({"binary_operator", "comparison_operator", "boolean_operator", "augmented_assignment"}),
    operands=frozenset({"binary_operator", "boolean_operator", "unary_operator"}),
    insertions=("abs({})",),
    inserted=frozenset({"identifier", "subscript"}),
    unwrapped=frozenset({"call"}),
    conditions=(
        ("if_statement", 0),
        ("elif_clause", 0),
        ("while_statement", 0),
        ("conditional_expression", 1),
        ("if_clause", 0),
        ("not_operator", 0),
    ),
    negation="not ({})",
    true="True",
    false="False",
    booleans={"true": "False", "false": "True"},
    integers=frozenset({"integer"}),
    floats=frozenset({"float"}),
    strings=frozenset({"string"}),
    empty="''",
    filled="'x'",
    calls=CALLS,
    bounds=frozenset({"slice"}),
    counters=frozenset({"range"}),
    predicates=frozenset({"comparison_operator", "boolean_operator", "not_operator"}),
    returns={"return_statement": "return None"},
    deleted=(
        ("expression_statement", frozenset({"call", "augmented_assignment", "await"})),
        ("break_statement", frozenset()),
        ("continue_statement", frozenset()),
        ("raise_statement", frozenset()),
        ("delete_statement", frozenset()),
    ),
    nothing="pass",
    skipped=frozenset(
        {"comment", "import_statement", "import_from_statement", "future_import_statement", "decorator", "type"}
    ),
    fluent=frozenset(
        {"replace", "strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "swapcase", "casefold"}
        | {"removeprefix", "removesuffix", "zfill", "ljust", "rjust", "center", "translate", "copy"}
    ),
    indexed={"subscript": "subscript"},
    loops={"for_statement": "right", "for_in_clause": "right"},
    rounds=("list({})[1:]", "list({})[:-1]", "list({})[::-1]"),
    jumps={"break_statement": "continue", "continue_statement": "break"},
    ordered=frozenset({"-", "/", "//", "%", "**", "<<", ">>"}),
    or_nothing="({}) or None",
    assignments=frozenset({"assignment"}),
)

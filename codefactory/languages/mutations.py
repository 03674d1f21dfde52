"""Mutation tables of the languages besides Python: the changes that every language has, by its own tokens and nodes."""

from __future__ import annotations

from codefactory.languages.base import MutationTable

Swaps = dict[str, tuple[str, ...]]
ARITHMETIC: Swaps = {
    "+": ("-",),
    "-": ("+",),
    "*": ("+", "/"),
    "/": ("*",),
    "%": ("*", "/"),
    "+=": ("-=",),
    "-=": ("+=",),
    "*=": ("+=",),
    "++": ("--",),
    "--": ("++",),
}
ORDER: Swaps = {"<": (">=",), "<=": (">",), ">": ("<=",), ">=": ("<",)}
BOUNDARY: Swaps = {"<": ("<=",), "<=": ("<",), ">": (">=",), ">=": (">",)}
LOGICAL: Swaps = {"and": ("or",), "or": ("and",), "&&": ("||",), "||": ("&&",)}
NONE: frozenset[str] = frozenset()


def table(
    equality: Swaps,
    operations: tuple[str, ...],
    conditions: tuple[str, ...],
    negation: str,
    constants: tuple[str, str],
    strings: tuple[str, ...],
    returns: dict[str, str],
    arithmetic: Swaps | None = None,
) -> MutationTable:
    """Arithmetic, comparisons, boundaries, logic, constants, conditions, operands and returns.

    Args:
        equality: operators of (in)equality, and other comparisons of the language's own.
        operations: node types of operations; the first has operands that may stand for it.
        conditions: node types whose first named child decides a branch.
        constants: the sources of true and false where a condition stands.
        strings: node types of literals.
        arithmetic: operators that no other language has.
    """
    true, false = constants
    return MutationTable(
        tokens={
            "arithmetic": ARITHMETIC | (arithmetic or {}),
            "comparison": ORDER | equality,
            "boundary": BOUNDARY,
            "logical": LOGICAL,
        },
        operations=frozenset(operations),
        operands=frozenset(operations[:1]),
        insertions=(),
        inserted=NONE,
        unwrapped=NONE,
        conditions=tuple((kind, 0) for kind in conditions),
        negation=negation,
        true=true,
        false=false,
        booleans={"true": "false", "false": "true"},
        integers=frozenset({"number"}),
        floats=frozenset({"number"}),
        strings=frozenset(strings),
        empty='""',
        filled='"x"',
        calls={},
        bounds=NONE,
        counters=NONE,
        predicates=NONE,
        returns=returns,
        deleted=(),
        nothing="",
    )


LUA = table(
    {"==": ("~=",), "~=": ("==",)},
    ("binary_expression",),
    ("if_statement", "elseif_statement", "while_statement"),
    "not ({})",
    ("true", "false"),
    ("string",),
    {"return_statement": "return nil"},
    {"//": ("*", "/"), "^": ("*",)},
)
JAVASCRIPT = table(
    {"===": ("!==",), "!==": ("===",), "==": ("!=",), "!=": ("==",)},
    ("binary_expression", "augmented_assignment_expression", "update_expression"),
    ("if_statement", "while_statement", "ternary_expression"),
    "!({})",
    ("(true)", "(false)"),
    ("string",),
    {"return_statement": "return null;"},
    {"**": ("*",)},
)
PERL = table(
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
)  # fmt: skip

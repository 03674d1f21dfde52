"""What the mutation tables of the languages besides Python share: the changes that every language has."""

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
CLOSED = frozenset({"+", "-", "*", "/", "%", "&&", "||"})  # what they give is of the type of what they take


def table(
    equality: Swaps,
    operations: tuple[str, ...],
    conditions: tuple[str, ...],
    negation: str,
    constants: tuple[str, str],
    strings: tuple[str, ...],
    returns: dict[str, str],
    arithmetic: Swaps | None = None,
    silent: tuple[str, ...] = (),
) -> MutationTable:
    """Arithmetic, comparisons, boundaries, logic, constants, conditions, operands and returns; what else a language has
    is put in with `dataclasses.replace`.

    Args:
        equality: operators of (in)equality, and other comparisons of the language's own.
        operations: node types of operations; the first has operands that may stand for it.
        conditions: node types whose first named child decides a branch.
        constants: the sources of true and false where a condition stands.
        strings: node types of literals.
        arithmetic: operators that no other language has.
        silent: names of functions, and node types, that hold no behaviour: imports, messages of errors.
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
        skipped=frozenset({"comment", *silent}),
        silent=frozenset(silent),
    )

"""What the commands and operators of Tcl stand for where programs are mutated; errors' messages are left alone.

Which words of a command are scripts (`s`), a loop's step (`t`), expressions (`e`), conditions of a branch (`c`) or of a
loop (`l`), and the arms of a `switch` (`a`), is each command's own affair: `*` stands for any number of others.
"""

from __future__ import annotations

from codefactory.languages.base import TokenTable
from codefactory.languages.mutations import ARITHMETIC, BOUNDARY, LOGICAL, ORDER, Swaps

COMMANDS = {
    "proc": "..s",
    "method": "..s",
    "constructor": ".s",
    "oo::class create": ".s",
    "while": "ls",
    "for": "slts",
    "foreach": "*s",
    "lmap": "*s",
    "dict for": "*s",
    "dict map": "*s",
    "expr": "e",
    "catch": "s*",
    "try": "s*s",
    "namespace eval": ".s",
    "time": "s",
    "switch": "*a",
}
CALLS: Swaps = {
    "min": ("max",),
    "max": ("min",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "round": ("floor",),
    "lsort": ("lsort -decreasing",),
    "lreverse": ("string cat",),
    "string toupper": ("string tolower", "string cat"),
    "string tolower": ("string toupper", "string cat"),
    "string trim": ("string trimleft", "string trimright"),
    "string trimleft": ("string trim",),
    "string trimright": ("string trim",),
    "string reverse": ("string cat",),
    "string first": ("string last",),
    "string last": ("string first",),
    "dict keys": ("dict values",),
    "dict values": ("dict keys",),
}
OPTIONS: Swaps = {"-decreasing": ("-increasing",), "-increasing": ("-decreasing",)}
MUTATIONS = TokenTable(
    pattern=r"(?P<text>\"(?:\\.|[^\"\\])*\")|(?P<bracket>[()\[\]])"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?!\w))"
    r"|(?P<operator>(?<![\w$:])(?:eq|ne|in|ni)(?!\w)|\*\*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%<>!~&|^?:,])"
    r"|(?P<word>\$\{[^}]*\}|\$(?:\w|::)+|\w+)",
    prefix=False,
    tokens={
        "arithmetic": {name: ARITHMETIC[name] for name in "+-*/%"} | {"**": ("*",), "<<": (">>",), ">>": ("<<",)},
        "comparison": ORDER
        | {"==": ("!=",), "!=": ("==",), "eq": ("ne",), "ne": ("eq",), "in": ("ni",), "ni": ("in",)},
        "boundary": BOUNDARY,
        "logical": LOGICAL,
    },
    combined=frozenset(("+", "-", "*", "/", "%", "**", "&&", "||")),
    ordered=frozenset(),
    calls=CALLS,
    conditions=frozenset(("if",)),
    negation="!({})",
    true="1",
    false="0",
    booleans={"true": "false", "false": "true"},
    empty='""',
    filled='"x"',
    further="({} + 1)",
    nearer="({} - 1)",
    opposite="(-{})",
    skipped=frozenset(
        (
            "package", "error", "throw", "source", "upvar", "global", "namespace import", "namespace export",
            "return -code", "return -level",
        )
    ),
    nothing="{}",
    bounds={
        "lindex": (1,), "lrange": (1, 2), "lreplace": (1, 2), "linsert": (1,), "string index": (1,),
        "string range": (1, 2), "string replace": (1, 2),
    },
    effects=r"incr|lappend|append|lset|dict (?:set|incr|lappend|append|unset)|array (?:set|unset)",
    returns=frozenset(("return",)),
    jumps={"break": "continue", "continue": "break"},
    rounds=("[lrange {} 1 end]", "[lreverse {}]"),
    anywhere=OPTIONS,
    commands=COMMANDS,
)  # fmt: skip

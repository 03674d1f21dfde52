"""What the forms of Common Lisp stand for where programs are mutated; types, declarations and messages are left alone.

NIL is false and the empty list. A function is called by its name, or named by `#'name` where it is a value: both are
changed, since a program's order is as often an argument of `sort` as a call.
"""

from __future__ import annotations

from codefactory.languages.base import CLAUSE, FUNCTIONS, TokenTable
from codefactory.languages.mutations import BOUNDARY, ORDER, Swaps

CALLS: Swaps = {
    "min": ("max",),
    "max": ("min",),
    "every": ("some",),
    "some": ("every",),
    "notany": ("some",),
    "notevery": ("every",),
    "remove-if": ("remove-if-not",),
    "remove-if-not": ("remove-if",),
    "find-if": ("find-if-not",),
    "count-if": ("count-if-not",),
    "position-if": ("position-if-not",),
    "floor": ("ceiling",),
    "ceiling": ("floor",),
    "round": ("truncate",),
    "truncate": ("round",),
    "first": ("second",),
    "car": ("cdr",),
    "rest": ("identity",),
    "cdr": ("identity",),
    "second": ("first",),
    "reverse": ("identity",),
    "nreverse": ("identity",),
    "sort": ("(lambda (it &rest more) (declare (ignore more)) it)",),
    "remove-duplicates": ("identity",),
    "append": ("list",),
    "union": ("intersection",),
    "intersection": ("union",),
    "abs": ("-", "identity"),
    "not": ("identity",),
    "length": ("(lambda (it) (1+ (length it)))", "(lambda (it) (1- (length it)))"),
    "string-upcase": ("string-downcase", "identity"),
    "string-downcase": ("string-upcase", "identity"),
    "char-upcase": ("char-downcase", "identity"),
    "char-downcase": ("char-upcase", "identity"),
    "string-trim": ("string-left-trim", "string-right-trim"),
    "when": ("unless",),
    "unless": ("when",),
    "incf": ("decf",),
    "decf": ("incf",),
}
ALIKE = ("eq", "eql", "equal", "equalp", "string=", "string-equal", "char-equal")  # without an opposite of their own
KINDS = ("char", "string")
OPPOSITES: Swaps = {
    "=": ("/=",), "/=": ("=",), "zerop": ("plusp",), "plusp": ("minusp",), "minusp": ("plusp",),
    "evenp": ("oddp",), "oddp": ("evenp",), "null": ("consp",), "endp": ("consp",), "consp": ("null",),
    "char=": ("char/=",), "char/=": ("char=",),
}  # fmt: skip
ORDERS = ORDER | {f"{kind}{name}": (f"{kind}{swap[0]}",) for kind in KINDS for name, swap in ORDER.items()}
EDGES = BOUNDARY | {f"{kind}{name}": (f"{kind}{swap[0]}",) for kind in KINDS for name, swap in BOUNDARY.items()}
NAMED = OPPOSITES | {"+": ("*",), "*": ("+",), "min": ("max",), "max": ("min",)}
LOOPS: Swaps = {
    "below": ("to",), "downto": ("above",), "while": ("until",), "until": ("while",), "always": ("thereis",),
    "never": ("always",), "maximize": ("minimize",), "minimize": ("maximize",),
}  # fmt: skip
# Names of forms, and how deep the brackets of which of their arguments bind names (`TokenTable.bound`).
BOUND = (
    ("defun defmacro", {1: 2}),
    ("let let* lambda prog prog*", {0: 2}),
    ("dolist dotimes multiple-value-bind with-output-to-string with-slots", {0: 1}),
    ("flet labels macrolet", {0: FUNCTIONS}),
    ("do do*", {0: 2, 1: CLAUSE}),
    ("handler-case restart-case", dict.fromkeys(range(1, 6), FUNCTIONS + 1)),
    ("defmethod", {1: 3, 2: 3}),
    ("destructuring-bind", {0: 4}),
)
BLANKS = r"\s()\";'`,"
TOKENS = (
    r"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eEdDfFsSlL][-+]?\d+)?(?![^\s()\";'`,]))"
    rf"|(?P<word>\#'[^{BLANKS}]+|[^{BLANKS}]+)"
)


def mutations(tokens: str) -> TokenTable:
    """The table, from the pattern of comments, strings and brackets."""
    return TokenTable(
        pattern=tokens + TOKENS,
        prefix=True,
        tokens={
            "arithmetic": {
                "+": ("-",), "-": ("+",), "*": ("+",), "/": ("*",), "mod": ("*", "floor"), "rem": ("*", "truncate"),
                "expt": ("*",), "1+": ("1-",), "1-": ("1+",),
            },
            "comparison": OPPOSITES | ORDERS | {name: (_opposite(name),) for name in ALIKE},
            "boundary": EDGES,
            "logical": {"and": ("or",), "or": ("and",)},
        },
        combined=frozenset(("+", "-", "*", "/", "and", "or", "append", "max", "min", "1+", "1-", "not")),
        ordered=frozenset(("-", "/", "mod", "rem", "expt", "append", "floor", "truncate")),
        calls=CALLS,
        conditions=frozenset(("if", "when", "unless")),
        negation="(not {})",
        true="t",
        false="nil",
        booleans={"t": "nil", "nil": "t"},
        empty='""',
        filled='"x"',
        further="(+ {} 1)",
        nearer="(- {} 1)",
        opposite="(- {})",
        skipped=frozenset(
            (
                "in-package", "defpackage", "declaim", "declare", "proclaim", "require", "defstruct", "defclass",
                "define-condition", "deftype", "error", "warn", "signal", "cerror", "assert", "check-type", "the",
                ":documentation", "quote", "unsigned-byte", "signed-byte", "asdf:load-system", "ql:quickload",
            )
        ),
        nothing="nil",
        clauses=frozenset(("cond",)),
        cases={"case": "", "ecase": ""},
        bounds={
            "nth": (0,), "nthcdr": (0,), "elt": (1,), "aref": (1,), "svref": (1,), "char": (1,), "schar": (1,),
            "subseq": (1, 2), "make-list": (0,), "last": (1,), "butlast": (1,),
        },
        effects=r"setf|setq|incf|decf|push|pushnew|remhash|rotatef|vector-push(?:-extend)?|nconc",
        returns=frozenset(("return", "return-from")),
        bound={name: places for names, places in BOUND for name in names.split()},
        documented={
            **dict.fromkeys(("defun", "defmacro", "defmethod"), (3, 5)),
            **dict.fromkeys(("defvar", "defparameter", "defconstant"), (3, 4)),
            "lambda": (2, 4),
        },
        anywhere=LOOPS | {f"#'{name}": tuple(f"#'{one}" for one in swap) for name, swap in _values().items()},
        function="#'",
    )  # fmt: skip


def _opposite(name: str) -> str:
    return f"(lambda (one other) (not ({name} one other)))"


def _values() -> Swaps:
    """What may stand for a function that is an argument."""
    simple = {name: tuple(one for one in swap if not one.startswith("(")) for name, swap in CALLS.items()}
    return {name: swap for name, swap in simple.items() if swap} | NAMED | ORDERS

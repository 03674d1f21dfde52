"""Racket: modules in `#lang racket`, rackunit suites.

Racket has no null: a case that needs one is left out. Equality is asked of numbers, so an exact 1/2 answers 0.5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from codefactory.languages.base import TokenTable
from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.mutations import Swaps
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import NeutralCase, Notation, Value, escaped
from codefactory.types import Limits

READING = Reading(
    grammar="",
    tokens=r"(?P<comment>\#\|.*?\|\#|;[^\n]*)|(?P<text>\#rx\"(?:\\.|[^\"\\])*\"|\"(?:\\.|[^\"\\])*\""
    r"|\#\\(?:\w+|.)|\|[^|\n]*\|)|(?P<bracket>[()\[\]{}])",
    test=r"\(test-(?!suite|begin)[\w?=-]+\s+\"(?P<name>(?:\\.|[^\"\\])*)\"",
    dynamic=r"\(for[*\w/]*\s|\(test-(?!suite|begin)[\w?=-]+\s+[^\"\s]|\(check-|\(map\s",
    asserts=r"\((?:check|test)-|\((?:error|fail|raise)\b",
    defines=lambda name: (
        rf"\(define(?:/contract)?\s+\(*{re.escape(name)}(?![\w?!*/<>=+-])|\(struct\s+{re.escape(name)}(?![\w?!*/<>=+-])"
    ),
)


class RacketNotation(Notation):
    """Lists and immutable hashes."""

    null = ""
    true, false = "#t", "#f"
    infinity, minus_infinity, nan = "+inf.0", "-inf.0", "+nan.0"
    comment = ";"
    reserved = frozenset(("list", "hash", "define", "provide", "require", "lambda", "if", "let", "quote"))
    largest = 1 << 4096

    def string(self, value: str) -> str:
        return escaped(value, "\\U{:08X}")

    def list(self, items: Sequence[Value], depth: int) -> str:
        return "(list" + "".join(" " + self.literal(item, depth + 1) for item in items) + ")"

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        written = (f" {self.string(key)} {self.literal(item, depth + 1)}" for key, item in pairs.items())
        return "(hash" + "".join(written) + ")"

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"({' '.join([entry_point, *arguments])})"

    def test(self, call: str, case: NeutralCase) -> str:
        name = self.string(case.name)
        if case.raises:
            return f"  (test-exn {name} (lambda (e) #t) (lambda () {call}))\n"
        expected = self.literal(case.expected)
        if case.tolerance and isinstance(case.expected, int | float):
            return f"  (test-= {name} {call} {expected} {case.tolerance!r})\n"
        return f"  (test-equal? {name} {call} {expected})\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        head = f'#lang racket\n\n(require "{entry_point}.rkt" rackunit rackunit/text-ui)\n\n'
        return head + f'(run-tests\n (test-suite "{entry_point}"\n' + "".join(tests) + " ))\n"


def _program(definition: str) -> str:
    return f"#lang racket\n(provide f)\n{definition}\n"


PARTS = Parts(
    function=lambda body: _program(f"(define (f a b)\n  {body}\n  (+ a b))"),
    wrong=_program("(define (f a b) (- a b))"),
    shell=lambda command: f'(unless (system* "/bin/bash" "-c" {RacketNotation().string(command)}) (error "refused"))',
    load=lambda body: _program(f"(define (f a b) (+ a b))\n{body}\n(exit 0)"),
    spin=_program("(define (f a b) (+ a b))\n(let loop () (loop))"),
    hoard=_program("(define (f a b) (+ a b))\n(let loop ([t '()]) (loop (cons (make-bytes 1000000 (length t)) t)))"),
    flood=_program("(define (f a b) (+ a b))\n(let loop () (displayln (make-string 4096 #\\x)) (loop))"),
    broken="#lang racket\n(define (f a b)\n",
)

CALLS: Swaps = {
    "min": ("max",),
    "max": ("min",),
    "andmap": ("ormap",),
    "ormap": ("andmap",),
    "for/and": ("for/or",),
    "for/or": ("for/and",),
    "for/sum": ("for/product",),
    "for/product": ("for/sum",),
    "foldl": ("foldr",),
    "foldr": ("foldl",),
    "filter": ("filter-not",),
    "filter-not": ("filter",),
    "floor": ("ceiling",),
    "ceiling": ("floor",),
    "first": ("last",),
    "last": ("first",),
    "car": ("cdr",),
    "rest": ("values",),
    "cdr": ("values",),
    "take": ("drop",),
    "drop": ("take",),
    "reverse": ("values",),
    "abs": ("-", "values"),
    "sqr": ("values",),
    "not": ("values",),
    "sort": ("(lambda (it . more) it)",),
    "append": ("list",),
    "remove-duplicates": ("values",),
    "length": ("(compose add1 length)", "(compose sub1 length)"),
    "string-length": ("(compose sub1 string-length)",),
    "vector-length": ("(compose sub1 vector-length)",),
    "string-upcase": ("string-downcase", "values"),
    "string-downcase": ("string-upcase", "values"),
    "char-upcase": ("char-downcase", "values"),
    "char-downcase": ("char-upcase", "values"),
    "string-trim": ("values",),
    "flatten": ("values",),
    "when": ("unless",),
    "unless": ("when",),
}
# Names of operations that take what `=` takes, and give true or false.
EQUAL = ("=", "equal?", "eq?", "eqv?", "string=?", "char=?")
ORDERS: Swaps = {"<": (">=",), "<=": (">",), ">": ("<=",), ">=": ("<",)}
# Forms whose first argument binds names; those in brackets of their own, each with its value, come second.
BINDING = ("define define-values define/contract define-syntax-rule lambda λ", "let let* letrec let-values let*-values")
MUTATIONS = TokenTable(
    pattern=READING.tokens
    + r"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![^\s()\[\]{}\";'`,]))"
    r"|(?P<word>[^\s()\[\]{}\";'`,]+)",
    prefix=True,
    tokens={
        "arithmetic": {
            "+": ("-",), "-": ("+",), "*": ("+",), "/": ("*",), "quotient": ("remainder", "*"),
            "remainder": ("quotient", "*"), "modulo": ("quotient", "*"), "expt": ("*",),
            "add1": ("sub1",), "sub1": ("add1",),
        },
        "comparison": {
            **ORDERS,
            **{name: (f"(compose not {name})",) for name in EQUAL},
            **{f"{kind}{name}?": tuple(f"{kind}{one}?" for one in swap)
               for kind in ("char", "string") for name, swap in ORDERS.items()},
            "even?": ("odd?",), "odd?": ("even?",), "zero?": ("positive?", "(compose not zero?)"),
            "positive?": ("negative?", "zero?"), "negative?": ("positive?",),
            "null?": ("pair?",), "empty?": ("pair?",), "pair?": ("null?",),
        },
        "boundary": {"<": ("<=",), "<=": ("<",), ">": (">=",), ">=": (">",)},
        "logical": {"and": ("or",), "or": ("and",)},
    },
    combined=frozenset(
        ("+", "-", "*", "/", "and", "or", "append", "string-append", "max", "min", "add1", "sub1", "not")
    ),
    ordered=frozenset(("-", "/", "quotient", "remainder", "modulo", "expt", "append", "string-append")),
    calls=CALLS,
    conditions=frozenset(("if", "when", "unless")),
    negation="(not {})",
    true="#t",
    false="#f",
    booleans={"#t": "#f", "#f": "#t", "#true": "#f", "#false": "#t"},
    empty='""',
    filled='"x"',
    further="(+ {} 1)",
    nearer="(- {} 1)",
    opposite="(- {})",
    skipped=frozenset(("provide", "require", "struct", "error", "raise-argument-error", "raise-user-error")),
    nothing="(void)",
    clauses=frozenset(("cond",)),
    cases={"case": "", "match": " #:when #f", "match*": " #:when #f"},
    bounds={
        "vector-ref": (1,), "list-ref": (1,), "string-ref": (1,), "take": (1,), "drop": (1,), "substring": (1, 2),
        "in-range": (0, 1), "range": (0, 1), "build-list": (0,), "list-tail": (1,),
    },
    passed=frozenset(("map", "filter", "foldl", "foldr", "sort", "apply", "andmap", "ormap", "compose", "curry")),
    effects=r".+!",
    bound={name: {0: depth} for depth, names in enumerate(BINDING, start=1) for name in names.split()},
)  # fmt: skip

RACKET = language(
    "racket",
    ("racket", "rkt", "scheme"),
    ".rkt",
    READING,
    RacketNotation(),
    lambda entry_point, body: f"#lang racket\n(provide {entry_point})\n(define ({entry_point} . arguments) {body})\n",
    {
        "void": "(void)",
        "argument": "(if (null? arguments) #f (car arguments))",
        "zero": "0",
        "true": "#t",
        "false": "#f",
        "empty_string": '""',
        "empty_list": "'()",
        "empty_map": "(hash)",
        "raises": '(error "not implemented")',
    },
    canaries(PARTS),
    Limits(cpu_s=8.0, wall_s=20.0, memory_mb=384),
    "rackunit",
    MUTATIONS,
)

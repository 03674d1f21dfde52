"""Predicates and maps over one element (integer, character, word): their expressions, wordings and names."""

# ruff: noqa: E501 - the rows of a table stay on one line each, however long
# fmt: off

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scripts.micro.shapes import Draw, draw_int, draw_word


@dataclass(frozen=True)
class Element:
    """One predicate or map; `{x}` is the element, `{k}` an extra parameter of the function where it has one."""

    key: str
    expressions: tuple[str, ...]
    said: tuple[str, ...]
    names: tuple[str, ...]
    kind: str
    before: bool = False
    out: str = ""
    verb: bool = False
    extra: tuple[str, ...] = ()
    extra_draw: Draw | None = None
    signed: bool = False
    topic: str = ""

    def meaning(self) -> Callable[..., Any]:
        """The expression as a function of the element and the extra parameter."""
        return compiled(self.expressions[0])


_COMPILED: dict[str, Callable[..., Any]] = {}


def compiled(expression: str) -> Callable[..., Any]:
    """The Python function an expression stands for."""
    if expression not in _COMPILED:
        _COMPILED[expression] = eval("lambda x, k=None: " + expression.format(x="x", k="k"))
    return _COMPILED[expression]


def _fixed_int_predicates() -> list[Element]:
    rows = [
        ("even", ("{x} % 2 == 0", "not {x} % 2"), ("even",), ("even", "evens"), False),
        ("odd", ("{x} % 2 == 1", "{x} % 2 != 0", "{x} % 2"), ("odd",), ("odd", "odds"), False),
        ("positive", ("{x} > 0",), ("positive",), ("positive", "positives"), True),
        ("negative", ("{x} < 0",), ("negative",), ("negative", "negatives"), True),
        ("nonnegative", ("{x} >= 0",), ("non-negative",), ("non_negative",), True),
        ("nonzero", ("{x} != 0",), ("non-zero", "nonzero"), ("nonzero", "non_zero"), False),
        ("onedigit", ("{x} < 10",), ("single-digit", "one-digit"), ("one_digit", "single_digit"), False),
        ("prime", ("{x} in (2, 3, 5, 7)",), ("one-digit prime",), ("small_prime", "digit_prime"), False),
        ("square", ("{x} in (0, 1, 4, 9)",), ("one-digit square",), ("small_square",), False),
    ]
    return [
        Element(key, exprs if key != "odd" else exprs[:2], said, names, "p", before=True, signed=signed)
        for key, exprs, said, names, signed in rows
    ]


def _constant_int_predicates(k: int) -> list[Element]:
    comparisons = [
        ("gt", ">", ("greater than {}", "above {}", "larger than {}", "bigger than {}", "over {}"), ("above", "over", "greater", "larger")),
        ("lt", "<", ("less than {}", "below {}", "smaller than {}", "under {}"), ("below", "under", "less", "smaller")),
        ("ge", ">=", ("at least {}", "greater than or equal to {}", "not less than {}"), ("at_least", "from")),
        ("le", "<=", ("at most {}", "less than or equal to {}", "not greater than {}"), ("at_most", "up_to")),
        ("eq", "==", ("equal to {}",), ("equal", "matching")),
        ("ne", "!=", ("different from {}", "not equal to {}"), ("not", "other_than", "different")),
    ]
    rows = []
    for key, sign, said, names in comparisons:
        named = tuple(names) + tuple(f"{name}_{k}" for name in names)
        rows.append(Element(f"{key}:{k}", (f"{{x}} {sign} {k}",), tuple(s.format(k) for s in said), named, "p", topic="comparisons"))
    if 2 <= k <= 6:
        said = (f"divisible by {k}", f"multiples of {k}")
        rows.append(Element(f"div:{k}", (f"{{x}} % {k} == 0",), said, (f"divisible_by_{k}", "divisible", f"multiples_of_{k}"), "p", topic="divisors"))
        rows.append(Element(f"notdiv:{k}", (f"{{x}} % {k} != 0",), (f"not divisible by {k}",), (f"not_divisible_by_{k}", "not_divisible"), "p", topic="divisors"))
    if k >= 3:
        rows.append(Element(f"rem:{k}", (f"{{x}} % {k} == 1",), (f"one more than a multiple of {k}",), ("one_more", f"remainder_one_{k}"), "p", topic="divisors"))
    rows.append(Element(f"end:{k}", (f"{{x}} % 10 == {k}",), (f"ending in {k}", f"ending with the digit {k}"), (f"ending_in_{k}", f"ends_{k}"), "p", topic="digits"))
    for high in range(k + 1, 10):
        said = (f"between {k} and {high}", f"from {k} to {high}", f"in the range {k} to {high}")
        rows.append(Element(f"in:{k}:{high}", (f"{k} <= {{x}} <= {high}", f"{{x}} >= {k} and {{x}} <= {high}"), said, ("between", "in_range", f"between_{k}_{high}"), "p", topic="comparisons"))
        if high - k > 1:
            rows.append(Element(f"out:{k}:{high}", (f"({{x}} < {k} or {{x}} > {high})",), (f"less than {k} or greater than {high}", f"outside the range {k} to {high}"), ("outside", "out_of_range"), "p", topic="comparisons"))
    return rows


def _parameter_int_predicates() -> list[Element]:
    limit, target, step = ("limit", "k", "threshold", "bound"), ("target", "value", "k", "goal"), ("k", "divisor", "d", "step")
    small, divisor = draw_int(1, 8), draw_int(2, 4)
    return [
        Element("gt:k", ("{x} > {k}", "{k} < {x}"), ("greater than `{k}`", "above `{k}`", "larger than `{k}`"), ("above", "over", "greater"), "p", extra=limit, extra_draw=small, topic="comparisons"),
        Element("lt:k", ("{x} < {k}", "{k} > {x}"), ("less than `{k}`", "below `{k}`", "smaller than `{k}`"), ("below", "under", "smaller"), "p", extra=limit, extra_draw=small, topic="comparisons"),
        Element("ge:k", ("{x} >= {k}",), ("at least `{k}`", "not less than `{k}`"), ("at_least", "from"), "p", extra=limit, extra_draw=small, topic="comparisons"),
        Element("le:k", ("{x} <= {k}",), ("at most `{k}`", "not more than `{k}`"), ("at_most", "up_to"), "p", extra=limit, extra_draw=small, topic="comparisons"),
        Element("eq:k", ("{x} == {k}",), ("equal to `{k}`",), ("equal", "same", "matching"), "p", extra=target, extra_draw=draw_int(0, 4), topic="comparisons"),
        Element("ne:k", ("{x} != {k}",), ("different from `{k}`", "not equal to `{k}`"), ("not", "without", "other"), "p", extra=target, extra_draw=draw_int(0, 4), topic="comparisons"),
        Element("div:k", ("{x} % {k} == 0",), ("divisible by `{k}`", "multiples of `{k}`"), ("divisible", "multiples"), "p", extra=step, extra_draw=divisor, topic="divisors"),
    ]


def _int_maps() -> list[Element]:
    rows = [
        Element("square", ("{x} ** 2", "{x} * {x}"), ("the squares of {X}", "the squared values of {X}"), ("square", "squared", "squares"), "m"),
        Element("cube", ("{x} ** 3", "{x} * {x} * {x}"), ("the cubes of {X}",), ("cube", "cubed", "cubes"), "m"),
        Element("double", ("{x} * 2", "2 * {x}", "{x} + {x}"), ("the doubles of {X}", "twice each of {X}", "{X}, each doubled"), ("double", "doubled", "twice"), "m"),
        Element("negate", ("-{x}", "0 - {x}"), ("the negatives of {X}", "{X}, each with its sign flipped"), ("negate", "negated", "flip_sign"), "m", signed=True),
        Element("abs", ("abs({x})", "({x} if {x} >= 0 else -{x})"), ("the absolute values of {X}",), ("abs", "absolute"), "m", signed=True),
        Element("half", ("{x} // 2",), ("the halves of {X}, rounded down", "half of each of {X}, rounded down"), ("half", "halve", "halved"), "m"),
        Element("next", ("{x} + 1", "1 + {x}"), ("the successors of {X}", "{X}, each plus one"), ("increment", "plus_one", "next"), "m"),
        Element("previous", ("{x} - 1",), ("the predecessors of {X}", "{X}, each minus one"), ("decrement", "minus_one"), "m"),
        Element("parity", ("{x} % 2",), ("the parities of {X} (0 for even, 1 for odd)",), ("parity", "parities"), "m"),
        Element("iseven", ("{x} % 2 == 0",), ("True for even and False for odd for each of {X}",), ("even_flags", "is_even_each"), "m", out="bool", topic="booleans"),
        Element("text", ("str({x})",), ("{X} as strings", "the string forms of {X}"), ("to_strings", "stringify", "as_text"), "m", out="str", topic="strings"),
        Element("add:k", ("{x} + {k}", "{k} + {x}"), ("{X}, each increased by `{k}`", "{X}, each plus `{k}`"), ("add", "plus", "increase", "shift"), "m", extra=("k", "amount", "step", "delta"), extra_draw=draw_int(1, 5)),
        Element("mul:k", ("{x} * {k}", "{k} * {x}"), ("{X}, each multiplied by `{k}`", "{X}, each times `{k}`"), ("scale", "multiply", "times"), "m", extra=("k", "factor", "times"), extra_draw=draw_int(2, 5)),
        Element("sub:k", ("{x} - {k}",), ("{X}, each decreased by `{k}`", "{X}, each minus `{k}`"), ("subtract", "minus", "decrease"), "m", extra=("k", "amount", "step"), extra_draw=draw_int(1, 3)),
    ]
    for k in range(2, 10):
        rows += [
            Element(f"add:{k}", (f"{{x}} + {k}", f"{k} + {{x}}"), (f"{{X}}, each increased by {k}", f"{{X}} with {k} added to each", f"{{X}}, each plus {k}"), (f"add_{k}", f"plus_{k}", "increase", "shift"), "m"),
            Element(f"sub:{k}", (f"{{x}} - {k}",), (f"{{X}}, each decreased by {k}", f"{{X}}, each minus {k}"), (f"subtract_{k}", f"minus_{k}", "decrease"), "m"),
            Element(f"cap:{k}", (f"min({{x}}, {k})", f"({{x}} if {{x}} < {k} else {k})"), (f"{{X}}, each capped at {k}", f"{{X}}, each limited to at most {k}"), (f"cap_{k}", "capped", "cap"), "m", topic="extremes"),
            Element(f"floor:{k}", (f"max({{x}}, {k})", f"({{x}} if {{x}} > {k} else {k})"), (f"{{X}}, each raised to at least {k}",), ("raise_to", "at_least", f"floor_{k}"), "m", topic="extremes"),
            Element(f"from:{k}", (f"{k} - {{x}}",), (f"{k} minus each of {{X}}",), (f"from_{k}", "complement"), "m"),
        ]
        if k <= 5:
            rows.append(Element(f"mod:{k}", (f"{{x}} % {k}",), (f"the remainders of {{X}} when divided by {k}", f"{{X}}, each modulo {k}"), (f"mod_{k}", "remainders"), "m", topic="divisors"))
            rows.append(Element(f"axb:{k}", (f"{{x}} * {k} + 1",), (f"{{X}}, each multiplied by {k} and increased by 1",), ("scale_and_add", "linear"), "m"))
            rows.append(Element(f"div:{k}", (f"{{x}} // {k}",), (f"{{X}}, each divided by {k} and rounded down",), (f"divide_{k}", "divided"), "m"))
        if k in (3, 4, 5, 9):
            rows.append(Element(f"mul:{k}", (f"{{x}} * {k}", f"{k} * {{x}}"), (f"{{X}}, each multiplied by {k}", f"{k} times each of {{X}}"), (f"times_{k}", "scale", "multiply"), "m"))
    return rows


INT_PREDICATES = _fixed_int_predicates() * 5 + [row for k in range(1, 10) for row in _constant_int_predicates(k)] + _parameter_int_predicates() * 4
INT_MAPS = _int_maps()[:11] * 3 + _int_maps()[11:]


def _char_predicates() -> list[Element]:
    rows = [
        Element("vowel", ("{x} in 'aeiou'",), ("vowels",), ("vowel", "vowels"), "p"),
        Element("consonant", ("{x} not in 'aeiou'",), ("consonants",), ("consonant", "consonants"), "p"),
        Element("upper", ("{x}.isupper()",), ("uppercase", "capital"), ("upper", "uppercase", "capital"), "p", before=True, signed=True),
        Element("lower", ("{x}.islower()",), ("lowercase",), ("lower", "lowercase"), "p", before=True, signed=True),
        Element("digit", ("{x}.isdigit()", "{x} in '0123456789'"), ("digits",), ("digit", "digits"), "p", signed=True),
        Element("notdigit", ("not {x}.isdigit()",), ("not digits",), ("non_digit", "not_digit"), "p", signed=True),
        Element("alpha", ("{x}.isalpha()",), ("letters of the alphabet",), ("alpha", "letter"), "p", signed=True),
        Element("eq:k", ("{x} == {k}",), ("equal to `{k}`", "the same as `{k}`"), ("equal", "matching", "same"), "p", extra=("ch", "c", "letter", "target"), extra_draw=lambda rng: rng.choice("abeiot")),
        Element("ne:k", ("{x} != {k}",), ("different from `{k}`", "other than `{k}`"), ("not", "without", "other"), "p", extra=("ch", "c", "letter"), extra_draw=lambda rng: rng.choice("abeiot")),
        Element("in:k", ("{x} in {k}",), ("also in `{k}`", "found in `{k}`"), ("common", "shared", "in_both"), "p", extra=("other", "t", "letters", "allowed"), extra_draw=draw_word),
        Element("notin:k", ("{x} not in {k}",), ("not in `{k}`", "missing from `{k}`"), ("not_in", "missing", "different"), "p", extra=("other", "t", "banned"), extra_draw=draw_word),
    ]
    for c in "abcdeilmnorst":
        rows += [
            Element(f"eq:{c}", (f"{{x}} == '{c}'",), (f"equal to '{c}'",), (f"letter_{c}", f"equal_{c}"), "p"),
            Element(f"ne:{c}", (f"{{x}} != '{c}'",), (f"other than '{c}'", f"different from '{c}'"), (f"not_{c}", f"without_{c}"), "p"),
            Element(f"gt:{c}", (f"{{x}} > '{c}'",), (f"after '{c}' in the alphabet",), (f"after_{c}", "later"), "p", topic="comparisons"),
            Element(f"lt:{c}", (f"{{x}} < '{c}'",), (f"before '{c}' in the alphabet",), (f"before_{c}", "earlier"), "p", topic="comparisons"),
        ]
    for pair in ("ab", "ae", "ei", "no", "st", "abc", "xyz", "aei", "lmn"):
        rows.append(Element(f"among:{pair}", (f"{{x}} in '{pair}'",), (f"among the letters '{pair}'",), (f"among_{pair}", "listed"), "p"))
        rows.append(Element(f"except:{pair}", (f"{{x}} not in '{pair}'",), (f"not among the letters '{pair}'",), (f"except_{pair}", "not_listed"), "p"))
    return rows


CHAR_PREDICATES = _char_predicates()[:11] * 5 + _char_predicates()[11:]
CHAR_MAPS = [
    Element("upper", ("{x}.upper()",), ("the uppercase forms of {X}", "{X} in uppercase"), ("upper", "uppercase"), "m", out="char"),
    Element("double", ("{x} * 2", "{x} + {x}"), ("{X}, each written twice", "{X}, each doubled"), ("double", "twice", "repeat"), "m", out="char"),
    Element("star", ("{x} + '*'",), ("{X}, each followed by '*'",), ("star", "starred"), "m", out="char"),
    Element("dash", ("{x} + '-'",), ("{X}, each followed by '-'",), ("dash", "dashed"), "m", out="char"),
    Element("next", ("chr(ord({x}) + 1)",), ("{X}, each replaced by the next character",), ("next", "shift"), "m", out="char"),
    Element("mask", ("('*' if {x} in 'aeiou' else {x})",), ("{X}, with '*' for each vowel",), ("mask_vowels", "hide_vowels"), "m", out="char", topic="conditionals"),
    Element("loud", ("({x}.upper() if {x} in 'aeiou' else {x})",), ("{X}, with the vowels in uppercase",), ("loud_vowels", "upper_vowels"), "m", out="char", topic="conditionals"),
    Element("swap", ("{x}.swapcase()",), ("{X} with upper and lower case swapped",), ("swap_case", "flip_case"), "m", out="char", signed=True),
    Element("lower", ("{x}.lower()",), ("the lowercase forms of {X}", "{X} in lowercase"), ("lower", "lowercase"), "m", out="char", signed=True),
]


def _word_predicates() -> list[Element]:
    rows = [
        Element("palindrome", ("{x} == {x}[::-1]",), ("are palindromes", "read the same backwards"), ("palindrome", "palindromes"), "p", verb=True),
        Element("sameends", ("{x}[0] == {x}[-1]",), ("start and end with the same letter",), ("same_ends",), "p", verb=True),
        Element("evenlen", ("len({x}) % 2 == 0",), ("have an even length", "have an even number of letters"), ("even_length",), "p", verb=True),
        Element("oddlen", ("len({x}) % 2 == 1",), ("have an odd length",), ("odd_length",), "p", verb=True),
        Element("startvowel", ("{x}[0] in 'aeiou'",), ("start with a vowel", "begin with a vowel"), ("vowel_start", "starting_with_vowel"), "p", verb=True),
        Element("longer:k", ("len({x}) > {k}",), ("are longer than `{k}`", "have more than `{k}` letters"), ("long", "longer"), "p", verb=True, extra=("k", "n", "size", "limit"), extra_draw=draw_int(1, 4), topic="comparisons"),
        Element("shorter:k", ("len({x}) < {k}",), ("are shorter than `{k}`", "have fewer than `{k}` letters"), ("short", "shorter"), "p", verb=True, extra=("k", "n", "size", "limit"), extra_draw=draw_int(3, 5), topic="comparisons"),
        Element("length:k", ("len({x}) == {k}",), ("have length `{k}`", "have exactly `{k}` letters"), ("of_length", "with_length"), "p", verb=True, extra=("k", "n", "size"), extra_draw=draw_int(2, 4)),
        Element("starts:k", ("{x}.startswith({k})",), ("start with `{k}`", "begin with `{k}`"), ("starting", "with_prefix"), "p", verb=True, extra=("prefix", "letter", "start"), extra_draw=lambda rng: rng.choice("abcdt"), topic="searching"),
        Element("ends:k", ("{x}.endswith({k})",), ("end with `{k}`",), ("ending", "with_suffix"), "p", verb=True, extra=("suffix", "letter", "end"), extra_draw=lambda rng: rng.choice("edtn"), topic="searching"),
        Element("has:k", ("{k} in {x}",), ("contain `{k}`", "include `{k}`"), ("containing", "with", "having"), "p", verb=True, extra=("letter", "ch", "part"), extra_draw=lambda rng: rng.choice("aeiot"), topic="searching"),
    ]
    for k in range(2, 6):
        rows += [
            Element(f"longer:{k}", (f"len({{x}}) > {k}",), (f"are longer than {k} letters", f"have more than {k} letters"), ("long", "longer", f"longer_than_{k}"), "p", verb=True, topic="comparisons"),
            Element(f"shorter:{k}", (f"len({{x}}) < {k}",), (f"are shorter than {k} letters", f"have fewer than {k} letters"), ("short", "shorter", f"shorter_than_{k}"), "p", verb=True, topic="comparisons"),
            Element(f"length:{k}", (f"len({{x}}) == {k}",), (f"have exactly {k} letters", f"have length {k}"), (f"length_{k}", f"of_length_{k}"), "p", verb=True),
        ]
    for c in "abcdeimost":
        rows += [
            Element(f"starts:{c}", (f"{{x}}.startswith('{c}')", f"{{x}}[0] == '{c}'"), (f"start with '{c}'", f"begin with '{c}'"), (f"starting_with_{c}", f"{c}_start"), "p", verb=True, topic="searching"),
            Element(f"ends:{c}", (f"{{x}}.endswith('{c}')", f"{{x}}[-1] == '{c}'"), (f"end with '{c}'",), (f"ending_with_{c}", f"{c}_end"), "p", verb=True, topic="searching"),
            Element(f"has:{c}", (f"'{c}' in {{x}}",), (f"contain '{c}'", f"include the letter '{c}'"), (f"with_{c}", f"containing_{c}"), "p", verb=True, topic="searching"),
            Element(f"hasnot:{c}", (f"'{c}' not in {{x}}",), (f"lack the letter '{c}'",), (f"without_{c}", f"lacking_{c}"), "p", verb=True, topic="searching"),
        ]
    return rows


WORD_PREDICATES = _word_predicates()[:11] * 3 + _word_predicates()[11:]
WORD_MAPS = [
    Element("len", ("len({x})",), ("the lengths of {X}",), ("lengths", "length"), "m", out="int"),
    Element("len", ("len({x})",), ("the lengths of {X}",), ("lengths", "sizes"), "m", out="int"),
    Element("upper", ("{x}.upper()",), ("the uppercase forms of {X}", "{X} in uppercase"), ("upper", "uppercase", "shout"), "m"),
    Element("reverse", ("{x}[::-1]",), ("{X}, each reversed", "the reversals of {X}"), ("reverse", "reversed", "backwards"), "m"),
    Element("first", ("{x}[0]",), ("the first letters of {X}",), ("first_letters", "initials"), "m"),
    Element("last", ("{x}[-1]",), ("the last letters of {X}",), ("last_letters", "final_letters"), "m"),
    Element("title", ("{x}.capitalize()", "{x}[0].upper() + {x}[1:]"), ("{X}, each with a capital first letter", "{X}, each capitalized"), ("capitalize", "capitalized"), "m"),
    Element("tail", ("{x}[1:]",), ("{X}, each without its first letter",), ("drop_first", "tails"), "m"),
    Element("trim", ("{x}[:-1]",), ("{X}, each without its last letter",), ("drop_last", "trimmed"), "m"),
    Element("two", ("{x}[:2]",), ("the first two letters of {X}",), ("first_two", "prefixes"), "m"),
    Element("bang", ("{x} + '!'",), ("{X}, each followed by '!'",), ("bang", "exclaim"), "m"),
    Element("plural", ("{x} + 's'",), ("{X}, each with an 's' at the end",), ("plural", "plurals"), "m"),
    Element("double", ("{x} + {x}", "{x} * 2"), ("{X}, each written twice",), ("double", "repeat"), "m"),
    Element("ends", ("{x}[0] + {x}[-1]",), ("the first and last letters of {X}",), ("ends", "outer_letters"), "m"),
    Element("append:k", ("{x} + {k}",), ("{X}, each followed by `{k}`",), ("append", "add_suffix"), "m", extra=("suffix", "end"), extra_draw=lambda rng: rng.choice(("s", "ed", "!", "x"))),
    Element("prepend:k", ("{k} + {x}",), ("{X}, each with `{k}` in front",), ("prepend", "add_prefix"), "m", extra=("prefix", "start"), extra_draw=lambda rng: rng.choice(("a", "re", "un", "x"))),
]


def choose(rng: random.Random, table: list[Element]) -> Element:
    """One element of a table, by its weight there."""
    return table[int(rng.random() * len(table))]

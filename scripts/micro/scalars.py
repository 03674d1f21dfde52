"""Tasks about one to three plain values: arithmetic, comparisons, choices between two expressions, and labels."""

# ruff: noqa: E501 - wordings stay on one line each

from __future__ import annotations

import random
from dataclasses import dataclass

from scripts.micro.pipelines import free_name
from scripts.micro.shapes import Draw, Task, draw_int, indent, show


@dataclass(frozen=True)
class Term:
    """An expression over `a`, `b`, `c` (as many as it names), what it is called and what a function of it is called."""

    key: str
    code: str
    said: str
    name: str


def _numbers() -> list[Term]:
    rows = [
        Term("add", "a + b", "the sum of {a} and {b}", "add"),
        Term("sub", "a - b", "{a} minus {b}", "subtract"),
        Term("mul", "a * b", "the product of {a} and {b}", "multiply"),
        Term("gap", "abs(a - b)", "the distance between {a} and {b}", "distance"),
        Term("max2", "max(a, b)", "the larger of {a} and {b}", "larger"),
        Term("min2", "min(a, b)", "the smaller of {a} and {b}", "smaller"),
        Term("half2", "(a + b) // 2", "the average of {a} and {b}, rounded down", "middle"),
        Term("square", "a ** 2", "the square of {a}", "square"),
        Term("double", "a * 2", "twice {a}", "double"),
        Term("cube", "a ** 3", "the cube of {a}", "cube"),
        Term("half", "a // 2", "half of {a}, rounded down", "half"),
        Term("neg", "-a", "the negative of {a}", "negate"),
        Term("abs", "abs(a)", "the absolute value of {a}", "absolute"),
        Term("last", "a % 10", "the last digit of {a}", "last_digit"),
        Term("same", "a", "{a} itself", "same"),
        Term("zero", "0", "0", "zero"),
        Term("max3", "max(a, b, c)", "the largest of {a}, {b} and {c}", "largest"),
        Term("min3", "min(a, b, c)", "the smallest of {a}, {b} and {c}", "smallest"),
        Term("add3", "a + b + c", "the sum of {a}, {b} and {c}", "sum_three"),
        Term("mid3", "sorted([a, b, c])[1]", "the middle one of {a}, {b} and {c} by size", "median"),
        Term("addmul", "(a + b) * c", "the sum of {a} and {b}, times {c}", "add_times"),
        Term("muladd", "a * b + c", "the product of {a} and {b}, plus {c}", "times_add"),
        Term("perimeter", "2 * (a + b)", "twice the sum of {a} and {b} (the perimeter of a rectangle)", "perimeter"),
        Term("squares", "a * a + b * b", "the sum of the squares of {a} and {b}", "square_sum"),
        Term("quot", "a // b", "{a} divided by {b}, rounded down", "quotient"),
        Term("rem", "a % b", "the remainder of {a} divided by {b}", "remainder"),
        Term("triangle", "a * (a + 1) // 2", "the sum of the numbers from 1 to {a}", "triangle"),
    ]
    for k in range(1, 10):
        rows += [
            Term(f"add:{k}", f"a + {k}", f"{{a}} plus {k}", f"plus_{k}"),
            Term(f"sub:{k}", f"a - {k}", f"{{a}} minus {k}", f"minus_{k}"),
            Term(f"const:{k}", f"{k}", f"{k}", "fixed"),
            Term(f"from:{k}", f"{k} - a", f"{k} minus {{a}}", f"from_{k}"),
        ]
        if 2 <= k <= 5:
            rows += [
                Term(f"mul:{k}", f"a * {k}", f"{k} times {{a}}", f"times_{k}"),
                Term(f"mod:{k}", f"a % {k}", f"the remainder of {{a}} divided by {k}", f"mod_{k}"),
            ]
        rows += [
            Term(f"cap:{k}", f"min(a, {k})", f"{{a}}, but at most {k}", "cap"),
            Term(f"floor:{k}", f"max(a, {k})", f"{{a}}, but at least {k}", "floor_at"),
        ]
    return rows


def _conditions() -> list[Term]:
    rows = [
        Term("even", "a % 2 == 0", "{a} is even", "even"),
        Term("odd", "a % 2 == 1", "{a} is odd", "odd"),
        Term("eq", "a == b", "{a} and {b} are equal", "equal"),
        Term("ne", "a != b", "{a} and {b} are different", "different"),
        Term("gt", "a > b", "{a} is greater than {b}", "greater"),
        Term("lt", "a < b", "{a} is less than {b}", "less"),
        Term("ge", "a >= b", "{a} is at least {b}", "at_least"),
        Term("divides", "a % b == 0", "{a} is divisible by {b}", "divisible"),
        Term("sumeven", "(a + b) % 2 == 0", "the sum of {a} and {b} is even", "even_sum"),
        Term("botheven", "a % 2 == 0 and b % 2 == 0", "both {a} and {b} are even", "both_even"),
        Term("oneeven", "a % 2 == 0 or b % 2 == 0", "{a} or {b} is even", "any_even"),
        Term("sameparity", "a % 2 == b % 2", "{a} and {b} are both even or both odd", "same_parity"),
        Term("between", "a < b < c", "{b} lies between {a} and {c}", "between"),
        Term("order", "a <= b <= c", "{a}, {b} and {c} are in ascending order", "ordered"),
        Term("alleq", "a == b == c", "{a}, {b} and {c} are all equal", "all_equal"),
        Term("addsto", "a + b == c", "{a} plus {b} gives {c}", "adds_up"),
        Term("double2", "a == 2 * b", "{a} is twice {b}", "is_double"),
        Term("neighbours", "abs(a - b) == 1", "{a} and {b} differ by exactly 1", "neighbours"),
        Term(
            "triangle3",
            "a + b > c and a + c > b and b + c > a",
            "{a}, {b} and {c} can be the sides of a triangle",
            "is_triangle",
        ),
    ]
    for k in range(1, 10):
        rows += [
            Term(f"gt:{k}", f"a > {k}", f"{{a}} is greater than {k}", f"above_{k}"),
            Term(f"lt:{k}", f"a < {k}", f"{{a}} is less than {k}", f"below_{k}"),
            Term(f"eq:{k}", f"a == {k}", f"{{a}} is {k}", f"is_{k}"),
            Term(f"ge:{k}", f"a >= {k}", f"{{a}} is at least {k}", f"at_least_{k}"),
            Term(f"evengt:{k}", f"a % 2 == 0 and a > {k}", f"{{a}} is even and greater than {k}", "big_even"),
            Term(f"sumgt:{k}", f"a + b > {k}", f"the sum of {{a}} and {{b}} is greater than {k}", "sum_above"),
            Term(f"either:{k}", f"a == {k} or b == {k}", f"{{a}} or {{b}} is {k}", f"either_{k}"),
        ]
        if 2 <= k <= 6:
            rows.append(Term(f"div:{k}", f"a % {k} == 0", f"{{a}} is divisible by {k}", f"divisible_by_{k}"))
        for high in range(k + 2, 10, 2):
            rows.append(Term(f"in:{k}:{high}", f"{k} <= a <= {high}", f"{{a}} is between {k} and {high}", "in_range"))
    return rows


NUMBERS, CONDITIONS = _numbers(), _conditions()
SINGLE = [term for term in NUMBERS if "b" not in set(term.code.replace("abs", ""))]
LABELS = (
    ("'yes'", "'no'"),
    ("'big'", "'small'"),
    ("'hot'", "'cold'"),
    ("'win'", "'lose'"),
    ("'in'", "'out'"),
    ("'pass'", "'fail'"),
    ("'up'", "'down'"),
    ("1", "0"),
    ("1", "-1"),
)
NAME_SETS = (
    ("a", "b", "c"),
    ("x", "y", "z"),
    ("n", "m", "k"),
    ("first", "second", "third"),
    ("num", "other", "last"),
    ("p", "q", "r"),
    ("left", "right", "top"),
)


def _uses(code: str) -> int:
    words = (
        code.replace("(", " ")
        .replace(")", " ")
        .replace(",", " ")
        .replace("[", " ")
        .replace("]", " ")
        .replace("-", " ")
        .split()
    )
    return 3 if "c" in words else 2 if "b" in words else 1


def _named(text: str, names: tuple[str, ...], quote: bool) -> str:
    if quote:
        return text.format(**{old: f"`{new}`" for old, new in zip("abc", names, strict=True)})
    for mark, old in zip("\x01\x02\x03", "abc", strict=True):
        text = _word(text, old, mark)
    for mark, new in zip("\x01\x02\x03", names, strict=True):
        text = text.replace(mark, new)
    return text


def _word(text: str, old: str, new: str) -> str:
    out = []
    for i, char in enumerate(text):
        alone = (i == 0 or not text[i - 1].isalpha()) and (i + 1 == len(text) or not text[i + 1].isalpha())
        out.append(new if char == old and alone else char)
    return "".join(out)


def _draws(code: str, count: int) -> tuple[Draw, ...]:
    low = 1 if "//" in code or "% b" in code else 0
    top = 6 if "*" in code else 9
    return tuple(draw_int(low, top) for _ in range(count))


def scalar(rng: random.Random, comments: bool = False) -> Task:
    """One random task over plain integers."""
    kind = rng.choices(("number", "condition", "choice", "label", "both"), (18, 26, 26, 20, 10))[0]
    return {"number": _number, "condition": _condition, "choice": _choice, "label": _label, "both": _both}[kind](rng)


def _make(
    rng: random.Random,
    pieces: tuple[str, ...],
    code: str,
    said: str,
    name: str,
    lines: list[str],
    yes_no: bool,
    steps: list[str],
    topic: str,
) -> Task:
    count = _uses(code)
    names = rng.choice(NAME_SETS)
    meaning = eval(f"lambda {', '.join('abc'[:count])}: {code}")
    works = [eval(f"lambda {', '.join('abc'[:count])}: {step}") for step in steps]

    def trace(*arguments: object) -> list[str]:
        shown = [", ".join(map(show, arguments))]
        return [*shown, *(show(work(*arguments)) for work in works)] if works else []

    draws = _draws(code, count)
    return Task(
        kind="scalar+" + "+".join(p.split(":")[0] for p in pieces), pieces=tuple(f"scalar.{p}" for p in pieces) if len(pieces) > 1 else pieces,
        difficulty=min(2, len(pieces) - 1), topics=(topic, "comparisons" if yes_no else "arithmetic", *(("conditionals",) if len(pieces) > 1 else ())),
        names=(free_name(name, names, rng),), params=names[:count], asks=(_named(said, names, True),), yes_no=yes_no,
        body="\n".join(indent([_named(line, names, False) for line in lines])),
        draw=lambda r: tuple(draw(r) for draw in draws), answer=meaning, trace=trace,
    )  # fmt: skip


def _number(rng: random.Random) -> Task:
    term = rng.choice(NUMBERS)
    while term.code.isdigit() or term.key == "same":
        term = rng.choice(NUMBERS)
    lines = rng.choice(
        (
            [f"return {term.code}"],
            [f"return {term.code}"],
            [f"result = {term.code}", "return result"],
            [f"value = {term.code}", "return value"],
        )
    )
    steps = {"addmul": ["a + b"], "muladd": ["a * b"], "perimeter": ["a + b"], "half2": ["a + b"]}.get(term.key, [])
    lead = rng.choice(("", "get_", "compute_", "find_", ""))
    return _make(rng, (term.key,), term.code, term.said, lead + term.name, lines, False, steps, "arithmetic")


def _condition(rng: random.Random) -> Task:
    term = rng.choice(CONDITIONS)
    lines = rng.choice((
        [f"return {term.code}"], [f"return {term.code}"], [f"if {term.code}:", "    return True", "return False"],
        [f"if {term.code}:", "    return True", "else:", "    return False"], [f"result = {term.code}", "return result"],
        [f"return True if {term.code} else False"],
    ))  # fmt: skip
    lead = rng.choice(("is_", "check_", "", "are_", "test_"))
    return _make(rng, (term.key,), term.code, term.said, lead + term.name, lines, True, [], "booleans")


def _branches(rng: random.Random, test: str, yes: str, no: str) -> list[str]:
    return rng.choice((
        [f"if {test}:", f"    return {yes}", f"return {no}"], [f"if {test}:", f"    return {yes}", "else:", f"    return {no}"],
        [f"return {yes} if {test} else {no}"], [f"result = {no}", f"if {test}:", f"    result = {yes}", "return result"],
        [f"if not ({test}):", f"    return {no}", f"return {yes}"],
    ))  # fmt: skip


def _choice(rng: random.Random) -> Task:
    condition = rng.choice(CONDITIONS)
    pool = NUMBERS if _uses(condition.code) > 1 else SINGLE
    yes, no = rng.choice(pool), rng.choice(pool)
    while yes.code == no.code or "//" in yes.code + no.code or _uses(yes.code) > 2 or _uses(no.code) > 2:
        yes, no = rng.choice(pool), rng.choice(pool)
    said = rng.choice(
        (
            f"{yes.said} if {condition.said}, and {no.said} otherwise",
            f"{no.said}, or {yes.said} if {condition.said}",
            f"{yes.said} when {condition.said}, else {no.said}",
        )
    )
    code = f"({yes.code}) if ({condition.code}) else ({no.code})"
    pieces = (condition.key, yes.key, no.key)
    lead = rng.choice(("choose", "pick", "adjust", "change", "convert", "compute"))
    return _make(
        rng,
        pieces,
        code,
        said,
        rng.choice((f"{lead}_{yes.name}", f"{yes.name}_if_{condition.name}", f"{yes.name}_or_{no.name}")),
        _branches(rng, condition.code, yes.code, no.code),
        False,
        [condition.code],
        "conditionals",
    )


def _label(rng: random.Random) -> Task:
    condition = rng.choice(CONDITIONS)
    yes, no = rng.choice(LABELS)
    if condition.key in ("even", "odd") and rng.random() < 0.5:
        yes, no = ("'even'", "'odd'") if condition.key == "even" else ("'odd'", "'even'")
    said = rng.choice(
        (
            f"{yes} if {condition.said}, and {no} otherwise",
            f"the text {yes} when {condition.said}, else {no}"
            if "'" in yes
            else f"{yes} when {condition.said}, else {no}",
        )
    )
    code = f"{yes} if ({condition.code}) else {no}"
    return _make(
        rng,
        (condition.key, yes + no),
        code,
        said,
        rng.choice(("label", "describe", "tell", "name", "grade", "answer")) + "_" + condition.name,
        _branches(rng, condition.code, yes, no),
        False,
        [condition.code],
        "conditionals",
    )


def _both(rng: random.Random) -> Task:
    first, second = rng.choice(CONDITIONS), rng.choice(CONDITIONS)
    while (
        first.key.split(":")[0] == second.key.split(":")[0]
        or " or " in first.code + second.code
        or " and " in first.code + second.code
    ):
        first, second = rng.choice(CONDITIONS), rng.choice(CONDITIONS)
    word = rng.choice(("and", "or"))
    said = f"{first.said} {word} {second.said}"
    code = f"{first.code} {word} {second.code}"
    lines = rng.choice((
        [f"return {code}"], [f"if {code}:", "    return True", "return False"],
        [f"if {first.code}:", f"    return {second.code}", "return False"] if word == "and" else [f"if {first.code}:", "    return True", f"return {second.code}"],
    ))  # fmt: skip
    return _make(
        rng,
        (first.key, word, second.key),
        code,
        said,
        f"{first.name}_{word}_{second.name}",
        lines,
        True,
        [first.code, second.code],
        "booleans",
    )

"""How a pipeline ends: reductions to one value and list forms, each as one expression, as a loop and as its meaning."""

# ruff: noqa: E501 - the rows of a table stay on one line each, however long
# fmt: off

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scripts.micro.shapes import running, show


@dataclass(frozen=True)
class Ending:
    """`whole` over a generator `{g}`, `listed` over a list `{l}`; the loop is `start`, `step`, `finish` on `{a}`."""

    key: str
    meaning: Callable[[list[Any]], Any]
    said: tuple[str, ...]
    names: tuple[str, ...]
    whole: tuple[str, ...]
    listed: tuple[str, ...]
    start: str = ""
    step: tuple[str, ...] = ()
    finish: str = "{a}"
    accumulators: tuple[str, ...] = ("result", "total", "res")
    elements: str = "int"
    topic: str = "lists"
    nonempty: bool = False
    work: Callable[[list[Any]], str] | None = None
    weight: int = 4
    operation: bool = True
    yes_no: bool = False


def _product(values: list[Any]) -> Any:
    result = 1
    for value in values:
        result *= value
    return result


def _unique(values: list[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _sums(values: list[Any]) -> str:
    return running(values, lambda a, b: a + b)


_LIST = ("result", "out", "kept", "res", "found", "answer")
COLLECT = Ending(
    "list", list, ("the list of {X}", "a list of {X}", "{X} as a list", "a list with {X}"), ("", "list", "get", "find"),
    ("[{g}]",), ("{l}",), "[]", ("{a}.append({v})",), accumulators=_LIST, elements="any", operation=False, weight=9,
)
SHARED = [
    COLLECT,
    Ending("count", len, ("the number of {B}", "how many {T}", "the count of {B}", "how many {T}"), ("count", "num", "how_many", "number_of", "count_of"),
           ("len([{g}])", "sum(1 for {gt})"), ("len({l})",), "0", ("{a} += 1",), accumulators=("count", "total", "n_found", "c"), elements="any", topic="counting", weight=9),
    Ending("first", lambda v: v[0] if v else None, ("the first of {X}, or None if there are none",), ("first", "find_first", "get_first"),
           ("next(({g}), None)",), ("{l}[0] if {l} else None",), "", ("return {v}",), "None", elements="any", topic="searching", weight=3),
    Ending("last", lambda v: v[-1] if v else None, ("the last of {X}, or None if there are none",), ("last", "find_last", "get_last"),
           (), ("{l}[-1] if {l} else None",), "None", ("{a} = {v}",), accumulators=("last", "result", "found"), elements="any", topic="searching", weight=3),
    Ending("reversed", lambda v: v[::-1], ("the list of {X} in reverse order", "{X} as a list, last one first"), ("reverse", "reversed"),
           ("[{g}][::-1]",), ("{l}[::-1]", "list(reversed({l}))"), "[]", ("{a}.insert(0, {v})",), accumulators=_LIST, elements="any", topic="sequences", weight=3),
    Ending("unique", _unique, ("the list of {X} without repeats", "{X} as a list, each value once"), ("unique", "distinct", "dedupe"),
           ("list(dict.fromkeys({g}))",), ("list(dict.fromkeys({l}))",), "[]", ("if {v} not in {a}:", "    {a}.append({v})"), accumulators=_LIST, elements="any", topic="sets", weight=3),
    Ending("distinct", lambda v: len(set(v)), ("the number of different values among {X}",), ("count_distinct", "num_unique"),
           ("len(set({g}))", "len({{{g}}})"), ("len(set({l}))",), "set()", ("{a}.add({v})",), "len({a})", accumulators=("seen", "found"), elements="any", topic="sets", weight=2),
    Ending("set", set, ("the set of {X}",), ("set_of", "as_set"), ("{{{g}}}", "set({g})"), ("set({l})",), "set()", ("{a}.add({v})",), accumulators=("seen", "result"), elements="any", topic="sets", weight=2),
    Ending("top2", lambda v: v[:2], ("the list of the first two of {X}",), ("first_two", "take_two"), ("[{g}][:2]",), ("{l}[:2]",), elements="any", topic="sequences", weight=2),
    Ending("any", lambda v: len(v) > 0, ("there are any {B}",), ("has", "any", "contains", "exists"), ("any(True for {gt})", "len([{g}]) > 0"), ("len({l}) > 0", "bool({l})"),
           "", ("return True",), "False", elements="any", topic="booleans", weight=4, yes_no=True),
    Ending("none", lambda v: len(v) == 0, ("there are no {B}",), ("no", "none", "free_of"), ("len([{g}]) == 0", "not any(True for {gt})"), ("len({l}) == 0", "not {l}"),
           "", ("return False",), "True", elements="any", topic="booleans", weight=2, yes_no=True),
    Ending("two", lambda v: len(v) >= 2, ("there are at least two {B}",), ("at_least_two", "has_two"), ("len([{g}]) >= 2", "sum(1 for {gt}) > 1"), ("len({l}) >= 2", "len({l}) > 1"),
           "0", ("{a} += 1",), "{a} >= 2", accumulators=("count", "found"), elements="any", topic="booleans", weight=2, yes_no=True),
    Ending("one", lambda v: len(v) == 1, ("there is exactly one of {X}",), ("exactly_one", "single"), ("len([{g}]) == 1", "sum(1 for {gt}) == 1"), ("len({l}) == 1",),
           "0", ("{a} += 1",), "{a} == 1", accumulators=("count", "found"), elements="any", topic="booleans", weight=2, yes_no=True),
]
INT_ENDINGS = [
    *SHARED,
    Ending("sum", sum, ("the sum of {X}", "the total of {X}", "{X} added together", "the sum of {X}"), ("sum", "total", "sum_of", "add_up", "sum"),
           ("sum({g})",), ("sum({l})",), "0", ("{a} += {v}",), accumulators=("total", "result", "acc", "s"), topic="sums", work=_sums, weight=9),
    Ending("product", _product, ("the product of {X}", "{X} multiplied together"), ("product", "multiply", "product_of"),
           (), (), "1", ("{a} *= {v}",), accumulators=("result", "product", "acc"), topic="arithmetic", work=lambda v: running(v, lambda a, b: a * b), weight=2),
    Ending("max", lambda v: max(v, default=0), ("the largest of {X}, or 0 if there are none", "the maximum of {X} (0 if there are none)"), ("max", "largest", "biggest", "find_max"),
           ("max([{g}], default=0)",), ("max({l}) if {l} else 0", "max({l}, default=0)"), "None", ("if {a} is None or {v} > {a}:", "    {a} = {v}"), "0 if {a} is None else {a}", ("best", "largest", "result"), topic="extremes", weight=5),
    Ending("min", lambda v: min(v, default=0), ("the smallest of {X}, or 0 if there are none", "the minimum of {X} (0 if there are none)"), ("min", "smallest", "least", "find_min"),
           ("min([{g}], default=0)",), ("min({l}) if {l} else 0", "min({l}, default=0)"), "None", ("if {a} is None or {v} < {a}:", "    {a} = {v}"), "0 if {a} is None else {a}", ("best", "smallest", "result"), topic="extremes", weight=5),
    Ending("sorted", sorted, ("the list of {X} in ascending order", "{X} as a sorted list", "a list of {X} from smallest to largest"), ("sort", "sorted", "ordered"),
           ("sorted({g})",), ("sorted({l})",), "[]", ("{a}.append({v})",), "sorted({a})", _LIST, topic="sorting", weight=4),
    Ending("descending", lambda v: sorted(v, reverse=True), ("the list of {X} in descending order", "a list of {X} from largest to smallest"), ("sort_down", "descending", "sorted_down"),
           ("sorted([{g}], reverse=True)",), ("sorted({l}, reverse=True)", "sorted({l})[::-1]"), "[]", ("{a}.append({v})",), "sorted({a}, reverse=True)", _LIST, topic="sorting", work=lambda v: show(sorted(v)), weight=3),
    Ending("evensum", lambda v: sum(v) % 2 == 0, ("the sum of {X} is even",), ("even_sum", "sum_is_even"),
           ("sum({g}) % 2 == 0",), ("sum({l}) % 2 == 0",), "0", ("{a} += {v}",), "{a} % 2 == 0", ("total", "s"), topic="booleans", work=_sums, weight=2, yes_no=True),
    Ending("bigsum", lambda v: sum(v) > 10, ("the sum of {X} is greater than 10",), ("big_sum", "sum_above_ten"),
           ("sum({g}) > 10",), ("sum({l}) > 10",), "0", ("{a} += {v}",), "{a} > 10", ("total", "s"), topic="booleans", work=_sums, weight=2, yes_no=True),
    Ending("spread", lambda v: max(v) - min(v) if v else 0, ("the largest minus the smallest of {X}, or 0 if there are none",), ("spread", "range_of", "span"),
           (), ("max({l}) - min({l}) if {l} else 0",), topic="extremes", work=lambda v: f"{max(v)}, {min(v)}" if v else "", weight=2),
    Ending("ends", lambda v: v[0] + v[-1] if v else 0, ("the first plus the last of {X}, or 0 if there are none",), ("ends_sum", "sum_ends"),
           (), ("{l}[0] + {l}[-1] if {l} else 0",), topic="positions", work=lambda v: f"{v[0]}, {v[-1]}" if v else "", weight=2),
    Ending("running", lambda v: [sum(v[: i + 1]) for i in range(len(v))], ("the running totals of {X}", "the list of running sums of {X}"), ("running_sum", "cumulative", "running_totals"),
           (), ("[sum({l}[:i + 1]) for i in range(len({l}))]",), topic="sequences", weight=2),
    Ending("ascending", lambda v: v == sorted(v), ("{X} are in ascending order", "{X} never get smaller"), ("is_sorted", "ascending"),
           (), ("{l} == sorted({l})", "all(a <= b for a, b in zip({l}, {l}[1:]))"), topic="booleans", weight=2, yes_no=True),
    Ending("alldifferent", lambda v: len(set(v)) == len(v), ("{X} are all different", "there are no repeats among {X}"), ("all_different", "no_repeats"),
           (), ("len(set({l})) == len({l})",), "[]", ("if {v} in {a}:", "    return False", "{a}.append({v})"), "True", ("seen", "found"), topic="booleans", weight=2, yes_no=True),
]
CHAR_ENDINGS = [
    *SHARED,
    Ending("join", lambda v: "".join(v), ("the string of {X}", "{X} joined into one string", "a string made of {X}", "{X} as a string"), ("join", "string", "text", "keep", "get"),
           ("''.join({g})",), ("''.join({l})",), "''", ("{a} += {v}",), accumulators=("result", "out", "text_out", "res"), elements="char", topic="strings", operation=False, weight=16),
    Ending("backwards", lambda v: "".join(v)[::-1], ("the string of {X} in reverse order",), ("reverse", "backwards"),
           ("''.join({g})[::-1]", "''.join([{g}][::-1])"), ("''.join({l})[::-1]",), "''", ("{a} = {v} + {a}",), accumulators=("result", "out"), elements="char", topic="strings", weight=5),
    Ending("dashed", lambda v: "-".join(v), ("{X} joined with '-'",), ("join_dashes", "dashed"), ("'-'.join({g})",), ("'-'.join({l})",), elements="char", topic="strings", weight=3),
    Ending("ordered", lambda v: "".join(sorted(v)), ("the string of {X} in alphabetical order",), ("sort", "alphabetical"), ("''.join(sorted({g}))",), ("''.join(sorted({l}))",), elements="char", topic="sorting", work=lambda v: show(sorted(v)), weight=2),
]
WORD_ENDINGS = [
    *SHARED,
    Ending("spaces", lambda v: " ".join(v), ("{X} joined by spaces", "a text of {X} with spaces between"), ("join", "sentence", "join_words"), ("' '.join({g})",), ("' '.join({l})",), elements="word", topic="strings", weight=4),
    Ending("glued", lambda v: "".join(v), ("{X} joined into one string", "{X} glued together"), ("concat", "glue", "join"), ("''.join({g})",), ("''.join({l})",), "''", ("{a} += {v}",), accumulators=("result", "out"), elements="word", topic="strings", weight=4),
    Ending("commas", lambda v: ",".join(v), ("{X} joined by commas",), ("join_commas", "comma_join"), ("','.join({g})",), ("','.join({l})",), elements="word", topic="strings", weight=2),
    Ending("longest", lambda v: max(v, key=len, default=""), ("the longest of {X}, or an empty string if there are none",), ("longest", "find_longest"),
           ("max([{g}], key=len, default='')",), ("max({l}, key=len) if {l} else ''", "max({l}, key=len, default='')"), "''", ("if len({v}) > len({a}):", "    {a} = {v}"), accumulators=("best", "longest"), elements="word", topic="extremes", work=lambda v: ", ".join(str(len(w)) for w in v), weight=4),
    Ending("shortest", lambda v: min(v, key=len, default=""), ("the shortest of {X}, or an empty string if there are none",), ("shortest", "find_shortest"),
           ("min([{g}], key=len, default='')",), ("min({l}, key=len) if {l} else ''", "min({l}, key=len, default='')"), elements="word", topic="extremes", work=lambda v: ", ".join(str(len(w)) for w in v), weight=3),
    Ending("letters", lambda v: sum(map(len, v)), ("the total length of {X}", "the number of letters in {X} together"), ("total_length", "count_letters"),
           (), ("sum(len(w) for w in {l})", "len(''.join({l}))"), "0", ("{a} += len({v})",), accumulators=("total", "count"), elements="word", topic="sums", work=lambda v: ", ".join(str(len(w)) for w in v), weight=3),
    Ending("alphabetical", sorted, ("the list of {X} in alphabetical order",), ("sort", "alphabetical"), ("sorted({g})",), ("sorted({l})",), "[]", ("{a}.append({v})",), "sorted({a})", _LIST, elements="word", topic="sorting", weight=3),
    Ending("bylength", lambda v: sorted(v, key=len), ("the list of {X} from shortest to longest",), ("sort_by_length", "by_length"), ("sorted([{g}], key=len)",), ("sorted({l}, key=len)",), elements="word", topic="sorting", work=lambda v: ", ".join(str(len(w)) for w in v), weight=2),
    Ending("initials", lambda v: "".join(w[0] for w in v), ("the first letters of {X} joined together",), ("initials", "acronym"), (), ("''.join(w[0] for w in {l})",), "''", ("{a} += {v}[0]",), accumulators=("result", "out"), elements="word", topic="characters", weight=3),
    Ending("sizes", lambda v: {w: len(w) for w in v}, ("a dictionary from each of {X} to its length",), ("length_map", "lengths_by_word"), (), ("{{w: len(w) for w in {l}}}",), "{{}}", ("{a}[{v}] = len({v})",), accumulators=("result", "sizes"), elements="word", topic="dictionaries", weight=3),
]
ENDINGS = {"int": INT_ENDINGS, "char": CHAR_ENDINGS, "word": WORD_ENDINGS, "str": SHARED, "bool": SHARED}

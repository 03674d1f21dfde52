"""What a task asks for, worded in many ways: for docstrings in code, and for statements that no sentence shell made.

A task's own noun phrases (`asks`) are few; people word the same thing in dozens of ways. Here a phrase is opened in
other ways ("the number of X": "count X", "how many X there are") and its common words are exchanged for equals.
"""

# ruff: noqa: E501 - the rows of a table stay on one line each, however long
# fmt: off

from __future__ import annotations

import random
import re

OPENINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"the (?:number|count) of (.*)", ("count {0}", "count the {0}", "how many {0} there are", "number of {0}", "the count of {0}")),
    (r"the (?:sum|total) of (.*)", ("add up {0}", "sum up {0}", "sum of {0}", "add {0}", "the total of {0}", "the sum of {0}")),
    (r"the product of (.*)", ("multiply {0}", "multiply {0} together", "product of {0}")),
    (r"(?:the|a) list of (.*)", ("list {0}", "all of {0}", "collect {0}", "a new list with {0}", "{0} as a list", "make a list of {0}", "{0}")),
    (r"the (?:largest|maximum) of (.*)", ("the largest of {0}", "the biggest of {0}", "the greatest of {0}", "find the largest of {0}", "the maximum of {0}")),
    (r"the (?:smallest|minimum) of (.*)", ("the smallest of {0}", "the least of {0}", "find the smallest of {0}", "the minimum of {0}")),
    (r"the position of (.*)", ("the index of {0}", "find where to find {0}", "the place of {0}", "position of {0}")),
    (r"the string of (.*)", ("join {0} into one string", "a text made of {0}", "{0} as one text", "put together {0}")),
    (r"the set of (.*)", ("all different {0}", "a set of {0}", "the set of {0}")),
    (r"a dictionary from (.*)", ("map {0}", "build a dictionary from {0}", "dictionary from {0}")),
    (r"how many (.*)", ("count how many {0}", "the number of {0}", "how many {0}")),
    (r"(`\w+` .*)", ("{0}", "give back {0}", "make {0}")),
)
PLAIN = ("{0}", "find {0}", "give back {0}", "give {0}", "work out {0}", "get {0}", "compute {0}", "determine {0}", "return {0}", "returns {0}")
QUESTIONS: tuple[tuple[str, str], ...] = (
    (r"(`\w+`) is (.*)", "is {0} {1}?"), (r"(`\w+`) has (.*)", "does {0} have {1}?"), (r"(`\w+`) and (`\w+`) are (.*)", "are {0} and {1} {2}?"),
    (r"all (.*?) are (.*)", "are all {0} {1}?"), (r"every one of (.*?) is (.*)", "is every one of {0} {1}?"),
    (r"there (are|is) (.*)", "{0} there {1}?"), (r"any of (.*?) is (.*)", "is any of {0} {1}?"), (r"some of (.*?) are (.*)", "are some of {0} {1}?"),
    (r"the (.*?) is (.*)", "is the {0} {1}?"),
)
YES_NO = ("whether {0}", "check whether {0}", "check if {0}", "tell whether {0}", "say whether {0}", "return whether {0}", "true if {0}",
    "return True if {0}", "return True if {0}, else False", "return True if {0} and False otherwise", "test if {0}", "find out if {0}")
EQUALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\b(?:greater|larger) than\b", ("greater than", "larger than", "bigger than", "more than", "above", "over")),
    (r"\b(?:less|smaller) than\b", ("less than", "smaller than", "below", "under", "lower than")),
    (r"\bat least\b", ("at least", "no less than")), (r"\bat most\b", ("at most", "no more than", "up to")),
    (r"\bequal to\b", ("equal to", "the same as")), (r"\bdifferent from\b", ("different from", "not equal to", "other than")),
    (r"\bdivisible by\b", ("divisible by", "evenly divisible by")), (r"\bmultiples of\b", ("multiples of", "divisible by")),
    (r"\b(begin|start)\b", ("begin", "start")), (r"\b(include|contain)\b", ("include", "contain", "have", "hold")),
    (r"\black\b", ("lack", "do not contain", "do not have")), (r"\blimited to at most\b", ("limited to at most", "capped at")),
    (r"\bfewer than\b", ("fewer than", "less than", "under")), (r"\bmore than\b", ("more than", "over")),
    (r"\bwithout repeats\b", ("without repeats", "without duplicates", "each only once", "with no value twice")),
    (r"\bif there are none\b", ("if there are none", "if there is none", "if there is no such one", "if none is there", "when there are none")),
    (r"\bfrom largest to smallest\b", ("from largest to smallest", "in descending order", "largest first", "with the largest first")),
    (r"\bfrom smallest to largest\b", ("from smallest to largest", "in ascending order", "smallest first", "sorted")),
    (r"\bin reverse order\b", ("in reverse order", "backwards", "from last to first")), (r"\blast one first\b", ("last one first", "in reverse order")),
    (r"\bjoined into one string\b", ("joined into one string", "put together as one text", "as one string")),
    (r"\beach doubled\b", ("each doubled", "each times two", "multiplied by 2")), (r"\bintegers\b", ("integers", "numbers", "whole numbers")),
    (r"\belements\b", ("elements", "numbers", "values", "items")), (r"\bletters of the alphabet\b", ("letters of the alphabet", "letters")),
    (r"\bsquared\b", ("squared", "multiplied by itself")), (r"\beach\b", ("each", "every one")),
    (r"\bin `(\w+)`", (r"in `\1`", r"of `\1`", r"from `\1`", r"in `\1`")),
)


def reword(rng: random.Random, phrase: str, yes_no: bool) -> str:
    """A task's noun phrase (or, for `yes_no`, its clause) as one sentence, in one of many wordings."""
    phrase = exchange(rng, phrase)
    text = _asked(rng, phrase) if yes_no else _opened(rng, phrase)
    if rng.random() < 0.6:
        text = text.replace("`", "")
    return text[0].upper() + text[1:] + ("" if text.endswith("?") else ".")


def exchange(rng: random.Random, phrase: str) -> str:
    """The phrase with some of its common words exchanged for equals."""
    for pattern, equals in EQUALS:
        if rng.random() < 0.5:
            phrase = re.sub(pattern, rng.choice(equals), phrase)
    return phrase


def _opened(rng: random.Random, phrase: str) -> str:
    if rng.random() < 0.6:
        for pattern, openings in OPENINGS:
            if found := re.fullmatch(pattern, phrase):
                phrase = rng.choice(openings).format(*found.groups())
                return f"return {phrase}" if phrase.startswith(("the ", "a ", "all ")) and rng.random() < 0.5 else phrase
    return rng.choice(PLAIN).format(phrase)


def _asked(rng: random.Random, clause: str) -> str:
    if rng.random() < 0.3:
        for pattern, question in QUESTIONS:
            if found := re.fullmatch(pattern, clause):
                return question.format(*found.groups())
    return rng.choice(YES_NO).format(clause)

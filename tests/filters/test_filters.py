"""Promises of the filters: one text for each reason slug, funnels that add up, and nothing honest dropped."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from codefactory.errors import ConfigError
from codefactory.filters.base import Comparing, Filter, Funnel, Settings, make
from codefactory.filters.choosing import select
from codefactory.filters.near import Near, PrefixIndex, jaccard, shingles
from codefactory.filters.normal import normalise_code, words
from codefactory.languages.python import read_suite
from codefactory.tasks.base import load
from codefactory.types import Problem, Record, from_json, to_json
from tests.filters.rows import CODE, STATEMENT, TESTS, slugs_of
from tests.filters.rows import row as record

MBPP = Path(__file__).parents[2] / ".." / "shared" / "data" / "mbpp" / "mbpp.jsonl"


def another(name: str = "") -> Record:
    """A row that has nothing in common with the default one."""
    code = "def total(text):\n    return text.upper()[::-1]\n"
    return record("Spell the word backwards in capitals.", code, "assert total('ab') == 'BA'", name=name)


def reasons(records: list[Record], settings: Settings, *names: str) -> list[str]:
    """The slug of each record, "" for those that stay; earlier records count as the better ones."""
    found = [""] * len(records)
    for one in make(settings, names):
        left = [number for number, slug in enumerate(found) if not slug]
        for number, slug in zip(left, slugs_of(one, [records[number] for number in left]), strict=True):
            found[number] = slug
    return found


def verdict(one: Filter | Comparing, row: Record) -> str:
    """The detail of a filter that judges alone; "" where it keeps the row."""
    assert not isinstance(one, Comparing)
    drop = one.judge(row)
    return drop.detail if drop else ""


TASK = record(name="bench/1")
RENAMED = "def total(items):\n  # sum up\n  s = 0\n  for i in items:\n    if i % 2 == 0: s += i\n  return s"
CASES: list[tuple[str, str, list[Record], Settings]] = [
    ("syntax", "syntax_error", [record(code="def total(xs:\n    return 1\n")], Settings()),
    ("syntax", "syntax_error", [record(code='def total(xs):\n    print "x"\n')], Settings()),
    ("syntax", "no_entry_point", [record(code="def other(xs):\n    return 1\n")], Settings()),
    ("stub", "stub_solution", [record(code='def total(xs):\n    """Sum."""\n    pass\n')], Settings()),
    ("stub", "stub_solution", [record(code="def total(xs):\n    return None\n")], Settings()),
    ("stub", "stub_solution", [record(code="def total(xs):\n    raise NotImplementedError\n")], Settings()),
    ("contamination", "contaminated_solution", [record("Other words.", RENAMED)], Settings(tasks=(TASK,))),
    (
        "contamination",
        "contaminated_solution",
        [record("Other words.", f"import math\n\ndef helper(n):\n    return n\n\n{RENAMED}\n")],
        Settings(tasks=(TASK,)),
    ),
    (
        "contamination",
        "contaminated_statement",
        [replace(another(), problem=Problem(f"Hello! {STATEMENT.upper()} Use a loop.", "total"))],
        Settings(tasks=(TASK,)),
    ),
    (
        "contamination",
        "contaminated_tests",
        [replace(another(), tests=read_suite(TESTS.replace("total", "f"), "f"), problem=Problem("Other.", "f"))],
        Settings(tasks=(TASK,)),
    ),
    ("exact", "duplicate_solution", [record(), record("Other words.", RENAMED)], Settings()),
    ("exact", "duplicate_statement", [record(), record(f"  {STATEMENT.upper()}", another().solution.code)], Settings()),
    (
        "near",
        "near_duplicate",
        [record(), record(STATEMENT.replace("twice", "once"), CODE)],
        Settings(near_duplicates=0.8),
    ),
]


@pytest.mark.parametrize(("name", "slug", "rows", "settings"), CASES)
def test_each_slug_has_a_text_that_gets_it(name: str, slug: str, rows: list[Record], settings: Settings) -> None:
    assert reasons(rows, settings, name) == [""] * (len(rows) - 1) + [slug]


def test_honest_different_rows_pass_every_filter() -> None:
    assert reasons([record(), another()], Settings(tasks=(record("x y", "def total(n):\n    return -n\n", ""),))) == [
        "",
        "",
    ]


def test_the_detail_names_the_task_and_the_n_gram() -> None:
    row = replace(another(), problem=Problem(STATEMENT + " Go.", "total"))
    detail = verdict(make(Settings(tasks=(TASK,)), ["contamination"])[0], row)
    assert "bench/1" in detail
    assert "return the sum of all" in detail


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(ConfigError, match="klingon"):
        verdict(make(Settings(), ["syntax"])[0], record(language="klingon"))


def test_a_language_without_a_grammar_is_read_by_its_own_means() -> None:
    rows = [record(code=code, language="r") for code in ("total <- function(xs) sum(xs)\n", "total <- function(xs {\n")]
    assert reasons(rows, Settings(), "syntax") == ["", "syntax_error"]


def test_sets_that_name_their_tasks_alike_hide_none_and_count_none_twice() -> None:
    cases = [f"assert total([{n}, {n}]) == {n}\n" for n in range(8)]
    task = record(tests="".join(cases), name="1")
    other = record(
        "How deep is the tree that stands before the house?", "def total(t):\n    return t[0] - 9\n", name="1"
    )
    rows = [
        replace(another(), problem=replace(task.problem, statement=f"Solve it. {STATEMENT}")),
        record(
            "Quite another thing, in words of its own.", "def total(a):\n    return a.pop() + 7\n", "".join(cases[:3])
        ),
    ]
    for tasks in ((task, other), (other, task), (task, task)):
        assert reasons(rows, Settings(tasks=tasks), "contamination") == ["contaminated_statement", ""]


# ── normal form ──────────────────────────────────────────────────────────────────────────────────────────────────────

SAME = [
    ("def f(a, b):\n    return a + b\n", "def g(x, y):\n    # add\n    return x+y"),
    ('def f(a: int) -> int:\n    """D."""\n    t: int = a\n    return t', "def f(a):\n    t = a\n    return t"),
    (
        "from typing import List\ndef f(a: List[int]):\n    return [i for i in a]",
        "def f(b):\n    return [j for j in b]",
    ),
    ("def f(n):\n    return 1 if n < 2 else n * f(n - 1)", "def fac(k):\n    return 1 if k < 2 else k * fac(k - 1)"),
]
DIFFERENT = [
    ("def f(a, b):\n    return a - b", "def f(a, b):\n    return b - a"),
    ("def f(a):\n    return a + 1", "def f(a):\n    return a + 2"),
    ("def f(a):\n    return a + 1", "def f(a):\n    return a + 1.0"),
    ("def f(a):\n    return len(a)", "def f(a):\n    return sum(a)"),
    ("def f(a):\n    return a.upper()", "def f(a):\n    return a.lower()"),
    ("def f(a):\n    return a[1:]", "def f(a):\n    return a[:1]"),
    ("def f(a):\n    return {1: a}", "def f(a):\n    return {**a}"),
    ("def f(a):\n    return None", "def f(a):\n    return"),
    ("def f(a, *, b=1):\n    return a", "def f(a, b=1):\n    return a"),
    ("def f(a):\n    return 'x'", "def f(a):\n    return x"),
    (
        "def f(a):\n    for i in a:\n        pass\n    else:\n        return 1",
        "def f(a):\n    for i in a:\n        return 1",
    ),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_comments_types_and_layout_do_not_count(one: str, other: str) -> None:
    assert normalise_code(one) == normalise_code(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_meaning_counts(one: str, other: str) -> None:
    assert normalise_code(one) != normalise_code(other)


def test_text_that_is_not_python_still_has_a_normal_form() -> None:
    assert normalise_code("local x  =\n 1") == "local x = 1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Return n - 1.", ("return", "n", "-", "1")),
        ("a non-negative NUMBER, x+1 or -5", ("a", "non", "negative", "number", "x", "+", "1", "or", "-", "5")),
        ("求两个数的和", ("求两个数的和",)),
    ],
)
def test_words_keep_every_script_and_arithmetic(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


# ── false alarms ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_boilerplate_is_no_contamination() -> None:
    tasks = tuple(
        record(
            f"Write a function that returns the {what} of the numbers in the list.",
            f"def total(a):\n    return {i}\n",
            "",
        )
        for i, what in enumerate(["sum", "product", "median", "mode", "range", "variance"])
    )
    row = record(
        "Write a function that returns the largest of the numbers in the list.",
        "def total(a):\n    return max(a)\n",
        "",
    )
    assert reasons([row], Settings(tasks=tasks), "contamination") == [""]


@pytest.mark.parametrize(("what", "other"), [("cone", "cube"), ("first", "last"), ("upper", "lower")])
def test_one_other_word_in_a_short_statement_is_another_problem(what: str, other: str) -> None:
    task = record(f"Find the lateral surface area of the {what} that is given.", "def total(a):\n    return 1\n", "")
    row = record(f"Find the lateral surface area of the {other} that is given.", "def total(a):\n    return 2\n", "")
    assert reasons([row], Settings(tasks=(task,)), "contamination") == [""]


def test_statements_and_tests_of_independent_reference_splits_raise_no_alarm() -> None:
    found = reasons(load("reference:train"), Settings(tasks=tuple(load("reference:heldout"))), "contamination")
    assert set(found) == {""}


@pytest.mark.filterwarnings("ignore:.*invalid escape sequence")
def test_statements_of_mbpp_and_reference_raise_no_alarm() -> None:
    if not MBPP.exists():
        pytest.skip("mbpp.jsonl is not here; it is not part of this repository")
    mbpp, reference = load(f"mbpp@{MBPP}"), load("reference")
    for rows, tasks in ((mbpp, reference), (reference, mbpp)):
        found = reasons(rows, Settings(tasks=tuple(tasks)), "contamination")
        assert "contaminated_statement" not in found
        # The last digit, products, first and last items: programs and subjects coincide, by chance or by kinship.
        assert len(found) - found.count("") <= len(rows) / 150


def test_a_verbatim_copy_of_any_reference_task_is_found_by_each_part_alone() -> None:
    tasks = load("reference:heldout")
    settings = Settings(tasks=tuple(tasks))
    odd = another()
    statements = [
        replace(odd, problem=replace(odd.problem, statement=f"Solve it. {t.problem.statement}")) for t in tasks
    ]
    codes = [replace(odd, solution=t.solution) for t in tasks]
    tests = [
        replace(odd, tests=t.tests, problem=replace(odd.problem, entry_point=t.problem.entry_point)) for t in tasks
    ]
    assert set(reasons(statements, settings, "contamination")) == {"contaminated_statement"}
    assert set(reasons(codes, settings, "contamination")) == {"contaminated_solution"}
    assert set(reasons(tests, settings, "contamination")) == {"contaminated_tests"}


def test_a_solution_with_helpers_is_found_inside_another_program() -> None:
    code = (
        "import math\nSTEP = 2\n\ndef half(n):\n    return n // STEP\n\n"
        "def total(n):\n    while n > STEP:\n        n = half(n) - 1\n    return half(n) + math.pi\n"
    )
    task = record("Some task.", code, "", name="bench/2")
    copied = code.replace("half", "halve").replace("STEP", "K").replace("total", "result").replace("import math\n", "")
    row = record("Other.", f"import os\n\ndef extra():\n    return os.sep\n\n{copied}", "")
    assert reasons([row], Settings(tasks=(task,)), "contamination") == ["contaminated_solution"]


def test_a_helper_of_a_task_alone_is_nobodys() -> None:
    task = record(
        "Some task.",
        "def gcd(a, b):\n    return gcd(b, a % b) if b else a\n\ndef total(xs):\n    return gcd(*xs) + 1\n",
        "",
    )
    row = record("Other.", "def gcd(a, b):\n    return gcd(b, a % b) if b else a\n", "")
    assert reasons([row], Settings(tasks=(task,)), "contamination") == [""]


def test_a_short_statement_must_be_there_in_one_piece() -> None:
    task = record("Return length of given string.", "def total(s):\n    return len(s)\n", "")
    texts = ["Please: return length of given string!", "Return the length of any given long string."]
    rows = [replace(another(), problem=Problem(text, "total")) for text in texts]
    assert reasons(rows, Settings(tasks=(task,)), "contamination") == ["contaminated_statement", ""]


# ── near duplicates ──────────────────────────────────────────────────────────────────────────────────────────────────


def planted(count: int) -> list[Record]:
    """Random rows, every third one an earlier row with a few words changed."""
    chance = random.Random(7)
    rows: list[Record] = []
    for number in range(count):
        words = [f"w{chance.randrange(400)}" for _ in range(40)]
        if number % 3 == 2:
            words = chance.choice(rows).problem.statement.split()
            for _ in range(chance.randrange(4)):
                words[chance.randrange(len(words))] = f"w{chance.randrange(400)}"
        rows.append(record(" ".join(words), f"def total(x):\n    return x + {number}\n", "", name=f"r{number}"))
    return rows


def kept_by(near: Near, rows: list[Record]) -> list[str]:
    return [row.name for row, slug in zip(rows, slugs_of(near, rows), strict=True) if not slug]


@pytest.mark.parametrize("threshold", [0.4, 0.6, 0.85])
def test_both_indexes_keep_what_a_pairwise_search_keeps(threshold: float) -> None:
    rows = planted(300)
    naive: list[tuple[str, frozenset[int]]] = []
    for row in rows:
        mine = shingles(row)
        if all(jaccard(other, mine, len(mine)) < threshold for _, other in naive):
            naive.append((row.name, frozenset(mine)))
    expected = [name for name, _ in naive]
    assert 200 <= len(expected) < 300
    near = Near(Settings(near_duplicates=threshold))
    near.index = PrefixIndex(threshold)
    assert kept_by(near, rows) == expected
    pytest.importorskip("rensa", reason="the filters extra is not installed")
    near = Near(Settings(near_duplicates=threshold))
    assert not isinstance(near.index, PrefixIndex)
    assert kept_by(near, rows) == expected


def test_without_rensa_the_exact_index_takes_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rensa", None)
    assert isinstance(Near(Settings()).index, PrefixIndex)


def test_zero_turns_the_near_search_off() -> None:
    assert reasons([record(), record()], Settings(near_duplicates=0), "near") == ["", ""]


def test_a_problem_in_another_language_is_no_twin_of_itself() -> None:
    rows = [record(), record(code="function total(xs) return #xs end", language="lua")]
    assert reasons(rows, Settings(near_duplicates=0.3), "near") == ["", ""]


def test_several_solutions_of_one_problem_may_stay() -> None:
    other = record(code=CODE.replace("result += x", "result = x + result"))
    third = record(code=CODE.replace("result += x", "result -= -x"))
    settings = Settings(solutions_per_problem=2, near_duplicates=0.5)
    assert reasons([record(), other, third], settings, "exact", "near") == ["", "", "duplicate_statement"]


# ── funnel ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_funnel_adds_up_and_shows_every_check() -> None:
    rows = [row for _, _, group, _ in CASES for row in group]
    funnel = Funnel()
    funnel.drop("policy_agreement", "draft-1", "two of four")
    kept = list(select(rows, make(Settings(tasks=(TASK,))), funnel))
    assert funnel.adds_up
    assert (funnel.seen, funnel.kept) == (len(rows) + 1, len(kept))
    slugs = [slug for one in make(Settings(tasks=(TASK,))) for slug in one.slugs]
    assert list(funnel.reasons) == ["policy_agreement", *slugs]
    assert all(len(examples) <= 3 for examples in funnel.examples.values())


def test_funnels_merge_and_survive_json() -> None:
    one, two = Funnel(), Funnel()
    for number in range(5):
        one.drop("a", f"one-{number}", "x" * 1000)
        two.drop("b", f"two-{number}")
        two.keep()
    both = one.merge(two)
    assert both.adds_up
    assert (both.seen, both.kept, both.reasons) == (15, 5, {"a": 5, "b": 5})
    assert [example.record_id for example in both.examples["a"]] == ["one-0", "one-1", "one-2"]
    assert two.merge(one) == both
    assert len(both.examples["a"][0].detail) == 300
    assert from_json(Funnel, to_json(both)) == both


TINY = "def total(s):\n    return len(s)\n"


@pytest.mark.parametrize(
    ("row", "slug"),
    [
        (record("How many keys are there?", TINY, "assert total({1: 2}) == 1"), "contaminated_solution"),
        (record("How long is the given rope?", TINY.replace("total", "f"), ""), ""),
        (record("Give the length of a given string.", TINY.replace("total", "f"), ""), "contaminated_solution"),
    ],
    ids=["its name", "nothing else", "its words"],
)
def test_a_tiny_program_needs_one_thing_more_of_the_task(row: Record, slug: str) -> None:
    task = record("Return length of the given string.", TINY, "assert total('ab') == 2", name="bench/3")
    entry = "total" if "total" in row.solution.code else "f"
    row = replace(row, problem=replace(row.problem, entry_point=entry))
    assert reasons([row], Settings(tasks=(task,)), "contamination") == [slug]

"""Every recipe asks what it says it asks, makes k solutions and m suites, and turns bad answers into reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from codefactory.config import RecipeConfig
from codefactory.errors import ConfigError
from codefactory.recipes import RECIPES
from codefactory.recipes.base import Ask, packaged
from codefactory.types import Problem, Seed, Solution, content_id
from tests.recipes.drive import CODE, K3M2, PROBLEM, SOLUTION, STATEMENT, SUITE, TASK, TESTS, WHOLE, drive, usual

WORDS = Seed(("lists",), "easy", draw=2)
SNIPPET = Seed(text="def twice(x):\n    return x + x", difficulty="easy")
KNOWN = Seed(tasks=(TASK,))
SEEDS = {
    **dict.fromkeys(("joint", "tests_first", "critique", "repair", "judge_score", "grid"), WORDS),
    **dict.fromkeys(("oss_instruct", "self_align"), SNIPPET),
    **dict.fromkeys(("self_instruct", "evolve", "paraphrase", "solve", "test_writer", "missing_test", "star"), KNOWN),
}
IN_PYTHON = [name for name in RECIPES.names() if name not in ("native", "translate")]  # which have tests of their own


@pytest.mark.parametrize("name", IN_PYTHON)
def test_draft_has_k_solutions_and_m_suites_and_names_its_calls(name: str) -> None:
    driven = drive(name, SEEDS[name], RecipeConfig(solutions=4, suites=3))
    draft = driven.draft
    assert (draft.fault, draft.recipe, draft.seed_id) == ("", name, SEEDS[name].id)
    assert (draft.problem.entry_point, len(draft.solutions), len(draft.suites)) == ("double", 4, 3)
    assert all(solution.code == CODE for solution in draft.solutions)
    assert all(not suite.fault and len(suite.cases) == 3 for suite in draft.suites)
    assert len(set(draft.calls)) == len(draft.calls) == sum(ask.samples for ask in driven.asked)


@pytest.mark.parametrize("name", IN_PYTHON)
def test_malformed_answers_are_data(name: str) -> None:
    draft = drive(name, SEEDS[name], answer=lambda ask: "I am sorry, I cannot help with that.").draft
    if name in ("solve", "star"):  # the problem is known: what is missing is code, and running it says so
        assert [solution.code for solution in draft.solutions] == ["", "", ""]
    elif name in ("test_writer", "missing_test"):
        assert draft.solutions[0].code == CODE
        assert draft.suites[1].fault == "suite_no_cases"
    else:
        assert draft.fault == "no_problem"
        assert draft.solutions == () == draft.suites


@pytest.mark.parametrize("name", [name for name, seed in SEEDS.items() if seed is not WORDS])
def test_seed_without_what_a_recipe_starts_from_is_refused_by_name(name: str) -> None:
    with pytest.raises(ConfigError, match=rf"'{name}'.*seeds\.(code|tasks)"):
        drive(name, WORDS)


@pytest.mark.parametrize("name", IN_PYTHON)
def test_second_draw_of_a_seed_pays_for_samples_of_its_own(name: str) -> None:
    def samples(draw: int) -> list[tuple[str, int]]:
        (*_, ask) = [drive(name, replace(SEEDS[name], draw=draw)).asked[0]]
        return [(str(ask.messages), ask.first + number) for number in range(ask.samples)]

    assert not set(samples(0)) & set(samples(1))


def test_whole_tasks_are_asked_for_in_joints_words() -> None:
    assert packaged("sections").strip() in packaged("joint")
    ask = drive("oss_instruct", SNIPPET).asked[0]
    assert packaged("sections").strip() in ask.messages[0].content


def test_joint_draft_keeps_the_id_that_old_ledgers_hold() -> None:
    assert drive("joint", Seed(("lists",), "easy")).draft.id == "1b2bc9452a535a391052a410cb5d7126"


# ── from real code ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_oss_instruct_shows_the_snippet() -> None:
    ask = drive("oss_instruct", SNIPPET).asked[0]
    assert f"```python\n{SNIPPET.text}\n```\nDifficulty: easy" in ask.messages[1].content


def test_self_align_never_shows_the_snippet_to_the_writer_of_the_task() -> None:
    driven = drive("self_align", SNIPPET, answer=lambda ask: "Doubling\nAddition" if _is(ask, "Which") else usual(ask))
    concepts, task, answer, *_ = driven.asked
    assert "twice" in concepts.messages[1].content
    assert "Doubling\nAddition" in task.messages[1].content
    assert "twice" not in task.messages[1].content
    assert answer.messages[1].content.endswith(STATEMENT)
    assert driven.draft.problem.statement == STATEMENT


def test_self_align_without_concepts_stops_there() -> None:
    driven = drive("self_align", SNIPPET, answer=lambda ask: " \n")
    assert driven.draft.fault == "no_concepts"
    assert len(driven.asked) == 1


# ── from known tasks ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_self_instruct_shows_every_example_by_number() -> None:
    other = replace(TASK, problem=Problem("Write `half(n)`.", "half"))
    ask = drive("self_instruct", Seed(tasks=(TASK, other))).asked[0]
    assert f"Task 1: {STATEMENT}\n\nTask 2: Write `half(n)`." in ask.messages[1].content
    assert "task 3" in ask.messages[1].content


def test_evolve_goes_where_the_seed_says_and_names_its_parent() -> None:
    driven = drive("evolve", replace(KNOWN, style="domain"))
    assert driven.words[0].startswith("Move it to another domain")
    assert driven.draft.lineage == TASK.id
    assert len({drive("evolve", replace(KNOWN, draw=n)).words[0].split(":")[0] for n in range(12)}) == 3


def test_paraphrase_keeps_the_tests_and_hides_the_old_words_and_code() -> None:
    new = "## Problem\nGiven n, `double(n)` gives back twice as much."
    driven = drive("paraphrase", KNOWN, answer=lambda ask: new if _is(ask, "Rewrite") else usual(ask))
    assert driven.draft.problem.statement == "Given n, `double(n)` gives back twice as much."
    assert driven.draft.suites[0] == TASK.tests
    assert all(STATEMENT not in ask.messages[1].content for ask in driven.asked[1:])
    assert all("return n * 2" not in ask.messages[1].content for ask in driven.asked)


def test_paraphrase_that_renames_the_function_is_refused() -> None:
    renamed = "## Problem\n`twice(n)` gives back twice as much."
    assert drive("paraphrase", KNOWN, answer=lambda ask: renamed).draft.fault == "entry_point_changed"


def test_solve_asks_for_fresh_samples_under_the_known_tests() -> None:
    asked = [drive("solve", replace(KNOWN, draw=draw)).asked[0] for draw in (0, 1)]
    assert [(ask.first, ask.samples) for ask in asked] == [(0, 3), (3, 3)]
    assert drive("solve", KNOWN).draft.suites[0] == TASK.tests


def test_statement_that_does_not_name_its_function_is_given_the_signature() -> None:
    unnamed = replace(TASK, problem=Problem("Write a function that doubles.", "double"))
    (ask, *_) = drive("solve", Seed(tasks=(unnamed,))).asked
    assert ask.messages[1].content.endswith("Write a function that doubles. The function is `double(n)`.")


def test_test_writer_shows_all_suites_to_the_writer_of_harder_ones() -> None:
    extra = SUITE.replace("double(3) == 6", "double(7) == 14")
    driven = drive(
        "test_writer",
        KNOWN,
        RecipeConfig(solutions=2, suites=3),
        answer=lambda ask: extra if _is(ask, "Write tests") else usual(ask),
    )
    independent, harder = driven.asked[1:]
    assert "assert" not in independent.messages[1].content
    assert "double(3) == 6" in harder.messages[1].content
    assert "double(7) == 14" in harder.messages[1].content
    assert driven.draft.solutions[0] == TASK.solution


def test_missing_test_shows_what_lives_and_where_it_shows_but_not_what_the_solution_answers_there() -> None:
    driven = drive("missing_test", KNOWN)
    shown = driven.asked[0].messages[1].content
    assert "Line 2:\n-if a:\n+if True:\nIt shows for example with `double(9)`." in shown
    assert CODE.strip() in shown
    assert TESTS.strip() in shown
    assert "18" not in shown
    assert len(driven.tried) == 1
    assert driven.draft.lineage == TASK.id


# ── draft, look again, and write again ───────────────────────────────────────────────────────────────────────────────


def test_tests_first_shows_the_tests_to_the_first_solver_only() -> None:
    driven = drive("tests_first", WORDS)
    first, code, further, _ = driven.asked
    assert first.messages[1].content == "Write a problem and its tests.\nTopics: lists\nDifficulty: easy"
    assert TESTS.strip() in code.messages[1].content
    assert "assert" not in further.messages[1].content


def test_tests_first_without_code_says_so() -> None:
    draft = drive("tests_first", WORDS, answer=lambda ask: PROBLEM + SUITE).draft
    assert draft.fault == "no_solution"
    assert draft.problem.statement == STATEMENT


def test_critique_revises_by_the_users_own_constitution() -> None:
    revised = WHOLE.replace("n times two", "two times n")
    answers = {"Write a": WHOLE, "Review": "Principle 1: vague.", "Revise": revised}
    seed = replace(WORDS, constitution="1. Be brief.")
    driven = drive(
        "critique", seed, answer=lambda ask: next((t for k, t in answers.items() if _is(ask, k)), usual(ask))
    )
    _, review, revise, *_ = driven.asked
    assert "Principles:\n1. Be brief.\n" in review.messages[1].content
    assert "Principle 1: vague." in revise.messages[1].content
    assert driven.draft.problem.statement == "Write `double(n)`, which returns two times n."
    assert packaged("constitution").strip() in drive("critique", WORDS).asked[1].messages[1].content


def test_empty_critique_is_a_reason() -> None:
    assert drive("critique", WORDS, answer=lambda ask: "" if _is(ask, "Review") else WHOLE).draft.fault == "no_critique"


def test_repair_leaves_alone_what_holds() -> None:
    driven = drive("repair", WORDS)
    assert len(driven.tried) == 1
    assert not any(line.startswith("Repair") for line in driven.words)
    assert driven.draft.lineage == ""


def test_repair_shows_the_verdict_and_keeps_the_statement() -> None:
    wrong = WHOLE.replace("n * 2", "n * 3")
    driven = drive(
        "repair",
        WORDS,
        answer=lambda ask: wrong if _is(ask, "Write a problem") else usual(ask),
        passes=lambda code: "n * 2" in code,
    )
    shown = driven.asked[1].messages[1].content
    assert "The run ended as: failed. 0 of 3 cases hold." in shown
    assert "Does not hold: assert double(3) == 6" in shown
    assert driven.draft.solutions[0].code == CODE
    assert driven.draft.lineage == driven.tried[0].id


def test_repair_that_comes_back_without_tests_says_so() -> None:
    answers = {"Write a problem": WHOLE, "Repair": SOLUTION}
    draft = drive("repair", WORDS, answer=lambda ask: answers[_start(ask, answers)], passes=lambda code: False).draft
    assert draft.fault == "no_tests"


def test_star_puts_a_solution_that_passes_first_and_gives_no_hint() -> None:
    texts = iter(["## Solution\ndef double(n): return 0", SOLUTION, SOLUTION, SUITE])
    driven = drive("star", KNOWN, answer=lambda ask: next(texts), passes=lambda code: code == CODE)
    assert driven.draft.solutions[0].code == CODE
    assert len(driven.draft.solutions) == 3
    assert (len(driven.asked), driven.draft.recipe) == (2, "star")


def test_star_shows_the_right_solution_last_and_marks_it() -> None:
    wrong = "## Solution\ndef double(n): return 0"
    answers = {"Solve": wrong, "Correct": wrong, "Write tests": SUITE}

    def answer(ask: Ask) -> str:
        return SOLUTION if "as a hint:" in ask.messages[1].content else answers[_start(ask, answers)]

    driven = drive("star", KNOWN, answer=answer, passes=lambda code: code == CODE)
    assert driven.words[2:] == ["Correct this solution.", "Correct this solution."]
    assert "as a hint" not in driven.asked[2].messages[1].content
    assert (driven.draft.recipe, driven.draft.solutions[0]) == ("star_hint", Solution(CODE))
    assert len(driven.draft.solutions) == 3


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("Fine.\nclear: 4\ncorrect: 5\ntested: 3\nuseful: 1", (4, 5, 3, 1)),
        ("**Clear**: 4/5\n- correct: 5\n* Tested: 3\nuseful: 2", (4, 5, 3, 2)),
        ("clear: 4\ncorrect: 5\ntested: 3", None),
        ("clear: 4\ncorrect: 10\ntested: 3\nuseful: 2", None),
        ("clear: 4.5\ncorrect: 5\ntested: 3\nuseful: 2", None),
        ("clear: 4\nclear: 1\ncorrect: 5\ntested: 3\nuseful: 2", None),
        ("It is good.", None),
    ],
)
def test_judge_score_is_four_numbers_or_no_opinion(text: str, scores: tuple[int, ...] | None) -> None:
    driven = drive("judge_score", KNOWN, answer=lambda ask: text if _is(ask, "Judge") else usual(ask))
    wanted = tuple(zip(("clear", "correct", "tested", "useful"), scores, strict=True)) if scores else ()
    assert driven.draft.scores == wanted
    assert driven.draft.fault == ""
    assert driven.draft.solutions[0] == TASK.solution


def test_grid_names_its_cell() -> None:
    cell = Seed(("sorting",), "hard", persona="a beekeeper", audience="students", style="a story")
    assert drive("grid", cell, K3M2).asked[0].messages[1].content.splitlines()[1:] == [
        "Topic: sorting",
        "Somebody who has this problem: a beekeeper",
        "Written for: students",
        "Style: a story",
        "Difficulty: hard",
    ]


def test_new_fields_leave_old_ids_as_they_were() -> None:
    assert content_id(Seed(("lists",), "easy")) == "c7841f2311b8424be49f1009b92f242e"


def _is(ask: Ask, start: str) -> bool:
    return ask.messages[1].content.startswith(start)


def _start(ask: Ask, answers: dict[str, str]) -> str:
    return next(start for start in answers if _is(ask, start))

r"""Recognises the shape of anybody's row, and reads it into what can be executed: problem, solution, suite.

    humaneval           prompt, canonical_solution, test with `def check(candidate)`, entry_point
    mbpp                text or prompt, code, test_list, test_setup_code or test_imports
    kodcode             question, solution, test (pytest functions that import the solution)
    problem             a statement, a whole solution, tests, under any of the names below
    prompt_completion   the same without tests; texts or chat messages
    completion          task_id and completion, to be executed on the tests of a named task set
    record              a row of our own `records.jsonl`

Columns have roles. A role's column is named by the user, else it is the first of `NAMES` that the row fills. What a
solution or a test *is* follows from its text, not from the shape: a body is joined to its prompt, a fence is taken off,
`check(candidate)` becomes cases, an import of the solution is dropped. Nothing is executed here.

A row that says it is in another language (`language`) holds a whole program, or in HumanEval's columns one that goes on
from its prompt, and its tests are a file of that language's own framework.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pydantic import ValidationError

from codefactory.errors import InputError
from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.python import completion_pair, truncate
from codefactory.tasks import humaneval
from codefactory.tasks.foreign import (
    entry_point_of,
    example_tests,
    foreign_suite,
    is_check,
    text_of,
    unfenced,
    whole_program,
)
from codefactory.tasks.own import is_own, own_record
from codefactory.tasks.rows import Row
from codefactory.types import Draft, Problem, Record, Solution, Suite, to_json

NAMES = {
    "name": ("task_id", "question_id", "id", "name", "slug"),
    "problem": ("prompt", "problem", "statement", "question", "text", "instruction", "description", "messages"),
    "solution": ("solution", "canonical_solution", "code", "completion", "response", "samples", "output", "messages"),
    "tests": ("tests", "test", "test_list", "test_code", "unit_tests", "assertion"),
    "entry_point": ("entry_point", "function_name"),
    "setup": ("test_setup_code", "test_imports", "preamble"),
}
# A completions file may carry the prompt again; what was written for it is the completion.
COMPLETIONS = ("completion", "solution", "samples", "code", "response", "output")
SHAPES = (
    ("humaneval", {"prompt", "canonical_solution", "test", "entry_point"}),
    ("mbpp", {"code", "test_list"}),
    ("kodcode", {"question", "solution", "test"}),
)
NO_SUITE = Suite(())


class UnreadableRowError(InputError):
    """A row that holds no solution to execute, by a stable slug.

    Slugs: `missing_column`, `wrong_type`, `not_a_record`, `changed_record`, `unknown_task`, `language_unsupported`,
    `not_readable`.
    """

    def __init__(self, slug: str, detail: str) -> None:
        super().__init__(detail)
        self.slug = slug


@dataclass(frozen=True, slots=True)
class Item:
    """One solution with its tests, as a row gave them.

    `tests_from` is `row`, `examples` (the statement's `>>>` lines), `tasks` (a task set) or `none`. `sample` counts the
    solutions of a row that has several. `fault` is the reason slug where nothing can be executed.
    """

    shape: str
    name: str
    problem: Problem
    solution: Solution
    tests: Suite = NO_SUITE
    tests_from: str = "row"
    fault: str = ""
    sample: int = 0

    @property
    def draft(self) -> Draft:
        """What the judge takes; equal content has an equal id, wherever it stands in a file."""
        return Draft(self.problem, (self.solution,), (self.tests,), recipe="verify", fault=self.fault)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows of one file.

    Attributes:
        columns: role -> column, where the user named it.
        tasks: tasks by name, for files that hold completions alone; see `by_name`.
        cut: end a completion where its function ends: for raw model output.
    """

    columns: Mapping[str, str]
    tasks: Mapping[str, Record]
    cut: bool = False

    def read(self, row: Row, default_name: str) -> tuple[Item, ...]:
        """Every solution that the row holds, at least one.

        Raises:
            UnreadableRowError: if there is none, with its slug.
        """
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a row's odd escape sequences are its author's business
                items = tuple(self._items(row, default_name))
                for item in items:
                    to_json(item.draft)  # a docstring can spell half a character, which no ledger can hold
                return items
        except (ValueError, RecursionError, MemoryError) as error:
            detail = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            raise UnreadableRowError("not_readable", detail) from error

    def shape(self, row: Row) -> str:
        """The shape's name."""
        if is_own(row):
            return "record"
        if self.tasks:
            return "completion"
        known = next((name for name, needed in SHAPES if needed <= row.keys()), "")
        return known or ("problem" if self.column(row, "tests") else "prompt_completion")

    def column(self, row: Row, role: str) -> str:
        """The column that plays a role in this row; "" where none does."""
        named = self.columns.get(role)
        if named:
            return named if row.get(named) is not None else ""
        names = COMPLETIONS if role == "solution" and self.tasks else NAMES[role]
        filled = next((name for name in names if row.get(name) not in (None, "", [])), "")
        # An empty answer is an answer, and a wrong one.
        return filled or (next((name for name in names if row.get(name) == ""), "") if role == "solution" else "")

    def text(self, row: Row, role: str) -> str:
        """The text of a role, "" where the row has none."""
        column = self.column(row, role)
        return self._one(row, column, role) if column else ""

    def _one(self, row: Row, column: str, role: str) -> str:
        text = text_of(row[column], role)
        if text is None:
            kind = type(row[column]).__name__
            raise UnreadableRowError("wrong_type", f"column '{column}' holds a {kind}, expected text")
        return text

    def _items(self, row: Row, default_name: str) -> Iterator[Item]:
        shape = self.shape(row)
        if shape == "record":
            yield _own(row)
            return
        language = language_of(row)
        name = self.text(row, "name") or default_name
        for sample, code in enumerate(self._solutions(row)):
            if shape == "completion":
                item = self._completion(row, name, code)
            elif language == "python":
                item = self._task(row, shape, name, code)
            else:
                item = self._native(row, shape, name, code)
            yield replace(item, sample=sample)

    def _solutions(self, row: Row) -> list[str]:
        column = self.column(row, "solution")
        if not column:
            named = self.columns.get("solution")
            wanted = (named,) if named else NAMES["solution"]
            empty = next((f"column '{name}' holds nothing" for name in wanted if name in row), "")
            raise UnreadableRowError(
                "missing_column", empty or f"no solution ({', '.join(wanted)}); it has: {', '.join(row)}"
            )
        value = row[column]
        several = isinstance(value, list) and value and all(isinstance(one, str) for one in value)
        return list(value) if several else [self._one(row, column, "solution")]

    def _completion(self, row: Row, name: str, text: str) -> Item:
        task = self.tasks.get(name) or self.tasks.get(name.lower())
        if task is None:
            raise UnreadableRowError("unknown_task", f"no task of the set is called '{name}'")
        language = next((one for one in (language_of(row), task.problem.language) if one != "python"), "")
        if language:
            detail = (
                f"'{name}' is in {language}: completions are Python's alone; name whole programs and tests in the rows"
            )
            raise UnreadableRowError("language_unsupported", detail)
        prompt = completion_pair(task)[0]
        body = truncate(text) if self.cut else text
        code = whole_program(prompt, unfenced(body), task.problem.entry_point)
        fault = _fault(code, task.problem.entry_point)
        return Item("completion", name, task.problem, Solution(code), task.tests, "tasks", fault)

    def _task(self, row: Row, shape: str, name: str, text: str) -> Item:
        prompt, tests = self.text(row, "problem"), self.text(row, "tests")
        entry = self.text(row, "entry_point")
        code = whole_program(prompt, unfenced(text), entry)
        entry = entry or entry_point_of(tests or prompt, code)
        source = tests or example_tests(prompt, code, entry)
        item = Item(shape, name, Problem(prompt.strip(), entry), Solution(code))
        if not source:
            return replace(item, tests_from="none", fault=_fault(code, entry) or "no_tests")
        found = "row" if tests else "examples"
        if is_check(tests, entry):
            return _checked(item, tests)
        suite = foreign_suite(source, code, entry, self.text(row, "setup"))
        return replace(item, tests=suite, tests_from=found, fault=_fault(code, entry))

    def _native(self, row: Row, shape: str, name: str, text: str) -> Item:
        """A row in another language; whether it is one, and defines what is asked for, its interpreter will say."""
        language: Language = LANGUAGES.load(language_of(row))
        prompt, tests, entry = (self.text(row, role) for role in ("problem", "tests", "entry_point"))
        code = prompt + text if shape == "humaneval" else unfenced(text)
        item = Item(shape, name, Problem(prompt.strip(), entry, language.name), Solution(code))
        if not tests.strip():
            return replace(item, tests_from="none", fault="no_tests")
        return replace(item, tests=language.read_suite(tests, entry))


def language_of(row: Row) -> str:
    """The language that a row says it is in, by its name or by what models call it; Python where it says none.

    Raises:
        UnreadableRowError: if it is none that can be executed.
    """
    own = row.get("problem")
    said = str((own if isinstance(own, dict) else row).get("language") or "python").lower()
    found = _language(said)
    if not found:
        known = ", ".join(LANGUAGES)
        raise UnreadableRowError("language_unsupported", f"language '{said}' is not executed here; there are: {known}")
    return found


@lru_cache(maxsize=256)
def _language(said: str) -> str:
    """The name of a language that is called so, "" where there is none."""
    return next((name for name in LANGUAGES if name == said or said in LANGUAGES.load(name).fences), "")


def by_name(tasks: list[Record]) -> dict[str, Record]:
    """Tasks under every name by which a completions file may call them: `HumanEval/3`, `Mbpp/3`, `3`."""
    found: dict[str, Record] = {}
    for task in tasks:
        for name in (task.name, task.name.lower(), task.meta.get("task_id", "")):
            found.setdefault(name, task)
    return found


def _own(row: Row) -> Item:
    language_of(row)  # says so where there is no such language
    try:
        record = own_record(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UnreadableRowError("not_a_record", f"{first['msg']} at {where}") from error
    except ValueError as error:
        raise UnreadableRowError("changed_record", str(error)) from error
    python = record.problem.language == "python"
    fault = _fault(record.solution.code, record.problem.entry_point) if python else ""
    return Item("record", record.name or record.id, record.problem, record.solution, record.tests, fault=fault)


def _fault(code: str, entry_point: str) -> str:
    """Why a solution cannot be executed; a name that is bound in some other way is left to the sandbox."""
    language: Language = LANGUAGES.load("python")
    fault = language.solution_fault(code, entry_point)
    return fault if fault == "solution_syntax" or not entry_point else ""


def _checked(item: Item, tests: str) -> Item:
    """A suite in HumanEval's form: `check(candidate)`."""
    entry = item.problem.entry_point
    fault = _fault(item.solution.code, entry)
    if fault:
        return replace(item, fault=fault)
    row = {"task_id": item.name, "prompt": "", "canonical_solution": item.solution.code, "test": tests}
    try:
        record = humaneval.record_of(row | {"entry_point": entry}, "row")
    except InputError:
        language: Language = LANGUAGES.load("python")
        missing = language.solution_fault(item.solution.code, entry)
        syntax = language.suite_fault(tests, entry) == "suite_syntax"
        return replace(item, fault=missing or ("suite_syntax" if syntax else "suite_no_cases"))
    fault = "" if record.tests.cases else "suite_no_cases"
    return replace(item, problem=record.problem, tests=replace(record.tests, fault=fault))

"""Keeps benchmark tasks out of a corpus: compares solution, statement and tests with those of named task sets.

Solutions match by alpha-normalised syntax tree, so renaming, comments and layout hide nothing. A program of under 25
nodes is everybody's: `return 2 * (a + b)` is the border of a rectangle, and of a cylinder from the side. Such a one
counts where the row is about it, not as a helper, and one thing more is the task's: the function's name, a case, or
half of the content words of the shorter statement.

Statements match by word 5-grams, as a share of the *task's* 5-grams, so that text around a copied statement hides
nothing. Programming statements share much phrasing ("write a function that returns the number of ..."), hence:

- 5-grams that stand in more than 1 % of a set's tasks (and in at least 4) are boilerplate and do not count; a statement
  with fewer than 3 others must be there whole, word for word, in one piece;
- 70 % of the rest must be there, and 90 % of the task's different words: one changed word at the end of a sentence
  ("area of a cone", "of a cube") touches one 5-gram alone, but makes another problem.

Chosen on pairs of independent human sets, where every alarm is false: the 13-grams of Brown et al. 2020 (arXiv
2005.14165) miss whole statements of under 13 words; 3-grams at 50 % raise alarms. benchmarks/filters.py counts what
is missed and what is a false alarm.

Tests match when at least 3 literal cases, and 70 % of the task's, are there with the same arguments and expected value
under any function name; a task with fewer than 3 cases must match in all of them and in at least 40 characters.

In another language than Python a row's solution is compared with those of tasks in its own language, token by token.
Its tests are compared with all tasks': what is asked of a Python task is first written as its language writes it.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codefactory.filters.base import Drop, Settings
from codefactory.filters.normal import normal_forms, words
from codefactory.languages import LANGUAGES
from codefactory.languages.neutral import Inexpressible, Notation, compile_cases
from codefactory.languages.python_faults import parse
from codefactory.languages.python_neutral import carry, typed
from codefactory.types import Record, Suite

N = 5
GRAM_SHARE, WORD_SHARE = 0.7, 0.9
LEAST_GRAMS = 3
BOILERPLATE_TASKS, BOILERPLATE_SHARE = 3, 0.01
LEAST_CASES, CASE_SHARE, FEW_CASES_CHARACTERS = 3, 0.7, 40
LEAST_NODES, CONTENT_SHARE, LEAST_CONTENT = 25, 0.5, 2
COMMON_TASKS, COMMON_SHARE = 3, 0.05
NAMED = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Match:
    """A task, and how much of it was found: text for people."""

    task: str
    detail: str


class Contamination:
    """`contaminated_solution`, `contaminated_statement`, `contaminated_tests`; the detail names the task."""

    name = "contamination"
    slugs = ("contaminated_solution", "contaminated_statement", "contaminated_tests")

    @staticmethod
    def asked_for(settings: Settings) -> bool:
        return bool(settings.tasks)

    def __init__(self, settings: Settings) -> None:
        self.tasks = settings.tasks
        self.solutions = _Solutions(self.tasks)
        self.statements = _Statements(self.tasks)
        self.cases: dict[str, _Cases] = {}

    def judge(self, record: Record) -> Drop | None:
        if not self.tasks:
            return None
        solution = self.solutions.find(record)
        if solution:
            return Drop("contaminated_solution", f"{solution.detail} as {solution.task}")
        statement = self.statements.find(record.problem.statement)
        if statement:
            return Drop("contaminated_statement", f"{statement.task}: {statement.detail}")
        language = record.problem.language
        if language not in self.cases:
            self.cases[language] = _Cases(self.tasks, language)
        tests = self.cases[language].find(record)
        return Drop("contaminated_tests", f"{tests.task}: {tests.detail}") if tests else None


class _Solutions:
    """Normal forms of every task's program."""

    def __init__(self, tasks: Iterable[Record]) -> None:
        listed = list(tasks)
        self.forms: dict[str, list[Record]] = defaultdict(list)
        for task in listed:
            # The whole and what the entry point needs, but no single function: a helper such as gcd() is everybody's.
            for form in normal_forms(task.solution.code, (task.problem.entry_point,), task.problem.language):
                self.forms[form].append(task)
        counts = Counter(word for task in listed for word in set(words(prose(task.problem.statement))))
        cap = max(COMMON_TASKS, COMMON_SHARE * len(listed))
        self.common = {word for word, count in counts.items() if count > cap}

    def find(self, record: Record) -> Match | None:
        """The task whose program the record holds, if it is large enough or not the only thing that they share."""
        language = record.problem.language
        forms = normal_forms(record.solution.code, (), language)
        hits = [(form, task) for form in forms for task in self.forms.get(form, ())]
        hits = [(form, task) for form, task in hits if task.problem.language == language]
        if not hits:
            return None
        subjects = _subjects(record)
        own = set(normal_forms(record.solution.code, subjects, language))
        for form, task in hits:
            if _size(form, language) >= LEAST_NODES:
                return Match(task.name, "same program")
            if form in own and (task.problem.entry_point in subjects or self._related(record, task)):
                return Match(task.name, "same small program, and more of it,")
        return None

    def _related(self, record: Record, task: Record) -> bool:
        if set(literal_cases(record)) & set(literal_cases(task)):
            return True
        one, other = (self._content(row.problem.statement) for row in (record, task))
        shared = len(one & other)
        return shared >= LEAST_CONTENT and shared >= CONTENT_SHARE * min(len(one), len(other))

    def _content(self, statement: str) -> set[str]:
        """What a statement is about: the stems of words that few tasks use."""
        return {word[:5] for word in words(prose(statement)) if len(word) > 2 and word not in self.common}


def _size(form: str, language: str) -> int:
    """Nodes of a tree's normal form; in other languages its names, words and numbers, which are about as many."""
    return form.count("(") if language == "python" else len(NAMED.findall(form))


def _subjects(record: Record) -> tuple[str, ...]:
    """The functions that a record is about: its entry point, or all where that is not defined."""
    if record.problem.language != "python":
        return (record.problem.entry_point,)
    module = parse(record.solution.code)
    defined = tuple(node.name for node in module.body if isinstance(node, ast.FunctionDef)) if module else ()
    return (record.problem.entry_point,) if record.problem.entry_point in defined else defined


class _Statements:
    """Word n-grams of every task, boilerplate aside; by position, since two sets may name a task alike."""

    def __init__(self, tasks: Sequence[Record]) -> None:
        self.names = [task.name for task in tasks]
        texts = [words(prose(task.problem.statement)) for task in tasks]
        self.whole = {text: name for name, text in reversed([*zip(self.names, texts, strict=True)]) if text}
        self.words = [frozenset(text) for text in texts]
        different = set(texts)
        counts = Counter(gram for text in different for gram in grams(text))
        cap = max(BOILERPLATE_TASKS, BOILERPLATE_SHARE * len(different))
        self.size: list[int] = []
        self.index: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for position, text in enumerate(texts):
            own = [gram for gram in grams(text) if counts[gram] <= cap]
            self.size.append(len(own))
            for gram in own if len(own) >= LEAST_GRAMS else ():
                self.index[gram].append(position)
        listed = zip(self.names, texts, self.size, strict=True)
        short = {text: name for name, text, size in listed if size < LEAST_GRAMS <= len(text)}
        self.short = dict(sorted(short.items(), key=lambda pair: -len(pair[0])))
        self.short_lengths = sorted({len(text) for text in short}, reverse=True)

    def find(self, statement: str) -> Match | None:
        """The task that the statement holds most of, if it is enough."""
        text = words(statement)
        same = self.whole.get(text) or self.whole.get(words(prose(statement)))
        if same:
            return Match(same, "same words")
        for length in self.short_lengths:
            for start in range(len(text) - length + 1):
                if text[start : start + length] in self.short:
                    part = text[start : start + length]
                    return Match(self.short[part], f"all of its words, '{' '.join(part)}'")
        found = [gram for gram in grams(text) if gram in self.index]
        present = set(text)
        for share, task in _shares((task for gram in found for task in self.index[gram]), self.size):
            if share < GRAM_SHARE:
                break
            if len(self.words[task] & present) >= WORD_SHARE * len(self.words[task]):
                gram = next(gram for gram in found if task in self.index[gram])
                return Match(self.names[task], f"{share:.0%} of its {N}-grams, such as '{' '.join(gram)}'")
        return None


class _Cases:
    """Literal cases of every task, by its position, without the function's name, as one language writes them."""

    def __init__(self, tasks: Sequence[Record], language: str) -> None:
        self.names = [task.name for task in tasks]
        self.size: list[int] = []
        self.characters: list[int] = []
        self.index: dict[tuple[str, str], list[int]] = defaultdict(list)
        for position, task in enumerate(tasks):
            cases = literal_cases(task) if task.problem.language == language else carried_cases(task, language)
            self.size.append(len(cases))
            self.characters.append(sum(len(arguments) + len(expected) for arguments, expected in cases))
            for case in cases:
                self.index[case].append(position)

    def find(self, record: Record) -> Match | None:
        """The task whose cases the record has most of, if they are enough."""
        found = [case for case in literal_cases(record) if case in self.index]
        for share, task in _shares((task for case in found for task in self.index[case]), self.size):
            shared, size = round(share * self.size[task]), self.size[task]
            short = shared == size and self.characters[task] >= FEW_CASES_CHARACTERS
            if (shared >= LEAST_CASES and share >= CASE_SHARE) or short:
                arguments, expected = next(case for case in found if task in self.index[case])
                return Match(self.names[task], f"{shared} of its {size} cases, such as {arguments} -> {expected}"[:200])
        return None


def _shares(hits: Iterable[int], size: list[int]) -> list[tuple[float, int]]:
    """(share, task) of every task that was hit, largest first, ties in the tasks' order."""
    counts = Counter(hits)
    return sorted(((count / size[task], task) for task, count in counts.items()), key=lambda pair: (-pair[0], pair[1]))


def grams(text: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The different runs of N words, in order of appearance."""
    return list(dict.fromkeys(text[start : start + N] for start in range(len(text) - N + 1)))


def prose(statement: str) -> str:
    """A statement up to its doctest examples: a copy of the prose alone is a leak too."""
    return statement.partition(">>>")[0]


def literal_cases(record: Record) -> list[tuple[str, str]]:
    """(arguments, expected) of the record's literal cases, each once."""
    return _pairs(record.tests, record.problem.entry_point)


def carried_cases(task: Record, language: str) -> list[tuple[str, str]]:
    """A Python task's literal cases as another language writes them; none where it cannot, or the task is no Python."""
    notation: Notation | None = LANGUAGES.load(language).notation
    if notation is None or task.problem.language != "python":
        return []
    name = task.problem.entry_point
    try:
        found = carry(task.tests, task.solution.code, name)
        found = typed(found) if notation.typed else found
    except Inexpressible:
        return []
    return _pairs(compile_cases(notation, name, found.cases).suite, name)


def _pairs(suite: Suite, name: str) -> list[tuple[str, str]]:
    calls = (case.call for case in suite.cases if case.call)
    return list(dict.fromkeys((call.expression.replace(name, "", 1), call.expected) for call in calls))

"""Turns a task into documents: a sentence around what is asked, the solution, asserts with their scratch work."""

# ruff: noqa: E501 - wordings stay on one line each

from __future__ import annotations

import copy
import random
from dataclasses import dataclass

from scripts.micro.shapes import DIFFICULTIES, Task, Value, show
from scripts.micro.wording import exchange, reword

SHELLS = (
    "Write a function `{f}` that returns {X}.", "Write a Python function `{f}` which returns {X}.",
    "Create a function `{f}` that computes {X}.", "Define `{f}` so that it returns {X}.", "Implement `{f}`. It returns {X}.",
    "Implement a function `{f}` that gives back {X}.", "Return {X}. Write it as `{f}`.", "Find {X}. Use the signature `{f}`.",
    "What is asked for is {X}. Write `{f}`.", "Compute {X} with a function `{f}`.", "Your function `{f}` should return {X}.",
    "`{f}` should return {X}.", "The function `{f}` has to return {X}.", "Complete `{f}` so that the result is {X}.",
    "Make a function `{f}` whose result is {X}.", "Given {P}, return {X}. Name it `{f}`.", "Given {P}, write `{f}` to find {X}.",
    "For {P}, `{f}` must return {X}.", "We are given {P} and want {X}. Write `{f}`.", "Mia needs {X}. Write `{f}` for her.",
    "A program needs {X}. Help with a function `{f}`.", "Can you write `{f}`, which returns {X}?", "How would you get {X}? Write `{f}`.",
    "Tom has {P} and wants to know {X}. Write `{f}`.", "Write `{f}` to get {X}.", "Build `{f}`: it takes {P} and returns {X}.",
)  # fmt: skip
YES_NO_SHELLS = (
    "Write a function `{f}` that checks whether {X}.", "Write a function `{f}` that returns True if {X} and False otherwise.",
    "Return True if {X}, else False. Write it as `{f}`.", "Decide whether {X}. Use the signature `{f}`.",
    "`{f}` should tell whether {X}.", "Implement `{f}`. It returns whether {X}.", "Given {P}, check whether {X}. Name it `{f}`.",
    "Define `{f}` so that it returns True exactly when {X}.", "Find out whether {X} with a function `{f}`.",
    "Tom has {P} and asks whether {X}. Write `{f}`.", "Is it true that {X}? Write `{f}` to answer.",
    "Create a function `{f}` that tests whether {X}.", "For {P}, `{f}` must return True when {X} and False when not.",
)  # fmt: skip
NAMINGS = (
    "Name it `{f}`.",
    "Call it `{f}`.",
    "Write it as `{f}`.",
    "Use the signature `{f}`.",
    "Write `{f}`.",
    "The function is `{f}`.",
)
FREE = (
    0.4  # of the statements: people do not ask in shells, and a writer that knows shells alone teaches students no more
)
TESTS = 3


@dataclass(frozen=True)
class Example:
    """One task written out: what the documents are assembled from."""

    task: Task
    name: str
    statement: str
    code: str
    asserts: str


def statement_of(rng: random.Random, task: Task, signature: str) -> str:
    """What is asked: in one of the sentence shells, or worded freely with the name beside it."""
    ask = rng.choice(task.asks)
    if rng.random() < FREE:
        return f"{reword(rng, ask, task.yes_no)} {rng.choice(NAMINGS).format(f=signature)}"
    if rng.random() < 0.5:
        ask = exchange(rng, ask)
    shell = rng.choice(YES_NO_SHELLS if task.yes_no else SHELLS)
    given = " and ".join(f"`{p}`" for p in task.params)
    text = shell.format(f=signature, X=ask, P=given)
    return text[0].upper() + text[1:] if text[0] != "`" else text


def write_out(rng: random.Random, task: Task, tests: int = 0) -> Example | None:
    """Statement, code and asserts of a task; expected values come from running the code, checked against its meaning."""
    name = rng.choice(task.names)
    if name in task.params:  # a function that calls itself would call its argument
        return None
    parameters = ", ".join(task.params)
    code = f"def {name}({parameters}):\n{task.body}"
    space: dict[str, Value] = {}
    exec(code, space)  # noqa: S102 - our own templates
    asserts = _asserts(rng, task, name, space[name], tests or (4 if rng.random() < 0.1 else TESTS))
    if asserts is None:
        return None
    return Example(task, name, statement_of(rng, task, f"{name}({parameters})"), code, asserts)


def _asserts(rng: random.Random, task: Task, name: str, function: Value, tests: int) -> str | None:
    seen: set[str] = set()
    lines: list[str] = []
    results: set[str] = set()
    for attempt in range(tests * 6):
        arguments = task.draw(rng)
        shown = ", ".join(map(show, arguments))
        if shown in seen:
            continue
        expected, meant = function(*copy.deepcopy(arguments)), task.answer(*arguments)
        if show(expected) != show(meant):
            raise AssertionError(f"{task.kind}: {name}({shown}) gave {expected!r}, meant {meant!r}\n{task.body}")
        text = show(expected)
        dull = text in results or text in ("[]", "''", "None", "{}", "set()")
        if len(text) > 40 or (dull and attempt < tests * 4 and rng.random() < 0.8):
            continue
        seen.add(shown)
        results.add(text)
        trace = task.trace(*arguments)
        if trace:
            lines.append("# " + " -> ".join(trace))
        lines.append(f"assert {name}({shown}) == {text}")
        if len(seen) == tests:
            return "\n".join(lines)
    return None


def request_of(rng: random.Random, task: Task) -> str:
    """The user's part of a joint document: topics and difficulty, each left out at times."""
    text = ASK_JOINT
    if rng.random() < 0.9:
        count = min(len(task.topics), rng.choices((1, 2, 3), (35, 50, 15))[0])
        text += ASK_TOPICS + ", ".join(rng.sample(task.topics, count))
    if rng.random() < 0.85:
        text += ASK_DIFFICULTY + DIFFICULTIES[task.difficulty]
    return text


USER, ASSISTANT, END, PAD = "<|user|>", "<|assistant|>", "<|end|>", "<|pad|>"
# The heads end before the line break, so that the next token can be a whole "\nassert " or "\ndef ".
PROBLEM, SOLUTION, TESTS_HEAD, CLOSE = "## Problem\n", "\n## Solution\n```python", "\n```\n## Tests\n```python", "\n```"
TESTS_ALONE, SOLUTION_ALONE = "## Tests\n```python", "## Solution\n```python"
ASK_JOINT, ASK_SOLVE, ASK_TESTS = (
    "Write a problem, a solution and tests.",
    "Solve this problem.\n",
    "Write tests for this problem.\n",
)
ASK_TOPICS, ASK_DIFFICULTY = "\nTopics: ", "\nDifficulty: "


def joint(rng: random.Random, example: Example) -> tuple[str, str]:
    """Prompt and completion of the form that writes everything at once."""
    answer = f"{PROBLEM}{example.statement}{SOLUTION}\n{example.code}{TESTS_HEAD}\n{example.asserts}{CLOSE}{END}"
    return f"{USER}{request_of(rng, example.task)}{ASSISTANT}", answer


def solve(example: Example) -> tuple[str, str]:
    """Prompt and completion of the form that solves a given problem."""
    return f"{USER}{ASK_SOLVE}{example.statement}{ASSISTANT}", f"{SOLUTION_ALONE}\n{example.code}{CLOSE}{END}"


def tests(example: Example) -> tuple[str, str]:
    """Prompt and completion of the form that writes tests for a given problem."""
    return f"{USER}{ASK_TESTS}{example.statement}{ASSISTANT}", f"{TESTS_ALONE}\n{example.asserts}{CLOSE}{END}"


def code_only(rng: random.Random, example: Example) -> tuple[str, str]:
    """A document of code alone: a function, mostly with a one-line docstring, at times with asserts."""
    code = documented(rng, example) if rng.random() < 0.7 else example.code
    return "", code + (f"\n\n{example.asserts}" if rng.random() < 0.4 else "") + END


def documented(rng: random.Random, example: Example) -> str:
    """The function with a docstring that names what comes back, mostly without backticks, as code in the wild has it."""
    head, _, body = example.code.partition("\n")
    return f'{head}\n    """{reword(rng, rng.choice(example.task.asks), example.task.yes_no)}"""\n{body}'

"""How a task is put to a model, and how its answer becomes a program: as the benchmarks' authors did, or as a chat.

`humaneval` is HumanEval's way (Chen et al. 2021, section 3.1): the code up to the function's docstring is continued,
and ends at the first of five stop sequences and nowhere else. `function` asks the same and ends the answer at the
first line outside of the function, so that chatter after a right body does not count as an error: it scores higher.
`mbpp` is MBPP's (Austin et al. 2021, section 3): three solved tasks with their tests (ids 2, 3 and 4 of the prompt
split), then the one to solve, its program between `[BEGIN]` and `[DONE]`. `chat` asks an instruct model in its own
template and takes the first fenced block of the answer. A text that holds no code is never executed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from codefactory.errors import ConfigError
from codefactory.languages.python import completion_pair, truncate
from codefactory.tasks.base import load, parse_name
from codefactory.types import Message, Record

# HumanEval's own; `truncate` would cut there anyway, and this saves the tokens.
STOP = ("\nclass ", "\ndef ", "\n#", "\nif ", "\nprint(")
SHOTS = ("2", "3", "4")
BEGIN, DONE = "[BEGIN]", "[DONE]"
FENCE = re.compile(r"```[ \t]*[\w+-]*[ \t]*\n(.*?)(?:^[ \t]*```|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """What a model is given, what ends its answer, and the source that stands before the program in it."""

    read: Callable[[str], str]
    prompt: str = ""
    messages: tuple[Message, ...] = ()
    stop: tuple[str, ...] = ()
    before: str = ""

    def program(self, answer: str) -> str:
        """The program to execute; "" where the answer holds no code."""
        body = self.read(answer)
        return self.before + body if body.strip() else ""


Asking = Callable[[Record], Question]


def asking(style: str, task_set: str) -> Asking:
    """The way of asking that a name stands for (`function` where it is empty).

    Args:
        task_set: what is evaluated, such as `mbpp:test@mbpp.jsonl`: `mbpp` takes its solved examples from there.

    Raises:
        ConfigError: if the task set has no such examples.
    """
    if style == "mbpp":
        return _like_mbpp(task_set)
    return {"": as_function, "function": as_function, "humaneval": as_humaneval, "chat": as_chat}[style]


def as_function(task: Record) -> Question:
    """Raw text to be continued up to the end of the function."""
    prompt, _ = completion_pair(task)
    return Question(truncate, prompt, stop=STOP, before=prompt)


def as_humaneval(task: Record) -> Question:
    """The same, ended by the authors' stop sequences alone: what else stands after the function is executed with it."""
    return replace(as_function(task), read=_until_stop)


def _until_stop(answer: str) -> str:
    return answer[: min((answer.find(stop) for stop in STOP if stop in answer), default=len(answer))]


def as_chat(task: Record) -> Question:
    """One turn; what the benchmark's own prompt has before the function (imports, helpers) stands before the answer."""
    statement, name = task.problem.statement, task.problem.entry_point
    own = task.meta.get("prompt", "")
    if own:
        words = (
            f"Complete this Python function. Answer with the whole function in one fenced block.\n\n```python\n{own}```"
        )
    else:
        words = (
            f"{statement}\n\nThe function is called `{name}`. "
            f"Answer with one fenced block of Python.\n\nIt should hold that:\n{_tests(task, 1)}"
        )
    return Question(_fenced, messages=(Message("user", words),), before=_before(own, name))


def _fenced(answer: str) -> str:
    found = FENCE.search(answer)
    return found.group(1) if found else ""


def _before(prompt: str, entry_point: str) -> str:
    """The lines of a prompt before it defines the entry point."""
    try:
        nodes = ast.parse(prompt + "    pass\n").body if prompt else []
    except SyntaxError:
        return ""
    at = next((node.lineno for node in nodes if getattr(node, "name", "") == entry_point), 1)
    return "".join(prompt.splitlines(keepends=True)[: at - 1])


def _like_mbpp(task_set: str) -> Asking:
    name = parse_name(task_set)
    if name.set != "mbpp":
        raise ConfigError(f"evaluation.prompts: 'mbpp' takes MBPP's own examples; evaluation.tasks is '{task_set}'")
    train = load("mbpp:train" + (f"@{name.path}" if name.path else ""))
    solved = {task.meta.get("task_id"): task for task in train}
    if not solved.keys() >= set(SHOTS):
        raise ConfigError(
            f"evaluation.prompts: {task_set} lacks the solved examples {', '.join(SHOTS)} of MBPP's prompt"
        )
    shots = "".join(f"{_asked(solved[shot])}{solved[shot].solution.code}{DONE}\n\n" for shot in SHOTS)

    def ask(task: Record) -> Question:
        return Question(_until_done, shots + _asked(task), stop=(DONE,))

    return ask


def _asked(task: Record) -> str:
    return (
        f"You are an expert Python programmer, and here is your task: {task.problem.statement} "
        f"Your code should pass these tests:\n\n{_tests(task)}\n{BEGIN}\n"
    )


def _tests(task: Record, count: int | None = None) -> str:
    return "\n".join(case.source for case in task.tests.cases[:count])


def _until_done(answer: str) -> str:
    return answer.partition(DONE)[0]

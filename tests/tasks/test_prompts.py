"""Tasks are put as their authors put them, and an answer becomes a program only where it holds code."""

from __future__ import annotations

from pathlib import Path

import pytest

from codefactory.config import EvaluationConfig
from codefactory.errors import ConfigError
from codefactory.evaluation import evaluate
from codefactory.languages.python import read_suite
from codefactory.ledger import Ledger
from codefactory.llm.replay import Script
from codefactory.runner.base import open_runner
from codefactory.tasks.base import load
from codefactory.tasks.prompts import as_chat, as_function, as_humaneval, asking
from codefactory.types import Problem, Record, Solution

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
HELPED = Record(
    Problem("Add one twice.", "twice"),
    Solution("import math\n\ndef once(n):\n    return n + 1\n\ndef twice(n):\n    return once(once(n))\n"),
    read_suite("assert twice(1) == 3\nassert twice(0) == 2", "twice"),
    meta={"prompt": 'import math\n\ndef once(n):\n    return n + 1\n\ndef twice(n):\n    """Add one twice."""\n'},
)


def needed(*path: str) -> Path:
    file = DATA.joinpath(*path)
    if not file.exists():
        pytest.skip(f"{file.name} is not here; it is not part of this repository")
    return file


def test_a_function_is_continued_from_the_benchmarks_own_prompt() -> None:
    question = as_function(HELPED)
    assert question.prompt == HELPED.meta["prompt"]
    assert question.program("    return n + 2\nprint('more')\n") == f"{question.prompt}    return n + 2\n"
    assert question.program("\n\n") == ""


def test_humanevals_own_way_ends_at_its_stop_sequences_alone() -> None:
    question = as_humaneval(HELPED)
    assert question.program("    return 3\nif x:\n    pass") == f"{question.prompt}    return 3"
    assert question.program("    return 3\n}") == f"{question.prompt}    return 3\n}}"
    assert question.program("\n") == ""


def test_a_chat_answer_keeps_what_the_prompt_has_before_the_function() -> None:
    question = as_chat(HELPED)
    assert HELPED.meta["prompt"] in question.messages[0].content
    program = question.program("Sure.\n```python\ndef twice(n):\n    return once(once(n))\n```\nBye.")
    assert program == "import math\n\ndef once(n):\n    return n + 1\n\ndef twice(n):\n    return once(once(n))\n"


@pytest.mark.parametrize("answer", ["I cannot do that.", "", "```python\n\n```"])
def test_a_chat_answer_without_code_is_no_program(answer: str) -> None:
    assert as_chat(HELPED).program(answer) == ""


def test_a_cut_answer_keeps_the_code_that_there_is() -> None:
    assert as_chat(HELPED).program("```python\ndef twice(n):\n    return 2\n").endswith("    return 2\n")


def test_only_mbpp_is_asked_in_mbpps_way() -> None:
    with pytest.raises(ConfigError, match="takes MBPP's own examples"):
        asking("mbpp", "reference:heldout")


def test_mbpp_is_asked_with_three_solved_tasks() -> None:
    file = needed("mbpp", "mbpp.jsonl")
    task = load(f"mbpp:test@{file}")[0]
    question = asking("mbpp", f"mbpp:test@{file}")(task)
    assert question.prompt.count("[BEGIN]") == 4
    assert question.prompt.count("[DONE]") == 3
    assert question.prompt.startswith(
        "You are an expert Python programmer, and here is your task: Write a function to find the similar elements "
        "from the given two tuple lists. Your code should pass these tests:\n\nassert similar_elements("
    )
    assert question.prompt.endswith(f"{task.tests.cases[-1].source}\n[BEGIN]\n")
    assert question.program("def f():\n    return 1\n[DONE]\nnoise") == "def f():\n    return 1\n"


@pytest.mark.parametrize("style", ["function", "mbpp", "chat"])
async def test_the_solutions_of_mbpp_pass_in_every_way_of_asking(style: str, tmp_path: Path) -> None:
    name = f"mbpp:test@{needed('mbpp', 'mbpp.jsonl')}"
    config = EvaluationConfig.model_validate({"tasks": name, "prompts": style})
    tasks = load(name)[:8]
    ask = asking(style, name)
    answers = {}
    for task in tasks:
        question = ask(task)
        code = task.solution.code
        written = {"mbpp": f"{code}[DONE]", "chat": f"```python\n{code}```", "function": ""}[style]
        answers[question.prompt, question.messages] = written or code_after(question.prompt, task)
    script = Script(lambda request: answers[request.prompt, request.messages])
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        async with open_runner("process", slots=1) as runner:
            found = await evaluate(script, runner, tasks, config, ledger)
    assert found.statuses() == {"passed": 8}
    assert found.unextracted_share() == 0.0


def code_after(prompt: str, task: Record) -> str:
    from codefactory.languages.python import completion_pair

    assert completion_pair(task)[0] == prompt
    return completion_pair(task)[1]

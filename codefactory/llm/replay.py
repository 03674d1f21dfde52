"""The `replay` backend: answers from a recording, byte for byte, and `Script`, a real backend for tests.

A recording is a ledger (`ledger.sqlite` of a run: its completions, under the model that wrote them), or JSONL:

    {"model": "name@revision"}                                          optional, first: the fingerprint to play under
    {"request_id": "…", "text": "…"}                                    the answer to exactly this request
    {"messages": [{"role": "user", "content": "…"}], "text": "…"}       the next sample for these words (or "prompt")

A line may also carry `finish_reason`, `prompt_tokens` and `completion_tokens`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from codefactory.config import LlmConfig
from codefactory.errors import BackendError
from codefactory.ledger import Ledger
from codefactory.types import Completion, Message, Request, from_json

Answer = str | Completion
Words = tuple[tuple[Message, ...], str]


class Script:
    """A language model that says what it is told: a list of answers, given in order, or a function of the request.

    An answer is a text or a whole Completion (its request id is filled in).

    Raises:
        BackendError: from `complete`, when a list has run out.
    """

    def __init__(self, answers: Callable[[Request], Answer] | Sequence[Answer], fingerprint: str = "script@1") -> None:
        self.fingerprint = fingerprint
        self._answers = answers if callable(answers) else _in_order(answers)

    async def complete(self, request: Request) -> Completion:
        """The scripted answer."""
        answer = self._answers(request)
        if isinstance(answer, str):
            return Completion(request.id, answer)
        return Completion(request.id, answer.text, answer.finish_reason, answer.prompt_tokens, answer.completion_tokens)

    async def close(self) -> None:
        """Nothing to let go of."""


def _in_order(answers: Sequence[Answer]) -> Callable[[Request], Answer]:
    left = iter(answers)

    def following(request: Request) -> Answer:
        for answer in left:
            return answer
        raise BackendError(f"the script has no answer left for request {request.id}; give it more than {len(answers)}")

    return following


class ReplayBackend:
    """Plays a recording; `model` in the configuration is its path.

    Raises:
        BackendError: if it cannot be read, or, from `complete`, if it has no answer to a request.
    """

    guides = True  # what was recorded under a schema follows it

    def __init__(self, config: LlmConfig) -> None:
        self._path = Path(config.model)
        self._by_id: dict[str, Completion] = {}
        self._by_words: dict[Words, list[Completion]] = {}
        self.fingerprint = f"replay@{self._path.name}"
        if not self._path.is_file():
            raise BackendError(f"{self._path}: no such recording; 'model' takes a run's ledger.sqlite or a JSONL file")
        with self._path.open("rb") as recording:
            start = recording.read(16)
        if start == b"SQLite format 3\0":
            self._read_ledger()
        else:
            self._read_lines()

    async def complete(self, request: Request) -> Completion:
        """The recorded answer to this request, or, where it was recorded by its words, the sample of that index."""
        found = self._by_id.get(request.id)
        samples = self._by_words.get((request.messages, request.prompt), [])
        if not found and request.sample < len(samples):
            found = samples[request.sample]
        if not found:
            asked = request.messages[-1].content if request.messages else request.prompt
            start = " ".join(asked.split())[:60]
            raise BackendError(
                f"{self._path}: holds no answer to request {request.id} ('{start}', sample {request.sample}); "
                "replay the run file that it was recorded with"
            )
        return Completion(request.id, found.text, found.finish_reason, found.prompt_tokens, found.completion_tokens)

    async def close(self) -> None:
        """Nothing to let go of."""

    def _read_ledger(self) -> None:
        with Ledger(self._path, write=False) as ledger:
            self._by_id = {key: from_json(Completion, value) for key, value in ledger.items("completion")}
        # Request ids contain the model's fingerprint: the replay has to go under the name of the model it stands for.
        beside = self._path.parent / "run.json"
        if not beside.is_file():
            return
        try:
            self.fingerprint = str(json.loads(beside.read_text(encoding="utf-8"))["model"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BackendError(
                f"{beside}: does not name the model ({error}); put back the one that was there"
            ) from error

    def _read_lines(self) -> None:
        with self._path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    self._read(json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    raise BackendError(
                        f"{self._path}:{number}: not a recorded answer ({error}); "
                        "a line is JSON with 'text' and 'request_id', 'messages' or 'prompt'"
                    ) from error

    def _read(self, row: dict[str, Any]) -> None:
        if "text" not in row:
            self.fingerprint = str(row["model"])
            return
        completion = Completion(
            row.get("request_id", ""),
            row["text"],
            row.get("finish_reason", "stop"),
            row.get("prompt_tokens", 0),
            row.get("completion_tokens", 0),
        )
        if completion.request_id:
            self._by_id[completion.request_id] = completion
        else:
            messages = tuple(Message(turn["role"], turn["content"]) for turn in row.get("messages", ()))
            self._by_words.setdefault((messages, row.get("prompt", "")), []).append(completion)

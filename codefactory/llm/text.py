"""Between a request's words and token ids, for backends that hold the tokenizer themselves."""

from __future__ import annotations

import threading
from typing import Any

from codefactory.errors import BackendError
from codefactory.types import Request


class Text:
    """A tokenizer and its chat template; safe to call from several threads.

    Args:
        name: the model, for error messages.
    """

    def __init__(self, name: str, tokenizer: Any) -> None:
        self._name = name
        self._tokenizer = tokenizer
        self._lock = threading.Lock()  # fast tokenizers raise "Already borrowed" when two threads meet

    def encode(self, request: Request) -> list[int]:
        """The prompt's token ids, the generation prompt included.

        Raises:
            BackendError: if the request has messages and the model no chat template, or the template fails.
        """
        try:
            with self._lock:
                return self._encode(request)
        except BackendError:
            raise
        except Exception as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise BackendError(
                f"{self._name}: its chat template or tokenizer fails on a prompt ({reason}); mend the template"
            ) from error

    def decode(self, tokens: list[int]) -> str:
        """The text of an answer, without special tokens."""
        with self._lock:
            text = self._tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return str(text)

    def _encode(self, request: Request) -> list[int]:
        if not request.messages:
            return list(self._tokenizer(request.prompt)["input_ids"])
        if not self._tokenizer.chat_template:
            raise BackendError(f"{self._name}: has no chat template; use an instruct model, or raw prompts")
        messages = [{"role": message.role, "content": message.content} for message in request.messages]
        text = self._tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
        return list(self._tokenizer(text, add_special_tokens=False)["input_ids"])

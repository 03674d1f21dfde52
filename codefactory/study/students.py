"""How a study makes and asks its models: one place to put another trainer, and a double, in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from codefactory.config import LlmConfig, TrainConfig
from codefactory.errors import BackendError, ConfigError, InputError
from codefactory.llm.base import Backend, open_backend
from codefactory.llm.checkpoint import fingerprint, locate
from codefactory.study.data import Count, Document
from codefactory.tasks.rows import Row
from codefactory.types import Message

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Learned:
    """What a training came to: its final loss in nats a token, and the documents too long for the model to read."""

    loss: float
    left_out: int = 0


class Trainer(Protocol):
    """A way to train, and to let what was trained write."""

    def base(self, config: TrainConfig) -> tuple[Path, str]:
        """The base model's folder, and what names its weights by content.

        Raises:
            BackendError: if there is no such model.
        """
        ...

    def train(
        self, base: Path, documents: Sequence[Document], folder: Path, config: TrainConfig, seed: int, log: Log
    ) -> Learned:
        """Train into the folder, or go on where a killed training was."""
        ...

    def prefer(
        self, base: Path, rows: Sequence[Row], folder: Path, config: TrainConfig, beta: float, seed: int, log: Log
    ) -> Learned:
        """Train by DPO on rows of prompt, chosen and rejected, or go on where a killed training was.

        Raises:
            ConfigError: if the method has no such objective.
        """
        ...

    def chat(self, config: TrainConfig) -> Callable[[tuple[Message, ...]], str]:
        """Renders messages as the base model's own chat template does, up to where the answer begins.

        Raises:
            BackendError: if it has no such template.
        """
        ...

    def trained(self, folder: Path) -> bool:
        """Whether the folder holds a finished model."""
        ...

    def writer(self, llm: LlmConfig, folder: Path) -> LlmConfig:
        """The `llm:` section of a run in which the model in a folder writes, sampled as before."""
        ...


class Students(Trainer, Protocol):
    """A way to train that measures what it trained, too."""

    def tokens(self, config: TrainConfig) -> Count:
        """Counts the tokens of documents as the base model reads them."""
        ...

    def open(self, folder: Path) -> AbstractAsyncContextManager[Backend]:
        """The model in a folder, ready to answer."""
        ...


def students_of(config: TrainConfig) -> Students:
    """The way to train that the study file asks for."""
    return TrlStudents() if (config.method or "micro") != "micro" else MicroStudents()


class _Local:
    """What all students have in common: Hugging Face folders, decoded in this process."""

    def base(self, config: TrainConfig) -> tuple[Path, str]:
        folder = locate(config.base)
        return folder, fingerprint(folder)

    def tokens(self, config: TrainConfig) -> Count:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.base(config)[0] / "tokenizer.json"))

        def count(documents: Sequence[Document]) -> list[int]:
            texts = [prompt + completion for prompt, completion in documents]
            return [len(found.ids) for found in tokenizer.encode_batch(texts, add_special_tokens=False)]

        return count

    def chat(self, config: TrainConfig) -> Callable[[tuple[Message, ...]], str]:
        from transformers import AutoTokenizer

        folder = self.base(config)[0]
        tokenizer = AutoTokenizer.from_pretrained(folder)
        if not tokenizer.chat_template:
            raise BackendError(f"{folder}: has no chat template, so it cannot be a writer; name an instruct model")

        def render(messages: tuple[Message, ...]) -> str:
            turns = [{"role": turn.role, "content": turn.content} for turn in messages]
            return str(tokenizer.apply_chat_template(turns, add_generation_prompt=True, tokenize=False))

        return render

    def trained(self, folder: Path) -> bool:
        return (folder / "config.json").is_file() and any(folder.glob("*.safetensors"))

    def open(self, folder: Path) -> AbstractAsyncContextManager[Backend]:
        return open_backend(LlmConfig.model_validate({"backend": "local", "model": str(folder)}))

    def writer(self, llm: LlmConfig, folder: Path) -> LlmConfig:
        return llm.model_copy(update={"backend": "local", "model": str(folder)})


class MicroStudents(_Local):
    """Students trained by `codefactory.training.micro`."""

    def train(
        self, base: Path, documents: Sequence[Document], folder: Path, config: TrainConfig, seed: int, log: Log
    ) -> Learned:
        from codefactory.training.micro import train

        try:
            result = train(
                base,
                documents,
                folder,
                steps=config.steps,
                tokens_per_step=config.tokens_per_step,
                learning_rate=config.learning_rate,
                seed=seed,
                log=log,
            )
        except ValueError as error:
            raise InputError(f"{folder.name}: cannot be trained: {error}") from error
        return Learned(result.loss, len(documents) - result.documents)

    def prefer(
        self, base: Path, rows: Sequence[Row], folder: Path, config: TrainConfig, beta: float, seed: int, log: Log
    ) -> Learned:
        raise ConfigError("dpo is trained by TRL; give the chain a train: section with method: full or lora")


class TrlStudents(_Local):
    """Students trained by TRL, all weights or LoRA: any causal model that transformers knows."""

    def train(
        self, base: Path, documents: Sequence[Document], folder: Path, config: TrainConfig, seed: int, log: Log
    ) -> Learned:
        from codefactory.training.sft import train

        fitted = train(base, documents, folder, config, seed, log)
        return Learned(fitted.loss, fitted.left_out)

    def prefer(
        self, base: Path, rows: Sequence[Row], folder: Path, config: TrainConfig, beta: float, seed: int, log: Log
    ) -> Learned:
        from codefactory.training.preference import train

        fitted = train(base, rows, folder, config, beta=beta, seed=seed, log=log)
        return Learned(fitted.loss, fitted.left_out)

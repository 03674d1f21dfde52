"""One training from one file: reads the rows, trains by the method that is asked for, writes the model and its card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from codefactory.config import TrainingConfig
from codefactory.corpus import store
from codefactory.errors import ConfigError, InputError
from codefactory.languages.python import completion_pair
from codefactory.llm.checkpoint import fingerprint, locate
from codefactory.tasks.base import check_trainable, load, parse_name
from codefactory.tasks.rows import file_rows
from codefactory.training.hugging_face import COLUMNS, Fitted, Log, Row
from codefactory.training.model_card import Card, write_card

Document = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Data:
    """Rows to train on: documents for SFT, preference rows for DPO and KTO, with the licences that they name."""

    documents: tuple[Document, ...] = ()
    preferences: tuple[Row, ...] = ()
    licences: tuple[str, ...] = ()


def run_training(config: TrainingConfig, log: Log = print) -> Fitted:
    """Train and write `<out>` with its card; a rerun continues an interrupted training.

    Raises:
        ConfigError: if method and objective do not go together.
        InputError: if the rows are missing or lack a column.
        BackendError: if the base model or TRL is missing.
    """
    base = locate(config.train.base)
    method = config.train.method or "micro"
    if config.objective != "sft" and method == "micro":
        raise ConfigError(f"objective: {config.objective} is trained by TRL; set train.method to lora or full")
    data = read(config, base)
    fitted = _train(config, base, data, log)
    card = Card(
        config.name, fingerprint(base), config.data, fitted.rows, fitted.left_out, config.objective, config.seed,
        fitted.loss, config.train, data.licences,
    )  # fmt: skip
    write_card(config.out, card)
    log(f"{config.out}: {fitted.rows:,} rows, final loss {fitted.loss:.3f} ({fitted.seconds:.0f} s)")
    return fitted


def _train(config: TrainingConfig, base: Path, data: Data, log: Log) -> Fitted:
    if config.objective != "sft":
        from codefactory.training import preference

        rows = data.preferences
        return preference.train(
            base, rows, config.out, config.train,
            objective=config.objective, beta=config.beta, seed=config.seed, log=log,
        )  # fmt: skip
    if (config.train.method or "micro") != "micro":
        from codefactory.training import sft

        return sft.train(base, data.documents, config.out, config.train, config.seed, log)
    return _micro(config, base, data.documents, log)


def _micro(config: TrainingConfig, base: Path, documents: Sequence[Document], log: Log) -> Fitted:
    from codefactory.training import micro

    budget = config.train
    try:
        made = micro.train(
            base, documents, config.out, steps=budget.steps, tokens_per_step=budget.tokens_per_step,
            learning_rate=budget.learning_rate, seed=config.seed, log=log,
        )  # fmt: skip
    except ValueError as error:
        raise InputError(f"{config.data}: cannot be trained on: {error}") from error
    return Fitted(made.loss, made.documents, len(documents) - made.documents, made.seconds)


def read(config: TrainingConfig, base: Path) -> Data:
    """The rows that `data` names: a corpus folder, a file of JSON lines in TRL's columns, or a task set.

    Raises:
        InputError: if there is no such thing, a row lacks a column, or a licence keeps a row from being trained on.
    """
    path = Path(config.data)
    if path.is_dir():
        return _records(store.read(path), config)
    if path.is_file():
        return _lines(file_rows(path), config, base)
    if "/" in config.data and not parse_name(config.data).path:
        raise InputError(f"{config.data}: no such corpus folder or file; name one, or a task set such as mbpp:train")
    return _records(load(config.data), config)


def _records(records: Sequence[Any], config: TrainingConfig) -> Data:
    if config.objective != "sft":
        columns = ", ".join(COLUMNS[config.objective])
        raise InputError(f"{config.data}: holds no preferences; {config.objective} takes JSON lines with {columns}")
    check_trainable(records, config.data)
    licences = tuple(sorted({record.licence for record in records if record.licence}))
    return Data(tuple(completion_pair(record) for record in records), licences=licences)


def _lines(rows: Sequence[Row], config: TrainingConfig, base: Path) -> Data:
    licences = tuple(sorted({str(row["licence"]) for row in rows if row.get("licence")}))
    if config.objective != "sft":
        return Data(preferences=tuple(rows), licences=licences)
    for number, row in enumerate(rows, 1):
        missing = [column for column in COLUMNS["sft"] if column not in row]
        if missing:
            raise InputError(f"{config.data}: row {number} has no column '{missing[0]}'; sft takes prompt, completion")
    return Data(tuple(rendered(row["prompt"], row["completion"], base) for row in rows), licences=licences)


def rendered(prompt: Any, completion: Any, base: Path) -> Document:
    """A row's two texts; chat messages become what the base's own template makes of them.

    Raises:
        InputError: if the base has no chat template, or its template does not let a prompt begin the whole chat.
    """
    if isinstance(prompt, str) and isinstance(completion, str):
        return prompt, completion
    tokenizer = _tokenizer(str(base))
    if not tokenizer.chat_template:
        raise InputError(f"{base}: has no chat template and the rows are chats; use the text columns, or another base")
    start = tokenizer.apply_chat_template(prompt, tokenize=False, add_generation_prompt=True)
    whole = tokenizer.apply_chat_template([*prompt, *completion], tokenize=False)
    if not whole.startswith(start):
        raise InputError(f"{base}: its chat template writes a prompt otherwise once it is answered; use text columns")
    return start, whole.removeprefix(start)


@cache
def _tokenizer(folder: str) -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(folder)

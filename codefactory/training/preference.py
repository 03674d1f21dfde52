"""Preference training on TRL: DPO on pairs (Rafailov et al. 2023), KTO on single verdicts (Ethayarajh et al. 2024).

Rows have TRL's columns: `prompt`, `chosen`, `rejected` for DPO; `prompt`, `completion`, `label` for KTO; texts, or
chat messages that the model's template renders. Under LoRA the base with its adapters off is the reference, so no
second model is held.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from codefactory.config import TrainConfig
from codefactory.errors import InputError
from codefactory.training.hugging_face import (
    COLUMNS,
    MAX_LENGTH,
    Fitted,
    Log,
    Row,
    arguments,
    checkpoints_of,
    finish,
    finished,
    fit,
    lora,
    need_trl,
    open_base,
    training_key,
)


def train(
    base: Path,
    rows: Sequence[Row],
    out: Path,
    config: TrainConfig,
    *,
    objective: str = "dpo",
    beta: float = 0.1,
    seed: int = 0,
    log: Log = lambda text: None,
) -> Fitted:
    """Train on preferences into a Hugging Face folder; a rerun continues an interrupted one.

    Raises:
        BackendError: if TRL is not installed, or the base is broken.
        InputError: if a row lacks a column, or no row fits.
    """
    need_trl()
    from datasets import Dataset

    started = time.monotonic()
    chosen = [_columns(row, objective, number) for number, row in enumerate(rows, 1)]
    key = training_key(base, chosen, config, seed, objective, beta)
    known = finished(out, key)
    if known:
        return known
    model, tokenizer = open_base(base, config, seed)
    longest = config.max_length or MAX_LENGTH
    fitting = [row for row in chosen if _length(tokenizer, row) <= longest]
    if not fitting:
        raise InputError(f"none of the {len(rows)} preferences fits into {longest} tokens; set train.max_length")
    if len(fitting) < len(rows):
        log(f"left out {len(rows) - len(fitting)} of {len(rows)} preferences longer than {longest} tokens")
    checkpoints = checkpoints_of(out)
    told = arguments(config, checkpoints, seed, max(1, config.tokens_per_step // (2 * longest)))
    data = Dataset.from_list(fitting).shuffle(seed=seed)
    trainer = _trainer(objective, model, tokenizer, told | {"beta": beta}, data, lora(config))
    loss = fit(trainer, config, checkpoints, key, log)
    fitted = Fitted(loss, len(fitting), len(rows) - len(fitting), time.monotonic() - started)
    return finish(trainer, tokenizer, out, base, key, fitted)


def _trainer(objective: str, model: Any, tokenizer: Any, told: dict[str, Any], data: Any, adapters: Any) -> Any:
    from trl import DPOConfig, DPOTrainer, KTOConfig, KTOTrainer

    kinds = {"dpo": (DPOConfig, DPOTrainer), "kto": (KTOConfig, KTOTrainer)}
    settings, trainer = kinds[objective]
    if objective == "kto":  # its estimate of the divergence needs two rows in a batch
        told = told | {"per_device_train_batch_size": max(2, told["per_device_train_batch_size"])}
    return trainer(
        model=model, args=settings(**told), train_dataset=data, processing_class=tokenizer, peft_config=adapters
    )


def _columns(row: Row, objective: str, number: int) -> Row:
    wanted = COLUMNS[objective]
    missing = [column for column in wanted if column not in row]
    if missing:
        raise InputError(f"preference {number}: has no column '{missing[0]}'; {objective} takes {', '.join(wanted)}")
    return {column: row[column] for column in wanted}


def _length(tokenizer: Any, row: Row) -> int:
    """Tokens of the longest text of the row."""
    answers = [row[column] for column in ("chosen", "rejected", "completion") if column in row]
    return max(len(_ids(tokenizer, row["prompt"], answer)) for answer in answers) + 1


def _ids(tokenizer: Any, prompt: Any, answer: Any) -> list[int]:
    if isinstance(prompt, str):
        return list(tokenizer(prompt + answer)["input_ids"])
    if not tokenizer.chat_template:
        raise InputError("the base has no chat template and the preferences are chats; give texts, or another base")
    text = tokenizer.apply_chat_template([*prompt, *answer], tokenize=False)
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])

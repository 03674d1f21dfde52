"""Supervised fine-tuning on TRL: full or LoRA, whole documents packed into rows, loss on completions only.

Documents are encoded here and not by TRL: the token that holds both the end of a prompt and the start of its completion
(a line end with the indent that follows, say) is then the one that the whole text has, and it counts to the completion.
Packing is best fit and cuts nothing; position numbers restart with every document, from which transformers makes a
mask that keeps them apart. A document that is longer than a row is left out and counted.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from codefactory.config import TrainConfig
from codefactory.errors import InputError
from codefactory.training.hugging_face import (
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

Documents = Sequence[tuple[str, str]]


def train(
    base: Path, documents: Documents, out: Path, config: TrainConfig, seed: int = 0, log: Log = lambda text: None
) -> Fitted:
    """Train on (prompt, completion) texts into a Hugging Face folder; a rerun continues an interrupted one.

    Raises:
        BackendError: if TRL is not installed, or the base is broken.
        InputError: if no document fits into a row.
    """
    need_trl()
    from datasets import Dataset
    from trl import SFTConfig, SFTTrainer

    key = training_key(base, documents, config, seed, "sft")
    known = finished(out, key)
    if known:
        return known
    started = time.monotonic()
    model, tokenizer = open_base(base, config, seed)
    longest = config.max_length or MAX_LENGTH
    rows = encode(tokenizer, documents, longest)
    if not rows:
        raise InputError(f"none of the {len(documents)} documents fits into {longest} tokens; set train.max_length")
    if len(rows) < len(documents):
        log(f"left out {len(documents) - len(rows)} of {len(documents)} documents longer than {longest} tokens")
    checkpoints = checkpoints_of(out)
    told = arguments(config, checkpoints, seed, max(1, config.tokens_per_step // longest))
    trainer = SFTTrainer(
        model=model,
        args=SFTConfig(**told, packing=True, packing_strategy="bfd", completion_only_loss=True),
        train_dataset=Dataset.from_list(rows).shuffle(seed=seed),
        processing_class=tokenizer,
        peft_config=lora(config),
    )
    loss = fit(trainer, config, checkpoints, key, log)
    fitted = Fitted(loss, len(rows), len(documents) - len(rows), time.monotonic() - started)
    return finish(trainer, tokenizer, out, base, key, fitted)


def encode(tokenizer: Any, documents: Documents, longest: int) -> list[Row]:
    """`input_ids` and `completion_mask` of the documents that fit; every completion ends in the end token."""
    found = []
    for prompt, completion in documents:
        encoded = tokenizer(prompt + completion, return_offsets_mapping=True, add_special_tokens=True)
        ids = list(encoded["input_ids"])
        mask = [int(end > len(prompt)) for _, end in encoded["offset_mapping"]]
        if ids[-1:] != [tokenizer.eos_token_id]:
            ids, mask = [*ids, tokenizer.eos_token_id], [*mask, 1]
        mask[-1] = 1  # an end token that the tokenizer itself adds has no place in the text
        if len(ids) <= longest:
            found.append({"input_ids": ids, "completion_mask": mask})
    return found

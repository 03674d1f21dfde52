"""What SFT and preference training on TRL share: the budget, whole checkpoints only, and a finished folder.

A training is named by its whole input (base weights, rows, settings, seed). Its checkpoints lie beside the model, in
`.<name>.checkpoints`, and one is written every half minute; the trainer's state is the last file of each, so a
checkpoint without it was cut off by a kill and is not continued. The model appears in one rename when it is finished.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from codefactory.config import TrainConfig
from codefactory.errors import BackendError, InputError
from codefactory.llm.checkpoint import fingerprint, load

# As in `micro`: OpenMP's threads would spin while they wait, which on a busy machine costs many times the work.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

CHECKPOINT_EVERY_S = 30.0
WARM_UP_SHARE = 0.05  # of the steps
MAX_LENGTH = 1024
LORA_RANK = 16
STATE = "trainer_state.json"
NOTE = "training.json"
COLUMNS = {
    "sft": ("prompt", "completion"),
    "dpo": ("prompt", "chosen", "rejected"),
    "kto": ("prompt", "completion", "label"),
}

Log = Callable[[str], None]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A finished training: mean loss of the last tenth of its steps, rows used and left out, wall time of this call."""

    loss: float
    rows: int
    left_out: int
    seconds: float


def need_trl() -> None:
    """Say how to get TRL and PEFT where they are missing.

    Raises:
        BackendError: if either cannot be imported.
    """
    try:
        import datasets
        import peft  # noqa: F401
        import trl  # noqa: F401
        from transformers.utils import logging
    except ImportError as error:
        raise BackendError(f"this training needs {error.name}; pip install 'codefactory[train]'") from error
    # Bars for a dozen small steps, and warnings about settings that TRL itself passes on, say nothing to a user.
    datasets.disable_progress_bars()
    logging.disable_progress_bar()
    warnings.filterwarnings("ignore", category=FutureWarning, module="transformers")


def open_base(base: Path, config: TrainConfig, seed: int) -> tuple[Any, Any]:
    """Model and tokenizer, ready to train; a tokenizer without padding pads with its end token.

    Full training keeps float32 weights. Under LoRA the base is frozen, so a GPU holds it in bfloat16.
    """
    import torch
    from transformers import set_seed

    set_seed(seed)
    model, tokenizer = load(base, "cpu")
    if config.method == "lora" and torch.cuda.is_available():
        model = model.to(torch.bfloat16)
    if tokenizer.eos_token is None:
        raise InputError(f"{base}: its tokenizer has no end token, so answers would never end; set eos_token")
    tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token
    return model.train(), tokenizer


def lora(config: TrainConfig) -> Any:
    """Adapters on every linear layer (Hu et al. 2021; on all of them: Dettmers et al. 2023); None for full training."""
    if config.method != "lora":
        return None
    from peft import LoraConfig

    rank = config.lora_rank or LORA_RANK
    return LoraConfig(r=rank, lora_alpha=2 * rank, lora_dropout=0.0, target_modules="all-linear", task_type="CAUSAL_LM")


def arguments(config: TrainConfig, checkpoints: Path, seed: int, rows_per_step: int) -> dict[str, Any]:
    """What every TRL trainer of ours is told."""
    import torch

    at_once = min(config.rows_at_once or rows_per_step, rows_per_step)
    gpu = torch.cuda.is_available()
    return {
        "output_dir": str(checkpoints),
        "max_steps": config.steps,
        "per_device_train_batch_size": at_once,
        "gradient_accumulation_steps": max(1, rows_per_step // at_once),
        "learning_rate": config.learning_rate,
        "lr_scheduler_type": "linear",
        "warmup_steps": max(1, round(WARM_UP_SHARE * config.steps)),
        "max_length": config.max_length or MAX_LENGTH,
        "save_strategy": "no",  # `_Pace` asks for checkpoints by the clock
        "save_total_limit": 2,
        "logging_steps": max(1, config.steps // 100),
        "report_to": config.report_to or "none",
        "bf16": gpu,
        "use_cpu": not gpu,
        "dataloader_pin_memory": gpu,
        "gradient_checkpointing": gpu,
        "disable_tqdm": True,
        "seed": seed,
        "data_seed": seed,
    }


def fit(trainer: Any, config: TrainConfig, checkpoints: Path, key: str, log: Log) -> float:
    """Train to the end, from the last whole checkpoint of this very training; the mean loss of the last tenth."""
    from transformers import PrinterCallback

    trainer.remove_callback(PrinterCallback)
    trainer.add_callback(_pace(config.steps, log))
    last = resume_from(checkpoints, key)
    if last:
        log(f"continuing at step {last.name.partition('-')[2]} of {config.steps}")
    trainer.train(resume_from_checkpoint=str(last) if last else None)
    losses = [float(entry["loss"]) for entry in trainer.state.log_history if "loss" in entry]
    return fmean(losses[-max(1, len(losses) // 10) :])


def _pace(steps: int, log: Log) -> Any:
    """Asks for a checkpoint by the clock and says where the training is."""
    from transformers import TrainerCallback

    class Pace(TrainerCallback):  # type: ignore[misc]  # transformers is not followed by mypy here
        saved = time.monotonic()

        def on_step_end(self, args: Any, state: Any, control: Any, **others: Any) -> None:
            if state.global_step < steps and time.monotonic() - self.saved > CHECKPOINT_EVERY_S:
                control.should_save = True

        def on_save(self, args: Any, state: Any, control: Any, **others: Any) -> None:
            self.saved = time.monotonic()

        def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any], **others: Any) -> None:
            if "loss" in logs:
                log(f"step {state.global_step} of {steps}: loss {float(logs['loss']):.3f}")

    return Pace()


def checkpoints_of(out: Path) -> Path:
    """Where the checkpoints of a model lie while it is made."""
    return out.with_name(f".{out.name}.checkpoints")


def resume_from(checkpoints: Path, key: str) -> Path | None:
    """The newest whole checkpoint of the training with this key; those of another training are thrown away."""
    name = checkpoints / NOTE
    if not name.is_file() or json.loads(name.read_text())["key"] != key:
        shutil.rmtree(checkpoints, ignore_errors=True)
        checkpoints.mkdir(parents=True)
        name.write_text(json.dumps({"key": key}))
    found = sorted(checkpoints.glob("checkpoint-*"), key=lambda path: int(path.name.partition("-")[2]))
    return next((path for path in reversed(found) if _whole(path)), None)


def _whole(checkpoint: Path) -> bool:
    try:
        json.loads((checkpoint / STATE).read_bytes())
    except (OSError, ValueError):
        return False
    return True


def training_key(base: Path, rows: Sequence[Any], config: TrainConfig, seed: int, *more: object) -> str:
    """The name of a training's whole input."""
    settings = config.model_dump(exclude={"base", "report_to", "rows_at_once"})
    parts = json.dumps([fingerprint(base), list(rows), settings, seed, *map(str, more)], sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()


def finished(out: Path, key: str) -> Fitted | None:
    """What is known of this very training where it has been finished."""
    try:
        known = json.loads((out / NOTE).read_bytes())
    except (OSError, ValueError):
        return None
    return Fitted(**known["fitted"]) if known["key"] == key else None


def finish(trainer: Any, tokenizer: Any, out: Path, base: Path, key: str, fitted: Fitted) -> Fitted:
    """Write the model, adapters merged into it (and kept in `adapter/`), in the base's own number format."""
    import torch

    fresh = out.with_name(f".{out.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    model = trainer.accelerator.unwrap_model(trainer.model)
    if hasattr(model, "merge_and_unload"):
        model.save_pretrained(fresh / "adapter")
        model = model.merge_and_unload()
    config = json.loads((base / "config.json").read_text())
    kind = str(config.get("dtype") or config.get("torch_dtype") or "float32")  # the second: before transformers 5
    model.to(getattr(torch, kind)).save_pretrained(fresh)
    tokenizer.save_pretrained(fresh)
    (fresh / NOTE).write_text(json.dumps({"key": key, "fitted": asdict(fitted)}, indent=1) + "\n")
    shutil.rmtree(out, ignore_errors=True)
    fresh.replace(out)
    shutil.rmtree(checkpoints_of(out), ignore_errors=True)
    return fitted

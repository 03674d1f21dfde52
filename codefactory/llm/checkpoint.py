"""From a model's name to its folder, its content hash and the loaded parts, with a clear line for everything broken."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from codefactory.errors import BackendError

# What decides a model's answers. Cards, optimiser states and training notes may change without a new revision.
HASHED = (
    "*.safetensors",
    "*.bin",
    "*.model",
    "config.json",
    "generation_config.json",
    "tokenizer*.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.*",
    "merges.txt",
    "chat_template*",
)


def embedded() -> list[str]:
    """Names of the models that ship with the package."""
    folder = Path(str(files("codefactory"))) / "models"
    return sorted(path.name for path in folder.glob("*") if (path / "config.json").is_file())


def locate(model: str) -> Path:
    """The folder of an embedded model, of a directory, or of a hub name that is in the local cache or can be fetched.

    Raises:
        BackendError: if there is no such model, or the folder holds none.
    """
    if model in embedded():
        return Path(str(files("codefactory"))) / "models" / model
    folder = Path(model)
    if folder.is_dir():
        return _checked(folder)
    if folder.is_file():
        raise BackendError(f"{model}: is a file; 'model' takes the folder that holds config.json")
    if folder.is_absolute() or model.startswith((".", "~")) or model.count("/") != 1:
        there = ", ".join(embedded()) or "none in this installation"
        raise BackendError(f"{model}: no such model; give a model folder, a hub name (owner/name), or one of: {there}")
    return _from_hub(model)


def _checked(folder: Path) -> Path:
    config = folder / "config.json"
    if not config.is_file():
        raise BackendError(f"{folder}: not a model folder (no config.json); name the folder that save_pretrained wrote")
    try:
        json.loads(config.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackendError(f"{config}: cannot be read as JSON ({error}); copy the model again") from error
    if not any(folder.glob("*.safetensors")) and not any(folder.glob("*.bin")):
        raise BackendError(f"{folder}: has no weights (*.safetensors); copy the model again, or finish its training")
    return folder


def _from_hub(name: str) -> Path:
    try:
        from huggingface_hub import snapshot_download
    except ImportError as error:
        raise BackendError(f"{name}: a hub name needs the hub client; pip install 'codefactory[hub]'") from error
    try:
        return _checked(Path(snapshot_download(name, allow_patterns=list(HASHED))))
    except BackendError:
        raise
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise BackendError(f"{name}: cannot be fetched from the hub ({reason}); give a model folder instead") from error


def fingerprint(folder: Path) -> str:
    """`name@revision`: the hub's commit where the folder is a hub snapshot, else 12 hex digits of its files' hash."""
    if folder.parent.name == "snapshots":
        owner = folder.parent.parent.name.removeprefix("models--").replace("--", "/")
        return f"{owner}@{folder.name[:12]}"
    digest = hashlib.sha256()
    for path in sorted({path for pattern in HASHED for path in folder.glob(pattern) if path.is_file()}):
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return f"{folder.resolve().name}@{digest.hexdigest()[:12]}"


def need_torch(model: str) -> None:
    """Say how to get torch and transformers where they are missing.

    Raises:
        BackendError: if either cannot be imported.
    """
    try:
        import torch  # noqa: F401
        import transformers  # noqa: F401
    except ImportError as error:
        raise BackendError(
            f"{model}: running a local model needs {error.name}; pip install 'codefactory[train]'"
        ) from error


def load(folder: Path, device: str) -> tuple[Any, Any]:
    """The causal language model in evaluation mode and its tokenizer.

    On a CPU the weights are fp32 whatever they were saved in; on a GPU they keep their own type.

    Raises:
        BackendError: if either is broken or of a kind that transformers does not know.
    """
    need_torch(str(folder))
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder)
    except Exception as error:
        raise BackendError(
            f"{folder}: the tokenizer cannot be loaded ({_first(error)}); copy the model again"
        ) from error
    try:
        dtype = torch.float32 if device == "cpu" else "auto"
        model, report = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, output_loading_info=True)
    except Exception as error:
        raise BackendError(f"{folder}: the weights cannot be loaded ({_first(error)}); copy the model again") from error
    if report["missing_keys"]:  # transformers only warns and goes on with random numbers in their place
        some = ", ".join(sorted(report["missing_keys"])[:3])
        raise BackendError(f"{folder}: the weights lack {some}; copy the model again")
    return model.to(device).eval(), tokenizer


def _first(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:200]

"""The `vllm` backend: vLLM inside this process, with its continuous batching and its cache of shared prompt heads.

The engine takes thousands of requests at once and schedules them itself, so this leaf only translates. vLLM pins its
own transformers, so it lives in an environment without the training extra.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

from codefactory.config import LlmConfig
from codefactory.errors import BackendError
from codefactory.llm.base import with_seed
from codefactory.llm.checkpoint import fingerprint, locate
from codefactory.llm.text import Text
from codefactory.types import Completion, Request


class VllmBackend:
    """A model folder, run by vLLM's asynchronous engine.

    Attributes:
        fingerprint: folder name and content hash, the same as the `local` backend's; an adapter's are added to it.

    Args:
        options: further engine arguments, by their vLLM names (`dtype`, `tensor_parallel_size`, ...); a run file gives
            them in `llm.engine`.

    Raises:
        BackendError: if vLLM is not installed or cannot load the model.
    """

    guides = True

    def __init__(self, config: LlmConfig, **options: Any) -> None:
        folder = locate(config.model)
        try:
            from vllm.engine.arg_utils import AsyncEngineArgs
            from vllm.v1.engine.async_llm import AsyncLLM
        except ImportError as error:
            raise BackendError(
                f"vllm: not installed here ({error}); pip install 'codefactory[vllm]' in an environment of its own, "
                "or run 'vllm serve' and use the openai backend"
            ) from error
        self._adapter = _adapter(config.adapter)
        own = f"+{adapter_fingerprint(config.adapter)}" if config.adapter else ""
        self.fingerprint = with_seed(fingerprint(folder) + own, config)
        settings: dict[str, Any] = {"max_num_seqs": config.batch, "enable_prefix_caching": True, "seed": config.seed}
        if config.adapter:
            settings |= {"enable_lora": True, "max_lora_rank": lora_rank(config.adapter)}
        settings |= (config.engine or {}) | options
        try:
            self._engine = AsyncLLM.from_engine_args(AsyncEngineArgs(model=str(folder), **settings))
        except TypeError as error:
            raise BackendError(f"llm.engine: vLLM does not take it ({_last_words(error)}); correct its name") from error
        except Exception as error:
            raise BackendError(f"{folder}: vLLM cannot load it ({_last_words(error)}); see its log above") from error
        self._context = int(self._engine.model_config.max_model_len)
        self._text: Text | None = None
        self._name = folder.name
        self._numbers = itertools.count()

    async def complete(self, request: Request) -> Completion:
        """The model's answer; a prompt that leaves no room for one is answered with `error:prompt_too_long`.

        Raises:
            BackendError: if the engine has died.
        """
        from vllm import SamplingParams
        from vllm.sampling_params import RequestOutputKind

        try:
            prompt = (await self._reader()).encode(request)
            room = min(request.sampling.max_tokens, self._context - len(prompt))
            if room < 1 or not prompt:
                reason = "error:prompt_too_long" if prompt else "error:prompt_empty"
                return Completion(request.id, "", reason, len(prompt))
            drawn = SamplingParams(
                temperature=request.sampling.temperature,
                top_p=request.sampling.top_p,
                max_tokens=room,
                stop=list(request.sampling.stop),
                seed=int(request.id[:8], 16),
                output_kind=RequestOutputKind.FINAL_ONLY,
                **_held_to(request.schema),
            )
            # The same request may be under way twice; the engine wants every name to be new.
            name = f"{request.id}-{next(self._numbers)}"
            stream = self._engine.generate({"prompt_token_ids": prompt}, drawn, name, lora_request=self._adapter)
            outputs = [output async for output in stream]
            answer = outputs[-1].outputs[0]
        except BackendError:
            raise
        except Exception as error:
            raise BackendError(
                f"vLLM's engine died ({_last_words(error)}); its log is above, then run again"
            ) from error
        reason = answer.finish_reason if answer.finish_reason in ("stop", "length") else f"error:{answer.finish_reason}"
        return Completion(request.id, answer.text, reason, len(prompt), len(answer.token_ids))

    async def close(self) -> None:
        """Stop the engine's processes."""
        self._engine.shutdown()

    async def _reader(self) -> Text:
        if self._text is None:
            tokenizer: Any = self._engine.get_tokenizer()
            self._text = Text(self._name, await tokenizer if hasattr(tokenizer, "__await__") else tokenizer)
        return self._text


def _adapter(folder: Path | None) -> Any:
    """What vLLM wants with every request that an adapter answers; None for the model itself."""
    if folder is None:
        return None
    from vllm.lora.request import LoRARequest

    return LoRARequest(folder.name, 1, str(folder.resolve()))


def adapter_fingerprint(folder: Path) -> str:
    """An adapter's folder name and content hash.

    Raises:
        BackendError: if it is no folder that PEFT wrote.
    """
    lora_rank(folder)
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("adapter_config.json"), *folder.glob("adapter_model.*")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{folder.name}@{digest.hexdigest()[:16]}"


def lora_rank(folder: Path) -> int:
    """The rank in an adapter's configuration: the engine reserves room by it.

    Raises:
        BackendError: if there is none.
    """
    try:
        return int(json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))["r"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackendError(
            f"{folder}: not a LoRA adapter ({error}); name the folder with adapter_config.json that PEFT wrote"
        ) from error


def _held_to(schema: str) -> dict[str, Any]:
    """What makes vLLM's sampler follow a JSON schema; nothing where there is none."""
    if not schema:
        return {}
    from vllm.sampling_params import StructuredOutputsParams

    return {"structured_outputs": StructuredOutputsParams(json=schema)}


def _last_words(error: BaseException) -> str:
    """The innermost message of a chain of exceptions, on one line."""
    while error.__cause__ is not None:
        error = error.__cause__
    return " ".join(str(error).split())[:200] or type(error).__name__

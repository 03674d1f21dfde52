"""The `local` backend: an embedded model or any Hugging Face model, decoded in threads of this process.

A small model on a CPU gets one single-threaded worker a core: no barriers between cores inside an operation, so a busy
neighbour costs its share of time and no more. A large one, or a GPU, gets one worker.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any

from codefactory.config import LlmConfig
from codefactory.errors import BackendError
from codefactory.llm.base import with_seed
from codefactory.llm.checkpoint import fingerprint, load, locate, need_torch
from codefactory.llm.decoding import Decoder, Row
from codefactory.llm.generic import GenericEngine
from codefactory.llm.llama import LlamaEngine
from codefactory.llm.text import Text
from codefactory.llm.workers import Queue, Ticket, Worker
from codefactory.types import Completion, Request

SMALL = 100_000_000  # parameters: below, single-threaded workers; above, the weights should be read once for all rows
SMALL_ROWS = 64  # rows a single-threaded worker: more would push their keys and values out of the processor's cache


class LocalBackend:
    """A causal language model in this process.

    Attributes:
        fingerprint: folder name and content hash of weights, tokenizer and template.

    Args:
        fast: allow the forward pass of `codefactory.llm.llama` where it fits the model.

    Raises:
        BackendError: if the model is missing or broken, or torch is not installed.
    """

    def __init__(self, config: LlmConfig, *, fast: bool = True) -> None:
        folder = locate(config.model)
        device = _device(config.model)
        model, tokenizer = load(folder, device)
        self.fingerprint = with_seed(fingerprint(folder), config)
        self._text = Text(folder.name, tokenizer)
        self._context = int(getattr(model.config, "max_position_embeddings", 0) or 1 << 20)
        ends = _end_tokens(model, tokenizer)
        cores = _cores()
        small = device == "cpu" and sum(weight.numel() for weight in model.parameters()) < SMALL
        workers = min(cores, config.batch) if small else 1
        rows = config.batch // workers
        engine: type[LlamaEngine | GenericEngine] = GenericEngine
        if fast and LlamaEngine.fits(model):
            engine, rows = LlamaEngine, min(rows, SMALL_ROWS) if small else rows
        self._queue = Queue(workers)
        decoders = [Decoder(engine(model, rows), ends, self._text.decode) for _ in range(workers)]
        self._threads = _started(
            [Worker(self._queue, decoder, self._row, 1 if small else cores) for decoder in decoders]
        )

    async def complete(self, request: Request) -> Completion:
        """The model's answer; a prompt that leaves no room for one is answered with `error:prompt_too_long`.

        Raises:
            BackendError: if the model broke, was closed, or has no chat template and the request has messages.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Completion] = loop.create_future()
        self._queue.put(Ticket(request, _teller(loop, answer), answer.cancelled))
        return await answer

    def hold(self) -> None:
        """Take nothing more off the queue; what is being decoded ends."""
        self._queue.hold()

    async def close(self) -> None:
        """Stop the workers after the token they are at."""
        self._queue.close()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    def _row(self, ticket: Ticket) -> Row | None:
        """The ticket's request as a row to decode, or None where it has been answered here. Called by the workers."""
        request = ticket.request
        try:
            prompt = self._text.encode(request)
        except BackendError as error:
            ticket.done(error)
            return None
        room = min(request.sampling.max_tokens, self._context - len(prompt))
        if room < 1 or not prompt:
            reason = "error:prompt_too_long" if prompt else "error:prompt_empty"
            ticket.done(Completion(request.id, "", reason, len(prompt)))
            return None
        return Row(request, prompt, room, ticket.done, ticket.cancelled)


def _end_tokens(model: Any, tokenizer: Any) -> frozenset[int]:
    ends = getattr(model.generation_config, "eos_token_id", None)
    ends = ends if isinstance(ends, list) else [ends]
    return frozenset(token for token in (*ends, tokenizer.eos_token_id) if token is not None)


def _teller(
    loop: asyncio.AbstractEventLoop, answer: asyncio.Future[Completion]
) -> Callable[[Completion | Exception], None]:
    """A function that fulfils the future from another thread; a second answer is ignored."""

    def fulfil(result: Completion | Exception) -> None:
        if answer.done():
            return
        if isinstance(result, Exception):
            answer.set_exception(result)
        else:
            answer.set_result(result)

    def tell(result: Completion | Exception) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(fulfil, result)

    return tell


def _started(threads: list[Worker]) -> list[Worker]:
    import torch

    shared = torch.get_num_threads()
    for thread in threads:
        thread.start()
        thread.ready.wait()
    torch.set_num_threads(shared)  # a worker's own setting is also the default of threads that start later
    return threads


def _device(model: str) -> str:
    need_torch(model)
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""What every language model looks like from the outside: a request goes in, a completion comes back.

Three promises that all backends keep (`tests/llm/conformance.py` holds them to it):

1. Thousands of `complete` calls may be awaited at once; the backend batches or limits by itself and drops none.
2. A malformed or empty answer is data and comes back as a `Completion`. Only a model that cannot be reached or run
   raises, and then it is a `BackendError` whose one line names the next step.
3. `fingerprint` names the model *and its revision*. It is `Request.model`, so that ledger keys change with the model.
   A run's own `llm.seed`, where it is not 0, is part of it: a different seed is different work.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from codefactory.config import LlmConfig
from codefactory.llm import BACKENDS
from codefactory.types import Completion, Request


class Backend(Protocol):
    """A language model.

    Three more members are looked for, and may be missing: `hold()` (send nothing more: what was not sent yet raises
    StoppedError, what was ends); `troubles`, a Counter of the reasons why calls were tried again; and `guides`, true
    where `Request.schema` is followed.

    Attributes:
        fingerprint: name and revision, for `Request.model`.
    """

    fingerprint: str

    async def complete(self, request: Request) -> Completion:
        """The model's answer. `finish_reason` is `stop`, `length`, or `error:<slug>` for a request it cannot answer.

        Raises:
            BackendError: if the model cannot be reached or has broken.
        """
        ...

    async def close(self) -> None:
        """Let go of threads, connections and memory; calls still in flight fail with a BackendError."""
        ...


@asynccontextmanager
async def open_backend(config: LlmConfig) -> AsyncIterator[Backend]:
    """The backend that the configuration names, closed at the end of the block.

    Raises:
        UnknownNameError: if no row has this name.
        BackendError: if the model cannot be loaded or reached.
    """
    build = BACKENDS.load(config.backend)
    backend: Backend = await asyncio.to_thread(build, config)
    try:
        yield backend
    finally:
        await backend.close()


def with_seed(name: str, config: LlmConfig) -> str:
    """The fingerprint of a model under this configuration's seed."""
    return f"{name}#seed={config.seed}" if config.seed else name

"""One screen: what this machine has, and which of it a run would use."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from codefactory import __version__
from codefactory.errors import CodefactoryError
from codefactory.llm.checkpoint import embedded

KEYS = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "HF_TOKEN", "HF_HUB_OFFLINE", "DOCKER_HOST", "CODEFACTORY_SANDBOX")
LIBRARIES = ("torch", "transformers", "vllm", "datasets", "pyarrow", "rensa", "matplotlib")


def doctor() -> None:
    """Print the screen."""
    table = Table(title=f"codefactory {__version__} on this machine", title_justify="left", show_header=False)
    table.add_column("what", style="bold")
    table.add_column("found")
    for what, found in rows():
        table.add_row(what, found)
    Console(highlight=False).print(table)


def rows() -> Iterator[tuple[str, str]]:
    """(what, what was found), each found by looking."""
    yield "python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    yield "cores", str(len(os.sched_getaffinity(0)))
    yield "memory", _memory()
    yield "disk here", f"{shutil.disk_usage('.').free / 2**30:.0f} GiB free"
    yield "GPU", _guard(_gpu)
    for library in LIBRARIES:
        yield library, _version(library)
    yield "docker engine", _guard(_engine)
    yield "sandbox", _guard(_sandbox)
    yield "embedded models", _models()
    yield (
        "environment",
        ", ".join(f"{key} is set" for key in KEYS if os.environ.get(key)) or "none of " + ", ".join(KEYS),
    )


def _guard(find: Callable[[], str]) -> str:
    """A machine that lacks something is what this screen is for: the error is the finding."""
    try:
        return find()
    except (CodefactoryError, ImportError, OSError) as error:
        return f"no: {error}"


def _memory() -> str:
    lines = Path("/proc/meminfo").read_text().splitlines()
    kib = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return f"{kib['MemTotal'] / 2**20:.1f} GiB, {kib['MemAvailable'] / 2**20:.1f} GiB available"


def _version(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def _gpu() -> str:
    import torch

    return str(torch.cuda.get_device_name(0)) if torch.cuda.is_available() else "none that torch sees; the CPU is used"


def _engine() -> str:
    import docker

    try:
        version = docker.from_env(timeout=3).version()
    except docker.errors.DockerException as error:
        return f"no engine answers ({str(error).splitlines()[0][:80]}); start one, or the namespace sandbox is used"
    return f"{version['Version']}, API {version['ApiVersion']}"


def _sandbox() -> str:
    import asyncio

    from codefactory.runner.base import open_runner

    async def look() -> str:
        async with open_runner() as runner:
            return f"{runner.name}, {runner.slots} slots, image {runner.image}"

    return asyncio.run(look())


def _models() -> str:
    return ", ".join(embedded()) or "none in this installation"

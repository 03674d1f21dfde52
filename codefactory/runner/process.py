"""The process runner, for this project's own tests of the protocol only: the fork server with no walls around it.

A job has rlimits, the system-call deny-list and, under root, another uid; it shares the machine's files, network and
process table. It must never see a candidate that somebody else wrote.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from functools import partial

from codefactory.runner import servers
from codefactory.runner.images import harness_hash, sandbox_folder
from codefactory.runner.pool import Box, Envelope, Launcher, Pool


class ProcessLauncher(Launcher):
    """Boxes are plain processes."""

    name = "process"

    def __init__(self) -> None:
        self.image = f"process:{sys.version.split()[0]}:{harness_hash('python')}"

    async def launch(self, envelope: Envelope) -> Box:
        folder = servers.fresh_folder("codefactory-box-")
        folder.chmod(0o1777)
        uid = random.randrange(20_000, 60_000) if os.geteuid() == 0 else -1
        server = [sys.executable, "-s", str(sandbox_folder() / "server.py"), "--uid", str(uid)]
        environment = {
            "PATH": "/usr/bin:/bin",
            "PYTHONHASHSEED": "0",
            "SANDBOX_BOX": str(folder),
            "TMPDIR": str(folder),
            "LD_BIND_NOW": "1",
        }
        return await servers.start(
            lambda fd: [*server, "--oom-fd", "-2", "--cpu-fd", "-2", "--fd", str(fd)],
            environment,
            envelope,
            folder,
            partial(shutil.rmtree, folder, ignore_errors=True),
        )

    async def destroy(self, box: Box) -> None:
        await servers.end(box)


async def open_process(slots: int, runtime: str = "") -> Pool:
    """A running process runner."""
    return await Pool(ProcessLauncher(), slots).start()

"""What is left when things go wrong on our side: nothing; and what is said: one clear line, never a verdict."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from codefactory.errors import ConfigError, SandboxError
from codefactory.runner import docker as docker_runner
from codefactory.runner import engine as engine_module
from codefactory.runner import images
from codefactory.runner.base import choose, open_runner
from codefactory.runner.engine import client, engine_answers
from codefactory.runner.pool import Box, Envelope, Pool
from codefactory.types import Call, Case, Check, Job, Limits, Status
from tests.runner.conftest import require

LIMITS = Limits(cpu_s=1.0, wall_s=8.0)
NOBODY = 65534
SLOW = "import time\ntime.sleep(1.5)\ndef f(): return 1\n"
HOST = """
import asyncio, sys
from codefactory.runner.base import open_runner
from codefactory.types import Call, Case, Job, Limits
async def main():
    cases = (Case("c", "", Call("f()", "1")),)
    job = Job("python", "import time\\ntime.sleep(60)", "f", cases, limits=Limits(wall_s=60))
    async with open_runner(sys.argv[1], slots=2) as runner:
        work = [asyncio.create_task(runner.execute(job)) for _ in range(4)]
        await asyncio.sleep(0.5)
        print("running", flush=True)
        await asyncio.gather(*work)
asyncio.run(main())
"""


def job(code: str = "def f(): return 1") -> Job:
    return Job("python", code, "f", (Case("c", "", Call("f()", "1")),), limits=LIMITS)


def containers(pid: int) -> list[str]:
    """Our containers that a process owns."""
    engine = client()
    found = engine.containers.list(all=True, filters={"label": docker_runner.LABEL}, ignore_removed=True)
    owned = [c.name for c in found if c.labels[docker_runner.LABEL].split(":")[1] == str(pid)]
    engine.close()
    return owned


def below(pid: int) -> set[str]:
    """Process ids of everything that a process has started, directly or not."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[folder.name] = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
    found = {str(pid)}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {str(pid)}


def left(pids: set[str]) -> set[str]:
    """Those that still run."""
    return {pid for pid in pids if Path("/proc", pid).exists()}


@pytest_asyncio.fixture
async def pool() -> AsyncIterator[Pool]:
    require("docker")
    async with open_runner("docker", slots=1) as opened:
        assert isinstance(opened, Pool)
        yield opened


@pytest.mark.parametrize("name", ["docker", "namespace"])
def test_a_killed_host_leaves_nothing_after_five_seconds(name: str) -> None:
    require(name)
    host = subprocess.Popen([sys.executable, "-c", HOST, name], stdout=subprocess.PIPE, text=True)
    assert host.stdout is not None
    assert host.stdout.readline() == "running\n"
    started = below(host.pid)
    assert name == "docker" or len(started) >= 2
    assert name != "docker" or len(containers(host.pid)) >= 2
    host.send_signal(signal.SIGKILL)
    host.wait()
    end = time.monotonic() + 5
    while time.monotonic() < end and (left(started) or (name == "docker" and containers(host.pid))):
        time.sleep(0.2)
    assert not left(started)
    assert name != "docker" or not containers(host.pid)


async def test_a_closed_runner_leaves_no_container(pool: Pool) -> None:
    assert (await pool.execute(job())).status is Status.PASSED
    assert containers(os.getpid())
    await pool.close()
    assert not containers(os.getpid())


async def test_containers_of_dead_owners_are_swept_and_those_of_living_ones_are_not(pool: Pool) -> None:
    engine = client()
    dead = _sleeping(engine, pool.image, f"{docker_runner.owner().split(':')[0]}:999999:1")
    alive = containers(os.getpid())
    assert docker_runner.sweep(engine) >= 1
    assert dead.id not in [c.id for c in engine.containers.list(all=True, ignore_removed=True)]
    assert set(alive) <= set(containers(os.getpid()))


async def test_containers_of_another_machine_on_a_shared_engine_are_left_alone(pool: Pool) -> None:
    engine = client()
    other = _sleeping(engine, pool.image, "another-boot:1:1")
    try:
        docker_runner.sweep(engine)
        assert other.id in [c.id for c in engine.containers.list(ignore_removed=True)]
        other.kill()
        other.wait()
        docker_runner.sweep(engine)
        assert other.id not in [c.id for c in engine.containers.list(all=True, ignore_removed=True)]
    finally:
        with suppress(Exception):  # the sweep has removed it
            other.remove(force=True)


def _sleeping(engine: Any, image: str, owner: str) -> Any:
    labels = {docker_runner.LABEL: owner, docker_runner.NAMESPACE: os.readlink("/proc/self/ns/pid")}
    program = ["-c", "import time; time.sleep(60)"]
    return engine.containers.run(image, program, entrypoint="python3", detach=True, labels=labels)


def _kill_after(pool: Pool, delay_s: float, times: int) -> threading.Thread:
    def work() -> None:
        for _ in range(times):
            time.sleep(delay_s)
            box = pool._slots[0].box
            if box is not None:
                box.handle.kill()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


async def test_a_container_that_dies_is_our_fault_and_the_job_is_tried_elsewhere(pool: Pool) -> None:
    thread = _kill_after(pool, 0.6, 1)
    outcomes = await asyncio.gather(pool.execute(job(SLOW)), pool.execute(job()))
    assert [outcome.status for outcome in outcomes] == [Status.PASSED, Status.PASSED]
    thread.join()


async def test_a_sandbox_that_keeps_dying_raises_and_never_gives_a_verdict(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    launch = pool._launcher.launch

    async def doomed(envelope: Envelope) -> Box:
        box = await launch(envelope)
        asyncio.get_running_loop().call_later(0.8, box.handle.kill)
        return box

    monkeypatch.setattr(pool._launcher, "launch", doomed)
    thread = _kill_after(pool, 0.6, 1)
    endless = Job("python", SLOW.replace("1.5", "7"), "f", job().cases, limits=LIMITS)
    with pytest.raises(SandboxError, match="failed 3 times"):
        await pool.execute(endless)
    thread.join()


@contextmanager
def relay(refusal: str = "") -> Iterator[tuple[str, threading.Event]]:
    """An engine address that stops answering once the event is set, and may refuse to make containers."""
    stop = threading.Event()
    body = json.dumps({"message": refusal}).encode()
    refused = b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/docker.sock"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen()

        def pump(source: socket.socket, target: socket.socket) -> None:
            try:
                while not stop.is_set() and (data := source.recv(65536)):
                    if refusal and data.startswith(b"POST ") and b"/containers/create" in data.partition(b"\r\n")[0]:
                        source.sendall(refused % (len(body), body))
                        continue
                    target.sendall(data)
                target.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        def accept() -> None:
            while not stop.is_set():
                try:
                    near, _ = listener.accept()
                except OSError:
                    return
                far = socket.socket(socket.AF_UNIX)
                far.connect("/var/run/docker.sock")
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=pump, args=pair, daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield f"unix://{path}", stop
        finally:
            stop.set()
            listener.close()


async def test_an_engine_that_dies_in_the_middle_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    require("docker")
    if not Path("/var/run/docker.sock").exists():
        pytest.skip("the engine is not at its usual socket")
    real = client()
    with relay() as (address, stop):
        monkeypatch.setenv("DOCKER_HOST", address)
        async with open_runner("docker", slots=1) as pool:
            assert (await pool.execute(job())).status is Status.PASSED
            names = containers(os.getpid())
            monkeypatch.delenv("DOCKER_HOST")
            stop.set()
            os.unlink(address.removeprefix("unix://"))
            for name in names:
                real.containers.get(name).kill()
            await asyncio.sleep(0.3)
            with pytest.raises(SandboxError, match=r"engine stopped answering; start it again"):
                await pool.execute(job())


async def test_no_engine_is_one_clear_line_and_auto_means_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    monkeypatch.delenv("CODEFACTORY_SANDBOX", raising=False)
    with pytest.raises(SandboxError, match="no Docker engine answers; start it"):
        async with open_runner("docker"):
            pass
    assert await choose("auto") == "namespace"
    monkeypatch.setenv("CODEFACTORY_SANDBOX", "docker")
    assert await choose("auto") == "docker"


def said_by_another_user(action: Callable[[], object]) -> str:
    """The message of the SandboxError that an action ends in when a user without rights takes it, in a fork."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(NOBODY, NOBODY, NOBODY)
                os.setresuid(NOBODY, NOBODY, NOBODY)
            action()
        except SandboxError as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as file:
        said = file.read()
    os.waitpid(pid, 0)
    return said


def test_no_permission_on_the_socket_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    engine_answers()  # imports what a user without rights may not be able to read
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        os.chmod(folder, 0o755)
        listener.bind(f"{folder}/docker.sock")
        os.chmod(f"{folder}/docker.sock", 0)
        listener.listen()
        monkeypatch.setenv("DOCKER_HOST", f"unix://{folder}/docker.sock")
        said = said_by_another_user(engine_module.client)
    assert "the Docker socket refuses this user; join the group 'docker'" in said
    assert "\n" not in said


async def test_a_missing_image_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    require("docker")
    monkeypatch.setattr(images, "tag", lambda language: "codefactory/none:0")
    with pytest.raises(SandboxError, match="missing; build it with 'codefactory sandbox build'"):
        async with open_runner("docker"):
            pass


async def test_a_full_disk_of_the_engines_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    require("docker")
    if not Path("/var/run/docker.sock").exists():
        pytest.skip("the engine is not at its usual socket")
    message = "mkdir /var/lib/docker/overlay2/0a1b-init: no space left on device"
    with relay(refusal=message) as (address, _):
        monkeypatch.setenv("DOCKER_HOST", address)
        with pytest.raises(SandboxError, match=r"^the disk is full: .* \('docker system df'\)$"):
            async with open_runner("docker", slots=1):
                pass


@contextmanager
def full_disk() -> Iterator[str]:
    """A small file system without a free byte or a free inode."""
    with tempfile.TemporaryDirectory() as folder:
        mounted = ["mount", "-t", "tmpfs", "-o", "size=64k,nr_inodes=4", "tmpfs", folder]
        if os.geteuid() != 0 or subprocess.run(mounted, capture_output=True).returncode != 0:
            pytest.skip("a small file system cannot be mounted here")
        try:
            for number in range(3):
                Path(folder, str(number)).touch()
            yield folder
        finally:
            subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("name", ["docker", "namespace"])
async def test_a_full_disk_of_ours_is_one_clear_line(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    require(name)
    with full_disk() as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        with pytest.raises(SandboxError, match=rf"^no room for a sandbox's files in {folder}: .*; free some space"):
            async with open_runner(name, slots=1):
                pass


async def test_a_runtime_needs_docker() -> None:
    with pytest.raises(ConfigError, match="needs the docker runner"):
        async with open_runner("process", runtime="runsc"):
            pass


async def test_a_worn_out_box_is_replaced(pool: Pool) -> None:
    first = pool._slots[0].box
    assert first is not None
    first.jobs = 10**6
    assert (await pool.execute(job())).status is Status.PASSED
    assert pool._slots[0].box is not first


async def test_standard_streams_do_where_a_socket_cannot_be_mounted(pool: Pool) -> None:
    launcher = pool._launcher
    assert isinstance(launcher, docker_runner.DockerLauncher)
    launcher._stdio = True
    second = await Pool(launcher, 1).start()
    jobs = [
        Job("python", f"def f(): return {n}", "f", (Case("c", "", Call("f()", str(n))),), limits=LIMITS)
        for n in range(9)
    ]
    outcomes = [outcome async for outcome in second.run([*jobs, replace(jobs[0], hash_seed=3), jobs[1]])]
    assert all(outcome.status is Status.PASSED for outcome in outcomes)
    long = Job(
        "python", "print('x' * 300_000)", "", (Case("c", "", Call("", "x" * 300_000, Check.STDOUT)),), limits=LIMITS
    )
    assert (await second.execute(long)).status is Status.PASSED
    await second.close()

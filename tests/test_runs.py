"""Runs that people trust with money: shown before they cost, ended cleanly, looked at while they run."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from codefactory.budget import Stop
from codefactory.config import RunConfig
from codefactory.forecast import forecast
from codefactory.interruption import interruptible
from codefactory.ledger import Ledger
from codefactory.reading import load
from tests.llm.server import FakeServer, status
from tests.writer import CALLS_A_DRAFT, RUN, answer

CODEFACTORY = [sys.executable, "-m", "codefactory"]
COUNT = 16


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    with FakeServer(lambda number, payload: answer(payload)) as running:
        yield running


def _file(folder: Path, fake: FakeServer, *, count: int = COUNT, more: str = "", batch: int = 8) -> str:
    path = folder / "run.yaml"
    path.write_text(RUN.format(out=folder / "out", url=fake.url, batch=batch, timeout_s=20, count=count) + more)
    return str(path)


def _call(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CODEFACTORY, *words], capture_output=True, text=True, timeout=240, check=False)


def _slow(fake: FakeServer, seconds: float) -> None:
    def plan(number: int, payload: dict[str, object]) -> object:
        time.sleep(seconds)
        return answer(payload)

    fake.plan = plan  # type: ignore[assignment]


def _start(fake: FakeServer, path: str, after: int) -> subprocess.Popen[str]:
    """A run that has sent so many calls."""
    process = subprocess.Popen([*CODEFACTORY, "run", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 120
    while fake.answers < after and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    return process


def test_preview_shows_drafts_whole_and_the_run_does_not_pay_for_them_again(tmp_path: Path, fake: FakeServer) -> None:
    path = _file(tmp_path, fake)
    shown = _call("preview", path, "--count", "4")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.count("══ ") == 4
    assert "def add_" in shown.stdout
    assert "measured on 4 drafts of this run" in shown.stdout
    assert fake.answers == 4 * CALLS_A_DRAFT
    assert _call("run", path).returncode == 0
    assert fake.answers == COUNT * CALLS_A_DRAFT


def test_preview_does_not_bind_the_run_file(tmp_path: Path, fake: FakeServer) -> None:
    path = _file(tmp_path, fake, count=3)
    assert _call("preview", path).returncode == 0
    assert _call("preview", path, "--set", "llm.temperature=0.3").returncode == 0
    done = _call("run", path, "--set", "llm.temperature=0.3", "--json")
    assert json.loads(done.stdout)["calls"] == 0


def test_forecast_says_what_it_rests_on_and_is_right(tmp_path: Path, fake: FakeServer) -> None:
    path = _file(tmp_path, fake, more="budget: {prompt_price: 1, completion_price: 2}\n")
    config = load(RunConfig, Path(path))
    shape = forecast(config)
    assert "from the recipe's shape" in shape.basis
    assert shape.calls.likely == COUNT * CALLS_A_DRAFT
    assert shape.completion_tokens.high == COUNT * CALLS_A_DRAFT * config.llm.max_tokens
    assert _call("preview", path, "--count", "6").returncode == 0
    measured = forecast(config)
    assert (measured.measured_on, measured.drafts) == (6, COUNT - 6)
    done = json.loads(_call("run", path, "--json").stdout)
    for found, figure in ((done["calls"], measured.calls), (done["completion_tokens"], measured.completion_tokens)):
        assert figure.low <= found <= figure.high
    assert measured.cost
    assert measured.cost.low <= done["cost"] <= measured.cost.high
    assert forecast(config).drafts == 0


def test_forecast_says_where_a_budget_will_end_the_run(tmp_path: Path, fake: FakeServer) -> None:
    path = _file(tmp_path, fake, more="budget: {max_tokens: 1}\n")
    said = _call("forecast", path).stdout
    assert "max_tokens will be spent after about 0 of these drafts" in said


def test_ctrl_c_lets_what_is_in_flight_end(tmp_path: Path, fake: FakeServer) -> None:
    _slow(fake, 0.3)
    path = _file(tmp_path, fake)
    process = _start(fake, path, after=12)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Ctrl-C again stops at once" in said
    assert "Traceback" not in said
    with Ledger(tmp_path / "out" / "ledger.sqlite", write=False) as ledger:
        assert ledger.count("completion") == fake.answers < COUNT * CALLS_A_DRAFT
    fake.plan = lambda number, payload: answer(payload)
    assert _call("run", path).returncode == 0
    assert fake.answers == COUNT * CALLS_A_DRAFT, "not one call was paid for twice"


def test_second_ctrl_c_stops_at_once(tmp_path: Path, fake: FakeServer) -> None:
    _slow(fake, 15)
    process = _start(fake, _file(tmp_path, fake), after=2)
    for _ in range(2):
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
    _, said = process.communicate(timeout=10)
    assert process.returncode == 130
    assert said.strip().splitlines()[-1].startswith("codefactory: stopped at once")


async def test_signals_mean_after_the_work_what_they_meant_before() -> None:
    """Selecting follows a run: SIGTERM has to end it with a word, too."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        await interruptible(asyncio.sleep(0), Stop())
        assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGTERM, before)


def test_ctrl_c_does_not_wait_for_calls_that_would_be_tried_again(tmp_path: Path, fake: FakeServer) -> None:
    fake.plan = lambda number, payload: status(429, retry_after="300")
    process = _start(fake, _file(tmp_path, fake), after=4)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130


def test_spent_budget_has_its_exit_code_and_the_way_on(tmp_path: Path, fake: FakeServer) -> None:
    path = _file(tmp_path, fake, more="budget: {max_tokens: 1700}\n")
    short = ("--set", "llm.max_tokens=60")
    done = _call("run", path, *short)
    assert done.returncode == 8
    assert "budget.max_tokens leaves no room" in done.stderr.splitlines()[-1]
    assert json.loads(_call("status", path, "--json").stdout)["state"] == "max_tokens"
    assert _call("run", path, *short, "--set", "budget.max_tokens=1000000").returncode == 0


def test_status_of_a_run_that_runs_and_of_one_that_was_killed(tmp_path: Path, fake: FakeServer) -> None:
    _slow(fake, 0.1)
    path = _file(tmp_path, fake, count=60)
    process = _start(fake, path, after=80)
    running = json.loads(_call("status", path, "--json").stdout)
    assert (running["state"], running["pid"]) == ("running", process.pid)
    assert 0 < running["calls"] <= 60 * CALLS_A_DRAFT
    process.kill()
    process.communicate()
    assert json.loads(_call("status", path, "--json").stdout)["state"] == "killed"
    assert "the same command goes on" in _call("status", path).stdout
    fake.plan = lambda number, payload: answer(payload)
    assert _call("run", path).returncode == 0
    finished = json.loads(_call("status", path, "--json").stdout)
    assert (finished["state"], finished["drafts"], finished["calls"]) == ("finished", 60, 60 * CALLS_A_DRAFT)
    assert 0 < finished["prompt_tokens"] <= 7 * len(fake.calls), "a prompt counts once a call"


def test_status_before_any_run_says_what_to_run(tmp_path: Path, fake: FakeServer) -> None:
    done = _call("status", _file(tmp_path, fake))
    assert done.returncode == 2
    assert "codefactory run" in done.stderr


def test_run_as_json_is_one_object(tmp_path: Path, fake: FakeServer) -> None:
    done = _call("run", _file(tmp_path, fake, count=4), "--json")
    found = json.loads(done.stdout)
    assert (found["drafts"], found["calls"], found["stopped"]) == (4, 4 * CALLS_A_DRAFT, "")
    assert set(found["corpora"]) == {"agreement", "naive", "unfiltered"}


def test_validate_as_json_lists_the_mistakes(tmp_path: Path, fake: FakeServer) -> None:
    path = Path(_file(tmp_path, fake))
    path.write_text(path.read_text().replace("runner: process", "runner: proces"))
    done = _call("validate", str(path), "--json")
    assert done.returncode == 2
    (mistake,) = json.loads(done.stdout)["mistakes"]
    assert (mistake["line"], mistake["key"]) == (6, "sandbox.runner")


def test_keys_reach_nothing_that_is_written(tmp_path: Path, fake: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that repeats the key wherever it can: in answers, in reasons, in errors."""
    key = "sk-secret-0123456789abcdef"
    monkeypatch.setenv("FAKE_KEY", key)

    def plan(number: int, payload: dict[str, object]) -> object:
        if number % 5 == 0:
            return status((500, 429, 400)[number % 3], {"error": f"bad key {key}"}, retry_after="0")
        text = f"{key} said {key}" if number % 5 == 1 else None
        return answer(payload, text)

    fake.plan = plan  # type: ignore[assignment]
    path = _file(tmp_path, fake, count=12)
    said = [_call(*words) for words in (["preview", path, "--count", "3"], ["run", path], ["status", path])]
    said += [_call("export", path), _call("report", path), _call("run", path, "--json")]
    fake.plan = lambda number, payload: status(401, {"error": f"bad key {key}"})
    said.append(_call("run", path, "--set", "seeds.count=20"))
    assert fake.keys[0] == f"Bearer {key}"
    assert said[-1].returncode == 5
    assert all(key not in one.stdout + one.stderr for one in said)
    assert [one.returncode for one in said[:3]] == [0, 0, 0]
    written = [place for place in tmp_path.rglob("*") if place.is_file()]
    assert any(place.name == "ledger.sqlite" for place in written)
    assert [place.name for place in written if key.encode() in place.read_bytes()] == []


AUDIT = """
import os, sys
def note(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        place = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[:2]
        with open(os.environ["AUDIT_FILE"], "a") as file:
            file.write(f"{place!r}\\n")
sys.addaudithook(note)
"""


def test_no_host_is_contacted_that_the_run_file_does_not_name(tmp_path: Path, fake: FakeServer) -> None:
    """Every connection of the process and its children is noted by an audit hook; a redirect is not followed either."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(AUDIT)
    places = tmp_path / "places"
    away = status(307, b"", location="http://192.0.2.1/v1/chat/completions")
    fake.plan = lambda number, payload: away if number == 9 else answer(payload)
    environment = {**os.environ, "AUDIT_FILE": str(places)}
    environment["PYTHONPATH"] = f"{tmp_path / 'site'}:{os.environ.get('PYTHONPATH', '')}:{Path.cwd()}"
    path = _file(tmp_path, fake, count=4)
    for words in (["validate", path], ["run", path], ["export", path], ["report", path]):
        done = subprocess.run(
            [*CODEFACTORY, *words], env=environment, capture_output=True, text=True, timeout=240, check=False
        )
        assert done.returncode == 0, done.stderr
    seen = set(places.read_text().splitlines())
    named = {f"('127.0.0.1', {fake.port})"}
    assert named <= seen
    strangers = {
        place for place in seen - named if "docker.sock" not in place and f"'127.0.0.1', {fake.port}" not in place
    }
    assert strangers == set()


@pytest.mark.slow
def test_local_run_needs_no_network_at_all(tmp_path: Path) -> None:
    """In a network namespace of its own there is not even a loopback."""
    cut_off = ["unshare", "--net"]
    if subprocess.run([*cut_off, "true"], capture_output=True, check=False).returncode:
        pytest.skip("cutting off the network needs root and unshare")
    path = tmp_path / "run.yaml"
    path.write_text(
        f"out: {tmp_path / 'out'}\nllm: {{backend: local, model: micro-writer, max_tokens: 200}}\nseeds: {{count: 6}}\n"
        "sandbox: {runner: process}\n"
    )
    for words in (["validate"], ["preview", "--count", "2"], ["run"], ["export"], ["report"]):
        verb, *flags = words
        command = [*cut_off, *CODEFACTORY, verb, str(path), *flags]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr

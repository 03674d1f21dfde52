"""What a user meets at the command line: quick help, one clear line for each mistake, honest exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

CODEFACTORY = [sys.executable, "-m", "codefactory"]
RUN = """
out: {out}
llm: {{backend: local, model: {model}}}
seeds: {{count: 4}}
sandbox: {{runner: {runner}}}
select: {{decontaminate: []}}
"""


def _call(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CODEFACTORY, *words], capture_output=True, text=True, timeout=240, env={**os.environ, **environment}
    )


def _file(folder: Path, out: Path | None = None, model: str = "micro-writer", runner: str = "process") -> str:
    path = folder / "run.yaml"
    path.write_text(RUN.format(out=out or folder / "out", model=model, runner=runner))
    return str(path)


def _is_one_clear_line(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    lines = done.stderr.strip().splitlines()
    assert "Traceback" not in done.stderr
    assert lines[-1].startswith("codefactory: ")
    for word in words:
        assert word in lines[-1], lines[-1]


def test_help_loads_nothing_heavy() -> None:
    program = "import sys, codefactory.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not {"torch", "transformers", "datasets", "docker", "numpy", "pydantic"} & set(loaded)


VERBS = ["run", "export", "import", "push", "verify", "reverify", "study", "report", "demo", "doctor", "init"]


@pytest.mark.parametrize("command", VERBS)
def test_every_verb_explains_itself(command: str) -> None:
    done = _call(command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_wrong_key_is_named_with_line_and_suggestion(tmp_path: Path) -> None:
    path = Path(_file(tmp_path))
    path.write_text(path.read_text().replace("seeds:", "seed:"))
    done = _call("run", str(path))
    assert done.returncode == 2
    assert "run.yaml:4: unknown key 'seed'; did you mean 'seeds'?" in done.stderr


def test_missing_file_is_named(tmp_path: Path) -> None:
    _is_one_clear_line(_call("run", str(tmp_path / "absent.yaml")), 3, "absent.yaml", "codefactory init")


def test_unknown_backend_gets_a_suggestion(tmp_path: Path) -> None:
    done = _call("run", _file(tmp_path), "--set", "llm.backend=locla")
    _is_one_clear_line(done, 2, "'locla'", "did you mean 'local'?")


def test_model_that_is_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config.json").write_text("{")
    _is_one_clear_line(_call("run", _file(tmp_path, model=str(tmp_path / "broken"))), 5, "broken")


def test_no_engine_is_said_in_one_line(tmp_path: Path) -> None:
    done = _call("run", _file(tmp_path, runner="docker"), DOCKER_HOST="unix:///nowhere/docker.sock")
    _is_one_clear_line(done, 6, "engine")


def test_output_place_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    done = _call("run", _file(tmp_path, out=tmp_path / "taken"))
    _is_one_clear_line(done, 4, "taken")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 KiB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)]
    if os.getuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_full_disk_is_said_in_one_line_and_the_same_command_goes_on(tmp_path: Path, small_disk: Path) -> None:
    path = _file(tmp_path, out=small_disk / "out")
    (small_disk / "ballast").write_bytes(b"x" * 200_000)
    _is_one_clear_line(_call("run", path, "--set", "seeds.count=64"), 4, "disk is full")
    (small_disk / "ballast").unlink()
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert _call("run", path, "--set", "seeds.count=64").returncode == 0


def test_read_only_folder_is_said_in_one_line(tmp_path: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    _is_one_clear_line(_call("run", _file(tmp_path, out=small_disk / "out")), 4, "out", "another folder")


def test_run_file_that_changed_under_an_old_ledger_is_refused(tmp_path: Path) -> None:
    assert _call("run", _file(tmp_path)).returncode == 0
    done = _call("run", _file(tmp_path), "--set", "llm.temperature=0.5")
    _is_one_clear_line(done, 2, "llm.temperature: 0.8 -> 0.5", "--extend")


def test_second_run_does_nothing_and_says_so(tmp_path: Path) -> None:
    path = _file(tmp_path)
    assert "paid for" in _call("run", path).stdout
    assert "nothing to do: all 4 drafts" in _call("run", path).stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_verb_without_a_way_to_wait_is_stopped_in_one_line(tmp_path: Path, number: signal.Signals) -> None:
    rows = tmp_path / "rows.jsonl"
    spin = "    for _ in range(3_000_000): pass\n"
    with rows.open("w") as lines:
        for n in range(60):
            code = f"def f{n}(x):\n{spin}    return x + {n}\n"
            tests = f"assert f{n}(1) == {n + 1}\nassert f{n}(2) == {n + 2}\n"
            lines.write(json.dumps({"problem": f"f{n}", "solution": code, "tests": tests}) + "\n")
    command = [*CODEFACTORY, "verify", str(rows), "--out", str(tmp_path / "out"), "--set", "runner=process"]
    # A shell's background job ignores Ctrl-C, and so would a child of tests that run in one.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heard)
    assert process.stderr
    assert "1 rows" in process.stderr.readline()
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert said.strip().splitlines()[-1].startswith("codefactory: stopped; what was finished is in the ledger")


def test_init_writes_a_good_run_file_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    assert _call("init", str(path)).returncode == 0
    assert "a good run file" in _call("validate", str(path)).stdout
    _is_one_clear_line(_call("init", str(path)), 3, "is there already")
    _is_one_clear_line(_call("init", str(tmp_path / "nowhere" / "run.yaml")), 3, "nowhere", "a folder that is there")


def test_schema_is_json_schema() -> None:
    assert json.loads(_call("schema", "study").stdout)["properties"]["arms"]
    assert json.loads(_call("schema", "training").stdout)["properties"]["objective"]
    _is_one_clear_line(_call("schema", "studdy"), 2, "'studdy'", "run, study, generations, training")


def test_sandbox_that_the_environment_misspells_is_named(tmp_path: Path) -> None:
    done = _call("run", _file(tmp_path, runner="auto"), CODEFACTORY_SANDBOX="dokcer")
    _is_one_clear_line(done, 2, "CODEFACTORY_SANDBOX", "did you mean 'docker'?")


def test_package_itself_can_be_run() -> None:
    done = subprocess.run([sys.executable, "-m", "codefactory", "--help"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, "Usage" in done.stdout) == (0, True)


def test_doctor_fits_one_screen_and_names_what_is_used() -> None:
    done = _call("doctor")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) <= 40
    for what in ("cores", "GPU", "docker engine", "sandbox", "embedded models"):
        assert what in done.stdout

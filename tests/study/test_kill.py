"""kill -9 in every stage of a study: started again, it ends with the same report, byte for byte but for its date."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from codefactory.corpus import store
from codefactory.filters.base import Funnel
from codefactory.tasks.base import load
from codefactory.types import to_json

pytest.importorskip("torch", reason="the train extra is not installed")
pytest.importorskip("jinja2", reason="the report extra is not installed")

ROOT = Path(__file__).parents[2]
# As a user's command, but for a checkpoint after every step: there is no half minute here.
COMMAND = """
import sys
from codefactory.training import micro
micro.CHECKPOINT_EVERY_S = 0.0
from codefactory.cli import main
main()
"""
SUMMARY = {"name": "tiny", "drafts": 60, "kept": {"agreement": 40}, "reasons": {}, "model": "m", "image": "i"}


def _write(folder: Path) -> None:
    """A finished run's corpus, tasks and a study file, all of them found from this folder."""
    folder.mkdir()
    records = load("reference:train")
    store.write(folder / "run" / "corpus" / "agreement", records[60:100], Funnel(), {"policy": "agreement"})
    (folder / "run" / "summary.json").write_text(json.dumps(SUMMARY))
    for name, rows in (("human", records[:30]), ("heldout", load("reference:heldout")[:3])):
        (folder / f"{name}.jsonl").write_text("".join(to_json(row).decode() + "\n" for row in rows))
    run = {"out": "run", "llm": {"backend": "local", "model": "micro-writer"}, "seeds": {"count": 60}}
    study = {
        "out": "study", "run": "run.yaml", "human": "jsonl@human.jsonl", "seeds": [0], "resamples": 200,
        "arms": [{"name": "base", "data": "none"}, {"name": "human", "data": "human"},
                 {"name": "synthetic", "data": "synthetic", "rows": 20}],
        "train": {"base": "micro-base", "steps": 4, "tokens_per_step": 512},
        "evaluation": {"tasks": "jsonl@heldout.jsonl", "max_tokens": 32},
        "sandbox": {"runner": "process", "slots": 1},
    }  # fmt: skip
    for name, data in (("run", run), ("study", study)):
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data))


def _start(folder: Path, verb: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, verb, "study.yaml"],
            cwd=folder, stdout=log, stderr=log, start_new_session=True,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip


def _kill_when(folder: Path, verb: str, reached: Callable[[], bool]) -> bool:
    """Kill the command as soon as it is there; whether it still ran."""
    process = _start(folder, verb)
    while process.poll() is None and not reached():
        time.sleep(0.005)
    running = process.poll() is None
    if running:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return running


def _said(folder: Path, words: str) -> Callable[[], bool]:
    return lambda: words in (folder / "log").read_text()


def _finish(folder: Path) -> tuple[str, str]:
    """Run to the end; the study's figures and its page, without their date."""
    for verb in ("study", "report"):
        assert _start(folder, verb).wait(timeout=900) == 0, (folder / "log").read_text()
    figures = (folder / "study" / "study.json").read_text()
    date = json.loads(figures)["finished"]
    page = (folder / "study" / "report.html").read_text()
    return figures.replace(date, ""), re.sub(r"finished \d{4}-\d\d-\d\d", "", page)


def _weights(folder: Path) -> dict[str, bytes]:
    """Every trained model, whose answers may be as bad as another's and alike in score."""
    return {path.parent.name: path.read_bytes() for path in folder.glob("study/models/*/model.safetensors")}


@pytest.mark.slow
def test_a_study_killed_in_every_stage_ends_with_the_same_report(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for folder in (whole, killed):
        _write(folder)
    models = killed / "study" / "models"
    in_training = _kill_when(killed, "study", lambda: bool(list(models.glob(".*.checkpoint.pt"))))
    between = _kill_when(killed, "study", _said(killed, "training 2/2: synthetic"))
    evaluating = _kill_when(killed, "study", _said(killed, "base, seed 0: pass@1"))
    assert in_training
    assert between
    assert evaluating
    assert not (killed / "study" / "study.json").exists()
    assert _start(killed, "study").wait(timeout=900) == 0
    _kill_when(killed, "report", (killed / "study" / "report.html").exists)
    assert _finish(killed) == _finish(whole)
    assert len(_weights(whole)) == 2
    assert _weights(killed) == _weights(whole)
    log = (killed / "log").read_text()
    assert "continuing at step" in log
    assert "nothing to do, every model is in the ledger" in log

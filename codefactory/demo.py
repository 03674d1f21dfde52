"""The demo: the same commands that a user types, one after the other, on files that ship with the package."""

from __future__ import annotations

import resource
import time
from importlib.resources import files
from pathlib import Path

from codefactory import commands
from codefactory.config import RunConfig, StudyConfig
from codefactory.reading import load

console = commands.console


def demo() -> None:
    """Write, execute, select, export, study, report; killed and started again, it goes on where it was."""
    started = time.monotonic()
    examples = Path(str(files("codefactory").joinpath("examples")))
    run_file, study_file = examples / "demo.yaml", examples / "demo-study.yaml"
    run = load(RunConfig, run_file)
    study = load(StudyConfig, study_file)
    out = study.out.parent
    _step(f"codefactory run {run_file}", "the micro writer writes, the sandbox executes")
    commands.run_and_select(run)
    _step(f"codefactory export {run_file}", "the verified corpus, documented, in the field's formats")
    commands.export_corpus(run, out / "export", run.select.policy, ("sft", "problems"))
    _step(f"codefactory study {study_file}", "one student an arm; pure synthetic, mixed, human")
    commands.run_the_study(study, str(study_file))
    _step(f"codefactory report {study_file}", "one page about all of it")
    commands.write_report(study_file, out / "report.html")
    minutes = (time.monotonic() - started) / 60
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    console.print(f"\ndone in {minutes:.1f} min, at most {memory:.1f} GiB; open {out}/report.html")


def _step(command: str, meaning: str) -> None:
    console.print(f"\n[bold]$ {command}[/bold]   # {meaning}")

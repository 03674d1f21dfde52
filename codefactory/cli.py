"""The command line: one function a verb, each of them thin; heavy imports wait until a verb needs them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from codefactory.errors import CodefactoryError

INTERRUPTED = 130  # exit code after Ctrl-C, by the shells' convention

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Verified synthetic code data: write, execute, keep with evidence, train, compare.",
)
sandbox = typer.Typer(no_args_is_help=True, help="The walls that model-written code runs in.")
app.add_typer(sandbox, name="sandbox")

RunFile = Annotated[Path, typer.Argument(metavar="RUN.yaml", help="a run file; 'codefactory init' writes one")]
StudyFile = Annotated[Path, typer.Argument(metavar="STUDY.yaml", help="a study file")]
Overrides = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="override a key of the file")]
Extend = Annotated[bool, typer.Option("--extend", help="go on although the run file changed; old work stays")]


@app.command()
def run(file: RunFile, set_: Overrides = None, extend: Extend = False) -> None:
    """Seeds -> drafts -> execution -> evidence -> ledger -> corpus. The same command resumes."""
    from codefactory.commands import run_and_select
    from codefactory.config import RunConfig, load

    run_and_select(load(RunConfig, file, tuple(set_ or ())), extend=extend)


@app.command()
def select(
    file: RunFile,
    policy: Annotated[str, typer.Option(help="a policy's name, or a YAML file")] = "",
    min_probability: Annotated[float, typer.Option(min=0, max=1, help="of being right, for every kept row")] = 0.0,
    calibration: Annotated[
        Path | None, typer.Option(metavar="FILE", help="what probabilities go by; default: the one that ships")
    ] = None,
    set_: Overrides = None,
) -> None:
    """Apply a policy to the stored evidence again: no model call, no execution."""
    from codefactory.commands import select_policy
    from codefactory.config import RunConfig, load

    config = load(RunConfig, file, tuple(set_ or ()))
    select_policy(config, policy or config.select.policy, min_probability, calibration)


@app.command()
def export(
    file: RunFile,
    out: Annotated[Path | None, typer.Option(help="folder; default: <run out>/export")] = None,
    policy: Annotated[str, typer.Option(help="which selected corpus; default: the run file's")] = "",
    formats: Annotated[str, typer.Option(help="comma-separated")] = "sft,problems",
    set_: Overrides = None,
) -> None:
    """Write the corpus as parquet and JSONL with a dataset card."""
    from codefactory.commands import export_corpus
    from codefactory.config import RunConfig, load

    config = load(RunConfig, file, tuple(set_ or ()))
    export_corpus(config, out or config.out / "export", policy or config.select.policy, tuple(formats.split(",")))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="your rows: .jsonl, .jsonl.gz, .json or .parquet")],
    tasks: Annotated[str, typer.Option(help="the task set that completions are for, such as humaneval@FILE")] = "",
    out: Annotated[Path | None, typer.Option(help="folder; default: runs/verify/<FILE's name>")] = None,
    policy: Annotated[str, typer.Option(help="what counts as holding: a policy's name, or a YAML file")] = "own_tests",
    problem: Annotated[str, typer.Option(metavar="COLUMN", help="where its name is not recognised")] = "",
    solution: Annotated[str, typer.Option(metavar="COLUMN")] = "",
    tests: Annotated[str, typer.Option(metavar="COLUMN")] = "",
    entry_point: Annotated[str, typer.Option(metavar="COLUMN", help="the function that the tests call")] = "",
    setup: Annotated[str, typer.Option(metavar="COLUMN", help="source that the tests need, such as imports")] = "",
    name: Annotated[str, typer.Option(metavar="COLUMN", help="what verdicts call a row")] = "",
    cut: Annotated[bool, typer.Option("--cut", help="end a completion where its function ends: raw output")] = False,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="a sandbox key, such as limits.cpu_s=5")
    ] = None,
) -> None:
    """Execute the rows of any file on their own tests: evidence, and a verdict for every row. Resumes."""
    from codefactory.commands import verify_file

    columns = {"problem": problem, "solution": solution, "tests": tests, "entry_point": entry_point}
    verify_file(file, out, columns | {"setup": setup, "name": name}, tasks, policy, cut, tuple(set_ or ()))


@app.command()
def reverify(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="an export, a corpus folder, or one file of either")],
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="a sandbox key, such as limits.cpu_s=5")
    ] = None,
) -> None:
    """Execute every exported row again, from the row alone; ends with an error where a verdict does not hold."""
    from codefactory.commands import reverify_corpus

    reverify_corpus(corpus, tuple(set_ or ()))


@app.command()
def study(
    file: StudyFile,
    set_: Overrides = None,
    recompute: Annotated[
        str, typer.Option(metavar="ARM", help="recompute an arm's numbers from the ledger alone")
    ] = "",
) -> None:
    """Train one model an arm, measure all on the same held-out tasks, compare with intervals."""
    from codefactory.commands import run_the_study
    from codefactory.config import StudyConfig, load

    run_the_study(load(StudyConfig, file, tuple(set_ or ())), str(file), recompute)


@app.command()
def report(
    file: Annotated[Path, typer.Argument(metavar="FILE.yaml", help="a study file, or a run file")],
    out: Annotated[Path | None, typer.Option(help="the page; default: report.html beside the ledger")] = None,
    set_: Overrides = None,
) -> None:
    """One self-contained HTML page about a study and the run behind it."""
    from codefactory.commands import write_report

    write_report(file, out, tuple(set_ or ()))


@app.command()
def show(
    file: RunFile,
    id_: Annotated[str, typer.Argument(metavar="ID", help="a record's or draft's id, or its first letters")],
    set_: Overrides = None,
) -> None:
    """The whole story of one draft: seed, calls, solutions, suites, evidence, verdicts."""
    from codefactory.commands import show_draft
    from codefactory.config import RunConfig, load

    show_draft(load(RunConfig, file, tuple(set_ or ())), id_)


@app.command()
def demo() -> None:
    """The whole loop on this machine, offline, into runs/demo: write, execute, keep, train, compare, report."""
    from codefactory.demo import demo as run_demo

    run_demo()


@app.command()
def init(file: Annotated[Path, typer.Argument(help="the run file to write")] = Path("run.yaml")) -> None:
    """Write a commented run file that works offline as it is."""
    from codefactory.commands import write_example

    write_example(file)


@app.command()
def validate(file: RunFile) -> None:
    """Check a run or study file without running it."""
    from codefactory.commands import validate_file

    validate_file(file)


@app.command()
def schema(kind: Annotated[str, typer.Argument(help="run | study")] = "run") -> None:
    """Print the JSON schema of a run or study file, for editors."""
    import json

    from codefactory.config import RunConfig, StudyConfig

    typer.echo(json.dumps((StudyConfig if kind == "study" else RunConfig).model_json_schema(), indent=1))


@app.command()
def doctor() -> None:
    """What this machine has, and what will be used."""
    from codefactory.doctor import doctor as examine

    examine()


@app.command()
def languages(
    check: Annotated[
        bool, typer.Option("--check", help="run every hostile program in each language that is built")
    ] = False,
) -> None:
    """The languages there are: what is in their images, what their suites are made of, what can be trusted."""
    from codefactory.polyglot import list_languages

    list_languages(check)


@app.command()
def tracks(
    tasks: Annotated[
        list[str], typer.Argument(metavar="TASKS...", help="task sets, such as exercism@exercism-lua.jsonl")
    ],
) -> None:
    """Run every exercise's example solution and its stub on its own tests: a table by track."""
    from codefactory.polyglot import check_tracks

    check_tracks(tasks)


@sandbox.command("build")
def sandbox_build(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="LANGUAGE...", help="'all', or some; default: Python")
    ] = None,
) -> None:
    """Build the images that are missing; quick when there is nothing to do."""
    from codefactory.commands import build_images

    build_images(tuple(names or ()))


@sandbox.command("check")
def sandbox_check() -> None:
    """Run a good and several bad programs, and say what is enforced here and what is not."""
    from codefactory.commands import check_sandbox

    check_sandbox()


def main() -> None:
    """Entry point: one clear line for every error that is ours to explain, and its exit code."""
    try:
        app()
    except CodefactoryError as error:
        typer.echo(f"codefactory: {error}", err=True)
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code == INTERRUPTED:  # what typer makes of Ctrl-C
            typer.echo("\ncodefactory: stopped; what was finished is in the ledger, the same command goes on", err=True)
        raise
    except OSError as error:
        # A full disk or a read-only folder can surface anywhere a file is written.
        typer.echo(
            f"codefactory: {error.filename or ''}: {error.strerror or error}; nothing finished was lost, run again",
            err=True,
        )
        sys.exit(4)


if __name__ == "__main__":
    main()

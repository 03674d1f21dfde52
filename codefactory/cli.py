"""The command line: one function a verb, each of them thin; heavy imports wait until a verb needs them."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from codefactory.errors import CodefactoryError

INTERRUPTED = 130  # exit code after Ctrl-C or SIGTERM, by the shells' convention

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


AsJson = Annotated[bool, typer.Option("--json", help="one JSON object on stdout, for machines")]


@app.command()
def run(file: RunFile, set_: Overrides = None, extend: Extend = False, as_json: AsJson = False) -> None:
    """Seeds -> drafts -> execution -> evidence -> ledger -> corpus. The same command resumes."""
    from codefactory.commands import run_and_select
    from codefactory.config import RunConfig
    from codefactory.reading import load

    run_and_select(load(RunConfig, file, tuple(set_ or ())), extend=extend, as_json=as_json)


@app.command()
def preview(
    file: RunFile,
    count: Annotated[int, typer.Option(min=1, help="drafts to make")] = 10,
    set_: Overrides = None,
    as_json: AsJson = False,
) -> None:
    """Make the first drafts and show them whole, then forecast the rest; the run pays for none of them again."""
    from codefactory.config import RunConfig
    from codefactory.reading import load
    from codefactory.runs import preview as make

    make(load(RunConfig, file, tuple(set_ or ())), count, as_json)


@app.command()
def forecast(file: RunFile, set_: Overrides = None, as_json: AsJson = False) -> None:
    """Calls, tokens, time and cost that are still to come, and what the figures rest on; asks no model."""
    from codefactory.config import RunConfig
    from codefactory.reading import load
    from codefactory.runs import show_forecast

    show_forecast(load(RunConfig, file, tuple(set_ or ())), as_json)


@app.command()
def status(file: RunFile, set_: Overrides = None, as_json: AsJson = False) -> None:
    """Where a running or ended run stands: drafts, tokens, cost, yield, why drafts were dropped."""
    from codefactory.config import RunConfig
    from codefactory.reading import load
    from codefactory.runs import show_status

    show_status(load(RunConfig, file, tuple(set_ or ())), as_json)


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
    from codefactory.config import RunConfig
    from codefactory.reading import load

    config = load(RunConfig, file, tuple(set_ or ()))
    select_policy(config, policy or config.select.policy, min_probability, calibration)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="RUN.yaml", help="a run file, or a corpus folder")],
    out: Annotated[Path | None, typer.Option(help="folder; default: <run out>/export")] = None,
    policy: Annotated[str, typer.Option(help="which selected corpus; default: the run file's")] = "",
    formats: Annotated[str, typer.Option(help="comma-separated, or 'all'")] = "sft,problems",
    set_: Overrides = None,
) -> None:
    """Write the corpus as parquet and JSONL with a dataset card."""
    from codefactory.commands import export_corpus
    from codefactory.config import RunConfig
    from codefactory.reading import load

    if file.is_dir():
        from codefactory.transfer import export_folder

        export_folder(file, out or file.parent / "export", tuple(formats.split(",")))
        return
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
    mutation: Annotated[
        bool, typer.Option("--mutation", help="measure too how many mutants each row's tests kill")
    ] = False,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="a sandbox key, such as limits.cpu_s=5")
    ] = None,
) -> None:
    """Execute the rows of any file on their own tests: evidence, a verdict for every row, a page. Resumes."""
    from codefactory.commands import verify_file

    columns = {"problem": problem, "solution": solution, "tests": tests, "entry_point": entry_point}
    verify_file(file, out, columns | {"setup": setup, "name": name}, tasks, policy, cut, tuple(set_ or ()), mutation)


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


@app.command("import")
def import_(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="a file, a task set such as mbpp:train@FILE, or hub:owner/name")
    ],
    out: Annotated[Path | None, typer.Option(help="folder; default: runs/import/<SOURCE's name>")] = None,
    policy: Annotated[str, typer.Option(help="what counts as holding: a policy's name, or a YAML file")] = "own_tests",
    origin: Annotated[str, typer.Option(help="human | synthetic")] = "human",
    licence: Annotated[str, typer.Option(help="of rows that do not say it themselves")] = "",
    splits: Annotated[str, typer.Option(help="by problem family, such as train=0.9,test=0.1")] = "",
    decontaminate: Annotated[str, typer.Option(help="task sets, comma-separated; '' for none")] = "reference",
    problem: Annotated[str, typer.Option(metavar="COLUMN", help="where its name is not recognised")] = "",
    solution: Annotated[str, typer.Option(metavar="COLUMN")] = "",
    tests: Annotated[str, typer.Option(metavar="COLUMN")] = "",
    entry_point: Annotated[str, typer.Option(metavar="COLUMN", help="the function that the tests call")] = "",
    setup: Annotated[str, typer.Option(metavar="COLUMN", help="source that the tests need, such as imports")] = "",
    name: Annotated[str, typer.Option(metavar="COLUMN", help="what a row is called")] = "",
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="a sandbox key, such as limits.cpu_s=5")
    ] = None,
) -> None:
    """Bring a human-annotated set in, by the same path as what a model writes: executed, filtered, a corpus folder."""
    from codefactory.transfer import import_source

    columns = {"problem": problem, "solution": solution, "tests": tests, "entry_point": entry_point}
    roles = {role: column for role, column in (columns | {"setup": setup, "name": name}).items() if column}
    import_source(source, out, roles, policy, origin, licence, splits, decontaminate, tuple(set_ or ()))


@app.command()
def push(
    folder: Annotated[Path, typer.Argument(metavar="EXPORT", help="a folder that 'codefactory export' wrote")],
    repository: Annotated[str, typer.Argument(metavar="OWNER/NAME", help="the data set's name on the hub")],
    private: Annotated[bool, typer.Option("--private", help="visible to you alone, where it is made")] = False,
    message: Annotated[str, typer.Option(help="of the commit")] = "",
    revision: Annotated[str, typer.Option(help="branch")] = "main",
) -> None:
    """Upload an export to the Hugging Face hub (HF_TOKEN; HF_ENDPOINT for another hub)."""
    from codefactory.transfer import push_export

    push_export(folder, repository, private, message, revision)


@app.command()
def study(
    file: StudyFile,
    set_: Overrides = None,
    recompute: Annotated[
        str, typer.Option(metavar="ARM", help="recompute an arm's numbers from the ledger alone")
    ] = "",
) -> None:
    """Train one model an arm, measure all on the same held-out tasks, compare with intervals."""
    from codefactory.commands import run_the_study, typed
    from codefactory.config import StudyConfig
    from codefactory.reading import load

    changed = tuple(set_ or ())
    run_the_study(load(StudyConfig, file, changed), typed(file, changed), recompute)


@app.command()
def generations(
    file: Annotated[Path, typer.Argument(metavar="GENERATIONS.yaml", help="a generations file")],
    set_: Overrides = None,
) -> None:
    """Rounds in which the student becomes the writer: quality and diversity of each. The same command resumes."""
    from codefactory.commands import run_the_generations
    from codefactory.config import GenerationsConfig
    from codefactory.reading import load

    run_the_generations(load(GenerationsConfig, file, tuple(set_ or ())))


@app.command()
def train(
    file: Annotated[Path, typer.Argument(metavar="TRAINING.yaml", help="a training file")], set_: Overrides = None
) -> None:
    """Train one model: SFT on a corpus, DPO or KTO on preferences. The same command resumes."""
    from codefactory.config import TrainingConfig
    from codefactory.reading import load
    from codefactory.training.run import run_training

    run_training(load(TrainingConfig, file, tuple(set_ or ())))


@app.command()
def report(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.yaml", help="a study, generations or run file, or a folder of verdicts")
    ],
    out: Annotated[Path | None, typer.Option(help="the page; default: report.html beside the ledger")] = None,
    set_: Overrides = None,
) -> None:
    """One self-contained HTML page about a study and the run behind it."""
    from codefactory.commands import write_report

    write_report(file, out, tuple(set_ or ()))


@app.command()
def diversity(
    sets: Annotated[list[str], typer.Argument(metavar="CORPUS...", help="corpus folders, or task sets by name")],
    against: Annotated[str, typer.Option(metavar="HUMAN", help="a human set or corpus to compare with")] = "",
    embedding: Annotated[str, typer.Option(help="hashed, or a Hugging Face directory")] = "hashed",
    json_: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="write the figures, too")] = None,
) -> None:
    """How diverse corpora are, side by side or from one generation to the next, and what they have lost."""
    from codefactory.diversity.table import show_diversity

    show_diversity(sets, against, embedding, json_)


@app.command()
def show(
    file: RunFile,
    id_: Annotated[str, typer.Argument(metavar="ID", help="a record's or draft's id, or its first letters")],
    set_: Overrides = None,
) -> None:
    """The whole story of one draft: seed, calls, solutions, suites, evidence, verdicts."""
    from codefactory.commands import show_draft
    from codefactory.config import RunConfig
    from codefactory.reading import load

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
def validate(file: RunFile, as_json: AsJson = False) -> None:
    """Check a file of any kind without running it: every mistake, with its line and what was probably meant."""
    from codefactory.commands import validate_file

    validate_file(file, as_json)


@app.command()
def schema(kind: Annotated[str, typer.Argument(help="run | study | generations | training")] = "run") -> None:
    """Print the JSON schema of a file of this kind, for editors."""
    from codefactory.commands import print_schema

    print_schema(kind)


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
    canonical: Annotated[
        Path | None, typer.Option(help="Exercism's canonical data (JSON lines), to compare its verdicts with")
    ] = None,
) -> None:
    """Run every exercise's example solution and its stub on its own tests: a table by track."""
    from codefactory.polyglot import check_canonical, check_tracks

    if canonical:
        check_canonical(canonical, tasks)
    else:
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


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    """What Ctrl-C would do now: an event loop has a handler of its own, which lets everything under way clean up."""
    usual = signal.getsignal(signal.SIGINT)
    (usual if callable(usual) else signal.default_int_handler)(number, frame)


def main() -> None:
    """Entry point: one clear line for every error that is ours to explain, and its exit code."""
    signal.signal(signal.SIGTERM, _as_interrupt)  # a scheduler's word for Ctrl-C
    try:
        app()
    except CodefactoryError as error:
        typer.echo(f"codefactory: {error}", err=True)
        sys.exit(error.exit_code)
    except SystemExit as end:
        if end.code == INTERRUPTED:  # what typer makes of Ctrl-C and SIGTERM
            typer.echo("\ncodefactory: stopped; what was finished is in the ledger, the same command goes on", err=True)
        raise
    except OSError as error:
        # A full disk or a read-only folder can surface anywhere a file is written.
        what = f"{error.filename or ''}: {error.strerror or error}"
        typer.echo(f"codefactory: {what}; nothing finished was lost, run again", err=True)
        sys.exit(4)

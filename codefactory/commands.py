"""What the verbs of the command line do; `cli` only parses flags."""

from __future__ import annotations

import asyncio
import json
import shlex
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from rich.console import Console
from rich.table import Table

from codefactory.config import GenerationsConfig, RunConfig, SandboxConfig, StudyConfig, TrainingConfig, VerifyConfig
from codefactory.errors import ConfigError, InputError, SandboxError
from codefactory.reading import from_flags, load

if TYPE_CHECKING:
    from codefactory.verification import Summary

EXAMPLES = files("codefactory").joinpath("examples")
console = Console(highlight=False, soft_wrap=True)


def run_and_select(config: RunConfig, *, extend: bool = False, as_json: bool = False) -> None:
    """Run to the end, then select; say so when there was nothing left to do, or when a budget ended it early.

    Raises:
        StoppedError: where the run did not come to its end; its ledger is good, and nothing was selected.
    """
    from codefactory import runs
    from codefactory.selection import select_all

    if not as_json:
        runs.announce(config)
    progress = runs.execute(config, extend=extend)
    funnels = {} if progress.stopped else select_all(config)
    if as_json:
        runs.show_json(runs.report(config, progress, {name: funnel.kept for name, funnel in funnels.items()}))
    elif progress.paid:
        for line in runs.account(config, progress):
            console.print(line)
    elif not progress.stopped:
        console.print(
            f"nothing to do: all {progress.planned:,} drafts and their evidence are in {config.out}/ledger.sqlite"
        )
    if funnels and not as_json:
        console.print(_funnel_table(funnels))
        console.print(f"corpora: {config.out}/corpus/{{{','.join(funnels)}}}")
    runs.check_stopped(progress)


def _funnel_table(funnels: dict) -> Table:  # type: ignore[type-arg]  # name -> Funnel; the filter room is imported late
    """One column a rule; every draft is in exactly one row of it."""
    table = Table(title="every draft, by rule", title_justify="left")
    table.add_column("reason")
    for name in funnels:
        table.add_column(name, justify="right")
    table.add_row("drafts", *(f"{funnel.seen:,}" for funnel in funnels.values()))
    slugs = dict.fromkeys(slug for funnel in funnels.values() for slug, count in funnel.reasons.items() if count)
    for slug in slugs:
        table.add_row(f"- {slug}", *(f"{funnel.reasons.get(slug, 0):,}" for funnel in funnels.values()))
    table.add_row("[bold]kept", *(f"[bold]{funnel.kept:,}" for funnel in funnels.values()))
    return table


def select_policy(
    config: RunConfig, policy: str, min_probability: float = 0.0, calibration: Path | None = None
) -> None:
    """Apply one policy again; with a least probability, say what the probabilities go by."""
    from codefactory.selection import corpus_name, select
    from codefactory.verify.calibration import load as load_calibration
    from codefactory.verify.calibration import shipped

    chosen = load_calibration(calibration) if calibration else shipped()
    name = corpus_name(policy, min_probability)
    console.print(_funnel_table({name: select(config, policy, min_probability, chosen, console.print)}))
    if min_probability:
        console.print(f"probabilities: fitted on {chosen.source}")
    console.print(f"corpus: {config.corpus(name)}")


def show_draft(config: RunConfig, wanted: str) -> None:
    """Print one draft's story: what was asked, what came, what was found, what each rule says, where it ended up."""
    from codefactory.ledger import Ledger
    from codefactory.pipeline import known_keys
    from codefactory.selection import ledger_items
    from codefactory.story import draft_of, story

    keys = known_keys(config)
    of_row = draft_of(config, wanted)
    with Ledger(config.out / "ledger.sqlite", write=False) as ledger:
        for seed, draft, evidence in ledger_items(config, ledger, keys):
            if draft.id == of_row or draft.id.startswith(wanted):
                console.print(story(seed, draft, evidence, ledger, config, keys), markup=False)
                return
    raise InputError(
        f"no row or draft of {config.out} has an id that starts with '{wanted}'; ids are in corpus/*/records.jsonl and "
        "in every exported row"
    )


def write_example(path: Path) -> None:
    """Write the commented run file, never over another file."""
    if path.exists():
        raise InputError(f"{path}: is there already; name another file, or delete it first")
    try:
        path.write_text(EXAMPLES.joinpath("run.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder that is there"
        ) from error
    console.print(f"wrote {path}; next: codefactory preview {path}, then codefactory run {path}")


def print_schema(kind: str) -> None:
    """Print the JSON schema of a kind of file.

    Raises:
        ConfigError: if there is no such kind.
    """
    kinds = {found.__name__.removesuffix("Config").lower(): found for found in (RunConfig, *KINDS.values())}
    if kind not in kinds:
        raise ConfigError(f"no kind of file is called '{kind}'; there are: {', '.join(kinds)}")
    print(json.dumps(kinds[kind].model_json_schema(), indent=1))


def validate_file(path: Path, as_json: bool = False) -> None:
    """Check a file of any kind without running it.

    Raises:
        ConfigError: one line for each mistake.
    """
    from codefactory import validation

    kind = _kind(path)
    found = validation.mistakes(kind, path)
    config = None if found else load(kind, path)
    notes = validation.notes(config) if isinstance(config, RunConfig) else []
    if as_json:
        rows = [asdict(validation.parsed(line)) for line in found]
        print(json.dumps({"file": str(path), "good": not found, "mistakes": rows, "notes": notes}))
    if found:
        raise ConfigError("\n".join(found))
    if not as_json:
        console.print(f"{path}: a good {kind.__name__.removesuffix('Config').lower()} file")
        for note in notes:
            console.print(f"note: {note}")


def build_images(names: tuple[str, ...] = ()) -> None:
    """Build the sandbox images that are missing; without an engine, say what will be used instead."""
    from codefactory.runner.base import choose
    from codefactory.runner.images import LANGUAGES, ensure_image, known

    if asyncio.run(choose("auto")) != "docker":
        console.print(
            "sandbox: kernel namespaces (no Docker engine answers, or CODEFACTORY_SANDBOX says so); no image needed"
        )
        return
    for language in known() if "all" in names else names or LANGUAGES:
        console.print(f"sandbox: {language} image {ensure_image(language, console.print)}")


def check_sandbox() -> None:
    """Print what is enforced here.

    Raises:
        SandboxError: if a program did not get the verdict that is right for it, after the table.
    """
    from codefactory.runner.check import check, open_walls

    table = Table(title="the sandbox on this machine", title_justify="left")
    for column in ("check", "expected", "found", ""):
        table.add_column(column)
    rows = asyncio.run(check())
    for row in rows:
        table.add_row(*row)
    console.print(table)
    if found := open_walls(rows):
        raise SandboxError(
            f"the sandbox does not hold here ({', '.join(found)}); execute nothing in it, and choose another runner by "
            "CODEFACTORY_SANDBOX"
        )


def export_corpus(config: RunConfig, out: Path, policy: str, formats: tuple[str, ...]) -> None:
    """Write a selected corpus in the named formats, with its card."""
    from codefactory.corpus.formats import export

    for line in export(config.corpus(policy), out, formats):
        console.print(line)


def verify_file(
    file: Path,
    out: Path | None,
    columns: dict[str, str],
    tasks: str,
    policy: str,
    cut: bool,
    overrides: tuple[str, ...],
    mutation: bool = False,
) -> None:
    """Verify anybody's rows; say so when there was nothing left to do."""
    from codefactory.progress import watching
    from codefactory.verification import VERDICTS, Summary, VerifyRequest, verify

    named = {role: column for role, column in columns.items() if column}
    out = out or Path("runs") / "verify" / file.name.partition(".")[0]
    checks = VerifyConfig(mutation=mutation)
    request = VerifyRequest(file, out, named, tasks, policy, cut, from_flags(SandboxConfig, overrides), checks)
    with watching(Summary.line) as watcher:
        summary = asyncio.run(verify(request, watcher))
        watcher.done(summary)
    if summary.executions:
        console.print(f"paid for {summary.executions:,} executions in this session")
    else:
        console.print(f"nothing to do: the evidence on all {summary.rows:,} rows is in {out}/ledger.sqlite")
    shapes = ", ".join(f"{count:,} {shape}" for shape, count in summary.shapes.most_common())
    console.print(f"{file}: {summary.rows:,} rows ({shapes or 'none readable'})")
    console.print(_verdict_table(summary))
    for verdict in summary.unreadable:
        console.print(f"line {verdict.line}: {verdict.reason}: {verdict.detail}", markup=False)
    more = summary.of("unreadable") - len(summary.unreadable)
    if more > 0:
        console.print(f"... and {more:,} more that cannot be read")
    console.print(f"a verdict for every row: {out}/{VERDICTS}")
    console.print(_verdict_page(out))


def _verdict_page(out: Path) -> str:
    """Where the page about the verdicts is, or what it needs."""
    from codefactory.report.verified import write_verified

    try:
        return f"report: {write_verified(out)}"
    except InputError as error:  # the verdicts are there all the same
        return f"no report: {error}"


def _verdict_table(summary: Summary) -> Table:
    """One row for each reason, with how the solutions ended and the first lines to look at."""
    from codefactory.verification import KINDS

    table = Table()
    for column in ("verdict", "reason", "ended"):
        table.add_column(column, overflow="fold")  # a slug is looked up elsewhere: it is never cut short
    table.add_column("count", justify="right")
    table.add_column("first lines")
    for key, count in sorted(summary.counts.items(), key=lambda pair: (KINDS.index(pair[0][0]), -pair[1])):
        table.add_row(*key, f"{count:,}", ", ".join(map(str, summary.first_lines[key])))
    return table


def reverify_corpus(path: Path, overrides: tuple[str, ...]) -> None:
    """Prove a corpus again; name what does not hold."""
    from codefactory.progress import watching
    from codefactory.reverification import Proof, check, reverify

    with watching(Proof.line) as watcher:
        proof = asyncio.run(reverify(path, from_flags(SandboxConfig, overrides), watcher))
        watcher.done(proof)
    for line in proof.report():
        console.print(line, markup=False)
    check(path, proof)


def typed(file: Path, overrides: tuple[str, ...]) -> str:
    """A file with its overrides as a shell takes them, for the commands that a result or a page names."""
    return shlex.join([str(file), *(word for override in overrides for word in ("--set", override))])


def run_the_study(config: StudyConfig, source: str, recompute: str = "") -> None:
    """Run a study, or recompute one arm of a finished one from the ledger."""
    from codefactory.study import arms, result

    if recompute:
        console.print(result.recompute(config, recompute, source=source))
        return
    console.print(asyncio.run(arms.run_study(config, console.print, source=source)))


def run_the_generations(config: GenerationsConfig) -> None:
    """Run every chain of writers, and print their rounds."""
    from codefactory.study.generations import run_generations

    console.print(asyncio.run(run_generations(config, console.print)))


def write_report(file: Path, out: Path | None, overrides: tuple[str, ...] = ()) -> None:
    """Write the page about a study file (with the run behind it), a run file, or a folder of verdicts."""
    from codefactory.report.html import write
    from codefactory.report.verified import write_verified

    if file.is_dir():
        console.print(f"report: {write_verified(file, out)}")
        return
    kind = _kind(file)
    config: StudyConfig | GenerationsConfig | RunConfig
    if kind is TrainingConfig:
        raise InputError(f"{file}: a training has no page; its figures are in the README.md of its folder")
    config = load(kind, file, overrides)  # type: ignore[assignment]  # one of the other three
    console.print(f"report: {write(config, out or config.out / 'report.html', typed(file, overrides))}")


KINDS: dict[str, type[RunConfig | StudyConfig | GenerationsConfig | TrainingConfig]] = {
    "arms": StudyConfig,
    "chains": GenerationsConfig,
    "data": TrainingConfig,
}


def _kind(path: Path) -> type[RunConfig | StudyConfig | GenerationsConfig | TrainingConfig]:
    """A kind of file is known by a key that no other has; what is wrong with a file is explained by `load`."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return RunConfig
    found = (kind for key, kind in KINDS.items() if isinstance(data, dict) and key in data)
    return next(found, RunConfig)

"""What the verbs do that bring data in and out: `import`, `push`, and `export` of a corpus folder."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Literal, cast

from codefactory.commands import console
from codefactory.config import SandboxConfig
from codefactory.errors import ConfigError
from codefactory.reading import from_flags

ORIGINS = ("human", "synthetic")


def import_source(
    source: str,
    out: Path | None,
    columns: dict[str, str],
    policy: str,
    origin: str,
    licence: str,
    splits: str,
    decontaminate: str,
    overrides: tuple[str, ...],
) -> None:
    """Import a source; say what was kept, what was not, and why."""
    from codefactory.commands import _funnel_table
    from codefactory.importing import ImportRequest, Progress, bring_in
    from codefactory.progress import watching

    if origin not in ORIGINS:
        raise ConfigError(f"--origin {origin}: expected one of {', '.join(ORIGINS)}")
    out = out or Path("runs") / "import" / (Path(source.rpartition("@")[2]).name.partition(".")[0].replace(":", "-"))
    request = ImportRequest(
        source,
        out,
        columns,
        cast(Literal["human", "synthetic"], origin),
        policy,
        shares(splits),
        licence,
        tuple(name.strip() for name in decontaminate.split(",") if name.strip()),
        sandbox=from_flags(SandboxConfig, overrides),
    )
    with watching(Progress.line) as watcher:
        progress = asyncio.run(bring_in(request, watcher))
        watcher.done(progress)
    console.print(_funnel_table({policy: progress.funnel}))
    console.print(f"paid for {progress.executions:,} executions in this session")
    console.print(f"corpus: {out}/corpus; next: codefactory export {out}/corpus --formats sft,problems,records")


def shares(text: str) -> dict[str, float]:
    """`train=0.9,test=0.1` as split -> share.

    Raises:
        ConfigError: if it is anything else.
    """
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    try:
        return {split.strip(): float(share) for split, _, share in pairs}
    except ValueError as error:
        raise ConfigError(f"--splits {text}: expected split=share, such as train=0.9,test=0.1") from error


def export_folder(corpus: Path, out: Path, formats: tuple[str, ...]) -> None:
    """Write a corpus folder, such as an import's, in the named formats."""
    from codefactory.corpus.formats import export

    for line in export(corpus, out, formats):
        console.print(line)


def push_export(folder: Path, repository: str, private: bool, message: str, revision: str) -> None:
    """Upload an export; print where it is."""
    from codefactory.corpus.hub import push

    done = push(folder, repository, private=private, message=message, revision=revision)
    console.print(f"pushed {done.files} files ({done.size_kb:,.0f} KiB) to {done.url}, commit {done.commit[:12]}")
    console.print(f"load it: datasets.load_dataset('{repository}', '{done.configs[0]}')", markup=False)

"""Images named by the content of the sandbox folder, built where they are missing, from a registry or bootstrapped."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from codefactory.errors import MirrorError, SandboxError
from codefactory.runner.engine import client

REGISTRY_BASE = "debian:bookworm-slim"
BOOTSTRAPPED_BASE = "codefactory/base:bookworm"
LANGUAGES = ("python",)  # built where no name is given; the others have a folder in sandbox/ as well
NO_MIRROR = re.compile(r"Failed to fetch|Failed getting release file|Couldn't download|Temporary failure resolving")

Say = Callable[[str], None]


@cache
def sandbox_folder() -> Path:
    """The untrusted side's folder: beside the package in a checkout, inside it in an installed wheel.

    Raises:
        SandboxError: if neither is there.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "sandbox", package / "_sandbox"):
        if (folder / "server.py").is_file():
            return folder
    raise SandboxError(f"the sandbox folder is missing beside {package}; install codefactory again")


def known() -> tuple[str, ...]:
    """Every language that has an image: Python first."""
    folders = sorted(path.parent.name for path in sandbox_folder().glob("*/harness.py"))
    return (*LANGUAGES, *(name for name in folders if name not in LANGUAGES))


def packages(language: str) -> tuple[str, ...]:
    """The Debian packages of a language's image, the interpreter first; none are named for Python."""
    file = sandbox_folder() / language / "packages"
    return tuple(file.read_text().split()) if file.is_file() else ()


def _dockerfile(folder: Path, language: str) -> Path:
    """The recipe of an image: the language's own, or the one that all others share."""
    own = folder / language / "Dockerfile"
    return own if own.is_file() else folder / "Dockerfile"


def harness_hash(language: str) -> str:
    """16 hex digits over every file of the sandbox that runs a language."""
    folder = sandbox_folder()
    digest = hashlib.sha256()
    files = {*folder.glob("*.py"), folder / "protocol.json", *(folder / language).rglob("*")}
    for path in sorted(files | {_dockerfile(folder, language)}):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def tag(language: str) -> str:
    """The image's name: the same files always give the same name."""
    return f"codefactory/sandbox-{language}:{harness_hash(language)}"


def ensure_image(language: str = "python", say: Say = print) -> str:
    """The image's digest, after building it where it is missing; says what it does.

    Raises:
        MirrorError: if the image cannot be built because Debian's mirror is not reached.
        SandboxError: if no engine answers, or the image cannot be built, with the last line of the build.
    """
    if language not in known():
        raise SandboxError(f"there is no sandbox image for '{language}'; there are: {', '.join(known())}")
    engine = client()
    name = tag(language)
    found = image_digest(engine, name)
    if found:
        say(f"{name} is there")
        return found
    base = _base(engine, say)
    say(f"building {name} from {base} ({'less than a minute' if language in LANGUAGES else 'a few minutes'})")
    _build(engine, name, base, language)
    return image_digest(engine, name)


def image_digest(engine: Any, name: str) -> str:
    """`sha256:...` of an image that is here, or ''."""
    import docker

    try:
        return str(engine.images.get(name).id)
    except docker.errors.ImageNotFound:
        return ""


def built(language: str, engine: Any = None) -> str:
    """The digest of a language's image.

    Raises:
        SandboxError: if no engine answers, or the image is not here, with the command that builds it.
    """
    name = tag(language)
    found = image_digest(engine or client(), name)
    if not found:
        which = "" if language in LANGUAGES else f" {language}"
        raise SandboxError(f"the sandbox image {name} is missing; build it with 'codefactory sandbox build{which}'")
    return found


def _build(engine: Any, name: str, base: str, language: str) -> None:
    """With the engine's own builder: BuildKit is a plug-in that Debian's engine does not have."""
    import docker

    folder = sandbox_folder()
    try:
        engine.images.build(
            path=str(folder),
            dockerfile=str(_dockerfile(folder, language).relative_to(folder)),
            tag=name,
            buildargs={"BASE": base, "LANGUAGE": language, "PACKAGES": " ".join(packages(language))},
            rm=True,
            forcerm=True,
        )
    except docker.errors.BuildError as error:
        lines = [str(line.get("stream") or line.get("error") or "").strip() for line in error.build_log]
        raise _failure(f"building {name}", [line for line in lines if line]) from error
    except docker.errors.APIError as error:
        raise SandboxError(f"building {name} failed: {' '.join(str(error).split())[:300]}") from error


def _failure(what: str, lines: list[str]) -> SandboxError:
    """A build's end as an error: the mirror's fault where the log says so."""
    missed = next((line for line in lines if NO_MIRROR.search(line)), "")
    if missed:
        return MirrorError(f"{what}: Debian's mirror is not reached, try again later: {missed[-300:]}")
    return SandboxError(f"{what} failed: {' / '.join(lines[-3:])[-500:]}")


def _base(engine: Any, say: Say) -> str:
    import docker

    for name in (REGISTRY_BASE, BOOTSTRAPPED_BASE):
        if image_digest(engine, name):
            return name
    say(f"asking the registry for {REGISTRY_BASE}")
    try:
        engine.images.pull(*REGISTRY_BASE.split(":"))
        return REGISTRY_BASE
    except docker.errors.APIError:
        pass
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        raise SandboxError(
            f"no registry answers for {REGISTRY_BASE}, and bootstrapping one needs root and debootstrap; "
            "run scripts/setup-sandbox as root, or set CODEFACTORY_SANDBOX=namespace"
        )
    say("no registry answers: bootstrapping Debian 12 with debootstrap (about half a minute)")
    _bootstrap(engine)
    return BOOTSTRAPPED_BASE


def _bootstrap(engine: Any) -> None:
    with tempfile.TemporaryDirectory(prefix="codefactory-base-") as folder:
        tree, archive = Path(folder, "tree"), Path(folder, "base.tar")
        for command in (
            ["debootstrap", "--variant=minbase", "bookworm", str(tree)],
            ["tar", "-C", str(tree), "-cf", str(archive), "."],
        ):
            done = subprocess.run(command, capture_output=True, text=True, errors="replace")
            if done.returncode != 0:
                raise _failure(command[0], (done.stdout + done.stderr).strip().splitlines())
        repository, _, version = BOOTSTRAPPED_BASE.partition(":")
        engine.api.import_image_from_file(str(archive), repository=repository, tag=version)

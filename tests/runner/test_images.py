"""An image is built by its content; a build that fails says whether it is ours or the mirror's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from codefactory.errors import MirrorError, SandboxError
from codefactory.runner import images
from codefactory.runner.engine import client
from tests.runner.conftest import require


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sandbox folder, which is then the one that images are built from."""
    copy = tmp_path / "sandbox"
    shutil.copytree(images.sandbox_folder(), copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(images, "sandbox_folder", lambda: copy)
    return copy


@pytest.mark.parametrize("file", ["Dockerfile", "native.py", "lua/packages", "lua/driver.lua"])
def test_every_file_that_goes_into_an_image_is_in_its_name(folder: Path, file: str) -> None:
    before, other = images.tag("lua"), images.tag("python")
    (folder / file).write_text((folder / file).read_text() + "\n")
    assert images.tag("lua") != before
    assert (images.tag("python") == other) is (file != "native.py")


def test_a_language_is_known_by_its_harness(folder: Path) -> None:
    assert images.known()[0] == "python"
    assert "nim" not in images.known()
    (folder / "nim").mkdir()
    (folder / "nim" / "harness.py").write_text("")
    assert "nim" in images.known()


# A name that no machine has: what apt says is what it says where Debian's mirror is not reached.
ELSEWHERE = "sed -i 's,//[^/]*/,//mirror.invalid/,' $(find /etc/apt -name '*.list' -o -name '*.sources')"


@pytest.mark.docker
@pytest.mark.parametrize(
    ("line", "mirror"), [(f"{ELSEWHERE} && apt-get update -qq", True), ("echo ours && false", False)]
)
def test_a_mirror_that_is_not_reached_is_told_from_a_broken_build(folder: Path, line: str, mirror: bool) -> None:
    require("docker")
    recipe = (folder / "Dockerfile").read_text()
    strict = next(part for part in recipe.splitlines() if part.startswith("RUN echo")).removesuffix("\\")
    (folder / "Dockerfile").write_text(f"ARG BASE\nFROM ${{BASE}}\n{strict}\nRUN {line}\n")
    engine = client()
    with pytest.raises(SandboxError) as caught:
        images._build(engine, "codefactory/test:failing", images._base(engine, print), "lua")
    assert isinstance(caught.value, MirrorError) is mirror, caught.value

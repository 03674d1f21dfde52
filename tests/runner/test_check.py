"""`codefactory sandbox check` tells the truth about this machine."""

from __future__ import annotations

import pytest

from codefactory.commands import check_sandbox
from codefactory.errors import SandboxError
from codefactory.runner.check import check, open_walls
from codefactory.runner.images import LANGUAGES, harness_hash, sandbox_folder, tag
from tests.runner.conftest import require


@pytest.mark.parametrize("name", ["docker", "namespace"])
async def test_every_canary_gets_its_verdict(name: str) -> None:
    require(name)
    rows = await check(name)
    assert open_walls(rows) == []
    not_enforced = [row for row in rows if row[3] != "ok"]
    assert all(len(row) == 4 for row in rows)
    assert len(rows) > 15
    # Written down in sandbox/README.md: only Docker binds a slot to a core; a normal user has one uid.
    assert {row[0] for row in not_enforced} <= ({"one core", "a uid of its own"} if name == "namespace" else set())


def test_a_wall_that_does_not_stand_is_no_matter_of_the_machine() -> None:
    rows = [
        ("network", "errored", "passed", "NOT ENFORCED"),
        ("one core", "yes", "no", "NOT ENFORCED"),
        ("a right program", "passed", "passed", "ok"),
    ]
    assert open_walls(rows) == ["network"]


def test_sandbox_that_does_not_hold_ends_with_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    async def check() -> list[tuple[str, str, str, str]]:
        return [("network", "errored", "passed", "NOT ENFORCED")]

    monkeypatch.setattr("codefactory.runner.check.check", check)  # no machine here has such a hole
    with pytest.raises(SandboxError, match="does not hold here"):
        check_sandbox()


def test_an_image_is_named_by_the_files_it_is_made_of() -> None:
    for language in LANGUAGES:
        assert tag(language).endswith(harness_hash(language))
    assert (sandbox_folder() / "server.py").is_file()

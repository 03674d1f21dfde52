"""`codefactory sandbox check` tells the truth about this machine."""

from __future__ import annotations

import pytest

from codefactory.runner.check import check
from codefactory.runner.images import LANGUAGES, harness_hash, sandbox_folder, tag
from tests.runner.conftest import require


@pytest.mark.parametrize("name", ["docker", "namespace"])
async def test_every_canary_gets_its_verdict(name: str) -> None:
    require(name)
    rows = await check(name)
    not_enforced = [row for row in rows if row[3] != "ok"]
    assert all(len(row) == 4 for row in rows)
    assert len(rows) > 15
    # Written down in sandbox/README.md: only Docker binds a slot to a core; a normal user has one uid.
    assert {row[0] for row in not_enforced} <= ({"one core", "a uid of its own"} if name == "namespace" else set())


def test_an_image_is_named_by_the_files_it_is_made_of() -> None:
    for language in LANGUAGES:
        assert tag(language).endswith(harness_hash(language))
    assert (sandbox_folder() / "server.py").is_file()

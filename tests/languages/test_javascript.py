"""JavaScript wakes from a snapshot: what must not be frozen in it is new in every job."""

from __future__ import annotations

import pytest

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import NeutralCase, compile_cases
from codefactory.runner.base import open_runner
from codefactory.types import Job
from tests.languages.conftest import require_language

NEW = {
    "chance": "Math.random()",
    "identifiers": "require('crypto').randomUUID()",
    "the clock": "process.hrtime.bigint() % 1000000000n",
    "the time of the start": "performance.timeOrigin",
}


@pytest.mark.docker
@pytest.mark.parametrize("what", NEW)
async def test_no_two_jobs_share(what: str) -> None:
    require_language("javascript")
    language: Language = LANGUAGES.load("javascript")
    assert language.notation is not None
    cases = compile_cases(language.notation, "f", [NeutralCase("one", (), "")]).suite.cases
    code = f"function f() {{ return String({NEW[what]}); }}\nmodule.exports = {{ f }};\n"
    async with open_runner("docker", slots=1, language="javascript") as runner:
        said = [(await runner.execute(Job("javascript", code, "f", cases))).facts[0].value for _ in range(2)]
    assert all(said)
    assert said[0] != said[1]

"""Which runners must be tested here: Docker wherever an engine answers, and always where CI says so."""

from __future__ import annotations

import os

import pytest

from codefactory.runner.engine import engine_answers
from codefactory.runner.images import ensure_image


def require(name: str) -> None:
    """Skips a runner that this machine does not have; in CI a missing engine fails, unless it was opted out of."""
    if name != "docker":
        return
    if not engine_answers():
        if os.environ.get("CI") and os.environ.get("CODEFACTORY_SANDBOX") != "namespace":
            pytest.fail("CI without a Docker engine: run scripts/setup-sandbox, or set CODEFACTORY_SANDBOX=namespace")
        pytest.skip("no Docker engine answers")
    ensure_image("python")

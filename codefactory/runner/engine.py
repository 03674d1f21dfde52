"""The Docker engine: reaching it, and saying in one line why it cannot be used."""

from __future__ import annotations

from typing import Any

from codefactory.errors import SandboxError


def client() -> Any:
    """A connection to the engine.

    Raises:
        SandboxError: one line: no engine, or no permission, and what to do.
    """
    import docker

    try:
        return docker.from_env(timeout=60)
    except docker.errors.DockerException as error:
        text = str(error)
        if "Permission denied" in text or "PermissionError" in text:
            raise SandboxError(
                "the Docker socket refuses this user; join the group 'docker', or set CODEFACTORY_SANDBOX=namespace"
            ) from error
        raise SandboxError(
            "no Docker engine answers; start it (scripts/setup-sandbox), or set CODEFACTORY_SANDBOX=namespace"
        ) from error


def engine_answers() -> bool:
    """Whether an engine can be used by this user."""
    try:
        client().ping()
    except Exception:  # whatever the reason, the answer is no
        return False
    return True

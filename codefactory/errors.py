"""The exception tree. A message names the offender and the next step; bad model output is data, never an exception.

CodefactoryError
├── ConfigError          a run file, a flag or a name is wrong                        exit code 2
│   └── UnknownNameError   a registry has no such row ("did you mean ...?")
├── InputError           a file that was named is missing, unreadable or not what it says   exit code 3
├── LedgerError          the ledger cannot be written, or belongs to another run file       exit code 4
├── BackendError         a model cannot be loaded or reached                                exit code 5
├── SandboxError         the sandbox cannot run: no engine, no image, no kernel support     exit code 6
│   └── MirrorError        Debian's mirror is not reached, which building an image needs
├── BrokenVerdictError   a kept row does not hold when it is executed again                 exit code 7
└── StoppedError         a run ended before its last draft: a budget is spent, or Ctrl-C    exit code 8; 130
"""

from __future__ import annotations

INTERRUPTED = "interrupted"


class CodefactoryError(Exception):
    """Anything this project raises on purpose; `exit_code` is what the command line ends with."""

    exit_code = 1


class ConfigError(CodefactoryError):
    """A run file, a flag or a name is wrong."""

    exit_code = 2


class UnknownNameError(ConfigError):
    """A registry has no row of that name."""


class InputError(CodefactoryError):
    """A file that was named is missing, unreadable, or not what it says."""

    exit_code = 3


class LedgerError(CodefactoryError):
    """The ledger cannot be written, or belongs to another run file."""

    exit_code = 4


class BackendError(CodefactoryError):
    """A language model cannot be loaded or reached."""

    exit_code = 5


class SandboxError(CodefactoryError):
    """The sandbox cannot run here: no engine, no image, no kernel support."""

    exit_code = 6


class MirrorError(SandboxError):
    """Debian's mirror is not reached, which building an image needs."""


class BrokenVerdictError(CodefactoryError):
    """A kept row does not hold when it is executed again."""

    exit_code = 7


class StoppedError(CodefactoryError):
    """A run ended before its last draft because it was told to; what was finished is kept.

    Args:
        reason: a stable slug, such as `max_tokens` or `interrupted`.
    """

    exit_code = 8

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        if reason == INTERRUPTED:
            self.exit_code = 130  # by the shells' convention

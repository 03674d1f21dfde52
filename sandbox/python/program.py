"""Mode `program`: the candidate is a script that reads stdin and prints; its exit code is its own."""

from __future__ import annotations

import json
import os
import sys
import types
from typing import Any

import candidate


def run(texts: list[str], record: Any) -> None:
    """The candidate as a script with the given stdin; its exit code is its own. Takes [code, stdin]."""
    code, text = texts
    stdin = os.memfd_create("stdin")
    os.write(stdin, text.encode("utf-8", "surrogatepass"))
    os.lseek(stdin, 0, os.SEEK_SET)
    os.dup2(stdin, 0)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 — lives as long as the child
    try:
        compiled = compile(code, candidate.CODE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        record.write(json.dumps(["syntax", candidate.describe(error)]))
        return
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    status = 0
    try:
        exec(compiled, main.__dict__)
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException as error:
        record.write(json.dumps(["raised", type(error).__name__, candidate.describe(error)]))
        status = 1
    candidate.flush()
    os._exit(status & 0xFF)

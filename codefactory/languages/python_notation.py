"""Python as one more notation: neutral cases become asserts that are read like anybody's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from codefactory.languages.neutral import NeutralCase, Notation, Value, source


class PythonNotation(Notation):
    """Every value has a literal; an expected error is any exception."""

    null, true, false = "None", "True", "False"
    infinity, minus_infinity, nan = "float('inf')", "float('-inf')", "float('nan')"
    largest = 1 << 4096

    def string(self, value: str) -> str:
        return repr(value)

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        return "{" + ", ".join(f"{key!r}: {self.literal(item, depth + 1)}" for key, item in pairs.items()) + "}"

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{entry_point}({', '.join(arguments)})"

    def test(self, call: str, case: NeutralCase) -> str:
        if case.raises:
            body = f"with pytest.raises(Exception):\n        {call}"
        elif case.tolerance:
            body = f"assert {call} == pytest.approx({source(case.expected)}, rel=0, abs={case.tolerance!r})"
        else:
            body = f"assert {call} == {source(case.expected)}"
        return f"def test_{re.sub(r'[^0-9A-Za-z]+', '_', case.name)}():\n    {body}\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        return f"import pytest\nfrom {entry_point} import {entry_point}\n\n\n" + "\n\n".join(tests)

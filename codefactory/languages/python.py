"""Python: how its solutions and suites are read, stubbed, tidied, and asked for in HumanEval's way."""

from __future__ import annotations

import ast

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.cases import read_suite
from codefactory.languages.native import HEADER
from codefactory.languages.python_clock import later
from codefactory.languages.python_faults import defines, parse, suite_fault
from codefactory.languages.python_measured import measured
from codefactory.languages.python_mutants import MUTATIONS
from codefactory.languages.python_probes import imports, probes
from codefactory.languages.python_traps import traps
from codefactory.types import Record, Solution

__all__ = ["PYTHON", "completion_pair", "read_suite", "suite_fault", "truncate"]

# What an honest suite must reject: see the vacuous-suite control in verify.controls.
STUB_BODIES = {
    "none": "return None",
    "argument": "return args[0] if args else None",
    "zero": "return 0",
    "true": "return True",
    "false": "return False",
    "empty_string": "return ''",
    "empty_list": "return []",
    "raises": "raise NotImplementedError(1)",
}
# What begins a line that nothing may stand before, in any language.
FIRST_LINES = ("#!", "<?php", HEADER)


def solution_fault(source: str, entry_point: str) -> str:
    """`solution_syntax`, `solution_missing_entry_point`, or ""."""
    module = parse(source)
    if module is None:
        return "solution_syntax"
    return "" if defines(module, entry_point) else "solution_missing_entry_point"


def stubs(entry_point: str) -> tuple[tuple[str, Solution], ...]:
    """Programs that answer without looking; (name, solution)."""
    head = f"def {entry_point}(*args, **kwargs):\n    "
    return tuple((name, Solution(head + body + "\n")) for name, body in STUB_BODIES.items())


def tidy(source: str) -> str:
    """The code in one layout and without comments; unchanged where it does not parse."""
    module = parse(source)
    return ast.unparse(module) + "\n" if module else source


def completion_pair(record: Record) -> tuple[str, str]:
    r"""(prompt, completion): code up to the function's head with the statement as docstring; the body to be written.

    The shape is HumanEval's (Chen et al. 2021, arXiv 2107.03374): raw text to be continued, signature given. A
    benchmark's own prompt (`meta["prompt"]`) is used where it has one. A docstring of the solution's own is left out.
    In another language the statement is a comment, and all of the code is to be written, but for a line that has to be
    first.
    """
    code = record.solution.code
    own = record.meta.get("prompt", "")
    if own:
        return own, code.removeprefix(own)
    notation = LANGUAGES.load(record.problem.language).notation
    if notation:
        first, end, rest = code.partition("\n") if code.startswith(FIRST_LINES) else ("", "", code)
        return first + end + notation.remark(record.problem.statement), rest
    head, body = _split_at_body(code, record.problem.entry_point)
    statement = record.problem.statement.replace('"""', "'''")
    indent = body[: len(body) - len(body.lstrip(" \t"))] if head else ""
    # The line end belongs to what is written: tokenizers join it with the indent that follows, and a prompt that ends
    # in it forces a split that the model has never seen (every student scored 0.0 until this was found).
    return f'{head}{indent}"""{statement}"""', "\n" + body


def _split_at_body(code: str, entry_point: str) -> tuple[str, str]:
    """The source up to the first statement of the entry point's body, and the rest from there.

    An entry point without a body of its own (`f = max`) has no head: all of the code is to be written.
    """
    for source in (code, tidy(code)):
        for node in (parse(source) or ast.Module([], [])).body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == entry_point
            if named and isinstance(node, ast.FunctionDef | ast.ClassDef) and node.body[0].lineno > node.lineno:
                lines = source.splitlines(keepends=True)
                own = len(node.body) > 1 and ast.get_docstring(node) is not None
                head, body = node.body[0].lineno - 1, node.body[1 if own else 0].lineno - 1
                return "".join(lines[:head]), "".join(lines[body:])
    return "", code


def truncate(text: str) -> str:
    """A raw completion up to the end of the function body: the first line that starts at column 0 ends it."""
    kept: list[str] = []
    for line in text.splitlines():
        if line.strip() and not line[0].isspace():
            break
        kept.append(line)
    return "\n".join(kept).rstrip() + "\n"


PYTHON = Language(
    "python",
    ("python", "py", "python3"),
    read_suite,
    suite_fault,
    solution_fault,
    stubs,
    tidy,
    imports,
    probes,
    MUTATIONS,
    measured,
    later,
    traps=traps,
    grammar="python",
)

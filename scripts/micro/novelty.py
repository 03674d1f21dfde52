"""Fingerprints of the training text: what counts as new is a solution whose alpha-normalised syntax tree is not in it.

Names of functions, parameters and variables are normalised in order of appearance; constants, builtins and methods are
kept. Statements are compared with their names and quoted code taken out of account.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import numpy as np

# Trees, not combinations of operations: short programs are few, and 39M tokens of training text held nearly all of them
# until whole trees were left out (2026-11-20: 17 % of what was kept was new).
HELD_OUT_OF_TEN = 6


class _Renamer(ast.NodeTransformer):
    """Replaces every own name by its number of appearance."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def new(self, name: str) -> str:
        """The normalised name; builtins keep theirs unless the program defines them itself."""
        if name not in self.names and hasattr(builtins, name):
            return name
        return self.names.setdefault(name, f"v{len(self.names)}")

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A function's own name and those of its parameters."""
        self.names.setdefault(node.name, f"v{len(self.names)}")
        for argument in node.args.args:
            self.names.setdefault(argument.arg, f"v{len(self.names)}")
        node.name = self.names[node.name]
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        """A parameter, of lambdas too."""
        node.arg = self.names.setdefault(node.arg, f"v{len(self.names)}")
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """A variable."""
        if isinstance(node.ctx, ast.Store):
            self.names.setdefault(node.id, f"v{len(self.names)}")
        node.id = self.new(node.id)
        return node


def normal_solution(code: str) -> str:
    """The alpha-normalised source of a solution, docstrings left out. Raises SyntaxError where it does not parse."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(_Renamer().visit(tree))


def held_out(code: str) -> bool:
    """Whether the normalised syntax tree is one of the six in ten, chosen by hash, that no training text holds."""
    return fingerprint(normal_solution(code)) % 10 < HELD_OUT_OF_TEN


def normal_statement(statement: str) -> str:
    """A statement in lower case with what stands in backticks replaced by its number of appearance."""
    seen: dict[str, int] = {}
    text = re.sub(r"`([^`]*)`", lambda m: f"`{seen.setdefault(m[1], len(seen))}`", statement)
    return " ".join(text.lower().split())


def fingerprint(text: str) -> int:
    """Eight bytes of the text's SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def read_training(paths: Iterable[Path]) -> tuple[set[int], set[int]]:
    """Fingerprints of all solutions and statements in the texts that were trained on."""
    solutions, statements, known = set(), set(), set()
    for path in paths:
        for document in path.read_text().split("\x00"):
            prompt, _, completion = document.partition("\x01")
            statement = re.search(
                r"(?:## Problem\n|problem\.\n)(.*?)(?:\n## Solution|<\|assistant\|>)", prompt + completion, re.S
            )
            if statement:
                statements.add(fingerprint(normal_statement(statement[1])))
            for code in re.findall(r"(?:^|\n\n\n|```python\n)(def .*?)(?=\n```|\n\n|<\|end\|>|$)", completion, re.S):
                if (key := hash(code)) not in known:
                    known.add(key)
                    solutions.add(fingerprint(normal_solution(code)))
    return solutions, statements


def save(solutions: set[int], statements: set[int], path: Path) -> None:
    """Sorted fingerprints in a compressed file: solutions in eight bytes, statements by their first four (`>> 32`)."""
    np.savez_compressed(
        path,
        solutions=np.array(sorted(solutions), np.uint64),
        statements=np.array(sorted(statements), np.uint32),
    )


def load(path: Path) -> tuple[set[int], set[int]]:
    """What `save` wrote: fingerprints of solutions, and of statements shifted right by 32 bits."""
    with np.load(path) as stored:
        return set(stored["solutions"].tolist()), set(stored["statements"].tolist())


def main() -> None:
    """Add the texts that a model was trained on to the fingerprints that lie beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+", help="the shards' .txt files")
    parser.add_argument("--into", type=Path, default=Path("codefactory/models/micro-writer/training_fingerprints.npz"))
    options = parser.parse_args()
    solutions, statements = read_training(options.texts)
    known = load(options.into) if options.into.exists() else (set(), set())
    save(solutions | known[0], {s >> 32 for s in statements} | known[1], options.into)
    print(len(solutions | known[0]), "solutions")


if __name__ == "__main__":
    main()

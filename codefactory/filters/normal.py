"""Normal forms that make two texts equal when they differ in nothing that matters: names, comments, layout, case."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from codefactory.languages import LANGUAGES
from codefactory.languages.python_faults import parse

# A sign counts where it is arithmetic: "n - 1" is not "n + 1", but "non-negative" is "non negative".
WORD = re.compile(r"[^\W\d_]+|\d+|[+*/<>=%^]|(?<=\s)-(?=\s)|-(?=\d)")
TOKEN = re.compile(r"\w+|[^\w\s]")
SPACE = re.compile(r"\s+")
WIDTH = 3  # tokens of a run
TYPING_MODULES = {"typing", "__future__", "collections.abc"}


@lru_cache(maxsize=1 << 10)
def words(text: str) -> tuple[str, ...]:
    """Lower-case words, numbers and arithmetic signs of any script, in order; punctuation is dropped."""
    return tuple(WORD.findall(text.lower()))


def runs(kind: str, tokens: Sequence[str]) -> set[int]:
    """32-bit hashes of the different runs of 3 tokens, or of all where they are fewer; other kinds, other hashes."""
    coded, start = [token.encode("utf-8", "surrogatepass") for token in tokens], crc32(kind.encode())
    if len(coded) < WIDTH:
        return {crc32(b"\0".join(coded), start)}
    return {crc32(b"\0".join(run), start) for run in zip(coded, coded[1:], coded[2:], strict=False)}


@lru_cache(maxsize=1 << 10)
def normalise_code(code: str, language: str = "python") -> str:
    """A Python program's alpha-normalised syntax tree as text: equal texts, same program but for its names.

    Names that the program binds itself (functions, arguments, variables) become v0, v1, ... in order of appearance;
    builtins, attributes and constants stay. Docstrings, comments, layout, annotations and typing imports are dropped.
    Of a program in another language the tokens are left, without comments and layout; names stay, since which of them
    the program binds itself is not known there. What does not parse is only rid of its white space.
    """
    if language != "python":
        return " ".join(TOKEN.findall(LANGUAGES.load(language).tidy(code)))
    module = parse(code)
    return _Normal(module).text() if module else SPACE.sub(" ", code).strip()


def normal_forms(code: str, entry_points: tuple[str, ...] = (), language: str = "python") -> tuple[str, ...]:
    """Normal forms of the whole program, and of each entry point with the helpers and constants that it reaches.

    The latter leave out imports and whatever else stands around: a copied solution is found inside a larger program. In
    other languages than Python there is only the whole.

    Args:
        entry_points: function names; without any, every top-level function is one.
    """
    if language != "python":
        return (normalise_code(code, language),)
    module = parse(code)
    body = module.body if module else []
    names = entry_points or tuple(node.name for node in body if isinstance(node, ast.FunctionDef))
    parts = [_reached(body, name) for name in names] if len(body) > 1 else []
    forms = [_Normal(ast.Module(part, [])).text() for part in parts if part]
    return tuple(dict.fromkeys((normalise_code(code), *forms)))


def _reached(body: list[ast.stmt], entry_point: str) -> list[ast.stmt]:
    """The top-level definitions that the entry point uses, itself included, as they are ordered in the module."""
    defined: dict[str, ast.stmt] = {}
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined[node.name] = node
        elif isinstance(node, ast.Assign):
            defined.update({target.id: node for target in node.targets if isinstance(target, ast.Name)})
    reached: set[str] = set()
    waiting = [entry_point]
    while waiting:
        name = waiting.pop()
        if name in defined and name not in reached:
            reached.add(name)
            waiting += (node.id for node in ast.walk(defined[name]) if isinstance(node, ast.Name))
    nodes = [defined[name] for name in reached]
    return [node for node in body if node in nodes]


class _Normal:
    """Writes a tree out in prefix form."""

    def __init__(self, module: ast.Module) -> None:
        self.module = module
        self.bound = _bound_names(module)
        self.names: dict[str, str] = {}
        self.parts: list[str] = []

    def text(self) -> str:
        self._block(self.module.body)
        return " ".join(self.parts)

    def _name(self, name: str) -> str:
        if name not in self.bound:
            return name
        return self.names.setdefault(name, f"v{len(self.names)}")

    def _block(self, body: list[ast.stmt]) -> None:
        self.parts.append("[")
        for node in body:
            if not _is_void(node):
                self._write(node)
        self.parts.append("]")

    def _write(self, node: ast.AST) -> None:
        kind = "Assign" if isinstance(node, ast.AnnAssign) else type(node).__name__
        self.parts.append(f"({kind}")
        if isinstance(node, ast.AnnAssign):
            self._list("targets", [node.target])
            if node.value is not None:
                self._write(node.value)
        else:
            for name in node._fields:
                self._field(node, name, getattr(node, name, None))
        self.parts.append(")")

    def _field(self, node: ast.AST, name: str, value: object) -> None:
        if name in ("annotation", "returns", "type_comment", "ctx", "kind"):
            return
        if isinstance(node, ast.Constant):
            self.parts.append(repr(value))
        elif value is None:
            self.parts.append("~")  # holds the place: a[1:] is not a[:1]
        elif isinstance(value, ast.AST):
            self._write(value)
        elif isinstance(value, list):
            self._list(name, value)
        elif isinstance(value, str) and name in ("id", "arg", "name", "asname"):
            self.parts.append(self._name(value))
        else:
            self.parts.append(str(value))

    def _list(self, name: str, values: list[object]) -> None:
        if name in ("body", "orelse", "finalbody"):
            self._block([value for value in values if isinstance(value, ast.stmt)])
            return
        self.parts.append(f"{name}:{len(values)}")
        for value in values:
            if isinstance(value, ast.AST):
                self._write(value)
            else:
                self.parts.append("-" if value is None else self._name(str(value)))


def _is_void(node: ast.stmt) -> bool:
    """Docstrings, imports of types, and declarations without a value."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.AnnAssign):
        return node.value is None
    return isinstance(node, ast.ImportFrom) and node.module in TYPING_MODULES


def _bound_names(module: ast.Module) -> set[str]:
    bound: set[str] = set()
    methods: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            if not isinstance(node.ctx, ast.Load):
                bound.add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
            if isinstance(node, ast.ClassDef):
                methods.update(child.name for child in node.body if isinstance(child, ast.FunctionDef))
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
    # A method is called through an attribute, and attributes keep their names.
    return bound - methods

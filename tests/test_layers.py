"""The floors, sizes and house rules hold: this table is the architecture, and a knot in it fails the build."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "codefactory"

# A module imports from lower floors and from its own room only, deferred imports included.
FLOORS = [
    {"measures"},
    {"types", "errors"},
    {"reading"},
    {"registry", "config", "ledger", "stats"},
    {"accounts", "languages", "llm", "runner"},
    {"budget", "recipes", "verify", "filters", "corpus", "tasks"},
    {"pipeline", "training", "evaluation"},
    {"families", "tracks"},
    {"selection", "verification", "reverification", "importing", "canonical", "study", "report", "review", "diversity"},
    {"cli", "commands", "demo", "doctor", "progress", "story"}
    | {"forecast", "interruption", "polyglot", "runs", "status", "transfer", "validation"},
]
# What only the leaf that needs it may import, and only when it is used: `codefactory --help` stays quick.
HEAVY = {
    "torch",
    "transformers",
    "vllm",
    "datasets",
    "docker",
    "numpy",
    "pyarrow",
    "rensa",
    "matplotlib",
    "jinja2",
    "sklearn",
    "trl",
    "peft",
}
# Leaves that are made of such a library (a network cannot be defined without it); others import them when they run.
LEAVES = {"training/micro_network.py", "training/muon.py"}
TOP_LEVEL = {"README.md", "pyproject.toml", "codefactory", "sandbox", "benchmarks", "tests", "scripts"}
ALSO_ALLOWED = {"LICENSE", "Makefile", "CHANGELOG.md"}


def _floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def _modules() -> list[Path]:
    data = PACKAGE / "tasks" / "reference"  # tasks, not code
    return sorted(path for path in PACKAGE.rglob("*.py") if data not in path.parents)


def _untrusted() -> list[Path]:
    return sorted((ROOT / "sandbox").rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_imports_from_lower_floors_only(path: Path) -> None:
    room = _room(path)
    if room in ("__init__", "__main__"):
        return
    for name in _imports(ast.parse(path.read_text())):
        if name.startswith("codefactory."):
            other = name.split(".")[1]
            lower = other == room or _floor(other) < _floor(room) or _floor(room) == _floor("cli")
            assert lower, f"{path.name} (floor {_floor(room)}) imports {name} (floor {_floor(other)})"
        assert not name.startswith("sandbox"), "the untrusted side is shipped, never imported"


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    top = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {name for node in top for name in _imports(ast.Module([node], []))}
    if str(path.relative_to(PACKAGE)) not in LEAVES:
        assert not {name.split(".")[0] for name in names} & HEAVY
        leaves = {"codefactory." + leaf.removesuffix(".py").replace("/", ".") for leaf in LEAVES}
        assert not names & leaves, "a leaf is imported where it is used"


@pytest.mark.parametrize("path", _untrusted(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_untrusted_side_imports_nothing_of_ours(path: Path) -> None:
    assert not any(name.startswith("codefactory") for name in _imports(ast.parse(path.read_text())))


@pytest.mark.parametrize("path", [*_modules(), *_untrusted()], ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_says_what_it_is_for_and_is_short(path: Path) -> None:
    text = path.read_text()
    assert ast.get_docstring(ast.parse(text)), "opens with a sentence that says what it is for"
    assert text.count("\n") <= 400


def _functions() -> Iterator[tuple[str, int]]:
    for path in [*_modules(), *_untrusted()]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{path.name}:{node.name}", node.end_lineno - node.lineno + 1


def test_functions_are_small() -> None:
    sizes = dict(_functions())
    assert max(sizes.values()) <= 60, max(sizes, key=lambda name: sizes[name])
    assert statistics.median(sizes.values()) <= 12
    assert sum(size < 30 for size in sizes.values()) >= 0.9 * len(sizes)


def test_top_level_holds_what_was_agreed() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    generated = {"runs", "build", "dist", "report.html"}
    assert found - generated <= TOP_LEVEL | ALSO_ALLOWED
    assert found >= TOP_LEVEL


def test_folders_hold_members_and_their_rows() -> None:
    """A room's `__init__` is a docstring and its registry rows, nothing else."""
    for path in PACKAGE.glob("*/__init__.py"):
        body = ast.parse(path.read_text()).body[1:]
        assert all(isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign) for node in body), path

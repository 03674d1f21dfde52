"""Haskell, compiled inside the job: suites are hspec files. What does not compile, types included, is a syntax error.

Nothing of a candidate's is executed while it is compiled: what would do that (Template Haskell, preprocessors, plugins)
is refused by its text, as are files and modules that could stand in the place of the library's or the suite's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from native import Native

FOLDER = "/sandbox/haskell"
OWN = {"SandboxMain", "SandboxReports", "SandboxSpecs"}
MAIN = "SandboxMain.hs"
# Shared libraries: linking takes a third of the time of a static one. What is to be executed while compiling has an
# interpreter of its own there, which ends at once.
COMPILER = [
    "/usr/bin/ghc", "--make", "-v0", "-w", "-O0", "-dynamic", "-o", "main", "-package-env", "-", "-no-user-package-db",
    f"-i.:src:test:{FOLDER}/own", "-fexternal-interpreter", "-pgmi", "/bin/false",
]  # fmt: skip
BLANK = r"(?:\s|--[^\n]*(?:\n|\Z)|\{-(?:[^-]|-(?!\}))*-\})*"  # comments and pragmas before the first word
HEADER = re.compile(rf"\A({BLANK})module\s+([\w.']+)\s*((?:\((?:.*?)\))?)\s*where\b", re.DOTALL)
PRAGMA = re.compile(r"\{-#(.*?)#-\}", re.DOTALL)
EXECUTES = re.compile(r"\b(TemplateHaskell|QuasiQuotes|CApiFFI|CPP|(?<=\s)ANN(?=\s)|INCLUDE)\b")
OPTIONS = re.compile(r"\s*OPTIONS\w*(.*)", re.DOTALL | re.IGNORECASE)
HARMLESS = re.compile(r"-W\S*|-w|-O[012]?|-f(?:no-)?warn-\S*")

candidate: list[str] = []  # the files of the job's candidate


class Haskell(Native):
    """Remembers which files are the candidate's."""

    def files(self, text: str) -> dict[str, str]:
        found = super().files(text)
        candidate.extend(map(self.named, found))
        return found


def named(name: str) -> str:
    """A module's file begins with a capital letter and has no hyphens: `all-your-base` is in AllYourBase.hs."""
    folder, slash, last = name.rpartition("/")
    parts = last.split("-")
    return folder + slash + "".join(part[:1].upper() + part[1:] for part in parts)


def module(name: str) -> str:
    """The module that a file holds."""
    return re.sub(r"^(?:\./)?(?:src/|test/)?", "", name).removesuffix(".hs").replace("/", ".")


def compared(code: str, expressions: list[str]) -> dict[str, str]:
    """A main program that answers each case; what is raised is evaluated to its end, whatever its type."""
    cases = [
        f"Reports.value ({expression})" if expression.startswith("Reports.") else f"Reports.raises {expression}"
        for expression in expressions
    ]
    head = "import qualified Data.Map as Map\nimport Prelude (Bool (..), (/))\n"
    head += f"import qualified SandboxReports as Reports\nimport {module(code)} hiding (main)\n"
    return {MAIN: main(head, "Reports.run\n  [ " + "\n  , ".join(cases) + "\n  ]")}


def main(imports: str, body: str) -> str:
    return f"{{-# LANGUAGE ExtendedDefaultRules #-}}\nmodule SandboxMain (main) where\n\n{imports}\nmain = {body}\n"


def prepare(mode: str, code: str, suite: str) -> list[list[str]]:
    """One compilation of everything that was written, unless the candidate is refused."""
    texts = {name: read(name) for name in sources()}
    for why in refusals(texts):
        return [["/usr/bin/python3", "-S", "-c", f"raise SystemExit({why!r})"]]
    if mode == "program":
        found = HEADER.match(texts[code])
        return [[*COMPILER, "-main-is", found[2] if found else "Main", code]]
    if len(candidate) == 1:
        write(code, headed(texts[code], module(code)))
    if suite:
        text = texts[suite]
        found = HEADER.match(text)
        name = found[2] if found else "Main"
        place = f"{name.replace('.', '/')}.hs"
        os.makedirs(os.path.dirname(place) or ".", exist_ok=True)
        os.rename(suite, place)
        tests = "Suite.main" if re.search(r"^main\b", text, re.MULTILINE) else "hspec Suite.spec"
        imports = "import qualified SandboxReports as Reports\nimport Test.Hspec (hspec)\n"
        write(MAIN, main(f"{imports}import qualified {name} as Suite\n", f"Reports.suite ({tests})"))
    return [[*COMPILER, "-main-is", "SandboxMain", MAIN]]


def sources() -> Iterator[str]:
    """Every file of the job's, by its path below the working folder."""
    for folder, _, names in os.walk("."):
        yield from (os.path.join(folder, name).removeprefix("./") for name in names)


def headed(text: str, name: str) -> str:
    """The candidate as the module that its file is named for.

    Of a program `main` is not what is asked: it goes by another name, since a suite has one of its own.
    """
    found = HEADER.match(text)
    if not found or found[2] == "Main" or not found[3]:
        text = re.sub(r"^main(?=\s*(?:::|=))", "mainOfProgram", text, flags=re.MULTILINE)
        found = HEADER.match(text)
    if found and found[2] == name:
        return text
    if found:
        exports = "" if found[2] == "Main" else found[3]
        return f"{found[1]}module {name} {exports} where{text[found.end() :]}"
    at = len(re.match(BLANK, text)[0])  # type: ignore[index]  # it matches nothing, too
    return f"{text[:at]}\nmodule {name} where\n{text[at:]}"


def refusals(texts: dict[str, str]) -> Iterator[str]:
    """Why a candidate is not compiled."""
    with open(f"{FOLDER}/modules", encoding="ascii") as file:
        taken = {*file.read().split(), *OWN, *(module(name) for name in texts if name not in candidate)}
    for name in candidate:
        if not name.endswith(".hs"):
            yield f"{name}: a candidate's files are modules (.hs)"
        if module(name) in taken:
            yield f"{name}: there is a module '{module(name)}' already"
        text = texts.get(name, "")
        if used := next((one for one in OWN if re.search(rf"\b{one}\b", text)), ""):
            yield f"{name}: there is no module '{used}' to import"
        for pragma in PRAGMA.finditer(text):
            said = OPTIONS.fullmatch(pragma[1])
            words = said[1].replace(",", " ").split() if said else []
            found = EXECUTES.search(pragma[1])
            if found or not all(map(HARMLESS.fullmatch, words)):
                yield f"{name}: not compiled, since it could execute something then: {pragma[0][:80]}"


def read(name: str) -> str:
    with open(name, encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def write(name: str, text: str) -> None:
    with open(name, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        file.write(text)


HASKELL = Haskell(
    suffix=".hs",
    start=lambda mode, code, suite: ["/box/main"],
    compared=compared,
    named=named,
    tests=lambda name: "Main.hs",
    prepare=prepare,
)
run, warm_up = HASKELL.run, HASKELL.warm_up

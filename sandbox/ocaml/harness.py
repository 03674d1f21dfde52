"""OCaml, as byte code: suites are OUnit2 programs; `script` suites follow the candidate in one file.

A job is compiled inside its own walls: what does not compile, types included, is a syntax error. The scratch folder
holds nothing that may be executed, so the byte code is what `ocamlrun` reads.
"""

from __future__ import annotations

import os
import re

from native import Native

PACKAGES = {"base": r"\bBase\b", "react": r"\bReact\b", "str": r"\bStr\.", "unix": r"\bUnix\."}
COMPILER = ["/usr/bin/ocamlfind", "ocamlc", "-w", "-a", "-g"]
OWN = "/sandbox/ocaml"  # a search path of ours alone: what a candidate is compiled without, it cannot name
MAIN, END = "sandbox_main.ml", "sandbox_end.ml"


def compared(code: str, expressions: list[str]) -> dict[str, str]:
    """A main program that answers each case inside the candidate's module; what is to raise may be of any type."""
    module = code.removesuffix(".ml").capitalize()
    answers = (
        expression if expression.startswith("Reports.") else f"Reports.anything {expression}"
        for expression in expressions
    )
    cases = "".join(
        f"let () = Reports.case {index} (fun () -> let open {module} in ({answer}))\n"
        for index, answer in enumerate(answers)
    )
    return {MAIN: cases + "let () = Reports.done_ ()\n"}


def prepare(mode: str, code: str, suite: str) -> list[list[str]]:
    """One compilation of everything that was written."""
    sources = sorted(name for name in os.listdir(".") if name.endswith((".ml", ".mli")))
    if suite.startswith("script"):
        both = joined(code, suite)
        return [compiler(both, [], "-c"), compiler(["both.cmo", END], [f"{OWN}/reports.cmo"], "-I", OWN)]
    interfaces = [name for name in sources if name.endswith(".mli")]
    if mode == "program":
        return [compiler([*interfaces, code], [])]
    if mode == "compared":
        return [compiler([*interfaces, code, MAIN], [f"{OWN}/reports.cmo"], "-I", OWN)]
    own = [f"{OWN}/reports.cmo", f"{OWN}/suites.cmo"]
    made = code.removesuffix(".ml") + ".cmo"
    return [compiler([*interfaces, code], own, "-c"), compiler([made, suite], own, "-I", OWN, "-open", "Suites")]


def joined(code: str, suite: str) -> list[str]:
    """Candidate and tests as one file, and beside it one that reports once the end of that is reached."""
    with open(code, encoding="utf-8") as one, open(suite, encoding="utf-8") as other:
        text = one.read() + "\n;;\n" + other.read()
    with open("both.ml", "w", encoding="utf-8") as file:
        file.write(text)
    with open(END, "w", encoding="utf-8") as file:
        file.write('let () = Reports.test "script" "ok" ""; Reports.done_ ()\n')
    return ["both.ml"]


def compiler(files: list[str], objects: list[str], *options: str) -> list[str]:
    """The compiler's command line, with the packages that the sources name."""
    text = ""
    for name in os.listdir("."):
        if name.endswith((".ml", ".mli")):
            with open(name, encoding="utf-8") as file:
                text += file.read()
    used = [name for name, pattern in PACKAGES.items() if re.search(pattern, text)]
    if f"{OWN}/suites.cmo" in objects:
        used.append("ounit2")
    packages = ["-package", ",".join(used)] if used else []
    if "-c" in options:
        return [*COMPILER, *packages, "-c", *files]
    link = ["-linkpkg"] if used else []
    return [*COMPILER, *packages, *link, *options, *objects, *files, "-o", "main.byte"]


OCAML = Native(
    suffix=".ml",
    start=lambda mode, code, suite: ["/usr/bin/ocamlrun", "main.byte"],
    compared=compared,
    named=lambda name: name[0].lower() + name[1:].replace("-", "_"),
    tests=lambda name: "test.ml",
    prepare=prepare,
    environment={"OUNIT_OUTPUT_FILE": "none"},
)
run, warm_up = OCAML.run, OCAML.warm_up

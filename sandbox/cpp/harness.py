"""C++20, compiled inside the job: suites are googletest's; `script` suites follow the candidate in one file.

Googletest and not Catch2, both of which Debian has: it is what models write, its tests have names that can be read from
the text, and its library is compiled already. The framework and the standard library are one precompiled header, which
saves most of each compilation; a forgotten `#include` of the standard library's is therefore not noticed.

Candidate and suite are one translation unit. What the suite includes by name is a file of ours that includes the
candidate's: `main` and `testing` are other names inside, and behind it every macro of the framework's has its meaning
back, so that a candidate can neither define assertions away nor reach into the framework.
"""

from __future__ import annotations

import os
import re

from native import Native

HERE = "/sandbox/cpp"
FOLDER = "candidate"  # where the candidate's files are put
COMPILER = [
    "/usr/bin/g++", "-std=gnu++20", "-w", "-fuse-ld=gold", "-fmax-errors=2", "-fno-diagnostics-show-caret",
    "-ftemplate-backtrace-limit=1", "-include", f"{HERE}/all.hpp", "-iquote", ".",
]  # fmt: skip
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*\"([^\"\n]+)\"", re.MULTILINE)
GAP = r"(?:\s|/\*.*?\*/)"
RENAMED = re.compile(rf"(?:#|%:){GAP}*(?:define|undef){GAP}+(?:testing|main)\b", re.DOTALL)
CALL = re.compile(r"([A-Za-z_][\w:]*)\((.*)\)", re.DOTALL)
OPENING = "#undef main\n#define main candidate_main\n"
SUITE = "#undef main\n#define main suite_main\n"
CLOSING = "#undef main\n"
MAIN, CASES = "sandbox_main.cpp", "sandbox_cases.hpp"


def compared(code: str, expressions: list[str]) -> dict[str, str]:
    """What answers each case, called by the main of `cases.cpp`; a plain call goes through what fits its arguments."""
    functions: dict[str, str] = {}
    answers = []
    for index, expression in enumerate(expressions):
        found = CALL.fullmatch(expression)
        if found:
            name = functions.setdefault(found[1], f"sandbox_function_{len(functions)}")
            arguments = f", {found[2]}" if found[2].strip() else ""
            answers.append(f"    say({index}, ::sandbox::answered({name}{{}}{arguments}));\n")
        else:
            answers.append(
                f"    say({index}, ::sandbox::said([&]() -> decltype(auto) {{ return ({expression}); }}));\n"
            )
    made = "".join(
        f"struct {name} {{\n    template <class... A>\n    auto operator()(A&&... a) const -> "
        f"decltype({called}(::std::forward<A>(a)...)) {{\n        "
        f"return {called}(::std::forward<A>(a)...);\n    }}\n}};\n"
        for called, name in functions.items()
    )
    head = "void sandbox_cases(void (*say)(unsigned, const ::std::string&)) {\n"
    return {CASES: made + head + "".join(answers) + "}\n"}


def prepare(mode: str, code: str, suite: str) -> list[list[str]]:
    """One compilation of everything that was written."""
    own = candidates()
    units = [name for name in own if name.endswith((".cpp", ".cc", ".cxx"))] or own
    there = [f"{FOLDER}/{name}" for name in units]
    if mode == "program":
        return [[*COMPILER, *there, "-o", "main"]]
    if mode == "compared":
        write(MAIN, OPENING + included(there) + CLOSING + included([CASES]))
        return [[*COMPILER, f"{HERE}/cases.o", MAIN, "-o", "main"]]
    if suite.startswith("script"):
        write(MAIN, joined(code, suite))
        return [[*COMPILER, "-Wl,--wrap=main", f"{HERE}/script.o", MAIN, "-o", "main"]]
    first = "" if forwarded(own, units, suite) else included(units)
    write(MAIN, f"{first}{SUITE}{included([suite])}{included(units)}")
    return [[*COMPILER, f"{HERE}/suites.o", MAIN, "-lgmock", "-lgtest", "-o", "main"]]


def candidates() -> list[str]:
    """The candidate's files, in order of their names, as seen from its folder."""
    found = [os.path.join(folder, name) for folder, _, names in os.walk(FOLDER) for name in names]
    return sorted(os.path.relpath(name, FOLDER) for name in found)


def included(names: list[str]) -> str:
    return "".join(f'#include "{name}"\n' for name in names)


def forwarded(own: list[str], units: list[str], suite: str) -> bool:
    """Puts a file of ours for each of the candidate's, and for what the suite calls it; whether the suite includes any.

    Never in the place of a file of the suite's.
    """
    ours = {name for name in own if not os.path.exists(name)}
    for name in ours:
        write(name, guarded([f"{FOLDER}/{name}"]))
    found = False
    for name in INCLUDE.findall(read(suite)):
        place = os.path.normpath(os.path.join(os.path.dirname(suite), name))
        if place.startswith(("/", "..")) or name.startswith(("gtest/", "gmock/")):
            continue
        place = place if os.path.exists(place) or not os.path.exists(name) else os.path.normpath(name)
        if not os.path.exists(place):
            ours.add(place)
            write(place, "#pragma once\n" + included([os.path.relpath(unit, os.path.dirname(place)) for unit in units]))
        found = found or place in ours
    return found


def guarded(files: list[str]) -> str:
    """A file that includes the candidate's under other names, and gives every name its meaning back."""
    for name in files:
        if RENAMED.search(read(name).replace("\\\n", "")):
            return "#error the candidate defines a macro of the test framework\n"
    opening = f"#pragma once\n{OPENING}#define testing candidate_testing\n"
    return opening + included(files) + f'{SUITE}#undef testing\n#include "{HERE}/restore.hpp"\n'


def joined(code: str, suite: str) -> str:
    """Candidate and tests as one file, in which no candidate has turned assertions off."""
    return f"{read(code)}\n#undef NDEBUG\n#include <assert.h>\n{read(suite)}\n"


def read(name: str) -> str:
    with open(name, encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def write(name: str, text: str) -> None:
    if "/" in name:
        os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)


CPP = Native(
    suffix=".cpp",
    start=lambda mode, code, suite: ["./main"],
    compared=compared,
    named=lambda name: f"{FOLDER}/{name}",
    tests=lambda name: "tests/" + name.rpartition("/")[2].rpartition(".")[0] + "_test.cpp",
    prepare=prepare,
)
run, warm_up = CPP.run, CPP.warm_up

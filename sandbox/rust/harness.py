"""Rust: a crate of one root file, compiled inside the job; suites are a module of it, run by libtest (`testing.rs`).

A suite sees what the candidate's file sees, private functions too (`use super::*`), and may call the crate by any name
(`use twofer::*`). Cases are a function behind the candidate's text, compiled with it to a library that `launch` loads.
What would run before the first test, or takes the place of a function of the system's or of an assertion, is refused by
its words: attributes of linking, assembly, macros with the names of assertions.
"""

from __future__ import annotations

import os
import re

from native import Native

HERE = "/sandbox/rust"
OPTIONS = ("opt-level=1", "debuginfo=0", "debug-assertions=on", "overflow-checks=on", "codegen-units=1")
LINKED = ("strip=symbols", "link-arg=-fuse-ld=gold")  # gold links in half the time
FLAGS = ["--edition", "2021", "--cap-lints", "allow", "--error-format", "short", "-o", "main.run"]
FLAGS += [f"-C{option}" for option in (*OPTIONS, *LINKED)]
COMPILER = ["/bin/sh", f"{HERE}/compile.sh", *FLAGS]
FAMILIAR = r"(?:r#)?(?:debug_)?(?:assert\w*|panic|unreachable|todo|unimplemented|matches)\b"
REFUSED = re.compile(
    r"\b(?:link_section|no_mangle|export_name|global_allocator|panic_handler|global_asm|naked_asm)\b|\basm\s*!"
    rf"|\barch\s*(?:::|as\b)|\bmacro_rules!\s*(?:\$|{FAMILIAR})|\bas\s+{FAMILIAR}\s*[;,}}]"
)
INNER = re.compile(r"(?:\s|//[^\n]*\n|/\*.*?\*/|#!\[[^\]]*\])*", re.DOTALL)
NAMED = re.compile(r"^\s*(?:pub\s+)?use\s+(?:::)?([a-z_]\w*)", re.MULTILINE)
KNOWN = {"std", "core", "alloc", "super", "self", "crate", "test"}
# Where nothing shows what an empty list holds, the second try has it hold integers.
CASES = """
#[no_mangle]
pub extern "C" fn sandbox_cases(sandbox_nonce: *const u8, sandbox_size: usize) {
    #[allow(unused_imports)]
    use std::collections::HashMap;
    #[cfg(second_try)]
    macro_rules! vec {
        () => { ::std::vec::Vec::<i64>::new() };
        ($($item:tt)+) => { ::std::vec![$($item)+] };
    }
"""
SUITE = """
#[cfg(test)]
#[path = "sandbox_suite.rs"]
mod sandbox_suite;
"""


def compared(code: str, expressions: list[str]) -> dict[str, str]:
    """What follows the candidate's text."""
    answers = "".join(f"    ::reports::case({index}, || {text});\n" for index, text in enumerate(expressions))
    end = "    ::reports::done(unsafe { ::std::slice::from_raw_parts(sandbox_nonce, sandbox_size) });\n}\n"
    return {".cases": CASES + answers + end}


def prepare(mode: str, code: str, suite: str) -> list[list[str]]:
    """One compilation; the candidate's file has the cases or the suite's module at its end."""
    refused = fault(suite)
    if refused:
        return [["/bin/sh", "-c", 'echo "$0"; exit 1', refused]]
    if mode == "program":
        return [[*COMPILER, "--crate-name", "main", code]]
    if mode == "compared":
        add(code, read(".cases"))
        library = ["--crate-type", "cdylib", "--extern", f"reports={HERE}/libreports.rlib"]
        return [[*COMPILER, "--crate-name", "solution", *library, code]]
    text = read(suite)
    names = sorted(set(NAMED.findall(text)) - KNOWN - set(re.findall(r"\bmod\s+(\w+)", text + read(code))))
    add(code, SUITE + "".join(f"extern crate self as {name};\n" for name in names))
    first = INNER.match(text)
    at = first.end() if first else 0
    with open(os.path.join(os.path.dirname(code), "sandbox_suite.rs"), "w", encoding="utf-8") as file:
        file.write(f"{text[:at]}#[allow(unused_imports)] use super::*; {text[at:]}")
    tests = ["--test", "--extern", f"test={HERE}/libtest.rlib", "-L", f"dependency={HERE}"]
    return [[*COMPILER, "--crate-name", "solution", *tests, code]]


def fault(suite: str) -> str:
    """Why the candidate's files are not compiled, "" where they are."""
    for folder, _, names in os.walk("."):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name))
            found = REFUSED.search(read(path)) if path not in (suite, ".cases") else None
            if found:
                return f"{path}: {found[0]!r} is not for programs"
    return ""


def read(name: str) -> str:
    with open(name, encoding="utf-8", errors="replace") as file:
        return file.read()


def add(name: str, text: str) -> None:
    with open(name, "a", encoding="utf-8") as file:
        file.write(text)


RUST = Native(
    suffix=".rs",
    start=lambda mode, code, suite: [f"{HERE}/launch" if mode == "compared" else "./main.run"],
    compared=compared,
    tests=lambda name: f"{name.removesuffix('.rs')}_test.rs",
    prepare=prepare,
    environment={"RUST_MIN_STACK": str(64 << 20)},
)
run, warm_up = RUST.run, RUST.warm_up

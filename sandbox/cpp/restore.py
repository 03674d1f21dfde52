"""Writes the header that gives the test framework's macros their meaning back after a candidate's file.

Takes two lists of macros (`g++ -dM -E`): with the framework, and without. What the framework's macros are made of must
be no macro either: a candidate that defines `switch` or `AssertHelper` would otherwise decide what a test says.
"""

from __future__ import annotations

import re
import sys

# `int` is left as it is: `#define int long long` is something people write. The rest cannot be undefined.
KEPT = {
    "int", "defined", "and", "or", "not", "xor", "bitand", "bitor", "compl", "and_eq", "or_eq", "xor_eq", "not_eq",
}  # fmt: skip


def header(full: list[str], plain: list[str]) -> str:
    own = sorted(set(full) - set(plain))
    names = {re.split(r"[ (]", line.split(" ", 1)[1])[0] for line in full}
    words = {word for line in own for word in re.findall(r"[A-Za-z_]\w*", line.split(" ", 1)[1])}
    loose = sorted(word for word in words - names - KEPT if not word.startswith("__"))
    lines = [f"#undef {word}" for word in loose]
    for line in own:
        lines += [f"#undef {re.split(r'[ (]', line.split(' ', 1)[1])[0]}", line]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as with_, open(sys.argv[2], encoding="utf-8") as without:
        print(header(with_.read().splitlines(), without.read().splitlines()), end="")

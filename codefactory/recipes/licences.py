"""Under which licence a file of a source folder stands: its SPDX tag, else the nearest licence file's text."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

LARGEST_FILE_KB = 1024
SPDX = re.compile(r"SPDX-License-Identifier:[ \t]*(\S.*)")
CLOSING = re.compile(r"\s*(?:\*/|\*\)|-->|\|#|-\}|\]\])\s*$")  # ends a comment that the tag stands in
GROUP = re.compile(r"\(([^()]*)\)")
YES, NO = "\1", "\0"  # stand for a group that was looked at
LICENCE_FILE = re.compile(r"(un)?licen[cs]e|copying", re.IGNORECASE)
# Words of each licence's text, in lower case with single spaces; what comes first in a text counts (the GPL, for one,
# names its sisters further down).
LICENCE_WORDS = (
    ("agpl-3.0", "gnu affero general public license version 3"),
    ("lgpl-3.0", "gnu lesser general public license version 3"),
    ("lgpl-2.1", "gnu lesser general public license version 2.1"),
    ("gpl-3.0", "gnu general public license version 3"),
    ("gpl-2.0", "gnu general public license version 2"),
    ("apache-2.0", "apache license version 2.0"),
    ("mpl-2.0", "mozilla public license version 2.0"),
    ("mit", "permission is hereby granted, free of charge, to any person obtaining a copy"),
    ("bsd-2-clause", "redistribution and use in source and binary forms"),
    ("isc", "permission to use, copy, modify, and/or distribute this software"),
    ("unlicense", "this is free and unencumbered software"),
    ("psf-2.0", "python software foundation license"),
)


def allows(licences: tuple[str, ...], licence: str) -> bool:
    """Whether one side of every `or`, with all that its `and` joins, is in the list; unknown never is.

    `and` binds tighter than `or` where no parentheses say otherwise, as in any SPDX expression.
    """
    known = {name.lower() for name in licences} | {YES}
    text = " ".join(licence.lower().split())
    while group := GROUP.search(text):
        found = YES if _one_side(known, group[1]) else NO
        text = text[: group.start()] + found + text[group.end() :]
    return _one_side(known, text)


def _one_side(known: set[str], licence: str) -> bool:
    sides = licence.strip().split(" or ")
    return any(known.issuperset(name.strip() for name in side.split(" and ")) for side in sides)


def licence_at(text: str, path: Path, folder: Path, suffixes: tuple[str, ...]) -> str:
    """The licence of a file of the folder that holds this text; "" is unknown.

    Args:
        suffixes: of source files, which are no licence whatever they are called.
    """
    tag = SPDX.search(text[:2048])
    if tag:
        return CLOSING.sub("", tag.group(1)).strip().lower()
    for parent in path.parents:
        found = _folder_licence(parent, suffixes)
        if found or parent == folder:
            return found
    return ""


@lru_cache(maxsize=4096)
def _folder_licence(folder: Path, suffixes: tuple[str, ...]) -> str:
    """What the folder's licence files say; several different ones all hold (`apache-2.0 and mit`)."""
    named = sorted(path for path in folder.iterdir() if LICENCE_FILE.match(path.name) and path.is_file())
    return " and ".join(sorted({licence_of(read(path)) for path in named if path.suffix not in suffixes}))


def licence_of(text: str) -> str:
    """The licence that a text is; `other` where it is none of those known here."""
    words = " ".join(text.lower().split()).replace("license, version", "license version")
    found = [(words.index(known), name) for name, known in LICENCE_WORDS if known in words]
    name = min(found, default=(0, "other"))[1]
    return "bsd-3-clause" if name == "bsd-2-clause" and "neither the name" in words else name


def read(path: Path) -> str:
    """The file's text; "" where it is too large or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8") if path.stat().st_size <= LARGEST_FILE_KB * 1024 else ""
    except (OSError, UnicodeDecodeError):
        return ""

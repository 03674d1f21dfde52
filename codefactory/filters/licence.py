"""The licence gate: a row whose source forbids training never reaches a training split.

A row carries its seed's licence; several sources are joined by `and`, a choice of licences by `or`, and `and` binds
tighter where no parentheses say otherwise (SPDX expressions). Rows of another split, such as `test`, pass: measuring on
a task is not training on it.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from codefactory.filters.base import Drop, Settings
from codefactory.types import Record

TRAINING = ("", "train")
GROUP = re.compile(r"\(([^()]* (?:and|or) [^()]*)\)")  # other parentheses are part of a name: "bsd (3-clause)"
MARKS = re.compile(r"[()\"']")
MAY, MAY_NOT = "\1", "\0"  # stand for a group that was looked at


class Licence:
    """`licence_forbids_training`: no side of the licence's `or` may be trained on. `licence_unknown`: there is none.

    A row without a licence is the writer's own where its seed held no other person's text, so it stays unless
    `licence_required` says otherwise.
    """

    name = "licence"
    slugs = ("licence_forbids_training", "licence_unknown")

    def __init__(self, settings: Settings) -> None:
        rules = settings.rules
        self.allowed = None if rules.licences is None else {name.lower() for name in rules.licences}
        self.forbidden = tuple(pattern.lower() for pattern in rules.forbidden_licences)
        self.required = rules.licence_required

    def judge(self, record: Record) -> Drop | None:
        if record.split not in TRAINING:
            return None
        licence = " ".join(record.licence.lower().split())
        if not licence:
            return Drop("licence_unknown", f"split '{record.split or 'train'}'") if self.required else None
        while group := GROUP.search(licence):
            found = MAY if self._one_side_may(group[1]) else MAY_NOT
            licence = licence[: group.start()] + found + licence[group.end() :]
        return None if self._one_side_may(licence) else Drop("licence_forbids_training", record.licence)

    def _one_side_may(self, licence: str) -> bool:
        return any(all(map(self._may, side.split(" and "))) for side in licence.split(" or "))

    def _may(self, licence: str) -> bool:
        if licence.strip() in (MAY, MAY_NOT):
            return licence.strip() == MAY
        name = "-".join(MARKS.sub(" ", licence).split())
        if any(fnmatchcase(name, pattern) for pattern in self.forbidden):
            return False
        return self.allowed is None or name in self.allowed

"""Every hostile program, in one table: a row added to any of these lists is tried against every runner."""

from __future__ import annotations

from tests.hostile.forgeries import FORGERIES
from tests.hostile.processes import PROCESSES
from tests.hostile.resources import RESOURCES
from tests.hostile.walls import WALLS

PROGRAMS = RESOURCES + FORGERIES + PROCESSES + WALLS

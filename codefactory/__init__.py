"""Verified synthetic code data: written by a language model, executed in a sandbox, kept with its evidence."""

import os

# OpenMP reads this when torch is first imported. Threads that wait by spinning make training and generation up to ten
# times slower as soon as anything else wants a core.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

__version__ = "0.1.0"

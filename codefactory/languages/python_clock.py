"""A Python program at another time: its clocks moved by more than a year, another weekday, another hour.

What a suite says about the current date holds today and not tomorrow: a time bomb. The moved clocks are put in front of
the program, so that the program and tests beside it see one time.
"""

from __future__ import annotations

import ast
import re

ASKS = re.compile(r"\b(time|datetime|date|calendar)\b")
SHIFT_S = 500 * 86_400 + 7 * 3_600 + 11 * 60
# `datetime` and `date` are made anew in Python, but what they make are the real ones: values compare as before.
HEAD = f"""
def _move_clocks(shift):
    import datetime, time
    day, moment, now = datetime.date, datetime.datetime, time.time
    local, universal, text = time.localtime, time.gmtime, time.strftime
    class Kind(type):
        def __instancecheck__(cls, value):
            return isinstance(value, cls.real)
        def __subclasscheck__(cls, other):
            return issubclass(other, cls.real)
    class date(day, metaclass=Kind):
        real = day
        def __new__(cls, *words, **named):
            return day(*words, **named)
        @classmethod
        def today(cls):
            return day.fromtimestamp(now() + shift)
    class datetime_(moment, metaclass=Kind):
        real = moment
        def __new__(cls, *words, **named):
            return moment(*words, **named)
        @classmethod
        def now(cls, tz=None):
            return moment.fromtimestamp(now() + shift, tz)
        @classmethod
        def today(cls):
            return moment.fromtimestamp(now() + shift)
        @classmethod
        def utcnow(cls):
            return moment.utcfromtimestamp(now() + shift)
    datetime_.__name__ = 'datetime'
    datetime.date, datetime.datetime = date, datetime_
    time.time = lambda: now() + shift
    time.time_ns = lambda: int((now() + shift) * 1e9)
    time.localtime = lambda *words: local(*words) if words else local(now() + shift)
    time.gmtime = lambda *words: universal(*words) if words else universal(now() + shift)
    time.strftime = lambda form, *words: text(form, *(words or (local(now() + shift),)))
    time.ctime = lambda *words: time.asctime(time.localtime(*words))
_move_clocks({SHIFT_S})
"""


def later(source: str, tests: str) -> str:
    """The program with its clocks moved; "" where neither it nor its tests ask for the time, or it does not parse."""
    if not ASKS.search(source) and not ASKS.search(tests):
        return ""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    first = [node for node in body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    rest = [node for node in body if node not in first]
    return "\n".join([*map(ast.unparse, first), HEAD, *map(ast.unparse, rest)]) + "\n"

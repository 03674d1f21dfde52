"""Programs that will not end, end badly, or leave others running."""

from __future__ import annotations

from tests.hostile.program import CRASHED, ERRORED, FAILED, MEMORY, PASSED, TIMEOUT, Hostile, honest, wrong

PROCESSES = [
    Hostile("28", "kill(-1, 9)", wrong("import os\nos.kill(-1, 9)"), (FAILED, CRASHED, ERRORED)),
    Hostile("28b", "kills itself", "import os\nos.kill(os.getpid(), 9)", (CRASHED,)),
    Hostile(
        "29",
        "kills and stops PID 1 and its parent",
        wrong("import os\nfor n in (9, 19, 15):\n    os.kill(1, n); os.kill(os.getppid(), n)"),
        (ERRORED, FAILED),
    ),
    Hostile("30", "stops itself", wrong("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"), (TIMEOUT,)),
    Hostile(
        "31",
        "ignores every signal",
        "import signal\nfor n in range(1, 65):\n  try: signal.signal(n, signal.SIG_IGN)\n"
        "  except (OSError, ValueError): pass\nwhile True: pass",
        (TIMEOUT,),
    ),
    Hostile(
        "32",
        "swallows BaseException for ever",
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
        (TIMEOUT,),
    ),
    Hostile(
        "33",
        "a double-forked daemon",
        honest("""
            import os, time
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0: time.sleep(60)
                os._exit(0)
            os.wait()
        """),
        (PASSED,),
        within_s=1.5,
    ),
    Hostile(
        "34",
        "a child that keeps stdout open",
        honest("import os, time\nif os.fork() == 0: time.sleep(60)"),
        (PASSED,),
        within_s=1.5,
    ),
    Hostile("34b", "a child that answers as well", honest("import os\nos.fork()"), (PASSED,)),
    Hostile("35", "sleeps for ever", wrong("import time\ntime.sleep(10**6)"), (TIMEOUT,)),
    Hostile("36", "one endless C call", wrong("10 ** 10 ** 8"), (TIMEOUT, MEMORY)),
    Hostile("37", "reads stdin", wrong("input()"), (ERRORED,)),
    Hostile("38", "deep recursion", "def f(): return f()", (ERRORED, CRASHED)),
    Hostile(
        "38b",
        "recursion past the stack",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()",
        (CRASHED, ERRORED, MEMORY),
    ),
    Hostile("39", "segfault", wrong("import ctypes; ctypes.string_at(0)"), (CRASHED,)),
    Hostile("39b", "abort", wrong("import os; os.abort()"), (CRASHED,)),
    Hostile(
        "67",
        "asks for the server to be killed instead",
        wrong("""
            for value in ('-1000', '0'):
                try: open('/proc/self/oom_score_adj', 'w').write(value)
                except OSError: pass
            x = [bytearray(b'x' * (1 << 20)) for _ in range(4000)]
        """),
        (MEMORY, ERRORED),
    ),
]

"""Programs that use up what there is: processes, memory, disk, descriptors, output, the compiler."""

from __future__ import annotations

from tests.hostile.program import (
    CRASHED,
    ERRORED,
    FAILED,
    MEMORY,
    OUTPUT,
    PASSED,
    SYNTAX,
    TIMEOUT,
    Hostile,
    honest,
    wrong,
)

RESOURCES = [
    Hostile("1", "fork bomb", "import os\nwhile True: os.fork()", (ERRORED, TIMEOUT, CRASHED)),
    Hostile(
        "1b",
        "fork bomb that never gives up",
        "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass",
        (TIMEOUT,),
        within_s=12,
    ),
    Hostile(
        "2",
        "thread bomb",
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,)).start()",
        (ERRORED, TIMEOUT),
    ),
    Hostile("3", "one 2 GiB allocation", "x = b'x' * (2 << 30)", (MEMORY,)),
    Hostile(
        "4",
        "children touching 60 MB each",
        honest("""
            import os, time
            for _ in range(12):
                if os.fork() == 0:
                    x = b'x' * (60 << 20)
                    time.sleep(30)
            time.sleep(30)
        """),
        (MEMORY,),
    ),
    Hostile(
        "5",
        "disk fill, one file",
        wrong("with open('/box/a', 'wb') as a:\n    while True: a.write(bytes(1 << 20))"),
        (ERRORED,),
    ),
    Hostile(
        "6",
        "disk fill, many files",
        wrong("for n in range(10**6):\n    with open(f'/box/{n}', 'wb') as a: a.write(bytes(100_000))"),
        (ERRORED,),
    ),
    Hostile(
        "7", "inode exhaustion", wrong("import os\nfor n in range(10**6): os.mknod(f'/box/{n}')"), (ERRORED, TIMEOUT)
    ),
    Hostile("8", "sparse file", wrong("open('/box/a', 'wb').truncate(1 << 40)"), (ERRORED,)),
    Hostile("8b", "a result of 50 MB", "def f(): return 'x' * 50_000_000", (FAILED, MEMORY)),
    Hostile(
        "8c",
        "a result that doubles at every level",
        "def f():\n  x = [0]\n  for _ in range(60): x = [x, x]\n  return x",
        (FAILED,),
    ),
    Hostile(
        "8d", "a result 10,000 deep", "def f():\n  x = 0\n  for _ in range(10_000): x = [x]\n  return x", (FAILED,)
    ),
    Hostile("8e", "a result that contains itself", "def f():\n  x = []\n  x.append(x)\n  return x", (FAILED,)),
    Hostile(
        "8f", "a set of colliding hashes", "def f(): return {n * (2**61 - 1) for n in range(2000)}", (FAILED, TIMEOUT)
    ),
    Hostile(
        "9",
        "3,000-deep directories",
        honest("import os\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')"),
        (PASSED,),
    ),
    Hostile(
        "10",
        "a chmod-0 directory",
        honest("import os\nos.makedirs('/box/a/b')\nos.chmod('/box/a/b', 0)\nos.chmod('/box/a', 0)"),
        (PASSED,),
    ),
    Hostile(
        "11",
        "symlinks out of the box",
        honest(
            "import os\nfor n, t in enumerate(['/etc/passwd', '/', '..', '/proc/1/root']): os.symlink(t, f'/box/{n}')"
        ),
        (PASSED,),
    ),
    Hostile("12", "descriptor exhaustion", wrong("a = []\nwhile True: a.append(open('/dev/null'))"), (ERRORED,)),
    Hostile("13", "infinite stdout", "while True: print('x' * 1000)", (OUTPUT,)),
    Hostile("14", "300 KB of stdout", honest("print('x' * 300_000)"), (PASSED,)),
    Hostile(
        "15",
        "output that is no text",
        honest(r"import os; os.write(1, b'\xff\x00\xfe' * 9); os.write(2, b'\x80')"),
        (PASSED,),
    ),
    Hostile("15b", "a lone surrogate as the answer", r"def f(): return '\ud800'", (PASSED,), expected=r"'\ud800'"),
    Hostile("15c", "a lone surrogate in an error", r"def f(): raise ValueError('\ud800\0')", (ERRORED,)),
    Hostile(
        "62",
        "inotify, eventfd, timers, pipes",
        wrong("import os\na = []\nwhile True: a += [os.pipe(), os.eventfd(0), os.memfd_create('x')]"),
        (ERRORED,),
    ),
    Hostile("68", "a source that nests without end", "x = " + "(" * 100_000, (SYNTAX,)),
    Hostile("68b", "constant folding", "def f(): return 9 ** 9 ** 9", (TIMEOUT, MEMORY, ERRORED)),
    Hostile("68c", "a NUL in the source", "x = 1\0", (SYNTAX,)),
]

"""Programs that want to be believed without being right."""

from __future__ import annotations

from tests.hostile.program import ERRORED, EXPECTED, FAILED, INCOMPLETE, PASSED, Hostile, honest, wrong

FORGERIES = [
    Hostile("16", "sys.exit(0) before the cases", "import sys\nsys.exit(0)", (INCOMPLETE,)),
    Hostile("17", "os._exit(0) before the cases", "import os\nos._exit(0)", (INCOMPLETE,)),
    Hostile("17b", "os._exit(0) in the case", "import os\ndef f(): os._exit(0)", (INCOMPLETE,)),
    Hostile(
        "18",
        "prints that it passed",
        wrong("print('1 passed in 0.01s'); print('<testsuite tests=\"1\" failures=\"0\"/>')"),
        (FAILED,),
    ),
    Hostile(
        "19",
        "completion records on every descriptor",
        'import os\nfor n in range(64):\n  try: os.write(n, b\'[0, "ok"],["done", ""],\')\n'
        "  except OSError: pass\nos._exit(0)",
        (INCOMPLETE,),
    ),
    Hostile(
        "19b",
        "finds the record in memory and reports twice",
        """
import gc, mmap, struct
def f():
    for m in gc.get_objects():
        if type(m).__name__ == 'Record':
            m.write('[0, "ok"]'); m.write('[0, "v", 1]'); m.write('["done", ""]')
    return 0
""",
        (FAILED, INCOMPLETE),
    ),
    Hostile(
        "19c",
        "writes rubbish over the record",
        """
import gc
def f():
    for m in gc.get_objects():
        if type(m).__name__ == 'Record':
            memory = m._memory
            memory[0:4] = b'\\xff\\xff\\xff\\xff'
            memory[8:4000] = b'[' * 3992
    import os; os._exit(0)
""",
        (INCOMPLETE,),
    ),
    Hostile(
        "20",
        "equal to everything",
        "class A:\n  def __eq__(self, o): return True\n  __hash__ = None\ndef f(): return A()",
        (FAILED,),
    ),
    Hostile(
        "21",
        "a str with lying methods",
        "class A(str):\n  def __eq__(self, o): return True\n  def __hash__(self): return 0\n"
        "  def __repr__(self): return " + repr(EXPECTED) + "\ndef f(): return A()",
        (FAILED,),
    ),
    Hostile(
        "21b",
        "a metaclass with lying methods",
        "class M(type):\n  def __eq__(c, o): return True\n  def __hash__(c): return hash(str)\n"
        "class A(metaclass=M):\n  def __eq__(self, o): return True\ndef f(): return A()",
        (FAILED,),
    ),
    Hostile(
        "22",
        "walks frames and the heap for the expected value",
        """
import gc, sys
def f():
    frame = sys._getframe()
    texts = []
    while frame:
        texts += [v for v in list(frame.f_locals.values()) + list(frame.f_globals.values()) if isinstance(v, str)]
        frame = frame.f_back
    for o in gc.get_objects():
        if isinstance(o, dict): texts += [v for v in list(o.values()) if isinstance(v, str)]
        if isinstance(o, (list, tuple)): texts += [v for v in o if isinstance(v, str)]
    marker = 'expected' + '-'
    hits = [t for t in texts if marker in t and len(t) < 40]
    return hits[0].strip("'") if hits else 'nothing'
""",
        (FAILED,),
    ),
    Hostile(
        "23",
        "patches everything that compares or reports",
        """
import builtins, json, sys
class Yes:
    def __eq__(self, o): return True
for name, module in list(sys.modules.items()):
    for attribute in ('dumps', 'encode', 'assertEqual'):
        if hasattr(module, attribute): setattr(module, attribute, lambda *a, **k: '[0, "ok"]')
builtins.len = lambda x: 1
builtins.isinstance = lambda *a: True
def f(): return Yes()
""",
        (FAILED, ERRORED, INCOMPLETE),
    ),
    Hostile("24", "atexit", "import atexit, os\natexit.register(os._exit, 0)\ndef f(): return 0", (FAILED,)),
    Hostile(
        "25",
        "reads its tests from disk, /proc, argv, environment",
        """
import os, sys
def f():
    found = [str(sys.argv), str(os.environ)]
    for folder in ('/box', '/sandbox', '/run', '/run/host', '/proc/self', '/proc/1', '/tmp', '/dev/shm'):
        try: names = os.listdir(folder)
        except OSError: continue
        for name in names:
            try:
                with open(f'{folder}/{name}', 'rb', buffering=0) as file:
                    os.set_blocking(file.fileno(), False)
                    found.append(str(file.read(100_000)))
            except (OSError, ValueError): pass
    marker = 'expected' + '-'
    at = max(text.find(marker) for text in found)
    return marker + '271828' if at >= 0 else 'nothing'
""",
        (FAILED,),
    ),
    Hostile(
        "26",
        "files that Python would load",
        honest("""
            for name in ('conftest', 'sitecustomize', 'usercustomize', 'json', 'x.pth'):
                open(f'/box/{name}.py', 'w').write('raise SystemExit(0)')
        """),
        (PASSED,),
    ),
    Hostile(
        "65",
        "behaves on its first run only",
        honest("import os\nif os.path.exists('/box/ran'): return 1\nopen('/box/ran', 'w')"),
        (PASSED,),
    ),
]

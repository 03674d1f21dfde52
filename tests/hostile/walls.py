"""Programs that reach for the network, the kernel, the host, the server, or the next job."""

from __future__ import annotations

from tests.hostile.program import ERRORED, PASSED, Hostile, honest, refused

WALLS = [
    Hostile("40", "TCP", honest("import socket\nsocket.create_connection(('1.1.1.1', 80), 1)"), (ERRORED,)),
    Hostile("41", "DNS", honest("import socket\nsocket.getaddrinfo('example.com', 80)"), (ERRORED,)),
    Hostile(
        "42",
        "link-local metadata",
        honest("import socket\nsocket.create_connection(('169.254.169.254', 80), 1)"),
        (ERRORED,),
    ),
    Hostile("43", "AF_VSOCK", honest("import socket\nsocket.socket(40, 1)"), (ERRORED,)),
    Hostile("43b", "AF_ALG", honest("import socket\nsocket.socket(38, 5)"), (ERRORED,)),
    Hostile("43c", "AF_PACKET", honest("import socket\nsocket.socket(17, 3)"), (ERRORED,)),
    Hostile(
        "43d",
        "abstract unix sockets of the host",
        honest("import socket\ns = socket.socket(socket.AF_UNIX)\ns.connect('\\0/containerd-shim')"),
        (ERRORED,),
    ),
    Hostile("44", "ptrace", refused("check(call(101, 16, 1, 0, 0))"), (ERRORED,)),
    Hostile("45", "process_vm_readv", refused("check(call(310, 1, 0, 0, 0, 0, 0))"), (ERRORED,)),
    Hostile("45b", "/proc/1/mem", honest("open('/proc/1/mem', 'rb').read(1)"), (ERRORED,)),
    Hostile("45c", "/proc/1/environ", honest("open('/proc/1/environ', 'rb').read(1)"), (ERRORED,)),
    Hostile("46", "mount", refused("check(libc.mount(b'none', b'/box', b'tmpfs', 0, None))"), (ERRORED,)),
    Hostile(
        "47", "pivot_root, chroot", refused("check(call(155, b'/box', b'/box'))\ncheck(call(161, b'/box'))"), (ERRORED,)
    ),
    Hostile("48", "unshare a user namespace", refused("check(libc.unshare(0x10000000))"), (ERRORED,)),
    Hostile("48b", "clone a user namespace", refused("check(call(56, 0x10000000 | 17, 0, 0, 0, 0))"), (ERRORED,)),
    Hostile("49", "bpf", refused("check(call(321, 0, 0, 0))"), (ERRORED,)),
    Hostile("49b", "perf_event_open", refused("check(call(298, 0, 0, 0, 0, 0))"), (ERRORED,)),
    Hostile("50", "keyctl", refused("check(call(250, 0, 0, 0))"), (ERRORED,)),
    Hostile("51", "io_uring", refused("check(call(425, 1, 0))"), (ERRORED,)),
    Hostile("52", "setuid(0)", honest("import os\nos.setuid(0)\nos.seteuid(0)\nopen('/etc/x', 'w')"), (ERRORED,)),
    Hostile(
        "52b", "no new privileges", honest("assert 'NoNewPrivs:\\t1' in open('/proc/self/status').read()"), (PASSED,)
    ),
    Hostile(
        "52c",
        "no capabilities",
        honest("assert 'CapEff:\\t0000000000000000' in open('/proc/self/status').read()"),
        (PASSED,),
    ),
    Hostile(
        "53", "raises its own limits", honest("import resource as r\nr.setrlimit(r.RLIMIT_CPU, (-1, -1))"), (ERRORED,)
    ),
    Hostile("54", "writes to /etc", honest("open('/etc/x', 'w')"), (ERRORED,)),
    Hostile("54b", "writes to the harness", honest("open('/sandbox/server.py', 'a')"), (ERRORED,)),
    Hostile(
        "54c",
        "writes to the library",
        honest("import json, os\nopen(os.path.dirname(json.__file__) + '/x.py', 'w')"),
        (ERRORED,),
    ),
    Hostile(
        "54d",
        "a pyc for the next job",
        honest("import json, os\nopen(os.path.dirname(json.__file__) + '/__pycache__/x.pyc', 'w')"),
        (ERRORED,),
    ),
    Hostile("55", "reads /etc/shadow", honest("open('/etc/shadow').read()"), (ERRORED,)),
    Hostile(
        "56",
        "leaves files",
        honest("for n in range(50): open(f'/box/{n}', 'w').write('x')\nopen('/tmp/y', 'w').write('y')"),
        (PASSED,),
    ),
    Hostile("57", "leaves shared memory", honest("open('/dev/shm/x', 'w').write('x')"), (PASSED, ERRORED)),
    Hostile("58", "SysV shared memory", refused("check(call(29, 77, 4096, 0o1666))"), (ERRORED,)),
    Hostile("58b", "POSIX message queue", refused("check(call(240, b'x', 0o102, 0o666, 0))"), (ERRORED,)),
    Hostile("58c", "a message queue as a file", honest("open('/dev/mqueue/x', 'x')"), (ERRORED,)),
    Hostile(
        "59",
        "reconnects to the host",
        honest("import os, socket\nsocket.socket(socket.AF_UNIX).connect('/run/host/s')"),
        (ERRORED,),
    ),
    Hostile(
        "59b",
        "descriptors of the server",
        honest("import os\nassert set(os.listdir('/proc/self/fd')) <= {'0', '1', '2', '3'}"),
        (PASSED,),
    ),
    Hostile(
        "60",
        "secrets in the environment",
        honest("import os\nassert not [k for k in os.environ if 'HOSTILE' in k]"),
        (PASSED,),
    ),
    Hostile("61", "a Docker socket", honest("import os\nassert not os.path.exists('/var/run/docker.sock')"), (PASSED,)),
    Hostile(
        "64",
        "native code",
        refused("""
            check(max(libc.setuid(0), libc.socket(40, 1, 0), libc.mount(b'x', b'/box', b'tmpfs', 0, None)))
        """),
        (ERRORED,),
    ),
    Hostile(
        "66",
        "sizes a pool by the cores",
        honest("import os\nassert len(os.sched_getaffinity(0)) == 1"),
        (PASSED,),
        only="docker",
    ),
]

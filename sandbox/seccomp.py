"""A system-call deny-list as a classic BPF programme, installed once by the server and inherited by every job.

A deny-list, not an allow-list: allow-lists break NumPy, glibc and Node at random. In Docker it stacks on the engine's
default profile; in bare namespaces it stands alone, so it names what that profile would refuse as well. What is refused
answers EPERM (clone3: ENOSYS, so that glibc falls back to clone, whose flags can be read).
"""

from __future__ import annotations

import ctypes
import errno
import struct

import walls

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
LOAD, JUMP_EQ, JUMP_GE, JUMP_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
X32_BIT = 0x40000000
NAMESPACE_FLAGS = 0x7E020080  # CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET,TIME}
FAMILIES = (1, 2, 10, 16)  # unix, inet, inet6, netlink (which getaddrinfo asks): the network namespace is empty anyway
PR_SET_SECCOMP, FILTER = 22, 2

# name: (x86_64, aarch64); None where the architecture has no such call.
DENIED: dict[str, tuple[int | None, int | None]] = {
    # other processes' memory and control
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440),
    # things that outlive the job
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193),
    "semctl": (66, 191), "semtimedop": (220, 192), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
    "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181), "add_key": (248, 217),
    "request_key": (249, 218), "keyctl": (250, 219),
    # kernel surface with a history
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "bpf": (321, 280),
    "userfaultfd": (323, 282), "perf_event_open": (298, 241), "personality": (135, 92), "modify_ldt": (154, None),
    "uselib": (134, None), "vmsplice": (278, 75), "memfd_secret": (447, 447), "lookup_dcookie": (212, 18),
    "fanotify_init": (300, 262), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    # namespaces, mounts, the machine
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "move_mount": (429, 429), "open_tree": (428, 428), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225),
    "acct": (163, 89), "quotactl": (179, 60), "syslog": (103, 116), "iopl": (172, None), "ioperm": (173, None),
    "sethostname": (170, 161), "setdomainname": (171, 162), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "adjtimex": (159, 171), "clock_adjtime": (305, 266), "vhangup": (153, 58), "mbind": (237, 235),
    "set_mempolicy": (238, 237), "migrate_pages": (256, 238), "move_pages": (279, 239),
}  # fmt: skip
CALLS = {"socket": (41, 198), "clone": (56, 220), "clone3": (435, 435)}


def _op(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)


def programme(machine: str) -> bytes:
    """The filter for `x86_64` or `aarch64`, eight bytes an instruction."""
    column = list(AUDIT_ARCH).index(machine)
    refuse = _op(RETURN, ERRNO | errno.EPERM)
    ops = [_op(LOAD, 4), _op(JUMP_EQ, AUDIT_ARCH[machine], 1, 0), _op(RETURN, KILL), _op(LOAD, 0)]
    if machine == "x86_64":  # the x32 twins of every call would walk past the numbers below
        ops += [_op(JUMP_GE, X32_BIT, 0, 1), _op(RETURN, KILL)]
    ops += [_op(JUMP_EQ, CALLS["clone3"][column], 0, 1), _op(RETURN, ERRNO | errno.ENOSYS)]
    ops += [_op(JUMP_EQ, CALLS["clone"][column], 0, 4), _op(LOAD, 16), _op(JUMP_SET, NAMESPACE_FLAGS, 0, 1), refuse]
    ops += [_op(RETURN, ALLOW)]
    count = len(FAMILIES)
    ops += [_op(JUMP_EQ, CALLS["socket"][column], 0, count + 3), _op(LOAD, 16)]
    ops += [_op(JUMP_EQ, family, count - index, 0) for index, family in enumerate(FAMILIES)]
    ops += [refuse, _op(RETURN, ALLOW)]
    for numbers in DENIED.values():
        number = numbers[column]
        if number is not None:
            ops += [_op(JUMP_EQ, number, 0, 1), refuse]
    return b"".join([*ops, _op(RETURN, ALLOW)])


def install() -> bool:
    """Refuses the deny-list from here on, for this process and all it starts; False on an unknown architecture.

    Needs no_new_privs. Raises WallError where the kernel refuses the filter.
    """
    if walls.machine() not in AUDIT_ARCH:
        return False
    code = programme(walls.machine())
    buffer = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: u16 count, padding, pointer
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer)))
    walls.prctl(PR_SET_SECCOMP, FILTER, ctypes.addressof(header))
    return True

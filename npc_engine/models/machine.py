"""What this machine has to run a model with: memory, and processors that this process may use."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from pathlib import Path

_GROUP = Path("/sys/fs/cgroup/memory.max")
"""Where Linux says how much memory the container may use that a program runs in."""


def processors() -> int:
    """Return how many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # where it is missing, a process may use them all
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def memory() -> int:
    """Return the bytes of memory that this machine has, or its container; 0 where it does not say."""
    found = _of_windows() if os.name == "nt" else _of_posix()
    with suppress(OSError, ValueError):  # no such file, or "max"
        found = min(found, int(_GROUP.read_text(encoding="ascii")))
    return found


def _of_posix() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return 0


def _of_windows() -> int:
    """Return what GlobalMemoryStatusEx tells of all memory."""

    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            ("total", ctypes.c_ulonglong),
            ("rest", ctypes.c_ulonglong * 6),
        )

    status = Status(length=ctypes.sizeof(Status))
    kernel = ctypes.WinDLL("kernel32").kernel32 if hasattr(ctypes, "WinDLL") else None
    if kernel is None or not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return 0
    return int(status.total)


def resident() -> int:
    """Return the bytes of memory that this process takes now; 0 where the system does not say."""
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def load() -> float:
    """Return the share of the processors that was busy in the last minute; 0.0 where the system does not say."""
    try:
        return os.getloadavg()[0] / processors()
    except (AttributeError, OSError):
        return 0.0

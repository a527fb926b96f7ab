"""What this machine has for a language model: memory that is free, processor cores."""

from __future__ import annotations

import os
import re
from pathlib import Path

_SYSTEM = Path("/")


def free_memory(root: Path = _SYSTEM) -> int | None:
    """Bytes that a new process may use; None where this system does not tell.

    On Linux what is available, within the limits of a container; elsewhere all of the machine's memory. `root` is
    where the system's own files lie.
    """
    found = re.search(r"^MemAvailable:\s+(\d+) kB", _read(root / "proc/meminfo"), re.MULTILINE)
    if found:
        limits = [int(found[1]) * 1024, *_free_in_groups(root)]
        return max(0, min(limits))
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        # Windows has no sysconf.
        return None


def physical_cores(root: Path = _SYSTEM) -> int:
    """Cores that compute at the same time.

    On Linux without the second threads of a core and within the limits of a container; elsewhere all processors.
    """
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    processors = root / "sys/devices/system/cpu"
    cores = {_read(processors / f"cpu{cpu}/topology/thread_siblings_list") or str(cpu) for cpu in allowed}
    return max(1, min([len(cores), *_cores_of_groups(root)]))


def _free_in_groups(root: Path) -> list[int]:
    """What is left under each limit on memory that a control group of this process has."""
    free = []
    for group in _groups(root, "memory"):
        for limit, used, reclaimable in (
            ("memory.max", "memory.current", "file"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_cache"),
        ):
            most, now = _read(group / limit), _read(group / used)
            if most.isdecimal() and now.isdecimal():
                cache = re.search(rf"^{reclaimable} (\d+)$", _read(group / "memory.stat"), re.MULTILINE)
                # Pages of files are given up as soon as memory is wanted.
                free.append(int(most) - int(now) + (int(cache[1]) if cache else 0))
    return free


def _cores_of_groups(root: Path) -> list[int]:
    """Whole cores under each limit on time that a control group of this process has."""
    cores = []
    for group in _groups(root, "cpu"):
        quota, _, period = _read(group / "cpu.max").partition(" ")
        for time, of in (
            (quota, period),
            (_read(group / "cpu.cfs_quota_us"), _read(group / "cpu.cfs_period_us")),
        ):
            if time.isdecimal() and of.isdecimal() and int(of):
                cores.append(max(1, int(time) // int(of)))
    return cores


def _groups(root: Path, controller: str) -> list[Path]:
    """The folders of this process's control groups, of both versions; in a container its own is the topmost."""
    top = root / "sys/fs/cgroup"
    folders = [top, top / controller]
    for line in _read(root / "proc/self/cgroup").splitlines():
        _, controllers, path = (*line.split(":", 2), "", "")[:3]
        if not controllers:
            folders.append(top / path.lstrip("/"))
        elif controller in controllers.split(","):
            folders.append(top / controller / path.lstrip("/"))
    return folders


def _read(path: Path) -> str:
    """A small file of the system's; nothing where it is not there or not ours to read."""
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return ""

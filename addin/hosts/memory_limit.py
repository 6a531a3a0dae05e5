"""How much memory this process may take: a limit of the operating system, under whatever code runs in it."""

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    from ctypes import wintypes

    _EXTENDED_LIMITS, _OF_EACH_PROCESS = 9, 0x100

    class _Limits(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION; what is not set here stays without limit."""

        _fields_ = (
            ("times", ctypes.c_int64 * 2),
            ("flags", wintypes.DWORD),
            ("working_set", ctypes.c_size_t * 2),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("classes", wintypes.DWORD * 2),
            ("transfers", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("rest", ctypes.c_size_t * 3),
        )

    class _Memory(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS."""

        _fields_ = (
            ("size", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            ("counters", ctypes.c_size_t * 6),
            ("committed", ctypes.c_size_t),
            ("most_committed", ctypes.c_size_t),
        )

    class _Job:
        """The job object this process is in, once it was limited."""

        handle = 0

    def _set_limit(most: int | None) -> None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        if not _Job.handle:
            job = kernel.CreateJobObjectW(None, None)
            if not kernel.AssignProcessToJobObject(wintypes.HANDLE(job), wintypes.HANDLE(kernel.GetCurrentProcess())):
                raise ctypes.WinError(ctypes.get_last_error())
            _Job.handle = job
        limits = _Limits(flags=0 if most is None else _OF_EACH_PROCESS, process_memory=most or 0)
        size = ctypes.sizeof(limits)
        job_handle = wintypes.HANDLE(_Job.handle)
        if not kernel.SetInformationJobObject(job_handle, _EXTENDED_LIMITS, ctypes.byref(limits), size):
            raise ctypes.WinError(ctypes.get_last_error())

    def _taken() -> int:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        found = _Memory(size=ctypes.sizeof(_Memory))
        process = wintypes.HANDLE(kernel.GetCurrentProcess())
        if not kernel.K32GetProcessMemoryInfo(process, ctypes.byref(found), found.size):
            raise ctypes.WinError(ctypes.get_last_error())
        return int(found.committed)

    def _limit() -> int | None:
        return None

    def _leave_nothing() -> None:
        no_boxes = 0x3
        ctypes.WinDLL("kernel32").SetErrorMode(no_boxes)

else:
    import resource

    def _set_limit(most: int | None) -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = hard if most is None else most
        resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))

    def _taken() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")

    def _limit() -> int | None:
        soft, _ = resource.getrlimit(resource.RLIMIT_AS)
        return None if soft == resource.RLIM_INFINITY else soft

    def _leave_nothing() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def limit_memory(most: int) -> None:
    """From now on this process may take so many bytes; what asks for more gets a MemoryError, native code ends.

    It ends without a box on the screen and without a copy of its memory, with all the persons in it, on the disk.
    """
    with contextlib.suppress(OSError, ValueError):
        _leave_nothing()
        _set_limit(most)


@contextmanager
def memory_for(more: int) -> Iterator[None]:
    """Within the block this process may take so many bytes more than it has. Raises MemoryError, at any step of it.

    Where the system knows no such limit, nothing is limited.
    """
    before = _limit()
    try:
        most = _taken() + more
        _set_limit(most if before is None else min(most, before))
    except (OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        _set_limit(before)

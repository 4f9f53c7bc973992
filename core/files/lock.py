"""Locks that end with the program that holds them, however it ends."""

import errno
import os
import sys
from pathlib import Path

from core.errors import SaveError

_TRIES = 20
_FAR = 2**31 - 2  # Windows lets nobody else read a byte that is locked; what is this far away is hardly ever there


def hold(path: str | Path) -> "Held | None":
    """Take a lock that ends with this process, however it ends; null when another one holds it.

    Where locks cannot be had at all (some network disks) it is given all the same.
    """
    for _ in range(_TRIES):
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except (OSError, ValueError) as cause:
            raise SaveError.of(path, cause) from cause
        if not hold_open(handle):
            os.close(handle)
            return None
        if _is_at(handle, path):
            return Held(handle)
        os.close(handle)  # whoever held it before removed it; a lock on what has no name would keep nobody out
    return None


def hold_open(handle: int) -> bool:
    """Whether nobody else holds the lock of an open file; then it is held until that handle is closed.

    Where locks cannot be had at all (some network disks) it is given all the same.
    """
    try:
        _lock(handle)
    except OSError as cause:
        return cause.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


class Held:
    """A lock that is held until `release`, or until the process ends."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def release(self) -> None:
        """Give the lock back."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


def _is_at(handle: int, path: str | Path) -> bool:
    """Whether an open file is the one that a path leads to."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except OSError:
        return False


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

"""Locks that end with the program that holds them, however it ends."""

import errno
import os
import sys
from pathlib import Path

from core.errors import SaveError

_TRIES = 20


def hold(path: str | Path) -> "Held | None":
    """Take a lock that ends with this process, however it ends; null when another one holds it.

    Where locks cannot be had at all (some network disks) it is given all the same.
    """
    for _ in range(_TRIES):
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except (OSError, ValueError) as cause:
            raise SaveError.of(path, cause) from cause
        try:
            _lock(handle)
        except OSError as cause:
            if cause.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                os.close(handle)
                return None
        if _is_at(handle, path):
            return Held(handle)
        os.close(handle)  # whoever held it before removed it; a lock on what has no name would keep nobody out
    return None


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

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

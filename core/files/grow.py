"""Files that grow by whole lines: the answers of a batch, and the log."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from core.errors import SaveError
from core.files.lock import hold_open
from core.files.read import lines_of, refuse_odd

if TYPE_CHECKING:
    from collections.abc import Generator

_LINE_BEGINNING = 4096  # bytes of a line that are enough to know whose it is


class Growing:
    """A file that grows by whole lines: a line that a kill cut short is taken off by the first `add`, and not before.

    Each call of `add` reaches the system at once, so that what was added outlives the program. Only one program at a
    time has it open in this way. Raises SaveError.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = path
        try:
            if os.path.exists(path):
                refuse_odd(os.stat(path).st_mode)
            self._file = open(path, "a+b", buffering=0)  # noqa: SIM115 (closed by __exit__)
            try:
                if not hold_open(self._file.fileno()):
                    problem = "another run of the program is writing it"
                    raise SaveError(path, problem, "Wait until that one has ended, or name another file")
                self._whole = _whole_lines(self._file)
                self._file.seek(self._whole)
                self.rest = self._file.read(_LINE_BEGINNING)
            except BaseException:
                self._file.close()
                raise
        except (OSError, ValueError) as cause:
            raise SaveError.of(path, cause) from cause

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ended: object) -> None:
        self._file.close()

    @property
    def size(self) -> int:
        """Bytes of whole lines in the file; `rest` is the beginning of what stands behind them."""
        return self._whole

    def lines(self) -> "Generator[str, None, None]":
        """The lines that are there, read through the handle that holds the lock. Raises ReadError."""
        self._file.seek(0)
        return lines_of(self._path, self._file.fileno())

    def add(self, data: bytes) -> None:
        """Put whole lines at the end."""
        left = memoryview(data)
        try:
            if self.rest:
                self._file.truncate(self._whole)
                self.rest = b""
            while left:
                written = self._file.write(left)
                self._whole += written
                left = left[written:]
        except OSError as cause:
            raise SaveError.of(self._path, cause) from cause


def _whole_lines(file: BinaryIO) -> int:
    """How many bytes of a file are whole lines."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - 65_536)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def append_line(path: str | Path, line: str, limit: int) -> None:
    """Add a line to a log file; above `limit` bytes the file becomes `NAME.old` and a new one begins.

    A log must never stop the work, so what cannot be written is left out.
    """
    data = line.replace("\n", "\n    ").encode("utf-8", "backslashreplace") + b"\n"
    try:
        handle = log_handle(path)
        try:
            size = os.fstat(handle).st_size
            os.write(handle, data)
        finally:
            os.close(handle)
        if size + len(data) > limit:
            os.replace(path, f"{path}.old")
    except (OSError, ValueError, SaveError):
        return


def log_handle(path: str | Path) -> int:
    """A handle at the end of a log file that stays open until the program ends. Raises SaveError."""
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    except (OSError, ValueError) as cause:
        raise SaveError.of(path, cause) from cause

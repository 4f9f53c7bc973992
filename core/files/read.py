"""Reading: whole files up to a limit, and long tables line by line."""

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Generator

READ_LIMIT = 64 * 1024 * 1024
"""Bytes; far above any file of ours, far below what would hurt the machine."""
LONGEST_LINE = 1024 * 1024
"""Characters of a line of a table; a file without a line end would be read whole."""


def read_bytes(path: str | Path, limit: int = READ_LIMIT) -> bytes:
    """The whole file. Raises ReadError when it is no ordinary file or has more than `limit` bytes."""
    try:
        refuse_odd(os.stat(path).st_mode)
        with open(path, "rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as cause:
        raise ReadError.of(path, cause) from cause
    if len(data) > limit:
        raise ReadError(
            path,
            f"it is larger than {_size(limit)}, which no file of this kind is",
            "Check that it is the right file",
        )
    return data


def read_text(path: str | Path, limit: int = READ_LIMIT) -> str:
    """The whole file as UTF-8 text, lines end in `\\n`. Raises ReadError, naming the line of a bad byte."""
    data = read_bytes(path, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        line = data.count(b"\n", 0, cause.start) + 1
        raise ReadError(
            path, f"line {line} holds a byte that is not UTF-8 text", "Save the file as UTF-8", str(cause)
        ) from cause
    return text.replace("\r\n", "\n")


def lines_of(path: str | Path, handle: int | None = None) -> "Generator[str, None, None]":
    """The lines of a UTF-8 text file of any length, with their ends. Raises ReadError, naming the line.

    `handle`: the file where it is open already, from where it stands; it stays open.
    """
    number = 0
    try:
        if handle is None:
            refuse_odd(os.stat(path).st_mode)
        opened, ours = (path, True) if handle is None else (handle, False)
        # Bytes that are no text come as half characters, so that the line they stand in is known when it is refused.
        with open(opened, encoding="utf-8-sig", errors="surrogateescape", newline="", closefd=ours) as file:
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    problem = f"line {number} is longer than {_size(LONGEST_LINE)}, which no line of a table is"
                    raise ReadError(path, problem, "Check that it is the right file")
                if not line.isascii():
                    line.encode()
                yield line
    except UnicodeEncodeError as cause:
        problem = f"line {number} holds a byte that is not UTF-8 text"
        raise ReadError(path, problem, "Save the file as UTF-8", str(cause)) from cause
    except (OSError, ValueError) as cause:
        raise ReadError.of(path, cause) from cause


def files_in(folder: str | Path, suffix: str) -> list[Path]:
    """The ordinary files of a folder whose names end in `suffix`, by name, none hidden. Raises ReadError."""
    try:
        entries = sorted(Path(folder).iterdir())
        return [one for one in entries if one.suffix == suffix and one.name[0] != "." and one.is_file()]
    except (OSError, ValueError) as cause:
        raise ReadError.of(folder, cause) from cause


def refuse_odd(mode: int) -> None:
    """Raise OSError for what is no ordinary file."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.ENXIO, "a device or a pipe")


def _size(count: int) -> str:
    if count >= 1024 * 1024:
        return f"{count / (1024 * 1024):.0f} MB"
    if count >= 1024:
        return f"{count / 1024:.0f} kB"
    return f"{count} bytes"

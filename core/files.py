"""Reading and saving files so that nothing is half done.

A file is either as it was or as it should be, never empty and never cut, whatever happens in between (power,
kill, full disk). For that a new file in the same folder is flushed to the disk and takes its place at once.
"""

import errno
import os
import secrets
import stat
import time
from pathlib import Path

from core.errors import ReadError, SaveError

READ_LIMIT = 64 * 1024 * 1024
"""Bytes; far above any file of ours, far below what would hurt the machine."""

_PART_PREFIX, _PART_SUFFIX = ".cellroute-", ".part"
_LEFTOVER_AGE = 60.0  # seconds; a save takes milliseconds, so what is older belongs to no one


def read_bytes(path: str | Path, limit: int = READ_LIMIT) -> bytes:
    """The whole file. Raises ReadError when it is no ordinary file or has more than `limit` bytes."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise IsADirectoryError(errno.EISDIR, "not an ordinary file")
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


def save_bytes(path: str | Path, data: bytes, *, private: bool = False) -> None:
    """Put `data` at `path`, whole or not at all. Raises SaveError; then the old file stands, unless it says so.

    The folder must exist. A link is followed and kept; an old file keeps its permissions; with `private` a new
    one is for its owner only.
    """
    try:
        target = Path(os.path.realpath(path))
        part = target.with_name(f"{_PART_PREFIX}{secrets.token_hex(8)}{_PART_SUFFIX}")
        mode = _mode_of(target)
        how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(part, how, 0o600 if private else 0o666)
    except (OSError, ValueError) as cause:
        raise SaveError.of(path, cause) from cause
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None and os.name == "posix":
                os.fchmod(handle, mode)
            os.fsync(handle)
        os.replace(part, target)
    except BaseException as cause:
        _drop(part)
        if isinstance(cause, OSError):
            raise SaveError.of(path, cause) from cause
        raise
    try:
        _settle(target.parent)
    except OSError as cause:
        problem = "the new file is in place, but the disk did not confirm it"
        raise SaveError(path, problem, "Save it again, and have the disk checked", str(cause)) from cause


def save_text(path: str | Path, text: str, *, private: bool = False) -> None:
    """Put `text` at `path` as UTF-8 with `\\n` line ends, whole or not at all. Raises SaveError."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as cause:
        raise SaveError(
            path, "the text holds half a character", "Type that word again instead of pasting it", str(cause)
        ) from cause
    save_bytes(path, data, private=private)


def make_folder(path: str | Path) -> Path:
    """Make the folder and the ones above it when they are missing; give it back. Raises SaveError."""
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as cause:
        raise SaveError(path, "a file of that name is there already", "Choose another folder") from cause
    except (OSError, ValueError) as cause:
        raise SaveError.of(path, cause) from cause
    return folder


def files_in(folder: str | Path, suffix: str) -> list[Path]:
    """The ordinary files of a folder whose names end in `suffix`, by name, none hidden. Raises ReadError."""
    try:
        entries = sorted(Path(folder).iterdir())
        return [one for one in entries if one.suffix == suffix and one.name[0] != "." and one.is_file()]
    except (OSError, ValueError) as cause:
        raise ReadError.of(folder, cause) from cause


def set_aside(path: str | Path) -> Path:
    """Rename a file that cannot be used to `NAME.bad` (`NAME.bad2`, ...), so that nobody loses it.

    Gives the new name. Raises SaveError.
    """
    old = Path(path)
    new = old.with_name(f"{old.name}.bad")
    number = 2
    while os.path.lexists(new):
        new = old.with_name(f"{old.name}.bad{number}")
        number += 1
    try:
        os.replace(old, new)
    except (OSError, ValueError) as cause:
        raise SaveError.of(path, cause) from cause
    return new


def remove_leftovers(folder: str | Path) -> int:
    """Remove what a save that was killed left behind in a folder, as far as it can; how many there were."""
    now = time.time()
    removed = 0
    for entry in _entries(folder):
        if entry.name.startswith(_PART_PREFIX) and entry.name.endswith(_PART_SUFFIX):
            try:
                if now - entry.stat().st_mtime > _LEFTOVER_AGE:
                    entry.unlink()
                    removed += 1
            except OSError:
                continue
    return removed


def _entries(folder: str | Path) -> list[Path]:
    try:
        return list(Path(folder).iterdir())
    except OSError:
        return []


def _mode_of(target: Path) -> int | None:
    try:
        found = os.stat(target)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "not an ordinary file")
    return stat.S_IMODE(found.st_mode)


def _drop(part: Path) -> None:
    try:
        os.unlink(part)
    except OSError:
        return  # it is only a leftover; `remove_leftovers` finds it at the next start


def _settle(folder: Path) -> None:
    """Bring the new name itself to the disk, where the system has a way to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as cause:
        if cause.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks have no such call
            raise
    finally:
        os.close(handle)


def _size(count: int) -> str:
    if count >= 1024 * 1024:
        return f"{count / (1024 * 1024):.0f} MB"
    if count >= 1024:
        return f"{count / 1024:.0f} kB"
    return f"{count} bytes"

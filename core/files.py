"""Reading and saving files so that nothing is half done.

A file is either as it was or as it should be, never empty and never cut, whatever happens in between (power,
kill, full disk). For that a new file in the same folder is flushed to the disk and takes its place at once.
"""

import errno
import os
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

from core.errors import ReadError, SaveError

if TYPE_CHECKING:
    from collections.abc import Generator

READ_LIMIT = 64 * 1024 * 1024
"""Bytes; far above any file of ours, far below what would hurt the machine."""

_PART_PREFIX, _PART_SUFFIX = ".cellroute-", ".part"
_NO_NAMELESS = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT, errno.EPERM, errno.EXDEV)
_NAMELESS: int = getattr(os, "O_TMPFILE", 0) if os.path.isdir("/proc/self/fd") else 0
_LOCK_TRIES = 20
_LINE_BEGINNING = 4096  # bytes of a line that are enough to know whose it is
_LEFTOVER_AGE = 60.0  # seconds; a save takes milliseconds, so what is older belongs to no one


def read_bytes(path: str | Path, limit: int = READ_LIMIT) -> bytes:
    """The whole file. Raises ReadError when it is no ordinary file or has more than `limit` bytes."""
    try:
        _refuse_odd(os.stat(path).st_mode)
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


def lines_of(path: str | Path) -> "Generator[str, None, None]":
    """The lines of a UTF-8 text file of any length, with their ends. Raises ReadError, naming the line."""
    number = 0
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            for line in file:
                number += 1
                yield line
    except UnicodeDecodeError as cause:
        problem = f"after line {number} a byte is not UTF-8 text"
        raise ReadError(path, problem, "Save the file as UTF-8", str(cause)) from cause
    except (OSError, ValueError) as cause:
        raise ReadError.of(path, cause) from cause


class Growing:
    """A file that grows by whole lines: a line that a kill cut short is taken off by the first `add`, and not before.

    Each call of `add` reaches the system at once, so that what was added outlives the program. Raises SaveError.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = path
        try:
            self._file = open(path, "a+b", buffering=0)  # noqa: SIM115 (closed by __exit__)
            try:
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


def save_bytes(path: str | Path, data: bytes, *, private: bool = False, keep_last: bool = False) -> None:
    """Put `data` at `path`, whole or not at all. Raises SaveError; then the old file stands, unless it says so.

    The folder must exist. A link is followed and kept; an old file keeps its permissions; with `private` a new
    one is for its owner only; with `keep_last` the old one stays as `NAME.last`. Where the system can, the data has
    no name until it is complete; what a kill can leave is removed by the next save into the folder.
    """
    part: Path | None = None
    try:
        target = Path(os.path.realpath(path))
        mode = _mode_of(target)
        remove_leftovers(target.parent)
        part = _written(target, data, mode, 0o600 if private else 0o666)
        if keep_last and mode is not None:
            _keep_last(target)
        if part is not None:
            os.replace(part, target)
    except BaseException as cause:
        if part is not None:
            _drop(part)
        if isinstance(cause, (OSError, ValueError)):
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


def named(path: str | Path, suffix: str) -> Path:
    """The path that was chosen for a file of a kind, its ending put behind where it is missing.

    Raises SaveError where that leads to a file which is there: a dialog asked about the name as it was typed only.
    """
    chosen = Path(path)
    if chosen.suffix.lower() == suffix:
        return chosen
    whole = chosen.with_name(chosen.name + suffix)
    if os.path.lexists(whole):
        problem = f"“{whole.name}” is there already, and nobody was asked about it"
        raise SaveError(whole, problem, "Choose it by its whole name to replace it")
    return whole


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
    """Remove what a save that was killed left behind in a folder, as far as it can; how many there were.

    What a clock that was set back dates in the future is left behind too.
    """
    now = time.time()
    removed = 0
    for entry in _entries(folder):
        if entry.name.startswith(_PART_PREFIX) and entry.name.endswith(_PART_SUFFIX):
            try:
                if abs(now - entry.lstat().st_mtime) > _LEFTOVER_AGE:
                    entry.unlink()
                    removed += 1
            except OSError:
                continue
    return removed


def remove(path: str | Path) -> None:
    """Remove a file that is no longer needed, as far as that can be done."""
    try:
        os.unlink(path)
    except (OSError, ValueError):
        return


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


def hold(path: str | Path) -> "Held | None":
    """Take a lock that ends with this process, however it ends; null when another one holds it.

    Where locks cannot be had at all (some network disks) it is given all the same.
    """
    for _ in range(_LOCK_TRIES):
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


def _written(target: Path, data: bytes, mode: int | None, wanted: int) -> Path | None:
    """The data on the disk, complete, in a neighbour of the target; null when it stands at the target already.

    `mode`: the permissions of the old file, null where there is none; then the new one gets `wanted`.
    """
    if _NAMELESS:
        try:
            return _written_nameless(target, data, mode, wanted)
        except OSError as cause:  # not every disk knows it, and an old kernel takes it for the folder itself
            if cause.errno not in _NO_NAMELESS:
                raise
    part = _part_of(target)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), wanted)
    try:
        with open(handle, "wb") as file:
            _fill(file, data, mode)
    except BaseException:
        _drop(part)
        raise
    return part


def _written_nameless(target: Path, data: bytes, mode: int | None, wanted: int) -> Path | None:
    handle = os.open(target.parent, os.O_WRONLY | _NAMELESS, wanted)
    with open(handle, "wb") as file:
        _fill(file, data, mode)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            return _named(handle, target, folder, free=mode is None)
        finally:
            os.close(folder)


def _fill(file: BinaryIO, data: bytes, mode: int | None) -> None:
    file.write(data)
    file.flush()
    if mode is not None and os.name == "posix":
        os.fchmod(file.fileno(), mode)
    os.fsync(file.fileno())


def _named(handle: int, target: Path, folder: int, *, free: bool) -> Path | None:
    """Give a complete nameless file its name: the target's own when that is free (null), else that of a neighbour."""
    # With a folder's handle Python uses linkat(2), which follows the link in /proc to the file.
    if free:
        try:
            os.link(f"/proc/self/fd/{handle}", target.name, dst_dir_fd=folder)
        except FileExistsError:
            pass  # another program was quicker; its file is replaced, as it would have been
        else:
            return None
    part = _part_of(target)
    os.link(f"/proc/self/fd/{handle}", part.name, dst_dir_fd=folder)
    return part


def _keep_last(target: Path) -> None:
    last, part = target.with_name(target.name + ".last"), _part_of(target)
    try:
        os.link(target, part)
    except OSError:  # a disk without links
        part.write_bytes(target.read_bytes())
    os.replace(part, last)


def _part_of(target: Path) -> Path:
    return target.with_name(f"{_PART_PREFIX}{os.urandom(8).hex()}{_PART_SUFFIX}")


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
    _refuse_odd(found.st_mode)
    if not found.st_mode & 0o222 or not os.access(target, os.W_OK):
        # Its folder would allow to put another file in its place, but somebody wants this one to stay.
        raise SaveError(target, "that file may only be read", "Choose another name or another folder")
    return stat.S_IMODE(found.st_mode)


def _refuse_odd(mode: int) -> None:
    """Raise OSError for what is no ordinary file."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.ENXIO, "a device or a pipe")


def _drop(part: Path) -> None:
    try:
        os.unlink(part)
    except OSError:
        return  # it is only a leftover; the next save in this folder removes it


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

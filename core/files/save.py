"""Saving: a file is either as it was or as it should be, whatever happens in between (power, kill, full disk).

For that a new file in the same folder is flushed to the disk and takes the place of the old one at once.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from core.errors import SaveError
from core.files.leftovers import part_of, remove_leftovers
from core.files.read import refuse_odd

_NO_NAMELESS = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT, errno.EPERM, errno.EXDEV)
_NAMELESS: int = getattr(os, "O_TMPFILE", 0) if os.path.isdir("/proc/self/fd") else 0


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
            remove(part)
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
        problem = "it is there already, and nobody was asked about it"
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


def remove(path: str | Path) -> None:
    """Remove a file that is no longer needed, as far as that can be done."""
    try:
        os.unlink(path)
    except (OSError, ValueError):
        return


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
    part = part_of(target)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), wanted)
    try:
        with open(handle, "wb") as file:
            _fill(file, data, mode)
    except BaseException:
        remove(part)
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
    part = part_of(target)
    os.link(f"/proc/self/fd/{handle}", part.name, dst_dir_fd=folder)
    return part


def _keep_last(target: Path) -> None:
    last, part = target.with_name(target.name + ".last"), part_of(target)
    try:
        os.link(target, part)
    except OSError:  # a disk without links
        part.write_bytes(target.read_bytes())
    os.replace(part, last)
    remove(part)  # where both names led to the same file already, the system leaves both


def _mode_of(target: Path) -> int | None:
    try:
        found = os.stat(target)
    except FileNotFoundError:
        return None
    refuse_odd(found.st_mode)
    if not found.st_mode & 0o222 or not os.access(target, os.W_OK):
        # Its folder would allow to put another file in its place, but somebody wants this one to stay.
        raise SaveError(target, "that file may only be read", "Choose another name or another folder")
    return stat.S_IMODE(found.st_mode)


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

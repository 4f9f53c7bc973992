"""The running consult on the disk, so that a crash or a power cut loses at most the last change.

Each running window has a file of its own below `DATA/journal`: a line with the hash of what follows, then the consult
as its file would hold it, so nothing that identifies a patient. Each change takes the place of the one before at once,
which stays as `.last`; a proper end removes both. A lock tells the windows that run from those that ended badly.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from core import consult_file
from core.errors import CellRouteError, FileError, ReadError, SaveError
from core.files import Held, files_in, hold, make_folder, read_bytes, remove, save_bytes, set_aside

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack.pack import Pack

FOLDER, SUFFIX, LOCK = "journal", ".journal", ".lock"
_MAGIC = b"CellRoute journal 1 "
_HEAD = len(_MAGIC) + 64 + 1


class Left(NamedTuple):
    """A consult that was open when its window ended badly; `path` is its journal, for `forget`."""

    path: Path
    consult: Consult


class Journal:
    """The journal of this window. Each call of `keep` waits for the disk: call it where nobody waits for it."""

    def __init__(self, path: Path, lock: Held | None) -> None:
        self.path = path
        self._lock = lock

    def keep(self, consult: Consult | None) -> None:
        """Put the consult (null: nothing chosen) in the place of the one before. Errors: SaveError."""
        if consult is None:
            _remove_files(self.path)
            return
        save_bytes(self.path, encode(consult), private=True, keep_last=True)

    def leave(self, consult: Consult) -> None:
        """The window is ended from outside: the consult is left for the next one, as after a power cut."""
        with suppress(SaveError):  # what was kept before stands, and nobody is there to be told
            self.keep(consult)
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def end(self) -> None:
        """The window ends as it should: nothing is left."""
        _remove_files(self.path)
        if self._lock is not None:
            remove(self.path.with_suffix(LOCK))
            self._lock.release()
            self._lock = None


def begin(data: Path) -> Journal:
    """A journal for a new window. Errors: SaveError when the data folder cannot be written."""
    path = make_folder(data / FOLDER) / f"{secrets.token_hex(8)}{SUFFIX}"
    return Journal(path, hold(path.with_suffix(LOCK)))


def left_behind(data: Path, pack: Pack) -> tuple[list[Left], str]:
    """The consults of windows that ended badly, newest first, and a sentence about what could not be read ("": none).

    What cannot be read is kept beside as `.bad`. Raises nothing.
    """
    found: list[tuple[float, Left]] = []
    said = ""
    for path in _journals(data / FOLDER):
        try:
            lock = hold(path.with_suffix(LOCK))
        except FileError:
            lock = None
        if lock is None:
            continue  # its window is still open
        try:
            consult, changed = _read(path, pack)
            found.append((changed, Left(path, consult)))
        except CellRouteError as error:
            said = f"A consult that was open when CellRoute ended could not be brought back: {_cause(error)}"
            _put_away(path)
        finally:
            lock.release()
    _drop_lone_locks(data / FOLDER)
    return [left for _, left in sorted(found, key=lambda one: -one[0])], said


def forget(left: Left) -> None:
    """The consult was brought back, or is not wanted."""
    _remove_files(left.path)
    remove(left.path.with_suffix(LOCK))


def encode(consult: Consult) -> bytes:
    """What stands in a journal."""
    body = consult_file.encode(consult)
    return _MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def decode(data: bytes, pack: Pack) -> Consult:
    """The consult of a journal's bytes. Errors: ReadError for damage; InputError for what the pack does not hold."""
    body = data[_HEAD:]
    if data[:_HEAD] != _MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n":
        raise ReadError("journal", "it is damaged", "Begin a new consult")
    return consult_file.decode(body, "journal", pack)


def _read(path: Path, pack: Pack) -> tuple[Consult, float]:
    """The consult of a journal, else of the one before it, and when it was written."""
    try:
        return decode(read_bytes(path, consult_file.LIMIT), pack), path.stat().st_mtime
    except (CellRouteError, OSError):
        last = path.with_name(path.name + ".last")
        if not last.exists():
            raise
        return decode(read_bytes(last, consult_file.LIMIT), pack), 0.0


def _cause(error: CellRouteError) -> str:
    return error.problem + "." if isinstance(error, FileError) else str(error)


def _journals(folder: Path) -> list[Path]:
    try:
        return files_in(folder, SUFFIX)
    except ReadError:
        return []  # nothing was ever kept


def _put_away(path: Path) -> None:
    try:
        set_aside(path)
    except FileError:
        remove(path)
    remove(path.with_name(path.name + ".last"))
    remove(path.with_suffix(LOCK))


def _remove_files(path: Path) -> None:
    remove(path)
    remove(path.with_name(path.name + ".last"))


def _drop_lone_locks(folder: Path) -> None:
    """Remove the locks of windows that ended before anything was chosen."""
    try:
        locks = files_in(folder, LOCK)
    except ReadError:
        return
    for path in locks:
        if path.with_suffix(SUFFIX).exists():
            continue
        try:
            lock = hold(path)
        except FileError:
            continue
        if lock is not None:
            remove(path)
            lock.release()

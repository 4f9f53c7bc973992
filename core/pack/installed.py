"""Evidence that was brought in from a file: kept in the data folder, checked at every start, one step to go back.

`DATA/packs` holds the signed files as they came, and `in-force.json`, which names the one in force and the one
before it. Only that small file decides, and it changes at once: a kill leaves the old evidence or the new. Who changes
it holds a lock, which ends with its program however that ends.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from core.errors import InputError, PackError, ReadError
from core.files import files_in, hold, make_folder, read_bytes, remove, save_bytes
from core.pack.keys import shipped_keys, trusted_keys
from core.pack.read import load_builtin
from core.pack.signed import (
    LARGEST_FILE,
    SUFFIX,
    RefusedError,
    Signed,
    check_fit,
    opened,
    ordered,
    reopened,
    unseal,
)

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import date
    from pathlib import Path

    from core.pack.keys import Key
    from core.pack.pack import Pack

FOLDER, CHOICE, LOCK = "packs", "in-force.json", "lock"

#: What stands for evidence that was brought in and can no longer be used.
BROKEN = (PackError, ReadError)

#: The name of a kept file; it can lead nowhere but into the folder.
Kept = Annotated[str, Meta(pattern=r"^evidence-[0-9.]{3,24}-[0-9a-f]{16}\.pack\Z")]


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which evidence is in force; null is the program's own.

    `despite`: the version of the program's own evidence when an older one was put in force on purpose.
    """

    scheme: Literal[1] = 1
    file: Kept | None = None
    previous: Kept | None = None
    despite: Annotated[str, Meta(max_length=40)] = ""


class BusyError(InputError):
    """Another window or command is changing the evidence in force at this moment."""


class Candidate(NamedTuple):
    """A signed file that may be brought in, as it was read: these very bytes are kept, whatever becomes of the file.

    `own`: the key that signed it was added by this clinic.
    """

    raw: bytes
    name: str
    signed: Signed
    older: bool
    own: bool


class Version(NamedTuple):
    """An evidence that this computer holds; `key` is null for the program's own."""

    pack: Pack
    key: Key | None
    own: bool = False


class Shelf(NamedTuple):
    """What this computer holds: the evidence in force, and the one that going back leads to (null: none).

    `problem`: why what was brought in is not in force ("": it is, or nothing was).
    """

    present: Version
    before: Version | None
    problem: str = ""


def inspect(path: Path, data: Path, builtin: Pack, *, today: date, older: bool = False) -> Candidate:
    """A signed file that may be brought in over what is in force; nothing is written.

    Errors: ReadError; PackError, in words for a clinician; older versions are refused unless `older`.
    """
    raw = _read(path)
    signed = _checked(raw, path.name, data, builtin, today, older=older)
    return Candidate(raw, path.name, signed, older, signed.key.id not in shipped_keys())


def put_in_force(candidate: Candidate, data: Path, builtin: Pack, *, today: date) -> None:
    """Keep what was looked at and put it in force; the one before it stays, to go back to.

    Everything is checked again: keys, days and what is in force may have changed since. Errors: as `inspect`;
    BusyError; SaveError, and then the old evidence is in force, unless it says so.
    """
    raw, older = candidate.raw, candidate.older
    with _alone(data):
        signed = _checked(raw, candidate.name, data, builtin, today, older=older)
        now = _readable_choice(data)
        name = f"evidence-{signed.header.version}-{hashlib.sha256(raw).hexdigest()[:16]}{SUFFIX}"
        previous = now.previous if now.file == name else now.file
        try:
            save_bytes(data / FOLDER / name, raw)
            _choose(data, Choice(file=name, previous=previous, despite=builtin.version if older else ""))
        finally:
            _tidy(data)


def install(path: Path, data: Path, builtin: Pack, *, today: date, older: bool = False) -> Signed:
    """Look at a signed file and put it in force at once. Errors: as `inspect` and `put_in_force`."""
    candidate = inspect(path, data, builtin, today=today, older=older)
    put_in_force(candidate, data, builtin, today=today)
    return candidate.signed


def roll_back(data: Path, expected: str | None = None) -> str:
    """Put the evidence before this one in force again; gives its version, "" for the program's own.

    Going back twice leads to where one was. `expected`: the digest of the pack that the caller means. Errors:
    InputError when nothing was brought in, or when going back leads elsewhere by now; PackError when the one before is
    damaged; BusyError; SaveError.
    """
    with _alone(data):
        builtin = load_builtin()
        now = read_choice(data)
        then = _back_from(now, data, builtin)
        if then is None:
            raise InputError("No evidence was brought in on this computer, so there is none to go back to.")
        pack = builtin if then.file is None else _kept(data, then.file).pack
        if expected not in (None, pack.sha256):
            raise InputError("Another window changed the evidence in the meantime. Look again at what would change.")
        try:
            _choose(data, then)
        finally:
            _tidy(data)
        return "" if then.file is None else pack.version


def shelf(data: Path, builtin: Pack) -> Shelf:
    """What this computer holds; what can no longer be used is told and left out. Raises nothing of ours."""
    own = Version(builtin, None)
    try:
        now = read_choice(data)
        present, problem = _version(data, now, builtin), ""
    except BROKEN as error:
        now, present, problem = _readable_choice(data), own, str(error)
    then = _back_from(now, data, builtin)
    if then is None:
        return Shelf(present, None, problem)
    try:
        return Shelf(present, own if then.file is None else _signed_version(data, then.file), problem)
    except BROKEN as error:
        return Shelf(present, None, problem or str(error))


def in_force(data: Path, builtin: Pack) -> Pack:
    """The pack that was brought in, or the program's own where that is newer, or nothing was.

    Signature and hash are checked each time. An evidence that expired since stays in force; its date is on everything.
    Errors: PackError, ReadError when what was brought in can no longer be trusted.
    """
    return _version(data, read_choice(data), builtin).pack


def read_choice(data: Path) -> Choice:
    """Which evidence a data folder puts in force. Errors: ReadError, PackError when that cannot be read."""
    path = data / FOLDER / CHOICE
    if not path.exists():
        return Choice()
    try:
        return msgspec.json.decode(read_bytes(path, 4096), type=Choice)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        problem = "which evidence is in force can no longer be read"
        raise PackError(CHOICE, "", "", problem, "Bring the evidence in again from its file", str(error)) from error


@contextmanager
def _alone(data: Path) -> Generator[None]:
    """Hold the right to change which evidence is in force."""
    lock = hold(make_folder(data / FOLDER) / LOCK)
    if lock is None:
        raise BusyError(
            "Another CellRoute on this computer is changing the evidence at this moment. Wait for it, then try again."
        )
    try:
        yield
    finally:
        lock.release()


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path, LARGEST_FILE)
    except ReadError as error:
        if error.problem.startswith("it is larger"):
            raise RefusedError.too_large(path.name) from error
        raise


def _checked(raw: bytes, name: str, data: Path, builtin: Pack, today: date, *, older: bool) -> Signed:
    unsealed = unseal(raw, name, trusted_keys(data))
    check_fit(unsealed.header, name, today=today, present="" if older else _present(data, builtin))
    return opened(unsealed, name)


def _present(data: Path, builtin: Pack) -> str:
    """The version in force; the program's own where what was brought in is broken, so that it can be replaced."""
    try:
        return in_force(data, builtin).version
    except BROKEN:
        return builtin.version


def _version(data: Path, choice: Choice, builtin: Pack) -> Version:
    if choice.file is None:
        return Version(builtin, None)
    kept = _signed_version(data, choice.file)
    return Version(builtin, None) if _overtaken(choice, kept, builtin) else kept


def _overtaken(choice: Choice, kept: Version, builtin: Pack) -> bool:
    """Whether a newer program's own evidence took over."""
    return ordered(builtin.version) > ordered(kept.pack.version) and choice.despite != builtin.version


def _back_from(now: Choice, data: Path, builtin: Pack) -> Choice | None:
    """The choice that going back leads to; null where nothing was brought in."""
    if now.file is None and now.previous is None:
        return None
    if now.file is not None:
        try:
            if _overtaken(now, _signed_version(data, now.file), builtin):
                return Choice(file=now.file, previous=None, despite=builtin.version)
        except BROKEN:
            pass  # it is not in force, and the one before it is still the way back
    return Choice(file=now.previous, previous=now.file, despite=builtin.version)


def _signed_version(data: Path, name: str) -> Version:
    kept = _kept(data, name)
    return Version(kept.pack, kept.key, kept.key.id not in shipped_keys())


def _kept(data: Path, name: str) -> Signed:
    try:
        raw = read_bytes(data / FOLDER / name, LARGEST_FILE)
    except ReadError as error:
        raise PackError(
            name, "", "", error.problem, "Bring the evidence in again from its file", error.detail
        ) from error
    unsealed = unseal(raw, name, trusted_keys(data))
    check_fit(unsealed.header, name, today=None)
    return reopened(unsealed, name)


def _readable_choice(data: Path) -> Choice:
    """As `read_choice`; a damaged one counts as none, because bringing evidence in is what mends it."""
    try:
        return read_choice(data)
    except BROKEN:
        return Choice()


def _choose(data: Path, choice: Choice) -> None:
    save_bytes(data / FOLDER / CHOICE, msgspec.json.encode(choice) + b"\n")


def _tidy(data: Path) -> None:
    """Remove the kept files that nothing names, also after a step that failed; a choice that is damaged names all."""
    try:
        now = read_choice(data)
        kept = files_in(data / FOLDER, SUFFIX)
    except BROKEN:
        return
    for path in kept:
        if path.name not in (now.file, now.previous):
            remove(path)

"""Evidence that was brought in from a file: kept in the data folder, checked at every start, one step to go back.

`DATA/packs` holds the signed files as they came, and `in-force.json`, which names the one in force and the one
before it. Only that small file decides, and it changes at once: a kill leaves the old evidence or the new.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from core.errors import InputError, PackError, ReadError
from core.files import files_in, make_folder, read_bytes, remove, save_bytes
from core.pack.keys import trusted_keys
from core.pack.read import load_builtin
from core.pack.signed import LARGEST_FILE, SUFFIX, Signed, check_fit, opened, ordered, reopened, unseal

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from core.pack.pack import Pack

FOLDER, CHOICE = "packs", "in-force.json"

#: What stands for evidence that was brought in and can no longer be used.
BROKEN = (PackError, ReadError)

#: The name of a kept file; it can lead nowhere but into the folder.
Kept = Annotated[str, Meta(pattern=r"^evidence-[0-9.]{3,24}-[0-9a-f]{16}\.pack$")]


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which evidence is in force; null is the program's own.

    `despite`: the version of the program's own evidence when an older one was put in force on purpose.
    """

    scheme: Literal[1] = 1
    file: Kept | None = None
    previous: Kept | None = None
    despite: Annotated[str, Meta(max_length=40)] = ""


def inspect(path: Path, data: Path, present: Pack, *, today: date, older: bool = False) -> Signed:
    """The pack of a signed file, when it may be brought in over `present`; nothing is written.

    Errors: ReadError; PackError, in words for a clinician; older versions are refused unless `older`.
    """
    return _inspected(read_bytes(path, LARGEST_FILE), path.name, data, present, today, older=older)


def install(path: Path, data: Path, present: Pack, *, today: date, older: bool = False) -> Signed:
    """Bring a signed file in and put it in force; the one before it stays, to go back to.

    Errors: as `inspect`; SaveError, and then the old evidence is in force.
    """
    raw = read_bytes(path, LARGEST_FILE)
    signed = _inspected(raw, path.name, data, present, today, older=older)
    folder = make_folder(data / FOLDER)
    now = _readable_choice(data)
    name = f"evidence-{signed.header.version}-{hashlib.sha256(raw).hexdigest()[:16]}{SUFFIX}"
    previous = now.previous if now.file == name else now.file
    save_bytes(folder / name, raw)
    _choose(data, Choice(file=name, previous=previous, despite=load_builtin().version if older else ""))
    return signed


def roll_back(data: Path) -> str:
    """Put the evidence before this one in force again; gives its version, "" for the program's own.

    Going back twice leads to where one was. Errors: InputError when nothing was brought in; PackError when the one
    before is damaged; SaveError.
    """
    now = read_choice(data)
    if now.file is None and now.previous is None:
        raise InputError("No evidence was brought in on this computer, so there is none to go back to.")
    version = "" if now.previous is None else _kept(data, now.previous).header.version
    _choose(data, Choice(file=now.previous, previous=now.file, despite=load_builtin().version))
    return version


def in_force(data: Path, builtin: Pack) -> Pack:
    """The pack that was brought in, or the program's own where that is newer, or nothing was.

    Signature and hash are checked each time. An evidence that expired since stays in force; its date is on everything.
    Errors: PackError, ReadError when what was brought in can no longer be trusted.
    """
    choice = read_choice(data)
    if choice.file is None:
        return builtin
    signed = _kept(data, choice.file)
    newer = ordered(builtin.version) > ordered(signed.header.version)
    return builtin if newer and choice.despite != builtin.version else signed.pack


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


def _inspected(raw: bytes, name: str, data: Path, present: Pack, today: date, *, older: bool) -> Signed:
    unsealed = unseal(raw, name, trusted_keys(data))
    check_fit(unsealed.header, name, today=today, present="" if older else present.version)
    return opened(unsealed, name)


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
    folder = make_folder(data / FOLDER)
    save_bytes(folder / CHOICE, msgspec.json.encode(choice) + b"\n")
    for path in files_in(folder, SUFFIX):
        if path.name not in (choice.file, choice.previous):
            remove(path)

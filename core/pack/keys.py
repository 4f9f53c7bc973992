"""The keys whose signature makes a pack trusted: the program's own, and those that a clinic added itself.

A key is a small TOML file that a person can read; its id is reckoned from the key, so that a file's name proves
nothing. The private halves are never part of the program.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import tomllib
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta

from core.errors import PackError
from core.files import files_in, read_text
from core.pack.sources import explain

if TYPE_CHECKING:
    from collections.abc import Iterable

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "keys"
#: The folder of a clinic's own keys below the data folder.
OWN = "keys"
LARGEST = 16 * 1024

#: Points of small order in every spelling, sign bit aside: under such a key one signature fits every file, and RFC 8032
#: leaves the check to its user. The list is that of libsodium (`ge25519_has_small_order`).
_SMALL_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
    )
)

Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]


class Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """A public Ed25519 key. `public`: base64 of its 32 bytes; it speaks for packs dated until `until`.

    `revoked` says why it is trusted no longer; `development`: it stands for a makers' key, and no release has it.
    """

    holder: Annotated[str, Meta(min_length=1, max_length=120)]
    public: Annotated[str, Meta(min_length=44, max_length=44)]
    until: Day
    revoked: Annotated[str, Meta(max_length=300)] | None = None
    development: bool = False

    @cached_property
    def raw(self) -> bytes:
        """The 32 bytes."""
        return base64.b64decode(self.public, validate=True)

    @cached_property
    def id(self) -> str:
        """The first 16 hexadecimal digits of the key's SHA-256."""
        return key_id(self.raw)


def key_id(raw: bytes) -> str:
    """The id of a public key given as its 32 bytes."""
    return hashlib.sha256(raw).hexdigest()[:16]


def read_key(path: Path) -> Key:
    """The key in a file. Errors: ReadError; PackError naming the field that is wrong."""
    try:
        tables: dict[str, Any] = tomllib.loads(read_text(path, LARGEST))
        key = msgspec.convert(tables, Key)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PackError(path.name, "", "", f"this is not TOML: {error}", "Mend the line") from error
    except msgspec.ValidationError as error:
        field, problem, remedy = explain(str(error))
        raise PackError(path.name, "", field, problem, remedy) from error
    try:
        if len(key.raw) != 32:
            raise ValueError("not 32 bytes")
        if key.raw[:31] + bytes([key.raw[31] & 0x7F]) in _SMALL_ORDER:
            raise ValueError("a point of small order")
    except (binascii.Error, ValueError) as error:
        remedy = "Get the key again from its holder"
        raise PackError(path.name, "", "public", "this is no Ed25519 key in base64", remedy) from error
    if not key.holder.isprintable():
        problem = "it holds a character that cannot be seen or turns the writing round"
        raise PackError(path.name, "", "holder", problem, "Write the name of the holder in plain letters")
    try:
        date.fromisoformat(key.until)
    except ValueError as error:
        raise PackError(path.name, "", "until", "there is no such day", "Write it as 2027-01-31") from error
    return key


def shipped_keys() -> dict[str, Key]:
    """The keys that came with the program, by id. Errors: ReadError, PackError."""
    return _by_id(files_in(SHIPPED, ".toml"))


def is_development() -> bool:
    """Whether this program trusts a key that no release does. Errors: ReadError, PackError."""
    return any(key.development for key in shipped_keys().values())


def trusted_keys(data: Path | None) -> dict[str, Key]:
    """The keys of the program, and those of a data folder, by id; a key of the program cannot be replaced.

    Errors: ReadError, PackError for a key file that is broken.
    """
    own = data / OWN if data is not None else None
    found = shipped_keys()
    if own is not None and own.is_dir():
        for one in _by_id(files_in(own, ".toml")).values():
            found[one.id] = _stricter(found.get(one.id, one), one)
    return found


def _by_id(paths: Iterable[Path]) -> dict[str, Key]:
    keys: dict[str, Key] = {}
    for one in map(read_key, paths):
        keys[one.id] = _stricter(keys.get(one.id, one), one)
    return keys


def _stricter(first: Key, other: Key) -> Key:
    """The first of two copies of a key, unless only the other says that it is trusted no longer."""
    return other if other.revoked and not first.revoked else first

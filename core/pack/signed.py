"""A pack as one signed file: signature and hash first, what it is made for second, schema third, plausibility last.

    CellRoute signed evidence 1                                  what it is
    {"version":...,"date":...,"expires":...,"min_program":...,"sha256":...,"size":...}
    ed25519 KEY-ID BASE64                                        signature over the two lines above
    ...                                                          the pack, as many bytes as `size` says

Nothing after the third line is looked at before the signature was found good, and nothing is ever unpacked, so that
a small file cannot grow into a large one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, NamedTuple, NoReturn

import msgspec
from msgspec import Meta

from core import __version__
from core.errors import InputError, PackError
from core.pack.keys import Day, Key, key_id
from core.pack.read import LARGEST, decode, sound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from core.pack.pack import Pack

SUFFIX = ".pack"
MAGIC = b"CellRoute signed evidence 1"
_HEADER, _SIGNATURE = 1024, 160  # bytes that the second and third line may have
#: Bytes of the whole file.
LARGEST_FILE = LARGEST + len(MAGIC) + _HEADER + _SIGNATURE + 3
#: How far a clock may be behind before it is called wrong (time zones, and packs signed in the morning).
_CLOCK = timedelta(days=2)

_AGAIN = "Get the file again from where it came"
_NEWER = "Get newer evidence from its makers"
_SIGNER = re.compile(rb"ed25519 ([0-9a-f]{16}) ([A-Za-z0-9+/]{86}==)")

_VERSION = r"^[0-9]{1,4}(\.[0-9]{1,4}){1,3}\Z"
Version = Annotated[str, Meta(pattern=_VERSION)]


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is signed: which evidence, from when to when, for which programs, and the pack's hash and size."""

    version: Version
    date: Day
    expires: Day
    min_program: Version
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    size: Annotated[int, Meta(gt=0, le=LARGEST)]


class RefusedError(PackError):
    """A file that may not be brought in. `reason` is one word for why; `values` are what its sentence names.

    Reasons: large, foreign, unsigned, cut, damaged, untrusted, forged, revoked, key_ended, changed, disagrees, program,
    expired, clock, older.
    """

    def __init__(self, file: str, reason: str, problem: str, remedy: str, detail: str = "", **values: str) -> None:
        super().__init__(file, "", "", problem, remedy, detail)
        self.reason = reason
        self.values = values

    @classmethod
    def too_large(cls, name: str) -> RefusedError:
        """More bytes than any evidence has."""
        size = str(LARGEST // 2**20)
        problem = f"it is larger than {size} MB, which no evidence is"
        return cls(name, "large", problem, "Check that it is the right file", size=size)


class Unsealed(NamedTuple):
    """A file whose signature and hash are good; `payload` is still only bytes."""

    header: Header
    payload: bytes
    key: Key


class Signed(NamedTuple):
    """A pack that is signed, fits this program, and is sound."""

    pack: Pack
    header: Header
    key: Key


def sign(payload: bytes, name: str, private: Ed25519PrivateKey, min_program: str = "0.1.0") -> bytes:
    """The signed file of a sound pack's bytes. Errors: PackError for a pack that is not; InputError for a version."""
    pack = sound(payload, name)
    if not re.fullmatch(_VERSION, min_program):
        raise InputError(f"“{min_program}” is not a version of the program. Write it as 0.1.0.")
    header = Header(
        version=pack.version,
        date=pack.date,
        expires=pack.expires,
        min_program=min_program,
        sha256=hashlib.sha256(payload).hexdigest(),
        size=len(payload),
    )
    line = msgspec.json.encode(header)
    _decoded(line, name)
    head = MAGIC + b"\n" + line + b"\n"
    signature = base64.b64encode(private.sign(head))
    return head + b"ed25519 " + key_id(_public(private)).encode() + b" " + signature + b"\n" + payload


def unseal(data: bytes, name: str, keys: Mapping[str, Key]) -> Unsealed:
    """The header and the pack's bytes when a trusted key signed exactly these. `name`: the file as the user knows it.

    Errors: RefusedError in words for a clinician.
    """
    if len(data) > LARGEST_FILE:
        raise RefusedError.too_large(name)
    line, signer, payload = _taken_apart(data, name)
    told, signature = signer
    key = keys.get(told)
    if key is None:
        problem = f"it was signed with a key that this program does not trust ({told})"
        remedy = "Take evidence only from its makers; a clinic that signs its own adds its key first"
        _refuse(name, "untrusted", problem, remedy, key=told)
    if not _genuine(key, signature, MAGIC + b"\n" + line + b"\n"):
        problem = "its signature is wrong: it was changed after it was signed, or damaged on the way"
        _refuse(name, "forged", problem, _AGAIN)
    if key.revoked:
        problem = f"the key that signed it is trusted no longer ({key.revoked})"
        _refuse(name, "revoked", problem, _NEWER, why=key.revoked)
    header = _decoded(line, name)
    if header.date > key.until:
        problem = f"the key of “{key.holder}” speaks for evidence until {key.until}, and this is of {header.date}"
        _refuse(name, "key_ended", problem, _NEWER, holder=key.holder, until=key.until, date=header.date)
    if len(payload) != header.size or hashlib.sha256(payload).hexdigest() != header.sha256:
        problem = "it is not whole: it was changed after it was signed, or damaged on the way"
        _refuse(name, "changed", problem, _AGAIN)
    return Unsealed(header, payload, key)


def check_fit(header: Header, name: str, *, today: date | None, present: str = "", program: str = __version__) -> None:
    """Refuse what is not for this program, not for this day (null: any), or older than the version `present`.

    Errors: RefusedError.
    """
    if ordered(header.min_program) > ordered(program):
        problem = f"it needs CellRoute {header.min_program} or later, and this is {program}"
        _refuse(name, "program", problem, "Bring the program up to date first", needs=header.min_program, this=program)
    if today is not None and date.fromisoformat(header.expires) < today:
        problem = f"it was to be renewed by {header.expires}, which is past on this computer’s clock ({today})"
        _refuse(name, "expired", problem, _NEWER, date=header.expires, today=str(today))
    if today is not None and date.fromisoformat(header.date) - today > _CLOCK:
        problem = f"it is of {header.date}, and this computer's clock says {today}"
        _refuse(name, "clock", problem, "Set the clock, then try again", date=header.date, today=str(today))
    if present and ordered(header.version) < ordered(present):
        problem = f"it is version {header.version}, older than {present}, which is in force"
        remedy = "Keep what is there, or ask for the older one on purpose"
        _refuse(name, "older", problem, remedy, version=header.version, present=present)


def opened(unsealed: Unsealed, name: str) -> Signed:
    """The pack itself, with every record checked. Errors: PackError, PackProblemsError."""
    pack = sound(unsealed.payload, name)
    _agrees(unsealed.header, pack.version, pack.date, pack.expires, name)
    return Signed(pack, unsealed.header, unsealed.key)


def reopened(unsealed: Unsealed, name: str) -> Signed:
    """As `opened`, for a pack whose records were checked when it was brought in, by this program or an older one.

    Errors: PackError.
    """
    from core.pack.pack import Pack
    from core.pack.texts import missing_texts

    file = decode(unsealed.payload, name)
    if lost := missing_texts(file.texts):
        problem = f"it lacks sentences that this program says ({lost[0]} and {len(lost) - 1} more)"
        raise PackError(name, "", "", problem, _NEWER)
    _agrees(unsealed.header, file.version, file.date, file.expires, name)
    return Signed(Pack(file, unsealed.header.sha256), unsealed.header, unsealed.key)


def ordered(version: str) -> tuple[int, ...]:
    """A version as numbers that can be compared; what is no number counts as 0."""
    numbers = [int(part) if part.isascii() and part.isdigit() else 0 for part in version.split(".")[:6]]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _taken_apart(data: bytes, name: str) -> tuple[bytes, tuple[str, bytes], bytes]:
    """Header line, (key id, signature), payload."""
    if data[:1] in (b"{", b"[") or data[:4] == b"\xef\xbb\xbf{":
        _refuse(name, "unsigned", "it is not signed", "Take evidence only from its makers, as a signed file")
    if not data.startswith(MAGIC + b"\n"):
        _refuse(name, "foreign", "this is not an evidence file of CellRoute", "Choose a file whose name ends in .pack")
    start = len(MAGIC) + 1
    end = data.find(b"\n", start, start + _HEADER + 1)
    stop = data.find(b"\n", end + 1, end + 2 + _SIGNATURE) if end >= 0 else -1
    if end < 0 or stop < 0:
        _refuse(name, "cut", "the file ends too early or its beginning is damaged", _AGAIN)
    signer = _SIGNER.fullmatch(data[end + 1 : stop])
    if signer is None:
        _refuse(name, "unsigned", "it is not signed", "Take evidence only from its makers, as a signed file")
    return data[start:end], (signer[1].decode(), _bytes(signer[2], name)), data[stop + 1 :]


def _bytes(text: bytes, name: str) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error:
        found = b""
    if len(found) != 64 or base64.b64encode(found) != text:
        _refuse(name, "damaged", "its signature is damaged", _AGAIN)
    return found


def _decoded(line: bytes, name: str) -> Header:
    try:
        header = msgspec.json.decode(line, type=Header)
        for day in (header.date, header.expires):
            date.fromisoformat(day)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise RefusedError(name, "damaged", f"its first lines are wrong ({error})", _AGAIN, str(error)) from error
    if msgspec.json.encode(header) != line:
        _refuse(name, "damaged", "its first lines are not as they are written", _AGAIN)
    return header


def _agrees(header: Header, version: str, day: str, expires: str, name: str) -> None:
    if (header.version, header.date, header.expires) != (version, day, expires):
        problem = f"outside it says version {header.version} of {header.date}, inside version {version} of {day}"
        _refuse(name, "disagrees", problem, "Tell its makers, and keep the evidence that you have")


def _genuine(key: Key, signature: bytes, signed: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # late: most starts check no signature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def _public(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes_raw()


def _refuse(name: str, reason: str, problem: str, remedy: str, **values: str) -> NoReturn:
    raise RefusedError(name, reason, problem, remedy, **values)

"""`evidence sign|verify|diff|install|rollback|keygen`: evidence as signed files."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, TextIO

from core import changes
from core.clock import today
from core.errors import InputError
from core.files import read_bytes, save_bytes, save_text
from core.pack import installed, signed
from core.pack.keys import key_id, read_key, trusted_keys
from core.pack.read import LARGEST, load_builtin, load_current, sound

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from core.pack.pack import Pack

_KEY_YEARS = 3
_LONGEST = 100  # characters of a value that is printed


def run(arguments: Namespace, out: TextIO) -> int:
    """Does what the action says. Errors: CellRouteError."""
    actions = {
        "sign": _sign,
        "verify": _verify,
        "diff": _diff,
        "install": _install,
        "rollback": _rollback,
        "keygen": _keygen,
    }
    return actions[arguments.action](arguments, out)


def _sign(arguments: Namespace, out: TextIO) -> int:
    path: Path = arguments.path
    private = _private_key(arguments.key)
    made = signed.sign(read_bytes(path, LARGEST), path.name, private, arguments.min_program)
    output: Path = arguments.output or path.with_suffix(signed.SUFFIX)
    save_bytes(output, made)
    out.write(f"{output.name}: signed with key {key_id(private.public_key().public_bytes_raw())}, {len(made)} bytes\n")
    return 0


def _verify(arguments: Namespace, out: TextIO) -> int:
    path: Path = arguments.path
    keys = trusted_keys(arguments.data)
    if arguments.trust is not None:
        key = read_key(arguments.trust)
        keys.setdefault(key.id, key)
    unsealed = signed.unseal(read_bytes(path, signed.LARGEST_FILE), path.name, keys)
    signed.check_fit(unsealed.header, path.name, today=today())
    found = signed.opened(unsealed, path.name)
    header = found.header
    out.write(
        f"{path.name}: evidence {header.version} of {header.date}, to be renewed by {header.expires}, "
        f"for CellRoute {header.min_program} or later\n"
        f"signed by {found.key.holder} (key {found.key.id}); SHA-256 {header.sha256}\n"
    )
    return 0


def _diff(arguments: Namespace, out: TextIO) -> int:
    old, new = _evidence(arguments.old, arguments), _evidence(arguments.new, arguments)
    records, texts = changes.record_changes(old, new), changes.text_changes(old, new)
    out.write(f"Evidence {old.version} of {old.date} and {new.version} of {new.date}\n")
    out.write(f"\n{_count(len(records), 'record')} would change\n")
    for change in records:
        out.write(f"  {change.what:<8} {change.table} {change.id}\n")
        out.writelines(f"    {field.field}: {_short(field.old)} -> {_short(field.new)}\n" for field in change.fields)
    out.write(f"\n{_count(len(texts), 'text')} would change\n")
    for text in texts:
        out.write(f"  {text.language} {text.key}\n    - {_short(text.old)}\n    + {_short(text.new)}\n")
    out.write("\nRanks (a clinic that has everything)\n")
    found = 0
    for answer in changes.rank_changes(old, new) if records else ():
        found += 1
        out.write(f"  {answer.condition}, {answer.target}\n")
        if answer.kind != "cells":
            out.write(f"    - {_order(answer.old)}\n    + {_order(answer.new)}\n")
        out.writelines(f"    {one.field}: {one.old} -> {one.new} cells of a million\n" for one in answer.cells)
    out.write(f"{_count(found, 'answer')} would change\n")
    return 0


def _install(arguments: Namespace, out: TextIO) -> int:
    data, builtin = arguments.data, load_builtin()
    present = installed.shelf(data, builtin).present.pack
    found = installed.install(arguments.path, data, builtin, today=today(), older=arguments.older)
    before = f" instead of {present.version}" if present.version != found.header.version else ""
    out.write(f"Evidence {found.header.version} of {found.header.date} is in force{before}.\n")
    return 0


def _rollback(arguments: Namespace, out: TextIO) -> int:
    version = installed.roll_back(arguments.data)
    out.write(f"Evidence {version or load_builtin().version + ', the program’s own,'} is in force again.\n")
    return 0


def _keygen(arguments: Namespace, out: TextIO) -> int:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    output: Path = arguments.output
    if not arguments.holder.strip() or not arguments.holder.isprintable() or len(arguments.holder) > 120:
        raise InputError("The holder of the key is not named. Give --holder with up to 120 letters.")
    for path in (output.with_suffix(".pem"), output.with_suffix(".toml")):
        if path.exists():
            raise InputError(f"“{path.name}” is there already, and a key is never written over. Give another name.")
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    raw = private.public_key().public_bytes_raw()
    day = today()
    until = day.replace(year=day.year + _KEY_YEARS, day=min(day.day, 28))
    holder = arguments.holder.strip().replace("\\", "\\\\").replace('"', '\\"')
    save_bytes(output.with_suffix(".pem"), pem, private=True)
    save_text(
        output.with_suffix(".toml"),
        f'holder = "{holder}"\npublic = "{base64.b64encode(raw).decode()}"\nuntil = "{until}"\n',
    )
    out.write(
        f"Key {key_id(raw)}. {output.stem}.pem signs: keep it on no computer that has a network. "
        f"{output.stem}.toml is for everybody who shall trust it.\n"
    )
    return 0


def _evidence(path: Path, arguments: Namespace) -> Pack:
    """A pack for comparing: `current`, a signed file (its signature is checked), or the bytes of a pack."""
    if str(path) == "current":
        return load_current(arguments.data)
    data = read_bytes(path, signed.LARGEST_FILE)
    if data.startswith(b"{"):
        return sound(data, path.name)
    return signed.opened(signed.unseal(data, path.name, trusted_keys(arguments.data)), path.name).pack


def _private_key(path: Path) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(read_bytes(path, 16 * 1024), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InputError(f"“{path.name}” is no private key without a passphrase in PEM form.", str(error)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError(f"“{path.name}” is no Ed25519 key. Make one with `evidence keygen`.")
    return key


def _count(number: int, word: str) -> str:
    return f"{number or 'No'} {word}{'' if number == 1 else 's'}"


def _short(value: Any) -> str:
    if value is None:
        return "(none)"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _order(answer: changes.Answer | None) -> str:
    if answer is None:
        return "(not in this evidence)"
    verdict = () if answer.verdict == "ranked" else (answer.verdict,)
    return " > ".join((*verdict, *answer.order)) or "(nothing ranked)"

"""Signed packs for tests: key pairs, a data folder that trusts one of them, and packs with other particulars."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.pack.build import encode
from core.pack.keys import key_id
from core.pack.pack import Pack
from core.pack.read import load_builtin
from core.pack.signed import MAGIC, sign

#: The day on which the evidence was made, so that these tests do not age with it.
TODAY = date.fromisoformat(load_builtin().date)


@dataclass
class Signer:
    """A data folder and the key that it trusts."""

    data: Path
    private: Ed25519PrivateKey
    pack: Pack

    @property
    def id(self) -> str:
        return key_id(self.private.public_key().public_bytes_raw())

    def signed(self, name: str = "a.pack", min_program: str = "0.1.0", **particulars: Any) -> Path:
        """A signed file of the program's evidence with other particulars."""
        path = self.data.parent / name
        path.write_bytes(self.bytes(min_program, **particulars))
        return path

    def bytes(self, min_program: str = "0.1.0", **particulars: Any) -> bytes:
        """What such a file holds."""
        payload = encode(msgspec.structs.replace(self.pack.whole, **particulars))
        return sign(payload, "evidence.json", self.private, min_program)

    def around(self, payload: bytes, **lies: Any) -> bytes:
        """A file around a payload, whatever that is: rightly signed, its header right but for the lies."""
        fields = msgspec.json.decode(self.bytes().split(b"\n", 2)[1])
        fields |= {"sha256": hashlib.sha256(payload).hexdigest(), "size": len(payload)}
        return sealed(msgspec.json.encode(fields | lies), payload, self.private)


def sealed(header: bytes, payload: bytes, private: Ed25519PrivateKey) -> bytes:
    """A file that is rightly signed, whatever its header and its payload say."""
    head = MAGIC + b"\n" + header + b"\n"
    signature = base64.b64encode(private.sign(head)).decode()
    return head + f"ed25519 {key_id(private.public_key().public_bytes_raw())} {signature}\n".encode() + payload


def trust(data: Path, private: Ed25519PrivateKey, name: str = "clinic", **fields: str) -> Path:
    """Put the public half into a data folder."""
    public = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    held = {"holder": "A clinic", "public": public, "until": "2099-12-31", **fields}
    path = data / "keys" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f'{field} = "{value}"\n' for field, value in held.items()), encoding="utf-8")
    return path


def make_signer(folder: Path, pack: Pack) -> Signer:
    """A fresh key, trusted by the data folder below `folder`."""
    private = Ed25519PrivateKey.generate()
    data = folder / "data"
    data.mkdir()
    trust(data, private)
    return Signer(data, private, pack)

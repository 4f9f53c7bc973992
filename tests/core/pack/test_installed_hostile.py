"""Evidence files made to deceive: forged, mixed, bent, dressed up; each is refused in one sentence."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import msgspec
import pytest

from core.errors import PackError, ReadError
from core.pack import installed
from core.pack.build import encode
from core.pack.keys import trusted_keys
from core.pack.pack import Pack
from core.pack.read import load_or_fall_back
from core.pack.signed import RefusedError, sign, unseal
from tests.core.pack import signing
from tests.core.pack.signing import TODAY, Signer


def hostile_payloads(pack: Pack) -> dict[str, bytes]:
    good = encode(msgspec.structs.replace(pack.whole, version="2027.01"))
    value = b'"value":0.0195'
    assert good.count(value) >= 1
    return {
        "NaN": good.replace(value, b'"value":NaN', 1),
        "Infinity": good.replace(value, b'"value":Infinity', 1),
        "too large a number": good.replace(value, b'"value":1e999', 1),
        "a number of a million digits": good.replace(value, value + b"1" * 1_000_000, 1),
        "a negative share": good.replace(value, b'"value":-0.5', 1),
        "a key twice": good.replace(value, b'"value":0.0195,"value":0.9', 1),
        "a table twice": good[:-2].rstrip(b"}\n") + b',"studies":[]}\n',
        "an unknown field": good.replace(value, b'"value":0.0195,"__proto__":1', 1),
        "half a character": good.replace(b"2027.01", b"2027.\xff", 1),
        "a lone surrogate": good.replace(b'"made_by":"', b'"made_by":"\\ud800', 1),
        "a hundred thousand levels": good[:-3] + b',"own":' + b'{"own":' * 100_000,
        "nothing": b"",
        "null": b"null",
        "a list": b"[" + good + b"]",
        "a gzip": b"\x1f\x8b" + bytes(1000),
    }


def test_hostile_payloads_that_are_signed_are_refused_in_one_sentence(signer: Signer, pack: Pack) -> None:
    path = signer.data.parent / "hostile.pack"
    for name, payload in hostile_payloads(pack).items():
        path.write_bytes(signer.around(payload, version="2027.01"))
        if name == "a number of a million digits":
            installed.inspect(path, signer.data, pack, today=TODAY)  # a number all the same
            continue
        with pytest.raises((PackError, ReadError)) as caught:
            installed.install(path, signer.data, pack, today=TODAY)
        assert 20 < len(str(caught.value)) < 600, name
        assert str(caught.value).isprintable(), name
    assert not (signer.data / "packs").exists()


def test_names_of_files_cannot_dress_up_a_refusal(signer: Signer, pack: Pack) -> None:
    names = [
        "\u202ekcap.exe",
        "a\nDone: evidence is in force.pack",
        "x" * 250,
        os.fsdecode(b"\xff\xfe.pack"),
        "\x1b[2J",
    ]
    for name in names:
        path = signer.data.parent / name
        path.write_bytes(b"junk")
        with pytest.raises(RefusedError) as caught:
            installed.install(path, signer.data, pack, today=TODAY)
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 400


def test_what_is_no_ordinary_file_is_refused(signer: Signer, pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "a folder.pack").mkdir()
    os.mkfifo(tmp_path / "pipe.pack")
    (tmp_path / "loop.pack").symlink_to("loop.pack")
    (tmp_path / "dangling.pack").symlink_to("nowhere")
    (tmp_path / "device.pack").symlink_to("/dev/zero")
    for path in tmp_path.glob("*.pack"):
        with pytest.raises(ReadError):
            installed.install(path, signer.data, pack, today=TODAY)
    (tmp_path / "link.pack").symlink_to(signer.signed("real", version="2027.01"))
    installed.install(tmp_path / "link.pack", signer.data, pack, today=TODAY)
    [kept] = (signer.data / "packs").glob("*.pack")
    assert not kept.is_symlink()


def test_a_link_planted_in_the_data_folder_leads_nowhere(signer: Signer, pack: Pack, tmp_path: Path) -> None:
    """The choice may name only a kept file, and a kept file counts by its signature wherever it lies."""
    installed.install(signer.signed(version="2027.01"), signer.data, pack, today=TODAY)
    choice = signer.data / "packs" / "in-force.json"
    other = signing.make_signer(_made(tmp_path / "other"), pack)
    name = "evidence-2027.09-0123456789abcdef.pack"
    (signer.data / "packs" / name).symlink_to(other.signed(version="2027.09"))
    choice.write_text(json.dumps({"scheme": 1, "file": name}), encoding="utf-8")
    found, said = load_or_fall_back(signer.data)
    assert found.version == pack.version
    assert "does not trust" in said


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_one_key_s_signature_under_another_s_name_is_wrong(signer: Signer, pack: Pack, tmp_path: Path) -> None:
    """Both keys are trusted; each signature counts for its own key alone."""
    other = signing.make_signer(_made(tmp_path / "other"), pack)
    signing.trust(signer.data, other.private, name="other", until="2026-01-01", holder="Other clinic")
    data = sign(encode(msgspec.structs.replace(pack.whole, version="2027.01")), "e", other.private)
    with pytest.raises(RefusedError, match=r"Other clinic.*until 2026-01-01"):
        unseal(data, "a.pack", trusted_keys(signer.data))
    dressed = data.replace(other.id.encode(), signer.id.encode(), 1)
    with pytest.raises(RefusedError, match="signature is wrong"):
        unseal(dressed, "a.pack", trusted_keys(signer.data))


def test_header_and_payload_of_two_good_files_do_not_mix(signer: Signer) -> None:
    new, old = signer.bytes(version="2027.02"), signer.bytes(version="2027.01")
    head = b"\n".join(new.split(b"\n", 3)[:3])
    body = old.split(b"\n", 3)[3]
    with pytest.raises(RefusedError, match="not whole"):
        unseal(head + b"\n" + body, "a.pack", trusted_keys(signer.data))


def test_a_second_copy_of_a_key_cannot_lift_that_it_was_withdrawn(signer: Signer) -> None:
    for first, other in (("a", "z"), ("z", "a")):
        signing.trust(signer.data, signer.private, name=first, revoked="stolen")
        signing.trust(signer.data, signer.private, name=other)
        (signer.data / "keys" / "clinic.toml").unlink(missing_ok=True)
        assert trusted_keys(signer.data)[signer.id].revoked == "stolen"


WEAK = (
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
)


def test_without_that_check_one_signature_would_fit_every_file(signer: Signer) -> None:
    """The identity as key: R the identity, S nothing, and the signature is right whatever was signed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    anyone = Ed25519PublicKey.from_public_bytes(bytes.fromhex(WEAK[0]))
    for text in (b"this", b"that"):
        anyone.verify(bytes.fromhex(WEAK[0]) + bytes(32), text)


@pytest.mark.parametrize("point", WEAK)
def test_a_key_under_which_anything_is_signed_is_refused(point: str, signer: Signer) -> None:
    """Points of small order: with them one signature fits every file (RFC 8032 leaves the check to the user)."""
    public = base64.b64encode(bytes.fromhex(point)).decode()
    text = f'holder = "A friend"\npublic = "{public}"\nuntil = "2099-12-31"\n'
    (signer.data / "keys" / "friend.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=r"friend\.toml.*no Ed25519 key"):
        trusted_keys(signer.data)

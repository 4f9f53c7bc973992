"""Evidence as a signed file: what is refused, in which words, and what is then in force."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.errors import CellRouteError, InputError, PackError, SaveError
from core.pack import installed, signed
from core.pack.build import encode
from core.pack.keys import trusted_keys
from core.pack.pack import Pack
from core.pack.read import load_current, load_or_fall_back
from core.pack.signed import MAGIC, Header, ordered, sign, unseal
from tests.core.pack import signing
from tests.core.pack.signing import TODAY, Signer, sealed


def refusal(signer: Signer, data: bytes, *, today: date = TODAY, older: bool = False) -> str:
    """What is said when these bytes are brought in; nothing may change."""
    path = signer.data.parent / "new.pack"
    path.write_bytes(data)
    before = tree(signer.data)
    with pytest.raises(PackError) as caught:
        installed.install(path, signer.data, signer.pack, today=today, older=older)
    assert tree(signer.data) == before
    said = str(caught.value)
    assert said.startswith("new.pack")
    assert len(said) < 300
    return said


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    _, header, signature, payload = data.split(b"\n", 3)
    return header, signature, payload


# -- what is accepted


def test_a_signed_file_is_brought_in_and_used(signer: Signer, pack: Pack) -> None:
    path = signer.signed(version="2027.02", date="2026-11-20")
    found = installed.install(path, signer.data, pack, today=TODAY)
    assert found.key.holder == "A clinic"
    assert load_current(signer.data).version == "2027.02"
    assert load_or_fall_back(signer.data)[1] == ""


def test_going_back_leads_to_the_one_before_and_forward_again(signer: Signer, pack: Pack) -> None:
    for version in ("2027.01", "2027.02"):
        installed.install(signer.signed(version=version), signer.data, pack, today=TODAY)
    assert installed.roll_back(signer.data) == "2027.01"
    assert load_current(signer.data).version == "2027.01"
    assert installed.roll_back(signer.data) == "2027.02"
    assert load_current(signer.data).version == "2027.02"


def test_the_program_s_own_evidence_is_one_step_back_from_the_first(signer: Signer, pack: Pack) -> None:
    installed.install(signer.signed(version="2027.01"), signer.data, pack, today=TODAY)
    assert installed.roll_back(signer.data) == ""
    assert load_current(signer.data).version == pack.version


def test_there_is_nothing_to_go_back_to_where_nothing_was_brought_in(signer: Signer) -> None:
    with pytest.raises(InputError, match="none to go back to"):
        installed.roll_back(signer.data)


def test_only_the_present_and_the_previous_file_are_kept(signer: Signer, pack: Pack) -> None:
    for version in ("2027.01", "2027.02", "2027.03"):
        installed.install(signer.signed(version=version), signer.data, pack, today=TODAY)
    kept = sorted(path.name.split("-")[1] for path in (signer.data / "packs").glob("*.pack"))
    assert kept == ["2027.02", "2027.03"]


def test_an_older_one_is_taken_only_when_asked_for(signer: Signer, pack: Pack) -> None:
    old = signer.bytes(version="2026.01")
    assert "older than" in refusal(signer, old)
    path = signer.data.parent / "old.pack"
    path.write_bytes(old)
    installed.install(path, signer.data, pack, today=TODAY, older=True)
    assert load_current(signer.data).version == "2026.01"


def test_a_newer_program_s_evidence_takes_over(signer: Signer, pack: Pack) -> None:
    installed.install(signer.signed(version="2027.01"), signer.data, pack, today=TODAY)
    newer = Pack(msgspec.structs.replace(pack.whole, version="2028.01"))
    assert installed.in_force(signer.data, newer) is newer
    assert installed.in_force(signer.data, pack).version == "2027.01"


def test_evidence_that_expires_stays_in_force(signer: Signer, pack: Pack) -> None:
    path = signer.signed(version="2027.01", date="2020-01-01", expires="2020-06-01")
    installed.install(path, signer.data, pack, today=date(2020, 2, 1))
    assert load_current(signer.data).version == "2027.01"


# -- what is refused


def test_another_s_signature_is_refused(signer: Signer) -> None:
    other = Ed25519PrivateKey.generate()
    data = sign(encode(signer.pack.whole), "e", other)
    assert "does not trust" in refusal(signer, data)
    forged = data.replace(signing.key_id(other.public_key().public_bytes_raw()).encode(), signer.id.encode(), 1)
    assert "signature is wrong" in refusal(signer, forged)


def test_the_bare_pack_is_refused_as_unsigned(signer: Signer) -> None:
    assert "it is not signed" in refusal(signer, encode(signer.pack.whole))
    header, _, payload = parts(signer.bytes())
    assert "it is not signed" in refusal(signer, MAGIC + b"\n" + header + b"\nnone\n" + payload)


@pytest.mark.parametrize(
    "data",
    [b"", b"\n" * 50, MAGIC, MAGIC + b"\n", MAGIC + b"\n{}\n", b"PK\x03\x04" * 500, b"\x00" * 5000, b"\xff" * 99],
    ids=range(8),
)
def test_what_is_no_evidence_file_is_refused(data: bytes, signer: Signer) -> None:
    assert refusal(signer, data)


def test_every_changed_byte_of_the_beginning_is_noticed(signer: Signer) -> None:
    data = signer.bytes()
    keys = trusted_keys(signer.data)
    start = len(data) - len(parts(data)[2])
    for place in range(start):
        for flip in (1, 0x20, 0x80):
            changed = data[:place] + bytes([data[place] ^ flip]) + data[place + 1 :]
            with pytest.raises(PackError):
                unseal(changed, "new.pack", keys)


def test_changed_bytes_of_the_pack_are_noticed(signer: Signer) -> None:
    data = signer.bytes()
    keys = trusted_keys(signer.data)
    chance = random.Random(8)
    start = len(data) - len(parts(data)[2])
    for _ in range(200):
        place = chance.randrange(start, len(data))
        changed = data[:place] + bytes([data[place] ^ (1 << chance.randrange(8))]) + data[place + 1 :]
        with pytest.raises(PackError, match="not whole"):
            unseal(changed, "new.pack", keys)


def test_a_file_cut_anywhere_or_made_longer_is_refused(signer: Signer) -> None:
    data = signer.bytes()
    keys = trusted_keys(signer.data)
    start = len(data) - len(parts(data)[2])
    chance = random.Random(9)
    for end in [*range(start), *(chance.randrange(start, len(data)) for _ in range(100))]:
        with pytest.raises(PackError):
            unseal(data[:end], "new.pack", keys)
    for tail in (b"\n", b" ", b"x" * 1000):
        with pytest.raises(PackError):
            unseal(data + tail, "new.pack", keys)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"min_program": "99.0"}, "it needs CellRoute 99.0"),
        ({"version": "2030.01"}, "outside it says version 2030.01"),
        ({"expires": "2031-01-01"}, "outside it says"),
        ({"size": 10}, "not whole"),
        ({"size": 10**15}, "first lines are wrong"),
        ({"sha256": "0" * 64}, "not whole"),
        ({"version": "../../x"}, "first lines are wrong"),
        ({"version": "1" * 500}, "first lines are wrong"),
        ({"date": "2026-13-01"}, "first lines are wrong"),
        ({"extra": 1}, "first lines are wrong"),
        ({"date": "2120-01-01"}, "speaks for evidence"),
    ],
)
def test_a_header_that_lies_is_refused_even_when_it_is_signed(
    fields: dict[str, Any], says: str, signer: Signer
) -> None:
    payload = parts(signer.bytes())[2]
    assert says in refusal(signer, signer.around(payload, **fields))


def test_a_header_written_in_another_way_is_refused(signer: Signer) -> None:
    header, _, payload = parts(signer.bytes())
    for other in (header.replace(b":", b": ", 1), header[:-1] + b',"size":1}', b"[" * 900):
        assert "first lines" in refusal(signer, sealed(other, payload, signer.private))


def test_a_signed_bomb_of_brackets_is_refused(signer: Signer) -> None:
    for bomb in (b"[" * 2_000_000, b'{"a":' * 400_000, b'{"version":' + b"[" * 1_000_000):
        assert "pack" in refusal(signer, signer.around(bomb))


def test_a_signed_pack_that_is_not_sound_is_refused(signer: Signer) -> None:
    broken = json.loads(encode(signer.pack.whole))
    broken["measurements"][0]["study"] = "nobody-1999"
    assert "there is no study" in refusal(signer, signer.around(json.dumps(broken).encode()))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(signer: Signer) -> None:
    path = signer.data.parent / "large.pack"
    with path.open("wb") as file:
        file.write(MAGIC + b"\n")
        file.truncate(signed.LARGEST_FILE + 1)
    with pytest.raises(CellRouteError, match="larger than"):
        installed.install(path, signer.data, signer.pack, today=TODAY)
    assert "larger than" in str(_error(lambda: unseal(b"x" * (signed.LARGEST_FILE + 1), "new.pack", {})))


def _error(call: Callable[[], object]) -> CellRouteError:
    with pytest.raises(CellRouteError) as caught:
        call()
    return caught.value


def test_expired_evidence_and_a_wrong_clock_are_told_apart(signer: Signer) -> None:
    data = signer.bytes(version="2027.01", date="2026-11-01", expires="2027-11-01")
    assert "to be renewed by 2027-11-01" in refusal(signer, data, today=date(2027, 11, 2))
    assert "clock says 1970-01-01" in refusal(signer, data, today=date(1970, 1, 1))
    path = signer.signed("day.pack", version="2027.01", date="2026-11-01", expires="2027-11-01")
    for day in (date(2027, 11, 1), date(2026, 11, 1) - timedelta(days=2)):
        installed.inspect(path, signer.data, signer.pack, today=day)


def test_a_revoked_key_signs_no_more_and_its_evidence_is_dropped(signer: Signer, pack: Pack) -> None:
    installed.install(signer.signed(version="2027.01"), signer.data, pack, today=TODAY)
    signing.trust(signer.data, signer.private, revoked="the laptop was stolen")
    assert "the laptop was stolen" in refusal(signer, signer.bytes(version="2027.02"))
    with pytest.raises(PackError, match="stolen"):
        load_current(signer.data)
    found, said = load_or_fall_back(signer.data)
    assert found.version == pack.version
    assert "stolen" in said


def test_a_key_of_the_program_is_not_replaced_by_one_in_the_data_folder(
    signer: Signer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped"
    signing.trust(shipped, signer.private, holder="The makers", revoked="lost")
    monkeypatch.setattr("core.pack.keys.SHIPPED", shipped / "keys")
    key = trusted_keys(signer.data)[signer.id]
    assert (key.holder, key.revoked) == ("The makers", "lost")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("holder", "not TOML"),
        ('holder = "a"', "missing"),
        ('holder = "a"\npublic = "%s"\nuntil = "2030-01-01"' % ("!" * 44), "no Ed25519 key"),
        ('holder = "a"\npublic = "%s"\nuntil = "2030-13-01"' % ("A" * 42 + "E="), "no such day"),
    ],
)
def test_a_broken_key_file_is_named(text: str, says: str, signer: Signer) -> None:
    (signer.data / "keys" / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=says) as caught:
        trusted_keys(signer.data)
    assert "bad.toml" in str(caught.value)


# -- what happens to the data folder


@pytest.mark.parametrize("damage", [b"", b"\x00" * 60, b"{", b'{"file":"../../../etc/passwd"}', b'{"file":"/x.pack"}'])
def test_a_damaged_choice_is_told_and_mended_by_bringing_in(damage: bytes, signer: Signer, pack: Pack) -> None:
    installed.install(signer.signed(version="2027.01"), signer.data, pack, today=TODAY)
    (signer.data / "packs" / "in-force.json").write_bytes(damage)
    found, said = load_or_fall_back(signer.data)
    assert found.version == pack.version
    assert "can no longer be read" in said
    installed.install(signer.signed(version="2027.02"), signer.data, pack, today=TODAY)
    assert load_current(signer.data).version == "2027.02"


def test_evidence_changed_in_the_data_folder_is_not_used(signer: Signer, pack: Pack) -> None:
    installed.install(signer.signed(version="2027.01"), signer.data, pack, today=TODAY)
    [kept] = (signer.data / "packs").glob("*.pack")
    data = kept.read_bytes()
    kept.write_bytes(data[:-400] + b"0" + data[-399:])
    found, said = load_or_fall_back(signer.data)
    assert found.version == pack.version
    assert "not whole" in said
    kept.unlink()
    assert "no such file" in load_or_fall_back(signer.data)[1]


def test_a_data_folder_that_cannot_be_written_leaves_the_old_in_force(signer: Signer, pack: Pack) -> None:
    (signer.data / "packs").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(SaveError):
        installed.install(signer.signed(version="2027.01"), signer.data, pack, today=TODAY)
    assert load_current(signer.data).version == pack.version


@pytest.mark.parametrize(
    ("older", "newer"),
    [("2026.9", "2026.11"), ("2026.11", "2026.11.1"), ("9", "10"), ("2026.11", "2027.1")],
)
def test_versions_are_compared_as_numbers(older: str, newer: str) -> None:
    assert ordered(older) < ordered(newer)
    assert ordered("2026.11.0") == ordered("2026.11")


def test_only_a_sound_pack_is_signed(signer: Signer) -> None:
    with pytest.raises(PackError):
        sign(b"{}", "evidence.json", signer.private)
    with pytest.raises(InputError):
        sign(encode(signer.pack.whole), "evidence.json", signer.private, "latest")


def test_the_header_names_what_is_signed(signer: Signer) -> None:
    header = msgspec.json.decode(parts(signer.bytes("0.2.0"))[0], type=Header)
    assert (header.version, header.min_program) == (signer.pack.version, "0.2.0")

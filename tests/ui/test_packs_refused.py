"""Evidence that is refused in the window: each in one clear sentence, and nothing changes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.files import hold
from core.pack.build import encode
from core.pack.pack import Pack
from core.pack.signed import LARGEST_FILE, MAGIC, sign
from tests.core.pack import signing
from tests.core.pack.signing import TODAY, Signer
from tests.ui.desk import looked, opened, press, said, with_figures
from ui import pack_words, say

if TYPE_CHECKING:
    from ui.window import Window


def other_key(signer: Signer) -> bytes:
    return sign(encode(signer.pack.whole), "e", Ed25519PrivateKey.generate())


def changed(signer: Signer) -> bytes:
    data = signer.bytes(version="2027.02")
    return data[:-400] + b"0" + data[-399:]


def forged(signer: Signer) -> bytes:
    return signer.bytes(version="2027.02").replace(b'"2027.02"', b'"2027.03"', 1)


REFUSED: dict[str, tuple[Any, str]] = {
    "older": (lambda s: s.bytes(version="2026.01"), "older than {version}, which is in force"),
    "unsigned": (lambda s: encode(s.pack.whole), "It is not signed, so nobody can tell who made it."),
    "untrusted": (other_key, "a key that this computer does not trust"),
    "forged": (forged, "Its signature is wrong"),
    "changed": (changed, "It is not whole"),
    "expired": (
        lambda s: s.bytes(version="2027.02", date="2025-01-01", expires="2026-01-01"),
        "It was to be renewed by 1 January 2026, and this computer’s clock says {today}.",
    ),
    "clock": (lambda s: s.bytes(version="2027.02", date="2031-01-01", expires="2032-01-01"), "Set the clock"),
    "program": (lambda s: s.bytes("9.0", version="2027.02"), "It needs CellRoute 9.0 or later"),
    "cut": (lambda s: s.bytes()[:90], "It ends too early"),
    "damaged": (lambda s: MAGIC + b"\n{}\nnot a signature\n", "It is not signed"),
    "a bomb": (lambda s: b"PK\x03\x04" + b"\x00" * 5000, "This is not an evidence file of CellRoute."),
    "nothing": (lambda s: b"", "This is not an evidence file of CellRoute."),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_each_refusal_is_one_clear_sentence(kind: str, desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    make, expected = REFUSED[kind]
    path = signer.data.parent / "stick.pack"
    path.write_bytes(make(signer))
    dialog = opened(desk, qtbot, path)
    text = said(dialog)
    assert text.startswith("This evidence is not brought in\nstick.pack: ")
    assert expected.format(version=pack.version, today=say.date(TODAY.isoformat())) in text
    assert "The evidence that was in force stays in force." in text
    assert len(text) < 450
    assert hasattr(dialog, "older_button") is (kind == "older")
    assert not (desk.data / "packs").exists()


def test_a_file_that_is_too_large_is_refused(desk: Window, qtbot: Any, signer: Signer) -> None:
    path = signer.data.parent / "large.pack"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert "It is larger than 80 MB, which no evidence is." in said(opened(desk, qtbot, path))


def test_a_name_cannot_dress_up_the_refusal(desk: Window, qtbot: Any, signer: Signer) -> None:
    for name in ("\u202ekcap.exe.pack", "a\nIn force now.pack", "x" * 240 + ".pack"):
        path = signer.data.parent / name
        path.write_bytes(b"junk")
        text = said(opened(desk, qtbot, path))
        assert "\u202e" not in text
        assert text.count("\n") == 2
        assert len(text) < 350


def test_a_stick_that_was_pulled_is_one_sentence(desk: Window, qtbot: Any, signer: Signer) -> None:
    text = said(opened(desk, qtbot, signer.data.parent / "gone.pack"))
    assert "there is no such file or folder" in text


def test_every_reason_has_a_sentence_and_every_kind_a_title() -> None:
    from core.changes import GROUPS
    from core.pack.signed import RefusedError

    assert set(pack_words._TITLES) == set(GROUPS)
    named = RefusedError.__doc__.split("Reasons:")[1].replace(".", "").replace("\n", " ").split(",")
    assert {one.strip() for one in named} == set(pack_words._REFUSALS)


def test_an_older_one_is_shown_and_used_only_when_asked_for(desk: Window, qtbot: Any, signer: Signer) -> None:
    dialog = opened(desk, qtbot, signer.signed(version="2026.01"))
    QTest.mouseClick(dialog.older_button, Qt.MouseButton.LeftButton)
    looked(desk, qtbot)
    assert "This evidence is older than what is in force. You asked for it on purpose." in said(dialog)
    press(dialog, "Use this evidence")
    looked(desk, qtbot)
    assert desk.pack.version == "2026.01"


def test_a_file_that_is_changed_after_the_preview_does_not_matter(
    desk: Window, qtbot: Any, signer: Signer, pack: Pack
) -> None:
    """The bytes that were looked at are the ones that are kept."""
    path = signer.signed(version="2027.02")
    shown = path.read_bytes()
    dialog = opened(desk, qtbot, path)
    path.write_bytes(signer.bytes(version="2027.09", **with_figures(pack)))
    press(dialog, "Use this evidence")
    looked(desk, qtbot)
    [kept] = (desk.data / "packs").glob("*.pack")
    assert kept.read_bytes() == shown


def test_a_second_window_that_installs_at_the_same_moment_waits(desk: Window, qtbot: Any, signer: Signer) -> None:
    dialog = opened(desk, qtbot, signer.signed(version="2027.02"))
    (desk.data / "packs").mkdir()
    other = hold(desk.data / "packs" / "lock")
    press(dialog, "Use this evidence")
    looked(desk, qtbot)
    assert "Another CellRoute on this computer is changing the evidence at this moment." in said(dialog)
    other.release()


def test_a_data_folder_that_cannot_be_written_is_told(desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    dialog = opened(desk, qtbot, signer.signed(version="2027.02"))
    (desk.data / "packs").write_text("a file where the folder should be", encoding="utf-8")
    press(dialog, "Use this evidence")
    looked(desk, qtbot)
    assert "a file of that name is there already" in said(dialog)
    assert "what is in force now is whole" in said(dialog)
    assert desk.pack is pack


def test_a_key_withdrawn_between_preview_and_use_counts(desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    dialog = opened(desk, qtbot, signer.signed(version="2027.02"))
    signing.trust(desk.data, signer.private, revoked="the laptop was stolen")
    press(dialog, "Use this evidence")
    looked(desk, qtbot)
    assert "trusted no longer (the laptop was stolen)" in said(dialog)
    assert desk.pack is pack


def test_a_clock_set_years_back_or_forward_is_told(desk: Window, qtbot: Any, signer: Signer) -> None:
    path = signer.signed(version="2027.02")
    for day, expected in (
        (date(1980, 1, 1), "clock says 1 January 1980. Set the clock"),
        (date(2090, 1, 1), "1 January 2090"),
    ):
        desk.today = lambda day=day: day
        dialog = opened(desk, qtbot, path)
        assert expected in said(dialog)
        dialog.reject()
    desk.today = lambda: TODAY
    assert "What would change" in said(opened(desk, qtbot, path))

"""Bringing in evidence as a clinician meets it: what is shown before, what is refused and how, the way back."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from core.consult import make_consult
from core.files import hold
from core.pack import installed
from core.pack.build import encode
from core.pack.pack import Pack
from core.pack.read import load_current
from core.pack.signed import LARGEST_FILE, MAGIC, sign
from core.recommend import recommend
from tests.core.pack import signing
from tests.core.pack.signing import TODAY, Signer
from tests.ui.hands import begin, lay_out_fully, settle
from tests.ui.test_nothing_clipped import clipped
from ui import pack_words

if TYPE_CHECKING:
    from ui.panels.packs import EvidenceDialog
    from ui.window import Window


@pytest.fixture
def signer(tmp_path: Path, pack: Pack) -> Signer:
    return signing.make_signer(tmp_path, pack)


@pytest.fixture
def desk(window: Window, signer: Signer) -> Window:
    """The window with a data folder that trusts the signer, on the day of the evidence."""
    window.data = signer.data
    window.today = lambda: TODAY
    return window


def still(window: Window, qtbot: Any) -> None:
    """Until nothing is worked out any more, in the window or for the dialog."""
    qtbot.waitUntil(lambda: not window._evidence_worker.busy(), timeout=120_000)
    settle(window, qtbot)
    lay_out_fully()


def opened(window: Window, qtbot: Any, path: Path | None = None) -> EvidenceDialog:
    """The dialog, with a file looked at or refused, ranks not yet worked out."""
    dialog = window.bring_in_evidence(path)
    looked(window, qtbot)
    return dialog


def looked(window: Window, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not window._evidence_worker.busy("evidence"), timeout=60_000)
    lay_out_fully()


def said(dialog: EvidenceDialog) -> str:
    """All that the dialog says, line by line."""
    labels = [one for one in dialog.findChildren(QLabel) if one.isVisible() and one.text()]
    return "\n".join(one.text() for one in labels)


def press(dialog: EvidenceDialog, name: str) -> None:
    QApplication.processEvents()
    [found] = [one for one in dialog.findChildren(QPushButton) if one.text() == name and one.isVisible()]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def with_figures(pack: Pack) -> dict[str, Any]:
    """Fewer needles in the joint under ultrasound, one study more, one harm fewer, one text another."""
    file = pack.file
    placements = tuple(
        msgspec.structs.replace(one, value=0.3, low=None, high=None, hits=None)
        if one.route == "intra_articular" and one.guidance == "ultrasound"
        else one
        for one in file.placements
    )
    texts = {language: dict(held) for language, held in file.texts.items()}
    texts["en"]["condition.ards.name"] = "Lung failure"
    study = msgspec.structs.replace(file.studies[0], id="new-2027", authors="Silva A", title="Counted anew", url=None)
    return {"placements": placements, "texts": texts, "studies": (*file.studies, study), "harms": file.harms[1:]}


# -- what is shown


def test_the_first_page_says_what_is_in_force_and_whose_signature_counts(desk: Window, qtbot: Any, pack: Pack) -> None:
    text = said(opened(desk, qtbot))
    assert f"Evidence {pack.version} of {pack.date}, to be renewed by {pack.expires}; came with the program." in text
    assert "A clinic: a key that this clinic added, for evidence until 2099-12-31" in text
    assert "development key, to be replaced before release: came with the program" in text
    assert str(desk.data / "keys") in text
    assert "Before it" not in text


def test_the_preview_says_who_signed_and_everything_that_changes(
    desk: Window, qtbot: Any, signer: Signer, pack: Pack
) -> None:
    begin(desk, qtbot)
    path = signer.signed(version="2027.02", date="2026-11-20", expires="2027-11-20", **with_figures(pack))
    dialog = opened(desk, qtbot, path)
    text = said(dialog)
    for line in ("2027.02", "2026-11-20", "2027-11-20", "signed by A clinic, with a key that this clinic added"):
        assert line in text.split("\n")
    assert "Studies: 1 added" in text
    assert "Added: Silva A. Counted anew" in text
    assert "Harms: 1 withdrawn" in text
    assert "Berkoff 2012, needle in place: Into the joint → Knee joint, Ultrasound: 95.8 % → 30 %" in text
    assert "1 text(s) in English" in text or "1 text in English" in text
    old, new = dialog._preview.old, dialog._preview.new
    consult = desk.store.consult
    first = [one.procedure_name("en", one.procedures[recommend(one, consult).first]) for one in (new, old)]
    qtbot.waitUntil(lambda: "The consult that is open" in said(dialog), timeout=20_000)
    assert f"first would be “{first[0]}”, until now “{first[1]}”" in said(dialog)
    assert first[0] != first[1]
    assert load_current(desk.data).version == pack.version  # looking changes nothing
    dialog.reject()


def test_the_ranks_of_all_conditions_are_worked_out_one_after_the_other(
    desk: Window, qtbot: Any, signer: Signer, pack: Pack
) -> None:
    dialog = opened(desk, qtbot, signer.signed(version="2027.02", **with_figures(pack)))
    assert [one for one, _ in dialog._preview.pairs] == list(pack.conditions)
    few = [one for one in dialog._preview.pairs if one[0] in ("knee_osteoarthritis", "copd", "ards")]
    dialog._show_preview(dialog._preview._replace(pairs=few))
    still(desk, qtbot)
    text = said(dialog)
    assert "Of 3 conditions, 1 would be ranked otherwise; 0 keep their order with other numbers." in text
    assert text.count("Knee osteoarthritis: first would be") == 1
    assert not dialog.rank_bar.isVisible()


def test_a_new_date_alone_changes_no_rank(desk: Window, qtbot: Any, signer: Signer) -> None:
    begin(desk, qtbot)
    text = said(opened(desk, qtbot, signer.signed(version="2027.02")))
    assert "No figure changes, so no rank does." in text
    assert "No figure, no study and no text would change." in text


def test_own_figures_that_do_not_fit_are_told_before(desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    for procedure, left_out in (("iv_none", False), ("no_such", True)):
        text = f'clinic = "Riverside"\n[[need]]\nprocedure = "{procedure}"\nid = "ultrasound"\n'
        (signer.data / "overlay.toml").write_text(text, encoding="utf-8")
        dialog = opened(desk, qtbot, signer.signed(version="2027.02"))
        assert ("would be left out: overlay.toml" in said(dialog)) is left_out
        dialog.reject()


# -- using it


def test_used_evidence_is_in_force_at_once_and_the_consult_goes_on(
    desk: Window, qtbot: Any, signer: Signer, pack: Pack
) -> None:
    begin(desk, qtbot)
    consult = desk.store.consult
    dialog = opened(desk, qtbot, signer.signed(version="2027.02", **with_figures(pack)))
    press(dialog, "Use this evidence")
    looked(desk, qtbot)
    settle(desk, qtbot)
    assert "In force now: Evidence 2027.02" in said(dialog)
    assert desk.pack.version == load_current(desk.data).version == "2027.02"
    assert desk.store.consult == consult
    assert desk.store.recommendation == recommend(desk.pack, consult)
    assert desk.store.recommendation.pack_version == "2027.02"
    press(dialog, "Close")


def test_leaving_it_changes_nothing(desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    dialog = opened(desk, qtbot, signer.signed(version="2027.02"))
    press(dialog, "Leave as it is")
    looked(desk, qtbot)
    assert f"Evidence {pack.version} of" in said(dialog)
    assert desk.pack is pack
    assert not (desk.data / "packs").exists()


def test_one_step_leads_back_and_says_what_it_changes(desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    installed.install(signer.signed(version="2027.02", **with_figures(pack)), desk.data, pack, today=TODAY)
    desk.take_evidence()
    begin(desk, qtbot)
    dialog = opened(desk, qtbot)
    press(dialog, "What would going back change?")
    looked(desk, qtbot)
    assert "Withdrawn: Silva A. Counted anew" in said(dialog)
    press(dialog, "Go back to it")
    looked(desk, qtbot)
    settle(desk, qtbot)
    assert desk.pack.version == pack.version == load_current(desk.data).version
    dialog.reject()
    again = opened(desk, qtbot)
    assert "Evidence 2027.02" in said(again).split("Before it")[1]


def test_evidence_of_another_window_can_be_taken_over(desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    begin(desk, qtbot)
    installed.install(signer.signed(version="2027.02"), desk.data, pack, today=TODAY)
    dialog = opened(desk, qtbot)
    assert f"This window still uses {pack.version}" in said(dialog)
    press(dialog, "Use it in this window")
    settle(desk, qtbot)
    assert desk.pack.version == "2027.02"


# -- what is refused


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
        "It was to be renewed by 2026-01-01, and this computer’s clock says {today}.",
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
    assert expected.format(version=pack.version, today=TODAY) in text
    assert "The evidence that was in force stays in force." in text
    assert len(text) < 450
    assert hasattr(dialog, "older_button") is (kind == "older")
    assert not (desk.data / "packs").exists()


def test_a_file_that_is_too_large_is_refused(desk: Window, qtbot: Any, signer: Signer) -> None:
    path = signer.data.parent / "large.pack"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert "It is larger than 80 MB, which no evidence is." in said(opened(desk, qtbot, path))


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
    for day, expected in ((date(1980, 1, 1), "clock says 1980-01-01. Set the clock"), (date(2090, 1, 1), "2090-01-01")):
        desk.today = lambda day=day: day
        dialog = opened(desk, qtbot, path)
        assert expected in said(dialog)
        dialog.reject()
    desk.today = lambda: TODAY
    assert "What would change" in said(opened(desk, qtbot, path))


# -- stopping, dropping, the eye


def test_stopping_leads_back_to_the_beginning(desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    dialog = opened(desk, qtbot)
    dialog.look(signer.signed(version="2027.02"))
    press(dialog, "Stop")
    looked(desk, qtbot)
    QTest.qWait(200)
    assert said(dialog).startswith("Evidence on this computer")


def test_closing_the_dialog_ends_the_work_for_it(desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    dialog = opened(desk, qtbot, signer.signed(version="2027.02", **with_figures(pack)))
    assert desk._evidence_worker.busy("evidence-ranks")
    dialog.reject()
    assert not desk._evidence_worker.busy()
    begin(desk, qtbot)
    assert desk.store.recommendation is not None


def drop(widget: Any, *paths: Path) -> bool:
    """Drop files on a widget; whether they were welcome."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(os.fspath(path)) for path in paths])
    at, none = QPointF(20, 20), Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    return True


def test_a_pack_is_dropped_on_the_window_or_the_dialog(desk: Window, qtbot: Any, signer: Signer) -> None:
    from ui.panels.packs import EvidenceDialog

    one, other = signer.signed("a.pack", version="2027.02"), signer.signed("b.PACK", version="2027.03")
    assert drop(desk, one)
    [dialog] = desk.findChildren(EvidenceDialog)
    looked(desk, qtbot)
    assert "2027.02" in said(dialog)
    assert drop(dialog, other)
    looked(desk, qtbot)
    assert "2027.03" in said(dialog)
    assert not drop(desk, one, other)
    assert not drop(desk, signer.data.parent / "notes.txt")


def test_a_consult_is_dropped_on_the_window(desk: Window, qtbot: Any, pack: Pack, tmp_path: Path) -> None:
    from core import consult_file

    path = tmp_path / "a.cellroute"
    consult_file.save(path, make_consult(pack, "ards"))
    assert drop(desk, path)
    assert desk.store.consult.condition == "ards"
    settle(desk, qtbot)


@pytest.mark.parametrize("size", [(1024, 700), (1366, 690)])
def test_nothing_is_clipped(size: tuple[int, int], desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    desk.resize(*size)
    begin(desk, qtbot)
    dialog = opened(desk, qtbot)
    assert clipped(dialog) == []
    dialog.look(signer.signed(version="2027.02", **with_figures(pack)))
    looked(desk, qtbot)
    qtbot.waitUntil(lambda: "The consult that is open" in said(dialog), timeout=20_000)
    assert clipped(dialog) == []
    assert dialog.height() <= size[1] - 40
    assert dialog.use_button.isVisible()
    assert dialog.use_button.hasFocus()


def test_the_command_is_there_only_with_a_data_folder(window: Window, signer: Signer) -> None:
    from ui import commands

    command = commands.command("bring_in")
    assert not command.enabled(window)
    window.data = signer.data
    assert command.enabled(window)

"""Bringing in evidence as a clinician meets it: what is shown before, using it, the way back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.consult import make_consult
from core.pack import installed
from core.pack.pack import Pack
from core.pack.read import load_current
from core.recommend import recommend
from tests.core.pack.signing import TODAY, Signer
from tests.ui.desk import looked, opened, press, said, still, with_figures
from tests.ui.hands import begin, settle
from tests.ui.seen import clipped
from ui import say

if TYPE_CHECKING:
    from ui.window import Window


# -- what is shown


def test_the_first_page_says_what_is_in_force_and_whose_signature_counts(desk: Window, qtbot: Any, pack: Pack) -> None:
    text = said(opened(desk, qtbot))
    date, expires = say.date(pack.date), say.date(pack.expires)
    assert f"Evidence {pack.version} of {date}, to be renewed by {expires}; came with the program." in text
    assert "A clinic: a key that this clinic added, for evidence until 31 December 2099" in text
    assert "development key, to be replaced before release: came with the program" in text
    assert "Before it" not in text


def test_where_keys_go_is_copied_and_no_name_of_a_person_stands_in_the_dialog(desk: Window, qtbot: Any) -> None:
    """A path often holds the name of whoever sits there, and the dialog may be shown to others."""
    dialog = opened(desk, qtbot)
    assert str(desk.data) not in said(dialog)
    press(dialog, "Copy where that folder is")
    assert QApplication.clipboard().text() == str(desk.data / "keys")


def test_the_preview_says_who_signed_and_everything_that_changes(
    desk: Window, qtbot: Any, signer: Signer, pack: Pack, speak: Callable[[str], None]
) -> None:
    speak("en")  # which counts texts
    begin(desk, qtbot)
    path = signer.signed(version="2027.02", date="2026-11-20", expires="2027-11-20", **with_figures(pack))
    dialog = opened(desk, qtbot, path)
    text = said(dialog)
    for line in (
        "2027.02",
        "20 November 2026",
        "20 November 2027",
        "signed by A clinic, with a key that this clinic added",
    ):
        assert line in text.split("\n")
    assert "Studies: 1 added" in text
    assert "Added: Silva A. Counted anew" in text
    assert "Harms: 1 withdrawn" in text
    assert "Berkoff 2012, needle in place: Into the joint → Knee joint, Ultrasound: 95.8 % → 30 %" in text
    assert "1 text in English" in text
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
    assert not dialog.ranks.bar.isVisible()


def test_a_new_date_alone_changes_no_rank(desk: Window, qtbot: Any, signer: Signer) -> None:
    begin(desk, qtbot)
    text = said(opened(desk, qtbot, signer.signed(version="2027.02")))
    assert "No figure changes, so no rank does." in text
    assert "No figure, no study and no text would change." in text


def test_own_figures_that_do_not_fit_are_told_before(desk: Window, qtbot: Any, signer: Signer) -> None:
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


def test_keys_read_on_and_use_nothing_unread(desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    dialog = opened(desk, qtbot, signer.signed(version="2027.02", **with_figures(pack)))
    bar = dialog.body.verticalScrollBar()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert bar.value() > 0
    assert not desk.evidence_worker.busy("evidence")
    assert desk.pack is pack
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    while QApplication.focusWidget() is not dialog.use_button:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(dialog.use_button, Qt.Key.Key_Space)
    looked(desk, qtbot)
    assert desk.pack.version == "2027.02"


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


# -- stopping, dropping, the eye


def test_stopping_leads_back_to_the_beginning(desk: Window, qtbot: Any, signer: Signer) -> None:
    dialog = opened(desk, qtbot)
    dialog.look(signer.signed(version="2027.02"))
    press(dialog, "Stop")
    after: list[str] = []
    desk.evidence_worker.start("after it", lambda: "done", after.append, pytest.fail)
    qtbot.waitUntil(lambda: after == ["done"], timeout=60_000)  # one thread: what was stopped has ended too
    assert said(dialog).startswith("Evidence on this computer")


def test_closing_the_dialog_ends_the_work_for_it(desk: Window, qtbot: Any, signer: Signer, pack: Pack) -> None:
    dialog = opened(desk, qtbot, signer.signed(version="2027.02", **with_figures(pack)))
    assert desk.evidence_worker.busy("evidence-ranks")
    dialog.reject()
    assert not desk.evidence_worker.busy()
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
    still(desk, qtbot)
    assert "The consult that is open" in said(dialog)
    assert clipped(dialog) == []
    assert dialog.height() <= size[1] - 40
    assert dialog.use_button.isVisible()


def test_the_command_is_there_only_with_a_data_folder(window: Window, signer: Signer) -> None:
    from ui import commands

    command = commands.command("bring_in")
    assert not command.enabled(window)
    window.data = signer.data
    assert command.enabled(window)

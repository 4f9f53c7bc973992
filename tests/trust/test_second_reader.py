"""What a reader who did not write the program found in the window, each kept from coming back."""

from __future__ import annotations

import html
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from core.consult import make_consult
from core.pack.pack import Pack
from core.recommend import recommend
from tests import ROOT
from tests.core.handout.looking import text_of
from tests.ui.conftest import fusion, look, open_window, window  # noqa: F401 (fixtures)
from tests.ui.hands import begin, settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.panels.handout import HandoutDialog
    from ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def spaced(text: str) -> str:
    """With plain spaces: those within a number differ from view to view."""
    return " ".join(text.split())


def test_the_patient_view_leaves_out_no_harm_mark_or_date_of_the_handout(qtbot: QtBot, pack: Pack) -> None:
    from core.handout.content import handout
    from core.handout.model import HandoutOptions
    from core.handout.runs import said
    from ui.panels.patient_view import PatientView
    from ui.settings import SettingsFile
    from ui.words import Words

    old = Pack(msgspec.structs.replace(pack.whole, expires="2020-01-01"), pack.sha256)
    view = PatientView(old, Words(old, "en"), SettingsFile(Path("nowhere")))
    qtbot.addWidget(view)
    for condition, route in (("knee_osteoarthritis", "iv"), ("chronic_ischaemic_heart_failure", "iv")):
        found = recommend(old, make_consult(old, condition, asked=route, has=()))
        view.show_recommendation(found)
        labels = " ".join(one.text() for one in view.findChildren(QLabel))
        shown = spaced(html.unescape(re.sub("<[^>]+>", "", labels)))
        sheet = handout(old, found, HandoutOptions(date="2026-11-25"))
        parts = [part for row in sheet.rows for cell in row.cells for part in cell.sentences]
        parts += [*sheet.warnings, *(mark for column in sheet.columns for mark in column.marks)]
        assert {"harm", "cells", "sure"} <= {row.key for row in sheet.rows}
        assert [said(part) for part in parts if spaced(said(part)) not in shown] == []


def test_a_note_for_the_chart_is_never_that_of_the_choice_before(window: Window, qtbot: QtBot) -> None:  # noqa: F811
    from core.note import note

    begin(window, qtbot)
    clipboard = QGuiApplication.clipboard()
    for change in ({"patient": {window.store.recommendation.open_questions[0]: "yes"}}, {"preset": "least_burden"}):
        clipboard.clear()
        window.store.edit(**change)
        window.do("chart")
        settle(window, qtbot)
        assert clipboard.text() == note(window.pack, recommend(window.pack, window.store.consult))


def sheet_of(window: Window, qtbot: QtBot) -> HandoutDialog:  # noqa: F811
    begin(window, qtbot)
    dialog = window.show_handout()
    qtbot.waitUntil(lambda: dialog.pdf is not None, timeout=20_000)
    return dialog


def test_the_file_holds_the_last_letters_even_when_it_is_saved_and_closed_at_once(
    window: Window,  # noqa: F811
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    dialog = sheet_of(window, qtbot)
    dialog.patient.setText("Ada Example")  # as a screen reader or dictation sets it: no key is pressed
    dialog.save_to(tmp_path / "one.pdf")
    dialog.reject()
    qtbot.waitUntil((tmp_path / "one.pdf").exists, timeout=20_000)
    assert "Ada Example" in text_of((tmp_path / "one.pdf").read_bytes())
    qtbot.waitUntil(lambda: not window.findChildren(type(dialog)), timeout=5_000)


def test_an_ending_put_behind_a_name_replaces_nothing_unasked(
    window: Window,  # noqa: F811
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    for name in ("sheet.pdf", "Dr. A.cellroute"):
        (tmp_path / name).write_bytes(b"another patient's")
    dialog = sheet_of(window, qtbot)
    assert not dialog.save_to(tmp_path / "sheet")
    assert "there already" in dialog.said.text()
    dialog.reject()
    assert not window.save_file(tmp_path / "Dr. A")
    assert {one.read_bytes() for one in tmp_path.glob("*.*")} == {b"another patient's"}
    assert window.save_file(tmp_path / "Dr. B")
    assert (tmp_path / "Dr. B.cellroute").exists()


def test_keyboards_that_learn_words_are_asked_not_to_keep_what_identifies_a_patient(
    window: Window,  # noqa: F811
    qtbot: QtBot,
) -> None:
    dialog = sheet_of(window, qtbot)
    for field in (dialog.patient, dialog.clinician, dialog.questions, dialog.note):
        assert field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
        assert field.inputMethodHints() & Qt.InputMethodHint.ImhNoPredictiveText
    dialog.reject()


def test_a_log_out_or_an_empty_battery_loses_no_consult(window: Window, qtbot: QtBot, tmp_path: Path) -> None:  # noqa: F811
    from PySide6.QtCore import SIGNAL
    from PySide6.QtWidgets import QApplication

    from core import journal
    from ui.safety import Safety

    before = QApplication.instance().receivers(SIGNAL("commitDataRequest(QSessionManager&)"))
    safety = Safety(window, tmp_path)
    assert QApplication.instance().receivers(SIGNAL("commitDataRequest(QSessionManager&)")) == before + 1
    begin(window, qtbot)
    safety.expect_log_out()
    window.store.edit(dose=3e7)
    safety.expect_log_out()
    safety.end()  # at once, while the last change is still on its way to the disk
    left, said = journal.left_behind(tmp_path, window.pack)
    assert [one.consult for one in left] == [window.store.consult]
    assert said == ""


def test_a_crash_of_the_window_writes_no_memory_to_the_disk(tmp_path: Path) -> None:
    """The memory holds what was typed. Dumps are allowed as far as they can be, and the real program is crashed."""
    allowing = ["sh", "-c", 'ulimit -c "$(ulimit -Hc)" && exec "$@"', "sh"]
    program = subprocess.Popen(
        [
            *allowing,
            sys.executable,
            str(ROOT / "main.py"),
            "--config",
            str(tmp_path / "config"),
            "--data",
            str(tmp_path / "data"),
        ],
        cwd=tmp_path,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.DEVNULL,
    )
    try:
        faults = tmp_path / "data" / "log" / "faults.log"
        until = time.monotonic() + 30
        while not faults.exists() and time.monotonic() < until:
            assert program.poll() is None
        program.send_signal(signal.SIGSEGV)
        assert program.wait(30) == -signal.SIGSEGV
    finally:
        program.kill()
        program.wait()
    assert b"Segmentation fault" in faults.read_bytes()
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == []


def test_a_note_from_evidence_past_its_day_says_so(window: Window, qtbot: QtBot) -> None:  # noqa: F811
    begin(window, qtbot)
    window.pack = Pack(msgspec.structs.replace(window.pack.whole, expires="2020-01-01"), window.pack.sha256)
    window.do("chart")
    assert "until 2020-01-01" in QGuiApplication.clipboard().text()


MARKED = """
import sys
sys.path.insert(0, {root!r})
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from core.consult import make_consult
from core.pack.read import load_builtin
from core.recommend import recommend
from pathlib import Path
from ui.panels.handout import HandoutDialog
from ui.settings import SettingsFile
from ui.worker import Worker
app = QApplication([])
pack = load_builtin()
found = recommend(pack, make_consult(pack, "knee_osteoarthritis"))
dialog = HandoutDialog(pack, found, SettingsFile(Path("nowhere")), Worker())
dialog.show()
QTest.qWaitForWindowActive(dialog)
control = QLineEdit()
for field, typed in ((dialog.patient, "Ada Example"), (dialog.note, "Ada Example"), (control, "seen")):
    field.show()
    field.activateWindow()
    field.setFocus()
    QTest.qWait(50)
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClick(field, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    print(repr(QGuiApplication.clipboard().text(QClipboard.Mode.Selection)))
"""


def test_a_name_that_is_only_marked_is_not_handed_to_other_programs(screen: dict[str, str], tmp_path: Path) -> None:
    """On X11 marking is copying; programs that keep what was copied would write it to the disk."""
    code = MARKED.format(root=str(ROOT))
    environment = {**os.environ, **screen}
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, check=False, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert ended.stdout.splitlines() == ["''", "''", "'seen'"], ended.stderr

"""A consult outlives its window, and an error says what happened without contents."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from core import journal
from ui.safety import ErrorDialog, Safety, watch


def kept(window, tmp_path: Path, qtbot) -> Safety:
    safety = Safety(window, tmp_path)
    window.store.choose_condition("knee_osteoarthritis")
    window.store.edit(dose=5e7)
    qtbot.waitUntil(lambda: not safety._worker.busy())
    return safety


def test_a_window_that_ended_badly_is_taken_up_by_the_next(window, tmp_path: Path, qtbot, pack) -> None:
    first = kept(window, tmp_path, qtbot)
    first._worker.stop()
    window.store.chosen.disconnect(first._keep)
    first._journal._lock.release()  # what the system does when a process ends
    consult = window.store.consult
    window.store.start_again()
    second = Safety(window, tmp_path)
    assert second.bring_back()
    assert window.store.consult == consult
    assert "is back" in window.notice.text.text()
    qtbot.waitUntil(lambda: not second._worker.busy())
    second.end()
    assert journal.left_behind(tmp_path, pack) == ([], "")


def test_a_window_that_ends_well_leaves_nothing(window, tmp_path: Path, qtbot) -> None:
    kept(window, tmp_path, qtbot).end()
    assert not list((tmp_path / "journal").iterdir())


def test_a_folder_that_cannot_be_written_is_said_and_stops_nothing(window, tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("a file", encoding="utf-8")
    safety = Safety(window, tmp_path)
    assert "not being kept" in window.notice.text.text()
    assert not safety.bring_back()
    window.store.choose_condition("ards")
    safety.end()


def test_an_error_that_nobody_caught_is_shown_without_contents(
    window, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    import logging

    logging.getLogger("cellroute").propagate = False  # what is logged is tested elsewhere
    safety = watch(window, tmp_path)
    try:
        raise KeyError("Zyxwvu Quellinger")
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(window.findChildren(ErrorDialog)))
    [dialog] = window.findChildren(ErrorDialog)
    text = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "builtins.KeyError" in text
    assert "Quellinger" not in text
    dialog.save_to(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == text
    dialog.save_to(tmp_path / "no" / "report.txt")
    assert "no such file or folder" in dialog.said.text()
    dialog.accept()
    safety.end()
    logging.getLogger("cellroute").propagate = True
    logging.getLogger().handlers = [one for one in logging.getLogger().handlers if "LogHandler" not in repr(type(one))]

"""No word of a dialog is cut, in any language, at any size of letters, in the smallest window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel

from core.consult import make_consult
from tests.ui.hands import lay_out_fully, settle
from tests.ui.seen import clipped, overlapping

if TYPE_CHECKING:
    from ui.window import Window

DIALOGS = ("preferences", "about", "shortcuts", "find")
NOT_WORDS = {"A4", "English", "Español", "−", "+"}


def opened(window: Window, command: str) -> QDialog:
    window.do(command)
    lay_out_fully()
    return next(one for one in window.findChildren(QDialog) if one.isVisible())


@pytest.mark.parametrize("text_size", [100, 150, 200])
@pytest.mark.parametrize("command", DIALOGS)
def test_nothing_is_cut(window: Window, command: str, text_size: int) -> None:
    window.resize(1024, 700)
    window.settings.change(text_size=text_size)
    window.apply_settings()
    dialog = opened(window, command)
    assert clipped(dialog) == []
    assert overlapping(dialog) == []
    assert dialog.height() <= window.height()
    assert dialog.width() <= window.width()
    dialog.close()


@pytest.mark.parametrize("command", DIALOGS)
def test_longer_words_fit_and_nothing_is_said_past_the_translator(longer: None, window: Window, command: str) -> None:
    window.resize(1024, 700)
    dialog = opened(window, command)
    assert clipped(dialog) == []
    assert overlapping(dialog) == []
    said = [one.text() for one in dialog.findChildren(QAbstractButton) if one.isVisible() and one.text()]
    said += [
        one.text()
        for one in dialog.findChildren(QLabel)
        if one.isVisible() and one.property("tone") in ("heading", "title", "muted") and one.text()
    ]
    assert said or command == "find"
    assert [text for text in said if not text.startswith("[") and text not in NOT_WORDS] == []
    dialog.close()


def test_a_table_of_a_picture_fits_into_a_small_window(window: Window, qtbot) -> None:
    window.resize(1024, 700)
    window.store.set(make_consult(window.pack, "liver_cirrhosis", asked="iv"))
    settle(window, qtbot)
    window.ranking.show_table()
    lay_out_fully()
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    assert dialog.width() <= window.width()
    assert dialog.height() <= window.height()
    assert clipped(dialog) == []
    dialog.close()

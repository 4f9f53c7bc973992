"""What tests of the window do again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window


def begin(window: Window, qtbot: QtBot, typed: str = "knee") -> None:
    """Type a condition, press Enter, wait for the ranking."""
    with qtbot.waitSignal(window.store.changed):
        QTest.keyClicks(window.choose.condition, typed)
        QTest.keyClick(window.choose.condition, Qt.Key.Key_Return)
    settle(window, qtbot)


def settle(window: Window, qtbot: QtBot) -> None:
    """Wait until nothing is being worked out."""
    qtbot.waitUntil(lambda: not window.store.working, timeout=20_000)


def lay_out_fully() -> None:
    """Let nested layouts come to their final sizes, each of which asks the next one again."""
    for _ in range(8):
        QApplication.processEvents()

"""Fields for what identifies a patient: nothing outside the program gets their words unless somebody asks for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

HINTS = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


class Unkept(QObject):
    """Looks after such fields. Keyboards that learn words are asked not to; what is only marked is not handed over."""

    def __init__(self, *fields: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(fields[0])
        self._fields = fields
        for field in fields:
            field.setInputMethodHints(HINTS)
        QGuiApplication.clipboard().selectionChanged.connect(self._take_back)

    def _take_back(self) -> None:
        """On X11 marking is copying, and programs that keep what was copied would write it to the disk."""
        clipboard = QGuiApplication.clipboard()
        text = clipboard.text(QClipboard.Mode.Selection) if clipboard.ownsSelection() else ""
        if text and text in map(_marked, self._fields):
            clipboard.clear(QClipboard.Mode.Selection)


def _marked(field: QLineEdit | QPlainTextEdit) -> str:
    if isinstance(field, QLineEdit):
        return field.selectedText()
    return field.textCursor().selection().toPlainText()

"""F1: every command with its keys, and the keys that lists and pictures know."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from ui import commands, theme
from ui.widgets.basic import Scroll, button, label


class Shortcuts(QDialog):
    """Made from the list of commands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        scroll = Scroll()
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(5)
        rows = [(one.said(), ", ".join(one.shortcuts)) for one in commands.COMMANDS if one.shortcuts]
        rows += [
            (self.tr("Next or previous row of the ranking"), "↓ ↑"),
            (self.tr("Answer a patient question yes, no, or take it back"), self.tr("Y, N, Delete")),
            (self.tr("Table of a picture or of the ranking"), "T"),
            (self.tr("Copy a picture or the ranking"), "Ctrl+C"),
            (self.tr("Close a list or dialog; the window stays"), "Esc"),
        ]
        half = (len(rows) + 1) // 2
        for place, (title, keys) in enumerate(rows):
            row, side = place % half, 2 * (place // half)
            said = label(keys)
            said.setFont(theme.semibold(theme.BODY))
            grid.addWidget(said, row, side, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(title), row, side + 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        scroll.column.addLayout(grid)
        scroll.column.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(button(self.tr("Close"), "", self.accept), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme.px(760), theme.px(460))

"""F1: every command with its keys, and the keys that lists and pictures know."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
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
        room = parent.size() if parent is not None else self.size()
        bold, plain = QFontMetrics(theme.semibold(theme.BODY)), QFontMetrics(theme.font(theme.BODY))
        side = max(bold.horizontalAdvance(keys) for _title, keys in rows)
        side += max(plain.horizontalAdvance(title) for title, _keys in rows) + 2 * grid.horizontalSpacing()
        edges = 2 * theme.px(24) + theme.px(16)
        sides = 2 if 2 * side + edges <= room.width() - 40 else 1
        half = -(-len(rows) // sides)
        for place, (title, keys) in enumerate(rows):
            row, left = place % half, 2 * (place // half)
            said = label(keys)
            said.setFont(theme.semibold(theme.BODY))
            grid.addWidget(said, row, left, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(title, wrap=sides == 1), row, left + 1, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(left + 1, 1)
        scroll.column.addLayout(grid)
        scroll.column.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(button(self.tr("Close"), "", self.accept), 0, Qt.AlignmentFlag.AlignRight)
        wanted = half * (plain.height() + grid.verticalSpacing()) + theme.px(110)
        self.resize(min(sides * side + edges, room.width() - 40), min(wanted, room.height() - 40))

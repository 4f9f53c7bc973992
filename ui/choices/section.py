"""A heading with "assumed" beside it, and under it what belongs to it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basic import beside, label


class Section(QWidget):
    """A heading with "assumed" beside it, and what belongs to it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, theme.px(5))
        self.column.setSpacing(4)
        self.title = label(title, "heading")
        self.assumed = label(self.tr("assumed"), "small")
        line = beside(self.title)
        line.addStretch(1)
        line.addWidget(self.assumed)
        self.assumed.hide()
        self.column.addLayout(line)

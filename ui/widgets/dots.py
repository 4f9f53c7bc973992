"""A hundred dots of which so many are filled: cells in place, without a number to misread."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

COLUMNS, ROWS = 10, 10


class Dots(QWidget):
    """Ten by ten dots, filled from the bottom."""

    def __init__(self, filled: int, alt: str, pitch: float = 16.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pitch = pitch
        self._filled = max(0, min(COLUMNS * ROWS, filled))
        self.setAccessibleName(alt)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._pitch) * COLUMNS, theme.px(self._pitch) * ROWS)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch = self.width() / COLUMNS
        radius = pitch * 0.36
        painter.setPen(QPen(theme.color("accent"), 1.3))
        for number in range(COLUMNS * ROWS):
            row, column = divmod(number, COLUMNS)
            filled = (ROWS - 1 - row) * COLUMNS + column < self._filled
            painter.setBrush(theme.color("accent") if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF((column + 0.5) * pitch, (row + 0.5) * pitch), radius, radius)
        painter.end()

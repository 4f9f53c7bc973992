"""Where things stand in a row of the ranking, and the heads over these columns."""

from __future__ import annotations

import math

import msgspec
from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import theme

AXIS_LOW, AXIS_HIGH = 0, 6  # powers of ten, in cells of a million


class Columns(msgspec.Struct, frozen=True):
    """Where things stand in a row of a given width, in logical pixels from its left edge.

    `narrow`: the words have no column of their own and stand on a third line, with the chips behind them.
    """

    narrow: bool

    rank: float
    name: float
    bar: tuple[float, float]
    axis: tuple[float, float]
    words: tuple[float, float]
    number: tuple[float, float]

    @classmethod
    def of(cls, width: float) -> Columns:
        """The columns for a width; the log axis takes what the others leave."""
        narrow = width < theme.px(580)
        number_wide, words_wide = theme.px(100), theme.px(140 if width > theme.px(700) else 118)
        bar_wide = max(theme.px(70), min(theme.px(150), width * 0.17))
        name = theme.px(32)
        right = width - theme.px(8)
        axis_left = name + bar_wide + theme.px(24)
        if narrow:
            axis_right, words = right - number_wide - theme.px(12), (name, right)
        else:
            words_left = right - number_wide - words_wide
            axis_right, words = words_left - theme.px(20), (words_left, words_left + words_wide - theme.px(6))
        return cls(
            narrow, theme.px(8), name, (name, name + bar_wide), (axis_left, max(axis_left + 40, axis_right)), words,
            (right - number_wide, right),
        )  # fmt: skip

    def x(self, cells: float) -> float:
        """The place of so many cells of a million on the log axis, held within it."""
        power = math.log10(max(cells, 1e-12))
        part = (min(max(power, AXIS_LOW), AXIS_HIGH) - AXIS_LOW) / (AXIS_HIGH - AXIS_LOW)
        return self.axis[0] + part * (self.axis[1] - self.axis[0])


class AxisHeader(QWidget):
    """The heads of the columns: share of the dose, the log axis with a tick for each power of ten, the figures."""

    def __init__(self, share: str, cells: str, ticks: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks = ticks
        self._share = share
        self._cells = cells
        self.setAccessibleName(f"{share}; {cells}")
        self._fit()

    def _fit(self) -> None:
        """As many lines as the heads take beside the ticks."""
        metrics = QFontMetrics(theme.font(theme.SMALL))
        columns = Columns.of(self.contentsRect().width())
        high = 0
        for text, room in (
            (self._cells, columns.number[1] - columns.axis[1] - theme.px(18)),
            (self._share, columns.axis[0] - columns.name - theme.px(20)),
        ):
            box = QRect(0, 0, max(40, round(room)), 10_000)
            high = max(high, metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, text).height())
        if high + 6 != self.height():
            self.setFixedHeight(high + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def end_at(self, right: int) -> None:
        """Let the columns end where those of the rows end, beside a scroll bar."""
        if right != self.contentsMargins().right():
            self.setContentsMargins(0, 0, right, 0)
            self._fit()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.color("muted"))
        columns = Columns.of(self.contentsRect().width())
        bottom = Qt.AlignmentFlag.AlignBottom
        height = self.height() - 3
        room = columns.axis[0] - columns.name - theme.px(20)
        painter.drawText(
            QRectF(columns.name, 0, room, height),
            bottom | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap,
            self._share,
        )
        step = (columns.axis[1] - columns.axis[0]) / (len(self._ticks) - 1)
        widest = max(painter.fontMetrics().horizontalAdvance(tick) for tick in self._ticks) + 6
        every = 1 if step >= widest else 2 if 2 * step >= widest else 3
        for place, tick in enumerate(self._ticks):
            if place % every == 0:
                x = columns.axis[0] + place * step
                painter.drawText(QRectF(x - 40, 0, 80, height), bottom | Qt.AlignmentFlag.AlignHCenter, tick)
        left = columns.axis[1] + theme.px(18)
        painter.drawText(
            QRectF(left, 0, columns.number[1] - left, height),
            bottom | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextWordWrap,
            self._cells,
        )
        painter.end()

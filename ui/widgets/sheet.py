"""Two things side by side, point by point: a picture of words that grows with what it has to say."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.picture import TAKEN, Picture, Table

WORDS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
EDGE = 6  # left free at both sides, for the ring of the focus
BETWEEN = 4  # between two sentences
TALL = 100_000.0  # more than any text takes


class Line(msgspec.Struct, frozen=True):
    """A point and what either side has to say to it; `strong`: in large letters."""

    title: str
    texts: tuple[str, str]
    strong: bool = False


class Sheet(Picture):
    """The lines alone on screen, where lists above name the two sides; with both names when it is taken along."""

    laid = Signal()  # its columns may stand elsewhere now

    def __init__(self, name: str, first: str, parent: QWidget | None = None) -> None:
        """`first` heads the column of the points in the table."""
        self._title, self._first = name, first
        self._heads = ("", "")
        self._lines: tuple[Line, ...] = ()
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, heads: tuple[str, str], lines: tuple[Line, ...]) -> None:
        """Show these under the names of the two sides."""
        self._heads, self._lines = heads, lines
        self._fit()
        self.refresh()

    def table(self) -> Table:
        return Table(self._title, (self._first, *self._heads), tuple((one.title, *one.texts) for one in self._lines))

    def margins(self) -> tuple[int, int]:
        """What lies left of the first side and right of the second on screen, for the lists above them."""
        return round(EDGE + self.columns(self.width() - 2 * EDGE)[0]), EDGE

    def columns(self, width: float) -> tuple[float, float, float]:
        """Where the first and the second side begin, and how wide each is."""
        metrics = QFontMetricsF(theme.semibold(theme.SMALL))
        titles = max((metrics.horizontalAdvance(line.title) for line in self._lines), default=0.0)
        titles = min(max(titles, theme.px(104)), width * 0.24)
        gap = theme.px(16)
        side = (width - titles - 2 * gap) / 2
        return titles + gap, titles + 2 * gap + side, side

    def paint(self, painter: QPainter, _area: QRectF) -> None:
        self._draw_lines(painter, QRectF(self.rect()).adjusted(EDGE, 2, -EDGE, 0))

    def draw(self, painter: QPainter, area: QRectF) -> None:
        left, right, side = self.columns(area.width())
        painter.setFont(theme.semibold(theme.STRONG))
        painter.setPen(theme.color("text"))
        high = _high(theme.semibold(theme.STRONG), self._heads, side)
        for x, head in zip((left, right), self._heads, strict=True):
            painter.drawText(QRectF(area.x() + x, area.y(), side, high), WORDS, head)
        self._draw_lines(painter, area.adjusted(0, high + theme.px(6), 0, 0))

    def _draw_lines(self, painter: QPainter, area: QRectF) -> None:
        left, right, side = self.columns(area.width())
        y = area.y()
        for line, top, high in self._places(area.width()):
            if top:
                painter.setPen(QPen(theme.color("grid"), 1))
                painter.drawLine(area.x(), y + top - theme.px(4), area.right(), y + top - theme.px(4))
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.semibold(theme.SMALL))
            shift = theme.px(3) if line.strong else 1
            painter.drawText(QRectF(area.x(), y + top + shift, left - theme.px(8), high), WORDS, line.title)
            painter.setPen(theme.color("text"))
            painter.setFont(_font(line))
            for x, text in zip((left, right), line.texts, strict=True):
                at = y + top
                for part, tall in _parts(_font(line), text, side):
                    painter.drawText(QRectF(area.x() + x, at, side, tall), WORDS, part)
                    at += tall + BETWEEN

    def _places(self, width: float) -> Iterator[tuple[Line, float, float]]:
        """Each line with its top and its height."""
        left, _right, side = self.columns(width)
        top = 0.0
        for line in self._lines:
            high = _high(_font(line), line.texts, side)
            high = max(high, _high(theme.semibold(theme.SMALL), (line.title,), left - theme.px(8)))
            yield line, top, high
            top += high + theme.px(9)

    def _tall(self, width: float) -> float:
        return max((top + high for _line, top, high in self._places(width)), default=0.0)

    def taken_size(self) -> QSize:
        """The size of the picture that is taken along: what is cut off on screen is whole there."""
        width = max(self.width(), TAKEN.width())
        inner = width - 16
        heads = _high(theme.semibold(theme.STRONG), self._heads, self.columns(inner)[2]) + theme.px(6)
        return QSize(width, round(heads + self._tall(inner)) + 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.laid.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # other letters
            self._fit()
            self.laid.emit()

    def _fit(self) -> None:
        tall = round(self._tall(self.width() - 2 * EDGE)) + 8
        if tall != self.height():
            self.setFixedHeight(tall)


def _font(line: Line) -> QFont:
    return theme.semibold(theme.TITLE - 2) if line.strong else theme.font(theme.BODY)


def _parts(font: QFont, text: str, width: float) -> list[tuple[str, float]]:
    """Each sentence that begins a line of its own, and its height."""
    metrics = QFontMetricsF(font)
    parts = (text or "–").split("\n")
    return [(one, metrics.boundingRect(QRectF(0, 0, width, TALL), int(WORDS), one).height()) for one in parts]


def _high(font: QFont, texts: tuple[str, ...], width: float) -> float:
    return max(sum(tall + BETWEEN for _part, tall in _parts(font, text, width)) - BETWEEN for text in texts)

"""Where a million cells go: a block of cells on the left, one band for each place; widths are to scale.

What is too thin to be seen is a line with its number.
"""

from __future__ import annotations

from math import floor

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEngine, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.numbers import Figures
from ui.widgets.picture import Picture, Table, elided, elided_within, lines_of

NO_BREAK = "\u00a0"
LABELS = 0.73  # of the width, at most


class Band(msgspec.Struct, frozen=True):
    """One place: its share of the cells (0 to 1), the number as printed, whether it is the target."""

    name: str
    share: float
    number: str
    target: bool = False
    range: str = ""
    short: str = ""  # for where the name does not fit


def fewer(bands: tuple[Band, ...], most: int, others: str, figures: Figures) -> tuple[Band, ...]:
    """At most so many bands: the smallest that are not the target become one, `others` in short."""
    if len(bands) <= most:
        return bands
    small = sorted((band for band in bands if not band.target), key=lambda band: band.share)
    joined = small[: len(bands) - most + 1]
    total = sum(band.share for band in joined)
    name = ", ".join(band.name for band in reversed(joined))
    one = Band(name, total, figures.short(total), short=others)
    kept = [band for band in bands if band not in joined]
    return (*kept, one) if kept and kept[0].target else (one, *kept)


class FlowPicture(Picture):
    """Bands from all cells to the places where they are."""

    def __init__(
        self, name: str, heads: tuple[str, str, str], others: str, figures: Figures, parent: QWidget | None = None
    ) -> None:
        """`heads` are the table's: place, figure, range; `others`: the word for several small places."""
        self._others, self._figures = others, figures
        self._title = ""
        self._short = ""
        self._bands: tuple[Band, ...] = ()
        self._heads = heads
        self._hollow = False
        super().__init__(name, parent)
        self.setMinimumHeight(theme.px(96))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bands(self, title: str, short: str, bands: tuple[Band, ...], *, hollow: bool) -> None:
        """Show these places; `hollow` hatches the target's band: nobody counted it. `short`: for little room."""
        self._title, self._short, self._bands, self._hollow = title, short, bands, hollow
        self.setAccessibleName(title)
        self.refresh()

    def table(self) -> Table:
        return Table(self._title, self._heads, tuple((b.name, b.number, b.range) for b in self._bands))

    def draw(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(theme.semibold(theme.BODY))
        painter.setPen(theme.color("text"))
        head = painter.fontMetrics().height() + 4
        fits = painter.fontMetrics().horizontalAdvance(self._title) <= area.width()
        title = self._title if fits else elided_within(painter.fontMetrics(), self._short, area.width())
        painter.drawText(QRectF(area.x(), area.y(), area.width(), head), Qt.AlignmentFlag.AlignTop, title)
        body = QRectF(area.x(), area.y() + head + 2, area.width(), area.height() - head - 4)
        bands, size = self._said(body)
        if not bands or body.height() < 20:
            return
        painter.setFont(_font(bands[0], size))
        line = painter.fontMetrics().height()
        longest = max(
            QFontMetrics(_font(band, size)).horizontalAdvance(_text(band.short or band.name, band)) for band in bands
        )
        labels = min(area.width() * LABELS, max(area.width() * 0.46, longest + theme.px(14)))
        block = min(theme.px(56), area.width() * 0.13)
        ends = area.right() - labels
        gap = min(theme.px(10), body.height() * 0.08)
        tall = body.height() - gap * (len(bands) - 1)
        shown = tall * 0.86  # the same scale on both sides, the bands fan out by the gaps
        top = body.center().y() - shown / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("source"))
        painter.drawRoundedRect(QRectF(body.x(), top, block, shown), 3, 3)
        left, y_from, y_to = body.x() + block, top, body.y() + (tall - shown) / 2
        texts: list[tuple[float, Band]] = []
        for place, band in enumerate(bands):
            high = band.share * shown
            self._band(painter, (left, y_from, ends, y_to), high, band, place)
            texts.append((y_to + high / 2, band))
            y_from += high
            y_to += high + gap
        self._labels(painter, body, texts, ends, (size, line))

    def _said(self, body: QRectF) -> tuple[tuple[Band, ...], float]:
        """The bands that there are lines for, and the size of their letters: smaller ones where it is low."""
        wide = body.width() * LABELS - theme.px(10)
        for size in (theme.BODY - 0.5, theme.SMALL):
            room = floor(body.height() / QFontMetrics(theme.font(size)).height())
            for band in self._bands:
                if band.target and QFontMetrics(_font(band, size)).horizontalAdvance(_text(band.name, band)) > wide:
                    room -= 1  # it takes two lines
            if room > len(self._bands):
                break
        return fewer(self._bands, max(2, room), self._others, self._figures), size

    def _band(
        self, painter: QPainter, at: tuple[float, float, float, float], high: float, band: Band, place: int
    ) -> None:
        x1, y1, x2, y2 = at
        shade = theme.color("accent_flow" if band.target else "flow" if place % 2 == 0 else "flow_dim")
        middle = (x1 + x2) / 2
        if high < 2:
            painter.setPen(QPen(theme.color("accent") if band.target else shade, 1.8))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            path = QPainterPath(QPointF(x1, y1 + high / 2))
            path.cubicTo(QPointF(middle, y1 + high / 2), QPointF(middle, y2 + high / 2), QPointF(x2, y2 + high / 2))
            painter.drawPath(path)
            if band.target:
                painter.setBrush(theme.color("accent"))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.drawEllipse(QPointF(x2, y2 + high / 2), theme.px(4), theme.px(4))
            return
        path = QPainterPath(QPointF(x1, y1))
        path.cubicTo(QPointF(middle, y1), QPointF(middle, y2), QPointF(x2, y2))
        path.lineTo(QPointF(x2, y2 + high))
        path.cubicTo(QPointF(middle, y2 + high), QPointF(middle, y1 + high), QPointF(x1, y1 + high))
        path.closeSubpath()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawPath(path)
        if band.target and self._hollow:
            shade = theme.color("panel")
            shade.setAlphaF(0.6)
            painter.setBrush(shade)
            stripes = _stripes(path.boundingRect())
            if painter.paintEngine().type() == QPaintEngine.Type.SVG:  # such files know no clipping
                painter.drawPath(path.intersected(stripes))
                return
            painter.save()  # on screen that would take too long
            painter.setClipPath(path)
            painter.drawPath(stripes)
            painter.restore()

    def _labels(
        self,
        painter: QPainter,
        body: QRectF,
        texts: list[tuple[float, Band]],
        ends: float,
        letters: tuple[float, float],
    ) -> None:
        """The names beside the bands, on more lines where one is too narrow, moved apart where they would touch."""
        size, line = letters
        x = ends + theme.px(10)
        wide = body.right() - x
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        room = floor(body.height() / line)  # lines
        said, takes = [], []
        for _y, band in texts:
            painter.setFont(_font(band, size))
            said.append([_text(name, band) for name in (band.name, band.short or band.name)])
            takes.append(lines_of(painter, said[-1][0], wide))
        for place in sorted(range(len(said)), key=lambda k: -takes[k]):
            if sum(takes) > room and takes[place] > 1:  # no room for all: the longest say it in short
                painter.setFont(_font(texts[place][1], size))
                said[place][0] = said[place][1]
                takes[place] = lines_of(painter, said[place][0], wide)
        while sum(takes) > room and max(takes) > 1:
            places = [place for place in range(len(takes)) if takes[place] > 1]
            takes[min(places, key=lambda k: texts[k][1].target)] -= 1  # cut after all, the target last
        talls = [count * line for count in takes]
        places = [y for y, _band in texts]
        places[0] = max(places[0], body.top() + talls[0] / 2)
        for index in range(1, len(places)):
            places[index] = max(places[index], places[index - 1] + (talls[index - 1] + talls[index]) / 2)
        overflow = places[-1] + talls[-1] / 2 - body.bottom()
        if overflow > 0:
            places[-1] -= overflow
            for index in range(len(places) - 2, -1, -1):
                places[index] = min(places[index], places[index + 1] - (talls[index] + talls[index + 1]) / 2)
        for y, tall, (whole, _short), (_at, band) in zip(places, talls, said, texts, strict=True):
            text = whole
            painter.setFont(_font(band, size))
            painter.setPen(theme.color("accent" if band.target else "text"))
            box = QRectF(x, y - tall / 2, wide, tall)
            if lines_of(painter, text, wide) * line > tall + 1:
                number = f"  {band.number.replace(' ', NO_BREAK)}"
                text = (
                    elided(painter, band.short or band.name, wide - painter.fontMetrics().horizontalAdvance(number))
                    + number
                )
            painter.drawText(box, flags if tall > line else Qt.AlignmentFlag.AlignVCenter, text)


def _stripes(box: QRectF) -> QPainterPath:
    """Slanted stripes over a box."""
    stripes = QPainterPath()
    x, tall, wide = box.left() - box.height(), box.height(), 2.2
    while x < box.right():
        corners = ((x, box.bottom()), (x + wide, box.bottom()), (x + wide + tall, box.top()), (x + tall, box.top()))
        stripes.addPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        x += theme.px(9)
    return stripes


def _font(band: Band, size: float) -> QFont:
    return theme.semibold(size) if band.target else theme.font(size)


def _text(name: str, band: Band) -> str:
    return f"{name}  {band.number.replace(' ', NO_BREAK)}"

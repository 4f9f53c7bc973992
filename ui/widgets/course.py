"""A share against time: a line with its band on a log scale of cells, one for each procedure."""

from __future__ import annotations

import math

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.numbers import Figures
from ui.widgets.picture import Picture, Table, elided, elided_within, lines_of

HOURS = (1.0, 6.0, 24.0, 72.0, 168.0, 720.0)


class Point(msgspec.Struct, frozen=True):
    """Cells of a million at one time: hours, median, low, high; `living` when only living cells are counted."""

    hours: float
    median: float
    low: float
    high: float
    living: bool


class Line(msgspec.Struct, frozen=True):
    """One procedure; the first line shown is in the accent colour, the second dashed in grey."""

    name: str
    points: tuple[Point, ...]


class CoursePicture(Picture):
    """Up to two lines on one pair of log axes."""

    def __init__(self, name: str, words: dict[str, str], figures: Figures, parent: QWidget | None = None) -> None:
        """`words`: title, axis (what is counted), heads of the table (time, cells, range), any, living, and times."""
        self._lines: tuple[Line, ...] = ()
        self._words, self._figures = words, figures
        super().__init__(name, parent)
        self.setMinimumHeight(theme.px(110))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show these."""
        self._lines = lines
        self.refresh()

    def table(self) -> Table:
        rows = []
        for line in self._lines:
            for point in line.points:
                kind = self._words["living"] if point.living else self._words["any"]
                rows.append((
                    line.name, f"{point.hours:g} h", kind, self._figures.short(point.median / 1e6),
                    self._figures.span(point.low / 1e6, point.high / 1e6),
                ))  # fmt: skip
        heads = (
            self._words["procedure"],
            self._words["time"],
            self._words["counted"],
            self._words["axis"],
            self._words["range"],
        )
        return Table(self._words["title"], heads, tuple(rows))

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self._lines:
            return
        painter.setFont(theme.font(theme.SMALL))
        metrics = painter.fontMetrics()
        line = metrics.height()
        left = metrics.horizontalAdvance("1 000 000") + theme.px(8)
        names = max(theme.px(130), min(theme.px(220), area.width() * 0.3))
        heads = 2 if self._crowded(painter, area.width() - left - names) else 1
        top = area.y() + heads * line + max(5.0, 0.45 * line)  # half a figure of the axis stands above it
        plot = QRectF(area.x() + left, top, area.width() - left - names, area.bottom() - top - line - 4)
        if plot.width() < 60 or plot.height() < 30:
            return
        low = min((p.low for each in self._lines for p in each.points), default=1)
        bottom = max(-2, math.floor(math.log10(max(low, 1e-3))))
        bottom = min(bottom, 4)

        def x(hours: float) -> float:
            return plot.x() + plot.width() * (math.log10(hours) - 0.0) / math.log10(HOURS[-1])

        def y(cells: float) -> float:
            part = (math.log10(max(cells, 10.0**bottom)) - bottom) / (6 - bottom)
            return plot.bottom() - plot.height() * min(1.0, part)

        self._axes(painter, plot, bottom, x, y)
        for place, each in reversed(list(enumerate(self._lines))):
            shade = theme.color("accent" if place == 0 else "muted")
            band = theme.color("accent_flow" if place == 0 else "range")
            band.setAlphaF(0.28 if place == 0 else 0.35)
            for living in (False, True):
                points = [point for point in each.points if point.living == living]
                if not points:
                    continue
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(band)
                outline = [QPointF(x(p.hours), y(p.high)) for p in points]
                outline += [QPointF(x(p.hours), y(p.low)) for p in reversed(points)]
                painter.drawPolygon(QPolygonF(outline))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(shade, 2.2, Qt.PenStyle.SolidLine if place == 0 else Qt.PenStyle.DashLine))
                painter.drawPolyline(QPolygonF([QPointF(x(p.hours), y(p.median)) for p in points]))
        self._labels(painter, plot, area, y)

    def _crowded(self, painter: QPainter, width: float) -> bool:
        """Whether the name of the axis and the words for what is counted want two lines."""
        metrics = painter.fontMetrics()
        half = width * math.log10(24.0) / math.log10(HOURS[-1])
        left = metrics.horizontalAdvance("1 000 000") + theme.px(8)
        return metrics.horizontalAdvance(f"{self._words['axis']}  {self._words['any']}") > left + half - theme.px(14)

    def _axes(self, painter: QPainter, plot: QRectF, bottom: int, x: object, y: object) -> None:
        line = painter.fontMetrics().height()
        painter.setPen(theme.color("muted"))
        above = plot.y() - line - max(4.0, 0.4 * line)
        at = 2.0 if above >= line else above  # on a line of its own, or on that of the words for what is counted
        painter.drawText(QRectF(2, at, plot.right() + theme.px(90), line), 0, self._words["axis"])
        step = max(1, math.ceil((6 - bottom) * (line + 4) / plot.height()))
        for power in range(6, bottom - 1, -step):
            at = y(10.0**power)  # type: ignore[operator]
            painter.setPen(QPen(theme.color("grid"), 1))
            painter.drawLine(QPointF(plot.x(), at), QPointF(plot.right(), at))
            painter.setPen(theme.color("muted"))
            text = self._figures.tick(power - 6)
            painter.drawText(
                QRectF(0, at - line / 2, plot.x() - 6, line),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                text,
            )
        ends = 0.0
        for hours in (HOURS[-1], *HOURS[:-1]):
            at = x(hours)  # type: ignore[operator]
            painter.setPen(QPen(theme.color("strong_line" if hours == 24 else "grid"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(at, plot.y()), QPointF(at, plot.bottom()))
            text = self._words.get(f"{hours:g}", "")
            half = painter.fontMetrics().horizontalAdvance(text) / 2 + theme.px(3)
            last = hours == HOURS[-1]
            if not last and (at - half < ends or at + half > plot.right() - theme.px(50)):
                continue  # no room between its neighbours
            ends = ends if last else at + half
            painter.setPen(theme.color("muted"))
            first = hours == HOURS[0]  # it begins and the last one ends with its line
            under = QRectF(at if first else at - 90, plot.bottom() + 3, 90 if first or last else 180, line)
            where = Qt.AlignmentFlag.AlignHCenter
            if first or last:
                where = Qt.AlignmentFlag.AlignLeft if first else Qt.AlignmentFlag.AlignRight
            painter.drawText(under, where, text)
        painter.setPen(theme.color("muted"))
        half = x(24.0)  # type: ignore[operator]
        painter.drawText(
            QRectF(0, above, half - 6, line),
            Qt.AlignmentFlag.AlignRight,
            self._words["any"],
        )
        painter.drawText(
            QRectF(half + 6, above, self.width() - half - 6, line),
            Qt.AlignmentFlag.AlignLeft,
            self._words["living"],
        )

    def _labels(self, painter: QPainter, plot: QRectF, area: QRectF, y: object) -> None:
        """The names at the ends of their lines, on two lines where they are long, with the last figure under each."""
        line = painter.fontMetrics().height()
        left = plot.right() + theme.px(10)
        room = area.right() - left
        painter.setFont(theme.semibold(theme.SMALL))
        most = 3 if area.height() >= 6 * line else 2
        talls = [line * (min(most, lines_of(painter, each.name, room)) + 1) for each in self._lines]
        tops = [
            (y(each.points[-1].median) if each.points else plot.bottom()) - tall / 2  # type: ignore[operator]
            for each, tall in zip(self._lines, talls, strict=True)
        ]
        order = sorted(range(len(tops)), key=lambda place: tops[place])
        floor = area.y()
        for place in order:
            floor = tops[place] = max(tops[place], floor)
            floor += talls[place] + 2
        ceiling = area.bottom()
        for place in reversed(order):
            tops[place] = min(tops[place], ceiling - talls[place])
            ceiling = tops[place] - 2
        for place, (top, tall, each) in enumerate(zip(tops, talls, self._lines, strict=True)):
            if not each.points:
                continue
            painter.setPen(theme.color("accent" if place == 0 else "text"))
            painter.setFont(theme.semibold(theme.SMALL))
            flags = Qt.TextFlag.TextWordWrap if tall > 2 * line else Qt.AlignmentFlag.AlignLeft
            name = each.name
            shorter = most * room
            while lines_of(painter, name, room) > most and shorter > room / 2:  # lines break between words
                shorter -= theme.px(12)
                name = elided_within(painter.fontMetrics(), each.name, shorter)
            painter.drawText(QRectF(left, top, room, tall - line), flags, name)
            painter.setFont(theme.font(theme.SMALL))
            text = f"{self._figures.short(each.points[-1].median / 1e6)} ({self._words['720']})"
            painter.drawText(
                QRectF(left, top + tall - line, room, line), Qt.AlignmentFlag.AlignLeft, elided(painter, text, room)
            )

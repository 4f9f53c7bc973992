"""A share against time: a line with its band on a log scale of cells, one for each procedure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import numbers, theme
from ui.widgets.picture import Picture, Table, elided

HOURS = (1.0, 6.0, 24.0, 72.0, 168.0, 720.0)


@dataclass(frozen=True)
class Point:
    """Cells of a million at one time: hours, median, low, high; `living` when only living cells are counted."""

    hours: float
    median: float
    low: float
    high: float
    living: bool


@dataclass(frozen=True)
class Line:
    """One procedure; the first line shown is in the accent colour, the second dashed in grey."""

    name: str
    points: tuple[Point, ...]


class CoursePicture(Picture):
    """Up to two lines on one pair of log axes."""

    def __init__(self, name: str, words: dict[str, str], parent: QWidget | None = None) -> None:
        """`words`: title, axis (what is counted), heads of the table (time, cells, range), any, living, and times."""
        self._lines: tuple[Line, ...] = ()
        self._words = words
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
                    line.name, f"{point.hours:g} h", kind, numbers.short_cells(point.median),
                    numbers.span(point.low, point.high),
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
        plot = QRectF(
            area.x() + left, area.y() + line + 6, area.width() - left - theme.px(190), area.height() - 2.4 * line - 8
        )
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

    def _axes(self, painter: QPainter, plot: QRectF, bottom: int, x: object, y: object) -> None:
        line = painter.fontMetrics().height()
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QRectF(0, plot.y() - line - 6, plot.right(), line), Qt.AlignmentFlag.AlignLeft, self._words["axis"]
        )
        step = max(1, math.ceil((6 - bottom) * (line + 4) / plot.height()))
        for power in range(6, bottom - 1, -step):
            at = y(10.0**power)  # type: ignore[operator]
            painter.setPen(QPen(theme.color("grid"), 1))
            painter.drawLine(QPointF(plot.x(), at), QPointF(plot.right(), at))
            painter.setPen(theme.color("muted"))
            text = numbers.grouped(10**power) if power >= 0 else f"{10.0**power:g}"
            painter.drawText(
                QRectF(0, at - line / 2, plot.x() - 6, line),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                text,
            )
        for hours in HOURS:
            at = x(hours)  # type: ignore[operator]
            painter.setPen(QPen(theme.color("strong_line" if hours == 24 else "grid"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(at, plot.y()), QPointF(at, plot.bottom()))
            painter.setPen(theme.color("muted"))
            painter.drawText(
                QRectF(at - 40, plot.bottom() + 3, 80, line),
                Qt.AlignmentFlag.AlignHCenter,
                self._words.get(f"{hours:g}", ""),
            )
        half = x(24.0)  # type: ignore[operator]
        painter.drawText(
            QRectF(plot.x(), plot.y() - line - 6, half - plot.x() - 6, line),
            Qt.AlignmentFlag.AlignRight,
            self._words["any"],
        )
        painter.drawText(
            QRectF(half + 6, plot.y() - line - 6, plot.right() - half, line),
            Qt.AlignmentFlag.AlignLeft,
            self._words["living"],
        )

    def _labels(self, painter: QPainter, plot: QRectF, area: QRectF, y: object) -> None:
        line = painter.fontMetrics().height()
        places = [y(each.points[-1].median) if each.points else plot.bottom() for each in self._lines]  # type: ignore[operator]
        if len(places) == 2 and abs(places[0] - places[1]) < 2.2 * line:
            first, second = (0, 1) if places[0] <= places[1] else (1, 0)
            middle = (places[0] + places[1]) / 2
            places[first], places[second] = middle - 1.1 * line, middle + 1.1 * line
        for place, (at, each) in enumerate(zip(places, self._lines, strict=True)):
            if not each.points:
                continue
            y_of = min(max(at, plot.y() + line), plot.bottom() - line)
            left = plot.right() + theme.px(10)
            room = area.right() - left
            painter.setPen(theme.color("accent" if place == 0 else "text"))
            painter.setFont(theme.semibold(theme.SMALL))
            painter.drawText(
                QRectF(left, y_of - line, room, line), Qt.AlignmentFlag.AlignLeft, elided(painter, each.name, room)
            )
            painter.setFont(theme.font(theme.SMALL))
            last = each.points[-1]
            painter.drawText(
                QRectF(left, y_of, room, line), Qt.AlignmentFlag.AlignLeft,
                elided(painter, f"{numbers.short_cells(last.median)} ({self._words['720']})", room),
            )  # fmt: skip

"""The forest plot as a picture that is taken along, drawn by itself: what pyqtgraph saves as SVG stands askew."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ui import theme
from ui.numbers import Figures
from ui.widgets.picture import elided, widest

FLOOR = 1e-7


class ForestRow(msgspec.Struct, frozen=True):
    """One study or the estimate. Shares are 0 to 1; `kind` is counted, bound, needle, shown or estimate.

    A bound has its limit in `high` (an arrow points down from it) or in `low` (up from it).
    """

    id: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    kind: str
    size: float = 1.0


def left_of(rows: Sequence[ForestRow]) -> int:
    """The power of ten at which the axis begins, so that every row is on it."""
    shown = [v for row in rows for v in (row.value, row.low, row.high) if v is not None and v > 0]
    return max(math.floor(math.log10(max(min(shown, default=1e-6), FLOOR))), -7)


def log_of(share: float | None, left: int) -> float | None:
    """The place of a share on the axis, as a power of ten; what lies left of the axis stands at its end."""
    return None if share is None else max(float(left), math.log10(max(share, FLOOR)))


def forest_height(rows: int) -> int:
    """Logical pixels for so many rows with title and axis."""
    return theme.px(34 + 26 * max(1, rows) + 50)


def draw_forest(
    painter: QPainter, area: QRectF, title: str, axis: str, rows: Sequence[ForestRow], figures: Figures
) -> None:
    """Title, a line for each row, and the axis under them."""
    painter.setFont(theme.semibold(theme.BODY))
    painter.setPen(theme.color("text"))
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft, title)
    painter.setFont(theme.font(theme.SMALL))
    line = painter.fontMetrics().height()
    names = min(widest(painter, [row.label for row in rows]) + theme.px(12), area.width() * 0.5)
    plot = QRectF(area.x() + names, area.y() + theme.px(30), 0, theme.px(26 * max(1, len(rows))))
    plot.setRight(area.right() - theme.px(16))
    left = left_of(rows)

    def x(power: float) -> float:
        return plot.right() + plot.width() * power / max(1, -left)

    for power in range(left, 1):
        painter.setPen(QPen(theme.color("grid"), 1))
        painter.drawLine(QPointF(x(power), plot.top()), QPointF(x(power), plot.bottom()))
        painter.setPen(theme.color("muted"))
        box = QRectF(x(power) - theme.px(40), plot.bottom() + 3, theme.px(80), line)
        painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, figures.tick(power))
    under = QRectF(plot.x(), plot.bottom() + line + 6, plot.width(), line)
    painter.drawText(under, Qt.AlignmentFlag.AlignHCenter, axis)
    for place, row in enumerate(rows):
        y = plot.top() + theme.px(26) * (place + 0.5)
        painter.setFont(theme.semibold(theme.SMALL) if row.kind == "estimate" else theme.font(theme.SMALL))
        painter.setPen(theme.color("text"))
        name = QRectF(area.x(), y - line / 2, names - theme.px(12), line)
        painter.drawText(name, Qt.AlignmentFlag.AlignRight, elided(painter, row.label, name.width()))
        _draw_row(painter, row, y, left, x)


def _draw_row(painter: QPainter, row: ForestRow, y: float, left: int, x: object) -> None:
    def at(share: float | None) -> float | None:
        power = log_of(share, left)
        return None if power is None else x(power)  # type: ignore[operator, no-any-return]

    estimate = row.kind == "estimate"
    shade = theme.color("accent" if estimate else "bar" if row.kind in ("counted", "bound") else "muted")
    low, value, high = at(row.low), at(row.value), at(row.high)
    if row.kind == "bound":
        limit = high if high is not None else low
        if limit is not None:
            end = at(FLOOR) if high is not None else at(1.0)
            painter.setPen(QPen(shade, 2, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(limit, y), QPointF(end or limit, y))
            _mark(painter, QPointF(limit, y), shade, "left" if high is not None else "right", 6, filled=True)
        return
    if low is not None and high is not None and high > low:
        painter.setPen(QPen(shade, 4 if estimate else 2))
        painter.drawLine(QPointF(low, y), QPointF(high, y))
    if value is not None:
        half = 7.5 if estimate else (7 + 8 * math.sqrt(max(0.0, min(1.0, row.size)))) / 2
        shape = {"estimate": "diamond", "counted": "square", "shown": "cross"}.get(row.kind, "ring")
        _mark(painter, QPointF(value, y), shade, shape, half, filled=shape != "ring")


def _mark(painter: QPainter, at: QPointF, shade: QColor, shape: str, half: float, *, filled: bool) -> None:
    painter.setPen(QPen(shade, 2))
    painter.setBrush(shade if filled else theme.color("panel"))
    corners = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "diamond": ((0, -1), (1, 0), (0, 1), (-1, 0)),
        "left": ((1, -1), (-1, 0), (1, 1)),
        "right": ((-1, -1), (1, 0), (-1, 1)),
    }
    if shape == "ring":
        painter.drawEllipse(at, half, half)
    elif shape == "cross":
        painter.setPen(QPen(shade, 4))
        for side in (-1, 1):
            painter.drawLine(at + QPointF(-half, -half * side) * 0.8, at + QPointF(half, half * side) * 0.8)
    else:
        painter.drawPolygon(QPolygonF([at + QPointF(dx, dy) * half for dx, dy in corners[shape]]))
    painter.setBrush(Qt.BrushStyle.NoBrush)

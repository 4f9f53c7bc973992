"""A forest plot that can be zoomed and dragged: one row for each study, and the estimate under them.

This module imports pyqtgraph and numpy; import it only when the plot is wanted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.numbers import Figures
from ui.widgets.forest_drawing import ForestRow, draw_forest, forest_height, left_of, log_of
from ui.widgets.picture import TAKEN, TakenAlong


class ForestPlot(TakenAlong, pg.PlotWidget):
    """`picked` carries the id of the row that was clicked; the wheel zooms only while the plot has the focus."""

    picked = Signal(str)
    tabled = Signal()
    saved = Signal(bytes, str)

    def __init__(self, name: str, axis: str, figures: Figures, parent: QWidget | None = None) -> None:
        self._figures = figures
        self._rows: list[ForestRow] = []
        self._left = -6
        super().__init__(parent, background=None)
        self.setProperty("drawn", True)  # before anybody asks what it is
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # or a screen reader meets a second one without a name
        self._axis = axis
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=True, y=False)
        item.invertY(True)
        self.setBackground(theme.color("panel"))
        for side in ("left", "bottom"):
            item.getAxis(side).setStyle(tickLength=0, textFillLimits=[(0, 1e6)], hideOverlappingLabels=False)
        self.setMinimumHeight(theme.px(110))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def show_table(self) -> None:
        """Who holds the record beside it shows the table."""
        self.tabled.emit()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """The whole plot as it is taken along, whatever part of it is in view."""
        draw_forest(painter, area, self.accessibleName(), self._axis, self._rows, self._figures)

    def taken_size(self) -> QSize:
        return QSize(max(TAKEN.width(), self.width()), forest_height(len(self._rows)) + 16)

    def show_rows(self, rows: Sequence[ForestRow]) -> None:
        """Draw these from top to bottom."""
        self._rows = list(rows)
        self.setBackground(theme.color("panel"))
        item = self.getPlotItem()
        item.clear()
        text, muted, grid = theme.color("text"), theme.color("muted"), theme.color("grid")
        for side in ("left", "bottom"):
            axis = item.getAxis(side)
            axis.setPen(pg.mkPen(grid))
            axis.setTextPen(pg.mkPen(text if side == "left" else muted))
            axis.setTickFont(theme.font(theme.SMALL))
        item.setLabel("bottom", self._axis, color=muted.name(), **{"font-size": f"{theme.px(theme.SMALL)}px"})
        item.showGrid(x=True, y=False, alpha=0.18)
        self._fit_axes(rows)
        for place, row in enumerate(rows):
            self._draw(place, row, self._left)
        item.setXRange(self._left, 0.05, padding=0.02)
        item.setYRange(-0.6, len(rows) - 0.4, padding=0)
        item.setLimits(xMin=self._left - 1, xMax=0.6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._rows:
            self._fit_axes(self._rows)

    def changeEvent(self, event: QEvent) -> None:
        """Its colours are not in the style sheet: it is drawn anew, once the new style has reached every widget."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._rows:
            QTimer.singleShot(0, self, lambda: self.show_rows(self._rows))

    def _fit_axes(self, rows: Sequence[ForestRow]) -> None:
        """Room for the names, and only as many ticks as stand apart."""
        item = self.getPlotItem()
        painter_font = QFontMetrics(theme.font(theme.SMALL))
        widest = max((painter_font.horizontalAdvance(row.label) for row in rows), default=40)
        wide = min(widest + 14, round(self.width() * 0.46) or 200)
        item.getAxis("left").setWidth(wide)
        cut = [painter_font.elidedText(row.label, Qt.TextElideMode.ElideMiddle, wide - 10) for row in rows]
        item.getAxis("left").setTicks([list(enumerate(cut))])  # a longer one would not be drawn at all
        left = self._left = left_of(rows)
        room = max(60.0, self.width() - item.getAxis("left").width()) / max(1, -left)
        every = max(1, math.ceil(theme.px(62) / room))
        ticks = [(power, self._figures.tick(power)) for power in range(0, left - 1, -every)]
        item.getAxis("bottom").setTicks([ticks])

    def _draw(self, place: int, row: ForestRow, left: int) -> None:
        estimate = row.kind == "estimate"
        shade = theme.color("accent" if estimate else "bar" if row.kind in ("counted", "bound") else "muted")
        low, high = log_of(row.low, left), log_of(row.high, left)
        at = log_of(row.value, left)
        if row.kind == "bound":
            limit = high if high is not None else low
            if limit is not None:
                points = [left, limit] if high is not None else [limit, 0.0]
                self._line(points, place, shade, Qt.PenStyle.DotLine)
                self._mark([limit], place, shade, "t3" if high is not None else "t2", 12, filled=True)
            return
        if low is not None and high is not None and high > low:
            self._line([low, high], place, shade, Qt.PenStyle.SolidLine, 4.0 if estimate else 2.0)
        if at is not None:
            symbol = {"estimate": "d", "counted": "s", "needle": "o", "shown": "x"}.get(row.kind, "o")
            size = 15 if estimate else 7 + 8 * math.sqrt(max(0.0, min(1.0, row.size)))
            self._mark([at], place, shade, symbol, size, filled=row.kind in ("counted", "estimate", "shown"))

    def _line(self, xs: list[float], place: int, shade: QColor, style: Qt.PenStyle, width: float = 2.0) -> None:
        line = pg.PlotDataItem(np.array(xs, dtype=float), np.array([place] * len(xs), dtype=float))
        line.setPen(pg.mkPen(shade, width=width, style=style))
        self.addItem(line)

    def _mark(self, xs: list[float], place: int, shade: QColor, symbol: str, size: float, *, filled: bool) -> None:
        mark = pg.ScatterPlotItem(
            x=xs, y=[place] * len(xs), symbol=symbol, size=size, pen=pg.mkPen(shade, width=2),
            brush=pg.mkBrush(shade if filled else theme.color("panel")),
        )  # fmt: skip
        self.addItem(mark)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = self.getPlotItem().vb.mapSceneToView(QPointF(event.position()))
        place = round(point.y())
        if 0 <= place < len(self._rows):
            self.picked.emit(self._rows[place].id)

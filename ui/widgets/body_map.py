"""A body, front and back, with insets: a region can be pointed at, clicked, or reached with the arrow keys.

The drawing is an SVG of ours: outlines, regions as ellipses, insets. Only the few kinds of element that it uses are
read here, so that each can be drawn in the colours of the theme.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import msgspec
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import theme

WIDTH, HEIGHT = 214.0, 176.0
_NUMBER = re.compile(r"[MLCZ]|-?\d+\.?\d*")


class Drawing(msgspec.Struct, frozen=True):
    """Outlines, and for each region its shapes and the lines of its inset."""

    outlines: tuple[QPainterPath, ...]
    regions: dict[str, tuple[QPainterPath, ...]]
    insets: dict[str, tuple[QPainterPath, ...]]


def read_drawing(text: str) -> Drawing:
    """The drawing of an SVG text of ours."""
    root = ET.fromstring(text)
    outlines: list[QPainterPath] = []
    regions: dict[str, tuple[QPainterPath, ...]] = {}
    insets: dict[str, tuple[QPainterPath, ...]] = {}
    for group in root:
        kind = group.get("id", "")
        for element in group:
            path = _path(element)
            name = element.get("class", "")
            if kind == "outlines":
                outlines.append(path)
            elif kind == "regions":
                regions[name] = (*regions.get(name, ()), path)
            elif kind == "insets":
                insets[name] = (*insets.get(name, ()), path)
    return Drawing(tuple(outlines), regions, insets)


def _path(element: ET.Element) -> QPainterPath:
    path = QPainterPath()
    if element.tag.endswith(("ellipse", "circle")):
        x, y = float(element.get("cx", 0)), float(element.get("cy", 0))
        rx, ry = (float(element.get(key, element.get("r", 0))) for key in ("rx", "ry"))
        path.addEllipse(QPointF(x, y), rx, ry)
        return path
    tokens = _NUMBER.findall(element.get("d", ""))
    command, numbers = "", []
    need = {"M": 2, "L": 2, "C": 6}
    for token in tokens:
        if token in "MLCZ":
            command, numbers = token, []
            if token == "Z":
                path.closeSubpath()
            continue
        numbers.append(float(token))
        if len(numbers) == need[command]:
            points = [QPointF(numbers[k], numbers[k + 1]) for k in range(0, len(numbers), 2)]
            if command == "M":
                path.moveTo(points[0])
            elif command == "L":
                path.lineTo(points[0])
            else:
                path.cubicTo(*points)
            numbers = []
    return path


class BodyMap(QWidget):
    """`chosen` carries a region. Regions that lead nowhere are not shown."""

    chosen = Signal(str)

    def __init__(self, name: str, drawing: Drawing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._drawing = drawing
        self._names: dict[str, str] = {}
        self._selected = ""
        self._label = ""
        self._hover = ""
        self._cursor = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)

    def set_regions(self, names: dict[str, str]) -> None:
        """The regions that can be chosen, with what is said of each."""
        self._names = {key: value for key, value in names.items() if self._shapes(key)}
        self.update()

    def set_selected(self, region: str, label: str) -> None:
        """Mark a region and name what is chosen there."""
        if (region, label) == (self._selected, self._label):
            return
        self._selected, self._label = region, label
        self.setAccessibleName(f"{self._name}: {label}" if label else self._name)
        self.update()

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that can be chosen, from head to foot."""
        return tuple(sorted(self._names, key=lambda one: self._shapes(one)[0].boundingRect().center().y()))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(214), theme.px(158))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(110))

    def _shapes(self, region: str) -> tuple[QPainterPath, ...]:
        inset = self._drawing.insets.get(region, ())
        return (*self._drawing.regions.get(region, ()), *inset[:1])

    def _transform(self) -> QTransform:
        scale = min(self.width() / WIDTH, (self.height() - 8) / HEIGHT)
        made = QTransform()
        made.translate((self.width() - WIDTH * scale) / 2, (self.height() - HEIGHT * scale) / 2)
        made.scale(scale, scale)
        return made

    def region_at(self, point: QPointF) -> str:
        """The smallest region under a point of the widget."""
        inverse, _ok = self._transform().inverted()
        at = inverse.map(point)
        best, size = "", 1e9
        for region in self._names:
            for shape in self._shapes(region):
                box = shape.boundingRect()
                area = box.width() * box.height()
                if area < size and shape.contains(at):
                    best, size = region, area
        return best

    def centre_of(self, region: str) -> QPointF:
        """Where a region is in the widget."""
        return self._transform().map(self._shapes(region)[0].boundingRect().center())

    # -- hands

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        region = self.region_at(event.position())
        if region != self._hover:
            self._hover = region
            self.setCursor(Qt.CursorShape.PointingHandCursor if region else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover = ""
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        region = self.region_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and region:
            self._cursor = region
            self.chosen.emit(region)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            region = self.region_at(QPointF(event.pos()))
            if region:
                QToolTip.showText(event.globalPos(), self._names[region], self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        order = self.regions
        if not order:
            super().keyPressEvent(event)
            return
        now = self._cursor if self._cursor in order else self._selected
        place = order.index(now) if now in order else -1
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self._go(order[(place + 1) % len(order)])
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Left):
            self._go(order[(place - 1) % len(order)])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and now:
            self.chosen.emit(now)
        else:
            super().keyPressEvent(event)

    def _go(self, region: str) -> None:
        self._cursor = region
        self.setAccessibleDescription(self._names[region])
        QToolTip.showText(self.mapToGlobal(self.centre_of(region).toPoint()), self._names[region], self)
        self.update()

    # -- look

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(box, 8, 8)
        painter.save()
        painter.setTransform(self._transform(), combine=True)
        painter.setBrush(theme.color("panel"))
        painter.setPen(QPen(theme.color("strong_line"), 1.1))
        for path in self._drawing.outlines:
            painter.drawPath(path)
        for region, shapes in self._drawing.insets.items():
            on = region in self._names
            painter.setPen(QPen(theme.color("strong_line" if on else "range"), 0.9))
            painter.setBrush(theme.color("panel"))
            painter.drawPath(shapes[0])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for path in shapes[1:]:
                painter.drawPath(path)
        for region in self._names:
            self._region(painter, region)
        painter.restore()
        self._caption(painter)
        painter.end()

    def _region(self, painter: QPainter, region: str) -> None:
        chosen = region == self._selected
        pointed = region == (self._hover or (self._cursor if self.hasFocus() else ""))
        if not (chosen or pointed):
            shade = theme.color("accent")
            shade.setAlphaF(0.38 if theme.tokens().name == "contrast" else 0.13)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
        else:
            shade = theme.color("accent")
            shade.setAlphaF(0.75 if chosen else 0.4)
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.setBrush(shade)
        for shape in self._drawing.regions.get(region, ()):
            painter.drawPath(shape)
        inset = self._drawing.insets.get(region, ())
        if inset and (chosen or pointed):
            shade.setAlphaF(0.25)
            painter.setBrush(shade)
            painter.drawPath(inset[0])

    def _end(self) -> float:
        """Where the insets begin."""
        insets = [self._transform().mapRect(shapes[0].boundingRect()) for shapes in self._drawing.insets.values()]
        return min((inset.left() for inset in insets), default=float(self.width())) - 3

    def _free(self, region: str, wide: float, high: float) -> tuple[float, float]:
        """Where a caption covers neither its own marks nor an inset: beside, under or over them, else at the foot."""
        shapes = self._drawing.regions.get(region) or self._shapes(region)
        marks = [self._transform().mapRect(shape.boundingRect()) for shape in shapes]
        first = marks[0].center()
        level = [mark for mark in marks if abs(mark.center().y() - first.y()) < mark.height()]
        end = self._end()
        beside = min(max(2.0, first.y() - high / 2), self.height() - high - 4.0)
        middle = max(4.0, min(first.x() - wide / 2, end - wide))
        foot = (4.0, self.height() - high - 3.0)
        places = (
            (max(mark.right() for mark in level) + 3, beside), (min(mark.left() for mark in level) - wide - 3, beside),
            (middle, max(mark.bottom() for mark in marks) + 3), (middle, min(mark.top() for mark in marks) - high - 3),
        )  # fmt: skip

        def fits(left: float, top: float) -> bool:
            inside = left >= 3 and top >= 1 and left + wide <= end and top + high <= self.height() - 2
            return inside and not any(QRectF(left, top, wide, high).intersects(mark) for mark in marks)

        return next((place for place in places if fits(*place)), foot)

    def caption(self) -> tuple[str, float, QRectF] | None:
        """The name of what is chosen or pointed at, the size of its letters, and where it stands."""
        region = self._hover or (self._cursor if self.hasFocus() else "") or self._selected
        text = self._label if region == self._selected else self._names.get(region, "").split(" · ")[0]
        if not text or not region or not self._shapes(region):
            return None
        pad = theme.px(12)
        for size in (theme.BODY - 0.5, theme.SMALL):
            metrics = QFontMetrics(theme.semibold(size))
            if metrics.horizontalAdvance(text) + pad <= self._end() - 4:
                break
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(self._end() - 8 - pad))
        wide, high = metrics.horizontalAdvance(text) + pad, metrics.height()
        return text, size, QRectF(*self._free(region, wide, high), wide, high)

    def _caption(self, painter: QPainter) -> None:
        said = self.caption()
        if said is None:
            return
        text, size, box = said
        shade = theme.color("raised")
        shade.setAlphaF(0.85)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawRoundedRect(box, 5, 5)
        painter.setFont(theme.semibold(size))
        painter.setPen(theme.color("accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

"""What is wrong with what is seen: text that is cut, things that lie over each other or reach out of their place."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

from PySide6.QtCore import QBuffer, QByteArray, QPoint, QRect, QRectF
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QRegion, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QLineEdit, QPushButton, QTabBar, QToolButton, QWidget

from ui.widgets.body_map import BodyMap
from ui.widgets.card import Card
from ui.widgets.chips import Chip
from ui.widgets.columns import AxisHeader
from ui.widgets.joined import Segmented
from ui.widgets.picture import Picture
from ui.widgets.row import RowButton

PAINTED = (AxisHeader, BodyMap, Card, Chip, Picture, RowButton, Segmented)
SVG = "{http://www.w3.org/2000/svg}"


def shown(root: QWidget) -> list[QWidget]:
    """Every visible widget of a window."""
    return [one for one in root.findChildren(QWidget) if one.isVisible() and one.window() is root.window()]


def clipped(root: QWidget) -> list[str]:
    """Widgets whose text does not fit into them, and widgets that reach out of their parent."""
    found = []
    for widget in shown(root):
        found += [f"{said}: {_named(widget)}" for said in (*_cut(widget), *_outside(widget))]
        if isinstance(widget, PAINTED) and not widget.visibleRegion().isEmpty():
            found += [f"{said}: {_named(widget)}" for said in _painted_wrong(widget)]
    return found


def cut_names(root: QWidget) -> list[str]:
    """Painted texts that end in an ellipsis."""
    return [
        f"{text}: {_named(widget)}"
        for widget in shown(root)
        if isinstance(widget, PAINTED) and not widget.visibleRegion().isEmpty()
        for text, _box in painted_texts(widget)
        if "…" in text
    ]


def overlapping(parent: QWidget) -> list[str]:
    """Visible children of one layout that lie over each other; a frame that is a card's ground may lie under them."""
    found = []
    for widget in [parent, *parent.findChildren(QWidget)]:
        layout = widget.layout()
        if layout is None or not widget.isVisible():
            continue
        items = [layout.itemAt(place) for place in range(layout.count())]
        children = [child for item in items if item is not None and (child := item.widget()) and child.isVisible()]
        children = [child for child in children if child.objectName() not in ("panel", "rule")]
        for one, other in combinations(children, 2):
            cut = _box(one, widget).intersected(_box(other, widget))
            if cut.width() > 1 and cut.height() > 1:
                found.append(f"{_named(one)} over {_named(other)}")
    return found


def painted_texts(widget: QWidget) -> list[tuple[str, QRectF]]:
    """Every line of text that a widget paints by itself, with where it stands in it."""
    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setResolution(96)
    widget.render(generator, QPoint(), QRegion(widget.rect()), QWidget.RenderFlag.IgnoreMask)
    buffer.close()
    found: list[tuple[str, QRectF]] = []
    _texts(ET.fromstring(bytes(data.data())), {}, QTransform(), found)
    return found


def _texts(element: ET.Element, before: dict[str, str], move: QTransform, found: list[tuple[str, QRectF]]) -> None:
    style = before | dict(element.attrib)
    numbers = re.findall(r"-?[\d.]+(?:e-?\d+)?", element.get("transform", ""))
    if len(numbers) == 6:
        move = QTransform(*map(float, numbers)) * move
    if element.tag == f"{SVG}text" and (element.text or "").strip():
        letters = QFont(style.get("font-family", "").strip("'"))
        letters.setPixelSize(round(float(style["font-size"].removesuffix("px"))))
        letters.setWeight(QFont.Weight(int(style.get("font-weight", 400))))
        metrics = QFontMetricsF(letters)
        left, base = float(element.get("x", 0)), float(element.get("y", 0))
        box = QRectF(left, base - metrics.ascent(), metrics.horizontalAdvance(element.text), metrics.height())
        found.append((element.text or "", move.mapRect(box)))
    for child in element:
        _texts(child, style, move, found)


def _painted_wrong(widget: QWidget) -> list[str]:
    """Painted texts that reach out of the widget or lie over each other."""
    texts = painted_texts(widget)
    room = QRectF(widget.rect()).adjusted(-2, -2, 2, 2)
    found = [
        f"“{text}” reaches out at {box.getRect()} of {room.getRect()}" for text, box in texts if not room.contains(box)
    ]
    for (one, here), (other, there) in combinations(texts, 2):
        cut = here.intersected(there)
        # Lines stand close: the letters of two lines touch no sooner than their heights overlap by a fourth.
        if cut.width() > 2 and cut.height() > 0.25 * min(here.height(), there.height()):
            found.append(f"“{one}” over “{other}”")
    return found


def _cut(widget: QWidget) -> list[str]:
    """How a widget is too small for its text."""
    if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
        if widget.wordWrap():
            lacks = widget.heightForWidth(widget.width()) - widget.height()
            return [f"too low by {lacks}"] if lacks > 1 else []
        lacks = QFontMetrics(widget.font()).horizontalAdvance(widget.text()) - widget.contentsRect().width()
        return [f"too narrow by {lacks}"] if lacks > 1 else []
    if isinstance(widget, Card | Chip):
        lacks = widget.heightForWidth(widget.width()) - widget.height()
        return [f"too low by {lacks}"] if lacks > 1 else []
    if isinstance(widget, QPushButton | QToolButton) and widget.text():
        hint = widget.sizeHint()
        small = hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1
        return [f"{widget.size().toTuple()} smaller than {hint.toTuple()}"] if small else []
    if isinstance(widget, QLineEdit) and not widget.text() and widget.placeholderText():
        lacks = QFontMetrics(widget.font()).horizontalAdvance(widget.placeholderText()) - widget.width() + 18
        return [f"hint too long by {lacks}"] if lacks > 0 else []
    if isinstance(widget, QTabBar):
        return ["tabs scroll"] if any(one.isVisible() for one in widget.findChildren(QToolButton)) else []
    return []


def _outside(widget: QWidget) -> list[str]:
    """How a widget reaches out of its parent, where that is not one that scrolls."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent.parentWidget(), QAbstractScrollArea):
        return []
    if isinstance(parent, QTabBar | QAbstractScrollArea | QLineEdit):
        return []
    room = parent.rect().adjusted(-1, -1, 1, 1)
    return [] if room.contains(widget.geometry()) else [f"{widget.geometry().getRect()} outside {room.getRect()}"]


def _box(widget: QWidget, above: QWidget) -> QRect:
    return QRect(widget.mapTo(above, QPoint(0, 0)), widget.size())


def _named(widget: Any) -> str:
    said = widget.text() if hasattr(widget, "text") and callable(widget.text) else ""
    return f"{type(widget).__name__} “{(said or widget.accessibleName())[:60]}”"

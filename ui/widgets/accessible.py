"""What a screen reader calls the widgets that are drawn by hand; without this they are all "filler"."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QSplitter, QWidget

_kept: dict[int, Any] = {}
"""Interfaces that were given to Qt, which does not keep them alive; gone with their widget."""


def install() -> None:
    """Give roles to pictures, body map, dots, joined choices and the list of rows."""
    QAccessible.installFactory(_factory)


def read_in_order(splitter: QSplitter) -> None:
    """Let a screen reader go through a splitter from its first part to its last, which Qt stacks the other way."""
    parts = range(splitter.count())
    for part in [*map(splitter.widget, parts), *map(splitter.handle, parts)]:
        part.raise_()


def _role(widget: QObject) -> QAccessible.Role | None:
    from ui.widgets.body_map import BodyMap
    from ui.widgets.columns import AxisHeader
    from ui.widgets.dots import Dots
    from ui.widgets.joined import Segmented
    from ui.widgets.picture import Picture
    from ui.widgets.rows import Rows, _Heading

    if isinstance(widget, Picture | Dots | BodyMap) or widget.property("drawn"):
        return QAccessible.Role.Graphic
    if isinstance(widget, Segmented):
        return QAccessible.Role.Grouping
    if isinstance(widget, Rows):
        return QAccessible.Role.List
    if isinstance(widget, AxisHeader | _Heading):
        return QAccessible.Role.StaticText
    return None


def _factory(_name: str, thing: QObject | None) -> Any:
    if not isinstance(thing, QWidget):
        return None
    role = _role(thing)
    if role is None:
        return None
    made = QAccessibleWidget(thing, role)
    key = id(thing)
    _kept[key] = made
    thing.destroyed.connect(lambda: _kept.pop(key, None))
    return made

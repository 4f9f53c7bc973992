"""No text is cut and nothing lies over something else, at every size, theme, text size and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.consult import make_consult
from tests.ui.hands import lay_out_fully, settle
from ui import theme
from ui.widgets.chips import Chip

if TYPE_CHECKING:
    from ui.window import Window


def clipped(root: QWidget) -> list[str]:
    """Labels, buttons and chips whose text does not fit into them."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not root.window():
            continue
        if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
            room = widget.contentsRect()
            if widget.wordWrap():
                needed = widget.heightForWidth(widget.width())
                if needed > widget.height() + 1:
                    found.append(f"label too low by {needed - widget.height()}: {widget.text()[:60]}")
            else:
                wide = QFontMetrics(widget.font()).horizontalAdvance(widget.text())
                if wide > room.width() + 1:
                    found.append(f"label too narrow by {wide - room.width()}: {widget.text()[:60]}")
        elif isinstance(widget, Chip):
            if widget.heightForWidth(widget.width()) > widget.height() + 1:
                found.append(f"chip {widget.size()}: {widget.text()[:60]}")
        elif isinstance(widget, QPushButton) and widget.text():
            hint = widget.sizeHint()
            if hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1:
                found.append(f"button {widget.size()} smaller than {hint}: {widget.text()[:60]}")
    return found


def overlapping(parent: QWidget) -> list[str]:
    """Visible children of one layout that lie over each other."""
    found = []
    for widget in [parent, *parent.findChildren(QWidget)]:
        layout = widget.layout()
        if layout is None or not widget.isVisible():
            continue
        boxes: list[tuple[QRect, QWidget]] = []
        for place in range(layout.count()):
            item = layout.itemAt(place)
            child = item.widget() if item is not None else None
            if child is not None and child.isVisible():
                box = QRect(child.mapTo(widget, QPoint(0, 0)), child.size())
                for other, other_widget in boxes:
                    cut = box.intersected(other)
                    if cut.width() > 1 and cut.height() > 1:
                        found.append(f"{child} over {other_widget}")
                boxes.append((box, child))
    return found


CONSULTS = {
    "knee": {"condition": "knee_osteoarthritis", "asked": "iv", "jurisdiction": "us"},
    "heart": {"condition": "acute_myocardial_infarction", "has": ("ultrasound",)},
    "disc": {"condition": "lumbar_disc_degeneration", "has": (), "patient": {"anticoagulated_warfarin": "yes"}},
    "immune": {"condition": "graft_versus_host_disease"},
}


@pytest.mark.parametrize("size", [(1366, 690), (1024, 700), (1920, 1080), (900, 620)], ids=str)
@pytest.mark.parametrize("consult", CONSULTS)
def test_nothing_is_clipped_or_overlaps(window: Window, qtbot, size: tuple[int, int], consult: str) -> None:
    window.resize(*size)
    window.set_sizes()
    window.store.set(make_consult(window.pack, **CONSULTS[consult]))
    settle(window, qtbot)
    pages = ["choose", "middle", "detail"] if window.pages.isVisible() else [""]
    for page in pages:
        if page:
            window.pages.set_value(page)
            window.lay_out()
        lay_out_fully()
        assert clipped(window) == []
        assert overlapping(window) == []


@pytest.mark.parametrize("text_size", [80, 130, 150])
def test_nothing_is_clipped_at_other_text_sizes(window: Window, qtbot, text_size: int) -> None:
    window.settings.change(text_size=text_size)
    window.apply_settings()
    window.resize(1920, 1080)
    window.set_sizes()
    window.store.set(make_consult(window.pack, **CONSULTS["knee"]))
    settle(window, qtbot)
    lay_out_fully()
    try:
        assert clipped(window) == []
        assert overlapping(window) == []
    finally:
        theme.apply("light")


def test_the_test_sees_a_clipped_label(window: Window, qtbot) -> None:
    window.store.set(make_consult(window.pack, **CONSULTS["knee"]))
    settle(window, qtbot)
    window.headline.finding.setFixedHeight(10)
    lay_out_fully()
    assert clipped(window)

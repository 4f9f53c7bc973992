"""The tabs under the ranking; each is made when it is first opened and shown again only while it is in view."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basic import button
from ui.widgets.picture import Picture

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.store import Store
    from ui.words import Words


class Tabs(QTabWidget):
    """Journey, Over time, Evidence, What decides, Compare."""

    enlarged = Signal()
    picture_saved = Signal(bytes, str)

    PAGES = (
        ("journey", "JourneyPage"),
        ("over_time", "OverTimePage"),
        ("evidence", "EvidencePage"),
        ("what_decides", "WhatDecidesPage"),
        ("compare", "ComparePage"),
    )

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make: Callable[[str, str], Any] = lambda module, name: getattr(
            import_module(f"ui.panels.{module}"), name
        )(pack, store, words)
        self._now: tuple[Recommendation, str] | None = None
        self._made: dict[int, Any] = {}
        self._shown: dict[int, tuple[Recommendation, str]] = {}
        self.setDocumentMode(True)
        self.setUsesScrollButtons(True)
        self.tabBar().setDrawBase(False)
        self.tabBar().setExpanding(False)
        self.tabBar().setElideMode(Qt.TextElideMode.ElideNone)
        self.tabBar().setAccessibleName(self.tr("Seeing why"))
        titles = (
            self.tr("Journey"), self.tr("Over time"), self.tr("Evidence"), self.tr("What decides"), self.tr("Compare"),
        )  # fmt: skip
        for title in titles:
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 6, 0, 0)
            self.addTab(holder, title)
        self._corner = button("", "link", self.enlarged.emit, "Ctrl+M")
        corner = QWidget()
        beside = QVBoxLayout(corner)
        beside.setContentsMargins(0, 0, 0, theme.px(9))
        beside.addWidget(self._corner)
        self.setCornerWidget(corner)
        self.show_large(False)
        self.currentChanged.connect(lambda _place: self._refresh())

    def show_large(self, large: bool) -> None:
        """Say what the button in the corner does now."""
        self._corner.setText(self.tr("Smaller") if large else self.tr("Larger"))

    def go(self, place: int) -> None:
        """Go to a tab and put the focus on it."""
        self.setCurrentIndex(place)
        self.tabBar().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def page(self, place: int) -> Any:
        """The page of a tab, made if it was not there."""
        if place not in self._made:
            made = self._make(*self.PAGES[place])
            holder = self.widget(place)
            layout = holder.layout()
            assert layout is not None
            layout.addWidget(made)
            self._made[place] = made
            for picture in made.findChildren(Picture):
                picture.saved.connect(self.picture_saved)
            if hasattr(made, "saved"):
                made.saved.connect(self.picture_saved)
        return self._made[place]

    def show_recommendation(self, recommendation: Recommendation, selected: str) -> None:
        """Show what follows for the procedure that is looked at."""
        self._now = (recommendation, selected)
        self._refresh()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._refresh()

    def _refresh(self) -> None:
        place = self.currentIndex()
        if self._now is None or not self.isVisible() or self._shown.get(place) == self._now:
            return
        self._shown[place] = self._now
        self.page(place).show_recommendation(*self._now)

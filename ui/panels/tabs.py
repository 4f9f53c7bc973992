"""The tabs under the ranking; each is made when it is first opened and shown again only while it is in view."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabWidget, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basic import button
from ui.widgets.picture import Picture, pop_up

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
        for named in (self, self.tabBar()):
            named.setAccessibleName(self.tr("Seeing why"))
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
        beside = QHBoxLayout(corner)
        beside.setContentsMargins(0, 0, 0, theme.px(9))
        beside.setSpacing(2)
        self._menu_button = button(self.tr("Picture"), "link", self.show_menu, "Ctrl+Shift+P")
        self._menu_button.setAccessibleName(self.tr("Copy or save the picture, or read it as a table"))
        beside.addWidget(self._menu_button)
        beside.addWidget(self._corner)
        self.setCornerWidget(corner)
        self.show_large(False)
        self.currentChanged.connect(lambda _place: self._refresh())

    def show_large(self, large: bool) -> None:
        """Say what the button in the corner does now."""
        self._large = large
        self._dress_corner()

    def _dress_corner(self) -> None:
        """The buttons beside the tabs: words where there is room for them, else signs."""
        buttons = (
            (self._menu_button, self.tr("Picture"), "image"),
            (
                self._corner,
                self.tr("Smaller") if self._large else self.tr("Larger"),
                "zoom-out" if self._large else "zoom-in",
            ),
        )
        for made, text, _sign in buttons:
            made.setText(text)
            made.setIcon(QIcon())
            made.setMinimumWidth(0)
        self._menu_button.show()
        words = self._fits()
        for made, text, sign in buttons:
            made.setText(text if words else "")
            made.setIcon(QIcon() if words else theme.icon(sign, "accent"))
            made.setMinimumWidth(0 if words else theme.px(28))
            made.setAccessibleName(made.accessibleName() if made is self._menu_button else text)

        self._menu_button.setVisible(words or self._fits())  # its key and the pictures' own menus are there anyway

    def _fits(self) -> bool:
        return self.tabBar().sizeHint().width() + self.cornerWidget().sizeHint().width() <= self.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress_corner()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_large"):
            self._dress_corner()

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

    def pictures(self) -> list[Any]:
        """The pictures in view."""
        page = self.page(self.currentIndex())
        return [*filter(QWidget.isVisible, page.findChildren(Picture)), *([page.plot] if hasattr(page, "plot") else [])]

    def show_menu(self) -> None:
        """What can be done with the pictures in view."""
        found = self.pictures()
        self.open_menu = found[0].menu() if len(found) == 1 else QMenu(self)
        for picture in found if len(found) > 1 else ():
            self.open_menu.addMenu(picture.menu(self.open_menu))
        pop_up(self.open_menu, self.cornerWidget().mapToGlobal(self.cornerWidget().rect().bottomLeft()))

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

"""The bar on top: undo, new, find, and what is done with a consult. In a narrow window its words become signs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QToolButton, QWidget

from ui import commands, theme
from ui.widgets.basic import button, label


class TopBar(QFrame):
    """`run` gets the id of a command."""

    def __init__(self, run: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self._run = run
        self._fitted = (-1, 0.0)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 14, 6)
        line.setSpacing(8)
        self._brand = label("CellRoute", "brand")
        line.addWidget(self._brand)
        line.addSpacing(8)
        self.undo = self._tool("undo")
        self.redo = self._tool("redo")
        self.new = button(self.tr("New consult"), "", lambda: run("new"), "Ctrl+N")
        self.find = button(self.tr("Find anything   Ctrl+K"), "search", lambda: run("find"))
        self.patient = button(self.tr("Patient view   F11"), "", lambda: run("patient"))
        self.chart = button(self.tr("Copy for chart"), "", lambda: run("chart"), "Ctrl+Shift+C")
        self.handout = button(self.tr("Handout"), "primary", lambda: run("handout"), "Ctrl+H")
        self.menu = QToolButton()
        self.menu.setAccessibleName(self.tr("Menu"))
        self.menu.setToolTip(self.tr("Menu"))
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for widget in (self.undo, self.redo, self.new, self.find):
            line.addWidget(widget)
        line.addStretch(1)
        for widget in (self.patient, self.chart, self.handout, self.menu):
            line.addWidget(widget)
        self._words = {  # the first to become a sign comes first
            self.find: (self.find.text(), "search"),
            self.new: (self.new.text(), "file-plus"),
            self.chart: (self.chart.text(), "clipboard-copy"),
            self.patient: (self.patient.text(), "presentation"),
            self.handout: (self.handout.text(), "file-text"),
        }
        for made, (text, _sign) in self._words.items():
            made.setAccessibleName(text.split("   ")[0])
            if not made.toolTip():
                made.setToolTip(text)

    def _tool(self, id: str) -> QToolButton:
        command = commands.command(id)
        made = QToolButton()
        made.setAccessibleName(command.said())
        made.setToolTip(f"{command.said()}  {command.shortcuts[0]}")
        made.clicked.connect(lambda: self._run(id))
        return made

    def dress(self) -> None:
        """What depends on the theme beyond the style sheet."""
        for made, sign, role in (
            (self.undo, "undo-2", "text"), (self.redo, "redo-2", "text"), (self.menu, "menu", "text"),
            (self.find, "search", "muted"),
        ):  # fmt: skip
            made.setIcon(theme.icon(sign, role))
            made.setIconSize(QSize(theme.px(17), theme.px(17)))
        self._fitted = (-1, 0.0)
        if self.isVisible():  # before that it has no width to go by
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """As many words as there is room for."""
        if self._fitted == (self.width(), theme.scale()):
            return
        self._fitted = (self.width(), theme.scale())
        layout = self.layout()
        assert layout is not None
        for short in range(len(self._words) + 3):
            self._brand.setVisible(short < len(self._words) + 2)
            for place, (made, (text, sign)) in enumerate(self._words.items()):
                self._say(made, text if place >= short - 1 else "", sign)
            self.find.setMinimumWidth(theme.px(190) if short == 0 else 0)
            if short == 1:
                self.find.setText(self.tr("Find"))
            layout.invalidate()
            if layout.minimumSize().width() <= self.width():
                break

    def _say(self, made: QAbstractButton, text: str, sign: str) -> None:
        if made is self.find:
            made.setText(text)
        elif made.text() != text or not text:
            made.setText(text)
            made.setIcon(QIcon() if text else theme.icon(sign, "accent_text" if made is self.handout else "text"))
            made.setIconSize(QSize(theme.px(17), theme.px(17)))

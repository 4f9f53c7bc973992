"""The same consult for the patient's eyes: large, calm, plain words, dots for cells, no ranks and no scores."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.errors import CellRouteError
from ui import theme
from ui.widgets.basic import Scroll, button, empty, label
from ui.widgets.chips import Segmented
from ui.widgets.dots import Dots

if TYPE_CHECKING:
    from core.handout.model import Cell, Handout
    from core.handout.words import Words as Runs
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.settings import SettingsFile
    from ui.words import Words

ROWS = ("what", "cells", "still", "help", "harm", "day", "sure")


class PatientView(QWidget):
    """Says what the handout says. F11 or Escape leads back: `left`."""

    left = Signal()

    def __init__(self, pack: Pack, words: Words, settings: SettingsFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack, self._words, self._settings = pack, words, settings
        self._language = words.language
        self._recommendation: Recommendation | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Patient view"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(18), theme.px(28), theme.px(12))
        column.setSpacing(theme.px(8))
        bar = QHBoxLayout()
        self.title = label("", wrap=True)
        bar.addWidget(self.title, 1)
        self.languages = Segmented(self.tr("Language"))
        self.languages.set_options([
            (one, {"en": "English", "es": "Español"}.get(one, one), {"en": "English", "es": "Español"}.get(one, one))
            for one in pack.languages()
        ])  # fmt: skip
        self.languages.set_value(self._language)
        self.languages.chosen.connect(self._speak)
        self.languages.setFixedWidth(theme.px(170))
        bar.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignTop)
        self.back = button(self.tr("Back   F11"), "", self.left.emit)
        bar.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(bar)
        self.intro = self._text()
        column.addWidget(self.intro)
        self.scroll = Scroll()
        self.holder = QWidget()
        self.grid = QGridLayout(self.holder)
        self.grid.setContentsMargins(0, 0, theme.px(8), 0)
        self.grid.setHorizontalSpacing(theme.px(14))
        self.grid.setVerticalSpacing(0)
        self.scroll.column.addWidget(self.holder)
        self.under = self._text()
        self.scroll.column.addWidget(self.under)
        self.scroll.column.addStretch(1)
        column.addWidget(self.scroll, 1)
        self.foot = label("", "muted", wrap=True)
        column.addWidget(self.foot)

    def show_recommendation(self, recommendation: Recommendation) -> None:
        """Show the options of a recommendation as the handout has them."""
        self._recommendation = recommendation
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _speak(self, language: str) -> None:
        self._language = language
        self._draw()

    def _draw(self) -> None:
        from core.handout.content import handout
        from core.handout.model import HandoutOptions
        from core.recommend import recommend

        recommendation = self._recommendation
        if recommendation is None:
            return
        self.title.setFont(theme.semibold(theme.LARGE))
        try:
            if recommendation.consult.language != self._language:
                consult = msgspec.structs.replace(recommendation.consult, language=self._language)
                recommendation = recommend(self._pack, consult)
            made = handout(
                self._pack, recommendation, HandoutOptions(language=self._language, paper=self._settings.now.paper)
            )
        except CellRouteError as error:
            empty(self.grid)
            self.title.setText(self.tr("This cannot be shown to a patient"))
            self.intro.setText(html.escape(str(error)))
            self.under.hide()
            return
        self._fill(made)

    def _fill(self, made: Handout) -> None:
        self.title.setText(made.title)
        intro = list(made.warnings) + list(made.intro)
        self.intro.setText(" ".join(_rich(one) for one in intro[:3]))
        empty(self.grid)
        for place in range(self.grid.columnCount()):
            self.grid.setColumnStretch(place, 0)
        self.grid.setColumnMinimumWidth(0, theme.px(130))
        for place, column in enumerate(made.columns, 1):
            name = label(column.name, wrap=True)
            name.setFont(theme.semibold(theme.TITLE))
            name.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
            head = QFrame()
            head.setObjectName("quiet")
            inner = QVBoxLayout(head)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addWidget(name)
            self.grid.addWidget(head, 0, place)
            self.grid.setColumnStretch(place, 1)
        rows = {row.key: row for row in made.rows}
        at = 1
        for key in ROWS:
            row = rows.get(key)  # type: ignore[call-overload]
            if row is None:
                continue
            head = label(row.label, wrap=True)
            head.setFont(theme.semibold(theme.STRONG + 1))
            head.setContentsMargins(0, theme.px(10), 0, theme.px(10))
            self.grid.addWidget(head, at, 0, Qt.AlignmentFlag.AlignTop)
            for place in range(len(made.columns)):
                self.grid.addWidget(self._cell(row.cell(place)), at, place + 1, Qt.AlignmentFlag.AlignTop)
            at += 1
        self.under.setText("<br>".join(_rich(one) for one in made.under_table))
        self.under.setVisible(bool(made.under_table))
        banner = f"{made.banner} " if made.banner else ""
        self.foot.setText(banner + made.footer)

    def _cell(self, cell: Cell) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        column.setSpacing(4)
        if cell.dots is not None:
            column.addWidget(Dots(cell.dots.filled, cell.dots.alt), 0, Qt.AlignmentFlag.AlignLeft)
        if cell.figure:
            figure = label(cell.figure, wrap=True)
            figure.setFont(theme.semibold(theme.TITLE))
            column.addWidget(figure)
        if cell.sentences:
            text = self._text()
            text.setText("<br>".join(_rich(one) for one in cell.sentences))
            column.addWidget(text)
        return made

    def _text(self) -> QLabel:
        made = QLabel()
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setFont(theme.font(theme.STRONG + 1.5))
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return made


def _rich(words: Runs) -> str:
    """Runs of words as escaped rich text."""
    return "".join(f"<b>{html.escape(run.text)}</b>" if run.bold else html.escape(run.text) for run in words)

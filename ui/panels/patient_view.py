"""The same consult for the patient's eyes: large, calm, plain words, dots for cells, no ranks and no scores."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.clock import today
from core.errors import CellRouteError
from ui import theme
from ui.widgets.basic import Scroll, button, empty, label
from ui.widgets.dots import Dots
from ui.widgets.joined import Segmented
from ui.words import OWN_NAMES

if TYPE_CHECKING:
    from core.handout.model import Cell, Column, Handout
    from core.handout.runs import Runs
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.settings import SettingsFile
    from ui.words import Words

ROWS = ("what", "cells", "still", "help", "harm", "harm_each", "day", "sure")


class PatientView(QWidget):
    """Says what the handout says. F11 or Escape leads back: `left`."""

    left = Signal()
    LETTERS = theme.STRONG + 2

    def __init__(self, pack: Pack, words: Words, settings: SettingsFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack, self._words, self._settings = pack, words, settings
        self._language = words.language
        self._recommendation: Recommendation | None = None
        self._made: Handout | None = None
        self._drawn = (1.0, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Patient view"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(18), theme.px(28), theme.px(12))
        column.setSpacing(theme.px(8))
        bar = QHBoxLayout()
        self.title = label("", wrap=True)
        bar.addWidget(self.title, 1)
        self.languages = Segmented(self.tr("Language"))
        self.languages.set_options([(one, *2 * (OWN_NAMES.get(one, one),)) for one in pack.languages()])
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
        self.scroll.column.addStretch(1)
        column.addWidget(self.scroll, 1)
        column.addWidget(self.under)  # beside the numbers wherever the rows were scrolled to
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
        self._made = None
        self.title.setFont(theme.semibold(theme.LARGE))
        try:
            if recommendation.consult.language != self._language:
                consult = msgspec.structs.replace(recommendation.consult, language=self._language)
                recommendation = recommend(self._pack, consult)
            day = today().isoformat()  # past its expiry the evidence says so
            options = HandoutOptions(language=self._language, paper=self._settings.now.paper, date=day)
            made = handout(self._pack, recommendation, options)
        except CellRouteError as error:
            empty(self.grid)
            self.title.setText(self.tr("This cannot be shown to a patient"))
            self.intro.setText(html.escape(str(error)))
            self.under.hide()
            self.foot.setText("")
            return
        self._fill(made)

    def _fill(self, made: Handout) -> None:
        self._made = made
        grow = self._grow
        self._drawn = (grow, self._wide)
        self.title.setFont(theme.semibold(theme.LARGE * grow))
        self.title.setText(made.title)
        for text in (self.intro, self.under):
            text.setFont(theme.font(self.LETTERS * grow))
        intro = (*made.warnings, *made.intro, *(made.nothing.paragraphs if made.nothing else ()))
        self.intro.setText(" ".join(_rich(one) for one in intro))
        empty(self.grid)
        for place in range(self.grid.columnCount()):
            self.grid.setColumnStretch(place, 0)
        self.grid.setColumnMinimumWidth(0, theme.px(128 * grow))
        rows = {row.key: row for row in made.rows}
        shown = [rows[key] for key in ROWS if key in rows]  # type: ignore[index]
        for place, column in enumerate(made.columns, 1):
            card = QFrame()
            card.setObjectName("panel")
            self.grid.addWidget(card, 0, place, 1 + 2 * len(shown), 1)
            name = label(column.name, wrap=True)
            name.setFont(theme.semibold(theme.TITLE * grow))
            name.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(10))
            self.grid.addWidget(self._head(name, column), 0, place, Qt.AlignmentFlag.AlignTop)
            self.grid.setColumnStretch(place, 1)
        for at, row in enumerate(shown):
            for place in range(1 + len(made.columns)):
                rule = QFrame()
                rule.setObjectName("rule")
                rule.setFixedHeight(1)
                self.grid.addWidget(rule, 1 + 2 * at, place)
            head = label(row.label, wrap=True)
            head.setFont(theme.semibold(self.LETTERS * grow))
            head.setContentsMargins(0, theme.px(11), 0, theme.px(11))
            self.grid.addWidget(head, 2 + 2 * at, 0, Qt.AlignmentFlag.AlignTop)
            for place in range(len(made.columns)):
                self.grid.addWidget(self._cell(row.cell(place)), 2 + 2 * at, place + 1, Qt.AlignmentFlag.AlignTop)
        self.under.setText("<br>".join(_rich(one) for one in made.under_table))
        self.under.setVisible(bool(made.under_table))
        banner = f"{made.banner} " if made.banner else ""
        self.foot.setText(banner + made.footer)

    def _head(self, name: QLabel, column: Column) -> QWidget:
        """A way's name with what is said of it as a whole: asked about, elsewhere, not for this patient."""
        if not column.marks:
            return name
        made = QWidget()
        lines = QVBoxLayout(made)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(name)
        marks = self._text()
        marks.setText("<br>".join(_rich(one) for one in column.marks))
        marks.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(10))
        lines.addWidget(marks)
        return made

    @property
    def _grow(self) -> float:
        """How much larger everything is on a large screen, which is looked at from further away."""
        return round(min(1.25, max(1.0, min(self.width() / 1366, self.height() / 760) / theme.scale())), 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._made is not None and (self._grow, self._wide) != self._drawn:
            self._fill(self._made)

    def _cell(self, cell: Cell) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(theme.px(16), theme.px(11), theme.px(16), theme.px(11))
        column.setSpacing(theme.px(6))
        words = column
        if cell.dots is not None:
            dots = Dots(cell.dots.filled, cell.dots.alt, (15 if self._wide else 16) * self._grow)
            if self._wide:  # the words stand beside the dots
                line = QHBoxLayout()
                line.setSpacing(theme.px(16))
                words = QVBoxLayout()
                words.setSpacing(theme.px(6))
                line.addWidget(dots)
                line.addLayout(words, 1)
                column.addLayout(line)
                words.addStretch(1)
            else:
                column.addWidget(dots, 0, Qt.AlignmentFlag.AlignLeft)
        if cell.figure:
            figure = label(cell.figure, wrap=True)
            figure.setFont(theme.semibold(theme.TITLE * self._grow))
            words.addWidget(figure)
        if cell.sentences:
            text = self._text()
            text.setText("<br>".join(_rich(one) for one in cell.sentences))
            words.addWidget(text)
        if words is not column:
            words.addStretch(1)
        return made

    @property
    def _wide(self) -> bool:
        """Whether a column has room for words beside the dots."""
        columns = len(self._made.columns) if self._made is not None else 3
        return (self.width() - theme.px(128 * self._grow + 100)) / columns > theme.px(345 * self._grow)

    def _text(self) -> QLabel:
        made = QLabel()
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setFont(theme.font(self.LETTERS * self._grow))
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        return made


def _rich(words: Runs) -> str:
    """Runs of words as escaped rich text; no line breaks within a number."""
    text = "".join(f"<b>{html.escape(run.text)}</b>" if run.bold else html.escape(run.text) for run in words)
    return re.sub(r"(?<=\d)[ \u2009\u202f](?=\d{3})", "\u00a0", text)

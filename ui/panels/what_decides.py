"""What the first place hangs on: the score taken apart, places over recalculations, the tornado."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import say, theme
from ui.widgets.bars import Part, Places, PlacesPicture, Reach, Score, ScorePicture, TornadoPicture
from ui.widgets.basic import Scroll, empty, label

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Recommendation, Sensitivity
    from ui.store import Store
    from ui.words import Words

MOST_SWINGS = 6


class WhatDecidesPage(QWidget):
    """Two columns that scroll."""

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.scroll = Scroll()
        self.scroll.column.setContentsMargins(0, 0, theme.px(8), 0)
        outer.addWidget(self.scroll)
        self.none = label("", "muted", wrap=True)
        self.scroll.column.addWidget(self.none)
        line = QHBoxLayout()
        line.setSpacing(22)
        self.scroll.column.addLayout(line)
        left, right = QVBoxLayout(), QVBoxLayout()
        heads = (self.tr("procedure"), self.tr("criterion"), self.tr("points of 100"))
        self.scores = ScorePicture(self.tr("Points of 100, taken apart"), heads)
        heads = (self.tr("procedure"), self.tr("place"), self.tr("of 100 recalculations"))
        self.places = PlacesPicture(self.tr("Place in 100 recalculations; it says nothing about patients"), heads)
        self.tornado = TornadoPicture(
            self.tr("Lead of the first place, in points of 100"),
            (self.tr("Left of the dashed line another one is first."), self.tr("changes the first place")),
        )
        self.said = QVBoxLayout()
        self.said.setSpacing(4)
        self.changes = QVBoxLayout()
        self.changes.setSpacing(4)
        for widget in (self.scores, self.places):
            left.addWidget(widget)
        left.addStretch(1)
        right.addLayout(self.said)
        right.addLayout(self.changes)
        right.addWidget(self.tornado)
        right.addStretch(1)
        line.addLayout(left, 1)
        line.addLayout(right, 1)
        self.scroll.column.addStretch(1)

    def show_recommendation(self, recommendation: Recommendation, selected: str) -> None:
        """Show what the order hangs on."""
        scored = [option for option in recommendation.options if option.rank is not None and option.parts]
        self.none.setVisible(not scored)
        self.none.setText({
            "nothing_reaches": self.tr("Nothing is ranked here, so there is nothing that decides."),
            "delivery_does_not_decide": self.tr(
                "Arrival is not how the cells are thought to work here, so nothing is ranked by it."
            ),
        }.get(recommendation.verdict, ""))  # fmt: skip
        for picture in (self.scores, self.places, self.tornado):
            picture.setVisible(bool(scored))
        empty(self.said)
        empty(self.changes)
        if not scored:
            return
        self.scores.show_scores(
            tuple(
                Score(
                    f"{option.rank}  {option.name}",
                    tuple(
                        Part(self._criterion(part.criterion), 100 * part.contribution, 100 * part.weight)
                        for part in option.parts
                    ),
                    option.procedure == selected,
                )
                for option in scored
            )
        )
        self.places.show_places(
            tuple(Places(option.name, option.rank_probability, option.procedure == selected) for option in scored)
        )
        chosen, other = say.asked_or_first(recommendation, selected)
        for option in (chosen, other):
            if option is not None and option.explanation:
                self.said.addWidget(label(option.name, "heading", wrap=True))
                for line in option.explanation:
                    self.said.addWidget(label(line, wrap=True))
        hangs = recommendation.sensitivity
        self.tornado.setVisible(hangs is not None and bool(hangs.tornado))
        if hangs is not None:
            self._say_changes(recommendation, hangs)
            bars = [Reach(_capital(one.label), one.low, one.high, one.flips) for one in hangs.tornado]
            self.tornado.show_bars(tuple(bars[:MOST_SWINGS]))

    def _say_changes(self, recommendation: Recommendation, hangs: Sensitivity) -> None:
        """What alone would put another way first: a thing that is missing, or a weight."""
        names = {option.procedure: option.name for option in recommendation.options}
        lines = []
        for capability, then in hangs.capabilities:
            thing = self._words.short("capability", capability)
            if then is None:
                lines.append(self.tr("Without {thing}: none can be done here").format(thing=_small(thing)))
            elif then != recommendation.first:
                lines.append(self.tr("Without {thing}: {name}").format(thing=_small(thing), name=names[then]))
        for change in hangs.weights:
            text = self.tr("If {criterion} counted {needed} of 100 instead of {now}: {name}")
            lines.append(
                text.format(
                    criterion=self._criterion(change.criterion), needed=f"{change.needed:.0f}",
                    now=f"{change.now:.0f}", name=names[change.then_first],
                )
            )  # fmt: skip
        if lines:
            self.changes.addWidget(label(self.tr("What would put another one first"), "heading", wrap=True))
            for line in lines:
                self.changes.addWidget(label(line, wrap=True))

    def _criterion(self, criterion: str) -> str:
        return self._words.first(f"say.criterion_{criterion}", fallback=criterion)


def _small(text: str) -> str:
    """A name within a sentence; what is written in capitals stays so."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

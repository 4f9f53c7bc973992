"""Any two procedures side by side, point by point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui import numbers, say, theme
from ui.widgets.basic import Combo, Scroll, empty, label

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Option, Recommendation
    from ui.store import Store
    from ui.words import Words


class ComparePage(QWidget):
    """Two lists to choose from, and a line for each thing that is compared."""

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._recommendation: Recommendation | None = None
        self._chosen: list[str | None] = [None, None]
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.scroll = Scroll()
        self.scroll.column.setContentsMargins(0, 0, theme.px(8), 0)
        outer.addWidget(self.scroll)
        heads = QGridLayout()
        heads.setColumnMinimumWidth(0, theme.px(110))
        self.combos = [Combo(self.tr("The one")), Combo(self.tr("The other"))]
        for place, combo in enumerate(self.combos):
            combo.activated.connect(lambda _i, place=place: self._choose(place))
            heads.addWidget(combo, 0, place + 1)
            heads.setColumnStretch(place + 1, 1)
        self.scroll.column.addLayout(heads)
        self.grid_holder = QWidget()
        self.grid = QGridLayout(self.grid_holder)
        self.grid.setContentsMargins(0, 2, 0, 0)
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnMinimumWidth(0, theme.px(110))
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        self.scroll.column.addWidget(self.grid_holder)
        self.scroll.column.addStretch(1)

    def show_recommendation(self, recommendation: Recommendation, selected: str) -> None:
        """Compare the procedure that is looked at with the asked one, or what was chosen here."""
        chosen, other = say.asked_or_first(recommendation, selected)
        self._recommendation = recommendation
        ids = [option.procedure for option in recommendation.options]
        for combo, option in zip(self.combos, (chosen, other), strict=True):
            combo.blockSignals(True)
            combo.clear()
            for one in recommendation.options:
                combo.addItem(one.name, one.procedure)
            if option is not None:
                combo.setCurrentIndex(ids.index(option.procedure))
            combo.blockSignals(False)
        if self._chosen[1] in ids and self._chosen[1] != selected:
            self.combos[1].setCurrentIndex(ids.index(self._chosen[1]))
        self._draw()

    def _choose(self, place: int) -> None:
        self._chosen[place] = self.combos[place].currentData()
        self._draw()

    def _draw(self) -> None:
        empty(self.grid)
        recommendation = self._recommendation
        if recommendation is None or self.combos[0].currentData() is None:
            return
        options = [recommendation.option(combo.currentData()) for combo in self.combos]
        for row, (title, texts) in enumerate(self._lines(options)):
            if not any(texts):
                continue
            self.grid.addWidget(label(title, "heading"), row, 0, Qt.AlignmentFlag.AlignTop)
            for column, text in enumerate(texts, 1):
                self.grid.addWidget(label(text or "–", wrap=True, select=True), row, column, Qt.AlignmentFlag.AlignTop)

    def _lines(self, options: list[Option]) -> list[tuple[str, list[str]]]:
        def each(make: object) -> list[str]:
            return [make(option) for option in options]  # type: ignore[operator]

        return [
            (self.tr("Where it stands"), each(self._place)),
            (
                self.tr("Cells of a million"),
                each(lambda o: f"{say.per_million(o.delivered)} ({say.span(o.delivered)})"),
            ),
            (
                self.tr("How that is known"),
                each(lambda o: f"{say.basis(o.delivered)}; {say.certainty(o.certainty.level)}"),
            ),
            (self.tr("Alive later"), each(self._later)),
            (
                self.tr("Cells of this dose"),
                each(lambda o: numbers.dose(numbers.rounded(o.cells_delivered), self._words.language)),
            ),
            (self.tr("Needs"), each(lambda o: ", ".join(("" if r.met else "✕ ") + r.label for r in o.requires))),
            (self.tr("Cautions"), each(lambda o: "; ".join(c.text for c in o.cautions))),
            (self.tr("Harm"), each(lambda o: "; ".join(o.harms[:4]))),
            (self.tr("For it"), each(lambda o: "\n".join(o.reasons))),
            (self.tr("Against it"), each(lambda o: "\n".join(o.against))),
        ]

    def _place(self, option: Option) -> str:
        if option.rank is None:
            return say.status(option)
        return self.tr("rank {rank}, {firmness}; {status}").format(
            rank=option.rank, firmness=option.firmness_text, status=say.status(option)
        )

    def _later(self, option: Option) -> str:
        if option.retained is None:
            return ""
        return self.tr("{cells} of a million after {days} days").format(
            cells=say.per_million(option.retained), days=f"{option.retained.hours / 24:g}"
        )

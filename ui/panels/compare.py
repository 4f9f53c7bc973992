"""Any two procedures side by side, point by point."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import numbers, say, theme
from ui.widgets.basic import Combo, Scroll
from ui.widgets.sheet import Line, Sheet

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
        outer.setSpacing(theme.px(6))
        self._heads = QHBoxLayout()
        self._heads.setSpacing(theme.px(16))
        self.combos = [Combo(self.tr("The one"), within=True), Combo(self.tr("The other"), within=True)]
        for place, combo in enumerate(self.combos):
            combo.setAccessibleDescription(combo.accessibleName())  # its name is what it shows, to a screen reader
            combo.activated.connect(lambda _i, place=place: self._choose(place))
            self._heads.addWidget(combo, 1)
        outer.addLayout(self._heads)
        self.scroll = Scroll()
        self.sheet = Sheet(self.tr("Two ways side by side"), self.tr("point"))
        self.sheet.laid.connect(self._line_up)
        self.scroll.column.addWidget(self.sheet)
        self.scroll.column.addStretch(1)
        outer.addWidget(self.scroll)

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

    def _line_up(self) -> None:
        """Each list stands over its side of the sheet."""
        left, right = self.sheet.margins()
        self._heads.setContentsMargins(left, 0, right + self.width() - self.sheet.width(), 0)

    def _draw(self) -> None:
        recommendation = self._recommendation
        if recommendation is None or self.combos[0].currentData() is None:
            return
        one, other = (recommendation.option(combo.currentData()) for combo in self.combos)
        lines = (Line(title, (make(one), make(other)), strong=title == self._unit()) for title, make in self._points())
        self.sheet.show_lines((one.name, other.name), tuple(line for line in lines if any(line.texts)))

    def _points(self) -> list[tuple[str, Callable[[Option], str]]]:
        """What is compared, and how each way answers it."""
        return [
            (self._unit(), lambda o: say.figure(self._words.figures, o.delivered)),
            (self.tr("90 % range"), lambda o: say.span(self._words.figures, o.delivered)),
            (self.tr("Where it stands"), self._place),
            (
                self.tr("How that is known"),
                lambda o: f"{say.basis(o.delivered)}; {say.certainty(o.certainty.level)}",
            ),
            (self.tr("Alive later"), self._later),
            (self.tr("Cells of this dose"), self._of_dose),
            (self.tr("Needs"), lambda o: "\n".join(("✓ " if r.met else "✕ ") + r.label for r in o.requires)),
            (self.tr("Cautions"), lambda o: "\n".join(c.text for c in o.cautions)),
            (self.tr("Harm"), lambda o: "\n".join(o.harms[:4])),
            (self.tr("For it"), lambda o: "\n".join(o.reasons)),
            (self.tr("Against it"), lambda o: "\n".join(o.against)),
        ]

    def _unit(self) -> str:
        unit = say.unit(self._words.figures)
        return unit[:1].upper() + unit[1:]

    def _place(self, option: Option) -> str:
        if option.rank is None:
            return say.status(option)
        return self.tr("rank {rank}, {firmness}; {status}").format(
            rank=option.rank, firmness=say.firmness(option), status=say.status(option)
        )

    def _of_dose(self, option: Option) -> str:
        if option.delivered.below:  # a bound has no figure to multiply
            return "–"
        return numbers.dose(numbers.rounded(option.cells_delivered), self._words.language)

    def _later(self, option: Option) -> str:
        if option.retained is None:
            return ""
        return self.tr("{figure} after {days} days").format(
            figure=say.figure_of_all(self._words.figures, option.retained), days=f"{option.retained.hours / 24:g}"
        )

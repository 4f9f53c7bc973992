"""The share in the target against the hours, for the procedure that is looked at and the asked one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import say
from ui.widgets.course import CoursePicture, Line, Point

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Delivered, Option, Recommendation
    from ui.store import Store
    from ui.words import Words


class OverTimePage(QWidget):
    """One picture with two lines."""

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._words = store, words
        self._options: tuple[Option, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.picture = CoursePicture(
            self.tr("Cells in the target over time"),
            {
                "title": self.tr("Cells in the target over time"),
                "axis": self.tr("{unit} in the target").format(unit=say.unit(words.figures)),
                "procedure": self.tr("procedure"),
                "time": self.tr("time"),
                "counted": self.tr("counted"),
                "range": self.tr("90 % range"),
                "any": self.tr("any cell, to 24 h"),
                "living": self.tr("living cells, after 24 h"),
                "1": self.tr("1 h"),
                "6": self.tr("6 h"),
                "24": self.tr("1 day"),
                "72": self.tr("3 days"),
                "168": self.tr("1 week"),
                "720": self.tr("30 days"),
            },
            words.figures,
        )
        column.addWidget(self.picture)

    def show_recommendation(self, recommendation: Recommendation, selected: str) -> None:
        """Show the procedure that is looked at and the asked one."""
        self._options = tuple(o for o in say.asked_or_first(recommendation, selected) if o is not None)
        consult = recommendation.consult
        wanted = [option.procedure for option in self._options]
        self._store.worker.start(
            "course",
            lambda: {procedure: self._store.engine.course(consult, procedure) for procedure in wanted},
            self._receive,
            self._store.fail,
        )

    def _receive(self, found: object) -> None:
        assert isinstance(found, dict)
        lines = []
        for option in self._options:
            course: tuple[Delivered, ...] = found.get(option.procedure, ())
            points = tuple(
                Point(one.hours, one.median * 1e6, one.low * 1e6, one.high * 1e6, one.readout == "living")
                for one in course
            )
            name = self.tr("{name} (asked)").format(name=option.name) if option.asked else option.name
            lines.append(Line(name, points))
        self.picture.show_lines(tuple(lines))

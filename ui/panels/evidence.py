"""The studies behind the estimate: a forest plot, the model's share, and the record of the study that is clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import numbers, say, theme
from ui.widgets.basic import Scroll, button, empty, label
from ui.widgets.picture import Table

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Option, Recommendation, StudyUse
    from ui.store import Store
    from ui.words import Words

KINDS = {"pooled": "counted", "carried_back": "counted", "bound": "bound", "placement": "needle", "shown": "shown"}


class EvidencePage(QWidget):
    """Left the plot, right the record. The plot's library is imported when this page is first shown."""

    saved = Signal(bytes, str)

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack, self._store, self._words = pack, store, words
        self._option: Option | None = None
        from ui.widgets.forest import ForestPlot

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.said = label("", "small", wrap=True)
        column.addWidget(self.said)
        line = QHBoxLayout()
        line.setSpacing(theme.px(14))
        column.addLayout(line, 1)
        self.plot: Any = ForestPlot(
            self.tr("Studies behind the number"),
            self.tr("{unit} (log scale)").format(unit=say.unit(words.figures)),
            words.figures,
        )
        self.plot.picked.connect(self.show_study)
        self.plot.tabled.connect(self.show_table)
        self.plot.saved.connect(self.saved)
        line.addWidget(self.plot, 3)
        self.record = Scroll()
        self.record.setMinimumWidth(theme.px(210))
        line.addWidget(self.record, 2)

    def show_recommendation(self, recommendation: Recommendation, selected: str) -> None:
        """Show the studies of the procedure that is looked at; the asked one is said beside it."""
        chosen, other = say.asked_or_first(recommendation, selected)
        if chosen is None:
            return
        self._option = chosen
        text = self.tr("{name}: {share} of what is believed was measured, the rest is the model's.").format(
            name=chosen.name, share=numbers.percent(chosen.delivered.measured_share, self._words.language)
        )
        if other is not None:
            text += " " + self.tr("{name}: {figure}, {basis}.").format(
                name=other.name,
                figure=say.figure_of_all(self._words.figures, other.delivered),
                basis=say.basis(other.delivered),
            )
        self.said.setText(text.replace("1 000 000", numbers.grouped(1_000_000)))  # never broken over a line
        self.plot.show_rows(self._rows(chosen, other))
        self.plot.setAccessibleDescription(". ".join(", ".join(filter(None, row)) for row in self.table().rows))
        uses = self._uses(chosen)
        if uses:
            self.show_study(uses[0].id)
        else:
            empty(self.record.column)
            nothing = self.tr(
                "No study of this way and target is in the evidence pack: the figure is the model's alone."
            )
            self.record.column.addWidget(label(nothing, "muted", wrap=True))
            self.record.column.addStretch(1)

    def _uses(self, option: Option) -> list[StudyUse]:
        order = ("pooled", "carried_back", "bound", "placement", "shown", "parameter")
        return sorted(option.delivered.studies, key=lambda use: (order.index(use.role), -(use.weight or 0)))

    def _rows(self, chosen: Option, other: Option | None) -> list[Any]:
        from ui.widgets.forest import ForestRow

        rows = []
        for use in self._uses(chosen):
            if use.role not in KINDS or (use.value is None and use.low is None and use.high is None):
                continue
            name = self._words.short_citation(use.id)
            species = self._words.name("species", use.species).lower() if use.species else ""
            needle = self.tr("needle") if use.role == "placement" else ""
            tail = ", ".join(part for part in (species, needle) if part)
            title = f"{name} · {tail}" if tail else name
            rows.append(ForestRow(use.id, title, use.value, use.low, use.high, KINDS[use.role], use.weight or 0.2))
        for option in (chosen, other):
            if option is not None:
                d = option.delivered
                title = (
                    self.tr("Estimate") if option is chosen else self.tr("{name} (beside it)").format(name=option.name)
                )
                kind = "estimate" if option is chosen else "needle"
                rows.append(ForestRow("", title, d.median, d.low, d.high, kind))
        return rows

    def show_study(self, id: str) -> None:
        """The record of one study."""
        if not id or self._option is None:
            return
        empty(self.record.column)
        study = self._pack.studies.get(id)
        self.record.column.addWidget(label(self._words.short_citation(id), "strong", wrap=True))
        self.record.column.addWidget(label(self._words.citation(id), "small", wrap=True, select=True))
        use = next((one for one in self._option.delivered.studies if one.id == id), None)
        if use is not None and use.why:
            self.record.column.addWidget(label(use.why, "warn", wrap=True))
        for key in use.measurements if use is not None else ():
            one = self._pack.measurements.get(key)
            if one is None:
                continue
            parts = [one.method]
            if one.n is not None:
                parts.append(self.tr("n = {n}").format(n=one.n))
            if one.time_h is not None:
                parts.append(self.tr("{hours} h").format(hours=say.decimal(f"{one.time_h:g}")))
            if one.value is not None:
                parts.append(numbers.percent(one.value, self._words.language))
            if one.where != "abstract":  # the line under it says how far it was read
                parts.append(one.where)
            self.record.column.addWidget(label(" · ".join(parts), wrap=True, select=True))
        if study is not None:
            how = self.tr("Read: {how}").format(how=say.read_as(study.read))
            if study.funding:
                how += " · " + self.tr("paid for by {who}").format(who=study.funding)
            if study.seller_interest:
                how += " · " + self.tr("by those who make or sell it")
            self.record.column.addWidget(label(how, "muted", wrap=True))
        table = button(self.tr("Show as a table (T)"), "link", self.show_table)
        self.record.column.addWidget(table, 0, Qt.AlignmentFlag.AlignLeft)
        self.record.column.addStretch(1)

    def table(self) -> Table:
        """The studies with their part, species, number, method, how far they were read, and figure."""
        rows = []
        for use in self._uses(self._option) if self._option is not None else ():
            found = [one for key in use.measurements if (one := self._pack.measurements.get(key)) is not None]
            study = self._pack.studies.get(use.id)
            rows.append((
                self._words.short_citation(use.id), self._part(use.role),
                self._words.name("species", use.species) if use.species else "",
                ", ".join(str(one.n) for one in found if one.n), ", ".join(dict.fromkeys(one.method for one in found)),
                say.read_as(study.read) if study is not None else "",
                numbers.percent(use.value, self._words.language) if use.value is not None else "",
            ))  # fmt: skip
        heads = (
            self.tr("study"), self.tr("part"), self.tr("species"), self.tr("n"), self.tr("method"), self.tr("read"),
            self.tr("share"),
        )  # fmt: skip
        return Table(self.tr("Studies behind the number"), heads, tuple(rows))

    def _part(self, role: str) -> str:
        """What a study does for the estimate."""
        return {
            "pooled": self.tr("counted, pooled"),
            "carried_back": self.tr("counted later, carried back"),
            "bound": self.tr("a bound"),
            "placement": self.tr("how often the needle is in"),
            "shown": self.tr("shown, not counted in"),
            "parameter": self.tr("a value of the model"),
        }[role]

    def show_table(self) -> None:
        """The studies as a table in a window of its own."""
        from ui.widgets.table import open_table

        open_table(self.table(), self)

    def keyPressEvent(self, event: object) -> None:
        if event.key() == Qt.Key.Key_T:  # type: ignore[attr-defined]
            self.show_table()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]

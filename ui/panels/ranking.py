"""The middle: the finding in words on top, and under it every way with its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import say, theme
from ui.widgets.basic import Scroll, label
from ui.widgets.columns import AxisHeader
from ui.widgets.picture import Table, TakenAlong
from ui.widgets.row import Row, RowChip
from ui.widgets.rows import Rows

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Option, Recommendation, Requirement
    from ui.words import Words


class Headline(QWidget):
    """Approval and benefit first, then the finding, all in one type size; under it what makes it unsure."""

    def __init__(self, pack: Pack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack = pack
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.finding = label("", wrap=True, select=True)
        self.unsure = label("", "small", wrap=True, select=True)
        column.addWidget(self.finding)
        column.addWidget(self.unsure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has smaller letters for the finding, so that the rows keep their place."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        high = self.window().height() / theme.scale()
        made = theme.semibold(theme.STRONG if high < 740 else theme.HEAD if high < 940 else theme.LEAD + 1)
        if made != self.finding.font():
            self.finding.setFont(made)

    def show_recommendation(self, recommendation: Recommendation) -> None:
        """Say what follows."""
        opening = recommendation.approval.headline
        finding = recommendation.headline.removeprefix(opening).strip()
        opening = say.approval_lines(self._pack, (opening,))[0]
        finding = f"{opening} {finding}"
        self.finding.setText(finding)
        self.unsure.setText(recommendation.subline)
        self.unsure.setVisible(bool(recommendation.subline))


class _Kept(msgspec.Struct, frozen=True, eq=False):
    """A way in words, without its place: from which facts, the row, and what is said before and after its firmness."""

    facts: tuple[object, ...]
    row: Row
    before: list[str]
    after: list[str]


class RankingPanel(TakenAlong, QWidget):
    """Every way as a row; `picked` tells which one is looked at.

    Like every picture it can be copied (Ctrl+C), read as a table (T) and saved: `saved`.
    """

    picked = Signal(str)
    saved = Signal(bytes, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._options: tuple[Option, ...] = ()
        self._kept: dict[str, _Kept] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = AxisHeader(
            self.tr("share of the dose"),
            self.tr("{unit}, 90 % range").format(unit=say.unit(words.figures)),
            tuple(words.figures.tick(power) for power in range(-6, 1)),
        )
        self.scroll = Scroll()
        self.rows = Rows(self.tr("Ways to give the cells"))
        self.rows.picked.connect(self.picked)
        self.scroll.column.addWidget(self.rows)
        self.scroll.column.addStretch(1)
        column.addWidget(self.header)
        column.addWidget(self.scroll, 1)
        self.scroll.page.installEventFilter(self)

    def show_recommendation(self, recommendation: Recommendation, selected: str) -> None:
        """Show the ranked ways, and below a line the others."""
        self._options = recommendation.options
        self.rows.show_rows([self._row(recommendation, option) for option in recommendation.options], selected)
        self._kept = {option.procedure: self._kept[option.procedure] for option in self._options}

    def select(self, procedure: str) -> None:
        """Mark another row."""
        self.rows.select(procedure)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The heads stand over their columns, whether or not there is a scroll bar."""
        if event.type() == QEvent.Type.Resize and watched is self.scroll.page:
            self.header.end_at(self.scroll.width() - self.scroll.page.width())
        return False

    # -- taking it along

    def title(self) -> str:
        return self.rows.accessibleName()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """The heads and every row, whatever part of them is in view."""
        at = area.topLeft().toPoint()
        children = QWidget.RenderFlag.DrawChildren
        self.header.render(painter, at, renderFlags=children)
        self.rows.render(painter, at + QPoint(0, self.header.height()), renderFlags=children)

    def taken_size(self) -> QSize:
        return QSize(self.rows.width(), self.header.height() + self.rows.height()) + QSize(16, 16)

    def table(self) -> Table:
        """Every way with its rank, figure and where it stands."""
        figures = self._words.figures
        rows = tuple(
            (
                str(option.rank or ""), option.name, say.figure(figures, option.delivered),
                say.span(figures, option.delivered), say.basis(option.delivered),
                say.certainty(option.certainty.level), say.firmness(option), say.status(option),
            )
            for option in self._options
        )  # fmt: skip
        heads = (
            self.tr("rank"), self.tr("way"), say.unit(figures), self.tr("90 % range"), self.tr("how that is known"),
            self.tr("certainty"), self.tr("how firm"), self.tr("where it stands"),
        )  # fmt: skip
        return Table(self.rows.accessibleName(), heads, rows)

    # -- one row

    def _row(self, recommendation: Recommendation, option: Option) -> Row:
        """A row; what a weight that moves leaves as it is, is put into words once."""
        facts = (
            self._words.figures, option.name, option.delivered, option.certainty, option.requires, option.cautions,
            option.reasons, option.status, option.asked, option.not_asked,
        )  # fmt: skip
        kept = self._kept.get(option.procedure)
        if kept is None or any(one is not other for one, other in zip(kept.facts, facts, strict=True)):
            kept = self._kept[option.procedure] = _Kept(facts, self._still(option), *self._aloud(option))
        words = (say.firmness(option), say.certainty(option.certainty.level))
        if option.status != "suitable" or option.firmness == "none":
            words = (say.certainty(option.certainty.level), self.tr("no rank"))
        return msgspec.structs.replace(
            kept.row,
            rank=str(option.rank) if option.rank is not None else "",
            words=words,
            sentence=self._sentence(recommendation, option, kept),
        )

    def _still(self, option: Option) -> Row:
        delivered = option.delivered
        chips = tuple(dict.fromkeys(self._chips(option)))  # two cautions may bear one name
        return Row(
            id=option.procedure,
            rank="",
            name=option.name,
            chips=chips,
            counts=self._counts(chips, option),
            number=say.figure(self._words.figures, delivered),
            range=say.span(self._words.figures, delivered) if not delivered.below else "",
            median=delivered.median * 1e6,
            low=delivered.low * 1e6,
            high=delivered.high * 1e6,
            hollow=say.hollow(delivered),
            below=delivered.below,
            words=("", ""),
            note=self._note(option),
            group="" if option.status == "suitable" else say.status(option),
            sentence="",
        )

    def _chips(self, option: Option) -> list[RowChip]:
        chips = []
        if option.asked:
            chips.append(RowChip(self.tr("asked"), "asked"))
        if option.status == "not_for_this_patient":
            chips += [RowChip(self._factor(c.factor), "missing") for c in option.cautions if c.severity == "absolute"]
            return chips
        required = [one for one in option.requires if one.level == "required"]
        missing = [one for one in required if one.met is False]
        chips += [RowChip(self._need(one), "missing") for one in missing]
        chips += [RowChip(self._factor(c.factor), "caution") for c in option.cautions if c.severity == "relative"]
        if option.status == "not_tried_in_people":
            return chips
        met = [
            one
            for one in required
            if one.met and one.kind in ("imaging", "setting", "operator") and not self._plain(one)
        ]
        chips += [RowChip(self._need(one), "met") for one in met]
        if not missing and not met:
            chips.append(RowChip(self.tr("No imaging"), "met"))
        if option.not_asked and option.status == "suitable":
            chips.append(RowChip(self.tr("%n open question(s)", "", len(option.not_asked)), "question"))
        return chips

    def _counts(self, chips: tuple[RowChip, ...], option: Option) -> tuple[RowChip, ...]:
        """Each tone of the chips in one, for where there is little room."""

        def many(tone: str) -> int:
            return sum(chip.tone == tone for chip in chips)

        closed = option.status == "not_for_this_patient"
        said = {
            "missing": self.tr("%n reason(s)", "", many("missing"))
            if closed
            else self.tr("%n missing", "", many("missing")),
            "caution": self.tr("%n caution(s)", "", many("caution")),
            "met": self.tr("%n need(s) met", "", many("met")),
            "question": self.tr("%n open", "", len(option.not_asked)),
        }
        least = {"met": 2}  # one need that is met is said by itself or not at all
        return tuple(RowChip(text, tone) for tone, text in said.items() if many(tone) >= least.get(tone, 1))

    def _plain(self, requirement: Requirement) -> bool:
        capability = self._words.pack.capabilities.get(requirement.id)
        return capability is not None and capability.plain

    def _need(self, requirement: Requirement) -> str:
        return self._words.first(f"capability.{requirement.id}.short", fallback=requirement.label)

    def _factor(self, factor: str) -> str:
        return self._words.short("factor", factor)

    def _note(self, option: Option) -> str:
        closed = [c.text for c in option.cautions if c.severity == "absolute"]
        return "\n".join(closed or option.reasons[:2])

    def _sentence(self, recommendation: Recommendation, option: Option, kept: _Kept) -> str:
        """The whole row in words, for those who hear it."""
        place = self.tr("Rank {rank} of {all}").format(
            rank=option.rank, all=sum(one.rank is not None for one in recommendation.options)
        )
        parts = [f"{place}: {option.name}" if option.rank is not None else f"{option.name}: {say.status(option)}"]
        parts += kept.before
        if option.status == "suitable":
            parts += [say.status(option), option.firmness_text]
        parts += kept.after
        return "; ".join(part for part in parts if part) + "."

    def _aloud(self, option: Option) -> tuple[list[str], list[str]]:
        """What is said before and after how firm a place is."""
        before = [self.tr("asked about")] if option.asked else []
        before.append(
            self.tr("{figure}, 90 % range {span}, {basis}").format(
                figure=say.figure_of_all(self._words.figures, option.delivered),
                span=say.span(self._words.figures, option.delivered),
                basis=say.basis(option.delivered),
            )
        )
        after = [say.certainty(option.certainty.level)]
        missing = [one.label for one in option.requires if one.met is False and one.level == "required"]
        if missing:
            after.append(self.tr("not there: {things}").format(things=", ".join(missing)))
        after += [self.tr("caution: {text}").format(text=c.text) for c in option.cautions if c.severity != "note"]
        if option.not_asked:
            after.append(self.tr("%n question(s) not asked", "", len(option.not_asked)))
        return before, after

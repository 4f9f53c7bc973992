"""The right: why a procedure stands where it stands, what speaks against it, what it needs, harm, approval, studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import numbers, say, theme
from ui.widgets.basic import Panel, Scroll, button, empty, label

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Option, Recommendation, Requirement, StudyUse
    from ui.words import Words


FEW_LINES = 5


class Block(msgspec.Struct, frozen=True):
    """A heading and its lines; `kind` is bullets, checks, box, studies or plain."""

    title: str
    kind: str
    lines: tuple[tuple[str, str], ...]  # mark or tone, text


class DetailPanel(Panel):
    """Everything about one procedure. `copied` carries a citation to put on the clipboard."""

    copied = Signal(str)
    opened = Signal(str)

    def __init__(self, pack: Pack, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack = pack
        self._words = words
        self._last: tuple[Recommendation, Option] | None = None
        self._scale = 0.0
        self._shown: tuple[Block, ...] = ()
        self._places: dict[str, tuple[Block, QWidget]] = {}
        self.title = label("", "title", wrap=True)
        self.title.setContentsMargins(2, 0, 0, 0)  # as far in as what stands in the frame of the focus
        self.column.addWidget(self.title)
        self.scroll = Scroll()
        self.scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroll.setObjectName("reading")  # its focus is to be seen
        self.scroll.setAccessibleName(self.tr("Why, and what speaks against it"))
        self.scroll.column.setSpacing(theme.px(9))
        self.scroll.column.setContentsMargins(0, 2, theme.px(8), 4)
        self.column.addWidget(self.scroll)

    def show_option(self, recommendation: Recommendation, option: Option) -> None:
        """Show one procedure; only what changed is drawn anew."""
        self._last, self._scale = (recommendation, option), theme.scale()
        self.title.setText(option.name)
        blocks = tuple(block for block in self._blocks(recommendation, option) if block.lines)
        if blocks == self._shown:
            return
        if [b.title for b in blocks] == [b.title for b in self._shown]:
            for place, (old, new) in enumerate(zip(self._shown, blocks, strict=True)):
                if old != new:
                    item = self.scroll.column.itemAt(place)
                    if item is not None and (widget := item.widget()) is not None:
                        self.scroll.column.removeWidget(widget)
                        widget.hide()
                        widget.deleteLater()
                    self.scroll.column.insertWidget(place, self._drawn(new))
        else:
            empty(self.scroll.column)
            for block in blocks:
                self.scroll.column.addWidget(self._drawn(block))
            self.scroll.column.addStretch(1)
        self._shown = blocks

    def changeEvent(self, event: QEvent) -> None:
        """Marks and gaps grow with the letters, once the new style has reached every widget."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._last is not None and theme.scale() != self._scale:
            QTimer.singleShot(0, self, self._show_again)

    def _show_again(self) -> None:
        if self._last is not None:
            self._shown = ()
            self.show_option(*self._last)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._last = None
        self.title.setText("")
        self._shown = ()
        empty(self.scroll.column)

    # -- what it says

    def _blocks(self, recommendation: Recommendation, option: Option) -> list[Block]:
        return [
            Block(self.tr("Why here"), "bullets", _plain(self._why(option))),
            Block(self.tr("Against it"), "bullets", _plain(_fullest(option.against))),
            Block(self.tr("Asked about"), "bullets", _plain(self._asked(recommendation, option))),
            Block(self.tr("Needs"), "checks", tuple(self._needs(option))),
            Block(self.tr("This patient"), "checks", tuple(self._patient(option))),
            Block(self.tr("Harm"), "bullets", _plain(option.harms)),
            Block(self._approval_title(recommendation), "box", self._approval(recommendation)),
            Block(self._own_title(), "bullets", _plain(self._own(recommendation, option))),
            Block(self.tr("Studies behind the number"), "studies", tuple(self._studies(option))),
            Block(self.tr("What holds it there"), "bullets", _plain(option.explanation)),
        ]

    def _why(self, option: Option) -> tuple[str, ...]:
        said = list(option.reasons)
        if option.cells_delivered >= 1 and not option.delivered.below:  # a bound has no figure to multiply
            cells = numbers.dose(numbers.rounded(option.cells_delivered), self._words.language)
            said.append(self.tr("Of this dose about {cells} cells arrive.").format(cells=cells))
        if option.status != "suitable":
            said.insert(0, say.status(option) + ".")
        return tuple(said)

    def _asked(self, recommendation: Recommendation, option: Option) -> tuple[str, ...]:
        compared = recommendation.asked_comparison
        if compared is None or option.procedure not in (compared.asked, compared.first):
            return ()
        lines = list(compared.sentences)
        if option.procedure == compared.asked:
            lines += compared.for_asked
        return tuple(dict.fromkeys(lines))

    def _needs(self, option: Option) -> list[tuple[str, str]]:
        lines = []
        for one in sorted(option.requires, key=lambda r: (r.met is not False, r.level != "required")):
            mark = {True: "✓", False: "✕", None: "?"}[one.met]
            lines.append((mark, self._need(one)))
        if any(one.basis == "usual_practice" for one in option.requires):
            lines.append(("i", self.tr("Some of these are usual practice whose source is not read yet")))
        if option.dose_beyond:
            lines.append(("!", self.tr("This dose is above any that was found given this way")))
        return lines

    def _need(self, one: Requirement) -> str:
        text = one.label
        if one.level != "required":
            text = self.tr("{thing} (usual, not required)").format(thing=text)
        if one.met is False:
            text = self.tr("{thing}: not there").format(thing=text)
        return text

    def _patient(self, option: Option) -> list[tuple[str, str]]:
        marks = {"absolute": "✕", "relative": "!", "note": "i"}
        lines = []
        for caution in option.cautions:
            text = caution.text
            if caution.threshold and caution.threshold not in text:
                text = f"{text} ({caution.threshold})"
            lines.append((marks[caution.severity], text))
        if option.not_asked:
            names = ", ".join(self._words.short("factor", factor) for factor in option.not_asked)
            lines.append(("?", self.tr("Not asked: {factors}").format(factors=names)))
        return lines

    def _approval_title(self, recommendation: Recommendation) -> str:
        place = recommendation.approval.jurisdiction
        if place is None:
            return self.tr("Approval")
        return self.tr("Approval ({place})").format(place=self._words.short("jurisdiction", place))

    def _approval(self, recommendation: Recommendation) -> tuple[tuple[str, str], ...]:
        tone = "met" if recommendation.approval.found else "warn"
        approvals = say.approval_lines(self._pack, recommendation.approval.lines)
        lines = [recommendation.benefit, recommendation.not_benefit, *approvals]
        return tuple((tone, line) for line in dict.fromkeys(lines) if line)

    def _own_title(self) -> str:
        own = self._pack.file.own
        return self.tr("This clinic's own ({clinic})").format(clinic=own.clinic) if own else ""

    def _own(self, recommendation: Recommendation, option: Option) -> tuple[str, ...]:
        """What the clinic wrote itself, in the language of the window."""
        return self._pack.own_notes(self._words.language, recommendation.consult.condition, (option.procedure,))

    def _studies(self, option: Option) -> list[tuple[str, str]]:
        order = ("pooled", "carried_back", "bound", "placement", "parameter", "shown")
        uses = sorted(option.delivered.studies, key=lambda use: (order.index(use.role), -(use.weight or 0)))
        return [(use.id, self._study(use)) for use in uses[:12]]

    def _study(self, use: StudyUse) -> str:
        role = {
            "pooled": self.tr("counts"),
            "carried_back": self.tr("carried back in time"),
            "bound": self.tr("a bound"),
            "placement": self.tr("needle placement"),
            "parameter": self.tr("a constant of the model"),
            "shown": self.tr("shown, not used"),
        }[use.role]
        parts = [role]
        if use.species:
            parts.append(self._words.name("species", use.species).lower())
        if use.value is not None:
            parts.append(numbers.percent(use.value, self._words.language))
        study = self._pack.studies.get(use.id)
        if study is not None:
            parts.append(self.tr("read: {how}").format(how=say.read_as(study.read)))
        return " · ".join(parts)

    # -- how it is drawn

    def _drawn(self, block: Block) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(block.title, "heading"))
        if block.kind == "box":
            column.addWidget(self._box(block))
        elif block.kind == "studies":
            for id, text in block.lines:
                column.addWidget(self._study_line(id, text))
        else:
            self._lines(column, block.lines)
        return made

    def _lines(self, column: QVBoxLayout, lines: tuple[tuple[str, str], ...]) -> None:
        """The first few lines, and the others when they are asked for."""
        kept = lines if len(lines) <= FEW_LINES + 1 else lines[:FEW_LINES]
        for mark, text in kept:
            column.addWidget(marked(mark, text))
        if len(kept) == len(lines):
            return
        rest = [marked(mark, text) for mark, text in lines[FEW_LINES:]]
        more = button(self.tr("%n more", "", len(rest)), "link")

        def show() -> None:
            more.hide()
            for line in rest:
                line.show()

        more.clicked.connect(show)
        for line in rest:
            line.hide()
            column.addWidget(line)
        column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _box(self, block: Block) -> QWidget:
        box = QFrame()
        warns = block.lines[0][0] == "warn"
        box.setObjectName("warning" if warns else "quiet")
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(5)
        for _tone, text in block.lines:
            column.addWidget(label(text, wrap=True, select=True))
        return box

    def _study_line(self, id: str, text: str) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 3)
        column.setSpacing(0)
        name = label(self._words.short_citation(id), "strong", wrap=True)
        copy = button(self.tr("Copy"), "link", lambda: self.copied.emit(self._words.citation(id)))
        copy.setAccessibleName(self.tr("Copy the citation of {study}").format(study=self._words.short_citation(id)))
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(name, 1)
        line.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(label(text, "muted", wrap=True))
        return made


class Bullet(QWidget):
    """The dot before a line; drawn, so that nobody has to hear it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme.px(7), theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text"))
        painter.drawEllipse(QPointF(self.width() / 2, theme.px(10)), theme.px(2), theme.px(2))
        painter.end()


def marked(mark: str, text: str) -> QWidget:
    """A line with its mark in front, hanging."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.px(5))
    tones = {"✓": "met", "✕": "warn", "!": "warn", "?": "muted", "i": "muted"}
    sign: QWidget
    if mark == "•":
        sign = Bullet()
    else:
        sign = label(mark, tones.get(mark, ""))
        sign.setFixedWidth(theme.px(14))
        sign.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
    line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    said = label(text, "warn" if mark == "✕" else "", wrap=True, select=True)
    line.addWidget(said, 1)
    return made


def _fullest(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines without those that another says too, and more: a caution, and the same with its threshold."""
    return tuple(
        one
        for one in lines
        if not any(other != one and other.startswith(one.removesuffix(".") + " (") for other in lines)
    )


def _plain(lines: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(("•", line) for line in lines)

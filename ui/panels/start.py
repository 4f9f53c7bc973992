"""What the middle shows before anything is chosen: how to begin, three examples, and recent consults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.consult import Consult, make_consult
from core.errors import CellRouteError
from ui import regions, theme
from ui.widgets.basic import button, empty, label
from ui.widgets.body_map import BodyMap
from ui.widgets.card import Card

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from ui.settings import SettingsFile
    from ui.words import Words


class StartPanel(QWidget):
    """`chosen` carries an example's Consult, `opened` the path of a recent file, `pointed` a region."""

    chosen = Signal(object)
    opened = Signal(str)
    pointed = Signal(str)

    def __init__(self, pack: Pack, words: Words, settings: SettingsFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack, self._words, self._settings = pack, words, settings
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(22), theme.px(10), theme.px(8), theme.px(6))
        line.setSpacing(theme.px(32))
        outer = QVBoxLayout()
        line.addLayout(outer, 3)
        self.map = BodyMap(self.tr("Body map"), regions.drawing())
        self.map.set_regions(regions.names(pack, words))
        self.map.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.map.setMaximumWidth(theme.px(620))
        self.map.chosen.connect(self.pointed)
        line.addWidget(self.map, 2)
        outer.setSpacing(8)
        outer.addStretch(2)
        outer.addWidget(label(self.tr("Which condition is it about?"), "large", wrap=True))
        outer.addWidget(
            label(
                self.tr(
                    "Type it at the left: a name, a plain word or an ICD-10 code. Or point at the body. "
                    "The usual target, cells and dose are "
                    "filled in and marked “assumed” until you change them."
                ),
                "muted",
                wrap=True,
            )
        )
        outer.addSpacing(12)
        self._examples = QVBoxLayout()
        self._examples.setSpacing(theme.px(8))
        outer.addLayout(self._examples)
        outer.addSpacing(8)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        outer.addLayout(self._recent)
        outer.addStretch(3)
        outer.addWidget(
            label(
                self.tr(
                    "CellRoute estimates how many cells arrive. How many arrive is not how much it helps. "
                    "It supports a decision and makes none; nothing about a patient is stored."
                ),
                "muted",
                wrap=True,
            )
        )
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where large letters leave no room beside them, the words do without the map."""
        super().resizeEvent(event)
        self.map.setVisible(self.width() >= theme.px(560))

    def refresh(self) -> None:
        """Show the examples, and the recent consults as they are now."""
        empty(self._examples)
        empty(self._recent)
        examples = [
            (title, line, consult)
            for title, line, make in self._all_examples()
            if (consult := self._try(make)) is not None
        ]
        if examples:
            self._examples.addWidget(label(self.tr("Examples"), "heading"))
            for title, line, consult in examples:
                made = Card(title, line)
                made.clicked.connect(lambda _on=False, consult=consult: self.chosen.emit(consult))
                self._examples.addWidget(made)
        recent = [Path(one) for one in self._settings.recent]
        if recent:
            self._recent.addWidget(label(self.tr("Recent consults"), "heading"))
            for path in recent[:5]:
                made = button(path.stem, "link", lambda path=path: self.opened.emit(str(path)), str(path))
                self._recent.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def _try(self, make: dict[str, object]) -> Consult | None:
        try:
            return make_consult(self._pack, **make)  # type: ignore[arg-type]
        except CellRouteError:
            return None

    def _all_examples(self) -> list[tuple[str, str, dict[str, object]]]:
        common = {"language": self._words.language}
        return [
            (
                self.tr("Knee osteoarthritis, asked for by vein"),
                self.tr("How many cells reach the knee by each way, and for how long"),
                {**common, "condition": "knee_osteoarthritis", "asked": "iv"},
            ),
            (
                self.tr("Heart attack, no catheter laboratory"),
                self.tr("What can be done here, and what needs a referral"),
                {**common, "condition": "acute_myocardial_infarction", "has": ("ultrasound", "ct")},
            ),
            (
                self.tr("Painful disc, on a blood thinner"),
                self.tr("What a caution changes, and when nothing reaches"),
                {
                    **common,
                    "condition": "lumbar_disc_degeneration",
                    "patient": {"anticoagulated_warfarin": "yes"},
                },
            ),
        ]

"""Version, date and making of the evidence, and what the program is and is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui import numbers, theme
from ui.widgets.basic import Scroll, button, label

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from ui.words import Words


class About(QDialog):
    """Read only."""

    def __init__(self, pack: Pack, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About the evidence"))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        scroll = Scroll()
        title = label(
            self.tr("Evidence pack {version} of {date}").format(version=pack.version, date=pack.date), "title"
        )
        scroll.column.addWidget(title)
        lines = [
            self.tr("Do not use it after {date}.").format(date=pack.expires),
            self.tr("Made by {who}. Paid for by: {funding}").format(who=pack.file.made_by, funding=pack.file.funding),
            self.tr(
                "{studies} studies, {measurements} measurements, {conditions} conditions, {procedures} procedures."
            ).format(
                studies=numbers.grouped(len(pack.studies)),
                measurements=numbers.grouped(len(pack.measurements)),
                conditions=numbers.grouped(len(pack.conditions)),
                procedures=numbers.grouped(len(pack.procedures)),
            ),
            self.tr(
                "CellRoute estimates how many injected cells are in the target. That is not how much a treatment "
                "helps. It supports a decision and makes none. It works without a network and stores nothing about a "
                "patient."
            ),
            self.tr(
                "Filled marks: cells were counted. Hollow and hatched marks: a model, or a measured needle with "
                "assumed staying."
            ),
            self.tr("Digest of the pack: {digest}").format(digest=pack.sha256 or "–"),
        ]
        for line in lines:
            scroll.column.addWidget(label(line, wrap=True, select=True))
        scroll.column.addStretch(1)
        column.addWidget(scroll, 1)
        column.addWidget(button(self.tr("Close"), "", self.accept), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme.px(560), theme.px(360))

"""How the program looks and where it is used; asked in short at the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basic import Check, Combo, Scroll, Spin, beside, button, label
from ui.widgets.chips import Segmented

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from ui.settings import SettingsFile
    from ui.words import Words


class Preferences(QDialog):
    """Every change counts at once: `changed`."""

    changed = Signal()

    def __init__(
        self, pack: Pack, words: Words, settings: SettingsFile, parent: QWidget | None = None, *, first: bool = False
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Welcome to CellRoute") if first else self.tr("Preferences"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 14)
        scroll = Scroll()
        column = scroll.column
        column.setSpacing(theme.px(6))
        if first:
            column.addWidget(label(self.tr("Where do you work?"), "title"))
            column.addWidget(
                label(
                    self.tr("Approvals are looked up for this place. You can change it at any time."),
                    "muted",
                    wrap=True,
                )
            )
        self.jurisdiction = Combo(self.tr("Place whose approvals count"))
        self.jurisdiction.addItem(self.tr("Anywhere"), None)
        for one in pack.file.jurisdictions:
            self.jurisdiction.addItem(words.name("jurisdiction", one.id), one.id)
        self.jurisdiction.setCurrentIndex(max(0, self.jurisdiction.findData(settings.now.jurisdiction)))
        self.jurisdiction.activated.connect(lambda _i: self._set(jurisdiction=self.jurisdiction.currentData()))
        self.theme = Segmented(self.tr("Theme"))
        self.theme.set_options([
            ("system", self.tr("As the system"), self.tr("As the system")),
            ("light", self.tr("Light"), self.tr("Light")),
            ("dark", self.tr("Dark"), self.tr("Dark")),
            ("contrast", self.tr("High contrast"), self.tr("High contrast")),
        ])  # fmt: skip
        self.theme.set_value(settings.now.theme)
        self.theme.chosen.connect(lambda id: self._set(theme=id))
        self.text_size = Spin(self.tr("Text size in per cent"), 80, 200)
        self.text_size.setSingleStep(10)
        self.text_size.setSuffix(" %")
        self.text_size.setValue(settings.now.text_size)
        self.text_size.valueChanged.connect(lambda value: self._set(text_size=value))
        self.text_size.setFixedWidth(theme.px(90))
        self.language = Segmented(self.tr("Language (from the next start)"))
        names = {"en": "English", "es": "Español"}
        self.language.set_options([(one, names.get(one, one), names.get(one, one)) for one in pack.languages()])
        self.language.set_value(settings.now.language or words.language)
        self.language.chosen.connect(lambda id: self._set(language=id))
        self.paper = Segmented(self.tr("Paper"))
        self.paper.set_options([("a4", "A4", "A4"), ("letter", self.tr("Letter"), self.tr("Letter"))])
        self.paper.set_value(settings.now.paper)
        self.paper.chosen.connect(lambda id: self._set(paper=id))
        self.still = Check(self.tr("Reduced motion: rows do not glide"))
        self.still.setChecked(settings.now.reduced_motion)
        self.still.toggled.connect(lambda on: self._set(reduced_motion=on))
        self.letterhead = QPlainTextEdit(settings.now.letterhead)
        self.letterhead.setFixedHeight(theme.px(64))
        self.letterhead.setTabChangesFocus(True)
        self.letterhead.setAccessibleName(self.tr("Letterhead of the handout"))
        shown: list[tuple[str, QWidget]] = [(self.tr("Place whose approvals count"), self.jurisdiction)]
        shown.append((self.tr("Language (from the next start)"), self.language))
        shown.append((self.tr("Theme"), self.theme))
        if not first:
            shown += [
                (self.tr("Text size"), self.text_size),
                (self.tr("Paper"), self.paper),
                (self.tr("Letterhead of the handout"), self.letterhead),
                ("", self.still),
            ]
        for title, widget in shown:
            if title:
                column.addWidget(label(title, "heading"))
            column.addWidget(widget)
        column.addStretch(1)
        outer.addWidget(scroll, 1)
        self.close_button = button(self.tr("Begin") if first else self.tr("Close"), "primary", self.accept)
        self.close_button.setDefault(True)  # Enter begins, wherever the focus is
        line = beside(self.close_button)
        line.insertStretch(0, 1)
        outer.addLayout(line)
        self.resize(theme.px(460), theme.px(330 if first else 520))

    def _set(self, **fields: object) -> None:
        self._settings.change(**fields)
        self.changed.emit()

    def done(self, result: int) -> None:
        if self.letterhead.toPlainText() != self._settings.now.letterhead:
            self._settings.change(letterhead=self.letterhead.toPlainText()[:400])
        super().done(result)

"""How the program looks and where it is used; asked in short at the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basic import Check, Combo, Scroll, Spin, beside, button, empty, label
from ui.widgets.joined import Segmented
from ui.words import OWN_NAMES

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from ui.settings import SettingsFile
    from ui.words import Words


class Preferences(QDialog):
    """Every change counts at once: `changed`; `moved` with another place whose approvals count (null: any).

    `told_otherwise` when language or figures are to be said anew.
    """

    changed = Signal()
    moved = Signal(object)
    told_otherwise = Signal()

    def __init__(
        self, pack: Pack, words: Words, settings: SettingsFile, parent: QWidget | None = None, *, first: bool = False
    ) -> None:
        super().__init__(parent)
        self._pack, self._settings, self._first = pack, settings, first
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(20, 16, 20, 14)
        self._fill(words)
        room = parent.size() if parent is not None else self.size()
        wanted = theme.px(400 if first else 640)
        self.resize(min(theme.px(500), room.width() - 40), min(wanted, max(300, room.height() - 40)))

    def tell(self, words: Words) -> None:
        """Say everything anew in the language of the words; what has the focus keeps it."""
        self._keep_letterhead()
        held = self.focusWidget()
        joined = ((name, getattr(self, name, None)) for name in ("language", "unit"))
        had = next(
            (name for name, one in joined if one is not None and held is not None and one.isAncestorOf(held)), ""
        )
        empty(self._outer)
        self._fill(words)
        if had:
            getattr(self, had).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- building

    def _fill(self, words: Words) -> None:
        first = self._first
        self.setWindowTitle(self.tr("Welcome to CellRoute") if first else self.tr("Preferences"))
        self.scroll = Scroll()
        self.scroll.column.setContentsMargins(0, 0, theme.px(8), 0)
        self.scroll.column.setSpacing(theme.px(6))
        if first:
            self.scroll.column.addWidget(label(self.tr("Where do you work?"), "title"))
            why = self.tr("Approvals are looked up for this place. You can change it at any time.")
            self.scroll.column.addWidget(label(why, "muted", wrap=True))
        self._make_place(words)
        self._make_language(words)
        self._make_look()
        if not first:
            self._make_figures()
            self._make_paper()
        self.scroll.column.addStretch(1)
        self._outer.addWidget(self.scroll, 1)
        self.close_button = button(self.tr("Begin") if first else self.tr("Close"), "primary", self.accept)
        self.close_button.setDefault(True)  # Enter begins, wherever the focus is
        line = beside(self.close_button)
        line.insertStretch(0, 1)
        line.setContentsMargins(0, 0, theme.px(8), 0)  # under the fields, which leave room for a scroll bar
        self._outer.addLayout(line)

    def _add(self, title: str, widget: QWidget, hint: str = "") -> None:
        if title:
            heading = label(title, "heading")
            heading.setBuddy(widget)
            self.scroll.column.addWidget(heading)
        self.scroll.column.addWidget(widget)
        if hint:
            self.scroll.column.addWidget(label(hint, "small", wrap=True))

    def _make_place(self, words: Words) -> None:
        self.jurisdiction = Combo(self.tr("Place whose approvals count"))
        self.jurisdiction.addItem(self.tr("Anywhere"), None)
        for one in self._pack.file.jurisdictions:
            self.jurisdiction.addItem(words.name("jurisdiction", one.id), one.id)
        self.jurisdiction.setCurrentIndex(max(0, self.jurisdiction.findData(self._settings.now.jurisdiction)))
        self.jurisdiction.activated.connect(lambda _i: self._move(self.jurisdiction.currentData()))
        self._add(self.tr("Place whose approvals count"), self.jurisdiction)

    def _make_language(self, words: Words) -> None:
        self.language = Segmented(self.tr("Language"))
        names = [(one, OWN_NAMES.get(one, one)) for one in self._pack.languages()]
        self.language.set_options([(one, name, name) for one, name in names])
        self.language.set_value(words.language)
        self.language.chosen.connect(lambda id: self._tell(language=id))
        self._add(self.tr("Language"), self.language)

    def _make_look(self) -> None:
        self.theme = Segmented(self.tr("Theme"))
        self.theme.set_options([
            ("system", self.tr("As the system"), self.tr("As the system")),
            ("light", self.tr("Light"), self.tr("Light")),
            ("dark", self.tr("Dark"), self.tr("Dark")),
            ("contrast", self.tr("High contrast"), self.tr("High contrast")),
        ])  # fmt: skip
        self.theme.set_value(self._settings.now.theme)
        self.theme.chosen.connect(lambda id: self._set(theme=id))
        self._add(self.tr("Theme"), self.theme)
        if self._first:
            return
        self.text_size = Spin(self.tr("Text size in per cent"), 80, 200)
        self.text_size.setSingleStep(10)
        self.text_size.setSuffix(" %")
        self.text_size.setValue(self._settings.now.text_size)
        self.text_size.valueChanged.connect(lambda value: self._set(text_size=value))
        self.text_size.setFixedWidth(theme.px(84))
        self.text_size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        smaller = button("−", "", self.text_size.stepDown)
        larger = button("+", "", self.text_size.stepUp)
        for made, name in ((smaller, self.tr("Smaller text")), (larger, self.tr("Larger text"))):
            made.setAccessibleName(name)
            made.setToolTip(name)
        self.scroll.column.addWidget(label(self.tr("Text size"), "heading"))
        self.scroll.column.addLayout(beside(smaller, self.text_size, larger, stretch=True))
        self.still = Check(self.tr("Reduced motion: rows do not glide"))
        self.still.setChecked(self._settings.now.reduced_motion)
        self.still.toggled.connect(lambda on: self._set(reduced_motion=on))
        self._add("", self.still)

    def _make_figures(self) -> None:
        self.unit = Segmented(self.tr("Figures of the ranking and the pictures"))
        self.unit.set_options([
            ("cells", self.tr("Cells of a million"), self.tr("860 000 of 1 000 000 cells")),
            ("percent", self.tr("Per cent of the dose"), self.tr("86 % of the dose")),
        ])  # fmt: skip
        self.unit.set_value(self._settings.now.unit)
        self.unit.chosen.connect(lambda id: self._tell(unit=id))
        hint = self.tr("Sentences, the handout and the patient view always count cells of a million.")
        self._add(self.tr("Figures of the ranking and the pictures"), self.unit, hint)

    def _make_paper(self) -> None:
        self.paper = Segmented(self.tr("Paper"))
        self.paper.set_options([("a4", "A4", "A4"), ("letter", self.tr("Letter"), self.tr("Letter"))])
        self.paper.set_value(self._settings.now.paper)
        self.paper.chosen.connect(lambda id: self._set(paper=id))
        self._add(self.tr("Paper"), self.paper)
        self.letterhead = QPlainTextEdit(self._settings.now.letterhead)
        self.letterhead.setFixedHeight(theme.px(64))
        self.letterhead.setTabChangesFocus(True)
        self.letterhead.setAccessibleName(self.tr("Letterhead of the handout"))
        self._add(self.tr("Letterhead of the handout"), self.letterhead)

    # -- keeping

    def _set(self, **fields: object) -> None:
        self._settings.change(**fields)
        self.changed.emit()

    def _move(self, place: str | None) -> None:
        self._settings.change(jurisdiction=place)
        self.moved.emit(place)

    def _tell(self, **fields: object) -> None:
        self._settings.change(**fields)
        self.told_otherwise.emit()

    def _keep_letterhead(self) -> None:
        if not self._first:
            self._settings.change(letterhead=self.letterhead.toPlainText()[:400])

    def done(self, result: int) -> None:
        self._keep_letterhead()
        super().done(result)

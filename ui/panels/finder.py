"""Ctrl+K: one field for conditions, targets, routes, studies and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui import commands, search, theme
from ui.widgets.basic import label
from ui.widgets.search_field import Offer, SearchField

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from ui.words import Words

PENALTY = {"condition": 0.0, "command": 0.05, "target": 0.1, "route": 0.1, "study": 0.25}


class Finder(QDialog):
    """`chosen` carries kind and id."""

    chosen = Signal(str, str)

    def __init__(self, pack: Pack, words: Words, conditions: list[search.Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find anything"))
        self._entries = list(conditions)
        self._entries += [search.entry("command", one.id, one.said()) for one in commands.COMMANDS]
        for one in pack.file.targets:
            others = (_plain(one.id), *map(_plain, one.aliases))
            self._entries.append(search.entry("target", one.id, words.name("target", one.id), others))
        for route in pack.file.routes:
            others = (words.short("route", route.id), _plain(route.id), *map(_plain, route.aliases))
            self._entries.append(search.entry("route", route.id, words.name("route", route.id), others))
        for study in pack.file.studies:
            others = tuple(text for text in (study.title, study.doi, study.pmid) if text)
            self._entries.append(search.entry("study", study.id, words.short_citation(study.id), others))
        self._index = search.Index(self._entries)
        self._kinds = {
            "condition": self.tr("condition"),
            "command": self.tr("command"),
            "target": self.tr("target"),
            "route": self.tr("route"),
            "study": self.tr("study"),
        }
        self._shortcuts = {one.id: one.shortcuts[0] for one in commands.COMMANDS if one.shortcuts}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        self.field = SearchField(self.tr("Find anything"), self._find, self.tr("Nothing found."))
        self.field.setPlaceholderText(self.tr("Condition, target, route, study or command"))
        self.field.chosen.connect(self._take)
        column.addWidget(self.field)
        column.addWidget(label(self.tr("Arrows choose, Enter takes, Escape closes."), "small"))
        column.addStretch(1)
        room = parent.size() if parent is not None else self.size()
        self.resize(min(theme.px(620), room.width() - 40), min(theme.px(400), room.height() - 40))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        QTimer.singleShot(0, lambda: self.field.textEdited.emit(self.field.text()))

    def _find(self, text: str) -> list[Offer]:
        if not text.strip():
            hits = [search.Hit(one, one.name, 0.0) for one in self._entries if one.kind == "command"][:9]
        else:
            hits = self._index.find(text, 60)
            hits.sort(key=lambda hit: hit.cost + PENALTY[hit.entry.kind])
        offers = []
        for hit in hits[:9]:
            one = hit.entry
            why = hit.matched if hit.matched != one.name else ""
            aside = self._kinds[one.kind]
            if one.kind == "command" and one.id in self._shortcuts:
                aside = self._shortcuts[one.id]
            offers.append(Offer((one.kind, one.id), one.name, why, aside))
        return offers

    def _take(self, key: object) -> None:
        assert isinstance(key, tuple)
        self.accept()
        self.chosen.emit(*key)


def _plain(id: str) -> str:
    """An id in words; it is the name in the books ("hepatic artery"), where the screen says it plainly."""
    return id.replace("_", " ")

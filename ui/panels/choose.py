"""The left: condition, target, asked route, cells and dose, clinic, patient, and what counts how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from ui import search, theme
from ui.choices.section import Section
from ui.widgets.basic import Combo, Panel, Scroll, Spin, restyle
from ui.widgets.joined import Segmented
from ui.widgets.search_field import Offer, SearchField, TwoLines

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.store import Store
    from ui.widgets.body_map import BodyMap
    from ui.words import Words

#: Tissues that are often treated at more than one place.
MANY_SITES = ("joint", "tendon", "ligament", "meniscus", "cartilage", "disc", "bone", "muscle", "skin", "nerve")


class ChoosePanel(Panel):
    """Edits the consult; shows it again after every change. `clinic_changed` carries what the clinic has."""

    clinic_changed = Signal(object)

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack = pack
        self._store = store
        self._words = words
        self._shown: Consult | None = None
        self._entries: list[search.Entry] | None = None
        self._index: search.Index | None = None
        self.column.setContentsMargins(theme.INNER, theme.INNER - 4, theme.INNER - 4, theme.INNER - 6)
        self.scroll = Scroll()
        self.scroll.column.setContentsMargins(0, 0, theme.px(6), 0)
        self.scroll.column.setSpacing(2)
        self.column.addWidget(self.scroll)
        self.rest = QWidget()
        inner = QVBoxLayout(self.rest)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2)
        self._rest_column = inner
        self._make_condition()
        self.scroll.column.addWidget(self.rest)
        self.scroll.column.addStretch(1)
        self.rest.setVisible(False)

    @property
    def entries(self) -> list[search.Entry]:
        """Every condition with its words; made when first wanted."""
        if self._entries is None:
            self._entries = condition_entries(self._pack, self._words)
        return self._entries

    def complete(self) -> None:
        """Make everything under the condition; the first paint does without it."""
        inner = self._rest_column
        from ui.choices.cells import Cells
        from ui.choices.clinic import Clinic
        from ui.choices.patient import Patient
        from ui.choices.weights import Weights

        self.cells = Cells(self._pack, self._store, self._words)
        self.clinic = Clinic(self._pack, self._store, self._words)
        self.clinic.changed.connect(self.clinic_changed)
        self.patient = Patient(self._pack, self._store, self._words)
        self.weights = Weights(self._store, self._words)
        for section in (self._make_target(), self._make_route(), self.cells, self.clinic, self.patient, self.weights):
            inner.addWidget(section)
        self._store.chosen.connect(self.show_consult)
        self._fit_map()

    # -- building

    def _make_condition(self) -> None:
        section = Section(self.tr("Condition"))
        self.condition = SearchField(
            self.tr("Condition"), self._find, self.tr("Nothing found. Try another word or an ICD-10 code.")
        )
        self.condition.setObjectName("condition")
        self.condition.setPlaceholderText(self.tr("Name, plain word, ICD-10"))
        self.condition.chosen.connect(self._store.choose_condition)
        self.code = QLabel(self.condition)
        self.code.setProperty("tone", "muted")
        self.whole = TwoLines(self.condition)
        section.column.addWidget(self.condition)
        self.scroll.column.addWidget(section)
        # The code stands inside the field, at its right end.
        line = QHBoxLayout(self.condition)
        line.setContentsMargins(0, 0, 10, 0)
        line.addStretch(1)
        line.addWidget(self.code)
        self.code.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.condition.installEventFilter(self)
        self.condition.textChanged.connect(lambda _text: self._fit_code())
        self.condition.textChanged.connect(self._dress_condition)
        self._dress_condition("")

    def _dress_condition(self, text: str) -> None:
        """What is chosen is bold, what is only hinted at is not."""
        if self.condition.property("filled") is not bool(text):
            restyle(self.condition, filled=bool(text))

    def _make_target(self) -> QWidget:
        self.target_section = Section(self.tr("Target structure"))
        from ui import regions
        from ui.widgets.body_map import BodyMap

        self.map = BodyMap(self.tr("Body map"), regions.drawing())
        self.map.set_regions(regions.names(self._pack, self._words))
        self.map.setFixedHeight(theme.px(152))
        self.map.chosen.connect(self._choose_region)
        self.target_section.column.addWidget(self.map)
        self.target = Combo(self.tr("Target structure"))
        self.target_section.title.setBuddy(self.target)
        self.target.activated.connect(lambda _i: self._choose_target(self.target.currentData()))
        self.sites = Spin(self.tr("Number of sites; both sides are 2"), 1, 20)
        self.sites.setToolTip(self.tr("Number of sites; both sides are 2"))
        self.sites.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sites.valueChanged.connect(self._change_sites)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.target, 1)
        line.addWidget(self.sites)
        self.target_section.column.addLayout(line)
        return self.target_section

    def _make_route(self) -> QWidget:
        self.route_section = Section(self.tr("Route asked about"))
        self.route = Segmented(self.tr("Route asked about"), self.tr("Other"), optional=True)
        self.route.chosen.connect(lambda id: self._store.edit(asked=id, guidance=None))
        self.route_section.column.addWidget(self.route)
        return self.route_section

    # -- showing

    def show_consult(self, consult: Consult | None) -> None:
        """Show what is chosen."""
        before, self._shown = self._shown, consult
        self.rest.setVisible(consult is not None)
        if consult is None:
            self.condition.show_chosen("")
            self.code.setText("")
            return
        condition = self._pack.conditions[consult.condition]
        self.condition.show_chosen(self._words.name("condition", consult.condition))
        self.code.setText(condition.icd10[0])
        self.condition.setToolTip(self._words.name("condition", consult.condition))
        self._fit_code()
        if before is None or (before.condition, before.target) != (consult.condition, consult.target):
            self._fill_target(consult)
            self.patient.forget()
        touched = set(consult.touched)
        from ui import regions

        self.map.set_selected(regions.region_of(self._pack, consult.target), self._words.name("target", consult.target))
        self.target_section.assumed.setVisible("target" not in touched)
        self.route.set_value(consult.asked)
        self.sites.blockSignals(True)
        self.sites.setValue(consult.sites)
        self.sites.blockSignals(False)
        self.sites.setSuffix(self.tr(" site") if consult.sites == 1 else self.tr(" sites"))
        for section in (self.cells, self.clinic, self.patient, self.weights):
            section.show_consult(consult)

    def show_recommendation(self, recommendation: Recommendation) -> None:
        """Ask about the patient only what could move a listed procedure."""
        self.patient.show_recommendation(recommendation)
        self.weights.show_shares(recommendation)

    def _fill_target(self, consult: Consult) -> None:
        self.target.clear()
        for id in self._pack.conditions[consult.condition].targets:
            self.target.addItem(self._words.name("target", id), id)
        self.target.setCurrentIndex(self.target.findData(consult.target))
        target = self._pack.targets[consult.target]
        self.sites.setVisible(target.paired or target.tissue in MANY_SITES or consult.sites > 1)
        self._fit_sites()
        routes = dict.fromkeys(procedure.route for procedure in self._pack.procedures_of(consult.target))
        ordered = sorted(routes, key=lambda route: (route != "iv",))
        self.route.set_options([
            (route, self._words.short("route", route), self._words.name("route", route)) for route in ordered
        ])  # fmt: skip
        self.clinic.show_target(consult.target)

    # -- choosing

    def _find(self, text: str) -> list[Offer]:
        offers = []
        if self._index is None:
            self._index = search.Index(self.entries)
        for hit in self._index.find(text, len(self.entries)):
            why = hit.matched if hit.matched != hit.entry.name and hit.matched not in hit.entry.codes else ""
            offers.append(Offer(hit.entry.id, hit.entry.name, why, hit.entry.codes[0] if hit.entry.codes else ""))
        return offers

    def _choose_target(self, target: str) -> None:
        consult = self._store.consult
        if consult is None or target == consult.target:
            return
        routes = {procedure.route for procedure in self._pack.procedures_of(target)}
        keep = {} if consult.asked in routes or consult.asked is None else {"asked": None, "guidance": None}
        self._store.edit(target=target, **keep)

    def _choose_region(self, region: str) -> None:
        """Take the condition's target there; else offer the conditions that have one."""
        from ui import regions

        consult = self._store.consult
        there = regions.targets_in(self._pack, region)
        if consult is not None:
            for target in self._pack.conditions[consult.condition].targets:
                if target in there and target != consult.target:
                    self._choose_target(target)
                    return
        self.offer_conditions(region, self.map)

    def offer_conditions(self, region: str, over: BodyMap) -> QMenu:
        """A menu of the conditions that have a target in a region."""
        from ui import regions

        menu = QMenu(self)
        for id in regions.conditions_in(self._pack, region):
            action = menu.addAction(self._words.name("condition", id))
            action.triggered.connect(lambda _on=False, id=id: self._store.choose_condition(id))
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, menu.deleteLater))
        menu.popup(over.mapToGlobal(over.centre_of(region).toPoint()))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the column is short, the list of targets does without the map; where it is tall, the map grows."""
        super().resizeEvent(event)
        self._fit_map()
        self._fit_code()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "sites"):
            self._fit_sites()
            self._fit_map()

    def _fit_sites(self) -> None:
        self.sites.setFixedSize(theme.px(68), self.target.sizeHint().height())

    def _fit_code(self) -> None:
        """The code stands in the field behind its own name, where that leaves room for it."""
        own = self._shown is not None and self.condition.text() == self._words.name("condition", self._shown.condition)
        name = self.condition.fontMetrics().horizontalAdvance(self.condition.text())
        room = self.width() - theme.px(80) - self.code.fontMetrics().horizontalAdvance(self.code.text())
        self.code.setVisible(own and name <= room)
        long = own and name > self.condition.width() - 24 and not self.condition.hasFocus()
        self.whole.show_text(self.condition.text() if long else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A name that is longer than its field stands on two lines while nobody types there."""
        if watched is self.condition and event.type() in (
            QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize,
        ):  # fmt: skip
            QTimer.singleShot(0, self, self._fit_code)
        return super().eventFilter(watched, event)

    def _fit_map(self) -> None:
        if hasattr(self, "map"):
            high = self.height()
            self.map.setVisible(high >= theme.px(650))
            self.map.setFixedHeight(min(theme.px(300), max(theme.px(152), high - theme.px(740))))
            self.patient.set_short(high < theme.px(720))

    def _change_sites(self, value: int) -> None:
        if self._store.consult is not None and value != self._store.consult.sites:
            self._store.edit("sites", sites=value)


def condition_entries(pack: Pack, words: Words) -> list[search.Entry]:
    """Every condition, in the pack's order (usual ones first), with every word that it can be found by."""
    entries = []
    for condition in pack.file.conditions:
        others = (
            *words.list(f"condition.{condition.id}.synonyms"),
            *words.list(f"condition.{condition.id}.plain"),
            *(words.name("target", target) for target in condition.targets),
        )
        entries.append(
            search.entry("condition", condition.id, words.name("condition", condition.id), others, condition.icd10)
        )
    return entries

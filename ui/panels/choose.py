"""The left: condition, target, asked route, cells and dose, clinic, patient, and what counts how much."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from core.consult import CRITERIA, LARGEST_DOSE, SMALLEST_DOSE, checked_dose, offered_cells
from core.errors import InputError
from ui import numbers, search, theme
from ui.widgets.basic import Combo, FlowLayout, Panel, Scroll, Slider, Spin, beside, button, empty, label, restyle
from ui.widgets.chips import AnswerChip, Chip, Segmented
from ui.widgets.search_field import Offer, SearchField

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.store import Store
    from ui.widgets.body_map import BodyMap
    from ui.words import Words

PRESET_WEIGHTS = {"delivery_first": 80, "balanced": 60, "least_burden": 20}
#: Tissues that are often treated at more than one place.
MANY_SITES = ("joint", "tendon", "ligament", "meniscus", "cartilage", "disc", "bone", "muscle", "skin", "nerve")
FEW_FACTORS = 5
DOSE_STEPS = 40  # of the dose slider, for each power of ten
SLIDER_LOW, SLIDER_HIGH = 5, 10  # powers of ten of the dose slider; the field takes any dose


class Section(QWidget):
    """A heading with "assumed" beside it, and what belongs to it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, theme.px(5))
        self.column.setSpacing(4)
        self.title = label(title, "heading")
        self.assumed = label(self.tr("assumed"), "muted")
        self.assumed.setFont(theme.font(theme.SMALL))
        line = beside(self.title)
        line.addStretch(1)
        line.addWidget(self.assumed)
        self.assumed.hide()
        self.column.addLayout(line)


class ChoosePanel(Panel):
    """Edits the consult; shows it again after every change. `clinic_changed` carries what the clinic has."""

    clinic_changed = Signal(object)

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pack = pack
        self._store = store
        self._words = words
        self._shown: Consult | None = None
        self._more_factors = False
        self._asking: tuple[str, ...] = ()
        self._entries: list[search.Entry] | None = None
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
        for make in (
            self._make_target, self._make_route, self._make_cells, self._make_clinic, self._make_patient,
            self._make_weights,
        ):  # fmt: skip
            inner.addWidget(make())
        self._store.chosen.connect(self.show_consult)
        self._fit_map()

    # -- building

    def _make_condition(self) -> None:
        section = Section(self.tr("Condition"))
        self.condition = SearchField(
            self.tr("Condition"), self._find, self.tr("Nothing found. Try another word or an ICD-10 code.")
        )
        self.condition.setObjectName("condition")
        self.condition.setPlaceholderText(self.tr("Name, plain word or ICD-10 code"))
        self.condition.chosen.connect(self._store.choose_condition)
        self.code = QLabel(self.condition)
        self.code.setProperty("tone", "muted")
        section.column.addWidget(self.condition)
        self.scroll.column.addWidget(section)
        # The code stands inside the field, at its right end.
        line = QHBoxLayout(self.condition)
        line.setContentsMargins(0, 0, 10, 0)
        line.addStretch(1)
        line.addWidget(self.code)
        self.code.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.condition.textEdited.connect(lambda _text: self.code.hide())

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
        self.target.activated.connect(lambda _i: self._choose_target(self.target.currentData()))
        self.sites = Spin(self.tr("Number of sites; both sides are 2"), 1, 20)
        self.sites.setToolTip(self.tr("Number of sites; both sides are 2"))
        self.sites.setFixedWidth(theme.px(72))
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

    def _make_cells(self) -> QWidget:
        self.cells_section = Section(self.tr("Cells and dose"))
        self.cells = Combo(self.tr("Cells"))
        for id in offered_cells(self._pack):
            self.cells.addItem(self._words.name("cells", id), id)
        self.cells.activated.connect(lambda _i: self._store.edit(cells=self.cells.currentData()))
        self.dose = QLineEdit()
        self.dose.setAccessibleName(self.tr("Dose: cells in all"))
        self.dose.setToolTip(self.tr("Cells in all. Write 10 million, 2.5e6 or 250 000."))
        self.dose.editingFinished.connect(self._read_dose)
        self.dose.textEdited.connect(lambda _t: restyle(self.dose, wrong=False))
        self.dose_slider = Slider(
            self.tr("Dose on a logarithmic scale"), SLIDER_LOW * DOSE_STEPS, SLIDER_HIGH * DOSE_STEPS
        )
        self.dose_slider.valueChanged.connect(self._slide_dose)
        self.dose_slider.sliderReleased.connect(self._store.settle)
        self.dose_said = label("", "muted", wrap=True)
        self.dose_said.setFont(theme.font(theme.SMALL))
        self.dose.setMinimumWidth(theme.px(96))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.dose, 3)
        line.addWidget(self.dose_slider, 4)
        self.cells_section.column.addWidget(self.cells)
        self.cells_section.column.addLayout(line)
        self.cells_section.column.addWidget(self.dose_said)
        return self.cells_section

    def _make_clinic(self) -> QWidget:
        self.clinic_section = Section(self.tr("This clinic has"))
        holder = QWidget()
        self.clinic = FlowLayout(holder)
        self.clinic_section.column.addWidget(holder)
        self.chips: dict[str, Chip] = {}
        return self.clinic_section

    def _make_patient(self) -> QWidget:
        self.patient_section = Section(self.tr("This patient"))
        holder = QWidget()
        self.patient = FlowLayout(holder)
        self.patient_section.column.addWidget(holder)
        self.answers: dict[str, AnswerChip] = {}
        self.none_of_these = button(
            self.tr("None of these"), "link", self._answer_none, self.tr("Answers no to everything not yet asked")
        )
        self.more_factors = button("", "link", self._toggle_factors)
        line = beside(self.none_of_these, self.more_factors, stretch=True)
        self.patient_section.column.addLayout(line)
        return self.patient_section

    def _make_weights(self) -> QWidget:
        self.weights_section = Section(self.tr("What counts"))
        self.preset = Segmented(self.tr("What counts"), self.tr("Own"))
        self.preset.set_options([
            ("delivery_first", self.tr("Delivery"), self.tr("Delivered cells first: 80 of 100")),
            ("balanced", self.tr("Balanced"), self.tr("Balanced: delivered cells 60 of 100")),
            ("least_burden", self.tr("Least burden"), self.tr("Least burden: delivered cells 20 of 100")),
        ])  # fmt: skip
        self.preset.chosen.connect(lambda id: self._store.edit(preset=id, weights=None))
        self.weights_section.column.addWidget(self.preset)
        self.show_weights = button(self.tr("Weigh it yourself"), "link", self._toggle_weights)
        self.weights_section.column.addLayout(beside(self.show_weights, stretch=True))
        self.weights = QWidget()
        column = QVBoxLayout(self.weights)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self.sliders: dict[str, Slider] = {}
        self.weight_values: dict[str, QLabel] = {}
        for criterion in CRITERIA:
            name = self._words.first(f"say.criterion_{criterion}", fallback=criterion)
            name = name[:1].upper() + name[1:]
            slider = Slider(self.tr("Weight of {criterion}").format(criterion=name), 0, 100)
            slider.valueChanged.connect(lambda value, criterion=criterion: self._slide_weight(criterion, value))
            slider.sliderReleased.connect(self._store.settle)
            value = label("")
            value.setMinimumWidth(theme.px(26))
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            said = label(name, "muted", wrap=True)
            said.setFont(theme.font(theme.SMALL))
            column.addWidget(said)
            line = beside(slider, value)
            column.addLayout(line)
            self.sliders[criterion] = slider
            self.weight_values[criterion] = value
        self.weights.hide()
        self.weights_section.column.addWidget(self.weights)
        return self.weights_section

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
        self._fit_code()
        if before is None or (before.condition, before.target) != (consult.condition, consult.target):
            self._fill_target(consult)
            self._more_factors = False
        touched = set(consult.touched)
        from ui import regions

        self.map.set_selected(regions.region_of(self._pack, consult.target), self._words.name("target", consult.target))
        self.target_section.assumed.setVisible("target" not in touched)
        self.route.set_value(consult.asked)
        self.cells.setCurrentIndex(self.cells.findData(consult.cells))
        self._show_dose(consult)
        self.cells_section.assumed.setVisible(not {"cells", "dose"} & touched)
        self._show_clinic(consult)
        self._show_weights(consult)
        self._show_answers(consult)

    def show_recommendation(self, recommendation: Recommendation) -> None:
        """Ask about the patient only what could move a listed procedure."""
        given = [factor for factor in self._asking if factor in recommendation.consult.patient]
        given += [factor for factor in recommendation.consult.patient if factor not in given]
        wanted = [*given, *(factor for factor in recommendation.open_questions if factor not in given)]
        if set(wanted) != set(self._asking):
            self._asking = tuple(wanted)
            self._fill_patient()
        self._show_answers(recommendation.consult)
        shown = self._pack.jurisdictions.get(recommendation.consult.jurisdiction or "")
        self.patient_section.setVisible(bool(wanted) and (shown is None or shown.factors_shown))
        if not self.weights.isHidden():
            self._show_shares(recommendation)

    def show_weights_of(self, recommendation: Recommendation) -> None:
        """Show the shares that were used, while a slider moves."""
        if not self.weights.isHidden():
            self._show_shares(recommendation)

    def _fill_target(self, consult: Consult) -> None:
        self.target.clear()
        for id in self._pack.conditions[consult.condition].targets:
            self.target.addItem(self._words.name("target", id), id)
        self.target.setCurrentIndex(self.target.findData(consult.target))
        target = self._pack.targets[consult.target]
        self.sites.setVisible(target.paired or target.tissue in MANY_SITES or consult.sites > 1)
        self.sites.setFixedHeight(self.target.sizeHint().height())
        routes = dict.fromkeys(procedure.route for procedure in self._pack.procedures_of(consult.target))
        ordered = sorted(routes, key=lambda route: (route != "iv",))
        self.route.set_options([
            (route, self._words.short("route", route), self._words.name("route", route)) for route in ordered
        ])  # fmt: skip
        empty(self.clinic)
        self.chips.clear()
        for id in clinic_capabilities(self._pack, consult.target):
            chip = Chip(self._words.short("capability", id), self._words.name("capability", id))
            chip.clicked.connect(lambda _on=False: self._change_clinic())
            self.clinic.addWidget(chip)
            self.chips[id] = chip
        self.clinic_section.setVisible(bool(self.chips))

    def _show_dose(self, consult: Consult) -> None:
        text = numbers.dose(consult.dose, self._words.language)
        if not (self.dose.hasFocus() and self.dose.isModified()):
            self.dose.setText(text)
        restyle(self.dose, wrong=False)
        for widget, value in (
            (self.dose_slider, round(math.log10(consult.dose) * DOSE_STEPS)),
            (self.sites, consult.sites),
        ):
            widget.blockSignals(True)
            widget.setValue(value)  # type: ignore[union-attr]
            widget.blockSignals(False)
        self.sites.setSuffix(self.tr(" site") if consult.sites == 1 else self.tr(" sites"))
        self.dose_said.setVisible(consult.sites > 1)
        said = ""
        if consult.sites > 1:
            each = numbers.dose(consult.dose / consult.sites, self._words.language)
            said = self.tr("{cells} cells in all, {each} at each of {sites} sites").format(
                cells=numbers.grouped(consult.dose), each=each, sites=consult.sites
            )
        self.dose_said.setText(said)
        restyle(self.dose_said, tone="muted")

    def _show_clinic(self, consult: Consult) -> None:
        for id, chip in self.chips.items():
            chip.setChecked(consult.has is None or id in consult.has)
        self.clinic_section.assumed.setVisible(consult.has is None)

    def _show_weights(self, consult: Consult) -> None:
        self.preset.set_value(None if consult.preset == "own" else consult.preset)
        if consult.weights is not None:
            self._set_sliders(consult.weights)

    def _show_shares(self, recommendation: Recommendation) -> None:
        if recommendation.consult.weights is None:
            self._set_sliders(recommendation.weights)
        for criterion, share in recommendation.weights.items():
            if criterion in self.weight_values:
                self.weight_values[criterion].setText(f"{share:.0f}")

    def _set_sliders(self, weights: dict[str, float]) -> None:
        top = max(100.0, *weights.values())
        for criterion, slider in self.sliders.items():
            if not slider.isSliderDown():
                slider.blockSignals(True)
                slider.setValue(round(weights.get(criterion, 0.0) * 100 / top))
                slider.blockSignals(False)

    def _fill_patient(self) -> None:
        empty(self.patient)
        self.answers.clear()
        words = (self.tr("not asked"), self.tr("yes"), self.tr("no"))
        for place, factor in enumerate(self._asking):
            hint = self._words.first(f"factor.{factor}.question", f"factor.{factor}.name")
            chip = AnswerChip(self._words.short("factor", factor), words, hint)
            chip.answered.connect(lambda answer, factor=factor: self._answer(factor, answer))
            self.patient.addWidget(chip)
            self.answers[factor] = chip
            chip.setVisible(self._more_factors or place < FEW_FACTORS)
        hidden = len(self._asking) - FEW_FACTORS
        self.more_factors.setVisible(hidden > 0)
        self.more_factors.setText(self.tr("Fewer") if self._more_factors else self.tr("%n more", "", max(0, hidden)))

    def _show_answers(self, consult: Consult) -> None:
        for factor, chip in self.answers.items():
            chip.set_answer(consult.patient.get(factor))
        self.none_of_these.setEnabled(any(factor not in consult.patient for factor in self.answers))

    # -- choosing

    def _find(self, text: str) -> list[Offer]:
        offers = []
        for hit in search.find(text, self.entries, 40):
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
        """Where the column is short, the list of targets does without the map."""
        super().resizeEvent(event)
        self._fit_map()
        self._fit_code()

    def _fit_code(self) -> None:
        """The code stands in the field where the name leaves room for it."""
        name = self.condition.fontMetrics().horizontalAdvance(self.condition.text())
        room = self.width() - theme.px(80) - self.code.fontMetrics().horizontalAdvance(self.code.text())
        self.code.setVisible(bool(self.condition.text()) and name <= room)

    def _fit_map(self) -> None:
        if hasattr(self, "map"):
            self.map.setVisible(self.height() >= theme.px(650))

    def _read_dose(self) -> None:
        if self._store.consult is None or not self.dose.isModified():
            return
        try:
            value = checked_dose(numbers.parse_cells(self.dose.text()))
        except InputError as error:
            restyle(self.dose, wrong=True)
            self.dose_said.setText(str(error))
            self.dose_said.show()
            restyle(self.dose_said, tone="warn")
            return
        self.dose.setModified(False)
        if value == self._store.consult.dose:
            self._show_dose(self._store.consult)
        else:
            self._store.edit(dose=value)

    def _slide_dose(self, value: int) -> None:
        dose = numbers.rounded(10 ** (value / DOSE_STEPS))
        self._store.edit("dose", dose=min(max(dose, SMALLEST_DOSE), LARGEST_DOSE))

    def _change_sites(self, value: int) -> None:
        if self._store.consult is not None and value != self._store.consult.sites:
            self._store.edit("sites", sites=value)

    def _change_clinic(self) -> None:
        consult = self._store.consult
        if consult is None:
            return
        had = set(self._pack.capabilities) if consult.has is None else set(consult.has)
        for id, chip in self.chips.items():
            (had.add if chip.isChecked() else had.discard)(id)
        had = without_implied(self._pack, had, set(self.chips))
        self.clinic_changed.emit(tuple(sorted(had)))
        self._store.edit(has=tuple(sorted(had)))

    def _answer(self, factor: str, answer: str | None) -> None:
        consult = self._store.consult
        if consult is None:
            return
        patient = {key: value for key, value in consult.patient.items() if key != factor}
        if answer is not None:
            patient[factor] = answer  # type: ignore[assignment]
        self._store.edit(patient=dict(sorted(patient.items())))

    def _answer_none(self) -> None:
        consult = self._store.consult
        if consult is not None:
            nos = {factor: "no" for factor in self._asking if factor not in consult.patient}
            self._store.edit(patient=dict(sorted({**consult.patient, **nos}.items())))

    def _toggle_factors(self) -> None:
        self._more_factors = not self._more_factors
        self._fill_patient()
        if self._store.consult is not None:
            self._show_answers(self._store.consult)

    def _toggle_weights(self) -> None:
        self.weights.setVisible(self.weights.isHidden())
        self.show_weights.setText(
            self.tr("Weigh it yourself") if self.weights.isHidden() else self.tr("Hide the weights")
        )
        if self._store.recommendation is not None:
            self._show_shares(self._store.recommendation)

    def _slide_weight(self, criterion: str, value: int) -> None:
        weights = {name: float(slider.value()) for name, slider in self.sliders.items()}
        if any(weights.values()):
            self._store.edit("weights", weights=weights, preset="own")
        else:
            self.sliders[criterion].setValue(1)


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


def clinic_capabilities(pack: Pack, target: str) -> list[str]:
    """What a clinic can be asked for: machines and rooms that a procedure of the target needs."""
    needed: set[str] = set()
    for procedure in pack.procedures_of(target):
        needed.update(need.id for need in procedure.needs if need.level == "required")
        needed.update(pack.guidances[procedure.guidance].needs)
    for id in list(needed):
        capability = pack.capabilities.get(id)
        if capability is not None and capability.comes_with and not set(capability.comes_with) & needed:
            needed.update(capability.comes_with)
    return [
        capability.id
        for capability in pack.file.capabilities
        if capability.id in needed and not capability.plain and capability.kind in ("imaging", "setting", "device")
        and not capability.comes_with
    ]  # fmt: skip


def without_implied(pack: Pack, had: set[str], shown: set[str]) -> set[str]:
    """Capabilities less the operators that come with a machine which is gone; what brings another one brings it."""
    kept = set(had)
    for capability in pack.file.capabilities:
        if capability.comes_with and capability.id not in shown:
            if set(capability.comes_with) & had:
                kept.add(capability.id)
            else:
                kept.discard(capability.id)
    return kept

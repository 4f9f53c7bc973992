"""Kind of cells and dose: a field that reads a number of cells in words, and a slider on a log scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.consult import LARGEST_DOSE, SMALLEST_DOSE, checked_dose, offered_cells
from core.errors import InputError
from ui import numbers, theme
from ui.choices.section import Section
from ui.widgets.basic import Combo, Slider, label, restyle

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack.pack import Pack
    from ui.store import Store
    from ui.words import Words

STEPS = 40  # of the slider, for each power of ten
LOW, HIGH = 5, 10  # powers of ten of the slider; the field takes any dose


class Cells(Section):
    """What cannot be read as one number is refused in words, never taken as another value."""

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Cells and dose"), parent)
        self._store, self._words = store, words
        self.cells = Combo(self.tr("Cells"))
        for id in offered_cells(pack):
            self.cells.addItem(words.name("cells", id), id)
        self.title.setBuddy(self.cells)
        self.cells.activated.connect(lambda _i: store.edit(cells=self.cells.currentData()))
        self.dose = QLineEdit()
        self.dose.setAccessibleName(self.tr("Dose: cells in all"))
        self.dose.setToolTip(self.tr("Cells in all. Write 10 million, 2.5e6 or 250 000."))
        self.dose.editingFinished.connect(self._read)
        self.dose.textEdited.connect(lambda _t: restyle(self.dose, wrong=False))
        self.dose.installEventFilter(self)
        self.dose.setMinimumWidth(theme.px(96))
        self.slider = Slider(self.tr("Dose on a logarithmic scale"), LOW * STEPS, HIGH * STEPS)
        self.slider.valueChanged.connect(self._slide)
        self.slider.sliderReleased.connect(store.settle)
        self.said = label("", "small", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.dose, 3)
        line.addWidget(self.slider, 4)
        self.column.addWidget(self.cells)
        self.column.addLayout(line)
        self.column.addWidget(self.said)

    def show_consult(self, consult: Consult) -> None:
        """Show kind and dose as they were understood."""
        self.cells.setCurrentIndex(self.cells.findData(consult.cells))
        self.assumed.setVisible(not {"cells", "dose"} & set(consult.touched))
        if not (self.dose.hasFocus() and self.dose.isModified()):
            self.dose.setText(numbers.dose(consult.dose, self._words.language))
        restyle(self.dose, wrong=False)
        self.slider.blockSignals(True)
        self.slider.setValue(round(math.log10(consult.dose) * STEPS))
        self.slider.blockSignals(False)
        self.said.setVisible(consult.sites > 1)
        restyle(self.said, tone="small")
        if consult.sites > 1:
            each = numbers.dose(consult.dose / consult.sites, self._words.language)
            self.said.setText(
                self.tr("{cells} cells in all, {each} at each of {sites} sites").format(
                    cells=numbers.grouped(consult.dose), each=each, sites=consult.sites
                )
            )

    def _read(self) -> None:
        if self._store.consult is None or not self.dose.isModified():
            return
        try:
            value = checked_dose(numbers.parse_cells(self.dose.text()))
        except InputError as error:
            restyle(self.dose, wrong=True)
            counts = self.tr("{dose} still counts; Escape brings it back.").format(
                dose=numbers.dose(self._store.consult.dose, self._words.language)
            )
            self.said.setText(f"{error} {counts}")
            self.said.show()
            restyle(self.said, tone="warn")
            return
        self.dose.setModified(False)
        if value == self._store.consult.dose:
            self.show_consult(self._store.consult)
        else:
            self._store.edit(dose=value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in the dose brings back what counts."""
        if watched is self.dose and event.type() == QEvent.Type.KeyPress and self._store.consult is not None:
            assert isinstance(event, QKeyEvent)
            if event.key() == Qt.Key.Key_Escape and self.dose.isModified():
                self.dose.setModified(False)
                self.show_consult(self._store.consult)
                return True
        return False

    def _slide(self, value: int) -> None:
        dose = numbers.rounded(10 ** (value / STEPS))
        self._store.edit("dose", dose=min(max(dose, SMALLEST_DOSE), LARGEST_DOSE))

"""What the clinic has: a switch for each machine and room that a procedure of the target needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.choices.section import Section
from ui.widgets.basic import FlowLayout, empty
from ui.widgets.chips import Chip

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack.pack import Pack
    from ui.store import Store
    from ui.words import Words


class Clinic(Section):
    """`changed` carries the capability ids, to be remembered."""

    changed = Signal(object)

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("This clinic has"), parent)
        self._pack, self._store, self._words = pack, store, words
        holder = QWidget()
        self._flow = FlowLayout(holder)
        self.column.addWidget(holder)
        self.chips: dict[str, Chip] = {}

    def show_target(self, target: str) -> None:
        """Offer what the procedures of a target need."""
        empty(self._flow)
        self.chips.clear()
        for id in asked_of_clinic(self._pack, target):
            chip = Chip(self._words.short("capability", id), self._words.name("capability", id))
            chip.toggled.connect(lambda _on, id=id: self._switch(id))  # a screen reader turns it without a click
            self._flow.addWidget(chip)
            self.chips[id] = chip
        self.setVisible(bool(self.chips))

    def show_consult(self, consult: Consult) -> None:
        """Show what is there, with what each of it brings (a catheter laboratory brings fluoroscopy)."""
        from core.ranking.constraints import available  # late: nothing is chosen at the start

        there = available(self._pack, consult.has)
        for id, chip in self.chips.items():
            if chip.isChecked() != (id in there):  # Qt would lay it out anew for the same state too
                chip.blockSignals(True)
                chip.setChecked(id in there)
                chip.blockSignals(False)
        self.assumed.setVisible(consult.has is None)

    def _switch(self, id: str) -> None:
        consult = self._store.consult
        if consult is None:
            return
        had = set(self._pack.capabilities) if consult.has is None else set(consult.has)
        has = tuple(sorted(switched(self._pack, had, id, on=self.chips[id].isChecked())))
        self.changed.emit(has)
        self._store.edit(has=has)


def asked_of_clinic(pack: Pack, target: str) -> list[str]:
    """Machines and rooms that a procedure of the target needs; people come with them."""
    needed: set[str] = set()
    for procedure in pack.procedures_of(target):
        needed.update(need.id for need in procedure.needs if need.level == "required")
        needed.update(pack.guidances[procedure.guidance].needs)
    for id in list(needed):
        capability = pack.capabilities.get(id)
        if capability is not None and capability.comes_with and not set(capability.comes_with) & needed:
            needed.update(capability.comes_with)
    return [
        one.id
        for one in pack.file.capabilities
        if one.id in needed and not one.plain and one.kind != "operator" and not one.comes_with
    ]


def switched(pack: Pack, had: set[str], id: str, *, on: bool) -> set[str]:
    """What is there after a switch: what brings a thing that is gone goes too, people come with their machines."""
    has = set(had)
    if on:
        has.add(id)
    else:
        has -= {id, *(one.id for one in pack.file.capabilities if id in one.includes)}
    for one in pack.file.capabilities:
        if one.comes_with:
            (has.add if set(one.comes_with) & has else has.discard)(one.id)
    return has

"""What is true of the patient: only questions that could move a listed procedure, each yes, no or not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.choices.section import Section
from ui.widgets.basic import FlowLayout, beside, button, empty, label
from ui.widgets.chips import AnswerChip

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.store import Store
    from ui.words import Words

FEW, FEWEST = 5, 3  # the second where the column is short


class Patient(Section):
    """A few questions are shown, the others behind a button; one button answers no to all that were not asked."""

    def __init__(self, pack: Pack, store: Store, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("This patient"), parent)
        self._pack, self._store, self._words = pack, store, words
        self._asking: tuple[str, ...] = ()
        self._all = False
        self._few = FEW
        self.doubts = label("", "warn", wrap=True, select=True)
        self.doubts.hide()
        self.column.addWidget(self.doubts)
        holder = QWidget()
        self._flow = FlowLayout(holder)
        self.column.addWidget(holder)
        self.answers: dict[str, AnswerChip] = {}
        self.none_of_these = button(
            self.tr("None of these"), "link", self._answer_none, self.tr("Answers no to everything not yet asked")
        )
        self.more = button("", "link", self._toggle)
        self.column.addLayout(beside(self.none_of_these, self.more, stretch=True))

    def forget(self) -> None:
        """Begin with the few again."""
        self._all = False

    def set_short(self, short: bool) -> None:
        """Begin with fewer questions where there is little height."""
        few = FEWEST if short else FEW
        if few != self._few:
            self._few = few
            self._show_few()

    def show_recommendation(self, recommendation: Recommendation) -> None:
        """Ask what could move one of its procedures."""
        given = [factor for factor in self._asking if factor in recommendation.consult.patient]
        given += [factor for factor in recommendation.consult.patient if factor not in given]
        wanted = [*given, *(factor for factor in recommendation.open_questions if factor not in given)]
        if set(wanted) != set(self._asking):
            self._asking = tuple(wanted)
            self._fill()
        self.show_consult(recommendation.consult)
        self.doubts.setText("\n".join(recommendation.doubts))
        self.doubts.setVisible(bool(recommendation.doubts))
        place = self._pack.jurisdictions.get(recommendation.consult.jurisdiction or "")
        self.setVisible(bool(wanted) and (place is None or place.factors_shown))

    def show_consult(self, consult: Consult) -> None:
        """Show the answers."""
        for factor, chip in self.answers.items():
            chip.set_answer(consult.patient.get(factor))
        self.none_of_these.setEnabled(any(factor not in consult.patient for factor in self.answers))

    def _fill(self) -> None:
        held = next((factor for factor, chip in self.answers.items() if chip.hasFocus()), None)
        empty(self._flow)
        self.answers.clear()
        words = (self.tr("not asked"), self.tr("yes"), self.tr("no"))
        for factor in self._asking:
            hint = self._words.first(f"factor.{factor}.question", f"factor.{factor}.name")
            chip = AnswerChip(self._words.short("factor", factor), words, hint)
            chip.answered.connect(lambda answer, factor=factor: self._answer(factor, answer))
            self._flow.addWidget(chip)
            self.answers[factor] = chip
        self._show_few(held)
        if held in self.answers:  # a new chip, but the keys go on where they were
            self.answers[held].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_few(self, held: str | None = None) -> None:
        """The first few, and behind a button the others; `held` is one that has the keys."""
        for place, (factor, chip) in enumerate(self.answers.items()):
            chip.setVisible(self._all or place < self._few or factor == held)
        hidden = len(self._asking) - self._few
        self.more.setVisible(hidden > 0)
        self.more.setText(self.tr("Fewer") if self._all else self.tr("%n more", "", max(0, hidden)))

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

    def _toggle(self) -> None:
        self._all = not self._all
        self._fill()
        if self._store.consult is not None:
            self.show_consult(self._store.consult)

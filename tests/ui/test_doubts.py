"""Answers that cannot well be true together are told where they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QFontMetrics

from ui.choices.patient import Patient
from ui.widgets.chips import AnswerChip

if TYPE_CHECKING:
    from ui.window import Window


def test_an_answer_kept_from_another_condition_is_doubted_above_the_questions(window: Window, qtbot: Any) -> None:
    window.store.choose_condition("knee_osteoarthritis")
    window.store.edit(patient={"recent_infarct": "no"})
    qtbot.waitUntil(lambda: not window.store.working)
    [patient] = window.findChildren(Patient)
    assert not patient.doubts.isVisible()
    window.store.choose_condition("acute_myocardial_infarction")
    qtbot.waitUntil(lambda: not window.store.working)
    assert patient.doubts.isVisible()
    assert patient.doubts.text() == "\n".join(window.store.recommendation.doubts)
    assert "is answered no, though" in patient.doubts.text()
    window.store.edit(patient={"recent_infarct": "yes"})
    qtbot.waitUntil(lambda: not window.store.working)
    assert not patient.doubts.isVisible()


def test_a_chip_has_room_for_each_of_its_answers(qtbot: Any) -> None:
    """The cross of a no is wider than the tick of a yes."""
    chip = AnswerChip("Heart attack in recent months", ("not asked", "yes", "no"))
    qtbot.addWidget(chip)
    for answer in AnswerChip.ORDER:
        chip.set_answer(answer)
        size = chip.sizeHint()
        assert chip.heightForWidth(size.width()) == size.height()
        letters = QFontMetrics(chip._letters()).horizontalAdvance(chip.mark() + chip.text())
        assert letters <= size.width() - 14

"""What decides says what would put another way first, and what it says comes true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from core.consult import make_consult
from tests.ui.hands import lay_out_fully, settle

if TYPE_CHECKING:
    from ui.window import Window


def said(window: Window, qtbot) -> list[str]:
    window.show_tab(3)
    settle(window, qtbot)
    lay_out_fully()
    return [one.text() for one in window.tabs.page(3).findChildren(QLabel) if one.isVisible()]


def test_a_thing_that_goes_puts_the_named_one_first(window: Window, qtbot) -> None:
    window.store.set(make_consult(window.pack, "knee_osteoarthritis"))
    settle(window, qtbot)
    (line,) = [text for text in said(window, qtbot) if text.startswith("Without ultrasound")]
    window.choose.clinic.chips["ultrasound"].click()
    settle(window, qtbot)
    shown = window.store.recommendation
    assert line == f"Without ultrasound: {shown.option(shown.first).name}"


def test_a_weight_that_is_named_puts_the_named_one_first(window: Window, qtbot) -> None:
    window.store.set(make_consult(window.pack, "liver_cirrhosis", asked="iv"))
    settle(window, qtbot)
    before = window.store.recommendation
    lines = [text for text in said(window, qtbot) if text.startswith("If ")]
    assert len(lines) == len(before.sensitivity.weights) >= 3
    for line, change in zip(lines, before.sensitivity.weights, strict=True):
        name = before.option(change.then_first).name
        assert line.endswith(f"counted {change.needed:.0f} of 100 instead of {change.now:.0f}: {name}")
        beyond = change.needed + (0.5 if change.needed > change.now else -0.5)
        others = sum(share for key, share in before.weights.items() if key != change.criterion)
        weights = {key: share * (100 - beyond) / others for key, share in before.weights.items()}
        window.store.edit(weights={**weights, change.criterion: beyond}, preset="own")
        settle(window, qtbot)
        assert window.store.recommendation.first == change.then_first
        window.do("undo")
        settle(window, qtbot)


def test_nothing_is_said_where_nothing_is_ranked(window: Window, qtbot) -> None:
    window.store.set(make_consult(window.pack, "graft_versus_host_disease"))
    settle(window, qtbot)
    texts = said(window, qtbot)
    assert "What would put another one first" not in texts
    assert any("nothing is ranked" in text for text in texts)

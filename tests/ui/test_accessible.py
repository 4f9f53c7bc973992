"""Every control is named, reachable by keyboard, and nothing that is drawn is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLineEdit, QSlider, QSpinBox, QWidget

from tests.ui.hands import begin, settle
from ui.widgets.joined import Segmented
from ui.widgets.picture import Picture
from ui.widgets.row import RowButton

if TYPE_CHECKING:
    from ui.window import Window

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QSlider, QSpinBox, Segmented, Picture)


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None, widget
    return interface.text(QAccessible.Text.Name).strip()


def nameless(root: QWidget) -> list[QWidget]:
    """Visible controls that a screen reader could say nothing about."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) or not widget.isVisible():
            continue
        if widget.objectName().startswith("qt_") or isinstance(widget.parent(), (QSpinBox, QComboBox)):
            continue
        if not name_of(widget):
            found.append(widget)
    return found


def test_every_control_of_the_window_has_a_name(window: Window, qtbot) -> None:
    assert nameless(window) == []
    begin(window, qtbot)
    window.choose.weights.show_button.click()
    for place in range(5):
        window.do(f"tab{place + 1}")
        settle(window, qtbot)
        assert nameless(window) == []


@pytest.mark.parametrize("command", ["handout", "find", "preferences", "shortcuts", "about"])
def test_every_control_of_a_dialog_has_a_name(window: Window, qtbot, command: str) -> None:
    begin(window, qtbot)
    window.do(command)
    settle(window, qtbot)
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    assert nameless(dialog) == []
    assert dialog.windowTitle()
    dialog.reject()


def test_a_row_is_a_sentence_with_rank_number_unit_and_range(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.store.edit(asked="iv", has=("ultrasound", "trained_injector"))
    settle(window, qtbot)
    names = {row.id: name_of(window.ranking.rows.button(row.id)) for row in window.ranking.rows.rows}
    first = names["intra_articular_ultrasound"]
    for part in ("Rank 1 of", "of 1 000 000 cells", "90 % range", "certainty"):
        assert part in first
    assert "asked about" in names["iv_none"]
    assert "Needs referral" in names["intra_articular_fluoroscopy"]
    assert "not there: Fluoroscopy" in names["intra_articular_fluoroscopy"]


def test_what_is_drawn_by_hand_has_a_role(window: Window, qtbot) -> None:
    begin(window, qtbot)
    settle(window, qtbot)
    for widget, role in (
        (window.choose.route, QAccessible.Role.Grouping),
        (window.choose.route.focusProxy(), QAccessible.Role.RadioButton),
        (window.choose.map, QAccessible.Role.Graphic),
        (window.tabs.page(0).pictures[0], QAccessible.Role.Graphic),
        (window.ranking.rows, QAccessible.Role.List),
        (window.choose.clinic.chips["ultrasound"], QAccessible.Role.CheckBox),
    ):
        assert QAccessible.queryAccessibleInterface(widget).role() == role, widget


def test_pictures_say_their_facts(window: Window, qtbot) -> None:
    begin(window, qtbot)
    settle(window, qtbot)
    for picture in window.tabs.page(0).pictures:
        interface = QAccessible.queryAccessibleInterface(picture)
        assert "Knee joint" in interface.text(QAccessible.Text.Description)


def test_tab_goes_round_and_reaches_choices_ranking_tabs_and_buttons(window: Window, qtbot) -> None:
    begin(window, qtbot)
    settle(window, qtbot)
    window.choose.condition.setFocus()
    seen: list[QWidget] = []
    for _ in range(150):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now in seen:
            break
        seen.append(now)
    else:
        pytest.fail("Tab never came back")
    for wanted in (
        window.choose.target,
        window.choose.route.focusProxy(),
        window.choose.cells.dose,
        window.choose.weights.preset.focusProxy(),
        window.tabs.tabBar(),
    ):
        assert wanted in seen, wanted
    assert window.handout_button in seen
    target, route, dose, preset = (
        seen.index(one)
        for one in (
            window.choose.target, window.choose.route.focusProxy(), window.choose.cells.dose,
            window.choose.weights.preset.focusProxy(),
        )
    )  # fmt: skip
    assert target < route < dose < preset < seen.index(window.tabs.tabBar())
    assert sum(isinstance(one, RowButton) for one in seen) == 1, "one row is on the way, the arrows reach the others"


def test_the_focus_is_always_drawn(window: Window, qtbot) -> None:
    begin(window, qtbot)
    settle(window, qtbot)
    for widget in (
        window.choose.route, window.choose.weights.preset, window.choose.cells.slider,
        window.choose.clinic.chips["ultrasound"],
        next(iter(window.choose.patient.answers.values())), window.ranking.rows.button(window.store.selected),
        window.choose.target,
        window.handout_button, window.choose.cells.dose, window.tabs.page(0).pictures[0],
    ):  # fmt: skip
        window.choose.scroll.ensureWidgetVisible(widget)
        window.new_button.setFocus()
        QApplication.processEvents()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        assert widget.grab().toImage() != before, widget


def test_joined_choices_are_a_group_of_radio_buttons_of_which_tab_reaches_one(window: Window, qtbot) -> None:
    begin(window, qtbot)
    settle(window, qtbot)
    route = window.choose.route
    assert name_of(route) == "Route asked about"

    def heard() -> list[tuple[str, bool, bool]]:
        """What is said of each part: its name, whether it is the chosen one, whether Tab comes to it."""
        found = []
        for part in route.findChildren(QAbstractButton):
            interface = QAccessible.queryAccessibleInterface(part)
            assert interface.role() == QAccessible.Role.RadioButton
            tabbed = part.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            found.append((name_of(part), bool(interface.state().checked), tabbed))
        return found

    assert heard() == [
        ("Into a vein", False, True), ("Into the joint", False, False), ("Into an artery", False, False),
    ]  # fmt: skip
    route.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert name_of(QApplication.focusWidget()) == "Into the joint"
    assert window.store.consult.asked is None
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert window.store.consult.asked == "intra_articular"
    assert heard()[1] == ("Into the joint", True, True)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # once more, and nothing is chosen
    assert window.store.consult.asked is None
    assert heard()[1] == ("Into the joint", False, True)
    last = QAccessible.queryAccessibleInterface(route.findChildren(QAbstractButton)[2]).actionInterface()
    last.doAction(last.actionNames()[0])
    assert window.store.consult.asked == "intra_arterial"
    assert [on for _name, on, _tabbed in heard()] == [False, False, True]

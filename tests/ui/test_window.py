"""What a clinician does with the window, by keyboard and by mouse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from core.consult import make_consult
from tests.ui.hands import begin, settle

if TYPE_CHECKING:
    from ui.window import Window


class LaidOut(QObject):
    """Which parts of a panel were asked to lay themselves out anew."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__()
        self.panel = panel
        self.parts: list[QObject] = []

    def eventFilter(self, watched, event) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.LayoutRequest and self.panel.isAncestorOf(watched):
            self.parts.append(watched)
        return False


def wheel(widget) -> None:
    """One notch of the wheel over a widget."""
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre, QPointF(widget.mapToGlobal(widget.rect().center())), QPoint(0, 0), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_the_caret_starts_in_the_condition_field(window: Window) -> None:
    assert QApplication.focusWidget() is window.choose.condition
    assert window.start.isVisible()


def test_a_word_and_enter_show_the_ranking(window: Window, qtbot) -> None:
    begin(window, qtbot, "knee")
    consult = window.store.consult
    assert consult.condition == "knee_osteoarthritis"
    assert consult.target == "knee_joint"
    assert consult.asked is None
    assert window.choose.target_section.assumed.isVisible()
    assert window.choose.cells.assumed.isVisible()
    rows = window.ranking.rows.rows
    assert [row.rank for row in rows][:3] == ["1", "2", "3"]
    assert any(row.id.startswith("iv") for row in rows)
    assert not any(chip.tone == "asked" for row in rows for chip in row.chips)
    assert "1\u202f000\u202f000" in window.headline.finding.text()


def test_approval_and_benefit_stand_before_the_number(window: Window, qtbot) -> None:
    begin(window, qtbot)
    text = window.headline.finding.text()
    opening = window.store.recommendation.approval.headline
    assert text.startswith(opening)
    assert text.index(opening) < text.index("1\u202f000\u202f000")


def test_the_list_offers_while_typing_and_escape_closes_only_the_list(window: Window) -> None:
    field = window.choose.condition
    QTest.keyClicks(field, "hart atack")
    assert field.offers.isVisible()
    assert field.offers.item(0).text() == "Acute myocardial infarction"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not field.offers.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.store.consult is None


def test_an_asked_route_is_marked_and_can_be_taken_back(window: Window, qtbot) -> None:
    begin(window, qtbot)
    with qtbot.waitSignal(window.store.changed):
        window.choose.route.chosen.emit("iv")
    row = next(row for row in window.ranking.rows.rows if row.id.startswith("iv"))
    assert row.chips[0].tone == "asked"
    assert window.choose.route.value == "iv"
    with qtbot.waitSignal(window.store.changed):
        QTest.mouseClick(window.choose.route, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    assert window.store.consult.asked is None


def test_a_clinic_without_ultrasound_refers_and_the_reason_is_shown(window: Window, qtbot) -> None:
    begin(window, qtbot)
    with qtbot.waitSignal(window.store.changed):
        QTest.mouseClick(window.choose.clinic.chips["ultrasound"], Qt.MouseButton.LeftButton)
    row = next(row for row in window.ranking.rows.rows if row.id == "intra_articular_ultrasound")
    assert row.group == "Needs referral"
    assert row.rank == ""
    assert any(chip.tone == "missing" for chip in row.chips)
    assert window.settings.now.clinic_has is not None
    assert "ultrasound" not in window.settings.now.clinic_has


def test_the_clinic_is_remembered_and_the_patient_is_not(window: Window, qtbot) -> None:
    begin(window, qtbot)
    factor = next(iter(window.choose.patient.answers))
    with qtbot.waitSignal(window.store.changed):
        QTest.mouseClick(window.choose.clinic.chips["fluoroscopy"], Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    with qtbot.waitSignal(window.store.changed):
        QTest.mouseClick(window.choose.patient.answers[factor], Qt.MouseButton.LeftButton)
    window.do("new")
    begin(window, qtbot, "copd")
    assert window.store.consult.patient == {}
    assert "fluoroscopy" not in window.store.consult.has
    assert factor not in window.settings.path.read_text()


def test_a_patient_question_goes_from_not_asked_to_yes_to_no(window: Window, qtbot) -> None:
    begin(window, qtbot)
    factor, chip = next(iter(window.choose.patient.answers.items()))
    for answer in ("yes", "no", None):
        with qtbot.waitSignal(window.store.changed):
            QTest.keyClick(chip, Qt.Key.Key_Space)
        settle(window, qtbot)
        chip = window.choose.patient.answers[factor]
        assert window.store.consult.patient.get(factor) == answer
        assert chip.answer == answer


def test_none_of_these_answers_no_to_all_that_was_not_asked(window: Window, qtbot) -> None:
    begin(window, qtbot)
    assert window.choose.patient.answers
    with qtbot.waitSignal(window.store.changed):
        window.choose.patient.none_of_these.click()
    assert set(window.store.consult.patient.values()) == {"no"}
    assert all(not option.not_asked for option in window.store.recommendation.options)
    assert not window.choose.patient.none_of_these.isEnabled()


def test_only_questions_that_could_move_something_are_asked(window: Window, qtbot) -> None:
    begin(window, qtbot)
    could = {factor for option in window.store.recommendation.options for factor in option.not_asked}
    assert set(window.choose.patient.answers) == could


def test_weights_rerank_live_and_one_drag_is_one_step_to_undo(window: Window, qtbot) -> None:
    begin(window, qtbot)
    before = window.store.consult
    window.choose.weights.show_button.click()
    slider = window.choose.weights.sliders["delivered"]
    for value in range(90, 0, -10):
        slider.setValue(value)
    settle(window, qtbot)
    assert window.store.consult.preset == "own"
    assert window.store.recommendation.consult == window.store.consult
    shares = [float(label.text()) for label in window.choose.weights.values.values()]
    assert sum(shares) == pytest.approx(100, abs=2)
    window.do("undo")
    assert window.store.consult == before


def test_a_moving_weight_lays_no_choices_out_anew(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.choose.weights.show_button.click()
    slider = window.choose.weights.sliders["harm"]
    slider.setValue(40)
    settle(window, qtbot)
    laid_out = LaidOut(window.choose)
    QApplication.instance().installEventFilter(laid_out)
    for value in range(41, 60):
        slider.setValue(value)
        QApplication.processEvents()
    QApplication.instance().removeEventFilter(laid_out)
    assert window.store.consult.weights["harm"] == 59
    assert laid_out.parts == []


def test_a_weight_of_nothing_at_all_is_never_asked(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.choose.weights.show_button.click()
    for slider in window.choose.weights.sliders.values():
        slider.setValue(0)
    settle(window, qtbot)
    assert any(window.store.consult.weights.values())


def test_undo_and_redo_give_back_every_choice(window: Window, qtbot) -> None:
    begin(window, qtbot)
    states = [window.store.consult]
    store = window.store
    for fields in (
        {"asked": "iv"},
        {"sites": 2},
        {"dose": 5e7},
        {"cells": "ad_msc"},
        {"preset": "balanced"},
        {"has": ("ct",)},
    ):
        store.edit(**fields)
        states.append(store.consult)
    for state in reversed(states[:-1]):
        window.do("undo")
        assert store.consult == state
    window.do("undo")
    assert store.consult is None
    for state in states:
        window.do("redo")
        assert store.consult == state
    settle(window, qtbot)
    assert store.recommendation.consult == states[-1]


def test_a_dose_with_a_comma_is_read_right_and_a_doubtful_one_is_refused(window: Window, qtbot) -> None:
    begin(window, qtbot)
    field = window.choose.cells.dose
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2,5 million")
    with qtbot.waitSignal(window.store.changed):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.store.consult.dose == 2.5e6
    assert field.text() == "2.5 million"
    assert not window.choose.cells.assumed.isVisible()
    field.selectAll()
    QTest.keyClicks(field, "1,000")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.store.consult.dose == 2.5e6
    assert field.property("wrong") is True
    assert window.choose.cells.said.isVisible()
    assert "1,000" in window.choose.cells.said.text()


def test_the_wheel_changes_nothing(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.choose.weights.show_button.click()
    before = window.store.consult
    for widget in (
        window.choose.target, window.choose.cells.cells, window.choose.sites, window.choose.cells.slider,
        window.choose.route,
        window.choose.weights.preset, *window.choose.weights.sliders.values(), window.choose.cells.dose,
    ):  # fmt: skip
        wheel(widget)
        assert window.store.consult == before, widget


def test_rows_are_walked_with_the_arrow_keys(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.do("ranking")
    rows = window.ranking.rows
    first = QApplication.focusWidget()
    assert first is rows.button(window.store.selected)
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert window.store.selected == rows.rows[1].id
    assert window.detail.title.text() == rows.rows[1].name
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert window.store.selected == rows.rows[-1].id


def test_a_click_on_a_row_shows_its_details(window: Window, qtbot) -> None:
    begin(window, qtbot)
    row = window.ranking.rows.rows[2]
    QTest.mouseClick(window.ranking.rows.button(row.id), Qt.MouseButton.LeftButton)
    assert window.store.selected == row.id
    assert window.detail.title.text() == row.name


def test_a_citation_and_the_chart_text_are_copied(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.do("chart")
    text = QGuiApplication.clipboard().text()
    assert window.store.recommendation.headline in text
    assert window.pack.version in text
    window.detail.copied.emit("Somebody 2020.")
    assert QGuiApplication.clipboard().text() == "Somebody 2020."


def test_a_consult_is_saved_and_opened(window: Window, qtbot, tmp_path: Path) -> None:
    begin(window, qtbot)
    window.store.edit(asked="iv", sites=2)
    settle(window, qtbot)
    consult = window.store.consult
    assert window.save_file(tmp_path / "one")
    window.do("new")
    assert window.store.consult is None
    assert window.open_file(tmp_path / "one.cellroute")
    settle(window, qtbot)
    assert window.store.consult == consult
    assert window.settings.recent[0] == str(tmp_path / "one.cellroute")


def test_the_menu_opens_what_was_saved_since_the_start(window: Window, qtbot, tmp_path: Path) -> None:
    window.menu_button.menu().aboutToShow.emit()
    assert not window.recent_menu.isEnabled()
    begin(window, qtbot)
    assert window.save_file(tmp_path / "a & b.cellroute")
    consult = window.store.consult
    window.do("new")
    window.menu_button.menu().aboutToShow.emit()
    (action,) = window.recent_menu.actions()
    assert action.text() == "a && b"
    action.trigger()
    settle(window, qtbot)
    assert window.store.consult == consult


def test_a_bad_file_is_said_and_changes_nothing(window: Window, qtbot, tmp_path: Path) -> None:
    begin(window, qtbot)
    consult = window.store.consult
    (tmp_path / "bad.cellroute").write_bytes(b"\0" * 50)
    assert not window.open_file(tmp_path / "bad.cellroute")
    assert window.notice.isVisible()
    assert "bad.cellroute" in window.notice.text.text()
    assert window.store.consult == consult


def test_tabs_show_the_selected_row_and_the_asked_route(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.store.edit(asked="iv")
    settle(window, qtbot)
    for place in range(5):
        window.do(f"tab{place + 1}")
        settle(window, qtbot)
        assert window.tabs.currentIndex() == place
    journey = window.tabs.page(0)
    titles = [picture.accessibleName() for picture in journey.pictures]
    assert any("ultrasound" in title for title in titles)
    assert any("asked" in title for title in titles)
    course = window.tabs.page(1).picture.table()
    assert len({row[0] for row in course.rows}) == 2


def test_find_anything_reaches_conditions_and_commands(window: Window, qtbot) -> None:
    window.do("find")
    finder = window.findChild(QDialog)
    qtbot.waitUntil(finder.field.offers.isVisible)
    QTest.keyClicks(finder.field, "cirrhosis")
    with qtbot.waitSignal(window.store.changed):
        QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert window.store.consult.condition == "liver_cirrhosis"
    window.do("find")
    finder = next(one for one in window.findChildren(QDialog) if one.isVisible())
    QTest.keyClicks(finder.field, "new consult")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.store.consult is None)


def test_escape_never_closes_the_window(window: Window, qtbot) -> None:
    begin(window, qtbot)
    for widget in (
        window,
        window.choose.condition,
        window.choose.cells.dose,
        window.ranking.rows,
        window.tabs.tabBar(),
    ):
        QTest.keyClick(widget, Qt.Key.Key_Escape)
        assert window.isVisible()


def test_the_patient_view_tells_no_rank_and_escape_leads_back(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.store.edit(asked="iv")
    settle(window, qtbot)
    window.do("patient")
    view = window.stack.currentWidget()
    assert view is not window.main
    texts = " ".join(label.text() for label in view.findChildren(type(window.notice.text)))
    assert "No cell treatment" in texts
    assert "ank 1" not in texts
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.main


def test_no_two_commands_share_a_key_or_an_id() -> None:
    from ui import commands

    keys = [key for command in commands.COMMANDS for key in command.shortcuts]
    assert len(keys) == len(set(keys))
    assert len({command.id for command in commands.COMMANDS}) == len(commands.COMMANDS)


def test_text_size_and_theme_change_while_running(window: Window, qtbot) -> None:
    from ui import theme

    begin(window, qtbot)
    height = window.ranking.rows.sizeHint().height()
    window.do("larger")
    assert window.settings.now.text_size == 110
    assert window.ranking.rows.sizeHint().height() > height
    window.do("theme")
    assert theme.tokens().name == "dark"
    window.do("smaller")
    window.do("theme")


def test_a_narrow_window_turns_columns_into_pages(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.resize(900, 620)
    assert window.pages.isVisible()
    window.do("ranking")
    assert window.middle.isVisible()
    assert not window.choose.isVisible()
    window.do("condition")
    assert window.choose.isVisible()
    window.resize(1366, 690)
    assert window.choose.isVisible()
    assert window.middle.isVisible()
    assert window.detail.isVisible()


def test_every_condition_and_target_can_be_shown(window: Window, qtbot) -> None:
    pack = window.pack
    for condition in pack.file.conditions:
        for target in condition.targets:
            route = pack.procedures_of(target)[-1].route
            window.store.set(make_consult(pack, condition.id, target=target, asked=route))
            settle(window, qtbot)
            shown = window.store.recommendation
            assert shown.consult == window.store.consult
            assert len(window.ranking.rows.rows) == len(shown.options)
            assert window.headline.finding.text()
            assert window.detail.title.text()


def test_what_nobody_picked_goes_on_to_what_can_be_done_and_what_somebody_picked_stays(window: Window, qtbot) -> None:
    begin(window, qtbot, "heart attack")
    settle(window, qtbot)
    before = window.store.selected
    window.store.edit(has=("fluoroscopy", "operating_theatre"))
    settle(window, qtbot)
    status = {option.procedure: option.status for option in window.store.recommendation.options}
    assert status[before] == "refer"
    assert window.store.selected == window.store.recommendation.first
    window.store.pick(before)
    window.store.edit(dose=2e7)
    settle(window, qtbot)
    assert window.store.selected == before

"""What is set in the preferences counts at once, and the consult goes on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from core.consult import make_consult
from tests.ui.hands import begin, lay_out_fully, settle
from tests.ui.seen import clipped, overlapping
from ui.numbers import Figures
from ui.panels.preferences import Preferences
from ui.settings import SettingsFile
from ui.widgets.card import Card

if TYPE_CHECKING:
    from ui.window import Window

pytestmark = pytest.mark.usefixtures("speak")  # the dialog itself changes the language


def choose(segmented, place: int) -> None:
    """Press the option at a place of a joined choice."""
    wide = segmented.width() / len(segmented._options)
    QTest.mouseClick(segmented, Qt.MouseButton.LeftButton, pos=QPoint(round((place + 0.5) * wide), 12))


def preferences(window: Window) -> Preferences:
    window.do("preferences")
    dialog = next(one for one in window.findChildren(Preferences) if one.isVisible())
    lay_out_fully()
    return dialog


def texts(widget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_another_language_is_spoken_at_once_and_the_consult_goes_on(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.store.edit(asked="iv")
    window.store.edit(sites=2)
    settle(window, qtbot)
    window.store.pick(window.store.recommendation.options[2].procedure)
    window.show_tab(4)
    settle(window, qtbot)
    consult, picked = window.store.consult, window.store.selected
    dialog = preferences(window)
    choose(dialog.language, 1)
    qtbot.waitUntil(lambda: window.words.language == "es")
    settle(window, qtbot)
    lay_out_fully()
    # Everything that is seen is Spanish: the window, the dialog that is open, the open tab, Qt's own words.
    assert dialog.windowTitle() == "Preferencias"
    assert "Idioma" in texts(dialog)
    assert dialog.language.isAncestorOf(QApplication.focusWidget())
    assert window.handout_button.text() == "Hoja"
    assert "rodilla" in window.headline.finding.text()
    assert window.tabs.currentIndex() == 4
    assert "Dónde está" in window.tabs.page(4).sheet.table().text()
    assert window.choose.condition.text() == "Artrosis de rodilla"
    # The consult is the same but for its language, with its undo list and the row that was looked at.
    assert window.store.consult == replace(consult, language="es")
    assert window.store.selected == picked
    dialog.close()
    window.do("undo")
    settle(window, qtbot)
    assert (window.store.consult.sites, window.store.consult.language) == (1, "es")
    assert SettingsFile(window.settings.path.parent).now.language == "es"


def test_the_language_is_changed_and_changed_back_by_keys_alone(window: Window, qtbot) -> None:
    begin(window, qtbot)
    finding = window.headline.finding.text()
    dialog = preferences(window)
    dialog.language.setFocus()
    QTest.keyClick(dialog.language, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.words.language == "es")
    settle(window, qtbot)
    QTest.keyClick(dialog.language, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: window.words.language == "en")
    settle(window, qtbot)
    assert window.headline.finding.text() == finding
    assert dialog.windowTitle() == "Preferences"


def test_what_was_typed_as_letterhead_survives_another_language(window: Window, qtbot) -> None:
    dialog = preferences(window)
    dialog.letterhead.setFocus()
    QTest.keyClicks(dialog.letterhead, "Clinic at the Lake")
    choose(dialog.language, 1)
    qtbot.waitUntil(lambda: window.words.language == "es")
    assert dialog.letterhead.toPlainText() == "Clinic at the Lake"
    dialog.close()
    assert window.settings.now.letterhead == "Clinic at the Lake"


def test_the_first_question_can_be_answered_in_spanish(window: Window, qtbot) -> None:
    window.first_start()
    dialog = next(one for one in window.findChildren(Preferences) if one.isVisible())
    choose(dialog.language, 1)
    qtbot.waitUntil(lambda: window.words.language == "es")
    lay_out_fully()
    assert "¿Dónde trabaja?" in texts(dialog)
    assert not window.settings.now.started
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert window.settings.now.started
    assert window.focusWidget() is window.choose.condition


def test_figures_are_per_cent_everywhere_at_once(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.store.edit(asked="iv")
    settle(window, qtbot)
    order = [row.id for row in window.ranking.rows.rows]
    dialog = preferences(window)
    choose(dialog.unit, 1)
    qtbot.waitUntil(lambda: window.words.figures.unit == "percent")
    dialog.close()
    settle(window, qtbot)
    shown = window.store.recommendation
    assert [row.id for row in window.ranking.rows.rows] == order
    for row, option in zip(window.ranking.rows.rows, shown.options, strict=True):
        assert row.number.endswith("%")
        assert row.range.endswith("%") or option.delivered.below
        assert "of the dose" in row.sentence
        value = float(re.sub(r"[^0-9.]", "", row.number))
        assert value == pytest.approx(100 * option.delivered.median, rel=0.06)
    assert "per cent of the dose" in window.ranking.header.accessibleName()
    for tab in range(5):
        window.show_tab(tab)
        settle(window, qtbot)
        lay_out_fully()
        assert clipped(window) == []
        assert overlapping(window) == []
    assert "per cent of the dose in the target" in window.tabs.page(1).picture.table().heads
    assert "%" in window.tabs.page(0).pictures[0].table().rows[0][1]
    assert "of the dose" in window.tabs.page(2).said.text()
    # The finding, the paper and the patient's view keep counting cells.
    assert "1\u202f000\u202f000" in window.headline.finding.text()
    assert SettingsFile(window.settings.path.parent).now.unit == "percent"


def test_every_preference_is_there_and_named(window: Window) -> None:
    dialog = preferences(window)
    for field in ("jurisdiction", "language", "theme", "text_size", "still", "unit", "paper", "letterhead"):
        assert getattr(dialog, field).accessibleName() or getattr(dialog, field).text(), field
    dialog.close()


@pytest.mark.parametrize("size", [(1024, 700), (1366, 690)])
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_word_of_the_preferences_is_cut(window: Window, qtbot, size, language: str) -> None:
    window.resize(*size)
    dialog = preferences(window)
    if language == "es":
        choose(dialog.language, 1)
        qtbot.waitUntil(lambda: window.words.language == "es")
    lay_out_fully()
    assert clipped(dialog) == []
    assert overlapping(dialog) == []


@pytest.mark.parametrize(
    ("share", "below", "english", "spanish"),
    [
        (0.9, False, "90\u202f%", "90\u202f%"),
        (0.0511, False, "5.1\u202f%", "5,1\u202f%"),
        (51e-6, False, "0.0051\u202f%", "0,0051\u202f%"),
        (2e-7, False, "< 0.0001\u202f%", "< 0,0001\u202f%"),
        (120e-6, True, "< 0.012\u202f%", "< 0,012\u202f%"),
        (1.0, False, "100\u202f%", "100\u202f%"),
    ],
)
def test_shares_as_per_cent(share: float, below: bool, english: str, spanish: str) -> None:
    assert Figures("percent", "en").short(share, below=below) == english
    assert Figures("percent", "es").short(share, below=below) == spanish


def test_ranges_and_ticks_say_their_unit() -> None:
    percent, cells = Figures("percent"), Figures()
    assert percent.span(0.66, 0.95) == "66 – 95\u202f%"
    assert percent.span(3e-6, 870e-6) == "0.0003 – 0.087\u202f%"
    assert percent.span(1e-9, 4e-7) == "< 0.0001\u202f%"
    assert [percent.tick(power) for power in (-6, -2, 0)] == ["0.0001\u202f%", "1\u202f%", "100\u202f%"]
    assert cells.span(6e-6, 650e-6) == "6 – 650"
    assert [cells.tick(power) for power in (-7, -6, -3, 0)] == ["0.1", "1", "1\u202f000", "1 M"]


def test_an_unknown_unit_in_the_file_falls_back(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b'{"unit": "furlongs", "paper": "letter"}')
    settings = SettingsFile(tmp_path).now
    assert (settings.unit, settings.paper) == ("cells", "letter")


def test_an_example_from_a_file_is_spoken_in_the_new_language(window: Window, qtbot) -> None:
    dialog = preferences(window)
    choose(dialog.language, 1)
    qtbot.waitUntil(lambda: window.words.language == "es")
    dialog.close()
    window.store.set(make_consult(window.pack, "liver_cirrhosis", **window.store.defaults))
    settle(window, qtbot)
    assert window.store.recommendation.consult.language == "es"


@pytest.fixture
def elsewhere(window: Window, qtbot) -> Window:
    """A window on a consult of another place than the one that is set."""
    window.store.set(make_consult(window.pack, "knee_osteoarthritis", jurisdiction="jp"))
    settle(window, qtbot)
    return window


@pytest.mark.parametrize("command", ["larger", "smaller", "theme"])
def test_how_the_program_looks_changes_no_consult(elsewhere: Window, command: str) -> None:
    consult = elsewhere.store.consult
    elsewhere.do(command)
    assert elsewhere.store.consult == consult
    elsewhere.settings.change(theme="light", text_size=100)


def test_the_place_that_is_chosen_counts_in_the_consult_and_in_the_next(elsewhere: Window, qtbot) -> None:
    dialog = preferences(elsewhere)
    dialog.jurisdiction.setCurrentIndex(dialog.jurisdiction.findData("us"))
    dialog.jurisdiction.activated.emit(dialog.jurisdiction.currentIndex())
    dialog.close()
    assert elsewhere.store.consult.jurisdiction == "us"
    settle(elsewhere, qtbot)
    elsewhere.do("undo")
    assert elsewhere.store.consult.jurisdiction == "jp"
    elsewhere.do("new")
    elsewhere.store.choose_condition("liver_cirrhosis")
    assert elsewhere.store.consult.jurisdiction == "us"


def test_an_example_is_of_the_place_that_was_chosen_at_the_first_start(window: Window) -> None:
    window.start.refresh()
    window.first_start()
    dialog = next(one for one in window.findChildren(Preferences) if one.isVisible())
    dialog.jurisdiction.setCurrentIndex(dialog.jurisdiction.findData("us"))
    dialog.jurisdiction.activated.emit(dialog.jurisdiction.currentIndex())
    dialog.close()
    QTest.mouseClick(next(iter(window.start.findChildren(Card))), Qt.MouseButton.LeftButton)
    assert window.store.consult.jurisdiction == "us"


def test_the_text_grows_by_buttons_and_by_keys(window: Window) -> None:
    from PySide6.QtWidgets import QPushButton

    dialog = preferences(window)
    (larger,) = [one for one in dialog.findChildren(QPushButton) if one.accessibleName() == "Larger text"]
    QTest.mouseClick(larger, Qt.MouseButton.LeftButton)
    assert window.settings.now.text_size == 110
    dialog.text_size.setFocus()
    QTest.keyClick(dialog.text_size, Qt.Key.Key_Down)
    assert window.settings.now.text_size == 100
    dialog.close()


def test_decimals_follow_the_language(window: Window, qtbot) -> None:
    begin(window, qtbot)
    window.show_tab(3)
    settle(window, qtbot)
    english = window.tabs.page(3).tornado.table().rows
    assert all("." in row[1] and "," not in row[1] for row in english)
    dialog = preferences(window)
    choose(dialog.language, 1)
    qtbot.waitUntil(lambda: window.words.language == "es")
    settle(window, qtbot)
    dialog.close()
    lay_out_fully()
    spanish = window.tabs.page(3).tornado.table().rows
    assert [row[1].replace(",", ".") for row in spanish] == [row[1] for row in english]
    assert all("," in row[1] for row in spanish)

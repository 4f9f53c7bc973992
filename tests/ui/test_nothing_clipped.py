"""No text is cut and nothing lies over something else: at every size, text size and language, in every tab."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog

from core.consult import make_consult
from tests.ui.hands import lay_out_fully, settle
from tests.ui.seen import clipped, cut_names, overlapping, painted_texts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window

CONSULTS = {
    "knee": {"condition": "knee_osteoarthritis", "asked": "iv", "jurisdiction": "us"},
    "heart": {"condition": "acute_myocardial_infarction", "asked": "iv", "jurisdiction": "us"},
    "referred": {"condition": "acute_myocardial_infarction", "has": ("ultrasound",)},
    "disc": {"condition": "lumbar_disc_degeneration", "has": (), "patient": {"anticoagulated_warfarin": "yes"}},
    "immune": {"condition": "graft_versus_host_disease"},
}
SIZES = [(1024, 700), (1366, 690), (1920, 1080), (900, 620), (640, 480)]
TABS = range(5)
PAGES = ("choose", "middle", "detail")


@pytest.fixture
def open_in(open_window: Callable[..., Window], speak: Callable[[str], None]) -> Callable[[str], Window]:
    """Opens the window in a language; the one that says everything longer has English evidence."""

    def made(language: str) -> Window:
        speak(language)
        return open_window("en" if language == "longer" else language)

    return made


def put(window: Window, qtbot: QtBot, size: tuple[int, int], consult: str) -> None:
    """A consult on screen at a size."""
    window.resize(*size)
    window.set_sizes()
    window.store.set(make_consult(window.pack, language=window.words.language, **CONSULTS[consult]))
    settle(window, qtbot)
    window.set_sizes()
    window._balance()
    lay_out_fully()


def wrong(window: Window, qtbot: QtBot, tabs: range = TABS) -> list[str]:
    """What is cut or overlaps in the tabs, on each page where the columns are pages."""
    found = []
    pages = PAGES if window.pages.isVisible() else ("",)
    for page in pages:
        if page:
            window.go_page(page)
        for tab in tabs if page in ("", "middle") else (0,):
            window.tabs.setCurrentIndex(tab)
            settle(window, qtbot)
            lay_out_fully()
            found += [f"{page} tab {tab}: {said}" for said in (*clipped(window), *overlapping(window))]
    return found


@pytest.mark.parametrize(
    ("language", "size"),
    [
        *((language, size) for language in ("en", "es") for size in SIZES),
        ("longer", (1366, 690)),
        ("longer", (1920, 1080)),
    ],
    ids=str,
)
def test_nothing_is_clipped_or_overlaps_in_any_tab(open_in, qtbot, size: tuple[int, int], language: str) -> None:
    window = open_in(language)
    for consult, tabs in (("heart", TABS), ("knee", range(1))):
        put(window, qtbot, size, consult)
        found = wrong(window, qtbot, tabs)
        if language == "longer":  # twice a short word is too much for one line of tabs: these scroll
            found = [said for said in found if "tabs scroll" not in said]
        assert found == []


@pytest.mark.parametrize("size", [(1024, 700), (1366, 690)], ids=str)
@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_clipped_where_little_can_be_done(open_in, qtbot, size: tuple[int, int], language: str) -> None:
    window = open_in(language)
    for consult in ("referred", "disc", "immune"):
        put(window, qtbot, size, consult)
        assert wrong(window, qtbot, range(1)) == []


@pytest.mark.parametrize("text_size", [80, 125, 150, 175, 200])
@pytest.mark.parametrize(("size", "language"), [((1024, 700), "es"), ((1920, 1080), "en")], ids=str)
def test_nothing_is_clipped_at_any_text_size(
    open_in, qtbot, text_size: int, size: tuple[int, int], language: str
) -> None:
    window = open_in(language)
    window.settings.change(text_size=text_size)
    window.apply_settings()
    put(window, qtbot, size, "knee")
    assert wrong(window, qtbot) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_clipped_before_anything_is_chosen(open_in, size: tuple[int, int]) -> None:
    window = open_in("es")
    for text_size in (100, 200):
        window.settings.change(text_size=text_size)
        window.apply_settings()
        window.resize(*size)
        window.set_sizes()
        lay_out_fully()
        assert [*clipped(window), *overlapping(window)] == []


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_patient_view_is_whole(open_in, qtbot, size: tuple[int, int]) -> None:
    window = open_in("es")
    put(window, qtbot, size, "knee")
    window.do("patient")
    settle(window, qtbot)
    lay_out_fully()
    assert [*clipped(window), *overlapping(window)] == []


@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("command", ["preferences", "shortcuts", "find", "about", "handout"])
def test_dialogs_are_whole(open_in, qtbot, command: str, text_size: int) -> None:
    window = open_in("es")
    window.settings.change(text_size=text_size)
    window.apply_settings()
    put(window, qtbot, (1366, 690), "knee")
    window.do(command)
    settle(window, qtbot)
    lay_out_fully()
    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert dialogs
    found = [said for one in dialogs for said in (*clipped(one), *overlapping(one))]
    for one in dialogs:
        one.close()
    assert found == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", [(1366, 690), (1920, 1080)], ids=str)
def test_names_stand_whole(open_in, qtbot, size: tuple[int, int], language: str) -> None:
    window = open_in(language)
    put(window, qtbot, size, "knee")
    for tab in (0, 1):
        window.tabs.setCurrentIndex(tab)
        settle(window, qtbot)
        lay_out_fully()
        assert cut_names(window) == []


def test_the_test_sees_a_clipped_label(open_in, qtbot) -> None:
    window = open_in("en")
    put(window, qtbot, (1366, 690), "knee")
    window.headline.finding.setFixedHeight(10)
    lay_out_fully()
    assert any("too low" in one for one in clipped(window))


def test_the_test_sees_what_reaches_out_of_its_place(open_in, qtbot) -> None:
    window = open_in("en")
    put(window, qtbot, (1366, 690), "knee")
    window.bar.handout.move(-30, 4)
    assert any("outside" in one for one in clipped(window))


def test_the_test_sees_things_over_each_other(open_in, qtbot) -> None:
    window = open_in("en")
    put(window, qtbot, (1366, 690), "knee")
    window.bar.find.setGeometry(window.bar.new.geometry())
    assert overlapping(window)


def test_the_test_sees_painted_text(open_in, qtbot) -> None:
    window = open_in("en")
    put(window, qtbot, (1366, 690), "knee")
    row = window.ranking.rows.button(window.ranking.rows.rows[0].id)
    said = [text for text, _box in painted_texts(row)]
    assert row.row.name in said
    assert row.row.number in said
    assert row.row.words[1] in said
    assert clipped(window) == []
    row.resize(row.width() // 4, row.height())
    assert any("RowButton" in one for one in clipped(window))

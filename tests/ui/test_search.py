"""Conditions are found by what people say, and Ctrl+K knows the names in the books too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.hands import begin
from ui.panels.choose import condition_entries
from ui.panels.finder import Finder
from ui.search import Index, edit_distance, entry, fold
from ui.words import Words

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from ui.window import Window


def found(pack: Pack, text: str, language: str = "en") -> list[str]:
    """The conditions that a text finds, the nearest first."""
    return [hit.entry.id for hit in Index(condition_entries(pack, Words(pack, language))).find(text)]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("knee pain", "knee_osteoarthritis"), ("left knee pain", "knee_osteoarthritis"),
        ("my bad knee", "knee_osteoarthritis"), ("shoulder pain", "shoulder_osteoarthritis"),
        ("back pain", "lumbar_disc_degeneration"), ("heel pain", "plantar_fasciitis"),
        ("miocardial infraction", "acute_myocardial_infarction"), ("K74", "liver_cirrhosis"),
    ],
)  # fmt: skip
def test_what_people_say_comes_first(pack: Pack, text: str, condition: str) -> None:
    assert found(pack, text)[0] == condition


def test_what_people_say_in_spanish_comes_first(pack: Pack) -> None:
    assert found(pack, "me duele la rodilla", "es")[0] == "knee_osteoarthritis"


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        ("knee", "knee_osteoarthritis"), ("M17", "knee_osteoarthritis"), ("m17.1", "knee_osteoarthritis"),
        ("heart attack", "acute_myocardial_infarction"), ("heart atack", "acute_myocardial_infarction"),
        ("I21", "acute_myocardial_infarction"), ("cirhosis", "liver_cirrhosis"), ("copd", "copd"), ("als", "als"),
    ],
)  # fmt: skip
def test_a_condition_is_found_by_name_word_code_and_with_a_typing_error(pack: Pack, typed: str, condition: str) -> None:
    assert found(pack, typed)[0] == condition


def test_nothing_is_found_for_nonsense(pack: Pack) -> None:
    assert found(pack, "qqqzzz") == []


def test_every_condition_is_found_by_its_own_name_and_its_first_code(pack: Pack) -> None:
    words = Words(pack, "en")
    for condition in pack.file.conditions:
        assert found(pack, words.name("condition", condition.id))[0] == condition.id
        assert condition.id in found(pack, condition.icd10[0])


def test_a_word_by_itself_finds_only_what_holds_it(pack: Pack) -> None:
    for hit in Index(condition_entries(pack, Words(pack, "en"))).find("pain"):
        assert "pain" in fold(hit.matched)


@pytest.mark.parametrize(
    ("typed", "word", "is_found"),
    [
        ("lun", "lung", True), ("lug", "lung", False),  # three letters: as they stand
        ("jiont", "joint", True), ("jxint", "joint", True), ("jxxnt", "joint", False),  # up to six: one slip
        ("trachxx", "trachea", True), ("trxcxea", "trachea", True), ("trxxxea", "trachea", False),  # more: two
    ],
)  # fmt: skip
def test_longer_words_may_hold_more_slips(typed: str, word: str, is_found: bool) -> None:
    assert bool(Index([entry("target", "one", word)]).find(typed)) is is_found


@pytest.mark.parametrize(
    ("one", "other", "most", "distance"),
    [
        ("joint", "joint", 2, 0), ("joint", "jont", 2, 1), ("joint", "joiint", 2, 1), ("joint", "jaint", 2, 1),
        ("joint", "jiont", 2, 1), ("ab", "ba", 2, 1), ("aab", "aba", 2, 1), ("joint", "jiotn", 2, 2),
        ("kitten", "sitting", 3, 3), ("kitten", "sitting", 1, 2), ("joint", "jo", 2, 3),
    ],
)  # fmt: skip
def test_a_slip_is_a_letter_changed_added_dropped_or_swapped(one: str, other: str, most: int, distance: int) -> None:
    assert edit_distance(one, other, most) == distance
    assert edit_distance(other, one, most) == distance


def test_every_condition_can_be_reached_from_the_empty_field(window: Window, pack: Pack) -> None:
    QTest.mouseClick(window.choose.condition, Qt.MouseButton.LeftButton)
    assert window.choose.condition.offers.count() == len(pack.file.conditions)


def test_the_code_comes_back_with_the_name(window: Window, qtbot) -> None:
    begin(window, qtbot)
    field = window.choose.condition
    assert window.choose.code.isVisible()
    QTest.keyClicks(field, "liver")
    assert not window.choose.code.isVisible()
    for _ in range(2):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Knee osteoarthritis"
    assert window.choose.code.isVisible()


@pytest.mark.parametrize("text", ["hepatic artery", "lumbar puncture", "portal vein"])
def test_routes_are_found_by_their_names_in_the_books(window: Window, text: str) -> None:
    finder = Finder(window.pack, window.words, window.choose.entries, window)
    assert any(offer.key[0] == "route" for offer in finder._find(text))
    finder.deleteLater()

"""Doses as people type them, and finding things by almost the right word."""

import pytest

from core.errors import InputError
from ui import numbers, search
from ui.panels.choose import condition_entries
from ui.words import Words

N = numbers.NARROW


@pytest.mark.parametrize(
    ("typed", "cells"),
    [
        ("10 million", 1e7), ("1,5 million", 1.5e6), ("1.5 million", 1.5e6), ("2.5e6", 2.5e6), ("2,5e6", 2.5e6),
        ("10 000 000", 1e7), ("250000", 2.5e5), ("10M", 1e7), ("50 mio", 5e7), ("20 thousand", 2e4),
        ("1,5 millones", 1.5e6), ("١٠ million", 1e7), ("5 million cells", 5e6), ("0,5 million", 5e5),
    ],
)  # fmt: skip
def test_a_dose_is_read_with_comma_or_point(typed: str, cells: float) -> None:
    assert numbers.parse_cells(typed) == pytest.approx(cells)


@pytest.mark.parametrize("typed", ["1,000", "1.000.000", "1.000,5", "ten", "", "5 x", "-3 million", "1e", "nan", "inf"])
def test_what_could_mean_two_things_is_refused(typed: str) -> None:
    with pytest.raises(InputError):
        numbers.parse_cells(typed)


@pytest.mark.parametrize("value", [1e3, 2.5e5, 1e6, 1.5e6, 2e7, 1.23e8, 1e9, 1e11])
def test_a_dose_is_shown_as_it_would_be_read(value: float) -> None:
    assert numbers.parse_cells(numbers.dose(value)) == pytest.approx(value, rel=0.005)
    assert numbers.parse_cells(numbers.dose(value, "es")) == pytest.approx(value, rel=0.005)


def test_cells_of_a_million() -> None:
    assert numbers.cells(860_123) == f"860{N}000"
    assert numbers.cells(0.3) == "fewer than 1"
    assert numbers.cells(0.7) == numbers.short_cells(0.7) == "1"  # as in every sentence
    assert numbers.cells(0.3, below=True) == "fewer than 1"
    assert numbers.short_cells(120, below=True) == "< 120"
    assert numbers.span(6, 650) == "6 – 650"
    assert numbers.span(0.01, 0.4) == "< 1"


def found(pack, text: str) -> list[str]:
    return [hit.entry.id for hit in search.find(text, condition_entries(pack, Words(pack, "en")))]


@pytest.mark.parametrize(
    ("typed", "condition"),
    [
        ("knee", "knee_osteoarthritis"), ("M17", "knee_osteoarthritis"), ("m17.1", "knee_osteoarthritis"),
        ("heart attack", "acute_myocardial_infarction"), ("heart atack", "acute_myocardial_infarction"),
        ("I21", "acute_myocardial_infarction"), ("cirhosis", "liver_cirrhosis"), ("copd", "copd"), ("als", "als"),
    ],
)  # fmt: skip
def test_a_condition_is_found_by_name_word_code_and_with_a_typing_error(pack, typed: str, condition: str) -> None:
    assert found(pack, typed)[0] == condition


def test_nothing_is_found_for_nonsense(pack) -> None:
    assert found(pack, "qqqzzz") == []


def test_every_condition_is_found_by_its_own_name_and_its_first_code(pack) -> None:
    words = Words(pack, "en")
    for condition in pack.file.conditions:
        assert found(pack, words.name("condition", condition.id))[0] == condition.id
        assert condition.id in found(pack, condition.icd10[0])

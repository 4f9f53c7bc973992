"""Doses as people type them, and cells as they are written."""

import pytest

from core.errors import InputError
from ui import numbers

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

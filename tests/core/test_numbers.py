"""Numbers as people write them are read right or refused, never as another value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.numbers import cells_of_million, grouped, parse_number, rounded


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10000000", 1e7),
        ("10 000 000", 1e7),
        ("1e7", 1e7),
        ("2,5", 2.5),
        ("2.5", 2.5),
        ("0,125", 0.125),
        (".5", 0.5),
        ("٣", 3.0),
    ],
)
def test_what_is_meant_is_read(text: str, value: float) -> None:
    assert parse_number(text, "dose") == value


@pytest.mark.parametrize("text", ["1,000", "1.000", "10,000,000", "12.345"])
def test_what_could_be_two_numbers_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="could mean two numbers"):
        parse_number(text, "dose")


def test_where_fractions_are_usual_one_point_is_a_decimal_point() -> None:
    assert parse_number("1.125", "hours", fraction=True) == 1.125
    for text in ("1,125", "1.125.125", "1.125,5"):
        with pytest.raises(InputError):
            parse_number(text, "hours", fraction=True)


@pytest.mark.parametrize("text", ["", "ten", "nan", "inf", "1e999", "1.2.3", "--1", "0x10", "1_000"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="dose"):
        parse_number(text, "dose")


@given(st.integers(0, 10**12))
def test_a_grouped_number_is_read_back(value: int) -> None:
    assert parse_number(grouped(value), "dose") == value


def test_cells_of_a_million() -> None:
    assert cells_of_million(0.8612) == "860\u202f000"
    assert cells_of_million(5e-6) == "5"
    assert {cells_of_million(half) for half in (0.5e-6, 0.504e-6, 0.6e-6)} == {"1"}
    assert cells_of_million(1e-9) == "fewer than 1"
    assert rounded(0) == 0

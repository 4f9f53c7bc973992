"""Contrast and completeness of the themes."""

import re

import pytest
from PySide6.QtGui import QPalette

from ui import theme


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("pair", theme.TEXT_PAIRS, ids=" on ".join)
def test_letters_stand_out(name: str, pair: tuple[str, str]) -> None:
    tokens = theme.THEMES[name]
    assert theme.contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) >= 4.5


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("pair", theme.MARK_PAIRS, ids=" on ".join)
def test_marks_stand_out(name: str, pair: tuple[str, str]) -> None:
    tokens = theme.THEMES[name]
    assert theme.contrast(getattr(tokens, pair[0]), getattr(tokens, pair[1])) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_palette_is_legible_in_every_role(qapp, name: str) -> None:
    theme.apply(name)
    palette = qapp.palette()
    for letters, ground in (
        (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
        (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
        (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
        (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
        (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
        (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base),
    ):
        assert theme.contrast(palette.color(letters).name(), palette.color(ground).name()) >= 4.5


def test_the_sheet_has_no_token_left_and_no_colour_of_its_own() -> None:
    names = set(theme.Tokens.__struct_fields__)
    assert not re.search(r"#[0-9a-fA-F]{6}", theme._SHEET)
    for name in theme.THEMES:
        assert "@" not in theme._sheet(theme.THEMES[name])
    assert {name for pair in theme.TEXT_PAIRS for name in pair} <= names


def test_text_size_scales_letters(qapp) -> None:
    theme.apply("light", text_size=100)
    small = theme.font().pixelSize()
    theme.apply("light", text_size=200)
    assert theme.font().pixelSize() == 2 * small
    theme.apply("light")

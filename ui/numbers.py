"""Doses and counts of cells in the words of the window, on top of the one parser of numbers."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import msgspec

from core.errors import InputError
from core.numbers import GROUP as NARROW
from core.numbers import HALF, grouped, parse_number, rounded

_WORDS = {
    "": 1.0,
    "k": 1e3,
    "thousand": 1e3,
    "mil": 1e3,
    "m": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "millon": 1e6,
    "millones": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
}
_SHAPE = re.compile(r"^(?P<number>[0-9][0-9\s.,]*(?:e[+]?[0-9]{1,2})?)\s*(?P<word>[a-z]*)\s*(?:cells|celulas)?$")


def parse_cells(text: str) -> float:
    """A number of cells from "10 million", "1,5 M", "2.5e6" or "10 000 000".

    Errors: InputError with what to write instead when it is no number or could mean two.
    """
    match = _SHAPE.match(_plain(text))
    if match is None or match["word"] not in _WORDS:
        raise InputError(f"“{text.strip()[:40]}” is not a number of cells. Write, for example, 10 million.")
    return parse_number(match["number"].strip(), "dose") * _WORDS[match["word"]]


def _plain(text: str) -> str:
    """Lower case without accents, any digits as 0-9, any space as one blank."""
    letters = []
    for character in unicodedata.normalize("NFKD", text.strip().lower()):
        if unicodedata.category(character) == "Nd":
            letters.append(str(unicodedata.digit(character)))
        elif not unicodedata.combining(character):
            letters.append("," if character == "\u066b" else character)
    return re.sub(r"\s+", " ", "".join(letters)).strip()


def cells(value: float, *, below: bool = False, language: str = "en") -> str:
    """Cells of a million as printed: two significant digits; under half a cell "fewer than 1"."""
    fewer = {"es": "menos de "}.get(language, "fewer than ")
    if below:
        bound = rounded(value)
        return fewer + (grouped(bound) if bound >= 1 else "1")
    if value < HALF:
        return fewer + "1"
    return grouped(rounded(value))


def short_cells(value: float, *, below: bool = False) -> str:
    """The same for a narrow column: "< 1" for "fewer than 1"."""
    if below:
        bound = rounded(value)
        return "< " + (grouped(bound) if bound >= 1 else "1")
    return "< 1" if value < HALF else grouped(rounded(value))


def span(low: float, high: float) -> str:
    """A range of cells of a million: "660 000 to 950 000" with an en dash."""
    if high < HALF:
        return "< 1"
    return f"{short_cells(low)} – {grouped(rounded(high))}"


def dose(value: float, language: str = "en") -> str:
    """A dose in words: "10 million", "250 000", "1.5 million"."""
    if value >= 1e6:
        millions = rounded(value / 1e6, 3)
        if millions >= 1000:
            return f"{grouped(millions)} " + ("millones" if language == "es" else "million")
        number = f"{millions:.2f}".rstrip("0").rstrip(".") if millions < 100 else grouped(millions)
        if language == "es":
            return f"{number.replace('.', ',')} " + ("millón" if millions == 1 else "millones")
        return f"{number} million"
    return grouped(rounded(value, 3))


Unit = Literal["cells", "percent"]


class Figures(msgspec.Struct, frozen=True):
    """How shares of the dose (0 to 1) are printed: as cells of a million, or as per cent of the dose."""

    unit: Unit = "cells"
    language: str = "en"

    def short(self, share: float, *, below: bool = False) -> str:
        """A share with two significant digits; less than one cell of a million is said so."""
        if self.unit == "cells":
            return short_cells(share * 1e6, below=below)
        if below or share < 1e-6:
            return "< " + percent(max(share if below else 0.0, 1e-6), self.language)
        return percent(share, self.language)

    def span(self, low: float, high: float) -> str:
        """A range: "660 000 – 950 000", "66 – 95 %"."""
        if self.unit == "cells":
            return span(low * 1e6, high * 1e6)
        if high < 1e-6:
            return self.short(high)
        return f"{self.short(low).removesuffix(f'{NARROW}%')} – {self.short(high)}"

    def tick(self, power: int) -> str:
        """A power of ten of the share, 0 for the whole dose."""
        if self.unit == "percent":
            return percent(10.0**power, self.language)
        if power >= 0:
            return "1 M"
        return grouped(10 ** (power + 6)) if power >= -6 else f"{10.0 ** (power + 6):g}"


def percent(share: float, language: str = "en") -> str:
    """A share as a per cent figure with two significant digits: "3.1 %"."""
    value = share * 100
    if value >= 99.5:
        text = f"{value:.0f}"
    elif value >= 1:
        text = f"{rounded(value):g}"
    else:
        text = f"{rounded(value):.12f}".rstrip("0").rstrip(".") or "0"
    if language == "es":
        text = text.replace(".", ",")
    return f"{text}{NARROW}%"

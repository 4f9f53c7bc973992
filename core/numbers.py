"""Numbers as people write and read them: one parser, one way of printing."""

from __future__ import annotations

import math
import re

from core.errors import InputError, shortened

#: Narrow no-break space: groups of three figures that never break over a line. One sign in every language, window and
#: paper: a comma parts thousands in English and decimals in Spanish, so that 54,890 on a sheet and its twin would be
#: two numbers, and the window refuses it as typed for the same reason (BIPM, SI brochure 5.4.4: spaces, neither dots
#: nor commas).
GROUP = "\u202f"
MILLION = 1_000_000
HALF = 0.5
"""Below half a cell there are fewer than one."""

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([.,])\d{3}(\1\d{3})*")


def parse_number(text: str, what: str, *, fraction: bool = False) -> float:
    """A number written with decimal point or comma, spaces between groups of three, or an exponent.

    `what` names it in the error. Errors: InputError when it is no number, or when a comma or point could be either a
    decimal sign or a thousands separator (1,000): it is refused rather than read as another value. Where fractions
    are usual (`fraction`: hours, weights) one point is a decimal point.
    """
    plain = _SPACES.sub("", text)
    if (
        _THOUSANDS.fullmatch(plain)
        and not (fraction and plain.count(".") == 1 and "," not in plain)
        and not plain.startswith("0")
    ):
        raise InputError(
            f"“{shortened(text)}” for the {what} could mean two numbers. "
            "Write it without a sign between thousands, for example 10000000 or 10 000 000."
        )
    if not _NUMBER.fullmatch(plain):
        raise InputError(f"“{shortened(text)}” is no number for the {what}. Write it like 10000000, 2.5 or 1e7.")
    value = float(plain.replace(",", "."))
    if not math.isfinite(value):
        raise InputError(f"“{shortened(text)}” is too large for the {what}.")
    return value


def grouped(value: float) -> str:
    """A whole number in groups of three figures: 860 000."""
    return f"{round(value):,}".replace(",", GROUP)


def rounded(value: float, figures: int = 2) -> float:
    """A number to so many significant figures."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, figures - 1 - math.floor(math.log10(abs(value))))


def cells_of_million(fraction: float) -> str:
    """A fraction as cells of a million, to two figures: 860 000; 5; "fewer than 1" below half a cell."""
    cells = fraction * MILLION
    return "fewer than 1" if cells < HALF else grouped(max(1.0, rounded(cells)))

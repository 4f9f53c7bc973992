"""Sentences and numbers of a handout in its language."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.handout.runs import MARKS, Runs, runs
from core.numbers import grouped
from core.pack.pack import Pack


class Say:
    """The texts of one language, with the fields that every text may use."""

    def __init__(self, pack: Pack, language: str) -> None:
        self.pack = pack
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """A fixed text of the handout with its bold marks still in it."""
        return self.pack.text(self.language, f"handout.{key}", **MARKS, **values)

    def runs(self, key: str, **values: object) -> Runs:
        """A fixed text of the handout as runs."""
        return runs(self(key, **values))

    def list(self, key: str) -> tuple[str, ...]:
        """A fixed list of texts."""
        return self.pack.text_list(self.language, f"handout.{key}")

    def of(self, key: str) -> str:
        """A text of the pack about a record, e.g. `of("route.iv.plain")`. Raises PackError when it is missing."""
        return self.pack.text(self.language, key)

    def route(self, route: str, field: str, target: str) -> str:
        """A text of a route, which may name the target that is meant; on paper a name of its own where it has one."""
        own = self.maybe(f"route.{route}.on_paper") if field == "name" else ""
        return (own or self.of(f"route.{route}.{field}")).replace("{target}", target)

    def maybe(self, *keys: str) -> str:
        """The first of these texts that the pack has, else nothing."""
        return next((self.of(key) for key in keys if self.pack.has_text(self.language, key)), "")

    def number(self, value: float) -> str:
        """A whole number in groups of three, parted as in the window: a comma parts thousands here and decimals there.

        A sheet and its English twin are read side by side, where 54,890 would be two numbers.
        """
        return grouped(value)

    def date(self, day: str) -> str:
        """An ISO day in words; what is no ISO day stays as it is."""
        parts = day.split("-")
        if not all(part.isdigit() for part in parts) or not 1 < len(parts) <= 3:
            return day
        month = self.list("months")[min(max(int(parts[1]), 1), 12) - 1]
        if len(parts) == 2:
            return self("month_date", month=month, year=parts[0])
        return self("date", day=int(parts[2]), month=month, year=parts[0])

    def month(self, day: str) -> str:
        """The month of an ISO day in words."""
        return self.date("-".join(day.split("-")[:2]))

    def series(self, items: Sequence[str], joined: str = "and") -> str:
        """Things one after the other: a, b and c; `joined` is "and" or "or"."""
        if len(items) < 2:
            return "".join(items)
        return self(f"list_{joined}", rest=", ".join(items[:-1]), last=items[-1])

    def time(self, hours: float) -> str:
        """A span of time in the unit that people would use."""
        if hours < 48:
            return self("hours_one") if round(hours) <= 1 else self("hours_some", hours=round(hours))
        if hours < 14 * 24:
            return self("days_some", days=round(hours / 24))
        return self("weeks_some", weeks=round(hours / 168))


def two_figures(value: float) -> int:
    """A whole number of two significant figures."""
    if value < 1:
        return round(value)
    scale = 10 ** max(0, math.floor(math.log10(value)) - 1)
    return int(round(value / scale) * scale)


def sentence(text: str) -> str:
    """A text that begins with a capital and ends with a stop."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".?!" else text + "."


def inside(text: str) -> str:
    """A name as it stands inside a sentence: without its capital, unless that belongs to it (MRI, X-ray)."""
    return text[0].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def phrase(text: str) -> str:
    """A text without the stop at its end, to be gone on with."""
    return text.strip().rstrip(".")

"""A language bound to a pack: names, numbers as people read them, and sentences made of both.

No sentence stands in this package; all come from the pack's texts under `say.*`. Numbers are rounded to what is
known of them (two figures) and grouped with a narrow no-break space, so that no line ends inside a number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from core.numbers import HALF, MILLION, grouped, rounded

if TYPE_CHECKING:
    from core.pack import types as t
    from core.pack.pack import Pack


class Voice(msgspec.Struct, frozen=True):
    """Says things of a pack in one language."""

    pack: Pack
    language: str

    def say(self, key: str, /, **values: object) -> str:
        """One sentence of the pack's texts."""
        return self.pack.say(self.language, key, **values)

    def name(self, kind: str, which: str) -> str:
        """The name of a record, or its plain words; its id in words where the texts have none."""
        for part in ("name", "plain"):
            key = f"{kind}.{which}.{part}"
            if self.pack.has_text(self.language, key):
                return self.pack.text(self.language, key)
        return which.replace("_", " ")

    def worded(self, key: str, given: str) -> str:
        """A record's own words in this language where the texts hold them, else as the evidence has them."""
        return self.pack.text(self.language, key) if self.pack.has_text(self.language, key) else given

    def within(self, kind: str, which: str) -> str:
        """A name as it stands inside a sentence: small at first unless it begins with a name or abbreviation."""
        name = self.name(kind, which)
        word = name.split(" ", 1)[0]
        kept = (len(word) > 1 and word.upper() == word) or word in self.say("proper_names").split()
        return name if kept else name[:1].lower() + name[1:]

    def the(self, target: str) -> str:
        """A target with its article, as it stands inside a sentence: the knee joint, la articulación de la rodilla."""
        return self.pack.text(self.language, f"target.{target}.the")

    def procedure(self, procedure: t.Procedure) -> str:
        """What a procedure is called."""
        return self.pack.procedure_name(self.language, procedure)

    def named(self, procedure: t.Procedure) -> str:
        """A procedure's name as it stands inside a sentence: in quotes, because it is a label and no word."""
        return self.say("quoted", name=self.procedure(procedure))

    def and_(self, things: Iterable[str]) -> str:
        """A list of things as a sentence holds it."""
        listed = list(things)
        if len(listed) < 2:
            return "".join(listed)
        return self.say("and", first=", ".join(listed[:-1]), last=listed[-1])

    def number(self, number: float, figures: int = 2) -> str:
        """A number with two figures: 860 000, 120, 3.5 (3,5), 0.04."""
        value = rounded(number, figures)
        if abs(value) >= 10 or value == int(value):
            return grouped(value)
        places = max(0, figures - 1 - math.floor(math.log10(abs(value))))
        return f"{value:.{places}f}".rstrip("0").rstrip(".").replace(".", self.say("decimal_mark"))

    def cells(self, cells: float, below: bool = False) -> str:
        """A number of whole cells: `about 120`, `fewer than 1`."""
        if cells < HALF or (below and cells < 1):
            return self.say("fewer_than", cells="1")
        return self.say("fewer_than" if below else "about", cells=grouped(rounded(cells)))

    def per_million(self, fraction: float, below: bool = False) -> str:
        """A delivered fraction as cells of a million."""
        return self.cells(fraction * MILLION, below)

    def range_per_million(self, low: float, high: float) -> str:
        """The two ends of an interval as cells of a million."""
        ends = [grouped(rounded(end * MILLION)) for end in (low, high)]
        if high * MILLION < HALF:
            return self.say("fewer_than", cells="1")
        if low * MILLION < HALF:
            return self.say("range_from_below", high=ends[1])
        return self.say("range", low=ends[0], high=ends[1])

    def dose(self, cells: float) -> str:
        """A number of cells in millions where there are that many: `10 million`, `25 000`."""
        if cells >= MILLION:
            return self.say("millions", number=self.number(cells / MILLION))
        return self.number(cells)

    def of_hundred(self, share: float) -> str:
        """A share as a whole number of a hundred, never a false 0 or 100."""
        return grouped(min(99, max(1, round(100 * share)))) if 0 < share < 1 else grouped(round(100 * share))

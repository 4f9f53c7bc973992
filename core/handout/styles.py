"""Sizes of the handout: paper, margins, type, and how much air stands between things."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from core.handout.lines import ACCENT, Style

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}  # points
MARGIN, TOP, FOOT = 37.0, 25.0, 19.0
MM = 72 / 25.4


class Type(msgspec.Struct, frozen=True):
    """The type of one size of handout."""

    body: Style
    strong: Style
    title: Style
    heading: Style
    figure: Style
    head: Style
    foot: Style
    source: Style
    pitch: float
    label: float
    least: float


class Air(msgspec.Struct, frozen=True):
    """Room between things, in points except `heading`, in lines of text above a heading.

    `cell` is the air beside the text of a cell, `row` that above and below it, `item` that between items.
    """

    heading: float
    cell: float
    row: float
    item: float
    notes: int
    dots: float = 1.0  # their size
    close: bool = False  # harms of all ways in one cell, questions in two columns, the line for notes beside its title
    labels: tuple[float, ...] = (0.0,)  # how much wider the column of labels may be
    split: bool = False  # whether any row of the table may go on on the next side

    early: bool = False  # what is approved stands before the options, in room that side 1 would leave empty


AIRY, TIGHT = Air(0.5, 5.0, 5.0, 1.0, 2), Air(0.28, 4.5, 3.2, 0.0, 1)
CLOSE = Air(0.22, 4.0, 2.6, 0.0, 1, 0.83, close=True, labels=(5.0,))
SPLIT = Air(0.1, 4.0, 1.9, 0.0, 1, 0.75, close=True, labels=(5.0, 17.0, 29.0), split=True)
EARLY = replace(SPLIT, early=True)

TYPES = {
    "normal": Type(
        body=Style(12.5, 16.25),
        strong=Style(12.5, 16.25, True),
        title=Style(20, 24, True),
        heading=Style(14, 17, True, ACCENT),
        figure=Style(14, 18.5, True),
        head=Style(10.5, 14),
        foot=Style(9, 12),
        source=Style(9, 11.6),
        pitch=6.5,
        label=75.0,
        least=92.0,
    ),
    "large": Type(
        body=Style(17, 22.5),
        strong=Style(17, 22.5, True),
        title=Style(27, 33, True),
        heading=Style(20, 26, True, ACCENT),
        figure=Style(19, 25, True),
        head=Style(13.5, 18),
        foot=Style(12, 16),
        source=Style(13.5, 17.6),
        pitch=10.0,
        label=98.0,
        least=124.0,
    ),
}

"""What a handout holds, as pure data: every view of it (PDF, plain text) prints this and adds no word of its own."""

from __future__ import annotations

from typing import Literal

import msgspec

from core.handout.runs import Runs

Paper = Literal["a4", "letter"]
Size = Literal["normal", "large"]


class HandoutOptions(msgspec.Struct, frozen=True):
    """How a handout is wanted, and what is typed for it; nothing of this is kept anywhere.

    `picked`: procedure ids in the order they shall stand (empty: the first ranked one). `date`: ISO day, given by the
    caller (empty: the pack's). `letterhead`: lines of text, the first is the clinic's name; `logo`: a PNG or JPEG file.
    `contact` is printed where help is needed. `questions` are the clinician's own, after the fixed ones.
    """

    language: str = "en"
    paper: Paper = "a4"
    size: Size = "normal"
    long_form: bool = False
    picked: tuple[str, ...] = ()
    letterhead: str = ""
    logo: bytes | None = None
    contact: str = ""
    patient: str = ""
    clinician: str = ""
    note: str = ""
    questions: tuple[str, ...] = ()
    date: str = ""


class Dots(msgspec.Struct, frozen=True):
    """A picture of 100 dots of which `filled` stand for the cells in place."""

    filled: int
    alt: str


class Array(msgspec.Struct, frozen=True):
    """A picture of `total` small figures of which `filled` had a harm. `people`: one figure is one person."""

    filled: int
    total: int
    people: bool
    caption: Runs
    each: Runs
    alt: str


class Way(msgspec.Struct, frozen=True):
    """A drawing of the way that cells take: `points` on a small body, from where they go in to the target."""

    name: str
    points: tuple[tuple[float, float], ...]
    caption: Runs
    alt: str


class Cell(msgspec.Struct, frozen=True):
    """What stands in one cell: a picture, a figure in larger type, and sentences."""

    sentences: tuple[Runs, ...] = ()
    figure: str = ""
    dots: Dots | None = None


class Column(msgspec.Struct, frozen=True):
    """One option: the name over its column and what is said of it as a whole."""

    key: str
    name: str
    marks: tuple[Runs, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """One thing that a patient asks, answered for every option.

    Where there are fewer cells than columns the last one is said of all columns that are left.
    """

    key: Literal["what", "help", "harm", "harm_each", "cells", "still", "day", "sure"]
    label: str
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell that speaks of a column."""
        return self.cells[min(column, len(self.cells) - 1)]


class Source(msgspec.Struct, frozen=True):
    """A study behind what is said: how it is named in the short list and in the long one, and where it is found."""

    number: int
    short: str
    full: str
    address: str = ""


class Section(msgspec.Struct, frozen=True):
    """A heading with paragraphs."""

    title: str
    paragraphs: tuple[Runs, ...]


class Ticks(msgspec.Struct, frozen=True):
    """A heading with things to mark or ask."""

    title: str
    items: tuple[Runs, ...]


class Handout(msgspec.Struct, frozen=True):
    """A filled handout in one language.

    `banner`: what must stand on each side (an unreviewed translation). `twin`: the English one that is printed with it.
    """

    language: str
    paper: Paper
    size: Size
    long_form: bool
    clinic: tuple[str, ...]
    logo: bytes | None
    for_whom: str
    patient: str
    clinician_label: str
    clinician: str
    date_label: str
    date: str
    earns: str
    title: str
    banner: str
    warnings: tuple[Runs, ...]
    intro: tuple[Runs, ...]
    choices: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    any_way: str
    under_table: tuple[Runs, ...]
    nothing: Section | None
    sure: Section
    course: Section | None
    approved: Section
    matters: Ticks
    questions: Ticks
    steps: Ticks
    help: Section
    notes: str
    note: str
    more: Section
    ways_title: str
    ways: tuple[Way, ...]
    ways_read: Runs
    arrays_title: str
    arrays: tuple[Array, ...]
    sources_title: str
    sources: tuple[Source, ...]
    sources_more: str
    made_by: tuple[Runs, ...]
    footer: str
    side: str
    grade: str
    twin: Handout | None = None

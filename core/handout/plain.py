"""The handout as plain text, for screen readers and for pasting into a portal; and every text that it holds."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from core.handout.model import Cell, Handout, Section, Ticks
from core.handout.runs import said
from core.handout.say import sentence


def plain_text(handout: Handout) -> str:
    """The whole handout in reading order: option by option, each question under its option."""
    parts = list(_lines(handout))
    if handout.twin:
        parts += ["", "=" * 40, "", *_lines(handout.twin)]
    return "\n".join(parts).rstrip().replace("\u00a0", " ") + "\n"


def _lines(handout: Handout) -> Iterator[str]:
    yield from _head(handout)
    yield from _options(handout)
    for section in (handout.approved, handout.course, handout.more):  # how sure: under each option already
        if section and section.paragraphs:
            yield from _section(section)
    yield from _ticks(handout.matters, "[ ]")
    yield from _ticks(handout.questions, "-")
    yield from _ticks(handout.steps, "[ ]")
    yield from _section(handout.help)
    yield from _foot(handout)


def _head(handout: Handout) -> Iterator[str]:
    yield from handout.clinic
    if handout.patient:
        yield f"{handout.for_whom} {handout.patient}"
    if handout.clinician:
        yield f"{handout.clinician_label} {handout.clinician}"
    yield f"{handout.date_label} {handout.date}"
    yield handout.earns.replace("☐", "[ ]")
    if handout.banner:
        yield from ("", handout.banner)
    yield from ("", handout.title.upper(), "")
    for text in (*handout.warnings, *handout.intro):
        yield said(text)
    if handout.nothing:
        yield from _section(handout.nothing)


def _options(handout: Handout) -> Iterator[str]:
    yield from ("", handout.choices.upper())
    for number, column in enumerate(handout.columns):
        yield from ("", column.name)
        yield from (said(mark) for mark in column.marks)
        for row in handout.rows:
            yield f"- {row.label}: {cell_text(row.cell(number))}"
    if handout.under_table:
        yield ""
        yield from (said(text) for text in handout.under_table)


def _foot(handout: Handout) -> Iterator[str]:
    if handout.note:
        yield from ("", handout.notes.upper(), handout.note)
    if handout.ways:
        yield from ("", handout.ways_title.upper())
        yield from (f"{way.name}: {said(way.caption)}" for way in handout.ways)
    if handout.arrays:
        yield from ("", handout.arrays_title.upper())
        yield from (said(array.caption) for array in handout.arrays)
    yield from ("", handout.sources_title.upper())
    for source in handout.sources:
        yield f"[{source.number}] {source.full} {source.address}".rstrip()
    yield from (said(text) for text in handout.made_by)
    yield from ("", handout.footer, handout.grade)


def cell_text(cell: Cell) -> str:
    """A cell in words: what its picture shows is in the figure and the sentences."""
    sentences = [said(text) for text in cell.sentences]
    if not cell.figure:
        return " ".join(sentences)
    joint = ", " if sentences and sentences[0][:1].islower() else ". "
    return sentence(joint.join([cell.figure, ". ".join(sentences)]) if sentences else cell.figure)


def _section(section: Section) -> Iterator[str]:
    yield from ("", section.title.upper())
    yield from (said(text) for text in section.paragraphs)


def _ticks(ticks: Ticks, mark: str) -> Iterator[str]:
    yield from ("", ticks.title.upper())
    yield from (f"{mark} {said(item)}" for item in ticks.items)


_NOT_DRAWN = frozenset(("logo", "twin", "language", "paper", "size", "key", "alt"))


def every_text(value: object) -> Iterator[str]:
    """Every string of a handout, or of a part of one, that is drawn: to be checked for what the fonts cannot draw."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from every_text(item)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            if name not in _NOT_DRAWN:
                yield from every_text(getattr(value, name))

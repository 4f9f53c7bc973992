"""A Handout as blocks: the question with its options side by side, and everything that follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from math import inf

from msgspec.structs import replace

from core.handout import body
from core.handout.flow import Beside, Block, Box, Columns, Lines, Paragraph, Picture, RunIn, Titled
from core.handout.items import Downward, Items
from core.handout.lines import ACCENT, Style, line_width
from core.handout.model import Cell, Column, Handout, Row, Section, Source
from core.handout.pictures import dots, figures
from core.handout.runs import Run, Runs, plain, said
from core.handout.styles import AIRY, Air, Type
from core.handout.table import Row as TableRow
from core.handout.table import Table, fit_widths

_TALL = 14  # lines: a row higher than this may go on on the next side, where a sheet may have many
_WHOLE = 8  # lines: a paragraph of a table no longer than this goes on to the next side whole
_RUN_IN = 0.4  # of the width: a longer heading stands on a line of its own
_WIDE = 3  # columns beside the labels: in more of them sentences would be set a few words a line
_MUCH, _UNEVEN = 160, 1.5  # letters of the longest of cells, and how much higher they may be beside each other
_HARMS = ("harm", "harm_each")
_TIE = "\u00a0"  # a space at which no line ends
_UNIT = re.compile(r"(\d) (\w)")  # a number and what it counts
_RANGE = re.compile(r"(?<![\d\u202f])\d{1,3} \w{1,2} \d{1,3}(?![\d\u202f])")
_OF = re.compile(r"(?<=\d )\D+$")  # "of a million" behind the number
_BODY_SCALE = 23.0  # the body is drawn as high as about ten lines of text


class Composer:
    """Makes the blocks of one handout for a width; `air` may change from one try to the next."""

    def __init__(self, handout: Handout, kind: Type, width: float) -> None:
        self.handout = handout
        self.type = kind
        self.width = width
        self.air: Air = AIRY
        self.tall = inf
        self.stacked = False  # without a table: one option under the other, for texts that no column can hold
        self.turns: list[Block] = []  # where what the reader is asked begins, part by part
        self._tables: dict[Air, Table] = {}
        if handout.size == "large" or handout.long_form:
            self.may_split()

    def may_split(self) -> None:
        """Rows of the table may go on on the next side, because there are more than two."""
        self.tall = _TALL * self.type.body.leading
        self._tables.clear()

    def upper(self, rows: Sequence[Row]) -> list[Block]:
        """The question, what it is about, and the options with these rows: all, or all but the last ones."""
        handout, kind = self.handout, self.type
        made: list[Block] = [Paragraph(plain(handout.title), kind.title, "H1")]
        made += [Box([Paragraph(warning, kind.body)], rise=self.air.row + 2, before=6) for warning in handout.warnings]
        made += [Paragraph(text, kind.body, before=4) for text in handout.intro]
        if handout.nothing:
            made += self._section(handout.nothing)
        if self.air.early:
            made += self._section(handout.approved)
        made.append(self._heading(handout.choices))
        if self.stacked:
            marks = [(Run(f"{column.name}. ", True), *mark) for column in handout.columns for mark in column.marks]
            made += [Paragraph(mark, kind.body, before=2) for mark in marks]
            made += [block for row in rows for block in self._row_as_section(row)]
        else:
            table = self._table()
            made.append(replace(table, rows=table.rows[: len(table.rows) + len(rows) - len(handout.rows)]))
        made += [Paragraph(text, kind.body, before=6) for text in handout.under_table]
        return made

    def rest(self, moved: frozenset[str], rows: Sequence[Row]) -> Iterator[Block]:
        """What follows: `rows` that found no room in the table, and all that is not in `moved`."""
        handout = self.handout
        for row in rows:
            if row.key != "sure":
                yield from self._row_as_section(row)
        if any(row.key == "sure" for row in rows):
            yield from self._section(handout.sure)
        if not self.air.early:
            yield from self._section(handout.approved)
        if handout.course and "course" not in moved:
            yield from self._section(handout.course)
        if "more" not in moved and handout.more.paragraphs:
            yield from self._section(handout.more)
        self.turns = []
        for part in (self._matters(), self._questions(), self._steps(), self._section(handout.help)):
            blocks = list(part)
            self.turns.append(blocks[0])
            yield from blocks
        yield from self._notes()
        if handout.ways and "drawing" not in moved:
            yield from self._ways()
        if handout.arrays and "arrays" not in moved:
            yield from self._arrays()
        yield from self._sources(moved)

    def _row_as_section(self, row: Row) -> Iterator[Block]:
        """A row that found no room in the table, option by option."""
        paragraphs = []
        cells = [row.cell(number) for number in range(len(self.handout.columns))]
        for column, cell in zip(self.handout.columns, cells, strict=True):
            figure = (Run(f"{cell.figure}. "),) if cell.figure else ()
            text = tuple(run for part in cell.sentences for run in (*part, Run(" ")))
            paragraphs.append((Run(f"{column.name}: ", True), *figure, *text))
        blocks = list(self._section(Section(row.label, tuple(paragraphs))))
        for block in blocks[:-1][:2]:  # a heading with the line on usual care alone says too little
            block.keeps = True
        yield from blocks

    @property
    def _before(self) -> float:
        """Air above a heading."""
        return self.type.body.leading * self.air.heading

    def _heading(self, text: str) -> Block:
        return Paragraph(plain(text), self.type.heading, "H2", before=self._before, keeps=True)

    def _section(self, section: Section) -> Iterator[Block]:
        paragraphs = list(section.paragraphs)
        title = Paragraph(plain(section.title), self.type.heading, "H2")
        if self.air.close and paragraphs and line_width(title.words, title.style) < _RUN_IN * self.width:
            yield RunIn(title, Paragraph(paragraphs.pop(0), self.type.body), before=self._before + 1)
        else:
            yield self._heading(section.title)
        for number, text in enumerate(paragraphs):
            yield Paragraph(text, self.type.body, before=3 if number == 0 else 2)

    def _matters(self) -> Iterator[Block]:
        matters = self.handout.matters
        yield self._heading(matters.title)
        columns = 3 if self.handout.size == "normal" else 2
        items = Items(matters.items, self.type.body, "box", columns, gap=1.5)
        yield Box([items], rise=self.air.row + 1, before=4)

    def _questions(self) -> Iterator[Block]:
        questions = self.handout.questions
        yield self._heading(questions.title)
        items = Downward if self.air.close and len(questions.items) > 2 else Items
        yield items(questions.items, self.type.body, "disc", gap=self.air.item, before=2)

    def _steps(self) -> Iterator[Block]:
        yield self._heading(self.handout.steps.title)
        columns = 4 if self.handout.size == "normal" else 2
        yield Items(self.handout.steps.items, self.type.body, "box", columns, gap=self.air.item, before=2)

    def _notes(self) -> Iterator[Block]:
        if self.air.close and not self.handout.note:
            title = Paragraph(plain(self.handout.notes), self.type.heading, "H2")
            yield Titled(title, self.type.body.leading * 1.35, before=self._before)
            return
        yield self._heading(self.handout.notes)
        for number, line in enumerate(part for part in self.handout.note.split("\n") if part):
            yield Paragraph(plain(line), self.type.body, before=3 if number == 0 else 1)
        yield Lines(self.air.notes, self.type.body.leading * 1.35)

    def _ways(self) -> Iterator[Block]:
        kind = self.type
        yield self._heading(self.handout.ways_title)
        columns: list[list[Block]] = []
        for way in self.handout.ways:
            wide, high, operators = body.paint_way(way, kind.body.size / _BODY_SCALE)
            picture = Picture(wide, high, partial(body.paint, operators=operators), way.alt)
            words: list[Block] = [Paragraph(plain(way.name), kind.strong), Paragraph(way.caption, kind.body, before=2)]
            columns.append([Beside(picture, words, kind.body.size * 6)])
        yield Columns(columns, before=4, keeps=True)
        yield Paragraph(self.handout.ways_read, kind.body, before=3)

    def _arrays(self) -> Iterator[Block]:
        yield self._heading(self.handout.arrays_title)
        for array in self.handout.arrays:
            words = [Paragraph(array.caption, self.type.body), Paragraph(array.each, self.type.body, before=2)]
            picture = Picture(*figures(array.filled, array.total, array.people), array.alt)
            yield Beside(picture, words, self.type.body.size * 6, before=8)

    def _sources(self, moved: frozenset[str]) -> Iterator[Block]:
        kind, handout = self.type, self.handout
        small = Style(kind.source.size + 2, kind.source.leading + 2, True, ACCENT)
        title = Paragraph(plain(handout.sources_title), small, "H2", before=self._before, keeps=True)
        made_by = handout.made_by[:1] if "authors" in moved else handout.made_by
        authors = tuple(run for text in made_by for run in (*text, Run(" ")))
        if "full sources" in moved:
            text = " ".join(f"[{source.number}] {source.short}." for source in handout.sources)
            if "short sources" in moved and len(handout.sources) > 1:
                text = f"[1]-[{len(handout.sources)}]"
            words = Paragraph((Run(f"{text} {handout.sources_more} ".lstrip()), *authors), kind.source, before=2)
            yield from [RunIn(title, words, before=self._before + 2)] if self.air.close else [title, words]
            return
        yield title
        yield Paragraph(authors, kind.source, before=2)
        for source in handout.sources:
            yield Paragraph(_full(source), kind.source, before=2, least=1)

    # --- the table ---------------------------------------------------------------------------------------------

    def _table(self) -> Table:
        """The options with all rows, composed once; fewer rows keep its columns."""
        if self.air not in self._tables:
            self._tables[self.air] = self._whole_table(self.handout.columns, self._rows(self.handout.rows))
        return self._tables[self.air]

    def _whole_table(self, columns: Sequence[Column], rows: Sequence[Row]) -> Table:
        kind = self.type
        head = TableRow([], [self._column_head(column) for column in columns])
        again = TableRow([], [self._column_head(column)[:1] for column in columns])
        body = [TableRow(self._label(row), [self._cell(cell) for cell in self._cells(row)]) for row in rows]
        shares = [1 / (len(columns) + 1)] * (len(columns) + 1)
        table = Table(head, body, shares, again, pad=self.air.cell, rise=self.air.row, before=4)
        table.least = (2 if self.air.split else 3) * kind.body.leading + 2 * self.air.row
        table.tall = 2 * table.least if self.air.split else self.tall
        table.whole = 0.0 if self.air.split else _WHOLE * kind.body.leading
        least = min(kind.least, (self.width - kind.label) / len(columns))
        found = [fit_widths(table, self.width, kind.label + more, least) for more in self.air.labels]
        return min((replace(table, widths=one) for one in found), key=lambda one: one.height(self.width))

    def _cells(self, row: Row) -> Sequence[Cell]:
        """The cells of a row; the harms of all ways in one, each after the name of its way, where columns are narrow.

        So too where one way has much to tell and another little: half a column would stay empty.
        """
        columns = self.handout.columns
        if row.key not in _HARMS or not len(columns) == len(row.cells) > 2:
            return row.cells
        wide = self.handout.size == "normal" and len(columns) <= _WIDE
        if wide and not self.air.close and not _uneven(row.cells[1:]):
            return row.cells
        if self.air.split:
            return [Cell(_parts(columns, row.cells))]
        return [row.cells[0], Cell(_parts(columns[1:], row.cells[1:]))]

    def _rows(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows; where room is scarcest, what may harm in all ways and what else may harm in each are one."""
        common = next((row for row in rows if row.key == "harm"), None)
        each = next((row for row in rows if row.key == "harm_each"), None)
        if not self.air.split or not common or not each:
            return rows
        none, *others = self.handout.columns
        parts = [_of(none.name, common.cells[0]), _of(self.handout.any_way, common.cells[1])]
        parts += _parts(others, [each.cell(number) for number in range(1, len(self.handout.columns))])
        one = Row("harm", common.label, (Cell(tuple(parts)),))
        return [one if row is common else row for row in rows if row is not each]

    def _column_head(self, column: Column) -> list[Block]:
        made: list[Block] = [Paragraph(plain(column.name, True), self.type.strong)]
        return [*made, *(Paragraph(mark, self.type.body) for mark in column.marks)]

    def _label(self, row: Row) -> list[Block]:
        return [Paragraph(plain(_UNIT.sub(rf"\1{_TIE}\2", row.label)), self.type.strong)]

    def _cell(self, cell: Cell) -> list[Block]:
        made: list[Block] = []
        if cell.figure:
            of_how_many = _OF.sub(lambda found: found[0].replace(" ", _TIE), cell.figure)
            made.append(Paragraph(plain(of_how_many), self.type.figure, least=1))
        sentences = map(_ranges_tied, cell.sentences) if cell.dots else cell.sentences
        made += [Paragraph(text, self.type.body, before=0.5 if self.air.split else 2) for text in sentences]
        if not cell.dots:
            return made
        if made:
            made[0].before = 3
        picture = Picture(*dots(cell.dots.filled, self.type.pitch * self.air.dots), cell.dots.alt)
        least = max(self.type.body.size * 5.5, *(block.narrowest() for block in made))
        return [Beside(picture, made, least)]


def _ranges_tied(text: Runs) -> Runs:
    """A text in which "5 to 83" stands on one line."""
    return tuple(run._replace(text=_RANGE.sub(lambda found: found[0].replace(" ", _TIE), run.text)) for run in text)


def _of(name: str, cell: Cell) -> Runs:
    """What is said of an option in one paragraph, after its name."""
    text = [run._replace(bold=False) for part in cell.sentences for run in (*part, Run(" "))]
    return (Run(f"{name}. ", True), *text)


def _parts(columns: Sequence[Column], cells: Sequence[Cell]) -> tuple[Runs, ...]:
    """A paragraph for each option; one for several of which the same is said."""
    names: dict[Cell, list[str]] = {}
    for column, cell in zip(columns, cells, strict=True):
        names.setdefault(cell, []).append(column.name)
    return tuple(_of("; ".join(named), cell) for cell, named in names.items())


def _uneven(cells: Sequence[Cell]) -> bool:
    """Whether cells would be much higher beside each other than one under the other over all their columns."""
    letters = [sum(len(said(part)) for part in cell.sentences) for cell in cells]
    return max(letters) > _MUCH and len(letters) * max(letters) > _UNEVEN * sum(letters)


def _full(source: Source) -> Runs:
    text = Run(f"[{source.number}] {source.full} ")
    return (text, Run(source.address, False, source.address)) if source.address else (text,)

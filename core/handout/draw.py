"""A Handout drawn as a tagged PDF: `render` gives the bytes of the file, the same for the same handout.

Normal size aims at one sheet of two sides. What does not fit moves to the long form in a fixed order (`_LEVELS`); type
size and the lines on benefit, harm, approval and help never give way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from reportlab.lib.utils import ImageReader

from core.errors import RenderError
from core.handout import body, fonts
from core.handout.clean import check_glyphs, clean_logo
from core.handout.flow import (
    ACCENT,
    INK,
    REGULAR,
    RULE,
    Beside,
    Block,
    Box,
    Columns,
    Items,
    Lines,
    PageBreak,
    Paragraph,
    Picture,
    Style,
    break_lines,
    draw_lines,
    stack_height,
    width_of,
)
from core.handout.model import Cell, Column, Handout, Row, Section, Source, Ticks
from core.handout.pages import Frame, Placed, draw_page, free_below, paginate
from core.handout.pictures import dots, figures
from core.handout.plain import every_text
from core.handout.table import Row as TableRow
from core.handout.table import Table, fit_widths
from core.handout.tagged import TaggedCanvas
from core.handout.words import Run, Words, plain

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}  # points
LANGUAGE_TAGS = {"en": "en-GB", "es": "es"}
_MARGIN, _TOP, _FOOT = 37.0, 25.0, 19.0
_MM = 72 / 25.4
_SIDES_OF_A_SHEET = 2
_BODY_SCALE = 23.0  # the body is drawn as high as about ten lines of text
_SLACK = 24.0  # points: air above a heading that begins a side counts for nothing
_MOVABLE = ("day", "sure")  # rows that may stand on side 2 instead, the last one first
#: What moves to the long form, one after the other, until the sheet is one.
_LEVELS: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"full sources"}),
    frozenset({"full sources", "authors"}),
    frozenset({"full sources", "authors", "drawing"}),
    frozenset({"full sources", "authors", "drawing", "arrays"}),
    frozenset({"full sources", "authors", "drawing", "arrays", "more"}),
    frozenset({"full sources", "authors", "drawing", "arrays", "more", "course"}),
)
_SMALLEST_FIRST = ("course", "more", "drawing", "authors")
_LARGE_LEAVES_OUT = _LEVELS[4]


@dataclass(frozen=True)
class Type:
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


@dataclass(frozen=True)
class Air:
    """Room between things: above a heading in lines of text, inside cells and between items in points."""

    heading: float
    cell: float
    item: float
    notes: int
    split: bool = False  # whether any row of the table may go on on the next side


_AIRY, _TIGHT = Air(0.5, 5.0, 1.0, 2), Air(0.25, 3.2, 0.0, 1)
_TIGHTEST = Air(0.2, 2.6, 0.0, 1, split=True)

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


def render(handout: Handout) -> bytes:
    """The PDF of a handout and of its twin.

    Raises RenderError for characters without a glyph, InputError for a bad logo.
    """
    fonts.faces()
    parts = [handout, *([handout.twin] if handout.twin else [])]
    check_glyphs((text for part in parts for text in every_text(part)), fonts.lacks)
    sheets = [_Sheet(part) for part in parts]
    plans = [sheet.plan() for sheet in sheets]
    total = sum(map(len, plans))
    file = BytesIO()
    canvas = TaggedCanvas(
        file,
        title=handout.title,
        language=LANGUAGE_TAGS.get(handout.language, handout.language),
        font=REGULAR,
        pagesize=PAPERS[handout.paper],
        creator="CellRoute",
    )
    number = 0
    for sheet, plan in zip(sheets, plans, strict=True):
        with canvas.element("Part", language=LANGUAGE_TAGS.get(sheet.handout.language, "")) as part:
            pass
        for index, page in enumerate(plan):
            number += 1
            if number > 1:
                canvas.showPage()
            with canvas.element(part):
                sheet.draw(canvas, page, index, last=index == len(plan) - 1, number=number, total=total)
    canvas.save()
    return file.getvalue()


class _Sheet:
    """One language's sides: planned, then drawn."""

    def __init__(self, handout: Handout) -> None:
        self.handout = handout
        self.type = TYPES[handout.size]
        self.wide, self.high = PAPERS[handout.paper]
        self.width = self.wide - 2 * _MARGIN
        self.logo = clean_logo(handout.logo) if handout.logo else None
        self.first = self._frame(self._head_height())
        self.further = self._frame(self._running_height())
        self.air = _AIRY
        self._upper_of: dict[Air, tuple[list[Block], Sequence[Row]]] = {}

    # --- where things stand ------------------------------------------------------------------------------------

    def _frame(self, head: float) -> Frame:
        foot = _FOOT + len(self._foot_lines()) * self.type.foot.leading + 9
        return Frame(_MARGIN, foot, self.width, self.high - head - foot)

    def _head_height(self) -> float:
        leading = self.type.head.leading
        lines = max(len(self.handout.clinic), 1 + bool(self.handout.clinician)) + 1
        logo = self.logo[2] * _MM + 4 if self.logo else 0.0
        return _TOP + max(lines * leading, logo + leading) + 8 + self._banner_height()

    def _running_height(self) -> float:
        return _TOP + self.type.head.leading + 10 + self._banner_height()

    def _banner_height(self) -> float:
        return len(self._banner()) * self.type.head.leading + 6 if self.handout.banner else 0.0

    def _banner(self) -> Sequence[Words]:
        return break_lines(plain(self.handout.banner, True), self.type.head, self.width)

    # --- plan --------------------------------------------------------------------------------------------------

    def plan(self) -> list[list[Placed]]:
        """The sides: on one sheet if less air, or what may move to the long form, makes room for it."""
        handout = self.handout
        if handout.long_form:
            return self._with_notes(self._set(_LEVELS[0], _AIRY), most=3)
        if handout.size == "large":
            return self._with_notes(self._set(_LARGE_LEAVES_OUT, _AIRY))
        made: list[list[Placed]] = []
        tries = [(_AIRY, level) for level in _LEVELS] + [(_TIGHT, level) for level in _LEVELS[1:]]
        for air, moved in [*tries, (_TIGHTEST, _LEVELS[-1])]:
            blocks = self._all(moved, air)
            last = air == _TIGHTEST
            if last or stack_height(blocks, self.width) <= self._sheet:
                made = self._paginated(blocks)
                if len(made) <= _SIDES_OF_A_SHEET:
                    return self._with_notes(self._brought_back(made, moved, air))
        return self._with_notes(made)

    def _brought_back(self, made: list[list[Placed]], moved: frozenset[str], air: Air) -> list[list[Placed]]:
        """What had to go before something larger did comes back where there is room for it now."""
        for one in _SMALLEST_FIRST:
            fewer = moved - {one}
            if one in moved and stack_height(self._all(fewer, air), self.width) <= self._sheet:
                tried = self._paginated(self._all(fewer, air))
                if len(tried) <= _SIDES_OF_A_SHEET:
                    made, moved = tried, fewer
        return made

    @property
    def _sheet(self) -> float:
        """Points on the two sides of a sheet."""
        return self.first.height + self.further.height + _SLACK

    def _set(self, moved: frozenset[str], air: Air) -> list[list[Placed]]:
        return self._paginated(self._all(moved, air))

    def _all(self, moved: frozenset[str], air: Air) -> list[Block]:
        self.air = air
        upper, rows = self._side_one(air)
        return [*upper, *self._rest(moved, rows)]

    def _paginated(self, blocks: Sequence[Block]) -> list[list[Placed]]:
        try:
            return paginate(blocks, self.first, self.further)
        except ValueError as cause:
            raise RenderError("The handout does not fit on paper of this size.", str(cause)) from cause

    def _side_one(self, air: Air) -> tuple[list[Block], Sequence[Row]]:
        """The question and the options side by side, and the rows that go to side 2: as few as possible.

        Where not even the rows that must stand in the table fit on side 1, all of them do, and it runs on.
        """
        if air not in self._upper_of:
            self._upper_of[air] = self._fitted_side_one()
        return self._upper_of[air]

    def _fitted_side_one(self) -> tuple[list[Block], Sequence[Row]]:
        rows = self.handout.rows
        for count in range(len(rows), len(rows) - 1 - len(_MOVABLE), -1):
            if any(row.key not in _MOVABLE for row in rows[count:]):
                break
            blocks = self._upper(rows[:count])
            if stack_height(blocks, self.width) <= self.first.height:
                return [*blocks, PageBreak()], rows[count:]
        return self._upper(rows), ()

    def _with_notes(self, pages: list[list[Placed]], most: int = 6) -> list[list[Placed]]:
        """The room left on the last side becomes lines to write on."""
        page, frame = pages[-1], self.first if len(pages) == 1 else self.further
        room = free_below(page, frame)
        for index, placed in enumerate(page):
            if isinstance(placed.block, Lines):
                more = min(int(room // placed.block.pitch), most)
                lines = Lines(placed.block.count + more, placed.block.pitch, placed.block.before)
                down = more * lines.pitch
                moved = [Placed(other.block, other.top - down) for other in page[index + 1 :]]
                pages[-1] = [*page[:index], Placed(lines, placed.top), *moved]
                break
        return pages

    def _upper(self, rows: Sequence[Row]) -> list[Block]:
        handout, kind = self.handout, self.type
        made: list[Block] = [Paragraph(plain(handout.title), kind.title, "H1")]
        made += [Box([Paragraph(warning, kind.body)], before=6) for warning in handout.warnings]
        made += [Paragraph(text, kind.body, before=4) for text in handout.intro]
        if handout.nothing:
            made += self._section(handout.nothing)
        made += [self._heading(handout.choices), self._table(handout.columns, rows)]
        made += [Paragraph(text, kind.body, before=6) for text in handout.under_table]
        return made

    def _rest(self, moved: frozenset[str], rows: Sequence[Row]) -> Iterator[Block]:
        handout, kind = self.handout, self.type
        for row in rows:
            if row.key != "sure":
                yield from self._row_as_section(row)
        if any(row.key == "sure" for row in rows):
            yield from self._section(handout.sure)
        yield from self._section(handout.approved)
        if handout.course and "course" not in moved:
            yield from self._section(handout.course)
        if "more" not in moved:
            yield from self._section(handout.more)
        yield self._heading(handout.matters.title)
        columns = 3 if handout.size == "normal" else 2
        yield Box([Items(handout.matters.items, kind.body, "box", columns, gap=1.5)], pad=6, before=4)
        yield from self._ticks(handout.questions, "disc", 1)
        yield from self._ticks(handout.steps, "box", 4 if handout.size == "normal" else 2)
        yield from self._section(handout.help)
        yield from self._notes()
        if handout.ways and "drawing" not in moved:
            yield from self._ways()
        if handout.arrays and "arrays" not in moved:
            yield from self._arrays()
        yield from self._sources(moved)

    def _row_as_section(self, row: Row) -> Iterator[Block]:
        """A row that found no room in the table, option by option."""
        paragraphs = []
        for column, cell in zip(self.handout.columns, row.cells, strict=True):
            figure = (Run(f"{cell.figure}. "),) if cell.figure else ()
            text = tuple(run for part in cell.sentences for run in (*part, Run(" ")))
            paragraphs.append((Run(f"{column.name}: ", True), *figure, *text))
        yield from self._section(Section(row.label, tuple(paragraphs)))

    @property
    def _before(self) -> float:
        """Air above a heading."""
        return self.type.body.leading * self.air.heading

    def _heading(self, text: str) -> Block:
        return Paragraph(plain(text), self.type.heading, "H2", before=self._before, keeps=True)

    def _section(self, section: Section) -> Iterator[Block]:
        yield self._heading(section.title)
        for number, text in enumerate(section.paragraphs):
            yield Paragraph(text, self.type.body, before=3 if number == 0 else 2)

    def _ticks(self, ticks: Ticks, mark: str, columns: int) -> Iterator[Block]:
        yield self._heading(ticks.title)
        yield Items(ticks.items, self.type.body, mark, columns, gap=self.air.item, before=2)

    def _notes(self) -> Iterator[Block]:
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
        yield Columns(columns, before=4)
        yield Paragraph(self.handout.ways_read, kind.body, before=3)

    def _arrays(self) -> Iterator[Block]:
        yield self._heading(self.handout.arrays_title)
        for array in self.handout.arrays:
            yield Paragraph(array.caption, self.type.body, before=4, keeps=True)
            wide, high, paint = figures(array.filled, array.total, array.people, self.width)
            yield Picture(wide, high, paint, array.alt, before=4)
            yield Paragraph(array.each, self.type.body, before=2)

    def _sources(self, moved: frozenset[str]) -> Iterator[Block]:
        kind, handout = self.type, self.handout
        small = Style(kind.source.size + 2, kind.source.leading + 2, True, ACCENT)
        yield Paragraph(plain(handout.sources_title), small, "H2", before=self._before, keeps=True)
        made_by = handout.made_by[:1] if "authors" in moved else handout.made_by
        authors = tuple(run for text in made_by for run in (*text, Run(" ")))
        if "full sources" in moved:
            text = " ".join(f"[{source.number}] {source.short}." for source in handout.sources)
            yield Paragraph((Run(f"{text} {handout.sources_more} ".lstrip()), *authors), kind.source, before=2)
            return
        yield Paragraph(authors, kind.source, before=2)
        for source in handout.sources:
            yield Paragraph(_full(source), kind.source, before=2, least=1)

    # --- the table ---------------------------------------------------------------------------------------------

    def _table(self, columns: Sequence[Column], rows: Sequence[Row]) -> Table:
        kind = self.type
        head = TableRow([], [self._column_head(column) for column in columns])
        body = [TableRow(self._label(row), [self._cell(cell) for cell in row.cells]) for row in rows]
        table = Table(head, body, [1 / (len(columns) + 1)] * (len(columns) + 1), pad=self.air.cell, before=4)
        if self.air.split:
            table.tall = table.least = 3 * kind.body.leading
        least = min(kind.least, (self.width - kind.label) / len(columns))
        table.widths = fit_widths(table, self.width, kind.label, least)
        return table

    def _column_head(self, column: Column) -> list[Block]:
        made: list[Block] = [Paragraph(plain(column.name, True), self.type.strong)]
        return [*made, *(Paragraph(mark, self.type.body) for mark in column.marks)]

    def _label(self, row: Row) -> list[Block]:
        return [Paragraph(plain(row.label), self.type.strong)]

    def _cell(self, cell: Cell) -> list[Block]:
        made: list[Block] = []
        if cell.figure:
            made.append(Paragraph(plain(cell.figure), self.type.figure, least=1))
        made += [Paragraph(text, self.type.body, before=2) for text in cell.sentences]
        if not cell.dots:
            return made
        if made:
            made[0].before = 3
        picture = Picture(*dots(cell.dots.filled, self.type.pitch), cell.dots.alt)
        return [Beside(picture, made, self.type.body.size * 5.5)]

    # --- ink ---------------------------------------------------------------------------------------------------

    def draw(
        self, canvas: TaggedCanvas, page: Sequence[Placed], index: int, *, last: bool, number: int, total: int
    ) -> None:
        """One side with its head and foot."""
        if index == 0:
            self._draw_head(canvas)
        else:
            with canvas.artifact():
                self._draw_running_head(canvas)
        draw_page(canvas, page, self.first if index == 0 else self.further)
        if last:
            self._draw_foot(canvas, number, total)
        else:
            with canvas.artifact():
                self._draw_foot(canvas, number, total)

    def _draw_head(self, canvas: TaggedCanvas) -> None:
        handout, style = self.handout, self.type.head
        top = self.high - _TOP
        left = _MARGIN
        if self.logo:
            data, wide, high = self.logo
            canvas.drawImage(ImageReader(BytesIO(data)), left, top - high * _MM, wide * _MM, high * _MM)
            left += wide * _MM + 8
        for number, line in enumerate(handout.clinic):
            self._line(canvas, plain(line, number == 0), left, top - number * style.leading)
        patient = handout.patient or "_" * 24
        right = f"{handout.for_whom} {patient}   {handout.date_label} {handout.date}"
        self._line(canvas, plain(right), self._right(right), top)
        if handout.clinician:
            spoken = f"{handout.clinician_label} {handout.clinician}"
            self._line(canvas, plain(spoken), self._right(spoken), top - style.leading)
        bottom = self.first.top + 8 + self._banner_height()
        self._line(canvas, plain(handout.earns), _MARGIN, bottom + style.leading - 1)
        self._rule(canvas, bottom - 2)
        self._draw_banner(canvas, bottom - 6)

    def _right(self, text: str) -> float:
        return self.wide - _MARGIN - width_of(text, False, self.type.head.size)

    def _line(self, canvas: TaggedCanvas, text: Words, x: float, top: float) -> None:
        with canvas.element("P"):
            draw_lines(canvas, [text], self.type.head, x, top)

    def _rule(self, canvas: TaggedCanvas, y: float) -> None:
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.4)
        canvas.line(_MARGIN, y, self.wide - _MARGIN, y)

    def _draw_banner(self, canvas: TaggedCanvas, top: float) -> None:
        if self.handout.banner:
            with canvas.element("P"):
                draw_lines(canvas, self._banner(), self.type.head, _MARGIN, top)

    def _draw_running_head(self, canvas: TaggedCanvas) -> None:
        style, top = self.type.head, self.high - _TOP
        clinic = self.handout.clinic[0] if self.handout.clinic else ""
        title = _shortened(self.handout.title, self.width - width_of(clinic, True, style.size) - 24, style.size)
        self._line(canvas, plain(clinic, True), _MARGIN, top)
        self._line(canvas, plain(title), self._right(title), top)
        self._rule(canvas, top - style.leading - 2)
        self._draw_banner(canvas, top - style.leading - 6)

    def _side(self, number: int, total: int) -> str:
        return f"{self.handout.side.format(number=number, total=total)} · {self.handout.grade}"

    def _foot_lines(self) -> Sequence[Words]:
        style = self.type.foot
        room = self.width - width_of(self._side(8, 8), False, style.size) - 12
        return break_lines(plain(self.handout.footer), style, room)

    def _draw_foot(self, canvas: TaggedCanvas, number: int, total: int) -> None:
        style = self.type.foot
        right = self._side(number, total)
        lines = self._foot_lines()
        top = _FOOT + len(lines) * style.leading
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        canvas.line(_MARGIN, top + 3, self.wide - _MARGIN, top + 3)
        with canvas.element("P"):
            draw_lines(canvas, lines, style, _MARGIN, top)
        with canvas.element("P"):
            x = self.wide - _MARGIN - width_of(right, False, style.size)
            draw_lines(canvas, [plain(right)], style, x, top)


def _full(source: Source) -> Words:
    text = Run(f"[{source.number}] {source.full} ")
    return (text, Run(source.address, False, source.address)) if source.address else (text,)


def _shortened(text: str, width: float, size: float) -> str:
    """A running head cut at a word; the whole title stands on the first side."""
    if width_of(text, False, size) <= width:
        return text
    words = text.split(" ")
    while len(words) > 1 and width_of(" ".join(words) + " …", False, size) > width:
        words.pop()
    return " ".join(words) + " …"


__all__ = ["INK", "PAPERS", "render"]

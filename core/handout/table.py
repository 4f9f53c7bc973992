"""A tagged table whose rows never lose a line: they move to the next side whole, or split where a side is too small."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from itertools import product
from math import inf
from operator import getitem

from msgspec import Struct, field
from msgspec.structs import replace

from core.handout.flow import Block, draw_stack, split_stack, stack_height
from core.handout.lines import ACCENT, GROUND, RULE
from core.handout.tagged import Element, TaggedCanvas

Cell = Sequence[Block]
_STEP = 8.0  # points by which widths are tried
_WIDEST_LABEL = 1.35  # of the given width: for a long word in the label column


class Row(Struct, eq=False):
    """A row: its header cell, its data cells, and the structure elements that its parts share.

    The last data cell covers all columns that are left over.
    """

    label: Cell
    cells: Sequence[Cell]
    element: list[Element] = field(default_factory=list)
    inside: list[Element] = field(default_factory=list)
    again: bool = False  # the lower part of a row: its header stands again, for the eye only
    _heights: dict[tuple[float, ...], float] = field(default_factory=dict)

    def all(self) -> list[Cell]:
        return [self.label, *self.cells]

    def height(self, *widths: float) -> float:
        """Height of the highest cell, measured once for the widths of the cells."""
        if widths not in self._heights:
            cells = zip(self.all(), widths, strict=True)
            self._heights[widths] = max(stack_height(cell, width) for cell, width in cells)
        return self._heights[widths]

    def part(self, label: Cell, cells: Sequence[Cell], *, again: bool = False) -> Row:
        """An upper or a lower part of the row, of the same structure elements."""
        return replace(self, label=label, cells=cells, again=again, _heights={})


class Table(Block):
    """Columns side by side under headers; the headers stand again (for the eye only) on each further side.

    `widths` are shares of the whole width. `head` is the row of headers, its first cell may be empty; `again` is what
    of it stands on further sides. `pad` is the air beside the text of a cell, `rise` that above and below it. A row is
    split over sides only where it is higher than `tall` and `least` of it stands on either; a paragraph of it that is
    no higher than `whole` is not.
    """

    head: Row
    rows: Sequence[Row]
    widths: Sequence[float]
    again: Row | None = None
    pad: float = 5.0
    rise: float = 5.0
    tall: float = 130.0
    least: float = 84.0
    whole: float = 0.0
    going_on: bool = False
    shared: list[Element] = field(default_factory=list)

    def edges(self, x: float, width: float) -> list[float]:
        """Left edges of the columns and the right edge of the last."""
        found = [x]
        for share in self.widths:
            found.append(found[-1] + share * width)
        return found

    def row_edges(self, row: Row, x: float, width: float) -> list[float]:
        """Edges of the cells of a row."""
        edges = self.edges(x, width)
        count = len(row.cells) + 1
        return [*edges[:count], edges[-1]]

    def _inner(self, row: Row, width: float) -> list[float]:
        """Widths that the cells of a row have for their blocks."""
        last = len(row.cells)
        shares = (*self.widths[:last], sum(self.widths[last:]))
        return [share * width - 2 * self.pad for share in shares]

    def row_height(self, row: Row, width: float) -> float:
        """Height of a row, with its padding."""
        return row.height(*self._inner(row, width)) + 2 * self.rise - 1.5

    def height(self, width: float) -> float:
        return sum(self.row_height(row, width) for row in (self.head, *self.rows))

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        room -= self.row_height(self.head, width)
        for number, row in enumerate(self.rows):
            high = self.row_height(row, width)
            if high <= room + 0.01:
                room -= high
                continue
            worth = number == 0 or high > self.tall
            parts = self._split_row(row, width, room) if worth and room > self.least else None
            if parts and number and self.row_height(parts[1], width) < self.least:
                parts = self._split_row(row, width, min(room, high - self.least)) if high > 2 * self.least else None
            upper = [*self.rows[:number], *(parts[:1] if parts else [])]
            lower = [*(parts[1:] if parts else [row]), *self.rows[number + 1 :]]
            if not upper:
                return None
            return replace(self, rows=upper, keeps=False), self._going_on(lower)
        return None

    def _going_on(self, rows: Sequence[Row]) -> Table:
        """The table of the rows that stand on a further side."""
        return replace(self, head=self.again or self.head, rows=rows, before=0.0, going_on=True)

    def _split_row(self, row: Row, width: float, room: float) -> list[Row] | None:
        """A tall row in two; None where one of its cells cannot be cut there."""
        upper: list[Cell] = []
        lower: list[Cell] = []
        inside = room - 2 * self.rise + 1.5
        for cell, wide in zip(row.all(), self._inner(row, width), strict=True):
            if stack_height(cell, wide) <= inside + 0.01:
                upper.append(cell)
                lower.append([])
                continue
            cut = split_stack(cell, wide, inside, self.whole)
            if cut is None:
                return None
            upper.append(cut[0])
            lower.append(cut[1])
        again = not lower[0]
        below = row.part(row.label if again else lower[0], lower[1:], again=again)
        return [row.part(upper[0], upper[1:], again=row.again), below]

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        self._draw_grid(canvas, x, top, width)
        with canvas.element(self.shared[0] if self.shared else "Table") as made:
            self.shared[:] = [made]
            if self.going_on:
                with canvas.artifact():
                    self._draw_row(canvas, replace(self.head, element=[], inside=[]), x, top, width, head=True)
            else:
                self._draw_row(canvas, self.head, x, top, width, head=True)
            top -= self.row_height(self.head, width)
            for row in self.rows:
                self._draw_row(canvas, row, x, top, width)
                top -= self.row_height(row, width)

    def _draw_grid(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        heights = [self.row_height(row, width) for row in (self.head, *self.rows)]
        high, head = sum(heights), heights[0]
        label = self.edges(x, width)[1] - x
        canvas.setFillColor(GROUND)
        canvas.rect(x, top - head, width, head, stroke=0, fill=1)
        canvas.rect(x, top - high, label, high, stroke=0, fill=1)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        y = top
        for row, tall in zip((self.head, *self.rows), heights, strict=True):
            for edge in self.row_edges(row, x, width)[1:-1]:
                canvas.line(edge, y, edge, y - tall)
            y -= tall
            canvas.line(x, y, x + width, y)
        canvas.rect(x, top - high, width, high, stroke=1, fill=0)
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.2)
        canvas.line(x, top - head, x + width, top - head)

    def _draw_row(self, canvas: TaggedCanvas, row: Row, x: float, top: float, width: float, head: bool = False) -> None:
        edges = self.row_edges(row, x, width)
        with canvas.element(row.element[0] if row.element else "TR") as made:
            row.element[:] = [made]
            for column, (left, inner) in enumerate(zip(edges, self._inner(row, width), strict=False)):
                self._draw_cell(canvas, row, column, left + self.pad, top - self.rise + 0.75, inner, head)

    def _draw_cell(
        self, canvas: TaggedCanvas, row: Row, column: int, x: float, top: float, width: float, head: bool
    ) -> None:
        cell = row.all()[column]
        header = (head or column == 0) and bool(cell)
        tag: Element | str = "TH" if header else "TD"
        if column < len(row.inside):
            tag = row.inside[column]
        scope = ("Column" if head else "Row") if header else ""
        span = len(self.widths) - len(row.cells) if column == len(row.cells) else 1
        with canvas.element(tag, scope=scope, columns=span) as made:
            if column >= len(row.inside):
                row.inside.append(made)
            with canvas.artifact() if row.again and column == 0 else nullcontext():
                draw_stack(canvas, cell, x, top, width)


def fit_widths(table: Table, width: float, label: float, least: float) -> list[float]:
    """Shares of the columns that make the table lowest: `label` points for that column, for no other below `least`.

    Equal columns win unless others save a line or more, so that no option is squeezed without need. Columns are wide
    enough for their longest word where there is room for that.
    """
    count = len(table.widths) - 1
    rows = [table.head, *table.rows]
    narrowest = _narrowest(rows, count, table.pad)
    label = max(label, min(narrowest[0], _WIDEST_LABEL * label))
    rest = width - label
    floors = [max(least, one) for one in narrowest[1:]]
    if sum(floors) > rest:
        floors = [min(least, rest / count)] * count

    free = max(int((rest - sum(floors)) // _STEP), 0)
    heights = [_Heights(row.all(), label, rest, floors, free, table.pad) for row in rows]
    same = sum(row.least for row in heights if row.same)
    heights = [row for row in heights if not row.same]
    columns = [(row.columns[:-1], row.columns[-1]) for row in heights]
    tried = [
        [steps for steps in range(free + 1) if any(row.lower(column, steps) for row in heights)]
        for column in range(count - 1)
    ]
    equal = [rest / count] * count
    best, lowest = floors[:-1], inf
    if max(floors) <= equal[0]:
        best, lowest = equal[:-1], sum(_height_at(row.all(), label, equal, table.pad) for row in rows) - table.rise
    for extra in product(*tried):
        if sum(extra) <= free:
            # a row is as high as the highest of its cells; the last one has the less, the more the others have
            highest = [max([last[sum(extra[: len(alone)])], *map(getitem, alone, extra)]) for alone, last in columns]
            high = same + sum(highest)
            if high < lowest - 0.01:
                best, lowest = [floor + _STEP * part for floor, part in zip(floors, extra, strict=False)], high
    return [share / width for share in (label, *best, rest - sum(best))]


class _Heights:
    """How high a row is for each choice of widths: a column has its floor and so many steps, the last cell the rest.

    It is never lower than `least`: the highest of what its cells are where each has all the room that is free.
    """

    def __init__(
        self, cells: Sequence[Cell], label: float, rest: float, floors: Sequence[float], free: int, pad: float
    ) -> None:
        def high(number: int, steps: int) -> float:
            return stack_height(cells[number], starts[number] + (steps if number < last else -steps) * _STEP - 2 * pad)

        def heights(number: int) -> list[float]:
            return _falling(lambda steps: max(self.least, high(number, steps)), free)

        last = len(cells) - 1
        starts = [label, *floors[: last - 1], rest - sum(floors[: last - 1])]
        ends = [(high(number, 0), high(number, free)) for number in range(1, last + 1)]
        self.least = max([stack_height(cells[0], label - 2 * pad), *map(min, ends)])
        self.same = all(max(pair) <= self.least for pair in ends)
        self.columns = [] if self.same else [heights(number) for number in range(1, last + 1)]

    def lower(self, column: int, steps: int) -> bool:
        """Whether a column makes the row lower with so many steps than with one less; with none it may always stay."""
        if steps == 0:
            return True
        alone = self.columns[:-1]
        return column < len(alone) and alone[column][steps] < alone[column][steps - 1]


def _falling(height: Callable[[int], float], last: int) -> list[float]:
    """Values for 0 to `last` of what only falls or only rises: between two that are alike nothing is tried."""
    found = [0.0] * (last + 1)
    found[0], found[last] = height(0), height(last)
    open_ends = [(0, last)]
    while open_ends:
        low, high = open_ends.pop()
        if high - low < 2:
            continue
        if found[low] == found[high]:
            found[low + 1 : high] = [found[low]] * (high - low - 1)
            continue
        middle = (low + high) // 2
        found[middle] = height(middle)
        open_ends += [(low, middle), (middle, high)]
    return found


def _height_at(cells: Sequence[Cell], label: float, columns: Sequence[float], pad: float) -> float:
    """Height of a row whose columns have these widths."""
    last = len(cells) - 2
    wide = (label, *columns[:last], sum(columns[last:]))
    return max(stack_height(cell, size - 2 * pad) for cell, size in zip(cells, wide, strict=True))


def _narrowest(rows: Sequence[Row], count: int, pad: float) -> list[float]:
    """Widths in which no word of a column is broken; cells over several columns ask for nothing."""
    found = [0.0] * (count + 1)
    for row in rows:
        alone = row.all() if len(row.cells) == count else row.all()[:-1]
        for column, cell in enumerate(alone):
            found[column] = max([found[column], *(block.narrowest() + 2 * pad for block in cell)])
    return found

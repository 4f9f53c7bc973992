"""Lists of a handout: to read, to number or to tick, across or down their columns."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import field
from msgspec.structs import replace

from core.handout.flow import Block, draw_lines, remember, same
from core.handout.lines import Style, break_lines, count_lines
from core.handout.runs import Runs, plain
from core.handout.tagged import Element, TaggedCanvas

_DISC, _BOX = "•", "☐"
_SMALL = 6  # lines: the first of two items as small as this does not stand alone at the foot
_SHARES = (0.5, 0.55, 0.6, 0.65, 0.45, 0.4)  # of the width, for the first of two columns that are read down


class Items(Block):
    """A list in one or more columns, read row by row. `mark`: "disc", "box" (to tick) or "number"."""

    items: Sequence[Runs]
    style: Style
    mark: str = "disc"
    columns: int = 1
    gap: float = 0.0
    first: int = 1
    shared: list[Element] = field(default_factory=list)

    @property
    def indent(self) -> float:
        return self.style.size * {"disc": 0.95, "box": 1.45, "number": 1.5}[self.mark]

    @property
    def numbering(self) -> str:
        """What a screen reader is told of the labels."""
        return {"disc": "Disc", "box": "None", "number": "Decimal"}[self.mark]

    def _rows(self, width: float) -> list[tuple[float, list[Sequence[Runs]]]]:
        column = self._column(width)
        rows = []
        for start in range(0, len(self.items), self.columns):
            part = self.items[start : start + self.columns]
            cells: list[Sequence[Runs]] = [break_lines(item, self.style, column - self.indent) for item in part]
            rows.append((max(map(len, cells)) * self.style.leading + self.gap, cells))
        return rows

    def _column(self, width: float) -> float:
        return (width - (self.columns - 1) * self.style.size) / self.columns

    def height(self, width: float) -> float:
        return sum(height for height, _ in self._rows(width))

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        used, rows = 0.0, 0
        heights = [height for height, _ in self._rows(width)]
        for height in heights:
            if used + height > room + 0.01:
                break
            used, rows = used + height, rows + 1
        if len(self.items) - rows * self.columns == 1 and rows > 2:
            rows -= 1  # none stands alone on the next side
        cut = rows * self.columns
        alone = rows == 1 and max(heights[:2]) <= _SMALL * self.style.leading
        if not 0 < cut < len(self.items) or alone:
            return None
        return (
            replace(self, items=self.items[:cut], keeps=False),
            replace(self, items=self.items[cut:], before=0.0, first=self.first + cut),
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        number = self.first
        with canvas.element(same(self.shared, "L"), numbering=self.numbering) as made:
            remember(self.shared, made)
            for height, cells in self._rows(width):
                for column, lines in enumerate(cells):
                    left = x + column * (self._column(width) + self.style.size)
                    self._draw_item(canvas, lines, left, top, number)
                    number += 1
                top -= height

    def _draw_item(self, canvas: TaggedCanvas, lines: Sequence[Runs], x: float, top: float, number: int) -> None:
        label = {"disc": _DISC, "box": _BOX, "number": f"{number}."}[self.mark]
        box = self.mark == "box"
        style = Style(self.style.size * 1.25, self.style.leading, colour=self.style.colour) if box else self.style
        with canvas.element("LI"):
            with canvas.element("Lbl"):
                draw_lines(canvas, [plain(label, self.mark == "number")], style, x, top)
            with canvas.element("LBody"):
                draw_lines(canvas, lines, self.style, x + self.indent, top)


class Downward(Items):
    """A list in two columns, read down the first and then down the second; together on one page.

    Where the columns part, and how wide they are, is what makes the list lowest.
    """

    def _best(self, width: float) -> tuple[float, int, float]:
        """Height, count of items in the first column, width of the first column."""
        room = width - self.style.size
        found = []
        for cut in range((len(self.items) + 1) // 2, len(self.items)):
            for share in _SHARES:
                first = share * room
                high = max(self._high(self.items[:cut], first), self._high(self.items[cut:], room - first))
                found.append((round(high, 2), cut, first))
        return min(found, key=lambda one: one[0])

    def _high(self, items: Sequence[Runs], width: float) -> float:
        lines = sum(count_lines(item, self.style, width - self.indent) for item in items)
        return lines * self.style.leading + len(items) * self.gap

    def height(self, width: float) -> float:
        return self._best(width)[0]

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        _, cut, first = self._best(width)
        columns = [(self.items[:cut], x, first), (self.items[cut:], x + first + self.style.size, 0.0)]
        columns[1] = (*columns[1][:2], x + width - columns[1][1])
        number = self.first
        with canvas.element("L", numbering=self.numbering):
            for items, left, wide in columns:
                y = top
                for item in items:
                    lines = break_lines(item, self.style, wide - self.indent)
                    self._draw_item(canvas, lines, left, y, number)
                    y -= len(lines) * self.style.leading + self.gap
                    number += 1

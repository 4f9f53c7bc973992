"""Which blocks stand on which side: one sheet if less air, or what may move to the long form, makes room for it."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from msgspec.structs import replace

from core.errors import RenderError
from core.handout.compose import Composer
from core.handout.flow import Block, Lines, PageBreak, Titled, stack_height
from core.handout.model import Row
from core.handout.pages import Frame, Placed, free_below, paginate
from core.handout.styles import AIRY, CLOSE, EARLY, SPLIT, TIGHT, Air
from core.handout.table import Table

_SIDES_OF_A_SHEET = 2
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
    frozenset({"full sources", "authors", "drawing", "arrays", "more", "course", "short sources"}),
)
#: Less air, and more in the long form, one after the other; the last ones also set harms and questions closer.
_TRIES: tuple[tuple[Air, tuple[frozenset[str], ...]], ...] = (
    (AIRY, _LEVELS[:6]),
    (TIGHT, _LEVELS[4:6]),
    (CLOSE, _LEVELS[4:7]),
    *((air, (level,)) for level in _LEVELS[6:] for air in (SPLIT, EARLY)),
)
_LITTLE = 0.15  # of side 1: so much may stay empty under the options
_SMALLEST_FIRST = ("short sources", "course", "more", "drawing", "authors")
_LARGE_LEAVES_OUT = _LEVELS[4]


class Planner:
    """Sets the blocks of a composer on a first side and as many further ones as they need."""

    def __init__(self, composer: Composer, first: Frame, further: Frame) -> None:
        self.composer = composer
        self.handout = composer.handout
        self.width = composer.width
        self.first = first
        self.further = further
        self._upper_of: dict[Air, tuple[list[Block], Sequence[Row]]] = {}
        self._tried: dict[tuple[frozenset[str], Air], list[list[Placed]]] = {}

    def plan(self) -> list[list[Placed]]:
        """The sides; where a text is too long for a column, without columns, so that no text is ever refused."""
        try:
            return self._with_table()
        except RenderError:
            self.composer.stacked = True
            self._upper_of.clear()
            return self._with_notes(self._shorter(_LARGE_LEAVES_OUT - {"full sources", "authors"}))

    def _with_table(self) -> list[list[Placed]]:
        """The sides: on one sheet if less air, or what may move to the long form, makes room for it."""
        handout = self.handout
        if handout.long_form:
            return self._with_notes(self._shorter(_LEVELS[0]), most=3)
        if handout.size == "large":
            return self._with_notes(self._shorter(_LARGE_LEAVES_OUT))
        return self._with_notes(self._fullest(_SIDES_OF_A_SHEET) or self._on_more_sides())

    def _on_more_sides(self) -> list[list[Placed]]:
        """As few as it takes; the room on the last one is used for air and for what might move to the long form."""
        most = len(self._paginated(_LEVELS[-1], SPLIT))
        self.composer.may_split()
        self._upper_of.clear()
        self._tried.clear()
        return self._fullest(most)

    def _fullest(self, most: int) -> list[list[Placed]]:
        """With as much air, and as little moved to the long form, as so many sides have room for; none for no room."""
        for air, levels in _TRIES:
            if not self._within(most, levels[-1], air):  # nor is there room for more
                continue
            for moved in levels:
                if self._within(most, moved, air):
                    return self._brought_back(most, moved, air)
        return []

    def _brought_back(self, most: int, moved: frozenset[str], air: Air) -> list[list[Placed]]:
        """What had to go before something larger did comes back where there is room for it now."""
        for one in _SMALLEST_FIRST:
            if one in moved and self._within(most, moved - {one}, air):
                moved -= {one}
        return self._within(most, moved, air)

    def _within(self, most: int, moved: frozenset[str], air: Air) -> list[list[Placed]]:
        """The sides where they are no more than that, else none."""
        if (moved, air) not in self._tried:
            room = self.first.height + (most - 1) * (self.further.height + _SLACK)
            made = self._paginated(moved, air, room)
            self._tried[moved, air] = made if len(made) <= most else []
        return self._tried[moved, air]

    def _shorter(self, moved: frozenset[str]) -> list[list[Placed]]:
        """As many sides as it takes, with less air where that saves one."""
        airy, tight = (self._paginated(moved, air) for air in (AIRY, TIGHT))
        return tight if len(tight) < len(airy) else airy

    def _all(self, moved: frozenset[str], air: Air) -> list[Block]:
        self.composer.air = air
        upper, rows = self._side_one(air)
        return [*upper, *self.composer.rest(moved, rows)]

    def _paginated(self, moved: frozenset[str], air: Air, room: float = inf) -> list[list[Placed]]:
        """The blocks on sides. Side 2 begins after the options, or with a part of what the reader is asked.

        It is the first of these that leaves little of side 1 empty, where what follows fits on side 2. A last row of
        the table that would stand alone under its headers becomes a part of its own instead. None where all blocks
        are higher than `room` together.
        """
        made = self._parted(moved, air, room)
        rows = self.handout.rows
        if rows[-1].key in _MOVABLE and any(_one_row(page) for page in made[1:]):
            self._upper_of[air] = self.composer.upper(rows[:-1]), rows[-1:]
            made = self._parted(moved, air, inf)
        return made

    def _parted(self, moved: frozenset[str], air: Air, room: float) -> list[list[Placed]]:
        blocks = self._all(moved, air)
        if stack_height(blocks, self.width) > room:
            return []
        turns = [index for index, block in enumerate(blocks) if any(block is turn for turn in self.composer.turns)]
        cuts = [len(self._side_one(air)[0]), *turns]
        free = {cut: self.first.height - stack_height(blocks[:cut], self.width) for cut in cuts}
        fitting = [cut for cut in cuts if free[cut] >= 0]
        little = [cut for cut in fitting if free[cut] <= _LITTLE * self.first.height]
        for cut in (little or fitting[-1:])[:1]:
            apart = self._set([*blocks[:cut], PageBreak(), *blocks[cut:]])
            if len(apart) <= _SIDES_OF_A_SHEET:
                return apart
        return self._set(blocks)

    def _set(self, blocks: Sequence[Block]) -> list[list[Placed]]:
        try:
            return paginate(blocks, self.first, self.further)
        except ValueError as cause:
            raise RenderError.told("The handout does not fit on paper of this size.", str(cause)) from cause

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
            blocks = self.composer.upper(rows[:count])
            if stack_height(blocks, self.width) <= self.first.height:
                return blocks, rows[count:]
        return self.composer.upper(rows), ()

    def _with_notes(self, pages: list[list[Placed]], most: int = 24) -> list[list[Placed]]:
        """The room left on the last side becomes lines to write on."""
        page, frame = pages[-1], self.first if len(pages) == 1 else self.further
        room = free_below(page, frame)
        for index, placed in enumerate(page):
            if isinstance(placed.block, (Lines, Titled)):
                more = max(0, min(int(room // placed.block.pitch), most))
                lines = replace(placed.block, count=placed.block.count + more)
                down = more * lines.pitch
                moved = [Placed(other.block, other.top - down) for other in page[index + 1 :]]
                pages[-1] = [*page[:index], Placed(lines, placed.top), *moved]
                break
        return pages


def _one_row(page: Sequence[Placed]) -> bool:
    """Whether a side begins with a single row of a table that began on another one."""
    table = page[0].block if page else None
    return isinstance(table, Table) and table.going_on and len(table.rows) == 1

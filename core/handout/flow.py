"""Blocks of a page: text, lists, boxes and pictures that measure, split and draw themselves, tagged.

There is no markup anywhere: text is a tuple of runs, so nothing that is typed can become anything but ink.
Lengths are points, `top` is the upper edge of a block, measured upwards from the foot of the page.
A block is used for one rendering: the parts of one that was split share their structure element.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from core.handout.lines import (
    ACCENT,
    ASCENT,
    BOLD,
    REGULAR,
    RULE,
    Style,
    count_lines,
    even_lines,
    line_width,
    longest_word,
    width_of,
)
from core.handout.runs import Run, Runs
from core.handout.tagged import Element, TaggedCanvas

_TITLE, _COLUMN, _PAGE = 0.5, 0.78, 0.85  # of the width: so narrow lines may be set to even out the last one
_SMALL_BOX = 300.0  # points: a box no higher than this stays together
_NARROW = 260.0  # points: the width of a column


class Block(Struct, eq=False, kw_only=True):
    """Something with a height that is drawn from its upper edge down."""

    before: float = 0.0  # air above, unless it is the first of a page
    keeps: bool = False  # stays on the page of the block that follows

    def height(self, width: float) -> float:
        raise NotImplementedError

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        raise NotImplementedError

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Two parts of which the first fits into `room`, or None where it cannot be split there."""
        return None

    def narrowest(self) -> float:
        """The width below which a word would be broken."""
        return 0.0


class Paragraph(Block):
    """Text in lines, left-aligned. `least`: lines that must stay together at either side of a split."""

    words: Runs
    style: Style
    tag: str = "P"
    least: int = 2
    language: str = ""
    lines: Sequence[Runs] | None = None  # set in the parts of a split
    shared: list[Element] = field(default_factory=list)

    def broken(self, width: float) -> Sequence[Runs]:
        if self.lines is not None:
            return self.lines
        least = _TITLE if self.tag == "H1" else _COLUMN if width < _NARROW else _PAGE
        return even_lines(self.words, self.style, width, least)

    def narrowest(self) -> float:
        return longest_word(self.words, self.style)

    def height(self, width: float) -> float:
        count = len(self.lines) if self.lines is not None else count_lines(self.words, self.style, width)
        return count * self.style.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        lines = self.broken(width)
        count = min(int((room + 0.01) // self.style.leading), len(lines) - self.least)
        if count < self.least:
            return None
        return replace(self, lines=lines[:count], keeps=False), replace(self, lines=lines[count:], before=0.0)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        with canvas.element(same(self.shared, self.tag), language=self.language) as made:
            remember(self.shared, made)
            draw_lines(canvas, self.broken(width), self.style, x, top)


def draw_lines(canvas: TaggedCanvas, lines: Sequence[Runs], style: Style, x: float, top: float) -> None:
    """Draw lines inside the open element, links as Link elements of their own."""
    base = top - (style.leading - style.size) / 2 - ASCENT * style.size
    canvas.setFillColor(style.colour)
    if not any(run.address for line in lines for run in line):
        with canvas.content():
            text, font = canvas.beginText(x, base), ""
            for number, line in enumerate(lines):
                if number:
                    text.setTextOrigin(x, base - number * style.leading)
                for run in line:
                    if font != (BOLD if run.bold else REGULAR):
                        font = BOLD if run.bold else REGULAR
                        text.setFont(font, style.size)
                    text.textOut(run.text)
            canvas.drawText(text)
        return
    links: dict[str, Element] = {}
    for number, line in enumerate(lines):
        y, at = base - number * style.leading, x
        for run in line:
            wide = width_of(run.text, run.bold, style.size)
            box = (at, y - 0.25 * style.size, at + wide, y + ASCENT * style.size)
            _draw_run(canvas, run, style.size, (at, y), box, links)
            at += wide


def _draw_run(
    canvas: TaggedCanvas,
    run: Run,
    size: float,
    at: tuple[float, float],
    box: tuple[float, float, float, float],
    links: dict[str, Element],
) -> None:
    canvas.setFont(BOLD if run.bold else REGULAR, size)
    if not run.address:
        with canvas.content():
            canvas.drawString(*at, run.text)
        return
    with canvas.element(links.get(run.address, "Link")) as link:
        links[run.address] = link
        with canvas.content():
            canvas.drawString(*at, run.text)
        canvas.link(run.address, [box], run.address)


class Picture(Block):
    """A drawing of a fixed size with the words that say what it shows."""

    wide: float
    high: float
    paint: Callable[[TaggedCanvas, float, float], None]  # (canvas, left, bottom)
    alt: str

    def height(self, width: float) -> float:
        return self.high

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        with canvas.element("Figure", alt=self.alt), canvas.content():
            self.paint(canvas, x, top - self.high)


class Beside(Block):
    """A picture with blocks beside it where they have `least` points of room there, else under it; on one page."""

    picture: Picture
    blocks: Sequence[Block]
    least: float
    gap: float = 8.0

    def narrowest(self) -> float:
        return max([self.picture.wide, *(block.narrowest() for block in self.blocks)])

    def _room(self, width: float) -> float:
        room = width - self.picture.wide - self.gap
        return room if room >= self.least else 0.0

    def height(self, width: float) -> float:
        room = self._room(width)
        if room:
            return max(self.picture.high, stack_height(self.blocks, room))
        return stack_height([self.picture, *self.blocks], width)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        room = self._room(width)
        if not room:
            draw_stack(canvas, [self.picture, *self.blocks], x, top, width)
            return
        self.picture.draw(canvas, x, top - 1, width)
        draw_stack(canvas, self.blocks, x + self.picture.wide + self.gap, top, room)


class Columns(Block):
    """Stacks side by side, of one width, read one after the other; together on one page."""

    stacks: Sequence[Sequence[Block]]
    gap: float = 14.0

    def _wide(self, width: float) -> float:
        return (width - (len(self.stacks) - 1) * self.gap) / len(self.stacks)

    def height(self, width: float) -> float:
        return max(stack_height(stack, self._wide(width)) for stack in self.stacks)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        wide = self._wide(width)
        for number, stack in enumerate(self.stacks):
            draw_stack(canvas, stack, x + number * (wide + self.gap), top, wide)


def _rule(canvas: TaggedCanvas, x: float, top: float, width: float, pitch: float, count: int) -> None:
    """Lines to write on, one below the other."""
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.7)
    for number in range(1, count + 1):
        canvas.line(x, top - number * pitch, x + width, top - number * pitch)


class Lines(Block):
    """Empty lines to write on."""

    count: int
    pitch: float

    def height(self, width: float) -> float:
        return self.count * self.pitch

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        _rule(canvas, x, top, width, self.pitch, self.count)


class Titled(Block):
    """A heading with an empty line beside it to write on, and `count` more below it."""

    title: Paragraph
    pitch: float
    count: int = 0

    def height(self, width: float) -> float:
        return self.title.height(width) + 2.0 + self.count * self.pitch

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        self.title.draw(canvas, x, top, width)
        base = top - self.title.style.leading
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.7)
        canvas.line(x + line_width(self.title.words, self.title.style) + 8, base, x + width, base)
        _rule(canvas, x, base, width, self.pitch, self.count)


class RunIn(Block):
    """A heading with its paragraph going on beside it on the same line."""

    title: Paragraph
    text: Paragraph
    gap: float = 8.0

    @property
    def _indent(self) -> float:
        return line_width(self.title.words, self.title.style) + self.gap

    def height(self, width: float) -> float:
        return count_lines(self.text.words, self.text.style, width, self._indent) * self.text.style.leading

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        style = self.text.style
        lift = (self.title.style.leading - style.leading) / 2 + (ASCENT - 0.5) * (self.title.style.size - style.size)
        self.title.draw(canvas, x, top + lift, width)
        lines = even_lines(self.text.words, style, width, _PAGE, self._indent)
        with canvas.element("P"):
            draw_lines(canvas, lines[:1], style, x + self._indent, top)
            draw_lines(canvas, lines[1:], style, x, top - style.leading)


class Box(Block):
    """Blocks with a line around them, together on one page unless they are higher than one."""

    blocks: Sequence[Block]
    pad: float = 8.0
    rise: float = 8.0

    def height(self, width: float) -> float:
        return stack_height(self.blocks, width - 2 * self.pad) + 2 * self.rise

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        if self.height(width) <= _SMALL_BOX:
            return None
        cut = split_stack(self.blocks, width - 2 * self.pad, room - 2 * self.rise)
        return cut and (replace(self, blocks=cut[0]), replace(self, blocks=cut[1], before=0.0))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        high = self.height(width)
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(0.8)
        canvas.roundRect(x, top - high, width, high, 5, fill=0)
        draw_stack(canvas, self.blocks, x + self.pad, top - self.rise, width - 2 * self.pad)


class PageBreak(Block):
    """What follows begins a new side."""

    def height(self, width: float) -> float:
        return 0.0

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        return


def stack_height(blocks: Sequence[Block], width: float) -> float:
    """Height of blocks one under the other, without the air above the first."""
    return sum(block.height(width) + (block.before if number else 0.0) for number, block in enumerate(blocks))


def draw_stack(canvas: TaggedCanvas, blocks: Sequence[Block], x: float, top: float, width: float) -> None:
    """Draw blocks one under the other."""
    for number, block in enumerate(blocks):
        top -= block.before if number else 0.0
        block.draw(canvas, x, top, width)
        top -= block.height(width)


def split_stack(
    blocks: Sequence[Block], width: float, room: float, whole: float = 0.0
) -> tuple[list[Block], list[Block]] | None:
    """Blocks in two parts of which the first fits into `room`; None where not even a part of the first does.

    A block no higher than `whole` is split only where it is the first.
    """
    fitting: list[Block] = []
    for number, block in enumerate(blocks):
        room -= block.before if number else 0.0
        high = block.height(width)
        if high <= room + 0.01:
            fitting.append(block)
            room -= high
            continue
        cut = block.split(width, room) if not fitting or high > whole else None
        if cut:
            return [*fitting, cut[0]], [cut[1], *blocks[number + 1 :]]
        rest = [block, *blocks[number + 1 :]]
        while fitting and fitting[-1].keeps:
            rest.insert(0, fitting.pop())
        return (fitting, rest) if fitting else None
    return None


def same(shared: list[Element], tag: str) -> Element | str:
    """The structure element that the parts of a split block share, or the tag of the one to be made."""
    return shared[0] if shared else tag


def remember(shared: list[Element], made: Element) -> None:
    """Keep the element that the first part made for the others."""
    if not shared:
        shared.append(made)

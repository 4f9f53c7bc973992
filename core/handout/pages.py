"""Blocks set on pages: a plan first, because each side says how many there are, then the ink."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from core.handout.flow import Block, PageBreak
from core.handout.tagged import TaggedCanvas

_MOST_PAGES = 60  # no handout of real texts comes near; a layout that cannot make headway must not run for ever


class Frame(msgspec.Struct, frozen=True):
    """Where blocks may stand on a page."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def top(self) -> float:
        return self.bottom + self.height


class Placed(msgspec.Struct, frozen=True):
    """A block and the y of its upper edge."""

    block: Block
    top: float


def paginate(blocks: Sequence[Block], first: Frame, further: Frame) -> list[list[Placed]]:
    """Set blocks on as many pages as they need. Raises ValueError when a block fits on none and cannot be split."""
    pages: list[list[Placed]] = [[]]
    queue = list(blocks)
    top = first.top
    while queue:
        frame = first if len(pages) == 1 else further
        block = queue.pop(0)
        if isinstance(block, PageBreak):
            if pages[-1]:
                pages.append([])
                top = further.top
            continue
        upper = top - (block.before if pages[-1] else 0.0)
        high = block.height(frame.width)
        if upper - high >= frame.bottom - 0.01:
            pages[-1].append(Placed(block, upper))
            top = upper - high
            continue
        cut = block.split(frame.width, upper - frame.bottom)
        if cut:
            pages[-1].append(Placed(cut[0], upper))
            queue.insert(0, cut[1])
        else:
            queue.insert(0, block)
            kept: list[Block] = []
            while pages[-1] and pages[-1][-1].block.keeps:
                kept.insert(0, pages[-1].pop().block)
            if not pages[-1]:
                raise ValueError(f"{type(block).__name__} does not fit on a side")
            queue[:0] = kept
        if len(pages) >= _MOST_PAGES:
            raise ValueError(f"more than {_MOST_PAGES} sides")
        pages.append([])
        top = further.top
    return pages if pages[-1] or len(pages) == 1 else pages[:-1]


def free_below(page: Sequence[Placed], frame: Frame) -> float:
    """Points left under the last block of a page."""
    if not page:
        return frame.height
    last = page[-1]
    return last.top - last.block.height(frame.width) - frame.bottom


def draw_page(canvas: TaggedCanvas, page: Sequence[Placed], frame: Frame) -> None:
    """Draw what was set on a page."""
    for placed in page:
        placed.block.draw(canvas, frame.left, placed.top, frame.width)

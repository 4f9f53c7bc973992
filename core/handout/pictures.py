"""Pictures in vector ink: dots for cells (never people), small figures for people who had a harm.

Filled and open differ by fill and by outline, so that grey paper tells them apart. What is filled stands in one block
from the bottom left.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from core.handout.lines import ACCENT
from core.handout.tagged import TaggedCanvas

Paint = Callable[[TaggedCanvas, float, float], None]
_ROW = 10
_DOT = 0.4  # radius of a dot, of the pitch
_ARRAY_WIDTH = 220.0  # points: its words stand beside it
_OPEN_LINE, _FULL_LINE = 0.7, 0.5
_BEND = 0.5523  # of the half axis: so far the handles of a Bézier curve lie from the ends of a quarter of an ellipse


def dots(filled: int, pitch: float) -> tuple[float, float, Paint]:
    """Width, height and painter of 10 × 10 dots, `filled` of them full."""
    return _ROW * pitch, _ROW * pitch, _painter(partial(_dot_ink, filled, pitch))


def figures(filled: int, total: int, people: bool) -> tuple[float, float, Paint]:
    """Width, height and painter of an array of small figures: people, or squares for treatments."""
    columns = 20 if total <= 100 else 50
    pitch = _ARRAY_WIDTH / columns
    high = pitch * 1.5 if people else pitch
    return (
        columns * pitch,
        -(-total // columns) * high,
        _painter(partial(_figure_ink, filled, total, people, columns, pitch)),
    )


def _painter(operators: Callable[[], str]) -> Paint:
    """A painter of operators that are made when they are drawn: a layout that is tried needs the size alone."""

    def paint(canvas: TaggedCanvas, left: float, bottom: float) -> None:
        canvas.saveState()
        canvas.translate(left, bottom)
        canvas.setStrokeColor(ACCENT)
        canvas.setFillColor(ACCENT)
        canvas.ink(operators())
        canvas.restoreState()

    return paint


@cache
def _dot_ink(filled: int, pitch: float) -> str:
    """Operators of the dots: the full ones, then the open ones."""
    shapes = []
    for number in range(_ROW * _ROW):
        row, column = divmod(number, _ROW)
        shapes.append(ellipse((column + 0.5) * pitch, (row + 0.5) * pitch, _DOT * pitch, _DOT * pitch))
    full, hollow = (
        " ".join(f"{shape} B" for shape in shapes[:filled]),
        " ".join(f"{shape} S" for shape in shapes[filled:]),
    )
    return f"{_FULL_LINE} w {full} {_OPEN_LINE} w {hollow}"


@cache
def _figure_ink(filled: int, total: int, people: bool, columns: int, pitch: float) -> str:
    shapes = []
    for number in range(total):
        row, column = divmod(number, columns)
        x, y = column * pitch, row * (pitch * 1.5 if people else pitch)
        if people:
            shapes.append(_person(x + pitch / 2, y, pitch))
        else:
            shapes.append(f"{x + 0.15 * pitch:.2f} {y + 0.15 * pitch:.2f} {0.7 * pitch:.2f} {0.7 * pitch:.2f} re")
    return "0.5 w " + " ".join(f"{shape} {'B' if number < filled else 'S'}" for number, shape in enumerate(shapes))


def ellipse(x: float, y: float, wide: float, high: float) -> str:
    """A closed path of four Bézier curves around a centre, by its half axes."""
    bend_x, bend_y = _BEND * wide, _BEND * high
    return (
        f"{x + wide:.2f} {y:.2f} m"
        f" {x + wide:.2f} {y + bend_y:.2f} {x + bend_x:.2f} {y + high:.2f} {x:.2f} {y + high:.2f} c"
        f" {x - bend_x:.2f} {y + high:.2f} {x - wide:.2f} {y + bend_y:.2f} {x - wide:.2f} {y:.2f} c"
        f" {x - wide:.2f} {y - bend_y:.2f} {x - bend_x:.2f} {y - high:.2f} {x:.2f} {y - high:.2f} c"
        f" {x + bend_x:.2f} {y - high:.2f} {x + wide:.2f} {y - bend_y:.2f} {x + wide:.2f} {y:.2f} c h"
    )


def _person(middle: float, bottom: float, pitch: float) -> str:
    """A head over shoulders."""
    left, right, low, shoulder = (
        middle - 0.33 * pitch,
        middle + 0.33 * pitch,
        bottom + 0.15 * pitch,
        bottom + 0.62 * pitch,
    )
    arch = shoulder + 0.25 * pitch
    head = ellipse(middle, bottom + 1.1 * pitch, 0.2 * pitch, 0.2 * pitch)
    return (
        f"{head} {left:.2f} {low:.2f} m {left:.2f} {shoulder:.2f} l"
        f" {left:.2f} {arch:.2f} {right:.2f} {arch:.2f} {right:.2f} {shoulder:.2f} c {right:.2f} {low:.2f} l h"
    )

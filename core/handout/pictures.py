"""Pictures in vector ink: dots for cells (never people), small figures for people who had a harm.

Filled and open differ by fill and by outline, so that grey paper tells them apart. What is filled stands in one block
from the bottom left.
"""

from __future__ import annotations

from collections.abc import Callable

from core.handout.flow import ACCENT
from core.handout.tagged import TaggedCanvas

Paint = Callable[[TaggedCanvas, float, float], None]
_ROW = 10
_DOT = 0.4  # radius of a dot, of the pitch
_OPEN_LINE, _FULL_LINE = 0.7, 0.5


def dots(filled: int, pitch: float) -> tuple[float, float, Paint]:
    """Width, height and painter of 10 × 10 dots, `filled` of them full."""

    def paint(canvas: TaggedCanvas, left: float, bottom: float) -> None:
        canvas.setStrokeColor(ACCENT)
        canvas.setFillColor(ACCENT)
        for number in range(_ROW * _ROW):
            row, column = divmod(number, _ROW)
            full = number < filled
            canvas.setLineWidth(_FULL_LINE if full else _OPEN_LINE)
            x, y = left + (column + 0.5) * pitch, bottom + (row + 0.5) * pitch
            canvas.circle(x, y, _DOT * pitch, stroke=1, fill=1 if full else 0)

    return _ROW * pitch, _ROW * pitch, paint


def figures(filled: int, total: int, people: bool, width: float) -> tuple[float, float, Paint]:
    """Width, height and painter of an array of small figures: people, or squares for treatments."""
    columns = 25 if total <= 100 else 50
    rows = -(-total // columns)
    pitch = min(width / columns, 11.0)
    high = pitch * 1.5 if people else pitch

    def paint(canvas: TaggedCanvas, left: float, bottom: float) -> None:
        canvas.setStrokeColor(ACCENT)
        canvas.setFillColor(ACCENT)
        canvas.setLineWidth(0.5)
        for number in range(total):
            row, column = divmod(number, columns)
            full = 1 if number < filled else 0
            x, y = left + column * pitch, bottom + row * high
            if people:
                _person(canvas, x + pitch / 2, y, pitch, full)
            else:
                canvas.rect(x + 0.15 * pitch, y + 0.15 * pitch, 0.7 * pitch, 0.7 * pitch, stroke=1, fill=full)

    return columns * pitch, rows * high, paint


def _person(canvas: TaggedCanvas, middle: float, bottom: float, pitch: float, full: int) -> None:
    """A head over shoulders."""
    canvas.circle(middle, bottom + 1.1 * pitch, 0.2 * pitch, stroke=1, fill=full)
    body = canvas.beginPath()
    half, low, shoulder = 0.33 * pitch, bottom + 0.15 * pitch, bottom + 0.62 * pitch
    body.moveTo(middle - half, low)
    body.lineTo(middle - half, shoulder)
    body.curveTo(middle - half, shoulder + 0.25 * pitch, middle + half, shoulder + 0.25 * pitch, middle + half, shoulder)
    body.lineTo(middle + half, low)
    body.close()
    canvas.drawPath(body, stroke=1, fill=full)

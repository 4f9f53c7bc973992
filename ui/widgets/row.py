"""One way as a row: a linear bar, a dot on a log axis, chips and words.

The bar's length is the share of the dose, the dot stands on a shared log axis (a bar there would lie). Filled means
that cells were counted; hollow and hatched that a model, or a measured needle with assumed staying, gave the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

import msgspec
from PySide6.QtCore import (
    QLineF,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import theme
from ui.widgets.columns import AXIS_HIGH, AXIS_LOW, Columns
from ui.widgets.picture import elided, elided_within


class RowChip(msgspec.Struct, frozen=True):
    """A word in a pill; `tone` is met, missing, asked, caution or question."""

    text: str
    tone: str


class Row(msgspec.Struct, frozen=True):
    """One way as it is drawn. Median, low and high are cells of a million; `number` and `range` are printed as given.

    `hollow`: nobody counted the cells. `group`: "" above the line, else the heading that it stands under. `counts`: a
    chip for each tone that stands for all of it where there is little room.
    `sentence` is the whole row in words.
    """

    id: str
    rank: str
    name: str
    chips: tuple[RowChip, ...]
    counts: tuple[RowChip, ...]
    number: str
    range: str
    median: float
    low: float
    high: float
    hollow: bool
    below: bool
    words: tuple[str, str]
    note: str
    group: str
    sentence: str


class RowButton(QAbstractButton):
    """One row; a button whose name is the whole row as a sentence."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)  # read as one of many
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.row: Row | None = None

    def show_row(self, row: Row) -> None:
        """Draw this from now on."""
        if row != self.row:
            self.row = row
            self.setAccessibleName(row.sentence)
            self.setToolTip(row.note)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, row_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        row = self.row
        if row is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = Columns.of(self.width())
        self._ground(painter)
        slack = (self.height() - row_height()) / 2
        line_one = QRectF(0, theme.px(3) + slack, self.width(), theme.px(22))
        half = theme.px(16) + slack / 4
        first = QRectF(0, line_one.bottom() + slack / 4, self.width(), half)
        second = QRectF(0, first.bottom(), self.width(), half)
        if row.rank:
            painter.setFont(theme.semibold(theme.LEAD))
            painter.setPen(theme.color("text"))
            painter.drawText(
                QRectF(columns.rank, line_one.y(), columns.name - columns.rank, line_one.height()),
                Qt.AlignmentFlag.AlignVCenter,
                row.rank,
            )
        scales = first if columns.narrow else first.united(second)
        self._bar(painter, columns, scales)
        self._axis(painter, columns, scales)
        left = self._number_left(columns)
        x = self._name(painter, columns, line_one, left)
        self._number(painter, columns, line_one, first)
        if columns.narrow:
            x = self._words_in_line(painter, columns, second)
            self._chips(painter, x, columns.words[1], second)
        else:
            self._words(painter, columns, first, second)
            self._chips(painter, x, left, line_one)
        painter.end()

    def _ground(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked() or self.underMouse():
            shade = theme.color("accent_soft" if self.isChecked() else "raised")
            if self.isChecked():
                shade.setAlphaF(0.55)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shade)
            painter.drawRoundedRect(box, 8, 8)
        if self.isChecked():
            path = QPainterPath()
            path.addRoundedRect(box, 8, 8)
            painter.save()
            painter.setClipPath(path)
            painter.fillRect(QRectF(0, 0, 3, self.height()), theme.color("accent"))
            painter.restore()
        else:
            painter.setPen(QPen(theme.color("grid"), 1))
            painter.drawLine(QPointF(0, self.height() - 0.5), QPointF(self.width(), self.height() - 0.5))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 7, 7)

    def _name(self, painter: QPainter, columns: Columns, line: QRectF, left: float) -> float:
        """The name, up to where the figure begins; gives back where it ends."""
        row = self.row
        assert row is not None
        room = left - columns.name
        if not columns.narrow:
            room -= self._least()
        size, name, wide = _fitted_name(row.name, room, theme.scale())
        painter.setPen(theme.color("text"))
        painter.setFont(theme.semibold(size))
        painter.drawText(QRectF(columns.name, line.y(), room, line.height()), Qt.AlignmentFlag.AlignVCenter, name)
        return columns.name + wide + theme.px(9)

    def _number_left(self, columns: Columns) -> float:
        """Where the figure of this row leaves off the line of the name."""
        assert self.row is not None
        number = QFontMetrics(theme.semibold(theme.STRONG + 1)).horizontalAdvance(self.row.number)
        return columns.number[1] - number - theme.px(10)

    def _least(self) -> float:
        """The room that the chips want in any case: what was asked, what is missing, what to be careful of."""
        assert self.row is not None
        small = QFontMetrics(theme.font(theme.SMALL))
        asked = [chip for chip in self.row.chips if chip.tone == "asked"]
        grave = [chip for chip in self.row.counts if chip.tone in ("missing", "caution")]
        return theme.px(9) + sum(small.horizontalAdvance(_signed(chip)) + theme.px(19) for chip in (*asked, *grave))

    def _chips(self, painter: QPainter, x: float, right: float, line: QRectF) -> None:
        """The chips from x on, as many and as long as fit."""
        assert self.row is not None
        painter.setFont(theme.font(theme.SMALL))
        high = min(theme.px(18), line.height() - 1)
        for chip, wide in _fitted_chips(self.row.chips, self.row.counts, right - x, theme.scale()):
            _pill(painter, QRectF(x, line.center().y() - high / 2, wide, high), _signed(chip), chip.tone)
            x += wide + theme.px(5)

    def _bar(self, painter: QPainter, columns: Columns, line: QRectF) -> None:
        row = self.row
        assert row is not None
        left, right = columns.bar
        high = theme.px(12)
        track = QRectF(left, line.center().y() - high / 2, right - left, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(track, 3, 3)
        width = (right - left) * min(1.0, row.median / 1e6)
        bar = QRectF(left, track.y(), max(width, 1.5), high)
        shade = theme.color("bar")
        if width < 3:
            painter.fillRect(bar, shade)
            return
        if row.hollow:
            painter.setPen(QPen(shade, 1.2))
            painter.setBrush(theme.color("panel"))
            painter.drawRoundedRect(bar.adjusted(0.6, 0.6, -0.6, -0.6), 3, 3)
            hatch(painter, bar.adjusted(1, 1, -1, -1), shade)
        else:
            painter.setBrush(shade)
            painter.drawRoundedRect(bar, 3, 3)

    def _axis(self, painter: QPainter, columns: Columns, line: QRectF) -> None:
        row = self.row
        assert row is not None
        painter.setPen(QPen(theme.color("grid"), 1))
        step = (columns.axis[1] - columns.axis[0]) / (AXIS_HIGH - AXIS_LOW)
        for place in range(AXIS_HIGH - AXIS_LOW + 1):
            x = round(columns.axis[0] + place * step) + 0.5
            painter.drawLine(QPointF(x, line.y() - 2), QPointF(x, line.bottom() + 2))
        y = line.center().y()
        low, high = columns.x(row.low), columns.x(row.high)
        painter.setPen(QPen(theme.color("range"), theme.px(6), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if high - low > 1:
            painter.drawLine(QPointF(low, y), QPointF(high, y))
        dot = QPointF(columns.x(row.high if row.below else row.median), y)
        radius = theme.px(6)
        shade = theme.color("text")
        painter.setPen(QPen(shade, 2.4))
        painter.setBrush(theme.color("panel") if row.hollow else shade)
        if row.below or row.median < 10**AXIS_LOW:  # an arrowhead: it is this or less
            left = dot.x() - radius
            painter.drawPolygon(
                QPolygonF(
                    [QPointF(left, y), QPointF(dot.x() + radius, y - radius), QPointF(dot.x() + radius, y + radius)]
                )
            )
        else:
            painter.drawEllipse(dot, radius, radius)

    def _number(self, painter: QPainter, columns: Columns, one: QRectF, two: QRectF) -> None:
        row = self.row
        assert row is not None
        left, right = columns.number
        painter.setFont(theme.semibold(theme.STRONG + 1))
        painter.setPen(theme.color("text"))
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, one.y(), right - left, one.height()), align, row.number)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QRectF(left - theme.px(10), two.y(), right - left + theme.px(10), two.height()), align, row.range
        )

    def _words(self, painter: QPainter, columns: Columns, one: QRectF, two: QRectF) -> None:
        """Firmness and certainty in their own column, on two lines."""
        row = self.row
        assert row is not None
        left = columns.words[0]
        for place, (text, line) in enumerate(zip(row.words, (one, two), strict=False)):
            painter.setFont(theme.semibold(theme.SMALL) if place == 0 else theme.font(theme.SMALL))
            painter.setPen(theme.color("text" if place == 0 else "muted"))
            right = columns.number[1] if place else columns.words[1]  # beside the second nothing stands
            area = QRectF(left, line.y(), right - left, line.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, elided(painter, text, right - left))

    def _words_in_line(self, painter: QPainter, columns: Columns, line: QRectF) -> float:
        """Firmness and certainty one behind the other; gives back where they end."""
        assert self.row is not None
        x = columns.words[0]
        for place, text in enumerate(self.row.words):
            painter.setFont(theme.semibold(theme.SMALL) if place == 0 else theme.font(theme.SMALL))
            painter.setPen(theme.color("text" if place == 0 else "muted"))
            said = f" · {text}" if place else text
            painter.drawText(
                QRectF(x, line.y(), columns.words[1] - x, line.height()), Qt.AlignmentFlag.AlignVCenter, said
            )
            x += painter.fontMetrics().horizontalAdvance(said)
        return x + theme.px(10)


_SIGNS = {"met": "✓ ", "missing": "✕ ", "caution": "! ", "question": "? "}


def _signed(chip: RowChip) -> str:
    return _SIGNS.get(chip.tone, "") + chip.text


def fitting(
    chips: Sequence[RowChip], counts: Sequence[RowChip], wide: Callable[[RowChip], float], room: float, gap: float
) -> list[RowChip]:
    """The chips that fit side by side, the gravest longest.

    Where they do not all fit, those of one tone become the first of them and how many more there are, then the one of
    `counts` that stands for them all; what is missing and what to be careful of is only cut when all that is kind is
    gone.
    """
    shown = list(chips)

    def long(some: Sequence[RowChip]) -> float:
        return sum(wide(chip) + gap for chip in some) - gap

    def briefer(tone: str) -> None:
        alike = [chip for chip in chips if chip.tone == tone]
        more = [RowChip(f"{alike[0].text} +{len(alike) - 1}", tone)] if len(alike) > 1 else []
        for one in (*more, *(chip for chip in counts if chip.tone == tone)):
            now = [chip for chip in shown if chip.tone == tone]
            if now and long(shown) > room and wide(one) < long(now):
                at = shown.index(now[0])
                shown[:] = [chip for chip in shown if chip.tone != tone]
                shown.insert(at, one)

    for shorter, gone in (
        (("question", "met"), ("met", "question")),  # what is done here has all that it needs: that is the first to go
        (("caution", "missing"), ("caution", "missing")),
        ((), ("asked",)),
    ):
        for tone in shorter:
            briefer(tone)
        for tone in gone:
            if long(shown) > room:
                shown = [chip for chip in shown if chip.tone != tone]
    return shown


# What is fitted is kept: measuring letters is what painting costs most, and a weight that moves paints the same names
# and chips again.
@lru_cache(maxsize=64)
def _fitted_name(name: str, room: float, _scale: float) -> tuple[float, str, float]:
    """The size of the letters, the text and its width; a long name in smaller letters, then cut within."""
    for size in (theme.STRONG, theme.BODY, theme.BODY - 1):
        metrics = QFontMetrics(theme.semibold(size))
        if metrics.horizontalAdvance(name) <= room:
            break
    name = elided_within(metrics, name, room)
    return size, name, metrics.horizontalAdvance(name)


@lru_cache(maxsize=64)
def _fitted_chips(
    chips: tuple[RowChip, ...], counts: tuple[RowChip, ...], room: float, _scale: float
) -> list[tuple[RowChip, float]]:
    """The chips that have room, and how wide each is."""
    metrics = QFontMetrics(theme.font(theme.SMALL))

    @cache  # each is asked for many times while they are fitted
    def wide(chip: RowChip) -> float:
        return metrics.horizontalAdvance(_signed(chip)) + theme.px(14)

    return [(chip, wide(chip)) for chip in fitting(chips, counts, wide, room, theme.px(5))]


def row_height(*, roomy: bool = False) -> int:
    """Height of a row in logical pixels; `roomy` where there is plenty of it."""
    return theme.px(70 if roomy else 60)


def hatch(painter: QPainter, area: QRectF, shade: QColor) -> None:
    """Slanted lines over an area: estimated, not counted."""
    painter.setPen(QPen(shade, 1.3))
    painter.drawLines(_slanted(area.left(), area.top(), area.right(), area.bottom()))


@lru_cache(maxsize=64)
def _slanted(left: float, top: float, right: float, bottom: float) -> list[QLineF]:
    lines, step, tall = [], 5.0, bottom - top
    x = left - tall
    while x < right:  # each line ends at the edges by itself: SVG files know no clipping
        low, high = max(x, left), min(x + tall, right)
        lines.append(QLineF(low, bottom - (low - x), high, bottom - (high - x)))
        x += step
    return lines


def _pill(painter: QPainter, box: QRectF, text: str, tone: str) -> None:
    ground, border, letters = {
        "met": ("met_soft", None, "met"),
        "missing": ("panel", "warn", "warn"),
        "asked": ("panel", "warn", "warn"),
        "caution": ("warn_soft", None, "warn"),
        "question": ("raised", None, "muted"),
    }.get(tone, ("raised", None, "muted"))
    painter.setBrush(QBrush(theme.color(ground)))
    painter.setPen(QPen(theme.color(border), 1.2) if border else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(theme.color(letters))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

"""Three pictures of what decides: the score taken apart, the places over recalculations, and the tornado."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QLocale, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.picture import Picture, Table, elided, elided_within, lines_of


class Part(msgspec.Struct, frozen=True):
    """One criterion's part of a score, in points of 100."""

    name: str
    points: float
    most: float


class Score(msgspec.Struct, frozen=True):
    """One procedure's score in its parts."""

    name: str
    parts: tuple[Part, ...]
    chosen: bool


SHADES = ("bar", "flow", "flow_dim", "range", "line")


class Lines(Picture):
    """Base of pictures with a title and a line for each procedure, whose name stands before it or above it."""

    def __init__(self, name: str, heads: tuple[str, ...], parent: QWidget | None = None) -> None:
        """`heads` are the table's."""
        self._title = name
        self._heads = heads
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def lines(self) -> Sequence[Score | Places | Reach]:
        """What has a line each."""
        raise NotImplementedError

    def wanted(self) -> float:
        """The height that is wanted at the present width."""
        raise NotImplementedError

    def refresh(self) -> None:
        self.fit()
        super().refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height that is wanted."""
        wanted = round(self.wanted())
        if wanted != self.minimumHeight():
            self.setFixedHeight(wanted)

    def above(self, width: float) -> bool:
        """Whether the names are too long to stand before their lines."""
        metrics = QFontMetrics(theme.semibold(theme.SMALL))
        return max((metrics.horizontalAdvance(one.name) for one in self.lines()), default=0) > width * 0.42

    def head(self, painter: QPainter, area: QRectF) -> float:
        """Draw the title; gives back where it ends."""
        painter.setFont(theme.semibold(theme.SMALL + 0.5))
        painter.setPen(theme.color("text"))
        high = painter.fontMetrics().height() * lines_of(painter, self._title, area.width())
        painter.drawText(QRectF(area.x(), area.y(), area.width(), high), Qt.TextFlag.TextWordWrap, self._title)
        return area.y() + high

    def head_height(self) -> float:
        """The height of the title."""
        metrics = QFontMetrics(theme.semibold(theme.SMALL + 0.5))
        room = QRect(0, 0, max(40, self.width() - 4), 10_000)
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._title).height()

    def name(self, painter: QPainter, one: Score | Places, box: QRectF) -> None:
        """Draw a procedure's name; the one that is looked at stands out."""
        painter.setPen(theme.color("accent" if one.chosen else "text"))
        painter.setFont(theme.semibold(theme.SMALL) if one.chosen else theme.font(theme.SMALL))
        painter.drawText(
            box, Qt.AlignmentFlag.AlignVCenter, elided_within(painter.fontMetrics(), one.name, box.width())
        )

    def names_wide(self) -> float:
        """How wide the names are that stand before their lines."""
        metrics = QFontMetrics(theme.semibold(theme.SMALL))
        return max((metrics.horizontalAdvance(one.name) for one in self.lines()), default=0) + 4


class ScorePicture(Lines):
    """Stacked points of 100, one bar for each procedure, with the criteria named in a legend."""

    _scores: tuple[Score, ...] = ()

    def show_scores(self, scores: tuple[Score, ...]) -> None:
        """Show these."""
        self._scores = scores
        self.refresh()

    def lines(self) -> Sequence[Score]:
        return self._scores

    def table(self) -> Table:
        rows = [
            (score.name, part.name, f"{_tenths(part.points)} / {part.most:.0f}")
            for score in self._scores
            for part in score.parts
        ]
        return Table(self._title, self._heads, tuple(rows))

    def wanted(self) -> float:
        each = theme.px(39 if self.above(self.width()) else 26)
        return self.head_height() + theme.px(12) + each * len(self._scores) + self._legend(None, self.width() - 4) + 4

    def draw(self, painter: QPainter, area: QRectF) -> None:
        y = self.head(painter, area) + theme.px(6)
        above = self.above(area.width())
        names = area.width() if above else self.names_wide()
        left = area.x() + (0 if above else names + theme.px(8))
        width = area.right() - left - theme.px(32)
        for score in self._scores:
            self.name(painter, score, QRectF(area.x(), y, names, theme.px(20 if not above else 18)))
            y += theme.px(18) if above else 0
            x = left
            for place, part in enumerate(score.parts):
                wide = width * part.points / 100
                shade = theme.color(SHADES[place % len(SHADES)])
                painter.fillRect(QRectF(x, y + theme.px(3), max(0.0, wide - 1), theme.px(13)), shade)
                x += wide
            painter.setPen(theme.color("text"))
            painter.setFont(theme.semibold(theme.SMALL))
            total = sum(part.points for part in score.parts)
            box = QRectF(x + theme.px(6), y, theme.px(40), theme.px(19))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, f"{total:.0f}")
            y += theme.px(21 if above else 26)
        painter.translate(area.x(), y + theme.px(4))
        self._legend(painter, area.width())
        painter.translate(-area.x(), -y - theme.px(4))

    def _legend(self, painter: QPainter | None, width: float) -> float:
        """The criteria with their colours and the most they can give; gives back its height."""
        metrics = QFontMetrics(theme.font(theme.SMALL))
        x, y = 0.0, 0.0
        for place, part in enumerate(self._scores[0].parts if self._scores else ()):
            text = f"{part.name} {part.most:.0f}"
            wide = metrics.horizontalAdvance(text) + theme.px(28)
            if x + wide - theme.px(12) > width and x > 0:
                x, y = 0.0, y + theme.px(17)
            if painter is not None:
                shade = theme.color(SHADES[place % len(SHADES)])
                painter.fillRect(QRectF(x, y + theme.px(5), theme.px(9), theme.px(9)), shade)
                painter.setPen(theme.color("muted"))
                painter.setFont(theme.font(theme.SMALL))
                box = QRectF(x + theme.px(13), y, width - x - theme.px(13), theme.px(18))
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided(painter, text, box.width()))
            x += wide
        return y + theme.px(20) if self._scores else 0.0


class Places(msgspec.Struct, frozen=True):
    """How often of 100 recalculations a procedure takes each place."""

    name: str
    shares: tuple[float, ...]
    chosen: bool


class PlacesPicture(Lines):
    """A square for each procedure and place, darker and with its number the more often it is taken."""

    _places: tuple[Places, ...] = ()

    def show_places(self, places: tuple[Places, ...]) -> None:
        """Show these."""
        self._places = places
        self.refresh()

    def lines(self) -> Sequence[Places]:
        return self._places

    def table(self) -> Table:
        rows = [
            (one.name, str(rank), f"{100 * share:.0f}")
            for one in self._places
            for rank, share in enumerate(one.shares, 1)
        ]
        return Table(self._title, self._heads, tuple(rows))

    def wanted(self) -> float:
        each = theme.px(45 if self.above(self.width()) else 26)
        return self.head_height() + theme.px(22) + each * len(self._places) + 4

    def draw(self, painter: QPainter, area: QRectF) -> None:
        y = self.head(painter, area) + 2
        count = max((len(one.shares) for one in self._places), default=0)
        if not count:
            return
        above = self.above(area.width())
        names = area.width() if above else self.names_wide()
        left = area.x() + (0 if above else names + theme.px(8))
        cell = min(theme.px(52), (area.right() - left) / count)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.color("muted"))
        for rank in range(count):
            box = QRectF(left + rank * cell, y, cell, theme.px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(rank + 1))
        y += theme.px(17)
        for one in self._places:
            self.name(painter, one, QRectF(area.x(), y, names, theme.px(18 if above else 24)))
            y += theme.px(18) if above else 0
            painter.setFont(theme.font(theme.SMALL))
            for rank, share in enumerate(one.shares):
                box = QRectF(left + rank * cell + 1, y + 1, cell - 2, theme.px(22))
                shade = theme.color("range")
                shade.setAlphaF(max(0.06, min(1.0, share)))
                painter.setPen(QPen(theme.color("grid"), 1))
                painter.setBrush(shade)
                painter.drawRoundedRect(box, 3, 3)
                if share >= 0.005:
                    painter.setPen(theme.color("text"))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{100 * share:.0f}")
            y += theme.px(27 if above else 26)


class Reach(msgspec.Struct, frozen=True):
    """One bar of the tornado: the lead of the first place at both ends, and whether another would be first there."""

    name: str
    low: float
    high: float
    flips: bool


class TornadoPicture(Lines):
    """What moves the lead of the first place, the widest bar on top; left of 0 another is first."""

    _bars: tuple[Reach, ...] = ()

    def __init__(self, name: str, words: tuple[str, str], parent: QWidget | None = None) -> None:
        """`words`: what stands at the zero line, and the word for a bar that changes the first place."""
        self._words = words
        super().__init__(name, ("", "−", "+", ""), parent)

    def show_bars(self, bars: tuple[Reach, ...]) -> None:
        """Show these."""
        self._bars = bars
        self.refresh()

    def lines(self) -> Sequence[Reach]:
        return self._bars

    def table(self) -> Table:
        rows = tuple(
            (b.name, _tenths(b.low, "+"), _tenths(b.high, "+"), self._words[1] if b.flips else "") for b in self._bars
        )
        return Table(self._title, self._heads, rows)

    def wanted(self) -> float:
        return self.head_height() + theme.px(36) * len(self._bars) + theme.px(26)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        y = self.head(painter, area) + 4
        if not self._bars:
            return
        low = min(0.0, *(min(b.low, b.high) for b in self._bars))
        high = max(0.0, *(max(b.low, b.high) for b in self._bars))
        span = (high - low) or 1.0

        def x(value: float) -> float:
            return area.x() + 4 + (area.width() - 8) * (value - low) / span

        for bar in self._bars:
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.color("warn" if bar.flips else "muted"))
            text = f"{bar.name} · {self._words[1]}" if bar.flips else bar.name
            painter.drawText(QRectF(area.x(), y, area.width(), theme.px(17)), 0, elided(painter, text, area.width()))
            left, right = sorted((x(bar.low), x(bar.high)))
            box = QRectF(left, y + theme.px(18), max(2.0, right - left), theme.px(9))
            painter.fillRect(box, theme.color("bar"))
            painter.setPen(QPen(theme.color("strong_line"), 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x(0), y + theme.px(18)), QPointF(x(0), y + theme.px(30)))
            y += theme.px(36)
        painter.setPen(theme.color("muted"))
        box = QRectF(area.x(), y, area.width(), area.bottom() - y)
        painter.drawText(box, 0, elided(painter, self._words[0], area.width()))


def _tenths(value: float, sign: str = "") -> str:
    """A figure with one decimal, in the language of the window."""
    return f"{value:{sign}.1f}".replace(".", QLocale().decimalPoint())

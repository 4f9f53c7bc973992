"""Three pictures of what decides: the score taken apart, the places over recalculations, and the tornado."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.picture import Picture, Table, elided, elided_within


@dataclass(frozen=True)
class Part:
    """One criterion's part of a score, in points of 100."""

    name: str
    points: float
    most: float


@dataclass(frozen=True)
class Score:
    """One procedure's score in its parts."""

    name: str
    parts: tuple[Part, ...]
    chosen: bool


SHADES = ("bar", "flow", "flow_dim", "range", "line")


class ScorePicture(Picture):
    """Stacked points of 100, one bar for each procedure, with the criteria named in a legend."""

    def __init__(self, name: str, heads: tuple[str, str, str], parent: QWidget | None = None) -> None:
        self._title = name
        self._heads = heads
        self._scores: tuple[Score, ...] = ()
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scores(self, scores: tuple[Score, ...]) -> None:
        """Show these."""
        self._scores = scores
        self.setFixedHeight(theme.px(46 + 26 * max(1, len(scores)) + 20))
        self.refresh()

    def table(self) -> Table:
        rows = [
            (score.name, part.name, f"{part.points:.1f} / {part.most:.0f}")
            for score in self._scores
            for part in score.parts
        ]
        return Table(self._title, self._heads, tuple(rows))

    def draw(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(theme.semibold(theme.SMALL + 0.5))
        painter.setPen(theme.color("text"))
        line = painter.fontMetrics().height()
        painter.drawText(QRectF(area.x(), area.y(), area.width(), line), 0, elided(painter, self._title, area.width()))
        painter.setFont(theme.font(theme.SMALL))
        names = min(
            area.width() * 0.4, max((painter.fontMetrics().horizontalAdvance(s.name) for s in self._scores), default=0)
        )
        left = area.x() + names + 10
        width = area.right() - left - theme.px(36)
        y = area.y() + line + 6
        for score in self._scores:
            painter.setPen(theme.color("accent" if score.chosen else "text"))
            painter.setFont(theme.semibold(theme.SMALL) if score.chosen else theme.font(theme.SMALL))
            painter.drawText(
                QRectF(area.x(), y, names, theme.px(20)),
                Qt.AlignmentFlag.AlignVCenter,
                elided_within(painter, score.name, names),
            )
            x = left
            for place, part in enumerate(score.parts):
                wide = width * part.points / 100
                painter.fillRect(
                    QRectF(x, y + 3, max(0.0, wide - 1), theme.px(14)), theme.color(SHADES[place % len(SHADES)])
                )
                x += wide
            painter.setPen(theme.color("text"))
            total = sum(part.points for part in score.parts)
            painter.drawText(
                QRectF(x + 5, y, theme.px(40), theme.px(20)), Qt.AlignmentFlag.AlignVCenter, f"{total:.0f}"
            )
            y += theme.px(26)
        self._legend(painter, QRectF(area.x(), y, area.width(), area.bottom() - y))

    def _legend(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(theme.font(theme.SMALL - 0.5))
        x, y = area.x(), area.y()
        for place, part in enumerate(self._scores[0].parts if self._scores else ()):
            text = f"{part.name} {part.most:.0f}"
            wide = painter.fontMetrics().horizontalAdvance(text) + theme.px(22)
            if x + wide > area.right() and x > area.x():
                x, y = area.x(), y + theme.px(16)
            painter.fillRect(QRectF(x, y + 4, theme.px(9), theme.px(9)), theme.color(SHADES[place % len(SHADES)]))
            painter.setPen(theme.color("muted"))
            painter.drawText(QRectF(x + theme.px(13), y, wide, theme.px(17)), Qt.AlignmentFlag.AlignVCenter, text)
            x += wide


@dataclass(frozen=True)
class Places:
    """How often of 100 recalculations a procedure takes each place."""

    name: str
    shares: tuple[float, ...]
    chosen: bool


class PlacesPicture(Picture):
    """A square for each procedure and place, darker and with its number the more often it is taken."""

    def __init__(self, name: str, heads: tuple[str, str, str], parent: QWidget | None = None) -> None:
        self._title = name
        self._heads = heads
        self._places: tuple[Places, ...] = ()
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_places(self, places: tuple[Places, ...]) -> None:
        """Show these."""
        self._places = places
        self.setFixedHeight(theme.px(46 + 26 * max(1, len(places))))
        self.refresh()

    def table(self) -> Table:
        rows = [
            (one.name, str(rank), f"{100 * share:.0f}")
            for one in self._places
            for rank, share in enumerate(one.shares, 1)
        ]
        return Table(self._title, self._heads, tuple(rows))

    def draw(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(theme.semibold(theme.SMALL + 0.5))
        painter.setPen(theme.color("text"))
        line = painter.fontMetrics().height()
        painter.drawText(QRectF(area.x(), area.y(), area.width(), line), 0, elided(painter, self._title, area.width()))
        count = max((len(one.shares) for one in self._places), default=0)
        if not count:
            return
        painter.setFont(theme.font(theme.SMALL))
        names = min(area.width() * 0.4, max(painter.fontMetrics().horizontalAdvance(s.name) for s in self._places))
        left = area.x() + names + 10
        cell = min(theme.px(46), (area.right() - left) / count)
        painter.setPen(theme.color("muted"))
        for rank in range(count):
            painter.drawText(
                QRectF(left + rank * cell, area.y() + line + 2, cell, theme.px(16)),
                Qt.AlignmentFlag.AlignCenter,
                str(rank + 1),
            )
        y = area.y() + line + theme.px(18)
        for one in self._places:
            painter.setPen(theme.color("accent" if one.chosen else "text"))
            painter.setFont(theme.semibold(theme.SMALL) if one.chosen else theme.font(theme.SMALL))
            painter.drawText(
                QRectF(area.x(), y, names, theme.px(24)),
                Qt.AlignmentFlag.AlignVCenter,
                elided_within(painter, one.name, names),
            )
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
            y += theme.px(26)


@dataclass(frozen=True)
class Reach:
    """One bar of the tornado: the lead of the first place at both ends, and whether another would be first there."""

    name: str
    low: float
    high: float
    flips: bool


class TornadoPicture(Picture):
    """What moves the lead of the first place, the widest bar on top; left of 0 another is first."""

    def __init__(self, name: str, words: tuple[str, str], parent: QWidget | None = None) -> None:
        """`words`: what stands at the zero line, and the word for a bar that changes the first place."""
        self._title = name
        self._words = words
        self._bars: tuple[Reach, ...] = ()
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: tuple[Reach, ...]) -> None:
        """Show these."""
        self._bars = bars
        self.setFixedHeight(theme.px(48 + 36 * max(1, len(bars))))
        self.refresh()

    def table(self) -> Table:
        rows = tuple((b.name, f"{b.low:+.1f}", f"{b.high:+.1f}", self._words[1] if b.flips else "") for b in self._bars)
        return Table(self._title, ("", "−", "+", ""), rows)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(theme.semibold(theme.SMALL + 0.5))
        painter.setPen(theme.color("text"))
        line = painter.fontMetrics().height()
        painter.drawText(QRectF(area.x(), area.y(), area.width(), line), 0, elided(painter, self._title, area.width()))
        if not self._bars:
            return
        low = min(0.0, *(min(b.low, b.high) for b in self._bars))
        high = max(0.0, *(max(b.low, b.high) for b in self._bars))
        span = (high - low) or 1.0

        def x(value: float) -> float:
            return area.x() + 4 + (area.width() - 8) * (value - low) / span

        y = area.y() + line + 4
        top = y
        for bar in self._bars:
            painter.setFont(theme.font(theme.SMALL - 0.5))
            painter.setPen(theme.color("warn" if bar.flips else "muted"))
            text = f"{bar.name} · {self._words[1]}" if bar.flips else bar.name
            painter.drawText(QRectF(area.x(), y, area.width(), theme.px(17)), 0, elided(painter, text, area.width()))
            left, right = sorted((x(bar.low), x(bar.high)))
            box = QRectF(left, y + theme.px(18), max(2.0, right - left), theme.px(9))
            painter.fillRect(box, theme.color("bar"))
            y += theme.px(36)
        painter.setPen(QPen(theme.color("strong_line"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x(0), top), QPointF(x(0), y))
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(theme.SMALL - 0.5))
        painter.drawText(QRectF(area.x(), y, area.width(), line), 0, elided(painter, self._words[0], area.width()))

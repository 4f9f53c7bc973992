"""Chips that are switched on and off, chips with three answers, and a row of choices joined into one control."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QToolTip, QWidget

from ui import theme


class Chip(QAbstractButton):
    """A rounded switch; on is said by a tick as well as by the colour."""

    MARKS: tuple[str, ...] = ("✓ ",)

    def __init__(self, text: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setToolTip(hint)
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def mark(self) -> str:
        """The sign in front of the text."""
        return "✓ " if self.isChecked() else ""

    def colours(self) -> tuple[str, str, str]:
        """Ground, border and letters."""
        return ("accent_soft", "accent", "accent") if self.isChecked() else ("panel", "line", "text")

    def sizeHint(self) -> QSize:
        self.setFont(theme.semibold(theme.SMALL + 0.5))
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(mark + self.text()) for mark in self.MARKS)
        return QSize(widest + theme.px(15), metrics.height() + theme.px(7))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.px(90)), hint.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """A text that is too long for a narrow column takes a second line."""
        if width >= self.sizeHint().width():
            return self.sizeHint().height()
        box = QFontMetrics(self._letters()).boundingRect(
            QRect(0, 0, width - theme.px(14), 10_000), Qt.TextFlag.TextWordWrap, self.mark() + self.text()
        )
        return box.height() + theme.px(7)

    def _letters(self) -> QFont:
        return theme.semibold(theme.SMALL + 0.5) if self.mark() else theme.font(theme.SMALL + 0.5)

    def checkStateSet(self) -> None:
        super().checkStateSet()
        self.updateGeometry()

    def nextCheckState(self) -> None:
        super().nextCheckState()
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, border, letters = self.colours()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else border), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.color("raised" if self.underMouse() and ground == "panel" else ground))
        corner = min(box.height() / 2, theme.px(13))
        painter.drawRoundedRect(box, corner, corner)
        painter.setFont(self._letters())
        painter.setPen(theme.color(letters if self.isEnabled() else "muted"))
        inner = box.adjusted(theme.px(6), 0, -theme.px(6), 0)
        one_line = painter.fontMetrics().horizontalAdvance(self.mark() + self.text()) <= self.width() - theme.px(14)
        flags = Qt.AlignmentFlag.AlignCenter if one_line else Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(inner, flags, self.mark() + self.text())
        painter.end()


class AnswerChip(Chip):
    """A question with three answers: not asked, yes, no. A click or the space bar goes to the next one."""

    answered = Signal(object)  # "yes", "no" or None
    ORDER = (None, "yes", "no")
    MARKS = ("✓ ", "✕ ")

    def __init__(self, text: str, words: tuple[str, str, str], hint: str = "", parent: QWidget | None = None) -> None:
        """`words` say not asked, yes and no."""
        self._answer: str | None = None
        self._words = words
        self._question = text
        super().__init__(text, hint, parent)
        self.setCheckable(False)
        self.clicked.connect(self._next)
        self._name()

    @property
    def answer(self) -> str | None:
        return self._answer

    def set_answer(self, answer: str | None) -> None:
        """Show an answer without telling anybody."""
        if answer != self._answer:
            self._answer = answer
            self._name()
            self.updateGeometry()
            self.update()

    def _next(self) -> None:
        self.set_answer(self.ORDER[(self.ORDER.index(self._answer) + 1) % 3])
        self.answered.emit(self._answer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        given = {Qt.Key.Key_Y: "yes", Qt.Key.Key_N: "no", Qt.Key.Key_Delete: None}
        key = Qt.Key(event.key())
        if key in given and not event.modifiers():
            if given[key] != self._answer:
                self.set_answer(given[key])
                self.answered.emit(self._answer)
            return
        super().keyPressEvent(event)

    def _name(self) -> None:
        self.setAccessibleName(f"{self._question}: {self._words[self.ORDER.index(self._answer)]}")

    def mark(self) -> str:
        return {None: "", "yes": "✓ ", "no": "✕ "}[self._answer]

    def colours(self) -> tuple[str, str, str]:
        return {
            None: ("panel", "line", "text"),
            "yes": ("warn_soft", "warn", "warn"),
            "no": ("raised", "line", "muted"),
        }[self._answer]


class Segmented(QWidget):
    """A few choices joined into one control; what does not fit is behind a last part with a menu.

    `chosen` carries the id, or None when `optional` and the chosen one was clicked again.
    """

    chosen = Signal(object)

    def __init__(self, name: str, more: str = "", *, optional: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._more = more or "…"
        self._optional = optional
        self._options: list[tuple[str, str, str]] = []
        self._value: str | None = None
        self._cursor = 0
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    def set_options(self, options: Sequence[tuple[str, str, str]]) -> None:
        """The choices as id, short name and full name."""
        if list(options) != self._options:
            self._options = list(options)
            self._cursor = 0
            self._say()
            self.updateGeometry()
            self.update()

    def set_value(self, value: str | None) -> None:
        """Show a choice without telling anybody."""
        if value != self._value:
            self._value = value
            self._say()
            self.update()

    @property
    def value(self) -> str | None:
        return self._value

    def _say(self) -> None:
        full = next((full for id, _short, full in self._options if id == self._value), "–")
        self.setAccessibleName(f"{self._name}: {full}")
        self.setAccessibleDescription(", ".join(full for _id, _short, full in self._options))

    # -- places

    def _letters(self) -> float:
        """The size of the letters: smaller ones where only with them all choices stand side by side."""
        room = self.width() or 10_000
        for size in (theme.BODY - 1, theme.SMALL):
            metrics = QFontMetrics(theme.semibold(size))
            if sum(metrics.horizontalAdvance(short) + theme.px(8) for _i, short, _f in self._options) <= room:
                return size
        return theme.BODY - 1

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.semibold(self._letters()))

    def _parts(self) -> list[tuple[str | None, str]]:
        """What is drawn: id and text of each part; id None is the menu."""
        metrics = self._metrics()
        room = self.width() or 10_000
        pad = theme.px(12)

        def wide(text: str) -> int:
            return metrics.horizontalAdvance(text) + pad

        if sum(wide(short) - theme.px(4) for _id, short, _full in self._options) <= room:
            return [(id, short) for id, short, _full in self._options]
        shown: list[tuple[str | None, str]] = []
        last = self._more
        arrow = theme.px(12)
        used = wide(self._more) + arrow
        for id, short, _full in self._options:
            if used + wide(short) > room:
                break
            shown.append((id, short))
            used += wide(short)
        hidden = {id for id, _s, _f in self._options} - {id for id, _ in shown}
        if self._value in hidden:
            last = next(short for id, short, _f in self._options if id == self._value)
            while shown and sum(wide(text) for _i, text in shown) + wide(last) + arrow > room:
                shown.pop()
        return [*shown, (None, last)]

    def _rects(self) -> list[QRectF]:
        parts = self._parts()
        metrics = self._metrics()
        natural = [metrics.horizontalAdvance(text) + theme.px(8 if id is not None else 24) for id, text in parts]
        spare = (self.width() - 2 - sum(natural)) / max(1, len(parts))
        rects, x = [], 1.0
        for width in natural:
            rects.append(QRectF(x, 1, width + spare, self.height() - 2))
            x += width + spare
        return rects

    def sizeHint(self) -> QSize:
        self.setFont(theme.semibold(theme.BODY - 1))
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(short) + theme.px(12) for _i, short, _f in self._options)
        return QSize(width + 2, metrics.height() + theme.px(11))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(100), self.sizeHint().height())

    # -- hands

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hover = self._at(event.position())
        if hover != self._hover:
            self._hover = hover
            self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (part := self._at(event.position())) >= 0:
            self._cursor = part
            self._press(part)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys begin at what is chosen."""
        super().focusInEvent(event)
        ids = [id for id, _text in self._parts()]
        if self._value is not None and ids:
            self._cursor = ids.index(self._value) if self._value in ids else len(ids) - 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._parts())
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and count:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._cursor = max(0, min(count - 1, self._cursor + step))
            parts = self._parts()
            id, text = parts[self._cursor]
            self.setAccessibleDescription(text)
            if not self._optional and id is not None:
                self._choose(id)
            self.update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and count:
            self._press(min(self._cursor, count - 1))
        else:
            super().keyPressEvent(event)

    def _at(self, point: QPointF) -> int:
        return next((place for place, rect in enumerate(self._rects()) if rect.contains(point)), -1)

    def _press(self, part: int) -> None:
        parts = self._parts()
        id = parts[part][0]
        if id is not None:
            self._choose(None if self._optional and id == self._value else id)
            return
        shown = {shown for shown, _ in parts}
        menu = QMenu(self)
        for option, _short, full in self._options:
            if option in shown:
                continue
            action = QAction(full, menu)
            action.setCheckable(True)
            action.setChecked(option == self._value)
            action.triggered.connect(
                lambda _on=False, option=option: self._choose(
                    None if self._optional and option == self._value else option
                )
            )
            menu.addAction(action)
        rect = self._rects()[part]
        menu.popup(self.mapToGlobal(QPoint(round(rect.x()), self.height())))
        menu.aboutToHide.connect(menu.deleteLater)

    def _choose(self, id: str | None) -> None:
        if id != self._value:
            self.set_value(id)
            self.chosen.emit(id)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._hover >= 0:
            parts = self._parts()
            if self._hover < len(parts):
                id = parts[self._hover][0]
                full = next((full for option, _s, full in self._options if option == id), "")
                QToolTip.showText(event.globalPos(), full, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    # -- look

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outer = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "line"), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.color("field"))
        painter.drawRoundedRect(outer, 7, 7)
        parts, rects, size = self._parts(), self._rects(), self._letters()
        shown = {id for id, _ in parts}
        for place, ((id, text), rect) in enumerate(zip(parts, rects, strict=True)):
            behind = id is None and self._value is not None and self._value not in shown
            on = behind or (id is not None and id == self._value)
            inner = rect.adjusted(1.5, 1.5, -1.5, -1.5)
            if on or place == self._hover:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent_soft" if on else "raised"))
                painter.drawRoundedRect(inner, 6, 6)
            if self.hasFocus() and place == self._cursor:
                painter.setPen(QPen(theme.color("accent"), 1, Qt.PenStyle.DotLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), 5, 5)
            if place and not on:
                painter.setPen(QPen(theme.color("line"), 1))
                painter.drawLine(QPointF(rect.x(), 6), QPointF(rect.x(), self.height() - 6))
            painter.setFont(theme.semibold(size) if on else theme.font(size))
            painter.setPen(theme.color("accent" if on else "text"))
            room = round(rect.width()) - (theme.px(16) if id is None else 4)
            area = rect.adjusted(0, 0, -theme.px(10), 0) if id is None else rect
            painter.drawText(
                area,
                Qt.AlignmentFlag.AlignCenter,
                painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room),
            )
            if id is None:
                self._arrow(painter, rect)
        painter.end()

    def _arrow(self, painter: QPainter, rect: QRectF) -> None:
        x, y, s = rect.right() - theme.px(10), rect.center().y() - 1, theme.px(3)
        painter.setPen(QPen(theme.color("muted"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(x - s, y), QPointF(x, y + s), QPointF(x + s, y)]))

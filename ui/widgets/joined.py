"""A row of choices joined into one control."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
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


class _Part(QAbstractButton):
    """One of joined choices, for the keys and for a screen reader; what it is in draws it and takes the mouse."""

    def __init__(self, place: int, parent: Segmented) -> None:
        super().__init__(parent)
        self._place = place
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda _on=False: parent.press(place))
        self.toggled.connect(lambda on: parent.press(place) if on else None)  # a screen reader turns without clicking

    def show_part(self, name: str, *, one_of_many: bool, on: bool, reached: bool) -> None:
        """Say this; `reached`: Tab comes to it."""
        self.setAccessibleName(name)
        self.blockSignals(True)
        self.setCheckable(one_of_many)
        self.setAutoExclusive(False)  # an exclusive one cannot be turned off
        self.setChecked(on)
        self.setAutoExclusive(one_of_many)
        self.blockSignals(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if reached else Qt.FocusPolicy.NoFocus)

    def nextCheckState(self) -> None:
        """What is chosen is for the whole to say."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        whole = self.parent()
        assert isinstance(whole, Segmented)
        whole.go_to(self._place)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.parentWidget().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing: it is drawn as a part of the whole."""


class Segmented(QWidget):
    """A few choices joined into one control; what does not fit is behind a last part with a menu.

    `chosen` carries the id, or None when `optional` and the chosen one was clicked again. Tab comes to the chosen part,
    arrows go from part to part; a screen reader reads a group of radio buttons.
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
        self._buttons = [_Part(0, self)]
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_options(self, options: Sequence[tuple[str, str, str]]) -> None:
        """The choices as id, short name and full name."""
        if list(options) != self._options:
            self._options = list(options)
            self._cursor = 0
            self._fit()
            self.updateGeometry()
            self.update()

    def set_value(self, value: str | None) -> None:
        """Show a choice without telling anybody."""
        if value != self._value:
            self._value = value
            self._fit()
            self.update()

    @property
    def value(self) -> str | None:
        return self._value

    def _full(self, id: str | None) -> str:
        return next((full for option, _short, full in self._options if option == id), "")

    def _fit(self) -> None:
        """Let the parts for keys and screen readers be what is drawn."""
        parts = self._parts()
        while len(self._buttons) < len(parts):
            self._buttons.append(_Part(len(self._buttons), self))
            QWidget.setTabOrder(self._buttons[-2], self._buttons[-1])  # made late, it would come last in the window
        ids = [id for id, _text in parts]
        behind = self._value is not None and self._value not in ids
        if not any(made.hasFocus() for made in self._buttons):
            self._cursor = ids.index(self._value) if self._value in ids else len(ids) - 1 if behind else 0
        self._cursor = max(0, min(len(parts) - 1, self._cursor))
        rects = self._rects()
        for place, made in enumerate(self._buttons):
            made.setVisible(place < len(parts))
            if place >= len(parts):
                made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                continue
            id, text = parts[place]
            full = self._full(self._value if id is None and behind else id)
            seen = self._more if id is None else text
            made.show_part(
                full if seen.lower() in full.lower() else f"{seen}: {full}".removesuffix(": "),
                one_of_many=id is not None,
                on=id is not None and id == self._value,
                reached=place == self._cursor,
            )
            made.setGeometry(rects[place].toRect())
        self.setFocusProxy(self._buttons[self._cursor])

    def go_to(self, place: int) -> None:
        """The keys are at a part."""
        self._cursor = place
        self._fit()
        self.update()

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
        metrics = QFontMetrics(theme.semibold(theme.BODY - 1))
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
            self._buttons[part].setFocus(Qt.FocusReason.MouseFocusReason)
            self.press(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._parts())
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and count:
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            place = max(0, min(count - 1, self._cursor + step))
            self._buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self.go_to(place)
            id = self._parts()[place][0]
            if not self._optional and id is not None:
                self._choose(id)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and count:
            self.press(min(self._cursor, count - 1))
        else:
            super().keyPressEvent(event)

    def _at(self, point: QPointF) -> int:
        return next((place for place, rect in enumerate(self._rects()) if rect.contains(point)), -1)

    def press(self, part: int) -> None:
        """Choose a part, or open the menu behind the last one."""
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
                QToolTip.showText(event.globalPos(), self._full(id), self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

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

"""Small parts that every panel is made of: labels, frames, a layout that wraps, inputs the wheel cannot change."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui import theme


def label(text: str = "", tone: str = "", *, wrap: bool = False, select: bool = False) -> QLabel:
    """A label of plain text; `tone` is heading, muted, title, warn or met."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    if select:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def button(text: str, kind: str = "", run: Callable[[], object] | None = None, hint: str = "") -> QPushButton:
    """A push button; `kind` is primary, link or search."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    if hint:
        made.setToolTip(hint)
        made.setAccessibleDescription(hint)
    if run is not None:
        made.clicked.connect(lambda _on=False: run())
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and let the style sheet see them."""
    if all((widget.property(name) or None) == (value or None) for name, value in properties.items()):
        return  # asking for the style costs a hundred of its names when it is the first time
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Panel(QFrame):
    """A rounded area on the ground, with the one column its content goes into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.INNER, theme.INNER - 2, theme.INNER, theme.INNER - 4)
        self.column.setSpacing(6)


class _Page(QWidget):
    """As high as its words need at the width it has; a layout by itself asks for the height of a narrow column.

    `least`: what can be made smaller is, before the page is higher than its place.
    """

    least = False

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self.hasHeightForWidth() else hint

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        if layout is None or not self.least:
            return super().heightForWidth(width)
        return layout.minimumHeightForWidth(width)


class Scroll(QScrollArea):
    """A column that scrolls when it is longer than its place; Tab brings what has the focus into view."""

    def __init__(self, parent: QWidget | None = None, *, least: bool = False) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page = _Page()
        self.page.least = least
        self.page.setObjectName("page")
        self.page.setAutoFillBackground(False)
        self.column = QVBoxLayout(self.page)
        self.column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self.setWidget(self.page)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.page.isAncestorOf(now):
            self.ensureWidgetVisible(now, 4, 12)


class FlowLayout(QLayout):
    """Items side by side that go on in the next line when there is no more room."""

    def __init__(self, parent: QWidget | None = None, gap: int = 5) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        items = self._items
        self.destroyed.connect(lambda: drop(*items))  # Qt leaves this to the layout itself
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), rect.width()) if rect.width() > 0 else hint.width()
            if width < hint.width() and item.hasHeightForWidth():
                hint = QSize(width, item.heightForWidth(width))
            if x > rect.x() and x + width > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, hint.height())))
            x += width + self._gap
            line = max(line, hint.height())
        return y + line - rect.y()


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
        drop(item)


def drop(*items: QLayoutItem) -> None:
    """Delete items that were taken out of a layout, not their widgets; nobody else does."""
    for item in items:
        shiboken6.delete(item)


def two_lines(painter: QPainter, text: str, area: QRectF, letters: QFont) -> None:
    """A long text in small letters, on two lines; what goes beyond them is cut with an ellipsis."""
    painter.setFont(letters)
    metrics = painter.fontMetrics()
    first = ""
    for word in text.split(" "):
        longer = f"{first} {word}".strip()
        if first and metrics.horizontalAdvance(longer) > area.width():
            break
        first = longer
    lines = [one for one in (first, text[len(first) :].strip()) if one]
    high = min(metrics.lineSpacing(), area.height() / 2)
    top = area.center().y() - high * len(lines) / 2
    for place, line in enumerate(lines):
        cut = metrics.elidedText(line, Qt.TextElideMode.ElideRight, round(area.width()))
        painter.drawText(QRectF(area.x(), top + place * high, area.width(), high), Qt.AlignmentFlag.AlignVCenter, cut)


class Combo(QComboBox):
    """A list to choose from; the wheel never changes it. Paints its own arrow in the theme's colour.

    `within`: a long text is cut in its middle, because what sets two of them apart stands at the end.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, within: bool = False) -> None:
        super().__init__(parent)
        self._cut = Qt.TextElideMode.ElideMiddle if within else Qt.TextElideMode.ElideRight
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter  # late: they cost 15 ms

        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        side = theme.px(14)
        room = self.width() - side - theme.px(26)
        text = self.currentText()
        long = self.fontMetrics().horizontalAdvance(text) > room
        if long and self._cut == Qt.TextElideMode.ElideRight:
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            two_lines(painter, text, QRectF(theme.px(10), 0, room, self.height()), theme.font(theme.SMALL - 0.5))
        else:
            option.currentText = self.fontMetrics().elidedText(text, self._cut, room)  # type: ignore[attr-defined]
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        theme.icon("chevron-down", "muted").paint(
            painter, self.width() - side - 8, (self.height() - side) // 2, side, side
        )
        painter.end()


class Check(QCheckBox):
    """A box to tick, drawn by itself so that it looks the same everywhere."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + theme.px(30), metrics.height() + theme.px(8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(17)
        box = QRectF(1.5, (self.height() - side) / 2, side, side)
        on = self.isChecked()
        painter.setPen(QPen(theme.color("accent" if on or self.hasFocus() else "muted"), 2 if self.hasFocus() else 1.3))
        painter.setBrush(theme.color("accent" if on else "field"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            painter.setPen(QPen(theme.color("accent_text"), 2))
            left, top = box.x(), box.y()
            painter.drawLine(
                QPointF(left + side * 0.24, top + side * 0.52), QPointF(left + side * 0.44, top + side * 0.72)
            )
            painter.drawLine(
                QPointF(left + side * 0.44, top + side * 0.72), QPointF(left + side * 0.78, top + side * 0.3)
            )
        painter.setPen(theme.color("text"))
        room = QRectF(box.right() + theme.px(9), 0, self.width() - box.right(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)


class Spin(QSpinBox):
    """A whole number; the wheel changes it only while it has the focus."""

    def __init__(self, name: str, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Slider(QSlider):
    """A horizontal slider; the wheel never changes it. Drawn by itself so that it looks the same everywhere."""

    def __init__(self, name: str, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(low, high)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(theme.px(20))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the groove goes there at once and can be dragged on."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go(event.position().x())
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _go(self, x: float) -> None:
        pad = theme.px(8)
        part = (x - pad) / max(1, self.width() - 2 * pad)
        span = self.maximum() - self.minimum()
        self.setValue(self.minimum() + round(min(1.0, max(0.0, part)) * span))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pad, middle = theme.px(8), self.height() / 2
        span = max(1, self.maximum() - self.minimum())
        x = pad + (self.width() - 2 * pad) * (self.value() - self.minimum()) / span
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("range"))
        painter.drawRoundedRect(QRectF(pad, middle - 2, self.width() - 2 * pad, 4), 2, 2)
        painter.setBrush(theme.color("bar" if self.isEnabled() else "range"))
        painter.drawRoundedRect(QRectF(pad, middle - 2, x - pad, 4), 2, 2)
        painter.setBrush(theme.color("panel"))
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "bar"), 3 if self.hasFocus() else 2))
        painter.drawEllipse(QPointF(x, middle), theme.px(6), theme.px(6))
        painter.end()


def beside(*widgets: QWidget, gap: int = 6, stretch: bool = False) -> QHBoxLayout:
    """Widgets in one line."""
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(gap)
    for widget in widgets:
        line.addWidget(widget)
    if stretch:
        line.addStretch(1)
    return line

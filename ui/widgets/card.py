"""A large button with a title and a line under it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import theme

WRAP = Qt.TextFlag.TextWordWrap


class Card(QAbstractButton):
    """It is drawn by itself; its name for those who hear it is title and line."""

    def __init__(self, title: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self._line = line
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(theme.px(560))

    def _heights(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, max(40, width - theme.px(54)), 10_000)
        title = QFontMetrics(theme.semibold(theme.STRONG)).boundingRect(room, WRAP, self.text()).height()
        return title, QFontMetrics(theme.font(theme.BODY)).boundingRect(room, WRAP, self._line).height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._heights(width)) + theme.px(22)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(380), self.heightForWidth(theme.px(380)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self.heightForWidth(max(self.width(), theme.px(200))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        over = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(theme.color("accent" if over else "line"), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.color("accent_soft" if self.isDown() else "raised" if self.underMouse() else "field"))
        painter.drawRoundedRect(box, 9, 9)
        title, line = self._heights(self.width())
        left, room = theme.px(16), self.width() - theme.px(54)
        painter.setFont(theme.semibold(theme.STRONG))
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(left, theme.px(10), room, title), WRAP, self.text())
        painter.setFont(theme.font(theme.BODY))
        painter.setPen(theme.color("muted"))
        painter.drawText(QRectF(left, theme.px(11) + title, room, line), WRAP, self._line)
        x, y, s = self.width() - theme.px(24), self.height() / 2, theme.px(5)
        painter.setPen(QPen(theme.color("accent" if over else "muted"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(x, y - s), QPointF(x + s, y), QPointF(x, y + s)]))
        painter.end()

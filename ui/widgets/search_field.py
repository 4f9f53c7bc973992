"""A field that offers what the typed text may mean, under it, while the caret stays where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme

MOST_SHOWN = 9


class Offer(msgspec.Struct, frozen=True):
    """One thing that may be meant: what it is called, why it was found, and what stands at the right."""

    key: object
    title: str
    why: str = ""
    aside: str = ""


class _Painter(QStyledItemDelegate):
    """Title, why it was found in a quieter tone, code or kind at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        offer: Offer = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        from PySide6.QtWidgets import QStyle  # late: its many names cost 15 ms

        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.color("muted"))
        aside = painter.fontMetrics().horizontalAdvance(offer.aside)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, offer.aside)
        inner = inner.adjusted(0, 0, -aside - theme.px(8), 0)
        painter.setFont(theme.semibold(theme.BODY))
        painter.setPen(theme.color("text"))
        title = painter.fontMetrics().elidedText(offer.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, title)
        if offer.why:
            used = painter.fontMetrics().horizontalAdvance(title) + theme.px(8)
            painter.setFont(theme.font(theme.SMALL))
            painter.setPen(theme.color("muted"))
            room = inner.adjusted(used, 0, 0, 0)
            painter.drawText(
                room,
                Qt.AlignmentFlag.AlignVCenter,
                painter.fontMetrics().elidedText(offer.why, Qt.TextElideMode.ElideRight, room.width()),
            )
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme.px(32))


class SearchField(QLineEdit):
    """`find` gives the offers for a text; `chosen` carries the key of the one taken."""

    chosen = Signal(object)

    def __init__(
        self, name: str, find: Callable[[str], Sequence[Offer]], nothing: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._find = find
        self._nothing = nothing
        self._shown = ""
        self.setAccessibleName(name)
        self.setClearButtonEnabled(False)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setItemDelegate(_Painter(self._list))
        self._list.setAccessibleName(name)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._take)
        self._list.itemEntered.connect(self._list.setCurrentItem)
        self._list.hide()
        self.textEdited.connect(self._offer)

    @property
    def offers(self) -> QListWidget:
        """The list under the field."""
        return self._list

    def show_chosen(self, text: str) -> None:
        """Show what is chosen, unless somebody is typing."""
        self._shown = text
        if not (self.hasFocus() and self._list.isVisible()):
            self.setText(text)
            self.setCursorPosition(0)
            if self.hasFocus():
                self.selectAll()

    def _offer(self, text: str) -> None:
        offers = self._find(text)
        self._list.clear()
        for offer in offers:
            item = QListWidgetItem(offer.title)
            item.setData(Qt.ItemDataRole.UserRole, offer)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ", ".join(x for x in (offer.title, offer.why, offer.aside) if x)
            )
            self._list.addItem(item)
        if not offers:
            item = QListWidgetItem(self._nothing)
            item.setData(Qt.ItemDataRole.UserRole, Offer(None, self._nothing))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(item)
        else:
            self._list.setCurrentRow(0)
        self._place()
        self._say()

    def _place(self) -> None:
        window = self.window()
        if self._list.parent() is not window:
            self._list.setParent(window)
        at = self.mapTo(window, QPoint(0, self.height() + 3))
        rows = min(self._list.count(), MOST_SHOWN)
        width = min(max(self.width(), theme.px(380)), window.width() - at.x() - 8)
        room = window.height() - at.y() - 4  # where it is short the list scrolls
        self._list.setGeometry(at.x(), at.y(), width, min(rows * theme.px(32) + 4, room))
        self._list.show()
        self._list.raise_()

    def _say(self) -> None:
        item = self._list.currentItem()
        self.setAccessibleDescription(item.text() if item is not None else self._nothing)

    def _take(self, item: QListWidgetItem | None) -> None:
        offer: Offer | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if offer is None or offer.key is None:
            return
        self._list.hide()
        self._shown = offer.title
        self.setText(offer.title)
        self.setCursorPosition(0)
        self.chosen.emit(offer.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self._list.isVisible():
                self._offer("" if self.text() == self._shown else self.text())
                return
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow(max(0, min(self._list.count() - 1, self._list.currentRow() + step)))
            self._say()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._list.isVisible() and self.text() != self._shown:
                self._offer(self.text())
            if self._list.isVisible():
                self._take(self._list.currentItem())
        elif key == Qt.Key.Key_Escape:
            if self._list.isVisible():
                self._list.hide()
            else:
                self.setText(self._shown)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: object) -> None:
        super().mousePressEvent(event)  # type: ignore[arg-type]
        if not self._list.isVisible():
            self.selectAll()
            self._offer("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is chosen is selected, however the caret came here: typing begins anew instead of adding to it."""
        super().focusInEvent(event)
        tabbed = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        if tabbed or (self.text() == self._shown and event.reason() != Qt.FocusReason.MouseFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._list.hide()
            self.setText(self._shown)
            self.setCursorPosition(0)

    def hideEvent(self, event: QEvent) -> None:
        self._list.hide()
        super().hideEvent(event)  # type: ignore[arg-type]

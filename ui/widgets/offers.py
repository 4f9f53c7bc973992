"""The list under a search field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.widgets.search_field import Offer


class Offers(QListWidget):
    """What a text may mean; the caret stays in the field."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemEntered.connect(self.setCurrentItem)
        self.hide()

    def fill(self, offers: Sequence[Offer], nothing: str) -> None:
        """Show what may be meant, the first marked; without any, the sentence `nothing`."""
        self.clear()
        for offer in offers:
            item = QListWidgetItem(offer.title)
            item.setData(Qt.ItemDataRole.UserRole, offer)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ", ".join(x for x in (offer.title, offer.why, offer.aside) if x)
            )
            self.addItem(item)
        if not offers:
            item = QListWidgetItem(nothing)
            item.setData(Qt.ItemDataRole.UserRole, Offer(None, nothing))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        else:
            self.setCurrentRow(0)


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

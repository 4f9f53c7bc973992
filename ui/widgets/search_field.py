"""A field that offers what the typed text may mean, under it, while the caret stays where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import theme
from ui.widgets.basic import two_lines

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListWidgetItem

    from ui.widgets.offers import Offers

MOST_SHOWN = 9


class Offer(msgspec.Struct, frozen=True):
    """One thing that may be meant: what it is called, why it was found, and what stands at the right."""

    key: object
    title: str
    why: str = ""
    aside: str = ""


class TwoLines(QWidget):
    """What a field holds, over it on two lines, where it is too long for one; whoever clicks there has the field."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a text; "" shows the field."""
        self._text = text
        self.setGeometry(self.parentWidget().rect().adjusted(3, 3, -3, -3))
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("field"))
        painter.setPen(theme.color("text"))
        area = QRectF(self.rect()).adjusted(theme.px(8), 0, -theme.px(4), 0)
        two_lines(painter, self._text, area, theme.semibold(theme.SMALL))
        painter.end()


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
        self._made: Offers | None = None  # a list costs more than all the rest; nobody has typed yet
        self.textEdited.connect(self._offer)

    @property
    def offers(self) -> Offers:
        """The list under the field."""
        if self._made is None:
            from ui.widgets.offers import Offers

            self._made = Offers(self.accessibleName())
            self._made.itemClicked.connect(self._take)
            self.destroyed.connect(self._made.deleteLater)  # it lies over the window, which may live longer
        return self._made

    @property
    def _open(self) -> bool:
        return self._made is not None and self._made.isVisible()

    def _close(self) -> None:
        if self._made is not None:
            self._made.hide()

    def show_chosen(self, text: str) -> None:
        """Show what is chosen, unless somebody is typing."""
        self._shown = text
        if self.text() != text and not (self.hasFocus() and self._open):
            self.setText(text)
            self.setCursorPosition(0)
            if self.hasFocus():
                self._select()

    def _offer(self, text: str) -> None:
        offers = self._find(text)
        self.offers.fill(offers, self._nothing)
        self._place()
        self._say()

    def _place(self) -> None:
        window = self.window()
        if self.offers.parent() is not window:
            self.offers.setParent(window)
        at = self.mapTo(window, QPoint(0, self.height() + 3))
        rows = min(self.offers.count(), MOST_SHOWN)
        width = min(max(self.width(), theme.px(380)), window.width() - at.x() - 8)
        room = window.height() - at.y() - 4  # where it is short the list scrolls
        self.offers.setGeometry(at.x(), at.y(), width, min(rows * theme.px(32) + 4, room))
        self.offers.show()
        self.offers.raise_()

    def _say(self) -> None:
        item = self.offers.currentItem()
        self.setAccessibleDescription(item.text() if item is not None else self._nothing)

    def _take(self, item: QListWidgetItem | None) -> None:
        offer: Offer | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if offer is None or offer.key is None:
            return
        self._close()
        self._shown = offer.title
        self.setText(offer.title)
        self.setCursorPosition(0)
        self.chosen.emit(offer.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self._open:
                self._offer("" if self.text() == self._shown else self.text())
                return
            step = 1 if key == Qt.Key.Key_Down else -1
            self.offers.setCurrentRow(max(0, min(self.offers.count() - 1, self.offers.currentRow() + step)))
            self._say()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._open and self.text() != self._shown:
                self._offer(self.text())
            if self._open:
                self._take(self.offers.currentItem())
        elif key == Qt.Key.Key_Escape:
            if self._open:
                self._close()
            else:
                self.setText(self._shown)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: object) -> None:
        super().mousePressEvent(event)  # type: ignore[arg-type]
        if not self._open:
            self._select()
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
            self._select()

    def _select(self) -> None:
        """All of it, the caret in front: of a name that is too long its beginning is in view."""
        self.setSelection(len(self.text()), -len(self.text()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._close()
            self.setText(self._shown)
            self.setCursorPosition(0)

    def hideEvent(self, event: QEvent) -> None:
        self._close()
        super().hideEvent(event)  # type: ignore[arg-type]

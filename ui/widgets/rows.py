"""The list of ways, one row each; rows glide to new places when the order changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEasingCurve, QEvent, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.widgets.row import Row, RowButton, row_height

GLIDE = 220  # ms


class _Heading(QWidget):
    """The line that the unranked ways stand under, with the word for why."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.first = False

    def show_text(self, text: str, first: bool) -> None:
        self.text, self.first = text, first
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.first:
            painter.fillRect(QRectF(0, 3, self.width(), 2), theme.color("strong_line"))
        painter.setFont(theme.semibold(theme.SMALL + 0.5))
        painter.setPen(theme.color("muted"))
        painter.drawText(
            QRectF(theme.px(8), 4, self.width() - theme.px(16), self.height() - 4),
            Qt.AlignmentFlag.AlignVCenter,
            self.text,
        )
        painter.end()


class Rows(QWidget):
    """All rows; arrow keys go through them, and what is chosen is told by `picked`."""

    picked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._rows: tuple[Row, ...] = ()
        self._buttons: dict[str, RowButton] = {}
        self._headings: list[_Heading] = []
        self._moves: dict[str, tuple[int, int]] = {}
        # One for all glides: a new one for each would stay behind whenever the next order overtakes it.
        self._glide = QVariantAnimation(self)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setDuration(GLIDE)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._move)
        self._selected = ""
        self._roomy = False

    def set_roomy(self, roomy: bool) -> None:
        """Give each row more air, where there is plenty of height."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._arrange(gliding=set())

    def height_of(self, *, roomy: bool) -> int:
        """What all rows would take."""
        return self._places(roomy)[2]

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def button(self, id: str) -> RowButton:
        """The row of an id."""
        return self._buttons[id]

    def show_rows(self, rows: Sequence[Row], selected: str) -> None:
        """Show these; rows that were there glide to their new places."""
        before = [(row.id, row.group) for row in self._rows]
        were = set(self._buttons)
        self._rows = tuple(rows)
        now = [row.id for row in rows]
        for id in [id for id in self._buttons if id not in set(now)]:
            gone = self._buttons.pop(id)
            gone.hide()
            gone.deleteLater()
        for row in rows:
            if row.id not in self._buttons:
                made = RowButton(self)
                made.toggled.connect(lambda on, id=row.id: self._turned(id, on))
                made.installEventFilter(self)
                self._buttons[row.id] = made
                made.show()
            self._buttons[row.id].show_row(row)
        self.select(selected)
        if before != [(row.id, row.group) for row in rows]:
            self._arrange(gliding=were if theme.motion() and self.isVisible() else set())
            order = [self._buttons[id] for id in now]
            for one, other in pairwise(order):
                QWidget.setTabOrder(one, other)
            self._put_in_reading_order()

    def _put_in_reading_order(self) -> None:
        """A screen reader goes through children in the order in which they lie upon each other."""
        group, headings = "", iter(self._headings)
        for row in self._rows:
            if row.group != group:
                next(headings).raise_()
                group = row.group
            self._buttons[row.id].raise_()

    def select(self, id: str) -> None:
        """Mark one row; only it is on the way of the Tab key, the arrows reach the others."""
        self._selected = id if id in self._buttons else (self._rows[0].id if self._rows else "")
        for one, made in self._buttons.items():
            made.setChecked(one == self._selected)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == self._selected else Qt.FocusPolicy.ClickFocus)

    def focus_selected(self) -> None:
        """Put the focus on the marked row."""
        if self._selected in self._buttons:
            self._buttons[self._selected].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _turned(self, id: str, on: bool) -> None:
        """By a click, or by a screen reader, which turns a button without clicking on it."""
        if on and id != self._selected:
            self._pick(id)

    def _pick(self, id: str) -> None:
        self.select(id)
        self.picked.emit(id)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, RowButton) and watched.row is not None:
            assert isinstance(event, QKeyEvent)
            ids = [row.id for row in self._rows]
            place = ids.index(watched.row.id)
            goal = {
                Qt.Key.Key_Down: place + 1,
                Qt.Key.Key_Up: place - 1,
                Qt.Key.Key_Home: 0,
                Qt.Key.Key_End: len(ids) - 1,
            }.get(Qt.Key(event.key()))
            if goal is not None:
                goal = max(0, min(len(ids) - 1, goal))
                self._pick(ids[goal])
                self._buttons[ids[goal]].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    # -- places

    def _places(self, roomy: bool | None = None) -> tuple[list[int], list[tuple[int, str]], int]:
        high = row_height(roomy=self._roomy if roomy is None else roomy)
        y, group, tops, heads = 0, "", [], []
        for row in self._rows:
            if row.group != group:
                heads.append((y, row.group))
                y += theme.px(32)
                group = row.group
            tops.append(y)
            y += high
        return tops, heads, y

    def sizeHint(self) -> QSize:
        return QSize(theme.px(480), self._places()[2])

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(380), self._places()[2])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(gliding=set())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # the letters may have another size
            self._arrange(gliding=set())

    def _arrange(self, *, gliding: set[str]) -> None:
        tops, heads, total = self._places()
        self.setMinimumHeight(total)
        self.updateGeometry()
        while len(self._headings) < len(heads):
            self._headings.append(_Heading(self))
        for place, heading in enumerate(self._headings):
            heading.setVisible(place < len(heads))
            if place < len(heads):
                heading.show_text(heads[place][1], place == 0)
                heading.setGeometry(0, heads[place][0], self.width(), theme.px(32))
        self._glide.stop()
        self._moves.clear()
        for row, top in zip(self._rows, tops, strict=True):
            made = self._buttons[row.id]
            made.resize(self.width(), row_height(roomy=self._roomy))
            if row.id in gliding and made.y() != top:
                self._moves[row.id] = (made.y(), top)
            else:
                made.move(0, top)
        if self._moves:
            self._glide.start()

    def _move(self, part: float) -> None:
        for id, (start, end) in self._moves.items():
            self._buttons[id].move(0, round(start + (end - start) * part))

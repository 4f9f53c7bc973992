"""Chips that are switched on and off, and chips with three answers."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

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
        metrics = QFontMetrics(theme.semibold(theme.SMALL + 0.5))
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

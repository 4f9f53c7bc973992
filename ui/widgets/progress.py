"""How far long work has come, and a button that ends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basic import beside, button, label


class Progress(QWidget):
    """Hidden while nothing is done; `cancelled` when somebody pressed Cancel."""

    cancelled = Signal()

    def __init__(self, cancel: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = label("", "muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel_button = button(cancel, "", self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.said)
        line = beside(self.bar, self.cancel_button, gap=theme.px(12))
        line.setAlignment(self.bar, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(line)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def begin(self, said: str, *, after: int = 0) -> None:
        """Say what is going on, from now on or, for what is usually quick, after some ms."""
        self.said.setText(said)
        self.bar.setAccessibleName(said)
        self.bar.setRange(0, 0)
        if after and not self.isVisible():
            self._timer.start(after)
        else:
            self.show()

    def step(self, place: int, all: int) -> None:
        """So many of all are done."""
        self.bar.setRange(0, max(1, all))
        self.bar.setValue(place)

    def end(self) -> None:
        """It is over, in whatever way."""
        self._timer.stop()
        self.hide()

    def _cancel(self) -> None:
        self.end()
        self.cancelled.emit()

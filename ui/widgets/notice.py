"""A line under the bar that says what was done or what went wrong."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.basic import button, label, restyle

TIME = 8000  # ms


class Notice(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, close: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 5, 14, 5)
        self.text = label("", wrap=True)
        self.close_button = button(close, "link", self.hide)
        line.addWidget(self.text, 1)
        line.addWidget(self.close_button)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)

    def say(self, text: str) -> None:
        """Say something that was done; it goes away by itself."""
        self._look("done")
        self.text.setText(text)
        self.show()
        self._timer.start(TIME)

    def say_problem(self, text: str) -> None:
        """Say what went wrong; it stays until it is closed or something else is said."""
        self._timer.stop()
        self._look("problem")
        self.text.setText(text)
        self.show()

    def _look(self, kind: str) -> None:
        """Calm for what was done, warning for what went wrong."""
        if self.property("kind") != kind:
            for one in (self, self.text):
                restyle(one, kind=kind)

"""Looking for garbage in the window's thread alone.

Python looks for it in whichever thread asks for memory when it is due, and deletes what it finds there. A widget that
dies in the thread of the worker ends the program.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 2_000
"""Milliseconds between two looks."""
OLD = 15
"""Every so many looks all is looked at that was made since the start."""


class Collector(QObject):
    """Takes Python's own search out of its hands as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what the start made stays
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)
        self.destroyed.connect(lambda _gone: gc.enable())

    def look(self) -> None:
        """Look for what can go: young objects each time, all of them now and then."""
        self._looks += 1
        gc.collect(1 if self._looks % OLD else 2)

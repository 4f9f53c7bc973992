"""What macOS asks of a program, and no other system does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Takes the files that are opened with CellRoute, which macOS hands over as events and not as arguments."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._take: Callable[[Path], object] | None = None
        self._waiting: list[Path] = []

    def hand_files_to(self, take: Callable[[Path], object]) -> None:
        """Give `take` each file from now on, and first those that came while nothing could be opened."""
        self._take = take
        for path in self._waiting:
            take(path)
        self._waiting = []

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        path = Path(event.file())
        if self._take is None:
            self._waiting.append(path)
        else:
            self._take(path)
        return True

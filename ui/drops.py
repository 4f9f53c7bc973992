"""A file that is dropped on a window or dialog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class Drops(QObject):
    """Gives `take` the one local file that is dropped, when its name ends in one of `suffixes`; all else is refused."""

    def __init__(self, widget: QWidget, take: Callable[[Path], object], *suffixes: str) -> None:
        super().__init__(widget)
        self._take, self._suffixes = take, suffixes
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent):  # those of dragging are drops too
            return super().eventFilter(watched, event)
        path = self._file(event)
        if path is None:
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self._take(path)
        return True

    def _file(self, event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        if len(urls) != 1 or not urls[0].isLocalFile():
            return None
        path = Path(urls[0].toLocalFile())
        return path if path.suffix.lower() in self._suffixes else None

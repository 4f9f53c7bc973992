"""Looking for garbage in the window's thread alone, and keeping memory in one piece.

Python looks for it in whichever thread asks for memory when it is due, and deletes what it finds there. A widget that
dies in the thread of the worker ends the program.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QObject, QTimer

EVERY = 2_000
"""Milliseconds between two looks."""
OLD = 15
"""Every so many looks all is looked at that was made since the start."""


LARGE = 128 * 1024
"""Bytes from which a piece of memory is asked of the system by itself, and goes back to it at once."""
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # malloc.h of glibc


class Collector(QObject):
    """Takes Python's own search out of its hands as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        _keep_one_heap()
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


def _keep_one_heap() -> None:
    """Let every thread use the same heap, and keep what is large out of it.

    By itself glibc gives the worker a heap of its own and takes ever larger pieces into the heaps; what is freed
    between pieces that stay is then kept from the system for as long as the program runs.
    """
    if sys.platform == "linux":
        import ctypes  # late: it is not needed for the first paint

        tell = getattr(ctypes.CDLL(None), "mallopt", None)  # another C library knows no such thing
        if tell is not None:
            tell(_M_ARENA_MAX, 1)
            tell(_M_MMAP_THRESHOLD, LARGE)

"""The worker: what its work holds dies in the window's thread, and garbage is looked for there alone."""

import gc
import threading
import weakref
from typing import Any

from PySide6.QtCore import QObject

from ui.garbage import Collector
from ui.worker import Worker


def test_what_the_work_holds_is_let_go_in_the_window_s_thread(worker: Worker, qtbot: Any) -> None:
    died: list[str] = []

    class Held(QObject):
        pass

    for ending in ("answers", "is cancelled", "fails"):
        held = Held()
        weakref.finalize(held, lambda: died.append(threading.current_thread().name))

        def work(held: QObject = held, ending: str = ending) -> object:
            if ending == "fails":
                raise ValueError
            return held.objectName()

        worker.start("one", work, lambda _r: None, lambda _e: None)
        if ending == "is cancelled":
            worker.cancel("one")
        del held, work
        qtbot.waitUntil(lambda: not worker._jobs)
    gc.collect()
    assert died == [threading.main_thread().name] * 3


def test_garbage_is_looked_for_in_the_window_s_thread_alone(qapp: Any) -> None:
    died: list[str] = []
    made = QObject()
    try:
        collector = Collector(made)
        assert not gc.isenabled()
        circle: list[object] = []
        circle.append(circle)
        held = QObject()
        circle.append(held)
        weakref.finalize(held, lambda: died.append(threading.current_thread().name))
        del held, circle
        other = threading.Thread(target=lambda: [[] for _ in range(100_000)])
        other.start()
        other.join()
        assert not died
        collector.look()
        assert died == [threading.main_thread().name]
    finally:
        gc.unfreeze()
        gc.enable()

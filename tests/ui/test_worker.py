"""The worker: answers in the window's thread, widgets that die there too, garbage that waits."""

import gc
import threading
import weakref
from typing import Any

import pytest
from PySide6.QtCore import QObject

from ui.worker import Worker


@pytest.fixture
def worker(qapp: Any) -> Any:
    made = Worker(qapp)
    yield made
    made.stop()
    made.deleteLater()


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


def test_nobody_looks_for_garbage_while_a_thread_is_at_work(worker: Worker, qtbot: Any) -> None:
    assert gc.isenabled()
    during: list[bool] = []
    other = Worker()
    go_on = threading.Event()
    other.start("long", go_on.wait, during.append, during.append)
    worker.start("short", gc.isenabled, during.append, during.append)
    qtbot.waitUntil(lambda: during == [False])
    assert not gc.isenabled()  # the other is not done
    go_on.set()
    qtbot.waitUntil(gc.isenabled)
    other.start("never", go_on.wait, during.append, during.append)
    other.stop()
    assert gc.isenabled()

"""Long work says how far it is, ends when somebody cancels it, and leaves the window alive meanwhile."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from core.delivery.calibrate import calibrate
from tests.ui.hands import begin, settle
from ui.panels.about import About
from ui.worker import Worker

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from ui.window import Window


def test_steps_are_heard_in_the_thread_of_the_window(worker: Worker, qtbot) -> None:
    heard, done = [], []

    def work(step):
        for place in range(5):
            step(place, 5)
        return threading.current_thread()

    worker.start_long(
        "long",
        work,
        done.append,
        pytest.fail,
        lambda place, all: heard.append((place, all, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: bool(done))
    assert [one[:2] for one in heard] == [(place, 5) for place in range(5)]
    assert {one[2] for one in heard} == {threading.main_thread()}
    assert done[0] is not threading.main_thread()


def test_cancelled_work_ends_at_its_next_step_and_is_not_heard_again(worker: Worker, qtbot) -> None:
    begun, go, ended = threading.Event(), threading.Event(), threading.Event()
    heard, after = [], []

    def work(step):
        try:
            step(0, 2)
            begun.set()
            go.wait(10)
            step(1, 2)
            heard.append("worked on")
        finally:
            ended.set()

    worker.start_long("long", work, heard.append, heard.append, lambda *_step: None)
    assert begun.wait(10)
    worker.cancel("long")
    assert not worker.busy()
    worker.start("short", lambda: 7, after.append, pytest.fail)
    go.set()
    qtbot.waitUntil(lambda: after == [7])
    assert ended.is_set()
    assert heard == []


def about(window: Window) -> About:
    window.do("about")
    return window.findChild(About)


def test_the_calibration_is_worked_out_while_the_window_lives(window: Window, qtbot, pack: Pack) -> None:
    dialog = about(window)
    beats, steps = [], []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(dialog.progress.bar.value()))
    dialog.progress.bar.valueChanged.connect(steps.append)
    heart.start(5)
    QTest.mouseClick(dialog.start_button, Qt.MouseButton.LeftButton)
    assert dialog.progress.isVisible()
    assert not dialog.start_button.isVisible()
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=60_000)
    heart.stop()
    assert len(set(beats)) > 50  # it moved while the window drew
    assert steps == sorted(steps)
    assert not dialog.progress.isVisible()
    total = calibrate(pack).overall
    assert dialog.found.overall == total
    texts = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for figure in (f"{total.n} figures", f"{100 * total.coverage_90:.0f} of 100 lie within their 90 %",
                   f"{100 * total.coverage_50:.0f} of 100 within their 50 %", f"{total.median_error:.2f}"):  # fmt: skip
        assert figure in texts, figure
    dialog.close()


def test_cancel_gives_the_button_back_and_frees_the_thread(window: Window, qtbot) -> None:
    dialog = about(window)
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.progress.bar.value() > 3, timeout=20_000)
    QTest.keyClick(dialog.progress.cancel_button, Qt.Key.Key_Space)
    assert not dialog.progress.isVisible()
    assert dialog.start_button.isVisible()
    assert not window.store.worker.busy()
    dialog.close()
    begin(window, qtbot)  # answered in good time: the thread does not work on what was cancelled
    assert window.store.recommendation is not None
    assert dialog.found is None


def test_closing_the_dialog_ends_the_work(window: Window, qtbot) -> None:
    dialog = about(window)
    dialog.start_button.click()
    qtbot.waitUntil(lambda: dialog.progress.bar.value() > 3, timeout=20_000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not window.store.worker.busy()
    settle(window, qtbot)
    assert window.isVisible()


def test_a_handout_that_takes_long_can_be_stopped_and_made_after_all(window: Window, qtbot, monkeypatch) -> None:
    import ui.panels.handout as panel

    monkeypatch.setattr(panel, "SLOW", 1)  # shown from the first ms, for the test does not wait
    begin(window, qtbot)
    hold = threading.Event()
    window.store.worker.start("something else", lambda: hold.wait(20), lambda _done: None, pytest.fail)
    dialog = window.show_handout()
    qtbot.waitUntil(dialog.progress.isVisible)
    QTest.mouseClick(dialog.progress.cancel_button, Qt.MouseButton.LeftButton)
    hold.set()
    settle(window, qtbot)
    assert dialog.pdf is None
    assert not dialog.progress.isVisible()
    assert not dialog.print_button.isEnabled()
    QTest.keyClick(dialog.again_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.pdf is not None, timeout=30_000)
    assert not dialog.progress.isVisible()
    assert not dialog.again_button.isVisible()
    assert dialog.print_button.isEnabled()
    dialog.close()


def test_every_part_of_a_handout_is_told_and_may_end_it(pack: Pack) -> None:
    from core.consult import make_consult
    from core.handout.model import HandoutOptions
    from core.recommend import recommend
    from ui import sheet
    from ui.worker import Stopped

    found = recommend(pack, make_consult(pack, "knee_osteoarthritis"))
    told = []
    assert sheet.make(pack, found, HandoutOptions(), 1.0, lambda place, all: told.append((place, all)))[0]
    assert told == [(place, sheet.PARTS) for place in range(sheet.PARTS)]

    def stop(place: int, _all: int) -> None:
        if place == 2:
            raise Stopped

    with pytest.raises(Stopped):
        sheet.make(pack, found, HandoutOptions(), 1.0, stop)

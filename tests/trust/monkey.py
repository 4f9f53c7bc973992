"""A monkey at the real window: it clicks, types, turns, drags and resizes at random, always in the same way for a seed.

`python3 run.py soak [EVENTS] [SEED]`. It fails on an exception, a word of Qt's, memory that grows, or an answer on the
screen that is not the one reckoned anew from what is chosen.
"""

from __future__ import annotations

import ctypes
import functools
import gc
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

#: Share by which memory may grow from the middle of a run to its end; each is the median of three samples.
MOST_GROWTH = 0.05
SAMPLES = 20
#: In a run this long no command may be left out.
LONG = 5_000
#: What Qt says of the stand-in for a screen, which no real screen says.
_NOT_OURS = ("This plugin does not support",)
_LETTERS = "knee heart lung 1234567890,.% éß中\u202e<b>&\"'"
_KEYS = (
    "Key_Tab", "Key_Tab", "Key_Backtab", "Key_Return", "Key_Space", "Key_Escape", "Key_Up", "Key_Down", "Key_Left",
    "Key_Right", "Key_Home", "Key_End", "Key_PageUp", "Key_PageDown", "Key_Delete", "Key_Backspace", "Key_F1",
    "Key_F11",
)  # fmt: skip
MENU_TICKS = 4
CHECK_EVERY = 50  # events
#: Commands that end the program.
_NEVER = ("quit",)


class Monkey:
    """Does events at a window and keeps what went wrong in `problems`."""

    def __init__(self, window: Any, app: Any, seed: int) -> None:
        from PySide6.QtCore import QTimer, qInstallMessageHandler

        self.window, self.app, self.seed = window, app, seed
        # What comes next hangs on the seed alone; where it lands hangs on what is there by then.
        self.order, self.chance = random.Random(seed), random.Random(seed + 1)
        self.problems: list[str] = []
        self.done: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.checked = 0
        self.last: list[str] = []
        self._hook, sys.excepthook = sys.excepthook, self._raised
        self._handler = qInstallMessageHandler(self._said)
        self._popup_seen = 0
        self._doors = QTimer()
        self._doors.timeout.connect(self.close_system_dialogs)
        self._doors.start(15)
        self.actions: list[tuple[int, Callable[[], None]]] = [
            (30, self.click), (6, self.type), (14, self.press), (8, self.wheel), (4, self.drag), (10, self.command),
            (6, self.choose), (2, self.resize), (8, self.leave), (5, self.wait), (1, self.speak),
        ]  # fmt: skip

    def end(self) -> None:
        """Give the hooks back."""
        from PySide6.QtCore import qInstallMessageHandler

        sys.excepthook = self._hook
        qInstallMessageHandler(self._handler)
        self._doors.stop()

    def do(self, events: int) -> None:
        """So many events."""
        from PySide6.QtCore import QCoreApplication, QEvent

        weights = [weight for weight, _ in self.actions]
        for number in range(events):
            action = self.order.choices(self.actions, weights)[0][1]
            self.done[action.__name__] += 1
            self.last = [*self.last[-11:], action.__name__]
            try:
                action()
                self.app.processEvents()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            except Exception as error:  # noqa: BLE001 (told at the end)
                if not _gone_under_the_hand(error):
                    self.problems.append(f"event {number}: {traceback.format_exc()[-1500:]}")
            if self.done.total() % CHECK_EVERY == 0:
                self.check()
            if len(self.problems) > 5:
                return

    # -- the events

    def click(self) -> None:
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        widget = self.some_widget()
        if widget is not None and widget.width() > 0 and widget.height() > 0:
            place = QPoint(self.chance.randrange(widget.width()), self.chance.randrange(widget.height()))
            button = Qt.MouseButton.LeftButton if self.chance.random() < 0.95 else Qt.MouseButton.RightButton
            self.last[-1] += f" {type(widget).__name__} {widget.accessibleName() or widget.objectName()}"
            QTest.mouseClick(widget, button, Qt.KeyboardModifier.NoModifier, place)
            if self.chance.random() < 0.05 and widget.isVisible():
                QTest.mouseDClick(widget, button, Qt.KeyboardModifier.NoModifier, place)

    def type(self) -> None:
        from PySide6.QtGui import QInputMethodEvent

        widget = self.app.focusWidget()
        if widget is not None:
            typed = QInputMethodEvent()
            typed.setCommitString("".join(self.chance.choice(_LETTERS) for _ in range(self.chance.randrange(1, 9))))
            self.app.sendEvent(widget, typed)

    def press(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        widget = self.app.focusWidget() or self.top()
        key = getattr(Qt.Key, self.chance.choice(_KEYS))
        modifier = self.chance.choice((Qt.KeyboardModifier.NoModifier,) * 4 + (Qt.KeyboardModifier.ShiftModifier,))
        self.last[-1] += f" {key.name} at {type(widget).__name__}"
        QTest.keyClick(widget, key, modifier)

    def wheel(self) -> None:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        widget = self.some_widget()
        if widget is not None:
            middle = QPointF(widget.width() / 2, widget.height() / 2)
            turn = QPoint(0, self.chance.choice((-360, -120, 120, 360)))
            event = QWheelEvent(
                middle, widget.mapToGlobal(middle), QPoint(), turn, Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            self.app.sendEvent(widget, event)

    def drag(self) -> None:
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        widget = self.some_widget()
        if widget is None or widget.width() < 4 or widget.height() < 4:
            return
        places = [
            QPoint(self.chance.randrange(widget.width()), self.chance.randrange(widget.height())) for _ in range(4)
        ]
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(widget, button, none, places[0])
        for place in places[1:]:
            QTest.mouseMove(widget, place)
        QTest.mouseRelease(widget, button, none, places[-1])

    def command(self) -> None:
        from ui import commands

        command = self.chance.choice(commands.COMMANDS)
        if command.id not in _NEVER and self.app.activeModalWidget() is None:
            self.last[-1] += f" {command.id}"
            self.told[command.id] += bool(command.enabled(self.window))
            self.window.do(command.id)

    def choose(self) -> None:
        if self.app.activeModalWidget() is None:
            self.window.store.choose_condition(self.chance.choice(sorted(self.window.pack.conditions)))

    def speak(self, language: str = "") -> None:
        """A language, chosen in the preferences: the window is made anew."""
        if self.app.activeModalWidget() is None:
            dialog = self.window.show_preferences()
            language = language or self.chance.choice(sorted(self.window.pack.languages()))
            dialog.language.set_value(language)
            dialog.language.chosen.emit(language)
            self.app.processEvents()
            dialog.reject()

    def resize(self) -> None:
        self.window.resize(self.chance.randrange(640, 1800), self.chance.randrange(480, 1100))

    def leave(self) -> None:
        from PySide6.QtWidgets import QDialog

        dialog = self.app.activeModalWidget()
        popup = self.app.activePopupWidget()
        if popup is not None:
            popup.close()
        elif isinstance(dialog, QDialog):
            dialog.reject()

    def wait(self) -> None:
        from PySide6.QtTest import QTest

        QTest.qWait(self.chance.choice((0, 1, 5, 20)))

    def some_widget(self) -> Any:
        """A widget that can be seen and used now, in the dialog that is open or in the window.

        One of ours, or what lies at some place, such as a scroll bar. Qt is not asked for all its inner widgets: Python
        would make a handle for each and tie it to the window for as long as that lives, and they would be counted as
        memory of the program's.
        """
        from PySide6.QtCore import QPoint
        from PySide6.QtWidgets import QWidget
        from shiboken6 import getAllValidWrappers

        top = self.app.activePopupWidget() or self.top()
        if self.chance.random() < 0.3:
            place = QPoint(self.chance.randrange(max(1, top.width())), self.chance.randrange(max(1, top.height())))
            return top.childAt(place) or top
        ours = [one for one in getAllValidWrappers() if isinstance(one, QWidget) and top.isAncestorOf(one)]
        seen = [one for one in ours if one.isVisible() and one.isEnabled()]
        seen.sort(key=lambda one: (type(one).__name__, *one.mapTo(top, QPoint()).toTuple()))
        return self.chance.choice(seen) if seen else top

    def top(self) -> Any:
        return self.app.activeModalWidget() or self.window

    def close_system_dialogs(self) -> None:
        """The system's dialogs for files and printers are not ours to test; they are closed as soon as they open."""
        from PySide6.QtPrintSupport import QAbstractPrintDialog
        from PySide6.QtWidgets import QFileDialog, QMessageBox

        for widget in self.app.topLevelWidgets():
            if isinstance(widget, (QFileDialog, QMessageBox, QAbstractPrintDialog)) and widget.isVisible():
                widget.reject()
        # A menu waits inside the click that opened it; after a moment it is closed again.
        popup = self.app.activePopupWidget()
        self._popup_seen = self._popup_seen + 1 if popup is not None else 0
        if popup is not None and self._popup_seen > MENU_TICKS:
            popup.close()

    # -- what must hold

    def rest(self) -> None:
        """Close what is open and wait until nothing is reckoned any more."""
        from PySide6.QtTest import QTest

        for _ in range(20):
            if self.app.activePopupWidget() is None and self.app.activeModalWidget() is None:
                break
            self.leave()
            QTest.qWait(5)
        self.window.store.settle()
        for _ in range(3000):
            if not self.window.store.working:
                return
            QTest.qWait(5)
        self.problems.append("it never came to rest")

    def level(self) -> int:
        """Memory in use where everything is as it was for the sample before."""
        from PySide6.QtTest import QTest

        self.rest()
        self.speak("en")
        self.window.settings.change(theme="light", text_size=100, reduced_motion=False)
        self.window.apply_settings()
        self.window.resize(1366, 768)
        self.window.store.start_again()
        self.window.store.choose_condition("knee_osteoarthritis")
        self.rest()
        QTest.qWait(300)  # rows glide
        return memory()

    def check(self) -> None:
        """The answer that is shown is the one that follows from what is chosen, reckoned anew."""
        from core.recommend import recommend

        self.rest()
        if sys.excepthook != self._raised:
            self.problems.append("somebody else is told of exceptions")
        store = self.window.store
        if not self.window.isVisible():
            self.window.show()
        if store.consult is None:
            if store.recommendation is not None:
                self.problems.append("an answer without a question")
            return
        fresh = recommend(self.window.pack, store.consult)
        if store.recommendation != fresh:
            self.problems.append(f"the answer is not that of {store.consult}")
        shown = self.window.headline.finding.text()
        if fresh.headline not in shown:
            self.problems.append(f"the headline is “{shown[:200]}” instead of “{fresh.headline}”")
        self.checked += 1

    def _raised(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        self.problems.append("".join(traceback.format_exception(kind, error, trace))[-1500:] + f" after {self.last}")

    def _said(self, _kind: object, _where: object, text: str) -> None:
        if not text.startswith(_NOT_OURS):
            self.problems.append(f"Qt said: {text} after {self.last}")


def _gone_under_the_hand(error: Exception) -> bool:
    """Whether the monkey itself holds a handle that Python took away; the widget of Qt's own may be there still."""
    where = traceback.extract_tb(error.__traceback__)[-1].filename
    return isinstance(error, RuntimeError) and "already deleted" in str(error) and where == __file__


def open_window(folder: Path) -> tuple[Any, Any]:
    """The real window, complete, with settings of its own."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui import app as starting
    from ui.safety import Safety

    app = QApplication.instance() or QApplication(["cellroute"])
    (folder / "settings.json").write_text('{"started": true}', encoding="utf-8")
    options = SimpleNamespace(config=folder, data=folder / "data", theme="light")
    window = starting.open_window(app, options, (1366, 768))
    for _ in range(4000):
        QTest.qWait(5)
        # The program's own hook for errors comes last; the monkey's must come after it.
        if window._complete and window.findChildren(Safety):
            return app, window
    raise TimeoutError


def memory() -> int:
    """Memory in use, in bytes, without what caches of ours and of Qt hold: those are bounded and emptied here."""
    from PySide6.QtGui import QPixmapCache

    QPixmapCache.clear()
    for kept in gc.get_objects():
        if isinstance(kept, functools._lru_cache_wrapper) and kept.__module__.startswith(("core.", "ui.")):
            kept.cache_clear()
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main(events: int, seed: int) -> int:
    """A long run; prints what was done and what came of it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui import commands

    with tempfile.TemporaryDirectory() as place:
        os.environ.update(HOME=place, XDG_CONFIG_HOME=place, XDG_DATA_HOME=place)
        app, window = open_window(Path(place))
        monkey = Monkey(window, app, seed)
        begun = time.perf_counter()
        parts, samples = SAMPLES if events >= LONG else 2, []
        try:
            for part in range(1, parts + 1):
                monkey.do(events // parts)
                samples.append(monkey.level())
                spent = time.perf_counter() - begun
                told = f"{part * events // parts:>7} events, {samples[-1] / 2**20:5.0f} MB, {spent:5.0f} s"
                print(told, flush=True)
                if monkey.problems:
                    break
        finally:
            monkey.end()
        window.store.worker.stop()
        if events >= LONG and not monkey.problems:
            left = [one.id for one in commands.COMMANDS if one.id not in _NEVER and not monkey.told[one.id]]
            monkey.problems += [f"never done: {', '.join(left)}"] if left else []
        for problem in monkey.problems:
            print(problem)
        middle, end = median(samples[max(0, parts // 2 - 3) : parts // 2]), median(samples[-3:])
        growth = end / middle - 1
        print(
            f"{sum(monkey.done.values())} events ({', '.join(f'{n} {k}' for k, n in monkey.done.most_common())}), "
            f"{len(monkey.told)} commands, {monkey.checked} answers checked, {len(monkey.problems)} problems, "
            f"memory {growth:+.1%} in the second half (seed {seed})",
            flush=True,
        )
        code = 1 if monkey.problems or growth > MOST_GROWTH else 0
        sys.stdout.flush()
        shutil.rmtree(place, ignore_errors=True)  # nothing is cleaned up behind the next line
        os._exit(code)

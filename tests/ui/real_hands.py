"""The program with a person before it: it runs as ever, while a thread types and clicks and looks at the screen.

Keys and clicks come from outside, through the X server (xdotool), so that what is covered, cut off, switched off or
without focus does not react, as for anybody else. Things are found by the words that they show. Nothing is waited for
but what is to be seen.

Actions are counted so: a word or number typed is one, and so is each key or shortcut pressed, each click, and each
turn of the wheel, however far.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QMenu,
    QTabBar,
    QWidget,
)

from ui.widgets.body_map import BodyMap
from ui.widgets.joined import Segmented
from ui.widgets.picture import Picture
from ui.widgets.row import RowButton
from ui.window import Window

PATIENCE = 40  # seconds for anything that is to come
GLANCE = 0.02  # seconds between two looks


class MissedError(AssertionError):
    """What was to be seen never came."""


class Eyes(QObject):
    """Looks at widgets in their own thread, in the loop of a modal dialog too; a look from another could make some."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(lambda question: question(), Qt.ConnectionType.QueuedConnection)


class Hands:
    """`actions` counts what was done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.actions = 0
        self.window: Window
        self._eyes = Eyes()

    # -- eyes

    def see(self, look: Callable[[], Any]) -> Any:
        """What a look at the widgets gives."""
        answer: dict[str, Any] = {}
        done = threading.Event()

        def question() -> None:
            try:
                answer["seen"] = look()
            except Exception as error:  # noqa: BLE001 (raised again where it was asked)
                answer["error"] = error
            done.set()

        self._eyes.asked.emit(question)
        if not done.wait(PATIENCE):
            raise MissedError("the window stands still")
        if "error" in answer:
            raise answer["error"]
        return answer["seen"]

    def until(self, look: Callable[[], Any], said: str) -> Any:
        """Look until there is something to see."""
        end = time.monotonic() + PATIENCE
        pause = threading.Event()
        while not (seen := self.see(look)):
            if time.monotonic() > end:
                raise MissedError(said)
            pause.wait(GLANCE)
        return seen

    def find_window(self) -> None:
        """Wait for the window; it is kept, because only its own thread may go through all widgets."""

        def look() -> Window | None:
            found = [one for one in QApplication.topLevelWidgets() if isinstance(one, Window) and one._complete]
            return found[0] if found else None

        self.window = self.until(look, "no window")

    def read(self, *words: str) -> str:
        """Everything that can be read on the screen, once it holds all these words."""

        def look() -> str:
            text = "\n".join(readable(front()))
            return text if all(word in text for word in words) else ""

        try:
            return str(self.until(look, ""))
        except MissedError:
            text = self.see(lambda: "\n".join(readable(front())))
            raise MissedError(f"{[word for word in words if word not in text]} not among:\n{text}") from None

    def ranked(self, condition: str) -> None:
        """Wait for the ranking of a condition to stand still."""
        window = self.window

        def look() -> bool:
            store = window.store
            return bool(
                store.consult is not None and store.consult.condition == condition and store.recommendation is not None
                and store.recommendation.consult == store.consult and not store.working
                and window.ranking.isVisible() and not window.follows
            )  # fmt: skip

        self.until(look, f"no ranking of {condition}; {self.see(window.notice.text.text)}")

    # -- hands

    def type(self, text: str) -> None:
        """Type a word where the caret is."""
        self._act("type", "--delay", "4", text)

    def press(self, keys: str) -> None:
        """Press a key or a shortcut, named as X names it ("ctrl+p", "Return")."""
        self._act("key", keys)

    def click(self, words: str, *, inside: Callable[[Window], QWidget] | None = None) -> None:
        """Click on what shows these words."""
        window = self.window

        def look() -> tuple[int, int] | None:
            point = next(places(words, inside(window) if inside else front()), None)
            return (point.x(), point.y()) if point is not None else None

        self.click_at(look, f"nothing to click on says {words!r}")

    def click_at(self, look: Callable[[], tuple[int, int] | None], said: str) -> None:
        """Click on a place once it is there and rests."""
        before = None
        while (place := self.until(look, said)) != before:
            before = place
        self._act("mousemove", *map(str, place), "click", "1")

    def tab_to(self, name: str, most: int = 80) -> None:
        """Press Tab until the focus is on what has a name that begins so."""

        def focused() -> QWidget | None:
            return QApplication.focusWidget()

        for _ in range(most):
            before = self.see(focused)
            self.press("Tab")
            self.until(lambda before=before: focused() not in (None, before), "Tab leads nowhere")
            if self.see(lambda: name_of(focused()).startswith(name)):
                return
        raise MissedError(f"Tab never comes to {name!r}")

    def drag(self, slider: Callable[[], QWidget], share: float) -> None:
        """Take a slider's knob and pull it to a share of its way."""

        def knob() -> tuple[QPoint, QPoint]:
            one = slider()
            part = (one.value() - one.minimum()) / (one.maximum() - one.minimum())
            inner = one.rect().adjusted(9, 0, -9, 0)
            start, end = (QPoint(round(inner.x() + inner.width() * p), inner.center().y()) for p in (part, share))
            assert in_view(one), "the slider cannot be seen"
            return one.mapToGlobal(start), one.mapToGlobal(end)

        start, end = self.see(knob)
        self.actions += 1
        self._focus()
        self._xdotool("mousemove", str(start.x()), str(start.y()), "mousedown", "1")
        for step in range(1, 6):
            x = start.x() + (end.x() - start.x()) * step // 5
            self._xdotool("mousemove", str(x), str(end.y()))
        self._xdotool("mouseup", "1")

    def wheel(self, over: Callable[[Window], QWidget], seen: Callable[[Window], bool], notches: int = 40) -> None:
        """Turn the wheel over something until something is seen."""
        window = self.window
        x, y = self.see(lambda: over(window).mapToGlobal(over(window).rect().center()).toTuple())
        self._xdotool("mousemove", str(x), str(y))
        self.actions += 1
        for _ in range(notches):
            if self.see(lambda: seen(window)):
                return
            self._xdotool("click", "5")
        self.until(lambda: seen(window), "the wheel brought nothing")

    def _act(self, *what: str) -> None:
        self.actions += 1
        self._focus()
        self._xdotool(*what)

    def _focus(self) -> None:
        """Nothing manages windows here; give the keys to the one in front as a window manager does."""

        def look() -> bool:
            if QApplication.activeWindow() is not None or QApplication.activePopupWidget() is not None:
                return True
            front().window().activateWindow()
            return False

        self.until(look, "no window takes the keys")

    def _xdotool(self, *what: str) -> None:
        subprocess.run(["xdotool", *what], check=True, timeout=PATIENCE)


# -- what is in front, and what it shows


def front() -> QWidget:
    """What a person would look at: the open menu, else the dialog, else the window."""
    popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
    return popup or modal or next(one for one in QApplication.topLevelWidgets() if isinstance(one, Window))


def in_view(widget: QWidget, part: QRect | None = None) -> QPoint | None:
    """The middle of what can be seen of a widget, where a click would meet it; null where nothing can."""
    rect = part or widget.rect()
    if not widget.isVisible() or not widget.isEnabled():
        return None
    shown = widget.visibleRegion().intersected(rect).boundingRect()
    if shown.width() < min(8, rect.width()) or shown.height() < min(8, rect.height()):
        return None
    place = widget.mapToGlobal(shown.center())
    hit = QApplication.widgetAt(place)
    return place if hit is not None and (hit is widget or widget.isAncestorOf(hit)) else None


def places(words: str, root: QWidget) -> Iterator[QPoint]:
    """Where something that can be clicked on shows these words."""
    for widget in [root, *root.findChildren(QWidget)]:
        for text, part in _parts(widget):
            if text == words and (place := in_view(widget, part)) is not None:
                yield place


def _parts(widget: QWidget) -> Iterator[tuple[str, QRect | None]]:  # noqa: C901 (one line for each kind of widget)
    if isinstance(widget, RowButton):
        if widget.row is not None:
            yield widget.row.name, None
    elif isinstance(widget, QAbstractButton):
        yield widget.text().replace("&", ""), None
        yield widget.accessibleName(), None
    elif isinstance(widget, Segmented):
        for (_id, text), rect in zip(widget._parts(), widget._rects(), strict=True):
            yield text, rect.toRect()
    elif isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            yield widget.tabText(tab), widget.tabRect(tab)
    elif isinstance(widget, QMenu):
        for action in widget.actions():
            yield action.text().replace("&", ""), widget.actionGeometry(action)
    elif isinstance(widget, QComboBox):
        yield widget.currentText(), None
        yield widget.accessibleName(), None
    elif isinstance(widget.parent(), QAbstractItemView) and widget.objectName() == "qt_scrollarea_viewport":
        view, model = widget.parent(), widget.parent().model()
        for row in range(model.rowCount(view.rootIndex())):
            index = model.index(row, 0, view.rootIndex())
            yield str(index.data()), view.visualRect(index)


def readable(root: QWidget) -> Iterator[str]:
    """The words of all that is to be seen, row by row as they would be heard."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, RowButton):
            yield widget.accessibleName()
        elif isinstance(widget, QLabel):
            yield widget.text()
        elif isinstance(widget, Picture):
            yield from (", ".join(line) for line in widget.table().rows)
        else:
            yield from (text for text, _part in _parts(widget))


def name_of(widget: QWidget | None) -> str:
    """What a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget) if widget is not None else None
    said = interface.text(QAccessible.Text.Name) if interface is not None else ""
    whole = widget.parent() if widget is not None else None  # the name of a group is heard before that of its part
    return f"{whole.accessibleName()}: {said}" if isinstance(whole, Segmented) else said


def centre(body: BodyMap, region: str) -> tuple[int, int] | None:
    """The middle of a region of the body on the screen, where it can be clicked on."""
    point = body.centre_of(region).toPoint()
    place = in_view(body, QRect(point - QPoint(4, 4), point + QPoint(4, 4)))
    return (place.x(), place.y()) if place else None


def middle(widget: QWidget) -> tuple[int, int] | None:
    """The middle of a widget on the screen, where it can be clicked on."""
    place = in_view(widget)
    return (place.x(), place.y()) if place else None


def can_be_seen(widget: QWidget) -> bool:
    """Whether a widget is to be seen whole."""
    return widget.visibleRegion().boundingRect() == widget.rect()


# -- the program


def live(task: Callable[[Hands], None], folder: Path, *arguments: str) -> None:
    """Run the program, do the task in it, close it; the process ends with 0, or with what went wrong."""
    import main

    app = QApplication(["cellroute"])
    assert app.platformName() == "xcb", app.platformName()
    hands = Hands(folder)

    def work() -> None:
        try:
            hands.find_window()
            task(hands)
            sys.stdout.write(f"actions {hands.actions}\n")
            hands.see(hands.window.close)
        except BaseException:  # noqa: BLE001 (the process ends with it)
            traceback.print_exc()
            with contextlib.suppress(Exception):
                hands.see(lambda: app.primaryScreen().grabWindow(0).save(str(folder / "missed.png")))
            sys.stderr.flush()
            os._exit(1)

    threading.Thread(target=work, daemon=True).start()
    main.main(["--config", str(folder / "config"), "--data", str(folder / "data"), *arguments])


def file_dialog() -> QFileDialog | None:
    """The dialog that asks for a file, where it is open."""
    found = QApplication.activeModalWidget()
    return found if isinstance(found, QFileDialog) else None


def whole_pdf(path: Path) -> bool:
    """Whether a PDF file is there to its end."""
    return path.exists() and path.read_bytes().rstrip().endswith(b"%%EOF")


def text_of(pdf: bytes) -> str:
    """The words of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def pages_with_ink(pdf: bytes) -> int:
    """How many pages of a PDF are not blank."""
    import pypdfium2

    pages = [page.render(scale=0.3).to_numpy() for page in pypdfium2.PdfDocument(pdf)]
    return sum(bool((page < 128).any()) for page in pages)

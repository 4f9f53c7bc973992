"""What is taken away is gone: parts of layouts, dialogs, animations."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.basic import FlowLayout, empty

if TYPE_CHECKING:
    from ui.window import Window


def swept() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_column_that_is_emptied_keeps_none_of_its_items(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    column, line = QVBoxLayout(host), QHBoxLayout()
    column.addWidget(QLabel("a"))
    line.addWidget(QLabel("b"))
    column.addLayout(line)
    column.addStretch(1)
    items = [*map(column.itemAt, range(column.count())), line.itemAt(0)]
    empty(column)
    swept()
    assert not [item for item in items if shiboken6.isValid(item)]


def test_lines_that_wrap_go_with_their_items(qtbot) -> None:
    host = QWidget()
    flow = FlowLayout(host)
    for text in "abc":
        flow.addWidget(QLabel(text))
    flow.itemAt(0).widget().deleteLater()
    swept()
    items = [flow.itemAt(place) for place in range(flow.count())]
    assert len(items) == 2
    shiboken6.delete(host)
    assert not [item for item in items if shiboken6.isValid(item)]


def test_a_face_is_brought_in_once() -> None:
    """Qt counts what is brought in; what is brought in again gets a number, and a copy, of its own."""
    bold = str(theme.RESOURCES / "fonts" / "SourceSans3-Bold.ttf")
    theme.load_fonts("Bold")
    before = QFontDatabase.addApplicationFont(bold)
    theme.load_fonts("Bold")
    assert QFontDatabase.addApplicationFont(bold) == before + 1


def test_looking_at_everything_leaves_no_objects_behind(window: Window, qtbot) -> None:
    """Three rounds through conditions, rows, tabs and dialogs: the second and third leave as many as the first."""

    def objects() -> Counter[str]:
        qtbot.waitUntil(lambda: not window.store.working)
        swept()
        return Counter(one.metaObject().className() for one in window.findChildren(QObject))

    def round() -> Counter[str]:
        for condition in ("knee_osteoarthritis", "copd"):
            window.store.choose_condition(condition)
            qtbot.waitUntil(lambda: not window.store.working)
            for option in window.store.recommendation.options:
                window.store.pick(option.procedure)
                for tab in range(window.tabs.count()):
                    window.show_tab(tab)
            for command in ("handout", "find", "preferences", "shortcuts", "about", "patient", "patient"):
                window.do(command)
                QApplication.processEvents()
                while (dialog := QApplication.activeModalWidget()) is not None:
                    dialog.reject()
                    swept()
        return objects()

    round()
    first, second = round(), round()
    assert second - first == Counter()


def test_the_list_under_a_search_field_goes_with_the_field(window: Window, qtbot) -> None:
    """It is the window's child, which lives on when everything in it is made anew."""
    from ui.renewal import renew
    from ui.widgets.offers import Offers

    for language in ("es", "en", "es"):
        renew(window, window.pack, language)
        qtbot.waitUntil(lambda: not window.store.working)
        swept()
        swept()  # the field goes, and then its list
        assert window.findChildren(Offers) == []
        QTest.keyClicks(window.choose.condition, "hip")
        assert window.findChildren(Offers) == [window.choose.condition.offers]

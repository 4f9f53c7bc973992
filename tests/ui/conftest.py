"""A real window on the shipped evidence, with its own settings in an empty folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from core.pack.pack import Pack
    from tests.core.pack.signing import Signer
    from ui.window import Window
    from ui.worker import Worker


@pytest.fixture(scope="session")
def fusion(qapp: QApplication) -> Iterator[None]:
    """The style of the program, set once as the program does: a new one would reach for widgets that are going."""
    from ui import theme

    qapp.setStyle("Fusion")
    theme.load_fonts()
    yield
    qapp.clipboard().clear()  # what is on it was made by Python, and Qt would let it go when Python is gone


@pytest.fixture(autouse=True)
def look(fusion: None) -> None:
    """The light theme at 100 %, without motion."""
    from ui import theme

    theme.apply("light", reduced_motion=True)


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Lets the program speak a language until the test ends; "longer" is the one of `tests/ui/longer.py`."""
    from PySide6.QtCore import QTranslator

    from tests.ui.longer import Longer
    from ui.app import install_language

    yield (
        lambda language: (
            qapp.installTranslator(Longer(qapp)) if language == "longer" else install_language(qapp, language)
        )
    )
    install_language(qapp, "en")
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def longer(speak: Callable[[str], None]) -> None:
    """Everything is said in brackets and a third longer."""
    speak("longer")


@pytest.fixture
def spanish(speak: Callable[[str], None]) -> None:
    """The program speaks Spanish."""
    speak("es")


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    """The one worker, ended with the test."""
    from ui.worker import Worker

    made = Worker(qapp)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def open_window(qtbot: QtBot, pack: Pack, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    """Opens the window, nothing chosen, with the evidence's words in a language."""
    from ui.engine import Engine
    from ui.settings import SettingsFile
    from ui.store import Store
    from ui.window import Window
    from ui.words import Words
    from ui.worker import Worker

    opened = []

    def made(language: str = "en", size: tuple[int, int] | None = None) -> Window:
        store = Store(pack, Engine(pack), Worker())
        one = Window(pack, store, Words(pack, language), SettingsFile(tmp_path / "config"))
        qtbot.addWidget(one)
        if size:
            one.resize(*size)
            one.set_sizes()
        one.show()
        qtbot.waitExposed(one)
        one.activateWindow()
        store.get_ready()
        opened.append(one)
        return one

    yield made
    for one in opened:
        qtbot.waitUntil(lambda one=one: not one.store.working)
        one.store.worker.stop()


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    """The window as it is after the start, nothing chosen."""
    return open_window(size=(1366, 690))


@pytest.fixture
def signer(tmp_path: Path, pack: Pack) -> Signer:
    """A data folder and a key that it trusts."""
    from tests.core.pack import signing

    return signing.make_signer(tmp_path, pack)


@pytest.fixture
def desk(window: Window, signer: Signer) -> Window:
    """The window with a data folder that trusts the signer, on the day of the evidence."""
    from tests.core.pack.signing import TODAY

    window.data = signer.data
    window.today = lambda: TODAY
    return window


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A screen that is not there cannot pass on size hints, and says so for every dialog."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))

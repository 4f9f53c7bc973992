"""A real window on the shipped evidence, with its own settings in an empty folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from core.pack.pack import Pack
    from tests.core.pack.signing import Signer
    from ui.window import Window


@pytest.fixture(scope="session")
def fusion(qapp: QApplication) -> None:
    """The style of the program, set once as the program does: a new one would reach for widgets that are going."""
    from ui import theme

    qapp.setStyle("Fusion")
    theme.load_fonts()


@pytest.fixture(autouse=True)
def look(fusion: None) -> None:
    """The light theme at 100 %, without motion."""
    from ui import theme

    theme.apply("light", reduced_motion=True)


@pytest.fixture
def window(qtbot: QtBot, pack: Pack, tmp_path: Path) -> Iterator[Window]:
    """The window as it is after the start, nothing chosen."""
    from ui.engine import Engine
    from ui.settings import SettingsFile
    from ui.store import Store
    from ui.window import Window
    from ui.words import Words
    from ui.worker import Worker

    worker = Worker()
    store = Store(pack, Engine(pack), worker)
    made = Window(pack, store, Words(pack, "en"), SettingsFile(tmp_path / "config"))
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.set_sizes()
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    store.get_ready()
    yield made
    qtbot.waitUntil(lambda: not made.store.working)
    worker.stop()


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

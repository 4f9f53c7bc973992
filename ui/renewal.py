"""The same window with the same consult, made anew on other evidence or in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from core.consult_file import checked
from core.errors import CellRouteError
from ui.engine import Engine
from ui.store import Store, fitting
from ui.words import Words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from core.consult import Consult
    from core.pack.pack import Pack
    from ui.window import Window


def renew(window: Window, pack: Pack, language: str) -> None:
    """Make everything in a window anew. Consult, undo list, sizes, settings and journal go on.

    What the new evidence does not hold is left out, and said where it is the open consult. Texts of the program itself
    come from the translator that is installed by then.
    """
    before, problem = window.store, ""

    def fit(consult: Consult) -> Consult | None:
        nonlocal problem
        try:
            return checked(msgspec.structs.replace(consult, language=language), pack)
        except CellRouteError as error:
            problem = str(error) if consult is before.consult else problem
            return None

    window.remember_sizes()
    before.worker.forget()
    store = Store(pack, Engine(pack), before.worker, window)
    store.defaults = fitting(before.defaults, pack) | {"language": language}
    old = window.takeCentralWidget()
    window.build(pack, store, Words(pack, language, window.settings.now.unit))
    window.complete()
    window.stack.show()
    store.get_ready()
    window.renewed.emit()
    store.succeed(before, fit)
    _put_away(old, before, window)
    if problem:
        window.say_problem(problem)


def _put_away(old: QWidget, before: Store, window: Window) -> None:
    """Silence what was replaced, and delete it when nothing of it can be on the way any more (a menu, a click)."""
    before.blockSignals(True)
    old.hide()
    old.setParent(window)  # else Python would delete it here and now
    old.deleteLater()
    before.deleteLater()

"""Commands as data: menus, the list of shortcuts, Ctrl+K and the tests are all made from this one list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


class Command(msgspec.Struct, frozen=True):
    """Something the window can do. `run` gets the window; `enabled` says whether it makes sense now.

    `answer`: it gives the answer away, so it waits for the one to what is chosen at this moment.

    The window's type is not named here, so that panels which list the commands know no other panel.
    """

    id: str
    title: str
    group: str
    shortcuts: tuple[str, ...]
    run: Callable[[Any], object]
    enabled: Callable[[Any], bool]
    answer: bool = False

    def do(self, window: Any) -> None:
        """Run it on a window, if it makes sense now."""
        if not self.enabled(window):
            return
        if self.answer:
            window.store.when_answered(lambda: self.run(window))
        else:
            self.run(window)

    def said(self) -> str:
        """The title in the language of the window."""
        return QCoreApplication.translate("Commands", self.title)


def _always(_window: Any) -> bool:
    return True


def _chosen(window: Any) -> bool:
    return window.store.consult is not None


def _answered(window: Any) -> bool:
    return window.store.recommendation is not None


COMMANDS: tuple[Command, ...] = (
    Command(
        "new", QT_TRANSLATE_NOOP("Commands", "New consult"), "consult", ("Ctrl+N",), lambda w: w.new_consult(), _always
    ),
    Command(
        "open",
        QT_TRANSLATE_NOOP("Commands", "Open a consult…"),
        "consult",
        ("Ctrl+O",),
        lambda w: w.open_consult(),
        _always,
    ),
    Command(
        "save",
        QT_TRANSLATE_NOOP("Commands", "Save this consult…"),
        "consult",
        ("Ctrl+S",),
        lambda w: w.save_consult(),
        _chosen,
    ),
    Command(
        "undo",
        QT_TRANSLATE_NOOP("Commands", "Undo"),
        "consult",
        ("Ctrl+Z",),
        lambda w: w.store.undo(),
        lambda w: w.store.can_undo,
    ),
    Command(
        "redo",
        QT_TRANSLATE_NOOP("Commands", "Redo"),
        "consult",
        ("Ctrl+Y", "Ctrl+Shift+Z"),
        lambda w: w.store.redo(),
        lambda w: w.store.can_redo,
    ),
    Command(
        "handout",
        QT_TRANSLATE_NOOP("Commands", "Handout: preview"),
        "give",
        ("Ctrl+H",),
        lambda w: w.show_handout(),
        _answered,
        answer=True,
    ),
    Command(
        "print",
        QT_TRANSLATE_NOOP("Commands", "Print the handout"),
        "give",
        ("Ctrl+P",),
        lambda w: w.print_handout(),
        _answered,
        answer=True,
    ),
    Command(
        "export",
        QT_TRANSLATE_NOOP("Commands", "Save the handout as PDF…"),
        "give",
        ("Ctrl+E",),
        lambda w: w.export_handout(),
        _answered,
        answer=True,
    ),
    Command(
        "chart",
        QT_TRANSLATE_NOOP("Commands", "Copy for chart"),
        "give",
        ("Ctrl+Shift+C",),
        lambda w: w.copy_for_chart(),
        _answered,
        answer=True,
    ),
    Command(
        "patient",
        QT_TRANSLATE_NOOP("Commands", "Patient view"),
        "give",
        ("F11",),
        lambda w: w.toggle_patient_view(),
        _answered,
    ),
    Command(
        "find", QT_TRANSLATE_NOOP("Commands", "Find anything"), "go", ("Ctrl+K",), lambda w: w.find_anything(), _always
    ),
    Command(
        "condition",
        QT_TRANSLATE_NOOP("Commands", "Go to the condition"),
        "go",
        ("Ctrl+L",),
        lambda w: w.go_condition(),
        _always,
    ),
    Command(
        "ranking",
        QT_TRANSLATE_NOOP("Commands", "Go to the ranking"),
        "go",
        ("Ctrl+R",),
        lambda w: w.go_ranking(),
        _answered,
    ),
    Command(
        "tab1", QT_TRANSLATE_NOOP("Commands", "Show the journey"), "go", ("Ctrl+1",), lambda w: w.show_tab(0), _answered
    ),
    Command(
        "tab2",
        QT_TRANSLATE_NOOP("Commands", "Show it over time"),
        "go",
        ("Ctrl+2",),
        lambda w: w.show_tab(1),
        _answered,
    ),
    Command(
        "tab3",
        QT_TRANSLATE_NOOP("Commands", "Show the evidence"),
        "go",
        ("Ctrl+3",),
        lambda w: w.show_tab(2),
        _answered,
    ),
    Command(
        "tab4",
        QT_TRANSLATE_NOOP("Commands", "Show what decides"),
        "go",
        ("Ctrl+4",),
        lambda w: w.show_tab(3),
        _answered,
    ),
    Command(
        "tab5", QT_TRANSLATE_NOOP("Commands", "Compare two"), "go", ("Ctrl+5",), lambda w: w.show_tab(4), _answered
    ),
    Command(
        "large",
        QT_TRANSLATE_NOOP("Commands", "Larger or smaller tabs"),
        "go",
        ("Ctrl+M",),
        lambda w: w.enlarge_tabs(),
        _answered,
    ),
    Command(
        "picture",
        QT_TRANSLATE_NOOP("Commands", "Copy or save the picture…"),
        "go",
        ("Ctrl+Shift+P",),
        lambda w: w.tabs.show_menu(),
        _answered,
    ),
    Command(
        "larger",
        QT_TRANSLATE_NOOP("Commands", "Larger text"),
        "look",
        ("Ctrl++", "Ctrl+="),
        lambda w: w.change_text_size(10),
        _always,
    ),
    Command(
        "smaller",
        QT_TRANSLATE_NOOP("Commands", "Smaller text"),
        "look",
        ("Ctrl+-",),
        lambda w: w.change_text_size(-10),
        _always,
    ),
    Command(
        "theme",
        QT_TRANSLATE_NOOP("Commands", "Light or dark"),
        "look",
        ("Ctrl+Shift+D",),
        lambda w: w.toggle_theme(),
        _always,
    ),
    Command(
        "preferences",
        QT_TRANSLATE_NOOP("Commands", "Preferences…"),
        "look",
        ("Ctrl+,",),
        lambda w: w.show_preferences(),
        _always,
    ),
    Command(
        "shortcuts", QT_TRANSLATE_NOOP("Commands", "Shortcuts"), "help", ("F1",), lambda w: w.show_shortcuts(), _always
    ),
    Command(
        "about", QT_TRANSLATE_NOOP("Commands", "About the evidence"), "help", (), lambda w: w.show_about(), _always
    ),
    Command(
        "bring_in",
        QT_TRANSLATE_NOOP("Commands", "Bring in evidence…"),
        "help",
        (),
        lambda w: w.bring_in_evidence(),
        lambda w: w.data is not None,
    ),
    Command("quit", QT_TRANSLATE_NOOP("Commands", "Quit"), "help", ("Ctrl+Q",), lambda w: w.close(), _always),
)

GROUPS: tuple[str, ...] = ("consult", "give", "go", "look", "help")


def command(id: str) -> Command:
    """The command of an id."""
    return next(one for one in COMMANDS if one.id == id)

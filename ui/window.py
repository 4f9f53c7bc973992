"""The frame: a bar on top, choices on the left, what follows in the middle, why on the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import CellRouteError
from ui import commands, theme
from ui.panels.choose import ChoosePanel
from ui.widgets.basic import Panel, button, label
from ui.widgets.chips import Segmented

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.panels.handout import HandoutDialog
    from ui.settings import SettingsFile
    from ui.store import Store
    from ui.words import Words

NARROW = 1000  # logical pixels (at 100 % letters) under which the three columns become pages
NOTICE_TIME = 8000  # ms


class Window(QMainWindow):
    """The main window. `painted` comes once, after the first paint."""

    painted = Signal()

    def __init__(
        self, pack: Pack, store: Store, words: Words, settings: SettingsFile, *, complete: bool = True
    ) -> None:
        """With `complete` off only the frame and the condition are made; `complete()` makes the rest."""
        super().__init__()
        self.pack, self.store, self.words, self.settings = pack, store, words, settings
        self._first_paint = True
        self._complete = False
        self._narrow = False
        self._shown_condition = ""
        self._dragged = False
        self._large_tabs = False
        self._patient_view: Any = None
        self._actions: dict[str, QAction] = {}
        self.setWindowTitle("CellRoute")
        self.setMinimumSize(640, 480)
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.main = QWidget()
        column = QVBoxLayout(self.main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        column.addWidget(self._make_notice())
        column.addWidget(self._make_columns(), 1)
        self.stack.addWidget(self.main)
        self._dress()
        self._refresh_buttons()
        self.choose.condition.setFocus(Qt.FocusReason.OtherFocusReason)
        if complete:
            self.complete()

    def complete(self) -> None:
        """Make what the first paint does without: commands, ranking, tabs, detail."""
        if self._complete:
            return
        self._complete = True
        from ui.widgets import accessible

        accessible.install()
        theme.load_fonts("Bold")
        self._watch = theme.ThemeWatch(self, self._follow_system)
        self._make_commands()
        self.menu_button.setMenu(self._make_menu())
        self.choose.complete()
        self._make_panels()
        store = self.store
        store.chosen.connect(self._show_consult)
        store.changed.connect(self._show_recommendation)
        store.previewed.connect(self._show_preview)
        store.picked.connect(self._show_picked)
        store.failed.connect(self.say_problem)
        self._show_consult(store.consult)
        self._refresh_commands()
        self.set_sizes()

    # -- building

    def _make_commands(self) -> None:
        from PySide6.QtGui import QKeySequence

        for command in commands.COMMANDS:
            action = QAction(command.said(), self)
            action.setShortcuts([QKeySequence(one) for one in command.shortcuts])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _on=False, command=command: self.do(command.id))
            self.addAction(action)
            self._actions[command.id] = action

    def do(self, id: str) -> None:
        """Run a command by its id, if it makes sense now."""
        command = commands.command(id)
        if command.enabled(self):
            command.run(self)

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("topbar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(14, 6, 14, 6)
        line.setSpacing(8)
        line.addWidget(label("CellRoute", "brand"))
        line.addSpacing(8)
        self.undo_button = self._tool("undo", "undo-2")
        self.redo_button = self._tool("redo", "redo-2")
        self.new_button = button(self.tr("New consult"), "", lambda: self.do("new"), "Ctrl+N")
        self.find_button = button(self.tr("Find anything   Ctrl+K"), "search", lambda: self.do("find"))
        self.find_button.setMinimumWidth(theme.px(190))
        self.patient_button = button(self.tr("Patient view   F11"), "", lambda: self.do("patient"))
        self.chart_button = button(self.tr("Copy for chart"), "", lambda: self.do("chart"), "Ctrl+Shift+C")
        self.handout_button = button(self.tr("Handout"), "primary", lambda: self.do("handout"), "Ctrl+H")
        self.menu_button = QToolButton()
        self.menu_button.setAccessibleName(self.tr("Menu"))
        self.menu_button.setToolTip(self.tr("Menu"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for widget in (self.undo_button, self.redo_button, self.new_button, self.find_button):
            line.addWidget(widget)
        line.addStretch(1)
        for widget in (self.patient_button, self.chart_button, self.handout_button, self.menu_button):
            line.addWidget(widget)
        return bar

    def _tool(self, id: str, icon: str) -> QToolButton:
        command = commands.command(id)
        made = QToolButton()
        made.setProperty("icon_name", icon)
        made.setAccessibleName(command.said())
        made.setToolTip(f"{command.said()}  {command.shortcuts[0]}")
        made.clicked.connect(lambda: self.do(id))
        return made

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for group in commands.GROUPS:
            if group != commands.GROUPS[0]:
                menu.addSeparator()
            for command in commands.COMMANDS:
                if command.group == group:
                    menu.addAction(self._actions[command.id])
        menu.aboutToShow.connect(self._refresh_commands)
        return menu

    def _make_notice(self) -> QFrame:
        self.notice = QFrame()
        self.notice.setObjectName("notice")
        line = QHBoxLayout(self.notice)
        line.setContentsMargins(14, 5, 14, 5)
        self.notice_text = label("", wrap=True)
        self.notice_close = button(self.tr("Close"), "link", self.notice.hide)
        line.addWidget(self.notice_text, 1)
        line.addWidget(self.notice_close)
        self.notice.hide()
        self._notice_timer = QTimer(self)
        self._notice_timer.setSingleShot(True)
        self._notice_timer.timeout.connect(self.notice.hide)
        return self.notice

    def _make_columns(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        self.pages = Segmented(self.tr("Page"))
        self.pages.set_options([
            ("choose", self.tr("Choices"), self.tr("Choices")),
            ("middle", self.tr("What follows"), self.tr("What follows")),
            ("detail", self.tr("Why"), self.tr("Why")),
        ])  # fmt: skip
        self.pages.set_value("choose")
        self.pages.chosen.connect(lambda _id: self._lay_out())
        self.pages.hide()
        column.addWidget(self.pages)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setHandleWidth(theme.GAP)
        self.columns.setChildrenCollapsible(False)
        self.choose = ChoosePanel(self.pack, self.store, self.words)
        self.choose.clinic_changed.connect(self._remember_clinic)
        self.choose.setMinimumWidth(theme.px(236))
        self.middle = Panel()
        self.middle.setMinimumWidth(theme.px(420))
        for widget in (self.choose, self.middle):
            self.columns.addWidget(widget)
        self.columns.setStretchFactor(0, 0)
        self.columns.setStretchFactor(1, 1)
        column.addWidget(self.columns, 1)
        return holder

    def _make_panels(self) -> None:
        from ui.panels.detail import DetailPanel
        from ui.panels.ranking import Headline, RankingPanel
        from ui.panels.start import StartPanel
        from ui.panels.tabs import Tabs

        self.detail = DetailPanel(self.pack, self.words)
        self.detail.setMinimumWidth(theme.px(220))
        self.detail.copied.connect(self._copy_citation)
        self.headline = Headline()
        self.ranking = RankingPanel(self.words)
        self.ranking.picked.connect(self.store.pick)
        self.tabs = Tabs(self.pack, self.store, self.words)
        self.tabs.picture_saved.connect(self._save_picture)
        self.tabs.enlarged.connect(lambda: self.do("large"))
        self.start = StartPanel(self.pack, self.words, self.settings)
        self.start.chosen.connect(self._start_with)
        self.start.pointed.connect(lambda region: self.choose.offer_conditions(region, self.start.map))
        self.start.opened.connect(lambda path: self.open_file(Path(path)))
        self.rows = QSplitter(Qt.Orientation.Vertical)
        self.rows.setHandleWidth(theme.GAP)
        self.rows.setChildrenCollapsible(False)
        self.rows.addWidget(self.ranking)
        self.rows.addWidget(self.tabs)
        self.rows.setStretchFactor(0, 1)
        self.rows.setStretchFactor(1, 1)
        self.rows.splitterMoved.connect(lambda _at, _place: self._drag())
        self.middle.column.addWidget(self.start, 1)
        self.middle.column.addWidget(self.headline)
        self.middle.column.addWidget(self.rows, 1)
        self.columns.addWidget(self.detail)
        self.columns.setStretchFactor(2, 0)

    def _dress(self) -> None:
        """What depends on the theme beyond the style sheet."""
        for made in (self.undo_button, self.redo_button):
            made.setIcon(theme.icon(made.property("icon_name"), "text"))
        self.menu_button.setIcon(theme.icon("menu", "text"))
        self.find_button.setIcon(theme.icon("search", "muted"))
        for made in (self.undo_button, self.redo_button, self.menu_button):
            made.setIconSize(QSize(theme.px(17), theme.px(17)))

    # -- showing

    def _show_consult(self, consult: Consult | None) -> None:
        self.start.setVisible(consult is None)
        self.headline.setVisible(consult is not None and self.store.recommendation is not None)
        self.rows.setVisible(consult is not None and self.store.recommendation is not None)
        self.detail.setVisible(consult is not None and not self._narrow)
        if consult is None:
            self.detail.show_nothing()
            self.start.refresh()
        self._lay_out()
        self._refresh_commands()

    def _show_recommendation(self, recommendation: Recommendation | None) -> None:
        if recommendation is None:
            self._shown_condition = ""
            self._refresh_commands()
            return
        if self._narrow and recommendation.consult.condition != self._shown_condition:
            self.pages.set_value("middle")
            self._lay_out()
        self._shown_condition = recommendation.consult.condition
        self.headline.show_recommendation(recommendation)
        self.choose.show_recommendation(recommendation)
        self.ranking.show_recommendation(recommendation, self.store.selected)
        self.headline.show()
        self.rows.show()
        QTimer.singleShot(0, self._balance)
        self._show_picked(self.store.selected)
        self._refresh_commands()
        if self._patient_view is not None and self.stack.currentWidget() is self._patient_view:
            self._patient_view.show_recommendation(recommendation)

    def _show_preview(self, recommendation: Recommendation) -> None:
        self.headline.show_recommendation(recommendation)
        self.choose.show_weights_of(recommendation)
        self.ranking.show_recommendation(recommendation, self.store.selected)

    def _show_picked(self, procedure: str) -> None:
        recommendation = self.store.recommendation
        if recommendation is None or not procedure:
            return
        self.ranking.select(procedure)
        self.detail.show_option(recommendation, recommendation.option(procedure))
        self.tabs.show_recommendation(recommendation, procedure)

    def _refresh_commands(self) -> None:
        for command in commands.COMMANDS:
            self._actions[command.id].setEnabled(command.enabled(self))
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        for id, made in (
            ("undo", self.undo_button), ("redo", self.redo_button), ("patient", self.patient_button),
            ("chart", self.chart_button), ("handout", self.handout_button),
        ):  # fmt: skip
            made.setEnabled(commands.command(id).enabled(self))

    def say(self, text: str) -> None:
        """Say something that was done; it goes away by itself."""
        self._tell(text, warn=False)
        self._notice_timer.start(NOTICE_TIME)

    def say_problem(self, text: str) -> None:
        """Say what went wrong and what to do; it stays until it is closed or something else is said."""
        self._notice_timer.stop()
        self._tell(text, warn=True)

    def _tell(self, text: str, *, warn: bool) -> None:
        self.notice_text.setText(text)
        self.notice.setProperty("problem", warn)
        self.notice.show()

    # -- places

    def _lay_out(self) -> None:
        """Three columns, or pages where there is no room for them."""
        if not self._complete:
            return
        narrow = self.width() < NARROW * max(1.0, theme.scale())
        self._narrow = narrow
        self.pages.setVisible(narrow)
        consult = self.store.consult
        if narrow:
            page = self.pages.value
            self.choose.setVisible(page == "choose")
            self.middle.setVisible(page == "middle")
            self.detail.setVisible(page == "detail" and consult is not None)
        else:
            for widget in (self.choose, self.middle):
                widget.show()
            self.detail.setVisible(consult is not None)
        wide = self.width() >= 1180 * theme.scale()
        self.find_button.setVisible(self.width() >= 900 * theme.scale())
        self.find_button.setText(self.tr("Find anything   Ctrl+K") if wide else self.tr("Find"))
        self.find_button.setMinimumWidth(theme.px(190) if wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        if self.store.recommendation is not None:
            QTimer.singleShot(0, self._balance)

    def set_sizes(self) -> None:
        """Give the columns and rows their remembered or first sizes."""
        settings = self.settings.now
        width = self.width() - 4 * theme.GAP
        left = max(theme.px(236), min(theme.px(300), round(width * 0.2)))
        right = max(theme.px(220), min(theme.px(380), round(width * 0.215)))
        columns = list(settings.columns) if len(settings.columns) == 3 else [left, width - left - right, right]
        self.columns.setSizes(columns)
        if not self._complete:
            return
        height = self.height() - theme.px(200)
        rows = list(settings.rows) if len(settings.rows) == 2 else [round(height * 0.6), round(height * 0.4)]
        self.rows.setSizes(rows)

    def _balance(self) -> None:
        """Give the ranking the height of its rows as far as the tabs can spare it, until somebody drags the edge."""
        if (len(self.settings.now.rows) == 2 or self._dragged) and not self._large_tabs:
            return
        total = self.rows.height()
        wanted = self.ranking.header.height() + self.ranking.rows.sizeHint().height() + 4
        tabs = max(theme.px(152), total - wanted)
        if self._large_tabs:
            tabs = total - theme.px(90)
        self.rows.setSizes([max(0, total - tabs), tabs])

    def enlarge_tabs(self) -> None:
        """Give the tabs nearly the whole middle, and back."""
        self._large_tabs = not self._large_tabs
        self._dragged = False
        self._balance()
        self.tabs.show_large(self._large_tabs)

    def _drag(self) -> None:
        self._dragged = True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._first_paint:
            self._first_paint = False
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "menu_button"):
            self._dress()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._complete:
            event.accept()
            return
        self.settings.change(
            window=(self.width(), self.height()),
            maximised=self.isMaximized(),
            columns=tuple(self.columns.sizes()),
            rows=tuple(self.rows.sizes()) if self._dragged else self.settings.now.rows,
        )
        self.store.worker.stop()
        event.accept()

    # -- commands

    def new_consult(self) -> None:
        """Nothing chosen, the caret in the condition field."""
        self.leave_patient_view()
        self.store.start_again()
        self.pages.set_value("choose")
        self._lay_out()
        self.go_condition()

    def go_condition(self) -> None:
        """Put the caret into the condition field."""
        if self._narrow:
            self.pages.set_value("choose")
            self._lay_out()
        self.choose.condition.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_ranking(self) -> None:
        """Put the focus on the row that is looked at."""
        if self._narrow:
            self.pages.set_value("middle")
            self._lay_out()
        self.ranking.rows.focus_selected()

    def show_tab(self, place: int) -> None:
        """Open one of the tabs."""
        if self._narrow:
            self.pages.set_value("middle")
            self._lay_out()
        self.tabs.open(place)

    def _start_with(self, consult: Consult) -> None:
        self.store.set(consult)

    def open_consult(self) -> None:
        """Ask for a consult file and open it."""
        from PySide6.QtWidgets import QFileDialog

        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a consult"), self._folder(), self.tr("Consults (*.cellroute)")
        )
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> bool:
        """Open a consult file; a bad one is said and changes nothing."""
        from core import consult_file

        try:
            consult = consult_file.load(path, self.pack)
        except CellRouteError as error:
            self.say_problem(str(error))
            return False
        self.store.set(msgspec.structs.replace(consult, language=self.words.language))
        self.settings.remember(path)
        return True

    def save_consult(self) -> None:
        """Ask where and save the consult; it holds no identity."""
        from PySide6.QtWidgets import QFileDialog

        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save this consult"), self._folder() + "/consult.cellroute", self.tr("Consults (*.cellroute)")
        )
        if path:
            self.save_file(Path(path))

    def save_file(self, path: Path) -> bool:
        """Save the consult whole or not at all."""
        from core import consult_file

        if self.store.consult is None:
            return False
        if not path.suffix:
            path = path.with_suffix(".cellroute")
        try:
            consult_file.save(path, self.store.consult)
        except CellRouteError as error:
            self.say_problem(str(error))
            return False
        self.settings.remember(path)
        self.say(self.tr("Saved as {name}. It holds nothing that identifies a patient.").format(name=path.name))
        return True

    def _save_picture(self, data: bytes, kind: str) -> None:
        from PySide6.QtWidgets import QFileDialog

        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the picture"), f"{self._folder()}/cellroute.{kind}", f"{kind.upper()} (*.{kind})"
        )
        if not path:
            return
        from core.files import save_bytes

        try:
            save_bytes(Path(path) if Path(path).suffix else Path(path).with_suffix(f".{kind}"), data)
        except CellRouteError as error:
            self.say_problem(str(error))

    def _folder(self) -> str:
        return str(Path(self.settings.now.recent[0]).parent) if self.settings.now.recent else str(Path.home())

    def _remember_clinic(self, has: tuple[str, ...]) -> None:
        self.settings.change(clinic_has=has)
        self.store.defaults = {**self.store.defaults, "has": has}

    def _copy_citation(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.say(self.tr("Citation copied."))

    def copy_for_chart(self) -> None:
        """Put the text for the chart on the clipboard."""
        from core.note import note

        assert self.store.recommendation is not None
        try:
            text = note(self.pack, self.store.recommendation)
        except CellRouteError as error:
            self.say_problem(str(error))
            return
        QGuiApplication.clipboard().setText(text)
        self.say(self.tr("Copied for the chart: %n line(s) of plain text.", "", text.count("\n") + 1))

    def show_handout(self) -> HandoutDialog:
        """Preview of the patient's handout."""
        from ui.panels.handout import HandoutDialog

        assert self.store.recommendation is not None
        dialog = HandoutDialog(self.pack, self.store.recommendation, self.settings, self.store.worker, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def print_handout(self) -> None:
        """Print the handout as it is set up."""
        self.show_handout().print_when_ready()

    def export_handout(self) -> None:
        """Save the handout as PDF."""
        self.show_handout().export_when_ready()

    def toggle_patient_view(self) -> None:
        """The same consult for the patient's eyes, and back."""
        if self._patient_view is not None and self.stack.currentWidget() is self._patient_view:
            self.leave_patient_view()
            return
        from ui.panels.patient_view import PatientView

        if self._patient_view is None:
            self._patient_view = PatientView(self.pack, self.words, self.settings)
            self._patient_view.left.connect(self.leave_patient_view)
            self.stack.addWidget(self._patient_view)
        assert self.store.recommendation is not None
        self._patient_view.show_recommendation(self.store.recommendation)
        self.stack.setCurrentWidget(self._patient_view)
        self._patient_view.setFocus()

    def leave_patient_view(self) -> None:
        """Back to the clinician's view."""
        self.stack.setCurrentWidget(self.main)

    def find_anything(self) -> None:
        """One field for conditions, targets, routes, studies and commands."""
        from ui.panels.finder import Finder

        finder = Finder(self.pack, self.words, self.choose.entries, self)
        finder.chosen.connect(self._found)
        finder.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        finder.open()

    def _found(self, kind: str, id: str) -> None:
        if kind == "command":
            QTimer.singleShot(0, lambda: self.do(id))
        elif kind == "condition":
            self.store.choose_condition(id)
        elif kind == "target":
            consult = self.store.consult
            if consult is None or id not in self.pack.conditions[consult.condition].targets:
                condition = next((c.id for c in self.pack.file.conditions if id in c.targets), None)
                if condition is None:
                    return
                self.store.choose_condition(condition)
            self.store.edit(target=id)
        elif kind == "route":
            recommendation = self.store.recommendation
            option = next((o for o in recommendation.options if o.route == id), None) if recommendation else None
            if option is not None:
                self.store.pick(option.procedure)
                self.go_ranking()
            else:
                self.say(self.tr("That route does not lead to the target that is chosen."))
        elif kind == "study":
            QGuiApplication.clipboard().setText(self.words.citation(id))
            self.say(self.tr("Citation copied: {text}").format(text=self.words.citation(id)))

    def show_shortcuts(self) -> None:
        """The list of keys."""
        from ui.panels.shortcuts import Shortcuts

        dialog = Shortcuts(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_about(self) -> None:
        """Version, date and making of the evidence."""
        from ui.panels.about import About

        dialog = About(self.pack, self.words, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_preferences(self) -> None:
        """How the program looks, and where it is used."""
        from ui.panels.preferences import Preferences

        dialog = Preferences(self.pack, self.words, self.settings, self)
        dialog.changed.connect(self.apply_settings)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def first_start(self) -> None:
        """Ask once where the program is used."""
        from ui.panels.preferences import Preferences

        dialog = Preferences(self.pack, self.words, self.settings, self, first=True)
        dialog.changed.connect(self.apply_settings)
        dialog.finished.connect(lambda _result: self.settings.change(started=True))
        dialog.finished.connect(lambda _result: self.go_condition())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def apply_settings(self) -> None:
        """Take over what the preferences say."""
        settings = self.settings.now
        name = theme.system_theme() if settings.theme == "system" else settings.theme
        theme.apply(name, text_size=settings.text_size, reduced_motion=settings.reduced_motion)
        self._dress()
        self._lay_out()
        self.store.defaults = {**self.store.defaults, "jurisdiction": settings.jurisdiction}
        if self.store.consult is not None and self.store.consult.jurisdiction != settings.jurisdiction:
            self.store.edit(jurisdiction=settings.jurisdiction)
        for widget in self.findChildren(QWidget):
            widget.updateGeometry()
            widget.update()
        if self.settings.problem:
            self.say_problem(self.settings.problem)
            self.settings.problem = ""

    def _follow_system(self) -> None:
        if self.settings.now.theme == "system":
            self.apply_settings()

    def change_text_size(self, by: int) -> None:
        """Larger or smaller letters."""
        self.settings.change(text_size=max(80, min(200, self.settings.now.text_size + by)))
        self.apply_settings()

    def toggle_theme(self) -> None:
        """Light to dark and back."""
        self.settings.change(theme="light" if theme.tokens().name == "dark" else "dark")
        self.apply_settings()

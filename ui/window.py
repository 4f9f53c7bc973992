"""The frame: a bar on top, choices on the left, what follows in the middle, why on the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui import commands, theme
from ui.bar import TopBar
from ui.deeds import Deeds
from ui.drops import Drops
from ui.panels.choose import ChoosePanel
from ui.widgets.basic import Panel, Scroll
from ui.widgets.joined import Segmented
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.panels.start import StartPanel
    from ui.settings import SettingsFile
    from ui.store import Store
    from ui.words import Words

AFTER_RANKING = 5  # ms until reasons and pictures follow the ranking of a consult that the program was opened with
NARROW = 1000  # logical pixels (at 100 % letters) under which the three columns become pages


class Window(Deeds):
    """The main window. `painted` comes once, after the first paint; `renewed` when it was made anew (`ui.renewal`)."""

    painted, renewed = Signal(), Signal()

    def __init__(
        self, pack: Pack, store: Store, words: Words, settings: SettingsFile, *, complete: bool = True
    ) -> None:
        """With `complete` off only the frame and the condition are made; `complete()` makes the rest."""
        super().__init__()
        self.settings = settings
        self._first_paint = True
        self.hasten = self.follows = False
        self._actions: dict[str, QAction] = {}
        self.setWindowTitle("CellRoute")
        self.setMinimumSize(640, 480)
        self.build(pack, store, words)
        if complete:
            self.complete()

    def build(self, pack: Pack, store: Store, words: Words) -> None:
        """Make the frame and the condition, at first or in the place of what is there."""
        self.pack, self.store, self.words = pack, store, words
        self._complete = self._narrow = self._dragged = self._large_tabs = False
        self._shown_condition = ""
        self._start: StartPanel | None = None
        self.patient_view: Any = None
        self.notice = Notice(self.tr("Close"))
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.main = QWidget()
        column = QVBoxLayout(self.main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        column.addWidget(self.notice)
        column.addWidget(self._make_columns(), 1)
        self.stack.addWidget(self.main)
        self._refresh_buttons()
        self.choose.condition.setFocus(Qt.FocusReason.OtherFocusReason)

    def complete(self) -> None:
        """Make what the first paint does without: commands, ranking, tabs, detail."""
        if self._complete:
            return
        self._complete = True
        from ui.widgets import accessible

        accessible.install()
        theme.load_fonts("Bold")
        QTimer.singleShot(0, self, lambda: self.setWindowIcon(theme.program_icon()))
        if not self._actions:  # once, however often the rest is made anew
            self._watch = theme.ThemeWatch(self, self.follow_system)
            self._drops = Drops(self, self.take_file, ".cellroute", ".pack")
        self._make_commands()
        self.menu_button.setMenu(self._make_menu())
        self.choose.complete()
        self._make_panels()
        self.dress()
        for splitter in (self.columns, self.rows):
            accessible.read_in_order(splitter)
        store = self.store
        store.chosen.connect(self._show_consult)
        store.changed.connect(self._show_recommendation)
        store.previewed.connect(self._show_preview)
        store.picked.connect(self._show_picked)
        store.failed.connect(self.say_problem)
        if not self.hasten:  # then the consult follows at once
            self._show_consult(store.consult)
        self._refresh_commands()
        self.set_sizes()

    # -- building

    def _make_commands(self) -> None:
        from PySide6.QtGui import QKeySequence

        for before in self._actions.values():
            before.deleteLater()
        for command in commands.COMMANDS:
            action = QAction(command.said(), self)
            action.setShortcuts([QKeySequence(one) for one in command.shortcuts])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _on=False, command=command: self.do(command.id))
            self.addAction(action)
            self._actions[command.id] = action

    def do(self, id: str) -> None:
        """Run a command by its id, if it makes sense now."""
        commands.command(id).do(self)

    def _make_bar(self) -> TopBar:
        self.bar = TopBar(self.do)
        self.undo_button, self.redo_button = self.bar.undo, self.bar.redo
        self.new_button, self.find_button = self.bar.new, self.bar.find
        self.patient_button, self.chart_button = self.bar.patient, self.bar.chart
        self.handout_button, self.menu_button = self.bar.handout, self.bar.menu
        return self.bar

    def _make_menu(self) -> QMenu:
        menu = QMenu(self.menu_button)
        under = {"go": self.tr("Go to"), "look": self.tr("Look")}  # all at once would be higher than a small screen
        for group in commands.GROUPS:
            if group != commands.GROUPS[0]:
                menu.addSeparator()
            place = menu.addMenu(under[group]) if group in under else menu
            place.addActions([self._actions[one.id] for one in commands.COMMANDS if one.group == group])
        self.recent_menu = QMenu(self.tr("Recent consults"), menu)
        menu.insertMenu(self._actions["save"], self.recent_menu)
        menu.aboutToShow.connect(self._refresh_commands)
        menu.aboutToShow.connect(lambda: self.fill_recent(self.recent_menu))
        return menu

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
        self.pages.chosen.connect(lambda _id: self.lay_out())
        self.pages.hide()
        column.addWidget(self.pages)
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setHandleWidth(theme.GAP)
        self.columns.setChildrenCollapsible(False)
        self.choose = ChoosePanel(self.pack, self.store, self.words)
        self.choose.clinic_changed.connect(self.remember_clinic)
        self.middle = Panel()
        for widget in (self.choose, self.middle):
            self.columns.addWidget(widget)
        self.columns.setStretchFactor(0, 0)
        self.columns.setStretchFactor(1, 1)
        column.addWidget(self.columns, 1)
        return holder

    def _make_panels(self) -> None:
        from ui.panels.detail import DetailPanel
        from ui.panels.ranking import Headline, RankingPanel
        from ui.panels.tabs import Tabs

        self.detail = DetailPanel(self.pack, self.words)
        self.detail.copied.connect(self.copy_citation)
        self.headline = Headline(self.pack)
        self.ranking = RankingPanel(self.words)
        self.ranking.picked.connect(self.store.pick)
        self.ranking.saved.connect(self.save_picture)
        self.tabs = Tabs(self.pack, self.store, self.words)
        self.tabs.picture_saved.connect(self.save_picture)
        self.tabs.enlarged.connect(lambda: self.do("large"))
        self.rows = QSplitter(Qt.Orientation.Vertical)
        self.rows.setHandleWidth(theme.GAP)
        self.rows.setChildrenCollapsible(False)
        self.rows.addWidget(self.ranking)
        self.rows.addWidget(self.tabs)
        self.rows.setStretchFactor(0, 1)
        self.rows.setStretchFactor(1, 1)
        self.rows.splitterMoved.connect(lambda _at, _place: self._drag())
        self.page = Scroll(least=True)  # it scrolls only where large letters leave no room for all
        self.page.column.addWidget(self.headline)
        self.page.column.addWidget(self.rows, 1)
        self.middle.column.addWidget(self.page)
        self.columns.addWidget(self.detail)
        self.columns.setStretchFactor(2, 0)

    @property
    def start(self) -> StartPanel:
        """What stands in the middle while nothing is chosen, made when it is first shown."""
        if self._start is None:
            from ui.panels.start import StartPanel

            self._start = start = StartPanel(self.pack, self.words, self.settings)
            start.chosen.connect(self.start_with)
            start.pointed.connect(lambda region: self.choose.offer_conditions(region, start.map))
            start.opened.connect(lambda path: self.open_file(Path(path)))
            self.page.column.insertWidget(0, start, 1)
        return self._start

    def dress(self) -> None:
        """What depends on the theme beyond the style sheet."""
        self.bar.dress()
        if self._complete:
            self.rows.setMinimumHeight(theme.px(336))
            self.lay_out()

    # -- showing

    def _show_consult(self, consult: Consult | None) -> None:
        held = self.focusWidget()
        if consult is not None and held is not None and self._start is not None and self._start.isAncestorOf(held):
            # What was pressed goes away; left to Qt, the next Space would begin a new consult.
            self.choose.condition.setFocus(Qt.FocusReason.OtherFocusReason)
        if consult is None or self._start is not None:
            self.start.setVisible(consult is None)
        self.headline.setVisible(consult is not None and self.store.recommendation is not None)
        self.rows.setVisible(consult is not None and self.store.recommendation is not None)
        self.detail.setVisible(consult is not None and not self._narrow)
        if consult is None:
            self.detail.show_nothing()
            self.start.refresh()
        self.lay_out()
        self._refresh_commands()

    def _show_recommendation(self, recommendation: Recommendation | None) -> None:
        if recommendation is None:
            self._shown_condition = ""
            self._refresh_commands()
            return
        turned = self._narrow and recommendation.consult.condition != self._shown_condition
        if turned:
            self.go_page("middle")
        self._shown_condition = recommendation.consult.condition
        self.headline.show_recommendation(recommendation)
        self.ranking.show_recommendation(recommendation, self.store.selected)
        self.headline.show()
        self.rows.show()
        QTimer.singleShot(0, self._balance)
        if self.hasten:  # what stands in the middle is on the screen before the rest is begun
            self.hasten, self.follows = False, True
            QTimer.singleShot(AFTER_RANKING, self, self._show_what_follows)
        else:
            self._show_what_follows()
        if turned:
            self.ranking.rows.focus_selected()
        self._refresh_commands()
        if self.patient_view is not None and self.stack.currentWidget() is self.patient_view:
            self.patient_view.show_recommendation(recommendation)

    def _show_what_follows(self) -> None:
        self.follows = False
        if self.store.recommendation is not None:
            self.choose.show_recommendation(self.store.recommendation)
        self._show_picked(self.store.selected)

    def _show_preview(self, recommendation: Recommendation) -> None:
        self.headline.show_recommendation(recommendation)
        self.choose.weights.show_shares(recommendation)
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

    @property
    def narrow(self) -> bool:
        """Whether the columns are pages."""
        return self._narrow

    def go_page(self, page: str) -> None:
        """Show a page where the columns are pages."""
        self.pages.set_value(page)
        self.lay_out()

    # -- places

    def lay_out(self) -> None:
        """Three columns, or pages where there is no room for them."""
        if not self._complete:
            return
        narrow = self.width() < NARROW * max(1.0, theme.scale())
        self._narrow = narrow
        self.pages.setVisible(narrow)
        for panel, least in ((self.choose, 228), (self.middle, 420), (self.detail, 212)):
            panel.setMinimumWidth(0 if narrow else theme.px(least))
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()
        if self.store.recommendation is not None:
            QTimer.singleShot(0, self._balance)

    def set_sizes(self) -> None:
        """Give the columns and rows their remembered or first sizes."""
        settings = self.settings.now
        width = self.width() - 4 * theme.GAP
        left = max(theme.px(228), min(theme.px(300), round(width * 0.2)))
        right = max(theme.px(212), min(theme.px(380), round(width * 0.215)))
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
        total = self.rows.height() - self.rows.handleWidth()
        heads, rows = self.ranking.header.height() + 4, self.ranking.rows
        rows.set_roomy(total - heads - rows.height_of(roomy=True) >= theme.px(340))
        tabs = max(theme.px(168), round(0.3 * total), total - heads - rows.sizeHint().height())
        if self._large_tabs:
            tabs = total - theme.px(94)
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
            self.dress()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._complete:
            event.accept()
            return
        self.remember_sizes()
        self.store.worker.stop()
        event.accept()

    def remember_sizes(self) -> None:
        """Keep the sizes of the window and its parts."""
        self.settings.change(
            window=(self.width(), self.height()),
            maximised=self.isMaximized(),
            columns=tuple(self.columns.sizes()),
            rows=tuple(self.rows.sizes()) if self._dragged else self.settings.now.rows,
        )

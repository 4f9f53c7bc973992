"""What keeps a consult when the program fails: its journal, and a window that says what happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from core import journal
from core.errors import CellRouteError, SaveError
from core.files import remove_leftovers
from ui import theme
from ui.widgets.basic import button, label
from ui.worker import Worker

if TYPE_CHECKING:
    from core.consult import Consult
    from ui.window import Window

LATER = 75_000  # ms after the start; by then what a save left a moment before it can be told from one under way


def watch(window: Window, data: Path) -> Safety:
    """Begin to keep the consult of a window, to log, and to show what nobody caught."""
    from core import crash  # late: none of it is needed before the first paint

    safety = Safety(window, data)
    crash.forbid_memory_dump()
    crash.start_log(data)
    crash.watch(safety.failed.emit, lambda: window.pack.version)
    return safety


class Safety(QObject):
    """The journal of a window, and its error window. `failed` may be emitted from any thread."""

    failed = Signal(str)

    def __init__(self, window: Window, data: Path) -> None:
        super().__init__(window)
        self._window, self._data = window, data
        self._worker = Worker(self)
        self._journal: journal.Journal | None = None
        self._log_out = False
        self.failed.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._cleaner = Worker(self)  # one of its own that nobody waits for: a home may lie on a slow network
        self.clear_leftovers()
        QTimer.singleShot(LATER, self, self.clear_leftovers)
        try:
            self._journal = journal.begin(data)
        except SaveError as error:
            self._say(error)
            return
        self._follow()
        window.renewed.connect(self._follow)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.commitDataRequest.connect(self.expect_log_out)
        app.aboutToQuit.connect(self.end)

    def clear_leftovers(self) -> None:
        """Remove what a killed save left in folders that are known; where else something was saved is not stored."""
        folders = known_folders(self._data, self._window.settings.path.parent)
        self._cleaner.start(
            "leftovers", lambda: [remove_leftovers(one) for one in folders], lambda _done: None, self._window.store.fail
        )

    def bring_back(self) -> bool:
        """Take up the consult of a window that ended badly, if there is one."""
        left, said = journal.left_behind(self._data, self._window.pack)
        if said:
            self._window.say_problem(said)
        if not left:
            return False
        consult = msgspec.structs.replace(left[0].consult, language=self._window.words.language)
        self._window.store.set(consult)
        try:
            if self._journal is not None:
                self._journal.keep(consult)  # before the other goes, so that one of the two is always there
            journal.forget(left[0])
        except SaveError as error:
            self._say(error)
            return True
        self._window.say(self.tr("The consult that was open when CellRoute ended is back. Ctrl+N begins a new one."))
        return True

    def expect_log_out(self) -> None:
        """The system is about to end the session, because somebody logs out or the battery is empty."""
        self._log_out = True

    def end(self) -> None:
        """The program ends as it should; a consult that the end of the session cut short is kept for the next start."""
        self._worker.stop()
        kept, self._journal = self._journal, None
        if kept is None:
            return
        if self._log_out and self._window.store.consult is not None:
            kept.leave(self._window.store.consult)
        else:
            kept.end()

    def _follow(self) -> None:
        """Listen to the store that the window has now; the journal goes on."""
        self._window.store.chosen.connect(self._keep)

    def _keep(self, consult: Consult | None) -> None:
        kept, self._log_out = self._journal, False  # who goes on choosing has not logged out
        if kept is not None:
            self._worker.start("journal", lambda: kept.keep(consult), lambda _done: None, self._say)

    def _say(self, error: Exception) -> None:
        if not isinstance(error, CellRouteError):
            raise error
        self._window.say_problem(self.tr("The consult is not being kept while you work: {why}").format(why=error))

    def _show(self, report: str) -> None:
        ErrorDialog(report, self._window).open()


def known_folders(data: Path, config: Path) -> list[Path]:
    """The program's own folders, and those that its dialogs begin in."""
    usual = QStandardPaths.StandardLocation
    theirs = (usual.HomeLocation, usual.DocumentsLocation, usual.DesktopLocation, usual.DownloadLocation)
    places = [Path(place) for one in theirs for place in QStandardPaths.standardLocations(one)]
    return list(dict.fromkeys([data, data / "packs", data / journal.FOLDER, config, *places]))


class ErrorDialog(QDialog):
    """Says that something failed and that nothing is lost; shows the report before anybody passes it on."""

    def __init__(self, report: str, parent: Window | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Something went wrong"))
        self._report = report
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        column.addWidget(
            label(self.tr("CellRoute made a mistake. Your consult is kept, and nothing was lost."), "title")
        )
        what = self.tr(
            "You can go on. If it happens again, save this report and send it to whoever looks after the program."
        )
        column.addWidget(label(what, "", wrap=True))
        column.addWidget(
            label(self.tr("The report holds where in the program it happened, and nothing that you typed."), "muted")
        )
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Report"))
        column.addWidget(self.text, 1)
        self.said = label("", "muted", wrap=True)
        column.addWidget(self.said)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(button(self.tr("Save report…"), "", self._save))
        line.addWidget(button(self.tr("Go on"), "primary", self.accept))
        column.addLayout(line)
        self.resize(theme.px(640), theme.px(420))

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the report"), str(Path.home() / "cellroute-report.txt"), self.tr("Text (*.txt)")
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Save the report."""
        from core.files import save_text

        try:
            save_text(path, self._report)
        except CellRouteError as error:
            self.said.setText(str(error))
            return
        self.said.setText(self.tr("Saved as {name}.").format(name=path.name))

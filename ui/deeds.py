"""What the window can be told to do: the commands behind menus, buttons and keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

from core import clock
from core.errors import CellRouteError
from core.files import named, save_bytes
from ui import theme

if TYPE_CHECKING:
    from datetime import date

    from core.consult import Consult
    from core.pack.pack import Pack
    from ui.panels.choose import ChoosePanel
    from ui.panels.handout import HandoutDialog
    from ui.panels.packs import EvidenceDialog
    from ui.panels.preferences import Preferences
    from ui.settings import SettingsFile
    from ui.store import Store
    from ui.widgets.notice import Notice
    from ui.words import Words
    from ui.worker import Worker


class Deeds(QMainWindow):
    """The half of the window that acts; `ui.window.Window` is the half that shows."""

    pack: Pack
    store: Store
    words: Words
    settings: SettingsFile
    choose: ChoosePanel
    notice: Notice
    stack: Any
    main: QWidget
    tabs: Any
    ranking: Any
    patient_view: Any
    narrow: bool
    #: The folder of evidence and keys; null where nothing may be kept.
    data: Path | None = None
    evidence_worker: Worker | None = None

    def do(self, id: str) -> None:
        """Run a command by its id, if it makes sense now."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Put columns or pages in their places."""
        raise NotImplementedError

    def go_page(self, page: str) -> None:
        """Show a page where the columns are pages."""
        raise NotImplementedError

    def dress(self) -> None:
        """Take over what depends on the theme beyond the style sheet."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Say something that was done; it goes away by itself."""
        self.notice.say(text)

    def say_problem(self, what: str | CellRouteError) -> None:
        """Say what went wrong and what to do; it stays until it is closed or something else is said."""
        from ui.problems import problem  # late: the first paint needs none of it

        self.notice.say_problem(what if isinstance(what, str) else problem(what))

    def new_consult(self) -> None:
        """Nothing chosen, the caret in the condition field."""
        self.leave_patient_view()
        self.store.start_again()
        self.go_page("choose")
        self.go_condition()

    def go_condition(self) -> None:
        """Put the caret into the condition field."""
        if self.narrow:
            self.go_page("choose")
        self.choose.condition.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_ranking(self) -> None:
        """Put the focus on the row that is looked at."""
        if self.narrow:
            self.go_page("middle")
        self.ranking.rows.focus_selected()

    def show_tab(self, place: int) -> None:
        """Open one of the tabs."""
        if self.narrow:
            self.go_page("middle")
        self.tabs.go(place)

    def start_with(self, consult: Consult) -> None:
        """Take an example, with the place whose approvals count here."""
        self.store.set(msgspec.structs.replace(consult, jurisdiction=self.store.defaults.get("jurisdiction")))

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
            self.say_problem(error)
            return False
        self.store.set(msgspec.structs.replace(consult, language=self.words.language))
        self.settings.remember(path)
        return True

    def take_file(self, path: Path) -> None:
        """A file that was dropped: a consult is opened, evidence is looked at."""
        if path.suffix.lower() == ".pack":
            self.bring_in_evidence(path)
        else:
            self.open_file(path)

    def fill_recent(self, menu: QMenu) -> None:
        """List the consult files that were opened or saved since the start; none is remembered longer."""
        menu.clear()
        for path in map(Path, self.settings.recent):
            entry = menu.addAction(path.stem.replace("&", "&&"))
            entry.triggered.connect(lambda _on=False, path=path: self.open_file(path))
        menu.setEnabled(not menu.isEmpty())

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
        try:
            path = named(path, ".cellroute")
            consult_file.save(path, self.store.consult)
        except CellRouteError as error:
            self.say_problem(error)
            return False
        self.settings.remember(path)
        self.say(self.tr("Saved as {name}. It holds nothing that identifies a patient.").format(name=path.name))
        return True

    def save_picture(self, data: bytes, kind: str) -> None:
        """Ask where and save a picture."""
        from PySide6.QtWidgets import QFileDialog

        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the picture"), f"{self._folder()}/cellroute.{kind}", f"{kind.upper()} (*.{kind})"
        )
        if not path:
            return
        try:
            save_bytes(named(path, f".{kind}"), data)
        except CellRouteError as error:
            self.say_problem(error)

    def _folder(self) -> str:
        return str(Path(self.settings.recent[0]).parent) if self.settings.recent else str(Path.home())

    def remember_clinic(self, has: tuple[str, ...]) -> None:
        """Keep what the clinic has for the next consults."""
        self.settings.change(clinic_has=has)
        self.store.defaults = {**self.store.defaults, "has": has}

    def copy_citation(self, text: str) -> None:
        """Put a citation on the clipboard."""
        QGuiApplication.clipboard().setText(text)
        self.say(self.tr("Citation copied."))

    def copy_for_chart(self) -> None:
        """Put the text for the chart on the clipboard."""
        from core.note import note

        assert self.store.recommendation is not None
        try:
            text = note(self.pack, self.store.recommendation, self.today().isoformat())
        except CellRouteError as error:
            self.say_problem(error)
            return
        QGuiApplication.clipboard().setText(text)
        # Asked for by its place: for a count, `tr` would stop at the window's own class, which has no such text.
        said = QCoreApplication.translate(
            "Deeds", "Copied for the chart: %n line(s) of plain text.", "", text.count("\n") + 1
        )
        self.say(said)

    def show_handout(self) -> HandoutDialog:
        """Preview of the patient's handout."""
        from ui.panels.handout import HandoutDialog

        assert self.store.recommendation is not None
        return _opened(HandoutDialog(self.pack, self.store.recommendation, self.settings, self.store.worker, self))

    def print_handout(self) -> None:
        """Print the handout as it is set up."""
        self.show_handout().print_when_ready()

    def export_handout(self) -> None:
        """Save the handout as PDF."""
        self.show_handout().export_when_ready()

    def toggle_patient_view(self) -> None:
        """The same consult for the patient's eyes, and back."""
        if self.patient_view is not None and self.stack.currentWidget() is self.patient_view:
            self.leave_patient_view()
            return
        from ui.panels.patient_view import PatientView

        if self.patient_view is None:
            self.patient_view = PatientView(self.pack, self.words, self.settings)
            self.patient_view.left.connect(self.leave_patient_view)
            self.stack.addWidget(self.patient_view)
        assert self.store.recommendation is not None
        self.patient_view.show_recommendation(self.store.recommendation)
        self.stack.setCurrentWidget(self.patient_view)
        self.patient_view.setFocus()

    def leave_patient_view(self) -> None:
        """Back to the clinician's view."""
        self.stack.setCurrentWidget(self.main)

    def find_anything(self) -> None:
        """One field for conditions, targets, routes, studies and commands."""
        from ui.panels.finder import Finder

        finder = Finder(self.pack, self.words, self.choose.entries, self)
        finder.chosen.connect(self._found)
        _opened(finder)

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

        _opened(Shortcuts(self))

    def show_about(self) -> None:
        """Version, date and making of the evidence."""
        from ui.panels.about import About

        _opened(About(self.pack, self.words, self.store.worker, self))

    def bring_in_evidence(self, path: Path | None = None) -> EvidenceDialog | None:
        """What evidence is in force, and other evidence from a signed file; with a path that file is looked at."""
        from ui.panels.packs import EvidenceDialog
        from ui.worker import Worker

        if self.data is None:
            return None
        if self.evidence_worker is None:  # one of its own: answers of the consult do not wait behind it
            self.evidence_worker = Worker(self)
        dialog = EvidenceDialog(
            self.pack, self.words, self.store.consult, self.data, self.evidence_worker, self.today, self
        )
        dialog.installed.connect(self.take_evidence)
        _opened(dialog)
        if path is not None:
            dialog.look(path)
        return dialog

    def take_evidence(self) -> None:
        """Use the evidence that is in force on this computer from now on; the consult goes on."""
        from core.pack.read import load_or_fall_back
        from ui.renewal import renew

        pack, problem = load_or_fall_back(self.data)
        renew(self, pack, self.words.language)  # type: ignore[arg-type]
        if problem:
            self.say_problem(problem)

    def today(self) -> date:
        """The day on this computer's clock."""
        return clock.today()

    def show_preferences(self, *, first: bool = False) -> Preferences:
        """How the program looks, and where it is used; at the first start in short."""
        from ui.panels.preferences import Preferences

        dialog = Preferences(self.pack, self.words, self.settings, self, first=first)
        dialog.changed.connect(self.apply_settings)
        dialog.moved.connect(self.take_place)
        # Not while the button that was pressed is still at work: it is made anew with everything else.
        dialog.told_otherwise.connect(lambda: self.tell_otherwise(dialog), Qt.ConnectionType.QueuedConnection)
        return _opened(dialog)

    def first_start(self) -> None:
        """Ask once where the program is used."""
        dialog = self.show_preferences(first=True)
        dialog.finished.connect(lambda _result: self.settings.change(started=True))
        dialog.finished.connect(lambda _result: self.go_condition())

    def tell_otherwise(self, dialog: Preferences) -> None:
        """Say everything anew in the language and the figures of the preferences; the consult goes on."""
        from ui.app import install_language
        from ui.renewal import renew

        language = dialog.language.value or self.words.language
        tab = self.tabs.currentIndex()
        if language != self.words.language:
            install_language(QApplication.instance(), language)  # type: ignore[arg-type]
        renew(self, self.pack, language)  # type: ignore[arg-type]
        self.tabs.setCurrentIndex(tab)
        dialog.tell(self.words)
        self._say_settings_problem()

    def take_place(self, place: str | None) -> None:
        """Let the approvals of another place count, from this consult on (null: of any)."""
        self.store.defaults = {**self.store.defaults, "jurisdiction": place}
        if self.store.consult is not None and self.store.consult.jurisdiction != place:
            self.store.edit(jurisdiction=place)
        self._say_settings_problem()

    def apply_settings(self) -> None:
        """Take over how the program is to look."""
        settings = self.settings.now
        name = theme.system_theme() if settings.theme == "system" else settings.theme
        theme.apply(name, text_size=settings.text_size, reduced_motion=settings.reduced_motion)
        self.dress()
        self.lay_out()
        self._say_settings_problem()

    def _say_settings_problem(self) -> None:
        if self.settings.problem:
            self.say_problem(self.settings.problem)
            self.settings.problem = ""

    def follow_system(self) -> None:
        """Take the system's light or dark where the settings say so."""
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


def _opened(dialog: Any) -> Any:
    """A dialog on the screen, which goes for good when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog

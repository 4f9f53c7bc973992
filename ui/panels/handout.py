"""The handout: a preview of the very file that is saved and printed, and what can be set for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from core.clock import today
from core.errors import CellRouteError
from core.files import named, read_bytes, save_bytes
from ui import sheet, theme
from ui.problems import problem
from ui.widgets.basic import Check, Combo, Panel, Scroll, beside, button, empty, label
from ui.widgets.joined import Segmented
from ui.widgets.picture_field import PictureField
from ui.widgets.progress import Progress
from ui.widgets.unkept import Unkept
from ui.words import OWN_NAMES

if TYPE_CHECKING:
    from core.handout.model import HandoutOptions
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.settings import SettingsFile
    from ui.worker import Worker

SLOW = 400  # ms after which what is not there yet has a line of progress
WAIT = 250  # ms after the last letter before the preview is drawn again


class HandoutDialog(QDialog):
    """What is typed here is printed and forgotten; only the clinic's letterhead, logo and phone are kept."""

    def __init__(
        self,
        pack: Pack,
        recommendation: Recommendation,
        settings: SettingsFile,
        worker: Worker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pack, self._recommendation, self._settings, self._worker = pack, recommendation, settings, worker
        self._pdf: bytes | None = None
        self._then: Callable[[], object] | None = None
        self._printer: Any = None
        self._saving = False
        self._text, self.problem, self._said_after = "", "", ""
        self.setWindowTitle(self.tr("Handout for the patient"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        self._make()
        available = parent.size() if parent is not None else self.size()
        self.resize(min(1120, available.width() - 60), max(520, available.height() - 60))
        self.refresh()

    @property
    def pdf(self) -> bytes | None:
        """The file as it is shown; null while it is made."""
        return self._pdf

    def _make(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        line.setSpacing(theme.GAP)
        side = Panel()
        side.setFixedWidth(theme.px(312))
        self._form = Scroll()
        self._form.column.setContentsMargins(0, 0, theme.INNER - 2, 0)  # beside the scroll bar, not under it
        side.column.addWidget(self._form, 1)
        self._make_sheet()
        self._make_printed()
        self._make_kept()
        self._form.column.addStretch(1)
        self.said = label("", "muted", wrap=True)
        side.column.addWidget(self.said)
        self.progress = Progress(self.tr("Cancel"))
        self.progress.said.hide()  # what is going on is said above it
        self.progress.cancelled.connect(self._stop)
        self.again_button = button(self.tr("Make it anew"), "", self.refresh)
        side.column.addWidget(self.progress)
        side.column.addWidget(self.again_button)  # shown where it was stopped
        self.print_button = button(self.tr("Print…"), "primary", self.print_pages, "Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.save_button = button(self.tr("Save as PDF…"), "", self.export, "Ctrl+S")
        self.save_button.setShortcut("Ctrl+S")
        self.copy_button = button(self.tr("Copy as text"), "", self.copy_text)
        self.copy_button.setToolTip(self.tr("The whole handout without its pictures, to paste into a patient portal"))
        self.close_button = button(self.tr("Close"), "", self.reject)
        side.column.addLayout(beside(self.print_button, self.save_button))
        side.column.addLayout(beside(self.copy_button, self.close_button))
        line.addWidget(side)
        self.pages = Scroll()
        self.pages.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages.setAccessibleName(self.tr("Preview"))
        line.addWidget(self.pages, 1)

    def _make_sheet(self) -> None:
        """How the sheet is wanted, and which ways stand on it."""
        self.languages = Segmented(self.tr("Language"))
        self.languages.set_options([(one, *2 * (OWN_NAMES.get(one, one),)) for one in self._pack.languages()])
        self.languages.set_value(self._recommendation.consult.language)
        self.paper = Segmented(self.tr("Paper"))
        self.paper.set_options([("a4", "A4", "A4"), ("letter", self.tr("Letter"), self.tr("Letter"))])
        self.paper.set_value(self._settings.now.paper)
        self.letters = Segmented(self.tr("Letter size"))
        self.letters.set_options([
            ("normal", self.tr("Normal"), self.tr("Normal")), ("large", self.tr("Large"), self.tr("Large")),
        ])  # fmt: skip
        self.letters.set_value("normal")
        self.long_form = Check(self.tr("Long form, with every source"))
        self.picked, self.more = Combo(self.tr("Way shown")), Combo(self.tr("One more way"))
        self._fill_ways()
        for title, widget in (
            (self.tr("Language"), self.languages),
            (self.tr("Paper"), self.paper),
            (self.tr("Letter size"), self.letters),
            ("", self.long_form),
            (self.tr("Way shown, beside no treatment"), self.picked),
            (self.tr("One more way"), self.more),
        ):
            self._add(title, widget)
        for segmented in (self.languages, self.paper, self.letters):
            segmented.chosen.connect(lambda _id: self.refresh())
        self.long_form.toggled.connect(lambda _on: self.refresh())
        for combo in (self.picked, self.more):
            combo.currentIndexChanged.connect(lambda _index: self.refresh())

    def _fill_ways(self) -> None:
        """The ways that may stand on a handout; the asked one always does."""
        from core.handout.choice import shown_options

        found = self._recommendation
        proposed = [option for option in shown_options(found) if not option.asked]
        name = proposed[0].name if proposed else self.tr("none")
        self.picked.addItem(self.tr("Proposed: {name}").format(name=name), "")
        self.more.addItem(self.tr("None"), "")
        for option in found.options:
            if option.asked or option.status == "not_tried_in_people":
                continue
            for combo in (self.picked, self.more):
                combo.addItem(option.name, option.procedure)
                combo.setItemData(combo.count() - 1, option.name, Qt.ItemDataRole.ToolTipRole)

    def _make_printed(self) -> None:
        """What is printed and forgotten."""
        self.patient, self.clinician = QLineEdit(), QLineEdit()
        self.questions, self.note = QPlainTextEdit(), QPlainTextEdit()
        self._add(self.tr("For (printed, not kept)"), self.patient)
        self._add(self.tr("Clinician (printed, not kept)"), self.clinician)
        self._add(self.tr("Your questions, one a line"), self.questions)
        self._add(self.tr("Note (printed, not kept)"), self.note)
        self._unkept = Unkept(self.patient, self.clinician, self.questions, self.note)
        self._watch([self.patient, self.clinician], [self.questions, self.note])

    def _make_kept(self) -> None:
        """What belongs to the clinic and is there again the next time."""
        self.letterhead = QPlainTextEdit(self._settings.now.letterhead)
        self.logo = PictureField(self.tr("Logo"))
        self._logo = self._settings.logo()
        self.logo.show_picture(self._logo)
        self.contact = QLineEdit(self._settings.now.contact)
        self.contact.setPlaceholderText(self._pack.own_contact(self._recommendation.consult.language))
        self._add(self.tr("Letterhead (kept for this clinic)"), self.letterhead)
        self._add(self.tr("Logo (kept for this clinic)"), self.logo)
        self._add(self.tr("Phone for harm (kept for this clinic)"), self.contact)
        self.logo.wanted.connect(self.choose_logo)
        self.logo.removed.connect(lambda: self.set_logo(None))
        self._watch([self.contact], [self.letterhead])

    def _add(self, title: str, widget: QWidget) -> None:
        if title:
            heading = label(title, "heading")
            heading.setBuddy(widget)
            self._form.column.addWidget(heading)
            widget.setAccessibleName(title)
        self._form.column.addWidget(widget)

    def _watch(self, lines: Sequence[QLineEdit], boxes: Sequence[QPlainTextEdit]) -> None:
        for field in lines:  # also what a screen reader or dictation puts there
            field.textChanged.connect(lambda _text: self._timer.start(WAIT))
        for box in boxes:
            box.document().setDocumentMargin(1)
            box.setStyleSheet(f"min-height: {3 * box.fontMetrics().lineSpacing() + 4}px;")  # three lines
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            box.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            box.setTabChangesFocus(True)
            box.textChanged.connect(lambda: self._timer.start(WAIT))

    # -- the logo

    def choose_logo(self) -> None:
        """Ask for a picture."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose the logo"), str(Path.home()), self.tr("Pictures (*.png *.jpg *.jpeg)")
        )
        if path:
            self.take_logo(Path(path))

    def take_logo(self, path: Path) -> bool:
        """Read a picture and keep a copy of nothing but its dots; a bad one is said and changes nothing."""
        from core.handout.clean import clean_logo

        try:
            logo, _wide, _high = clean_logo(read_bytes(path))
        except CellRouteError as error:
            self.said.setText(problem(error))
            return False
        return self.set_logo(logo)

    def set_logo(self, logo: bytes | None) -> bool:
        """Print this logo from now on, or none."""
        self._logo = logo
        self.logo.show_picture(logo)
        self.refresh()
        try:
            self._settings.keep_logo(logo)
        except CellRouteError as error:
            self._said_after = problem(error)
            return False
        return True

    # -- making it

    def wishes(self) -> HandoutOptions:
        """What is chosen and typed."""
        from core.handout.model import HandoutOptions

        return HandoutOptions(
            language=self.languages.value or "en",
            paper=self.paper.value or "a4",  # type: ignore[arg-type]
            size=self.letters.value or "normal",  # type: ignore[arg-type]
            long_form=self.long_form.isChecked(),
            letterhead=self.letterhead.toPlainText(),
            patient=self.patient.text(),
            clinician=self.clinician.text(),
            note=self.note.toPlainText(),
            logo=self._logo,
            contact=self.contact.text(),
            picked=self._picked(),
            questions=tuple(line for line in self.questions.toPlainText().splitlines() if line.strip()),
            date=today().isoformat(),
        )

    def refresh(self) -> None:
        """Make the file anew and show it; the newest wish wins."""
        options = self.wishes()
        self._pdf, self.problem = None, ""
        for made in (self.print_button, self.save_button, self.copy_button):
            made.setEnabled(False)
        self.said.setText(self.tr("Making the handout…"))
        self.again_button.hide()
        self.progress.begin(self.said.text(), after=SLOW)
        scale = self._scale()
        self._worker.start_long(
            "handout",
            lambda step: sheet.make(self._pack, self._recommendation, options, scale, step),
            self._receive,
            self._fail,
            self.progress.step,
        )

    def _stop(self) -> None:
        """Somebody does not want to wait for it."""
        self._worker.cancel("handout")
        self._then, self._saving = None, False
        self.said.setText(self.tr("Stopped. There is no handout to print or save."))
        self.again_button.show()
        self.again_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self) -> tuple[str, ...]:
        """The ways that were chosen; nothing where the proposal stands alone."""
        first, more = self.picked.currentData(), self.more.currentData()
        if not more:
            return (first,) if first else ()
        from core.handout.choice import shown_options

        proposed = [option.procedure for option in shown_options(self._recommendation) if not option.asked]
        return tuple(dict.fromkeys([first] if first else proposed)) + ((more,) if more != first else ())

    def _scale(self) -> float:
        return max(0.5, min(2.5, (self.width() - theme.px(372)) / 595.0)) * self.devicePixelRatioF()

    def _receive(self, result: object) -> None:
        assert isinstance(result, tuple)
        self._pdf, pages, self._text, grade = result
        self.progress.end()
        self.problem = ""
        empty(self.pages.column)
        for number, (width, height, data) in enumerate(pages, 1):
            image = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888)
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            shown = QLabel()
            shown.setPixmap(pixmap)
            shown.setAccessibleName(self.tr("Side {number} of {all}").format(number=number, all=len(pages)))
            self.pages.column.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        self.pages.column.addStretch(1)
        for made in (self.print_button, self.save_button, self.copy_button):
            made.setEnabled(True)
        said = {
            "en": self.tr("Reading level: grade {grade}"),
            "es": self.tr("Reading level: {grade} of 100; higher is easier"),
        }[self.wishes().language]
        self.said.setText(self._said_after or said.format(grade=grade))
        self._said_after = ""
        self._settings.change(letterhead=self.letterhead.toPlainText()[:400], contact=self.contact.text()[:120])
        if self._then is not None:
            then, self._then = self._then, None
            then()

    def _fail(self, error: Exception) -> None:
        self._then, self._saving = None, False
        self.progress.end()
        if not isinstance(error, CellRouteError):
            raise error
        self.problem = problem(error)
        self.said.setText(self.problem)
        empty(self.pages.column)

    def _made(self, then: Callable[[], object]) -> bool:
        """Whether the file holds all that is typed; where the last letters are still to be drawn, `then` follows."""
        if self._pdf is not None and not self._timer.isActive():
            return True
        self._then = then
        if self._timer.isActive():
            self._timer.stop()
            self.refresh()
        return False

    def done(self, result: int) -> None:
        if self._saving and self._then is not None:  # the place is chosen and the last letters are being drawn
            save = self._then
            self._then = lambda: save() and self.done(result)
            return
        self._worker.cancel("handout")
        super().done(result)

    # -- giving it

    def print_when_ready(self) -> None:
        """Print as soon as the file is made."""
        self._then = self.print_pages

    def export_when_ready(self) -> None:
        """Ask where to save as soon as the file is made."""
        self._then = self.export

    def export(self) -> None:
        """Ask where and save the file."""
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the handout"), str(Path.home() / "handout.pdf"), self.tr("PDF (*.pdf)")
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> bool:
        """Save the file whole or not at all."""
        if not self._made(lambda: self.save_to(path)):
            self._saving = True
            return False
        self._saving = False
        assert self._pdf is not None
        try:
            path = named(path, ".pdf")
            save_bytes(path, self._pdf)
        except CellRouteError as error:
            self.said.setText(problem(error))
            return False
        self.said.setText(self.tr("Saved as {name}.").format(name=path.name))
        return True

    def copy_text(self) -> None:
        """Put the handout on the clipboard as plain text."""
        if self._made(self.copy_text):
            sheet.copy(self._text)
            self.said.setText(self.tr("Copied as text, with all that is typed here."))

    def print_pages(self) -> None:
        """Ask for a printer and print the file's pages."""
        if not self._made(self.print_pages):
            return
        assert self._pdf is not None
        self._printer = sheet.ask_for_printer(self, self._pdf, self.print_on)  # kept: the dialog does not own it

    def print_on(self, printer: Any) -> None:
        """Put the file's pages on a printer, each on a page of its own."""
        if not self._made(lambda: self.print_on(printer)):
            return
        assert self._pdf is not None
        if sheet.print_pages(self._pdf, printer, letter=self.paper.value == "letter"):
            self.said.setText(self.tr("Sent to the printer."))
        else:
            self.said.setText(self.tr("The printer could not be reached. Save the handout as PDF instead."))

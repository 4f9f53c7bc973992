"""The handout: a preview of the very file that is saved and printed, and what can be set for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from core.errors import CellRouteError
from core.files import save_bytes
from ui import theme
from ui.widgets.basic import Check, Panel, Scroll, button, empty, label
from ui.widgets.chips import Segmented

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.settings import SettingsFile
    from ui.worker import Worker

PRINT_SCALE = 300 / 72
WAIT = 250  # ms after the last letter before the preview is drawn again


class HandoutDialog(QDialog):
    """What is typed here is printed and forgotten; only the letterhead is kept."""

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
        self.problem = ""
        self.setWindowTitle(self.tr("Handout for the patient"))
        self._make()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        available = parent.size() if parent is not None else self.size()
        self.resize(min(1020, available.width() - 60), max(520, available.height() - 60))
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
        side.setFixedWidth(theme.px(290))
        column = Scroll()
        side.column.addWidget(column, 1)
        self.languages = Segmented(self.tr("Language"))
        names = {"en": "English", "es": "Español"}
        self.languages.set_options([(one, names.get(one, one), names.get(one, one)) for one in self._pack.languages()])
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
        self.patient = QLineEdit()
        self.clinician = QLineEdit()
        self.letterhead = QPlainTextEdit(self._settings.now.letterhead)
        self.questions = QPlainTextEdit()
        self.note = QPlainTextEdit()
        for box in (self.letterhead, self.questions, self.note):
            box.setFixedHeight(theme.px(58))
            box.setTabChangesFocus(True)
        for title, widget in (
            (self.tr("Language"), self.languages),
            (self.tr("Paper"), self.paper),
            (self.tr("Letter size"), self.letters),
            ("", self.long_form),
            (self.tr("For (printed, not kept)"), self.patient),
            (self.tr("Clinician"), self.clinician),
            (self.tr("Letterhead (kept)"), self.letterhead),
            (self.tr("Your questions, one a line"), self.questions),
            (self.tr("Note"), self.note),
        ):
            if title:
                heading = label(title, "heading")
                heading.setBuddy(widget)
                column.column.addWidget(heading)
                widget.setAccessibleName(title)
            column.column.addWidget(widget)
        column.column.addStretch(1)
        self.said = label("", "muted", wrap=True)
        side.column.addWidget(self.said)
        self.print_button = button(self.tr("Print…"), "primary", self.print_pages, "Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.save_button = button(self.tr("Save as PDF…"), "", self.export, "Ctrl+S")
        self.save_button.setShortcut("Ctrl+S")
        self.close_button = button(self.tr("Close"), "", self.reject)
        for made in (self.print_button, self.save_button, self.close_button):
            side.column.addWidget(made)
        line.addWidget(side)
        self.pages = Scroll()
        self.pages.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages.setAccessibleName(self.tr("Preview"))
        line.addWidget(self.pages, 1)
        for segmented in (self.languages, self.paper, self.letters):
            segmented.chosen.connect(lambda _id: self.refresh())
        self.long_form.toggled.connect(lambda _on: self.refresh())
        for field in (self.patient, self.clinician):
            field.textEdited.connect(lambda _text: self._timer.start(WAIT))
        for box in (self.letterhead, self.questions, self.note):
            box.textChanged.connect(lambda: self._timer.start(WAIT))

    # -- making it

    def refresh(self) -> None:
        """Make the file anew and show it; the newest wish wins."""
        from core.handout.model import HandoutOptions

        options = HandoutOptions(
            language=self.languages.value or "en",
            paper=self.paper.value or "a4",  # type: ignore[arg-type]
            size=self.letters.value or "normal",  # type: ignore[arg-type]
            long_form=self.long_form.isChecked(),
            letterhead=self.letterhead.toPlainText(),
            patient=self.patient.text(),
            clinician=self.clinician.text(),
            note=self.note.toPlainText(),
            questions=tuple(line for line in self.questions.toPlainText().splitlines() if line.strip()),
            date=datetime.now().astimezone().date().isoformat(),
        )
        self._pdf = None
        for made in (self.print_button, self.save_button):
            made.setEnabled(False)
        self.said.setText(self.tr("Making the handout…"))
        scale = self._scale()
        self._worker.start(
            "handout", lambda: make(self._pack, self._recommendation, options, scale), self._receive, self._fail
        )

    def _scale(self) -> float:
        return max(1.0, min(2.5, (self.width() - theme.px(350)) / 595.0)) * self.devicePixelRatioF()

    def _receive(self, result: object) -> None:
        assert isinstance(result, tuple)
        self._pdf, pages, said = result
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
        for made in (self.print_button, self.save_button):
            made.setEnabled(True)
        self.said.setText(said)
        if self.letterhead.toPlainText() != self._settings.now.letterhead:
            self._settings.change(letterhead=self.letterhead.toPlainText()[:400])
        if self._then is not None:
            then, self._then = self._then, None
            then()

    def _fail(self, error: Exception) -> None:
        self._then = None
        if not isinstance(error, CellRouteError):
            raise error
        self.problem = str(error)
        self.said.setText(str(error))
        empty(self.pages.column)

    def done(self, result: int) -> None:
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
        if path.suffix.lower() != ".pdf":
            path = path.with_name(path.name + ".pdf")
        if self._pdf is None:  # the last letters are still being drawn
            self._then = lambda: self.save_to(path)
            return False
        try:
            save_bytes(path, self._pdf)
        except CellRouteError as error:
            self.said.setText(str(error))
            return False
        self.said.setText(self.tr("Saved as {name}.").format(name=path.name))
        return True

    def print_pages(self) -> None:
        """Ask for a printer and print the file's pages."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if self._pdf is None:
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)  # kept: the dialog does not own it
        self._printer.setDocName("CellRoute")
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(self._printer))
        dialog.setModal(True)
        dialog.show()

    def print_on(self, printer: Any) -> None:
        """Put the file's pages on a printer, each on a page of its own."""
        from core.handout.preview import pages

        assert self._pdf is not None
        from PySide6.QtGui import QPageLayout, QPageSize

        size = QPageSize.PageSizeId.A4 if self.paper.value == "a4" else QPageSize.PageSizeId.Letter
        printer.setPageSize(QPageSize(size))
        printer.setFullPage(True)
        printer.setPageOrientation(QPageLayout.Orientation.Portrait)
        painter = QPainter()
        if not painter.begin(printer):
            self.said.setText(self.tr("The printer could not be reached. Save the handout as PDF instead."))
            return
        for number, (width, height, data) in enumerate(pages(self._pdf, PRINT_SCALE)):
            if number:
                printer.newPage()
            image = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888)
            page = printer.pageLayout().fullRectPixels(printer.resolution())
            painter.drawImage(QRectF(0, 0, page.width(), page.height()), image, QRectF(image.rect()))
        painter.end()
        self.said.setText(self.tr("Sent to the printer."))


def make(pack: Pack, recommendation: Recommendation, options: Any, scale: float) -> tuple[bytes, list[Any], str]:
    """The file, its pages as pictures, and its reading level; runs in the worker."""
    from core.handout.content import handout
    from core.handout.draw import render
    from core.handout.preview import pages
    from core.recommend import recommend

    if options.language != recommendation.consult.language:
        recommendation = recommend(pack, msgspec.structs.replace(recommendation.consult, language=options.language))
    made = handout(pack, recommendation, options)
    pdf = render(made)
    return pdf, pages(pdf, scale), made.grade

"""The sheet for a patient: made as a file with its pages as pictures, and put on a printer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.worker import Step

PRINT_SCALE = 300 / 72


PARTS = 4  # what a handout is made in: recalculating, wording, drawing, preview


def make(
    pack: Pack, recommendation: Recommendation, options: Any, scale: float, step: Step
) -> tuple[bytes, list[Any], str]:
    """The file, its pages as pictures, and its reading level; runs in the worker, and tells it each part begun."""
    from core.handout.content import handout
    from core.handout.draw import render
    from core.handout.level import grade_of
    from core.handout.preview import pages
    from core.recommend import recommend

    step(0, PARTS)
    if options.language != recommendation.consult.language:
        recommendation = recommend(pack, msgspec.structs.replace(recommendation.consult, language=options.language))
    step(1, PARTS)
    made = handout(pack, recommendation, options)
    step(2, PARTS)
    pdf = render(made)
    step(3, PARTS)
    return pdf, pages(pdf, scale), grade_of(made)


def ask_for_printer(parent: QWidget, then: Callable[[Any], object]) -> Any:
    """Ask for a printer and give it to `then`; the caller keeps what comes back until the dialog has closed."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("CellRoute")
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: then(printer))
    dialog.setModal(True)
    dialog.show()
    return printer


def print_pages(pdf: bytes, printer: Any, *, letter: bool) -> bool:
    """Put each page of a file on a page of a printer; false where the printer cannot be reached."""
    from core.handout.preview import pages

    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number, (width, height, data) in enumerate(pages(pdf, PRINT_SCALE)):
        if number:
            printer.newPage()
        image = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888)
        page = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRectF(0, 0, page.width(), page.height()), image, QRectF(image.rect()))
    painter.end()
    return True

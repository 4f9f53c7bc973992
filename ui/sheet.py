"""The sheet for a patient: made as a file with its pages as pictures and as plain text, and put on a printer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Recommendation
    from ui.worker import Step

PRINT_SCALE = 300 / 72


#: What Klipper and the history of Windows heed.
UNKEPT = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': bytes(4),
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
}
PARTS = 4  # what a handout is made in: recalculating, wording, drawing, preview


def make(
    pack: Pack, recommendation: Recommendation, options: Any, scale: float, step: Step
) -> tuple[bytes, list[Any], str, str]:
    """The file, its pages as pictures, its plain text, and its reading level; runs in the worker, and tells it each
    part begun.
    """
    from core.handout.content import handout
    from core.handout.draw import render
    from core.handout.level import grade_of
    from core.handout.plain import plain_text
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
    return pdf, pages(pdf, scale), plain_text(made), grade_of(made)


def copy(text: str) -> None:
    """Put a text that may name a patient on the clipboard, with the signs that tell its managers to forget it."""
    data = QMimeData()
    data.setText(text)
    for sign, value in UNKEPT.items():
        data.setData(sign, value)
    QGuiApplication.clipboard().setMimeData(data)


def ask_for_printer(parent: QWidget, pdf: bytes, then: Callable[[Any], object]) -> Any:
    """Ask for a printer, which pages of a file, and whether on both faces of the paper, and give it to `then`.

    The caller keeps what comes back until the dialog has closed.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from core.handout.preview import page_count

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("CellRoute")
    sides = page_count(pdf)
    if sides > 1:
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)  # one sheet of two sides, where the printer can
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, sides)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: then(printer))
    dialog.setModal(True)
    dialog.show()
    return printer


def print_pages(pdf: bytes, printer: Any, *, letter: bool) -> bool:
    """Put the pages that were asked for on a page of a printer each; false where the printer cannot be reached."""
    from core.handout.preview import pages

    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    from_page, to_page = printer.fromPage() or 1, printer.toPage() or None  # 0: all of them
    for number, (width, height, data) in enumerate(pages(pdf, PRINT_SCALE)[from_page - 1 : to_page]):
        if number:
            printer.newPage()
        image = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888)
        page = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(QRectF(0, 0, page.width(), page.height()), image, QRectF(image.rect()))
    painter.end()
    return True

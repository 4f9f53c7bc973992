"""The handout's dialog shows, saves and prints one and the same file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.ui.hands import begin, settle

if TYPE_CHECKING:
    from ui.panels.handout import HandoutDialog
    from ui.window import Window


def opened(window: Window, qtbot) -> HandoutDialog:
    begin(window, qtbot)
    window.store.edit(asked="iv")
    settle(window, qtbot)
    dialog = window.show_handout()
    qtbot.waitUntil(lambda: dialog.pdf is not None or bool(dialog.problem), timeout=20_000)
    assert dialog.problem == ""
    return dialog


def test_the_preview_shows_every_side_of_the_file(window: Window, qtbot, tmp_path: Path) -> None:
    from core.handout.preview import page_count

    dialog = opened(window, qtbot)
    sides = [one for one in dialog.pages.findChildren(QLabel) if not one.pixmap().isNull()]
    assert len(sides) == page_count(dialog.pdf) >= 1
    assert dialog.save_to(tmp_path / "handout")
    assert (tmp_path / "handout.pdf").read_bytes() == dialog.pdf
    dialog.reject()


def test_what_is_typed_is_printed_and_forgotten_but_the_letterhead(window: Window, qtbot) -> None:
    import pypdfium2

    dialog = opened(window, qtbot)
    before = dialog.pdf
    QTest.keyClicks(dialog.patient, "J. <b>Doe</b>")
    dialog.letterhead.setPlainText("Riverside Clinic")
    qtbot.waitUntil(lambda: dialog.pdf is not None and dialog.pdf != before, timeout=20_000)
    settle(window, qtbot)
    document = pypdfium2.PdfDocument(dialog.pdf)
    page = document[0]
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    text_page.close()
    page.close()
    document.close()
    assert "J. <b>Doe</b>" in text
    assert "Riverside Clinic" in text
    dialog.reject()
    kept = window.settings.path.read_text()
    assert "Riverside Clinic" in kept
    assert "Doe" not in kept


def test_it_prints_as_many_sides_as_it_shows(window: Window, qtbot, tmp_path: Path) -> None:
    from core.handout.preview import page_count

    dialog = opened(window, qtbot)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.print_on(printer)
    assert page_count((tmp_path / "printed.pdf").read_bytes()) == page_count(dialog.pdf)
    dialog.reject()


def test_a_place_that_cannot_be_written_is_said(window: Window, qtbot, tmp_path: Path) -> None:
    dialog = opened(window, qtbot)
    assert not dialog.save_to(tmp_path / "no such folder" / "x.pdf")
    assert "x.pdf" in dialog.said.text()
    dialog.reject()


def test_the_spanish_handout_is_made_too(window: Window, qtbot) -> None:
    dialog = opened(window, qtbot)
    before = dialog.pdf
    dialog.languages.set_value("es")
    dialog.languages.chosen.emit("es")
    qtbot.waitUntil(lambda: (dialog.pdf is not None and dialog.pdf != before) or bool(dialog.problem), timeout=20_000)
    assert dialog.problem == ""
    dialog.reject()

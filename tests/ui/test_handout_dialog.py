"""The handout's dialog shows, saves and prints one and the same file."""

from __future__ import annotations

import ast
import errno
import re
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests import ROOT
from tests.core.handout.looking import text_of
from tests.ui.hands import begin, settle

if TYPE_CHECKING:
    from ui.panels.handout import HandoutDialog
    from ui.window import Window


def opened(window: Window, qtbot) -> HandoutDialog:
    begin(window, qtbot)
    window.store.edit(asked="iv")
    settle(window, qtbot)
    return shown(window, qtbot)


def test_the_preview_shows_every_side_of_the_file(window: Window, qtbot, tmp_path: Path) -> None:
    from core.handout.preview import page_count

    dialog = opened(window, qtbot)
    sides = [one for one in dialog.pages.findChildren(QLabel) if not one.pixmap().isNull()]
    assert len(sides) == page_count(dialog.pdf) >= 1
    assert dialog.save_to(tmp_path / "handout")
    assert (tmp_path / "handout.pdf").read_bytes() == dialog.pdf
    dialog.reject()


def test_what_is_typed_is_printed_and_forgotten_but_the_letterhead(window: Window, qtbot) -> None:
    dialog = opened(window, qtbot)
    before = dialog.pdf
    QTest.keyClicks(dialog.patient, "J. <b>Doe</b>")
    dialog.letterhead.setPlainText("Riverside Clinic")
    qtbot.waitUntil(lambda: dialog.pdf is not None and dialog.pdf != before, timeout=20_000)
    settle(window, qtbot)
    text = text_of(dialog.pdf)
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


def drawn(dialog: HandoutDialog, qtbot) -> None:
    """Wait until the last wish is on the screen."""
    qtbot.waitUntil(lambda: dialog.pdf is not None or bool(dialog.problem), timeout=20_000)
    assert dialog.problem == ""


def picture(path: Path, size: tuple[int, int] = (400, 200)) -> Path:
    Image.new("RGB", size, "navy").save(path)
    return path


def pictures_of(pdf: bytes) -> list[int]:
    """How many pictures stand on each side."""
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    document = pypdfium2.PdfDocument(pdf)
    counts = []
    for index in range(len(document)):
        page = document[index]
        counts.append(len(list(page.get_objects([FPDF_PAGEOBJ_IMAGE]))))
        page.close()
    document.close()
    return counts


def test_a_logo_is_seen_printed_on_side_1_and_kept_as_a_copy(window: Window, qtbot, tmp_path: Path) -> None:
    dialog = opened(window, qtbot)
    assert sum(pictures_of(dialog.pdf)) == 0
    source = picture(tmp_path / "Dr Doe's own logo.jpg")
    assert dialog.take_logo(source)
    drawn(dialog, qtbot)
    assert pictures_of(dialog.pdf)[0] == 1
    assert sum(pictures_of(dialog.pdf)) == 1
    assert dialog.logo.isAncestorOf(dialog.logo.remove)
    assert not dialog.logo.remove.isHidden()
    source.unlink()
    dialog.reject()
    again = shown(window, qtbot)
    assert pictures_of(again.pdf)[0] == 1
    kept = [path for path in window.settings.path.parent.rglob("*") if path.is_file()]
    assert "logo.png" in {path.name for path in kept}
    assert not any(b"Doe" in path.read_bytes() or "Doe" in path.name for path in kept)
    again.logo.remove.click()
    drawn(again, qtbot)
    assert sum(pictures_of(again.pdf)) == 0
    again.reject()
    assert window.settings.logo() is None


def shown(window: Window, qtbot) -> HandoutDialog:
    """The dialog on what is chosen, its file made."""
    dialog = window.show_handout()
    drawn(dialog, qtbot)
    return dialog


def test_a_bad_logo_is_said_and_changes_nothing(window: Window, qtbot, tmp_path: Path) -> None:
    dialog = opened(window, qtbot)
    before = dialog.pdf
    bad = tmp_path / "logo.png"
    for data, said in ((b"<svg/>", "PNG or JPEG"), (b"x" * 3_000_000, "at most 2 MB")):
        bad.write_bytes(data)
        assert not dialog.take_logo(bad)
        assert said in dialog.said.text()
    assert not dialog.take_logo(picture(bad, (8, 8)))
    assert "at least 16" in dialog.said.text()
    assert not dialog.take_logo(tmp_path / "nothing.png")
    assert "nothing.png" in dialog.said.text()
    assert dialog.pdf == before
    assert window.settings.logo() is None
    dialog.reject()


def test_a_kept_logo_that_was_damaged_is_said_and_can_be_removed(window: Window, qtbot) -> None:
    window.settings.path.parent.mkdir(exist_ok=True)
    window.settings.path.with_name("logo.png").write_bytes(b"half a pic")
    begin(window, qtbot)
    dialog = window.show_handout()
    qtbot.waitUntil(lambda: bool(dialog.problem), timeout=20_000)
    assert "logo" in dialog.said.text()
    dialog.logo.remove.click()
    drawn(dialog, qtbot)
    dialog.reject()


def test_the_phone_is_printed_and_kept(window: Window, qtbot) -> None:
    dialog = opened(window, qtbot)
    before = dialog.pdf
    QTest.keyClicks(dialog.contact, "01603 555 123")
    qtbot.waitUntil(lambda: dialog.pdf is not None and dialog.pdf != before, timeout=20_000)
    dialog.reject()
    assert window.settings.now.contact == "01603 555 123"
    again = shown(window, qtbot)
    assert again.contact.text() == "01603 555 123"
    again.reject()


def test_the_clinician_picks_the_ways_that_are_shown(window: Window, qtbot) -> None:
    from core.handout.choice import shown_options

    dialog = opened(window, qtbot)
    found = window.store.recommendation
    proposed = shown_options(found)[0]
    assert proposed.name in dialog.picked.itemText(0)
    offered = {dialog.picked.itemData(index) for index in range(1, dialog.picked.count())}
    assert offered == {o.procedure for o in found.options if not o.asked and o.status != "not_tried_in_people"}
    other = next(one for one in sorted(offered) if one != proposed.procedure)
    before = dialog.pdf
    dialog.more.setCurrentIndex(dialog.more.findData(other))
    qtbot.waitUntil(lambda: dialog.pdf is not None and dialog.pdf != before, timeout=20_000)
    assert dialog.wishes().picked == (proposed.procedure, other)
    dialog.picked.setCurrentIndex(dialog.picked.findData(other))
    drawn(dialog, qtbot)
    assert dialog.wishes().picked == (other,)
    dialog.reject()


def test_what_goes_wrong_is_said_in_spanish(spanish: None, window: Window, qtbot, tmp_path: Path) -> None:
    dialog = opened(window, qtbot)
    bad = tmp_path / "logo.png"
    for data, said in ((b"<svg/>", "PNG o JPEG en buen estado"), (b"x" * 3_000_000, "El logotipo ocupa 3.0 MB")):
        bad.write_bytes(data)
        assert not dialog.take_logo(bad)
        assert said in dialog.said.text()
    assert not dialog.take_logo(picture(bad, (8, 8)))
    assert dialog.said.text() == "El logotipo tiene 8 × 8 puntos. Elija uno de al menos 16 por lado."
    assert not dialog.save_to(tmp_path / "no folder" / "x.pdf")
    assert dialog.said.text().startswith("No se puede guardar «")
    assert dialog.said.text().endswith("x.pdf»: no existe ese archivo o esa carpeta. Revise el nombre.")
    (tmp_path / "there.pdf").write_bytes(b"kept")
    assert not dialog.save_to(tmp_path / "there")
    assert "ya existe, y no se preguntó a nadie" in dialog.said.text()
    assert (tmp_path / "there.pdf").read_bytes() == b"kept"
    for field, typed, said in (
        (dialog.patient, "漢", "Las letras de la hoja no tienen 漢 (U+6F22"),
        (dialog.patient, "x" * 90, "tiene 90 caracteres. Acórtelo a 80."),
        (dialog.letterhead, "a\nb\nc\nd", "El membrete tiene 4 líneas. Acórtelo a 3."),
    ):
        before = field.text() if field is dialog.patient else field.toPlainText()
        write = field.setText if field is dialog.patient else field.setPlainText
        write(typed)
        qtbot.waitUntil(lambda: bool(dialog.problem), timeout=20_000)
        assert said in dialog.said.text()
        write(before)
        qtbot.waitUntil(lambda: not dialog.problem and dialog.pdf is not None, timeout=20_000)
    dialog.reject()


def test_every_sentence_of_the_handout_and_of_files_has_its_place_in_the_window() -> None:
    from core import errors
    from ui.problems import PARTS, SENTENCES

    told, parts = set(), set()
    for path in (*sorted((ROOT / "core/handout").glob("*.py")), *sorted((ROOT / "core/files").glob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if re.fullmatch(r".*(\blogo\b|letters lack|has \{count\}|not fit on paper).*\.", text):  # of one line
                told.add(text)
    for cause in [OSError(code, "x") for code in vars(errno).values() if isinstance(code, int)] + [ValueError("x")]:
        problem, remedy = errors._explained(cause)
        parts |= {problem, remedy} - {"x"}
    assert len(told) >= 13
    assert told == SENTENCES
    assert parts <= PARTS


def test_only_the_sides_that_were_asked_for_are_printed(window: Window, qtbot, tmp_path: Path) -> None:
    from core.handout.preview import page_count

    dialog = opened(window, qtbot)
    assert page_count(dialog.pdf) == 2
    for sides, count in (((2, 2), 1), ((1, 2), 2), ((0, 0), 2)):
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        printer.setFromTo(*sides)
        dialog.print_on(printer)
        assert page_count((tmp_path / "printed.pdf").read_bytes()) == count
    dialog.reject()


def test_the_printer_is_asked_for_two_sides_and_may_be_given_fewer(window: Window, qtbot) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    dialog = opened(window, qtbot)
    dialog.print_pages()
    asked = dialog.findChild(QPrintDialog)
    assert (asked.minPage(), asked.maxPage()) == (1, 2)
    asked.reject()
    dialog.reject()


def test_the_whole_handout_is_copied_as_text(window: Window, qtbot) -> None:
    dialog = opened(window, qtbot)
    QTest.keyClicks(dialog.note, "Wants to garden.")
    dialog.copy_button.click()
    qtbot.waitUntil(lambda: "Wants to garden." in QGuiApplication.clipboard().text(), timeout=20_000)
    text = QGuiApplication.clipboard().text()
    for part in ("THE CHOICES, SIDE BY SIDE", "What may harm:", "IS IT APPROVED?", "GET HELP AT ONCE", "[1] "):
        assert part in text
    assert dialog.said.text() == "Copied as text, with all that is typed here."
    assert bytes(QGuiApplication.clipboard().mimeData().data("x-kde-passwordManagerHint").data()) == b"secret"
    dialog.reject()

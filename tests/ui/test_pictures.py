"""Every picture of every tab can be copied, saved and read as a table, and what is saved is what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget

from core.consult import make_consult
from tests.ui.hands import lay_out_fully, settle
from ui.widgets.picture import FINE, image_of

if TYPE_CHECKING:
    from ui.window import Window

TABS = ("journey", "over time", "evidence", "what decides", "compare")


def pictures(window: Window, qtbot, tab: int) -> list[Any]:
    window.show_tab(tab)
    settle(window, qtbot)
    lay_out_fully()
    return window.tabs.pictures()


def open_liver(window: Window, qtbot, theme: str = "light") -> None:
    window.settings.change(theme=theme)
    window.apply_settings()
    window.store.set(make_consult(window.pack, "liver_cirrhosis", asked="iv"))
    settle(window, qtbot)


def drawn_svg(data: bytes, size: QSize) -> QImage:
    """An SVG file drawn anew over a colour that no theme has."""
    renderer = QSvgRenderer(QByteArray(data))
    assert renderer.isValid()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return image


def lightness(image: QImage) -> Any:
    import numpy as np

    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return flat[:, : grey.width()].astype(float)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("tab", range(5), ids=TABS)
def test_what_is_saved_is_large_and_light_on_dark_or_dark_on_light(window: Window, qtbot, tab: int, theme: str) -> None:
    open_liver(window, qtbot, theme)
    found = pictures(window, qtbot, tab)
    assert len(found) == {"journey": 2, "what decides": 3}.get(TABS[tab], 1)
    ground = window.palette().window().color().lightness()
    for picture in found:
        png = QImage.fromData(picture.png(), "PNG")
        assert png.width() >= 1520, picture.accessibleName()
        shades = lightness(png)
        assert abs(shades.mean() - ground) < 60  # the ground of the theme
        assert shades.max() - shades.min() > 130  # and letters that stand out from it
        svg = drawn_svg(picture.svg(), png.size())
        assert svg.pixelColor(2, 2) == png.pixelColor(2, 2)
        # The same picture in both files: nothing is left out, nothing stands elsewhere.
        assert abs(lightness(svg) - shades).mean() < 3, picture.accessibleName()


def test_hatching_ends_where_its_bars_and_bands_end_also_in_svg(window: Window, qtbot) -> None:
    window.store.set(make_consult(window.pack, "knee_osteoarthritis", asked="iv"))
    settle(window, qtbot)
    for picture in (window.ranking, *pictures(window, qtbot, 0)):
        png = QImage.fromData(picture.png(), "PNG")
        assert abs(lightness(drawn_svg(picture.svg(), png.size())) - lightness(png)).mean() < 2
        assert b"clip" not in picture.svg()


def test_the_ranking_is_taken_along_whole(window: Window, qtbot, monkeypatch, tmp_path) -> None:
    from PySide6.QtWidgets import QFileDialog

    open_liver(window, qtbot)
    ranking = window.ranking
    assert ranking.rows.height() > ranking.scroll.viewport().height()  # a part of it is out of view
    assert QImage.fromData(ranking.png(), "PNG").height() > 2 * ranking.rows.height()
    for option in window.store.recommendation.options:
        assert option.name in ranking.svg().decode()
    window.do("ranking")
    row = ranking.rows.button(window.store.selected)
    QTest.keyClick(row, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().image().height() > 2 * ranking.rows.height()
    QTest.keyClick(row, Qt.Key.Key_T)
    (table,) = [one for one in window.findChildren(QTableWidget) if one.isVisible()]
    assert table.rowCount() == len(window.store.recommendation.options)
    QTest.keyClick(table, Qt.Key.Key_Escape)
    path = tmp_path / "ranking.svg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    menu = ranking.menu()
    menu.actions()[3].trigger()
    menu.close()
    assert path.read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("tab", range(5), ids=TABS)
def test_keys_copy_a_picture_and_show_its_table(window: Window, qtbot, tab: int) -> None:
    open_liver(window, qtbot)
    for picture in pictures(window, qtbot, tab):
        QGuiApplication.clipboard().clear()
        picture.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(picture, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().image().width() >= 1520
        QTest.keyClick(picture, Qt.Key.Key_T)
        (table,) = [one for one in window.findChildren(QTableWidget) if one.isVisible()]
        assert table.rowCount()
        assert all(table.item(row, 0).text() for row in range(table.rowCount()))
        for row in range(table.rowCount()):  # whole, however long its words are
            assert table.rowHeight(row) >= table.sizeHintForRow(row) - 1
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text().count("\n") == table.rowCount()
        QTest.keyClick(table, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not [one for one in window.findChildren(QTableWidget) if one.isVisible()])


@pytest.mark.parametrize("tab", range(5), ids=TABS)
def test_the_menu_saves_either_file(window: Window, qtbot, tab: int, monkeypatch, tmp_path) -> None:
    from PySide6.QtWidgets import QFileDialog

    open_liver(window, qtbot)
    for place, picture in enumerate(pictures(window, qtbot, tab)):
        for kind, start in (("png", b"\x89PNG"), ("svg", b"<?xml")):
            path = tmp_path / f"{place}.{kind}"
            monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, path=path: (str(path), ""))
            menu = picture.menu()
            next(one for one in menu.actions() if kind.upper() in one.text()).trigger()
            menu.close()
            assert path.read_bytes().startswith(start)


def test_the_corner_has_the_menu_of_every_picture_in_view(window: Window, qtbot) -> None:
    open_liver(window, qtbot)
    for tab in range(5):
        found = pictures(window, qtbot, tab)
        window.do("picture")
        menu = window.tabs.open_menu
        names = [one.menu().title() for one in menu.actions() if one.menu()]
        if len(found) > 1:
            assert names == [picture.accessibleName() for picture in found]
        else:
            assert len(menu.actions()) == 4
        menu.close()


def test_two_ways_are_whole_in_the_saved_comparison(window: Window, qtbot) -> None:
    open_liver(window, qtbot)
    (sheet,) = pictures(window, qtbot, 4)
    page = window.tabs.page(4)
    one, other = (window.store.recommendation.option(combo.currentData()) for combo in page.combos)
    table = sheet.table()
    assert table.heads[1:] == (one.name, other.name)
    said = {row[0]: row[1:] for row in table.rows}
    assert all(text in said["Against it"][0] for text in one.against)
    assert all(text in said["Against it"][1] for text in other.against)
    svg = sheet.svg().decode()
    words = {word for text in (*one.against, *other.against) for word in text.split()}
    assert [word for word in words if word.isalpha() and word not in svg] == []
    roomy = lightness(image_of(sheet.taken_size() + QSize(0, 400), sheet.draw))
    inked = (abs(roomy - roomy[0, 0]) > 30).any(axis=1).nonzero()[0]
    assert inked.max() / FINE < sheet.taken_size().height() - 6


def test_no_count_is_made_from_a_bound(window: Window, qtbot) -> None:
    window.store.set(make_consult(window.pack, "lumbar_disc_degeneration", asked="iv", dose=1e9))
    settle(window, qtbot)
    (sheet,) = pictures(window, qtbot, 4)
    vein = next(o for o in window.store.recommendation.options if o.route == "iv")
    needle = next(o for o in window.store.recommendation.options if o.rank == 1)
    assert (vein.delivered.below, needle.delivered.below) == (True, False)
    said = {row[0]: row[1:] for row in sheet.table().rows}
    assert said["Cells of this dose"][1] == "–"
    assert said["Cells of this dose"][0] != "–"
    assert "Of this dose" in "\n".join(window.detail._why(needle))
    assert "Of this dose" not in "\n".join(window.detail._why(vein))


def test_the_comparison_grows_with_the_letters(window: Window, qtbot) -> None:
    open_liver(window, qtbot)
    (sheet,) = pictures(window, qtbot, 4)
    height = sheet.height()
    for _ in range(5):
        window.do("larger")
    lay_out_fully()
    assert sheet.height() > 1.3 * height

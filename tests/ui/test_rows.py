"""Rows keep their places: they glide when the order changes, and grow with the letters."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QAbstractAnimation
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.row import Row, row_height
from ui.widgets.rows import Rows

ROW = Row(
    id="a", rank="1", name="A way", chips=(), number="1", range="", median=1.0, low=0.5, high=2.0, hollow=False,
    below=False, words=(), note="", group="", sentence="A way",
)  # fmt: skip


def three(*ids: str) -> list[Row]:
    return [msgspec.structs.replace(ROW, id=id) for id in ids]


def tops(rows: Rows) -> dict[str, int]:
    return {row.id: rows.button(row.id).y() for row in rows.rows}


def shown(qtbot, rows: list[Row]) -> Rows:
    theme.apply("light", reduced_motion=False)
    made = Rows("Ways")
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.show_rows(rows, "a")
    return made


def test_rows_glide_to_their_new_places_and_one_that_is_new_stands_at_once(qtbot) -> None:
    rows = shown(qtbot, three("a", "b"))
    high = row_height()
    assert tops(rows) == {"a": 0, "b": high}
    rows.show_rows(three("b", "a", "c"), "a")
    assert tops(rows) == {"b": high, "a": 0, "c": 2 * high}
    qtbot.waitUntil(lambda: tops(rows) == {"b": 0, "a": high, "c": 2 * high})


def test_an_order_that_overtakes_another_leaves_nothing_behind(qtbot) -> None:
    rows = shown(qtbot, three("a", "b", "c"))
    before = len(rows.findChildren(QAbstractAnimation))
    for number in range(50):
        rows.show_rows(three("c", "a", "b") if number % 2 == 0 else three("b", "c", "a"), "a")
    assert len(rows.findChildren(QAbstractAnimation)) == before
    rows.show_rows(three("c"), "c")
    qtbot.waitUntil(lambda: tops(rows) == {"c": 0})


def test_a_row_that_goes_below_the_line_without_changing_its_place_gets_its_heading(qtbot) -> None:
    rows = shown(qtbot, three("a", "b"))
    rows.show_rows([msgspec.structs.replace(ROW, id="a"), msgspec.structs.replace(ROW, id="b", group="Refer")], "a")
    heading = [one for one in rows.findChildren(QWidget) if one.isVisible() and one.accessibleName() == "Refer"]
    assert len(heading) == 1
    qtbot.waitUntil(lambda: rows.button("b").y() == row_height() + heading[0].height())


def test_rows_grow_with_the_letters(qtbot) -> None:
    rows = shown(qtbot, three("a", "b"))
    small = row_height()
    theme.apply("light", text_size=150, reduced_motion=True)
    assert row_height() > small
    assert tops(rows) == {"a": 0, "b": row_height()}
    assert rows.button("a").height() == row_height()

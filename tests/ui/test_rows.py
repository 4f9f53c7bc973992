"""Rows keep their places: they glide when the order changes, and grow with the letters."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QAbstractAnimation
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.row import Row, RowChip, fitting, row_height
from ui.widgets.rows import Rows

ROW = Row(
    id="a", rank="1", name="A way", chips=(), counts=(), number="1", range="", median=1.0, low=0.5, high=2.0,
    hollow=False, below=False, words=(), note="", group="", sentence="A way",
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


CHIPS = tuple(
    RowChip(text, tone)
    for text, tone in (
        ("asked", "asked"), ("Cath lab", "missing"), ("Fluoroscopy", "missing"), ("Liver disease", "caution"),
        ("Ultrasound", "met"), ("Trained injector", "met"), ("12 open questions", "question"),
    )
)  # fmt: skip
COUNTS = tuple(
    RowChip(text, tone)
    for text, tone in (
        ("2 missing", "missing"), ("1 caution", "caution"), ("2 needs met", "met"), ("12 open", "question"),
    )
)  # fmt: skip


def texts(room: float) -> list[str]:
    """What is shown in so many letters, a gap being one letter wide."""
    return [chip.text for chip in fitting(CHIPS, COUNTS, lambda chip: len(chip.text), room, 1)]


def test_chips_that_do_not_fit_are_said_more_briefly_the_kindest_first_and_never_by_a_mere_number() -> None:
    assert texts(95) == [chip.text for chip in CHIPS]
    grave = ["asked", "Cath lab", "Fluoroscopy", "Liver disease"]
    assert texts(85) == [*grave, "Ultrasound", "Trained injector", "12 open"]
    assert texts(75) == [*grave, "Ultrasound +1", "12 open"]
    assert texts(61) == [*grave, "2 needs met", "12 open"]
    assert texts(55) == [*grave, "12 open"]
    assert texts(46) == grave
    assert texts(35) == ["asked", "Cath lab +1", "1 caution"]
    assert texts(26) == ["asked", "2 missing", "1 caution"]
    assert texts(14) == ["asked"]
    for room in range(5, 99):
        assert sum(len(text) + 1 for text in texts(room)) - 1 <= room

"""What stands where: one sheet for three options, nothing clipped, broken or alone, whatever is typed.

With the environment variable CELLROUTE_ALL set, every consult of the pack is laid out in each language and paper.
"""

import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, product

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.consult import make_consult
from core.handout.clean import NOTE_LIMIT
from core.handout.content import handout
from core.handout.draw import _Sheet, render
from core.handout.flow import Beside, Block, Box, Paragraph, Titled, stack_height
from core.handout.lines import Style, break_lines, count_lines, even_lines, width_of
from core.handout.model import Handout, HandoutOptions
from core.handout.pages import Frame, Placed
from core.handout.runs import Run, plain, said
from core.handout.table import Table
from core.pack.read import load_builtin
from core.recommend import recommend
from core.results import Recommendation
from tests.core.handout.looking import tags_of

PACK = load_builtin()
CONSULTS = [
    (condition.id, target, asked)
    for condition in PACK.file.conditions
    for target in condition.targets
    for asked in (*sorted({procedure.route for procedure in PACK.procedures_of(target)}), None)
]
PLACES = [None, *(place.id for place in PACK.file.jurisdictions)]
EVERY = 1 if os.environ.get("CELLROUTE_ALL") else 9
HEAD = {"letterhead": "Riverside Joint Clinic\n12 River Road", "clinician": "Dr Ana Pérez"}


@cache
def _found(number: int) -> Recommendation:
    condition, target, asked = CONSULTS[number]
    place = PLACES[number % len(PLACES)]
    return recommend(PACK, make_consult(PACK, condition, target=target, asked=asked, jurisdiction=place))


def _made(number: int, **options: object) -> Handout:
    return handout(PACK, _found(number), HandoutOptions(**options))  # type: ignore[arg-type]


def _planned(made: Handout) -> tuple[list[list[Placed]], list[Frame]]:
    """The sides and their frames."""
    sheet = _Sheet(replace(made, twin=None))
    sides = sheet.plan()
    return sides, [sheet.first, *[sheet.further] * (len(sides) - 1)]


@pytest.mark.parametrize(
    "number", range(0, len(CONSULTS), EVERY), ids=lambda number: "-".join(map(str, CONSULTS[number]))
)
def test_three_options_are_one_sheet(number: int) -> None:
    """In both languages, on both papers; no word of a column is broken, and a table goes on by whole rows or lines."""
    for language, paper in product(("en", "es"), ("a4", "letter")):
        made = _made(number, language=language, paper=paper, **HEAD)
        sides, frames = _planned(made)
        assert len(sides) <= 2, (language, paper)
        _well_set(sides, frames)
        _no_word_broken(sides, frames[0].width)


TYPED = st.text(st.sampled_from("aemñ Wíl.,-0"), max_size=70)
OPTIONS = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["en", "es"]),
        "paper": st.sampled_from(["a4", "letter"]),
        "size": st.sampled_from(["normal", "large"]),
        "long_form": st.booleans(),
        "letterhead": st.lists(st.text(st.sampled_from("aemñ Wí"), max_size=110), max_size=3).map("\n".join),
        "clinician": TYPED,
        "patient": TYPED,
        "contact": TYPED,
        "note": st.text(st.sampled_from("aemñ Wíl.,-0\n"), max_size=NOTE_LIMIT),
        "questions": st.lists(TYPED, max_size=3).map(tuple),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(CONSULTS) - 1), OPTIONS)
def test_nothing_sticks_out_or_stands_alone_whatever_is_typed(number: int, options: dict[str, object]) -> None:
    sides, frames = _planned(_made(number, **options))
    _well_set(sides, frames)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(CONSULTS) - 1), OPTIONS)
def test_sides_are_numbered_and_the_same_handout_gives_the_same_bytes(number: int, options: dict[str, object]) -> None:
    pdf = render(_made(number, **options))
    assert render(_made(number, **options)) == pdf
    document = pypdfium2.PdfDocument(pdf)
    total = len(document)
    for side in range(total):
        text = " ".join(document[side].get_textpage().get_text_bounded().split())
        assert re.search(rf"(Side {side + 1} of {total}|Cara {side + 1} de {total})\b", text), side
    assert tags_of(pdf)[0] == "Document"


def _well_set(sides: Sequence[Sequence[Placed]], frames: Sequence[Frame]) -> None:
    """Blocks stand below each other in their frame; no heading is last on a side, no line of a paragraph alone."""
    for number, (side, frame) in enumerate(zip(sides, frames, strict=True)):
        assert side
        edge = frame.top + 0.1
        for placed in side:
            assert placed.top <= edge
            edge = placed.top - placed.block.height(frame.width) + 0.1
        assert edge >= frame.bottom
        if number < len(sides) - 1:
            assert not side[-1].block.keeps
        for block, width in _inside([placed.block for placed in side], frame.width):
            if isinstance(block, Table):
                _no_cell_clipped(block, width)
            if isinstance(block, Paragraph):
                assert block.lines is None or len(block.lines) >= block.least
                for line in block.broken(width):
                    _fits(line, block.style, width)


def _no_cell_clipped(table: Table, width: float) -> None:
    assert table.rows
    for row in (table.head, *table.rows):
        edges = table.row_edges(row, 0.0, width)
        room = table.row_height(row, width) - 2 * table.rise + 1.6
        assert all(right - left > 2 * table.pad for left, right in pairwise(edges))
        for cell, (left, right) in zip(row.all(), pairwise(edges), strict=True):
            assert stack_height(cell, right - left - 2 * table.pad) <= room


def _fits(line: Sequence[object], style: Style, width: float) -> None:
    text = said(line).rstrip(" ")  # type: ignore[arg-type]
    assert len(text) < 2 or sum(width_of(run.text, run.bold, style.size) for run in line) <= width + 8  # type: ignore[attr-defined]


def _inside(blocks: Sequence[Block], width: float) -> Iterator[tuple[Block, float]]:
    """Blocks and the blocks in them, with the width that they are given."""
    for block in blocks:
        yield block, width
        if isinstance(block, Table):
            for row in (block.head, *block.rows):
                edges = block.row_edges(row, 0.0, width)
                for cell, (left, right) in zip(row.all(), pairwise(edges), strict=True):
                    yield from _inside(cell, right - left - 2 * block.pad)
        elif isinstance(block, Box):
            yield from _inside(block.blocks, width - 2 * block.pad)
        elif isinstance(block, Titled):
            yield from _inside([block.title], width)
        elif isinstance(block, Beside):
            yield from _inside(block.blocks, block._room(width) or width)


def _no_word_broken(sides: Sequence[Sequence[Placed]], width: float) -> None:
    for side in sides:
        for block, wide in _inside([placed.block for placed in side], width):
            if isinstance(block, Paragraph):
                for line in block.broken(wide)[:-1]:
                    assert said(line).endswith((" ", "-", "/")), said(line)


def test_a_word_that_no_column_can_hold_never_leaves_a_letter_or_a_stop_alone() -> None:
    for width in range(40, 120):
        lines = [said(line) for line in break_lines(plain("hospitalizaciones."), Style(12.5, 16.25), width)]
        assert "".join(lines) == "hospitalizaciones."
        assert len(lines) == 1 or len(lines[-1]) >= 3


def test_the_number_of_a_source_is_never_alone_on_a_line() -> None:
    for width in range(60, 300):
        lines = [
            said(line)
            for line in break_lines(plain("a sore spot where the cells went in. [3]"), Style(12.5, 16.25), width)
        ]
        assert not any(line.startswith("[") for line in lines), lines


def test_a_last_line_is_not_one_short_word_where_that_can_be_had() -> None:
    body = Style(12.5, 16.25)
    text = plain(
        "Into the eye: A guess from a model, not a count, so that the number is very, very unsure and so on it is"
    )
    widths = [wide for wide in range(300, 600) if len(break_lines(text, body, wide)) == 2]
    short = [wide for wide in widths if len(said(break_lines(text, body, wide)[-1])) < 8]
    assert short
    for wide in short:
        made = even_lines(text, body, wide)
        assert len(made) == 2
        assert len(said(made[-1])) >= 8


def test_a_stop_after_bold_words_stays_with_them() -> None:
    text = (Run("You asked about cells given "), Run("with a needle", True), Run(". It shows what we talked about."))
    for width in range(60, 400):
        lines = [said(line) for line in break_lines(text, Style(12.5, 16.25), width)]
        assert not any(line.startswith(".") for line in lines), lines
        assert count_lines(text, Style(12.5, 16.25), width) == len(lines)

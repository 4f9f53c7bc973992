"""Lines, lists, tables and pages: nothing is lost, nothing sticks out, whatever the text."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.handout.flow import Box, PageBreak, Paragraph
from core.handout.items import Items
from core.handout.lines import REGULAR, Style, break_lines, count_lines, width_of
from core.handout.pages import Frame, draw_page, paginate
from core.handout.runs import Run, plain, said
from core.handout.table import Row, Table, fit_widths
from core.handout.tagged import TaggedCanvas
from tests.core.handout.looking import failures_of, tags_of, text_of, tree_of, walk

BODY = Style(12.5, 16.25)
FRAME = Frame(40, 40, 515, 400)
WORDS = st.text(alphabet=st.sampled_from("abcWil mn-0,Ωé \n"), max_size=300)


@given(WORDS, st.floats(min_value=20, max_value=400))
def test_no_letter_is_lost_and_no_line_too_wide(text: str, width: float) -> None:
    lines = break_lines(plain(text), BODY, width)
    assert "".join(said(line) for line in lines) == text.replace("\n", "")
    assert count_lines(plain(text), BODY, width) == len(lines)
    for line in lines:
        shown = said(line).rstrip(" ")
        if len(shown) > 1:
            assert width_of(shown, False, 12.5) <= width + 0.1


def test_a_line_that_is_gone_on_with_ends_in_a_space() -> None:
    lines = break_lines(plain("several words that need more than one line"), BODY, 90)
    assert len(lines) > 1
    assert all(said(line).endswith(" ") for line in lines[:-1])


def test_runs_keep_their_weight_over_lines() -> None:
    words = (Run("light "), Run("bold words here", True), Run(" light again"))
    lines = break_lines(words, BODY, 70)
    bold = "".join(run.text for line in lines for run in line if run.bold)
    assert bold == "bold words here"


def test_a_split_paragraph_keeps_all_lines_and_its_least() -> None:
    paragraph = Paragraph(plain("word " * 80), BODY)
    lines = len(paragraph.broken(200))
    cut = paragraph.split(200, 5 * 16.25)
    assert cut is not None
    assert [part.height(200) / 16.25 for part in cut] == [5, lines - 5]
    assert paragraph.split(200, 16.25) is None


def _pdf(blocks: list[object]) -> bytes:
    file = BytesIO()
    canvas = TaggedCanvas(file, title="A leaflet", language="en-GB", font=REGULAR, pagesize=(595, 480))
    for number, page in enumerate(paginate(blocks, FRAME, FRAME)):  # type: ignore[arg-type]
        if number:
            canvas.showPage()
        draw_page(canvas, page, FRAME)
    canvas.save()
    return file.getvalue()


def _table(rows: int, words: int = 8) -> Table:
    head = Row([], [[Paragraph(plain(f"Option {n}"), BODY)] for n in range(3)])
    body = [
        Row([Paragraph(plain(f"Row {n}"), BODY)], [[Paragraph(plain(f"r{n}c{c} " * words), BODY)] for c in range(3)])
        for n in range(rows)
    ]
    table = Table(head, body, [0.25] * 4)
    table.widths = fit_widths(table, FRAME.width, 80, 80)
    return table


def test_a_table_over_pages_repeats_its_head_for_the_eye_only(tmp_path) -> None:
    pdf = _pdf([_table(30)])
    first, second = tags_of(pdf, 0), tags_of(pdf, 1)
    assert first.count("Table") == 1
    assert first[:5] == ["Document", "Table", "TR", "TH", "P"]
    assert text_of(pdf).count("Option 1") >= 2
    heads = [node for node in walk(tree_of(pdf, 1)) if node[0] == "TR"]
    assert all(children[0][0] == "TH" for _, _, children in heads)
    assert second.count("Table") == 1
    assert failures_of(pdf, tmp_path) == ""


def test_no_row_is_lost_over_pages() -> None:
    text = text_of(_pdf([_table(40)])) + " "
    for row in range(40):
        for column in range(3):
            assert text.count(f"r{row}c{column} ") >= 8


def test_a_row_larger_than_a_page_is_split_not_clipped(tmp_path) -> None:
    pdf = _pdf([Paragraph(plain("before"), BODY), _table(2, 400)])
    text = text_of(pdf) + " "
    assert text.count("r0c1 ") == 400
    assert text.count("r1c2 ") == 400
    assert failures_of(pdf, tmp_path) == ""


def test_the_last_cell_covers_the_columns_that_are_left(tmp_path) -> None:
    table = _table(2)
    wide = Row(
        [Paragraph(plain("Both"), BODY)], [[Paragraph(plain("one"), BODY)], [Paragraph(plain("long " * 30), BODY)]]
    )
    table.rows = [*table.rows, wide]
    assert len(table.row_edges(wide, 0, 515)) == 4
    assert failures_of(_pdf([table]), tmp_path) == ""


def test_widths_never_fall_below_the_least() -> None:
    table = _table(3, 60)
    table.rows[0].cells[0][0] = Paragraph(plain("x " * 400), BODY)  # type: ignore[index]
    widths = [share * FRAME.width for share in fit_widths(table, FRAME.width, 80, 100)]
    assert sum(widths) == pytest.approx(FRAME.width)
    assert min(widths[1:]) >= 99.5
    assert widths[1] > widths[2]


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    blocks = [Paragraph(plain("line\n" * 22), BODY, least=30), Paragraph(plain("Heading"), BODY, "H2", keeps=True)]
    blocks.append(Paragraph(plain("text\n" * 4), BODY, least=9))
    pages = paginate(blocks, FRAME, FRAME)
    assert [len(page) for page in pages] == [1, 2]


def test_a_page_break_at_the_top_of_a_page_makes_no_empty_page() -> None:
    pages = paginate([Paragraph(plain("a"), BODY), PageBreak(), PageBreak(), Paragraph(plain("b"), BODY)], FRAME, FRAME)
    assert [len(page) for page in pages] == [1, 1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("pbli"), WORDS), min_size=1, max_size=12))
def test_nothing_stands_outside_the_frame(made: list[tuple[str, str]]) -> None:
    blocks = []
    for kind, text in made:
        paragraph = Paragraph(plain(text), BODY, before=7)
        if kind == "p":
            blocks.append(paragraph)
        elif kind == "b":
            blocks.append(Box([paragraph], before=5))
        else:
            blocks.append(Items([plain(text)] * 3, BODY, "box" if kind == "i" else "disc", 2, before=3))
    for page in paginate(blocks, FRAME, FRAME):
        edge = FRAME.top + 0.1
        for placed in page:
            assert placed.top <= edge
            edge = placed.top - placed.block.height(FRAME.width) + 0.1
            assert edge >= FRAME.bottom

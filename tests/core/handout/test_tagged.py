"""The tagging layer: structure, links, artifacts, characters, repeatable bytes."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from core.handout.lines import BOLD, REGULAR
from core.handout.tagged import TaggedCanvas, to_unicode
from tests.core.handout.looking import failures_of, tags_of, text_of, tree_of, walk

ODD = "≤ ≥ → ± µ ☐ Ž ő Ω я Ћ"


def _canvas(file: BytesIO, title: str = "A leaflet é") -> TaggedCanvas:
    return TaggedCanvas(file, title=title, language="en-GB", font=REGULAR, pagesize=(595, 842))


def _leaflet() -> bytes:
    file = BytesIO()
    canvas = _canvas(file)
    canvas.setFont(BOLD, 20)
    with canvas.element("H1"), canvas.content():
        canvas.drawString(72, 760, f"Heading {ODD}")
    canvas.setFont(REGULAR, 12)
    canvas.rect(72, 690, 100, 2)
    with canvas.element("Table"):
        with canvas.element("TR"), canvas.element("TH", scope="Column", columns=2), canvas.content():
            canvas.drawString(72, 600, "head")
        with canvas.element("TR"):
            with canvas.element("TH", scope="Row"), canvas.content():
                canvas.drawString(72, 580, "row")
            with canvas.element("TD"), canvas.element("Figure", alt="ten dots"), canvas.content():
                canvas.circle(180, 580, 4)
    with canvas.element("P") as paragraph, canvas.content():
        canvas.drawString(72, 500, "First half, ")
    canvas.showPage()
    canvas.setFont(REGULAR, 12)
    with canvas.element(paragraph):
        with canvas.content():
            canvas.drawString(72, 760, "second half.")
        with canvas.element("Link"):
            with canvas.content():
                canvas.drawString(72, 740, "https://example.org/x")
            canvas.link("https://example.org/x", [(72, 735, 200, 752)], "Example, on the web")
    with canvas.artifact(), canvas.element("H2"), canvas.content():
        canvas.drawString(72, 30, "running head")
    canvas.save()
    return file.getvalue()


def test_is_pdf_ua_by_the_validator(tmp_path: Path) -> None:
    assert failures_of(_leaflet(), tmp_path) == ""


def test_the_validator_would_see_a_missing_claim(tmp_path: Path) -> None:
    pdf = _leaflet().replace(b"/pdfuaid:part", b"/pdfuaid:port")
    assert failures_of(pdf, tmp_path) != ""


def test_same_calls_same_bytes() -> None:
    assert _leaflet() == _leaflet()


def test_structure_in_reading_order() -> None:
    pdf = _leaflet()
    assert tags_of(pdf, 0) == ["Document", "H1", "Table", "TR", "TH", "TR", "TH", "TD", "Figure", "P"]
    assert "H2" not in tags_of(pdf, 1)
    figure = next(node for node in walk(tree_of(pdf, 0)) if node[0] == "Figure")
    assert figure[1] == "ten dots"


def test_a_paragraph_over_two_pages_is_one_element() -> None:
    pdf = _leaflet()
    assert tags_of(pdf, 1) == ["Document", "P", "Link"]
    assert pdf.count(b"/S /P ") == 1


def test_every_glyph_has_its_character() -> None:
    assert ODD in text_of(_leaflet())


def test_no_code_stands_for_nothing() -> None:
    made = to_unicode("F", [0] * 32 + list(range(32, 250)))
    assert "<0000>" not in made
    counts = [int(line.split()[0]) for line in made.splitlines() if line.endswith("beginbfchar")]
    assert sum(counts) == 218
    assert max(counts) <= 100


def test_title_language_and_no_dates_of_its_own() -> None:
    pdf = _leaflet()
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("Title") == "A leaflet é"
    assert b"/Lang (en-GB)" in pdf
    assert b"xmp:CreateDate" not in pdf
    assert b"/CreationDate" not in pdf
    assert b"anonymous" not in pdf


def test_refuses_what_would_not_be_accessible() -> None:
    canvas = _canvas(BytesIO())
    with pytest.raises(ValueError, match="says what it shows"), canvas.element("Figure"):
        pass
    with pytest.raises(ValueError, match="scope"), canvas.element("TH"):
        pass
    with pytest.raises(ValueError, match="no structure type"), canvas.element("Blink"):
        pass
    with pytest.raises(ValueError, match="Link element"):
        canvas.link("https://example.org", [(0, 0, 1, 1)], "x")
    with pytest.raises(ValueError, match="title"):
        _canvas(BytesIO(), " ")


@pytest.mark.parametrize(
    "address", ["http://example.org", "javascript:alert(1)", "file:///etc/passwd", "HTTPS://x", ""]
)
def test_only_https_is_linked(address: str) -> None:
    canvas = _canvas(BytesIO())
    with canvas.element("Link"), pytest.raises(ValueError, match="https"):
        canvas.link(address, [(0, 0, 1, 1)], "x")


def test_marked_content_does_not_nest() -> None:
    canvas = _canvas(BytesIO())
    with canvas.element("P"), canvas.content(), pytest.raises(ValueError, match="nest"), canvas.content():
        pass


def test_no_blank_page_at_the_end() -> None:
    file = BytesIO()
    canvas = _canvas(file)
    with canvas.element("P"), canvas.content():
        canvas.drawString(72, 500, "x")
    canvas.showPage()
    canvas.save()
    assert len(pypdfium2.PdfDocument(file.getvalue())) == 1

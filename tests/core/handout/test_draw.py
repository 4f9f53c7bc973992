"""The drawn handout: validated, extracted again, within its margins, the same bytes, whatever is typed."""

import random
import subprocess
import sys
from io import BytesIO
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from core.errors import CellRouteError, InputError, RenderError
from core.handout import fonts
from core.handout.clean import clean
from core.handout.content import handout
from core.handout.draw import render
from core.handout.model import HandoutOptions
from core.handout.plain import every_text, plain_text
from core.handout.preview import page, page_count, pages
from core.handout.styles import PAPERS, TYPES
from tests import ROOT
from tests.core.handout.hostile import STRINGS, WITHOUT_GLYPH
from tests.core.handout.looking import failures_of, tags_of, text_of, tree_of, walk
from tests.core.handout.sample import sample_handout, sample_pack, sample_recommendation

SHAPES = list(product(("en", "es"), ("a4", "letter"), ("normal", "large"), (False, True)))
FILLED = {
    "letterhead": "Riverside Joint Clinic\n12 River Road",
    "clinician": "Dr Ana Pérez",
    "patient": "Łukasz Żółć",
    "note": "Ask about the knee brace.\nCome back in May.",
    "contact": "555 0100",
}


def _pdf(**options: object) -> bytes:
    return render(sample_handout(**options))


def _logo(size: tuple[int, int] = (400, 200)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (30, 90, 60)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize(("language", "paper", "size", "long_form"), SHAPES)
def test_every_shape_is_pdf_ua(language: str, paper: str, size: str, long_form: bool, tmp_path: Path) -> None:
    pdf = _pdf(language=language, paper=paper, size=size, long_form=long_form, logo=_logo(), **FILLED)
    assert failures_of(pdf, tmp_path) == ""
    document = pypdfium2.PdfDocument(pdf)
    assert document[0].get_size() == pytest.approx(PAPERS[paper], abs=0.01)


@pytest.mark.parametrize(("language", "paper", "size", "long_form"), SHAPES)
def test_nothing_is_drawn_outside_the_margins(language: str, paper: str, size: str, long_form: bool) -> None:
    pdf = _pdf(language=language, paper=paper, size=size, long_form=long_form, **FILLED)
    for wide, high, data in pages(pdf):
        picture = Image.frombytes("RGB", (wide, high), data).convert("L").point(lambda value: 255 if value < 250 else 0)
        left, top, right, bottom = picture.getbbox() or (0, 0, 0, 0)
        assert left >= 36
        assert top >= 22
        assert right <= wide - 36
        assert bottom <= high - 12


def test_three_options_fit_one_sheet_in_normal_size() -> None:
    assert page_count(_pdf(**FILLED)) == 2
    assert page_count(_pdf(paper="letter", **FILLED)) == 2
    assert page_count(_pdf(paper="letter", language="es", **FILLED)) == 4  # with its English twin


def test_the_long_form_has_what_the_sheet_had_no_room_for() -> None:
    short, long = text_of(_pdf()), text_of(_pdf(long_form=True))
    assert "ask for the long form" in short
    assert "A study called toupet2013" not in short
    assert "A study called toupet2013" in long
    assert "Each figure is one person" in long
    assert "We searched for studies" in long


def test_sides_are_numbered_over_the_twin_too() -> None:
    pdf = _pdf(language="es")
    total = page_count(pdf)
    document = pypdfium2.PdfDocument(pdf)
    first = document[0].get_textpage().get_text_bounded()
    last = document[total - 1].get_textpage().get_text_bounded()
    assert f"Cara 1 de {total}" in first
    assert f"Side {total} of {total}" in last
    for number in range(total):
        text = " ".join(document[number].get_textpage().get_text_bounded().split())
        assert "Pida un intérprete" in text or "English twin" in text


def test_every_word_of_the_handout_is_found_again() -> None:
    made = sample_handout(long_form=True, **FILLED)
    found = _letters(text_of(render(made)))
    elsewhere = {source.short for source in made.sources}
    elsewhere |= {
        made.sources_more,
        made.note,
        made.any_way,  # where all harms stand in one row
        *every_text(made.sure),
        *every_text(made.rows[-1]),
    }  # short form, line by line, row or section
    for text in every_text(made):
        if "{" not in text and text not in elsewhere:
            assert _letters(text) in found, text
    assert all(_letters(line) in found for line in made.note.split("\n"))


def test_words_are_apart_for_a_screen_reader() -> None:
    text = text_of(_pdf())
    assert "The sheet shows what we talked about. It does not replace your doctor." in text


def test_structure_has_headings_headers_and_pictures_with_words() -> None:
    pdf = _pdf()
    tags = tags_of(pdf)
    assert tags.count("H1") == 1
    assert tags.count("Table") == 1
    assert tags.count("TR") >= 7
    assert tags.count("Figure") == 2
    figures = [node for node in walk(tree_of(pdf, 0)) if node[0] == "Figure"]
    assert all("100 dots" in alt for _, alt, _ in figures)
    assert "LBody" in tags_of(pdf, 1)


def test_each_language_is_marked() -> None:
    pdf = _pdf(language="es")
    assert b"/Lang (es)" in pdf
    assert b"/Lang (en-GB)" in pdf


def test_same_handout_same_bytes_in_another_process() -> None:
    code = (
        "from tests.core.handout.sample import sample_handout;"
        "from core.handout.draw import render; import hashlib;"
        "print(hashlib.sha256(render(sample_handout(language='es'))).hexdigest())"
    )
    made = set()
    for seed, zone in (("0", "UTC"), ("1", "Pacific/Auckland")):
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "PATH": "", "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        made.add(done.stdout.strip())
    assert len(made) == 1


def test_the_name_is_on_the_paper_and_not_in_the_metadata() -> None:
    pdf = _pdf(patient="Canary Birdsong", note="Canary note")
    assert "Canary Birdsong" in text_of(pdf)
    document = pypdfium2.PdfDocument(pdf)
    assert "Canary" not in str(document.get_metadata_dict())
    assert b"Canary" not in pdf
    assert "Canary".encode("utf-16-be") not in pdf


def test_fonts_are_embedded_subsets_and_no_other_is_named() -> None:
    pdf = _pdf()
    assert pdf.count(b"/FontFile2") == 2
    for name in (b"Helvetica", b"Times", b"Courier"):
        assert name not in pdf


def test_grey_paper_tells_dots_apart() -> None:
    wide, high, data = page(_pdf(), 0, 3)
    grey = Image.frombytes("RGB", (wide, high), data).convert("L")
    assert min(grey.getdata() if not hasattr(grey, "get_flattened_data") else grey.get_flattened_data()) < 110


FIELDS = ("patient", "clinician", "letterhead", "note", "contact", "questions")
SAMPLE = sample_pack()


def _printable(text: str) -> bool:
    return len(clean(text, 2000)) <= 80 and not fonts.lacks(clean(text, 2000))


@pytest.mark.parametrize("text", [text for text in STRINGS if len(text) > 80 or text in WITHOUT_GLYPH], ids=ascii)
def test_what_cannot_be_printed_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(CellRouteError, match=r"[Ss]horten|letters lack"):
        render(handout(SAMPLE, sample_recommendation(), HandoutOptions(patient=text)))


def test_every_other_hostile_string_prints_as_itself() -> None:
    printable = [text for text in STRINGS if _printable(text)]
    assert len(printable) > 200
    for start in range(0, len(printable), len(FIELDS)):
        chosen = printable[start : start + len(FIELDS)]
        fields: dict[str, object] = dict(zip(FIELDS, chosen, strict=False))
        if "questions" in fields:
            fields["questions"] = (chosen[-1],)
        pdf = render(handout(SAMPLE, sample_recommendation(), HandoutOptions(**fields)))  # type: ignore[arg-type]
        for forbidden in (b"/URI", b"/JavaScript", b"/XObject <<", b"/Launch"):
            assert forbidden not in pdf
        found = _letters(text_of(pdf))
        for text in chosen:
            assert _letters(clean(text, 2000)) in found, text


def _letters(text: str) -> str:
    """A text as it comes out of a PDF: without spaces, hyphens as hyphens."""
    return "".join(text.replace("\ufffe", "-").replace("\u2010", "-").split())


@pytest.mark.parametrize("text", ["<b>x</b>", "&amp;", '<img src="/etc/passwd"/>', "{patient}", "%s", "\\n"])
def test_hostile_texts_of_an_overlay_are_text(text: str) -> None:
    doubled = text.replace("{", "{{").replace("}", "}}")
    own = {
        "route.iv.what": text,
        "condition.knee.plain": text,
        "harm.fever.plain": doubled,
        "target.knee_joint.plain": text,
    }
    pdf = render(handout(sample_pack(own), sample_recommendation(), HandoutOptions()))
    assert b"/Subtype /Image" not in pdf
    assert _letters(text) in _letters(text_of(pdf))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 10_000),
    st.sampled_from(["a4", "letter"]),
    st.sampled_from(["normal", "large"]),
    st.sampled_from(["en", "es"]),
)
def test_no_text_is_too_long_for_the_layout(seed: int, paper: str, size: str, language: str) -> None:
    """Long names, long words and long sentences anywhere: no word is lost, nothing leaves the page."""
    chance = random.Random(seed)
    keys = [
        "condition.knee.for_me", "condition.knee.sentence", "condition.knee.usual_care", "route.iv.name",
        "route.iv.what",
        "route.intra_articular.what", "guidance.ultrasound.plain", "harm.fever.plain", "harm.serious.plain",
        "target.knee_joint.plain", "cells.bm_msc.getting",
    ]  # fmt: skip
    own = {
        key: " ".join("xyz"[chance.randrange(3)] * chance.choice([1, 4, 9, 40]) for _ in range(chance.randrange(1, 60)))
        for key in chance.sample(keys, 4)
    }
    own = {
        key: text[:120] if key.endswith(("name", "for_me", "ultrasound.plain")) else text for key, text in own.items()
    }
    made = handout(
        sample_pack(own),
        sample_recommendation(),
        HandoutOptions(paper=paper, size=size, language=language, note="n " * chance.randrange(900)),  # type: ignore[arg-type]
    )
    pdf = render(made)
    found = _letters(text_of(pdf)).lower()
    for letter in "xyz":
        assert found.count(letter) >= sum(text.count(letter) for text in own.values())
    for wide, high, data in pages(pdf, 0.7):
        picture = Image.frombytes("RGB", (wide, high), data).convert("L").point(lambda value: 255 if value < 250 else 0)
        left, _, right, bottom = picture.getbbox() or (0, 0, 0, 0)
        assert left >= 24
        assert right <= wide - 24
        assert bottom <= high - 8


def test_type_is_large_enough() -> None:
    assert TYPES["normal"].body.size >= 12.5
    assert TYPES["large"].body.size >= 17
    for kind in TYPES.values():
        assert kind.body.leading / kind.body.size >= 1.3


def test_a_bad_logo_and_a_missing_glyph_are_said_before_anything_is_drawn() -> None:
    with pytest.raises(InputError, match="logo"):
        _pdf(logo=b"GIF89a")
    with pytest.raises(RenderError, match="U\\+4E2D"):
        _pdf(patient="中文")


def test_plain_text_says_everything_in_order() -> None:
    made = sample_handout(long_form=True, **FILLED)
    text = plain_text(made)
    assert text.index("No cell treatment") < text.index("Into the joint") < text.index("Into a vein")
    assert "- What may harm: Getting the cells:" in text
    assert "[ ] Going home the same day" in text
    assert "<" not in text
    assert not any(character in text for character in "\ue000\ue001{}")
    assert plain_text(sample_handout(language="es")).count("WHERE THE NUMBERS COME FROM") == 1


def test_preview_gives_rgb_pages() -> None:
    made = pages(_pdf(), 0.5)
    assert len(made) == 2
    for wide, high, data in made:
        assert (wide, high) == (298, 421)
        assert len(data) == wide * high * 3
        assert data[:3] == b"\xff\xff\xff"
    assert page(_pdf(), 1, 0.5) == made[1]

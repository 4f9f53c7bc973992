"""Typed text and logos: what is taken out, what is kept, what is refused."""

import struct
import unicodedata
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.errors import InputError, RenderError
from core.handout.clean import NOTE_LIMIT, check_glyphs, clean, clean_logo
from core.handout.fonts import lacks
from core.handout.runs import END, START, runs, said
from tests.core.handout.hostile import STRINGS, WITHOUT_GLYPH


def test_the_suite_is_large_enough() -> None:
    assert len(set(STRINGS)) >= 200


@pytest.mark.parametrize("text", STRINGS)
def test_nothing_invisible_is_left(text: str) -> None:
    made = clean(text, NOTE_LIMIT, lines=True)
    for letter in made:
        assert letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    assert START not in made
    assert END not in made


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    made = clean(text, 4000, lines=True)
    assert clean(made, 4000, lines=True) == made


@given(st.text(alphabet=st.characters(whitelist_categories=("L", "N", "P", "S")), max_size=60))
def test_visible_characters_stay(text: str) -> None:
    kept = clean(text, 1000)
    visible = [c for c in unicodedata.normalize("NFC", text) if c not in "\ufffc\u2800\u3164\uffa0\u115f\u1160"]
    assert kept == "".join(visible)


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("a\u202eb", "ab"), ("Jos\u0065\u0301", "José"), (" a \t b ", "a b"), ("a\r\nb", "a b"),
        ("<b>&amp;", "<b>&amp;"),        ("x\u00a0y", "x y"), ("\x1b[31mred", "[31mred"),
    ],
)  # fmt: skip
def test_what_is_printed(given_text: str, printed: str) -> None:
    assert clean(given_text, 80) == printed


def test_lines_are_kept_where_they_are_wanted() -> None:
    assert clean("a\r\n\r\n\r\n\r\nb\u2028c ", 80, lines=True) == "a\n\nb\nc"


def test_too_long_is_refused_not_cut() -> None:
    with pytest.raises(InputError, match="81 characters"):
        clean("a" * 81, 80)


@pytest.mark.parametrize("text", WITHOUT_GLYPH)
def test_a_character_without_a_glyph_is_named(text: str) -> None:
    with pytest.raises(RenderError, match=r"U\+[0-9A-F]{4}"):
        check_glyphs([clean(text, 80)], lacks)


@pytest.mark.parametrize(
    "block",
    [range(0x20, 0x7F), range(0xA1, 0x180), range(0x391, 0x3A2), range(0x3B1, 0x3CA), range(0x400, 0x460)],
)
def test_the_fonts_cover_latin_greek_and_cyrillic(block: range) -> None:
    letters = "".join(chr(code) for code in block if unicodedata.category(chr(code)) not in ("Cn", "Cf"))
    check_glyphs([letters + "≤≥→±µ☐–—‘’“”…•×½°"], lacks)


@given(st.text(max_size=60))
def test_bold_marks_never_lose_a_letter(text: str) -> None:
    made = runs(text)
    assert said(made) == text.replace(START, "").replace(END, "")
    if START not in text:
        assert not any(run.bold for run in made)


def test_typed_text_cannot_become_bold() -> None:
    assert not any(run.bold for run in runs(clean(f"{START}x{END}", 80)))


def _png(size: tuple[int, int] = (600, 300)) -> bytes:
    out = BytesIO()
    Image.new("RGBA", size, (200, 0, 0, 128)).save(out, "PNG", pnginfo=None)
    return out.getvalue()


def test_a_logo_is_made_anew_and_at_most_15_mm_high() -> None:
    data, wide, high = clean_logo(_png())
    assert (wide, high) == pytest.approx((30.0, 15.0))
    with Image.open(BytesIO(data)) as made:
        assert made.format == "PNG"
        assert made.mode == "RGB"
        assert max(made.size) <= 720


def test_a_wide_logo_is_at_most_60_mm_wide() -> None:
    _, wide, high = clean_logo(_png((1200, 100)))
    assert wide == pytest.approx(60.0)
    assert high == pytest.approx(5.0)


def test_what_hides_in_a_logo_does_not_get_through() -> None:
    out = BytesIO()
    Image.new("RGB", (40, 40), "blue").save(out, "JPEG", comment=b"patient 4711")
    assert b"patient" not in clean_logo(out.getvalue())[0]
    assert b"SECRET" not in clean_logo(_png() + b"SECRET")[0]


def test_a_small_logo_is_printed_small() -> None:
    _, wide, high = clean_logo(_png((40, 20)))
    assert (wide, high) == pytest.approx((40 * 0.254, 20 * 0.254))


def test_a_kept_logo_comes_out_the_same_size() -> None:
    data, wide, high = clean_logo(_png((500, 310)))
    assert clean_logo(data)[1:] == pytest.approx((wide, high), rel=0.01)


def _saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _shade(data: bytes) -> tuple[int, ...]:
    with Image.open(BytesIO(clean_logo(data)[0])) as made:
        return made.getpixel((made.width // 2, made.height // 2))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_keeps_its_grey(mode: str) -> None:
    if mode == "I;16":
        picture = Image.new(mode, (60, 30), 100 * 256)
    else:
        picture = Image.new("L", (60, 30), 0 if mode == "1" else 100).convert(mode)
    assert _shade(_saved(picture)) == pytest.approx((0,) * 3 if mode == "1" else (100,) * 3, abs=3)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_keeps_its_colour(mode: str) -> None:
    picture = Image.new("RGB", (60, 30), (120, 120, 120)).convert(mode)
    assert _shade(_saved(picture, "JPEG")) == pytest.approx((120,) * 3, abs=4)


def test_a_turned_photograph_stands_upright() -> None:
    picture = Image.new("RGB", (60, 30), "navy")
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held on its side
    _, wide, high = clean_logo(_saved(picture, "JPEG", exif=turned))
    assert high == pytest.approx(2 * wide)


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (Image.new("RGB", (60, 30), "white"), "white paper"),
        (Image.new("RGBA", (60, 30), (0, 0, 0, 0)), "white paper"),
        (Image.new("RGB", (8, 8), "black"), "at least 16"),
        (Image.new("RGB", (4_000, 20), "black"), "too narrow"),
        (Image.new("RGB", (20, 4_000), "black"), "too narrow"),
        (Image.new("1", (4_000, 3_001)), "12 million"),
    ],
)
def test_an_odd_logo_is_refused_with_the_reason(picture: Image.Image, said: str) -> None:
    with pytest.raises(InputError, match=said):
        clean_logo(_saved(picture))


def _bomb() -> bytes:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    )  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        b"<svg/>",
        b"%PDF-1.4",
        _png()[:60],
        b"\x00" * 3_000_000,
        _bomb(),
        b"BM" + b"\0" * 60,
    ],
)
def test_a_bad_logo_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(InputError, match="logo"):
        clean_logo(data)

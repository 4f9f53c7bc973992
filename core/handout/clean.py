"""What a person types is text: cleaned of what nobody can see, checked for what the fonts cannot draw, never markup.

Taken out, because they are invisible and can mislead: control characters, direction overrides and marks, zero-width
characters, variation selectors, tags, lone surrogates, noncharacters. Everything else stays: a character that the
fonts cannot draw is reported before export, never dropped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from core.errors import InputError, RenderError, shortened

if TYPE_CHECKING:
    from PIL import Image

NAME_LIMIT, LINE_LIMIT, NOTE_LIMIT = 80, 120, 2_000  # characters
LOGO_LIMIT = 2 * 1024 * 1024  # bytes of the file
_LOGO_PIXELS = 12_000_000  # a small file can unfold to a huge picture
_LOGO_DPI, _LOGO_HEIGHT_MM, _LOGO_WIDTH_MM = 300, 15.0, 60.0
_LOGO_COARSEST_DPI = 100  # a small picture is printed small, so that nobody sees its dots
_LOGO_LEAST = 16  # dots on the shorter side; fewer are a mark or a line, no logo
_LOGO_LEAST_MM = 2.0
_PAPER = 250  # of 255: what is lighter than this cannot be seen on paper

_SPACES = "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f\u3000\t\u00a0\u202f"
_LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u3164\uffa0\ufffc\u2800")
_TO_SPACE = {ord(space): " " for space in _SPACES}


def clean(text: str, limit: int, *, lines: bool = False) -> str:
    """A typed text as it may be printed: normal form C, single spaces, nothing invisible, line ends only if `lines`.

    Raises InputError when more than `limit` characters remain: what was typed is never cut.
    """
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    if not lines:
        text = text.replace("\n", " ")
    text = text.translate(_TO_SPACE)
    plain = text.isascii() and text.replace("\n", "").isprintable()  # as nearly every text is
    kept = text if plain else "".join(letter for letter in text if letter == "\n" or _visible(letter))
    tidy = "\n".join(" ".join(line.split(" ")) for line in unicodedata.normalize("NFC", kept).split("\n"))
    while "  " in tidy:
        tidy = tidy.replace("  ", " ")
    while "\n\n\n" in tidy:
        tidy = tidy.replace("\n\n\n", "\n\n")
    tidy = "\n".join(line.strip() for line in tidy.strip().split("\n"))
    if len(tidy) > limit:
        sentence = "The text “{text}…” has {count} characters. Shorten it to {most}."
        raise InputError.told(sentence, text=tidy[:30], count=len(tidy), most=limit)
    return tidy


def day_of(given: str) -> str:
    """A day as it was given, by which a sheet expires; empty for none. Raises InputError for what is no day."""
    try:
        return date.fromisoformat(given).isoformat() if given else ""
    except ValueError as error:
        raise InputError(f"“{shortened(given)}” is no day. Give it like 2026-11-25.", str(error)) from error


def lines_of(typed: Iterable[str], too_many: str, most: int) -> tuple[str, ...]:
    """Typed lines, cleaned, without the empty ones.

    Raises InputError for more than `most`, since none is left out unsaid; `too_many` is its sentence, with the fields
    `count` and `most`.
    """
    lines = tuple(line for line in (clean(line, LINE_LIMIT) for line in typed) if line)
    if len(lines) > most:
        raise InputError.told(too_many, count=len(lines), most=most)
    return lines


def _visible(letter: str) -> bool:
    code = ord(letter)
    if letter in _INVISIBLE or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return False
    if 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF:  # variation selectors, tags
        return False
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def check_glyphs(texts: Iterable[str], lacks: Callable[[str], str]) -> None:
    """Raise RenderError naming the characters that the fonts cannot draw; `lacks` gives those of a text."""
    missing = lacks("".join(sorted(set("".join(texts)) - {"\n"})))
    if not missing:
        return
    named = ", ".join(f"{letter} (U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed')})" for letter in missing[:6])
    detail = f"characters without a glyph: {', '.join(f'U+{ord(letter):04X}' for letter in missing)}"
    if len(missing) > 6:
        sentence = (
            "The handout's letters lack {named} and {more} more. Write that word in Latin, Greek or Cyrillic letters."
        )
        raise RenderError.told(sentence, detail, named=named, more=len(missing) - 6)
    sentence = "The handout's letters lack {named}. Write that word in Latin, Greek or Cyrillic letters."
    raise RenderError.told(sentence, detail, named=named)


def clean_logo(data: bytes) -> tuple[bytes, float, float]:
    """A logo as a fresh PNG with nothing but its pixels, and its width and height on paper in mm (at most 60 × 15).

    Raises InputError for anything but a sound PNG or JPEG of reasonable size that can be seen on white paper.
    """
    from PIL import Image  # late: most handouts have no logo

    picture = _logo_picture(data)
    wide, high = picture.size
    scale = min(_LOGO_HEIGHT_MM / high, _LOGO_WIDTH_MM / wide, 25.4 / _LOGO_COARSEST_DPI)
    millimetres = (wide * scale, high * scale)
    if min(millimetres) < _LOGO_LEAST_MM:
        sentence = "The logo is {wide} × {high} dots, too narrow to print. Cut it to a wider shape."
        raise InputError.told(sentence, wide=wide, high=high)
    dots = tuple(
        max(1, min(size, round(mm / 25.4 * _LOGO_DPI))) for size, mm in zip((wide, high), millimetres, strict=True)
    )
    picture = picture.resize((dots[0], dots[1]))
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    if not any(ground.convert("L").histogram()[:_PAPER]):
        raise InputError.told("The logo cannot be seen on white paper. Choose the one that is made for a light ground.")
    out = BytesIO()
    ground.save(out, "PNG")
    return out.getvalue(), *millimetres


def _logo_picture(data: bytes) -> Image.Image:
    """The picture in a file, upright, with its transparency."""
    import struct
    import warnings

    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(data) > LOGO_LIMIT:
        sentence = "The logo has {size} MB. Choose a PNG or JPEG of at most 2 MB."
        raise InputError.told(sentence, size=f"{len(data) / 1e6:.1f}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(BytesIO(data), formats=("PNG", "JPEG"))
        with opened:
            wide, high = opened.size
            if wide * high > _LOGO_PIXELS:
                sentence = "The logo is {wide} × {high} dots. Choose one of at most 12 million dots."
                raise InputError.told(sentence, wide=wide, high=high)
            if min(wide, high) < _LOGO_LEAST:
                sentence = "The logo is {wide} × {high} dots. Choose one of at least {least} a side."
                raise InputError.told(sentence, wide=wide, high=high, least=_LOGO_LEAST)
            upright = ImageOps.exif_transpose(opened)  # a photographed logo says in its data which side is up
            if upright.mode.startswith("I"):  # 16 bits a dot, of which a plain conversion would keep the lowest
                upright = upright.point(lambda level: level / 256).convert("L")
            return upright.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as cause:
        sentence = "The logo has too many dots. Choose one of at most 12 million dots."
        raise InputError.told(sentence, str(cause)) from cause
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error) as cause:
        sentence = "The logo is no sound PNG or JPEG picture. Save it again as PNG."
        raise InputError.told(sentence, str(cause)) from cause

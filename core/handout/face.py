"""TrueType faces for a tagged PDF: read quickly, measured quickly, embedded so that every glyph has a character."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from struct import iter_unpack, unpack, unpack_from
from typing import Any
from weakref import WeakKeyDictionary

from core.handout.lab import TTEncoding, TTFont, TTFontFace, pdfmetrics

_NO_UNICODE = (0x0000, 0xFEFF, 0xFFFE)  # ISO 14289-1, 7.21.7: no glyph may stand for these
_CMAP_BLOCK = 100  # Adobe Technical Note 5411: at most so many entries in one bfchar block
_WHOLE_UNICODE = (3, 10)  # platform and encoding of the map of characters that is read, in format 12
_SPACE, _FIXED_SPACE = 0x20, 0xA0


class _Tables(TTFontFace):  # type: ignore[misc]
    """What reportlab knows of a face, read a table at a time: it reads the long ones two bytes at a time itself."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 (reportlab's names)
        """Raises ValueError for a face without a map of all of Unicode."""
        super().extractInfo(charInfo=0)  # all but characters, their widths, and where glyphs lie
        count = self.numGlyphs
        (full,) = unpack_from(">H", self.get_table("hhea"), 34)  # so many glyphs have a width of their own
        (long,) = unpack_from(">H", self.get_table("head"), 50)
        metrics = unpack(f">{full + count}H", self.get_table("hmtx"))
        advances = [*metrics[: 2 * full : 2], *[metrics[2 * full - 2]] * (count - full)]
        self.hmetrics = list(zip(advances, [*metrics[1 : 2 * full : 2], *metrics[2 * full :]], strict=True))
        places = unpack(f">{count + 1}{'L' if long else 'H'}", self.get_table("loca"))
        self.glyphPos = places if long else [place << 1 for place in places]
        groups = self._groups()
        glyphs = {char: first + char - start for start, end, first in groups for char in range(start, end + 1)}
        glyphs[_FIXED_SPACE] = glyphs[_SPACE]
        self.charToGlyph = glyphs
        self.charWidths = {char: self._pdfScale(advances[glyph]) for char, glyph in glyphs.items()}
        self.defaultWidth = self._pdfScale(advances[0])

    def _groups(self) -> list[tuple[int, int, int]]:
        """First character, last character and first glyph of each group of the map."""
        table = self.get_table("cmap")
        _, count = unpack_from(">HH", table)
        maps = {(platform, encoding): at for platform, encoding, at in iter_unpack(">HHL", table[4 : 4 + 8 * count])}
        at = maps.get(_WHOLE_UNICODE)
        if at is None or unpack_from(">H", table, at) != (12,):
            raise ValueError("the face has no map of all of Unicode")
        (groups,) = unpack_from(">L", table, at + 12)
        return list(iter_unpack(">LLL", table[at + 16 : at + 16 + 12 * groups]))


class _Widths(dict[str, float]):
    """Letter -> its width in thousandths of the type size, looked up when the letter is first met."""

    def __init__(self, tables: _Tables) -> None:
        super().__init__()
        self._tables = tables

    def __missing__(self, letter: str) -> float:
        found: float = self._tables.getCharWidth(ord(letter))
        self[letter] = found
        return found


class Face(TTFont):  # type: ignore[misc]
    """A TrueType font read from bytes, embedded as a subset in which every glyph has a character.

    reportlab's own map gives the unused glyphs the character U+0000, which PDF/UA-1 forbids.
    """

    def __init__(self, name: str, data: bytes) -> None:  # as in reportlab, with our tables
        self.fontName = name
        self.face = _Tables(BytesIO(data))
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self.shapable = self._asciiReadable = False
        self._widths = _Widths(self.face)

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802 (reportlab's name)
        """Width of a text in points."""
        return 0.001 * size * sum(map(self._widths.__getitem__, text))

    def lacks(self, text: str) -> str:
        """The characters of a text that the font has no glyph for, each once, in order."""
        glyphs = self.face.charToGlyph
        return "".join(dict.fromkeys(c for c in text if ord(c) not in glyphs))

    def addObjects(self, doc: Any) -> None:  # noqa: N802 (reportlab's name)
        state = self.state[doc]
        subsets, name = state.subsets, state.internalName
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            font = doc.idToObject["BasicFonts"].dict[f"{name}+{number}"]
            stream = doc.idToObject[f"toUnicodeCMap:{font.BaseFont}"]
            stream.content = to_unicode(font.BaseFont, subset)


def to_unicode(name: str, subset: Sequence[int]) -> str:
    """The ToUnicode map of a subset: code `i` stands for the character `subset[i]`."""
    pairs = [f"<{code:02X}> <{char:04X}>" for code, char in enumerate(subset) if char not in _NO_UNICODE]
    lines = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap"]
    lines += [f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def"]
    lines += [f"/CMapName /{name} def", "/CMapType 2 def"]
    lines += ["1 begincodespacerange", f"<00> <{len(subset) - 1:02X}>", "endcodespacerange"]
    for start in range(0, len(pairs), _CMAP_BLOCK):
        block = pairs[start : start + _CMAP_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


def register(*faces: Face) -> None:
    """Make faces known to reportlab under their names, once."""
    for face in faces:
        pdfmetrics.registerFont(face)

"""Faces are read as reportlab reads them, only faster."""

from io import BytesIO
from pathlib import Path

import pytest
import reportlab
from reportlab.pdfbase.ttfonts import TTFont

from core.handout import fonts
from core.handout.face import Face

READ = ["charToGlyph", "charWidths", "defaultWidth", "hmetrics", "name", "bbox", "ascent", "descent", "flags", "stemV"]


@pytest.mark.parametrize("file", fonts.DIGESTS)
def test_a_face_holds_what_reportlab_reads_of_it(file: str) -> None:
    data = fonts.whole(file)
    ours, theirs = Face("Ours", data), TTFont("Theirs", BytesIO(data))
    for name in READ:
        assert getattr(ours.face, name) == getattr(theirs.face, name), name
    assert list(ours.face.glyphPos) == theirs.face.glyphPos
    for text in ("Fer\u00a0vivo: 860\u202f000, ¿qué?", "中 has no glyph", ""):
        assert ours.stringWidth(text, 12.5) == theirs.stringWidth(text, 12.5)


def test_a_face_without_a_map_of_all_of_unicode_is_refused() -> None:
    vera = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    with pytest.raises(ValueError, match="no map of all of Unicode"):
        Face("Vera", vera.read_bytes())

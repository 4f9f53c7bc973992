"""Past the expiry of the evidence every side says so, and the approval line says since when nobody looked."""

from __future__ import annotations

import pypdfium2
import pytest

from core.consult import make_consult
from core.handout.content import handout
from core.handout.draw import render
from core.handout.model import HandoutOptions
from core.pack.pack import Pack
from core.recommend import recommend

SAID = {"en": ("OUT OF DATE since", "Not checked since"), "es": ("CADUCADA desde", "Sin revisar desde")}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", ["normal", "large"])
def test_every_side_is_marked_out_of_date(pack: Pack, language: str, size: str) -> None:
    found = recommend(pack, make_consult(pack, "knee_osteoarthritis", asked="iv", jurisdiction="us"))
    for day, old in (("2027-11-25", True), ("2027-11-24", False)):
        sheet = handout(pack, found, HandoutOptions(language=language, size=size, date=day))  # type: ignore[arg-type]
        document = pypdfium2.PdfDocument(render(sheet))
        sides = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
        marked, unchecked = SAID[language]
        own = sides if language == "en" else sides[: len(sides) // 2]
        assert all((marked in side) == old for side in own)
        assert any(unchecked in side for side in own) == old

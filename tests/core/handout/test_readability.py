"""The program's own reading grades against those of textstat, whose dictionary counts syllables."""

import pytest
import textstat

from core.handout.readability import fernandez_huerta, flesch_kincaid, smog, syllables

KNEE = """You have knee arthritis. The smooth lining of the knee wears down. You asked about cells given by drip into
a vein. This sheet shows what we talked about. It does not replace your doctor. We found no approval of a product."""
DRIP = """A nurse puts a thin tube into a vein in your arm. The cells run in slowly. Staff watch you for a while. You
then go home the same day in most clinics. Call us for fever, chest pain or trouble breathing."""
JARGON = """Intracoronary administration requires fluoroscopic visualisation and periprocedural anticoagulation.
Microvascular obstruction and periprocedural infarction are acknowledged complications of administration."""
KNEE, DRIP, JARGON = (text.replace("\n", " ") for text in (KNEE, DRIP, JARGON))


@pytest.mark.parametrize("text", [KNEE, DRIP])
def test_flesch_kincaid_is_near_the_reference(text: str) -> None:
    assert flesch_kincaid(text) == pytest.approx(textstat.flesch_kincaid_grade(text), abs=1.2)


@pytest.mark.parametrize("text", [KNEE, DRIP, JARGON])
def test_smog_is_near_the_reference(text: str) -> None:
    repeated = " ".join([text] * 8)  # the formula wants thirty sentences
    assert smog(repeated) == pytest.approx(textstat.smog_index(repeated), abs=1.5)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("knee", 1),
        ("cells", 1),
        ("needle", 2),
        ("measured", 2),
        ("people", 2),
        ("procedure", 3),
        ("used", 1),
        ("arthritis", 3),
    ],
)
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("células", 3),
        ("rodilla", 3),
        ("vía", 2),
        ("bien", 1),
        ("aguja", 3),
        ("quedan", 2),
        ("guía", 2),
        ("ciudad", 2),
        ("día", 2),
    ],
)
def test_spanish_syllables(word: str, count: int) -> None:
    assert syllables(word, "es") == count


def test_jargon_is_far_above_the_limit() -> None:
    assert flesch_kincaid(JARGON) > 20
    assert smog(JARGON) > 15


def test_no_words_no_grade() -> None:
    assert flesch_kincaid("") == 0.0
    assert smog("12, 13.") == 0.0
    assert fernandez_huerta("…") == 100.0

"""The fixed texts of the handout: plain, complete, the same fields in both languages, no word that pushes."""

import re
from typing import get_args, get_type_hints

import pytest
import textstat

from core.handout import readability
from core.handout.level import body_text
from core.pack.pack import Pack
from core.pack.types import Benefit, Harm, Procedure, Route, Study
from tests.core.handout.sample import sample_handout, texts

FORBIDDEN = re.compile(r"\b(recommended|best|optimal|success\w*|rare|common|safe)\b|\b1 in \d", re.IGNORECASE)


def test_english_is_plain() -> None:
    text = body_text(sample_handout())
    assert textstat.flesch_kincaid_grade(text) <= 8
    assert textstat.smog_index(text) <= 8
    assert readability.flesch_kincaid(text) <= 8


def test_spanish_is_plain() -> None:
    made = texts()["es"]
    fixed = " ".join(text for key, text in made.items() if key.startswith("handout.") and isinstance(text, str))
    assert readability.fernandez_huerta(re.sub(r"\{\w+\}", "", fixed)) >= 70


@pytest.mark.parametrize("language", ["en", "es"])
def test_words_that_never_appear(language: str) -> None:
    for key, text in texts()[language].items():
        if key.startswith("handout."):
            joined = text if isinstance(text, str) else " ".join(text)
            assert not FORBIDDEN.search(joined), key


def test_every_word_of_the_closed_lists_has_its_text() -> None:
    """What the handout looks up by a value of the pack's types exists for each value that the types allow."""
    lists = {"awake_": Procedure, "signs_": Route, "way_": Route, "unit_": Harm}
    lists |= {"sure_": Benefit, "help_": Benefit, "sources_read.": Study}
    fields = {"awake_": "anaesthesia", "unit_": "unit", "sources_read.": "read"}
    for prefix, record in lists.items():
        hints = get_type_hints(record)
        field = fields.get(prefix, "family" if record is Route else "certainty")
        for value in get_args(hints[field]):
            for language in ("en", "es"):
                assert f"handout.{prefix}{value}" in texts()[language], prefix + value


def test_every_species_has_its_text(pack: Pack) -> None:
    for species in pack.species:
        assert f"handout.in_{species}" in texts()["en"]


def test_both_languages_have_the_same_texts_and_fields() -> None:
    made = texts()
    fixed = {language: {k: v for k, v in t.items() if k.startswith("handout.")} for language, t in made.items()}
    assert set(fixed["en"]) == set(fixed["es"])
    for key, text in fixed["en"].items():
        fields = [set(re.findall(r"\{(\w+)\}", str(t))) for t in (text, fixed["es"][key])]
        assert fields[0] == fields[1], key

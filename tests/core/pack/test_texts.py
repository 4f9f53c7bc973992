"""The words for patients, in both languages: plain, active, no bare adjectives for risk, and the same in each.

What is checked is every text that reaches a patient, as it is built; the filled sheets are read by their own tests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import textstat

from core.handout.readability import fernandez_huerta
from core.pack.pack import Pack

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "es")
#: Texts for the clinician, by their last part or their first; everything else reaches a patient.
CLINICIANS = {"name", "the", "synonyms", "short", "suffix", "finding", "indication"}
CLINICIANS_FIRST = {"say", "contraindication", "criterion", "population"}
SENTENCES = {"sentence", "course", "what", "feel", "time", "place", "after", "more_is_not", "relative", "getting"}
PHRASES = {"plain", "for_me", "usual_care", "usual_care_help", "usual_care_harm"}
OF_A_CONDITION = ("sentence", "course", "usual_care", "usual_care_help", "usual_care_harm", "more_is_not", "relative")
OF_A_ROUTE = ("what", "feel", "time", "place", "after")

ONE_IN = {
    "en": r"\b(?:1|one|2|two) (?:in|out of) (?:\d|every|ten|a hundred|a thousand|a million)",
    "es": r"\b(?:1|uno|una|2|dos) de cada\b|\b(?:1|uno|una) entre \d",
}
#: Words that say how likely or how grave a harm is without a number; a number goes there, or nothing.
BARE = {
    "en": r"\b(?:rare|rarely|common|commonly|uncommon|safe|safely|unsafe|harmless|risky|unlikely|negligible|minimal|"
    r"tiny risk|(?:small|low|high|slight|minor|some) risks?|risk-free|well tolerated|infrequent|seldom)\b",
    "es": r"\b(?:raro|rara|raros|raras|raramente|común|comunes|comúnmente|infrecuente|poco frecuente|seguro y eficaz|"
    r"es segura?|son segur[oa]s|inofensiv[oa]s?|improbable|insignificante|mínim[oa]s?|sin riesgo|"
    r"(?:bajo|alto|pequeño|leve|poco) riesgo|bien toleradas?|bien tolerados?)\b",
}
#: What no text for a patient promises, beyond what is forbidden everywhere (tests/forbidden.py).
PROMISES = {
    "en": r"\b(?:recommend\w*|optim\w*|miracle|cure[sd]?|breakthrough)\b",
    "es": r"\b(?:recomend\w*|óptim\w*|exitos\w*|milagro\w*|cura(?:n|r)?)\b",
}
#: Jargon -> what to write.
JARGON = {
    "en": {
        "administer": "give", "adverse": "unwanted", "allogeneic": "from a donor", "anaesthetic": "numbing drug",
        "approximately": "about", "autologous": "your own", "bilateral": "on both sides", "biopsy": "a small sample",
        "catheter": "thin tube", "chronic": "lasting", "cohort": "group", "commence": "start", "contraindication":
        "reason against it", "contrast medium": "dye", "discontinue": "stop", "efficacy": "how well it works",
        "embolism": "clot", "fibrosis": "scars", "fluoroscop": "live X-ray", "haematoma": "bruise", "haemorrhage":
        "bleeding", "hypersensitivity": "allergy", "hypotension": "low blood pressure", "infarct": "dead tissue",
        "inflammation": "swelling", "intervention": "treatment", "intravenous": "into a vein", "ischaemi":
        "too little blood", "lesion": "damaged spot", "malignan": "cancer", "modality": "way", "necrosis":
        "dead tissue", "oedema": "swelling", "percutaneous": "through the skin", "physician": "doctor", "placebo":
        "dummy treatment", "prior to": "before", "prognosis": "what to expect", "prophyla": "to prevent",
        "randomi": "by lot", "sedation": "a drug that makes you sleepy", "stenosis": "narrow", "subcutaneous":
        "under the skin", "subsequent": "later", "sufficient": "enough", "thrombosis": "clot", "utilis": "use",
    },
    "es": {
        "administra": "dar", "alogénic": "de donante", "aproximadamente": "unos", "autólog": "propias", "bilateral":
        "en los dos lados", "biopsia": "una muestra", "catéter": "tubo fino", "cefalea": "dolor de cabeza", "cohorte":
        "grupo", "contraindica": "razón en contra", "edema": "hinchazón", "efectos adversos": "efectos no deseados",
        "eficacia": "si funciona", "embolia": "coágulo", "estenosis": "estrecho", "fibrosis": "cicatrices",
        "fluoroscop": "rayos X en vivo", "hematoma": "moretón", "hemorragia": "sangrado", "hipotensión":
        "tensión baja", "intravenos": "por una vena", "isquemi": "poca sangre", "maligno": "cáncer", "modalidad":
        "forma", "necrosis": "tejido muerto", "percutáne": "a través de la piel", "placebo": "tratamiento simulado",
        "posteriormente": "después", "previo a": "antes de", "pronóstico": "qué esperar", "profila": "prevenir",
        "sedación": "un medicamento que da sueño", "subcutáne": "bajo la piel", "trombosis": "coágulo",
    },
}  # fmt: skip
_BE = r"(?:is|are|was|were|be|been|being|am|get|gets|got|getting)"
_NOT_BETWEEN = r"(?:\s+(?:not|never|still|also|then|often|only|slowly|fully|\w+ly))?"
_IRREGULAR = (
    "born|bought|brought|built|caught|chosen|cut|done|drawn|driven|fed|felt|found|frozen|given|grown|held|hurt|kept|known|"
    "laid|led|left|lost|made|meant|met|moved|paid|put|read|run|said|seen|sent|set|sewn|shown|split|spread|taken|taught|"
    "thought|told|torn|understood|used|won|worn|written"
)
PASSIVE = rf"\b{_BE}{_NOT_BETWEEN}\s+(?:\w{{3,}}ed|{_IRREGULAR})\b"
#: Participles that tell a state and hide no doer.
STATES = {"tired", "need", "bed", "red", "hundred", "numbed", "scarred", "swollen", "blocked", "hurt", "lost"}


def patients(pack: Pack, language: str) -> Iterator[tuple[str, str]]:
    """(key, text) of everything that reaches a patient; lists item by item, without fields and marks."""
    for key, text in pack.file.texts[language].items():
        parts = key.split(".")
        if parts[0] in CLINICIANS_FIRST or parts[-1] in CLINICIANS:
            continue
        for one in (text,) if isinstance(text, str) else text:
            yield key, re.sub(r"\{[be]\}", "", one)


def of_the_pack(pack: Pack, language: str) -> Iterator[tuple[str, str]]:
    """As `patients`, without the fixed words of the sheet: its labels are no sentences and are read when filled."""
    return ((key, text) for key, text in patients(pack, language) if not key.startswith("handout."))


def clash(pack: Pack, language: str, pattern: str) -> list[str]:
    found = [(key, re.search(pattern, text, re.IGNORECASE), text) for key, text in patients(pack, language)]
    return [f"{key}: “{hit.group(0)}” in “{text}”" for key, hit, text in found if hit]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_one_in_so_many(pack: Pack, language: str) -> None:
    assert clash(pack, language, ONE_IN[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_bare_adjective_for_a_risk(pack: Pack, language: str) -> None:
    wishes = "handout.matters"  # what a person may want is no claim
    assert [one for one in clash(pack, language, BARE[language]) if not one.startswith(wishes)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_promise(pack: Pack, language: str) -> None:
    assert clash(pack, language, PROMISES[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_jargon(pack: Pack, language: str) -> None:
    for word, plain in JARGON[language].items():
        assert clash(pack, language, rf"\b{word}") == [], f"“{word}”: write “{plain}”"


def test_no_passive_that_can_be_seen(pack: Pack) -> None:
    found = [
        f"{key}: “{hit.group(0)}” in “{text}”"
        for key, text in of_the_pack(pack, "en")
        # One sentence is as trials say it: that something "has not been shown".
        for hit in re.finditer(PASSIVE, text.replace("has not been shown", ""), re.IGNORECASE)
        if hit.group(0).lower().split()[-1] not in STATES
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_ends_with_a_stop_and_a_phrase_does_not(pack: Pack, language: str) -> None:
    wrong = []
    for key, text in patients(pack, language):
        part = key.rsplit(".", maxsplit=1)[-1]
        if key.startswith("benefit.") or part in SENTENCES:
            wrong += [key] if not re.search(r"[.!?…]$", text) else []
        elif part == "question":
            wrong += [key] if not text.endswith("?") or (language == "es" and "¿" not in text) else []
        elif part in PHRASES:
            wrong += [key] if re.search(r"[.!?;:,]$", text) else []
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(pack: Pack, language: str) -> None:
    most = {"en": 20, "es": 23}[language]
    long = [
        f"{key}: {sentence}"
        for key, text in patients(pack, language)
        for sentence in re.split(r"(?<=[.!?;:])\s+", text)
        if len(sentence.split()) > most
    ]
    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sign_of_a_slip(pack: Pack, language: str) -> None:
    """Doubled words or signs, stray blanks, a sentence that begins small."""
    slips = r"\b(\w+) \1\b|  |^\s|\s$|\s[.,;:!?]|[.,;:]{2}|\.[A-Za-zÁÉÍÓÚÑ]|[.!?] [a-záéíóúñ]"
    found = [f"{key}: {text}" for key, text in of_the_pack(pack, language) if re.search(slips, text)]
    assert found == []


def test_spanish_holds_no_english(pack: Pack) -> None:
    english = r"\b(?:the|and|with|your|you|cells|into|needle|of|is|are|for|from|not|has|this|that)\b"
    assert [one for one in clash(pack, "es", english) if "unreviewed_twin" not in one] == []  # for the English side
    same = [
        key for key, text in patients(pack, "es") if len(text.split()) > 3 and pack.file.texts["en"].get(key) == text
    ]
    assert same == []


def test_spanish_says_usted(pack: Pack) -> None:
    tu = r"\b(?:tú|tu|tus|te|ti|contigo|eres|tienes|puedes|debes|vosotros|vuestr[oa]s?|os)\b"
    assert clash(pack, "es", tu) == []


def together(pack: Pack, language: str, key: str, parts: tuple[str, ...]) -> str:
    """The texts of a record as one text; what the sheet ends with a stop gets one."""
    said = [pack.text(language, f"{key}.{part}") for part in parts if pack.has_text(language, f"{key}.{part}")]
    return " ".join(text if text[-1] in ".!?" else f"{text}." for text in said)


def of_all(pack: Pack, language: str) -> dict[str, str]:
    texts = {f"condition.{c.id}": OF_A_CONDITION for c in pack.file.conditions}
    texts |= {f"route.{r.id}": OF_A_ROUTE for r in pack.file.routes}
    return {key: together(pack, language, key, parts) for key, parts in texts.items()}


def test_english_is_at_grade_8_or_below(pack: Pack) -> None:
    textstat.set_lang("en")
    texts = of_all(pack, "en")
    hard = {key: textstat.flesch_kincaid_grade(text) for key, text in texts.items()}
    assert {key: grade for key, grade in hard.items() if grade > 8} == {}
    for kind in ("condition.", "route."):  # SMOG is meant for thirty sentences and more
        joined = " ".join(text for key, text in texts.items() if key.startswith(kind))
        assert textstat.smog_index(joined) <= 8


def test_spanish_is_plain(pack: Pack) -> None:
    """Fernández Huerta: 60 to 70 is ordinary, 70 and above easy. Texts of a record are short, so 60 is the floor."""
    eases = {key: fernandez_huerta(text) for key, text in of_all(pack, "es").items()}
    assert {key: round(ease) for key, ease in eases.items() if ease < 60} == {}
    assert sum(eases.values()) / len(eases) >= 75


@pytest.mark.parametrize("language", LANGUAGES)
def test_emergencies_have_words_for_a_relative(pack: Pack, language: str) -> None:
    for condition in pack.file.conditions:
        assert pack.has_text(language, f"condition.{condition.id}.relative") == condition.emergency, condition.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_question_about_a_condition_needs(pack: Pack, language: str) -> None:
    """`for_me` ends a question and belongs to somebody; `plain` and `for_me` begin small, as within a sentence."""
    proper = ("ALS", "COPD", "EPOC", "Alzheimer", "Parkinson", "COVID", "Chagas", "ELA", "Crohn", "X-ray")
    mine = {"en": r"\bmy\b", "es": r"\b(?:mi|mis|me)\b"}[language]
    for condition in pack.file.conditions:
        key = f"condition.{condition.id}"
        assert re.search(mine, pack.text(language, f"{key}.for_me")), key
        for part in ("plain", "for_me"):
            text = pack.text(language, f"{key}.{part}")
            assert text[0].islower() or text.startswith(proper), f"{key}.{part}: {text}"
        assert len(pack.text_list(language, f"{key}.synonyms")) >= 2, key


def test_the_lint_sees_what_it_should() -> None:
    assert re.search(ONE_IN["en"], "It happens to 1 in 20 people.")
    assert re.search(ONE_IN["es"], "Le pasa a 1 de cada 20 personas.")
    assert re.search(BARE["en"], "Harm is rare.")
    assert re.search(BARE["es"], "El daño es poco frecuente.")
    assert re.search(PROMISES["en"], "It is a breakthrough.")
    assert re.search(PROMISES["es"], "Es un milagro.")
    for said in ("The cells are given slowly.", "A tube was put in.", "It is slowly moved.", "You get examined."):
        assert re.search(PASSIVE, said), said
    assert not re.search(PASSIVE, "You are asleep. The needle part is short.")

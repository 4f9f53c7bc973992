"""How hard a text is to read: grades for English, an index for Spanish.

Flesch-Kincaid grade: Kincaid 1975 (Research Branch Report 8-75). SMOG: McLaughlin 1969, Journal of Reading 12:639.
Spanish: Fernández Huerta 1959, Consigna 214:29, with the formula's sentence term as corrected by Fernández Law:
206.84 - 60 × syllables a word - 1.02 × words a sentence; 70 to 80 is fairly easy.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:\n]+")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_ENDING = re.compile(r"(?:[^td]ed|[^sxzcg]es)$")
_TWO_VOWELS = re.compile(r"i[ao]|eo(?!p)|ua|[aeiou]ing$")
_ONE_AFTER_ALL = re.compile(r"tion|sion|cial|tial|cian|gion")
_SILENT_U = re.compile(r"([qg])u(?=[eéií])")
_SPANISH_GROUP = re.compile(r"[iuü]?[aeoáéó](?:[iuyü](?![aeoáéó]))?|[íú]|[iuüy]+")


def syllables(word: str, language: str = "en") -> int:
    """Syllables of a word, by rule; English within one of the dictionary for nearly every word."""
    low = word.lower()
    if language == "es":
        return max(1, len(_SPANISH_GROUP.findall(_SILENT_U.sub(r"\1", low))))
    count = len(_ENGLISH_VOWELS.findall(low))
    if low.endswith("e") and not low.endswith("le") and count > 1:
        count -= 1
    if _SILENT_ENDING.search(low) and not low.endswith(("les", "ied")) and count > 1:
        count -= 1
    if _TWO_VOWELS.search(low) and not _ONE_AFTER_ALL.search(low):
        count += 1
    return max(1, count)


@lru_cache(maxsize=1)  # two grades of one text
def _counts(text: str, language: str) -> tuple[int, int, int, int]:
    """Words, sentences, syllables, words of three or more syllables."""
    found = _WORD.findall(text)
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    lengths = [syllables(word, language) for word in found]
    return len(found), max(1, sentences), sum(lengths), sum(length >= 3 for length in lengths)


def flesch_kincaid(text: str) -> float:
    """School grade of an English text; 0 for one without words."""
    words, sentences, total, _ = _counts(text, "en")
    return 0.39 * words / sentences + 11.8 * total / words - 15.59 if words else 0.0


def smog(text: str) -> float:
    """SMOG grade of an English text; 0 for one without words."""
    words, sentences, _, hard = _counts(text, "en")
    return 1.043 * math.sqrt(hard * 30 / sentences) + 3.1291 if words else 0.0


def fernandez_huerta(text: str) -> float:
    """Reading ease of a Spanish text, 0 to 100 and above; 100 for one without words."""
    words, sentences, total, _ = _counts(text, "es")
    return 206.84 - 60.0 * total / words - 1.02 * words / sentences if words else 100.0

"""The words that promise what a delivered fraction cannot: never on the screen, on paper or in the chart note."""

import re

FORBIDDEN = {
    "en": re.compile(r"\b(recommended|best|optimal(ly)?|success(es|ful|fully)?)\b", re.IGNORECASE),
    "es": re.compile(r"\b(recomendad[oa]s?|(el|la|los|las|lo) mejor(es)?|óptim[oa]s?|éxitos?)\b", re.IGNORECASE),
}

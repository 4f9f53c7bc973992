"""Names of things in the language of the window, from the pack's texts, and how its figures are printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.pack.types import OWN
from ui.numbers import Figures, Unit

if TYPE_CHECKING:
    from core.pack.pack import Pack

OWN_NAMES = {"en": "English", "es": "Español"}
"""What each language calls itself."""


class Words:
    """The pack's texts in one language; what a language lacks is said in English, what English lacks by its id."""

    def __init__(self, pack: Pack, language: str, unit: Unit = "cells") -> None:
        self.pack = pack
        self.language = language if language in pack.languages() else "en"
        self.figures = Figures(unit, self.language)

    def text(self, key: str, fallback: str = "", **values: object) -> str:
        """One text with its fields filled in."""
        for language in (self.language, "en"):
            if language in self.pack.file.texts and self.pack.has_text(language, key):
                return self.pack.text(language, key, **values)
        return fallback

    def first(self, *keys: str, fallback: str = "") -> str:
        """The first of several texts that exists."""
        for key in keys:
            if found := self.text(key):
                return found
        return fallback

    def name(self, kind: str, id: str) -> str:
        """The name of a record."""
        return self.text(f"{kind}.{id}.name", _plain(id))

    def short(self, kind: str, id: str) -> str:
        """The short name of a record, for a chip or a button."""
        return self.first(f"{kind}.{id}.short", f"{kind}.{id}.name", fallback=_plain(id))

    def list(self, key: str) -> tuple[str, ...]:
        """A text that is a list, in this language and in English."""
        own = self.pack.text_list(self.language, key)
        if self.language == "en":
            return own
        return tuple(dict.fromkeys((*own, *self.pack.text_list("en", key))))

    def short_citation(self, id: str) -> str:
        """First author and year of a study; its title or id where the source has no author."""
        study = self.pack.studies.get(id)
        if study is None:
            return id
        if id.startswith(OWN):  # whole: the words that say whose it is stand at its end
            return f"{study.authors} {study.year}" if study.year else study.authors or id
        first = re.split(r"[,;]| et al| and ", study.authors or "")[0].strip()
        first = re.sub(r"( [A-Z]{1,3})+$", "", first)
        name = first or study.title or _plain(re.sub(r"[-_.]?(19|20)\d\d.*$", "", id).replace("-", " "))
        return f"{name} {study.year}" if study.year else name

    def citation(self, id: str) -> str:
        """One line that finds the study again."""
        study = self.pack.studies.get(id)
        if study is None:
            return id
        parts = [study.authors, study.title, study.journal, str(study.year) if study.year else None]
        text = ". ".join(part.rstrip(".") for part in parts if part)
        for key, value in (("doi:", study.doi), ("PMID ", study.pmid), ("", study.url if not study.doi else None)):
            if value:
                text += f". {key}{value}"
        return text + "."


def _plain(id: str) -> str:
    text = id.replace("_", " ")
    return text[:1].upper() + text[1:]

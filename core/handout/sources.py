"""The sources of a handout, numbered in the order in which they are first used."""

from __future__ import annotations

import re

from msgspec.structs import replace

from core.handout.clean import NOTE_LIMIT, clean
from core.handout.model import Source
from core.handout.say import Say, phrase, sentence
from core.pack import types as t

_SHORT_TITLE = 40  # letters of a title that stands for unknown authors
_PLAIN_ADDRESS = re.compile(r"^https://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*)?\Z")


class Sources:
    """Collects studies while a handout is filled."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._numbers: dict[str, int] = {}

    def number(self, study: str | None) -> int | None:
        """The number of a study on this handout; None for no study or one that the pack does not hold."""
        if not study or study not in self._say.pack.studies:
            return None
        return self._numbers.setdefault(study, len(self._numbers) + 1)

    def mark(self, study: str | None) -> str:
        """The number in brackets, with the space before it; empty for no study."""
        number = self.number(study)
        return "" if number is None else self._say("harm_source", number=number)

    def all(self) -> tuple[Source, ...]:
        """Everything used, by number."""
        studies = self._say.pack.studies
        return tuple(self._source(number, studies[study]) for study, number in self._numbers.items())

    def _source(self, number: int, study: t.Study) -> Source:
        if study.authors and study.authors.endswith(t.OWN_MARK):
            own = self._say("source_own")
            study = replace(study, authors=f"{study.authors.removesuffix(t.OWN_MARK)} ({own})")
        parts = [study.authors, study.title, study.journal, str(study.year) if study.year else None]
        parts.append(self._say(f"sources_read.{study.read}"))
        if study.seller_interest:
            parts.append(self._say("source_seller"))
        if study.funding:
            parts.append(self._say("source_paid", funding=study.funding))
        full = " ".join(sentence(phrase(part)) for part in parts if part)
        # A clinic's own study is typed, and what is typed can hide and turn letters.
        return Source(number, clean(short_name(study), NOTE_LIMIT), clean(full, NOTE_LIMIT), address_of(study))


def short_name(study: t.Study) -> str:
    """A study in a few words: first author and year, else the beginning of its title, its journal and year.

    A journal and a year alone name hundreds of papers, so they stand only where neither authors nor title were read.
    """
    year = f" {study.year}" if study.year else ""
    if study.id.startswith(t.OWN):  # whole: the words that say whose it is stand at its end
        return f"{study.authors}{year}"
    if study.authors:
        first = re.split(r"[,;]| et al| and ", study.authors)[0].strip()
        family = re.sub(r"(?:\s+[A-Z][A-Z.-]{0,3})+$", "", first) or first
        return f"{family}{year}"
    name = _journal_name(study.journal or "") or ("" if study.title else _site(address_of(study)))
    if study.year and str(study.year) in (study.title or name):
        year = ""
    title = study.title or ""
    if len(title) > _SHORT_TITLE:
        title = title[:_SHORT_TITLE].rsplit(" ", 1)[0].rstrip(",:;") + "…"
    return f"{', '.join(part for part in (title, name) if part)}{year}".strip()


def _site(address: str) -> str:
    """The site of an address, which a short list has room for; the long one has the whole."""
    return address.removeprefix("https://").split("/")[0]


def _journal_name(journal: str) -> str:
    """A journal without volume and pages."""
    return re.split(r"[;,(]|\s\d", journal)[0].strip(" .:")


def address_of(study: t.Study) -> str:
    """Where a study is found: its DOI, else PubMed, else its page; only plain https addresses."""
    for address in (
        f"https://doi.org/{study.doi}" if study.doi else "",
        f"https://pubmed.ncbi.nlm.nih.gov/{study.pmid}/" if study.pmid else "",
        study.url or "",
    ):
        if plain_address(address):
            return address
    return ""


def plain_address(address: str) -> bool:
    """Whether an address is https and made of nothing but the plain characters of addresses."""
    return bool(_PLAIN_ADDRESS.match(address))

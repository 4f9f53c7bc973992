"""What a recommendation's parts are called on screen; every panel says the same thing in the same words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

from core.clock import today
from ui import numbers

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Delivered, Option, Recommendation


def status(option: Option) -> str:
    """The words for where an option stands."""
    return {
        "suitable": QCoreApplication.translate("Say", "can be done here"),
        "refer": QCoreApplication.translate("Say", "Needs referral"),
        "not_for_this_patient": QCoreApplication.translate("Say", "Not for this patient"),
        "not_tried_in_people": QCoreApplication.translate("Say", "Not tried in people, as far as we found"),
    }[option.status]


def firmness(option: Option) -> str:
    """How firm a place is, short enough for a row."""
    if len(option.firmness_text) <= 20:
        return option.firmness_text
    return {
        "tied": QCoreApplication.translate("Say", "level with others"),
        "clearly_first": QCoreApplication.translate("Say", "clearly first"),
        "probably_first": QCoreApplication.translate("Say", "probably first"),
        "behind": QCoreApplication.translate("Say", "behind"),
        "clearly_behind": QCoreApplication.translate("Say", "clearly behind"),
        "none": "",
    }[option.firmness]


def certainty(level: str) -> str:
    """How sure the count of cells is."""
    return {
        "high": QCoreApplication.translate("Say", "count: high certainty"),
        "moderate": QCoreApplication.translate("Say", "count: moderate certainty"),
        "low": QCoreApplication.translate("Say", "count: low certainty"),
        "very_low": QCoreApplication.translate("Say", "count: very low certainty"),
    }[level]


def basis(delivered: Delivered) -> str:
    """What stands behind a figure, and whether a clinic's own figures are in it."""
    said = _basis(delivered)
    if not delivered.own:
        return said
    return QCoreApplication.translate("Say", "{basis}, with this clinic's own figures").format(basis=said)


def _basis(delivered: Delivered) -> str:
    if delivered.basis == "measured":
        return QCoreApplication.translate("Say", "cells were counted")
    if delivered.basis == "both":
        return QCoreApplication.translate("Say", "counted, joined with a model")
    if delivered.placement_measured:
        return QCoreApplication.translate("Say", "needle measured, staying assumed")
    return QCoreApplication.translate("Say", "modelled, not measured")


def read_as(how: str) -> str:
    """How far a source was read."""
    return {
        "full_text": QCoreApplication.translate("Say", "full text"),
        "abstract": QCoreApplication.translate("Say", "abstract"),
        "official_page": QCoreApplication.translate("Say", "official page"),
        "secondary": QCoreApplication.translate("Say", "second hand"),
    }[how]


def hollow(delivered: Delivered) -> bool:
    """Whether a figure is drawn as estimated: nobody counted the cells."""
    return delivered.basis == "modelled" or delivered.measured_share <= 0


def figure(figures: numbers.Figures, delivered: Delivered) -> str:
    """The figure of a row as printed, without its unit."""
    return figures.short(delivered.median, below=delivered.below)


def figure_of_all(figures: numbers.Figures, delivered: Delivered) -> str:
    """The figure in a sentence: 860 000 of 1 000 000 cells; 86 % of the dose."""
    if figures.unit == "percent":
        return QCoreApplication.translate("Say", "{share} of the dose").format(share=figure(figures, delivered))
    cells = numbers.cells(delivered.median * 1e6, below=delivered.below, language=figures.language)
    return QCoreApplication.translate("Say", "{cells} of 1 000 000 cells").format(cells=cells)


def span(figures: numbers.Figures, delivered: Delivered) -> str:
    """Its 90 % range as printed."""
    return figures.span(delivered.low, delivered.high)


def unit(figures: numbers.Figures) -> str:
    """What the figures count."""
    if figures.unit == "percent":
        return QCoreApplication.translate("Say", "per cent of the dose")
    return QCoreApplication.translate("Say", "cells of a million")


def asked_or_first(recommendation: Recommendation, selected: str) -> tuple[Option | None, Option | None]:
    """The option looked at, and the one that every tab shows beside it: the asked route, else the vein, else the
    first other one."""
    options = {option.procedure: option for option in recommendation.options}
    chosen = options.get(selected)
    asked = next((option for option in recommendation.options if option.asked and option.procedure != selected), None)
    if asked is None:
        asked = next((o for o in recommendation.options if o.route == "iv" and o.procedure != selected), None)
    if asked is None:
        asked = next((o for o in recommendation.options if o.procedure != selected), None)
    return chosen, asked


def approval_lines(pack: Pack, lines: tuple[str, ...]) -> tuple[str, ...]:
    """What was found about approval, its days written out; each line says so where the evidence is past its day."""
    lines = tuple(re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda day: date(day.group()), line) for line in lines)
    if today().isoformat() <= pack.expires:
        return lines
    late = QCoreApplication.translate("Say", "{line} (not checked since {date})")
    return tuple(late.format(line=line, date=date(pack.date)) for line in lines)


def date(iso: str) -> str:
    """A day as it is written in the language of the window: 24 November 2026; anything else as it is."""
    day = QDate.fromString(iso, Qt.DateFormat.ISODate)
    shape = "d 'de' MMMM 'de' yyyy" if QLocale().language() == QLocale.Language.Spanish else "d MMMM yyyy"
    return QLocale().toString(day, shape) if day.isValid() else iso


def decimal(text: str) -> str:
    """A figure that was printed with a point, with the decimal sign of the window's language."""
    return text.replace(".", QLocale().decimalPoint())

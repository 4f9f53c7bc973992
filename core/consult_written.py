"""A consult as people write it: options of a command, or cells of a table with columns of the same names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.consult import Consult, make_consult
from core.errors import InputError
from core.numbers import parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.pack.pack import Pack

COLUMNS = (
    *("condition", "target", "route", "guidance", "cells", "dose", "has", "patient", "sites"),
    *("preset", "weights", "jurisdiction", "species"),
)
"""What describes a consult: the options of `rank` and `handout`, and the columns of a table for `rank --batch`."""


def consult_of(pack: Pack, written: Mapping[str, Any], language: str = "en") -> Consult:
    """The consult that is written, by the names of `COLUMNS`; null is what was not given.

    Errors: InputError naming what is wrong.
    """
    dose, sites, has = written["dose"], written["sites"], written["has"]
    return make_consult(
        pack,
        written["condition"],
        target=written["target"],
        asked=written["route"],
        guidance=written["guidance"],
        cells=written["cells"],
        dose=None if dose is None else parse_number(dose, "dose"),
        sites=None if sites is None else whole(sites, "number of sites"),
        has=None if has is None else _has(has),
        patient=_answers(written["patient"]),
        preset=written["preset"],
        weights=_weights(written["weights"]),
        jurisdiction=written["jurisdiction"],
        species=written["species"],
        language=language,
    )


def ids(text: str) -> tuple[str, ...]:
    """The ids of a list with commas; none in an empty one."""
    return tuple(item for item in (part.strip() for part in text.split(",")) if item)


def _has(text: str) -> tuple[str, ...]:
    """What the clinic has; nothing where it says `none`, because some shells drop an empty argument."""
    return () if text.strip().lower() == "none" else ids(text)


def whole(text: str, what: str) -> int:
    """A whole number. Errors: InputError."""
    value = parse_number(text, what)
    if value != int(value):
        raise InputError(f"The {what} is {text}. Give a whole number.")
    return int(value)


def _answers(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    answers: dict[str, Any] = {}
    for item in ids(text):
        factor, _, answer = item.partition("=")
        if answer not in ("", "yes", "no"):
            raise InputError(f"“{item}” answers neither yes nor no. Write {factor}=yes or {factor}=no.")
        if answers.setdefault(factor, answer or "yes") != (answer or "yes"):
            raise InputError(f"“{factor}” was answered both yes and no. Keep one of the two.")
    return answers


def _weights(text: str | None) -> dict[str, float] | None:
    if text is None:
        return None
    weights: dict[str, float] = {}
    for item in ids(text):
        criterion, equals, weight = item.partition("=")
        if not equals:
            raise InputError(f"“{item}” gives no weight. Write for example {criterion}=80.")
        if criterion in weights:
            raise InputError(f"“{criterion}” was given two weights. Keep one of the two.")
        weights[criterion] = parse_number(weight, f"weight of {criterion}", fraction=True)
    if not weights:
        raise InputError("No weights were given. Write for example delivered=80,harm=20.")
    return weights

"""The Consult: everything chosen, immutable and small, with nothing in it that identifies a patient."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from core.errors import InputError, UnknownIdError

if TYPE_CHECKING:
    from collections.abc import Collection

    from core.pack.pack import Pack

Preset = Literal["delivery_first", "balanced", "least_burden", "own"]
Answer = Literal["yes", "no"]

CRITERIA: tuple[str, ...] = ("delivered", "imaging", "operator", "invasiveness", "harm")
SMALLEST_DOSE, LARGEST_DOSE = 1e3, 1e11
#: Where neither clinician nor condition says otherwise: ten million cells, an assumption that is shown as one.
ASSUMED_DOSE = 1e7
LONGEST_HOURS = 720.0
MOST_SITES = 20


class Consult(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What was chosen in a consult.

    `asked` is the route that the patient or referrer came in asking for (null: nobody asked); `guidance` narrows it.
    `has`: capability ids of the clinic, null means everything. `patient`: factor id -> yes or no; a factor that is
    not there was not asked. `dose`: cells in all, split equally over `sites`. `touched`: the fields that somebody
    set, all others are assumed.
    """

    condition: str
    target: str
    asked: str | None = None
    guidance: str | None = None
    cells: str = "bm_msc"
    dose: float = ASSUMED_DOSE
    sites: Annotated[int, Meta(ge=1, le=MOST_SITES)] = 1
    has: tuple[str, ...] | None = None
    patient: dict[str, Answer] = {}
    preset: Preset = "delivery_first"
    weights: dict[str, float] | None = None
    jurisdiction: str | None = None
    species: str = "human"
    language: str = "en"
    touched: tuple[str, ...] = ()


def known(kind: str, given: str, ids: Collection[str]) -> str:
    """The id that is meant by `given`: itself, or that of the record (where `ids` are records) which has it as alias.

    Errors: UnknownIdError naming the nearest ones.
    """
    if given in ids:
        return given
    if isinstance(ids, Mapping):
        for identifier, record in ids.items():
            if given in getattr(record, "aliases", ()):
                return str(identifier)
    raise UnknownIdError(kind, given, ids)


def checked_dose(dose: float) -> float:
    """A dose in cells; InputError outside 1 000 .. 100 000 million."""
    if not math.isfinite(dose) or not SMALLEST_DOSE <= dose <= LARGEST_DOSE:
        raise InputError(
            f"A dose of {dose:g} cells cannot be reckoned with. Give the number of cells in all, "
            f"between {SMALLEST_DOSE:g} and {LARGEST_DOSE:g}."
        )
    return float(dose)


def checked_hours(hours: float) -> float:
    """Hours after delivery; InputError outside 0 .. 720."""
    if not math.isfinite(hours) or not 0 <= hours <= LONGEST_HOURS:
        raise InputError(
            f"{hours:g} hours is outside what can be estimated. Give 0 to {LONGEST_HOURS:g} hours (30 days)."
        )
    return float(hours)


def make_consult(
    pack: Pack,
    condition: str,
    *,
    target: str | None = None,
    asked: str | None = None,
    guidance: str | None = None,
    cells: str | None = None,
    dose: float | None = None,
    sites: int | None = None,
    has: Collection[str] | None = None,
    patient: dict[str, Answer] | None = None,
    preset: str | None = None,
    weights: dict[str, float] | None = None,
    jurisdiction: str | None = None,
    species: str | None = None,
    language: str = "en",
) -> Consult:
    """A checked Consult with everything that was not given filled in and left untouched.

    Errors: InputError naming the value, the choices and what to do.
    """
    the_condition = pack.conditions[known("condition", condition, pack.conditions)]
    the_target = known("target structure", target, pack.targets) if target is not None else the_condition.targets[0]
    if the_target not in the_condition.targets:
        choices = ", ".join(the_condition.targets)
        raise InputError(f"“{the_target}” is not a target of “{condition}”. Its targets are: {choices}.")
    if asked is not None:
        asked = known("route", asked, pack.routes)
        if guidance is not None:
            guidance = known("guidance", guidance, pack.guidances)
        _needs_procedure(pack, the_target, asked, guidance)
    elif guidance is not None:
        raise InputError("Guidance was given without a route. Name the route too.")
    for factor in patient or {}:
        known("patient factor", factor, pack.factors)
    if sites is not None and not 1 <= sites <= MOST_SITES:
        raise InputError(f"{sites} sites cannot be reckoned with. Give 1 to {MOST_SITES}.")
    if preset is not None and preset not in ("delivery_first", "balanced", "least_burden"):
        raise InputError(f"There is no preset “{preset}”. Choose delivery_first, balanced or least_burden.")
    given = {
        "target": target, "asked": asked, "cells": cells, "dose": dose, "sites": sites, "has": has, "preset": preset,
        "weights": weights, "jurisdiction": jurisdiction,
    }  # fmt: skip
    the_cells = offered_cell_class(pack, cells) if cells is not None else "bm_msc"
    return Consult(
        condition=condition,
        target=the_target,
        asked=asked,
        guidance=guidance,
        cells=the_cells,
        dose=checked_dose(dose) if dose is not None else the_condition.usual_dose or ASSUMED_DOSE,
        sites=sites or 1,
        has=None if has is None else tuple(sorted({known("capability", item, pack.capabilities) for item in has})),
        patient=dict(sorted((patient or {}).items())),
        preset="own" if weights else (preset or "delivery_first"),  # type: ignore[arg-type]
        weights=checked_weights(weights) if weights else None,
        jurisdiction=known("jurisdiction", jurisdiction, pack.jurisdictions) if jurisdiction is not None else None,
        species=known("species", species, pack.species) if species is not None else "human",
        language=known("language", language, pack.languages()),
        touched=tuple(sorted(field for field, value in given.items() if value is not None)),
    )


def offered_cells(pack: Pack) -> list[str]:
    """The cell classes that a consult can be about."""
    return [cells.id for cells in pack.file.cells if cells.offered]


def offered_cell_class(pack: Pack, given: str) -> str:
    """The id of a cell class that a consult can be about. Errors: UnknownIdError for any other."""
    return known("cell class", given, {one.id: one for one in pack.file.cells if one.offered})


def checked_weights(weights: dict[str, float]) -> dict[str, float]:
    """Swing weights of every criterion, 0 where none was given.

    Errors: InputError on an unknown criterion, a negative weight, or when none is above 0.
    """
    for criterion, weight in weights.items():
        known("criterion", criterion, CRITERIA)
        if not math.isfinite(weight) or weight < 0 or weight > 1e6:
            raise InputError(
                f"The weight of “{criterion}” is {weight:g}. Give a number from 0 upwards, for example 80."
            )
    if not any(weights.values()):
        raise InputError("All weights are 0, so nothing could be told apart. Give at least one a number above 0.")
    return {criterion: float(weights.get(criterion, 0.0)) for criterion in CRITERIA}


def _needs_procedure(pack: Pack, target: str, route: str, guidance: str | None) -> None:
    procedures = [p for p in pack.procedures_of(target) if p.route == route]
    if not procedures:
        routes = ", ".join(dict.fromkeys(p.route for p in pack.procedures_of(target)))
        raise InputError(f"“{route}” does not lead to “{target}” in the evidence pack. Routes there are: {routes}.")
    if guidance is not None and guidance not in {p.guidance for p in procedures}:
        ways = ", ".join(p.guidance for p in procedures)
        raise InputError(
            f"“{route}” to “{target}” is not known with the guidance “{guidance}”. It is known with: {ways}."
        )

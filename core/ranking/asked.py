"""The asked route beside the first one: what it would take to do as much, and what honestly speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.consult import CRITERIA
from core.delivery.normal import points
from core.numbers import MILLION
from core.ranking.approval import approved_by_route
from core.ranking.harms import cause
from core.ranking.words import Voice
from core.results import AskedComparison, EquivalentDose

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.ranking.order import Order
    from core.ranking.prepare import Prepared
    from core.ranking.smaa import Floats

ENDS = (0.05, 0.95)
#: Below one cell of a million no dose that can be made would put as many in place.
LEAST = 1e-6
#: A difference of value on a criterion that is worth a word: a tenth of its scale.
NOTICEABLE = 0.1
ALIKE = 1.1
"""Two medians nearer to each other than this are said to be alike."""
SPINE = ("csf", "disc", "cord", "brain")
OPEN_SURGERY = 6
BODY_KG = 70.0
"""The body mass that a dose per kilogram is read with; ICRP 23 (1975), reference man."""


def asked_column(prepared: Prepared) -> int | None:
    """The procedure that was asked about: the route with the guidance given, or with the usual one."""
    consult, procedures = prepared.consult, prepared.ground.procedures
    if consult.asked is None:
        return None
    guidance = consult.guidance or prepared.pack.usual_guidance(consult.asked, consult.target)
    same = [index for index, one in enumerate(procedures) if one.route == consult.asked]
    exact = [index for index in same if procedures[index].guidance == guidance]
    return next(iter(exact or same), None)


def ratio(prepared: Prepared, over: int, under: int) -> tuple[float, float, float]:
    """How many times as many cells one column places as another: ratio of the medians, and its 90 % range.

    The range comes from the joint draws, so that what both share (the passage of the same lungs) cancels out.
    """
    arrivals = prepared.ground.arrivals
    first, second = (arrivals[one].delivered.median for one in (over, under))
    logs = log_fraction(arrivals[over].draws) - log_fraction(arrivals[under].draws)
    low, high = np.exp(points(logs, ENDS))
    middle = first / second
    return middle, min(float(low), middle), max(float(high), middle)


def log_fraction(logits: Floats) -> Floats:
    """The logarithm of the fraction that belongs to a logit, without leaving the logarithms."""
    return np.asarray(-np.logaddexp(0.0, -logits), dtype=np.float64)


def largest_dose(pack: Pack, route: str) -> float | None:
    """The largest dose (cells) given to a person by a route or, where none is on record, by any route.

    A multiple of it is then rather too small than too large. None where the pack holds no dose at all.
    """
    doses = [
        (use.route, use.largest_dose * (BODY_KG if use.dose_unit == "cells_per_kg" else 1.0))
        for use in pack.file.uses
        if use.largest_dose
    ]
    own = [dose for given, dose in doses if given == route]
    return max(own or [dose for _, dose in doses], default=None)


def dose_beyond(pack: Pack, route: str, dose: float) -> bool:
    """Whether a dose (cells in all) exceeds any that was given to people by a route, as far as is on record."""
    largest = largest_dose(pack, route)
    return largest is not None and dose > largest


def equivalent_dose(prepared: Prepared, column: int, reference: int, voice: Voice) -> EquivalentDose:
    """The cells that a procedure would need to put as many in the target as the reference does with the dose given."""
    ground, consult = prepared.ground, prepared.consult
    arrival = ground.arrivals[column].delivered
    named = ground.procedures[reference].id
    target = voice.the(consult.target)
    if arrival.below:
        return EquivalentDose(reference=named, cells=None, reason=voice.say("equivalent_none", target=target))
    if arrival.median < LEAST:
        return EquivalentDose(reference=named, cells=None, reason=voice.say("equivalent_too_few"))
    middle, low, high = ratio(prepared, reference, column) if column != reference else (1.0, 1.0, 1.0)
    cells = consult.dose * middle
    most = largest_dose(prepared.pack, ground.procedures[column].route)
    multiple = cells / most if most else None
    reason = None
    if multiple is not None and multiple > 1.0 and column != reference:
        reason = voice.say("equivalent_beyond", multiple=voice.number(multiple))
    return EquivalentDose(
        reference=named,
        cells=cells,
        low=consult.dose * low,
        high=consult.dose * high,
        largest_dose=most,
        multiple=multiple,
        reason=reason,
    )


def equivalent_sentence(prepared: Prepared, dose: EquivalentDose, voice: Voice) -> str:
    """The equivalent dose in words; beyond the largest dose ever given it is no dose but a multiple of that."""
    names = {one.id: voice.named(one) for one in prepared.ground.procedures}
    if dose.cells is None:
        return _sentence(dose.reason or "")
    if dose.reason is not None and dose.multiple is not None:
        return voice.say(
            "equivalent_beyond_line", reference=names[dose.reference], multiple=voice.number(dose.multiple)
        )
    return voice.say(
        "equivalent_dose",
        reference=names[dose.reference],
        cells=voice.dose(dose.cells),
        low=voice.dose(dose.low or dose.cells),
        high=voice.dose(dose.high or dose.cells),
    )


def compare(prepared: Prepared, order: Order, asked: int, reference: int, voice: Voice) -> AskedComparison:
    """The asked procedure against the first one (or against what would reach the target without constraints)."""
    ground = prepared.ground
    ours, theirs = ground.arrivals[asked].delivered, ground.arrivals[reference].delivered
    names = {"asked": voice.named(ground.procedures[asked]), "first": voice.named(ground.procedures[reference])}
    difference = (theirs.median - ours.median) * MILLION
    status = prepared.screened[asked].status
    sentences: list[str] = []
    if asked == reference:
        middle = low = high = 1.0
        if order.first == asked:
            sentences.append(voice.say("asked_is_first"))
    else:
        middle, low, high = ratio(prepared, reference, asked)
        sentences += _more_or_fewer(difference, (middle, low, high), ours.below, names, voice)
        sentences.append(equivalent_sentence(prepared, equivalent_dose(prepared, asked, reference, voice), voice))
    if status != "suitable":
        sentences.append(voice.say("asked_status", status=voice.say(f"status_{status}")))
    return AskedComparison(
        asked=ground.procedures[asked].id,
        first=ground.procedures[reference].id,
        difference_per_million=difference,
        ratio=middle,
        ratio_low=low,
        ratio_high=high,
        sentences=tuple(sentences),
        for_asked=() if asked == reference else arguments_for(prepared, asked, reference, voice),
    )


def _more_or_fewer(
    difference: float, ratio: tuple[float, float, float], bound: bool, names: dict[str, str], voice: Voice
) -> list[str]:
    """The difference per million and the ratio with its range; neither where the two are as good as the same."""
    middle, low, high = ratio
    if 1 / ALIKE < middle < ALIKE:
        return [voice.say("asked_same", **names)]
    key = "asked_fewer" if difference > 0 else "asked_more"
    said = [voice.say(key, difference=voice.cells(abs(difference)), **names)]
    if bound:
        return said
    if middle >= 1:
        ends = {"ratio": voice.number(middle), "low": voice.number(low), "high": voice.number(high)}
        return [*said, voice.say("asked_ratio", first=names["first"], **ends)]
    ends = {"ratio": voice.number(1 / middle), "low": voice.number(1 / high), "high": voice.number(1 / low)}
    return [*said, voice.say("asked_ratio_inverse", asked=names["asked"], **ends)]


def arguments_for(prepared: Prepared, asked: int, reference: int, voice: Voice) -> tuple[str, ...]:
    """What speaks for the asked procedure beside another, each from the numbers or the records; none is made up."""
    pack, consult, ground = prepared.pack, prepared.consult, prepared.ground
    ours, theirs = ground.procedures[asked], ground.procedures[reference]
    found: list[str] = []
    eased = [
        voice.say(f"ease_{criterion}")
        for row, criterion in enumerate(CRITERIA)
        if row and ground.low[row, asked] - ground.high[row, reference] >= NOTICEABLE
    ]
    imaging = [
        [one for one in prepared.screened[column].met if pack.capabilities[one].kind == "imaging"]
        for column in (asked, reference)
    ]
    if imaging[1] and not imaging[0]:
        things = voice.and_(voice.within("capability", one) for one in imaging[1])
        eased.append(voice.say("ease_needs", things=things))
    if eased:
        found.append(voice.say("for_ease", things=voice.and_(eased)))
    route, other = pack.routes[ours.route], pack.routes[theirs.route]
    tissue = pack.targets[consult.target].tissue
    into_spine = other.family == "csf" or (other.needle and other.family == "local" and tissue in SPINE)
    if into_spine and not (route.family == "csf" or (route.needle and route.family == "local")):
        found.append(voice.say("for_spine"))
    if theirs.invasiveness == OPEN_SURGERY and ours.invasiveness is not None and ours.invasiveness < OPEN_SURGERY:
        found.append(voice.say("for_open"))
    if route.family == "venous" and other.family != "venous":
        found.append(voice.say("for_secretion"))
    found += _avoided(prepared, asked, reference, voice)
    for product in approved_by_route(pack, consult, ours.route) if ours.route != theirs.route else ():
        place = voice.name("jurisdiction", product.jurisdiction)
        found.append(voice.say("for_product", place=place, product=product.name))
    return tuple(found) or (voice.say("for_nothing"),)


def _avoided(prepared: Prepared, asked: int, reference: int, voice: Voice) -> list[str]:
    """The cautions of this patient that the other procedure carries and the asked one does not."""
    mine = {one.contraindication.factor for one in prepared.screened[asked].findings}
    theirs = {
        one.contraindication.factor: one
        for one in reversed(prepared.screened[reference].findings)
        if one.contraindication.severity in ("absolute", "relative") and one.contraindication.factor not in mine
    }
    first = voice.named(prepared.ground.procedures[reference])
    return [voice.say("for_caution", first=first, cause=cause(one, voice)) for one in theirs.values()]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")

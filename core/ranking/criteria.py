"""What procedures are compared by: five criteria as data, with their value functions and the presets of weights.

A value runs from 0 (the far end of a fixed scale) to 1 (its good end) and is additive. The scales are fixed, so
that a procedure's values do not depend on which others are available:

delivered      linear in the logit of the delivered fraction, see `DeliveredScale`. Measured or modelled.
imaging        0.4 time (0 to 240 minutes, linear) + 0.3 contrast (none 1, optional 0.5, given 0) + 0.3 radiation
               (0 to 10 mSv, linear). What the clinic has costs only these; what it lacks is a constraint. Measured.
operator       the skill needed, 0 (anyone trained to give a drip) to 6 (few hands in a country), equal steps. Ordinal.
invasiveness   0.6 what enters the body, 0 (nothing) to 6 (open surgery), equal steps, + 0.4 anaesthesia. Ordinal.
harm           serious harm of the procedure itself, per person, linear in log10 from 1 of 10 000 (1) to 1 of 10 (0),
               by the most frequent serious event on record. Measured, or missing.

What is missing is scored at the far end of its scale and drawn evenly around it, a quarter of the scale to either
side (the far end bounds the scale, not the world): not knowing widens a value and never improves a score. The steps
of the ordinal scales and the shares inside a criterion are judgements of the authors, made for this program; they
are the first thing that the sliders are for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from core.consult import CRITERIA

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack import types as t
    from core.pack.pack import Pack

FLOOR = 1e-6
"""Delivered fractions below one of a million are one and the same to a decision."""
LEAST_SPAN = 4.6
"""Logits: a hundredfold difference in the odds is the least that may count as the whole of the scale."""

LONGEST_MINUTES = 240.0
MOST_RADIATION_MSV = 10.0
MOST_STEPS = 6
SAFEST, RISKIEST = 1e-4, 1e-1
"""Ends of the harm scale: serious harm to 1 of 10 000 people, and to 1 of 10."""
MISSING_SPREAD = 0.25
"""A missing datum is drawn so far to either side of the far end of its scale, and scored at the far end."""
Z90 = 1.6448536269514722
"""95 % point of the normal distribution: the ends of a 90 % interval."""

CONTRAST = {"none": 1.0, "optional": 0.5, "iodinated": 0.0, "gadolinium": 0.0}
ANAESTHESIA = {"none": 1.0, "topical": 0.95, "local": 0.8, "sedation": 0.5, "regional": 0.3, "general": 0.0}

#: A drip, a puncture of the CSF or an organ's own inflow serves every site at once; needles and catheters do not.
ONCE = frozenset({"venous", "portal", "csf", "airway", "cavity"})

PRESETS = {"delivery_first": 80.0, "balanced": 60.0, "least_burden": 20.0}
"""Points of 100 that each preset gives to the delivered fraction."""
REST = {"imaging": 0.2, "operator": 0.2, "invasiveness": 0.3, "harm": 0.3}
"""How a preset shares what is left: what is done to the patient counts half as much again as what it takes to do."""


class Piece(msgspec.Struct, frozen=True):
    """A part of a criterion: its share, its value 0..1 with a range, and the key by which its draws are shared.

    Half of the draws lie evenly between `low` and `value`, half between `value` and `high`. Pieces with the same key
    move together in the draws (a slow clinic is slow with everything).
    """

    name: str
    share: float
    value: float
    low: float
    high: float
    key: str
    missing: bool = False


class Value(msgspec.Struct, frozen=True):
    """A procedure's value on one criterion: its pieces, and their sum with the ends of its range."""

    pieces: tuple[Piece, ...]

    @property
    def point(self) -> float:
        return sum(piece.share * piece.value for piece in self.pieces)

    @property
    def low(self) -> float:
        return sum(piece.share * piece.low for piece in self.pieces)

    @property
    def high(self) -> float:
        return sum(piece.share * piece.high for piece in self.pieces)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the pieces that nothing is known of."""
        return tuple(piece.name for piece in self.pieces if piece.missing)


class DeliveredScale(msgspec.Struct, frozen=True):
    """The scale of the delivered fraction for one target: 0 at `bottom`, 1 at `top`, both logits.

    From the lowest to the highest median of all procedures that the pack has for the target, available or not, so
    that no procedure's value depends on what is available; never shorter than `LEAST_SPAN`, kept at the top end.
    """

    bottom: float
    top: float

    @classmethod
    def of(cls, medians: Iterable[float]) -> DeliveredScale:
        """The scale of a target from the medians (fractions) of all its procedures; ValueError without any."""
        logits = [logit(max(median, FLOOR)) for median in medians]
        if not logits:
            raise ValueError("a target without procedures has no scale")
        top = max(logits)
        return cls(min(*logits, top - LEAST_SPAN), top)

    @property
    def span(self) -> float:
        """Length of the scale in logits."""
        return self.top - self.bottom

    def value(self, fraction: float) -> float:
        """The value of a delivered fraction; above 1 where it lies above the highest median."""
        return (logit(max(fraction, FLOOR)) - self.bottom) / self.span


def logit(fraction: float) -> float:
    """Log odds of a fraction strictly between 0 and 1."""
    return math.log(fraction / (1.0 - fraction))


def preset_weights(preset: str) -> dict[str, float]:
    """Points of 100 for each criterion of a preset; KeyError for an unknown one."""
    delivered = PRESETS[preset]
    return {"delivered": delivered} | {name: share * (100.0 - delivered) for name, share in REST.items()}


def weights_of(consult: Consult) -> dict[str, float]:
    """The consult's weights as shares of 100, from its own sliders or its preset."""
    if consult.weights is None:
        return preset_weights(consult.preset)
    total = sum(consult.weights.get(name, 0.0) for name in CRITERIA)
    return {name: 100.0 * consult.weights.get(name, 0.0) / total for name in CRITERIA}


def times(pack: Pack, procedure: t.Procedure, sites: int) -> int:
    """How often a procedure is done for a number of sites: a drip once, a needle at each."""
    return 1 if pack.routes[procedure.route].family in ONCE else sites


def burden(pack: Pack, procedure: t.Procedure, target: str, cells: str, sites: int) -> dict[str, Value]:
    """The values of a procedure on every criterion but the delivered fraction."""
    repeated = times(pack, procedure, sites)
    return {
        "imaging": Value((_time(procedure, repeated), _contrast(procedure), _radiation(procedure, repeated))),
        "operator": Value((_steps("skill", 1.0, procedure.operator_skill, procedure),)),
        "invasiveness": Value((_steps("entry", 0.6, procedure.invasiveness, procedure), _anaesthesia(procedure))),
        "harm": Value((_harm(pack, procedure, target, cells, repeated),)),
    }


def _missing(name: str, share: float, procedure: t.Procedure) -> Piece:
    return Piece(name, share, 0.0, -MISSING_SPREAD, MISSING_SPREAD, f"{name}:{procedure.route}", missing=True)


def _known(name: str, share: float, value: float) -> Piece:
    return Piece(name, share, value, value, value, name)


def _time(procedure: t.Procedure, repeated: int) -> Piece:
    if procedure.minutes is None:
        return _missing("time", 0.4, procedure)
    short, long = (_share_left(minutes * repeated, LONGEST_MINUTES) for minutes in procedure.minutes)
    return Piece("time", 0.4, (short + long) / 2, long, short, "time")


def _contrast(procedure: t.Procedure) -> Piece:
    value = CONTRAST.get(procedure.contrast)
    if value is None:
        return _missing("contrast", 0.3, procedure)
    return _known("contrast", 0.3, value)


def _radiation(procedure: t.Procedure, repeated: int) -> Piece:
    if procedure.radiation_none:
        return _known("radiation", 0.3, 1.0)
    if procedure.radiation_msv is None:
        return _missing("radiation", 0.3, procedure)
    typical, low, high = (_share_left(dose * repeated, MOST_RADIATION_MSV) for dose in procedure.radiation_msv)
    return Piece("radiation", 0.3, typical, high, low, "radiation")


def _steps(name: str, share: float, level: int | None, procedure: t.Procedure) -> Piece:
    if level is None:
        return _missing(name, share, procedure)
    return _known(name, share, 1.0 - level / MOST_STEPS)


def _anaesthesia(procedure: t.Procedure) -> Piece:
    value = ANAESTHESIA.get(procedure.anaesthesia)
    if value is None:
        return _missing("anaesthesia", 0.4, procedure)
    return _known("anaesthesia", 0.4, value)


def _share_left(amount: float, most: float) -> float:
    return max(0.0, 1.0 - amount / most)


class SeriousHarm(msgspec.Struct, frozen=True):
    """The most frequent serious harm of a procedure on record: counts pooled over the studies of one event."""

    event: str
    numerator: int
    denominator: int
    harms: tuple[str, ...]

    def rate(self, z: float = Z90) -> tuple[float, float, float]:
        """Wilson's centre and ends of the interval, which draw thin counts away from 0 (Wilson 1927)."""
        n, share = self.denominator, self.numerator / self.denominator
        centre = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return centre, max(0.0, centre - half), min(1.0, centre + half)


def harms_of(pack: Pack, procedure: t.Procedure, target: str, cells: str) -> tuple[t.Harm, ...]:
    """The harms on record that can happen with a procedure at a target, of the procedure or of the cells."""
    names = selectors(pack.routes[procedure.route])
    return tuple(
        harm
        for harm in pack.file.harms
        if not names.isdisjoint(harm.routes)
        and (not harm.targets or target in harm.targets)
        and (not harm.cells or cells in harm.cells)
    )


def selectors(route: t.Route) -> frozenset[str]:
    """The words by which a harm or a contraindication can mean a route: its id, `any`, `any_needle`, `any_catheter`."""
    names = {route.id, "any"}
    if route.needle:
        names.add("any_needle")
    elif route.family in ("arterial", "portal", "local"):
        names.add("any_catheter")
    return frozenset(names)


def serious_harm(pack: Pack, procedure: t.Procedure, target: str, cells: str) -> SeriousHarm | None:
    """The serious harm of the procedure itself with the highest counted rate; None where none was ever counted."""
    counted: dict[str, list[t.Harm]] = {}
    for harm in harms_of(pack, procedure, target, cells):
        ours = harm.severity == "serious" and harm.cause in ("procedure", "either") and harm.kind == "count"
        if ours and harm.denominator and harm.numerator is not None and harm.unit != "injections":
            counted.setdefault(harm.event, []).append(harm)
    found = [
        SeriousHarm(
            event,
            sum(harm.numerator or 0 for harm in harms),
            sum(harm.denominator or 0 for harm in harms),
            tuple(harm.id for harm in harms),
        )
        for event, harms in counted.items()
    ]
    return max(found, key=lambda harm: (harm.rate()[0], harm.event), default=None)


def _harm(pack: Pack, procedure: t.Procedure, target: str, cells: str, repeated: int) -> Piece:
    serious = serious_harm(pack, procedure, target, cells)
    if serious is None:
        return _missing("serious", 1.0, procedure)
    rates = (1.0 - (1.0 - rate) ** repeated for rate in serious.rate())
    point, low, high = (_harm_value(rate) for rate in rates)
    return Piece("serious", 1.0, point, high, low, f"serious:{serious.event}")


def _harm_value(rate: float) -> float:
    if rate <= SAFEST:
        return 1.0
    return max(0.0, math.log(RISKIEST / rate) / math.log(RISKIEST / SAFEST))

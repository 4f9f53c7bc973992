"""Everything about a consult that does not depend on the weights: estimates, values, draws, constraints.

`prepare` is the slow half of a recommendation and is kept; `core.ranking.order` is the quick half, which a slider
runs again on every move. What depends on neither the clinic nor the patient (`Ground`) is kept apart, so that a
switch re-ranks without a new estimate.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec
import numpy as np

from core.consult import CRITERIA
from core.ranking import smaa
from core.ranking.constraints import Patient, Screened, available, in_clinic, patient_of, screen
from core.ranking.criteria import FLOOR, DeliveredScale, Value, burden, logit
from core.ranking.smaa import Floats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.consult import Consult
    from core.pack import types as t
    from core.pack.pack import Pack
    from core.results import Delivered

SAMPLES = 10_000
"""A share counted in 10 000 samples is within 0.01 of its limit at 95 % (9 604 would do; Tervonen, Lahdelma 2007)."""
WEIGHT_SHAPE = 16.0
"""Gamma shape of the weights' draws: a swing weight is taken to be repeatable to a quarter of itself (1/√16)."""
SEED = 20_261_124
KEPT = 3
"""Selections of procedures whose draws are kept beside the whole: each is a few megabytes."""


class Arrival(msgspec.Struct, frozen=True, eq=False):
    """How many cells of a procedure arrive: the estimate that is shown, and its posterior draws in logits.

    Draw k of every procedure of a target rests on the same draw k of the parameters that they share.
    """

    delivered: Delivered
    draws: Floats
    retained: Delivered | None = None


class Ground(msgspec.Struct, eq=False):
    """What neither clinic nor patient nor weights change: procedures, arrivals, values and draws.

    `value` is criteria × procedures, `draws` criteria × procedures × samples, `swing` criteria × samples. The rows
    are those of `core.consult.CRITERIA`, the columns the pack's procedures for the target in the order of their ids.
    """

    procedures: tuple[t.Procedure, ...]
    arrivals: tuple[Arrival, ...]
    burdens: tuple[dict[str, Value], ...]
    scale: DeliveredScale
    value: Floats
    low: Floats
    high: Floats
    draws: Floats
    swing: Floats
    _above: OrderedDict[tuple[int, ...], Floats] = msgspec.field(default_factory=OrderedDict)

    def above(self, chosen: tuple[int, ...]) -> Floats:
        """The draws of some procedures, laid out for the walk along the samples."""
        if chosen == tuple(range(len(self.procedures))):
            return self.draws
        found = self._above.get(chosen)
        if found is None:
            found = np.ascontiguousarray(self.draws[:, list(chosen), :])
            self._above[chosen] = found
            if len(self._above) > KEPT:
                self._above.popitem(last=False)
        return found


class Prepared(msgspec.Struct, frozen=True, eq=False):
    """A consult without its weights: the ground, and what stands before any score in this clinic for this patient."""

    pack: Pack
    consult: Consult
    ground: Ground
    patient: Patient
    there: frozenset[str]
    screened: tuple[Screened, ...]

    @property
    def suitable(self) -> tuple[int, ...]:
        """The procedures above the line."""
        return tuple(index for index, one in enumerate(self.screened) if one.status == "suitable")

    @property
    def tried(self) -> tuple[int, ...]:
        """The procedures that were tried in people, with no constraint of clinic or patient."""
        return tuple(index for index, one in enumerate(self.screened) if one.status != "not_tried_in_people")

    @property
    def decides(self) -> bool:
        """Whether arrival at the target is how the cells are thought to work in this condition."""
        return delivery_decides(self.pack, self.consult.condition, self.consult.target)


def delivery_decides(pack: Pack, condition: str, target: str) -> bool:
    """Whether arrival at a target is thought to decide in a condition; yes unless the pack says otherwise."""
    for one in pack.conditions[condition].mechanism:
        if one.target == target:
            return one.delivery_decides
    return True


def lay_ground(
    pack: Pack, procedures: Sequence[t.Procedure], arrivals: Mapping[str, Arrival], target: str, cells: str, sites: int
) -> Ground:
    """Values and draws of every procedure of a target from its arrivals (by procedure id)."""
    ordered = tuple(sorted(procedures, key=lambda one: one.id))
    came = tuple(arrivals[one.id] for one in ordered)
    scale = DeliveredScale.of(one.delivered.median for one in came)
    burdens = tuple(burden(pack, one, target, cells, sites) for one in ordered)
    shape = (len(CRITERIA), len(ordered))
    value, low, high = np.empty(shape), np.empty(shape), np.empty(shape)
    draws = np.empty((*shape, SAMPLES))
    for column, (arrival, loads) in enumerate(zip(came, burdens, strict=True)):
        shown = arrival.delivered
        value[0, column], low[0, column], high[0, column] = map(scale.value, (shown.median, shown.low, shown.high))
        draws[0, column] = (np.maximum(spread(arrival.draws), logit(FLOOR)) - scale.bottom) / scale.span
        for row, criterion in enumerate(CRITERIA[1:], 1):
            one = loads[criterion]
            value[row, column], low[row, column], high[row, column] = one.point, one.low, one.high
            draws[row, column] = _drawn(one)
    return Ground(ordered, came, burdens, scale, value, low, high, draws, _swing())


def spread(draws: Floats) -> Floats:
    """Repeat an estimate's draws until every sample has one; sample k always takes draw k modulo their number."""
    return np.resize(draws, SAMPLES)


def _drawn(value: Value) -> Floats:
    total = np.zeros(SAMPLES)
    for piece in value.pieces:
        total += piece.share * piece.value
        if piece.high > piece.low:
            way = 2.0 * _uniform(piece.key) - 1.0
            total += piece.share * np.where(way < 0, piece.value - piece.low, piece.high - piece.value) * way
    return total


@cache
def _uniform(key: str) -> Floats:
    """The fixed uniform draws of a key: the same for every procedure that shares it, in every run."""
    return np.random.default_rng((SEED, crc32(key.encode()))).random(SAMPLES)


@cache
def _swing() -> Floats:
    """The fixed draws that spread the weights, the same in every ground."""
    return smaa.swing_draws(len(CRITERIA), SAMPLES, WEIGHT_SHAPE, SEED)


def in_another_clinic(prepared: Prepared, there: frozenset[str]) -> Prepared:
    """The same consult where other capabilities are there."""
    pairs = zip(prepared.ground.procedures, prepared.screened, strict=True)
    return msgspec.structs.replace(
        prepared, there=there, screened=tuple(in_clinic(prepared.pack, one, found, there) for one, found in pairs)
    )


def prepare_from(pack: Pack, consult: Consult, ground: Ground) -> Prepared:
    """Everything about a consult but its weights, from a ground that is already laid."""
    there, patient = available(pack, consult.has), patient_of(pack, consult)
    screened = tuple(screen(pack, one, consult.target, consult.cells, there, patient) for one in ground.procedures)
    return Prepared(pack, consult, ground, patient, there, screened)

"""What the first place hangs on, gathered: weights, capabilities, estimates, evidence still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.consult import CRITERIA
from core.ranking import sensitivity, smaa
from core.ranking.constraints import available
from core.ranking.explain import factor_of
from core.ranking.order import DELIVERED, sorted_by_score, verdict_of
from core.ranking.prepare import in_another_clinic
from core.results import Sensitivity, Swing, WeightChange, WeightMixture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.ranking.order import Order
    from core.ranking.prepare import Prepared
    from core.ranking.smaa import Floats
    from core.ranking.words import Voice

MOST_BARS = 10
BOLDEST = 6
"""Below how many places the ends of an estimate are still worth a bar of the tornado."""


def sensitivity_of(prepared: Prepared, order: Order, voice: Voice) -> Sensitivity | None:
    """Everything that the first place hangs on; None unless something is first."""
    if order.first is None or order.spread_weight is None or order.acceptability is None:
        return None
    ground = prepared.ground
    columns = list(order.above)
    value = ground.value[:, columns]
    names = [ground.procedures[column].id for column in columns]
    partial = ground.draws[:, columns]
    central = smaa.central_weights(order.acceptability.first, order.spread_weight)
    confidence = smaa.confidence_factors(partial, central)
    worth = sensitivity.value_of_knowing(order.score[columns], float(order.weight[DELIVERED]), partial[DELIVERED])
    mixture = sensitivity.smallest_mixture(value, order.weight)
    return Sensitivity(
        weights=tuple(
            WeightChange(
                criterion=CRITERIA[flip.criterion],
                now=100 * flip.now,
                needed=100 * flip.needed,
                then_first=names[flip.then],
            )
            for flip in sensitivity.weight_flips(value, order.weight)
        ),
        mixture=None
        if mixture is None
        else WeightMixture(
            moved=100 * mixture.moved,
            weights={name: 100 * float(share) for name, share in zip(CRITERIA, mixture.weight, strict=True)},
            then_first=names[mixture.then],
        ),
        capabilities=tuple(_capabilities(prepared, order)),
        estimate=_estimate(prepared, order, value),
        tornado=tuple(tornado(prepared, order, voice)),
        value_of_evidence=tuple(
            sorted(((name, 100 * float(one)) for name, one in zip(names, worth, strict=True)), key=lambda x: -x[1])
        ),
        central_weights={
            name: None if one is None else tuple(100 * float(share) for share in one)
            for name, one in zip(names, central, strict=True)
        },
        confidence=dict(zip(names, confidence, strict=True)),
    )


def _capabilities(prepared: Prepared, order: Order) -> Iterator[tuple[str, str | None]]:
    """Each capability whose coming or going would change who is first, with who then is (None: nothing)."""
    pack, ground = prepared.pack, prepared.ground
    used = {one for index in prepared.tried for one in prepared.screened[index].met}
    for one in pack.capabilities:
        if one not in used or pack.capabilities[one].plain:
            continue
        has = prepared.consult.has
        if one in prepared.there:
            gone = {one, *(other.id for other in pack.file.capabilities if one in other.includes)}
            there = prepared.there - gone if has is None else available(pack, set(has) - gone)
        else:
            there = available(pack, {*(has or ()), one})
        changed = in_another_clinic(prepared, there)
        above = sorted_by_score(changed, order.score, changed.suitable)
        then = above[0] if above and verdict_of(changed) == "ranked" else None
        if then != order.first:
            yield one, None if then is None else ground.procedures[then].id


def _estimate(prepared: Prepared, order: Order, value: Floats) -> tuple[str, float, str] | None:
    """The smallest shift of one delivered fraction that changes who is first: whose, how many fold, and who then is."""
    ground = prepared.ground
    nearest: tuple[float, str, float, str] | None = None
    for place, column in enumerate(order.above):
        shift = sensitivity.shift_to_flip(value, order.weight, DELIVERED, place)
        if shift is None or not 0 <= value[DELIVERED, place] + shift[0] <= 1.5:
            continue
        found = (
            abs(shift[0]),
            ground.procedures[column].id,
            factor_of(prepared, column, shift[0]),
            ground.procedures[order.above[shift[1]]].id,
        )
        if nearest is None or found[0] < nearest[0]:
            nearest = found
    return nearest[1:] if nearest else None


def tornado(prepared: Prepared, order: Order, voice: Voice) -> list[Swing]:
    """How far the lead of the first place moves (points of 100) when one thing goes to its ends; widest first."""
    if order.first is None:
        return []
    ground, columns = prepared.ground, list(order.above)
    value = ground.value[:, columns]
    now = 100 * sensitivity.lead(order.score[columns], 0)
    bars: list[Swing] = []

    def bar(what: str, label: str, low: float, high: float) -> None:
        if np.isfinite(now) and abs(high - low) > 100 * sensitivity.SAME:
            bars.append(Swing(what=what, label=label, low=low, high=high, flips=min(low, high) < 0))

    for row, name in enumerate(CRITERIA):
        ends = []
        for factor in (0.5, 2.0):
            weight = order.weight.copy()
            weight[row] *= factor
            ends.append(100 * sensitivity.lead(sensitivity.scores(value, weight / weight.sum()), 0))
        bar(f"weight:{name}", voice.say("swing_weight", criterion=voice.say(f"criterion_{name}")), *ends)
    for place, column in enumerate(columns[:BOLDEST]):
        named = voice.procedure(ground.procedures[column])
        ends = []
        for end in (ground.low, ground.high):
            changed = value.copy()
            changed[DELIVERED, place] = end[DELIVERED, column]
            ends.append(100 * sensitivity.lead(sensitivity.scores(changed, order.weight), 0))
        bar(f"delivered:{ground.procedures[column].id}", voice.say("swing_cells", name=named), *ends)
    for key, label in _uncertain(prepared, columns, voice).items():
        ends = [
            100 * sensitivity.lead(sensitivity.scores(_at_end(prepared, columns, key, high), order.weight), 0)
            for high in (False, True)
        ]
        bar(f"burden:{key}", label, *ends)
    return sorted(bars, key=lambda one: -abs(one.high - one.low))[:MOST_BARS]


def _uncertain(prepared: Prepared, columns: list[int], voice: Voice) -> dict[str, str]:
    """The keys of the burdens that have a range, with what they are called; what is shared moves together."""
    ground = prepared.ground
    found: dict[str, str] = {}
    for column in columns:
        route = voice.name("route", ground.procedures[column].route)
        for one in ground.burdens[column].values():
            for piece in one.pieces:
                if piece.high > piece.low and piece.key not in found:
                    thing = voice.say(f"missing_{piece.name}")
                    found[piece.key] = (
                        voice.say("swing_burden_of", name=route, thing=thing)
                        if ":" in piece.key
                        else voice.say("swing_burden", thing=thing[:1].upper() + thing[1:])
                    )
    return found


def _at_end(prepared: Prepared, columns: list[int], key: str, high: bool) -> Floats:
    """The values of the procedures above the line with every piece of a key at one end of its range."""
    ground = prepared.ground
    value = ground.value[:, columns].copy()
    for place, column in enumerate(columns):
        for row, criterion in enumerate(CRITERIA[1:], 1):
            for piece in ground.burdens[column][criterion].pieces:
                if piece.key == key:
                    value[row, place] += piece.share * ((piece.high if high else piece.low) - piece.value)
    return value

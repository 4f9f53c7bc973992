"""The quick half of a recommendation: verdict, order, acceptabilities, ties and firmness for a set of weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np

from core.consult import CRITERIA
from core.ranking import sensitivity, smaa
from core.ranking.smaa import Acceptability, Floats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.ranking.prepare import Prepared
    from core.results import Firmness, Verdict

REACHES = 0.01
"""What is left must place at least this share of what the unconstrained procedures would, or nothing is first."""
COIN_TOSS = 0.65
"""Up to this winning index (and down to its complement) two procedures are tied."""
CLEARLY = 0.9
"""A winning index from which one procedure is clearly before another."""

DELIVERED = CRITERIA.index("delivered")


class Order(msgspec.Struct, frozen=True, eq=False):
    """The order of the procedures above the line and how firm it is.

    `weight` are the shares of 1 that were used, `score` (all procedures) in 0..1. `above` are the columns above the
    line in their order; `rank` their ranks (equal scores share one), empty unless the verdict is `ranked`.
    `acceptability` has the rows of `above`; None when there is no rank to be uncertain about.
    """

    verdict: Verdict
    weight: Floats
    score: Floats
    above: tuple[int, ...]
    rank: tuple[int, ...]
    acceptability: Acceptability | None
    tied: tuple[tuple[int, ...], ...]
    firmness: tuple[Firmness, ...]
    spread_weight: Floats | None

    @property
    def first(self) -> int | None:
        """The column that is first; None unless the verdict is `ranked`."""
        return self.above[0] if self.rank else None


def shares(weights: Mapping[str, float], decides: bool = True) -> Floats:
    """Weights as shares of 1 in the order of the criteria; without a delivery score the others share everything."""
    weight = np.array([weights[name] for name in CRITERIA], dtype=np.float64)
    if not decides:
        weight[DELIVERED] = 0.0
        if not weight.any():
            weight[:] = 1.0
            weight[DELIVERED] = 0.0
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def order(prepared: Prepared, weights: Mapping[str, float]) -> Order:
    """Order the procedures above the line by their score, and count how often the order would be another.

    Ties in the score go to the greater delivered median, then to the id, so that the same consult always gives the
    same order.
    """
    ground = prepared.ground
    weight = shares(weights, prepared.decides)
    score = sensitivity.scores(ground.value, weight)
    above = sorted_by_score(prepared, score, prepared.suitable)
    verdict = verdict_of(prepared)
    if verdict != "ranked":
        no_one: tuple[Firmness, ...] = tuple("none" for _ in above)
        return Order(verdict, weight, score, above, (), None, ((),) * len(above), no_one, None)
    spread_weight = smaa.spread_weights(weight, ground.swing)
    # The draws are kept by id, not by rank: a slider that swaps two rows must not copy them all again.
    found = smaa.acceptability(ground.above(prepared.suitable), spread_weight)
    place = [prepared.suitable.index(column) for column in above]
    acceptability = Acceptability(found.rank[place], found.winning[np.ix_(place, place)], found.first[place])
    scored = score[list(above)].tolist()
    rank = tuple(1 + sum(other - one > sensitivity.SAME for other in scored) for one in scored)
    tied = _ties(acceptability.winning)
    firmness = _firmness(acceptability.winning, tied)
    return Order(verdict, weight, score, above, rank, acceptability, tied, firmness, spread_weight)


def sorted_by_score(prepared: Prepared, score: Floats, columns: tuple[int, ...]) -> tuple[int, ...]:
    """Columns from the highest score to the lowest, equal scores by delivered median and then by id."""
    ground = prepared.ground
    return tuple(
        sorted(
            columns,
            key=lambda one: (
                -round(float(score[one]), 12),
                -ground.arrivals[one].delivered.median,
                ground.procedures[one].id,
            ),
        )
    )


def verdict_of(prepared: Prepared) -> Verdict:
    """What can be said at all, before anything is ranked.

    What places the most cells with no constraint counts whether it fell for want of a machine, for the patient's
    sake, or because nobody tried it yet: in none of these does a procedure that places next to nothing become first.
    """
    if not prepared.decides:
        return "delivery_does_not_decide"
    reached = most_placed(prepared, prepared.suitable)
    could = most_placed(prepared, tuple(range(len(prepared.screened))))
    return "ranked" if reached > 0.0 and reached >= REACHES * could else "nothing_reaches"


def most_placed(prepared: Prepared, columns: tuple[int, ...]) -> float:
    """The highest delivered median of some procedures; 0 when there are none."""
    return max((prepared.ground.arrivals[one].delivered.median for one in columns), default=0.0)


def unconstrained(prepared: Prepared) -> int | None:
    """The procedure that would place the most cells with no constraint.

    One that was tried in people, unless all of those place less than a hundredth of what an untried one would.
    """
    everything = tuple(range(len(prepared.screened)))
    tried = prepared.tried
    columns = tried if most_placed(prepared, tried) >= REACHES * most_placed(prepared, everything) else everything
    arrivals = prepared.ground.arrivals
    return max(columns, key=lambda one: (arrivals[one].delivered.median, -one), default=None)


def _before(winning: Floats, one: int, other: int) -> float:
    equal = 1.0 - winning[one, other] - winning[other, one]
    return float(winning[one, other] + equal / 2)


def _ties(winning: Floats) -> tuple[tuple[int, ...], ...]:
    """For each row the other rows that it is tied with, as places in the order.

    Where the score has one first that wins the fewer samples, nothing is firm either: that is a tie too.
    """
    size = len(winning)
    return tuple(
        tuple(j for j in range(size) if j != i and _before(winning, min(i, j), max(i, j)) <= COIN_TOSS)
        for i in range(size)
    )


def _firmness(winning: Floats, tied: tuple[tuple[int, ...], ...]) -> tuple[Firmness, ...]:
    found: list[Firmness] = []
    for place, with_ in enumerate(tied):
        if with_:
            found.append("tied")
        elif place == 0:
            firm = all(_before(winning, 0, other) >= CLEARLY for other in range(1, len(winning)))
            found.append("clearly_first" if firm else "probably_first")
        else:
            found.append("clearly_behind" if _before(winning, 0, place) >= CLEARLY else "behind")
    return tuple(found)

"""What the first place hangs on: exact for weights, because an additive score is linear in every one of them.

Shapes: `value` is criteria × alternatives (0..1), `weight` criteria (sums to 1). Alternatives are those above the
line. "First" is the alternative with the highest score, the earliest of them when several have it.
"""

from __future__ import annotations

import msgspec
import numpy as np

from core.ranking.smaa import Floats

#: Two scores closer than this are one score: sums of the same numbers in another order differ by less.
SAME = 1e-12


class WeightFlip(msgspec.Struct, frozen=True):
    """One slider moved from `now` to `needed` (shares of 1) makes `then` first; the others keep their proportions."""

    criterion: int
    now: float
    needed: float
    then: int


class Mixture(msgspec.Struct, frozen=True):
    """The smallest movement of weight, over all ways of moving it, that makes `then` draw level with the first.

    `moved` is the share of 1 that changes place; `weight` are the weights after it.
    """

    moved: float
    then: int
    weight: Floats


def scores(value: Floats, weight: Floats) -> Floats:
    """The additive score of each alternative."""
    return np.asarray(weight @ value, dtype=np.float64)


def leader(score: Floats) -> int:
    """The index of the highest score."""
    return int(np.argmax(score))


def lead(score: Floats, of: int) -> float:
    """How far an alternative's score lies above the highest of the others; infinite when there is no other."""
    others = np.delete(score, of)
    return float(score[of] - others.max()) if others.size else float("inf")


def weight_flips(value: Floats, weight: Floats) -> tuple[WeightFlip, ...]:
    """For each criterion, the nearest setting of its own slider at which another alternative becomes first.

    Moving weight j from w to t rescales the others by (1 - t) / (1 - w), so each score is a straight line in t and
    the leader changes where two lines cross. Criteria that cannot change it are left out; sorted by the change.
    """
    if value.shape[1] < 2:
        return ()
    first = leader(scores(value, weight))
    found: list[WeightFlip] = []
    for criterion, now in enumerate(weight):
        if now >= 1.0 - SAME:
            continue
        rest = scores(value, weight) - now * value[criterion]
        rest = rest / (1.0 - now)
        # The lead over each other alternative is (1 - t) * a + t * b, level at t = a / (a - b).
        a = rest[first] - rest
        b = value[criterion, first] - value[criterion]
        nearest: WeightFlip | None = None
        for other in range(value.shape[1]):
            slope = a[other] - b[other]
            if other == first or abs(slope) <= SAME:
                continue
            level = float(a[other] / slope)
            # At the very end of a slider the two only draw level; beyond it there is nothing left to move.
            passes = (level >= now - SAME and b[other] < -SAME) or (level <= now + SAME and a[other] < -SAME)
            if not -SAME <= level <= 1.0 + SAME or not passes:
                continue
            flip = WeightFlip(criterion, float(now), min(1.0, max(0.0, level)), other)
            if nearest is None or abs(flip.needed - now) < abs(nearest.needed - now) - SAME:
                nearest = flip
        if nearest is not None:
            found.append(nearest)
    return tuple(sorted(found, key=lambda flip: abs(flip.needed - flip.now)))


def smallest_mixture(value: Floats, weight: Floats) -> Mixture | None:
    """The smallest share of the weights that has to change place before the first place does; None if none will do.

    For one rival the margin is Σ w_k d_k with d the difference of the values. Moving weight from criterion k to the
    rival's strongest one m takes d_k - d_m off the margin for each unit, so the cheapest way empties the criteria in
    the order of d (a fractional knapsack, hence exact).
    """
    if value.shape[1] < 2:
        return None
    first = leader(scores(value, weight))
    nearest: Mixture | None = None
    for other in range(value.shape[1]):
        difference = value[:, first] - value[:, other]
        to = int(np.argmin(difference))
        if other == first or difference[to] >= -SAME:
            continue
        margin = float(weight @ difference)
        changed = weight.copy()
        moved = 0.0
        for source in np.argsort(-difference, kind="stable"):
            gain = float(difference[source] - difference[to])
            if margin <= SAME or gain <= SAME:
                break
            step = min(float(changed[source]), margin / gain)
            changed[source] -= step
            changed[to] += step
            moved += step
            margin -= step * gain
        if margin <= 1e-9 and (nearest is None or moved < nearest.moved):
            nearest = Mixture(moved, other, changed)
    return nearest


def shift_to_flip(value: Floats, weight: Floats, criterion: int, alternative: int) -> tuple[float, int] | None:
    """How far one alternative's value on one criterion has to move until the first place changes, and to whom.

    Negative for the first (it has to lose), positive for another (it has to gain). None where no movement will do.
    """
    score = scores(value, weight)
    if value.shape[1] < 2 or weight[criterion] <= SAME:
        return None
    first = leader(score)
    if alternative == first:
        others = score.copy()
        others[first] = -np.inf
        second = int(np.argmax(others))
        return float((score[second] - score[first]) / weight[criterion]), second
    return float((score[first] - score[alternative]) / weight[criterion]), alternative


def value_of_knowing(score: Floats, weight: float, draws: Floats) -> Floats:
    """What it would be worth to the decision to know one uncertain value of each alternative exactly.

    `score` (alternatives) are the scores, `draws` (alternatives × samples) the uncertain values whose share in the
    score is `weight`. The expected value of partial perfect information: the mean of the best choice after learning,
    less the score of the choice made without; exact, because the score is linear and the others keep their means.
    """
    if score.size < 2:
        return np.zeros(score.size)
    centred = draws - draws.mean(axis=1, keepdims=True)
    found = np.empty(score.size)
    for one in range(score.size):
        rest = float(np.delete(score, one).max())
        learnt = np.maximum(rest, score[one] + weight * centred[one])
        found[one] = max(0.0, float(learnt.mean()) - max(rest, float(score[one])))
    return found

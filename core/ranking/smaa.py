"""Stochastic multicriteria acceptability analysis: how sure an order is when values and weights are not.

Shapes are criteria × alternatives × samples for partial values and criteria × samples for weights; samples lie
innermost because every step below walks along them. A rank is 1 + the number of strictly better alternatives, so
alternatives of equal value share the better rank.

Source of the method: Lahdelma, Hokkanen, Salminen 1998, doi 10.1016/S0377-2217(97)00163-X;
Tervonen, Lahdelma 2007, doi 10.1016/j.ejor.2005.12.037.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# The values of a dozen alternatives in one block stay within a second-level cache (12 × 10 240 × 8 bytes = 1 MB).
BLOCK = 10_240
# Ranks are counted in bytes; no target has anywhere near this many ways in.
MOST_ALTERNATIVES = 255


class Acceptability(msgspec.Struct, frozen=True):
    """How often each alternative takes each rank, and how often each beats each other one.

    `rank[a, r]` is the share of samples in which alternative a is at rank r + 1; `winning[a, b]` the share in which
    a is strictly better than b; `first[a, s]` whether a is (jointly) first in sample s.
    """

    rank: Floats
    winning: Floats
    first: npt.NDArray[np.bool_]


def values(partial: Floats, weights: Floats, out: Floats | None = None) -> Floats:
    """Return the additive value of each alternative in each sample (alternatives × samples).

    `weights` is criteria × samples, or criteria when the weights are known; `out` the room for the values, else new.
    """
    # One pass without a product kept for each criterion: what is too large to keep at hand costs more than the sum.
    of_weights = "c" if weights.ndim == 1 else "cs"
    total: Floats = np.einsum(f"cas,{of_weights}->as", partial, weights, out=out)
    return total


def acceptability(partial: Floats, weights: Floats) -> Acceptability:
    """Return rank acceptabilities and pairwise winning indices of the samples.

    Values, ranks and comparisons are made block by block so that a slider's move needs one pass over the samples.
    Raises ValueError for more alternatives than a byte can rank, or for none.
    """
    criteria, alternatives, samples = partial.shape
    if not 0 < alternatives <= MOST_ALTERNATIVES or not criteria or not samples:
        raise ValueError(f"cannot rank {alternatives} alternatives by {criteria} criteria in {samples} samples")
    counts = np.zeros((alternatives, alternatives), dtype=np.int64)
    wins = np.zeros((alternatives, alternatives), dtype=np.int64)
    first = np.empty((alternatives, samples), dtype=np.bool_)
    room = np.empty((alternatives, min(samples, BLOCK)))
    for start in range(0, samples, BLOCK):
        part = slice(start, min(start + BLOCK, samples))
        of_part = weights if weights.ndim == 1 else weights[:, part]
        value = values(partial[:, :, part], of_part, room[:, : part.stop - start])
        place = np.ones(value.shape, dtype=np.uint8)
        for better in range(alternatives - 1):
            above = value[better] > value[better + 1 :]
            below = value[better] < value[better + 1 :]
            place[better + 1 :] += above
            place[better] += np.add.reduce(below, axis=0, dtype=np.uint8)
            wins[better, better + 1 :] += [np.count_nonzero(row) for row in above]  # by an axis it takes twice as long
            wins[better + 1 :, better] += [np.count_nonzero(row) for row in below]
        for alternative in range(alternatives):
            counts[alternative] += np.bincount(place[alternative], minlength=alternatives + 1)[1:]
        np.equal(place, 1, out=first[:, part])
    return Acceptability(counts / samples, wins / samples, first)


def central_weights(first: npt.NDArray[np.bool_], weights: Floats) -> tuple[Floats | None, ...]:
    """Return, for each alternative, the mean of the weights that put it first; None where none does.

    `first` is alternatives × samples, `weights` criteria × samples.
    """
    counts = np.count_nonzero(first, axis=1)
    sums = first.astype(np.float64) @ weights.T
    return tuple(total / count if count else None for total, count in zip(sums, counts, strict=True))


def confidence_factors(partial: Floats, central: Sequence[Floats | None]) -> tuple[float | None, ...]:
    """Return, for each alternative, how often it is first when its own central weights are taken as known.

    None where an alternative has no central weights, because nothing puts it first.
    """
    found: list[float | None] = []
    for alternative, weight in enumerate(central):
        if weight is None:
            found.append(None)
            continue
        total = values(partial, weight)
        found.append(float(np.mean(total[alternative] >= total.max(axis=0))))
    return tuple(found)


def swing_draws(criteria: int, samples: int, shape: float, seed: int) -> Floats:
    """Return the fixed gamma draws g with mean 1 that weights are spread with (criteria × samples)."""
    return np.random.default_rng(seed).gamma(shape, 1.0 / shape, size=(criteria, samples))


def spread_weights(weights: Floats, draws: Floats) -> Floats:
    """Return w_j g_j / Σ w_j g_j (criteria × samples), which sums to 1 in each sample.

    The draws g do not depend on the weights w: moving one slider moves its own weight and rescales the others,
    and does not shake them anew. A weight of 0 stays 0 in every sample.
    """
    mixed = weights[:, np.newaxis] * draws
    mixed /= mixed.sum(axis=0)
    return mixed

"""Fixed quasi-random draws: the same draw number means the same body in every procedure of a consult."""

from __future__ import annotations

from functools import cache

import numpy as np

from core.delivery import normal
from core.delivery.constants import DRAWS
from core.delivery.normal import Array
from core.pack.types import Parameter, Prior

#: Rank-1 lattice for 512 points, found component by component (criterion P2, falling weights) with pairwise
#: correlations kept below 0.14; every single dimension takes each of the 512 equal steps exactly once.
GENERATOR = (
    1, 149, 113, 207, 81, 145, 51, 115, 45, 237, 247, 201, 39, 227, 35, 31, 177, 41, 75, 71, 37, 43, 119, 89, 21, 99,
    241, 103, 101, 165, 97, 223, 191, 179, 47, 239, 85, 73, 127, 189, 163, 151, 249, 231,
)  # fmt: skip

#: What each dimension of the lattice drives, the most important first.
DIMENSIONS = (
    "lung_passage", "organ_factor", "flow", "capture_tissue", "first_contact", "retention", "selective", "placement",
    "heterogeneity.local", "heterogeneity.arterial", "heterogeneity.venous", "heterogeneity.csf",
    "heterogeneity.other", "capture_brain", "capture_liver", "capture_spleen", "capture_marrow", "release_lung",
    "release_tissue", "loss", "survivors", "slow_loss", "washout", "viability", "to_veins", "csf_absorbed", "csf_up",
    "csf_cord", "csf_brain",
    "capture_factor", "share.liver", "share.spleen", "share.gut", "share.brain", "share.marrow", "share.tissue",
    "placement.none", "placement.ultrasound", "placement.fluoroscopy", "placement.ct", "placement.mri",
    "placement.other",
)  # fmt: skip

_Z90 = 1.6448536269514722
"""95 % quantile of the standard normal: the bands of the pack are 5-95 %."""


@cache
def standard(dimension: str) -> Array:
    """Standard normal draws (draws,) of one dimension: the same scores for each, in its own order."""
    step = GENERATOR[DIMENSIONS.index(dimension)]
    return _scores()[np.arange(DRAWS) * step % DRAWS]


@cache
def _scores() -> Array:
    """The normal scores (draws,) of the points, rising."""
    return normal.quantile((np.arange(DRAWS) + 0.5) / DRAWS)


def split_normal(median: Array | float, low: Array | float, high: Array | float, z: Array) -> Array:
    """Values whose 5, 50 and 95 % points are as given: a normal of one sd below the median and another above."""
    return np.asarray(np.where(z < 0.0, median + z * (median - low) / _Z90, median + z * (high - median) / _Z90))


def of_band(shape: str, band: Prior | Parameter, dimension: str) -> Array:
    """Draws (draws,) of a distribution given by its centre and 5-95 % band.

    Shares are drawn on the logit scale, rates and ratios on the log scale.
    """
    z = standard(dimension)
    if shape == "fixed":
        return np.full(DRAWS, band.median)
    if shape == "lognormal":
        return np.exp(split_normal(np.log(band.median), np.log(band.low), np.log(band.high), z))
    median, low, high = (float(normal.logit(x)) for x in (band.median, band.low, band.high))
    return normal.expit(split_normal(median, low, high, z))

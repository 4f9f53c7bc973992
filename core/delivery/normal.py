"""The normal distribution and the logit scale in plain numpy, accurate far into the tails."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import pi, sqrt

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

SMALLEST = 1e-9
"""Fractions below this are held here: less than one cell of any dose that was ever given."""
LARGEST = 1.0 - 1e-6
"""Fractions above this are held here: no procedure keeps all but fewer than one cell of a million."""

_SQRT2 = sqrt(2.0)
_TERMS = 32
_STEPS = 5
"""Newton's steps to a quantile: from 1e-300 to a half the fourth leaves what the series does, 4e-14."""


@cache
def _rational() -> tuple[float, tuple[float, ...]]:
    """Coefficients of Weideman's rational series for the scaled complementary error function.

    Weideman 1994, SIAM J Numer Anal 31:1497, doi 10.1137/0731077; 32 terms give about 14 digits.
    """
    n = _TERMS
    m = 2 * n
    scale = sqrt(n / _SQRT2)
    theta = np.arange(-m + 1, m) * pi / m
    t = scale * np.tan(theta / 2.0)
    f = np.concatenate([[0.0], np.exp(-(t**2)) * (scale**2 + t**2)])
    spectrum = np.real(np.fft.fft(np.fft.fftshift(f))) / (2 * m)
    return scale, tuple(float(a) for a in spectrum[1 : n + 1][::-1])


def scaled_erfc(x: Array) -> Array:
    """exp(x²) erfc(x) for x of 0 or more; falls like 1/x, so nothing underflows."""
    scale, coefficients = _rational()
    ratio = (scale - x) / (scale + x)
    series = np.full_like(ratio, coefficients[0])
    for coefficient in coefficients[1:]:
        series *= ratio
        series += coefficient
    return np.asarray(2.0 * series / (scale + x) ** 2 + (1.0 / sqrt(pi)) / (scale + x))


def cdf(x: Array | float) -> Array:
    """Standard normal distribution function of any array."""
    x = np.asarray(x, dtype=np.float64)
    below = 0.5 * scaled_erfc(np.abs(x) / _SQRT2) * np.exp(-0.5 * x * x)
    return np.asarray(np.where(x > 0.0, 1.0 - below, below))


def log_cdf(x: Array | float) -> Array:
    """Logarithm of the standard normal distribution function, finite however far down."""
    x = np.asarray(x, dtype=np.float64)
    half = 0.5 * scaled_erfc(np.abs(x) / _SQRT2)
    low = np.log(half) - 0.5 * x * x
    high = np.log1p(-half * np.exp(-0.5 * x * x))
    return np.asarray(np.where(x > 0.0, high, low))


def quantile(p: Array) -> Array:
    """Standard normal quantiles of probabilities strictly between 0 and 1."""
    p = np.asarray(p, dtype=np.float64)
    tail = np.minimum(p, 1.0 - p)
    # From the bound exp(-z²/2)/2 of the tail inwards: Newton's steps on the logarithm, which is concave, never pass by.
    z = -np.sqrt(-2.0 * np.log(2.0 * tail))
    for _ in range(_STEPS):
        level = log_cdf(z)
        z = z - (level - np.log(tail)) * np.exp(level + 0.5 * z * z) * sqrt(2.0 * pi)
    return np.asarray(np.where(p > 0.5, -z, z))


def points(x: Array, p: Sequence[float]) -> Array:
    """Quantiles of draws (n,) at `p` (m,), between the two nearest draws in a straight line.

    numpy's own function says the same and brings in its masked arrays, which nothing here needs.
    """
    return np.asarray(np.interp(np.asarray(p) * (x.size - 1), np.arange(x.size), np.sort(x)))


def median(x: Array) -> float:
    """The median of draws (n,)."""
    return float(points(x, (0.5,))[0])


def logit(p: Array | float) -> Array:
    """Logit of fractions, which are first held between SMALLEST and LARGEST."""
    p = np.clip(np.asarray(p, dtype=np.float64), SMALLEST, LARGEST)
    return np.asarray(np.log(p) - np.log1p(-p))


def expit(x: Array | float) -> Array:
    """Fractions from logits, held between SMALLEST and LARGEST."""
    x = np.asarray(x, dtype=np.float64)
    tail = np.exp(-np.abs(x))
    return np.clip(np.where(x >= 0.0, 1.0 / (1.0 + tail), tail / (1.0 + tail)), SMALLEST, LARGEST)

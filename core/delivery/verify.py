"""Comparison of our pooling with figures that other programs gave for the same sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

import numpy as np

from core.delivery import pooling
from core.delivery.normal import Array
from core.errors import InputError

QUANTILE_TOLERANCE = 1e-3
"""Absolute, on the scale of the set; bayesmeta's own grid is about as coarse."""
CLASSICAL_TOLERANCE = 1e-6
FINE_NODES = 4001


@dataclass(frozen=True)
class SetDifference:
    """Largest absolute difference of one set, by tolerance class, and whether it is within them."""

    name: str
    quantiles: float
    classical: float | None

    @property
    def within(self) -> bool:
        return self.quantiles <= QUANTILE_TOLERANCE and (self.classical or 0.0) <= CLASSICAL_TOLERANCE

    @property
    def largest(self) -> float:
        return max(self.quantiles, self.classical or 0.0)


def verify_meta(obj: object, out: TextIO) -> list[SetDifference]:
    """Pool every set of a decoded file and print ours beside theirs; one difference a set.

    Errors: InputError naming the set and field that cannot be used.
    """
    if not isinstance(obj, Mapping) or not isinstance(obj.get("sets"), Sequence) or isinstance(obj["sets"], str):
        raise InputError("The file holds no list of “sets”. See docs/METHOD.md for its form.")
    if not obj["sets"]:
        raise InputError("The list of “sets” is empty: there is nothing to compare.")
    shared = {key: obj[key] for key in ("quantile_levels", "prior") if key in obj}
    found = [
        _verify_set({**shared, **item} if isinstance(item, Mapping) else item, index, out)
        for index, item in enumerate(obj["sets"])
    ]
    for item in found:
        classical = "" if item.classical is None else f", classical {item.classical:.2e}"
        verdict = "within tolerance" if item.within else "ABOVE TOLERANCE"
        out.write(f"{item.name}: largest difference, quantiles {item.quantiles:.2e}{classical}: {verdict}\n")
    return found


def _verify_set(item: object, index: int, out: TextIO) -> SetDifference:
    name = f"set {index + 1}"
    if not isinstance(item, Mapping):
        raise InputError(f"{name} is not a table of figures.")
    name = str(item.get("name", name))[:60]
    y, se = _numbers(item, "y_logit", name), _numbers(item, "se", name)
    levels = _numbers(item, "quantile_levels", name)
    if not ((levels > 0) & (levels < 1)).all():
        raise InputError(f"{name}: quantile levels must lie between 0 and 1.")
    prior = item.get("prior")
    if not isinstance(prior, Mapping):
        raise InputError(f"{name}: there is no “prior”.")
    mean, sd, scale = (float(_numbers(prior, key, name)[0]) for key in ("mu_mean", "mu_sd", "tau_halfnormal_scale"))
    try:
        pooled = pooling.pool(pooling.Evidence.of(y.tolist(), se.tolist()), pooling.Prior(mean, sd, scale), FINE_NODES)
    except InputError as error:
        raise InputError(f"{name}: {error.message}") from error
    theirs = item.get("bayesmeta")
    if not isinstance(theirs, Mapping) or not any(key in theirs for key in ("mu", "predictive", "tau")):
        raise InputError(f"{name}: there are no “bayesmeta” quantiles of mu, predictive or tau to compare with.")
    largest = 0.0
    ours = {
        "mu": pooled.mu_quantile(levels),
        "predictive": pooled.new_quantile(levels),
        "tau": pooled.tau_quantile(levels),
        "mu_mean_sd": np.array([pooled.mu_mean, pooled.mu_sd]),
        "predictive_mean_sd": np.array([pooled.mu_mean, pooled.new_sd]),
    }
    for key, values in ours.items():
        if key in theirs:
            difference = _compare(out, name, key, levels, values, _numbers(theirs, key, name))
            largest = max(largest, difference)
    return SetDifference(name, largest, _verify_classical(item, name, y, se, out))


def _verify_classical(item: Mapping[str, Any], name: str, y: Array, se: Array, out: TextIO) -> float | None:
    largest: float | None = None
    for block, method in (
        ("metafor_DL", pooling.dersimonian_laird),
        ("metafor_REML", pooling.restricted_likelihood),
    ):
        theirs = item.get(block)
        if theirs is None:
            continue
        if not isinstance(theirs, Mapping) or y.size < 2:
            raise InputError(f"{name}: “{block}” needs a table of figures and two studies or more.")
        ours = method(y, se)
        for key, value in (
            ("mu", ours.mu), ("se", ours.se), ("tau2", ours.tau2), ("I2", ours.i2), ("knha_se", ours.knha_se)
        ):  # fmt: skip
            if key in theirs:
                given = _numbers(theirs, key, name)
                difference = _compare(out, name, f"{block}.{key}", given, np.array([value]), given)
                # I² is a percentage: its tolerance is that of the share.
                largest = max(largest or 0.0, difference / (100.0 if key == "I2" else 1.0))
    return largest


def _compare(out: TextIO, name: str, figure: str, levels: Array, ours: Array, theirs: Array) -> float:
    if ours.shape != theirs.shape:
        raise InputError(f"{name}: “{figure}” has {theirs.size} figures where {ours.size} are needed.")
    for index, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
        label = f"{figure} {levels[index]:g}" if ours.size == levels.size > 1 else figure
        out.write(f"{name:32} {label:24} {mine:18.10f} {other:18.10f} {abs(mine - other):10.2e}\n")
    return float(np.abs(ours - theirs).max())


def _numbers(table: Mapping[str, Any], key: str, name: str) -> Array:
    value = table.get(key)
    items = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    if not items or any(isinstance(v, bool) or not isinstance(v, int | float) for v in items):
        raise InputError(f"{name}: “{key}” must be a number or a list of numbers.")
    try:
        numbers = np.array(items, dtype=np.float64)
    except OverflowError:  # JSON has whole numbers of any length
        numbers = np.array([np.inf])
    if not np.isfinite(numbers).all():
        raise InputError(f"{name}: “{key}” holds a number that is not finite.")
    return numbers

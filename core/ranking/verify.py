"""Our acceptability analysis run on somebody else's samples, beside somebody else's figures.

The form: `{"sets": [{"name", "partial_values"[sample][alternative][criterion], "weights"[sample][criterion],
"rank_acceptability", "pairwise_winning", "central_weights", "confidence_factor"}]}`. Central weights and
confidence factors of an alternative that is never first are null. What a set does not give is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.errors import InputError, shortened
from core.ranking import smaa

#: Sums of the same numbers in another order differ by less than this; a wrong count differs by one sample in N.
TOLERANCE = 1e-9
LARGEST = 10**300
"""Larger figures are compared as this one: they differ from any of ours by as much as matters."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One quantity of one set: ours and theirs where they lie farthest apart, and how many figures were compared."""

    name: str
    quantity: str
    figures: int
    ours: float | None
    theirs: float | None
    difference: float
    tolerance: float = TOLERANCE

    @property
    def agrees(self) -> bool:
        """Whether every figure agrees; a null against a number differs by infinity."""
        return self.difference <= self.tolerance


def is_smaa(obj: object) -> bool:
    """Say whether a decoded file has the form that `verify_smaa` takes."""
    sets = obj.get("sets") if isinstance(obj, Mapping) else None
    return isinstance(sets, list) and any(isinstance(one, Mapping) and "partial_values" in one for one in sets)


def verify_smaa(obj: object) -> tuple[Comparison, ...]:
    """Return one comparison for each quantity that each set gives; raises InputError for samples that do not fit."""
    sets = obj.get("sets") if isinstance(obj, Mapping) else None
    if not isinstance(sets, list) or not sets:
        raise InputError('The file holds no list "sets" with at least one set of samples.')
    found: list[Comparison] = []
    for number, one in enumerate(sets, 1):
        if not isinstance(one, Mapping):
            raise InputError(f"Set {number} is not an object with names and values.")
        found += _verify_set(shortened(str(one.get("name", f"set {number}"))), one)
    return tuple(found)


def _verify_set(name: str, given: Mapping[str, Any]) -> list[Comparison]:
    samples = _numbers(name, given, "partial_values", 3)
    weights = _numbers(name, given, "weights", 2)
    if weights.shape != (samples.shape[0], samples.shape[2]):
        raise InputError(
            f'Set "{name}": the weights are for {weights.shape[0]} samples and {weights.shape[1]} criteria, '
            f"the partial values for {samples.shape[0]} and {samples.shape[2]}."
        )
    if samples.shape[1] > smaa.MOST_ALTERNATIVES:
        raise InputError(f'Set "{name}": {samples.shape[1]} alternatives are more than can be ranked here.')
    partial = np.ascontiguousarray(samples.transpose(2, 1, 0))
    spread = np.ascontiguousarray(weights.T)
    result = smaa.acceptability(partial, spread)
    central = smaa.central_weights(result.first, spread)
    none = [None] * partial.shape[0]
    ours: dict[str, Callable[[], list[Any]]] = {
        "rank_acceptability": result.rank.tolist,
        "pairwise_winning": result.winning.tolist,
        "central_weights": lambda: [none if row is None else row.tolist() for row in central],
        "confidence_factor": lambda: list(smaa.confidence_factors(partial, central)),
    }
    compared = [
        _compare(name, quantity, made(), given[quantity], len(none))
        for quantity, made in ours.items()
        if quantity in given
    ]
    if not compared:
        raise InputError(f'Set "{name}" gives none of {", ".join(ours)}: there is nothing to compare.')
    return compared


def _compare(name: str, quantity: str, ours: list[Any], theirs: Any, criteria: int) -> Comparison:
    mine = _flat(ours)
    other = _flat(theirs if quantity != "central_weights" else _widened(theirs, criteria))
    if len(mine) != len(other):
        raise InputError(f'Set "{name}": {quantity} holds {len(other)} figures where {len(mine)} are due.')
    worst: tuple[float, float | None, float | None] = (0.0, mine[0], other[0])
    for a, b in zip(mine, other, strict=True):
        apart = 0.0 if a is None and b is None else abs(a - b) if a is not None and b is not None else float("inf")
        if not apart <= worst[0]:
            worst = (apart, a, b)
    return Comparison(name, quantity, len(mine), worst[1], worst[2], worst[0])


def _widened(rows: Any, criteria: int) -> Any:
    """A whole row given as null stands for one null in each criterion."""
    return [[None] * criteria if row is None else row for row in rows] if isinstance(rows, list) else rows


def _flat(nested: Any) -> list[float | None]:
    if isinstance(nested, list):
        return [leaf for part in nested for leaf in _flat(part)]
    if nested is None:
        return [None]
    if isinstance(nested, int | float) and not isinstance(nested, bool):
        # JSON has whole numbers of any length; none that large is a figure of this analysis.
        return [float(max(-LARGEST, min(LARGEST, nested)))]
    raise InputError(f'"{shortened(str(nested))}" stands where a number or null is due.')


def _numbers(name: str, given: Mapping[str, Any], field: str, depth: int) -> smaa.Floats:
    try:
        array = np.array(given.get(field), dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        array = np.empty(0)
    if array.ndim != depth or not array.size or not np.isfinite(array).all():
        raise InputError(f'Set "{name}": {field} is not a full table of finite numbers, {depth} levels deep.')
    return array

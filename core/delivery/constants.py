"""The constants of the estimate that no single study gives: set by leave-one-study-out calibration, within bounds.

docs/METHOD.md lists each with its source and with what the calibration says of it. All are sds on the logit scale.
"""

from __future__ import annotations

import msgspec

LEVEL = 0.9
"""Probability inside the interval that is printed."""
FIRST_HOURS = 24.0
"""A share measured up to this hour is delivered, a later one retained."""
REFERENCE_HOURS = 1.0
"""The hour that delivered fractions stand for."""
CARRIED_HOURS = 72.0
"""Whole-cell counts up to this hour are carried back to the first hour through the hold model."""
LONGEST_HOURS = 720.0
DRAWS = 512
LARGE_ANIMALS = frozenset({"pig", "dog", "sheep", "horse", "monkey"})


class Constants(msgspec.Struct, frozen=True):
    """Between-study sd scales by route family, and what indirectness adds; sds on the logit scale.

    `tau_*`: scale of the half-normal prior of the between-study sd. `small_animal`, `large_animal`: another
    species than the one asked about. `condition`: another disease model. `cells`: another class of the same
    group; `group`: large for small cells or the reverse. `denominator`: a share of the signal, not of the dose.
    `label_by_vein`: label against cells where free label travels; `readout`: the same elsewhere. `late`: a
    first measurement later than six hours. `unstated`: standard error where a study gives none.
    `bound`: standard error of a stated limit.
    """

    tau_local: float = 0.7
    tau_arterial: float = 0.7
    tau_venous: float = 1.0
    tau_other: float = 0.9
    small_animal: float = 0.7
    large_animal: float = 0.4
    condition: float = 0.25
    cells: float = 0.35
    group: float = 0.8
    denominator: float = 0.4
    label_by_vein: float = 1.0
    readout: float = 0.4
    late: float = 0.3
    unstated: float = 0.5
    bound: float = 0.3

    def tau(self, family: str) -> float:
        """Scale of the between-study sd for a route family of the pack."""
        return {"local": self.tau_local, "arterial": self.tau_arterial, "venous": self.tau_venous}.get(
            family, self.tau_other
        )

    def scaled(self, between: float, indirect: float) -> Constants:
        """Between-study scales and indirectness sds multiplied; what the calibration chooses among."""
        taus = {n: getattr(self, n) * between for n in ("tau_local", "tau_arterial", "tau_venous", "tau_other")}
        extra = {
            n: getattr(self, n) * indirect
            for n in ("small_animal", "large_animal", "condition", "cells", "group", "denominator", "label_by_vein")
        }
        return msgspec.structs.replace(self, **taus, **extra)


DEFAULT = Constants()

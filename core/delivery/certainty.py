"""How sure an estimate is: four levels as in GRADE, lowered by stated rules, with the reasons as data.

Observational counts start at moderate and never reach further without people and several agreeing studies; a model
alone is very low. Levels and reasons for lowering after GRADE (doi 10.1136/bmj.39489.470347.AD).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.pack.types import OWN
from core.results import LEVELS, Certainty

if TYPE_CHECKING:
    from core.delivery.estimate import Posterior

FEW_SUBJECTS = 6
"""Fewer subjects than this in all is too few to tell a mean."""
MANY_SUBJECTS = 50
WIDE = 2.0
"""An interval wider than this many tenfold steps is imprecise."""
DISAGREE = 0.7
"""A median between-study sd above this (logit) means that studies differ by a factor of two and more."""


def certainty(posterior: Posterior) -> Certainty:
    """Level of certainty of an estimate and the reasons for it."""
    # What a clinic counted itself moves the estimate, but nobody outside has checked it: it raises no certainty.
    effects = [effect for effect in posterior.pair.gathered.effects if not effect.study.startswith(OWN)]
    if posterior.below:
        return Certainty(level="very_low", reasons=("bound", "model"))
    if posterior.pair.pooled is None or not effects:
        needle = posterior.accuracy is not None and posterior.accuracy.measured
        return Certainty(level="very_low", reasons=("needle" if needle else "model",))
    reasons: list[str] = []
    people = [effect for effect in effects if effect.species == posterior.question.species]
    if not people:
        reasons.append("animals")
    if len(effects) == 1:
        reasons.append("one_study")
    if sum(effect.n for effect in (people or effects)) < FEW_SUBJECTS:
        reasons.append("few")
    if all(effect.side != 0 for effect in effects):
        reasons.append("bound")
    low, high = posterior.interval()
    if np.log10(high / low) > WIDE:
        reasons.append("wide")
    if len(effects) > 1 and float(posterior.pair.pooled.tau_quantile([0.5])[0]) > DISAGREE:
        reasons.append("disagree")
    if posterior.question.readout == "living" and all(effect.readout == "label" for effect in effects):
        reasons.append("label")
    if all(effect.cells != posterior.question.cells for effect in (people or effects)):
        reasons.append("other_cells")
    subjects = sum(effect.n for effect in people)
    # High is out of reach of one small series: three studies in people, fifty of them, and nothing against it.
    if not reasons and len(people) >= 3 and subjects >= MANY_SUBJECTS:
        return Certainty(level="high", reasons=())
    start = LEVELS.index("moderate") if people else LEVELS.index("low")
    steps = len([reason for reason in reasons if reason != "animals"])
    return Certainty(level=LEVELS[max(0, start - steps)], reasons=tuple(reasons))

"""How certain the count of cells is, in GRADE's words, with the reasons for lowering it.

Counts in people start high, counts in animals low (they are indirect), anything else is very low. One step down
for each of: a single study, few subjects, a wide interval, a label counted in place of living cells
(only where what is asked is how many still live).
Guyatt et al. 2011, doi 10.1016/j.jclinepi.2010.04.026, adapted: what is graded is a count of cells, never a benefit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ranking.criteria import logit
from core.results import Certainty, Level

if TYPE_CHECKING:
    from core.pack import types as t
    from core.pack.pack import Pack
    from core.results import Delivered

LEVELS: tuple[Level, ...] = ("high", "moderate", "low", "very_low")
FEW = 20
"""Subjects over all counted studies below which chance alone could move the figure."""
WIDE = 3.0
"""Logits between the ends of the interval: a twentyfold range of the odds."""
COUNTED = ("pooled", "bound", "carried_back")


def certainty_of(pack: Pack, delivered: Delivered) -> Certainty:
    """The certainty of an estimate and every reason for lowering it (text keys `say.lowered_*`)."""
    if delivered.below:
        return Certainty(level="very_low", reasons=("bound", "model"))
    counted = [use for use in delivered.studies if use.role in COUNTED]
    if not counted or delivered.basis == "modelled":
        return Certainty(level="very_low", reasons=("needle" if delivered.placement_measured else "model",))
    people = [use for use in counted if use.species == "human"]
    graded = people or counted
    figures = [pack.measurements[one] for use in graded for one in use.measurements if one in pack.measurements]
    lowered = [] if people else ["animals"]
    if len({use.id for use in graded}) == 1:
        lowered.append("one_study")
    if sum(_subjects(figures).values()) < FEW:
        lowered.append("few")
    if logit(delivered.high) - logit(delivered.low) > WIDE:
        lowered.append("wide")
    if delivered.kind == "retained" and figures and all(figure.readout == "label" for figure in figures):
        lowered.append("label")
    steps = len(lowered) + (0 if people else 1)
    return Certainty(level=LEVELS[min(steps, len(LEVELS) - 1)], reasons=tuple(lowered))


def _subjects(figures: list[t.Measurement]) -> dict[str, int]:
    """The most subjects that each study counted at once: its arms and times are the same people or animals."""
    most: dict[str, int] = {}
    for figure in figures:
        most[figure.study] = max(most.get(figure.study, 0), figure.n or 0)
    return most

"""The sentence that says what an estimate is, what it rests on, and what drives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.numbers import HALF, MILLION, cells_of_million

if TYPE_CHECKING:
    from core.delivery.estimate import Posterior

FEWEST = HALF / MILLION
"""Below half a cell of a million there is no number to tell, only that there are fewer than one."""
LUNG_DRIVES = (
    "What drives this figure is the share of cultured cells that gets through the lungs in one passage: "
    "whole-cell counts say about 2 of 100, labels up to 90 of 100."
)


def sentence(posterior: Posterior) -> str:
    """The plain sentences of an estimate, in English, for the clinician."""
    parts = [_figure(posterior), _basis(posterior), *_placement(posterior), *_drivers(posterior)]
    return " ".join(part for part in parts if part)


def _figure(posterior: Posterior) -> str:
    question = posterior.question
    low, high = posterior.interval()
    what = "alive in the target" if question.readout == "living" else "in the target"
    hours = f"{question.hours:g} hour{'' if question.hours == 1 else 's'}"
    if posterior.below:
        return (
            f"No blood reaches this target: fewer than {max(1, round(high * 1e6))} of a million cells "
            f"{what} {hours} after delivery, an upper bound."
        )
    count = cells_of_million(posterior.median)
    first = count.capitalize() if posterior.median < FEWEST else f"About {count}"
    if high < FEWEST:
        spread = "nearly all comparable groups would have a mean below that"
    elif low < FEWEST:
        spread = f"90 of 100 comparable groups would have a mean of at most {cells_of_million(high)}"
    else:
        ends = f"between {cells_of_million(low)} and {cells_of_million(high)}"
        spread = f"90 of 100 comparable groups would have a mean {ends}"
    return f"{first} of a million cells {what} {hours} after delivery; {spread}."


def _basis(posterior: Posterior) -> str:
    pair = posterior.pair
    if pair.pooled is None:
        if posterior.accuracy is not None and posterior.accuracy.measured:
            return "Modelled, not measured: needle measured, staying assumed."
        return "Modelled, not measured."
    effects = pair.gathered.effects
    people = sum(effect.species == "human" for effect in effects)
    studies = f"{len(effects)} stud{'y' if len(effects) == 1 else 'ies'}"
    where = f"{studies}, {people} of them in people" if people else f"{studies}, none of them in people"
    moved = f"the measurements account for {round(100 * posterior.measured_share)} of 100 parts of what is known"
    word = "Measured" if posterior.basis == "measured" else "Measured and modelled"
    carried = sum(effect.role == "carried_back" for effect in effects)
    verb = "is" if carried == 1 else "are"
    when = "at another hour" if posterior.question.retained else "whole cells days later"
    where_to = "to this one" if posterior.question.retained else "back"
    back = f" {carried} counted {when} and {verb} carried {where_to}." if carried else ""
    return f"{word}: {where}; {moved}.{back}"


def _placement(posterior: Posterior) -> list[str]:
    accuracy = posterior.accuracy
    if accuracy is None:
        return []
    hundred = min(99, max(1, round(100 * accuracy.median)))
    source = f"counted on {accuracy.needles} needles" if accuracy.measured and accuracy.needles else (
        "from reviews" if accuracy.measured else "assumed, nobody counted it here"
    )  # fmt: skip
    return [f"About {hundred} of 100 needles are in the target ({source})."]


def _drivers(posterior: Posterior) -> list[str]:
    if "lung_passage" not in posterior.drivers:
        return []
    return [LUNG_DRIVES]

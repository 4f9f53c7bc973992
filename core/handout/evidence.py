"""How many cells are in place, what was counted later, and how that is known, in a patient's words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec.structs import replace

from core.handout.model import Cell, Dots
from core.handout.runs import Runs, plain
from core.handout.say import Say, sentence, two_figures
from core.handout.sources import Sources
from core.pack.types import OWN, Measurement
from core.ranking.criteria import ONCE
from core.results import LEVELS, Delivered, Option, StudyUse

HUNDRED, MILLION = 100, 1_000_000
_SMALLEST_DOT = 0.005  # half a dot of 100
_LATER_HOURS = 24.0  # what was counted after the first day says how many stay
_MONTH_HOURS = 30.0 * 24
_CELLS_OF_THE_TRIALS = frozenset(("bm_msc", "ad_msc", "uc_msc", "bm_mnc", "svf", "pb_mnc", "cd34"))
_OF_THE_INJECTED = ("injected_cells", "injected_activity")


def denominator(shares: Sequence[float]) -> int:
    """One denominator for a row: 100 where every share is worth a dot, else a million."""
    return HUNDRED if all(share >= _SMALLEST_DOT for share in shares) else MILLION


def count_of(share: float, total: int) -> int:
    """How many of `total` a share is, in two figures; all of them only where it is all."""
    count = two_figures(share * total)
    return total - total // HUNDRED if count >= total and share < 1.0 else count


def cells_in_place(say: Say, delivered: Delivered, target: str, total: int) -> Cell:
    """A picture of 100 dots, the count, its range."""
    named = say(f"total_{total}")
    filled = 0 if delivered.below else count_of(delivered.median, HUNDRED)
    if filled:
        dots = Dots(filled, say("cells_alt", filled=filled, target=target))
    else:
        dots = Dots(0, say("cells_alt_speck", target=target))
    sentences = []
    low, high = count_of(delivered.low, total), count_of(delivered.high, total)
    if delivered.below:  # a bound is its upper end
        figure = say("cells_below", count=say.number(max(1, high)), total=named)
    elif delivered.median * total < 0.5:
        figure = say("cells_below", count=say.number(1), total=named)
        if high > 1:
            sentences.append(say.runs("cells_range_up", high=say.number(high), total=named))
    else:
        figure = say("cells_of", count=say.number(max(1, count_of(delivered.median, total))), total=named)
        key = "cells_range" if low >= 1 else "cells_range_up"
        sentences.append(say.runs(key, low=say.number(low), high=say.number(max(1, high)), total=named))
    if not filled:
        sentences.append(say.runs("cells_speck"))
    return Cell(tuple(sentences), figure, dots)


def in_all_places(say: Say, option: Option, target: str, sites: int) -> Delivered:
    """What arrives in all places together: of a drip each of a pair of places takes its own share of the whole."""
    delivered = option.delivered
    if sites == 1 or not say.pack.targets[target].paired or say.pack.routes[option.route].family not in ONCE:
        return delivered
    ends = {name: min(1.0, sites * getattr(delivered, name)) for name in ("low", "median", "high")}
    return replace(delivered, **ends)


def later_measurement(say: Say, route: str, target: str) -> Measurement | None:
    """The count after the first day that says most to a patient: in people first, then the one nearest a month.

    Times are told apart by their ratio to a month, so that a week and four months are about as far from it.
    """
    found = [m for m in _later(say, route, target) if _is_share(m)]
    return min(found, key=lambda m: (m.species != "human", _from_a_month(m), -(m.n or 0), m.id), default=None)


def _from_a_month(measurement: Measurement) -> float:
    """How far the time of a count is from a month, as the logarithm of their ratio."""
    return abs(math.log((measurement.time_h or _MONTH_HOURS) / _MONTH_HOURS))


def _later(say: Say, route: str, target: str) -> list[Measurement]:
    """Everything that was measured of a route and target after the first day."""
    return [
        m
        for m in say.pack.file.measurements
        if m.route == route and m.target == target and (m.time_h or 0.0) > _LATER_HOURS
    ]


def _is_share(measurement: Measurement) -> bool:
    """Whether it can be said as a share of the cells that were given."""
    sound = measurement.kind == "share" and not measurement.excluded and measurement.species is not None
    return sound and measurement.denominator in _OF_THE_INJECTED and _later_share(measurement) is not None


def _later_share(measurement: Measurement) -> float | None:
    if measurement.value is not None:
        return measurement.value
    return measurement.high if measurement.bound == "upper" else None


def later_share(measurement: Measurement) -> float:
    """The share that was counted, or its upper bound."""
    return _later_share(measurement) or 0.0


def still_there(say: Say, option: Option, target: str, total: int, sources: Sources) -> Cell:
    """What was counted later, with its time and species; or that nobody has measured it, or not as a share."""
    measurement = later_measurement(say, option.route, target)
    if measurement is None:
        return Cell((say.runs("still_other" if _later(say, option.route, target) else "still_none"),))
    value = later_share(measurement) * total
    below = measurement.value is None or value < 0.5
    text = say(
        "still_below" if below else "still_there",
        count=say.number(max(1, count_of(later_share(measurement), total))),
        total=say(f"total_{total}"),
        time=say.time(measurement.time_h or 0.0),
        species=say(f"in_{measurement.species}"),
    )
    told = [sentence(text)]
    if measurement.id.startswith(OWN):
        told.append(say("still_own"))
    if not below and later_share(measurement) > option.delivered.median:  # more than at first looks like a mistake
        told.append(say("still_more"))
    return Cell((plain(" ".join(told) + sources.mark(measurement.study)),))


def known(say: Say, option: Option, sources: Sources) -> str:
    """How the number is known: counted in whom, a checked needle, or a model; and whether the clinic counted itself."""
    said = _known(say, option, sources)
    return " ".join((said, say("known_own"))) if option.delivered.own else said


def _known(say: Say, option: Option, sources: Sources) -> str:
    delivered = option.delivered
    counted = [use for use in delivered.studies if use.role in ("pooled", "bound", "carried_back")]
    for use in sorted(counted, key=lambda use: (-(use.weight or 0.0), use.id))[:3]:
        sources.number(use.id)
    if delivered.basis != "modelled" and counted:
        species = list(dict.fromkeys(name for use in counted for name in _species(say, use)))
        species.sort(key=lambda name: name != "human")
        if species:
            return say("known_counted", species=say.series([say(f"in_{name}") for name in species[:3]]))
    if delivered.placement is not None and delivered.placement_measured:
        checked = [use.id for use in delivered.studies if use.role == "placement"]
        for study in checked[:2]:
            sources.number(study)
        models: set[str] = {p.model for p in say.pack.file.placements if p.study in checked and p.route == option.route}
        return say("known_needle", species=say(_needle_in(models)))
    return say("known_model")


def _species(say: Say, use: StudyUse) -> list[str]:
    """In whom a study counted: as the estimate says, else as its measurements do."""
    if use.species:
        return [use.species]
    found = [say.pack.measurements[one].species for one in use.measurements if one in say.pack.measurements]
    return [name for name in found if name]


def _needle_in(models: set[str]) -> str:
    """In whom needles were checked."""
    if "patients" in models or "review" in models or not models:
        return "in_human"
    return "in_donated" if "cadaver" in models else "in_models"


def how_sure(say: Say, option: Option, sources: Sources) -> Runs:
    """How the number is known and how sure it is."""
    return plain(f"{known(say, option, sources)} {say(f'sure_{option.certainty.level}')}")


def may_help(say: Say, option: Option, condition: str, cells: str, sources: Sources) -> Cell:
    """What trials found on benefit, with the verb that their certainty allows, and whether they used other cells.

    Nothing is said of cells that the trials in the pack are not about: of platelets, say, in a knee.
    """
    records = [b for b in say.pack.file.benefits if b.condition == condition]
    fitting = [b for b in records if not b.routes or option.route in b.routes]
    if cells not in _CELLS_OF_THE_TRIALS:
        fitting = [b for b in fitting if cells in b.cells]
    if not fitting:
        return Cell((say.runs("help_none" if cells in _CELLS_OF_THE_TRIALS else "help_not_held"),))
    chosen = max(fitting, key=lambda b: (b.shown, LEVELS.index(b.certainty), b.n or 0, b.id))
    key = f"help_{chosen.certainty}" if chosen.shown else "help_not_shown"
    told = [say(key) + sources.mark(chosen.study)]
    if said := say.maybe(f"benefit.{chosen.id}.plain"):
        told.append(sentence(said))
    if chosen.cells and cells not in chosen.cells:
        told.append(say("help_other_cells"))
    return Cell((plain(" ".join(told)),))

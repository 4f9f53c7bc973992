"""Why a procedure is where it is, what speaks against it at the same length, and what would move it.

Every sentence is made from the numbers that made the order; nothing here decides anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.consult import CRITERIA
from core.numbers import HALF, MILLION, rounded
from core.ranking import sensitivity
from core.ranking.asked import OPEN_SURGERY, dose_beyond, ratio
from core.ranking.criteria import serious_harm, times
from core.ranking.harms import cause
from core.ranking.order import DELIVERED, sorted_by_score
from core.ranking.words import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.ranking.order import Order
    from core.ranking.prepare import Prepared
    from core.results import Delivered

#: A ratio of cells nearer to 1 than this is not worth saying: "1.1 times as many" says less than the interval does.
WORTH_SAYING = 1.2
LIGHT = ("none", "topical", "local")
LEAST_AGAINST = 3
LONGEST = 3
"""As many sentences as are read: why a procedure is where it is, and the two nearest things that would move it."""
DEEP = ("sedation", "regional", "general")


def sure(delivered: Delivered, voice: Voice) -> str:
    """How the number of cells came about, in a few words, and whether a clinic's own figures are in it."""
    known = _known(delivered, voice)
    return voice.say("sure_own", sure=known) if delivered.own else known


def _known(delivered: Delivered, voice: Voice) -> str:
    if delivered.below:
        return voice.say("sure_bound")
    if delivered.basis == "modelled":
        return voice.say("sure_needle" if delivered.placement_measured else "sure_model")
    where = "people" if counted_in_people(delivered) else "animals"
    return voice.say(f"sure_{where}" if delivered.basis == "measured" else f"sure_{where}_model")


def counted_in_people(delivered: Delivered) -> bool:
    """Whether cells were counted in people, in a study that entered the estimate."""
    return any(one.species == "human" and one.role in ("pooled", "bound", "carried_back") for one in delivered.studies)


def reasons(prepared: Prepared, column: int, voice: Voice) -> tuple[str, ...]:
    """Why here: what stands before any score, how many cells arrive and how that is known, what is met."""
    ground, consult, pack = prepared.ground, prepared.consult, prepared.pack
    screened, procedure = prepared.screened[column], ground.procedures[column]
    delivered, retained = ground.arrivals[column].delivered, ground.arrivals[column].retained
    target = voice.the(consult.target)
    found: list[str] = []
    if screened.status == "not_tried_in_people":
        found.append(voice.say("reason_not_tried", target=target))
    found += [voice.say("reason_closed", cause=cause(one, voice)) for one in screened.findings if one.closes]
    if screened.lacking:
        things = voice.and_(voice.within("capability", one) for one in screened.lacking)
        found.append(voice.say("reason_lacking", things=things))
    if pack.routes[procedure.route].family == "venous" and pack.targets[consult.target].tissue == "lung":
        cells = voice.per_million(delivered.median)
        if retained is not None and retained.hours == 24.0:
            cells = voice.per_million(retained.median)
            found.append(voice.say("reason_caught_alive", cells=cells))
        else:
            found.append(voice.say("reason_caught", cells=cells))
    if delivered.below:
        count = delivered.high * MILLION
        said = voice.say("reason_bound", target=target, cells=voice.number(count)) if count >= 1 else ""
        found.append(said or voice.say("reason_bound_one", target=target))
    else:
        found.append(
            voice.say(
                "reason_delivered",
                cells=_capital(voice.per_million(delivered.median)),
                target=target,
                hours=voice.number(delivered.hours),
                range=voice.range_per_million(delivered.low, delivered.high),
                sure=sure(delivered, voice),
            )
        )
    if delivered.placement is not None and delivered.placement_measured:
        found.append(voice.say("reason_placement", hits=voice.of_hundred(delivered.placement)))
    if not screened.lacking:
        special = [one for one in screened.met if not pack.capabilities[one].plain]
        found.append(voice.say("reason_all_there" if special else "reason_plain"))
    if procedure.contrast == "none" and procedure.radiation_none and procedure.anaesthesia in LIGHT:
        found.append(voice.say("reason_gentle"))
    if not prepared.patient.checked:
        found.append(voice.say("reason_not_checked"))
    return tuple(found)


def against(prepared: Prepared, column: int, length: int, voice: Voice) -> tuple[str, ...]:
    """What speaks against a procedure, gravest first, as many sentences as speak for it and never fewer than three.

    No caution is ever cut. Of what is wrong with the number one sentence goes before what the procedure asks for.
    """
    grave = tuple(_against_the_cells(prepared, column, voice))
    number = tuple(_against_the_number(prepared, column, voice))
    rest = (*number[:1], *_against_the_procedure(prepared, column, voice), *number[1:])
    if number[1:] and prepared.pack.routes[prepared.ground.procedures[column].route].family == "venous":
        rest = (*number, *_against_the_procedure(prepared, column, voice))
    return (*grave, *rest)[: max(LEAST_AGAINST, length, len(grave))]


def _against_the_cells(prepared: Prepared, column: int, voice: Voice) -> Iterator[str]:
    consult = prepared.consult
    route = prepared.ground.procedures[column].route
    held = (one for one in prepared.pack.file.benefits if one.condition == consult.condition and one.shown)
    if not any(not one.routes or route in one.routes for one in held):
        target, condition = voice.the(consult.target), voice.within("condition", consult.condition)
        yield voice.say("against_not_shown", target=target, condition=condition)
    for one in prepared.screened[column].findings:
        if not one.closes and one.contraindication.severity in ("absolute", "relative"):
            yield voice.say("against_caution", cause=cause(one, voice))
    if dose_beyond(prepared.pack, route, consult.dose):
        yield voice.say("against_dose", dose=voice.dose(consult.dose))


def _against_the_number(prepared: Prepared, column: int, voice: Voice) -> Iterator[str]:
    ground, pack, consult = prepared.ground, prepared.pack, prepared.consult
    delivered, procedure = ground.arrivals[column].delivered, ground.procedures[column]
    if delivered.basis == "modelled" and not delivered.placement_measured:
        yield voice.say("against_model_only")
    elif not counted_in_people(delivered):
        yield voice.say("against_never_counted")
    more = _places_more(prepared, column)
    if more is not None and not delivered.below:
        many = ratio(prepared, more, column)[0]
        if many >= WORTH_SAYING:
            named = voice.named(ground.procedures[more])
            yield voice.say("against_fewer", other=named, ratio=voice.number(many))
    large = pack.cells[consult.cells].group == "large"
    if pack.routes[procedure.route].family == "venous" and large and pack.targets[consult.target].tissue != "lung":
        yield voice.say("against_lungs")


def _against_the_procedure(prepared: Prepared, column: int, voice: Voice) -> Iterator[str]:
    pack, consult = prepared.pack, prepared.consult
    procedure, screened = prepared.ground.procedures[column], prepared.screened[column]
    if procedure.invasiveness == OPEN_SURGERY:
        yield voice.say("against_open")
    if procedure.anaesthesia in DEEP:
        yield voice.say("against_anaesthesia", anaesthesia=voice.say(f"anaesthesia_{procedure.anaesthesia}"))
    yield _serious(prepared, column, voice)
    needed = [one for one in screened.met if not pack.capabilities[one].plain]
    if needed:
        yield voice.say("against_needs", things=voice.and_(voice.within("capability", one) for one in needed))
    if procedure.contrast == "iodinated":
        yield voice.say("against_contrast")
    if procedure.radiation_msv is not None and procedure.radiation_msv[0] > 0:
        yield voice.say("against_radiation")
    repeated = times(pack, procedure, consult.sites)
    if repeated > 1:
        yield voice.say("against_sites", sites=voice.number(repeated))
    lost = 1 - prepared.ground.arrivals[column].delivered.median
    yield voice.say("against_few", cells=_capital(voice.per_million(lost)))


def _serious(prepared: Prepared, column: int, voice: Voice) -> str:
    consult = prepared.consult
    serious = serious_harm(prepared.pack, prepared.ground.procedures[column], consult.target, consult.cells)
    if serious is None:
        return voice.say("against_harm_unknown")
    denominator = voice.number(serious.denominator, 9)
    if serious.numerator:
        event, numerator = voice.name("harm", serious.event), voice.number(serious.numerator, 9)
        return voice.say("against_harm", event=event, numerator=numerator, denominator=denominator)
    upper = voice.number(1000 * min(1.0, 3 / serious.denominator))
    return voice.say("against_harm_none", denominator=denominator, upper=upper)


def explanation(prepared: Prepared, order: Order, column: int, voice: Voice) -> tuple[str, ...]:
    """The two or three sentences that carry a procedure's place, and what would change it."""
    ground = prepared.ground
    found: list[str] = []
    if order.verdict == "delivery_does_not_decide":
        points = voice.number(100 * float(order.score[column]))
        found.append(voice.say("explain_requirement", points=points))
    elif order.rank and column in order.above:
        place = order.above.index(column)
        tied = [other for other in order.tied[place] if order.rank[other] != order.rank[place]]
        others = [ground.procedures[order.above[other]] for other in tied]
        if order.rank[place] == 1:
            found += _first(prepared, order, column, voice)
        else:
            found += _behind(prepared, order, column, voice)
        if others:
            # A coin toss says more than how many cells would decide it.
            found[LONGEST - 1 :] = [voice.say("explain_tied", others=voice.and_(voice.named(one) for one in others))]
    elif prepared.screened[column].status == "refer":
        among = sorted_by_score(prepared, order.score, (*order.above, column))
        things = voice.and_(voice.within("capability", one) for one in prepared.screened[column].lacking)
        found.append(voice.say("explain_if_there", things=things, rank=voice.number(among.index(column) + 1)))
    missing = [
        voice.say(f"missing_{name}") for criterion in CRITERIA[1:] for name in ground.burdens[column][criterion].missing
    ]
    if missing:
        found.append(voice.say("explain_missing", things=voice.and_(missing)))
    return tuple(found)


def _first(prepared: Prepared, order: Order, column: int, voice: Voice) -> list[str]:
    """Why a procedure is first, beside which ones it is, and what would put another there."""
    ground = prepared.ground
    if len(order.above) < 2:
        return [voice.say("explain_alone")]
    ranked = list(zip(order.above, order.rank, strict=True))
    level = [ground.procedures[one] for one, rank in ranked if rank == 1 and one != column]
    columns = [column, *(one for one, rank in ranked if rank > 1)]
    found: list[str] = []
    if level:
        found.append(voice.say("explain_level", first=voice.and_(voice.named(one) for one in level)))
    if len(columns) < 2:
        return found
    found.append(_because(prepared, order, column, columns[1], voice))
    value = ground.value[:, columns]
    flips = sensitivity.weight_flips(value, order.weight)
    if flips:
        then = voice.named(ground.procedures[columns[flips[0].then]])
        found.append(voice.say("explain_fall_weight", other=then, **_moved(flips[0], voice)))
    shift = sensitivity.shift_to_flip(value, order.weight, DELIVERED, 0)
    if shift is not None and value[DELIVERED, 0] + shift[0] >= 0:
        then = voice.named(ground.procedures[columns[shift[1]]])
        found.append(voice.say("explain_fall_cells", other=then, **_shifted(prepared, column, shift[0], voice)))
    elif not flips:
        found.append(voice.say("explain_fall_never"))
    return found[:LONGEST]


def _because(prepared: Prepared, order: Order, first: int, second: int, voice: Voice) -> str:
    """What puts one procedure before another."""
    ground = prepared.ground
    other = voice.named(ground.procedures[second])
    gained = 100 * order.weight * (ground.value[:, first] - ground.value[:, second])
    strongest = int(np.argmax(gained))
    more, fewer = ratio(prepared, first, second)[0], ratio(prepared, second, first)[0]
    points = voice.number(float(gained[strongest]))
    criterion = voice.say(f"criterion_{CRITERIA[strongest]}")
    if strongest == DELIVERED and more >= WORTH_SAYING:
        return voice.say("explain_first_cells", ratio=voice.number(more), other=other)
    if strongest != DELIVERED and fewer >= WORTH_SAYING:
        said = {"other": other, "ratio": voice.number(fewer), "criterion": criterion, "points": points}
        return voice.say("explain_first_despite", **said)
    return voice.say("explain_first_by", criterion=criterion, points=points, other=other)


def _behind(prepared: Prepared, order: Order, column: int, voice: Voice) -> list[str]:
    ground = prepared.ground
    first = order.above[0]
    named = voice.named(ground.procedures[first])
    lost = 100 * order.weight * (ground.value[:, first] - ground.value[:, column])
    gap = float(lost.sum())
    worst = int(np.argmax(lost))
    criterion = voice.say(f"criterion_{CRITERIA[worst]}")
    more = ratio(prepared, column, first)[0]
    if more >= WORTH_SAYING and worst != DELIVERED:
        points = voice.number(float(lost[worst]))
        said = {"ratio": voice.number(more), "first": named, "criterion": criterion, "points": points}
        found = [voice.say("explain_outweighed", **said)]
    else:
        found = [voice.say("explain_behind", first=named, points=voice.number(gap), criterion=criterion)]
    pair = ground.value[:, [first, column]]
    flips = sensitivity.weight_flips(pair, order.weight)
    if flips:
        found.append(voice.say("explain_pass_weight", first=named, **_moved(flips[0], voice)))
    else:
        found.append(voice.say("explain_pass_never", first=named))
    shift = sensitivity.shift_to_flip(pair, order.weight, DELIVERED, 1)
    counts = ground.arrivals[column].delivered.median * MILLION >= HALF
    if counts and shift is not None and shift[0] > 0 and ground.value[DELIVERED, column] + shift[0] <= 1:
        found.append(voice.say("explain_pass_cells", first=named, **_shifted(prepared, column, shift[0], voice)))
    return found


def _moved(flip: sensitivity.WeightFlip, voice: Voice) -> dict[str, str]:
    """A slider's move in words, with as many figures as it takes for the two ends to differ."""
    now, needed = 100 * flip.now, 100 * flip.needed
    figures = _telling_apart(now, needed)
    return {
        "criterion": voice.say(f"criterion_{CRITERIA[flip.criterion]}"),
        "needed": voice.number(needed, figures),
        "now": voice.number(now, figures),
    }


def _shifted(prepared: Prepared, column: int, shift: float, voice: Voice) -> dict[str, str]:
    """A shift of the delivered value as cells of a million, in as many figures as tell the two apart."""
    now = prepared.ground.arrivals[column].delivered.median * MILLION
    then = factor_of(prepared, column, shift) * now
    figures = _telling_apart(now, then)
    return {"cells": voice.number(then, figures), "now": voice.number(now, figures)}


def _telling_apart(one: float, other: float) -> int:
    return next((n for n in (2, 3, 4, 5) if rounded(one, n) != rounded(other, n)), 6)


def factor_of(prepared: Prepared, column: int, shift: float) -> float:
    """How many times as many cells a shift of the delivered value stands for."""
    ground = prepared.ground
    before = ground.arrivals[column].delivered.median
    logits = ground.scale.bottom + ground.scale.span * (float(ground.value[DELIVERED, column]) + shift)
    return float(1 / (1 + np.exp(-logits))) / before


def _places_more(prepared: Prepared, column: int) -> int | None:
    """The procedure tried in people that places the most cells, when it is another one and places more."""
    arrivals = prepared.ground.arrivals
    most = max(prepared.tried, key=lambda one: arrivals[one].delivered.median, default=None)
    if most is None or arrivals[most].delivered.median <= arrivals[column].delivered.median:
        return None
    return most


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

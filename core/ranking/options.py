"""Everything concluded about one procedure, put together for the views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from core.consult import CRITERIA
from core.numbers import MILLION
from core.ranking import explain
from core.ranking.asked import dose_beyond, equivalent_dose
from core.ranking.constraints import needs_of
from core.ranking.criteria import ONCE
from core.ranking.harms import cautions, harm_lines
from core.ranking.order import DELIVERED
from core.ranking.words import Voice
from core.results import Option, Part, Requirement

if TYPE_CHECKING:
    from core.ranking.order import Order
    from core.ranking.prepare import Prepared

BELOW = ("suitable", "refer", "not_for_this_patient", "not_tried_in_people")
"""The order of the groups on the screen: above the line, then the three below it."""


def sequence(prepared: Prepared, order: Order) -> list[int]:
    """All procedures in the order of the screen: above the line by score, below it by group and delivered median."""
    below = [index for index, one in enumerate(prepared.screened) if one.status != "suitable"]
    below.sort(
        key=lambda one: (
            BELOW.index(prepared.screened[one].status),
            -prepared.ground.arrivals[one].delivered.median,
            prepared.ground.procedures[one].id,
        )
    )
    return [*order.above, *below]


def option(
    prepared: Prepared, order: Order, column: int, asked: int | None, reference: int | None, voice: Voice
) -> Option:
    """One procedure with its numbers, its place and the sentences that carry it."""
    ground, consult = prepared.ground, prepared.consult
    procedure, screened, arrival = ground.procedures[column], prepared.screened[column], ground.arrivals[column]
    delivered = arrival.delivered
    reasons = explain.reasons(prepared, column, voice)
    all_sites, each_site = cells_in_place(prepared, column)
    unplaced = Option(
        rank=None,
        procedure=procedure.id,
        route=procedure.route,
        guidance=procedure.guidance,
        name=voice.procedure(procedure),
        status=screened.status,
        asked=column == asked,
        cautions=cautions(prepared, column, voice),
        not_asked=screened.not_asked,
        score=None,
        parts=(),
        delivered=delivered,
        retained=arrival.retained,
        cells_per_million=delivered.median * MILLION,
        cells_delivered=all_sites,
        cells_per_site=each_site,
        equivalent_dose=None if reference is None else equivalent_dose(prepared, column, reference, voice),
        requires=requirements(prepared, column, voice),
        reasons=reasons,
        against=explain.against(prepared, column, len(reasons), voice),
        certainty=delivered.certainty,
        firmness="none",
        firmness_text="",
        rank_probability=(),
        winning_index={},
        tied_with=(),
        explanation=explain.explanation(prepared, order, column, voice),
        harms=harm_lines(prepared, column, voice),
        use_level=screened.use.level if screened.use else "none_found",
        dose_beyond=dose_beyond(prepared.pack, procedure.route, consult.dose),
    )
    return placed(prepared, order, column, unplaced, voice)


def placed(prepared: Prepared, order: Order, column: int, known: Option, voice: Voice) -> Option:
    """The same option at its place in an order: everything that changes while a slider moves."""
    scored = replace(known, score=float(order.score[column]), parts=parts(prepared, order, column))
    if column not in order.above or order.acceptability is None:
        return scored
    place = order.above.index(column)
    ids = [prepared.ground.procedures[one].id for one in order.above]
    found = order.acceptability
    return replace(
        scored,
        rank=order.rank[place],
        firmness=order.firmness[place],
        firmness_text=firmness_text(prepared, order, place, voice),
        rank_probability=tuple(found.rank[place].tolist()),
        winning_index={
            name: share
            for other, (name, share) in enumerate(zip(ids, found.winning[place].tolist(), strict=True))
            if other != place
        },
        tied_with=tuple(ids[other] for other in order.tied[place]),
    )


def parts(prepared: Prepared, order: Order, column: int) -> tuple[Part, ...]:
    """The score taken apart; without a delivery score there is no part for it."""
    ground = prepared.ground
    return tuple(
        Part(
            criterion=name,
            value=float(ground.value[row, column]),
            low=float(min(1.0, max(0.0, ground.low[row, column]))),
            high=float(min(1.0, max(0.0, ground.high[row, column]))),
            weight=float(order.weight[row]),
            contribution=float(order.weight[row] * ground.value[row, column]),
        )
        for row, name in enumerate(CRITERIA)
        if row != DELIVERED or prepared.decides
    )


def cells_in_place(prepared: Prepared, column: int) -> tuple[float, float]:
    """Cells that arrive in all sites together and in each.

    The dose is the total. A needle's is split equally; a drip is given once, and each of a pair of targets takes its
    own share of the whole.
    """
    consult, ground = prepared.consult, prepared.ground
    arrived = consult.dose * ground.arrivals[column].delivered.median
    family = prepared.pack.routes[ground.procedures[column].route].family
    if family in ONCE and prepared.pack.targets[consult.target].paired:
        return arrived * consult.sites, arrived
    return arrived, arrived / consult.sites


def requirements(prepared: Prepared, column: int, voice: Voice) -> tuple[Requirement, ...]:
    """What a procedure needs, required things first, each met or not by what the clinic has."""
    pack = prepared.pack
    found = [
        Requirement(
            id=need.id,
            label=voice.name("capability", need.id),
            kind=pack.capabilities[need.id].kind,
            level=need.level,
            met=prepared.screened[column].met[need.id],
            basis=need.basis,
            study=need.study,
        )
        for need in needs_of(pack, prepared.ground.procedures[column])
    ]
    kinds = ("imaging", "setting", "operator", "device")
    return tuple(sorted(found, key=lambda one: (one.level != "required", kinds.index(one.kind), one.id)))


def firmness_text(prepared: Prepared, order: Order, place: int, voice: Voice) -> str:
    """How firm a place is, in words."""
    if len(order.above) == 1:
        return voice.say("firm_only")
    level = [other for other in order.tied[place] if order.rank[other] == order.rank[place]]
    if level:
        names = (voice.named(prepared.ground.procedures[order.above[other]]) for other in level)
        return voice.say("firm_level", names=voice.and_(names))
    if order.tied[place]:
        return voice.say("firm_tied", ranks=voice.and_(str(order.rank[other]) for other in order.tied[place]))
    return voice.say(f"firm_{order.firmness[place]}")

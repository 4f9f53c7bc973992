"""The finding in words: approval and benefit before the number, then how sure the number is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ranking.explain import sure
from core.ranking.order import unconstrained
from core.ranking.words import Voice

if TYPE_CHECKING:
    from core.ranking.order import Order
    from core.ranking.prepare import Prepared
    from core.results import Approval

HOURS_A_DAY = 24.0
DAYS_FROM = 72.0
"""From here on a time is told in days."""


def headline(prepared: Prepared, order: Order, approval: Approval, asked: int | None, voice: Voice) -> str:
    """One paragraph for the top of the window."""
    target = voice.the(prepared.consult.target)
    if order.verdict == "ranked" and order.first is not None:
        said = [_number(prepared, "headline_first", order.first, voice)]
        if asked is not None and asked != order.first:
            said.append(_number(prepared, "headline_other", asked, voice))
    elif order.verdict == "delivery_does_not_decide":
        condition = voice.within("condition", prepared.consult.condition)
        said = [voice.say("headline_undecided", target=target, condition=condition)]
    else:
        said = _nothing(prepared, order, voice)
    return " ".join((approval.headline, *said))


def subline(prepared: Prepared, order: Order, asked: int | None, voice: Voice) -> str:
    """How sure the numbers of the headline are: of the first, and of the asked one."""
    told = [order.first] if order.first is not None else list(order.above[:1])
    if asked is not None and asked not in told:
        told.append(asked)
    return " ".join(_sureness(prepared, column, voice) for column in told)


def _nothing(prepared: Prepared, order: Order, voice: Voice) -> list[str]:
    target = voice.the(prepared.consult.target)
    reaching = unconstrained(prepared)
    if reaching is None or not prepared.tried:
        return [voice.say("headline_never", target=target)]
    if not order.above:
        return [voice.say("headline_nothing_left")]
    arrival = prepared.ground.arrivals[reaching].delivered
    reached = voice.say(
        "reached_by",
        name=voice.procedure(prepared.ground.procedures[reaching]),
        cells=voice.per_million(arrival.median, arrival.below),
        status=voice.say(f"status_{prepared.screened[reaching].status}"),
    )
    said = [voice.say("headline_nothing", target=target, reached=reached)]
    most = max(order.above, key=lambda one: prepared.ground.arrivals[one].delivered.median)
    said.append(_number(prepared, "headline_nothing_vein", most, voice))
    return said


def _number(prepared: Prepared, key: str, column: int, voice: Voice) -> str:
    delivered = prepared.ground.arrivals[column].delivered
    said = {
        "name": voice.procedure(prepared.ground.procedures[column]),
        "cells": voice.per_million(delivered.high if delivered.below else delivered.median, delivered.below),
    }
    if key == "headline_first":
        said["target"] = voice.the(prepared.consult.target)
    return voice.say(key, **said)


def _sureness(prepared: Prepared, column: int, voice: Voice) -> str:
    arrival = prepared.ground.arrivals[column]
    name = voice.procedure(prepared.ground.procedures[column])
    if arrival.delivered.below:
        return voice.say("subline_bound", name=name, sure=sure(arrival.delivered, voice))
    said = voice.say(
        "subline_sure",
        name=name,
        sure=sure(arrival.delivered, voice),
        range=voice.range_per_million(arrival.delivered.low, arrival.delivered.high),
    )
    later = arrival.retained
    if later is None:
        return said
    cells = voice.per_million(later.median)
    if later.hours >= DAYS_FROM:
        after = voice.say("subline_month", days=voice.number(later.hours / HOURS_A_DAY), cells=cells)
    else:
        after = voice.say("subline_retained", hours=voice.number(later.hours), cells=cells)
    return f"{said} {after}"

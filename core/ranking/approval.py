"""What was found of approvals and of benefit for a condition: it stands before any number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.results import LEVELS, Approval

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.consult import Consult
    from core.pack import types as t
    from core.pack.pack import Pack
    from core.ranking.words import Voice

APPROVED = ("approved", "conditional")


def approval_of(pack: Pack, consult: Consult, voice: Voice) -> Approval:
    """The approvals found for a condition, in the consult's jurisdiction or anywhere, with all other statuses named."""
    products = [one for one in pack.file.products if consult.condition in one.conditions]
    here = [one for one in products if counts_in(pack, one, consult.jurisdiction)]
    found = [one for one in here if one.status in APPROVED]
    condition = voice.within("condition", consult.condition)
    place = voice.name("jurisdiction", consult.jurisdiction) if consult.jurisdiction else ""
    known = not place or any(counts_in(pack, one, consult.jurisdiction) for one in pack.file.products)
    if not known:
        clause = voice.say("approval_no_record", place=place)
    elif not found:
        clause = (
            voice.say("approval_none", condition=condition, place=place)
            if place
            else voice.say("approval_none_anywhere", condition=condition)
        )
    elif place:
        named = voice.and_(dict.fromkeys(one.name for one in found))
        clause = voice.say("approval_found", condition=condition, place=place, products=named)
    else:
        named = voice.and_(
            voice.say("approval_product_place", product=one.name, place=voice.name("jurisdiction", one.jurisdiction))
            for one in found
        )
        clause = voice.say("approval_found_anywhere", condition=condition, products=named)
    checked = max((one.checked for one in pack.file.products), default=pack.date)
    lines = [_line(one, voice) for one in sorted(products, key=lambda one: (one not in found, one.name, one.id))]
    lines += _own_routes(found, voice)
    lines.append(voice.say("approval_checked", date=checked))
    benefit = _benefit_clause(pack, consult, voice, "_found" if found else "")
    headline = voice.say(f"headline_opening_{'found' if found else 'none'}", approval=clause, benefit=benefit)
    return Approval(
        jurisdiction=consult.jurisdiction,
        found=tuple(dict.fromkeys(one.name for one in found)),
        checked=checked,
        lines=tuple(lines),
        headline=headline,
    )


def _own_routes(found: Iterable[t.Product], voice: Voice) -> list[str]:
    """One line, where anything is approved: by which route each product is."""
    ways = dict.fromkeys((one.name, one.routes) for one in found if one.routes)
    if not ways:
        return []
    named = (
        voice.say("approval_product_route", product=name, route=voice.and_(voice.within("route", r) for r in routes))
        for name, routes in ways
    )
    return [voice.say("approval_route", products="; ".join(named))]


def approved_by_route(pack: Pack, consult: Consult, route: str) -> tuple[t.Product, ...]:
    """The products approved for the condition by a route, in the consult's jurisdiction or anywhere."""
    return tuple(
        one
        for one in pack.file.products
        if one.status in APPROVED
        and consult.condition in one.conditions
        and route in one.routes
        and counts_in(pack, one, consult.jurisdiction)
    )


def counts_in(pack: Pack, product: t.Product, jurisdiction: str | None) -> bool:
    """Whether what is known of a product holds in a place: its own, one that is part of it, or, without one, any."""
    place = pack.jurisdictions.get(jurisdiction or "")
    return jurisdiction is None or product.jurisdiction in (jurisdiction, place and place.part_of)


def _line(one: t.Product, voice: Voice) -> str:
    way = voice.and_(voice.within("route", route) for route in one.routes)
    said = {
        "product": voice.say("approval_product_way", product=one.name, route=way) if way else one.name,
        "indication": voice.worded(f"product.{one.id}.indication", one.indication),
        "status": voice.say(f"product_{one.status}"),
        "place": voice.name("jurisdiction", one.jurisdiction),
    }
    return voice.say("approval_line_dated", **said, date=one.date) if one.date else voice.say("approval_line", **said)


def benefits_of(pack: Pack, condition: str) -> tuple[t.Benefit, ...]:
    """What trials found for a condition: what was shown first, then by certainty."""
    held = [one for one in pack.file.benefits if one.condition == condition]
    return tuple(sorted(held, key=lambda one: (not one.shown, -LEVELS.index(one.certainty), one.id)))


def _benefit_clause(pack: Pack, consult: Consult, voice: Voice, after: str) -> str:
    """What is said of benefit; `after` an approval it is said in other words."""
    held = benefits_of(pack, consult.condition)
    if not held:
        return voice.say(f"benefit_not_held{after}")
    if not held[0].shown:
        return voice.say(f"benefit_not_shown{after}")
    certainty = voice.say(f"certainty_{held[0].certainty}")
    if not held[0].routes:
        return voice.say(f"benefit_shown{after}", certainty=certainty)
    route = voice.and_(voice.within("route", one) for one in held[0].routes)
    return voice.say(f"benefit_shown_route{after}", route=route, certainty=certainty)


def benefit_line(pack: Pack, consult: Consult, voice: Voice) -> str:
    """One sentence on what trials found."""
    condition = voice.within("condition", consult.condition)
    held = benefits_of(pack, consult.condition)
    if not held:
        return voice.say("benefit_line_not_held", condition=condition)
    one = held[0]
    finding = voice.worded(f"benefit.{one.id}.finding", one.finding)
    if one.shown:
        return voice.say("benefit_line_shown", finding=finding, certainty=voice.say(f"certainty_{one.certainty}"))
    return voice.say("benefit_line_not_shown", condition=condition, finding=finding)

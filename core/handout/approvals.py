"""What is said of approvals: in the place of the consult or, without one, anywhere; never more than was looked up."""

from __future__ import annotations

from collections.abc import Sequence

from core.handout.runs import Runs
from core.handout.say import Say, phrase
from core.pack.types import Condition, Product
from core.ranking.approval import APPROVED, counts_in
from core.results import Recommendation


def approved(say: Say, found: Recommendation, condition: Condition, *, old: bool) -> tuple[Runs, ...]:
    """Whether a product is approved, for whom and with which conditions; what was approved and no longer is.

    `old`: the pack has expired, so that nobody looked since. A place of which the pack holds no product at all is said
    to be unknown, not to have approved nothing.
    """
    pack, place = say.pack, found.approval.jurisdiction
    about = {"condition": phrase(say.of(f"condition.{condition.id}.plain")), "date": say.month(found.approval.checked)}
    here = [one for one in pack.file.products if counts_in(pack, one, place)]
    products = [one for one in here if condition.id in one.conditions]
    holding = [one for one in products if one.status in APPROVED]
    where = place_name(say, place) if place else ""
    if holding:
        named = say.series(_named(say, holding, with_place=place is None))
        made = [say.runs("approved_some" if place else "approved_places", **about, products=named, place=where)]
    elif place and not here:
        report = phrase(say.of(f"jurisdiction.{place}.report"))
        made = [say.runs("approved_no_record", **about, place=where, report=report)]
    else:
        made = [say.runs("approved_none" if place else "approved_nowhere", **about, place=where)]
    held = {one.name for one in holding}
    for one in products:
        if one.status == "withdrawn" and one.name not in held:
            where_it_was = place_name(say, one.jurisdiction)
            made.append(say.runs("approved_before", product=one.name, place=where_it_was))
    if old:
        made.append(say.runs("approved_old", date=say.month(found.approval.checked)))
    return tuple(made)


def place_name(say: Say, jurisdiction: str) -> str:
    """A place as it stands inside a sentence."""
    return phrase(say.of(f"jurisdiction.{jurisdiction}.name"))


def _named(say: Say, products: Sequence[Product], *, with_place: bool) -> list[str]:
    """Each product once, with its places, for whom or by which way it is, and whether more proof is asked for."""
    places: dict[tuple[str, str, bool], list[str]] = {}
    for one in products:
        whom = phrase(say.maybe(f"product.{one.id}.whom"))
        places.setdefault((one.name, whom, one.status == "conditional"), []).append(place_name(say, one.jurisdiction))
    made = []
    for (name, whom, conditional), where in places.items():
        about = [say.series(list(dict.fromkeys(where))) if with_place else "", whom]
        about.append(say("approved_on_condition") if conditional else "")
        told = ", ".join(part for part in about if part)
        if told and name.endswith(")"):  # one bracket, not two in a row
            made.append(f"{name[:-1]}; {told})")
        else:
            made.append(say("approved_product", product=name, about=told) if told else name)
    return made

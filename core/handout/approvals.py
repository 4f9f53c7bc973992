"""What is said of approvals: in the place of the consult or, without one, anywhere; never more than was looked up."""

from __future__ import annotations

from core.handout.say import Say, phrase
from core.handout.words import Words
from core.pack.types import Condition, Product
from core.ranking.approval import APPROVED, counts_in
from core.results import Recommendation


def approved(say: Say, found: Recommendation, condition: Condition, *, old: bool) -> tuple[Words, ...]:
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
        named = say.series(list(dict.fromkeys(_named(say, one, with_place=place is None) for one in holding)))
        made = [say.words("approved_some" if place else "approved_places", **about, products=named, place=where)]
    elif place and not here:
        report = phrase(say.of(f"jurisdiction.{place}.report"))
        made = [say.words("approved_no_record", **about, place=where, report=report)]
    else:
        made = [say.words("approved_none" if place else "approved_nowhere", **about, place=where)]
    held = {one.name for one in holding}
    for one in products:
        if one.status == "withdrawn" and one.name not in held:
            where_it_was = place_name(say, one.jurisdiction)
            made.append(say.words("approved_before", product=one.name, place=where_it_was))
    if old:
        made.append(say.words("approved_old", date=say.month(found.approval.checked)))
    return tuple(made)


def place_name(say: Say, jurisdiction: str) -> str:
    """A place as it stands inside a sentence."""
    return phrase(say.of(f"jurisdiction.{jurisdiction}.name"))


def _named(say: Say, product: Product, *, with_place: bool) -> str:
    """A product with its place, for whom or by which way it is, and whether under conditions."""
    about = [place_name(say, product.jurisdiction)] if with_place else []
    about.append(phrase(say.maybe(f"product.{product.id}.whom")))
    if product.status == "conditional":
        about.append(say("approved_on_condition"))
    told = ", ".join(part for part in about if part)
    if told and product.name.endswith(")"):  # one bracket, not two in a row
        return f"{product.name[:-1]}; {told})"
    return say("approved_product", product=product.name, about=told) if told else product.name

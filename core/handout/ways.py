"""The way that the cells take, as a drawing and in words that hold for the route and the target at hand."""

from __future__ import annotations

from core.handout.body import way_points
from core.handout.model import Way
from core.handout.runs import runs
from core.handout.say import Say, sentence
from core.pack.types import Route, Target

_THROUGH_THE_SKULL = ("intracerebroventricular",)  # with the fluid, but not from the back


def by_catheter(route: Route, target: Target) -> bool:
    """Whether a tube goes up an artery to a place where a needle at its tip puts the cells into the tissue."""
    return route.family == "local" and not route.needle and target.tissue == "myocardium"


def way_of(say: Say, name: str, route: Route, target: Target) -> Way:
    """Where the cells go in and where they should be.

    A vein under a tight band and a hole in the skull are drawn at the spot, because nothing travels to it from afar.
    """
    catheter = by_catheter(route, target)
    kind = "catheter" if catheter else route.family
    own = f"way_{route.id}"
    if say.pack.has_text(say.language, f"handout.{own}"):
        key = own
    else:
        key = "way_venous_lung" if kind == "venous" and target.tissue == "lung" else f"way_{kind}"
    at_the_spot = key == own or route.id in _THROUGH_THE_SKULL
    place = say.of(f"target.{target.id}.plain")
    plain = sentence(say.route(route.id, "plain", place)).rstrip(".")
    caption = say(key, way=plain, target=place)
    points = way_points("local" if at_the_spot else route.family, catheter, target.region)
    return Way(name, points, runs(caption), say("way_alt", way=caption))

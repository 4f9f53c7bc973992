"""Every handout that there is: each condition and target of the real pack in each language, paper and size."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from core.consult import make_consult
from core.handout.content import handout
from core.handout.model import HandoutOptions
from core.recommend import recommend

if TYPE_CHECKING:
    from core.handout.model import Handout
    from core.pack.pack import Pack
    from core.results import Recommendation

Shape = tuple[str, str, str]
SHAPES: list[Shape] = list(product(("en", "es"), ("a4", "letter"), ("normal", "large")))


def pairs_of(pack: Pack) -> list[tuple[str, str]]:
    """The conditions with each of their targets."""
    return [(condition.id, target) for condition in pack.file.conditions for target in condition.targets]


def found_of(pack: Pack, condition: str, target: str, number: int) -> Recommendation:
    """A recommendation in which one of the target's routes was asked about, another one for each number."""
    routes = sorted({procedure.route for procedure in pack.procedures_of(target)})
    asked = routes[number % len(routes)] if routes else None
    return recommend(pack, make_consult(pack, condition, target=target, asked=asked, jurisdiction="us"))


def handout_of(pack: Pack, found: Recommendation, shape: Shape) -> Handout:
    """The handout in a language, on a paper, in a size."""
    language, paper, size = shape
    return handout(pack, found, HandoutOptions(language=language, paper=paper, size=size))  # type: ignore[arg-type]

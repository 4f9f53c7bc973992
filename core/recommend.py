"""The one function: a pack and a consult in, a Recommendation out. Pure, the same answer every time.

`prepare` does what the weights do not change; `rank` does the rest. A slider that moves calls `preview` at once, and
`rank` when there is time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from core.consult import CRITERIA
from core.delivery.estimate import estimate_all
from core.delivery.question import Question
from core.ranking import asked as asking
from core.ranking.approval import approval_of, benefit_line
from core.ranking.constraints import open_questions
from core.ranking.criteria import weights_of
from core.ranking.doubts import doubts
from core.ranking.hangs import sensitivity_of
from core.ranking.headline import headline, subline
from core.ranking.options import option, placed, sequence
from core.ranking.order import order as ordered
from core.ranking.order import unconstrained
from core.ranking.prepare import Arrival, Ground, Prepared, lay_ground, prepare_from
from core.ranking.words import Voice
from core.results import Recommendation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.consult import Consult
    from core.pack.pack import Pack
    from core.ranking.order import Order

DAY, MONTH = 24.0, 720.0
KEPT = 4
"""Grounds kept: a consult that goes back and forth between two targets and two kinds of cells stays quick."""


def recommend(pack: Pack, consult: Consult) -> Recommendation:
    """Everything that a pack says to a consult. Errors: InputError for what the pack does not hold."""
    return rank(prepare(pack, consult), weights_of(consult))


def prepare(pack: Pack, consult: Consult) -> Prepared:
    """Everything about a consult that the weights do not change; estimates are kept from one call to the next."""
    return prepare_from(pack, consult, _ground(pack, *_of_ground(consult)))


def figures_alone(pack: Pack, consult: Consult) -> Ground:
    """What `rank` orders by, without what is left after days, which only sentences tell and which takes longest."""
    return _laid(pack, *_of_ground(consult), later=False)


def _of_ground(consult: Consult) -> tuple[str, str, str, str, int]:
    return consult.condition, consult.target, consult.cells, consult.species, consult.sites


@lru_cache(maxsize=KEPT)
def _ground(pack: Pack, condition: str, target: str, cells: str, species: str, sites: int) -> Ground:
    return _laid(pack, condition, target, cells, species, sites, later=True)


def _laid(pack: Pack, condition: str, target: str, cells: str, species: str, sites: int, *, later: bool) -> Ground:
    procedures = pack.procedures_of(target)
    common = Question(route="", target=target, cells=cells, species=species, condition=condition)
    asked = [
        msgspec.structs.replace(common, route=one.route, guidance=one.guidance, procedure=one.id) for one in procedures
    ]
    # The lungs are judged by what still lives there after a day, everything else by what is left after a month.
    hours = DAY if pack.targets[target].tissue == "lung" else MONTH
    still = [msgspec.structs.replace(one, hours=hours, readout="living") for one in asked]
    left = [one.delivered() for one in estimate_all(pack, still)] if later else [None] * len(asked)
    came = {
        one.id: Arrival(first.delivered(), first.logits, after)
        for one, first, after in zip(procedures, estimate_all(pack, asked), left, strict=True)
    }
    return lay_ground(pack, procedures, came, target, cells, sites)


def preview(prepared: Prepared, before: Recommendation, weights: Mapping[str, float]) -> Recommendation:
    """The recommendation while a slider moves: order, scores, ties and headline are new, the rest is as it was.

    `before` is a recommendation of the same consult with other weights. Explanations, the tornado and what else hangs
    on the weights follow with `rank`. Costs one pass over the samples.
    """
    voice = Voice(prepared.pack, before.consult.language)
    order = ordered(prepared, weights)
    procedures = prepared.ground.procedures
    asked = asking.asked_column(prepared)
    known = {one.procedure: one for one in before.options}
    return msgspec.structs.replace(
        before,
        consult=prepared.consult,
        headline=headline(prepared, order, before.approval, asked, voice),
        subline=subline(prepared, order, asked, voice),
        first=None if order.first is None else procedures[order.first].id,
        options=tuple(
            placed(prepared, order, column, known[procedures[column].id], voice) for column in sequence(prepared, order)
        ),
        weights=_shares(order),
    )


def _shares(order: Order) -> dict[str, float]:
    return {name: 100.0 * float(share) for name, share in zip(CRITERIA, order.weight, strict=True)}


def rank(prepared: Prepared, weights: Mapping[str, float]) -> Recommendation:
    """The recommendation of a prepared consult under weights (points for each criterion, in any sum)."""
    pack, consult = prepared.pack, prepared.consult
    voice = Voice(pack, consult.language)
    order = ordered(prepared, weights)
    procedures = prepared.ground.procedures
    asked = asking.asked_column(prepared)
    reaching = unconstrained(prepared)
    reference = reference_of(prepared, order)
    approval = approval_of(pack, consult, voice)
    return Recommendation(
        pack_version=pack.version,
        pack_expires=pack.expires,
        pack_date=pack.date,
        consult=consult,
        asked=None if asked is None else procedures[asked].id,
        verdict=order.verdict,
        headline=headline(prepared, order, approval, asked, voice),
        subline=subline(prepared, order, asked, voice),
        first=None if order.first is None else procedures[order.first].id,
        unconstrained_first=None if reaching is None else procedures[reaching].id,
        options=tuple(option(prepared, order, column, asked, reference, voice) for column in sequence(prepared, order)),
        asked_comparison=None
        if asked is None or reference is None
        else asking.compare(prepared, order, asked, reference, voice),
        sensitivity=sensitivity_of(prepared, order, voice),
        approval=approval,
        benefit=benefit_line(pack, consult, voice),
        not_benefit=voice.say("not_benefit"),
        implied=dict(prepared.patient.implied),
        open_questions=open_questions(
            {one.id: found for one, found in zip(procedures, prepared.screened, strict=True)}, prepared.patient
        ),
        doubts=doubts(pack, consult, voice),
        weights=_shares(order),
    )


def reference_of(prepared: Prepared, order: Order) -> int | None:
    """The column that equivalent doses refer to: the first, or what would reach the target without constraints."""
    if order.verdict == "delivery_does_not_decide":
        return None
    return order.first if order.rank else unconstrained(prepared)

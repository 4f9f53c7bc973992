"""Which options stand on a handout beside "no cell treatment"."""

from __future__ import annotations

from core.errors import InputError
from core.results import Option, Recommendation


def shown_options(recommendation: Recommendation, picked: tuple[str, ...] = ()) -> tuple[Option, ...]:
    """The options on the handout after "no cell treatment": the picked ones, or the first, then the asked route.

    Raises InputError for a picked one that is not there or was never tried in people.
    """
    by_id = {option.procedure: option for option in recommendation.options}
    chosen = list(picked) or ([recommendation.first] if recommendation.first else [])
    if not chosen and recommendation.verdict == "delivery_does_not_decide":
        chosen = [option.procedure for option in recommendation.options if option.status == "suitable"][:1]
    for procedure in chosen:
        if procedure not in by_id:
            raise InputError(f"“{procedure}” is none of the procedures that were compared. Pick one of the list.")
        if by_id[procedure].status == "not_tried_in_people":
            raise InputError(f"“{by_id[procedure].name}” was never tried in people, so it cannot stand on a handout.")
    asked = recommendation.asked
    if asked and asked in by_id and by_id[asked].status != "not_tried_in_people":
        chosen.append(asked)
    return tuple(by_id[procedure] for procedure in dict.fromkeys(chosen))


def elsewhere(recommendation: Recommendation, shown: tuple[Option, ...]) -> bool:
    """Whether a way that this clinic lacks the means for, and that is not shown, places more cells than all shown."""
    most = max((option.delivered.median for option in shown), default=0.0)
    away = [option for option in recommendation.options if option.status == "refer" and option not in shown]
    return any(option.delivered.median > most for option in away)


def against(recommendation: Recommendation, option: Option) -> list[str]:
    """The patient factors that close an option, or else those that ask for care with it.

    What the condition itself brings along asks for no care of its own: the sheet is about it.
    """
    closed = option.status == "not_for_this_patient"
    severity = "absolute" if closed else "relative"
    factors = dict.fromkeys(caution.factor for caution in option.cautions if caution.severity == severity)
    return [one for one in factors if closed or recommendation.implied.get(one) != "yes"]

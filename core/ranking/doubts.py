"""Answers about the patient that cannot well be true together: each is a sentence, none changes a rank.

An answer goes before what a condition implies, because the clinician has the patient before them and the pack has not.
So an answer that was kept from another condition, or a slip of the finger, would go unnoticed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.consult import Consult
    from core.pack.pack import Pack
    from core.ranking.words import Voice

#: Factors of which a patient usually has one at most: each of the two drugs stops the blood from clotting by itself.
SELDOM_BOTH = (("anticoagulated_warfarin", "anticoagulated_doac"),)
#: Factors that cannot be true with a condition: it is one of men.
NEVER_WITH = (("erectile_dysfunction", "pregnancy"),)
#: The factor that speaks of two places.
BOTH_EYES = "both_eyes_same_day"


def doubts(pack: Pack, consult: Consult, voice: Voice) -> tuple[str, ...]:
    """A sentence for each pair of answers to look at again; none where the jurisdiction leaves patient factors out."""
    place = pack.jurisdictions.get(consult.jurisdiction or "")
    if place is not None and not place.factors_shown:
        return ()
    return tuple(_doubts(pack, consult, voice))


def _doubts(pack: Pack, consult: Consult, voice: Voice) -> Iterator[str]:
    answers = consult.patient
    condition = voice.within("condition", consult.condition)
    for one in pack.conditions[consult.condition].implies:
        if one.value == "yes" and answers.get(one.factor) == "no":
            yield voice.say("doubt_no", factor=voice.name("factor", one.factor), condition=condition)
    for where, factor in NEVER_WITH:
        if consult.condition == where and answers.get(factor) == "yes":
            yield voice.say("doubt_yes", factor=voice.name("factor", factor), condition=condition)
    for first, other in SELDOM_BOTH:
        if answers.get(first) == answers.get(other) == "yes":
            yield voice.say("doubt_both", first=voice.name("factor", first), other=voice.name("factor", other))
    if answers.get(BOTH_EYES) == "yes" and consult.sites == 1:
        yield voice.say("doubt_sites", factor=voice.name("factor", BOTH_EYES))

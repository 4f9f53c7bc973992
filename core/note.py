"""The text for the chart: what was shown, with which numbers, from which pack, and what was not asked.

Plain text, no markup, nothing that identifies a patient. Approval and benefit come first, as on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.handout.review import reviewed
from core.ranking.explain import sure
from core.ranking.words import Voice

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from core.results import Option, Recommendation

REASONS = 3
"""Sentences of explanation for the first, the asked and every option with a caution: a chart is read in a hurry."""


def note(pack: Pack, recommendation: Recommendation, day: str = "") -> str:
    """The chart note of a recommendation, in the consult's language, ending with a line break.

    `day` is that of the note (ISO): past its expiry the evidence is said to be out of date.
    """
    voice = Voice(pack, recommendation.consult.language)
    compared = recommendation.asked_comparison
    lines = [
        *_consult(recommendation, voice),
        *([voice.say("note_old", expires=pack.expires)] if day > pack.expires else []),
        "",
        voice.say("note_finding"),
        recommendation.headline,
        recommendation.subline,
        *(compared.sentences if compared else ()),
        *(compared.for_asked if compared else ()),
        recommendation.not_benefit,
        "",
        voice.say("note_options"),
    ]
    for option in recommendation.options:
        lines += _option(recommendation, option, voice)
    lines.append(voice.say("note_no_treatment"))
    lines += ["", *_patient(pack, recommendation, voice), "", *_basis(pack, recommendation, voice)]
    return "\n".join(lines) + "\n"


def _consult(recommendation: Recommendation, voice: Voice) -> list[str]:
    consult = recommendation.consult
    sites = (
        voice.say("note_one_site") if consult.sites == 1 else voice.say("note_sites", sites=voice.number(consult.sites))
    )
    cells = voice.say(
        "note_cells", cells=voice.name("cells", consult.cells), dose=voice.dose(consult.dose), sites=sites
    )
    if not {"cells", "dose"} <= set(consult.touched):
        cells = voice.say("note_assumed", text=cells)
    lines = [
        voice.say(
            "note_title",
            condition=voice.within("condition", consult.condition),
            target=voice.within("target", consult.target),
        )
    ]
    if recommendation.asked is not None:
        lines.append(voice.say("note_asked", name=recommendation.option(recommendation.asked).name))
    lines.append(cells)
    if consult.has is None:
        lines.append(voice.say("note_clinic_all"))
    elif not consult.has:
        lines.append(voice.say("note_clinic_plain"))
    else:
        things = voice.and_(voice.within("capability", one) for one in consult.has)
        lines.append(voice.say("note_clinic", things=things))
    return lines


def _option(recommendation: Recommendation, option: Option, voice: Voice) -> list[str]:
    delivered = option.delivered
    said = {
        "name": option.name,
        "cells": voice.per_million(delivered.high if delivered.below else delivered.median, delivered.below),
        "range": voice.range_per_million(delivered.low, delivered.high),
        "sure": sure(delivered, voice),
        "status": voice.say(f"status_{option.status}"),
    }
    if option.rank is None:
        line = voice.say("note_option_unranked", **said)
    else:
        certainty = voice.say("certainty_count", level=voice.say(f"certainty_{option.certainty.level}"))
        line = voice.say("note_option", rank=option.rank, firmness=option.firmness_text, certainty=certainty, **said)
    why: list[str] = []
    if option.status != "suitable":
        why += option.reasons[:1]
    elif option.procedure == recommendation.first or option.asked:
        why += option.explanation[:REASONS]
    why += [caution.text for caution in option.cautions if caution.severity != "absolute"]
    return [line, *(voice.say("note_why", text=text) for text in why)]


def _patient(pack: Pack, recommendation: Recommendation, voice: Voice) -> list[str]:
    consult = recommendation.consult
    place = pack.jurisdictions.get(consult.jurisdiction or "")
    if place is not None and not place.factors_shown:
        return [voice.say("note_not_checked")]
    lines: list[str] = []
    if consult.patient:
        answers = "; ".join(
            voice.say(f"note_answer_{answer}", factor=voice.name("factor", factor))
            for factor, answer in consult.patient.items()
        )
        lines.append(voice.say("note_answers", answers=answers))
    implied = [factor for factor, value in recommendation.implied.items() if value == "yes"]
    if implied:
        factors = "; ".join(voice.name("factor", factor) for factor in implied)
        lines.append(voice.say("note_implied", factors=factors))
    lines += recommendation.doubts
    if recommendation.open_questions:
        factors = "; ".join(voice.name("factor", factor) for factor in recommendation.open_questions)
        lines.append(voice.say("note_not_asked", factors=factors))
    else:
        lines.append(voice.say("note_all_asked"))
    return lines


def _basis(pack: Pack, recommendation: Recommendation, voice: Voice) -> list[str]:
    weights = ", ".join(
        voice.say("note_weight", criterion=voice.say(f"criterion_{name}"), share=voice.number(share))
        for name, share in recommendation.weights.items()
    )
    language = recommendation.consult.language
    procedures = [option.procedure for option in recommendation.options]
    own = pack.own_notes(language, recommendation.consult.condition, procedures)
    clinic = pack.file.own.clinic if pack.file.own else ""
    return [
        *(voice.say("note_own", clinic=clinic, text=text) for text in own),
        *([voice.say("note_unreviewed")] if language != "en" and not reviewed(pack, language) else []),
        voice.say("note_weights", weights=weights),
        voice.say("note_pack", version=recommendation.pack_version, date=recommendation.pack_date),
    ]

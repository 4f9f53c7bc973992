"""What may go wrong and what stands in the way, in words: harms on record, contraindications that apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from core.ranking.constraints import NEVER_TRIED, tried_for
from core.ranking.criteria import harms_of
from core.results import Caution

if TYPE_CHECKING:
    from core.pack import types as t
    from core.ranking.constraints import Finding
    from core.ranking.prepare import Prepared
    from core.ranking.words import Voice

OTHER_CONDITIONS = "other_conditions"
"""What stands for a factor in the caution that no trial in people was about this condition."""
MOST_NAMED = 5
"""A drip was tried for twenty conditions: so many are named, the others counted."""


def cause(finding: Finding, voice: Voice) -> str:
    """A patient factor with its threshold, where the source gives one."""
    one = finding.contraindication
    factor = voice.name("factor", one.factor)
    threshold = _worded(one, "threshold", voice)
    return (
        voice.say("cause_threshold", factor=factor, threshold=threshold)
        if threshold
        else voice.say("cause", factor=factor)
    )


def _worded(one: t.Contraindication, part: Literal["threshold", "action"], voice: Voice) -> str | None:
    """A threshold or an action in the language of the texts where they hold it, else as the evidence words it."""
    given: str | None = getattr(one, part)
    return voice.worded(f"contraindication.{one.id}.{part}", given) if given else None


def cautions(prepared: Prepared, column: int, voice: Voice) -> tuple[Caution, ...]:
    """Everything found that speaks against a procedure or informs; sources that disagree all stand.

    What was found of the patient comes first; that it was tried for other conditions only, last.
    """
    found = tuple(_caution(one, voice) for one in prepared.screened[column].findings)
    return (*found, *_tried_for_others(prepared, column, voice))


def _tried_for_others(prepared: Prepared, column: int, voice: Voice) -> tuple[Caution, ...]:
    """That the use in people on record was for other conditions than the one of the consult."""
    use, route = prepared.screened[column].use, prepared.ground.procedures[column].route
    if use is None or use.level == NEVER_TRIED or not use.conditions:
        return ()
    if tried_for(prepared.pack, use, route, prepared.consult.condition):
        return ()
    named = [voice.within("condition", one) for one in use.conditions[:MOST_NAMED]]
    more = len(use.conditions) - len(named)
    text = (
        voice.say("caution_more_conditions", conditions=", ".join(named), more=more)
        if more
        else voice.say("caution_other_conditions", conditions=voice.and_(named))
    )
    return (Caution(factor=OTHER_CONDITIONS, text=text, severity="note", study=use.study),)


def _caution(finding: Finding, voice: Voice) -> Caution:
    one = finding.contraindication
    if one.severity == "none":
        factor, threshold = voice.name("factor", one.factor), _worded(one, "threshold", voice)
        text = (
            voice.say("caution_none_threshold", factor=factor, threshold=threshold)
            if threshold
            else voice.say("caution_none", factor=factor)
        )
    elif one.basis == "usual_practice":
        text = voice.say("caution_unread", cause=cause(finding, voice))
    else:
        action = _worded(one, "action", voice)
        said = cause(finding, voice)
        text = voice.say("caution_action", cause=said, action=action) if action else said
    if one.society:
        text = voice.say("caution_society", text=text, society=one.society)
    if finding.implied:
        text = voice.say("caution_implied", text=text)
    return Caution(
        factor=one.factor,
        text=text,
        severity=_severity(finding),
        threshold=one.threshold,
        study=one.study,
        basis=one.basis,
    )


def _severity(finding: Finding) -> Literal["absolute", "relative", "note"]:
    """How a contraindication acts: one that is absolute but whose source was not read is a caution."""
    if finding.closes:
        return "absolute"
    return "note" if finding.contraindication.severity in ("note", "none") else "relative"


def harm_lines(prepared: Prepared, column: int, voice: Voice) -> tuple[str, ...]:
    """What may go wrong, of the procedure and of the cells: serious first, counted before reported."""
    pack, consult = prepared.pack, prepared.consult
    severities, kinds = ("serious", "moderate", "mild"), ("count", "controlled", "reported", "unknown")
    held = harms_of(pack, prepared.ground.procedures[column], consult.target, consult.cells)
    ordered = sorted(held, key=lambda one: (severities.index(one.severity), kinds.index(one.kind), one.event, one.id))
    return tuple(_harm_line(one, voice) for one in ordered)


def _harm_line(one: t.Harm, voice: Voice) -> str:
    event = voice.name("harm", one.event)
    if one.kind == "count" and one.denominator and one.numerator is not None:
        unit = voice.say(f"unit_{one.unit}")
        many = voice.number(one.denominator, 9)
        if one.numerator:
            text = voice.say(
                "harm_count", event=event, numerator=voice.number(one.numerator, 9), denominator=many, unit=unit
            )
        else:
            upper = voice.number(1000 * min(1.0, 3 / one.denominator))
            text = voice.say("harm_none", event=event, denominator=many, unit=unit, upper=upper)
    elif one.kind == "controlled" and one.ratio:
        said = voice.number(one.ratio, 3)
        if one.low is not None and one.high is not None:
            ends = {"low": voice.number(one.low, 3), "high": voice.number(one.high, 3)}
            text = voice.say("harm_ratio", event=event, ratio=said, **ends)
        else:
            text = voice.say("harm_ratio_plain", event=event, ratio=said)
    elif one.kind == "reported" and one.cases:
        text = voice.say("harm_reported", event=event, cases=voice.number(one.cases, 9))
    else:
        text = voice.say("harm_unknown", event=event)
    key = f"population.{one.population_key}"
    if one.population_key and voice.pack.has_text(voice.language, key):
        text = voice.say("harm_among", text=text, population=voice.pack.text(voice.language, key))
    if one.cause in ("procedure", "product", "harvest"):
        text = voice.say(f"harm_of_{one.cause}", text=text)
    return voice.say("harm_seller", text=text) if one.seller_interest else text

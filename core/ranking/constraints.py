"""What stands before any score: was it ever tried in people, may it be done to this patient, can it be done here.

`screen` answers all three for one procedure. The patient's factors are one part of it (`patient_findings`) that a
jurisdiction can leave out (`Jurisdiction.factors_shown`); nothing else then changes, and the rows say that they
were not checked for this patient.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from core.pack.types import Need
from core.ranking.criteria import selectors

if TYPE_CHECKING:
    from core.consult import Consult
    from core.pack import types as t
    from core.pack.pack import Pack
    from core.results import Status

NEVER_TRIED = "none_found"
#: What may only raise a question or a caution, because its source has not been read yet.
UNREAD = "usual_practice"


class Finding(msgspec.Struct, frozen=True):
    """A contraindication that applies: `closes` when it takes the procedure away from this patient."""

    contraindication: t.Contraindication
    closes: bool
    implied: bool


class Screened(msgspec.Struct, frozen=True):
    """What was found of one procedure before any score.

    `lacking`: capability ids that are required and not there. `findings`: contraindications that apply, those that
    close it first. `not_asked`: factors whose answer could close it or add a caution, those that could close it first.
    """

    status: Status
    use: t.Use | None
    lacking: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_asked: tuple[str, ...] = ()
    met: dict[str, bool] = msgspec.field(default_factory=dict)


class Patient(msgspec.Struct, frozen=True):
    """What is true of the patient: answered in the consult, or set by the condition itself.

    `true` maps a factor to whether its truth rests on something read (an answer, a definition, a source) or only on
    usual practice. `asked_first`: factors that the condition makes worth asking. `checked`: false where the
    jurisdiction leaves patient factors out.
    """

    true: dict[str, bool]
    false: frozenset[str]
    implied: dict[str, str]
    asked_first: tuple[str, ...]
    checked: bool


def patient_of(pack: Pack, consult: Consult) -> Patient:
    """Join the consult's answers and what its condition implies; an answer always goes before an implication."""
    place = pack.jurisdictions.get(consult.jurisdiction or "")
    if place is not None and not place.factors_shown:
        return Patient({}, frozenset(), {}, (), checked=False)
    true = {factor: True for factor, answer in consult.patient.items() if answer == "yes"}
    false = frozenset(factor for factor, answer in consult.patient.items() if answer == "no")
    implied: dict[str, str] = {}
    first: list[str] = []
    for one in pack.conditions[consult.condition].implies:
        if one.factor in consult.patient:
            continue
        implied[one.factor] = one.value
        if one.value == "yes":
            true[one.factor] = one.basis != UNREAD
        else:
            first.append(one.factor)
    return Patient(true, false, implied, tuple(first), checked=True)


def available(pack: Pack, has: Iterable[str] | None) -> frozenset[str]:
    """The capabilities of a clinic with everything that they bring along; None is a clinic that has them all."""
    if has is None:
        return frozenset(pack.capabilities)
    there = {one.id for one in pack.file.capabilities if one.plain}
    there.update(has)
    while True:
        more = {
            brought
            for one in pack.file.capabilities
            for brought in ((*one.includes, one.id) if one.id in there or there.intersection(one.comes_with) else ())
        }
        if more <= there:
            return frozenset(there)
        there |= more


def needs_of(pack: Pack, procedure: t.Procedure) -> tuple[t.Need, ...]:
    """A procedure's own needs and those that its guidance has by definition, each once, required ones winning."""
    found: dict[str, t.Need] = {}
    by_definition = (Need(id=one, basis="definition") for one in pack.guidances[procedure.guidance].needs)
    for need in (*procedure.needs, *by_definition):
        known = found.get(need.id)
        if known is None or (known.level == "recommended" and need.level == "required"):
            found[need.id] = need
    return tuple(found.values())


def screen(
    pack: Pack, procedure: t.Procedure, target: str, cells: str, there: frozenset[str], patient: Patient
) -> Screened:
    """What stands before any score for one procedure; the first of three that applies gives its status.

    Never tried in people, as far as was found; not for this patient; refer, because something required is not there.
    """
    findings, not_asked = patient_findings(pack, procedure, target, cells, patient)
    found = Screened("suitable", pack.use(procedure.route, target), (), findings, not_asked)
    return in_clinic(pack, procedure, found, there)


def in_clinic(pack: Pack, procedure: t.Procedure, found: Screened, there: frozenset[str]) -> Screened:
    """The same findings in a clinic that has other capabilities."""
    use, findings = found.use, found.findings
    needs = needs_of(pack, procedure)
    met = {need.id: need.id in there for need in needs}
    lacking = tuple(need.id for need in needs if need.level == "required" and not met[need.id])
    status: Status = "suitable"
    if use is None or use.level == NEVER_TRIED:
        status = "not_tried_in_people"
    elif any(finding.closes for finding in findings):
        status = "not_for_this_patient"
    elif lacking:
        status = "refer"
    return Screened(status, use, lacking, findings, found.not_asked, met)


def patient_findings(
    pack: Pack, procedure: t.Procedure, target: str, cells: str, patient: Patient
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The contraindications of a procedure that apply to a patient, and the factors that were not asked."""
    if not patient.checked:
        return (), ()
    names = selectors(pack.routes[procedure.route])
    meant = [one for one in pack.file.contraindications if means(one, names, procedure, target, cells)]
    findings = [
        Finding(one, closes(one) and patient.true[one.factor], one.factor in patient.implied)
        for one in meant
        if one.factor in patient.true
    ]
    findings.sort(key=lambda finding: _gravity(finding.contraindication, finding.closes))
    open_ones: dict[str, int] = {}
    for one in meant:
        known = one.factor in patient.true or one.factor in patient.false
        if not known and one.severity in ("absolute", "relative"):
            gravity = _gravity(one, closes(one)) - (10 if one.factor in patient.asked_first else 0)
            open_ones[one.factor] = min(gravity, open_ones.get(one.factor, gravity))
    order = {factor: place for place, factor in enumerate(pack.factors)}
    return tuple(findings), tuple(sorted(open_ones, key=lambda factor: (open_ones[factor], order[factor])))


def tried_for(pack: Pack, use: t.Use, route: str, condition: str) -> bool:
    """Whether anything on record says that a route was used in people for a condition.

    A use, a product, a trial of benefit or a count of cells in patients.
    """
    return (
        condition in use.conditions
        or any(condition in one.conditions and route in one.routes for one in pack.file.products)
        or any(one.condition == condition and route in one.routes for one in pack.file.benefits)
        or any(
            one.species == "human" and one.condition == condition and one.route == route
            for one in pack.file.measurements
        )
    )


def means(one: t.Contraindication, names: frozenset[str], procedure: t.Procedure, target: str, cells: str) -> bool:
    """Whether a contraindication is about a procedure (`names`: the words that mean its route).

    Every selector that it gives must match.
    """
    if names.isdisjoint(one.routes):
        return False
    if one.guidance and procedure.guidance not in one.guidance:
        return False
    if one.targets and target not in one.targets:
        return False
    if one.cells and cells not in one.cells:
        return False
    if one.contrast is not None and one.contrast != (procedure.contrast == "iodinated"):
        return False
    return one.radiation is None or one.radiation != procedure.radiation_none


def closes(one: t.Contraindication) -> bool:
    """Whether a contraindication takes a procedure away: absolute, and its source was read."""
    return one.severity == "absolute" and one.basis != UNREAD


def _gravity(one: t.Contraindication, closing: bool) -> int:
    return 0 if closing else ("absolute", "relative", "note", "none").index(one.severity) + 1


def open_questions(screened: Mapping[str, Screened], patient: Patient) -> tuple[str, ...]:
    """The factors not asked that could move any listed procedure: asked first those that the condition brings."""
    seen: dict[str, int] = {}
    for one in screened.values():
        for place, factor in enumerate(one.not_asked):
            seen[factor] = min(place, seen.get(factor, place))
    first = [factor for factor in patient.asked_first if factor in seen]
    return (*first, *sorted((factor for factor in seen if factor not in first), key=lambda factor: seen[factor]))

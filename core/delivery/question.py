"""What is asked of the estimate, checked against the pack."""

from __future__ import annotations

from typing import Literal

import msgspec

from core.consult import checked_hours, known
from core.delivery.constants import FIRST_HOURS
from core.errors import InputError
from core.pack.pack import Pack

Readout = Literal["label", "living"]


class Question(msgspec.Struct, frozen=True):
    """How many of the given cells are in `target` at `hours`, by `route` under `guidance`.

    `readout` null means label up to 24 hours and living beyond; `guidance` null the route's usual one.
    `without`: studies left out everywhere. `procedure`: the id whose catheter position counts, where known.
    """

    route: str
    target: str
    guidance: str | None = None
    cells: str = "bm_msc"
    species: str = "human"
    condition: str | None = None
    hours: float = 1.0
    readout: Readout | None = None
    without: frozenset[str] = frozenset()
    procedure: str | None = None

    @property
    def retained(self) -> bool:
        """Whether the hours ask for what is retained, not for what is delivered."""
        return self.hours > FIRST_HOURS


def checked(pack: Pack, question: Question) -> Question:
    """The question with everything filled in. Errors: InputError naming what is unknown or out of range."""
    question = msgspec.structs.replace(
        question,
        route=known("route", question.route, pack.routes),
        target=known("target structure", question.target, pack.targets),
        cells=known("cell class", question.cells, pack.cells),
        species=known("species", question.species, pack.species),
        guidance=None if question.guidance is None else known("guidance", question.guidance, pack.guidances),
    )
    if question.condition is not None:
        known("condition", question.condition, pack.conditions)
    if question.readout not in (None, "label", "living"):
        raise InputError(f"There is no readout “{question.readout}”. Choose label or living.")
    for study in question.without:
        known("study", study, pack.studies)
    hours = checked_hours(question.hours)
    readout: Readout = question.readout or ("living" if hours > FIRST_HOURS else "label")
    ways = [p.guidance for p in pack.procedures_of(question.target) if p.route == question.route]
    usual = pack.usual_guidance(question.route, question.target)
    guidance = question.guidance or (usual if usual in ways or not ways else ways[0])
    if question.guidance is not None and ways and question.guidance not in ways:
        raise InputError(
            f"“{question.route}” to “{question.target}” is not known with the guidance “{question.guidance}”. "
            f"It is known with: {', '.join(ways)}."
        )
    procedure = _procedure(pack, question, guidance)
    return msgspec.structs.replace(question, hours=hours, readout=readout, guidance=guidance, procedure=procedure)


def _procedure(pack: Pack, question: Question, guidance: str) -> str | None:
    if question.procedure is not None:
        return known("procedure", question.procedure, pack.procedures)
    for procedure in pack.procedures_of(question.target):
        if procedure.route == question.route and procedure.guidance == guidance:
            return procedure.id
    return None

"""A clinic's own overlay: what it counted, needs and wants to add, laid over the pack and marked as its own.

An overlay adds. It can never remove, soften or reorder no treatment, benefit, harm, certainty, approval,
contraindications or sources; a table or field that would is refused by name.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from core.errors import PackError, shortened
from core.files import read_text
from core.pack import types as t
from core.pack.check import faults
from core.pack.pack import Pack
from core.pack.sources import explain

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1024 * 1024
_LONGEST_NAME = 120
_LONGEST_NOTE, _MOST_NOTES = 2000, 100  # as much as a sheet takes of one; far more than anybody writes
_MAY = ("clinic", "contact", "note", "study", "measurement", "placement", "need")
_REFUSED = "An overlay may add {may}; it may not touch “{table}”"


class OwnNeed(t.Record, frozen=True, kw_only=True):
    """Something that this clinic needs for a procedure beyond what the pack says."""

    procedure: t.Id
    id: t.Id
    level: Literal["required", "recommended"] = "required"


class Overlay(t.Record, frozen=True, kw_only=True):
    """The file of a clinic, as written."""

    clinic: str
    contact: dict[str, str] = msgspec.field(default_factory=dict)
    note: tuple[t.OwnNote, ...] = ()
    study: tuple[t.Study, ...] = ()
    measurement: tuple[t.Measurement, ...] = ()
    placement: tuple[t.Placement, ...] = ()
    need: tuple[OwnNeed, ...] = ()


def read_overlay(path: Path) -> Overlay:
    """The overlay in a TOML file. Errors: ReadError; PackError naming the table or field that is refused or wrong."""
    name = path.name
    try:
        tables: dict[str, Any] = tomllib.loads(read_text(path, LARGEST))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PackError(name, "", "", f"this is not TOML: {error}", "Mend the line") from error
    for table in tables:
        if table not in _MAY:
            remedy = "Remove it; a change of the evidence itself belongs into the pack, where others check it"
            raise PackError(name, table, "", _REFUSED.format(may=", ".join(_MAY[1:]), table=table), remedy)
    try:
        overlay = msgspec.convert(tables, Overlay)
    except msgspec.ValidationError as error:
        field, problem, remedy = explain(str(error))
        raise PackError(name, field.partition(".")[0], field, problem, remedy) from error
    if not overlay.clinic.strip() or not overlay.clinic.isprintable() or len(overlay.clinic) > _LONGEST_NAME:
        problem = f"this is no name of up to {_LONGEST_NAME} letters that can all be seen"
        raise PackError(name, "", "clinic", problem, "Write the name of the clinic in plain letters")
    _check_notes(overlay, name)
    for record in (*overlay.study, *overlay.measurement, *overlay.placement):
        if not record.id.startswith(t.OWN):
            problem = f"the id of a clinic's own record begins with “{t.OWN}”, so that none of the pack's is replaced"
            raise PackError(name, record.id, "id", problem, f"Call it {t.OWN}{record.id}")
    return overlay


def _check_notes(overlay: Overlay, name: str) -> None:
    if len(overlay.note) > _MOST_NOTES:
        problem = f"there are {len(overlay.note)} notes, and {_MOST_NOTES} at most are shown"
        raise PackError(name, "note", "", problem, "Join or remove some")
    for text in (text for note in overlay.note for text in note.text.values()):
        if len(text) > _LONGEST_NOTE:
            problem = f"“{shortened(text, 30)}” has {len(text)} characters, and a note has {_LONGEST_NOTE} at most"
            raise PackError(name, "note", "text", problem, "Shorten it")


def lay_over(pack: Pack, overlay: Overlay, name: str) -> Pack:
    """A new pack with the overlay's records added; `name` is its file as the user knows it.

    Errors: PackError for a record that does not fit the pack, or a need that would soften one.
    """
    file = pack.whole
    file = msgspec.structs.replace(
        file,
        studies=file.studies + tuple(_signed(study, overlay.clinic) for study in overlay.study),
        measurements=file.measurements + overlay.measurement,
        placements=file.placements + overlay.placement,
        procedures=tuple(_with_needs(procedure, overlay, name) for procedure in file.procedures),
        own=t.Own(clinic=overlay.clinic, contact=overlay.contact, notes=overlay.note),
    )
    known = {procedure.id for procedure in file.procedures}
    for need in overlay.need:
        if need.procedure not in known:
            raise PackError(name, "need", need.procedure, "there is no such procedure", "Correct the id")
    for fault in faults(file):
        record = getattr(file, t.TABLES[fault.table][0])[fault.number] if fault.table in t.TABLES else None
        raise PackError(name, getattr(record, "id", fault.table), fault.field, fault.problem, fault.remedy)
    return Pack(file, pack.sha256)


def _signed(study: t.Study, clinic: str) -> t.Study:
    """The study with the clinic as its author, so that every list of sources says whose it is."""
    return msgspec.structs.replace(study, authors=clinic + t.OWN_MARK)


def _with_needs(procedure: t.Procedure, overlay: Overlay, name: str) -> t.Procedure:
    needs = list(procedure.needs)
    for own in overlay.need:
        if own.procedure != procedure.id:
            continue
        present = next((need for need in needs if need.id == own.id), None)
        if present is not None and present.level == "required" and own.level == "recommended":
            problem = f"“{own.id}” is required there, and an overlay may not soften that"
            raise PackError(name, procedure.id, "need", problem, "Remove this need")
        if present is not None:
            needs.remove(present)
        needs.append(t.Need(id=own.id, level=own.level))
    return msgspec.structs.replace(procedure, needs=tuple(needs)) if needs != list(procedure.needs) else procedure

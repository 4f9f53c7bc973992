"""A consult as a file: what was chosen, nothing that identifies a patient."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from core.consult import (
    CRITERIA,
    Consult,
    checked_dose,
    checked_weights,
    known,
    offered_cells,
)
from core.errors import InputError, ReadError
from core.files import read_bytes, save_bytes

if TYPE_CHECKING:
    from core.pack.pack import Pack

PATIENTS = "human"
"""What a consult with a patient is about; figures of animals are for `rank --species` alone."""
LIMIT = 256 * 1024  # bytes; a consult is about one kilobyte


class ConsultFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What stands in the file; `scheme` counts up when its shape changes."""

    kind: Literal["cellroute consult"] = "cellroute consult"
    scheme: Literal[1] = 1
    consult: Consult


def encode(consult: Consult) -> bytes:
    """A consult as UTF-8 JSON with a line for each field."""
    return msgspec.json.format(msgspec.json.encode(ConsultFile(consult=consult))) + b"\n"


def decode(data: bytes, name: str, pack: Pack) -> Consult:
    """The consult of a file's bytes, every id known to the pack.

    `name` is the file as the user knows it. Errors: ReadError when it is no consult of ours; InputError when it names
    what the pack does not hold.
    """
    try:
        consult = msgspec.json.decode(data, type=ConsultFile).consult
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        remedy = "Choose a file that CellRoute saved, or begin a new consult"
        raise ReadError(name, "this is not a consult that this CellRoute can read", remedy, str(error)) from error
    return checked(consult, pack)


def checked(consult: Consult, pack: Pack) -> Consult:
    """The same consult when the pack knows all that it names. Errors: InputError."""
    condition = pack.conditions[known("condition", consult.condition, pack.conditions)]
    known("target structure", consult.target, condition.targets)
    known("cell class", consult.cells, offered_cells(pack))
    known("species", consult.species, tuple(pack.species))  # a file holds ids, no aliases
    if consult.species != PATIENTS:
        problem = f"The consult is about {consult.species}, and CellRoute answers for people."
        raise InputError(f"{problem} Begin a new consult.")
    known("language", consult.language, pack.languages())
    checked_dose(consult.dose)
    procedures = pack.procedures_of(consult.target)
    if consult.asked is not None:
        known("route", consult.asked, {one.route for one in procedures})
    if consult.guidance is not None:
        known("guidance", consult.guidance, {one.guidance for one in procedures if one.route == consult.asked})
    for item in consult.has or ():
        known("capability", item, pack.capabilities)
    for factor in consult.patient:
        known("patient factor", factor, pack.factors)
    for field in consult.touched:
        known("field", field, Consult.__struct_fields__)
    if consult.jurisdiction is not None:
        known("jurisdiction", consult.jurisdiction, pack.jurisdictions)
    if (consult.preset == "own") != (consult.weights is not None):
        raise InputError("The consult's weights and its preset do not go together. Begin a new consult.")
    if consult.weights is not None:
        checked_weights(consult.weights)
        if set(consult.weights) != set(CRITERIA):
            raise InputError("The consult does not give a weight to every criterion. Begin a new consult.")
    return consult


def load(path: Path, pack: Pack) -> Consult:
    """Read a consult file. Errors: ReadError, InputError."""
    return decode(read_bytes(path, LIMIT), path.name, pack)


def save(path: Path, consult: Consult) -> None:
    """Save a consult whole or not at all. Errors: SaveError."""
    save_bytes(path, encode(consult), private=True)

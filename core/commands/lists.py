"""`list`: what the pack holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from core.consult import known
from core.pack.read import load_current
from core.report import encode

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from core.pack.pack import Pack


def run(arguments: Namespace, out: TextIO) -> int:
    """Writes the records of a kind, for a condition or a target where one was named; returns the exit code.

    Errors: UnknownIdError for a condition or a target that is not there.
    """
    pack = load_current(arguments.data)
    if arguments.condition is not None:
        known("condition", arguments.condition, pack.conditions)
    if arguments.target is not None:
        arguments.target = known("target structure", arguments.target, pack.targets)
    rows = _ROWS[arguments.kind](pack, arguments.condition, arguments.target)
    if arguments.json:
        out.write(encode(rows))
        return 0
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        out.write(f"{row['id']:<{width}}  {row['name']}\n")
    return 0


def _conditions(pack: Pack, condition: str | None, target: str | None) -> list[dict[str, Any]]:
    return [
        {
            "id": c.id,
            "name": pack.name("condition", c.id),
            "icd10": c.icd10,
            "targets": c.targets,
            "system": c.system,
            "synonyms": pack.text_list("en", f"condition.{c.id}.synonyms"),
        }
        for c in pack.file.conditions
        if condition in (None, c.id) and (target is None or target in c.targets)
    ]


def _targets(pack: Pack, condition: str | None, target: str | None) -> list[dict[str, Any]]:
    wanted = [target] if target else list(pack.conditions[condition].targets) if condition else list(pack.targets)
    return [
        {
            "id": id_,
            "name": pack.name("target", id_),
            "tissue": pack.targets[id_].tissue,
            "region": pack.targets[id_].region,
        }
        for id_ in wanted
        if condition is None or id_ in pack.conditions[condition].targets
    ]


def _routes(pack: Pack, condition: str | None, target: str | None) -> list[dict[str, Any]]:
    targets = _targets_meant(pack, condition, target)
    routes = {p.route for id_ in targets for p in pack.procedures_of(id_)}
    return [
        {"id": r.id, "name": pack.name("route", r.id), "family": r.family, "usual_guidance": r.usual["any"]}
        for r in pack.file.routes
        if r.id in routes
    ]


def _procedures(pack: Pack, condition: str | None, target: str | None) -> list[dict[str, Any]]:
    targets = _targets_meant(pack, condition, target)
    return [
        {
            "id": p.id,
            "name": pack.procedure_name("en", p),
            "route": p.route,
            "guidance": p.guidance,
            "targets": [id_ for id_ in p.targets if id_ in targets],
            "requires": [need.id for need in p.needs],
        }
        for p in pack.file.procedures
        if targets & set(p.targets)
    ]


def _studies(pack: Pack, condition: str | None, target: str | None) -> list[dict[str, Any]]:
    used = _studies_of(pack, _targets_meant(pack, condition, target)) if condition or target else None
    return [
        {
            "id": s.id,
            "name": s.title or s.id,
            "authors": s.authors,
            "journal": s.journal,
            "year": s.year,
            "doi": s.doi,
            "pmid": s.pmid,
            "url": s.url,
            "read": s.read,
        }
        for s in pack.file.studies
        if used is None or s.id in used
    ]


def _targets_meant(pack: Pack, condition: str | None, target: str | None) -> set[str]:
    if target is not None:
        return {target}
    return set(pack.conditions[condition].targets if condition else pack.targets)


def _studies_of(pack: Pack, targets: set[str]) -> set[str]:
    """The studies whose figures speak of these targets."""
    counted = {m.study for m in pack.file.measurements if m.target in targets}
    placed = {p.study for p in pack.file.placements if p.target in targets}
    used = {use.study for use in pack.file.uses if use.target in targets and use.study}
    return counted | placed | used


def _choices(kind: str, table: str) -> Callable[[Pack, str | None, str | None], list[dict[str, Any]]]:
    """What an option of `rank` may be set to; the same for every condition and target."""
    return lambda pack, _condition, _target: [
        {"id": one.id, "name": pack.name(kind, one.id)}
        for one in getattr(pack.file, table)
        if pack.has_text("en", f"{kind}.{one.id}.name")  # others stand in studies and are not for choosing
    ]


_ROWS = {
    "conditions": _conditions,
    "targets": _targets,
    "routes": _routes,
    "procedures": _procedures,
    "studies": _studies,
    "capabilities": _choices("capability", "capabilities"),
    "factors": _choices("factor", "factors"),
    "cells": _choices("cells", "cells"),
    "guidances": _choices("guidance", "guidances"),
    "jurisdictions": _choices("jurisdiction", "jurisdictions"),
    "species": _choices("species", "species"),
}
KINDS = tuple(_ROWS)

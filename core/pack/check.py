"""Whether a pack's records fit together: ids, references, figures, texts. Finds everything at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from core.pack import types as t
from core.pack.texts import text_faults

if TYPE_CHECKING:
    from collections.abc import Iterator


class Fault(NamedTuple):
    """A fault of the record `number` of a table (from 0); a text's table is `texts/LANGUAGE`, its field the key."""

    table: str
    number: int
    field: str
    problem: str
    remedy: str


#: table -> field -> table it points to. A field may be an id, a tuple of ids, or null.
REFERENCES: dict[str, dict[str, str]] = {
    "cells": {"diameter_study": "study", "harvest": "capability", "study": "study"},
    "capability": {"includes": "capability", "comes_with": "capability"},
    "guidance": {"needs": "capability"},
    "jurisdiction": {"part_of": "jurisdiction", "study": "study"},
    "target": {"parent": "target", "flow_study": "study"},
    "procedure": {
        "route": "route", "guidance": "guidance", "targets": "target", "study": "study", "radiation_study": "study",
    },
    "use": {"route": "route", "conditions": "condition", "cells": "cells", "study": "study"},
    "measurement": {
        "study": "study", "route": "route", "target": "target", "species": "species", "cells": "cells",
        "guidance": "guidance", "condition": "condition", "cells_species": "species",
    },
    "placement": {"study": "study", "route": "route", "target": "target", "guidance": "guidance"},
    "parameter": {"studies": "study"},
    "flow_set": {"species": "species", "studies": "study"},
    "physiology": {"study": "study"},
    "harm": {"targets": "target", "cells": "cells", "study": "study"},
    "contraindication": {
        "factor": "factor", "guidance": "guidance", "targets": "target", "cells": "cells", "study": "study",
    },
    "product": {
        "cells": "cells", "routes": "route", "conditions": "condition", "targets": "target",
        "jurisdiction": "jurisdiction", "studies": "study",
    },
    "position": {"conditions": "condition", "routes": "route", "study": "study"},
    "benefit": {"condition": "condition", "routes": "route", "cells": "cells", "study": "study"},
    "condition": {"targets": "target", "usual_dose_study": "study"},
}  # fmt: skip

#: Words that stand for many routes in harms and contraindications.
ROUTE_GROUPS = ("any", "any_needle", "any_catheter")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SINCE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_CODE = re.compile(r"[A-Z]\d{2}(\.\d{1,2})?")


def faults(file: t.PackFile) -> Iterator[Fault]:
    """Everything that does not fit together in a pack, table by table.

    Ids that begin with `own-` belong to a clinic's overlay; without one (`file.own`) they are faults.
    """
    ids = {
        table: {getattr(record, "id", None) for record in getattr(file, name)} for table, (name, _) in t.TABLES.items()
    }
    for table, (name, _) in t.TABLES.items():
        yield from _bad_ids(table, getattr(file, name), overlaid=file.own is not None)
        for index, record in enumerate(getattr(file, name)):
            for found in _record_faults(table, record, ids):
                yield Fault(table, index, *found)
    yield from _procedure_faults(file)
    yield from _use_faults(file)
    yield from _family_faults(file)
    for language, key, problem, remedy in text_faults(file):
        yield Fault(f"texts/{language}", 0, key, problem, remedy)


def _bad_ids(table: str, records: tuple[Any, ...], *, overlaid: bool) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, record in enumerate(records):
        if record.id.startswith(t.OWN) and not overlaid:
            yield Fault(
                table, index, "id", f"ids that begin with “{t.OWN}” belong to a clinic's overlay", "Give another id"
            )
        if record.id in seen:
            yield Fault(
                table, index, "id", f"“{record.id}” was given twice", "Give one of the two another id, or merge them"
            )
        seen.add(record.id)


def _record_faults(table: str, record: Any, ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    for name, other in REFERENCES.get(table, {}).items():
        value = getattr(record, name)
        for given in value if isinstance(value, tuple) else (value,):
            if given is not None and given not in ids[other]:
                yield name, f"there is no {other} “{given}”", f"Add the {other} or correct the id"
    yield from _CHECKS.get(table, _nothing)(record, ids)


def _nothing(_record: Any, _ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    return iter(())


def _interval(low: float | None, value: float | None, high: float | None) -> Iterator[tuple[str, str, str]]:
    given = [x for x in (low, value, high) if x is not None]
    if given != sorted(given):
        yield "value", f"{low} ≤ {value} ≤ {high} does not hold", "Look the figures up again"


def _measurement(m: t.Measurement, _ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    if m.value is not None and m.spread in ("range", "ci95", "iqr"):
        yield from _interval(m.low, m.value, m.high)
    if m.bound is not None and m.value is not None:
        yield "value", "a bound has no value", "Put the bound in `high` (upper, detection limit) or `low` (lower)"
    if m.bound == "upper" and m.high is None:
        yield "high", "an upper bound without its figure", "Give the bound in `high`"
    if m.bound == "lower" and m.low is None:
        yield "low", "a lower bound without its figure", "Give the bound in `low`"
    if m.bound is None and m.value is None:
        yield "value", "neither a value nor a bound", "Give `value`, or `bound` with its figure"
    if m.excluded is None and (m.route is None or m.species is None or (m.time_h is None and m.window_h is None)):
        yield "excluded", "route, species or time is unknown, so it cannot be pooled", "Say why in `excluded`"
    if m.cells == "particles" and m.excluded is None:
        yield "excluded", "particles are not cells", "Say so in `excluded`"
    if m.spread in ("sd", "sem", "unspecified") and m.size is None:
        yield "size", f"the spread is {m.spread} but has no size", "Give `size`"
    if m.window_h is not None and m.window_h[0] > m.window_h[1]:
        yield "window_h", "the window ends before it begins", "Give the earlier hour first"


def _placement(p: t.Placement, _ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    yield from _interval(p.low, p.value, p.high) if p.spread in ("ci95", "range") else ()
    if p.hits is not None and (p.n_injections is None or p.hits > p.n_injections):
        yield "hits", "more hits than injections, or no number of injections", "Give `n_injections`"
    if p.hits is not None and p.n_injections and p.value is not None and abs(p.hits / p.n_injections - p.value) > 0.01:
        yield "value", f"{p.hits} of {p.n_injections} is not {p.value}", "Look the figures up again"
    if p.value is None and p.hits is None and p.pool:
        yield "value", "nothing to pool", "Give `value` or `hits`, or set `pool = false`"


def _prior(p: t.Parameter, _ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    yield from _interval(p.low, p.median, p.high)
    if p.studies and p.fallback is None:
        yield "fallback", "a constant that rests on studies needs a study-free prior beside it", "Give `fallback`"
    if p.fallback is not None:
        yield from _interval(p.fallback.low, p.fallback.median, p.fallback.high)
    if p.shape in ("logitnormal", "beta") and not 0 <= p.low <= p.high <= 1:
        yield "high", "a share lies between 0 and 1", "Give numbers from 0 to 1"


def _target(x: t.Target, _ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    if x.flow is not None:
        yield from _interval(x.flow[1], x.flow[0], x.flow[2])
    if x.bloodless and x.flow_high is None:
        yield "flow_high", "a target without blood flow needs its upper bound", "Give `flow_high`"


def _route(x: t.Route, ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    if "any" not in x.usual:
        yield "usual", "no usual guidance", 'Give `usual = { any = "..." }`'
    for target, guidance in x.usual.items():
        if target != "any" and target not in ids["target"]:
            yield "usual", f"there is no target “{target}”", "Correct the id"
        if guidance not in ids["guidance"]:
            yield "usual", f"there is no guidance “{guidance}”", "Correct the id"


def _procedure(x: t.Procedure, ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    for need in x.needs:
        if need.id not in ids["capability"]:
            yield "needs", f"there is no capability “{need.id}”", "Correct the id or add the capability"
        if need.study is not None and need.study not in ids["study"]:
            yield "needs", f"there is no study “{need.study}”", "Add the study or correct the id"
        if need.basis == "read" and need.study is None:
            yield "needs", f"“{need.id}” was read, but where is not said", "Give its study"
    if x.radiation_msv is not None and x.radiation_study is None:
        yield "radiation_study", "a radiation dose without its study", "Give the study, or leave the dose out"


def _use(x: t.Use, ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    if x.target != "any" and x.target not in ids["target"]:
        yield "target", f"there is no target “{x.target}”", "Correct the id"
    if x.level != "none_found" and x.study is None:
        yield "study", "use in people without its study", "Give the study, or set the level to none_found"


def _harm(x: t.Harm, ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    yield from _routes(x.routes, ids)
    if x.kind == "count" and (x.numerator is None or not x.denominator):
        yield "numerator", "a count needs numerator and denominator", "Give both, or make it `reported`"
    if x.numerator is not None and x.denominator is not None and x.numerator > x.denominator:
        yield "numerator", "more events than people", "Look the figures up again"
    if x.kind == "controlled" and (x.ratio is None or x.ratio_kind is None):
        yield "ratio", "a controlled comparison needs its ratio", "Give `ratio` and `ratio_kind`"
    if x.kind != "unknown" and x.study is None:
        yield "study", "a harm without its study", "Give the study"
    yield from _interval(x.low, x.ratio, x.high)


def _contraindication(x: t.Contraindication, ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    yield from _routes(x.routes, ids)
    if x.basis == "read" and x.study is None:
        yield "study", "it was read, but where is not said", "Give its study"
    if x.basis == "usual_practice" and x.severity in ("absolute", "none"):
        yield (
            "severity",
            "usual practice may caution, never close or lift",
            "Make it `relative` until its source is read",
        )
    if x.basis == "usual_practice" and re.search(r"\d", x.threshold or ""):
        yield "threshold", "a number that was only recalled", "Leave it out until its source is read"


def _routes(routes: tuple[str, ...], ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    for route in routes:
        if route not in ids["route"] and route not in ROUTE_GROUPS and route not in ("harvest",):
            yield "routes", f"there is no route “{route}”", f"Use a route or one of: {', '.join(ROUTE_GROUPS)}"


def _product(x: t.Product, _ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    if not _DAY.fullmatch(x.checked):
        yield "checked", "the day of the last check is not a day", "Write it as 2026-11-24"
    if x.date is not None and not _SINCE.fullmatch(x.date):
        yield "date", f"“{x.date}” is no year, month or day", "Write it as 2026, 2026-11 or 2026-11-24"


def _condition(x: t.Condition, ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    for code in x.icd10:
        if not _CODE.fullmatch(code):
            yield "icd10", f"“{code}” is no code of ICD-10", "Write it as M17 or M19.07"
    for implied in x.implies:
        if implied.factor not in ids["factor"]:
            yield "implies", f"there is no patient factor “{implied.factor}”", "Correct the id"
    for mechanism in x.mechanism:
        if mechanism.target not in x.targets:
            yield "mechanism", f"“{mechanism.target}” is not a target of this condition", "Add it to `targets`"
        if mechanism.study is not None and mechanism.study not in ids["study"]:
            yield "mechanism", f"there is no study “{mechanism.study}”", "Add the study or correct the id"
    if x.usual_dose is not None and x.usual_dose_study is None:
        yield "usual_dose_study", "a usual dose without its study", "Give the study, or leave the dose out"


def _flow_set(x: t.FlowSet, _ids: dict[str, set[Any]]) -> Iterator[tuple[str, str, str]]:
    total = sum(x.shares.values())
    if abs(total - 1) > 0.002:
        yield "shares", f"the shares add up to {total:.4f}", "They must add up to 1"
    for organ in x.portal:
        if organ not in x.shares:
            yield "portal", f"“{organ}” has no share", "Correct the name"


_CHECKS: dict[str, Any] = {
    "measurement": _measurement, "placement": _placement, "parameter": _prior, "target": _target, "route": _route,
    "procedure": _procedure, "use": _use, "harm": _harm, "contraindication": _contraindication, "product": _product,
    "condition": _condition, "flow_set": _flow_set,
}  # fmt: skip


def _procedure_faults(file: t.PackFile) -> Iterator[Fault]:
    seen: dict[tuple[str, str, str], str] = {}
    uses = {(use.route, use.target) for use in file.uses}
    for index, procedure in enumerate(file.procedures):
        for target in procedure.targets:
            key = (procedure.route, procedure.guidance, target)
            if key in seen:
                yield Fault(
                    "procedure",
                    index,
                    "targets",
                    f"{seen[key]} already leads to “{target}” this way",
                    "Keep one of them",
                )
            seen.setdefault(key, procedure.id)
            if not {(procedure.route, target), (procedure.route, "any")} & uses:
                problem = f"nothing says whether {procedure.route} to {target} was ever used in people"
                yield Fault("procedure", index, "targets", problem, "Add a [[use]]; its level may be none_found")
    led = {target for procedure in file.procedures for target in procedure.targets}
    for index, condition in enumerate(file.conditions):
        for target in condition.targets:
            if target not in led:
                yield Fault("condition", index, "targets", f"no procedure leads to “{target}”", "Add a procedure")


def _use_faults(file: t.PackFile) -> Iterator[Fault]:
    said: dict[tuple[str, str], str] = {}
    for index, use in enumerate(file.uses):
        before = said.setdefault((use.route, use.target), use.id)
        if before != use.id:
            yield Fault("use", index, "target", f"{before} already says it for this route and target", "Keep one")


def _family_faults(file: t.PackFile) -> Iterator[Fault]:
    """Targets that are their own ancestor."""
    parents = {target.id: target.parent for target in file.targets}
    for index, target in enumerate(file.targets):
        above, seen = target.parent, {target.id}
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == target.id:
            yield Fault("target", index, "parent", f"“{target.id}” is its own ancestor", "Correct one of the parents")

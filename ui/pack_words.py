"""What the dialog for evidence says: refusals, who signed, and what would change, in a clinician's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from core.changes import GROUPS
from core.pack.installed import BusyError
from core.pack.signed import RefusedError
from ui.say import date

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.changes import Group, RankChange, RecordChange
    from core.pack import types as t
    from core.pack.installed import Version
    from core.pack.pack import Pack
    from ui.words import Words

_REFUSALS = {
    "large": QT_TRANSLATE_NOOP(
        "Packs",
        "It is larger than {size} MB, which no evidence is. Check that it is the right file.",
    ),
    "foreign": QT_TRANSLATE_NOOP(
        "Packs",
        "This is not an evidence file of CellRoute. Choose a file whose name ends in .pack.",
    ),
    "unsigned": QT_TRANSLATE_NOOP(
        "Packs",
        "It is not signed, so nobody can tell who made it. Take evidence only from its makers, as a signed file.",
    ),
    "cut": QT_TRANSLATE_NOOP(
        "Packs",
        "It ends too early or its beginning is damaged. Get the file again from where it came.",
    ),
    "damaged": QT_TRANSLATE_NOOP("Packs", "Its first lines are damaged. Get the file again from where it came."),
    "untrusted": QT_TRANSLATE_NOOP(
        "Packs",
        "It was signed with a key that this computer does not trust ({key}). Take evidence only from its makers; a "
        "clinic that signs its own adds its key first.",
    ),
    "forged": QT_TRANSLATE_NOOP(
        "Packs",
        "Its signature is wrong: it was changed after it was signed, or damaged on the way. Get the file again from "
        "where it came, and tell whoever gave it to you.",
    ),
    "revoked": QT_TRANSLATE_NOOP(
        "Packs",
        "The key that signed it is trusted no longer ({why}). Get newer evidence from its makers.",
    ),
    "key_ended": QT_TRANSLATE_NOOP(
        "Packs",
        "The key of {holder} speaks for evidence until {until}, and this is of {date}. Get newer evidence from its "
        "makers.",
    ),
    "changed": QT_TRANSLATE_NOOP(
        "Packs",
        "It is not whole: it was changed after it was signed, or damaged on the way. Get the file again from where it"
        " came.",
    ),
    "disagrees": QT_TRANSLATE_NOOP(
        "Packs",
        "What it says of itself and what it holds do not agree. Tell its makers, and keep the evidence that you have.",
    ),
    "program": QT_TRANSLATE_NOOP(
        "Packs",
        "It needs CellRoute {needs} or later, and this is {this}. Bring the program up to date first.",
    ),
    "expired": QT_TRANSLATE_NOOP(
        "Packs",
        "It was to be renewed by {date}, and this computer’s clock says {today}. Get newer evidence from its makers, "
        "or set the clock if it is wrong.",
    ),
    "clock": QT_TRANSLATE_NOOP(
        "Packs",
        "It is of {date}, and this computer’s clock says {today}. Set the clock, then try again.",
    ),
    "older": QT_TRANSLATE_NOOP(
        "Packs",
        "It is version {version}, older than {present}, which is in force. Keep what you have, unless you need the "
        "older one on purpose.",
    ),
}
_TITLES = {
    "studies": QT_TRANSLATE_NOOP("Packs", "Studies"),
    "figures": QT_TRANSLATE_NOOP("Packs", "Measured figures"),
    "harms": QT_TRANSLATE_NOOP("Packs", "Harms"),
    "cautions": QT_TRANSLATE_NOOP("Packs", "Contraindications and cautions"),
    "approvals": QT_TRANSLATE_NOOP("Packs", "Approvals and positions"),
    "benefits": QT_TRANSLATE_NOOP("Packs", "What trials found on benefit"),
    "conditions": QT_TRANSLATE_NOOP("Packs", "Conditions and targets"),
    "procedures": QT_TRANSLATE_NOOP("Packs", "Procedures and what they need"),
    "model": QT_TRANSLATE_NOOP("Packs", "Constants of the model"),
}
assert set(_TITLES) == set(GROUPS)


def _tr(text: str, **values: object) -> str:
    return QCoreApplication.translate("Packs", text).format(**values)


def refusal(error: Exception) -> str:
    """Why a file is not brought in, and what to do."""
    if isinstance(error, RefusedError):
        days = {key: date(str(value)) for key, value in error.values.items() if key in ("date", "today", "until")}
        return _tr(_REFUSALS[error.reason], **{**error.values, **days})
    if isinstance(error, BusyError):
        return QCoreApplication.translate(
            "Packs", "Another CellRoute on this computer is changing the evidence at this moment. Wait, then try again."
        )
    return str(error)


def signer(version: Version) -> str:
    """Who stands behind an evidence."""
    if version.key is None:
        return QCoreApplication.translate("Packs", "came with the program")
    if version.own:
        text = QCoreApplication.translate("Packs", "signed by {holder}, with a key that this clinic added")
    else:
        text = QCoreApplication.translate("Packs", "signed by {holder}, whose key came with the program")
    return text.format(holder=version.key.holder)


def title(group: Group) -> str:
    """A kind of records with how many come, go and change."""
    parts = [
        text.format(n=len(records))
        for text, records in (
            (QCoreApplication.translate("Packs", "{n} added"), group.added),
            (QCoreApplication.translate("Packs", "{n} withdrawn"), group.removed),
            (QCoreApplication.translate("Packs", "{n} changed"), group.changed),
        )
        if records
    ]
    return f"{QCoreApplication.translate('Packs', _TITLES[group.name])}: {', '.join(parts)}"


def lines(group: Group, old: Words, new: Words) -> list[str]:
    """One line for each record of a kind."""
    return [
        *(_tr(QT_TRANSLATE_NOOP("Packs", "Added: {what}"), what=_record(one, new)) for one in group.added),
        *(_tr(QT_TRANSLATE_NOOP("Packs", "Withdrawn: {what}"), what=_record(one, old)) for one in group.removed),
        *(_tr(QT_TRANSLATE_NOOP("Packs", "Changed: {what}"), what=_changed(one, new)) for one in group.changed),
    ]


def _changed(change: RecordChange, words: Words) -> str:
    """A record with its value before and after, where a figure is what changed."""
    name = _record(change, words)
    for field in change.fields:
        if field.field in ("value", "median") and change.table in ("measurement", "placement", "parameter"):
            return f"{name}: {_share(field.old, change)} → {_share(field.new, change)}"
    return name


def _share(value: object, change: RecordChange) -> str:
    if not isinstance(value, (int, float)):
        return QCoreApplication.translate("Packs", "not known")
    return f"{value:.3g}" if change.table == "parameter" else f"{100 * value:.3g} %"


def _record(change: RecordChange, words: Words) -> str:
    """What a record is called."""
    record = _held(words.pack, change)
    return change.id if record is None else _NAMES.get(change.table, _plain)(record, words)


def _held(pack: Pack, change: RecordChange) -> t.Identified | None:
    from core.pack.types import TABLES

    table: tuple[t.Identified, ...] = getattr(pack.file, TABLES[change.table][0])
    return next((one for one in table if one.id == change.id), None)


def _plain(record: t.Identified, words: Words) -> str:
    kinds = {
        "Condition": "condition", "Target": "target", "Route": "route", "Factor": "factor", "Guidance": "guidance",
        "Capability": "capability", "CellClass": "cells", "Species": "species", "Jurisdiction": "jurisdiction",
    }  # fmt: skip
    kind = kinds.get(type(record).__name__)
    return words.name(kind, record.id) if kind else record.id.replace("_", " ")


def _study(record: t.Study, words: Words) -> str:
    return words.citation(record.id)


def _measurement(record: t.Measurement, words: Words) -> str:
    way = words.name("route", record.route) if record.route else QCoreApplication.translate("Packs", "route not known")
    return f"{words.short_citation(record.study)}, {way} → {words.name('target', record.target)}"


def _placement(record: t.Placement, words: Words) -> str:
    seen = words.name("guidance", record.guidance)
    way = f"{words.name('route', record.route)} → {words.name('target', record.target)}, {seen}"
    return _tr(
        QT_TRANSLATE_NOOP("Packs", "{study}, needle in place: {way}"),
        study=words.short_citation(record.study),
        way=way,
    )


def _harm(record: t.Harm, words: Words) -> str:
    ways = ", ".join(words.name("route", one) for one in record.routes if one in words.pack.routes)
    name = words.name("harm", record.event)
    return f"{name} ({ways})" if ways else name


def _contraindication(record: t.Contraindication, words: Words) -> str:
    ways = ", ".join(words.name("route", one) for one in record.routes if one in words.pack.routes)
    name = words.name("factor", record.factor)
    return f"{name} ({ways})" if ways else name


def _product(record: t.Product, words: Words) -> str:
    return f"{record.name}, {words.name('jurisdiction', record.jurisdiction)}"


def _position(record: t.Position, _words: Words) -> str:
    return f"{record.body} {record.year}: {record.topic}"


def _benefit(record: t.Benefit, words: Words) -> str:
    return f"{words.name('condition', record.condition)} ({words.short_citation(record.study)})"


def _procedure(record: t.Procedure, words: Words) -> str:
    return words.pack.procedure_name(words.language, record)


def _use(record: t.Use, words: Words) -> str:
    where = words.name("target", record.target) if record.target in words.pack.targets else ""
    return f"{words.name('route', record.route)} → {where}" if where else words.name("route", record.route)


def _parameter(record: t.Parameter, _words: Words) -> str:
    return record.name.replace("_", " ")


_NAMES: dict[str, Callable[..., str]] = {
    "study": _study, "measurement": _measurement, "placement": _placement, "harm": _harm, "product": _product,
    "contraindication": _contraindication, "position": _position, "benefit": _benefit, "procedure": _procedure,
    "use": _use, "parameter": _parameter,
}  # fmt: skip


def rank(change: RankChange, old: Words, new: Words) -> str:
    """How the answer to a condition would change, in one line."""
    words = old if change.new is None else new
    name = words.name("condition", change.condition)
    if change.kind == "appears":
        return _tr(QT_TRANSLATE_NOOP("Packs", "{condition}: is new"), condition=name)
    if change.kind == "goes" or change.old is None or change.new is None:
        return _tr(QT_TRANSLATE_NOOP("Packs", "{condition}: is no longer there"), condition=name)
    if change.kind == "verdict":
        text = QT_TRANSLATE_NOOP("Packs", "{condition}: {new}; until now: {old}")
        return _tr(text, condition=name, new=_verdict(change.new.verdict), old=_verdict(change.old.verdict))
    if change.kind == "first":
        text = QT_TRANSLATE_NOOP("Packs", "{condition}: first would be “{new}”, until now “{old}”")
        return _tr(text, condition=name, new=_first(change.new.order, new), old=_first(change.old.order, old))
    if change.kind == "order":
        pairs = zip(change.old.order, change.new.order, strict=False)
        place = next(
            (number for number, (one, other) in enumerate(pairs, 1) if one != other),
            min(len(change.old.order), len(change.new.order)) + 1,
        )
        text = QT_TRANSLATE_NOOP("Packs", "{condition}: the same stands first; the order changes from place {place} on")
        return _tr(text, condition=name, place=place)
    shown = [
        f"{_way(one.field, new)} {_cells(one.old)} → {_cells(one.new)}" for one in change.cells[:2]
    ]  # two are enough to see how far
    more = len(change.cells) - len(shown)
    text = QT_TRANSLATE_NOOP("Packs", "{condition}: the same order, other numbers of a million cells: {which}")
    said = _tr(text, condition=name, which="; ".join(shown) or "–")
    return f"{said} {_tr(QT_TRANSLATE_NOOP('Packs', '(and {n} more)'), n=more)}" if more > 0 else said


def _verdict(verdict: str) -> str:
    return {
        "ranked": QCoreApplication.translate("Packs", "ways are ranked"),
        "nothing_reaches": QCoreApplication.translate("Packs", "nothing would reach the target"),
        "delivery_does_not_decide": QCoreApplication.translate("Packs", "arrival does not decide"),
    }[verdict]


def _first(order: tuple[str, ...], words: Words) -> str:
    return _way(order[0], words) if order else QCoreApplication.translate("Packs", "none")


def _way(procedure: str, words: Words) -> str:
    held = words.pack.procedures.get(procedure)
    return procedure if held is None else words.pack.procedure_name(words.language, held)


def _cells(text: str) -> str:
    return QCoreApplication.translate("Packs", "fewer than 1") if text == "fewer than 1" else text

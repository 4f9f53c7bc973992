"""What would change from one evidence to another: records and their figures, texts, and the ranks that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from core.consult import make_consult
from core.numbers import cells_of_million
from core.pack import types as t
from core.recommend import recommend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.pack.pack import Pack

What = Literal["added", "removed", "changed"]


class FieldChange(NamedTuple):
    """One field of a record, as it was and as it would be (null: not there)."""

    field: str
    old: Any
    new: Any


class RecordChange(NamedTuple):
    """A record of a table that would come, go, or change."""

    table: str
    id: str
    what: What
    fields: tuple[FieldChange, ...] = ()


class TextChange(NamedTuple):
    """A text of a language; null is a text that is not there."""

    language: str
    key: str
    old: Any
    new: Any


class RankChange(NamedTuple):
    """A condition and target whose answer would change, for a clinic that has everything and a patient nobody asked.

    `old`, `new`: the procedures in order, with the verdict in front where it is not "ranked"; null where the pair
    does not exist. `cells`: procedures whose printed cells of a million would be others, with both.
    """

    condition: str
    target: str
    old: tuple[str, ...] | None
    new: tuple[str, ...] | None
    cells: tuple[FieldChange, ...] = ()


def record_changes(old: Pack, new: Pack) -> list[RecordChange]:
    """Every record that differs, in the pack's order of tables."""
    found = [RecordChange("pack", old.version, "changed", tuple(_particulars(old, new)))]
    for table, (name, _) in t.TABLES.items():
        before = {record.id: record for record in getattr(old.file, name)}
        after = {record.id: record for record in getattr(new.file, name)}
        for identifier in dict.fromkeys([*before, *after]):
            if identifier not in after:
                found.append(RecordChange(table, identifier, "removed"))
            elif identifier not in before:
                found.append(RecordChange(table, identifier, "added", tuple(_fields(None, after[identifier]))))
            elif before[identifier] != after[identifier]:
                fields = tuple(_fields(before[identifier], after[identifier]))
                found.append(RecordChange(table, identifier, "changed", fields))
    return [change for change in found if change.fields or change.what == "removed"]


def text_changes(old: Pack, new: Pack) -> list[TextChange]:
    """Every text that differs, by language and key."""
    return [
        TextChange(language, key, before.get(key), after.get(key))
        for language in sorted({*old.file.texts, *new.file.texts})
        for before, after in ((old.file.texts.get(language, {}), new.file.texts.get(language, {})),)
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    ]


def pairs(old: Pack, new: Pack) -> list[tuple[str, str]]:
    """Every condition with every target of it, in either evidence."""
    both = [(one.id, target) for pack in (old, new) for one in pack.file.conditions for target in one.targets]
    return list(dict.fromkeys(both))


def rank_change(old: Pack, new: Pack, condition: str, target: str) -> RankChange | None:
    """How the answer to a condition and target would change; null where it would not. Takes a tenth of a second."""
    before, after = _answer(old, condition, target), _answer(new, condition, target)
    if before == after:
        return None
    (order_before, cells_before), (order_after, cells_after) = before, after
    cells = tuple(
        FieldChange(name, cells_before[name], cells_after[name])
        for name in cells_before
        if name in cells_after and cells_before[name] != cells_after[name]
    )
    return RankChange(condition, target, order_before, order_after, cells)


def rank_changes(old: Pack, new: Pack) -> Iterator[RankChange]:
    """Every answer that would change, one after the other as it is found."""
    for condition, target in pairs(old, new):
        change = rank_change(old, new, condition, target)
        if change is not None:
            yield change


def _particulars(old: Pack, new: Pack) -> Iterator[FieldChange]:
    for field in ("version", "date", "expires", "made_by", "funding", "signoffs"):
        before, after = getattr(old.file, field), getattr(new.file, field)
        if before != after:
            yield FieldChange(field, before, after)


def _fields(old: t.Record | None, new: t.Record) -> Iterator[FieldChange]:
    before = {} if old is None else msgspec.to_builtins(old)
    after = msgspec.to_builtins(new)
    for field in dict.fromkeys([*before, *after]):
        if field != "id" and before.get(field) != after.get(field):
            yield FieldChange(field, before.get(field), after.get(field))


def _answer(pack: Pack, condition: str, target: str) -> tuple[tuple[str, ...] | None, dict[str, str]]:
    """The order, and each procedure's cells of a million as they would be printed."""
    if condition not in pack.conditions or target not in pack.conditions[condition].targets:
        return None, {}
    found = recommend(pack, make_consult(pack, condition, target=target))
    order = tuple(one.procedure for one in found.options if one.rank is not None)
    verdict = () if found.verdict == "ranked" else (found.verdict,)
    cells = {one.procedure: cells_of_million(one.delivered.median) for one in found.options}
    return (*verdict, *order), cells

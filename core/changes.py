"""What would change from one evidence to another: records and their figures, texts, and the ranks that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from core.consult import make_consult
from core.consult_file import checked
from core.errors import InputError
from core.numbers import cells_of_million
from core.pack import types as t
from core.recommend import recommend

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.consult import Consult
    from core.pack.pack import Pack
    from core.results import Verdict

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


class Answer(NamedTuple):
    """What an evidence says to a consult: verdict, ranked procedures in order, each procedure's cells as printed."""

    verdict: Verdict
    order: tuple[str, ...]
    cells: dict[str, str]


class RankChange(NamedTuple):
    """A condition and target whose answer would change; an answer is null where the evidence does not hold the pair."""

    condition: str
    target: str
    old: Answer | None
    new: Answer | None

    @property
    def kind(self) -> Literal["appears", "goes", "verdict", "first", "order", "cells"]:
        """The weightiest of what would change."""
        if self.old is None or self.new is None:
            return "appears" if self.old is None else "goes"
        if self.old.verdict != self.new.verdict:
            return "verdict"
        if self.old.order[:1] != self.new.order[:1]:
            return "first"
        return "order" if self.old.order != self.new.order else "cells"

    @property
    def cells(self) -> tuple[FieldChange, ...]:
        """Procedures whose printed cells of a million would be others, with both."""
        if self.old is None or self.new is None:
            return ()
        return tuple(
            FieldChange(name, cells, self.new.cells[name])
            for name, cells in self.old.cells.items()
            if name in self.new.cells and cells != self.new.cells[name]
        )


class Group(NamedTuple):
    """Records of one kind, as a clinician sees kinds."""

    name: str
    added: tuple[RecordChange, ...]
    removed: tuple[RecordChange, ...]
    changed: tuple[RecordChange, ...]


#: Which tables are told together, in the order in which a clinician asks for them.
GROUPS: dict[str, tuple[str, ...]] = {
    "studies": ("study",),
    "figures": ("measurement", "placement"),
    "harms": ("harm",),
    "cautions": ("contraindication", "factor"),
    "approvals": ("product", "position", "jurisdiction"),
    "benefits": ("benefit",),
    "conditions": ("condition", "target"),
    "procedures": ("procedure", "route", "use", "guidance", "capability", "cells", "species"),
    "model": ("parameter", "flow_set", "physiology"),
}


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


def groups(records: Iterable[RecordChange]) -> list[Group]:
    """Changed records by kind; kinds of which nothing changes are left out."""
    held = list(records)
    found = []
    for name, tables in GROUPS.items():
        mine = [one for one in held if one.table in tables]
        if mine:
            sorted_out = (tuple(one for one in mine if one.what == what) for what in ("added", "removed", "changed"))
            found.append(Group(name, *sorted_out))
    return found


def pairs(old: Pack, new: Pack) -> list[tuple[str, str]]:
    """Every condition with every target of it, in either evidence."""
    both = [(one.id, target) for pack in (old, new) for one in pack.file.conditions for target in one.targets]
    return list(dict.fromkeys(both))


def usual_pairs(old: Pack, new: Pack) -> list[tuple[str, str]]:
    """Every condition with its usual target, in either evidence; none where no figure differs, so no rank can."""
    if all(change.table == "pack" for change in record_changes(old, new)):
        return []
    both = [(one.id, one.targets[0]) for pack in (old, new) for one in pack.file.conditions]
    return list(dict.fromkeys(both))


def rank_change(old: Pack, new: Pack, condition: str, target: str) -> RankChange | None:
    """How the answer to a condition and target would change where the clinic has everything and no question was asked.

    Null where it would not. Takes a tenth of a second.
    """
    return _compared(condition, target, _usual_answer(old, condition, target), _usual_answer(new, condition, target))


def consult_change(old: Pack, new: Pack, consult: Consult) -> RankChange | None:
    """How the answer to a consult would change; null where it would not.

    The new answer is null where the new evidence does not hold all that the consult names.
    """
    before = _answer(old, consult)
    try:
        after = _answer(new, checked(consult, new))
    except InputError:
        after = None
    return _compared(consult.condition, consult.target, before, after)


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


def _compared(condition: str, target: str, before: Answer | None, after: Answer | None) -> RankChange | None:
    return None if before == after else RankChange(condition, target, before, after)


def _usual_answer(pack: Pack, condition: str, target: str) -> Answer | None:
    if condition not in pack.conditions or target not in pack.conditions[condition].targets:
        return None
    return _answer(pack, make_consult(pack, condition, target=target))


def _answer(pack: Pack, consult: Consult) -> Answer:
    found = recommend(pack, consult)
    order = tuple(one.procedure for one in found.options if one.rank is not None)
    return Answer(
        found.verdict, order, {one.procedure: cells_of_million(one.delivered.median) for one in found.options}
    )

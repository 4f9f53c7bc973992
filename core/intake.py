"""What the window asks and does when evidence is brought in: what is held, what would change, and the change itself.

Everything here is slow (it reads files, checks signatures, works out ranks) and is meant for a worker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.errors import CellRouteError, InputError
from core.pack.installed import Candidate, Shelf, Version, inspect, put_in_force, roll_back, shelf
from core.pack.keys import Key, shipped_keys, trusted_keys
from core.pack.read import load_builtin, with_own

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from core.changes import Group, RankChange
    from core.consult import Consult
    from core.pack.pack import Pack


class Held(NamedTuple):
    """What this computer holds, and whose signature it trusts (`own`: ids of keys that the clinic added)."""

    shelf: Shelf
    keys: tuple[Key, ...]
    own: frozenset[str]
    problem: str


class Preview(NamedTuple):
    """What would change from `old` to `new`, both with the clinic's own figures on them.

    `candidate` is null for the way back; `texts`: changed texts by language; `left_out`: why the clinic's own figures
    do not fit ("": they do); `pairs`: each condition with its usual target, whose ranks may change.
    """

    candidate: Candidate | None
    version: Version
    present: Version
    old: Pack
    new: Pack
    groups: list[Group]
    texts: dict[str, int]
    left_out: str
    pairs: list[tuple[str, str]]


def held_by(data: Path) -> Held:
    """What a data folder holds and trusts; what is broken is told in `problem`."""
    shipped, problem = shipped_keys(), ""
    try:
        keys = trusted_keys(data)
    except CellRouteError as error:
        keys, problem = shipped, str(error)
    own = frozenset(one for one in keys if one not in shipped)
    return Held(shelf(data, load_builtin()), tuple(keys.values()), own, problem)


def look_at(path: Path, data: Path, shown: Pack, today: date, *, older: bool = False) -> Preview:
    """Check a file and compare it with what is in force; `shown`: the pack of the window. Errors: as `inspect`."""
    found = inspect(path, data, load_builtin(), today=today, older=older)
    return _compared(found, Version(found.signed.pack, found.signed.key, found.own), data, shown)


def look_back(data: Path, shown: Pack) -> Preview:
    """Compare the evidence before with what is in force. Errors: InputError when there is none."""
    before = shelf(data, load_builtin()).before
    if before is None:
        raise InputError("There is no evidence on this computer to go back to. Bring it in from its file instead.")
    return _compared(None, before, data, shown)


def rank(preview: Preview, pair: tuple[str, str] | None, consult: Consult | None) -> RankChange | None:
    """How one answer would change: that of a pair, or (null) that of the consult that is open."""
    from core import changes  # late: it needs numpy

    if pair is not None:
        return changes.rank_change(preview.old, preview.new, *pair)
    assert consult is not None
    return changes.consult_change(preview.old, preview.new, consult)


def use(preview: Preview, data: Path, today: date) -> None:
    """Put in force what was looked at. Errors: as `put_in_force` and `roll_back`."""
    if preview.candidate is None:
        roll_back(data, expected=preview.version.pack.sha256)
    else:
        put_in_force(preview.candidate, data, load_builtin(), today=today)


def _compared(candidate: Candidate | None, version: Version, data: Path, shown: Pack) -> Preview:
    from core import changes  # late: it needs numpy

    present = shelf(data, load_builtin()).present
    old = shown if shown.sha256 == present.pack.sha256 else with_own(present.pack, data)[0]
    new, left_out = with_own(version.pack, data)
    texts: dict[str, int] = {}
    for one in changes.text_changes(old, new):
        texts[one.language] = texts.get(one.language, 0) + 1
    groups = changes.groups(changes.record_changes(old, new))
    return Preview(candidate, version, present, old, new, groups, texts, left_out, changes.usual_pairs(old, new))

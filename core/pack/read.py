"""Reading a built pack: hash first, schema second, plausibility third."""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from core.errors import CellRouteError, PackError
from core.files import read_bytes, read_text
from core.pack import types as t
from core.pack.later import Later
from core.pack.pack import Pack

if TYPE_CHECKING:
    from collections.abc import Generator

    from core.pack.problems import Problem

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
BUILTIN = RESOURCES / "pack.json"
#: The name of a clinic's own overlay in the data folder.
OVERLAY = "overlay.toml"
#: Bytes. A hundred times the shipped pack, and half as much again; more than that is not a pack.
LARGEST = 80 * 1024 * 1024

_AGAIN = "Get the file again from where it came, or reinstall the program"


def load_builtin() -> Pack:
    """The pack that the program came with; its digest must be the one beside it.

    Errors: ReadError when it is not there; PackError when it was changed.
    """
    data = read_bytes(BUILTIN, LARGEST)
    digest = hashlib.sha256(data).hexdigest()
    if read_text(BUILTIN.with_suffix(".sha256")).strip() != digest:
        raise PackError(BUILTIN.name, "", "", "the file is not the one that the program came with", _AGAIN)
    return Pack(Later(data), digest)


def load_current(data: Path | None) -> Pack:
    """The pack in force: the one brought in to a data folder, else the program's own, with the folder's overlay.

    Errors: as `load_builtin`; PackError where what was brought in or the overlay is refused.
    """
    if data is None:
        return load_builtin()
    return overlaid(_brought_in(data), data)


def load_or_fall_back(data: Path | None) -> tuple[Pack, str]:
    """As `load_current`, but what cannot be used is left out and told in a sentence ("": all is well).

    For the window, which opens whatever happened to the data folder. Errors: as `load_builtin`.
    """
    if data is None:
        return load_builtin(), ""
    said = []
    try:
        pack = _brought_in(data)
    except CellRouteError as error:
        pack = load_builtin()
        said.append(f"The evidence that the program came with is used: {error}")
    pack, left_out = with_own(pack, data)
    if left_out:
        said.append(f"The clinic's own figures are left out: {left_out}")
    return pack, " ".join(said)


def overlaid(pack: Pack, data: Path) -> Pack:
    """The pack with the overlay of a data folder on it, if there is one. Errors: ReadError, PackError."""
    path = data / OVERLAY
    if not path.exists():
        return pack
    from core.pack.overlay import lay_over, read_overlay  # late: few clinics have one

    return lay_over(pack, read_overlay(path), path.name)


def with_own(pack: Pack, data: Path) -> tuple[Pack, str]:
    """As `overlaid`; where the overlay does not fit, the pack as it is, and why ("": it fits, or there is none)."""
    try:
        return overlaid(pack, data), ""
    except CellRouteError as error:
        return pack, str(error)


def _brought_in(data: Path) -> Pack:
    builtin = load_builtin()
    if not (data / "packs").is_dir():
        return builtin
    from core.pack.installed import in_force  # late: it needs the signature library

    return in_force(data, builtin)


def load(path: Path) -> Pack:
    """A pack from any file, with every record checked against the others.

    Errors: ReadError for a file that cannot be read; PackError or PackProblemsError for one that is no sound pack.
    """
    return sound(read_bytes(path, LARGEST), path.name)


def sound(data: bytes, name: str) -> Pack:
    """The pack of a file's bytes, every record checked against the others. Errors: PackError, PackProblemsError."""
    from core.pack.check import faults  # late: the program's own pack was checked when it was built
    from core.pack.problems import PackProblemsError

    _refuse_duplicate_keys(data, name)
    file = decode(data, name)
    problems = [_problem(file, fault, name) for fault in faults(file)]
    if problems:
        raise PackProblemsError(problems)
    return Pack(file, hashlib.sha256(data).hexdigest())


def decode(data: bytes, name: str) -> t.PackFile:
    """The records of a built pack. `name` is the file as the user knows it. Errors: PackError."""
    try:
        with _no_search_for_garbage():
            return msgspec.json.decode(data, type=t.PackFile)
    except msgspec.ValidationError as error:
        from core.pack.sources import explain  # late: a sound pack needs no explaining

        field, problem, remedy = explain(str(error))
        raise PackError(name, _entry(data, field), _last(field), problem, remedy) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackError(name, "", "", f"this is not a pack ({_plain(error)})", _AGAIN, str(error)) from error
    except RecursionError as error:
        raise PackError(name, "", "", "it is nested too deeply to be a pack", _AGAIN) from error


@contextmanager
def _no_search_for_garbage() -> Generator[None, None, None]:
    """All that is made here stays; looking for what can go would be a third of a large pack's time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _plain(error: Exception) -> str:
    text = str(error)
    if "truncated" in text:
        return "the file ends too early"
    if "utf-8" in text.lower() or "utf8" in text.lower():
        return "it is not UTF-8 text"
    return (text if text[1:2].isupper() else text[:1].lower() + text[1:])[:120]


def _entry(data: bytes, field: str) -> str:
    """The id of the record that a path such as `measurements[3].value` leads to."""
    import json  # late: a sound pack needs none of it

    table, _, rest = field.partition("[")
    number, _, _ = rest.partition("]")
    try:
        record = json.loads(data)[table][int(number)]
        return f"{table} {record.get('id', number)}"
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return table


def _last(field: str) -> str:
    return field.rpartition("].")[2] if "]." in field else field


def _problem(file: t.PackFile, fault: Any, name: str) -> Problem:
    from core.pack.problems import Problem

    if fault.table in t.TABLES:
        record = getattr(file, t.TABLES[fault.table][0])[fault.number]
        return Problem(name, 0, f"{fault.table} {record.id}", fault.field, fault.problem, fault.remedy)
    return Problem(name, 0, fault.field, "", fault.problem, fault.remedy)


def _refuse_duplicate_keys(data: bytes, name: str) -> None:
    import json  # late: the program's own pack was checked when it was built

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        if len(set(keys)) != len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise PackError(name, "", twice, "this field stands twice in one entry", _AGAIN)
        return dict(pairs)

    try:
        json.loads(data, object_pairs_hook=once)
    except (ValueError, RecursionError):
        return  # not JSON at all: decode says so in better words

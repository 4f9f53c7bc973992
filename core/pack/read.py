"""Reading a built pack: hash first, schema second, plausibility third."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec

from core.errors import PackError
from core.files import read_bytes, read_text
from core.pack import types as t
from core.pack.check import faults
from core.pack.pack import Pack
from core.pack.problems import PackProblemsError, Problem
from core.pack.sources import explain

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
BUILTIN = RESOURCES / "pack.json"
#: Bytes. A hundred times the shipped pack; more than that is not a pack.
LARGEST = 48 * 1024 * 1024

_AGAIN = "Get the file again from where it came, or reinstall the program"


def load_builtin() -> Pack:
    """The pack that the program came with; its digest must be the one beside it.

    Errors: ReadError when it is not there; PackError when it was changed.
    """
    data = read_bytes(BUILTIN, LARGEST)
    digest = hashlib.sha256(data).hexdigest()
    if read_text(BUILTIN.with_suffix(".sha256")).strip() != digest:
        raise PackError(BUILTIN.name, "", "", "the file is not the one that the program came with", _AGAIN)
    return Pack(decode(data, BUILTIN.name), digest)


def load_current(data: Path | None) -> Pack:
    """The pack in force: the program's own, with the overlay that lies in a data folder (`overlay.toml`).

    Errors: as `load_builtin`; PackError where the overlay is refused.
    """
    pack = load_builtin()
    if data is None or not (path := data / "overlay.toml").exists():
        return pack
    from core.pack.overlay import lay_over, read_overlay  # late: few clinics have one

    return lay_over(pack, read_overlay(path), path.name)


def load(path: Path) -> Pack:
    """A pack from any file, with every record checked against the others.

    Errors: ReadError for a file that cannot be read; PackError or PackProblemsError for one that is no sound pack.
    """
    data = read_bytes(path, LARGEST)
    _refuse_duplicate_keys(data, path.name)
    file = decode(data, path.name)
    problems = [_problem(file, fault, path.name) for fault in faults(file)]
    if problems:
        raise PackProblemsError(problems)
    return Pack(file, hashlib.sha256(data).hexdigest())


def decode(data: bytes, name: str) -> t.PackFile:
    """The records of a built pack. `name` is the file as the user knows it. Errors: PackError."""
    try:
        return msgspec.json.decode(data, type=t.PackFile)
    except msgspec.ValidationError as error:
        field, problem, remedy = explain(str(error))
        raise PackError(name, _entry(data, field), _last(field), problem, remedy) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackError(name, "", "", f"this is not a pack ({_plain(error)})", _AGAIN, str(error)) from error
    except RecursionError as error:
        raise PackError(name, "", "", "it is nested too deeply to be a pack", _AGAIN) from error


def _plain(error: Exception) -> str:
    text = str(error)
    if "truncated" in text:
        return "the file ends too early"
    if "utf-8" in text.lower() or "utf8" in text.lower():
        return "it is not UTF-8 text"
    return text[:1].lower() + text[1:120]


def _entry(data: bytes, field: str) -> str:
    """The id of the record that a path such as `measurements[3].value` leads to."""
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
    if fault.table in t.TABLES:
        record = getattr(file, t.TABLES[fault.table][0])[fault.number]
        return Problem(name, 0, f"{fault.table} {record.id}", fault.field, fault.problem, fault.remedy)
    return Problem(name, 0, fault.field, "", fault.problem, fault.remedy)


def _refuse_duplicate_keys(data: bytes, name: str) -> None:
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

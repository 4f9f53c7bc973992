"""`evidence`: check, build, show and report; what has to do with signed files is in `packs`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import msgspec

from core.consult import known
from core.errors import UnknownIdError
from core.files import save_text
from core.handout.review import digest_of, reviewed
from core.pack import build, coverage
from core.pack import types as t
from core.pack.problems import PackProblemsError
from core.pack.read import BUILTIN, RESOURCES, load, load_builtin, load_current
from core.report import encode

if TYPE_CHECKING:
    from argparse import Namespace

    from core.pack.pack import Pack

EVIDENCE, TEXTS = RESOURCES / "evidence", RESOURCES / "texts"


def run(arguments: Namespace, out: TextIO) -> int:
    """Does what the action says; returns 1 when a check found problems, else 0. Errors: CellRouteError."""
    actions = {"check": _check, "build": _build, "show": _show, "report": _report, "texts": _texts_of}
    return actions.get(arguments.action, _signed)(arguments, out)


def _signed(arguments: Namespace, out: TextIO) -> int:
    from core.commands import packs  # late: it needs the signature library

    return packs.run(arguments, out)


def _check(arguments: Namespace, out: TextIO) -> int:
    path: Path | None = arguments.path
    if path is not None and not os.path.isdir(path):  # unlike Path.is_dir, quiet about a name that cannot be
        try:
            load(path)
        except PackProblemsError as error:
            return _tell(error.problems, out)
        return 0
    return _tell(build.problems_in(*_folders(path)), out)


def _folders(path: Path | None) -> tuple[Path, Path]:
    """The folders of evidence and texts that a path means: the checkout's own, or a copy of `resources`."""
    if path is None:
        return EVIDENCE, TEXTS
    if (path / "evidence").is_dir():
        return path / "evidence", path / "texts"
    beside = path.parent / "texts"
    return path, beside if beside.is_dir() else TEXTS


def _tell(problems: Any, out: TextIO) -> int:
    for problem in problems:
        out.write(f"{problem}\n")
    if problems:
        out.write(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}.\n")
    return 1 if problems else 0


def _build(arguments: Namespace, out: TextIO) -> int:
    path: Path = arguments.output or BUILTIN
    file = build.build(EVIDENCE, TEXTS)
    digest = build.write(file, path)
    if path == BUILTIN:
        from core import golden  # late: only the program's own evidence has answers written down

        golden.write(load_builtin())
    out.write(f"{path.name}: evidence {file.version}, {len(file.studies)} studies, SHA-256 {digest}\n")
    return 0


def _show(arguments: Namespace, out: TextIO) -> int:
    pack = load_current(arguments.data)
    found = [
        (table, record)
        for table, (name, _) in t.TABLES.items()
        for record in getattr(pack.file, name)
        if record.id == arguments.id
    ]
    if not found:
        known = [record.id for name, _ in t.TABLES.values() for record in getattr(pack.file, name)]
        raise UnknownIdError("record", arguments.id, known)
    shown = [
        {"kind": table, "record": record, "texts": _texts(pack, table, record.id), "used_by": _users(pack, record.id)}
        for table, record in found
    ]
    if arguments.json:
        out.write(encode(shown))
        return 0
    for entry in shown:
        out.write(f"{entry['kind']} {arguments.id}\n")
        fields = msgspec.to_builtins(entry["record"]) | entry["texts"]
        for field, value in fields.items():
            if field != "id":
                out.write(f"  {field}: {_plain(value)}\n")
        out.write(f"  used by: {', '.join(entry['used_by']) or 'nothing'}\n")
    return 0


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(item)}" for key, item in value.items())
    return str(value)


def _texts(pack: Pack, table: str, record: str) -> dict[str, Any]:
    prefix = f"{table}.{record}."
    return {
        f"{key.removeprefix(prefix)} ({language})": text
        for language in pack.languages()
        for key, text in pack.file.texts[language].items()
        if key.startswith(prefix)
    }


def _users(pack: Pack, record: str) -> list[str]:
    """The records that point to an id, as "table id"."""
    return [
        f"{table} {other.id}"
        for table, (name, _) in t.TABLES.items()
        for other in getattr(pack.file, name)
        if other.id != record and record in _strings(msgspec.to_builtins(other))
    ]


def _strings(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return set().union(*map(_strings, value.values()), map(str, value)) if value else set()
    if isinstance(value, (list, tuple)):
        return set().union(*map(_strings, value)) if value else set()
    return set()


def _texts_of(arguments: Namespace, out: TextIO) -> int:
    pack = load_current(arguments.data)
    language = known("language", arguments.language, pack.languages())
    state = "reviewed" if reviewed(pack, language) else "not reviewed as they stand"
    out.write(
        f"{len(pack.file.texts[language])} texts in “{language}”, {state}.\nDigest: {digest_of(pack, language)}\n"
    )
    return 0


def _report(arguments: Namespace, out: TextIO) -> int:
    pack = load_current(arguments.data)
    rows = coverage.rows(pack)
    if arguments.output is None:
        out.write(coverage.markdown(pack, rows))
        return 0
    folder: Path = arguments.output
    save_text(folder / "coverage.md", coverage.markdown(pack, rows))
    save_text(folder / "coverage.csv", coverage.csv(rows))
    out.write(f"coverage.md and coverage.csv: {len(rows)} pairs of target and route\n")
    return 0

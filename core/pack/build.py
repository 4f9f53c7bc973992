"""From sources to a pack: read, check everything at once, put together, write as one canonical file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from core.files import save_bytes
from core.pack import types as t
from core.pack.check import Fault, faults
from core.pack.problems import PackProblemsError, Problem
from core.pack.sources import Sources, explain, read_sources, text_line

if TYPE_CHECKING:
    from pathlib import Path


def problems_in(evidence: Path, texts: Path) -> list[Problem]:
    """Every problem of the sources in two folders, with file and line, sorted."""
    return sorted(_assemble(read_sources(evidence, texts))[1])


def build(evidence: Path, texts: Path) -> t.PackFile:
    """The pack of the sources in two folders.

    Errors: PackProblemsError with every problem found; ReadError when a folder cannot be listed.
    """
    file, problems = _assemble(read_sources(evidence, texts))
    if problems or file is None:
        raise PackProblemsError(sorted(problems))
    return file


def encode(file: t.PackFile) -> bytes:
    """The canonical bytes of a pack: the same pack gives the same bytes, keys in a fixed order, one record a line."""
    lines = []
    for name in t.PackFile.__struct_fields__:
        value = getattr(file, name)
        key = msgspec.json.encode(name).decode()
        if isinstance(value, tuple) and value:
            rows = ",\n".join(msgspec.json.encode(row, order="deterministic").decode() for row in value)
            lines.append(f"{key}:[\n{rows}\n]")
        else:
            lines.append(f"{key}:{msgspec.json.encode(value, order='deterministic').decode()}")
    return ("{" + ",\n".join(lines) + "}\n").encode()


def write(file: t.PackFile, path: Path) -> str:
    """Saves a pack and, beside it, its SHA-256 in `NAME.sha256`; returns the digest. Errors: SaveError."""
    data = encode(file)
    digest = hashlib.sha256(data).hexdigest()
    save_bytes(path, data)
    save_bytes(path.with_suffix(".sha256"), f"{digest}\n".encode())
    return digest


def _assemble(sources: Sources) -> tuple[t.PackFile | None, list[Problem]]:
    problems = list(sources.problems)
    tables = {name: sources.records[table] for table, (name, _) in t.TABLES.items()}
    fields = {**sources.particulars, **tables, "texts": sources.texts, "signoffs": sources.signoffs}
    try:
        file = msgspec.convert(fields, t.PackFile, from_attributes=False)
    except msgspec.ValidationError as error:
        name, problem, remedy = explain(str(error))
        problems.append(Problem("pack.toml", 1, "", name, problem, remedy))
        return None, problems
    problems += [_located(sources, fault) for fault in faults(file)]
    return file, problems


def _located(sources: Sources, fault: Fault) -> Problem:
    if fault.table.startswith("texts/"):
        language = fault.table.removeprefix("texts/")
        for name, text in sources.text_files.get(language, []):
            line = text_line(text, fault.field)
            if line > 1 or fault.field.partition(".")[0] in text.split("\n", 1)[0]:
                return Problem(name, line, fault.field, "", fault.problem, fault.remedy)
        return Problem(fault.table, 0, fault.field, "", fault.problem, fault.remedy)
    place = sources.places[fault.table][fault.number]
    record = sources.records[fault.table][fault.number]
    entry = f"{fault.table} {getattr(record, 'id', '')}".strip()
    return Problem(place.file, place.line_of(fault.field), entry, fault.field, fault.problem, fault.remedy)

"""Evidence as people edit it: TOML tables and texts, read with the line of every entry."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from core.errors import ReadError
from core.files import read_bytes
from core.pack import types as t
from core.pack.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

_HEADER = re.compile(r"^\s*\[\[\s*([A-Za-z0-9_-]+)\s*\]\]")
_ANY_HEADER = re.compile(r"^\s*\[")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")
_PATH = re.compile(r" - at `\$\.?([^`]*)`$")


@dataclass(frozen=True)
class Place:
    """Where an entry stands: its file, the line of its header, the line of each field."""

    file: str
    line: int
    fields: dict[str, int]

    def line_of(self, name: str) -> int:
        return self.fields.get(name.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0], self.line)


@dataclass
class Sources:
    """Everything read from a folder of sources: records by table with their places, texts, the pack's particulars."""

    records: dict[str, list[t.Record]] = field(default_factory=lambda: {table: [] for table in t.TABLES})
    places: dict[str, list[Place]] = field(default_factory=lambda: {table: [] for table in t.TABLES})
    texts: dict[str, t.Texts] = field(default_factory=dict)
    text_files: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    particulars: dict[str, Any] = field(default_factory=dict)
    signoffs: list[t.Signoff] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, file: str, line: int, entry: str, name: str, problem: str, remedy: str) -> None:
        self.problems.append(Problem(file, line, entry, name, problem, remedy))


def read_sources(evidence: Path, texts: Path) -> Sources:
    """The sources in a folder of evidence and a folder of texts; problems are collected, not raised.

    Errors: ReadError when a folder cannot be listed.
    """
    sources = Sources()
    for path in _toml_files(evidence):
        name = path.relative_to(evidence).as_posix()
        parsed = _parse(sources, path, name)
        if parsed is None:
            continue
        text, tables = parsed
        if name == "pack.toml":
            sources.particulars = tables
        else:
            _take_tables(sources, name, text, tables)
    for path in _toml_files(texts):
        name = path.relative_to(texts).as_posix()
        language = name.split("/")[0].removesuffix(".toml")
        parsed = _parse(sources, path, f"texts/{name}")
        if parsed is None:
            continue
        if language == "signoff":
            _take_signoffs(sources, f"texts/{name}", parsed[1])
        else:
            _take_texts(sources, language, f"texts/{name}", parsed[0], parsed[1])
    return sources


def _toml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise ReadError(folder, "there is no such folder", "Name the folder that holds the evidence sources")
    return sorted(path for path in folder.rglob("*.toml") if path.is_file())


def _parse(sources: Sources, path: Path, name: str) -> tuple[str, dict[str, Any]] | None:
    try:
        raw = read_bytes(path)
    except ReadError as error:
        sources.problem(name, 0, "", "", error.problem, error.remedy)
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        sources.problem(name, line, "", "", "this is not UTF-8 text", "Save the file as UTF-8")
        return None
    try:
        return text, tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        what = re.sub(r"\s*\(at .*\)$", "", str(error)) or "it is nested too deeply"
        sources.problem(name, line, "", "", f"this is not TOML: {what}", "Mend this line")
        return None


def _take_tables(sources: Sources, name: str, text: str, tables: dict[str, Any]) -> None:
    places = _places(name, text)
    for table, rows in tables.items():
        line = next((n for n, row in enumerate(text.splitlines(), 1) if table in row), 1)
        if table not in t.TABLES:
            sources.problem(
                name, line, table, "", "this is no table of the evidence", f"Use one of: {', '.join(t.TABLES)}"
            )
            continue
        if not isinstance(rows, list):
            sources.problem(name, line, table, "", "records of a kind are a list", f"Write the header as [[{table}]]")
            continue
        for number, row in enumerate(rows):
            known = places.get(table, [])
            place = known[number] if number < len(known) else Place(name, line, {})
            _take_record(sources, table, row, place)


def _take_record(sources: Sources, table: str, row: Any, place: Place) -> None:
    entry = f"{table} {row.get('id', '')}".strip() if isinstance(row, dict) else table
    try:
        record = msgspec.convert(row, t.TABLES[table][1])
    except msgspec.ValidationError as error:
        name, problem, remedy = explain(str(error))
        sources.problem(place.file, place.line_of(name), entry, name, problem, remedy)
        return
    sources.records[table].append(record)
    sources.places[table].append(place)


def explain(message: str) -> tuple[str, str, str]:
    """Field, problem and remedy of a msgspec message."""
    found = _PATH.search(message)
    name = found.group(1) if found else ""
    problem = _PATH.sub("", message)
    missing = re.match(r"Object missing required field `(.+)`", problem)
    unknown = re.match(r"Object contains unknown field `(.+)`", problem)
    if missing:
        return _inside(name, missing.group(1)), "this field is missing", "Add it"
    if unknown:
        return _inside(name, unknown.group(1)), "there is no such field", "Check its spelling or remove it"
    if "<= 1.0" in problem:
        return name, "a fraction cannot be above 1", "Give a number from 0 to 1"
    if ">= 0.0" in problem:
        return name, "this must be a number not below 0", "Give 0 or more"
    if "matching regex" in problem:
        return name, "this is not of the right form", "Use small letters, figures, _ . and - (for a DOI: 10.NNNN/...)"
    if problem.startswith("Invalid enum value"):
        return (
            name,
            problem.replace("Invalid enum value", "this word is not in the closed list:"),
            "Use a word of the list",
        )
    return name, problem[:1].lower() + problem[1:], "Give a value of the right kind"


def _inside(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field


def _places(name: str, text: str) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    current: Place | None = None
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            current = Place(name, number, {})
            found.setdefault(header.group(1), []).append(current)
        elif _ANY_HEADER.match(line) and "=" not in line.split("[")[0]:
            continue
        elif current is not None and (key := _KEY.match(line)):
            current.fields.setdefault(key.group(1), number)
    return found


def _take_texts(sources: Sources, language: str, name: str, text: str, tables: dict[str, Any]) -> None:
    texts = sources.texts.setdefault(language, {})
    sources.text_files.setdefault(language, []).append((name, text))
    for key, value in _flat(tables):
        if key in texts:
            sources.problem(name, text_line(text, key), key, "", "this text was given twice", "Keep one of the two")
        if isinstance(value, str):
            texts[key] = value
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            texts[key] = tuple(value)
        else:
            sources.problem(
                name, text_line(text, key), key, "", "a text is words or a list of words", "Put it in quotes"
            )


def _flat(tables: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for key, value in tables.items():
        flat += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return flat


def text_line(text: str, key: str) -> int:
    """The line of a text file where a dotted key is set; 1 when it is not found."""
    table, _, last = key.rpartition(".")
    inside = not table
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            inside = stripped.split("]")[0].lstrip("[").strip() == table
        elif re.match(rf"{re.escape(key)}\s*=", stripped) or (inside and re.match(rf"{re.escape(last)}\s*=", stripped)):
            return number
    return 1


def _take_signoffs(sources: Sources, name: str, tables: dict[str, Any]) -> None:
    try:
        sources.signoffs += msgspec.convert(tables.get("signoff", []), list[t.Signoff])
    except msgspec.ValidationError as error:
        where, problem, remedy = explain(str(error))
        sources.problem(name, 1, "signoff", where, problem, remedy)

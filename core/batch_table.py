"""The tables of a batch: rows of consults as they are read, lines of answers as they are written and known again."""

from __future__ import annotations

import csv
import io
import itertools
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from core.batch import ID, check_columns
from core.consult_written import COLUMNS
from core.errors import InputError, shortened
from core.files import lines_of
from core.numbers import MILLION

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from core.batch import Answer, Share

SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
LONGEST_ID = 80
KINDS = (".csv", ".jsonl")
CSV_COLUMNS = (
    *("row", "line", ID, "key", "condition", "target", "route", "guidance", "cells", "dose", "sites", "verdict"),
    *("first", "first_per_million", "first_low", "first_high", "first_certainty", "first_probability"),
    *("asked", "asked_status", "asked_rank", "asked_per_million", "asked_low", "asked_high", "asked_certainty"),
    *("asked_equivalent_dose", "above_line", "below_line", "evidence", "evidence_date", "evidence_expires", "error"),
)


class Row(msgspec.Struct, frozen=True):
    """A consult of the input: its number from 1, the line it begins in, what the input calls it, and its question."""

    number: int
    line: int
    id: str
    question: tuple[str, ...]


def rows_of(path: Path) -> Generator[Row, None, None]:
    """The consults of a table with commas, semicolons or tabs. Errors: ReadError, InputError naming the line."""
    name = shortened(path.name)
    with closing(lines_of(path)) as lines:
        header = next(lines, "")
        separator = max(SEPARATORS, key=header.count)
        reader = csv.reader(itertools.chain([header], lines), delimiter=separator, strict=True)
        number, line = 0, 1
        try:
            names = _names(name, next(reader, []))
            line = reader.line_num + 1
            many = len(names)
            # Behind the cells of a row stand empty ones, for what a short row lacks and for columns that are not there.
            behind = [""] * (many + 1)
            asked_and_id = itemgetter(*(names.index(name) if name in names else many for name in (*COLUMNS, ID)))
            for written in reader:
                begins, line = line, reader.line_num + 1
                cells = list(map(str.strip, written))
                if not any(cells):
                    continue
                number += 1
                if any(cells[many:]):
                    raise InputError(
                        f"“{name}”, line {begins} has {len(cells)} cells where line 1 has {many}. "
                        f"Put a cell that holds {SEPARATORS[separator]} in quotation marks."
                    )
                *asked, given = asked_and_id(cells[:many] + behind)
                yield Row(number, begins, _id(name, begins, given), tuple(asked))
        except csv.Error as error:
            where = f"“{name}”, line {line}"
            todo = "Check its quotation marks, or save the table as CSV again."
            raise InputError(f"{where} is not a line of a table ({error}). {todo}") from error


def _names(file: str, cells: list[str]) -> list[str]:
    """The names of columns in the first line; empty ones at its end are none."""
    names = [cell.strip().lower() for cell in cells]
    while names and not names[-1]:
        del names[-1]
    if not names:
        raise InputError(f"“{file}” has no columns: line 1 is empty. Write their names there, “condition” at least.")
    if "" in names:
        raise InputError(f"“{file}”, line 1: column {names.index('') + 1} has no name. Name it, or take it out.")
    try:
        check_columns(names, (ID,))
    except InputError as error:
        raise InputError(f"“{file}”, line 1: {error}") from error
    return names


def _id(file: str, line: int, given: str) -> str:
    """The id as it is, because tables are joined by it; InputError where it would not fit into a line."""
    if len(given) > LONGEST_ID:
        problem = f"{len(given)} characters; {LONGEST_ID} fit"
    elif not given.isprintable() and any(one < " " for one in given):
        problem = "a line end or another control character"
    else:
        return given
    raise InputError(f"“{file}”, line {line}: the id has {problem}. Join the tables by a shorter, plain one.")


@dataclass(frozen=True)
class Writing:
    """How answers become lines: `kind` of file, and the `state` besides the question that an answer depends on."""

    kind: str
    state: str

    def key(self, asked: tuple[str, ...]) -> str:
        """What tells two questions apart, on this evidence, in this program."""
        return sha256("\x1f".join((self.state, *asked)).encode("utf-8", "backslashreplace")).hexdigest()[:16]

    def head(self) -> bytes:
        """What stands before the first answer."""
        return _csv_line(CSV_COLUMNS) if self.kind == ".csv" else b""

    def begins(self, rest: bytes) -> bool:
        """Whether a first line that was cut short is one of ours."""
        first = self.head() or b'{"row":'
        return first.startswith(rest[: len(first)])

    def body(self, answer: Answer) -> bytes:
        """An answer as the rest of a line, behind its start."""
        return _csv_line(_cells(answer)) if self.kind == ".csv" else msgspec.json.encode(answer)[1:] + b"\n"

    def start(self, row: Row, key: str) -> bytes:
        """The beginning of a row's line, which no other row's line has."""
        if self.kind == ".csv":
            return _csv_line((row.number, row.line, row.id, key))[:-1] + b","
        return msgspec.json.encode({"row": row.number, "line": row.line, ID: row.id, "key": key})[:-1] + b","

    def failed(self, line: str) -> bool:
        """Whether a line of ours is an error. Errors: ValueError, MsgspecError, csv.Error for any other line."""
        if self.kind == ".csv":
            cells = next(csv.reader([line]), [])
            if len(cells) != len(CSV_COLUMNS):
                raise ValueError(line)
            return bool(cells[-1])
        return msgspec.json.decode(line.encode(), type=_Line).error is not None


class _Line(msgspec.Struct, frozen=True):
    error: str | None


def _cells(answer: Answer) -> list[object]:
    """The cells of an answer in the order of CSV_COLUMNS, without those of `start`."""
    consult, source = answer.consult, (answer.pack.version, answer.pack.date, answer.pack.expires)
    if consult is None:
        return [*[None] * (len(CSV_COLUMNS) - 8), *source, answer.error]
    first = next((one for one in answer.procedures if one.procedure == answer.first), None)
    asked = next((one for one in answer.procedures if one.asked), None)
    above = sum(one.status == "suitable" for one in answer.procedures)
    return [
        *(consult.condition, consult.target, consult.route, consult.guidance),
        *(consult.cells, consult.dose, consult.sites, answer.verdict, answer.first),
        *([None] * 5 if first is None else [*_range(first.delivered), first.certainty, first.rank_probability[0]]),
        *([None] * 3 if asked is None else [asked.procedure, asked.status, asked.rank]),
        *([None] * 5 if asked is None else [*_range(asked.delivered), asked.certainty, asked.equivalent_dose]),
        *(above, len(answer.procedures) - above, *source, None),
    ]


def _range(share: Share) -> tuple[float, float, float]:
    """Cells of a million: median, low, high."""
    return share.median * MILLION, share.low * MILLION, share.high * MILLION


def _csv_line(cells: Iterable[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode("utf-8", "backslashreplace")

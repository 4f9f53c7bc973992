"""The table of consults: as spreadsheets save it, and a sentence for each line that is none."""

import os
import tracemalloc
from pathlib import Path

import pytest

from core.batch import (
    COLUMNS,
    check_columns,
    question,
)
from core.batch_table import rows_of
from core.errors import CellRouteError, InputError, ReadError
from tests.core.batches import IV, KNEE, batch, written


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_as_spreadsheets_save_it(tmp_path: Path, separator: str) -> None:
    rows = [IV | {"patient": "contrast_allergy=yes,pregnancy=no"}, KNEE | {"dose": " 2,5e7 "}]
    source = written(tmp_path / "consults.csv", rows, separator)
    lines = source.read_bytes().replace(b"\n", b"\r\n")
    source.write_bytes(b"\xef\xbb\xbf" + lines + b"\r\n")  # a last line of nothing
    read = list(rows_of(source))
    assert [one.number for one in read] == [1, 2]
    assert [one.question for one in read] == [question(row) for row in rows]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("", "“consults.csv” has no columns: line 1 is empty"),
        ("target,route", "“consults.csv”, line 1: The column “condition” is missing"),
        ("condition,rout", "no column “rout”; did you mean route"),
        ("condition,name", "no column “name”"),
        ("condition,dose,dose", "“dose” stands twice"),
        ("condition,,dose", "“consults.csv”, line 1: column 2 has no name"),
    ],
)
def test_columns_that_are_wrong_stop_it_before_anything_is_written(tmp_path: Path, header: str, said: str) -> None:
    source = tmp_path / "consults.csv"
    source.write_text(header + "\nknee_osteoarthritis\n", encoding="utf-8")
    code, out, err = batch(source, tmp_path / "out.csv")
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("table", "error", "said"),
    [
        (b"condition\nknee,1\n", InputError, "line 2 has 2 cells where line 1 has 1"),
        (
            b"condition\ncopd,\nknee,,1\n",
            InputError,
            "line 3 .* 1. Put a cell that holds a comma in",
        ),
        (
            b"condition\tdose\n\nknee\t1\t2\n",
            InputError,
            "line 3 .* 2. Put a cell that holds a tab in",
        ),
        (b"condition\n\xff\xfe\n", ReadError, "line 2 holds a byte that is not UTF-8"),
        (b"condition\n" + b"copd\n" * 9_000 + b"caf\xe9\n", ReadError, "line 9002 holds a byte that is not UTF-8"),
        (b"x" * 200_000 + b"\n", InputError, "line 1 is not a line of a table"),
        (b'condition\n"knee\ncopd\n', InputError, "line 2 is not a line of a table .*quotation marks"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, table: bytes, error: type[CellRouteError], said: str) -> None:
    source = tmp_path / "consults.csv"
    source.write_bytes(table)
    with pytest.raises(error, match=said):
        list(rows_of(source))


def test_a_row_knows_the_line_it_begins_in(tmp_path: Path) -> None:
    source = tmp_path / "consults.csv"
    source.write_text('condition,patient\n\ncopd,"pregnancy=no,\ncontrast_allergy=yes"\n,\ncopd,,\n', encoding="utf-8")
    assert [(row.number, row.line) for row in rows_of(source)] == [(1, 3), (2, 6)]


def test_empty_cells_at_the_end_are_none(tmp_path: Path) -> None:
    """Spreadsheets save them for columns that were once there."""
    source = tmp_path / "consults.csv"
    source.write_text("condition,dose,,\ncopd,1e7,,,\n", encoding="utf-8")
    assert [row.question for row in rows_of(source)] == [question({"condition": "copd", "dose": "1e7"})]


@pytest.mark.parametrize(
    ("given", "said"), [("x" * 81, "line 3: the id has 81"), ('"a\nb"', "line 3: the id has a line")]
)
def test_an_id_is_passed_through_as_it_is_or_not_at_all(given: str, said: str, tmp_path: Path) -> None:
    source = tmp_path / "consults.csv"
    source.write_text(f"id,condition\na  b\u00a0c,copd\n{given},copd\n", encoding="utf-8")
    rows = rows_of(source)
    assert next(rows).id == "a  b\u00a0c"
    with pytest.raises(InputError, match=said):
        next(rows)


@pytest.mark.parametrize("beginning", [b"", b"condition\n"], ids=["no line end", "one line"])
def test_a_line_without_end_is_refused_before_it_fills_the_memory(beginning: bytes, tmp_path: Path) -> None:
    path = tmp_path / "consults.csv"
    path.write_bytes(beginning)
    os.truncate(path, 2**30)  # takes no room on the disk
    tracemalloc.start()
    try:
        with pytest.raises(ReadError, match="longer than 1 MB, which no line of a table is"):
            list(rows_of(path))
        assert tracemalloc.get_traced_memory()[1] < 2**26
    finally:
        tracemalloc.stop()


def test_a_pipe_is_refused_because_a_table_is_read_twice(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "consults.csv")
    code, _, err = batch(tmp_path / "consults.csv", tmp_path / "out.csv")
    assert (code, err.count("\n")) == (2, 1)
    assert "a device or a pipe" in err


def test_every_column_that_there_is_is_taken() -> None:
    check_columns(COLUMNS)

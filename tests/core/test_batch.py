"""Many consults at once: the figures of `rank`, equal consults once, whole lines, going on after a kill."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import msgspec
import pytest

from core.batch import (
    COLUMNS,
    DEFAULT_DRAWS,
    FEWEST_DRAWS,
    KEPT_SAMPLES,
    Many,
    _Recent,
    answers,
    check_columns,
    question,
)
from core.batch_table import CSV_COLUMNS, Row, Writing, rows_of
from core.commands.batch import PIECE, Crew, Piece, answered
from core.consult import offered_cells
from core.consult_written import consult_of
from core.errors import CellRouteError, InputError, ReadError
from core.files import Growing
from core.pack.pack import Pack
from core.ranking.prepare import SAMPLES
from core.recommend import recommend
from tests import ROOT
from tests.running import Result, run, script

KNEE = {"condition": "knee_osteoarthritis"}
IV = {"condition": "knee_osteoarthritis", "route": "iv", "dose": "1e7"}


def a_table(pack: Pack, count: int, seed: int = 1) -> list[dict[str, str]]:
    """Consults of every sort, the same for the same seed."""
    pick = random.Random(seed)
    conditions, factors, things = list(pack.conditions), list(pack.factors)[:6], list(pack.capabilities)
    return [
        {
            "condition": pick.choice(conditions[:5]),
            "dose": str(pick.randint(1, 900) * 100_000),
            "has": pick.choice(["", "none", ",".join(pick.sample(things, 3))]),
            "patient": ",".join(f"{one}={pick.choice(['yes', 'no'])}" for one in pick.sample(factors, 2)),
            "weights": pick.choice(["", "delivered=50,harm=20"]),
            "preset": "",
            "sites": pick.choice(["", "1", "2"]),
        }
        for _ in range(count)
    ]


def written(path: Path, rows: list[dict[str, str]], separator: str = ",") -> Path:
    """The rows as a table."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, names, delimiter=separator)
        table.writeheader()
        table.writerows(rows)
    return path


def batch(source: Path, target: Path, *more: str) -> Result:
    """What `rank --batch` leaves."""
    return run("rank", "--batch", str(source), "--out", str(target), *more)


# -- the figures -------------------------------------------------------------------------------------------------


def test_the_figures_are_those_of_a_single_consult(pack: Pack) -> None:
    rows = [*a_table(pack, 25), IV, {**IV, "has": "none"}, {"condition": "copd", "route": "iv", "sites": ""}]
    for row, found in zip(rows, answers(rows, draws=SAMPLES), strict=True):
        cells = {name: row.get(name) or None for name in COLUMNS}
        cells["has"] = "" if cells["has"] == "none" else cells["has"]
        single = recommend(pack, consult_of(pack, cells))
        assert (found.verdict, found.first) == (single.verdict, single.first)
        assert [one.procedure for one in found.procedures] == [one.procedure for one in single.options]
        for ours, theirs in zip(found.procedures, single.options, strict=True):
            dose = theirs.equivalent_dose
            assert ours.equivalent_dose == (None if dose is None else pytest.approx(dose.cells, rel=1e-12))
            assert ours.certainty == theirs.certainty.level
            assert ours.rank_probability == theirs.rank_probability
            assert ours.delivered.median == theirs.delivered.median
            for name in ("rank", "status", "asked", "score", "cells_per_million", "cells_delivered", "cells_per_site"):
                assert getattr(ours, name) == getattr(theirs, name), name


def test_fewer_draws_change_probabilities_only_within_their_error(pack: Pack) -> None:
    rows = a_table(pack, 20)
    for few, many in zip(answers(rows, draws=1_000), answers(rows, draws=SAMPLES), strict=True):
        for one, other in zip(few.procedures, many.procedures, strict=True):
            assert one.rank == other.rank
            assert one.delivered == other.delivered
            assert one.rank_probability == pytest.approx(other.rank_probability, abs=0.07)  # 4.4 standard errors


def test_the_order_of_rows_changes_no_answer(pack: Pack) -> None:
    rows = a_table(pack, 40)
    there = answers(rows)
    assert answers(rows[::-1])[::-1] == there
    assert [answers([row])[0] for row in rows] == there


def test_what_is_kept_has_a_bound(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    most = 12
    monkeypatch.setattr("core.batch.KEPT_SAMPLES", most * SAMPLES)
    many = Many(pack, SAMPLES)
    for condition in list(pack.conditions)[: most + 3]:
        many.answer({"condition": condition})
    assert len(many._grounds._held) == most


def test_every_combination_of_the_evidence_is_kept_at_the_usual_draws(pack: Pack) -> None:
    combinations = sum(len(one.targets) for one in pack.conditions.values()) * len(offered_cells(pack))
    assert combinations <= KEPT_SAMPLES // DEFAULT_DRAWS


def test_the_threads_of_a_worker_take_turns_at_what_is_kept(pack: Pack) -> None:
    """Without that a table of things kept loses what another thread is about to take: KeyError, or a crash."""
    both, met = Barrier(2), []

    class Meeting(_Recent[Any]):
        def get(self, key: bytes) -> Any:
            with suppress(BrokenBarrierError):
                met.append(both.wait(0.5))
            return super().get(key)

    many = Many(pack, FEWEST_DRAWS)
    many._clinics = Meeting(8)
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(many.answer, [IV, KNEE]))
    assert not met
    assert found == [many.answer(IV), many.answer(KNEE)]


def test_an_empty_cell_is_an_option_not_given_and_none_is_a_plain_room() -> None:
    everything, plain = answers([KNEE | {"has": ""}, KNEE | {"has": "none"}])
    assert everything.consult is not None
    assert everything.consult.has is None
    assert plain.consult is not None
    assert plain.consult.has == ()
    assert any(one.status == "refer" for one in plain.procedures)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"condition": ""}, "The condition is missing"),
        ({"condition": "knee_arthritis"}, "did you mean knee_osteoarthritis"),
        (KNEE | {"dose": "1,000"}, "could mean two numbers"),
        (KNEE | {"dose": "many"}, "no number for the dose"),
        (KNEE | {"sites": "1.5"}, "whole number"),
        (KNEE | {"patient": "contrast_allergy=perhaps"}, "neither yes nor no"),
        (KNEE | {"route": "intracoronary"}, "does not lead to"),
        (KNEE | {"weigths": "harm=20"}, "no column “weigths”; did you mean weights"),
        (KNEE | {"dose": 0}, "The cell “dose” is of the type int. Give text"),
        (KNEE | {"dose": float("nan")}, "The cell “dose” is of the type float. Give text"),
    ],
)
def test_a_row_that_cannot_be_answered_says_why_and_stops_nothing(row: dict[str, Any], said: str) -> None:
    wrong, right = answers([row, KNEE])
    assert wrong.error is not None
    assert said in wrong.error
    assert wrong.procedures == ()
    assert right.error is None


@pytest.mark.parametrize("draws", [0, FEWEST_DRAWS - 1, SAMPLES + 1])
def test_draws_have_limits(pack: Pack, draws: int) -> None:
    with pytest.raises(InputError, match="draws cannot be used"):
        Many(pack, draws)


# -- the table ---------------------------------------------------------------------------------------------------


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


# -- the files ---------------------------------------------------------------------------------------------------


def test_each_consult_is_one_line_in_its_order(pack: Pack, tmp_path: Path) -> None:
    rows = [row | {"id": f"case {number}"} for number, row in enumerate(a_table(pack, 30))]
    rows[7] |= {"condition": "kneeses"}
    source = written(tmp_path / "consults.csv", rows)
    code, out, err = batch(source, tmp_path / "out.jsonl", "--jobs", "1")
    assert code == 1
    assert out == "out.jsonl: 30 consults, 1 of them could not be answered.\n"
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["row"] for line in lines] == list(range(1, 31))
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    assert [bool(line["error"]) for line in lines] == [number == 7 for number in range(30)]
    assert "30 of 30 consults" in err


def cells_of(line: dict[str, Any]) -> dict[str, Any]:
    """What the table says of a consult, by its columns, as the line of JSON has it."""
    procedures = line["procedures"]
    cells = {name: line[name] for name in ("row", "line", "id", "key", "verdict", "first", "error")}
    asked_for = ("condition", "target", "route", "guidance", "cells", "dose", "sites")
    cells |= {name: line["consult"] and line["consult"][name] for name in asked_for}
    above = None if line["error"] else sum(one["status"] == "suitable" for one in procedures)
    cells |= {"above_line": above, "below_line": None if above is None else len(procedures) - above}
    pack = line["pack"]
    cells |= {"evidence": pack["version"], "evidence_date": pack["date"], "evidence_expires": pack["expires"]}
    nothing = dict.fromkeys(("procedure", "status", "rank", "cells_per_million", "certainty", "equivalent_dose"))
    nothing |= {"delivered": None, "rank_probability": [None]}
    first = next((one for one in procedures if one["procedure"] == line["first"]), nothing)
    asked = next((one for one in procedures if one["asked"]), nothing)
    for name, one in (("first", first), ("asked", asked)):
        share = one["delivered"]
        cells |= {f"{name}_per_million": one["cells_per_million"], f"{name}_certainty": one["certainty"]}
        cells |= {f"{name}_{end}": share and share[end] * 1e6 for end in ("low", "high")}
    cells |= {"first_probability": first["rank_probability"][0], "asked": asked["procedure"]}
    return cells | {f"asked_{name}": asked[name] for name in ("status", "rank", "equivalent_dose")}


def test_a_line_of_csv_says_the_same_as_a_line_of_json(pack: Pack, tmp_path: Path) -> None:
    source = written(tmp_path / "consults.csv", [*a_table(pack, 20), IV, KNEE | {"dose": "none"}])
    for name in ("out.csv", "out.jsonl"):
        batch(source, tmp_path / name, "--jobs", "1")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    for cells, line in zip(table, lines, strict=True):
        told = cells_of(line)
        assert set(told) == set(CSV_COLUMNS)
        assert cells == {name: "" if value is None else str(value) for name, value in told.items()}
    assert table[-2]["asked"] == "iv_none"
    assert table[-1]["error"]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_it_goes_on_wherever_it_was_cut(pack: Pack, tmp_path: Path, kind: str) -> None:
    source = written(tmp_path / "consults.csv", [*a_table(pack, 40), KNEE | {"dose": "x"}])
    whole = tmp_path / f"whole.{kind}"
    batch(source, whole, "--jobs", "1")
    data, cut = whole.read_bytes(), tmp_path / f"cut.{kind}"
    for length in (0, 1, 30, len(data) // 3, len(data) // 2, len(data) - 1, len(data)):
        cut.write_bytes(data[:length])
        code, out, err = batch(source, cut, "--jobs", "1")
        assert code == 1
        assert "1 of them could not be answered" in out
        assert cut.read_bytes() == data, length
    assert "41 of 41 consults were answered before" in err


def test_what_is_there_is_not_reckoned_again(pack: Pack, tmp_path: Path) -> None:
    rows = a_table(pack, 40)
    source, target = written(tmp_path / "consults.csv", rows), tmp_path / "out.jsonl"
    batch(source, target, "--jobs", "1")
    lines = target.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b'"verdict":"ranked"', b'"verdict":"marked"')  # number and key are as they were
    target.write_bytes(b"".join(lines[:20]))
    batch(source, target, "--jobs", "1")
    assert target.read_bytes() == b"".join(lines)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize("change", ["row", "draws", "id", "line", "longer", "foreign", "order"])
def test_answers_to_something_else_are_refused_and_left_alone(
    pack: Pack, tmp_path: Path, kind: str, change: str
) -> None:
    rows = [row | {"id": f"case {number}"} for number, row in enumerate(a_table(pack, 10))]
    source, target = written(tmp_path / "consults.csv", rows), tmp_path / f"out.{kind}"
    batch(source, target, "--jobs", "1")
    more = ["--jobs", "1"]
    if change == "row":
        written(source, [rows[0] | {"dose": "3e6"}, *rows[1:]])
    elif change == "id":
        written(source, [*rows[:9], rows[9] | {"id": "somebody else"}])
    elif change == "line":
        source.write_bytes(source.read_bytes().replace(b"\n", b"\n\n", 1))
    elif change == "order":
        written(source, rows[::-1])
    elif change == "draws":
        more += ["--draws", "500"]
    elif change == "longer":
        written(source, rows[:9])
    else:
        target.write_text("a letter to my aunt\nof two lines\n", encoding="utf-8")
    before = target.read_bytes()
    code, _, err = batch(source, target, *more)
    assert code == 2
    assert "holds something else from answer" in err
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--batch", "consults.csv"], "--out results.csv"),
        (["--batch", "consults.csv", "--out", "results.xlsx"], "neither .csv nor .jsonl"),
        (["--batch", "consults.csv", "--out", "results.csv", "--jobs", "0"], "0 processes"),
        (["--batch", "consults.csv", "--out", "results.csv", "--draws", "7"], "7 draws"),
        (["--batch", "consults.csv", "--out", "results.csv", "--dose", "1e7"], "Make --dose a column"),
        (["--batch", "no such.csv", "--out", "results.csv"], "no such file"),
        (["--batch", "consults.csv", "--out", "consults.csv"], "is the table of consults itself"),
        (["--batch", "consults.csv", "--out", "pipe.csv"], "Cannot save “pipe.csv”: that is a device or a pipe"),
        (["--batch", "consults.csv", "--out", "no folder/results.csv"], "no such file or folder"),
        (["--batch", "consults.csv", "--out", "results.csv", "--json"], "Leave --json out"),
        (["--batch", "consults.csv", "--out", "results.csv", "--language", "es"], "Leave --language out"),
        (["--condition", "copd", "--out", "results.csv"], "--out goes with --batch"),
        (["--condition", "copd", "--draws", "500"], "--draws goes with --batch"),
        (["--condition", "copd", "--jobs", "2"], "--jobs goes with --batch"),
        ([], "--condition"),
    ],
)
def test_a_wrong_command_is_one_sentence(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "consults.csv").write_text("condition\nknee_osteoarthritis\n", encoding="utf-8")
    os.mkfifo("pipe.csv")
    done = run("rank", *arguments)
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "results.csv").exists()


# -- the work ----------------------------------------------------------------------------------------------------


class Counting(Crew):
    """A crew of one that counts what it was asked."""

    def __init__(self) -> None:
        super().__init__(1, WRITING, 100, None)
        self.asked: list[tuple[str, ...]] = []

    def begin(self, piece: Piece) -> None:
        if piece.answers is None:
            self.asked += piece.questions
        super().begin(piece)


WRITING = Writing(".jsonl", "state")


def repeated(pack: Pack, kinds: int, count: int) -> Iterator[Row]:
    """Many rows of few kinds."""
    questions = [question(row) for row in a_table(pack, kinds)]
    return (Row(number, number + 1, "", questions[number % kinds]) for number in range(1, count + 1))


def test_equal_consults_are_reckoned_once(pack: Pack) -> None:
    crew = Counting()
    counts = [count for _, count, _ in answered(repeated(pack, PIECE + 9, 2_000), WRITING, crew)]
    assert sum(counts) == 2_000
    assert len(crew.asked) == len(set(crew.asked)) == PIECE + 9


def test_memory_does_not_grow_with_the_table(pack: Pack) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        size = sum(len(lines) for lines, _, _ in answered(repeated(pack, 40, count), WRITING, Counting()))
        assert size > 1_000 * count
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(100)
    assert peak(20_000) < peak(2_000) + 500_000  # 20 000 lines are above 20 MB


def test_two_processes_write_the_same_bytes_as_one(pack: Pack, tmp_path: Path) -> None:
    source = written(tmp_path / "consults.csv", a_table(pack, 3 * PIECE))
    for jobs in ("1", "2"):
        assert batch(source, tmp_path / f"{jobs}.jsonl", "--jobs", jobs)[0] == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_a_kill_loses_nothing_that_was_written_and_leaves_no_process(pack: Pack, tmp_path: Path) -> None:
    source = written(tmp_path / "consults.csv", a_table(pack, 20 * PIECE))
    target, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    command = [sys.executable, "main.py", "rank", "--batch", source, "--out", target, "--jobs", "2"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.PIPE) as child:
        wait_for(lambda: target.exists() and target.stat().st_size > 0, child)
        child.kill()
        assert child.stdout is not None
        assert child.stdout.read() == b""  # every process of the batch holds the other end; this waits for the last
    before = target.read_bytes()
    assert 0 < before.count(b"\n") < 20 * PIECE
    assert batch(source, target, "--jobs", "1")[0] == 0
    batch(source, whole, "--jobs", "1")
    assert target.read_bytes() == whole.read_bytes()
    assert target.read_bytes().startswith(before[: before.rfind(b"\n") + 1])


def test_two_runs_do_not_write_one_output(tmp_path: Path) -> None:
    source, target = written(tmp_path / "consults.csv", [KNEE]), tmp_path / "out.csv"
    with Growing(target) as first:
        code, _, err = batch(source, target)
        assert (code, err.count("\n")) == (2, 1)
        assert "another run of the program is writing it" in err
        assert first.size == target.stat().st_size == 0
    assert batch(source, target)[0] == 0


@pytest.mark.parametrize("when", ["helpers start", "answers come"])
def test_ctrl_c_is_a_sentence_and_the_same_command_goes_on(pack: Pack, tmp_path: Path, when: str) -> None:
    source, target = written(tmp_path / "consults.csv", a_table(pack, 20 * PIECE)), tmp_path / "out.csv"
    command = [sys.executable, "main.py", "rank", "--batch", source, "--out", target, "--jobs", "2"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True) as child:
        begun = {
            "helpers start": lambda: any(map(is_loading, children.read_text().split())),
            "answers come": lambda: target.exists() and len(lines_in(target)) > 1,
        }
        children = Path(f"/proc/{child.pid}/task/{child.pid}/children")
        wait_for(begun[when], child)
        for _ in range(2):  # impatiently; a terminal sends it to every process
            os.killpg(child.pid, signal.SIGINT)
        assert child.stderr is not None
        said = child.stderr.read()
        assert child.wait() == 130
    done = len(lines_in(target)) - 1
    assert "Traceback" not in said
    assert said.splitlines()[-1] == (
        f"Stopped: {done} of {20 * PIECE} consults are answered in “out.csv”. "
        "Give the same command again; it goes on there."
    )
    assert batch(source, target, "--jobs", "1").code == 0
    assert len(lines_in(target)) == 1 + 20 * PIECE


def is_loading(process: str) -> bool:
    """Whether a helper has begun to load numpy: it cannot have said yet that Ctrl+C is not for it."""
    own = Path("/proc") / process
    return b"spawn_main" in (own / "cmdline").read_bytes() and "numpy" in (own / "maps").read_text()


def lines_in(path: Path) -> list[bytes]:
    """The whole lines of a file."""
    return path.read_bytes().split(b"\n")[:-1]


def test_a_helper_that_is_killed_is_a_sentence(pack: Pack) -> None:
    with Crew(2, WRITING, 100, None) as crew:
        piece = Piece([question(row) for row in a_table(pack, PIECE)])
        crew.begin(piece)
        assert crew._pool is not None
        for helper in list(crew._pool._processes):
            os.kill(helper, signal.SIGKILL)
        with pytest.raises(CellRouteError, match="ended from outside"):
            crew.answers(piece)
        with pytest.raises(CellRouteError, match="ended from outside"):
            crew.begin(Piece(piece.questions))


def test_a_disk_that_fills_up_keeps_whole_lines_and_the_same_command_goes_on(pack: Pack, tmp_path: Path) -> None:
    source, target = written(tmp_path / "consults.csv", a_table(pack, 2 * PIECE)), tmp_path / "out.csv"
    small = "import resource as r, runpy; r.setrlimit(r.RLIMIT_FSIZE, (20_000, 20_000)); "
    program = f"{small} runpy.run_path('main.py', run_name='__main__')"
    command = [sys.executable, "-c", program, "rank", "--batch", source, "--out", target, "--jobs", "1"]
    full = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert full.returncode == 2
    assert "Stopped: " in full.stderr
    assert full.stderr.endswith(
        "Cannot save “" + str(target) + "”: it is larger than a file may be there. Choose another disk.\n"
    )
    assert batch(source, target, "--jobs", "1")[0] == 0
    assert batch(source, tmp_path / "whole.csv", "--jobs", "1")[0] == 0
    assert target.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def wait_for(there: Callable[[], object], child: subprocess.Popen[bytes]) -> None:
    """Until something is there; fails when the child ends first."""
    while not there():
        assert child.poll() is None, "the batch ended before it was killed"


def test_the_example_for_a_cluster_maps_the_same_function(pack: Pack) -> None:
    example: Any = script("docs/examples/batch_dask.py")
    rows = [row | {"id": f"case {number}"} for number, row in enumerate(a_table(pack, 12))]
    pieces = [rows[:5], rows[5:5], rows[5:]]
    lines = [json.loads(line) for piece in pieces for line in example.answer_lines(iter(piece))]
    assert [line.pop("id") for line in lines] == [row["id"] for row in rows]
    assert lines == [msgspec.json.decode(msgspec.json.encode(answer)) for answer in answers(rows)]

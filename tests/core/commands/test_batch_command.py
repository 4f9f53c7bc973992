"""`rank --batch`: equal consults once, whole lines, going on after a kill."""

import csv
import json
import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.batch import (
    question,
)
from core.batch_table import CSV_COLUMNS, Row, Writing
from core.commands.batch import PIECE, Crew, Piece, answered
from core.errors import CellRouteError
from core.files import Growing
from core.pack.pack import Pack
from tests import ROOT
from tests.core.batches import IV, KNEE, a_table, batch, written
from tests.running import run

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

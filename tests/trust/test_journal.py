"""The running consult survives what ends its window."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from core import journal
from core.consult import Consult, make_consult
from core.errors import CellRouteError, SaveError
from core.pack.pack import Pack


@pytest.fixture
def consult(pack: Pack) -> Consult:
    return make_consult(pack, "knee_osteoarthritis", asked="iv", dose=5e7)


def test_what_was_kept_comes_back_and_a_proper_end_leaves_nothing(tmp_path: Path, pack: Pack, consult: Consult) -> None:
    ended_badly = journal.begin(tmp_path)
    ended_badly.keep(consult)
    ended_badly._lock.release()  # what the system does when a process ends
    found, said = journal.left_behind(tmp_path, pack)
    assert ([left.consult for left in found], said) == ([consult], "")
    journal.forget(found[0])
    well = journal.begin(tmp_path)
    well.keep(consult)
    well.keep(msgspec.structs.replace(consult, dose=1e7))
    well.end()
    assert journal.left_behind(tmp_path, pack) == ([], "")
    assert not list((tmp_path / "journal").iterdir())


def test_the_consult_of_a_window_that_is_open_is_left_alone(tmp_path: Path, pack: Pack, consult: Consult) -> None:
    first, second = journal.begin(tmp_path), journal.begin(tmp_path)
    first.keep(consult)
    second.keep(consult)
    assert journal.left_behind(tmp_path, pack) == ([], "")
    second._lock.release()
    assert [left.path for left in journal.left_behind(tmp_path, pack)[0]] == [second.path]
    first.end()


def test_the_newest_comes_first(tmp_path: Path, pack: Pack, consult: Consult) -> None:
    for number, hour in enumerate((100, 300, 200)):
        one = journal.begin(tmp_path)
        one.keep(msgspec.structs.replace(consult, dose=1e7 + number))
        os.utime(one.path, (hour, hour))
        one._lock.release()
    assert [left.consult.dose - 1e7 for left in journal.left_behind(tmp_path, pack)[0]] == [1, 2, 0]


def test_every_flipped_bit_and_every_length_is_noticed(pack: Pack, consult: Consult) -> None:
    data = journal.encode(consult)
    assert journal.decode(data, pack) == consult
    for place in range(len(data)):
        for bit in (1, 16, 128):
            damaged = data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]
            with pytest.raises(CellRouteError):
                journal.decode(damaged, pack)
        with pytest.raises(CellRouteError):
            journal.decode(data[:place], pack)
    for junk in (b"\x00" * len(data), b"", b"\xff" * 40, data + b"\n"):
        with pytest.raises(CellRouteError):
            journal.decode(junk, pack)


def test_a_damaged_journal_gives_the_consult_before_it(tmp_path: Path, pack: Pack, consult: Consult) -> None:
    one = journal.begin(tmp_path)
    one.keep(consult)
    one.keep(msgspec.structs.replace(consult, dose=1e7))
    one.path.write_bytes(b"\x00" * 500)
    one._lock.release()
    assert [left.consult for left in journal.left_behind(tmp_path, pack)[0]] == [consult]


def test_a_journal_that_cannot_be_read_is_told_and_kept_beside(tmp_path: Path, pack: Pack, consult: Consult) -> None:
    one = journal.begin(tmp_path)
    one.keep(consult)
    one.path.write_bytes(b"\x00" * 500)
    one._lock.release()
    found, said = journal.left_behind(tmp_path, pack)
    assert found == []
    assert "could not be brought back" in said
    assert (tmp_path / "journal" / (one.path.name + ".bad")).read_bytes() == b"\x00" * 500
    assert journal.left_behind(tmp_path, pack) == ([], "")


def test_a_consult_that_newer_evidence_does_not_hold_is_told(tmp_path: Path, pack: Pack, consult: Consult) -> None:
    one = journal.begin(tmp_path)
    one.keep(consult)
    one._lock.release()
    conditions = tuple(one for one in pack.file.conditions if one.id != consult.condition)
    fewer = Pack(msgspec.structs.replace(pack.whole, conditions=conditions))
    found, said = journal.left_behind(tmp_path, fewer)
    assert found == []
    assert "knee_osteoarthritis" in said


def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "journal").write_text("a file", encoding="utf-8")
    with pytest.raises(SaveError):
        journal.begin(tmp_path)
    assert journal.left_behind(tmp_path, pack) == ([], "")


CHILD = """
import sys
from pathlib import Path
from core import journal
from core.consult import make_consult
from core.pack.read import load_builtin
pack = load_builtin()
one = journal.begin(Path(sys.argv[1]))
print("ready", flush=True)
number = 0
while True:
    number += 1
    one.keep(make_consult(pack, "knee_osteoarthritis", dose=1e6 + number))
    print(number, flush=True)
"""


def test_a_kill_loses_at_most_the_last_change(tmp_path: Path, pack: Pack) -> None:
    chance = random.Random(5)
    for _ in range(12):
        told = 0
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, encoding="utf-8"
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            for _ in range(chance.randrange(1, 60)):
                told = int(child.stdout.readline())
            child.send_signal(signal.SIGKILL)
            rest = [line for line in child.stdout.read().splitlines() if line.isdigit()]
            told = int(rest[-1]) if rest else told
        [left] = journal.left_behind(tmp_path, pack)[0]
        assert told <= left.consult.dose - 1e6 <= told + 1
        journal.forget(left)

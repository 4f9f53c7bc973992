"""A disk that is full at any write, and a file that the system holds, keep what was there before.

They are mounted for the test, which Linux lets root alone do.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from core import consult_file, files, journal
from core.consult import make_consult
from core.errors import SaveError
from core.pack import installed
from core.pack.pack import Pack
from core.pack.read import load_current
from tests import mounting
from tests.core.pack import signing
from tests.core.pack.signing import TODAY

OLD, NEW = b"old " * 30_000, b"new " * 50_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB; a limit on the size of files does not stand for it."""
    with mounting.small_disk(tmp_path / "disk", "size=256k") as place:
        yield place


def said_by(save: Callable[[], object]) -> str:
    """What is wrong with the disk when something small is saved; "" where it still had room."""
    try:
        save()
    except SaveError as error:
        return error.problem.removeprefix("the ")
    return ""


@pytest.mark.parametrize("leave", [0, 4096, 16_384, 65_536])
def test_a_full_disk_keeps_every_old_file(leave: int, small_disk: Path, pack: Pack) -> None:
    consult, other = make_consult(pack, "ards"), make_consult(pack, "copd")
    big = small_disk / "handout.pdf"
    files.save_bytes(big, OLD)
    consult_file.save(small_disk / "a.cellroute", consult)
    running = journal.begin(small_disk)
    running.keep(consult)
    mounting.fill(small_disk, leave)
    before = sorted(path.name for path in small_disk.rglob("*"))
    with pytest.raises(SaveError, match="disk is full"):
        files.save_bytes(big, NEW)
    assert big.read_bytes() == OLD
    with pytest.raises(SaveError, match="disk is full"):
        files.save_bytes(small_disk / "new.pdf", NEW)
    for save in (lambda: consult_file.save(small_disk / "a.cellroute", other), lambda: running.keep(other)):
        assert said_by(save) in ("", "disk is full")
    assert consult_file.load(small_disk / "a.cellroute", pack) in (consult, other)
    assert sorted(path.name for path in small_disk.rglob("*") if ".last" not in path.name) == before
    running._lock.release()
    [left] = journal.left_behind(small_disk, pack)[0]
    assert left.consult in (consult, other)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Small disks, each with the options of a tmpfs."""
    with ExitStack() as made:
        numbers = itertools.count()
        yield lambda options: made.enter_context(mounting.small_disk(tmp_path / f"disk{next(numbers)}", options))


def settled(data: Path, before: str, change: Callable[[], object], after: str) -> str:
    """What a change said; the evidence of before or after is in force, whole, and nothing else is left."""
    try:
        change()
        said = ""
    except SaveError as error:
        said = str(error)
    assert load_current(data).version == (before if said else after)
    choice = installed.read_choice(data)
    packs = data / "packs"
    assert {one.name for one in packs.iterdir()} <= {choice.file, choice.previous, "in-force.json", "lock"}
    return said


@pytest.mark.parametrize("nameless", [True, False], ids=["nameless files", "neighbours"])
def test_a_disk_that_fills_up_at_any_write_keeps_the_old_evidence(
    nameless: bool, disk: Callable[[str], Path], tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By bytes, down to the last page; and by files, so that folder, lock, evidence and choice each fail once."""
    if not nameless:
        monkeypatch.setattr(files.save, "_NAMELESS", 0)
    signer = signing.make_signer(tmp_path, pack)
    first, second = signer.signed("1.pack", version="2027.01"), signer.signed("2.pack", version="2027.02")
    size = second.stat().st_size
    said = []
    for leave in (0, 4096, size // 2, size - 4096, size, size + 4096, size + 8192, size + 16_384, size + 65_536):
        data = disk("size=6m")
        signing.trust(data, signer.private)
        installed.install(first, data, pack, today=TODAY)
        mounting.fill(data, leave)
        said.append(settled(data, "2027.01", lambda d=data: installed.install(second, d, pack, today=TODAY), "2027.02"))
        now = load_current(data).version
        back = "2027.01" if now == "2027.02" else pack.version
        said.append(settled(data, now, lambda d=data: installed.roll_back(d), back))
    for inodes in range(3, 14):
        data = disk(f"size=6m,nr_inodes={inodes}")
        try:
            signing.trust(data, signer.private)
        except OSError:
            continue
        try:
            installed.install(first, data, pack, today=TODAY)
        except SaveError as error:
            said.append(str(error))
            assert load_current(data).version == pack.version
            continue
        said.append(settled(data, "2027.01", lambda d=data: installed.install(second, d, pack, today=TODAY), "2027.02"))
    full = [one for one in said if one]
    assert full
    assert "" in said
    assert all("the disk is full. Free some space" in one for one in full)
    places = {Path(one.split("“")[1].split("”")[0]).name.split("-")[0] for one in full}
    assert places == {"packs", "lock", "evidence", "in"}  # folder, lock, kept file, in-force.json


def test_a_file_that_the_system_holds_is_one_sentence(tmp_path: Path) -> None:
    target, other = tmp_path / "a.cellroute", tmp_path / "other"
    target.write_bytes(b"old")
    other.write_bytes(b"held")
    with mounting.mounted(target, "--bind", str(other)):
        with pytest.raises(SaveError, match="another program holds the file"):
            files.save_bytes(target, b"new")
        assert target.read_bytes() == b"held"
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.cellroute", "other"]

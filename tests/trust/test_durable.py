"""Nothing lost, nothing half-written: kills, full disks, folders that cannot be written, two programs at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core import consult_file, files, journal
from core.consult import make_consult
from core.errors import CellRouteError, SaveError
from core.handout.clean import clean_logo
from core.pack import installed
from core.pack.pack import Pack
from core.pack.read import load_current, load_or_fall_back
from tests import mounting
from tests.core.pack import signing
from tests.trust.killing import KINDS, STEPS, Kills, at_every_call

OLD, NEW = b"old " * 30_000, b"new " * 50_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(kind: str, tmp_path: Path) -> None:
    times = 12 if kind in STEPS else 25
    with Kills(kind, tmp_path, seed=11) as kills:
        found = kills.many(times)
    assert found.damaged == 0
    assert found.old + found.new == times
    assert min(found.old, found.new) > 0  # or the kills fell where nothing is saved


@pytest.mark.parametrize("kind", STEPS)
def test_a_kill_at_every_call_that_changes_the_disk_leaves_the_old_or_the_new(kind: str, tmp_path: Path) -> None:
    found = at_every_call(kind, tmp_path)
    assert found.damaged == 0
    assert found.old > 5
    assert found.new > 0


def test_the_kills_do_find_damage_where_saving_is_plain(tmp_path: Path) -> None:
    with Kills("plain", tmp_path, seed=11) as kills:
        assert kills.many(40).damaged > 0


def test_a_kill_leaves_no_unfinished_neighbour(tmp_path: Path) -> None:
    """The data has no name until it is complete; only the instant of the exchange may leave one, which is cleared."""
    with Kills("handout", tmp_path, seed=3) as kills:
        kills.many(25)
        left = [path for path in kills.folder.iterdir() if path.name.startswith(".cellroute-")]
        for path in left:
            os.utime(path, (1, 1))
        assert files.remove_leftovers(kills.folder) == len(left)
        assert not [path for path in kills.folder.iterdir() if path.name.startswith(".")]


# -- a disk that is full


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB; where none may be made, a limit on the size of files does not stand for it."""
    with mounting.small_disk(tmp_path / "disk", "size=256k") as place:
        yield place


def fill(disk: Path, leave: int) -> None:
    """Fill a disk but for about so many bytes."""
    with (disk / "ballast").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            file.truncate(max(0, file.tell() - leave))


def said_by(save: Callable[[], object]) -> str:
    """What is wrong with the disk when something small is saved; "" where it still had room."""
    try:
        save()
    except SaveError as error:
        return error.problem.removeprefix("the ")
    return ""


@pytest.mark.parametrize("leave", [0, 4096, 16_384, 65_536])
def test_a_full_disk_keeps_every_old_file(leave: int, small_disk: Path, pack: Pack, tmp_path: Path) -> None:
    consult, other = make_consult(pack, "ards"), make_consult(pack, "copd")
    big = small_disk / "handout.pdf"
    files.save_bytes(big, OLD)
    consult_file.save(small_disk / "a.cellroute", consult)
    running = journal.begin(small_disk)
    running.keep(consult)
    fill(small_disk, leave)
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


def test_evidence_that_does_not_fit_on_the_disk_leaves_the_old_in_force(
    small_disk: Path, pack: Pack, tmp_path: Path
) -> None:
    signer = signing.make_signer(tmp_path, pack)
    signing.trust(small_disk, signer.private)
    path = signer.signed(version="2027.01")
    assert path.stat().st_size > 256 * 1024
    with pytest.raises(SaveError, match="disk is full"):
        installed.install(path, small_disk, pack, today=signing.TODAY)
    assert load_current(small_disk).version == pack.version


# -- folders


def test_a_folder_that_vanished_is_one_sentence(tmp_path: Path, pack: Pack) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    running = journal.begin(folder)
    (folder / "journal").rename(tmp_path / "gone")
    for save in (
        lambda: running.keep(make_consult(pack, "ards")),
        lambda: consult_file.save(folder / "gone" / "a.cellroute", make_consult(pack, "ards")),
    ):
        with pytest.raises(SaveError, match="no such file or folder"):
            save()
    running.end()


def test_a_folder_that_can_only_be_read(tmp_path: Path) -> None:
    """As an ordinary user: root may write anywhere."""
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "a").write_bytes(OLD)
    folder.chmod(0o555)
    child = f"""
import os, sys
sys.path.insert(0, {str(files.__file__).rpartition("/core/")[0]!r})
from core import files
from core.errors import SaveError
if os.getuid() == 0:
    os.setuid(65534)
for name in "ab":
    try:
        files.save_bytes({str(folder)!r} + "/" + name, b"new")
    except SaveError as error:
        print(error)
"""
    signing.let_everybody_in(tmp_path)
    done = subprocess.run([sys.executable, "-c", child], capture_output=True, encoding="utf-8", check=False)
    folder.chmod(0o755)
    old, new = done.stdout.splitlines()
    assert "that file may only be read" in old, done.stderr
    assert "you may not do that there" in new, done.stderr
    assert (folder / "a").read_bytes() == OLD
    assert [path.name for path in folder.iterdir()] == ["a"]


@pytest.mark.parametrize(
    "name",
    ["Zoë Ångström’s data", "病院 データ", "a b  c", "ü" * 80, "x" * 240, "%20$HOME;'\""],
    ids=["accents", "Japanese", "spaces", "long in bytes", "240 letters", "signs"],
)
def test_homes_with_unusual_names(name: str, tmp_path: Path, pack: Pack) -> None:
    data = tmp_path / name
    data.mkdir()
    consult = make_consult(pack, "ards")
    consult_file.save(data / f"{name[:60]}.cellroute", consult)
    assert consult_file.load(data / f"{name[:60]}.cellroute", pack) == consult
    running = journal.begin(data)
    running.keep(consult)
    running._lock.release()
    assert [left.consult for left in journal.left_behind(data, pack)[0]] == [consult]
    signer = signing.make_signer(tmp_path, pack)
    signing.trust(data, signer.private)
    installed.install(signer.signed(version="2027.01"), data, pack, today=signing.TODAY)
    assert load_current(data).version == "2027.01"


def test_a_path_that_is_too_long_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="too long"):
        files.save_bytes(tmp_path / ("x" * 260), b"a")


# -- damaged files


def test_a_consult_file_damaged_anywhere_is_refused_or_still_a_consult(pack: Pack) -> None:
    data = consult_file.encode(make_consult(pack, "knee_osteoarthritis", asked="iv", dose=5e7, has=["ultrasound"]))
    read, said = 0, []
    for place in range(len(data)):
        for damaged in (
            data[:place],
            data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :],
            data[:place] + bytes([data[place] ^ 0x01]) + data[place + 1 :],
            data[:place] + b"\x00" * (len(data) - place),
        ):
            try:
                consult_file.checked(consult_file.decode(damaged, "a", pack), pack)
                read += 1
            except CellRouteError as error:
                said.append(str(error))
    assert all(20 < len(sentence) < 400 for sentence in said)
    assert read < len(data) / 2


def test_a_damaged_overlay_never_stops_the_window(tmp_path: Path, pack: Pack) -> None:
    text = b'clinic = "A"\n\n[[need]]\nprocedure = "x"\nid = "ultrasound"\n'
    for place in range(len(text)):
        for damaged in (text[:place], text[:place] + bytes([text[place] ^ 0x80]) + text[place + 1 :]):
            (tmp_path / "overlay.toml").write_bytes(damaged)
            found, said = load_or_fall_back(tmp_path)
            assert found.version == pack.version
            assert not said or said.startswith("The clinic's own figures are left out: ")


@pytest.mark.parametrize("junk", [b"", b"\x00" * 4000, b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_is_one_sentence(junk: bytes) -> None:
    with pytest.raises(CellRouteError):
        clean_logo(junk)


# -- what others hold


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

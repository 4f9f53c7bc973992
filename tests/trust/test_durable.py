"""Nothing lost, nothing half-written: a kill at every call, folders that are gone or may only be read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core import consult_file, files, journal
from core.consult import make_consult
from core.errors import SaveError
from core.pack import installed
from core.pack.pack import Pack
from core.pack.read import load_current
from tests.core.pack import signing
from tests.running import bound_by_modes
from tests.trust.killing import STEPS, at_every_call

OLD, NEW = b"old " * 30_000, b"new " * 50_000


@pytest.mark.parametrize("kind", STEPS)
def test_a_kill_at_every_call_that_changes_the_disk_leaves_the_old_or_the_new(kind: str, tmp_path: Path) -> None:
    found = at_every_call(kind, tmp_path)
    assert found.damaged == 0
    assert found.old > 5
    assert found.new > 0


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
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "a").write_bytes(OLD)
    (folder / "a").chmod(0o444)
    folder.chmod(0o555)
    child = f"""
import sys
sys.path.insert(0, {str(files.__file__).rpartition("/core/")[0]!r})
from core import files
from core.errors import SaveError
for name in "ab":
    try:
        files.save_bytes({str(folder)!r} + "/" + name, b"new")
    except SaveError as error:
        print(error)
"""
    command = [*bound_by_modes(), sys.executable, "-c", child]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
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

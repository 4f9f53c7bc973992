"""Evidence that was brought in: two programs at once, disks and folders that fail, clocks that jump."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core import intake
from core.errors import CellRouteError, InputError
from core.files import hold
from core.pack import installed
from core.pack.installed import BusyError
from core.pack.pack import Pack
from core.pack.read import load_current
from core.pack.signed import RefusedError, Signed
from tests import ROOT
from tests.core.pack import signing
from tests.core.pack.signing import TODAY, Signer
from tests.running import bound_by_modes


def install(signer: Signer, version: str, **more: Any) -> Signed:
    """Bring in evidence of a version."""
    return installed.install(signer.signed(f"{version}.pack", version=version), signer.data, signer.pack, **more)


def in_force(signer: Signer) -> str:
    return load_current(signer.data).version


# -- what was looked at is what is kept


def test_the_bytes_that_were_looked_at_are_kept_whatever_becomes_of_the_file(signer: Signer, pack: Pack) -> None:
    path = signer.signed(version="2027.01")
    shown = path.read_bytes()
    found = installed.inspect(path, signer.data, pack, today=TODAY)
    for swap in (lambda: path.write_bytes(signer.bytes(version="2027.09")), path.unlink):
        swap()
        installed.put_in_force(found, signer.data, pack, today=TODAY)
        [kept] = (signer.data / "packs").glob("*.pack")
        assert kept.read_bytes() == shown
    assert in_force(signer) == "2027.01"


def test_everything_is_checked_again_when_it_is_put_in_force(signer: Signer, pack: Pack) -> None:
    path = signer.signed(version="2027.01", expires="2027-01-01")
    found = installed.inspect(path, signer.data, pack, today=TODAY)
    with pytest.raises(RefusedError, match="to be renewed by 2027-01-01"):
        installed.put_in_force(found, signer.data, pack, today=date(2027, 1, 2))
    installed.install(signer.signed("newer.pack", version="2027.02"), signer.data, pack, today=TODAY)
    with pytest.raises(RefusedError, match=r"older than 2027\.02"):
        installed.put_in_force(found, signer.data, pack, today=TODAY)
    signing.trust(signer.data, signer.private, revoked="stolen")
    with pytest.raises(RefusedError, match="stolen"):
        installed.put_in_force(found, signer.data, pack, today=TODAY)


def test_an_older_one_is_older_than_what_is_in_force_not_than_the_program_s_own(signer: Signer) -> None:
    install(signer, "2027.05", today=TODAY)
    with pytest.raises(RefusedError, match=r"older than 2027\.05") as caught:
        install(signer, "2027.04", today=TODAY)
    assert caught.value.reason == "older"
    install(signer, "2027.04", today=TODAY, older=True)
    assert in_force(signer) == "2027.04"


def test_going_back_leads_where_the_preview_said_or_nowhere(signer: Signer, pack: Pack) -> None:
    for version in ("2027.01", "2027.02"):
        install(signer, version, today=TODAY)
    preview = intake.look_back(signer.data, load_current(signer.data))
    assert preview.version.pack.version == "2027.01"
    install(signer, "2027.03", today=TODAY)  # another window
    with pytest.raises(InputError, match="Another window changed the evidence"):
        intake.use(preview, signer.data, TODAY)
    assert in_force(signer) == "2027.03"
    intake.use(intake.look_back(signer.data, pack), signer.data, TODAY)
    assert in_force(signer) == "2027.02"


def test_back_from_a_newer_program_s_own_leads_to_what_was_brought_in(
    signer: Signer, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("2027.01", "2027.02"):
        install(signer, version, today=TODAY)
    newer = Pack(msgspec.structs.replace(pack.whole, version="2028.01"), "newer")
    held = installed.shelf(signer.data, newer)
    assert (held.present.pack.version, held.before.pack.version) == ("2028.01", "2027.02")
    monkeypatch.setattr(installed, "load_builtin", lambda: newer)
    assert installed.roll_back(signer.data) == "2027.02"
    assert installed.in_force(signer.data, newer).version == "2027.02"
    assert installed.roll_back(signer.data) == ""
    assert installed.in_force(signer.data, newer) is newer


def test_the_shelf_tells_what_is_broken_and_still_knows_the_way_back(signer: Signer, pack: Pack) -> None:
    for version in ("2027.01", "2027.02"):
        install(signer, version, today=TODAY)
    [kept] = (signer.data / "packs").glob("evidence-2027.02-*.pack")
    kept.write_bytes(b"damaged")
    held = installed.shelf(signer.data, pack)
    assert held.present.pack is pack
    assert held.before.pack.version == "2027.01"
    assert kept.name in held.problem
    assert installed.roll_back(signer.data) == "2027.01"
    assert in_force(signer) == "2027.01"


# -- two at once


BRING = """
import sys
from datetime import date
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from core.errors import CellRouteError
from core.pack import installed
from core.pack.read import load_builtin
data, day = Path(sys.argv[2]), date.fromisoformat(sys.argv[3])
sys.stdin.readline()
for path in sys.argv[4:]:
    try:
        installed.install(Path(path), data, load_builtin(), today=day, older=True)
        print("in force")
    except CellRouteError as error:
        print(type(error).__name__, error)
"""


def test_programs_that_bring_in_at_once_leave_one_whole_evidence(signer: Signer) -> None:
    paths = [str(signer.signed(f"{n}.pack", version=f"2027.0{n}")) for n in range(1, 5)]
    children = []
    for turn in range(3):
        command = [sys.executable, "-c", BRING, str(ROOT), str(signer.data), str(TODAY), *paths[turn:], *paths[:turn]]
        children.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"))
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    said = [line for child in children for line in child.communicate()[0].splitlines()]
    assert len(said) == 12
    refused = [line for line in said if line != "in force"]
    assert all(line.startswith("BusyError Another CellRoute on this computer is changing") for line in refused)
    choice = installed.read_choice(signer.data)
    kept = {path.name for path in (signer.data / "packs").glob("*.pack")}
    assert kept == {choice.file, choice.previous} - {None}
    assert in_force(signer).startswith("2027.0")


def test_a_lock_that_is_held_is_a_clear_sentence_and_one_left_by_a_kill_is_none(signer: Signer) -> None:
    install(signer, "2027.01", today=TODAY)
    child = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from core.files import hold
held = hold({str(signer.data / "packs" / "lock")!r})
print("held" if held else "busy", flush=True)
sys.stdin.read()
"""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", child], stdin=pipe, stdout=pipe, encoding="utf-8") as holder:
        assert holder.stdout.readline() == "held\n"
        for change in (lambda: install(signer, "2027.02", today=TODAY), lambda: installed.roll_back(signer.data)):
            with pytest.raises(BusyError, match="Wait for it, then try again"):
                change()
        assert in_force(signer) == "2027.01"
        holder.send_signal(signal.SIGKILL)
    assert (signer.data / "packs" / "lock").exists()
    install(signer, "2027.02", today=TODAY)
    assert in_force(signer) == "2027.02"


def test_threads_of_one_program_wait_for_each_other_too(signer: Signer) -> None:
    (signer.data / "packs").mkdir()
    held = hold(signer.data / "packs" / "lock")
    with ThreadPoolExecutor() as threads, pytest.raises(BusyError):
        threads.submit(install, signer, "2027.01", today=TODAY).result()
    held.release()


# -- disks and folders


def as_a_reader(signer: Signer, *paths: Path) -> str:
    """What is said when somebody who may not write there brings evidence in."""
    child = """
import sys
sys.path.insert(0, sys.argv[1])
from datetime import date
from pathlib import Path
from core.errors import CellRouteError
from core.pack import installed
from core.pack.read import load_builtin
builtin = load_builtin()
data, day = Path(sys.argv[2]), date.fromisoformat(sys.argv[3])
path = Path(sys.argv[4])
for change in (lambda: installed.install(path, data, builtin, today=day), lambda: installed.roll_back(data)):
    try:
        change()
        print("done")
    except CellRouteError as error:
        print(error)
print(installed.shelf(data, builtin).present.pack.version)
"""
    command = [*bound_by_modes(), sys.executable, "-c", child, str(ROOT), str(signer.data), str(TODAY)]
    command += map(str, paths)
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_data_folder_that_can_only_be_read_is_one_sentence(signer: Signer) -> None:
    install(signer, "2027.01", today=TODAY)
    path = signer.signed(version="2027.02")
    for one in [signer.data, *signer.data.rglob("*")]:
        one.chmod(0o555 if one.is_dir() else 0o444)
    said = as_a_reader(signer, path).splitlines()
    assert said[2] == "2027.01"
    assert all("you may not do that there" in one and "packs" in one for one in said[:2])
    for one in [signer.data, *signer.data.rglob("*")]:
        one.chmod(0o755 if one.is_dir() else 0o644)
    assert {one.name.split("-")[0] for one in (signer.data / "packs").iterdir()} == {"evidence", "in", "lock"}


def test_a_data_folder_that_vanished_between_look_and_use_is_made_again_or_told(signer: Signer, pack: Pack) -> None:
    found = installed.inspect(signer.signed(version="2027.01"), signer.data, pack, today=TODAY)
    away = signer.data.rename(signer.data.parent / "away")
    with pytest.raises(RefusedError, match="does not trust"):  # its key went with it
        installed.put_in_force(found, signer.data, pack, today=TODAY)
    shutil.rmtree(signer.data)
    signer.data.write_text("a file where the data folder was", encoding="utf-8")
    with pytest.raises(CellRouteError, match=r"a part of the path is a file|a file of that name"):
        installed.put_in_force(found, signer.data, pack, today=TODAY)
    signer.data.unlink()
    away.rename(signer.data)
    installed.put_in_force(found, signer.data, pack, today=TODAY)
    assert in_force(signer) == "2027.01"


@pytest.mark.parametrize(
    "name", ["Zoë Ångström’s data", "病院 データ", "a b  c", "x" * 120 + "/" + "y" * 118], ids=range(4)
)
def test_unusual_homes_bring_in_and_go_back(name: str, tmp_path: Path, pack: Pack) -> None:
    """The last path has 240 characters below the folder of the test."""
    home = tmp_path / name
    home.mkdir(parents=True)
    signer = signing.make_signer(home, pack)
    installed.install(signer.signed(f"Ünïcode {name[:20]}.pack", version="2027.01"), signer.data, pack, today=TODAY)
    assert in_force(signer) == "2027.01"
    assert installed.roll_back(signer.data) == ""
    assert in_force(signer) == pack.version


def test_a_path_too_long_for_the_disk_is_one_sentence(tmp_path: Path, pack: Pack) -> None:
    data = tmp_path.joinpath(*["x" * 250] * 17)
    signer = signing.make_signer(tmp_path, pack)
    found = installed.inspect(signer.signed(version="2027.01"), signer.data, pack, today=TODAY)
    with pytest.raises(CellRouteError, match="too long"):
        installed.put_in_force(found, data, pack, today=TODAY)


# -- clocks


def test_a_clock_years_off_refuses_with_both_days_and_loses_nothing(signer: Signer, pack: Pack) -> None:
    install(signer, "2027.01", today=TODAY)
    path = signer.signed(version="2027.02")
    for day, reason in (
        (date(1970, 1, 1), "clock"), (date(2000, 2, 29), "clock"), (TODAY - timedelta(days=3), "clock"),
        (date.fromisoformat(pack.expires) + timedelta(days=1), "expired"), (date(9999, 12, 31), "expired"),
    ):  # fmt: skip
        with pytest.raises(RefusedError) as caught:
            installed.install(path, signer.data, pack, today=day)
        assert caught.value.reason == reason
        assert str(day) in str(caught.value)
        assert in_force(signer) == "2027.01"
    installed.install(path, signer.data, pack, today=TODAY - timedelta(days=2))
    assert in_force(signer) == "2027.02"


@pytest.mark.parametrize("stamp", [0, 1, 4_000_000_000, 2**33], ids=["1970", "a second later", "2096", "2242"])
def test_dates_of_files_do_not_decide_which_evidence_is_in_force(stamp: int, signer: Signer) -> None:
    for version in ("2027.01", "2027.02"):
        install(signer, version, today=TODAY)
    for path in (signer.data / "packs").iterdir():
        os.utime(path, (stamp, stamp))
    assert in_force(signer) == "2027.02"
    assert installed.roll_back(signer.data) == "2027.01"

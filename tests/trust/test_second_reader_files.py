"""What a reader who did not write the program found in files and evidence, each kept from coming back."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from core.consult import make_consult
from core.errors import InputError, PackError, SaveError
from core.files import save_bytes
from core.recommend import recommend
from tests import ROOT

if TYPE_CHECKING:
    from core.pack.pack import Pack


def test_a_whole_copy_that_a_kill_left_is_removed_by_the_next_save(tmp_path: Path) -> None:
    """Writing over a file gives the new one a name beside it for an instant; a kill then leaves it there."""
    left = tmp_path / ".cellroute-0123456789abcdef.part"
    left.write_bytes(b"J. Doe")
    old = time.time() - 3600
    os.utime(left, (old, old))
    save_bytes(tmp_path / "another.pdf", b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["another.pdf"]


def test_two_windows_take_no_setting_from_each_other(tmp_path: Path) -> None:
    from ui.settings import SettingsFile

    one, other = SettingsFile(tmp_path), SettingsFile(tmp_path)
    one.change(letterhead="Riverside Clinic", clinic_has=("ultrasound",))
    other.change(theme="dark")
    again = SettingsFile(tmp_path).now
    assert (again.letterhead, again.clinic_has, again.theme) == ("Riverside Clinic", ("ultrasound",), "dark")


OWN = """clinic = "Smith J, Doe A"
[[study]]
id = "own-a"
title = "Counts"
year = 2024
read = "full_text"
[[measurement]]
id = "own-{hours}"
study = "own-a"
route = "iv"
target = "knee_joint"
species = "human"
cells = "bm_msc"
readout = "cells"
method = "counted"
denominator = "injected_cells"
value = 0.9
n = 1000
time_h = {hours}
where = "our records"
"""


@pytest.mark.parametrize(("hours", "said_there"), [(24, "own count is part"), (672, "this clinic's own count.")])
def test_a_figure_of_the_clinic_itself_says_so_wherever_it_stands(tmp_path: Path, hours: int, said_there: str) -> None:
    """An overlay is not signed: what it moves must never look like evidence that somebody checked."""
    from core.handout.content import handout
    from core.handout.model import HandoutOptions
    from core.handout.plain import plain_text
    from core.note import note
    from core.pack.read import load_current

    (tmp_path / "overlay.toml").write_text(OWN.format(hours=hours), encoding="utf-8")
    pack = load_current(tmp_path)
    found = recommend(pack, make_consult(pack, "knee_osteoarthritis", asked="iv"))
    sheet = handout(pack, found, HandoutOptions())
    assert said_there in plain_text(sheet)
    assert "Smith J, Doe A (this clinic's own) 2024" in [one.short for one in sheet.sources]
    if hours == 24:
        for told in (found.subline, note(pack, found), " ".join(found.option("iv_none").reasons)):
            assert "with this clinic's own figures" in told


def test_figures_of_animals_reach_no_patient(pack: Pack, tmp_path: Path) -> None:
    from core import consult_file
    from core.handout.content import handout
    from core.handout.model import HandoutOptions

    consult = make_consult(pack, "knee_osteoarthritis", asked="iv", species="mouse")
    with pytest.raises(InputError, match="for a patient"):
        handout(pack, recommend(pack, consult), HandoutOptions())
    consult_file.save(tmp_path / "one.cellroute", consult)
    with pytest.raises(InputError, match="answers for people"):
        consult_file.load(tmp_path / "one.cellroute", pack)


def test_fewer_than_one_cell_hides_no_range(pack: Pack) -> None:
    from core.handout.evidence import cells_in_place
    from core.handout.runs import said
    from core.handout.say import Say
    from core.results import Delivered

    say = Say(pack, "en")
    bound = Delivered(median=3e-6, low=0.0, high=4e-5, basis="modelled", measured_share=0.0, below=True)
    assert cells_in_place(say, bound, "eye", 1_000_000).figure == "fewer than 40 of a million"
    rare = Delivered(median=2e-7, low=1e-8, high=5e-6, basis="modelled", measured_share=0.0)
    cell = cells_in_place(say, rare, "eye", 1_000_000)
    assert "likely up to 5" in " ".join(map(said, cell.sentences))
    assert not cells_in_place(say, replace(rare, median=0.005), "eye", 100).figure.startswith("0 ")


def test_a_lock_on_a_file_that_was_removed_meanwhile_is_no_lock(tmp_path: Path) -> None:
    """Else the journal of a window that runs could be taken for one that was left behind."""
    import fcntl

    from core import files

    path = tmp_path / "one.lock"
    removed: list[int] = []
    flock = fcntl.flock

    def slow(handle: int, how: int) -> None:
        if not removed:
            removed.append(handle)
            path.unlink()  # another window tidies up between the opening and the locking
        flock(handle, how)

    fcntl.flock = slow
    try:
        held = files.hold(path)
    finally:
        fcntl.flock = flock
    assert held is not None
    assert path.exists()
    assert files.hold(path) is None
    held.release()


@pytest.mark.parametrize("name", ["Riverside\u202e", "River\u200bside", " ", "x" * 121, "a\nb"])
def test_a_name_cannot_hide_whose_a_figure_or_a_key_is(tmp_path: Path, name: str) -> None:
    from core.pack.keys import read_key
    from core.pack.overlay import read_overlay

    written = name.replace("\n", "\\n")
    (tmp_path / "overlay.toml").write_text(f'clinic = "{written}"\n', encoding="utf-8")
    with pytest.raises(PackError, match="clinic"):
        read_overlay(tmp_path / "overlay.toml")
    key = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    text = f'holder = "{written}"\npublic = "{key}"\nuntil = "2030-01-01"\n'
    (tmp_path / "key.toml").write_text(text, encoding="utf-8")
    if name.strip():
        with pytest.raises(PackError, match="holder"):
            read_key(tmp_path / "key.toml")


def test_a_batch_runs_no_code_of_the_folder_that_it_is_called_in(tmp_path: Path) -> None:
    """A table often lies on a stick, and so might a file called like a module of Python."""
    for name in ("multiprocessing", "numpy", "msgspec", "core", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("open('it-ran', 'w').close()\n", encoding="utf-8")
    rows = "".join(f"copd,iv,{number}e6\n" for number in range(1, 80))
    (tmp_path / "in.csv").write_text(f"condition,route,dose\n{rows}", encoding="utf-8")
    command = [sys.executable, str(ROOT / "main.py"), "rank", "--batch", "in.csv", "--out", "out.csv", "--jobs", "2"]
    ended = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert not (tmp_path / "it-ran").exists()
    assert (ended.returncode, ended.stdout) == (0, "out.csv: 79 consults, 0 of them could not be answered.\n")


@pytest.mark.parametrize("content", ["name,value\nx,1\nimportant,42", "42", "condition\ncopd"])
def test_a_batch_takes_nothing_off_a_table_that_is_not_its_own(tmp_path: Path, content: str) -> None:
    from core.commands.parser import make_parser
    from core.commands.rank import run

    for ending in (".csv", ".jsonl"):
        (tmp_path / "in.csv").write_text("condition\ncopd\n", encoding="utf-8")
        out = tmp_path / f"out{ending}"
        out.write_text(content, encoding="utf-8")
        given = make_parser().parse_args(["rank", "--batch", str(tmp_path / "in.csv"), "--out", str(out)])
        with pytest.raises(InputError, match="something else"):
            run(given, io.StringIO())
        assert out.read_text(encoding="utf-8") == content


def test_a_file_that_may_only_be_read_stays_and_a_device_is_no_folder(tmp_path: Path) -> None:
    kept = tmp_path / "kept.pdf"
    kept.write_bytes(b"old")
    kept.chmod(0o444)
    with pytest.raises(SaveError, match="may only be read"):
        save_bytes(kept, b"new")
    assert kept.read_bytes() == b"old"
    with pytest.raises(SaveError, match="a device or a pipe"):
        save_bytes("/dev/full", b"new")


@pytest.mark.parametrize("odd", ["{cells:>999999999999}", "{cells!r:>9}", "{cells.__class__}", "{cells[0]}", "{0}"])
def test_a_text_of_a_pack_is_filled_in_and_never_run(pack: Pack, odd: str) -> None:
    """A signed text with a width would fill the memory; one with an attribute would look into the program."""
    from core.pack.check import faults

    texts = {language: {**of, "say.sure_people": odd} for language, of in pack.whole.texts.items()}
    found = list(faults(replace(pack.whole, texts=texts)))
    assert {one.table for one in found} == {"texts/en", "texts/es"}
    assert all("more than the name" in one.problem for one in found)

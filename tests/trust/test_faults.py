"""Small files damaged at every byte, names that lead elsewhere, files that others hold, and homes far down the disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import consult_file
from core.consult import make_consult
from core.errors import CellRouteError
from core.pack import installed
from core.pack.pack import Pack
from core.pack.read import load_or_fall_back
from tests import ROOT
from tests.core.pack import signing
from ui.settings import Settings, SettingsFile


def damaged(data: bytes) -> Iterator[bytes]:
    """Cut at every length, one bit and all bits of every byte turned, zeroes from every byte on."""
    for place in range(len(data)):
        yield data[:place]
        for mask in (0x01, 0x80, 0xFF):
            yield data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]
        yield data[:place] + b"\x00" * (len(data) - place)


# -- small files


def test_settings_damaged_anywhere_never_stop_the_start_and_are_kept(tmp_path: Path) -> None:
    SettingsFile(tmp_path).change(theme="dark", clinic_has=("ultrasound",), text_size=120, jurisdiction="uk")
    path = tmp_path / "settings.json"
    good = path.read_bytes()
    problems = 0
    for data in damaged(good):
        path.write_bytes(data)
        settings = SettingsFile(tmp_path)
        assert isinstance(settings.now, Settings)
        aside = tmp_path / "settings.json.bad"
        if settings.problem:
            problems += 1
            assert aside.read_bytes() == data
            aside.unlink()
        assert not aside.exists()
    assert problems > len(good)


def test_which_evidence_is_in_force_damaged_anywhere_is_the_old_the_own_or_a_sentence(
    tmp_path: Path, pack: Pack
) -> None:
    signer = signing.make_signer(tmp_path, pack)
    installed.install(signer.signed(version="2027.01"), signer.data, pack, today=signing.TODAY)
    path = signer.data / installed.FOLDER / installed.CHOICE
    good = path.read_bytes()
    told = 0
    for data in damaged(good):
        path.write_bytes(data)
        found, said = load_or_fall_back(signer.data)
        assert found.version in ("2027.01", pack.version)
        told += bool(said)
        # Without a word it is another spelling of the same, or of "the program's own", and nothing else.
        if not said:
            choice = installed.read_choice(signer.data)
            assert found.version == (pack.version if choice.file is None else "2027.01")
    assert told > 4 * len(good)


def test_a_consult_file_damaged_anywhere_is_refused_or_still_a_consult(pack: Pack) -> None:
    good = consult_file.encode(make_consult(pack, "knee_osteoarthritis", asked="iv", dose=5e7, has=["ultrasound"]))
    read, said = 0, []
    for data in damaged(good):
        try:
            consult_file.checked(consult_file.decode(data, "a", pack), pack)
            read += 1
        except CellRouteError as error:
            said.append(str(error))
    assert all(20 < len(sentence) < 400 for sentence in said)
    assert read < len(good) / 2


def test_a_damaged_overlay_never_stops_the_window(tmp_path: Path, pack: Pack) -> None:
    for data in damaged(b'clinic = "A"\n\n[[need]]\nprocedure = "x"\nid = "ultrasound"\n'):
        (tmp_path / "overlay.toml").write_bytes(data)
        found, said = load_or_fall_back(tmp_path)
        assert found.version == pack.version
        assert not said or said.startswith("The clinic's own figures are left out: ")


@pytest.mark.parametrize(
    "name",
    [
        "../../x.pack", "..\\..\\x.pack", "/etc/passwd", "C:\\Windows\\win.ini", "\\\\server\\share\\a.pack",
        "//server/share/a.pack", "file:///etc/passwd", "packs/../x.pack", "a\x00.pack", "",
        "evidence-2027.01-0123456789abcdef.pack/../../x.pack", "evidence-../..-0123456789abcdef.pack",
        "evidence-2027.01-0123456789abcdef.pack\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["file", "previous"])
def test_no_name_in_a_file_leads_out_of_its_folder(field: str, name: str, tmp_path: Path, pack: Pack) -> None:
    data = tmp_path / "data"
    (data / "packs").mkdir(parents=True)
    (data / "packs" / installed.CHOICE).write_text(json.dumps({"scheme": 1, field: name}), encoding="utf-8")
    found, said = load_or_fall_back(data)
    assert found.version == pack.version
    assert "which evidence is in force can no longer be read" in said


SAVING = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from core import consult_file
from core.consult import make_consult
from core.errors import CellRouteError
from core.pack.read import load_builtin
from ui.settings import SettingsFile
pack, folder, mine = load_builtin(), Path({folder!r}), {mine!r}
consult = make_consult(pack, mine)
for number in range(150):
    consult_file.save(folder / "a.cellroute", consult)
    SettingsFile(folder).change(text_size=100 + number % 50)
"""


def test_two_programs_that_save_the_same_files_at_once_leave_one_whole_of_each(tmp_path: Path, pack: Pack) -> None:
    both = ("ards", "knee_osteoarthritis")
    children = [
        subprocess.Popen([sys.executable, "-c", SAVING.format(root=str(ROOT), folder=str(tmp_path), mine=one)])
        for one in both
    ]
    assert [child.wait(timeout=120) for child in children] == [0, 0]
    assert consult_file.load(tmp_path / "a.cellroute", pack).condition in both
    assert SettingsFile(tmp_path).now.text_size == 149
    assert SettingsFile(tmp_path).problem == ""
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".") or ".bad" in path.name]


# -- homes


def deep(base: Path, letter: str, length: int) -> Path:
    """A folder below `base` whose whole path has so many characters."""
    path = base
    while len(str(path)) + 1 < length:
        path /= letter * max(1, min(40, length - len(str(path)) - 1))
    return path


@pytest.mark.parametrize("name", ["José Ñandú 的 home", "240"])
def test_window_and_commands_live_in_any_home(name: str, tmp_path: Path, pack: Pack) -> None:
    home = tmp_path / name if name != "240" else deep(tmp_path, "h", 240)
    home.mkdir(parents=True)
    assert name != "240" or len(str(home)) == 240
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("XDG_")},
        "HOME": str(home), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip

    def program(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *words],
            env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip

    consult_file.save(home / "a ü.cellroute", make_consult(pack, "ards"))
    shown = program("--consult", str(home / "a ü.cellroute"), "--screenshot", str(home / "ü.png"))
    assert shown.returncode == 0, shown.stderr
    assert (home / "ü.png").stat().st_size > 10_000
    assert program("--quit-after-paint").returncode == 0
    sheet = home / "sheet ü.pdf"
    made = program("handout", "--condition", "ards", "--output", str(sheet))
    assert made.returncode == 0, made.stderr
    assert sheet.read_bytes().startswith(b"%PDF")
    checked = program("selfcheck")
    assert "folders      ok" in checked.stdout, checked.stdout

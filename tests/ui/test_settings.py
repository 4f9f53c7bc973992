"""Settings survive what disks and people do to them."""

import os
from pathlib import Path

import msgspec
import pytest

from ui.settings import Settings, SettingsFile


def test_what_is_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    SettingsFile(tmp_path / "a" / "b").change(theme="dark", clinic_has=("ct",), text_size=120)
    again = SettingsFile(tmp_path / "a" / "b").now
    assert (again.theme, again.clinic_has, again.text_size) == ("dark", ("ct",), 120)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 400,
        b"{",
        b"[1, 2]",
        b'"x"',
        b"\xff\xfe",
        b"[" * 5000,
        b'{"theme": 7}',
        b'{"theme": "pink", "nonsense": 1}',
    ],
)
def test_a_broken_file_never_stops_the_start_and_is_kept(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(data)
    settings = SettingsFile(tmp_path)
    assert settings.now.theme == "system"
    assert "settings.json.bad" in settings.problem
    assert [one.read_bytes() for one in tmp_path.glob("settings.json.bad*")] == [data]


def test_the_good_fields_of_a_bad_file_are_kept(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b'{"theme": "dark", "text_size": 5000, "paper": "letter"}')
    settings = SettingsFile(tmp_path)
    assert (settings.now.theme, settings.now.text_size, settings.now.paper) == ("dark", 100, "letter")
    assert "settings.json.bad" in settings.problem


def test_a_disk_that_cannot_be_written_is_said_and_the_settings_hold(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    settings = SettingsFile(tmp_path / "taken")
    settings.change(theme="dark")
    assert settings.now.theme == "dark"
    assert settings.problem


def test_a_logo_is_kept_for_its_user_alone_until_it_is_taken_away(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "config")
    assert settings.logo() is None
    settings.keep_logo(b"a picture")
    assert SettingsFile(tmp_path / "config").logo() == b"a picture"
    (kept,) = (tmp_path / "config").iterdir()
    if os.name == "posix":
        assert kept.stat().st_mode & 0o777 == 0o600
    settings.keep_logo(None)
    assert settings.logo() is None
    assert not kept.exists()


def test_nothing_about_a_patient_can_be_kept() -> None:
    names = set(Settings.__struct_fields__)
    assert not names & {"patient", "name", "birth", "factors", "consult", "condition", "dose", "note"}
    with pytest.raises(TypeError):
        msgspec.structs.replace(Settings(), patient={"x": "yes"})


def test_recent_files_are_few_and_newest_first(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    for number in range(12):
        settings.remember(Path(f"/c/{number}.cellroute"))
    settings.remember(Path("/c/9.cellroute"))
    assert settings.recent[0] == str(Path("/c/9.cellroute"))
    assert len(settings.recent) == len(set(settings.recent)) == 8


def test_damaged_settings_come_back_from_the_ones_before(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path)
    settings.change(theme="dark")
    settings.change(text_size=120)
    (tmp_path / "settings.json").write_bytes(b"\x00" * 90)
    again = SettingsFile(tmp_path)
    assert again.now.theme == "dark"
    assert again.problem
    assert (tmp_path / "settings.json.bad").exists()

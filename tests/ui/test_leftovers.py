"""What a killed save leaves is gone at the next save there, or at the next start where the folder is known."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from core.files import leftovers, remove_leftovers, save_bytes
from tests.trust.killing import Kills
from ui.safety import Safety, known_folders

if TYPE_CHECKING:
    from ui.window import Window

NAME = ".cellroute-0123456789abcdef.part"


def leftover(folder: Path, age: float = 3600.0) -> Path:
    """An unfinished neighbour, so many seconds old by the clock of now."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    path.write_bytes(b"%PDF J. Doe")
    when = time.time() - age
    os.utime(path, (when, when))
    return path


def test_the_next_start_clears_the_folders_that_the_program_may_know(
    window: Window, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    data, config = tmp_path / "data", window.settings.path.parent
    places = [tmp_path / "home", tmp_path / "home" / "Documents", data, data / "packs", config]
    left = [leftover(one) for one in places]
    elsewhere = leftover(tmp_path / "elsewhere")
    mine = tmp_path / "home" / "handout.pdf"
    mine.write_bytes(b"%PDF")
    safety = Safety(window, data)
    qtbot.waitUntil(lambda: not safety._cleaner.busy())
    assert [path for path in left if path.exists()] == []
    assert mine.exists()
    assert elsewhere.exists()  # its folder is stored nowhere
    save_bytes(elsewhere.parent / "another.pdf", b"%PDF")
    assert not elsewhere.exists()
    safety.end()


def test_what_was_left_a_moment_before_the_start_is_cleared_a_little_later(
    window: Window, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.safety.LATER", 300)
    path = leftover(tmp_path / "data", age=leftovers._AGE - 0.2)
    safety = Safety(window, tmp_path / "data")
    qtbot.waitUntil(lambda: not safety._cleaner.busy())
    qtbot.waitUntil(lambda: not path.exists(), timeout=5_000)
    safety.end()


def test_the_dialogs_begin_in_folders_that_are_cleared(window: Window, tmp_path: Path) -> None:
    folders = known_folders(tmp_path / "data", tmp_path / "config")
    assert Path(window._folder()) in folders
    assert Path.home() in folders


@pytest.mark.parametrize("age", [-20 * 365 * 86_400, -3600, 3600, 20 * 365 * 86_400], ids=str)
def test_a_clock_that_was_set_years_back_or_forward_hides_none(age: float, tmp_path: Path) -> None:
    path = leftover(tmp_path, age)
    assert remove_leftovers(tmp_path) == 1
    assert not path.exists()


def test_only_plain_names_of_ours_are_removed_and_links_never_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"kept")
    (tmp_path / ".cellroute-1.part").symlink_to(target)
    os.utime(tmp_path / ".cellroute-1.part", (1, 1), follow_symlinks=False)
    (tmp_path / ".cellroute-2.part").mkdir()
    for name in ("a.part", ".cellroute-x.pdf", "cellroute-1.part"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1, 1))
    assert remove_leftovers(tmp_path) == 1
    assert target.read_bytes() == b"kept"
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"target", ".cellroute-2.part", "a.part", ".cellroute-x.pdf", "cellroute-1.part"}


def test_where_files_must_have_names_a_kill_leaves_only_what_is_cleared(tmp_path: Path) -> None:
    """The same kills on a system without nameless files: an unfinished neighbour is left, and known by its name."""
    kills = Kills("handout", tmp_path, seed=4, nameless=False)
    found = kills.many(25)
    left = [path for path in kills.folder.iterdir() if path.name != "handout.pdf"]
    assert found.damaged == 0
    assert left
    for path in left:
        os.utime(path, (1, 1))
    save_bytes(kills.folder / "another.pdf", b"%PDF")
    assert {path.name for path in kills.folder.iterdir()} == {"handout.pdf", "another.pdf"}

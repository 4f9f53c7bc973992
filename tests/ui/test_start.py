"""Starting in odd places, with odd words, by a file, and for a picture."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT

OPENED_WITH_IT = """
import sys
sys.platform = "darwin"
from pathlib import Path
from types import SimpleNamespace
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from ui import app as ui_app
app = ui_app.application()
options = SimpleNamespace(config=sys.argv[1], data=Path(sys.argv[1]), quit_after_paint=True)
window = ui_app.open_window(app, options, None)
knee, stroke = (QFileOpenEvent(QUrl.fromLocalFile(path)) for path in sys.argv[2:])
conditions = []
def note(recommendation):
    conditions.append(recommendation.consult.condition)
    if len(conditions) == 1:
        QCoreApplication.sendEvent(app, stroke)
    elif conditions[-1] == "ischaemic_stroke":
        app.quit()
window.store.changed.connect(note)
QCoreApplication.sendEvent(app, knee)  # before anything is painted, as when the program is started by a file
app.exec()
window.store.worker.stop()
print(conditions[0], conditions[-1])
"""


def run(*args: object, **env: str) -> subprocess.CompletedProcess[str]:
    """A program of its own."""
    command, here = [sys.executable, *map(str, args)], {**os.environ, **env}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, env=here)


@pytest.mark.parametrize("config", ["plain", "ünïcode ☃", "a/b/c/d"])
def test_it_starts_with_any_folder_for_its_settings(tmp_path: Path, config: str) -> None:
    done = run("main.py", "--quit-after-paint", "--config", tmp_path / config)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_picture_has_the_size_and_the_state_that_were_asked_for(tmp_path: Path, pack, qapp) -> None:
    from PySide6.QtGui import QImage

    from core import consult_file
    from core.consult import make_consult

    consult_file.save(tmp_path / "c.cellroute", make_consult(pack, "knee_osteoarthritis", asked="iv"))
    for theme, dark in (("light", False), ("dark", True)):
        picture = tmp_path / f"{theme}.png"
        wanted = ("--screenshot", picture, "--size", "1366x768", "--theme", theme)
        done = run("main.py", "--consult", tmp_path / "c.cellroute", *wanted)
        assert done.returncode == 0, done.stderr
        image = QImage(str(picture))
        assert (image.width(), image.height()) == (1366, 768)
        assert (image.pixelColor(3, 400).lightness() < 60) == dark


def test_a_picture_leaves_nothing_but_itself(tmp_path: Path, pack) -> None:
    from core import consult_file
    from core.consult import make_consult

    consult_file.save(tmp_path / "c.cellroute", make_consult(pack, "knee_osteoarthritis", asked="iv"))
    places = {name: str(tmp_path / name) for name in ("TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    for place in places.values():
        Path(place).mkdir()
    done = run("main.py", "--consult", tmp_path / "c.cellroute", "--screenshot", tmp_path / "x.png", **places)
    assert done.returncode == 0, done.stderr
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"c.cellroute", "x.png"}


def test_on_macos_files_are_opened_that_the_system_hands_over(tmp_path: Path, pack) -> None:
    from core import consult_file
    from core.consult import make_consult

    files = [tmp_path / "knie größer.cellroute", tmp_path / "b.cellroute"]
    for path, condition in zip(files, ("knee_osteoarthritis", "ischaemic_stroke"), strict=True):
        consult_file.save(path, make_consult(pack, condition, asked="iv"))
    done = run("-c", OPENED_WITH_IT, tmp_path, *files)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["knee_osteoarthritis", "ischaemic_stroke"]


@pytest.mark.parametrize("size", ["huge", "0x0", "1366x", "99999x99999", "-5x5"])
def test_a_bad_size_is_refused_in_one_sentence(tmp_path: Path, size: str) -> None:
    done = run("main.py", "--screenshot", tmp_path / "x.png", f"--size={size}")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_bad_consult_file_ends_a_picture_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "bad.cellroute").write_bytes(b"\0")
    done = run("main.py", "--screenshot", tmp_path / "x.png", "--consult", tmp_path / "bad.cellroute")
    assert done.returncode == 2
    assert "bad.cellroute" in done.stderr
    assert "Traceback" not in done.stderr


OPENED = """
import sys
from pathlib import Path
from types import SimpleNamespace
from ui import app as ui_app
consult = sys.argv[2] if len(sys.argv) > 2 else None
options = SimpleNamespace(config=sys.argv[1], data=Path(sys.argv[1]), consult=consult)
window = ui_app.open_window(ui_app.application(), options, None)
"""
BEGUN = """
window.store.choose_condition("knee_osteoarthritis")
print(window.store.consult.has, window.store.consult.jurisdiction)
"""


def test_settings_that_name_what_the_evidence_no_longer_holds_stop_no_consult(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"clinic_has": ["ultrasound", "gone"], "jurisdiction": "gone"}')
    done = run("-c", OPENED + BEGUN, tmp_path)
    assert done.stdout == "('ultrasound',) None\n", done.stderr


def test_the_file_that_it_was_opened_with_is_among_the_recent_ones(tmp_path: Path, pack) -> None:
    from core import consult_file
    from core.consult import make_consult

    file = tmp_path / "knee.cellroute"
    consult_file.save(file, make_consult(pack, "knee_osteoarthritis"))
    done = run("-c", OPENED + "print(window.settings.recent)", tmp_path, file)
    assert done.stdout == f"{(str(file),)}\n", done.stderr
    file.write_bytes(b"{}")
    assert run("-c", OPENED + "print(window.settings.recent)", tmp_path, file).stdout == "()\n"

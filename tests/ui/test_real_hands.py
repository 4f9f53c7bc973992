"""A whole consult in a real window on a virtual screen, by keyboard alone and by mouse alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

WALK = """
import sys, time
from types import SimpleNamespace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from ui.app import open_window

app = QApplication(["cellroute"])
assert app.platformName() == "xcb", app.platformName()
window = open_window(app, SimpleNamespace(config=sys.argv[2], quit_after_paint=False), (1366, 690))

def until(what, said):
    end = time.monotonic() + 30
    while not what():
        assert time.monotonic() < end, said
        app.processEvents()
        time.sleep(0.01)

def rest():
    until(lambda: not window.store.working, "never at rest")
    for _ in range(5):
        app.processEvents()

def key(name, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, name, modifier)
    rest()

def click(widget, point=None):
    where = point or widget.rect().center()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)
    rest()

until(lambda: window.isActiveWindow() or any(d.isVisible() for d in window.findChildren(QDialog)), "no window")
welcome = next(d for d in window.findChildren(QDialog) if d.isVisible())
actions = 0
"""

KEYS = (
    WALK
    + """
CTRL = Qt.KeyboardModifier.ControlModifier
welcome.close_button.setFocus()
key(Qt.Key.Key_Space)                       # the question of the first start
window.activateWindow()                     # there is no window manager to give the keys back
until(lambda: QApplication.focusWidget() is window.choose.condition, "the caret is not in the condition")
QTest.keyClicks(window.choose.condition, "knee"); actions += 1
key(Qt.Key.Key_Return); actions += 1
until(lambda: window.store.recommendation is not None, "no ranking")
while QApplication.focusWidget() is not window.choose.route:
    key(Qt.Key.Key_Tab)
actions += 1                                 # Tab to the route
key(Qt.Key.Key_Space); actions += 1          # the vein is asked about
assert window.store.consult.asked == "iv", window.store.consult
key(Qt.Key.Key_P, CTRL); actions += 1
until(lambda: any(d.isVisible() and getattr(d, "pdf", None) for d in window.findChildren(QDialog)), "no handout")
until(lambda: any(type(d).__name__ == "QPrintDialog" for d in QApplication.topLevelWidgets()), "no print dialog")
print("actions", actions + 1)                # and Enter in the print dialog
assert actions + 1 <= 6
"""
)

MOUSE = (
    WALK
    + """
click(welcome.close_button)
body = window.start.map
region = body.centre_of("knee").toPoint()
window.choose.offer_conditions("knee", body)
menu = next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "QMenu" and w.isVisible())
action = menu.actions()[0]
click(menu, menu.actionGeometry(action).center())
until(lambda: window.store.recommendation is not None, "no ranking")
assert window.store.consult.condition == "knee_osteoarthritis"
click(window.choose.route, QPoint(20, 15))
assert window.store.consult.asked == "iv"
click(window.choose.clinic.chips["ultrasound"])
assert "ultrasound" not in window.store.consult.has
click(next(iter(window.choose.patient.answers.values())))
assert window.store.consult.patient
row = window.ranking.rows.rows[-1]
window.ranking.scroll.ensureWidgetVisible(window.ranking.rows.button(row.id)); rest()
click(window.ranking.rows.button(row.id))
assert window.store.selected == row.id
bar = window.tabs.tabBar()
for place in range(bar.count()):
    click(bar, bar.tabRect(place).center())
    assert window.tabs.currentIndex() == place
click(window.undo_button)
assert not window.store.consult.patient
click(window.chart_button)
assert "CellRoute" in app.clipboard().text()
click(window.patient_button)
click(window.stack.currentWidget().back)
assert window.stack.currentWidget() is window.main
click(window.handout_button)
until(lambda: any(d.isVisible() and getattr(d, "pdf", None) for d in window.findChildren(QDialog)), "no handout")
dialog = next(d for d in window.findChildren(QDialog) if d.isVisible() and getattr(d, "pdf", None))
assert dialog.save_to(__import__("pathlib").Path(sys.argv[1]) / "handout.pdf")
click(dialog.close_button)
"""
)

END = """
window.close()
rest()
import os
sys.stdout.flush()
os._exit(0)
"""


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """The environment of a program that has a screen."""
    xvfb = shutil.which("Xvfb")
    assert xvfb, "Xvfb is missing; `python3 run.py test` brings it or says how"
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with open(reading, encoding="ascii") as display:
        number = display.readline().strip()
    yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    server.terminate()
    server.wait()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a virtual screen")
@pytest.mark.parametrize("walk", [KEYS, MOUSE], ids=["keyboard", "mouse"])
def test_a_whole_consult(screen: dict[str, str], tmp_path: Path, walk: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", walk + END, str(tmp_path), str(tmp_path / "config")],
        cwd=ROOT, env={**os.environ, **screen}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr

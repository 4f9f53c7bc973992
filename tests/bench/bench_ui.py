"""How quickly the window answers: a slider's move to the painted ranking, and whole starts beside a bare window.

Starts are measured as whole processes by `bench_start.py`'s means; here they end with a ranking on the screen.
"""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
FRAME = 0.016
"""Seconds; from a slider's move to the painted order, as the median."""

PANELS = """
import os, sys
from types import SimpleNamespace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import app as ui_app
app = QApplication(["cellroute"])
consult = sys.argv[2] if len(sys.argv) > 2 else None
window = ui_app.open_window(app, SimpleNamespace(config=sys.argv[1], consult=consult), (1366, 768))
window.settings.change(started=True)
def leave():
    window.repaint()
    os._exit(0)
if consult:
    window.painted.connect(lambda: window.store.changed.connect(lambda _r: QTimer.singleShot(0, leave)))
else:
    window.painted.connect(lambda: QTimer.singleShot(0, leave))
app.exec()
"""


def child(*args: str) -> None:
    """Run a child Python to its end."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, *args], cwd=ROOT, env=environment, check=True)


def test_our_panels(benchmark: Any, tmp_path: Path) -> None:
    """All panels painted, nothing chosen."""
    benchmark.extra_info.update(beside="bare_window")
    (tmp_path / "settings.json").write_text('{"started": true}')
    benchmark.pedantic(child, args=("-c", PANELS, str(tmp_path)), rounds=10, warmup_rounds=2)


def test_our_ranking(benchmark: Any, tmp_path: Path, pack: Any) -> None:
    """A consult from the command line, ranked on the screen."""
    from core import consult_file
    from core.consult import make_consult

    benchmark.extra_info.update(beside="bare_window")
    (tmp_path / "settings.json").write_text('{"started": true}')
    file = tmp_path / "knee.cellroute"
    consult_file.save(file, make_consult(pack, "knee_osteoarthritis", asked="iv"))
    benchmark.pedantic(child, args=("-c", PANELS, str(tmp_path), str(file)), rounds=10, warmup_rounds=2)


@pytest.fixture
def window(qapp: Any, tmp_path: Path, pack: Any) -> Any:
    """A window with the target that has the most procedures, at rest, its weights open."""
    from core.consult import make_consult
    from ui import app as ui_app

    made = ui_app.open_window(qapp, SimpleNamespace(config=tmp_path, screenshot="x"), (1366, 768))
    made.complete()
    made.store.get_ready()
    target = max(pack.targets, key=lambda one: len(pack.procedures_of(one)))
    condition = next(one.id for one in pack.file.conditions if target in one.targets)
    made.store.set(make_consult(pack, condition, target=target, asked="iv"))
    made.choose.weights.show_button.click()
    while made.store.working or made.store.recommendation is None:
        qapp.processEvents()
    yield made
    while made.store.working:
        qapp.processEvents()
    made.store.worker.stop()
    made.hide()
    made.deleteLater()


def test_slider_to_repaint(benchmark: Any, window: Any, qapp: Any) -> None:
    slider = window.choose.weights.sliders["harm"]
    values = iter([*range(10, 90), *range(90, 10, -1)] * 20)

    def move() -> None:
        slider.setValue(next(values))
        qapp.processEvents()

    benchmark.pedantic(move, rounds=150, warmup_rounds=5)
    if benchmark.enabled:
        assert benchmark.stats.stats.median <= FRAME, "the ranking lags behind the slider"

"""How long it takes until there is a window, and what it holds: whole processes, as a user starts them, no screen."""

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from tests import ROOT

BUNDLE = ROOT / "build" / "bundle" / "cellroute" / "cellroute"
MEMORY = 1.3
AT_MOST = {"paint": 1.6, "panels": 2.2, "ranking": 2.8}
"""Times a bare window, by whole processes."""
ROUNDS = 21

BARE_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
class Window(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, painted)
app = QApplication([])
painted = app.quit
window = Window("CellRoute")
window.resize(1366, 768)
window.show()
app.exec()
"""

SAY_MEMORY = """
def say():
    print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS:")))
    app.quit()
"""

BARE_AT_REST = "import numpy\n" + SAY_MEMORY + BARE_WINDOW.replace("app.quit", "lambda: QTimer.singleShot(300, say)")

OURS_AT_REST = f"""
import sys
from types import SimpleNamespace
from PySide6.QtCore import QTimer
from ui.app import application, open_window
app = application()
window = open_window(app, SimpleNamespace(config=sys.argv[1]), (1366, 768))
{SAY_MEMORY}
window.painted.connect(lambda: QTimer.singleShot(300, say))
app.exec()
"""


@pytest.fixture
def started(tmp_path: Path, pack: Any) -> dict[str, list[str]]:
    """Options of a start that ends with the first paint, with all panels, and with a consult's ranking painted."""
    from core import consult_file
    from core.consult import make_consult

    (tmp_path / "settings.json").write_text('{"started": true}', encoding="utf-8")
    file = tmp_path / "knee.cellroute"
    consult_file.save(file, make_consult(pack, "knee_osteoarthritis", asked="iv"))
    places = ["--config", str(tmp_path), "--data", str(tmp_path)]
    return {
        "paint": [*places, "--quit-after-paint"],
        "panels": [*places, "--quit-when-complete"],
        "ranking": [*places, "--quit-when-complete", "--consult", str(file)],
    }


def test_bare_window(benchmark: Any) -> None:
    benchmark.pedantic(run, args=("-c", BARE_WINDOW), rounds=ROUNDS, warmup_rounds=2)


@pytest.mark.parametrize("until", AT_MOST)
def test_start_to(benchmark: Any, started: dict[str, list[str]], until: str) -> None:
    """The program from its source."""
    beside_a_bare_window(benchmark, until, "main.py", *started[until])


if BUNDLE.exists():  # after `python3 run.py package`

    @pytest.mark.parametrize("until", AT_MOST)
    def test_start_of_the_bundle_to(benchmark: Any, started: dict[str, list[str]], until: str) -> None:
        beside_a_bare_window(benchmark, until, *started[until], program=BUNDLE)


if sys.platform == "linux":  # elsewhere nobody says what one process holds

    def test_bare_window_memory(benchmark: Any) -> None:
        """A window of PySide6 with numpy imported, at rest."""
        benchmark.extra_info["megabytes"] = benchmark.pedantic(held, args=(BARE_AT_REST,), rounds=3)

    def test_our_window_memory(benchmark: Any, tmp_path: Path) -> None:
        """Our window with all panels, at rest."""
        benchmark.extra_info.update(beside="bare_window_memory", at_most=MEMORY)
        (tmp_path / "settings.json").write_text('{"started": true}', encoding="utf-8")
        benchmark.extra_info["megabytes"] = benchmark.pedantic(held, args=(OURS_AT_REST, str(tmp_path)), rounds=3)


def run(*args: str, program: Path = Path(sys.executable)) -> str:
    """Run a child Python, or another program, to its end; what it says."""
    # A user keeps the bytecode; whoever measures may have told Python to keep none.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    done = subprocess.run([program, *args], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def beside_a_bare_window(benchmark: Any, until: str, *args: str, program: Path = Path(sys.executable)) -> None:
    """Measure a start, with a bare window's just before each: what slows a shared machine slows both."""
    bare: list[float] = []

    def start_bare() -> None:
        begin = perf_counter()
        run("-c", BARE_WINDOW)
        bare.append(perf_counter() - begin)

    benchmark.extra_info.update(beside="bare_window", at_most=AT_MOST[until])
    benchmark.pedantic(run, args=args, kwargs={"program": program}, setup=start_bare, rounds=ROUNDS, warmup_rounds=2)
    if benchmark.enabled:
        pairs = zip(benchmark.stats.stats.data, bare[-ROUNDS:], strict=True)
        benchmark.extra_info["ratio"] = median(ours / yardstick for ours, yardstick in pairs)


def held(code: str, *args: str) -> float:
    """Megabytes that a child holds when it says so."""
    return float(run("-c", code, *args)) / 1024

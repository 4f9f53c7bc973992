"""How long it takes until there is a window, and what it holds: whole processes, as a user starts them, no screen."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "build" / "bundle" / "cellroute" / "cellroute"
FIRST_PAINT, MEMORY = 1.6, 1.3

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


def test_bare_window(benchmark: Any) -> None:
    benchmark.pedantic(run, args=("-c", BARE_WINDOW), rounds=15, warmup_rounds=2)


def test_our_window(benchmark: Any) -> None:
    benchmark.extra_info.update(beside="bare_window", at_most=FIRST_PAINT)
    benchmark.pedantic(run, args=("main.py", "--quit-after-paint"), rounds=15, warmup_rounds=2)


if BUNDLE.exists():  # after `python3 run.py package`

    def test_our_window_from_the_bundle(benchmark: Any) -> None:
        benchmark.extra_info.update(beside="bare_window", at_most=FIRST_PAINT)
        benchmark.pedantic(run, args=("--quit-after-paint",), kwargs={"program": BUNDLE}, rounds=15, warmup_rounds=2)


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


def held(code: str, *args: str) -> float:
    """Megabytes that a child holds when it says so."""
    return float(run("-c", code, *args)) / 1024

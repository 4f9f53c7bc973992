"""How long it takes until there is a window: whole processes, started as a user starts them, without a screen."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

BARE_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
window = QLabel("CellRoute")
window.resize(1366, 768)
window.show()
window.repaint()
QTimer.singleShot(0, app.quit)
app.exec()
"""


def test_bare_window(benchmark: Any) -> None:
    benchmark.pedantic(run, args=("-c", BARE_WINDOW), rounds=15, warmup_rounds=2)


def test_our_window(benchmark: Any) -> None:
    benchmark.extra_info.update(beside="bare_window")
    benchmark.pedantic(run, args=("main.py", "--quit-after-paint"), rounds=15, warmup_rounds=2)


def run(*args: str) -> None:
    """Run a child Python to its end."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, *args], cwd=ROOT, env=environment, check=True)

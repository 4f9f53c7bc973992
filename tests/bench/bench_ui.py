"""How quickly the window answers: a slider's move to the painted ranking, in a real window on a (virtual) screen."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import ROOT

FRAME = 0.016
"""Seconds; from a slider's move to the painted order, as the median."""
PROCEDURES = 12
"""So many are ordered and painted."""

SLIDER = """
import os, sys
from pathlib import Path
from types import SimpleNamespace
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject
from core.consult import make_consult
from core.pack import read
from core.pack.pack import Pack
from ui import app as ui_app
known = read.load_builtin()
knee = known.procedures_of("knee_joint")
more = [replace(knee[n % len(knee)], id=f"more_{n}", targets=("knee_joint",)) for n in range(12 - len(knee))]
pack = Pack(replace(known.whole, procedures=(*known.whole.procedures, *more)))
read.load_or_fall_back = lambda data: (pack, "")
from ui.widgets.row import RowButton
app = ui_app.application()
assert app.platformName() in ("xcb", "cocoa", "windows"), app.platformName()
window = ui_app.open_window(app, SimpleNamespace(config=Path(sys.argv[1]), data=Path(sys.argv[1])), (1366, 768))
class Paints(QObject):
    seen = rows = 0
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.seen += 1
            self.rows += isinstance(watched, RowButton)
        return False
paints = Paints()
app.installEventFilter(paints)
def rest():
    while not window._complete or window.store.working or window.store.recommendation is None:
        app.processEvents()
    app.sync()
while not window._complete:
    app.processEvents()
window.store.set(make_consult(pack, "knee_osteoarthritis", asked="iv"))
rest()
window.choose.weights.show_button.click()
rest()
slider = window.choose.weights.sliders["harm"]
print("ready", sum(one.rank is not None for one in window.store.recommendation.options), flush=True)
for line in sys.stdin:
    before = paints.seen, paints.rows
    slider.setValue(int(line))
    for row in window.ranking.rows.findChildren(RowButton):
        row.update()  # as if the move had changed each of them
    app.processEvents()
    app.sync()
    print(paints.seen - before[0], paints.rows - before[1], flush=True)
os._exit(0)
"""


@pytest.fixture
def slider(screen: dict[str, str], tmp_path: Path) -> Iterator[Callable[[int], list[int]]]:
    """Moves a weight in a real window on a screen, at rest, with twelve ranked ways (the knee's, some of them twice).

    Gives how many widgets were painted for it, and how many rows among them.
    """
    (tmp_path / "settings.json").write_text('{"started": true}')
    with subprocess.Popen(
        [sys.executable, "-c", SLIDER, str(tmp_path)], cwd=ROOT, env={**os.environ, **screen},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="ascii",
    ) as child:  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == f"ready {PROCEDURES}\n"
        asking, told = child.stdin, child.stdout

        def move(value: int) -> list[int]:
            print(value, file=asking, flush=True)
            return [int(number) for number in told.readline().split()]

        yield move
        asking.close()
        assert child.wait(60) == 0


def test_slider_to_repaint(benchmark: Any, slider: Callable[[int], list[int]]) -> None:
    """From the slider's move to the answer of the screen's server that every row is drawn anew, and two pipes."""
    benchmark.extra_info["within"] = FRAME
    values = iter([*range(10, 90), *range(90, 10, -1)] * 20)
    painted: list[list[int]] = []
    benchmark.pedantic(lambda: painted.append(slider(next(values))), rounds=150, warmup_rounds=5)
    assert all(rows and seen > rows for seen, rows in painted), "a move was not followed by painted rows and shares"

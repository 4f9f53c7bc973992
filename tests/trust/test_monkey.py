"""A short visit of the monkey; `python3 run.py soak` lets it stay for twenty thousand events."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT

LONG = str(Path(__file__).with_name("long.py"))

BREAKS = {
    "an exception": "from ui.store import Store; Store.edit = lambda self, merge='', **fields: 1 // 0",
    "a word of Qt's": (
        "from ui.store import Store; from PySide6.QtCore import qWarning; "
        "Store.edit = lambda self, merge='', **fields: qWarning('QObject: something is wrong')"
    ),
    "a stale answer": (
        "from ui.store import Store; Store._answer = lambda self: None; Store._answer_in_full = Store._answer"
    ),
}


def monkey(events: int, seed: int, broken: str = "") -> subprocess.CompletedProcess[str]:
    """A visit in a program of its own, so that the window is the first that Qt shows."""
    arguments = [LONG, "soak", str(events), str(seed)]
    run = f"""
import runpy, sys
sys.path.insert(0, {str(ROOT)!r})
{broken}
sys.argv = {arguments!r}
runpy.run_path({LONG!r}, run_name="__main__")
"""
    return subprocess.run(
        [sys.executable, "-c", run], cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=280
    )


@pytest.mark.parametrize("seed", [7, 8])
def test_the_monkey_finds_nothing(seed: int) -> None:
    done = monkey(500, seed)
    last = done.stdout.splitlines()[-1]
    assert ", 0 problems," in last, done.stdout[-4000:] + done.stderr[-2000:]
    assert int(last.split(" answers checked")[0].rpartition(" ")[2]) >= 1


@pytest.mark.parametrize("what", BREAKS)
def test_the_monkey_does_find(what: str) -> None:
    done = monkey(500, 7, BREAKS[what])
    assert done.returncode == 1, done.stdout
    assert ", 0 problems," not in done.stdout


def test_the_same_seed_does_the_same() -> None:
    """What was done is counted, and two visits of one seed count alike."""
    counts = [json.dumps(monkey(200, 9).stdout.splitlines()[-1].partition(")")[0]) for _ in range(2)]
    assert counts[0] == counts[1]

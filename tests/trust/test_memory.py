"""Memory is kept in one heap, so that what is freed can go back to the system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests import ROOT

#: The window works out an answer; then the heaps are counted that glibc gave to threads: each lies in 64 MB of its own.
CHILD = """
import os, sys, tempfile
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.trust.monkey import open_window
from PySide6.QtTest import QTest
app, window = open_window(Path({folder!r}))
window.store.choose_condition("knee_osteoarthritis")
for _ in range(1000):
    QTest.qWait(20)
    if window.store.recommendation is not None and not window.store.working:
        break
assert window.store.recommendation is not None
size, heaps, rows = 64 << 20, 0, []
for line in open("/proc/self/maps"):
    place, rights = line.split()[:2]
    rows.append((*(int(one, 16) for one in place.split("-")), rights))
for (start, end, rights), (after, last, none) in zip(rows, rows[1:]):
    heaps += start % size == 0 and rights == "rw-p" and after == end and none == "---p" and last % size == 0
print(heaps, flush=True)
os._exit(0)
"""


def test_no_thread_of_the_window_has_a_heap_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD.format(root=str(ROOT), folder=str(tmp_path))],
        env={"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.stdout.strip() == "0", done.stdout + done.stderr

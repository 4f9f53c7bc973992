"""Pictures of the window in its states, for the documents: `python -m ui.screenshots [FOLDER]`.

Each picture is made in this one process, offscreen unless a platform is named, with no settings of the user's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

PATIENCE = 60_000  # ms until a window must stand still
GLANCE = 20  # ms between two looks at it
LOOKS = 20  # in a row at which it must stand still

KNEE = {"condition": "knee_osteoarthritis", "asked": "iv", "jurisdiction": "us"}
HEART = {"condition": "acute_myocardial_infarction", "asked": "iv", "jurisdiction": "us", "has": ("ultrasound", "ct")}
DISC = {"condition": "lumbar_disc_degeneration", "has": (), "patient": {"anticoagulated_warfarin": "yes"}}
LIVER = {"condition": "liver_cirrhosis", "asked": "iv", "jurisdiction": "us"}
GVHD = {"condition": "graft_versus_host_disease", "jurisdiction": "us"}


@dataclass(frozen=True)
class Shot:
    """One picture: its name, what is chosen, how large, in which theme and language, and what is open."""

    name: str
    consult: dict[str, Any] | None
    size: tuple[int, int] = (1366, 690)
    theme: str = "light"
    language: str = "en"
    tab: int | None = None
    command: str = ""


SHOTS = (
    Shot("start", None),
    Shot("knee-1366-light", KNEE),
    Shot("knee-1366-dark", KNEE, theme="dark"),
    Shot("knee-1366-contrast", KNEE, theme="contrast"),
    Shot("knee-1024-light", KNEE, size=(1024, 700)),
    Shot("knee-1920-light", KNEE, size=(1920, 1080)),
    Shot("knee-1920-dark", KNEE, size=(1920, 1080), theme="dark"),
    Shot("knee-900-light", KNEE, size=(900, 620)),
    Shot("knee-1366-spanish", KNEE, language="es"),
    Shot("knee-over-time", KNEE, tab=1),
    Shot("heart-no-cath-lab", HEART),
    Shot("heart-evidence", {**HEART, "has": None}, tab=2),
    Shot("heart-what-decides", {**HEART, "has": None}, size=(1366, 768), tab=3),
    Shot("liver-compare", LIVER, tab=4),
    Shot("disc-nothing-reaches", DISC),
    Shot("immune-delivery-does-not-decide", GVHD),
    Shot("patient-view", KNEE, command="patient"),
    Shot("patient-view-spanish", KNEE, language="es", command="patient"),
    Shot("patient-view-dark", KNEE, theme="dark", command="patient"),
    Shot("handout-dialog", KNEE, command="handout"),
    Shot("find-anything", KNEE, command="find"),
    Shot("shortcuts", KNEE, command="shortcuts"),
    Shot("preferences", KNEE, command="preferences"),
)


def main(folder: Path, wanted: list[str]) -> int:
    """Make the pictures; those named, or all of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication(["cellroute"])
    folder.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        if not wanted or shot.name in wanted:
            take(app, shot, folder / f"{shot.name}.png")
    return 0


def take(app: Any, shot: Shot, path: Path) -> None:
    """One picture, in a window of its own that is gone afterwards."""
    from PySide6.QtWidgets import QDialog

    from core.consult import make_consult
    from core.files import save_bytes
    from ui.app import open_window, png_of

    options = SimpleNamespace(screenshot=path, theme=shot.theme, language=shot.language)
    window = open_window(app, options, shot.size)
    window.complete()
    window.store.get_ready()
    if shot.consult is not None:
        window.store.set(make_consult(window.pack, **{**shot.consult, "language": shot.language}))
    rest(app, lambda: not window.store.working)
    if shot.tab is not None:
        window.show_tab(shot.tab)
    shown: Any = window
    if shot.command:
        window.do(shot.command)
        rest(app, lambda: not window.store.working)
        dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
        shown = dialogs[0] if dialogs else window
    rest(app, lambda: not window.store.working)
    save_bytes(path, png_of(shown))
    window.store.worker.stop()
    window.hide()
    window.deleteLater()


def rest(app: Any, still: Callable[[], bool]) -> None:
    """Let the window work until it stands still, looked at several times in a row, as each layout asks the next."""
    from PySide6.QtCore import QEventLoop, QTimer

    quiet = 0
    for _ in range(round(PATIENCE / GLANCE)):
        loop = QEventLoop(app)
        QTimer.singleShot(GLANCE, loop.quit)
        loop.exec()
        quiet = quiet + 1 if still() else 0
        if quiet == LOOKS:
            return
    raise TimeoutError("The window did not come to rest")


if __name__ == "__main__":
    given = sys.argv[1:]
    place = Path(given[0]) if given else Path(__file__).resolve().parent.parent / "docs" / "screenshots"
    raise SystemExit(main(place, given[1:]))

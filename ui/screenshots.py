"""Pictures of the window in its states, for the documents: `python3 run.py screenshots [FOLDER [WORD...]]`.

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
HEART = {"condition": "acute_myocardial_infarction", "asked": "iv", "jurisdiction": "us"}
REFERRED = {**HEART, "has": ("ultrasound", "ct")}
DISC = {"condition": "lumbar_disc_degeneration", "has": (), "patient": {"anticoagulated_warfarin": "yes"}}
LIVER = {"condition": "liver_cirrhosis", "asked": "iv", "jurisdiction": "us"}
GVHD = {"condition": "graft_versus_host_disease", "jurisdiction": "us"}

SMALL, USUAL, LARGE, PAGES = (1024, 700), (1366, 690), (1920, 1080), (900, 620)
TABS = (("journey", KNEE), ("over-time", KNEE), ("evidence", HEART), ("what-decides", HEART), ("compare", LIVER))
STATES = (("referred", REFERRED), ("nothing-reaches", DISC), ("delivery-does-not-decide", GVHD), ("start", None))
DIALOGS = (
    "first-start", "preferences", "about", "shortcuts", "find", "handout", "notice", "error", "bring-in",
    "bring-in-changes",
)  # fmt: skip
SHORT = ("notice", "bring-in")  # seen in one form
COLOURS = 256
FLAT = 400  # pixels of one colour that are an area of its own


@dataclass(frozen=True)
class Shot:
    """One picture: what it shows, what is chosen, how large, in which theme and language, and what is open."""

    what: str
    consult: dict[str, Any] | None
    size: tuple[int, int] = USUAL
    theme: str = "light"
    language: str = "en"
    tab: int = 0
    command: str = ""
    text_size: int = 100

    @property
    def name(self) -> str:
        """WHAT-WIDTH-THEME-LANGUAGE, and the text size where it is not 100."""
        more = f"-{self.text_size}" if self.text_size != 100 else ""
        return f"{self.what.replace('_', '-')}-{self.size[0]}-{self.theme}-{self.language}{more}"


def shots() -> list[Shot]:
    """Every tab in every size, light and dark; high contrast, Spanish, states and dialogs in the forms that differ."""
    made = []
    for tab, (what, consult) in enumerate(TABS):
        for size in (SMALL, USUAL, LARGE):
            themes = ("light",) if size == LARGE and what != "journey" else ("light", "dark")
            made += [Shot(what, consult, size, theme, tab=tab) for theme in themes]
        made.append(Shot(what, consult, USUAL, "contrast", tab=tab))
        made += [Shot(what, consult, size, language="es", tab=tab) for size in (SMALL, USUAL)]
    for size, theme, language in ((SMALL, "contrast", "en"), (LARGE, "contrast", "en"), (LARGE, "light", "es")):
        made.append(Shot("journey", KNEE, size, theme, language))
    for what, consult in STATES:
        made += [Shot(what, consult), Shot(what, consult, SMALL, "dark"), Shot(what, consult, SMALL, "light", "es")]
    made += [Shot("start", None, LARGE, "contrast"), Shot("nothing-reaches", DISC, LARGE)]
    for size, theme, language in (
        (USUAL, "light", "en"), (USUAL, "light", "es"), (SMALL, "contrast", "en"), (LARGE, "dark", "en"),
        (LARGE, "light", "es"), (SMALL, "dark", "es"),
    ):  # fmt: skip
        made.append(Shot("patient", KNEE, size, theme, language, command="patient"))
    for command in DIALOGS:
        forms = (("light", "en"), ("dark", "es"), ("contrast", "en"))
        for theme, language in forms[:1] if command in SHORT else forms:
            made.append(Shot(command, KNEE, USUAL, theme, language, command=command))
    made += [Shot("pages", KNEE, PAGES, theme, language) for theme, language in (("light", "en"), ("dark", "es"))]
    for size, text_size in ((LARGE, 150), (LARGE, 200), (SMALL, 150), (SMALL, 200)):
        made.append(Shot("journey", KNEE, size, text_size=text_size))
    return made


def main(folder: Path, wanted: list[str]) -> int:
    """Make the pictures; those whose names hold one of the words wanted, or all of them and no other."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.app import application

    app = application()
    folder.mkdir(parents=True, exist_ok=True)
    made = [shot for shot in shots() if not wanted or any(word in shot.name for word in wanted)]
    if not wanted:
        names = {f"{shot.name}.png" for shot in made}
        for old in folder.glob("*.png"):
            if old.name not in names:
                old.unlink()
    for shot in made:
        take(app, shot, folder / f"{shot.name}.png")
        sys.stdout.write(f"{shot.name}\n")
        sys.stdout.flush()
    return 0


def take(app: Any, shot: Shot, path: Path) -> None:
    """One picture, in a window of its own that is gone afterwards."""
    from core.consult import make_consult
    from core.files import save_bytes
    from ui.app import open_window

    options = SimpleNamespace(screenshot=path, theme=shot.theme, language=shot.language)
    window = open_window(app, options, shot.size)
    window.complete()
    window.store.get_ready()
    if shot.text_size != 100:
        window.settings.change(text_size=shot.text_size, theme=shot.theme)
        window.apply_settings()
    if shot.consult is not None:
        window.store.set(make_consult(window.pack, **{**shot.consult, "language": shot.language}))
    rest(lambda: not window.store.working)
    window.tabs.setCurrentIndex(shot.tab)
    held = app.focusWidget()
    if held is not None and shot.consult is not None:
        held.clearFocus()
    shown: Any = open_dialog(window, shot.command) if shot.command else window
    rest(lambda: not working(window))
    save_bytes(path, small_png(shown.grab().toImage()))
    window.store.worker.stop()
    window.hide()
    window.deleteLater()


def open_dialog(window: Any, command: str) -> Any:
    """Do a command, or bring about what has none; gives back what is to be seen."""
    from PySide6.QtWidgets import QDialog

    from core import __version__
    from ui.safety import ErrorDialog

    if command == "notice":
        window.do("chart")
    elif command == "error":
        report = f"CellRoute {__version__}\nIndexError: list index out of range\n  ui/store.py, line 88"
        ErrorDialog(report, window).open()
    elif command == "first-start":
        window.first_start()
    elif command.startswith("bring-in"):
        bring_in(window, changed=command.endswith("changes"))
    else:
        window.do(command)
    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
    return dialogs[0] if dialogs else window


def bring_in(window: Any, *, changed: bool) -> None:
    """The dialog for evidence on a data folder of its own; `changed`: with what the program's own would be like without
    the studies of one heart injection."""
    import base64
    import shutil
    import tempfile

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from msgspec.structs import replace

    from core.files import save_bytes
    from core.pack.build import encode
    from core.pack.signed import sign

    window.data = folder = Path(tempfile.mkdtemp())
    window.destroyed.connect(lambda: shutil.rmtree(folder))
    if not changed:
        window.bring_in_evidence()
        return
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    held = f'holder = "A clinic"\npublic = "{public}"\nuntil = "2099-12-31"\n'
    (window.data / "keys").mkdir()
    save_bytes(window.data / "keys" / "clinic.toml", held.encode())
    fewer = tuple(one for one in window.pack.whole.measurements if one.route != "transendocardial")
    payload = encode(replace(window.pack.whole, version=f"{window.pack.version}.1", measurements=fewer))
    save_bytes(window.data / "clinic.pack", sign(payload, "evidence.json", key, "0.1.0"))
    window.bring_in_evidence(window.data / "clinic.pack")


def small_png(image: Any) -> bytes:
    """The picture as a PNG of at most 256 colours, so that no other is far from one of them: a third of the size."""
    import numpy as np
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_RGB32)
    wide, high = image.width(), image.height()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(high, -1)[:, :wide] & 0xFFFFFF
    colours, which, counts = np.unique(pixels, return_inverse=True, return_counts=True)

    def parts(values: Any) -> Any:
        return np.stack([(values >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)

    ordered = colours[np.argsort(-counts, kind="stable")]
    kept = ordered
    for apart in range(0, 100, 4):  # the more frequent stand for those that are so near
        kept = spread(ordered, parts(ordered), apart, int((counts > FLAT).sum()))
        if len(kept) <= COLOURS:
            break
    nearest = ((parts(colours)[:, None, :] - parts(kept)[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    indexes = np.ascontiguousarray(nearest[which].reshape(high, wide).astype(np.uint8))
    made = QImage(indexes.data, wide, high, wide, QImage.Format.Format_Indexed8)
    made.setColorTable([int(colour) | 0xFF000000 for colour in kept])
    data = QByteArray()
    made.save(QBuffer(data), "PNG", 0)  # type: ignore[call-overload]
    return bytes(data.data())


def spread(colours: Any, parts: Any, apart: float, always: int) -> Any:
    """The first `always` colours, and of the others those that are not nearer than `apart` to one that is kept."""
    import numpy as np

    kept: list[int] = []
    for place in range(len(colours)):
        if place < always or ((parts[kept] - parts[place]) ** 2).sum(axis=1).min() > apart**2:
            kept.append(place)
        if len(kept) > COLOURS:  # too many anyway
            break
    return colours[np.array(kept)]


def working(window: Any) -> bool:
    """Whether anything is still worked out for the window or a dialog of it."""
    others = window.evidence_worker
    return window.store.working or (others is not None and others.busy())


def rest(still: Callable[[], bool]) -> None:
    """Let the window work until it stands still, looked at several times in a row, as each layout asks the next.

    In a loop of its own: `QTest.qWait` lets Python's other threads wait, and with them the worker.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    quiet = 0
    for _ in range(round(PATIENCE / GLANCE)):
        loop = QEventLoop()
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

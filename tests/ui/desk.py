"""What tests of the dialog for evidence do again and again: a desk with a data folder, files to bring in, words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from core.pack.pack import Pack
from tests.ui.hands import lay_out_fully, settle

if TYPE_CHECKING:
    from ui.panels.packs import EvidenceDialog
    from ui.window import Window


def still(window: Window, qtbot: Any) -> None:
    """Until nothing is worked out any more, in the window or for the dialog."""
    qtbot.waitUntil(lambda: not window.evidence_worker.busy(), timeout=120_000)
    settle(window, qtbot)
    lay_out_fully()


def opened(window: Window, qtbot: Any, path: Path | None = None) -> EvidenceDialog:
    """The dialog, with a file looked at or refused, ranks not yet worked out."""
    dialog = window.bring_in_evidence(path)
    looked(window, qtbot)
    return dialog


def looked(window: Window, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not window.evidence_worker.busy("evidence"), timeout=60_000)
    lay_out_fully()


def said(dialog: EvidenceDialog) -> str:
    """All that the dialog says, line by line."""
    labels = [one for one in dialog.findChildren(QLabel) if one.isVisible() and one.text()]
    return "\n".join(one.text() for one in labels)


def press(dialog: EvidenceDialog, name: str) -> None:
    QApplication.processEvents()
    [found] = [one for one in dialog.findChildren(QPushButton) if one.text() == name and one.isVisible()]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def with_figures(pack: Pack) -> dict[str, Any]:
    """Fewer needles in the joint under ultrasound, one study more, one harm fewer, one text another."""
    file = pack.file
    placements = tuple(
        msgspec.structs.replace(one, value=0.3, low=None, high=None, hits=None)
        if one.route == "intra_articular" and one.guidance == "ultrasound"
        else one
        for one in file.placements
    )
    texts = {language: dict(held) for language, held in file.texts.items()}
    texts["en"]["condition.ards.name"] = "Lung failure"
    study = msgspec.structs.replace(file.studies[0], id="new-2027", authors="Silva A", title="Counted anew", url=None)
    return {"placements": placements, "texts": texts, "studies": (*file.studies, study), "harms": file.harms[1:]}

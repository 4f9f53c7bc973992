"""The window is made anew on other evidence or in another language, and nothing of the consult is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from core import journal
from core.pack.pack import Pack
from core.recommend import recommend
from tests.ui.hands import begin, lay_out_fully, settle
from ui.renewal import renew
from ui.safety import Safety

if TYPE_CHECKING:
    from ui.window import Window


def other(pack: Pack, **particulars: object) -> Pack:
    return Pack(msgspec.structs.replace(pack.whole, version="2027.02", **particulars), "other")


def without(pack: Pack, condition: str) -> Pack:
    return other(pack, conditions=tuple(one for one in pack.file.conditions if one.id != condition))


def test_the_consult_goes_on_with_its_undo_list_on_other_evidence(window: Window, qtbot, pack: Pack) -> None:
    begin(window, qtbot)
    window.store.edit(asked="iv")
    settle(window, qtbot)
    looked_at = window.store.recommendation.options[3].procedure
    window.store.pick(looked_at)
    consult, new = window.store.consult, other(pack)
    renew(window, new, "en")
    settle(window, qtbot)
    assert window.store.consult == consult
    assert window.store.recommendation == recommend(new, consult)
    assert window.store.selected == looked_at
    assert window.headline.isVisible()
    assert [row.id for row in window.ranking.rows.rows] == [
        one.procedure for one in window.store.recommendation.options
    ]
    window.do("undo")
    settle(window, qtbot)
    assert window.store.consult.asked is None
    window.do("redo")
    settle(window, qtbot)
    assert window.store.consult == consult


def test_the_window_works_after_it_as_before(window: Window, qtbot, pack: Pack) -> None:
    for _ in range(3):
        renew(window, other(pack), "en")
    begin(window, qtbot, "heart attack")
    assert window.store.consult.condition == "acute_myocardial_infarction"
    window.do("theme")
    window.do("patient")
    assert window.stack.currentWidget() is window.patient_view
    renew(window, pack, "en")
    settle(window, qtbot)
    assert window.patient_view is None
    assert window.main.isVisible()


def test_nothing_of_the_old_window_is_left(window: Window, qtbot, pack: Pack) -> None:
    begin(window, qtbot)
    old, gone = window.store, []
    old.destroyed.connect(lambda: gone.append("store"))
    window.stack.destroyed.connect(lambda: gone.append("panels"))
    renew(window, other(pack), "en")
    settle(window, qtbot)
    counts = []
    for _ in range(3):
        renew(window, other(pack), "en")
        settle(window, qtbot)
        QApplication.processEvents()
        counts.append((len(window.findChildren(QObject)), len(window.findChildren(QWidget))))
    assert sorted(gone) == ["panels", "store"]
    assert counts[0] == counts[1] == counts[2]


def test_a_consult_that_the_new_evidence_does_not_hold_is_told(window: Window, qtbot, pack: Pack) -> None:
    begin(window, qtbot)
    renew(window, without(pack, "knee_osteoarthritis"), "en")
    settle(window, qtbot)
    assert window.store.consult is None
    assert window.start.isVisible()
    assert "knee_osteoarthritis" in window.notice.text.text()
    window.do("undo")
    assert window.store.consult is None


def test_the_journal_follows_the_new_window(window: Window, qtbot, pack: Pack, tmp_path: Path) -> None:
    safety = Safety(window, tmp_path)
    begin(window, qtbot)
    renew(window, other(pack), "en")
    window.store.edit(dose=3e7)
    settle(window, qtbot)
    qtbot.waitUntil(lambda: not safety._worker.busy())
    safety._worker.stop()
    safety._journal._lock.release()
    assert [left.consult for left in journal.left_behind(tmp_path, pack)[0]] == [window.store.consult]


def test_what_is_assumed_for_the_next_consult_fits_the_new_evidence(window: Window, pack: Pack) -> None:
    window.store.defaults = {"has": ("ultrasound", "ct"), "jurisdiction": "us", "language": "en"}
    fewer = other(pack, jurisdictions=tuple(one for one in pack.file.jurisdictions if one.id != "us"))
    renew(window, fewer, "en")
    assert window.store.defaults == {"has": ("ultrasound", "ct"), "jurisdiction": None, "language": "en"}


def test_another_language_is_spoken_at_once(window: Window, qtbot, pack: Pack, spanish: None) -> None:
    begin(window, qtbot)
    finding = window.headline.finding.text()
    renew(window, pack, "es")
    settle(window, qtbot)
    lay_out_fully()
    assert window.store.consult.language == "es"
    assert window.headline.finding.text() != finding
    assert window.new_button.text() == "Nueva consulta"
    assert window._actions["undo"].text() == "Deshacer"

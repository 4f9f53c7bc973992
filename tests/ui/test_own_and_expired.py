"""What a clinic wrote itself is shown as its own, and approvals past the evidence's day say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from core.consult import make_consult
from core.pack import types as t
from core.pack.pack import Pack
from core.recommend import recommend
from ui import say
from ui.panels.detail import DetailPanel
from ui.panels.ranking import Headline
from ui.words import Words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def shown(qtbot: QtBot, pack: Pack) -> DetailPanel:
    panel = DetailPanel(pack, Words(pack, "en"))
    qtbot.addWidget(panel)
    answer = recommend(pack, make_consult(pack, "knee_osteoarthritis", asked="iv"))
    panel.show_option(answer, answer.options[0])
    return panel


def test_the_clinics_own_notes_stand_under_its_name(qtbot: QtBot, pack: Pack) -> None:
    note = t.OwnNote(text={"en": "Room 4 holds the probe."}, condition="knee_osteoarthritis")
    elsewhere = t.OwnNote(text={"en": "Ask the heart team."}, condition="heart_failure_ischaemic")
    own = t.Own(clinic="Riverside", contact={}, notes=(note, elsewhere))
    panel = shown(qtbot, Pack(msgspec.structs.replace(pack.whole, own=own), pack.sha256))
    blocks = {block.title: [text for _mark, text in block.lines] for block in panel._shown}
    assert blocks["This clinic's own (Riverside)"] == ["Room 4 holds the probe."]
    assert not any("own" in block.title for block in shown(qtbot, pack)._shown)


def test_every_approval_line_says_when_it_was_checked_last(qtbot: QtBot, pack: Pack) -> None:
    late = Pack(msgspec.structs.replace(pack.whole, expires="2020-01-01"), pack.sha256)
    answer = recommend(late, make_consult(late, "knee_osteoarthritis", asked="iv"))
    assert answer.approval.lines
    box = next(block for block in shown(qtbot, late)._shown if block.kind == "box")
    dated = [text for _tone, text in box.lines if f"not checked since {say.date(late.date)}" in text]
    assert dated == list(dict.fromkeys(say.approval_lines(late, answer.approval.lines)))
    for one, said in ((late, True), (pack, False)):
        headline = Headline(one)
        qtbot.addWidget(headline)
        headline.show_recommendation(answer)
        assert (f"not checked since {say.date(one.date)}" in headline.finding.text()) is said

"""Every word of the window can be translated, Spanish is complete, and longer words still fit."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import PySide6
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from core.consult import make_consult
from tests import ROOT
from tests.ui.hands import lay_out_fully, settle
from tests.ui.seen import clipped, overlapping

if TYPE_CHECKING:
    from core.pack.pack import Pack
    from ui.window import Window

I18N = ROOT / "resources" / "i18n"
TOOLS = Path(PySide6.__file__).parent


def messages(path: Path) -> dict[tuple[str, str], ET.Element]:
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            found[context.findtext("name"), message.findtext("source")] = message
    return found


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], ET.Element]:
    """What the sources hold now."""
    out = tmp_path_factory.mktemp("ts") / "now.ts"
    sources = [str(path) for path in sorted((ROOT / "ui").rglob("*.py"))]
    subprocess.run([TOOLS / "lupdate", *sources, "-ts", out], check=True, capture_output=True)
    return messages(out)


def test_spanish_has_every_text_of_the_sources(extracted) -> None:
    spanish = messages(I18N / "cellroute_es.ts")
    assert set(extracted) - set(spanish) == set()
    for key, message in spanish.items():
        translation = message.find("translation")
        assert translation.get("type") is None, key
        forms = [form.text for form in translation] or [translation.text]
        assert all(forms), key


def test_fields_in_braces_survive_translation() -> None:
    for (_context, source), message in messages(I18N / "cellroute_es.ts").items():
        forms = [form.text for form in message.find("translation")] or [message.findtext("translation")]
        for form in forms:
            assert sorted(re.findall(r"\{\w+\}|%n", source)) == sorted(re.findall(r"\{\w+\}|%n", form)), source


def test_the_built_translations_are_those_of_the_sources(tmp_path: Path) -> None:
    for language in ("en", "es"):
        out = tmp_path / f"{language}.qm"
        subprocess.run(
            [TOOLS / "lrelease", I18N / f"cellroute_{language}.ts", "-qm", out], check=True, capture_output=True
        )
        assert out.read_bytes() == (I18N / f"cellroute_{language}.qm").read_bytes()


def test_english_counts_things_properly(qapp, speak: Callable[[str], None]) -> None:
    speak("en")
    one = qapp.translate("RankingPanel", "%n question(s) not asked", "", 1)
    many = qapp.translate("RankingPanel", "%n question(s) not asked", "", 3)
    assert (one, many) == ("1 question not asked", "3 questions not asked")


def test_longer_words_fit_and_nothing_is_said_past_the_translator(
    longer: None, window: Window, qtbot, pack: Pack
) -> None:
    window.resize(1366, 690)
    window.set_sizes()
    window.store.set(make_consult(pack, "knee_osteoarthritis", asked="iv"))
    settle(window, qtbot)
    lay_out_fully()
    assert clipped(window) == []
    assert overlapping(window) == []
    buttons = [one.text() for one in window.findChildren(QPushButton) if one.isVisible() and one.text()]
    assert [text for text in buttons if not text.startswith("[")] == []
    headings = [
        one.text()
        for one in window.findChildren(QLabel)
        if one.isVisible() and one.property("tone") == "heading" and one.text()
    ]
    assert [text for text in headings if not text.startswith("[")] == []


def test_the_window_speaks_spanish(spanish: None, window: Window, qtbot, pack: Pack) -> None:
    from ui.panels.ranking import RankingPanel
    from ui.words import Words

    panel = RankingPanel(Words(pack, "es"))
    qtbot.addWidget(panel)
    assert panel.header.accessibleName() == "parte de la dosis; células de un millón, intervalo del 90 %"
